"""Identifiers in a reference string: DOI, URL, ISBN, ISSN, arXiv; and the words around them.

>>> from bibliography.parse.marks import Marks
>>> marks = Marks("Foo. doi: 10.1000/a:182. Available from: https://x.org/a_b.")
>>> read_identifiers(marks); marks.text("doi"), marks.text("url"), marks.masked.rstrip(" .")
('10.1000/a:182', 'https://x.org/a_b', 'Foo')
"""

from __future__ import annotations

import re

from bibliography.parse.letters import MONTH, YEAR
from bibliography.parse.marks import Marks

_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|\bdoi\s*[:.]?\s*)?(?P<value>\b10\.\d{4,9}/[^\s\"<>«»“”]+)", re.IGNORECASE
)
_URL = re.compile(
    r"(?:URL\s*:?\s*)?<?(?P<value>(?:https?|ftp)://[^\s<>\"“”«»]+|\bwww\.[^\s<>\"“”«»]+)>?", re.IGNORECASE
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?\s*:?\s*(?P<value>[\dX][\dX‐–-]{8,16}[\dX])\b", re.IGNORECASE)
_ISSN = re.compile(r"\bISSN\s*:?\s*(?P<value>\d{4}-\d{3}[\dX])\b", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:\[\s*)?\b(?:arXiv\s*:\s*(?=[\da-z])|(?=[a-z]+(?:\s?-\s?[a-z]+)?\s*/\s*\d{7}\b))"
    r"(?P<value>\d{4}\s?\.\s?\d{4,5}(?:v\d+)?|[a-z]+(?:\s?-\s?[a-z]+)?(?:\.[A-Z]{2})?\s*/\s*\d{7})\s*(?:\[[^\[\]]{1,20}\])?\]?",
    re.IGNORECASE,
)
_ACCESS = re.compile(  # "[cited 2023 June 10]", "(accessed 10 June 2023)", "дата обращения: 10.06.2023"
    r"(?:[\[(]\s*)?\b(?:cited|accessed|retrieved|consulté le|abgerufen am|дата обращения:?)(?:\s+on)?:?\s+"
    rf"(?P<value>(?:\d{{1,2}}\.\d{{1,2}}\.{YEAR})|(?:{YEAR}\s+{MONTH}\s*\d{{0,2}})|(?:\d{{1,2}}\s+)?{MONTH}\s*(?:\d{{1,2}},\s*)?{YEAR})"
    r"\s*[\])]?",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\[(?:internet|online|electronic resource|электронный ресурс)\]|\b(?:available (?:from|at|online)|режим доступа)\s*:?"
    r"|\bretrieved from\b:?",
    re.IGNORECASE,
)


def read_identifiers(marks: Marks) -> None:
    """Mark and blank every identifier, the access date, and the words that only announce them."""
    for label, pattern in (("arxiv", _ARXIV), ("doi", _DOI), ("url", _URL), ("isbn", _ISBN), ("issn", _ISSN)):
        for found in pattern.finditer(marks.masked):
            start, end = found.span("value")
            end = start + len(_without_tail(marks.raw[start:end]))
            marks.add(label, start, end, mask=False)
            marks.blank(found.start(), max(end, found.end() if found.end("value") < found.end() else end))
    for found in _ACCESS.finditer(marks.masked):
        marks.add("access-date", *found.span("value"))
        marks.blank(*found.span())
    for found in _NOISE.finditer(marks.masked):
        marks.blank(*found.span())


def _without_tail(value: str) -> str:
    """The sentence's punctuation after an identifier is not part of it; a closing bracket only when it was opened."""
    while value and (
        value[-1] in ".,;:'’”" or any(value[-1] == c and value.count(c) > value.count(o) for o, c in ("()", "[]"))
    ):
        value = value[:-1]
    return value
