"""What stands behind the authors: title, journal or host work, numbers, imprint; used by the styles in Latin script."""

from __future__ import annotations

import re

from bibliography.parse.cuts import first_break, last_break, last_comma, quoted, skip
from bibliography.parse.host import IN, host_end, is_meeting, read_edited_by, read_host
from bibliography.parse.imprint import GENRE, PLACE_PUBLISHER, read_imprint
from bibliography.parse.letters import YEAR
from bibliography.parse.marks import Marks
from bibliography.parse.tail import read_numbers

_PROC = re.compile(r"(?:[.,]\s*)(?:In\s+)?(?=(?:Proc\.|Proceedings|Conference on|Advances in|Lecture Notes)\b)")

_IMPRINT = re.compile(rf"\s*\((?=[^()]*[^\W\d_][^()]*,\s*{YEAR}\s*\))")  # " (Springer, 2012)"


def read_body(marks: Marks, at: int, *, commas: bool = False, last: bool = False) -> None:
    """Mark everything from ``at`` on; ``commas`` where fields are parted by commas, ``last`` where titles hold stops."""
    at = skip(marks.masked, at)
    if (quote := quoted(marks.masked, at)) is not None:
        marks.add("title", quote[0], quote[1])
        _read_after_title(marks, quote[2])
    elif host := _host(marks.masked, at):
        marks.add("title", at, host.start() + 1)
        read_host(marks, host.end())
    elif genre := GENRE.search(marks.masked, at):
        _read_grey(marks, at, genre)
    else:
        _read_unquoted(marks, at, commas=commas, last=last)


def _host(text: str, at: int) -> re.Match[str] | None:
    found = IN.search(text, at)
    return found if found is not None and found.start() > at + 4 else None


def _read_after_title(marks: Marks, at: int) -> None:
    """Behind a quoted title: "in Host (Place: Publisher, year)", or "Journal 7, no. 2 (1984): 1-2"."""
    at = skip(marks.masked, at)
    if found := re.match(r"(?:in|In|dans|В кн\.)\s?:?\s+", marks.masked[at : at + 12]):
        read_host(marks, at + found.end())
        return
    end = len(marks.raw)
    if genre := GENRE.search(marks.masked, at):
        marks.add("genre", *genre.span("value"))
        marks.add("number", *genre.span("number")) if genre["number"] else None
    read_edited_by(marks, at)
    read_numbers(marks, at, end, anywhere=True)
    if is_meeting(marks.masked[at:end]):
        stop = host_end(marks.masked, at, end)
        marks.add("booktitle", at, stop)
        read_imprint(marks, stop, end, place_first=True)
    elif (
        marks.has("volume")
        or marks.has("issue")
        or (marks.has("pages") and not PLACE_PUBLISHER.search(marks.masked, at))
    ):
        marks.add("journal", at, _journal_end(marks.masked, at))
    else:
        stop = host_end(marks.masked, at, end)
        read_imprint(marks, at, end) if "(" in marks.raw[at : at + 2] else marks.add("journal", at, stop)
        read_imprint(marks, stop, end)


def _journal_end(text: str, at: int) -> int:
    found = re.search(r"\s{3,}|[(\[;]|\s*,\s*\b(?:vol|no|pp)\b", text[at:])
    return at + found.start() if found else len(text)


def _read_grey(marks: Marks, at: int, genre: re.Match[str]) -> None:
    """Theses and reports: "Title. PhD thesis, University, Place, year"."""
    cut = first_break(marks.masked, at, genre.start())
    marks.add("title", at, cut if cut is not None else genre.start())
    marks.add("genre", *genre.span("value"))
    if genre["number"]:
        marks.add("number", *genre.span("number"))
    read_numbers(marks, genre.end(), len(marks.raw), anywhere=True)
    read_imprint(marks, genre.end(), len(marks.raw))


def _read_unquoted(marks: Marks, at: int, *, commas: bool, last: bool) -> None:
    end = len(marks.raw)
    begin = read_numbers(marks, at, end)
    if marks.has("volume") or marks.has("issue") or _is_article(marks, at, begin):
        _read_article(marks, at, begin, commas=commas, last=last)
        return
    found = _PROC.search(marks.masked, at + 4)
    if found:
        marks.add("title", at, found.start() + 1)
        read_host(marks, found.end())
        return
    read_edited_by(marks, at)
    text = marks.masked
    stop = _book_end(text, at, end, commas=commas)
    if bracket := _IMPRINT.search(marks.raw, at + 3):
        stop = min(stop, bracket.start())
    marks.add("title", at, stop)
    read_numbers(marks, stop, end, anywhere=True)
    read_imprint(marks, stop, end)


def _is_article(marks: Marks, at: int, begin: int) -> bool:
    """Pages and no imprint before them: "Title. Journal, pp. 1-2, 1984"."""
    return (
        marks.has("pages")
        and not PLACE_PUBLISHER.search(marks.masked, at, begin)
        and last_break(marks.masked, at, begin) is not None
    )


def _read_article(marks: Marks, at: int, begin: int, *, commas: bool, last: bool) -> None:
    text = marks.masked
    cut = last_break(text, at, begin) if last or not commas else None
    if (
        not last
        and not commas
        and (early := first_break(text, at, begin)) is not None
        and len(text[early:begin].split()) <= 12
    ):
        cut = early
    if cut is None:
        cut = last_comma(text, at, begin)
    if cut is None:
        cut = last_break(text, at, begin)
    if cut is not None:
        marks.add("title", at, cut)
        marks.add("journal", cut, begin)
    elif len(text[at:begin].split()) <= 8:
        marks.add("journal", at, begin)
    else:
        marks.add("title", at, begin)


def _book_end(text: str, at: int, end: int, *, commas: bool) -> int:
    """Where the title of a book ends: a sentence break, its imprint in brackets, or "Place:"."""
    stops = [found.start() for found in [re.search(r"\s[(\[](?=[^()]*:|\s{3})|\s{3,}", text[at:end])] if found]
    stops = [at + stop for stop in stops]
    if (cut := first_break(text, at, end)) is not None:
        stops.append(cut)
    place = PLACE_PUBLISHER.search(text, at + 5, end)
    if place and re.search(r"[.,;]\s*$", text[at : place.start()]):
        stops.append(place.start())
    if commas and not stops and (comma := text.find(", ", at + 8)) > 0:
        stops.append(comma)
    return min(stops, default=end)
