"""A reference string to its fields, each with its place in the string.

>>> parsed = parse_reference("2. Suponitskaya IM. [The Americanisation]. Voprosy istorii. 2013;9:46–59. Russian.")
>>> parsed.type, parsed.csl["author"], parsed.csl["container-title"], parsed.csl["page"], parsed.csl["language"]
('article-journal', [{'family': 'Suponitskaya', 'given': 'IM'}], 'Voprosy istorii', '46–59', 'ru')

A cascade: what has one form only (identifiers, the entry's number, the language) is read first and blanked out, then the
styles are tried in the order of the table. A style is one file with ``read(marks) -> bool``. A string that none reads
has an empty ``csl``: the caller says so, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from bibliography.parse import author_date, chicago, gost, headless, note, short, vancouver
from bibliography.parse.build import build_item
from bibliography.parse.identifiers import read_identifiers
from bibliography.parse.letters import LANGUAGES
from bibliography.parse.marks import Marks
from schemas.records import CslItem, FieldSpan

STYLES: dict[str, Callable[[Marks], bool]] = {
    "gost": gost.read,
    "note": note.read,
    "short": short.read,
    "author-date": author_date.read,
    "vancouver": vancouver.read,
    "chicago": chicago.read,
    "headless": headless.read,
}
LONGEST = 4000  # code points: no reference is longer, and a pattern must not meet a whole book

_NUMBER = re.compile(
    r"\s*(?:\[(?P<bracketed>[\w+\-]{1,12})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,4})[.)](?!\d))[\s,.]*"
)
_CITED = re.compile(r"(?:\s\(pp?\.\s?|(?<=\d)\s+at\s+(?:pp?\.\s?)?)(?P<range>\d{1,4}(?:[–-]\d{1,4})?)\)?[\s.]*$")
_LANGUAGE = re.compile(rf"(?<=[.\s\])])[(\[]?(?:[Ii]n )?(?P<language>{'|'.join(LANGUAGES)})[.)\]\s]*$", re.IGNORECASE)


class ParsedReference(msgspec.Struct, frozen=True):
    """A reference string with the stretch that is the reference, its fields, and its CSL item (empty where unread)."""

    raw: str
    start: int
    end: int
    spans: tuple[FieldSpan, ...] = ()
    csl: CslItem = {}
    type: str | None = None


def parse_reference(raw: str) -> ParsedReference:
    """The fields of one reference."""
    start, end = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    number = _NUMBER.match(raw)
    body = number.end() if number else start
    text = raw[body:end]
    if not any(char.isalpha() for char in text) or len(text) > LONGEST:
        return ParsedReference(raw, start, end)
    for read in STYLES.values():
        marks = Marks(text)
        read_identifiers(marks)
        _read_language(marks)
        _read_cited(marks)
        if read(marks) and (item := build_item(marks)):
            spans = [FieldSpan(s.start + body, s.end + body, s.label) for s in marks.spans]
            if number:
                low, high = number.span(number.lastgroup or 0)
                spans.append(FieldSpan(low, high, "citation-number"))
            return ParsedReference(raw, body, end, tuple(sorted(spans, key=lambda s: s.start)), item, str(item["type"]))
    return ParsedReference(raw, body, end)


def _read_language(marks: Marks) -> None:
    found = _LANGUAGE.search(marks.masked)
    if found:
        marks.add("language", *found.span("language"))
        marks.blank(*found.span())


def _read_cited(marks: Marks) -> None:
    """The page that a footnote cites inside a range: "pp. 205–33 (p. 71)", "155–90 at 380"."""
    found = _CITED.search(marks.masked)
    if found:
        marks.add("cited-range", *found.span("range"))
        marks.blank(*found.span())
