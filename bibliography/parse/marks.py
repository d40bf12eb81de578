"""The fields found so far in one reference string, and the text with what is already read blanked out.

>>> marks = Marks("Sutton A. doi:10.1/x")
>>> marks.add("doi", 14, 20); marks.add("author", 0, 8); marks.masked[:14], marks.text("author")
('        . doi:', 'Sutton A')
"""

from __future__ import annotations

from schemas.records import FieldSpan

_EDGES = " \t\r\n\u00a0,;:/–—"
_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "«": "»", '"': '"'}


class Marks:
    """Collects spans over ``raw``; a field once found is never covered by another."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.masked = raw
        self.spans: list[FieldSpan] = []

    def add(self, label: str, start: int, end: int, *, keep_stop: bool = False, mask: bool = True) -> None:
        """Note a field; punctuation at its edges is left out, and an empty or covered field is not noted."""
        start, end = self._trim(start, end, keep_stop)
        if start >= end or any(span.start < end and start < span.end for span in self.spans):
            return
        self.spans.append(FieldSpan(start, end, label))
        if mask:
            self.blank(start, end)

    def blank(self, start: int, end: int) -> None:
        """Hide a stretch from the readers that follow."""
        self.masked = self.masked[:start] + " " * (end - start) + self.masked[end:]

    def has(self, label: str) -> bool:
        """Whether the field was found."""
        return any(span.label == label for span in self.spans)

    def text(self, label: str) -> str | None:
        """The first field with this label, as the string writes it."""
        span = min((s for s in self.spans if s.label == label), key=lambda s: s.start, default=None)
        return None if span is None else self.raw[span.start : span.end]

    def texts(self, label: str) -> list[str]:
        """All fields with this label, in order."""
        return [self.raw[s.start : s.end] for s in sorted(self.spans, key=lambda s: s.start) if s.label == label]

    def _trim(self, start: int, end: int, keep_stop: bool) -> tuple[int, int]:
        edges = _EDGES if keep_stop else _EDGES + "."
        raw = self.raw
        while True:
            while start < end and (raw[start] in edges or self.masked[start] == " "):
                start += 1
            while start < end and (raw[end - 1] in edges or self.masked[end - 1] == " "):
                end -= 1
            opened, closed = (raw[start : start + 1], raw[end - 1 : end]) if start < end else ("", "")
            inner = raw[start + 1 : end - 1]
            if (
                opened
                and _PAIRS.get(opened) == closed
                and end - start > 1
                and opened not in inner
                and closed not in inner
            ):
                start, end = start + 1, end - 1
            elif (
                opened and closed in _PAIRS.values() and closed not in '”’"»' and not _opens(raw[start:end], closed)
            ) or (closed in _PAIRS and closed != '"'):
                end -= 1
            else:
                return start, end


def _opens(text: str, closed: str) -> bool:
    return any(opener in text for opener, partner in _PAIRS.items() if partner == closed)
