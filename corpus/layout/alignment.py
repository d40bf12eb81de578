"""One monotone alignment of a whole document: numbers in the text, note labels, and which of them are each other's.

Note numbers count upwards twice over: where they stand in the text (marks) and where the notes stand (tags). A plain
figure does neither. So nothing is judged alone: one dynamic programme walks through all marks and tags in the order of
the source and finds the best reading of all of them together. A reading may skip any of them (a plain number), begin
with any number (part of a book), leave numbers out (a marker that was lost, a note that is missing), and begin anew
with 1 (on each page, in each chapter; the notes of several chapters may follow in one list at the end). What pays is a
number that stands on both sides.

>>> marks = [Mark(1, 10, 11, 1.0), Mark(1929, 20, 24, 0.3), Mark(2, 30, 31, 1.0)]
>>> tags = [Tag(1, 50, 1.0), Tag(1931, 60, 0.3), Tag(2, 70, 1.0)]
>>> align(marks, tags).pairs
{0: 0, 2: 2}

The number of live readings is bounded, so the time grows with the number of marks and tags.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from heapq import nlargest
from typing import NamedTuple

HIGHEST = 4999  # no document numbers more notes than this
_REACH = 8  # a chain may leave out up to seven numbers in a row
_GAP = 0.35  # what each of them costs
_DOUBT = 0.2  # taken from the weight of every mark: a doubtful one must earn its place by its pair
_PAIR = 1.0  # what a number earns that stands on both sides
_LOST = 0.3  # share of its weight that a tag earns when no mark has its number
_ANEW = 0.8  # what it costs to begin again with 1
_BEAM = 120  # live readings
_FEW = 6  # readings of one kind that an event goes on from
_SLACK = 15.0  # readings this far behind the best are given up


class Mark(NamedTuple):
    """A number in the text that may be a marker, its span in the source, and how much it looks like one (0 to 1)."""

    number: int
    start: int
    end: int
    weight: float


class Tag(NamedTuple):
    """A number at the beginning of a line that may be the label of a note; ``local``: only if its marker is there.

    A ``local`` tag stands among the text, where numbered headings and lists stand too.
    """

    number: int
    start: int
    weight: float
    local: bool = False


class Alignment(NamedTuple):
    """The marks and tags taken, by index, in order; ``pairs`` ties a mark to the tag of its note; and the score.

    ``series`` counts, for each mark taken, how often the numbers had begun anew before it.
    """

    marks: list[int]
    tags: list[int]
    pairs: dict[int, int]
    series: dict[int, int]
    score: float


class _Node(NamedTuple):
    """A reading: the last number on both sides, the marks that wait for tags (one bit set a series), and how it came."""

    score: float
    parent: int
    event: int  # index of a mark, or -1 - index of a tag
    mark: int  # the last number in the text, 0: none yet
    tag: int  # the last label of the series that is being told
    end: int  # where the last mark ends
    waiting: tuple[int, ...]


_Key = tuple[int, int, int]


class _Readings:
    """All live readings, by their last numbers; only the best of equals is kept."""

    def __init__(self) -> None:
        self.nodes = [_Node(0.0, -1, 0, 0, 0, -1, (0,))]
        self.by_mark: dict[int, dict[_Key, int]] = {0: {(0, 0, 1): 0}}
        self.by_tag: dict[int, dict[_Key, int]] = {0: {(0, 0, 1): 0}}
        self.several: dict[_Key, int] = {}  # those in which a later series of marks waits for its tags
        self.best = 0  # the best of all
        self.told = -1  # the best whose last series has been told by tags
        self._live = 1

    def offer(
        self, score: float, parent: int, event: int, mark: int, tag: int, end: int, waiting: tuple[int, ...]
    ) -> None:
        """Take in a reading (the fields of a node) unless one as good ends with the same numbers."""
        key = (mark, tag, len(waiting))
        column = self.by_mark.setdefault(mark, {})
        old = column.get(key)
        if old is not None and self.nodes[old].score >= score:
            return
        node = _Node(score, parent, event, mark, tag, end, waiting)
        index = len(self.nodes)
        self.nodes.append(node)
        column[key] = index
        self.by_tag.setdefault(node.tag, {})[key] = index
        if key[2] > 1:
            self.several[key] = index
        self._live += old is None
        if node.score > self.nodes[self.best].score:
            self.best = index
        if node.tag and len(node.waiting) == 1 and (self.told < 0 or node.score > self.nodes[self.told].score):
            self.told = index
        if self._live > 2 * _BEAM:
            self._prune()

    def ahead(self, column: dict[_Key, int] | None) -> list[int]:
        """The best few readings of those that an event may go on from."""
        if not column:
            return []
        if len(column) <= _FEW:
            return list(column.values())
        return nlargest(_FEW, column.values(), key=lambda i: self.nodes[i].score)

    def _prune(self) -> None:
        ranked = sorted(
            ((self.nodes[i].score, key, i) for column in self.by_mark.values() for key, i in column.items()),
            reverse=True,
        )
        floor = ranked[0][0] - _SLACK
        kept = [(key, i) for score, key, i in ranked[:_BEAM] if score >= floor]
        first = (0, 0, 1)
        kept += [] if any(key == first for key, _ in kept) else [(first, 0)]  # a chain may begin at any place
        self.by_mark, self.by_tag = {}, {}
        self.several = {key: i for key, i in kept if key[2] > 1}
        for key, i in kept:
            self.by_mark.setdefault(key[0], {})[key] = i
            self.by_tag.setdefault(key[1], {})[key] = i
        self._live = len(kept)


def align(marks: Sequence[Mark], tags: Sequence[Tag], breaks: Sequence[int] = ()) -> Alignment:
    """The best reading; ``marks`` and ``tags`` in source order, ``breaks`` where a chapter may begin (source offsets).

    Marks may overlap ("12" as 12, or as 1 and 2): one reading takes only one of them.
    """
    readings = _Readings()
    events = [(mark.start, 0, i) for i, mark in enumerate(marks) if mark.number <= HIGHEST]
    events += [(tag.start, 1, i) for i, tag in enumerate(tags) if tag.number <= HIGHEST]
    for _, is_tag, index in sorted(events):
        if is_tag:
            _take_tag(readings, tags[index], index)
        else:
            _take_mark(readings, marks[index], index, breaks)
    return _walk_back(readings, marks, tags)


def _take_mark(readings: _Readings, mark: Mark, index: int, breaks: Sequence[int]) -> None:
    gain = mark.weight - _DOUBT
    bit = 1 << mark.number
    for last in range(max(1, mark.number - _REACH), mark.number):
        gap = _GAP * (mark.number - last - 1)
        for i in readings.ahead(readings.by_mark.get(last)):
            node = readings.nodes[i]
            if node.end <= mark.start:
                waiting = (*node.waiting[:-1], node.waiting[-1] | bit)
                readings.offer(node.score + gain - gap, i, index, mark.number, node.tag, mark.end, waiting)
    for i in readings.ahead(readings.by_mark.get(0)):
        node = readings.nodes[i]
        begun = _late_start(mark.number)
        readings.offer(node.score + gain - begun, i, index, mark.number, node.tag, mark.end, (bit,))
    if mark.number <= 2:
        _begin_anew(readings, mark, index, breaks)


def _begin_anew(readings: _Readings, mark: Mark, index: int, breaks: Sequence[int]) -> None:
    """The numbers begin again: after the notes of a page or chapter were told, or where a chapter begins."""
    told = readings.nodes[readings.told] if readings.told >= 0 else None
    best = readings.nodes[readings.best]
    chapter = bisect_right(breaks, mark.start) > bisect_right(breaks, best.end)
    for i, node, cost in ((readings.told, told, _ANEW), (readings.best, best if chapter else None, 2 * _ANEW)):
        if node is not None and node.mark and node.end <= mark.start:
            gain = mark.weight - _DOUBT - cost - (mark.number - 1)
            waiting = (*node.waiting, 1 << mark.number)
            readings.offer(node.score + gain, i, index, mark.number, node.tag, mark.end, waiting)


def _take_tag(readings: _Readings, tag: Tag, index: int) -> None:
    for last in range(max(0, tag.number - _REACH), tag.number):
        for i in readings.ahead(readings.by_tag.get(last)):
            node = readings.nodes[i]
            cost = _GAP * (tag.number - last - 1) if last else 0.0
            _tell(readings, tag, index, i, node.waiting, cost)
    if tag.number > _REACH:  # the notes of a piece of a book begin where its markers begin
        for i in readings.ahead(readings.by_tag.get(0)):
            _tell(readings, tag, index, i, readings.nodes[i].waiting, _late_start(tag.number))
    if tag.number <= 2:
        for i in readings.ahead(readings.several):
            _tell(readings, tag, index, i, readings.nodes[i].waiting[1:], 0.0)


def _tell(readings: _Readings, tag: Tag, index: int, parent: int, waiting: tuple[int, ...], cost: float) -> None:
    node = readings.nodes[parent]
    paired = waiting[0] >> tag.number & 1
    if tag.local and not paired:
        return
    gain = tag.weight + _PAIR if paired else _LOST * tag.weight
    readings.offer(node.score + gain - cost, parent, -1 - index, node.mark, tag.number, node.end, waiting)


def _late_start(number: int) -> float:
    return min(_GAP * (number - 1), 1.2)


def _walk_back(readings: _Readings, marks: Sequence[Mark], tags: Sequence[Tag]) -> Alignment:
    path = []
    index = readings.best
    while index > 0:
        path.append(readings.nodes[index])
        index = readings.nodes[index].parent
    taken, told, pairs, series = [], [], {}, {}
    begun, waited = 0, 1
    place: dict[tuple[int, int], int] = {}
    for node in reversed(path):
        if node.event >= 0:
            begun += len(node.waiting) > waited
            taken.append(node.event)
            series[node.event] = begun
            place[begun, node.mark] = node.event
        else:
            told.append(-1 - node.event)
            number = begun - (len(node.waiting) - 1), node.tag
            if number in place:
                pairs[place.pop(number)] = told[-1]
        waited = len(node.waiting)
    return Alignment(taken, told, pairs, series, readings.nodes[readings.best].score)
