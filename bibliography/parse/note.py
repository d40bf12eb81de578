"""A book as footnotes cite it: given names first, imprint in brackets, the cited page at the end.

"Barry Eichengreen, Golden Fetters: The Gold Standard and the Great Depression (New York: Oxford University Press, 1992), 3-28."
"""

from __future__ import annotations

import re

from bibliography.parse.marks import Marks

# "(Cambridge: Cambridge University Press, 1976)"
_IMPRINT = re.compile(r"\((?P<place>[^():]{2,60}): ?(?P<publisher>[^():]{2,90}), ?(?P<year>1[4-9]\d\d|20\d\d)\)")
# ", 211." or ", pp. 37-97, 101"
_PAGES = re.compile(
    r"\s*,\s*(?:pp?\.\s*)?(?P<pages>\d{1,4}(?:[–—-]\d{1,4})?(?:, ?\d{1,4}(?:[–—-]\d{1,4})?){0,4})\.?\s*$"
)
_SIGNAL = re.compile(r"(?:but\s+)?(?:see(?: also)?|cf\.|compare|e\.g\.,?)\s+", re.IGNORECASE)
_WORD = r"[^\W\d_a-z][\w’'.-]*"
_NAME = re.compile(rf"(?:{_WORD} )(?:(?:{_WORD}|van|von|de|der|du|la) ){{0,4}}{_WORD}")
_EDITED = re.compile(r",? \(?eds?\.\)?$")
_MOST_AUTHORS = 6


def read(marks: Marks) -> bool:
    """Mark a reference that begins with full names and has place, publisher and year in brackets."""
    text = marks.masked
    imprint = _IMPRINT.search(text)
    if imprint is None:
        return False
    signal = _SIGNAL.match(text)
    begin = signal.end() if signal else 0
    names = _names(text, begin, imprint.start())
    if not names:
        return False
    label = "editor" if _EDITED.search(text[: names[-1][2]]) else "author"
    for start, end, _ in names:
        marks.add(label, start, end, keep_stop=True)
    marks.add("title", names[-1][2], imprint.start())
    marks.add("place", *imprint.span("place"))
    marks.add("publisher", *imprint.span("publisher"), keep_stop=True)
    marks.add("date", *imprint.span("year"))
    pages = _PAGES.match(text, imprint.end())
    if pages:
        marks.add("pages", *pages.span("pages"))
    return marks.has("title")


def _names(text: str, begin: int, limit: int) -> list[tuple[int, int, int]]:
    """The leading names: start, end, and where the text goes on. "Golden Fetters" after one name is no second author."""
    segments = [(m.start(), m.end()) for m in re.finditer(r"[^,]+", text[begin:limit])][: _MOST_AUTHORS + 1]
    if len(segments) < 2:
        return []
    found: list[tuple[int, int, int]] = []
    for low, high in segments[:-1]:
        start, end = begin + low, begin + high
        last = re.match(r"\s*and ", text[start:end])
        people = [(m.start(), m.end()) for m in re.finditer(r"(?:(?! and ).)+", text[start:end])]
        people = [(start + a, start + b) for a, b in people]
        people = [_stripped(text, a, b) for a, b in people]
        if not all(_NAME.fullmatch(text[a:b]) for a, b in people):
            break
        found += [(a, b, end + 1) for a, b in people]
        if last or len(people) > 1:
            return found
    # Without "and" only the first segment is a name for sure.
    return found[:1]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    lead = re.match(r"(?:\s+|and )*", text[start:end])
    start += lead.end() if lead else 0
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
