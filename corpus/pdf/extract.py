"""The linear text of a PDF: pages in order, each its rows in reading order, with the way back to the page.

One line of the page is one line of the text; a blank line before each block; a form feed between pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.layout.hints import Hint
from corpus.layout.lines import Line
from corpus.layout.pages import Furniture, Paged, PageStart
from corpus.pdf.blocks import cut_lines
from corpus.pdf.columns import Row, reading_order
from corpus.pdf.feet import mark_feet
from corpus.pdf.furniture import Level, PageEdges, find_furniture
from corpus.pdf.glyph import Glyph
from corpus.pdf.kinds import name_lines
from corpus.pdf.measure import measure
from corpus.pdf.page import Page, turned
from corpus.pdf.rows import find_pieces
from corpus.pdf.typeset import Box, TypeLine, box_of, set_line, set_lines
from schemas.records import EditKind, Region


class Extraction(NamedTuple):
    """The text, its pages with their lines and furniture, and where each line stands."""

    text: str
    paged: Paged
    regions: tuple[Region, ...]


def extract(pages: Sequence[Page], title: str = "") -> Extraction:
    """The linear text of all pages, with hints for the layout; ``title`` is what the document information gives."""
    pieces = [find_pieces(page.runs) for page in pages]
    edges = find_furniture(pieces)
    typeset: list[list[TypeLine]] = []
    for number, (found, edge) in enumerate(zip(pieces, edges, strict=True)):
        gone = {id(piece) for level, _ in edge.furniture for piece in level.pieces}
        rows = reading_order([piece for piece in found if id(piece) not in gone])
        typeset.append(set_lines(rows, number))
    measures = measure([[line.row for line in page] for page in typeset])
    mark_feet(typeset, [page.rules for page in pages], measures)
    name_lines(cut_lines([line for page in typeset for line in page if not line.foot], measures), measures, title)
    writer = _Writer()
    for page, lines, edge in zip(pages, typeset, edges, strict=True):
        writer.page(page, lines, edge)
    return writer.finish()


class _Writer:
    """Writes lines one after the other and keeps where they came to stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._furniture: list[Furniture] = []
        self._pages: list[PageStart] = []
        self._regions: list[Region] = []

    def page(self, page: Page, lines: Sequence[TypeLine], edges: PageEdges) -> None:
        """One page: what stands at its top edge, its lines, what stands at its foot and aside."""
        if self._pages:
            self._write("\n\f")
        self._pages.append(PageStart(self._length, edges.label or page.label or None))
        for level, kind in edges.furniture:
            if level.top:
                self._level(page, level, kind)
        fresh = bool(self._lines)
        for line in lines:
            self._line(page, line, fresh)
            fresh = False
        for level, kind in reversed(edges.furniture):
            if not level.top:
                self._level(page, level, kind)
        for text in page.aside:
            self._break()
            self._furniture.append(Furniture(self._length, self._length + len(text), "running-head"))
            self._write(text)

    def finish(self) -> Extraction:
        """The whole extraction."""
        self._write("\n")
        return Extraction("".join(self._parts), Paged(self._lines, self._furniture, self._pages), tuple(self._regions))

    def _line(self, page: Page, line: TypeLine, fresh: bool) -> None:
        self._break(blank=line.starts)
        start = self._length
        self._place(page, start, line)
        self._write(line.text)
        raised = tuple((start + a, start + b) for a, b in line.raised)
        hint = Hint(line.starts, line.kind, line.level, line.foot, raised)
        self._lines.append(Line(start, self._length, line.text, gap=int(line.starts), page=fresh, hint=hint))

    def _level(self, page: Page, level: Level, kind: EditKind) -> None:
        glyphs = list(_side_by_side(level))
        size = level.pieces[0].size
        line = set_line(Row(glyphs, glyphs[0].x0, max(glyph.x1 for glyph in glyphs), level.y, size, 0), 0)
        self._break()
        start = self._length
        self._place(page, start, line)
        self._write(line.text)
        self._furniture.append(Furniture(start, self._length, kind))

    def _place(self, page: Page, start: int, line: TypeLine) -> None:
        self._regions.append(_region(page, start, len(line.text), box_of(line)))

    def _break(self, *, blank: bool = False) -> None:
        if self._length and self._parts[-1] != "\n\f":
            self._write("\n\n" if blank else "\n")

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _side_by_side(level: Level) -> Iterator[Glyph]:
    for number, piece in enumerate(sorted(level.pieces, key=lambda piece: piece.x0)):
        yield piece.glyphs[0]._replace(spaces=2 if number else 0)
        yield from piece.glyphs[1:]


def _region(page: Page, start: int, length: int, box: Box) -> Region:
    """The box as a PDF counts it: from the lower left corner of the page as it is displayed."""
    width, height = page.width, page.height
    if page.turn:  # back from upright text to the displayed page
        corners = [turned(x, y, width, height, -page.turn) for x, y in ((box.x0, box.top), (box.x1, box.bottom))]
        box = Box(
            min(c[0] for c in corners),
            min(c[1] for c in corners),
            max(c[0] for c in corners),
            max(c[1] for c in corners),
        )
        height = width if page.turn % 2 else height
    rounded = [round(value, 1) for value in (box.x0, height - box.bottom, box.x1, height - box.top)]
    return Region(start, length, page.number, *rounded)
