"""Typeset lines: rows with their text, and what the geometry decides of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.pdf.columns import Row
from schemas.records import BlockKind


class Box(NamedTuple):
    """Where a line stands on its page: points from the top left, y down."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class TypeLine:
    """A row of a page with its text; ``raised`` are spans of the text that stand above the baseline.

    ``foot``: it belongs to the notes at the page's foot; ``starts``: a paragraph or note begins here; ``kind`` and
    ``level``: what block it is, where type and place tell.
    """

    row: Row
    page: int
    text: str
    raised: tuple[tuple[int, int], ...] = ()
    bold: bool = False
    italic: bool = False
    foot: bool = False
    starts: bool = True
    kind: BlockKind | None = None
    level: int | None = None
    first_word: float = field(default=0.0)  # its width in points

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.row.x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.row.x1

    @property
    def y(self) -> float:
        """Baseline."""
        return self.row.y

    @property
    def size(self) -> float:
        """Font size."""
        return self.row.size

    @property
    def place(self) -> tuple[int, int]:
        """Page and region: lines of one place stand below one another."""
        return self.page, self.row.column


def set_lines(rows: Sequence[Row], page: int) -> list[TypeLine]:
    """The rows of a page with their text."""
    return [set_line(row, page) for row in rows]


def set_line(row: Row, page: int) -> TypeLine:
    """One row with its text, raised spans and look."""
    parts: list[str] = []
    raised: list[tuple[int, int]] = []
    length = 0
    first_word = row.x1 - row.x0
    for number, glyph in enumerate(row.glyphs):
        spaces = glyph.spaces if number else 0
        if spaces and first_word == row.x1 - row.x0:
            first_word = row.glyphs[number - 1].x1 - row.x0
        parts.append(" " * spaces + glyph.text)
        start, length = length + spaces, length + spaces + len(glyph.text)
        if glyph.shift > 0:
            if raised and raised[-1][1] == start:
                raised[-1] = (raised[-1][0], length)
            else:
                raised.append((start, length))
    letters = [glyph for glyph in row.glyphs if glyph.text.isalpha()] or row.glyphs
    return TypeLine(
        row,
        page,
        "".join(parts),
        tuple(raised),
        bold=sum(glyph.bold for glyph in letters) * 20 >= 19 * len(letters),
        italic=sum(glyph.italic for glyph in letters) * 20 >= 19 * len(letters),
        first_word=first_word,
    )


def box_of(line: TypeLine) -> Box:
    """The box of a line, from the height of its letters above and below the baseline."""
    return Box(line.x0, line.y - 0.8 * line.size, line.x1, line.y + 0.22 * line.size)
