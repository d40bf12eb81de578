"""Notes at page feet and in lists: where they stand, their labels, their bodies.

A label is a number at the beginning of a line ("12 See", "12. See", "[12] See", "12See", "¹² See"); whether it is one
is decided by the sequence of all of them (layout.sequence), so that "1914 was" at the beginning of a line is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.layout.draft import Draft, NoteDraft
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.pages import Furniture
from corpus.layout.sequence import align
from corpus.layout.zones import zone_of

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LABEL = re.compile(
    r"(?P<open>[\[(]?)(?P<n>\d{1,4}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})(?P<close>[\])]?[.)]?)(?:(?P<space>\s+)(?=[^\s.,;%–—-])|(?<=[\])])$|(?=[^\s\d.,;:%–—/-]))"
)
_GLUED = re.compile(r"(?<=[^\s\[(–-])(?<!\d,)(?:\d{1,6}(?!\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,6})")
_HIGHEST = 5000  # no note has a higher number
_RULE = re.compile(r"[_―—–‒=*-]{4,}$|_{3,}\s*$")


class Label(NamedTuple):
    """The number at the beginning of a line, and the span to lift (with the space behind it)."""

    number: int
    start: int
    end: int
    form: str  # "[n] ", "n. ", "n": the labels of one list are alike


class Feet(NamedTuple):
    """A document without the notes at its page feet: the body lines, the notes, and the rules above them."""

    body: list[Line]
    notes: list[NoteDraft]
    rules: list[Furniture]


def read_label(line: Line) -> Label | None:
    """The label at the beginning of a line, if a number stands there."""
    raised = line.hint.raised[:1] if line.hint is not None else ()
    if raised and raised[0][0] == line.start:
        return _raised_label(line, raised[0][1])
    match = _LABEL.match(line.text[:24])
    if match is None or (match["open"] and not match["close"]) or (match["open"] == "(" and ")" not in match["close"]):
        return None
    if not match["open"] and match["close"][:1] == "]":
        return None
    number = int(match["n"].translate(SUPERSCRIPTS))
    form = f"{match['open']}n{match['close']}{' ' if match['space'] else ''}"
    return Label(number, line.start, line.start + match.end(), form)


def _raised_label(line: Line, end: int) -> Label | None:
    """The number that stands raised at the beginning of a typeset line; what follows may be a number too."""
    digits = line.text[: end - line.start].strip(" .()[]")
    if not digits.isdecimal() or len(digits) > 4:
        return None
    while end < line.end and line.text[end - line.start] in " .":
        end += 1
    return Label(int(digits), line.start, end, "raised")


def labelled(lines: Sequence[Line], weigh: Callable[[Sequence[Line], int], float]) -> dict[int, Label]:
    """The labels among the line beginnings, by index of the line: the best chain that counts upwards."""
    found = [
        (index, label) for index, line in enumerate(lines) if (label := read_label(line)) and label.number <= _HIGHEST
    ]
    if not found:
        return {}
    low, high = min(label.number for _, label in found), max(label.number for _, label in found)
    chain = align([(label.number, weigh(lines, i)) for i, label in found], range(low, high + 1), reach=4, gap_cost=0.7)
    return {found[i][0]: found[i][1] for i, _ in chain}


def cut_notes(lines: Sequence[Line]) -> tuple[list[Line], list[NoteDraft]]:
    """A list of notes cut at its labels; lines before the first label come back as they are."""
    labels = labelled(lines, _weigh_in_list)
    starts = sorted(labels)
    if not starts:
        return list(lines), []
    notes = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        notes.append(_note(lines[start:end], labels[start], None))
    return list(lines[: starts[0]]), notes


def split_feet(lines: Sequence[Line]) -> Feet:
    """Take the notes at the page feet out of the body; what follows the heading of a list of notes is left alone."""
    if any(line.hint is not None for line in lines):
        return _hinted_feet(lines)
    zones = ((i, zone_of(line.text)) for i, line in enumerate(lines))
    stop, zone = next(((i, zone) for i, zone in zones if zone in ("notes", "references")), (len(lines), None))
    last = stop
    if zone == "references" and any(
        line.page for line in lines
    ):  # the page on which the reference list begins may still have notes at its foot
        last = next((i for i in range(stop + 1, len(lines)) if lines[i].page), len(lines))
    starts = [0, *(i for i in range(1, stop) if lines[i].page), last]
    pages = [range(a, b) for a, b in pairwise(starts) if b > a]
    ruled = any(_RULE.match(line.text) for line in lines)
    listed = stop < len(lines) and any(zone_of(line.text) == "notes" for line in lines[stop:])
    feet = _find_feet(lines, pages, stop) if ruled or not listed else []
    labels = [label.number for _, _, found in feet for label in found.values()]
    alone = len(labels) == 1 and labels == [1] and all(start in found for start, _, found in feet)
    if (len(labels) < 2 and not ruled and not alone) or (labels and len(labels) * 2 < max(labels) - min(labels) + 1):
        feet = []
    if not feet:
        return Feet(list(lines), [], [])
    taken = {i for start, end, _ in feet for i in range(start, end)}
    rules = [Furniture(lines[i].start, lines[i].end, "note-rule") for i in sorted(taken) if _RULE.match(lines[i].text)]
    body = [line for i, line in enumerate(lines) if i not in taken]
    return Feet(body, _foot_notes(lines, feet), rules)


def _hinted_feet(lines: Sequence[Line]) -> Feet:
    """The feet that the reader of the pages has found; which of their labels count is decided by their sequence."""
    starts = [0, *(i for i in range(1, len(lines)) if lines[i].page), len(lines)]
    zones = [[i for i in range(a, b) if (hint := lines[i].hint) and hint.foot] for a, b in pairwise(starts)]
    labels = [{i: label for i in zone if _starts(lines[i]) and (label := read_label(lines[i]))} for zone in zones]
    restarts = sum(1 for found in labels if found and min(found.items())[1].number == 1)
    whole = {i: label for found in labels for i, label in found.items()}
    groups = labels if restarts >= 2 and restarts * 2 > sum(map(bool, labels)) else [whole]
    chosen: dict[int, Label] = {}
    for group in groups:
        chosen.update(_counted(group))
    body = [line for line in lines if not (line.hint and line.hint.foot)]
    notes: list[NoteDraft] = []
    for page, zone in enumerate(zones):
        for i in zone:
            if i in chosen:
                notes.append(_note([lines[i]], chosen[i], page))
            elif notes:
                notes[-1].blocks[-1].lines.append(lines[i])
            else:
                notes.append(NoteDraft(0, "", [Draft("note", [lines[i]])], page))
    return Feet(body, notes, [])


def _starts(line: Line) -> bool:
    return line.hint is None or line.hint.starts


def _counted(labels: dict[int, Label]) -> dict[int, Label]:
    if not labels:
        return {}
    order = sorted(labels)
    numbers = [labels[i].number for i in order]
    if max(numbers) > _HIGHEST:
        return _counted({i: label for i, label in labels.items() if label.number <= _HIGHEST})
    chain = align([(n, 1.0) for n in numbers], range(min(numbers), max(numbers) + 1), reach=6, gap_cost=0.5)
    return {order[i]: labels[order[i]] for i, _ in chain}


def _weigh_in_list(lines: Sequence[Line], index: int) -> float:
    line = lines[index]
    if not _starts(line):
        return 0.1
    if index == 0 or line.gap or ends_sentence(lines[index - 1].text) or zone_of(lines[index - 1].text):
        return 1.0
    return 0.3


def _find_feet(lines: Sequence[Line], pages: Sequence[range], stop: int) -> list[tuple[int, int, dict[int, Label]]]:
    """For each page with notes: where its foot begins and ends, and the labels in it."""
    if len(pages) < 2 and not any(_RULE.match(lines[i].text) for page in pages for i in page):
        return []
    glued = [_glued_numbers(lines, page) for page in pages]
    zones = [_foot_candidates(lines, page, stop) for page in pages]
    for number, zone in enumerate(zones):
        # The last of many notes may have been pushed to the next page's foot.
        near = glued[number] | glued[number - 1] if number else glued[0]
        zones[number] = [i for i in zone if (label := read_label(lines[i])) and label.number in near]
    zones = _without_references(lines, _of_one_form(lines, zones), stop)
    candidates = [i for zone in zones for i in zone]
    numbers = [label for i in candidates if (label := read_label(lines[i]))]
    firsts = [zone[0] for zone in zones if zone]
    restarts = sum(1 for i in firsts if (label := read_label(lines[i])) and label.number == 1)
    groups = zones if restarts >= 2 and restarts * 2 > len(firsts) else [candidates]
    chosen: dict[int, Label] = {}
    if numbers:
        for group in groups:
            chosen.update(_chain(lines, group))
    feet: list[tuple[int, int, dict[int, Label]]] = []
    open_note = False
    for page in pages:
        labels = {i: chosen[i] for i in page if i in chosen}
        start = _foot_start(lines, page, labels, open_note)
        if start is None:
            open_note = False
            continue
        feet.append((start, page[-1] + 1, labels))
        open_note = not ends_sentence(lines[page[-1]].text)
    return feet if any(labels for _, _, labels in feet) else []


def _chain(lines: Sequence[Line], candidates: Sequence[int]) -> dict[int, Label]:
    labels = {i: label for i in candidates if (label := read_label(lines[i])) and label.number <= _HIGHEST}
    if not labels:
        return {}
    order = sorted(labels)
    low, high = min(label.number for label in labels.values()), max(label.number for label in labels.values())
    weighted = [
        (
            labels[i].number,
            1.0 if lines[i].gap or _RULE.match(lines[i - 1].text) or ends_sentence(lines[i - 1].text) else 0.4,
        )
        for i in order
    ]
    return {order[i]: labels[order[i]] for i, _ in align(weighted, range(low, high + 1), reach=4, gap_cost=0.7)}


def _foot_candidates(lines: Sequence[Line], page: range, stop: int) -> list[int]:
    """Lines of a page that may carry a label: below a gap or rule, with nothing but labelled parts below them."""
    found: list[int] = []
    part: list[int] = []
    for i in reversed(page):
        if read_label(lines[i]):
            part.append(i)
        if _RULE.match(lines[i].text):
            return sorted(found + part)
        if lines[i].gap and i != page[0]:
            if not part:
                break
            found, part = found + part, []
            if read_label(lines[i]) is None or i > stop:
                break
    return sorted(found)


def _of_one_form(lines: Sequence[Line], zones: Sequence[list[int]]) -> list[list[int]]:
    """Only the labels of the commonest form, and none that a numbered heading has."""
    forms = Counter(label.form for zone in zones for i in zone if (label := read_label(lines[i])))
    common = forms.most_common(1)[0][0] if forms else ""
    return [
        [i for i in zone if (label := read_label(lines[i])) and label.form == common and not _heads(lines, i)]
        for zone in zones
    ]


def _heads(lines: Sequence[Line], i: int) -> bool:
    """Whether a numbered line is a heading: short, without a stop, and a new sentence below it."""
    if i + 1 >= len(lines) or ends_sentence(lines[i].text) or lines[i + 1].page or not lines[i + 1].text[0].isupper():
        return False
    deeper = lines[i + 1].indent >= lines[i].indent + 2 and len(lines[i].text) < 60
    return deeper or len(lines[i].text) < 0.6 * len(lines[i + 1].text)


def _without_references(lines: Sequence[Line], zones: Sequence[list[int]], stop: int) -> list[list[int]]:
    """Behind the heading of the reference list a label must go on from the notes before: entries are numbered too."""
    before = [label.number for zone in zones for i in zone if i < stop and (label := read_label(lines[i]))]
    if len(before) < 2 or (before[-1] - before[0] + 1) > 2 * len(before):
        before = []
    kept: list[list[int]] = []
    for zone in zones:
        kept.append([])
        for i in zone:
            label = read_label(lines[i])
            if i < stop or (before and label and 0 < label.number - before[-1] < 9):
                kept[-1].append(i)
    return kept


def _glued_numbers(lines: Sequence[Line], page: range) -> set[int]:
    """The numbers on a page that stand glued to a word or a stop: a numbered heading or list item has none."""
    glued: set[int] = set()
    for i in page:
        for match in _GLUED.finditer(lines[i].text):
            digits = match.group().translate(SUPERSCRIPTS)
            glued.update(int(digits[a:]) for a in range(len(digits)))
            glued.add(int(digits[: len(digits) // 2] or 0))
    return glued


def _foot_start(lines: Sequence[Line], page: range, labels: dict[int, Label], open_note: bool) -> int | None:
    rule = next((i for i in page if i > page[0] and _RULE.match(lines[i].text)), None)
    if rule is not None and (open_note or any(i > rule for i in labels)):
        return rule
    gaps = [i for i in page if lines[i].gap and i > page[0]]
    if labels:
        above = [i for i in gaps if i <= min(labels)]
        return above[-1] if above else None
    if open_note and gaps and not lines[gaps[-1]].indent and not ends_sentence(lines[gaps[-1] - 1].text):
        return gaps[-1]
    return None


def _foot_notes(lines: Sequence[Line], feet: Sequence[tuple[int, int, dict[int, Label]]]) -> list[NoteDraft]:
    notes: list[NoteDraft] = []
    for number, (start, end, labels) in enumerate(feet):
        kept = [i for i in range(start, end) if not _RULE.match(lines[i].text)]
        for i in kept:
            if i in labels:
                notes.append(_note([lines[i]], labels[i], number))
            elif notes:
                notes[-1].blocks[-1].lines.append(lines[i])
            else:  # the foot begins in the middle of a note whose beginning is not in the source
                notes.append(NoteDraft(0, "", [Draft("note", [lines[i]])], number))
    return notes


def _note(lines: Sequence[Line], label: Label, page: int | None) -> NoteDraft:
    """A note from its lines. A blank line inside a listed note begins a new block."""
    blocks: list[Draft] = []
    span, lines = lift_label(lines, label)
    for line in lines:
        if blocks and not (line.gap and not line.page and ends_sentence(blocks[-1].lines[-1].text)):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Draft("note", [line]))
    blocks[0].label = span
    blocks[0].n = str(label.number)
    return NoteDraft(label.number, str(label.number), blocks, page)


def lift_label(lines: Sequence[Line], label: Label) -> tuple[tuple[int, int], Sequence[Line]]:
    """The span of a label to lift, and the lines without the one that holds nothing but the label."""
    if label.end >= lines[0].end and len(lines) > 1 and not lines[1].page:
        return (label.start, lines[1].start), lines[1:]
    return (label.start, label.end), lines
