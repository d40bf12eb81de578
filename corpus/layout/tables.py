"""Tables set with spaces or tabs: rows of cells, told by gaps inside their lines.

Trade        1890    1900        two or more such rows, one below the other, with short cells
Riveters     34.5    38.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.layout.draft import Draft
from corpus.layout.lines import Line

_CELL = re.compile(r"\S(?:\S| (?! ))*")  # words with single spaces between them
_FEWEST_ROWS = 2
_LONGEST_CELL = 48


def take_tables(drafts: Sequence[Draft]) -> list[Draft]:
    """The blocks with every table cut into its cells; rows may be lines of one block or blocks of their own."""
    flat = [(draft, line, _cells(line) if _may_hold(draft) else []) for draft in drafts for line in draft.lines]
    cells: dict[int, list[Draft]] = {}  # by the source offset of its line: the cells of a row
    table = 0
    for is_row, run in groupby(flat, key=lambda piece: bool(piece[2])):
        rows = list(run)
        if is_row and _is_table([found for _, _, found in rows]):
            for number, (_, line, found) in enumerate(rows):
                cells[line.start] = [
                    Draft("cell", [cell], row=number, col=column, table=table) for column, cell in enumerate(found)
                ]
            table += 1
    return [piece for draft in drafts for piece in _with_cells(draft, cells)] if cells else list(drafts)


def _may_hold(draft: Draft) -> bool:
    return draft.kind in ("paragraph", "quote") and draft.zone is None and draft.label is None


def _with_cells(draft: Draft, cells: dict[int, list[Draft]]) -> Iterator[Draft]:
    """A block, or what is left of it around the rows of tables, in order."""
    if not any(line.start in cells for line in draft.lines):
        yield draft
        return
    for is_row, run in groupby(draft.lines, key=lambda line: line.start in cells):
        lines = list(run)
        if is_row:
            yield from (cell for line in lines for cell in cells[line.start])
        else:
            yield Draft(draft.kind, lines, level=draft.level)


def _cells(line: Line) -> list[Line]:
    """The cells of a line, where wide gaps or tabs part it into two or more."""
    text = line.text
    if ("  " not in text and "\t" not in text and "|" not in text) or line.hint is not None:
        return []
    found = [
        Line(line.start + match.start(), line.start + match.end(), match.group()) for match in _CELL.finditer(text)
    ]
    return found if len(found) >= 2 and all(len(cell.text) <= _LONGEST_CELL for cell in found) else []


def _is_table(rows: Sequence[Sequence[Line]]) -> bool:
    """Rows of about as many cells each; and figures, or more than two columns, for two columns of words may be verse."""
    counts = sorted(len(row) for row in rows)
    usual = counts[len(counts) // 2]
    alike = sum(abs(count - usual) <= 1 for count in counts)
    cells = [cell.text for row in rows for cell in row]
    figures = sum(any(c.isdigit() for c in cell) for cell in cells)
    return len(rows) >= _FEWEST_ROWS and alike * 10 >= 8 * len(rows) and (usual > 2 or figures * 10 >= 3 * len(cells))
