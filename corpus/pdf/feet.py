"""The notes at page feet: smaller type at the foot of a column, below a rule or a gap, that begins with a note number
or goes on with the note of the page before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.layout.labels import SUPERSCRIPTS
from corpus.layout.lines import ends_sentence
from corpus.layout.zones import zone_of
from corpus.pdf.measure import Measures
from corpus.pdf.page import Rule
from corpus.pdf.typeset import TypeLine

_LABEL = re.compile(r"[\[(]?(?P<n>\d{1,4}|[*†‡§¶⁎∗]{1,4})[\])]?")
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_GLUED = re.compile(r"(?<=[^\s\d(\[–-])(?:\d{1,3}(?!\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|[*†‡]{1,3}(?!\w)")
_SMALLER = 0.4  # points below the size of the text
_SHORT_RULE = 0.7  # of the column


class _Region(NamedTuple):
    """The lines of one region of a page, with what stands on the rest of the page."""

    lines: Sequence[TypeLine]
    page: Sequence[TypeLine]
    rules: Sequence[Rule]


def mark_feet(pages: Sequence[Sequence[TypeLine]], rules: Sequence[Sequence[Rule]], measures: Measures) -> None:
    """Mark the lines of the note zones (``foot``) and, among them, those where a note may begin (``starts``)."""
    regions = [_regions(page, drawn) for page, drawn in zip(pages, rules, strict=True)]
    raised = any(start for page in pages for line in page for start, _ in line.raised)
    called = [_called(page, raised=raised) for page in pages]
    near = [here | before for here, before in zip(called, [set[str](), *called], strict=False)]
    ruled = _draws_rules(regions, near, measures)
    open_note = False
    for number, found in enumerate(regions):
        marked = False
        for region in found:
            start = _zone_start(region, measures, near[number], open_note, ruled)
            if start is None:
                continue
            marked = True
            for line in region.lines[start:]:
                line.foot = True
            _mark_starts(region.lines[start:], measures)
            open_note = _goes_on(region.lines[-1], measures)
        if found and not marked:
            open_note = False


def _draws_rules(regions: Sequence[Sequence[_Region]], called: Sequence[set[str]], measures: Measures) -> bool:
    """Whether this document draws a rule above its notes: then nothing goes on at a foot without one."""
    drawn = plain = 0
    for number, found in enumerate(regions):
        for region in found:
            start = _zone_start(region, measures, called[number], False, False)
            if start is not None and start == _below_rule(region, measures):
                drawn += 1
            elif start is not None:
                plain += 1
    return drawn > 2 * plain


def _goes_on(last: TypeLine, measures: Measures) -> bool:
    """Whether the note at the end of a zone may go on in the next: a full last line, or an unfinished sentence."""
    full = last.x1 > measures.columns[last.place].right - 1.5 * last.size
    return full or not ends_sentence(last.text)


def _regions(page: Sequence[TypeLine], rules: Sequence[Rule]) -> list[_Region]:
    lines: dict[int, list[TypeLine]] = {}
    for line in page:
        lines.setdefault(line.row.column, []).append(line)
    return [_Region(found, page, rules) for found in lines.values()]


def _called(page: Sequence[TypeLine], *, raised: bool) -> set[str]:
    """The note numbers and signs in the lines of a page: raised ones, else (``raised`` false) those glued to a word."""
    called = {
        part
        for line in page
        for start, end in line.raised
        if start
        for part in re.split(r"[,;()\[\]\s]+", line.text[start:end])
    }
    pattern = _SUPERSCRIPT if raised else _GLUED
    called.update(match.group().translate(SUPERSCRIPTS) for line in page for match in pattern.finditer(line.text))
    return called - {""}


def _zone_start(region: _Region, measures: Measures, called: set[str], open_note: bool, needs_rule: bool) -> int | None:
    """The index of the first line of the note zone of a region; None where it has none."""
    lines = region.lines
    if not _at_foot(region, measures):
        return None
    ruled = _below_rule(region, measures)
    if ruled is not None and _opens(lines[ruled:], called, open_note, ruled=True):
        return ruled
    small = len(lines)
    while small and lines[small - 1].size <= measures.size - _SMALLER:
        small -= 1
    for index in range(small, len(lines)):
        apart = index == small or _gap(lines, index, measures)
        goes_on = open_note and index == small and not needs_rule
        if apart and not _in_list(region, index, measures) and _opens(lines[index:], called, goes_on, ruled=False):
            return index
    return None


def _in_list(region: _Region, index: int, measures: Measures) -> bool:
    """Whether small type belongs to a list rather than to a foot: below its name, or with no text above it."""
    if index:
        above = region.lines[index - 1]
        return zone_of(above.text) is not None or (above.bold and above.size >= measures.size)
    top = region.lines[0]
    return not any(line.y < top.y and line.size > measures.size - _SMALLER for line in region.page)


def _at_foot(region: _Region, measures: Measures) -> bool:
    """Whether no text of full size stands below the region."""
    bottom = region.lines[-1]
    return not any(
        line.y > bottom.y + 1
        and line.x0 < bottom.x1
        and line.x1 > region.lines[0].x0
        and line.size > measures.size - _SMALLER
        for line in region.page
        if line.row.column != bottom.row.column
    )


def _below_rule(region: _Region, measures: Measures) -> int | None:
    """The first line below the lowest short rule that stands between two lines of the region, or above all of them."""
    lines = region.lines
    column = measures.columns[lines[0].place]
    width = max(column.right - column.left, 1.0)
    found = None
    for rule in region.rules:
        if rule.x0 > column.left + 0.3 * width or rule.x1 < column.left or rule.x1 - rule.x0 > _SHORT_RULE * width:
            continue
        below = next((i for i, line in enumerate(lines) if line.y - 0.5 * line.size > rule.y), None)
        if below is None or any(line.y < rule.y for line in lines[below:]):
            continue
        near = lines[below].y - rule.y < 3 * measures.lead(lines[below].size)
        if near and (found is None or below > found):
            found = below
    return found


def _gap(region: Sequence[TypeLine], index: int, measures: Measures) -> bool:
    return region[index].y - region[index - 1].y > 1.25 * measures.lead(region[index].size)


def _opens(zone: Sequence[TypeLine], called: set[str], open_note: bool, *, ruled: bool) -> bool:
    """Whether these lines are notes: the first has a label that the text calls, or they go on with an open note."""
    label = _label(zone[0])
    if label is not None and (label in called or (ruled and _raised_first(zone[0]))):
        return True
    if open_note:
        return ruled or label is None or not zone[0].text[:1].isdigit()
    return ruled and any(_raised_first(line) and _label(line) in called for line in zone)


def _label(line: TypeLine) -> str | None:
    if _raised_first(line):
        return line.text[slice(*line.raised[0])].strip(" ()[]")
    match = _LABEL.match(line.text)
    return match["n"] if match else None


def _raised_first(line: TypeLine) -> bool:
    return bool(line.raised) and line.raised[0][0] == 0


def _mark_starts(zone: Sequence[TypeLine], measures: Measures) -> None:
    column = measures.columns[zone[0].place]
    for number, line in enumerate(zone):
        above = zone[number - 1] if number else None
        if _raised_first(line):
            line.starts = True
        elif _LABEL.match(line.text) is None:
            line.starts = False
        else:
            line.starts = (
                above is None
                or abs(line.x0 - above.x0) > 0.5 * line.size
                or above.x1 + line.first_word < column.right - 0.6 * line.size
                or ends_sentence(above.text)
            )
