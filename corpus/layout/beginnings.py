"""Lines that may begin a note: what label they carry, where they stand, and how much they look the part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from corpus.layout.alignment import HIGHEST, Tag
from corpus.layout.labels import SUPERSCRIPTS, Label, read_label, read_sign
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.zones import ends_lists, zone_of

RULE = re.compile(r"[_―—–‒=*-]{4,}$|_{3,}\s*$")
_GLUED = re.compile(r"(?<=[^\s\[(–-])(?<!\d,)(?:\d{1,6}(?!\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,6})")
Place = Literal["foot", "list", "between"]
Zone = Literal["notes", "references"] | None


@dataclass(slots=True)
class Beginnings:
    """The lines that may begin a note, by index: their labels, where they stand, and how much they look the part."""

    labels: dict[int, Label] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    weights: dict[int, float] = field(default_factory=dict)
    sure: set[int] = field(default_factory=set)  # notes even where their markers are lost

    def add(self, i: int, label: Label, place: Place, weight: float) -> None:
        """A line that may begin a note; in a list of notes it does even where its marker is lost."""
        self.labels[i], self.places[i], self.weights[i] = label, place, weight
        if place == "list":
            self.sure.add(i)

    def tags(self, *, signs: bool) -> tuple[list[int], list[Tag]]:
        """The line indices and the tags of the numbered ones, or of the signs."""
        indices = [i for i, label in sorted(self.labels.items()) if (label.form == "*") is signs]
        return indices, [
            Tag(self.labels[i].number, self.labels[i].start, self.weights[i], signs or i not in self.sure)
            for i in indices
        ]


def line_zones(lines: Sequence[Line]) -> list[Zone]:
    """The list in which each line stands, by the names of lists; a name itself belongs to no list."""
    zones: list[Zone] = []
    zone: Zone = None
    for number, line in enumerate(lines):
        named = zone_of(line.text)
        if named is not None and stands_apart(lines, number):
            zone = named if named in ("notes", "references") else None
            zones.append(None)
            continue
        if zone == "notes" and _names_part(lines, number):
            zones.append(None)
            continue
        if zone and ends_lists(line.text) and (line.gap or line.page or _alone(lines, number)):
            zone = None
        zones.append(zone)
    return zones


def stands_apart(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is no last line of a paragraph: "Literature." may be the end of a journal's name."""
    return i == 0 or opens(lines[i]) or lines[i].page or ends_sentence(lines[i - 1].text)


def _names_part(lines: Sequence[Line], i: int) -> bool:
    """Whether a line in a list of notes names a chapter, whose notes follow: "Chapter Two", then note 1."""
    if i + 1 >= len(lines) or len(lines[i].text) >= 70 or ends_sentence(lines[i].text) or i == 0:
        return False
    label = read_label(lines[i + 1])
    own = read_label(lines[i])
    begins = label is not None and label.number == 1 and (own is None or own.form != label.form)
    return begins and (stands_apart(lines, i) or zone_of(lines[i - 1].text) is not None)


def _alone(lines: Sequence[Line], i: int) -> bool:
    return ends_sentence(lines[i - 1].text) and not ends_sentence(lines[i].text)


def page_ranges(lines: Sequence[Line]) -> list[range]:
    """The lines of each page, by index."""
    starts = [0, *(i for i in range(1, len(lines)) if lines[i].page), len(lines)]
    return [range(a, b) for a, b in pairwise(starts) if b > a]


def chapter_breaks(lines: Sequence[Line]) -> list[int]:
    """Where a chapter may begin: short lines that stand alone and end without a stop."""
    found: list[int] = []
    open_head = False  # a head of two lines: "Chapter Two" and its title
    for line, below in pairwise(lines):
        short = len(line.text) < 70 and not ends_sentence(line.text)
        begins = short and bool(line.gap or line.page or line.hint or open_head)
        if begins and (below.gap or below.hint):
            found.append(line.start)
        open_head = begins and bool(line.gap) and not below.gap
    return found


def find_beginnings(lines: Sequence[Line], zones: Sequence[Zone], pages: Sequence[range]) -> Beginnings:
    """All lines that may begin a note; ``pages`` are the ranges of the lines of each page."""
    if any(line.hint is not None for line in lines):
        return _typeset(lines, zones)
    begin = Beginnings()
    feet = _foot_lines(lines, zones, pages)
    # Without blank lines at all, a page foot cannot be told by them.
    dense = len(pages) > 1 and not any(line.gap for line in lines)
    # Where lines are not set apart by blank ones, a sentence that ends above is all that there is.
    tight = sum(line.gap > 0 for line in lines) * 20 < len(lines)
    opened = False  # whether the block that stands open began with a label
    for i, line in enumerate(lines):
        label = read_label(line, damaged=zones[i] == "notes") or read_sign(line)
        fresh = i == 0 or line.gap > 0 or line.page or RULE.match(lines[i - 1].text) is not None
        opened = label is not None if fresh else opened
        if label is None or label.number > HIGHEST or _heads(lines, i, zones[i]):
            continue
        calm = settled(lines, i)
        if zones[i] == "notes":
            begin.add(i, label, "list", 1.0 if calm else 0.3)
        elif i in feet:
            begin.add(i, label, "foot", 1.0 if calm else 0.4)
        elif zones[i] is None and dense:
            begin.add(i, label, "foot", 0.3 if calm else 0.1)
        elif zones[i] is None and (fresh or opened or (tight and calm)):
            begin.add(i, label, "between", 0.5 if calm else 0.2)
    for near, page in zip(_near_numbers(lines, pages), pages, strict=True):
        begin.sure.update(i for i in page if begin.places.get(i) == "foot" and begin.labels[i].number in near)
    _between_sure(begin)
    return _of_one_form(begin)


