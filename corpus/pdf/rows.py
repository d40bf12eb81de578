"""Runs to pieces of rows: characters on one baseline, side by side, with their raised and lowered neighbours.

A note number is smaller than its line and stands above its baseline; it belongs to the row whose letters it touches.
Spaces come from the file where the row has any, and from the distances between its letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.pdf.accents import compose
from corpus.pdf.glyph import Glyph
from corpus.pdf.page import Run

_SAME_BASELINE = 0.12  # of the size
_RISE = (0.12, 0.75)  # how far above its row a raised character stands, in sizes of the row
_DROP = (0.06, 0.5)
_SMALLER = 0.88
_TOUCHES = 0.4
_BEFORE = 1.3  # a raised character may stand before its row, with a space between
_LABEL_BEFORE = 3.5  # a number or sign: the label of a note, whose text may be set in
_LABEL = re.compile(r"\s*(?:\d{1,4}|[*†‡§¶⁎∗]{1,4})\s*$")
_LONGEST_SCRIPT = 24
_WIDE_GAP = 0.9  # of the size: pieces so far apart may belong to two columns


class Piece(NamedTuple):
    """Characters that stand together on one baseline, ``x0`` to ``x1``; ``size`` is the commonest of them."""

    glyphs: list[Glyph]
    y: float
    size: float
    x0: float
    x1: float


def find_pieces(runs: Sequence[Run]) -> list[Piece]:
    """The pieces of a page, from top to bottom and left to right."""
    written = sorted((run for run in runs if run.text.strip()), key=lambda run: (run.y, run.lefts[0]))
    bases, shifts = _find_scripts(written)
    pieces: list[Piece] = []
    scripts: dict[int, list[Run]] = {}
    for run in written:
        if id(run) in bases:
            scripts.setdefault(id(bases[id(run)]), []).append(run)
    for strip in _strips([run for run in written if id(run) not in bases]):
        members = [(run, 0) for run in strip]
        members += [(run, shifts[id(run)]) for base in strip for run in scripts.get(id(base), ())]
        pieces += _cut(_glyphs(members), strip[0].y)
    return sorted(pieces, key=lambda piece: (piece.y, piece.x0))


def _strips(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Runs of one baseline, all over the page."""
    strip: list[Run] = []
    for run in runs:
        if strip and run.y - strip[0].y > _SAME_BASELINE * min(run.size, strip[0].size):
            yield strip
            strip = []
        strip.append(run)
    if strip:
        yield strip


def _find_scripts(runs: Sequence[Run]) -> tuple[dict[int, Run], dict[int, int]]:
    """For each raised or lowered run the run that it belongs to, and which of the two it is."""
    heights = [run.y for run in runs]
    bases: dict[int, Run] = {}
    shifts: dict[int, int] = {}
    for run in runs:
        if len(run.text.strip()) > _LONGEST_SCRIPT:
            continue
        found = _base_of(run, runs, heights)
        if found is not None:
            bases[id(run)], shifts[id(run)] = found
    for run in runs:  # "1", ",", "2" in runs of their own: the neighbours of a raised run are raised too
        if id(run) in bases or len(run.text.strip()) > _LONGEST_SCRIPT:
            continue
        for other in runs[bisect_left(heights, run.y - 0.1) : bisect_left(heights, run.y + 0.1)]:
            if id(other) in bases and other.size == run.size and 0 <= run.lefts[0] - other.rights[-1] < 0.4 * run.size:
                bases[id(run)], shifts[id(run)] = bases[id(other)], shifts[id(other)]
    return bases, shifts


def _base_of(run: Run, runs: Sequence[Run], heights: Sequence[float]) -> tuple[Run, int] | None:
    reach = run.size / 0.4
    start, end = run.lefts[0] - reach, run.rights[-1] + reach
    number = run.text.strip()
    number_like = number.isdigit() and len(number) < 4  # one of the size of its row is a marker if it is raised enough
    best: tuple[float, Run, int] | None = None
    for other in runs[bisect_left(heights, run.y - reach) : bisect_left(heights, run.y + reach)]:
        if other.rights[-1] < start or other.lefts[0] > end or other.y == run.y or run.size > other.size:
            continue
        rise = (other.y - run.y) / other.size
        shift = 1 if _RISE[0] <= rise <= _RISE[1] else -1 if _DROP[0] <= -rise <= _DROP[1] else 0
        if not shift or (other.size * _SMALLER < run.size and not (number_like and rise > 0.25)):
            continue
        distance = _distance(run, other)
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, other, shift)
    return best[1:] if best else None


def _distance(run: Run, other: Run) -> float | None:
    """How far a run stands from the nearest edge of another that it may belong to; None: too far."""
    start, end = run.lefts[0], run.rights[len(run.text.rstrip()) - 1]
    after = min(abs(start - right) for right, char in zip(other.rights, other.text, strict=True) if char != " ")
    if after <= _TOUCHES * other.size:
        return after
    before = min(
        (left - end for left, char in zip(other.lefts, other.text, strict=True) if char != " " and left >= end - 1),
        default=1e9,
    )
    reach = _LABEL_BEFORE if _LABEL.match(run.text) else _BEFORE
    return before if before <= reach * other.size else None


def _glyphs(members: Sequence[tuple[Run, int]]) -> list[Glyph]:
    """All characters of a strip from left to right, each once: bold print is sometimes the same text set twice."""
    found = [
        (number, Glyph(char, left, right, run.size, run.bold, run.italic, shift))
        for number, (run, shift) in enumerate(members)
        for char, left, right in zip(run.text, run.lefts, run.rights, strict=True)
    ]
    found.sort(key=lambda pair: pair[1].x0)
    kept: list[tuple[int, Glyph]] = []
    for number, glyph in found:
        # The letters of a ligature stand at one place too, but in one run.
        twice = any(
            owner != number and other.text == glyph.text and abs(other.x0 - glyph.x0) < 0.08 * glyph.size
            for owner, other in kept[-3:]
        )
        if not twice:
            kept.append((number, glyph))
    return compose([glyph for _, glyph in kept])


def _cut(glyphs: Sequence[Glyph], y: float) -> Iterator[Piece]:
    """The strip cut where there is a wide gap, with the spaces counted into the characters behind them."""
    spaced = sum(glyph.text == " " for glyph in glyphs) * 14 >= len(glyphs)
    piece: list[Glyph] = []
    space = False
    for glyph in glyphs:
        if glyph.text == " ":
            space = True
            continue
        if piece:
            size = max(glyph.size, piece[-1].size)
            gap = glyph.x0 - piece[-1].x1
            if gap > _WIDE_GAP * size:
                yield _piece(piece, y)
                piece = []
            elif space or gap > (0.3 if spaced else 0.17) * size:
                glyph = glyph._replace(spaces=1)
        piece.append(glyph)
        space = False
    if piece:
        yield _piece(piece, y)


def _piece(glyphs: list[Glyph], y: float) -> Piece:
    sizes = Counter(glyph.size for glyph in glyphs if not glyph.shift) or Counter(glyph.size for glyph in glyphs)
    size = max(sizes, key=lambda size: (sizes[size], size))
    return Piece(glyphs, y, size, glyphs[0].x0, max(glyph.x1 for glyph in glyphs[-3:]))
