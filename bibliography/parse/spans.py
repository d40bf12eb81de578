"""Where a field's own characters begin and end: without parting punctuation, unpaired brackets and quotation marks.

>>> raw = "“Title,” (London, 1969)."
>>> [raw[slice(*trim_span(raw, low, high, label))] for low, high, label in ((0, 8, "title"), (9, 24, "place"))]
['Title', 'London, 1969']
"""

from __future__ import annotations

import re

_EDGES = " \t\r\n\u00a0,;:/–—=<>"
_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "«": "»", '"': '"', "„": "“"}
_KEEP_STOP = frozenset(("author", "editor", "translator", "contributor"))  # "A. C." keeps the stop of an initial
_CLOSERS = frozenset(_PAIRS.values())


_INITIALS_LAST = re.compile(
    r"[^\W\d_]\..*\b[^\W\d_]$", re.DOTALL
)  # "Gatrell P., Harrison M": the last stop is the initial's own


def trim_span(raw: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The span without what only parts it from its neighbours; may come out empty (start == end)."""
    keep_stop = label in _KEEP_STOP and _ends_in_initial(raw, start, end)
    edges = _EDGES if keep_stop else _EDGES + "."
    while start < end:
        if raw[start] in _EDGES + "." or (raw[start] == "-" and not raw[start + 1 : start + 2].isdigit()):
            start += 1
        elif raw[end - 1] in edges or raw[end - 1] in "-‐":
            end -= 1
        elif _wrapped(raw, start, end):
            start, end = start + 1, end - 1
        elif _lonely_opener(raw, start, end):
            start += 1
        elif _lonely_closer(raw, start, end):
            end -= 1
        else:
            break
    if label in _KEEP_STOP and raw[end : end + 1] == "." and _INITIALS_LAST.search(raw[start:end]):
        end += 1
    opener = _missing_opener(raw, start, end)
    return start - (start > 0 and raw[start - 1] == opener), end


def _missing_opener(raw: str, start: int, end: int) -> str:
    """The opening mark that the span lacks: of "«Quoted»: title" it was taken for a mark around the whole title."""
    text = raw[start:end]
    for opener, closer in _PAIRS.items():
        if closer != '"' and closer in text and text.count(closer) > text.count(opener):
            at = text.index(closer)
            if opener not in text[:at] and not (closer == "’" and text[at + 1 : at + 2].isalpha()):
                return opener
    return ""


def _ends_in_initial(raw: str, start: int, end: int) -> bool:
    """Whether the name list ends in an initial or an abbreviated "Jr." or "al.", whose stop is its own.

    The stop behind unpointed initials ("Simkhovich M.") ends the field.
    """
    text = raw[start:end].rstrip()
    words = text.replace(".", ". ").split()
    return bool(words) and words[-1].endswith(".") and len(words[-1]) <= 4 and any(mark in text[:-1] for mark in ".,")


def _wrapped(raw: str, start: int, end: int) -> bool:
    opened, closed = raw[start], raw[end - 1]
    if end - start < 2 or _PAIRS.get(opened) != closed:
        return False
    inner = raw[start + 1 : end - 1]
    return opened not in inner and closed not in inner


def _lonely_opener(raw: str, start: int, end: int) -> bool:
    opened = raw[start]
    closer = _PAIRS.get(opened)
    return closer is not None and closer not in raw[start + 1 : end]


def _lonely_closer(raw: str, start: int, end: int) -> bool:
    closed = raw[end - 1]
    if closed in _PAIRS and closed not in _CLOSERS:
        return True
    if closed not in _CLOSERS:
        return False
    if closed == "’":  # an apostrophe at a word's end ("Iyul’") closes nothing
        return "‘" not in raw[start : end - 1] and raw[start - 1 : start] == "‘"
    openers = [opener for opener, closer in _PAIRS.items() if closer == closed]
    return not any(opener in raw[start : end - 1] for opener in openers)