def _between_sure(begin: Beginnings) -> None:
    """A label at a foot between two that are sure is one of them where it counts on from one to the other."""
    feet = [i for i in sorted(begin.labels) if begin.places[i] == "foot"]
    for before, i, after in zip(feet, feet[1:], feet[2:], strict=False):
        number = begin.labels[i].number
        counts_on = begin.labels[before].number + 1 == number == begin.labels[after].number - 1
        if counts_on and before in begin.sure and after in begin.sure:
            begin.sure.add(i)


def _typeset(lines: Sequence[Line], zones: Sequence[Zone]) -> Beginnings:
    """Where a reader of typeset pages knows which lines begin something and which stand at a page foot."""
    begin = Beginnings()
    for i, line in enumerate(lines):
        if line.hint is None or not line.hint.starts:
            continue
        label = read_label(line) or read_sign(line)
        if label is None or label.number > HIGHEST:
            continue
        if line.hint.foot or zones[i] == "notes":
            begin.add(i, label, "foot" if line.hint.foot else "list", 1.0)
            begin.sure.add(i)
    return begin


def _foot_lines(lines: Sequence[Line], zones: Sequence[Zone], pages: Sequence[range]) -> set[int]:
    """The lines that may be labelled notes at page feet.

    The entries of a reference list are labelled too: there only the page on which it begins may still have notes, and
    their labels go on from those before.
    """
    if len(pages) < 2 and not any(RULE.match(line.text) for line in lines):
        return set()
    feet: set[int] = set()
    before: list[Label] = []
    listed = False
    for page in pages:
        for i in sorted(_foot(lines, zones, page)):
            label = read_label(lines[i])
            if zones[i] != "references":
                feet.add(i)
                before += [label] if label and not _heads(lines, i, zones[i]) else []
            elif not listed and label and _goes_on(before, label):
                feet.add(i)
        listed = listed or "references" in zones[page[0] : page[-1] + 1]
    return feet


def _goes_on(before: Sequence[Label], label: Label) -> bool:
    """Whether a label goes on from the labels before it, which look like it and were dense enough for notes."""
    alike = [earlier.number for earlier in before if earlier.form == label.form]
    dense = len(alike) >= 2 and alike[-1] - alike[0] < 2 * len(alike)
    return dense and 0 < label.number - alike[-1] < 9


def _near_numbers(lines: Sequence[Line], pages: Sequence[range]) -> list[set[int]]:
    """For each page the numbers glued to a word or a stop on it or on the page before: what its foot may tell of.

    A numbered heading or list item has none. The last of many notes may have been pushed to the next page's foot.
    """
    found = [{number for i in page for number in _glued_numbers(lines[i].text)} for page in pages]
    return [found[i] | (found[i - 1] if i else set()) for i in range(len(found))]


def _glued_numbers(text: str) -> Iterator[int]:
    for match in _GLUED.finditer(text):
        digits = match.group().translate(SUPERSCRIPTS)
        yield from (int(digits[a:]) for a in range(len(digits)))
        yield int(digits[: len(digits) // 2] or 0)


def _of_one_form(begin: Beginnings) -> Beginnings:
    """Labels of one list are alike: those of an uncommon form count for less."""
    forms = Counter((begin.places[i] == "list", label.form) for i, label in begin.labels.items())
    for i, label in begin.labels.items():
        common = max(count for (listed, _), count in forms.items() if listed == (begin.places[i] == "list"))
        if forms[begin.places[i] == "list", label.form] * 4 < common and label.form != "*":
            begin.weights[i] *= 0.4
    return begin


def _foot(lines: Sequence[Line], zones: Sequence[str | None], page: range) -> list[int]:
    """Lines of a page that may carry a label: below a gap or rule, with nothing but labelled parts below them.

    Below the entries of a reference list, which are labelled too, only the last part may be a foot.
    """
    found: list[int] = []
    part: list[int] = []
    for i in reversed(page):
        if read_label(lines[i]) or read_sign(lines[i]):
            part.append(i)
        if RULE.match(lines[i].text):
            return found + part
        if lines[i].gap and i != page[0]:
            if not part:
                break
            found, part = found + part, []
            if zones[i] == "references" or not (read_label(lines[i]) or read_sign(lines[i])):
                break
    return found


def _heads(lines: Sequence[Line], i: int, zone: str | None) -> bool:
    """Whether a numbered line is a heading: short, without a stop, and a new sentence below it."""
    if zone == "notes" or ends_sentence(lines[i].text):
        return False
    if i + 1 >= len(lines) or lines[i + 1].page or not lines[i + 1].text[0].isupper():
        return False
    deeper = lines[i + 1].indent >= lines[i].indent + 2 and len(lines[i].text) < 60
    apart = lines[i + 1].gap > 0 and len(lines[i].text) < 80
    return deeper or apart or len(lines[i].text) < 0.6 * len(lines[i + 1].text)


def opens(line: Line) -> bool:
    """Whether a line is set apart from the line above."""
    return line.hint.starts if line.hint is not None else line.gap > 0


def settled(lines: Sequence[Line], i: int) -> bool:
    """Whether something may begin in this line: after a blank line, a page's end, a sentence, or the name of a list."""
    above = lines[i - 1]
    fresh = i == 0 or opens(lines[i]) or lines[i].page or RULE.match(above.text) is not None
    return fresh or ends_sentence(above.text) or zone_of(above.text) is not None
