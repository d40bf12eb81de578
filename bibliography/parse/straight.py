"""Names with the given name first at the head of a footnote: "Barry Eichengreen, Golden Fetters: The Gold Standard (New York, 1992)".

The comma behind such a name looks like the one inside "Allen, Robert": where the labeller took name and title for one, or cut
them at the wrong comma, a known given name and a bracketed imprint decide.

>>> from schemas.records import FieldSpan
>>> raw = "Barry Eichengreen, Golden Fetters: The Gold Standard (New York: OUP, 1992), 3."
>>> [raw[s.start:s.end] for s in part_names_and_title(raw, [FieldSpan(0, 52, "title")])]
['Barry Eichengreen', 'Golden Fetters: The Gold Standard']
"""

from __future__ import annotations

import re

from bibliography.parse.embedded import NAMES
from bibliography.parse.features.lexicons import lexicons
from bibliography.parse.letters import YEAR
from bibliography.parse.spans import trim_span
from schemas.records import FieldSpan

_IMPRINT = re.compile(rf"\((?:[^()]|\([^()]*\)){{2,120}},\s?{YEAR}\)")
_HEAD = frozenset(("citation-number", "note-number", "signal"))
_BODY = frozenset(("author", "title"))


def part_names_and_title(raw: str, fields: list[FieldSpan]) -> list[FieldSpan]:
    """The fields with names and title parted anew where they overlap; else as they were."""
    head = [span for span in fields if span.label in _HEAD]
    body = fields[len(head) :]
    if not body or body[0].label not in _BODY or not _IMPRINT.search(raw, body[0].start):
        return fields
    names = NAMES.match(raw, body[0].start)
    if names is None or not _begins_with_given(names[0]) or body[0].end <= names.end() + 1:
        return fields
    count = next((n for n, span in enumerate(body) if span.label not in _BODY), len(body))
    start, end = trim_span(raw, names.end(), body[count - 1].end, "title")
    if start >= end:
        return fields
    confidence = min((span.confidence for span in body[:count] if span.confidence is not None), default=None)
    parted = [FieldSpan(*names.span(), "author", confidence), FieldSpan(start, end, "title", confidence)]
    return [*head, *parted, *body[count:]]


def _begins_with_given(names: str) -> bool:
    first = re.split(r"[\s-]", names, maxsplit=1)[0]
    return "given" in lexicons(first) or re.fullmatch(r"[^\W\d_]\.", first) is not None
