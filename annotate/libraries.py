"""The user's bibliography: its files (BibTeX, CSL-JSON, RIS) read once for a run, with an index to match against."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bibliography.bibtex import Entry
from bibliography.csl import csl_to_entry, library_items
from bibliography.files import read_library
from bibliography.headings import HeadIndex, head_of
from bibliography.inherit import parents
from bibliography.match import LibraryIndex
from bibliography.namings import Shelf
from schemas.ids import Ids
from schemas.records import Article, CslItem, Problem


class UserLibrary(NamedTuple):
    """Entries by key, their CSL items, the indexes over them, the Problems of reading, and a hash of the files.

    ``lookup`` finds an entry by all its fields, ``heads`` by author and year,
    ``shelf`` by author and a part of the title.
    """

    entries: dict[str, Entry]
    items: dict[str, CslItem]
    lookup: LibraryIndex
    heads: HeadIndex
    shelf: Shelf
    problems: tuple[Problem, ...]
    sha256: str

    @property
    def keys(self) -> set[str]:
        """All keys of the library."""
        return set(self.entries)


def read_libraries(paths: Sequence[Path]) -> UserLibrary | None:
    """One library of all files, the first file's entry winning where two have the same key; None without files.

    Raises InputError where a file cannot be read or holds no entry.
    """
    if not paths:
        return None
    entries: dict[str, Entry] = {}
    items: dict[str, CslItem] = {}
    problems: list[Problem] = []
    digest, ids = hashlib.sha256(), Ids("p-key")
    for path in paths:
        library = read_library(path)
        digest.update(path.read_bytes())
        problems += library.problems
        for entry in library.entries:
            first = entries.setdefault(entry.key, entry)
            if first.fields != entry.fields:
                problems.append(_key_taken(entry, path, ids))
        for key, item in library_items(library).items():
            items.setdefault(key, item)
    heads = {key: head_of(key, item) for key, item in items.items()}
    shelf = Shelf((heads[key], str(item.get("title") or "")) for key, item in items.items())
    return UserLibrary(
        entries,
        items,
        LibraryIndex(items.items()),
        HeadIndex(heads.values()),
        shelf,
        tuple(problems),
        digest.hexdigest(),
    )


def _key_taken(entry: Entry, path: Path, ids: Ids) -> Problem:
    message = f"{entry.key}: an entry of an earlier library has this key and says something else; this one is not used"
    hint = "make one library of them first: adfontes bib merge A.bib B.bib -o C.bib"
    where = f"{path.name}:{entry.line}"
    return Problem(ids.make(message + where), "bib-key-taken", "warning", message, (entry.key,), hint=hint, where=where)


def used_entries(article: Article, library: UserLibrary | None) -> list[Entry]:
    """The entries of the works that an article uses: the user's own where linked, new ones for the rest.

    What the user's entries inherit from comes last, as BibTeX wants it.
    """
    entries: dict[str, Entry] = {}
    for ref in article.references:
        if ref.key is None or ref.key in entries:
            continue
        known = library.entries.get(ref.key) if library is not None and ref.status == "linked" else None
        entries[ref.key] = known if known is not None else csl_to_entry(ref.csl, ref.key)
    waiting = [key for entry in entries.values() for key in parents(entry)]
    while library is not None and waiting:
        key = waiting.pop(0)
        if key not in entries and (parent := library.entries.get(key)) is not None:
            entries[key] = parent
            waiting += parents(parent)
    return list(entries.values())
