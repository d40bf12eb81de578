"""Two wordings of a text, aligned word by word.

>>> old, new = split_words("the barley wsa sold"), split_words("the good  barley was sold")
>>> [("".join(old[c.start : c.end]), "".join(new[c.new_start : c.new_end])) for c in changes_between(old, new)]
[('', 'good  '), ('wsa', 'was')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

_WORD = re.compile(r"[ \t\r\n]+|\w+|[^\w \t\r\n]")  # other white space (a no-break space) is a sign of its own
WHITE = " \t\r\n"
_SENTENCE_ENDS = frozenset(".!?;:")
_LARGEST = 4_000_000  # words against words that are compared at once; larger passages are first aligned by sentences


class Change(NamedTuple):
    """Words ``start`` to ``end`` of the old wording became ``new_start`` to ``new_end`` of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


def split_words(text: str) -> list[str]:
    """Words, single signs, and the white space between them; together they are the text."""
    return _WORD.findall(text)


def offsets_of(words: Sequence[str]) -> list[int]:
    """Where each word begins, and where the last one ends."""
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word))
    return offsets


def changes_between(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """What differs, in order; spaces, tabs and line breaks in any number are the same white space."""
    left, right = [_sameness(word) for word in old], [_sameness(word) for word in new]
    begin = 0
    while begin < min(len(left), len(right)) and left[begin] == right[begin]:
        begin += 1
    end, new_end = len(left), len(right)
    while end > begin and new_end > begin and left[end - 1] == right[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    found = _aligned(left, right, Change(begin, end, begin, new_end))
    return list(_joined(found, left))


def _sameness(word: str) -> str:
    return " " if word[0] in WHITE else word


def _aligned(old: list[str], new: list[str], part: Change) -> Iterator[Change]:
    """The changes inside a part of both; a part that is too large is cut where its sentences are the same."""
    left, right = old[part.start : part.end], new[part.new_start : part.new_end]
    if not left or not right:
        if left or right:
            yield part
    elif len(left) * len(right) <= _LARGEST:
        numbers: dict[str, int] = {}
        numbered = [[numbers.setdefault(word, len(numbers)) for word in words] for words in (left, right)]
        for found in Indel.opcodes(*numbered):
            if found.tag != "equal":
                low, new_low = part.start + found.src_start, part.new_start + found.dest_start
                yield Change(low, part.start + found.src_end, new_low, part.new_start + found.dest_end)
    else:
        yield from _by_sentences(old, new, part)


def _by_sentences(old: list[str], new: list[str], part: Change) -> Iterator[Change]:
    cuts, new_cuts = _sentences(old, part.start, part.end), _sentences(new, part.new_start, part.new_end)
    left = ["".join(old[low:high]) for low, high in pairwise(cuts)]
    right = ["".join(new[low:high]) for low, high in pairwise(new_cuts)]
    for tag, low, high, new_low, new_high in SequenceMatcher(None, left, right).get_opcodes():
        if tag == "equal":
            continue
        inner = Change(cuts[low], cuts[high], new_cuts[new_low], new_cuts[new_high])
        if (inner.end - inner.start) * (inner.new_end - inner.new_start) <= _LARGEST:
            yield from _aligned(old, new, inner)
        else:
            yield inner


def _sentences(words: list[str], start: int, end: int) -> list[int]:
    return [start, *(i + 1 for i in range(start, end - 1) if words[i] in _SENTENCE_ENDS), end]


def _joined(changes: Iterator[Change], old: list[str]) -> Iterator[Change]:
    """Changes that only white space parts are one."""
    waiting: Change | None = None
    for change in changes:
        if waiting is not None and all(word == " " for word in old[waiting.end : change.start]):
            waiting = Change(waiting.start, change.end, waiting.new_start, change.new_end)
            continue
        if waiting is not None:
            yield waiting
        waiting = change
    if waiting is not None:
        yield waiting
