"""What each block is: list items, headings, captions, quotations, verse, an epigraph, tables; else a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout.blocks import is_bullet
from corpus.layout.draft import Draft
from corpus.layout.headings import QUOTE_INDENT, heading_level, is_heading
from corpus.layout.labels import read_label
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.regime import Regime, room_needed
from corpus.layout.tables import take_tables

_CAPTION = re.compile(  # "Table 1. Wages", "Fig. 2: A squad", "Рис. 3. План"; not "Table 1 shows"
    r"(?i:table|tab\.|figure|fig\.|plate|map|chart|diagram|illustration|tabelle|abbildung|abb\.|tafel|karte|tableau|carte"
    r"|tabla|tabella|таблица|табл\.|рисунок|рис\.|схема)\s{0,2}(?:\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVXL]{1,6})"
    r"(?:[.:—–)]\s|\s[—–-]\s|\s(?=[“«\"„]?[A-ZÄÖÜÀ-ÝА-Я]))"
)
_LONGEST_CAPTION = 300
_FEWEST_VERSES = 3


def name_blocks(drafts: Sequence[Draft], regime: Regime) -> list[Draft]:
    """The blocks with their kinds; tables become cells and stanzas verse lines."""
    drafts = take_tables(drafts)
    made: list[Draft] = []
    for number, draft in enumerate(drafts):
        if draft.kind != "paragraph" or draft.zone is not None:
            made.append(draft)
            continue
        before = drafts[number - 1] if number else None
        after = drafts[number + 1] if number + 1 < len(drafts) else None
        if _is_verse(draft, regime):
            made += [Draft("verse-line", [line]) for line in draft.lines]
            continue
        _name(draft, before, after, regime)
        made.append(draft)
    _name_lists(made)
    _name_epigraph(made)
    return made


def _name(draft: Draft, before: Draft | None, after: Draft | None, regime: Regime) -> None:
    if is_bullet(draft.lines[0]):
        draft.kind = "list-item"
    elif _is_caption(draft):
        draft.kind = "caption"
    elif is_heading(draft, before, after, regime):
        draft.kind, draft.level = "heading", heading_level(draft.text)
    elif _is_quote(draft, regime):
        draft.kind = "quote"


def _is_caption(draft: Draft) -> bool:
    text = draft.text
    return len(text) <= _LONGEST_CAPTION and len(draft.lines) <= 4 and _CAPTION.match(text) is not None


def _is_quote(draft: Draft, regime: Regime) -> bool:
    if regime.form in ("spaced", "lines"):
        return False
    if len(draft.lines) == 1 and regime.first and draft.lines[0].indent == regime.first:
        return False  # the first line of a paragraph that has no other
    return min(line.indent for line in draft.lines) >= max(QUOTE_INDENT, regime.indent + 1)


def _is_verse(draft: Draft, regime: Regime) -> bool:
    """Verse: every line begins anew with a capital and had room for more, and some end with a mark of their own."""
    lines = draft.lines
    if len(lines) < _FEWEST_VERSES or regime.form in ("spaced", "lines") or any(line.hint for line in lines):
        return False
    above = lines[:-1]
    if sum(line.text.lstrip("“\"‘'«„—– ")[:1].isupper() for line in lines) * 5 < 4 * len(lines):
        return False
    if any(
        room_needed(line, below) >= 0.92 * regime.width or is_bullet(line)
        for line, below in zip(above, lines[1:], strict=True)
    ):
        return False
    marked = sum(line.text.rstrip("0123456789¹²³⁴⁵⁶⁷⁸⁹⁰[]*†")[-1:] in tuple(",;:.!?—–…”’") for line in lines)
    sentences = sum(ends_sentence(line.text) for line in above)
    plain = sum(any(c.isdigit() for c in line.text[:-3]) for line in lines) * 5 <= len(lines)
    return (
        marked * 3 >= len(lines)
        and sentences * 4 <= 3 * len(above)
        and plain
        and not any(read_label(line) for line in lines)
        and _looks_short(lines)
    )


def _looks_short(lines: Sequence[Line]) -> bool:
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) // 2] >= 12 and lengths[-1] <= 80


def _name_lists(drafts: Sequence[Draft]) -> None:
    """Paragraphs numbered one after the other are the items of a list."""
    run: list[Draft] = []
    newest = 0
    for draft in [*drafts, Draft("other", [])]:
        label = read_label(draft.lines[0]) if draft.kind == "paragraph" and draft.lines else None
        if label is not None and label.form in ("n. ", "n) ", "(n) ") and label.number == (newest + 1 if run else 1):
            run.append(draft)
            newest = label.number
            continue
        if len(run) >= 2:
            for item in run:
                item.kind = "list-item"
        run = [draft] if label is not None and label.number == 1 else []
        newest = 1


def _name_epigraph(drafts: Sequence[Draft]) -> None:
    """A quotation between the front matter and the text is an epigraph."""
    for draft in drafts:
        if draft.kind in ("title", "author", "affiliation"):
            continue
        if draft.kind != "quote":
            return
        draft.kind = "epigraph"
