"""Passages that were cut out in one place and put in again in another, when blocks were moved, parted or joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.emendation.mapping import Kept, Replaced
from corpus.emendation.words import changes_between, offsets_of, split_words

_SHORTEST = 12  # code points: what is shorter is the same by chance


def find_moves(old: str, new: str, replaced: Sequence[Replaced]) -> tuple[list[Kept], list[Replaced]]:
    """The passages that moved, and the replaced stretches without them."""
    out = [(each.start, each.end) for each in replaced if each.end - each.start >= _SHORTEST]
    put = [(each.new_start, each.new_end) for each in replaced if each.new_end - each.new_start >= _SHORTEST]
    if not out or not put:
        return [], list(replaced)
    words, offsets = _words_of(old, out)
    new_words, new_offsets = _words_of(new, sorted(put))
    moved: list[Kept] = []
    word = new_word = 0
    for change in [*changes_between(words, new_words), None]:
        until = change.start if change else len(words)
        moved += _runs(words, new_words, (word, new_word, until - word), (offsets, new_offsets))
        if change is not None:
            word, new_word = change.end, change.new_end
    moved = [each for each in moved if each.length >= _SHORTEST]
    return (moved, [rest for each in replaced for rest in _without(each, moved)]) if moved else ([], list(replaced))


def _words_of(text: str, stretches: Sequence[tuple[int, int]]) -> tuple[list[str], list[int]]:
    """The words of several stretches with where each stands in the whole text."""
    words: list[str] = []
    offsets: list[int] = []
    for start, end in stretches:
        found = split_words(text[start:end])
        words += found
        offsets += [start + each for each in offsets_of(found)[:-1]]
    return words, offsets


def _runs(
    words: Sequence[str],
    new_words: Sequence[str],
    part: tuple[int, int, int],
    offsets: tuple[Sequence[int], Sequence[int]],
) -> Iterator[Kept]:
    """Aligned words as stretches that go on in both texts and are the same letter by letter."""
    low, new_low, count = part
    open_at: Kept | None = None
    for i in range(count):
        word, at, new_at = words[low + i], offsets[0][low + i], offsets[1][new_low + i]
        same = word == new_words[new_low + i]
        goes_on = open_at is not None and (open_at.old + open_at.length, open_at.new + open_at.length) == (at, new_at)
        if open_at is not None and not (same and goes_on):
            yield open_at
            open_at = None
        if same:
            length = (open_at.length if open_at else 0) + len(word)
            open_at = Kept(open_at.old if open_at else at, open_at.new if open_at else new_at, length, is_moved=True)
    if open_at is not None:
        yield open_at


def _without(replaced: Replaced, moved: Sequence[Kept]) -> Iterator[Replaced]:
    """What is left of a replaced stretch: the words that are gone, then those that are new."""
    gone = _rest(replaced.start, replaced.end, [(each.old, each.old + each.length) for each in moved])
    new = _rest(replaced.new_start, replaced.new_end, [(each.new, each.new + each.length) for each in moved])
    if gone == [(replaced.start, replaced.end)] and new == [(replaced.new_start, replaced.new_end)]:
        yield replaced
        return
    for start, end in gone:
        yield Replaced(start, end, replaced.new_start, replaced.new_start)
    for start, end in new:
        yield Replaced(replaced.start, replaced.start, start, end)


def _rest(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    inside = sorted((low, high) for low, high in taken if start <= low and high <= end)
    bounds = [start, *(bound for span in inside for bound in span), end]
    return [(low, high) for low, high in list(pairwise(bounds))[::2] if low < high]
