"""Cells of a table in their rows and columns, spans counted as HTML counts them.

>>> grid = Grid(); grid.row(); grid.place(rows=2), grid.place(cols=2)
((1, 1), (1, 2))
>>> grid.row(); grid.place()
(2, 2)
"""

from __future__ import annotations

_WIDEST, _TALLEST = 200, 5000


class Grid:
    """Gives each cell its row and column, both from 1, past the cells of earlier rows that reach down."""

    def __init__(self) -> None:
        self._row, self._col = 0, 1
        self._until: dict[int, int] = {}  # column -> the last row that a cell from above holds in it

    def row(self) -> None:
        """Begin the next row."""
        self._row, self._col = self._row + 1, 1

    def place(self, *, rows: int = 1, cols: int = 1) -> tuple[int, int]:
        """Row and column of the next cell."""
        while self._until.get(self._col, 0) >= self._row:
            self._col += 1
        at = self._col
        self._col += cols
        if rows > 1:
            for column in range(at, at + cols):
                self._until[column] = self._row + rows - 1
        return self._row, at


def span(written: str | None, *, down: bool = False) -> int:
    """The number of rows or columns that a cell says it spans; 1 where it says nothing sensible.

    >>> span("3"), span(None), span("0"), span("x"), span("99999")
    (3, 1, 1, 1, 200)
    """
    digits = (written or "").strip()[:6]
    if not digits.isascii() or not digits.isdigit():
        return 1
    return max(1, min(int(digits), _TALLEST if down else _WIDEST))


def spans(rows: int, cols: int) -> dict[str, int | None]:
    """The fields of a block for a cell; one row and one column go without saying."""
    return {"rows": rows if rows > 1 else None, "cols": cols if cols > 1 else None}
