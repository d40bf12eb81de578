"""The numbers of a reference: volume, issue, pages, date, however they are ordered and pointed.

>>> from bibliography.parse.marks import Marks
>>> marks = Marks("Voprosy istorii. 2013;9(2):46–59"); read_numbers(marks, 0, 32)
17
>>> [marks.text(label) for label in ("date", "volume", "issue", "pages")]
['2013', '9', '2', '46–59']
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bibliography.parse.letters import DASH, MONTH, YEAR
from bibliography.parse.marks import Marks

_PAGE = r"[A-Za-z]{0,2}\d+[A-Za-z]?"
_RANGE = rf"{_PAGE}\s?{DASH}\s?{_PAGE}"
_ITEM = re.compile(
    rf"""
      (?P<pages>  (?<![\w]) (?:pp?|pages?|Pp|PP|стр|[СсSs]) \b\.?\s* (?P<pages_v>{_RANGE}|{_PAGE}(?:\s?ff?\b\.?)?)
                  (?:,\s?{_RANGE})* )
    | (?P<count>  \b (?P<count_v>\d{{1,4}}) \s? (?:pp?|[sSсС]|pages|Seiten)\b\.? (?!\s*\d) )
    | (?P<edition>\b (?P<edition_v>(?:\d{{1,2}}(?:st|nd|rd|th|e|\.)?|[Ss]econd|[Tt]hird|[Rr]ev(?:ised|\.)?)) \s
                  (?:edn?\b\.?|edition\b|Aufl(?:age)?\b\.?|éd\b\.?|изд\b\.?|ed\b\.(?!\s+(?:by|[A-Z]))) )
    | (?P<volume> (?<!\w) (?:[Vv]ol(?:ume)?s?|VOL|Bd|Band|[Тт]|[Tt]om[eo]?|Jg|Jahrgang|t) (?:\.|\b) \s?
                  (?P<volume_v>\d+(?:\s?{DASH}\s?\d+)?|[IVXLC]+\b|[ivxlc]+\b) )
    | (?P<issue>  (?<!\w) (?:[Nn]os?\b\.?|n[°ºo]\.?|№|Nr\b\.?|[Ii]ss(?:ue|\.)|[Nn]um(?:ber|\.)|Heft|H\.|[Вв]ып\.|[Vv]ypusk|[Ff]asc\.)
                  \s? (?P<issue_v>\d[\w/]*(?:\s?{DASH}\s?\d+)?) )
    | (?P<date>   (?P<bracket>[(\[]\s*)? (?P<date_v> (?:\d{{1,2}}\s+)? (?:{MONTH}(?:\s?[/–-]\s?{MONTH})?\s*,?\s*)? (?:\d{{1,2}}(?:st|nd|rd|th)?\s*,\s*)?
                  {YEAR}(?:\s?(?:{DASH}|/)\s?(?:{YEAR}|\d\d))?[a-z]?\b(?!\s?{DASH}\s?\d) (?:\s+{MONTH}(?:\s+\d{{1,2}})?)? ) (?(bracket)\s*[)\]]) )
    | (?P<paren>  \( \s* (?P<paren_v>(?:[Ss]uppl?\.?\s*|Pt\.?\s*|[Nn]o\.?\s*)?\d[\w]{{0,5}}(?:\s?(?:{DASH}|/)\s?\d+)?) \s*\) )
    | (?P<range>  (?<![\w]) (?P<range_v>{_RANGE}) (?!\w) )
    | (?P<number> (?<![\w]) (?P<number_v>[A-Z]{{0,2}}\d+[A-Za-z]?) (?!\w) )
    | (?P<sep>    [\s,;:.()\[\]]+ | \b(?:Article|art\.|eid)\b )
    | (?P<word>   \w+ | . )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


class Item(NamedTuple):
    """One piece of the tail: its kind, the span of its value, and where the whole piece begins and ends."""

    kind: str
    start: int
    end: int
    from_: int
    to: int
    bracketed: bool


def read_numbers(marks: Marks, start: int, end: int, *, anywhere: bool = False) -> int:
    """Mark the numbers that end the stretch; the offset where they begin.

    With ``anywhere`` the labelled ones (vol., no., pp.) and the last date are also taken from the middle.
    """
    items = _items(marks.masked, start, end)
    tail_at = len(items)
    while tail_at > 0 and items[tail_at - 1].kind != "word":
        tail_at -= 1
    while tail_at < len(items) and items[tail_at].kind == "sep":
        tail_at += 1
    tail = [item for item in items[tail_at:] if item.kind != "sep"]
    begin = tail[0].from_ if tail else end
    if anywhere:
        labelled = [i for i in items[:tail_at] if i.kind in ("pages", "volume", "issue", "edition", "count")]
        dates = [i for i in items[:tail_at] if i.kind == "date"]
        if dates and not marks.has("date") and not any(i.kind == "date" for i in tail):
            labelled.append(next((i for i in reversed(dates) if i.bracketed), dates[-1]))
        tail = [*labelled, *tail]
    _assign(marks, tail)
    return begin


def _items(text: str, start: int, end: int) -> list[Item]:
    items = []
    for found in _ITEM.finditer(text, start, end):
        kind = found.lastgroup or "word"
        kind = next(k for k in _KINDS if found[k] is not None)
        value = kind + "_v"
        low, high = found.span(value) if kind not in ("sep", "word") else found.span()
        items.append(Item(kind, low, high, found.start(), found.end(), found["bracket"] is not None))
    return items


_KINDS = ("pages", "count", "edition", "volume", "issue", "date", "paren", "range", "number", "sep", "word")


def _assign(marks: Marks, tail: list[Item]) -> None:
    """Give each piece its field: labelled ones by their label, the rest by their order."""
    date = _choose_date(marks, tail)
    for item in tail:
        label = "date" if item is date else item.kind
        if label in ("pages", "volume", "issue", "edition", "count") or item is date:
            marks.add(label, item.start, item.end)
            if label != "date" or item.bracketed:
                marks.blank(item.from_, item.to)  # "Bd." and "pp." go with their numbers
    rest = [item for item in tail if item is not date and item.kind in ("number", "range", "paren", "date")]
    ranges = [item for item in rest if item.kind == "range"]
    if ranges and not marks.has("pages"):
        marks.add("pages", ranges[-1].start, ranges[-1].end)
        rest.remove(ranges[-1])
    singles = [item for item in rest if item.kind != "paren"]
    if len(singles) == 1 and marks.has("volume") and not marks.has("pages"):
        marks.add("pages", singles[0].start, singles[0].end)
        rest.remove(singles[0])
    for item in rest:
        if not marks.has("volume") and item.kind != "paren":
            marks.add("volume", item.start, item.end)
        elif not marks.has("issue") and (item.kind == "paren" or marks.has("pages") or len(singles) > 2):
            marks.add("issue", item.start, item.end)
        elif not marks.has("pages") and item.kind != "paren":
            marks.add("pages", item.start, item.end)


def _choose_date(marks: Marks, tail: list[Item]) -> Item | None:
    if marks.has("date"):
        return None
    dates = [item for item in tail if item.kind == "date"]
    bracketed = [item for item in dates if item.bracketed]
    if bracketed:
        return bracketed[-1]
    if len(dates) > 1 and tail[0] is dates[0]:
        return dates[0]
    return dates[-1] if dates else None
