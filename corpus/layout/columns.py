"""Two columns side by side, as a dump that keeps the layout prints them: found, and set one below the other.

A gutter is a column of the page where line after line has two or more spaces and a new piece begins. What makes two
columns of prose of it, and no table, is that the pieces on both sides are long and go on in the middle of a sentence.
The source is not changed: the text is read as it is set below, and everything is put back to its place afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.layout.labels import read_label
from corpus.layout.lines import Line

_GUTTER = re.compile(r"\s{2,}(?=\S)")
_NUMBER = re.compile(r"\W{0,3}\d{1,4}\W{0,3}$")
_FEWEST = 6  # lines with both columns, on a page
_SHARE = 0.3  # of a page's lines have both
_SHORTEST = 18  # characters of the usual piece
_FEWEST_OF_REGION = 3


class Piece(NamedTuple):
    """A stretch of the source and where it begins in the text as set below."""

    start: int
    source_start: int
    length: int


class Unrolled(NamedTuple):
    """The text with its columns one below the other; ``breaks`` are the offsets where a right column begins."""

    text: str
    pieces: list[Piece]
    breaks: list[int]


class _Row(NamedTuple):
    """A line of a page at a gutter: its parts, empty where the line has nothing there."""

    line: Line
    left: str
    right: str
    across: bool  # text goes through the gutter


def unroll(source: str, lines: Sequence[Line]) -> Unrolled | None:
    """The source with the columns of its pages one below the other; None where no page has any."""
    writer = _Writer(source)
    for page in _pages(lines):
        column = _gutter(page)
        if column:
            for region in _regions([_row(line, column) for line in page]):
                writer.set_below(region, column)
    return writer.finish() if writer.breaks else None


def _pages(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    bounds = [0, *(i for i, line in enumerate(lines) if line.page and i), len(lines)]
    yield from (lines[a:b] for a, b in pairwise(bounds) if b > a)


def _gutter(page: Sequence[Line]) -> int:
    """Where the right column of a page begins; 0 where it has none."""
    begins = Counter(line.indent + match.end() for line in page for match in _GUTTER.finditer(line.text))
    if not begins:
        return 0
    column, count = max(begins.items(), key=lambda found: (found[1], -found[0]))
    if count < _FEWEST or count < _SHARE * len(page):
        return 0
    rows = [row for line in page if (row := _row(line, column)).left and row.right and not row.across]
    return column if _is_prose([row.left for row in rows]) and _is_prose([row.right for row in rows]) else 0


def _is_prose(pieces: Sequence[str]) -> bool:
    lengths = sorted(len(piece.strip()) for piece in pieces)
    going_on = sum(piece.lstrip()[:1].islower() for piece in pieces)
    parted = sum(_GUTTER.search(piece.strip()) is not None for piece in pieces)
    return lengths[len(lengths) // 2] >= _SHORTEST and going_on * 5 >= len(pieces) and parted * 5 <= len(pieces)


def _row(line: Line, column: int) -> _Row:
    whole = " " * line.indent + line.text
    left, right = whole[:column].rstrip(), whole[column:]
    across = bool(left and right) and len(left) > column - 2
    return _Row(line, left, right, across)


def _regions(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    """The stretches of a page that stand in columns; a line that goes through the gutter ends one."""
    first: int | None = None
    last = 0
    for i, row in enumerate(rows):
        if row.across or _is_edge(rows, i):
            yield from _region(rows, first, last)
            first = None
        elif row.left and row.right:
            first, last = (i if first is None else first), i
    yield from _region(rows, first, last)


def _is_edge(rows: Sequence[_Row], i: int) -> bool:
    """A running head or foot: the first or last line of a page, apart from the others."""
    if i == 0:
        return len(rows) > 1 and rows[1].line.gap > 0
    return i == len(rows) - 1 and (rows[i].line.gap > 0 or _NUMBER.match(rows[i].line.text) is not None)


def _region(rows: Sequence[_Row], first: int | None, last: int) -> Iterator[Sequence[_Row]]:
    """The stretch from its first to its last line with both columns, and what one column has more than the other."""
    if first is None or sum(bool(row.left and row.right) for row in rows[first : last + 1]) < _FEWEST_OF_REGION:
        return
    end = last + 1
    while end < len(rows) and not rows[end].across and not _is_edge(rows, end) and _goes_on(rows[end - 1], rows[end]):
        end += 1
    yield rows[first:end]


def _goes_on(above: _Row, row: _Row) -> bool:
    """Whether a line below the last with both columns is still one of the two, not text over the whole page."""
    if _NUMBER.match(row.line.text):
        return False
    notes = not above.right and read_label(row.line) is not None  # at the foot of a left column that is the longer one
    return not row.left or not row.line.gap or notes


class _Writer:
    """Writes the text as set below, and remembers where each piece of it stands in the source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._pieces: list[Piece] = []
        self._done = 0  # the source up to here is written
        self.breaks: list[int] = []

    def set_below(self, region: Sequence[_Row], column: int) -> None:
        """Write what stands above a region, then its left and its right column."""
        self._copy(self._done, region[0].line.start - region[0].line.indent)
        margin = min((row.line.indent for row in region if row.left), default=0)
        deepest = min((len(row.right) - len(row.right.lstrip()) for row in region if row.right), default=0)
        self._column(region, [(margin, len(row.left)) for row in region])
        self.breaks.append(self._length)
        self._column(region, [(column + deepest, column + len(row.right) if row.right else 0) for row in region])
        self._done = region[-1].line.end

    def finish(self) -> Unrolled:
        """The whole text, the rest of the source with it."""
        self._copy(self._done, len(self._source))
        return Unrolled("".join(self._parts), self._pieces, self.breaks)

    def _column(self, region: Sequence[_Row], spans: Sequence[tuple[int, int]]) -> None:
        """One column: for each line of the region what stands between two columns of the page; it may be nothing."""
        begun = False
        for row, (low, high) in zip(region, spans, strict=True):
            self._put("\n" * row.line.gap if begun else "")
            margin = row.line.start - row.line.indent
            self._copy(margin + low, margin + high)
            begun = begun or high > low
            self._put("\n" if begun else "")

    def _copy(self, start: int, end: int) -> None:
        if end > start:
            self._pieces.append(Piece(self._length, start, end - start))
            self._put(self._source[start:end])

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
