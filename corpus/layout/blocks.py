"""Lines to blocks: where a paragraph begins, and what each block is.

>>> from corpus.layout.lines import split_lines
>>> lines = split_lines("Grain\\n\\nIt rose in\\nthe spring.\\n")
>>> [draft.text for draft in cut_blocks(lines, Regime("blank", 12))]
['Grain', 'It rose in the spring.']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout.draft import Draft, ZoneKind
from corpus.layout.lines import Line, ends_sentence, first_word
from corpus.layout.regime import Regime, ended_early, room_needed
from corpus.layout.zones import inline_zone, zone_of

_BULLET = re.compile(r"[•◦▪‣●∙·*–—-]\s+(?=\S)")
_NUMBERED = re.compile(  # "2.1.3 Classification", "§. 1.", "IV. The end", "Chapter 3", "[Title page / p. 1]"
    r"(?:§+\.?\s*\d+\.?|\d{1,2}(?:\.\d{1,2}){0,4}[a-z]?\.?\)?\s+(?=\W?[^\W_])|[IVXLC]{1,6}\.\s+|[A-Z]\.\s+(?=[^\W\d_])"
    r"|(?:chapter|part|section|appendix|kapitel|chapitre|глава|часть)\s+[\dIVXLC]+)",
    re.IGNORECASE,
)
_ALL_NUMBER = re.compile(r"(?:§+\.?\s*\d+|[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3})\.?$")
_DEPTH = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}")
_OPEN_ENDS = frozenset("and or of the a an in on to for with from by at und der die das et de la le du e di".split())
_LONGEST_HEADING = 130
_QUOTE_INDENT = 3


def cut_blocks(lines: Sequence[Line], regime: Regime) -> list[Draft]:
    """Paragraph-sized groups of lines; a page break inside a paragraph does not end it."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not begins_block(groups[-1], line, regime):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_draft(group) for group in groups]


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
    if _is_bullet(line):
        return True
    if (zone_of(line.text) and _stands_apart(above, line, regime)) or (len(group) == 1 and zone_of(above.text)):
        return True
    if line.gap and not line.page:
        return True
    if _ends_heading(group, line, regime):
        return True
    if regime.marks and line.trailing >= 2 and ends_sentence(above.text) and not ends_sentence(line.text):
        return _heading_shape(line.text, _NUMBERED.match(line.text) is not None)  # ends a paragraph without a stop
    if line.page:
        return _ends_at_page(above, line, regime)
    if regime.form == "spaced":
        marked = regime.marks and above.trailing >= 2 and not line.text[0].islower()
        return marked or _changes_depth(above, line) or ended_early(above, line, regime)
    if regime.form == "indented":
        return _by_indent(above, line, regime)
    return abs(line.indent - above.indent) >= 2 and ends_sentence(above.text) and not _is_bullet(group[0])


def _is_bullet(line: Line) -> bool:
    match = _BULLET.match(line.text)
    return match is not None and (line.text[0] in "•◦▪‣●∙" or (line.indent > 0 and line.text[0] in "*-–"))


def _stands_apart(above: Line, line: Line, regime: Regime) -> bool:
    spaced = regime.form == "spaced" and (ends_sentence(above.text) or room_needed(above, line) < regime.width)
    return bool(line.gap) or line.page or spaced


def _changes_depth(above: Line, line: Line) -> bool:
    """Text set in from the margin begins or ends: a displayed quotation."""
    return (line.indent >= _QUOTE_INDENT) != (above.indent >= _QUOTE_INDENT)


def _ends_heading(group: Sequence[Line], line: Line, regime: Regime) -> bool:
    """A first line that looks like a heading and had room for the next word stands alone."""
    text = group[0].text
    if len(group) > 1 or line.text[0].islower() or room_needed(group[0], line) >= regime.width:
        return False
    if (regime.form != "spaced" and not line.page) or ends_sentence(text) or first_word(text[::-1])[::-1] in _OPEN_ENDS:
        return False
    return _heading_shape(text, _NUMBERED.match(text) is not None)


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
    return line.indent == regime.indent


def name_blocks(drafts: Sequence[Draft], regime: Regime) -> None:
    """Give each block its kind, zones apart: list items, quotations, headings, paragraphs."""
    for number, draft in enumerate(drafts):
        if draft.kind != "paragraph" or draft.zone is not None:
            continue
        before = drafts[number - 1] if number else None
        after = drafts[number + 1] if number + 1 < len(drafts) else None
        if _is_bullet(draft.lines[0]):
            draft.kind = "list-item"
        elif is_heading(draft, before, after, regime):
            draft.kind, draft.level = "heading", heading_level(draft.text)
        elif _is_quote(draft, regime):
            draft.kind = "quote"


def is_heading(draft: Draft, before: Draft | None, after: Draft | None, regime: Regime) -> bool:
    """A heading is short, begins like one, ends without a stop, and something follows it."""
    if draft.lines[0].hint is not None:
        return draft.kind == "heading"
    if after is None or len(draft.lines) > 3:
        return False
    text = draft.text
    numbered = _NUMBERED.match(text) is not None
    if len(text) > _LONGEST_HEADING or not _heading_shape(text, numbered):
        return False
    if before is not None and before.kind in ("paragraph", "quote") and not ends_sentence(before.text) and not numbered:
        return False
    if regime.form != "lines" and min(line.indent for line in draft.lines) >= _QUOTE_INDENT:
        return False
    return regime.form == "lines" or len(draft.lines) > 1 or len(text) < max(regime.width, 40)


def _heading_shape(text: str, numbered: bool) -> bool:
    if _ALL_NUMBER.match(text):
        return not text.isdigit()
    if ";" in text or (text.count(",") > 2 and ":" not in text and not numbered):
        return False
    if text[-1] in ".,;:—–-…" or (text[-1] in "!?" and len(text.split()) < 3):
        return False
    if not (numbered or text[0].isupper() or text[0] in "“«„‘["):
        return False
    letters = sum(character.isalpha() for character in text)
    return (
        letters >= 0.6 * sum(not (c.isspace() or c.isdigit() or c in ".()–") for c in text)
        and letters > 2
        and not any(mark in text for mark in "→=<>|¬∀∃√")
    )


def heading_level(text: str) -> int:
    """Depth by its number: "2.1.3" is on level 3; 1 where no number tells."""
    match = _DEPTH.match(text)
    return match.group().count(".") + 1 if match else 1


def _is_quote(draft: Draft, regime: Regime) -> bool:
    if regime.form in ("spaced", "lines"):
        return False
    return min(line.indent for line in draft.lines) >= max(_QUOTE_INDENT, regime.indent + 1)


def mark_zones(drafts: Sequence[Draft]) -> None:
    """Mark the blocks that name a zone, alone ("References") or at their beginning ("Keywords: ...")."""
    for draft in drafts:
        zone: ZoneKind | None = zone_of(draft.text) if len(draft.lines) == 1 else None
        if zone is not None:
            draft.zone, draft.label = zone, (draft.lines[0].start, draft.lines[-1].end)
        elif found := inline_zone(draft.lines[0].text):
            draft.zone = found[0]
            draft.label = (draft.lines[0].start, draft.lines[0].start + found[1])
