"""Dates of entries: BibTeX's year and month and BibLaTeX's date to CSL's date-parts, and back.

>>> read_date("2013-09/2014"), read_date("1984b"), read_date("n.d.")
({'date-parts': [[2013, 9], [2014]]}, {'date-parts': [[1984]], 'suffix': 'b'}, {'literal': 'n.d.'})
"""

from __future__ import annotations

import re
from typing import Any

from bibliography.edtf import SEASON, read_edtf

CslDate = dict[str, Any]

MONTH_KEYS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?P<year>-?\d{1,4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?(?P<mark>[~?%]?)"
)  # "1917-10-25", "1917~"
_YEAR = re.compile(r"(?P<year>\d{4})(?P<suffix>[a-z]?)")  # "1984b"
_YEARS = re.compile(r"(?P<first>\d{4})\s*(?:--?|[–—/])\s*(?P<last>\d{2,4})")  # "1933--1936", "1933/34"


def read_date(written: str) -> CslDate:
    """The date of a BibLaTeX ``date`` or a BibTeX ``year``; what is neither stays as ``literal``."""
    text = written.strip()
    if SEASON.fullmatch(text):
        return read_edtf(text) or {}
    if found := _YEAR.fullmatch(text):
        date: CslDate = {"date-parts": [[int(found["year"])]]}
        return date | ({"suffix": found["suffix"]} if found["suffix"] else {})
    sides = [_DAY.fullmatch(side.strip()) for side in text.split("/")]
    if 1 <= len(sides) <= 2 and all(sides) and not (len(sides) == 2 and _YEARS.fullmatch(text) and len(text) == 7):
        found_sides = [side for side in sides if side is not None]
        date = {"date-parts": [_parts(side) for side in found_sides]}
        return date | ({"circa": True} if any(side["mark"] for side in found_sides) else {})
    if years := _YEARS.fullmatch(text):
        first, last = years["first"], years["last"]
        return {"date-parts": [[int(first)], [int(first[: 4 - len(last)] + last)]]}
    return read_edtf(text) or {"literal": text}


def read_year_month(year: str, month: str | None, day: str | None = None) -> CslDate:
    """The date of classic BibTeX's fields; a month that is no month is left out."""
    date = read_date(year)
    number = month_number(month) if month else None
    parts = date.get("date-parts")
    if number and parts and len(parts) == 1 and len(parts[0]) == 1:
        days = [int(day)] if day and day.isdigit() and 1 <= int(day) <= 31 else []
        date = date | {"date-parts": [[*parts[0], number, *days]]}
    return date


def month_number(written: str) -> int | None:
    """1 to 12 for "mar", "March", "3"; None for anything else."""
    text = written.strip(" {}.").lower()
    if text.isdecimal():
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    return next((n for n, key in enumerate(MONTH_KEYS, 1) if text.startswith(key)), None)


def write_date(date: CslDate) -> dict[str, str]:
    """The BibTeX fields of a CSL date: ``year`` (and ``month``) where they say it all, else ``date``."""
    if date.get("edtf"):
        return {"date": str(date["edtf"])}
    sides = [list(side) for side in date.get("date-parts") or [] if side]
    if sides and date.get("season") in (1, 2, 3, 4):
        return {"date": f"{int(sides[0][0]):04d}-2{date['season']}"}
    if not sides:
        return {"year": str(date["literal"])} if date.get("literal") else {}
    if date.get("circa") or len(sides) > 1 or len(sides[0]) > 2 or not 0 < int(sides[0][0]) <= 9999:
        mark = "~" if date.get("circa") else ""
        return {"date": "/".join(_iso(side) + mark for side in sides[:2])}
    fields = {"year": f"{int(sides[0][0])}{date.get('suffix', '')}"}
    if len(sides[0]) == 2:
        fields["month"] = MONTH_KEYS[(int(sides[0][1]) - 1) % 12]
    return fields


def _parts(found: re.Match[str]) -> list[int]:
    parts = [int(found["year"])]
    for name, highest in (("month", 12), ("day", 31)):
        if found[name] is None or not 1 <= int(found[name]) <= highest:
            break
        parts.append(int(found[name]))
    return parts


def _iso(side: list[Any]) -> str:
    year, *rest = (int(part) for part in side)
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])
