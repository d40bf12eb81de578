"""Several libraries made into one: what states one work becomes one entry, and nothing is decided silently.

>>> from bibliography.bibtex import read_bibtex
>>> mine = read_bibtex("@book{a, author = {Nove, Alec}, title = {An Economic History}, year = 1969}", "mine.bib")
>>> theirs = read_bibtex("@book{b, author = {A. Nove}, title = {An economic history}, year = 1969, isbn = 1}", "theirs.bib")
>>> library, findings = merge([mine, theirs])
>>> library.entries[0].fields["isbn"], library.entries[0].fields["ids"], findings[0].kind, findings[0].added
('1', 'b', 'same', ('isbn',))

The first library's file stays as it is down to its comments; fields that only the other has are added to its entries, and
the other's key goes into ``ids`` (BibLaTeX's aliases), so documents that cite by it still compile. Where both have a field
and mean different things by it, the first stands and the finding names both. Entries that are alike without being surely
one work, and entries that only share a key, are all kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from bibliography.bibtex import Entry, Library, read_bibtex, write_bibtex
from bibliography.compare import is_same_work
from bibliography.csl import entry_to_csl, library_items
from bibliography.edit import update
from bibliography.keys import Keys
from bibliography.latex import decode_latex
from bibliography.library_index import LibraryIndex
from bibliography.match_model import rank
from bibliography.names import initials_agree
from bibliography.work import WorkPerson, coded_words, statement_of, work_of
from schemas.records import CslItem

# Names of one field in BibTeX and BibLaTeX: the one that the entry has already is kept.
_TWINS = {"journaltitle": "journal", "location": "address", "date": "year", "annotation": "annote", "file": "pdf"}
_TWINS |= {one: other for other, one in _TWINS.items()}
_POINTERS = ("crossref", "xdata", "xref", "related", "entryset")  # fields whose values are keys of their own library
_OWN = frozenset({"ids", "file", "keywords", "timestamp", "owner", "date-added", "date-modified", "groups", "abstract"})


class Finding(msgspec.Struct, frozen=True):
    """What became of an entry of a further library.

    ``kind``: "same" (became part of ``key``), "new" (kept as ``key``), "alike" (kept as ``key`` beside ``like``, which
    might be the same work). ``renamed`` where its key was taken. ``differs``: field, value that stands, value that was
    left out.
    """

    kind: Literal["same", "new", "alike"]
    library: str
    old_key: str
    key: str
    like: str | None = None
    renamed: bool = False
    added: tuple[str, ...] = ()
    differs: tuple[tuple[str, str, str], ...] = ()


def merge(libraries: Sequence[Library]) -> tuple[Library, tuple[Finding, ...]]:
    """One library of several, and what became of each entry of all but the first, in the order of the files."""
    merged = libraries[0]
    if merged.items or not merged.text:
        merged = read_bibtex(write_bibtex(merged.entries), merged.name)
    findings: list[Finding] = []
    for other in libraries[1:]:
        merged, found = _merge_one(merged, other)
        findings += found
    return merged, tuple(findings)


def _merge_one(merged: Library, other: Library) -> tuple[Library, list[Finding]]:
    entries = {entry.key: entry for entry in merged.entries}
    items = library_items(merged)
    theirs = library_items(other)
    library = LibraryIndex(items.items())
    keys = Keys(taken=entries)
    findings: list[Finding] = []
    for entry in other.entries:
        item = theirs.get(entry.key, {})  # none for @xdata and @set, which are no works
        if same := _same_entry(entry, item, library, entries):
            entries[same], finding = _join(entries[same], entry, other.name)
        else:
            like = _alike(item, library)
            key = keys.keep(entry.key)
            finding = Finding("alike" if like else "new", other.name, entry.key, key, like, renamed=key != entry.key)
            raw = entry.raw if key == entry.key and not entry.strings else ""
            entries[key] = msgspec.structs.replace(entry, key=key, raw=raw, strings={}, start=-1, end=-1)
        findings.append(finding)
    new_keys = {finding.old_key: finding.key for finding in findings}
    for finding in findings:
        if finding.kind != "same":
            entries[finding.key] = _repointed(entries[finding.key], new_keys)
    return update(merged, entries.values()), findings


def _same_entry(entry: Entry, item: CslItem, library: LibraryIndex, entries: dict[str, Entry]) -> str | None:
    """The key of the entry that surely states the same work; the first of several that all do."""
    known = entries.get(entry.key)
    if known is not None and (known.type, known.fields) == (entry.type, entry.fields):
        return entry.key
    stated = statement_of(item)
    near = [work for work in library.near(stated) if is_same_work(stated.work, work)]
    return min((w.key for w in near if not (w.doi and stated.work.doi) or w.doi == stated.work.doi), default=None)


def _alike(item: CslItem, library: LibraryIndex) -> str | None:
    """The likeliest entry with nearly the same title by the same author, such as another edition."""
    stated = statement_of(item)
    ranked = rank(stated, library.near(stated))
    return next((found.work.key for found in ranked if found.features.title >= 0.95 and found.features.author), None)


def _join(kept: Entry, entry: Entry, library: str) -> tuple[Entry, Finding]:
    """The entry with what only the other has, and the finding that says so."""
    fields = dict(kept.fields)
    added, differs = [], []
    if kept.type != entry.type:
        differs.append(("type", kept.type, entry.type))
    for name, value in entry.fields.items():
        here = name if name in fields else _TWINS.get(name, name)
        if here not in fields and name not in _POINTERS:
            fields[name] = value
            added.append(name)
        elif here in fields and name not in _OWN and not _means_the_same(name, fields[here], value, kept, entry):
            differs.append((name, fields[here], value))
    if entry.key != kept.key:
        aliases = [*filter(None, (alias.strip() for alias in fields.get("ids", "").split(","))), entry.key]
        fields["ids"] = ", ".join(dict.fromkeys(aliases))
    joined = msgspec.structs.replace(kept, fields=fields, raw="") if fields != kept.fields else kept
    return joined, Finding("same", library, entry.key, kept.key, None, False, tuple(added), tuple(differs))


def _means_the_same(name: str, value: str, other: str, kept: Entry, entry: Entry) -> bool:
    """Whether two values of a field say one thing: equal but for LaTeX, case, punctuation and romanisation."""
    if value == other or name in _POINTERS:
        return True
    mine, theirs = decode_latex(value), decode_latex(other)
    if name in ("author", "editor", "translator", "bookauthor"):
        return _same_people(_people(kept, name), _people(entry, name))
    return coded_words(mine) == coded_words(theirs) and bool(coded_words(mine))


def _people(entry: Entry, role: str) -> tuple[WorkPerson, ...]:
    return work_of(entry_to_csl(Entry("", "misc", {"author": entry.fields.get(role, "")})), "").people


def _same_people(people: tuple[WorkPerson, ...], others: tuple[WorkPerson, ...]) -> bool:
    """As many, in the same order, each with a name that the other's can be."""
    return len(people) == len(others) and all(
        not person.keys.isdisjoint(other.keys) and initials_agree(person.given, other.given)
        for person, other in zip(people, others, strict=True)
    )


def _repointed(entry: Entry, new_keys: dict[str, str]) -> Entry:
    """The entry with the keys of its own library that it names replaced by what they are called now."""
    fields = dict(entry.fields)
    for name in _POINTERS:
        if name in fields:
            fields[name] = ",".join(new_keys.get(key.strip(), key.strip()) for key in fields[name].split(","))
    return entry if fields == entry.fields else entry.with_fields(fields)
