"""Citations by number: "[12]", "[3–5, 8]", "[12, p. 53]", GOST "[1, с. 5; 2, с. 7]", superscript "3–5,8".

A bracket is a citation only where every number in it is a label of the article's own reference list; so "[1931]" and
"[sic]" are none. A range cites all labels between its ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from annotate.annotators.citations.locators import read_locator

_SQUARE = re.compile(r"\[(?P<inside>[^\[\]\n]{1,200}(?:\n[^\[\]\n]{1,200})?)\]")
_ROUND = re.compile(r"(?<![\w)])[ ]?\((?P<inside>\d{1,4}(?:[\d\s,;–—-]|\s(?:and|und|и|et)\s){0,60})\)")
_NUMBERS = re.compile(r"(?P<first>\d{1,4})(?!\w)(?:\s?[–—-]\s?(?P<last>\d{1,4})(?!\w))?")
_NEXT = re.compile(r"\s*(?:[,;]|\band\b|\bund\b|\bet\b|\bи\b|&)\s*(?:(?:and|und|et|и|&)\s+)?")
# What may announce a number inside its bracket: "[see also 3]", "[цит. по: 7, с. 12]"
_SIGNALS = re.compile(
    r"""\s*(?: (?: but | see | also | cf\.? | compare | e\.\s?g\.,? | and | esp\. | especially | (?:quoted|cited)\s+in | after | vgl\. | siehe
        | auch | s\. | zit\.\s+n(?:ach|\.) | nach | voir | aussi | cité\s+dans | si\s+veda | см\. | ср\. | напр\. | цит\.\s+по | также )
        (?!\w)\s*[:,]?\s* ){0,4}""",
    re.VERBOSE | re.IGNORECASE,
)
_FREE = re.compile(r"\s*,\s*(?P<locator>(?:[^\W\d_]|\*)[^;\[\]]{1,100})$")  # "[34, b.ivv]", "[2, fn. 5 and passim]"
_WIDEST_RANGE = 60


class NumericCitation(NamedTuple):
    """A citation's span, the labels that it cites in order, and its locator as printed."""

    start: int
    end: int
    labels: tuple[str, ...]
    locator: str | None


class _Item(NamedTuple):
    start: int
    end: int
    labels: tuple[str, ...]
    locator: str | None


def find_numeric_citations(text: str, *, brackets: str = "[]") -> Iterator[NumericCitation]:
    """The bracketed numbers of a text, in order: one citation a bracket, or one an item where items have locators.

    >>> [(c.labels, c.locator) for c in find_numeric_citations("As shown [1, 3–5] [sic] and [see 2, p. 9; 7: 12].")]
    [(('1', '3', '4', '5'), None), (('2',), 'p. 9'), (('7',), '12')]
    """
    for found in (_SQUARE if brackets == "[]" else _ROUND).finditer(text):
        items = _read_items(text, *found.span("inside"))
        if not items:
            continue
        start, end = found.span("inside")[0] - 1, found.end()
        if any(item.locator for item in items):
            bounds = [start, *(item.start for item in items[1:])], [*(item.end for item in items[:-1]), end]
            for item, low, high in zip(items, *bounds, strict=True):
                yield NumericCitation(low, high, item.labels, item.locator)
        else:
            yield NumericCitation(start, end, tuple(label for item in items for label in item.labels), None)


def read_labels(numbers: str) -> tuple[str, ...]:
    """The labels of a superscript: "3–5,8" is 3, 4, 5 and 8; a label that is no number stays as it is.

    >>> read_labels("3–5,8"), read_labels("12"), read_labels("a")
    (('3', '4', '5', '8'), ('12',), ('a',))
    """
    return tuple(label for part in _NUMBERS.finditer(numbers) for label in _cited(part)) or (numbers,)


def all_known(citation: NumericCitation, labels: Collection[str]) -> bool:
    """Whether every label of a citation is one of the list."""
    return all(label in labels for label in citation.labels)


def _read_items(text: str, start: int, end: int) -> list[_Item]:
    """The items of a bracket, or none where anything in it is neither number, locator nor signal."""
    items: list[_Item] = []
    signals = _SIGNALS.match(text, start, end)
    at = signals.end() if signals else start
    while found := _NUMBERS.match(text, at, end):
        after, locator = read_locator(text[:end], found.end(), bare=False)
        if locator is None and (free := _FREE.match(text, after, end)):
            after, locator = end, " ".join(free["locator"].split())
        items.append(_Item(at, after, tuple(_cited(found)), locator))
        if not text[after:end].strip(" \n."):
            return items
        gap = _NEXT.match(text, after, end)
        if gap is None:
            return []
        signals = _SIGNALS.match(text, gap.end(), end)
        at = signals.end() if signals else gap.end()
    return []


def _cited(part: re.Match[str]) -> Iterator[str]:
    first = int(part["first"])
    last = int(part["last"] or first)
    if 0 <= last - first <= _WIDEST_RANGE:
        yield from (str(number) for number in range(first, last + 1))
    else:
        yield from (part["first"], part["last"])
