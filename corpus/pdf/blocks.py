"""Where blocks begin on typeset pages: after a gap, at an indent, after a line that ended early, where the type changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.layout.lines import ends_sentence
from corpus.pdf.measure import Measures
from corpus.pdf.typeset import TypeLine

BULLET = re.compile(r"(?:[•◦▪‣●∙·*–—-]|[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4})[\].)])\s")
NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVXLC]{1,6}\.|[A-Z]\.)\s+\S")
LEADERS = re.compile(r"(?:\s?[.·…]){4,}\s*(?:\d{1,4}|[ivxl]{1,7})?$")  # "Notes . . . . . 14"
_INDENT = 0.6  # of the size: less is no indent
LARGER = 1.06


def cut_lines(lines: Sequence[TypeLine], measures: Measures) -> list[list[TypeLine]]:
    """The blocks of the text, each its lines; marks ``starts`` of each line."""
    hanging = _hanging(lines, measures)
    block: list[TypeLine] = []
    blocks: list[list[TypeLine]] = []
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        line.starts = (
            not block or _begins(block, line, measures, id(line) in hanging) or _single(block, line, below, measures)
        )
        if line.starts:
            block = []
            blocks.append(block)
        block.append(line)
    return blocks


def _begins(block: Sequence[TypeLine], line: TypeLine, measures: Measures, hanging: bool) -> bool:
    above = block[-1]
    if abs(above.size - line.size) > 0.06 * max(above.size, line.size) and not _continues_small(above, line):
        return True
    display = line.size > LARGER * measures.size or line.bold
    if LEADERS.search(above.text):
        return True
    if line.bold != above.bold and (line.bold or len(above.text) < 80):
        return True
    if above.place != line.place:
        return not display and _begins_column(block, line, measures, hanging)
    step = line.y - above.y
    lead = measures.lead(line.size)
    if step > lead + (0.75 if display else 0.35) * line.size or step <= 0:
        return True
    if display:
        return (
            NUMBERED.match(line.text) is not None
            and len(block) > 0
            and above.bold == line.bold
            and not _fits(above, line, measures)
        )
    return _begins_below(block, line, measures, hanging)


def _single(block: Sequence[TypeLine], line: TypeLine, below: TypeLine | None, measures: Measures) -> bool:
    """A paragraph of one line, then another: both first lines are indented, and what follows stands at the edge."""
    if len(block) > 1 or below is None or not block[0].place == line.place == below.place or line.text[0].islower():
        return False
    left, tolerance = measures.columns[line.place].left, _INDENT * line.size
    return (
        line.x0 - left > tolerance
        and abs(line.x0 - block[0].x0) < 0.3 * line.size
        and below.x0 - left < 0.3 * line.size
        and abs(below.size - line.size) < 0.3
    )


def _continues_small(above: TypeLine, line: TypeLine) -> bool:
    """A row of digits or capitals alone may measure smaller than its paragraph."""
    return len(line.row.glyphs) < 4 and line.x0 == above.x0


def _begins_column(block: Sequence[TypeLine], line: TypeLine, measures: Measures, hanging: bool) -> bool:
    """A new column or page begins no block unless an indent or an early end says so."""
    above = block[-1]
    depth = line.x0 - measures.columns[line.place].left
    if line.text[0].islower() or above.text[-1] in "-‐\u00ad":
        return False
    if hanging:
        return depth < _INDENT * line.size
    if line.italic and not above.italic and ends_sentence(above.text):
        return True
    if _ended_early(above, line, measures):
        return True
    first = block[0].x0 - measures.columns[block[0].place].left
    inner = block[1].x0 - measures.columns[block[1].place].left if len(block) > 1 else 0.0
    return (
        depth > _INDENT * line.size
        and abs(depth - inner) > _INDENT * line.size
        and (ends_sentence(above.text) or abs(depth - first) < 0.3 * line.size)
    )


def _begins_below(block: Sequence[TypeLine], line: TypeLine, measures: Measures, hanging: bool) -> bool:
    above, first = block[-1], block[0]
    tolerance = _INDENT * line.size
    left = measures.columns[line.place].left
    if hanging:
        return line.x0 - left < tolerance
    moved = line.x0 - above.x0
    if len(block) == 1 or (len(block) > 1 and block[-2].place != above.place):
        if moved > tolerance:
            return not _under_item(first, line)
        if moved < -tolerance:  # from the first line of a paragraph to its second
            return _ended_early(above, line, measures)
    elif abs(moved) > tolerance:
        return True
    if BULLET.match(line.text) and line.x0 <= first.x0 + 1 and BULLET.match(first.text):
        return True
    return _ended_early(above, line, measures, _own_edge(block))


def _under_item(first: TypeLine, line: TypeLine) -> bool:
    """Whether a line stands under the text of the list item above, behind its bullet or number."""
    match = BULLET.match(first.text)
    if match is None:
        return False
    behind = next((glyph.x0 for glyph in first.row.glyphs[1:] if glyph.spaces), first.x0)
    return abs(line.x0 - behind) < line.size


def _fits(above: TypeLine, line: TypeLine, measures: Measures) -> bool:
    right = measures.columns[above.place].right
    return above.x1 + line.first_word + 0.25 * line.size > right


def _own_edge(block: Sequence[TypeLine]) -> float | None:
    """Where the full lines of a block end that is set in from the right; None where no two end alike."""
    if len(block) < 3:
        return None
    edge = max(line.x1 for line in block)
    return edge if sum(line.x1 > edge - 1.5 for line in block[1:]) >= 2 else None


def _ended_early(above: TypeLine, line: TypeLine, measures: Measures, edge: float | None = None) -> bool:
    """Whether the line above was ended on purpose: the next word would have fitted with room to spare."""
    column = measures.columns[above.place]
    room = min(column.right, edge or column.right) - above.x1 - line.first_word - 0.3 * line.size
    if room <= (0.5 if measures.justified else 1.0) * line.size or line.text[0].islower():
        return False
    if ends_sentence(above.text):
        return True
    if above.text[-1] in ",;-–" and not measures.justified:
        return False
    return room > (0.15 if measures.justified else 0.3) * (column.right - column.left)


def _hanging(lines: Sequence[TypeLine], measures: Measures) -> set[int]:
    """The lines of stretches that are set with hanging indents: full lines at the edge, what follows set in."""
    found: set[int] = set()
    for stretch in _stretches(lines, measures):
        hanging = normal = 0
        for above, line in pairwise(stretch):
            column = measures.columns[above.place]
            flush = above.x0 - measures.columns[above.place].left < 0.3 * line.size
            set_in = line.x0 - measures.columns[line.place].left > _INDENT * line.size
            if flush and set_in and above.place == line.place:
                full = above.x1 + line.first_word + 0.6 * line.size > column.right
                hanging += full
                normal += not full
        if hanging >= 2 and hanging > 2 * normal:
            found.update(id(line) for line in stretch)
    return found


def _stretches(lines: Sequence[TypeLine], measures: Measures) -> Iterator[list[TypeLine]]:
    """Lines of one size between headings."""
    stretch: list[TypeLine] = []
    for line in lines:
        if stretch and (abs(line.size - stretch[-1].size) > 0.6 or line.bold or stretch[-1].bold):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch
