"""What ``adfontes annotate paper.txt`` writes beside the paper, one line of a table for each form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from schemas.errors import UsageError
from schemas.records import Article, encode_article

if TYPE_CHECKING:
    from annotate.libraries import UserLibrary
    from corpus.writers.tei import Form
    from schemas.decisions import Decision

Write = Callable[[Article, "UserLibrary | None"], bytes]
# The first line of a .bib that we wrote: a file without it is the user's own and is never overwritten.
BIB_MARK = "% made by adfontes"
SOURCE_TEXT = ".source.txt"
TEI = ".tei.xml"


def _json(article: Article, library: UserLibrary | None) -> bytes:
    return msgspec.json.format(encode_article(article), indent=1) + b"\n"


def _tei(article: Article, library: UserLibrary | None) -> bytes:
    from corpus.writers.tei import write_tei

    return write_tei(article)


def tei_writer(form: Form, decisions: Sequence[Decision] = ()) -> Write:
    """The writer of TEI in this form; its header tells the decisions."""
    from corpus.writers.tei import write_tei

    return lambda article, library: write_tei(article, form, decisions)


def _facts_markdown(article: Article, library: UserLibrary | None) -> bytes:
    from corpus.writers.facts import make_facts, write_markdown

    return write_markdown(make_facts(article))


def _facts_csv(article: Article, library: UserLibrary | None) -> bytes:
    from corpus.writers.facts import make_facts, write_csv

    return write_csv(make_facts(article))


def _facts_json(article: Article, library: UserLibrary | None) -> bytes:
    from corpus.writers.facts import make_facts, write_json

    return write_json(make_facts(article))


def _bib(article: Article, library: UserLibrary | None) -> bytes:
    from annotate.libraries import used_entries
    from bibliography.bibtex import write_bibtex

    head = f"{BIB_MARK} from {' '.join(article.source.name.split())}; linked entries as in your library\n\n"
    made = {ref.key for ref in article.references if ref.status != "linked"} if library is not None else set()
    entries = used_entries(article, library)
    text = head + write_bibtex(entry for entry in entries if entry.key not in made)
    if new := [entry for entry in entries if entry.key in made]:
        text += f"\n% New: the article states these works, your library has none that is surely meant\n\n{write_bibtex(new)}"
    return text.encode("utf-8", "replace")


FORMATS: dict[str, dict[str, Write]] = {
    "json": {".json": _json},
    "tei": {TEI: _tei},
    "facts": {".facts.md": _facts_markdown, ".facts.csv": _facts_csv, ".facts.json": _facts_json},
    "bib": {".bib": _bib},
}


def is_foreign_bib(path: Path) -> bool:
    """Whether a bibliography of the user's own stands there, which nothing may overwrite."""
    if path.suffix != ".bib" or not path.is_file():
        return False
    with path.open("rb") as file:
        return not file.read(len(BIB_MARK)).startswith(BIB_MARK.encode())


def parse_formats(given: str) -> tuple[str, ...]:
    """The formats of "tei,json"; raises UsageError that names the known ones."""
    names = tuple(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        what = f"unknown format {unknown[0]!r}" if unknown else "no format is named"
        raise UsageError(f"{what}; the formats are {', '.join(FORMATS)} (for example --format tei,json)")
    return names


def write_source_text(article: Article) -> bytes:
    """The extraction that the article's ``source_*`` offsets count, for a source that is no plain text."""
    from schemas.offsets import restore_source

    return restore_source(article.text, article.offsets, article.edits).encode("utf-8", "replace")


def writers(formats: tuple[str, ...], form: Form, decisions: Sequence[Decision] = ()) -> dict[str, Write]:
    """The writer of each file suffix of these formats; the TEI has this form and tells the decisions."""
    made = {suffix: write for name in formats for suffix, write in FORMATS[name].items()}
    return made | ({TEI: tei_writer(form, decisions)} if TEI in made else {})


def suffixes(formats: tuple[str, ...]) -> tuple[str, ...]:
    """The file suffixes that these formats write."""
    return tuple(suffix for name in formats for suffix in FORMATS[name])
