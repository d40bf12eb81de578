"""Vancouver style: "Lenin VI. Title [translation]. Moscow: Politizdat; 1969. p. 1-2." and "Journal. 2013;9:46-59."

Russian lists in Latin script use it with transliterated titles, translations in square brackets, and works cited in part.
"""

from __future__ import annotations

import re

from bibliography.parse.authors import scan_names
from bibliography.parse.body import read_body
from bibliography.parse.cuts import first_break, last_break, skip
from bibliography.parse.host import EDITORS, read_editors
from bibliography.parse.letters import UP, YEAR
from bibliography.parse.marks import Marks
from bibliography.parse.tail import read_numbers

_IMPRINT = re.compile(  # "Moscow: Russian State University for the Humanities; 1999"
    rf"(?P<place>{UP}[^.;:\[\]]{{1,60}}?)\s?:\s(?P<publisher>[^;\[\]]{{2,140}}?);\s?(?P<date>{YEAR})[a-z]?\b"
)
_JOURNAL_TAIL = re.compile(
    rf"\b{YEAR}\s?(?:{UP}?\w{{3,9}}\.?\s\d{{0,2}})?\s*;\s*[\w(]"
)  # "2013;9:46", "2009            ;2(26)"
_BRACKET = re.compile(r"\[(?P<inner>[^\[\]]{3,})\]")
_HOST = re.compile(r"[.?!\]]\s+In:\s+")
_VOLUME = re.compile(  # ". Tom 34, Iyul’ – oktyabr’ 1917"
    r"[.,]\s+(?P<label>(?:[Tt]om|[Vv]ol(?:ume)?\.?|[Vv]ypusk|[Vv]yp\.|[Cc]hast’?|[Kk]niga|[Ii]ssue|[Pp]art|Bd\.?|Band)\s+(?P<value>\d+|[IVXLC]+)\b)"
    r"(?:[.,:]\s*(?P<name>[^\[\]]{2,}?))?(?=\s*(?:[\[.]|$))"
)


def read(marks: Marks) -> bool:
    """Mark a reference whose authors have glued initials or whose numbers are pointed as Vancouver points them."""
    pointed = _IMPRINT.search(marks.masked) or _JOURNAL_TAIL.search(marks.masked)
    names = scan_names(marks.masked, 0, styles=("glued", "pointed", "inverted")) if pointed else None
    names = names or scan_names(marks.masked, 0)
    if not pointed and (names is None or names.style != "glued"):
        return False
    at = 0
    if names is not None:
        editors = EDITORS.match(marks.masked, names.end)
        for span in names.names:
            initials = marks.raw[slice(*span)].count(".")  # of "Simkhovich M." the stop ends the list
            marks.add("editor" if editors else "author", *span, keep_stop=initials > 1)
        at = editors.end() if editors else names.end
    at = skip(marks.masked, at)
    imprint = _IMPRINT.search(marks.masked, at)
    if imprint is not None:
        _read_book(marks, at, imprint)
    elif _JOURNAL_TAIL.search(marks.masked, at):
        _read_article(marks, at)
    else:
        read_body(marks, at, last=True)
    return marks.has("title") or marks.has("journal")


def _read_article(marks: Marks, at: int) -> None:
    begin = read_numbers(marks, at, len(marks.raw))
    text = marks.masked
    bracket = _BRACKET.match(text, at)
    if bracket:
        cut: int | None = bracket.end()
    else:
        cut = last_break(text, at, begin)
        inner = [m for m in _BRACKET.finditer(text, at, begin) if text[m.end() : m.end() + 1] == "."]
        cut = inner[-1].end() if inner else cut
    if cut is None:
        marks.add("journal", at, begin)
        return
    _read_title(marks, at, cut, "title", "title-translated")
    marks.add("journal", cut, begin)


def _read_book(marks: Marks, at: int, imprint: re.Match[str]) -> None:
    for label in ("place", "publisher", "date"):
        marks.add(label, *imprint.span(label), mask=False)
    after = skip(marks.masked, imprint.end())
    head_end = imprint.start()
    host = _HOST.search(marks.masked, at, head_end)
    part = _part(marks.masked, after)
    if host:
        _read_title(marks, at, host.start() + 1, "title", "title-translated")
        at = read_editors(marks, host.end())
        _read_title(marks, at, head_end, "booktitle", "booktitle-translated")
    elif part is not None:
        _read_title(marks, at, head_end, "booktitle", "booktitle-translated")
        _read_title(marks, after, part, "title", "title-translated")
        after = part
    else:
        _read_title(marks, at, head_end, "title", "title-translated")
    marks.blank(imprint.start(), imprint.end())
    read_numbers(marks, after, len(marks.raw), anywhere=True)


def _part(text: str, after: int) -> int | None:
    """The end of a cited part that is named behind the imprint: "[On the foundations of Leninism]; p. 69"."""
    found = re.compile(
        rf"(?P<title>\[[^\[\]]{{3,}}\]|{UP}[^;\[\]]{{3,200}})\s*;\s*(?:p|pp|s|с)\b", re.IGNORECASE
    ).match(text, after)
    return found.end("title") if found else None


def _read_title(marks: Marks, start: int, end: int, label: str, translated: str) -> None:
    """A title with its volume and its translation in brackets; a bracket alone is the title."""
    text = marks.masked
    bracket = next((m for m in _BRACKET.finditer(text, start, end) if not text[m.end() : end].strip(" .;,")), None)
    if bracket and not text[start : bracket.start()].strip(" .;,"):
        marks.add(label, *bracket.span("inner"))
        return
    if bracket:
        marks.add(translated, *bracket.span("inner"))
        end = bracket.start()
    if volume := _VOLUME.search(text, start, end):
        issue = volume["label"].lower().startswith(("vyp", "iss"))
        marks.add("issue" if issue else "volume", *volume.span("value"))
        if volume["name"]:
            marks.add("volume-title", *volume.span("name"))
        end = volume.start()
    if (
        label == "title"
        and not bracket
        and (cut := first_break(text, start, end)) is not None
        and re.match(r"\d", text[cut:])
    ):
        end = cut
    marks.add(label, start, end)
