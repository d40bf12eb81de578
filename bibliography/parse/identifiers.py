"""Identifiers in a reference string: DOI, URL, ISBN, ISSN, arXiv, and the date of access.

>>> raw = "Foo. doi: 10.1000/a:182. Available from: https://x.org/a_b."
>>> [(raw[start:end], kind) for start, end, kind in find_identifiers(raw)]
[('10.1000/a:182', 'doi'), ('https://x.org/a_b', 'url')]
"""

from __future__ import annotations

import re

from bibliography.parse.letters import MONTH, YEAR

_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|\bdoi\s*[:.]?\s*)?(?P<value>\b10\.\d{4,9}/[^\s\"<>«»“”]+)", re.IGNORECASE
)
_URL = re.compile(
    r"(?:URL\s*:?\s*)?<?(?P<value>(?:https?|ftp)://[^\s<>\"“”«»]+|\bwww\.[^\s<>\"“”«»]+)>?", re.IGNORECASE
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?\s*:?\s*(?P<value>[\dX][\dX‐–-]{8,16}[\dX])\b", re.IGNORECASE)
_ISSN = re.compile(r"\bISSN\s*:?\s*(?P<value>\d{4}-\d{3}[\dX])\b", re.IGNORECASE)
_ARCHIVES = r"(?:hep|nucl)\s?-\s?(?:th|ph|ex|lat)|astro\s?-\s?ph|cond\s?-\s?mat|gr\s?-\s?qc|quant\s?-\s?ph|math\s?-\s?ph|(?:math|cs|physics|q-bio|nlin)(?:\.[A-Z]{2})?"
_ARXIV = re.compile(
    rf"(?:\[\s*)?\b(?:arXiv\s*:\s*(?=[\da-z])|(?=(?:{_ARCHIVES})\s*/\s*\d{{7}}\b))"
    rf"(?P<value>\d{{4}}\s?\.\s?\d{{4,5}}(?:v\d+)?|(?:{_ARCHIVES})\s*/\s*\d{{7}})\s*(?:\[[^\[\]]{{1,20}}\])?\]?",
    re.IGNORECASE,
)
_ACCESS = re.compile(  # "[cited 2023 June 10]", "(accessed 10 June 2023)", "дата обращения: 10.06.2023"
    r"(?:[\[(]\s*)?\b(?:cited|accessed|retrieved|consulté le|abgerufen am|дата обращения:?)(?:\s+on)?:?\s+"
    rf"(?P<value>(?:\d{{1,2}}\.\d{{1,2}}\.{YEAR})|(?:{YEAR}\s+{MONTH}\s*\d{{0,2}})|(?:\d{{1,2}}\s+)?{MONTH}\s*(?:\d{{1,2}},\s*)?{YEAR})"
    r"\s*[\])]?",
    re.IGNORECASE,
)
_KINDS = (
    ("arxiv", _ARXIV),
    ("doi", _DOI),
    ("url", _URL),
    ("isbn", _ISBN),
    ("issn", _ISSN),
    ("access-date", _ACCESS),
)


def find_identifiers(raw: str) -> list[tuple[int, int, str]]:
    """The span and the kind of every identifier and of the access date, none inside another."""
    masked = raw
    found: list[tuple[int, int, str]] = []
    for label, pattern in _KINDS:
        for match in pattern.finditer(masked):
            start, end = match.span("value")
            end = start + len(_without_tail(raw[start:end]))
            if end > start:
                found.append((start, end, label))
                masked = masked[: match.start()] + " " * (match.end() - match.start()) + masked[match.end() :]
    return sorted(found)


def _without_tail(value: str) -> str:
    """The sentence's punctuation after an identifier is not part of it; a closing bracket only when it was opened."""
    while value and (
        value[-1] in ".,;:'’”" or any(value[-1] == c and value.count(c) > value.count(o) for o, c in ("()", "[]"))
    ):
        value = value[:-1]
    return value
