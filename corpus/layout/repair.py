"""Markers that were damaged on their way into the file: "l" for 1, "1O" for 10, "°" for a raised figure, a space before.

Asked only where a note has no marker: between its neighbours' markers there must be one thing, and one only, that can
have been its number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.layout.alignment import Alignment, Mark, Tag
from corpus.layout.candidates import find_marks
from corpus.layout.labels import DAMAGED
from corpus.layout.lines import Line

_MISREAD = re.compile(r"(?<=[^\W\d_][.,;:!?”’»)]|[^\W\d_]{2})(?P<n>(?=\d{0,2}[lIOo])[\dlIOo]{1,3})(?=[\s.,;:!?)]|$)")
_LETTER = re.compile(r"(?<=[^\W\d_A-Z]{2}[.!?”’»)])(?P<n>[SB])(?=\s+[^\W\d_a-z]|$)")  # "had.S The"
_LETTERS = {"S": 5, "B": 8}
_SMUDGE = re.compile(r"(?<=[^\W\d_][.!?”’»)])[°˚º`´^](?=\s|$)")  # what is left of a raised figure


def find_damaged(
    lines: Sequence[Line], words: Counter[str], marks: Sequence[Mark], tags: Sequence[Tag], found: Alignment
) -> dict[int, Mark]:
    """For each tag taken without a mark (by its index) the damaged marker between the marks around it."""
    starts = [line.start for line in lines]
    by_tag = {tag: marks[mark] for mark, tag in found.pairs.items()}
    repaired: dict[int, Mark] = {}
    low = 0
    for place, tag in enumerate(found.tags):
        if tag in by_tag:
            low = by_tag[tag].end
            continue
        above = next((by_tag[later].start for later in found.tags[place + 1 :] if later in by_tag), tags[tag].start)
        first, last = max(0, bisect_right(starts, low) - 1), bisect_left(starts, above)
        seen = list(_candidates(lines[first:last], words, tags[tag].number, low, min(above, tags[tag].start)))
        best = max((mark.weight for mark in seen), default=0.0)
        likely = [mark for mark in seen if mark.weight == best]
        if len(likely) == 1:
            repaired[tag] = likely[0]
            low = likely[0].end
    return repaired


def _candidates(lines: Sequence[Line], words: Counter[str], number: int, low: int, high: int) -> Iterator[Mark]:
    found = [mark for mark in find_marks(lines, words, "spaced") if mark.number == number]
    for line in lines:
        for match in _MISREAD.finditer(line.text):
            glued = line.text[match.start() - 1].isalpha()
            if match["n"].translate(DAMAGED) == str(number) and not (glued and match["n"].isalpha()):
                found.append(Mark(number, line.start + match.start(), line.start + match.end(), 0.7))
        for match in _LETTER.finditer(line.text):
            if _LETTERS[match["n"]] == number:
                found.append(Mark(number, line.start + match.start(), line.start + match.end(), 0.5))
        for match in _SMUDGE.finditer(line.text):
            found.append(Mark(number, line.start + match.start(), line.start + match.end(), 0.3))
    yield from (mark for mark in found if low <= mark.start < high)
