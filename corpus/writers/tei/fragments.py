"""Spans that cross as elements that nest: each is cut where it must be, as TEI does with ``@next`` and ``@prev``.

>>> fragment([Wish(0, 12, 3), Wish(8, 20, 3)])  # "[Bank of (Eng]land and Wales)"
[Fragment(wish=0, start=0, end=12), Fragment(wish=1, start=8, end=12), Fragment(wish=1, start=12, end=20)]

A span of a lower rank is cut rather than one of a higher; blocks (rank 0) never are. Spans that would be nested deeper
than ``DEEPEST`` are left out, so a pile of ten thousand stays linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from corpus.writers.tei.nesting import DEEPEST, Wish


class Fragment(NamedTuple):
    """A part of a span: its place in the list of wishes, and what it covers."""

    wish: int
    start: int
    end: int


def fragment(wishes: Sequence[Wish]) -> list[Fragment]:
    """The fragments of all spans that are not empty, outer before inner."""
    sweep = _Sweep(wishes)
    starting: dict[int, list[int]] = defaultdict(list)
    for i, (start, end, _) in enumerate(wishes):
        if start < end:
            starting[start].append(i)
    for offset in sorted({*starting, *(wish.end for wish in wishes)}):
        again = sweep.close(offset)
        new = starting.get(offset)
        if new is not None or again:
            sweep.open(offset, new or [], again)
    return sweep.found()


class _Open(NamedTuple):
    wish: int
    start: int
    order: int  # outer elements were opened before inner ones


class _Sweep:
    """Goes over the text once, with the elements that are open; cuts those in the way of another."""

    def __init__(self, wishes: Sequence[Wish]) -> None:
        self._ends = [wish.end for wish in wishes]
        self._ranks = [wish.rank for wish in wishes]
        self._open: list[_Open] = []
        self._made: list[tuple[int, Fragment]] = []
        self._opened = 0

    def close(self, offset: int) -> list[int]:
        """Close what ends here; gives what had to be closed with it and goes on."""
        for place, each in enumerate(self._open):
            if self._ends[each.wish] == offset:
                return [i for i in self._cut(place, offset) if self._ends[i] > offset]
        return []

    def open(self, offset: int, starting: list[int], again: list[int]) -> None:
        """Open what starts here and open again what had to be cut."""
        if len(starting) == 1 and not again:
            (new,) = ranked = starting
            place = self._in_the_way(new)
            if place == len(self._open) < DEEPEST:  # as most are: alone and in nobody's way
                self._open.append(_Open(new, offset, self._opened))
                self._opened += 1
                return
            again = self._cut(place, offset)
        else:
            ranked = sorted(starting, key=lambda i: (self._ranks[i], -self._ends[i], i))
            for i in ranked:
                again += self._cut(self._in_the_way(i), offset)
        room = DEEPEST - len(self._open) - len(again)
        fitting = [i for place, i in enumerate(ranked) if place < room or self._ranks[i] == 0]
        for i in sorted([*again, *fitting], key=lambda i: (-self._ends[i], self._ranks[i], i)):
            self._open.append(_Open(i, offset, self._opened))
            self._opened += 1

    def found(self) -> list[Fragment]:
        """All fragments in the order in which their elements open."""
        return [each for _, each in sorted(self._made)]

    def _in_the_way(self, new: int) -> int:
        """The outermost open element of a lower rank that ends inside the new one, with none of its rank or above within."""
        place = len(self._open)
        rank, end = self._ranks[new], self._ends[new]
        for i in range(len(self._open) - 1, -1, -1):
            other = self._open[i].wish
            if self._ranks[other] <= rank:
                break
            if self._ends[other] < end:
                place = i
        return place

    def _cut(self, place: int, offset: int) -> list[int]:
        """Close the open elements from a place on."""
        if place == len(self._open):
            return []
        closed = self._open[place:]
        del self._open[place:]
        for wish, start, order in closed:
            if start < offset:
                self._made.append((order, Fragment(wish, start, offset)))
        return [each.wish for each in closed]
