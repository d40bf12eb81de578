"""Cross-references to notes of the same text: "see note 4 above", "cf. nn. 3–5", "vgl. Anm. 7", "supra note 4", "см. сноску 4".

>>> text = "So it was (see note 4 above; cf. nn. 7–9 and 12). See p. 12 above, Table 2, and note 3 pounds of rye."
>>> [(text[p.start:p.end], p.labels) for p in find_cross_references(text)]
[('note 4 above', ('4',)), ('nn. 7–9 and 12', ('7', '8', '9', '12'))]

The word for a note must be introduced ("see", "as shown in") or say where it stands ("above"); a page, a table or a
chapter is no note, and a note of another work ("note 5 of Carr’s chapter") is none of this text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bibliography.backref_words import ABOVE, ALSO, BARE_NOTE, NOTE, SEE

_AND = r"(?: ,\s? | \s?& \s? | ,?\s(?:and|und|et|e|y|i|и|та)\s )"
_SPAN = r"\d{1,4} (?:\s?[–—-]\s?\d{1,4})? (?! \w | [.:]\d | [%°] )"
_LIST = rf"(?P<numbers> {_SPAN} (?:{_AND} {_SPAN})* )"
_INTRODUCED = rf"""(?: (?:{SEE}) | in | at | as\s+in | im | unter | wie | dans | à | в | во | у )
    \s+ (?: (?:{ALSO}|e\.\s?g\.|especially|esp\.|again|my|our|the|der|die|la|le)\s+ ){{0,2}} (?: (?:{ABOVE}) ,?\s+ )?"""
_POINTER = re.compile(
    rf"""(?<![\w.]) (?: (?P<introduced>{_INTRODUCED}) | (?P<placed> (?={NOTE}|{BARE_NOTE}|{ABOVE}) ) )
         (?P<pointer> (?P<before> (?:{ABOVE}) ,?\s* )? (?: {NOTE} | (?P<bare>{BARE_NOTE}) ) \s* {_LIST} (?P<behind> \s?,?\s? (?:{ABOVE})(?!\w) )? )""",
    re.VERBOSE | re.IGNORECASE,
)
# "note 5 of Carr’s chapter", "note 1 to Table 2"; but "note 5 in this chapter"
_ELSEWHERE = re.compile(
    r"\s+(?:of|in|to|by|von|bei|zu|de|du|di|к)\s+(?!(?:this|the\s+present|dies\w*|cet\w*|quest\w*)\b)"
)
_PARTS = re.compile(r"(\d+)(?:\s?[–—-]\s?(\d+))?")
_WIDEST = 30


class CrossReference(NamedTuple):
    """A pointer to notes: its span without what introduces it, and the labels of the notes."""

    start: int
    end: int
    labels: tuple[str, ...]


def find_cross_references(text: str, *, in_note: bool = False) -> Iterator[CrossReference]:
    """The pointers to notes of a text, in order. "See n 5" without a stop, as lawyers write, is one ``in_note`` only.

    >>> [[p.labels for p in find_cross_references(text)] for text in ("see n 5 above", "a sample (see n 5)")]
    [[('5',)], []]
    """
    for found in _POINTER.finditer(text):
        placed = found["before"] or found["behind"]
        if found["bare"] and not (placed or in_note):
            continue
        if not (found["introduced"] or placed) or (not found["behind"] and _ELSEWHERE.match(text, found.end())):
            continue
        yield CrossReference(*found.span("pointer"), read_note_labels(found["numbers"]))


def read_note_labels(numbers: str) -> tuple[str, ...]:
    """The labels that numbers name: "3–5, 8" is 3, 4, 5 and 8; "101–3" is 101 to 103.

    >>> read_note_labels("3–5, 8"), read_note_labels("101–3")
    (('3', '4', '5', '8'), ('101', '102', '103'))
    """
    labels: list[str] = []
    for first, last in _PARTS.findall(numbers):
        full = int(first[: max(0, len(first) - len(last))] + last) if last else int(first)
        wide = 0 <= full - int(first) <= _WIDEST
        labels += map(str, range(int(first), full + 1)) if wide else (first, last)
    return tuple(dict.fromkeys(labels))
