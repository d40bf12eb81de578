"""What the blocks of typeset pages are: title, headings, quotations, verse, captions, tables of contents.

A heading is set larger, heavier or apart; a displayed quotation is set in from both sides; lines of verse end early, all
of them, at one depth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.layout.headings import heading_level
from corpus.layout.lines import ends_sentence
from corpus.layout.zones import zone_of
from corpus.pdf.blocks import BULLET, LARGER, LEADERS, NUMBERED
from corpus.pdf.measure import Measures
from corpus.pdf.typeset import TypeLine
from schemas.records import BlockKind

_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|table|tab\.|map|plate|chart|graph|abb(?:ildung|\.)|tabelle|karte|tableau|tabla|figura|рис(?:унок|\.)|табл(?:ица|\.))"
    r"\s?(?:[\dIVX]+[\d.-]*)(?P<mark>[.:—–]?)",
    re.IGNORECASE,
)
_SECTION = re.compile(r"§+\s?\.?\s?\d")
_CONTENTS = re.compile(  # the name of a table of contents, alone on its line
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|indice|índice|содержание|оглавление",
    re.IGNORECASE,
)
_PAGE_AT_END = re.compile(r"\S\s+(?:\d{1,4}|[ivxl]{1,7})$")
_LONGEST_HEADING = 220
_MOST_HEADING_LINES = 4
_MOST_TITLE_LINES = 10  # in a narrow column
_TITLE = 1.12  # times the size of the text
_FEWEST_VERSES = 3


def name_lines(blocks: Sequence[list[TypeLine]], measures: Measures, title: str = "") -> None:
    """Mark ``kind`` and ``level`` of the lines of each block. ``title`` is what the document itself says is its title."""
    first = _title(blocks, measures, title)
    contents = set(_contents(blocks))
    verse = set(_verse(blocks, measures))
    headings = []
    for number, block in enumerate(blocks):
        if number == first:
            _set(block, "title")
        elif number in contents:
            _set(block, "other")
        elif _is_caption(block, measures):
            _set(block, "caption")
        elif number in verse:
            _set(block, "verse-line")
        elif number + 1 < len(blocks) and _is_heading(blocks, number, measures):
            headings.append(block)
        elif _is_quote(block, measures):
            _set(block, "quote")
    _rank(headings)


def _set(block: Sequence[TypeLine], kind: BlockKind, level: int | None = None) -> None:
    for line in block:
        line.kind, line.level = kind, level


def _text(block: Sequence[TypeLine]) -> str:
    return " ".join(line.text for line in block)


def _title(blocks: Sequence[list[TypeLine]], measures: Measures, known: str) -> int | None:
    """The block on the first page that says what the document calls itself; else the one of the largest type there."""
    first = [
        number
        for number, block in enumerate(blocks[:25])
        if block[0].page == blocks[0][0].page
        and len(block) <= _MOST_TITLE_LINES
        and not _names_a_part(_text(block))
        and sum(character.isalpha() for character in _text(block)) > 3
    ]
    if not first:
        return None
    wanted = _bare(known)
    if len(wanted) > 8:
        for number in first:
            found = _bare(_text(blocks[number]))
            if len(found) > 8 and (found in wanted or wanted in found):
                return number
    best = max(first, key=lambda number: (round(blocks[number][0].size, 1), -number))
    return best if blocks[best][0].size >= _TITLE * measures.size else None


def _names_a_part(text: str) -> bool:
    return _CONTENTS.fullmatch(text.strip(" .:")) is not None or zone_of(text) is not None


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _contents(blocks: Sequence[list[TypeLine]]) -> Iterator[int]:
    """The blocks of a table of contents: dot leaders, or page numbers at the ends below its name."""
    inside = False
    for number, block in enumerate(blocks):
        text = _text(block)
        entry = all(_PAGE_AT_END.search(line.text) for line in block[-1:])
        if sum(LEADERS.search(line.text) is not None for line in block) * 2 >= len(block) or _CONTENTS.fullmatch(
            text.strip(" .:")
        ):
            inside = True
            yield number
        elif inside and entry and len(text) < 100 * len(block):
            yield number
        else:
            inside = False


def _verse(blocks: Sequence[list[TypeLine]], measures: Measures) -> Iterator[int]:
    """Blocks of one short line each, set in, one below the other."""
    group: list[int] = []
    for number, block in enumerate([*blocks, []]):
        if block and _is_verse(block, measures) and (not group or _follows(blocks[number - 1][-1], block[0], measures)):
            group.append(number)
            continue
        if len(group) >= _FEWEST_VERSES:
            yield from group
        group = [number] if block and _is_verse(block, measures) else []


def _is_verse(block: Sequence[TypeLine], measures: Measures) -> bool:
    column = measures.columns[block[0].place]
    line = block[0]
    short = line.x1 < column.right - 0.2 * (column.right - column.left)
    return len(block) <= 2 and short and line.x0 > column.left + 0.9 * line.size and not BULLET.match(line.text)


def _follows(above: TypeLine, line: TypeLine, measures: Measures) -> bool:
    """Whether a line stands below another as the next verse does; between stanzas there is a gap."""
    step = line.y - above.y
    return above.place == line.place and abs(above.size - line.size) < 0.3 and 0 < step < 2.6 * measures.lead(line.size)


def _is_caption(block: Sequence[TypeLine], measures: Measures) -> bool:
    match = _CAPTION.match(block[0].text)
    if match is None or len(block) > 12:
        return False
    first = block[0].row.glyphs[0]
    return bool(match["mark"]) or first.bold or first.italic or block[0].size < measures.size - 0.4


def _is_heading(blocks: Sequence[list[TypeLine]], number: int, measures: Measures) -> bool:
    block = blocks[number]
    text = _text(block)
    if (
        len(block) > _MOST_HEADING_LINES
        or len(text) > _LONGEST_HEADING
        or not (any(c.isalpha() for c in text) or _SECTION.match(text))
    ):
        return False
    if text[-1] in ",;—–-" or (text[0].islower() and not block[0].bold):
        return False
    if all(line.size >= LARGER * measures.size or line.bold for line in block):
        return not (ends_sentence(text) and text[-1] == "." and len(text) > 90)
    below = blocks[number + 1][0]
    above = blocks[number - 1][-1] if number else None
    if ends_sentence(text) and not (NUMBERED.match(text) or _SECTION.match(text)):
        return False
    if block[0].size < measures.size - 0.4 or len(block) > 2:
        return False
    apart = _apart(above, block[0], measures) and (_apart(block[-1], below, measures) or all(x.italic for x in block))
    column = measures.columns[block[0].place]
    centred = abs((block[0].x0 - column.left) - (column.right - block[0].x1)) < 0.06 * (column.right - column.left)
    numbered = NUMBERED.match(text) is not None
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
    if len(block) < 2 or BULLET.match(block[0].text):
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
