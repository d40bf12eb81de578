"""From the offsets of a text to those of its new wording: what stayed, what moved, what was replaced."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

_COVERS = 2  # a span whose words were all replaced keeps its place where it was at least half of what was replaced


class Kept(NamedTuple):
    """``length`` code points that stood at ``old`` and stand at ``new``; ``is_moved`` where they changed their order."""

    old: int
    new: int
    length: int
    is_moved: bool = False


class Replaced(NamedTuple):
    """``start`` to ``end`` of the old text, for which ``new_start`` to ``new_end`` stands now; either may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int


class Place(NamedTuple):
    """Where a span is now, and whether its words are the same."""

    start: int
    end: int
    is_same: bool


class Mapping:
    """Kept and replaced stretches tile the old text; each lookup is O(log n)."""

    def __init__(self, kept: Iterable[Kept], replaced: Iterable[Replaced]) -> None:
        self.kept = sorted((each for each in kept if each.length), key=lambda each: each.old)
        self._kept_starts = [each.old for each in self.kept]
        self.replaced = sorted(replaced)
        self._replaced_starts = [each.start for each in self.replaced]

    def place(self, start: int, end: int) -> Place | None:
        """Where the span of some words is; None where its words are gone."""
        parts = self.parts(start, end)
        if not parts:
            around = self._around(start, end)
            if around is None or around.new_start == around.new_end:
                return None
            is_most = _COVERS * (end - start) >= around.end - around.start
            return Place(around.new_start, around.new_end, is_same=False) if is_most else None
        if sum(part.length for part in parts) == end - start and _is_one(parts):
            return Place(parts[0].new, parts[-1].new + parts[-1].length, is_same=True)
        low, high = self._begin(start), self._finish(end)
        if any(part.is_moved for part in parts) or not low <= parts[0].new < high:
            longest = max(parts, key=lambda part: part.length)
            return Place(longest.new, longest.new + longest.length, is_same=False)
        return Place(low, high, is_same=False)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Where a span is that is kept whatever became of its words, such as a block."""
        if start == end:
            point = self.after(start)
            return point, point
        low = self._begin(start)
        return low, max(low, self._finish(end))

    def after(self, offset: int) -> int:
        """Where a point is that follows the words before it, such as a note marker."""
        return self._finish(offset)

    def before(self, offset: int) -> int:
        """Where a point is that precedes the words after it, such as a page break."""
        return self._begin(offset)

    def parts(self, start: int, end: int) -> list[Kept]:
        """The kept stretches inside a span, cut to it."""
        found = []
        i = max(bisect_right(self._kept_starts, start) - 1, 0)
        while i < len(self.kept) and self.kept[i].old < end:
            each = self.kept[i]
            low, high = max(each.old, start), min(each.old + each.length, end)
            if low < high:
                found.append(Kept(low, each.new + low - each.old, high - low, each.is_moved))
            i += 1
        return found

    def _around(self, start: int, end: int) -> Replaced | None:
        found = self._replaced_at(start)
        return found if found is not None and end <= found.end else None

    def _replaced_at(self, offset: int) -> Replaced | None:
        """The replaced stretch that holds the code point at an offset."""
        i = bisect_right(self._replaced_starts, offset) - 1
        while i >= 0 and self.replaced[i].start == self.replaced[i].end == offset:
            i -= 1  # words put in take no code point
        return self.replaced[i] if i >= 0 and offset < self.replaced[i].end else None

    def _begin(self, offset: int) -> int:
        """The offset of what begins at ``offset``."""
        i = bisect_right(self._kept_starts, offset) - 1
        if i >= 0 and offset < self.kept[i].old + self.kept[i].length:
            return self.kept[i].new + offset - self.kept[i].old
        around = self._replaced_at(offset)
        if around is not None:
            return around.new_start if offset == around.start else around.new_end
        return self._finish(offset)

    def _finish(self, offset: int) -> int:
        """The offset of what ends at ``offset``."""
        i = bisect_left(self._kept_starts, offset) - 1
        if i >= 0 and offset <= self.kept[i].old + self.kept[i].length:
            return self.kept[i].new + offset - self.kept[i].old
        around = self._replaced_at(offset - 1) if offset > 0 else None
        if around is not None:
            return around.new_end if offset == around.end else around.new_start
        return 0


def _is_one(parts: list[Kept]) -> bool:
    """Whether parts stand one behind the other in the new text, too."""
    position = parts[0].new
    for part in parts:
        if part.new != position:
            return False
        position += part.length
    return True
