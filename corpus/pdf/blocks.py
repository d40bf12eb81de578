"""Where blocks begin on typeset pages, and which are titles, headings, quotations, captions.

A paragraph begins after a gap, at an indent, after a line that ended early; a heading is set larger, heavier or apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.layout.headings import heading_level
from corpus.layout.lines import ends_sentence
from corpus.pdf.measure import Measures
from corpus.pdf.typeset import TypeLine

_BULLET = re.compile(r"(?:[•◦▪‣●∙·*–—-]|[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4})[\].)])\s")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|table|tab\.|map|plate|chart|graph|abb(?:ildung|\.)|tabelle|karte|tableau|tabla|figura|рис(?:унок|\.)|табл(?:ица|\.))"
    r"\s?(?:[\dIVX]+[\d.-]*)(?P<mark>[.:—–]?)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVXLC]{1,6}\.|[A-Z]\.)\s+\S")
_SECTION = re.compile(r"§+\s?\.?\s?\d")
_INDENT = 0.6  # of the size: less is no indent
_LONGEST_HEADING = 220
_MOST_HEADING_LINES = 4
_MOST_TITLE_LINES = 10  # in a narrow column
_LARGER = 1.06
_TITLE = 1.12


def mark_blocks(lines: Sequence[TypeLine], measures: Measures) -> None:
    """Mark ``starts``, ``kind`` and ``level`` of the lines of the text: those of the notes are left alone."""
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
    _name(blocks, measures)


def _begins(block: Sequence[TypeLine], line: TypeLine, measures: Measures, hanging: bool) -> bool:
    above = block[-1]
    if abs(above.size - line.size) > 0.06 * max(above.size, line.size) and not _continues_small(above, line):
        return True
    display = line.size > _LARGER * measures.size or line.bold
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
            _NUMBERED.match(line.text) is not None
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
    if _BULLET.match(line.text) and line.x0 <= first.x0 + 1 and _BULLET.match(first.text):
        return True
    return _ended_early(above, line, measures)


def _under_item(first: TypeLine, line: TypeLine) -> bool:
    """Whether a line stands under the text of the list item above, behind its bullet or number."""
    match = _BULLET.match(first.text)
    if match is None:
        return False
    behind = next((glyph.x0 for glyph in first.row.glyphs[1:] if glyph.spaces), first.x0)
    return abs(line.x0 - behind) < line.size


def _fits(above: TypeLine, line: TypeLine, measures: Measures) -> bool:
    right = measures.columns[above.place].right
    return above.x1 + line.first_word + 0.25 * line.size > right


def _ended_early(above: TypeLine, line: TypeLine, measures: Measures) -> bool:
    """Whether the line above was ended on purpose: the next word would have fitted with room to spare."""
    column = measures.columns[above.place]
    room = column.right - above.x1 - line.first_word - 0.3 * line.size
    if room <= (0.5 if measures.justified else 1.0) * line.size or line.text[0].islower():
        return False
    if ends_sentence(above.text):
        return True
    if above.text[-1] in ",;-–" and not measures.justified:
        return False
    return room > (0.15 if measures.justified else 0.35) * (column.right - column.left)


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


def _name(blocks: Sequence[list[TypeLine]], measures: Measures) -> None:
    title = _title(blocks, measures)
    headings = []
    for number, block in enumerate(blocks):
        if title is not None and number == title:
            _set(block, "title")
        elif _is_caption(block, measures):
            _set(block, "caption")
        elif number + 1 < len(blocks) and _is_heading(blocks, number, measures):
            headings.append(block)
        elif _is_quote(block, measures):
            _set(block, "quote")
    _rank(headings)


def _set(block: Sequence[TypeLine], kind: str, level: int | None = None) -> None:
    for line in block:
        line.kind, line.level = kind, level  # type: ignore[assignment]


def _title(blocks: Sequence[list[TypeLine]], measures: Measures) -> int | None:
    """The block of the largest type on the first page, where it is larger than the text."""
    first = [
        number
        for number, block in enumerate(blocks[:25])
        if block[0].page == blocks[0][0].page
        and len(block) <= _MOST_TITLE_LINES
        and sum(character.isalpha() for line in block for character in line.text) > 3
    ]
    if not first:
        return None
    best = max(first, key=lambda number: (round(blocks[number][0].size, 1), -number))
    return best if blocks[best][0].size >= _TITLE * measures.size else None


def _is_caption(block: Sequence[TypeLine], measures: Measures) -> bool:
    match = _CAPTION.match(block[0].text)
    if match is None or len(block) > 12:
        return False
    first = block[0].row.glyphs[0]
    return bool(match["mark"]) or first.bold or first.italic or block[0].size < measures.size - 0.4


def _is_heading(blocks: Sequence[list[TypeLine]], number: int, measures: Measures) -> bool:
    block = blocks[number]
    text = " ".join(line.text for line in block)
    if (
        len(block) > _MOST_HEADING_LINES
        or len(text) > _LONGEST_HEADING
        or not (any(c.isalpha() for c in text) or _SECTION.match(text))
    ):
        return False
    if text[-1] in ",;—–-" or (text[0].islower() and not block[0].bold):
        return False
    if all(line.size >= _LARGER * measures.size or line.bold for line in block):
        return not (ends_sentence(text) and text[-1] == "." and len(text) > 90)
    below = blocks[number + 1][0]
    above = blocks[number - 1][-1] if number else None
    if ends_sentence(text) and not (_NUMBERED.match(text) or _SECTION.match(text)):
        return False
    if block[0].size < measures.size - 0.4 or len(block) > 2:
        return False
    apart = _apart(above, block[0], measures) and (_apart(block[-1], below, measures) or all(x.italic for x in block))
    column = measures.columns[block[0].place]
    centred = abs((block[0].x0 - column.left) - (column.right - block[0].x1)) < 0.06 * (column.right - column.left)
    numbered = _NUMBERED.match(text) is not None
    short = block[-1].x1 - block[-1].x0 < 0.85 * (column.right - column.left) or numbered or block[0].italic
    centred = centred and block[0].x0 > column.left + 2 * block[0].size
    distinct = all(line.italic for line in block) or text.isupper() or centred or numbered
    return apart and short and distinct


def _apart(above: TypeLine | None, line: TypeLine, measures: Measures) -> bool:
    if above is None or above.place != line.place:
        return True
    return line.y - above.y > 1.2 * measures.lead(line.size)


def _is_quote(block: Sequence[TypeLine], measures: Measures) -> bool:
    """Set in from the left edge, every line of it, and smaller or set in from the right as well."""
    if len(block) < 2 or _BULLET.match(block[0].text):
        return False
    depths = [line.x0 - measures.columns[line.place].left for line in block]
    if min(depths) < 0.9 * block[0].size:
        return False
    short = max(line.x1 - measures.columns[line.place].right for line in block) < -0.4 * block[0].size
    return short or block[0].size < measures.size - 0.4 or len(block) >= 3


def _rank(headings: Sequence[list[TypeLine]]) -> None:
    """Levels by type, the largest first; a printed number ("2.1.3") tells its own."""
    styles = Counter(_style(block) for block in headings)
    order = sorted(styles, key=lambda style: (-style[0], -style[1], -style[2], style[3]))
    sizes = {style: level for level, style in enumerate(order, start=1)}
    for block in headings:
        deep = heading_level(block[0].text)
        _set(block, "heading", deep if deep > 1 else sizes[_style(block)])


def _style(block: Sequence[TypeLine]) -> tuple[float, bool, bool, bool]:
    text = "".join(line.text for line in block)
    return round(block[0].size * 2) / 2, text.isupper(), block[0].bold, block[0].italic
