"""A pasted list of references to its entries.

>>> text = "1. Lenin VI. Works.\\n   Moscow; 1969.\\n2. Stalin IV. Essays."
>>> [text[start:end] for start, end in split_references(text)]
['1. Lenin VI. Works.\\n   Moscow; 1969.', '2. Stalin IV. Essays.']

What parts the entries is asked in this order: numbers that count on, blank lines, indentation (hanging, or of first lines),
and, where long lines are wrapped without any of these, lines that begin like an entry behind one that ends like one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import NamedTuple

from bibliography.parse.authors import scan_names

_NUMBERED = re.compile(r"^[ \t]*(?:\[(?P<a>\d{1,4})\]|(?P<b>\d{1,4})[.)])[ \t]*(?=\S)", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_DASHES = re.compile(r"[ \t]*(?:[—–]{1,3}|-{2,}|_{2,})\s*[.,:]")
_SENTENCE_END = re.compile(r"[.)\]”»\d/]\s*$")
_WIDE = 60  # characters: shorter lines are entries of their own
_LEAST_PARAGRAPHS = 2


class _Line(NamedTuple):
    start: int
    end: int
    indent: int
    blank_before: bool


def split_references(text: str) -> list[tuple[int, int]]:
    """The span of each entry, in order; every line belongs to one."""
    if numbered := _numbered(text):
        return numbered
    lines = _lines(text)
    if not lines:
        return []
    starts = _starts(text, lines)
    spans: list[tuple[int, int]] = []
    for line, begins in zip(lines, starts, strict=True):
        if begins or not spans:
            spans.append((line.start, line.end))
        else:
            spans[-1] = (spans[-1][0], line.end)
    return [_trim(text, *span) for span in spans]


def _numbered(text: str) -> list[tuple[int, int]]:
    """Entries by their numbers; a line that only looks numbered ("1969. 264 p.") breaks no count."""
    found = list(_NUMBERED.finditer(text))
    if not found:
        return []
    first = int(found[0]["a"] or found[0]["b"])
    starts: list[int] = []
    for match in found:
        if int(match["a"] or match["b"]) == first + len(starts):
            starts.append(match.start())
    if len(starts) < 2 or len(starts) < len(found) / 2:
        return []
    head = [_trim(text, 0, starts[0])] if text[: starts[0]].strip() else []
    return head + [_trim(text, a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    for found in _LINE.finditer(text):
        indent = len(found[0]) - len(found[0].lstrip(" \t\u00a0"))
        blank = bool(lines) and text.count("\n", lines[-1].end, found.start()) > 1
        lines.append(_Line(found.start(), found.end(), indent, blank))
    return lines


def _starts(text: str, lines: list[_Line]) -> list[bool]:
    """For each line whether an entry begins with it."""
    inner = lines[1:]
    if not inner:
        return [True]
    ways: tuple[Callable[[], list[bool] | None], ...] = (
        lambda: _by_blank_lines(lines),
        lambda: _by_indentation(lines),
        lambda: _by_looks(text, lines),
    )
    return next((starts for way in ways if (starts := way()) is not None), [True] * len(lines))


def _by_blank_lines(lines: list[_Line]) -> list[bool] | None:
    blanks = sum(line.blank_before for line in lines)
    if blanks < _LEAST_PARAGRAPHS or blanks == len(lines) - 1:
        return None if blanks < _LEAST_PARAGRAPHS else [True] * len(lines)
    wrapped = sum(1 for line in lines[1:] if not line.blank_before)
    if wrapped > 6 * blanks:  # headings between long stretches, not entries between blank lines
        return None
    return [n == 0 or line.blank_before for n, line in enumerate(lines)]


def _by_indentation(lines: list[_Line]) -> list[bool] | None:
    least = min(line.indent for line in lines)
    flush = [line.indent == least for line in lines]
    if all(flush) or sum(flush) < 1:
        return None
    if not flush[0] and sum(flush) > len(lines) / 3:  # first lines are indented
        return [n == 0 or not is_flush for n, is_flush in enumerate(flush)]
    return [n == 0 or is_flush or lines[n].blank_before for n, is_flush in enumerate(flush)]


def _by_looks(text: str, lines: list[_Line]) -> list[bool] | None:
    widest = max(line.end - line.start for line in lines)
    if widest < _WIDE or widest > 2 * _WIDE:  # lines of their own length are not wrapped
        return None
    starts = [True]
    for before, line in itertools.pairwise(lines):
        full = before.end - before.start > 0.75 * widest
        ended = _SENTENCE_END.search(text, before.start, before.end) is not None
        starts.append(not full or (ended and _begins_entry(text[line.start : line.end])))
    return starts


def _begins_entry(line: str) -> bool:
    if _DASHES.match(line):
        return True
    names = scan_names(line, 0)
    return names is not None and names.end > 4


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
