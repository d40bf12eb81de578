"""What stands left of a text: the margin that a dump keeps, and the numbers of its lines (manuscripts, editions).

>>> from corpus.layout.lines import split_lines
>>> lines, numbers = trim_margins(split_lines("  One\\n    two\\n  three\\n  four\\n  five\\n"))
>>> [line.indent for line in lines], numbers
([0, 2, 0, 0, 0], [])
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.layout.lines import Line
from corpus.layout.pages import Furniture
from corpus.layout.zones import zone_of

_EVERY = re.compile(r"(?P<n>\d{1,4})(?:\s+(?=\S)|$)")  # "12  the text of a line"
_LEFT = re.compile(r"(?P<n>\d{1,4})\s{2,}(?=\S)")
_RIGHT = re.compile(r"(?<=\S)\s{2,}(?P<n>\d{1,4})$")
_FEWEST = 8  # numbered lines that are believed
_FEWEST_FIFTHS = 3
_STEP = 5
_FEWEST_PARAGRAPHS = 3
_PROSE = 60  # a paragraph on one line is longer
_SIDES = 2  # left and right pages of a book have margins of their own
_ENOUGH = 5  # lines that a page needs to tell its margin


class _Numbered(NamedTuple):
    """A line (by index) and where in its text the number of the line stands."""

    line: int
    number: int
    start: int
    end: int


def trim_margins(lines: Sequence[Line]) -> tuple[list[Line], list[Furniture]]:
    """The lines without their numbers and without the margin that all of them keep; and the numbers."""
    found = _every_line(lines) or _fifths(lines, _LEFT) or _fifths(lines, _RIGHT)
    numbers = [Furniture(lines[at.line].start + at.start, lines[at.line].start + at.end, "boilerplate") for at in found]
    lines = list(_without(lines, found))
    counted = _paragraph_numbers(lines)
    numbers += [Furniture(lines[i].start, lines[i].end, "label") for i in counted]
    return _set_out(_without_paragraph_numbers(lines, counted)), sorted(numbers)


def _every_line(lines: Sequence[Line]) -> list[_Numbered]:
    """The numbers of a text whose lines are all numbered, through the whole text or anew on each page.

    The notes of a list are numbered too, but their lines do not go on in the middle of a sentence.
    """
    found = [
        _Numbered(i, int(match["n"]), 0, len(match["n"]))
        for i, line in enumerate(lines)
        if (match := _EVERY.match(line.text))
    ]
    if len(found) < _FEWEST or len(found) * 10 < 8 * len(lines):
        return []
    chained = [pair for pair in pairwise(found) if pair[1].number == pair[0].number + 1]
    wraps = sum(lines[below.line].text[below.end :].lstrip()[:1].islower() for _, below in chained)
    return found if len(chained) * 10 >= 8 * len(found) and wraps * 8 >= len(chained) else []


def _fifths(lines: Sequence[Line], pattern: re.Pattern[str]) -> list[_Numbered]:
    """The numbers of a text in which every fifth line has one."""
    found = [
        _Numbered(i, int(match["n"]), *match.span("n"))
        for i, line in enumerate(lines)
        if (match := pattern.search(line.text)) and int(match["n"]) % _STEP == 0
    ]
    regular = {
        at
        for above, below in pairwise(found)
        if below.line - above.line == _STEP and below.number - above.number == _STEP
        for at in (above, below)
    }
    return [at for at in found if at in regular] if len(regular) >= _FEWEST_FIFTHS else []


def _paragraph_numbers(lines: Sequence[Line]) -> set[int]:
    """Numbers alone on their lines that count the paragraphs, as journals print them beside a text on the web."""
    end = next((i for i, line in enumerate(lines) if zone_of(line.text) in ("notes", "references")), len(lines))
    found: list[int] = []
    for i, line in enumerate(lines[: max(end - 1, 0)]):
        if line.text == str(len(found) + 1):
            below = lines[i + 1].text
            if len(below) < _PROSE or not below[0].isupper() or (i and lines[i - 1].text[-1] in ",;-"):
                return set()
            found.append(i)
    return set(found) if len(found) >= _FEWEST_PARAGRAPHS else set()


def _without_paragraph_numbers(lines: Sequence[Line], counted: set[int]) -> list[Line]:
    return [
        line._replace(gap=max(line.gap, 1)) if i - 1 in counted else line
        for i, line in enumerate(lines)
        if i not in counted
    ]


def _without(lines: Sequence[Line], found: Sequence[_Numbered]) -> Iterator[Line]:
    """The lines without their numbers; a line with nothing else was a blank one."""
    numbered = {at.line: at for at in found}
    gap, page = 0, False
    for i, line in enumerate(lines):
        at = numbered.get(i)
        if at is not None:
            line = _cut(line, at)
        gap, page = gap + line.gap, page or line.page
        if line.text:
            yield line._replace(gap=gap, page=page)
            gap, page = 0, False
        else:
            gap += 1


def _cut(line: Line, at: _Numbered) -> Line:
    if at.start:
        text = line.text[: at.start].rstrip()
        return line._replace(text=text, end=line.start + len(text))
    text = line.text[at.end :].lstrip()
    start = line.end - len(text)
    return line._replace(text=text, start=start, indent=line.indent + start - line.start)


def _set_out(lines: Sequence[Line]) -> list[Line]:
    """The lines without the margin of their page."""
    pages: list[list[Line]] = []
    for line in lines:
        if line.page or not pages:
            pages.append([])
        pages[-1].append(line)
    sides = [[_margin(page) for page in pages[side::_SIDES] if len(page) >= _ENOUGH] for side in range(_SIDES)]
    margins = [sorted(found)[len(found) // 4] if found else 0 for found in sides]
    if not any(margins):
        return list(lines)
    return [
        line._replace(indent=max(0, line.indent - margins[number % _SIDES]))
        for number, page in enumerate(pages)
        for line in page
    ]


def _margin(page: Sequence[Line]) -> int:
    """The least indent of a page, a few lines that stick out (numbers, signs) left out of account."""
    return sorted(line.indent for line in page)[len(page) // 20]
