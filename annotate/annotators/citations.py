"""Citations by number in brackets: "[12]", "[3–5, 8]", "[12, p. 53]", GOST "[1, с. 5]".

A bracket is a citation only where every number in it is a label of the article's own reference list; so "[1931]" and
"[sic]" are none. A range cites all labels between its ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_BRACKET = re.compile(
    r"""\[ (?P<numbers> \d{1,4} (?: \s?(?:[,;–—-])\s? \d{1,4} ){0,30} )
        (?: [,;]\s? (?P<locator> (?:pp?|S|с|С|ch|chap|ss?|§)\.?\s? \d[\d\s,–—-]{0,30} ) )? \]""",
    re.VERBOSE,
)
_PART = re.compile(r"(?P<first>\d+)(?:\s?[–—-]\s?(?P<last>\d+))?")
_WIDEST_RANGE = 60


class NumericCitation(NamedTuple):
    """A bracket's span, the labels that it cites in order, and its locator as printed."""

    start: int
    end: int
    labels: tuple[str, ...]
    locator: str | None


def find_numeric_citations(text: str, labels: Collection[str]) -> Iterator[NumericCitation]:
    """The bracketed citations of a text, in order.

    >>> [c.labels for c in find_numeric_citations("As shown [1, 3–5] in [1931] and [2, p. 9].", set("12345"))]
    [('1', '3', '4', '5'), ('2',)]
    """
    if not labels:
        return
    for found in _BRACKET.finditer(text):
        cited = tuple(_cited(found["numbers"]))
        if cited and all(label in labels for label in cited):
            locator = found["locator"]
            yield NumericCitation(found.start(), found.end(), cited, " ".join(locator.split()) if locator else None)


def _cited(numbers: str) -> Iterator[str]:
    for part in _PART.finditer(numbers):
        first = int(part["first"])
        last = int(part["last"] or first)
        if 0 <= last - first <= _WIDEST_RANGE:
            yield from (str(number) for number in range(first, last + 1))
        else:
            yield from (part["first"], part["last"])
