"""A pasted list of references to its entries.

>>> text = "1. Lenin VI. Works.\\n   Moscow; 1969.\\n2. Stalin IV. Essays."
>>> [text[start:end] for start, end in split_references(text)]
['1. Lenin VI. Works.\\n   Moscow; 1969.', '2. Stalin IV. Essays.']
"""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"^[ \t]*(?:\[(?P<a>\d{1,4})\]|(?P<b>\d{1,4})[.)])[ \t]+\S", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLANK = re.compile(r"\n[ \t\r]*\n")


def split_references(text: str) -> list[tuple[int, int]]:
    """The span of each entry: by their numbers 1, 2, 3 ...; else one a paragraph where lines are indented; else a line."""
    numbered = list(_NUMBERED.finditer(text))
    values = [int(found["a"] or found["b"]) for found in numbered]
    if len(values) > 1 and values == list(range(values[0], values[0] + len(values))):
        starts = [found.start() for found in numbered]
        head = [_trim(text, 0, starts[0])] if text[: starts[0]].strip() else []
        return head + [_trim(text, a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [_trim(text, *span) for span in _hanging(text)]


def _hanging(text: str) -> list[tuple[int, int]]:
    """Lines; one that is indented behind one that is not continues it."""
    spans: list[tuple[int, int]] = []
    flush = True
    for found in _LINE.finditer(text):
        indented = found[0][0] in " \t"
        if spans and indented and flush and not _BLANK.search(text, spans[-1][1], found.start() + 1):
            spans[-1] = (spans[-1][0], found.end())
            continue
        flush = not indented
        spans.append(found.span())
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
