"""Pages: where each begins, its number as printed, and what stands on it that is no text of the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.layout.furniture import at_edges, by_numbers
from corpus.layout.lines import Line
from corpus.layout.notices import find_notices
from schemas.records import EditKind


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
    notices: dict[int, EditKind] = dict.fromkeys(sorted(find_notices(lines)), "boilerplate")
    around = _furniture(lines, notices)
    lines = _without(lines, notices)
    bounds = [0, *(number for number, line in enumerate(lines) if line.page and number), len(lines)]
    pages = [range(low, high) for low, high in pairwise(bounds) if high > low]
    if len(pages) < 2:
        return _by_numbers(lines, around)
    kinds, labels = at_edges(lines, pages)
    if len(kinds) * 2 > len(lines):  # so much repetition is the text itself
        kinds = {}
    starts = [PageStart(lines[page[0]].start, labels[number]) for number, page in enumerate(pages)]
    return Paged(_without(lines, kinds), sorted([*around, *_furniture(lines, kinds)]), starts)


def _by_numbers(lines: Sequence[Line], around: Sequence[Furniture]) -> Paged:
    kinds, chain = by_numbers(lines)
    if not chain:
        return Paged(_without(lines, kinds), sorted([*around, *_furniture(lines, kinds)]), [])
    # A number belongs to the page above it where the first one stands far down, else to the page below.
    at_foot = chain[0][0] > 5
    pages = [PageStart(lines[0].start, str(chain[0][1] if at_foot else chain[0][1] - 1))] if chain[0][0] else []
    for index, number in chain:
        if index + 1 < len(lines):
            pages.append(PageStart(lines[index + 1].start, str(number + at_foot)))
    return Paged(_without(lines, kinds), sorted([*around, *_furniture(lines, kinds)]), pages)


def _without(lines: Sequence[Line], kinds: Mapping[int, EditKind]) -> list[Line]:
    """The lines that are left; behind a running head or a page number a page begins."""
    kept: list[Line] = []
    page, gap = False, 0
    for index, line in enumerate(lines):
        if index in kinds:
            begins = kinds[index] != "boilerplate" or line.page
            page, gap = (page or begins) and bool(kept), max(gap, line.gap)
            continue
        kept.append(line._replace(page=bool(kept) and (page or line.page), gap=max(line.gap, gap)))
        page, gap = False, 0
    return kept


def _furniture(lines: Sequence[Line], kinds: Mapping[int, EditKind]) -> list[Furniture]:
    return [Furniture(lines[index].start, lines[index].end, kind) for index, kind in sorted(kinds.items())]
