"""Pieces to rows in reading order: columns are found by the white strip between them, page by page.

What crosses the strip (a title, a wide figure, a note across both columns) parts the page into bands; each band is read
column by column. A table is no pair of columns: its cells do not fill their column.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.pdf.glyph import Glyph
from corpus.pdf.rows import Piece

_STEP = 3.0  # points between the places that are tried for a white strip
_FEWEST = 4  # rows that each column must have
_CLEAR = (0.5, 0.75, 0.75)  # share of the rows that a white strip parts, on the page and in its columns
_FILLED = 0.55  # of its column that the middle row fills
_SAME_ROW = 0.35  # of the size
_SPLIT_DEPTH = 2  # two columns, or three and four by halving again


class Row(NamedTuple):
    """One line of text as it stands on the page: ``column`` counts the reading regions of the page from 0."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    y: float
    size: float
    column: int


def reading_order(pieces: Sequence[Piece]) -> list[Row]:
    """The rows of a page in the order in which they are read."""
    regions = list(_regions(list(pieces), 0))
    return [row for number, region in enumerate(regions) for row in _rows(region, number)]


def _regions(pieces: list[Piece], depth: int) -> Iterator[list[Piece]]:
    gutter = _find_gutter(pieces, _CLEAR[depth]) if depth < _SPLIT_DEPTH else None
    if gutter is None:
        if pieces:
            yield pieces
        return
    crossing = sorted((piece for piece in pieces if piece.x0 < gutter < piece.x1), key=lambda piece: piece.y)
    beside = [piece for piece in pieces if not piece.x0 < gutter < piece.x1]
    wide: list[Piece] = []
    for bar in [*crossing, None]:
        top = bar.y if bar is not None else float("inf")
        band = [piece for piece in beside if piece.y < top - 0.2 * piece.size]
        if band:
            if wide:
                yield wide
                wide = []
            beside = [piece for piece in beside if piece.y >= top - 0.2 * piece.size]
            yield from _regions([piece for piece in band if piece.x1 <= gutter], depth + 1)
            yield from _regions([piece for piece in band if piece.x0 >= gutter], depth + 1)
        if bar is not None:
            wide.append(bar)
    if wide:
        yield wide


def _find_gutter(pieces: Sequence[Piece], clear: float) -> float | None:
    """The middle of the white strip that parts most of the rows into two filled columns; None where there is none."""
    if len(pieces) < 2 * _FEWEST:
        return None
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    place = left + 0.25 * (right - left)
    best: tuple[float, float] = (0.0, 0.0)
    run: list[float] = []
    while place < left + 0.75 * (right - left):
        share = _share(pieces, place, left, right)
        if share > best[0]:
            best, run = (share, place), [place]
        elif share == best[0] and run and place - run[-1] < 1.5 * _STEP:
            run.append(place)
        place += _STEP
    return (run[0] + run[-1]) / 2 if best[0] >= clear else None


def _share(pieces: Sequence[Piece], place: float, left: float, right: float) -> float:
    """How many of the rows that reach a place have text on both sides of it, in two columns."""
    before = [piece for piece in pieces if piece.x1 <= place]
    after = [piece for piece in pieces if piece.x0 >= place]
    if min(len(before), len(after)) < _FEWEST:
        return 0.0
    if _filled(before) < _FILLED * (place - left) or _filled(after) < _FILLED * (right - place):
        return 0.0
    heights = [piece.y for piece in after]
    paired = 0
    for piece in before:
        reach = 0.6 * piece.size
        paired += bisect_left(heights, piece.y - reach) < bisect_left(heights, piece.y + reach)
    crossing = len(pieces) - len(before) - len(after)
    return paired / (paired + crossing) if paired >= _FEWEST else 0.0


def _filled(pieces: Sequence[Piece]) -> float:
    """The width of the middle row among the pieces that share a baseline."""
    widths: list[float] = []
    last: Piece | None = None
    for piece in pieces:
        if last is not None and abs(piece.y - last.y) < 0.2 * piece.size:
            widths[-1] += piece.x1 - piece.x0
        else:
            widths.append(piece.x1 - piece.x0)
        last = piece
    return sorted(widths)[len(widths) // 2]


def _rows(region: Sequence[Piece], column: int) -> Iterator[Row]:
    """The pieces of one region on one baseline as one row, wide gaps kept as two spaces."""
    ordered = sorted(region, key=lambda piece: (piece.y, piece.x0))
    group: list[Piece] = []
    for piece in ordered:
        if group and piece.y - group[0].y > _SAME_ROW * min(piece.size, group[0].size):
            yield _row(group, column)
            group = []
        group.append(piece)
    if group:
        yield _row(group, column)


def _row(pieces: Sequence[Piece], column: int) -> Row:
    glyphs: list[Glyph] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        first = piece.glyphs[0]
        gap = first.x0 - glyphs[-1].x1 if glyphs else 0.0
        spaces = 0 if not glyphs else 2 if gap > 1.5 * piece.size else 1
        glyphs += [first._replace(spaces=spaces), *piece.glyphs[1:]]
    main = max(pieces, key=lambda piece: sum(glyph.x1 - glyph.x0 for glyph in piece.glyphs))
    return Row(glyphs, glyphs[0].x0, max(piece.x1 for piece in pieces), main.y, main.size, column)
