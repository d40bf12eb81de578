"""GOST R 7.0.5: " // " parts an article from its host. "Schmidt H. Title // Journal. 2015. Т. 18. № 2. С. 27–35." """

from __future__ import annotations

import re

from bibliography.parse.authors import scan_names
from bibliography.parse.cuts import first_break, skip
from bibliography.parse.host import read_edited_by
from bibliography.parse.imprint import PLACE_PUBLISHER, read_imprint
from bibliography.parse.marks import Marks
from bibliography.parse.tail import read_numbers

_HOST = re.compile(r"\s*//\s*")


def read(marks: Marks) -> bool:
    """Mark a reference that has " // "."""
    host = _HOST.search(marks.masked)
    if host is None or host.start() < 3:
        return False
    names = scan_names(marks.masked, 0)
    at = 0
    if names is not None and names.end < host.start():
        for span in names.names:
            marks.add("author", *span, keep_stop=True)
        at = skip(marks.masked, names.end)
    marks.add("title", at, _without_responsibility(marks.masked, at, host.start()), keep_stop=False)
    at = host.end()
    read_edited_by(marks, at)
    read_numbers(marks, at, len(marks.raw), anywhere=True)
    stop = first_break(marks.masked, at, len(marks.raw)) or _gap(marks.masked, at)
    stop = min(stop, _gap(marks.masked, at))
    edited = marks.has("editor") or PLACE_PUBLISHER.search(marks.masked, stop) is not None
    marks.add("booktitle" if edited else "journal", at, stop)
    read_imprint(marks, stop, len(marks.raw))
    return True


def _gap(text: str, at: int) -> int:
    found = re.search(r"\s{3,}|;", text[at:])
    return at + found.start() if found else len(text)


def _without_responsibility(text: str, start: int, end: int) -> int:
    """The title's end before " / B. M. Shpotov", which repeats the authors."""
    slash = text.find(" / ", start, end)
    return slash if slash > start else end
