"""References without an author: "Kyklos 44: 71–75 (1991)", "The Times, 4 May 1931", "Title. Place: Publisher, 1931." """

from __future__ import annotations

from bibliography.parse.body import read_body
from bibliography.parse.cuts import skip
from bibliography.parse.imprint import PLACE_PUBLISHER
from bibliography.parse.marks import Marks
from bibliography.parse.tail import read_numbers

_MOST_WORDS = 10  # of a journal that stands alone


def read(marks: Marks) -> bool:
    """Mark a string that ends in a date or in numbers; any other is left unread."""
    at = skip(marks.masked, 0, " \t\u00a0.,;:–—-([")
    begin = read_numbers(marks, at, len(marks.raw))
    if not marks.spans or not any(marks.has(label) for label in ("date", "volume", "pages")):
        return False
    head = marks.masked[at:begin]
    if (
        not PLACE_PUBLISHER.search(marks.masked, at)
        and ". " not in head.rstrip(". ")
        and len(head.split()) <= _MOST_WORDS
    ):
        marks.add("journal", at, begin)
        return marks.has("journal")
    read_body(marks, at)
    return marks.has("title") or marks.has("journal")
