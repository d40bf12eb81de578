"""The imprint in brackets of a work that came out over several years: "(Gloucester: Bellows, 1899–1907)".

The labeller has hardly met a span of years there and takes the bracket for a part of the title; its form leaves no doubt.

>>> raw = "Henry Coxe, Annals of the Sessions (Gloucester: Bellows, 1899–1907), 1:12"
>>> fields = read_bracketed_years(raw, [FieldSpan(0, 10, "author"), FieldSpan(12, 70, "title")])
>>> [(raw[s.start:s.end], s.label) for s in fields[1:]]
[('Annals of the Sessions', 'title'), ('Gloucester', 'place'), ('Bellows', 'publisher'), ('1899–1907', 'date')]
"""

from __future__ import annotations

import re

from bibliography.parse.letters import DASH, UP, YEAR
from bibliography.parse.spans import trim_span
from schemas.records import FieldSpan

_BRACKET = re.compile(
    rf"\((?P<place>{UP}[^():;\d]{{1,40}}):\s(?P<publisher>[^():;]{{2,80}}),\s(?P<date>{YEAR}\s?{DASH}\s?(?:{YEAR}|\d\d)?)\)"
)


def read_bracketed_years(raw: str, fields: list[FieldSpan]) -> list[FieldSpan]:
    """The fields with place, publisher and years of such a bracket; as they were where there is none."""
    if any(span.label == "date" for span in fields) or (found := _BRACKET.search(raw)) is None:
        return fields
    before = []
    for span in fields:
        start, end = span.start, min(span.end, found.start()) if span.start < found.end() else span.end
        if start < end < span.end:
            start, end = trim_span(raw, start, end, span.label)
        if start < end:
            before.append(FieldSpan(start, end, span.label, span.confidence))
    imprint = [FieldSpan(*found.span(name), name, 1.0) for name in ("place", "publisher", "date")]
    return sorted([*before, *imprint], key=lambda span: span.start)
