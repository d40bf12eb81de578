"""Pages and their furniture: form feeds, page numbers alone on a line, running heads.

A running head is known by repetition: the same line at the head or foot of several pages once digits are left out of
account, or a number in it that grows by one from page to page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.layout.lines import Line
from corpus.layout.sequence import counted_up
from schemas.records import EditKind

_NUMBER_ALONE = re.compile(r"\W{0,3}(?P<n>\d{1,4})\W{0,3}$")  # "– 12 –"
_NUMBER_AT_END = re.compile(r"^(?P<left>\d{1,4})(?=\s{2})|(?<=\s\s)(?P<right>\d{1,4})$")  # "378   Raf Van Rooy"
_DIGITS = re.compile(r"\d+")
_LONGEST_HEAD = 120


class Furniture(NamedTuple):
    """A piece of the source that is no text: where it stands and what it is."""

    start: int
    end: int
    kind: EditKind


class PageStart(NamedTuple):
    """A page: where in the source it begins, and its number as printed."""

    start: int
    label: str | None


class Paged(NamedTuple):
    """Lines without furniture (``page`` marks the first of each page), the furniture, and the pages."""

    lines: list[Line]
    furniture: list[Furniture]
    pages: list[PageStart]


def find_pages(lines: Sequence[Line]) -> Paged:
    """Take the furniture out of the lines and find the pages."""
    bounds = [0, *(number for number, line in enumerate(lines) if line.page and number), len(lines)]
    pages = [range(low, high) for low, high in pairwise(bounds) if high > low]
    if len(pages) < 2:
        return _by_numbers_alone(lines)
    kinds, labels = _find_furniture(lines, pages)
    if len(kinds) * 2 > len(lines):  # so much repetition is the text itself
        kinds = {}
    starts = [PageStart(lines[page[0]].start, labels[number]) for number, page in enumerate(pages)]
    return Paged(_without(lines, kinds), _furniture(lines, kinds), starts)


def _find_furniture(lines: Sequence[Line], pages: Sequence[range]) -> tuple[dict[int, EditKind], list[str | None]]:
    edges = [_edges(lines, page) for page in pages]
    repeated = Counter(key for page in edges for key in {_key(lines[index].text) for index in page})
    offsets: Counter[int] = Counter()
    for number, page in enumerate(edges):
        offsets.update({n - number for index in page for n in _numbers(lines[index].text)})
    offset, support = offsets.most_common(1)[0] if offsets else (0, 0)
    if support < max(2, 0.4 * len(pages)):
        offset = -1_000_000
    kinds: dict[int, EditKind] = {}
    labels: list[str | None] = [None] * len(pages)
    for number, page in enumerate(edges):
        for index in page:
            text = lines[index].text
            counted = number + offset in _numbers(text)
            if counted:
                labels[number] = str(number + offset)
            if counted and _NUMBER_ALONE.match(text):
                kinds[index] = "page-number"
            elif counted or _is_repeated(lines, index, repeated[_key(text)], len(pages)):
                kinds[index] = "running-head"
    return kinds, labels


def _edges(lines: Sequence[Line], page: range) -> list[int]:
    """The first and last two lines of a page, where they are short enough for furniture."""
    near = [*page[:2], *page[-2:]]
    return [index for index in dict.fromkeys(near) if len(lines[index].text) <= _LONGEST_HEAD]


def _is_repeated(lines: Sequence[Line], index: int, times: int, pages: int) -> bool:
    """A repeated line is furniture only at the edge of its page; at the foot it must repeat often, for notes do."""
    if lines[index].page:
        return times >= 2
    last = index + 1 == len(lines) or lines[index + 1].page
    return last and times >= max(3, 0.4 * pages)


def _key(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.casefold().split()))


def _numbers(text: str) -> list[int]:
    alone = _NUMBER_ALONE.match(text)
    if alone:
        return [int(alone["n"])]
    return [int(match.group()) for match in _NUMBER_AT_END.finditer(text)]


def _by_numbers_alone(lines: Sequence[Line]) -> Paged:
    """Without form feeds: numbers alone on their lines that count up, far enough apart to be pages."""
    found = [
        (index, int(match["n"]))
        for index, line in enumerate(lines)
        if len(line.text) < 12 and (match := _NUMBER_ALONE.match(line.text))
    ]
    chain = [found[i] for i in counted_up([number for _, number in found])]
    if len(chain) < 3 or (chain[-1][0] - chain[0][0]) < 12 * (len(chain) - 1):
        return Paged(list(lines), [], [])
    kinds: dict[int, EditKind] = {index: "page-number" for index, _ in chain}
    # A number belongs to the page above it where the first one stands far down, else to the page below.
    at_foot = chain[0][0] > 5
    pages = [PageStart(lines[0].start, str(chain[0][1] if at_foot else chain[0][1] - 1))] if chain[0][0] else []
    for index, number in chain:
        if index + 1 < len(lines):
            pages.append(PageStart(lines[index + 1].start, str(number + at_foot)))
    return Paged(_without(lines, kinds), _furniture(lines, kinds), pages)


def _without(lines: Sequence[Line], kinds: dict[int, EditKind]) -> list[Line]:
    kept: list[Line] = []
    page, gap = False, 0
    for index, line in enumerate(lines):
        if index in kinds:
            page, gap = page or bool(kept), max(gap, line.gap)
            continue
        kept.append(line._replace(page=bool(kept) and (page or line.page), gap=max(line.gap, gap)))
        page, gap = False, 0
    return kept


def _furniture(lines: Sequence[Line], kinds: dict[int, EditKind]) -> list[Furniture]:
    return [Furniture(lines[index].start, lines[index].end, kind) for index, kind in sorted(kinds.items())]
