"""Lines to blocks: where a paragraph begins, and what each block is.

>>> from corpus.layout.lines import split_lines
>>> lines = split_lines("Grain\\n\\nIt rose in\\nthe spring.\\n")
>>> [draft.text for draft in cut_blocks(lines, Regime("blank", 12))]
['Grain', 'It rose in the spring.']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from corpus.layout.draft import Draft, ZoneKind
from corpus.layout.headings import CHAPTER, QUOTE_INDENT, ends_heading, heading_shape
from corpus.layout.join import breaks_word
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.regime import Regime, ended_early, room_needed
from corpus.layout.zones import inline_zone, zone_of

_ENDED = 0.75  # a line that stops so far before the margin ends its paragraph
_BULLET = re.compile(r"[•◦▪‣●∙·*–—-]\s+(?=\S)")


def cut_blocks(lines: Sequence[Line], regime: Regime) -> list[Draft]:
    """Paragraph-sized groups of lines; a page break inside a paragraph does not end it."""
    groups: list[list[Line]] = []
    for line, below in zip_longest(lines, lines[1:]):
        if groups and not begins_block(groups[-1], line, regime) and not _heads(groups[-1][-1], line, below, regime):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_draft(group) for group in groups]


def _heads(above: Line, line: Line, below: Line | None, regime: Regime) -> bool:
    """Whether a line is a heading in a text without blank lines: short, and a new sentence above and below."""
    if below is None or line.hint is not None or not ends_sentence(above.text) or regime.form in ("lines", "blank"):
        return False
    if regime.form == "indented" and not line.indent < below.indent == regime.indent:
        return False
    short = len(line.text) < 0.7 * regime.width and room_needed(line, below) < 0.8 * regime.width
    return short and not ends_sentence(line.text) and heading_shape(line.text) and below.text[0].isupper()


def _draft(group: list[Line]) -> Draft:
    hint = group[0].hint
    if hint is None or hint.kind is None:
        return Draft("paragraph", group)
    return Draft(hint.kind, group, level=hint.level)


def begins_block(group: Sequence[Line], line: Line, regime: Regime) -> bool:
    """Whether this line begins a block, given the block that stands open."""
    above = group[-1]
    if line.hint is not None:
        return line.hint.starts
    if regime.form == "lines":
        return not (line.page and line.text[0].islower())
    if is_bullet(line) or (len(group) == 1 and CHAPTER.match(above.text)):
        return True
    if (zone_of(line.text) and _stands_apart(above, line, regime)) or (len(group) == 1 and zone_of(above.text)):
        return True
    if line.gap and not line.page:
        return not _torn(above, line, regime)
    if ends_heading(group, line, regime):
        return True
    if regime.marks and line.trailing >= 2 and ends_sentence(above.text) and not ends_sentence(line.text):
        return heading_shape(line.text)  # ends a paragraph without a stop
    if line.page:
        return _ends_at_page(above, line, regime)
    if regime.form == "spaced":
        marked = regime.marks and above.trailing >= 2 and not line.text[0].islower()
        typed = _by_indent(above, line, regime) if regime.indent else _changes_depth(above, line)
        return marked or typed or (not regime.indent and ended_early(above, line, regime))
    if regime.form == "indented":
        return _by_indent(above, line, regime)
    return _by_room(group, line, regime)


def _by_room(group: Sequence[Line], line: Line, regime: Regime) -> bool:
    """Where blank lines set paragraphs apart, and one was lost: the line above stops short, or the depth changes."""
    above = group[-1]
    if ends_sentence(above.text) and room_needed(above, line) < _ENDED * regime.width and line.text[0].isupper():
        return above.indent < QUOTE_INDENT
    if line.indent > above.indent >= QUOTE_INDENT and line.text[0] in "—–-":  # who is quoted
        return False
    return abs(line.indent - above.indent) >= 2 and ends_sentence(above.text) and not is_bullet(group[0])


def _torn(above: Line, line: Line, regime: Regime) -> bool:
    """Whether a blank line stands in the middle of a sentence, as scanners set them: the line above it is full."""
    if not line.text[0].islower() or line.indent != above.indent or ends_sentence(above.text):
        return False
    return breaks_word(above.text, line.text) or (
        above.text[-1].isalpha() and len(above.text) >= 0.85 * regime.width > 0 and regime.form != "lines"
    )


def is_bullet(line: Line) -> bool:
    """Whether a line begins a list item with a bullet or a dash."""
    match = _BULLET.match(line.text)
    return match is not None and (line.text[0] in "•◦▪‣●∙" or (line.indent > 0 and line.text[0] in "*-–"))


def _stands_apart(above: Line, line: Line, regime: Regime) -> bool:
    spaced = regime.form in ("spaced", "indented") and (
        ends_sentence(above.text) or room_needed(above, line) < regime.width
    )
    return bool(line.gap) or line.page or spaced


def _changes_depth(above: Line, line: Line) -> bool:
    """Text set in from the margin begins or ends: a displayed quotation."""
    return (line.indent >= QUOTE_INDENT) != (above.indent >= QUOTE_INDENT)


def _ends_at_page(above: Line, line: Line, regime: Regime) -> bool:
    """A page break is no paragraph break unless indent or an early end says so."""
    if regime.form == "blank" and _changes_depth(above, line):
        return True
    if regime.form == "indented" and line.indent > regime.indent >= above.indent:
        return True
    if regime.form == "indented" and line.indent != above.indent:
        return line.indent == regime.indent and (ends_sentence(above.text) or ended_early(above, line, regime))
    if regime.form == "spaced" and regime.marks and above.trailing >= 2 and not line.text[0].islower():
        return True
    return ended_early(above, line, regime)


def _by_indent(above: Line, line: Line, regime: Regime) -> bool:
    """A paragraph's first line is indented; a displayed quotation is set deeper, all of it."""
    if line.indent > regime.indent or above.indent > regime.indent:
        return abs(line.indent - above.indent) >= 2
    return line.indent == regime.indent and (regime.form == "indented" or above.indent < regime.indent)


def mark_zones(drafts: Sequence[Draft]) -> None:
    """Mark the blocks that name a zone, alone ("References") or at their beginning ("Keywords: ...")."""
    for draft in drafts:
        zone: ZoneKind | None = zone_of(draft.text) if len(draft.lines) == 1 else None
        if zone is not None:
            draft.zone, draft.label = zone, (draft.lines[0].start, draft.lines[-1].end)
        elif found := inline_zone(draft.lines[0].text):
            draft.zone = found[0]
            draft.label = (draft.lines[0].start, draft.lines[0].start + found[1])
