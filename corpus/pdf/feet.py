"""The notes at page feet: smaller type at the foot of a column, below a rule or a gap, that begins with a note number
or goes on with the note of the page before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout.lines import ends_sentence
from corpus.pdf.measure import Measures
from corpus.pdf.page import Rule
from corpus.pdf.typeset import TypeLine

_LABEL = re.compile(r"[\[(]?(?P<n>\d{1,4}|[*†‡§¶⁎∗]{1,4})[\])]?")
_SMALLER = 0.4  # points below the size of the text
_SHORT_RULE = 0.7  # of the column


def mark_feet(pages: Sequence[Sequence[TypeLine]], rules: Sequence[Sequence[Rule]], measures: Measures) -> None:
    """Mark the lines of the note zones (``foot``) and, among them, those where a note may begin (``starts``)."""
    open_note = False
    before: set[str] = set()
    for page, drawn in zip(pages, rules, strict=True):
        called = _called(page, measures)
        marked = False
        for region in _regions(page):
            start = _zone_start(region, page, drawn, measures, called | before, open_note)
            if start is None:
                continue
            marked = True
            for line in region[start:]:
                line.foot = True
            _mark_starts(region[start:], measures)
            open_note = _goes_on(region[-1], measures)
        if page and not marked:
            open_note = False
        before = called


def _goes_on(last: TypeLine, measures: Measures) -> bool:
    """Whether the note at the end of a zone may go on in the next: a full last line, or an unfinished sentence."""
    full = last.x1 > measures.columns[last.place].right - 1.5 * last.size
    return full or not ends_sentence(last.text)


def _regions(page: Sequence[TypeLine]) -> list[list[TypeLine]]:
    regions: dict[int, list[TypeLine]] = {}
    for line in page:
        regions.setdefault(line.row.column, []).append(line)
    return list(regions.values())


def _called(page: Sequence[TypeLine], measures: Measures) -> set[str]:
    """The raised numbers and signs of a page that do not stand at the beginning of a line."""
    return {
        part
        for line in page
        for start, end in line.raised
        if start and (text := line.text[start:end].strip(" ()[]"))
        for part in re.split(r"[,;\s]+", text)
    } | {"1" for line in page if line.size >= measures.size - _SMALLER and "¹" in line.text}


def _zone_start(
    region: Sequence[TypeLine],
    page: Sequence[TypeLine],
    rules: Sequence[Rule],
    measures: Measures,
    called: set[str],
    open_note: bool,
) -> int | None:
    """The index of the first line of the note zone of a region; None where it has none."""
    if not _at_foot(region, page, measures):
        return None
    small = len(region)
    while small and region[small - 1].size <= measures.size - _SMALLER:
        small -= 1
    ruled = _below_rule(region, rules, measures)
    if ruled is not None and ruled <= max(small, ruled) and _opens(region[ruled:], called, open_note, ruled=True):
        return ruled
    for index in range(small, len(region)):
        apart = index == 0 or index == small or _gap(region, index, measures)
        if apart and _opens(region[index:], called, open_note and index == small, ruled=False):
            return index
    return None


def _at_foot(region: Sequence[TypeLine], page: Sequence[TypeLine], measures: Measures) -> bool:
    """Whether no text of full size stands below the region."""
    bottom = region[-1]
    return not any(
        line.y > bottom.y + 1
        and line.x0 < bottom.x1
        and line.x1 > region[0].x0
        and line.size > measures.size - _SMALLER
        for line in page
        if line.row.column != bottom.row.column
    )


def _below_rule(region: Sequence[TypeLine], rules: Sequence[Rule], measures: Measures) -> int | None:
    """The first line below the lowest short rule that stands between two lines of the region (or above all)."""
    column = measures.columns[region[0].place]
    width = max(column.right - column.left, 1.0)
    found = None
    for rule in rules:
        if rule.x0 > column.left + 0.3 * width or rule.x1 < column.left or rule.x1 - rule.x0 > _SHORT_RULE * width:
            continue
        below = [i for i, line in enumerate(region) if line.y - 0.5 * line.size > rule.y]
        if below and len(region) - below[0] == len(below) and (found is None or below[0] > found):
            above = region[below[0] - 1].y if below[0] else rule.y - 1
            if above < rule.y + 1 and region[below[0]].y - rule.y < 3 * measures.lead(region[below[0]].size):
                found = below[0]
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
