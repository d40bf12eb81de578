"""Which spans can stand inline: XML nests, so of spans that cross only one can be an element; the rest is standOff's.

Spans are taken in the order of their rank (what is closer to the printed page wins), longer ones first, and a span is
left out only where it crosses one that was taken: the choice is maximal.

>>> choose([Wish(0, 12, 1), Wish(8, 20, 2), Wish(8, 12, 3)])  # "Bank of [Eng(land] and Wales)"
[0, 2]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# Readers such as libxml2 refuse elements that are nested 256 deep; a person reads far fewer.
DEEPEST = 24


class Wish(NamedTuple):
    """A span that would stand inline; a lower rank goes first."""

    start: int
    end: int
    rank: int


def choose(wishes: Sequence[Wish]) -> list[int]:
    """The places in ``wishes`` of those that can stand inline, outer before inner; O(n log n)."""
    bounds = sorted({wish.start for wish in wishes} | {wish.end for wish in wishes})
    place = {bound: i for i, bound in enumerate(bounds)}
    ends, starts = _Highest(len(bounds)), _Highest(len(bounds))
    taken = []
    for i in sorted(range(len(wishes)), key=lambda i: (wishes[i].rank, wishes[i].start, -wishes[i].end, i)):
        low, high = place[wishes[i].start], place[wishes[i].end]
        # a taken span that starts inside this one and ends after it, or ends inside and starts before it
        if ends.among(low + 1, high) > high or -starts.among(low + 1, high) < low:
            continue
        ends.raise_to(low, high)
        starts.raise_to(high, -low)
        taken.append(i)
    taken.sort(key=lambda i: (wishes[i].start, -wishes[i].end, wishes[i].rank, i))
    return _not_too_deep(wishes, taken)


def _not_too_deep(wishes: Sequence[Wish], taken: Sequence[int]) -> list[int]:
    kept: list[int] = []
    open_ends: list[int] = []
    for i in taken:
        while open_ends and open_ends[-1] <= wishes[i].start:
            open_ends.pop()
        if len(open_ends) < DEEPEST or wishes[i].rank == 0:
            open_ends.append(wishes[i].end)
            kept.append(i)
    return kept


class _Highest:
    """The highest value that was set in a range of places (a segment tree)."""

    _NONE = -(1 << 60)

    def __init__(self, size: int) -> None:
        self._size = max(size, 1)
        self._tree = [self._NONE] * (2 * self._size)

    def raise_to(self, place: int, value: int) -> None:
        """Set a place, unless it holds a higher value."""
        i = place + self._size
        while i and self._tree[i] < value:
            self._tree[i] = value
            i //= 2

    def among(self, low: int, high: int) -> int:
        """The highest value in ``low <= place < high``."""
        best = self._NONE
        i, j = low + self._size, high + self._size
        while i < j:
            if i & 1:
                best = max(best, self._tree[i])
                i += 1
            if j & 1:
                j -= 1
                best = max(best, self._tree[j])
            i //= 2
            j //= 2
        return best
