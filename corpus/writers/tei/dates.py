"""A DateValue as TEI's datable attributes.

>>> date_attributes(DateValue("YEAR", "1929-01-01", "1929-12-31", "1929"))
{'when': '1929'}
>>> date_attributes(DateValue("PERIOD", "1929-01-01", "1933-12-31", "1929/1933"))
{'from': '1929-01-01', 'to': '1933-12-31'}
>>> date_attributes(DateValue("YEAR", "1929-01-01", None, "1929", modifier="after"))
{'notBefore': '1929-12-31'}

TEI's rules: @when stands alone, @from never with @notBefore, @to never with @notAfter. Years are astronomical, as in
ISO 8601: 300 BC is -0299. XML Schema has no year 0000 (1 BC), so a date in it has no attributes; its features say it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from schemas.values import DateValue

_POINT = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")  # 1929, 1929-10, 1929-10-29
_YEARLESS = re.compile(r"XXXX-(?P<month>\d\d)(?:-(?P<day>\d\d))?")  # XXXX-03-04, "March 4"
_YEAR = re.compile(r"-?\d{4}")
_ENDLESS = 4  # any leap year


def date_attributes(value: DateValue) -> dict[str, str]:
    """The attributes of ``date``: none where TEI cannot say what the phrase says."""
    earliest, latest, point = _day(value.earliest), _day(value.latest), _point(value)
    made: dict[str, str | None]
    match value.modifier:
        case "since":
            made = {"from": point or earliest}
        case "until":
            made = {"to": point or latest}
        case "after":
            made = {"notBefore": latest or _last_day(point)}
        case "before":
            made = {"notAfter": earliest or _first_day(point)}
        case "by":
            made = {"notAfter": latest or point}
        case "start" | "mid" | "end":
            made = {"notBefore": earliest, "notAfter": latest}
        case _ if point:
            made = {"when": point}
        case _ if value.kind == "PERIOD":
            made = {"from": earliest, "to": latest}
        case _:
            made = {"notBefore": earliest, "notAfter": latest}
    found = {name: day for name, day in made.items() if day is not None}
    if found and value.modifier == "approx":
        found["precision"] = "medium"
    return found


def _point(value: DateValue) -> str | None:
    """The date, month or year of a phrase that names just one."""
    edtf = value.edtf or ""
    if (yearless := _YEARLESS.fullmatch(edtf)) and _in_calendar(_ENDLESS, yearless):
        return f"--{edtf[5:]}"
    if value.earliest is not None and value.earliest == value.latest:
        return _day(value.earliest)
    return w3c_date(edtf)


def _first_day(point: str | None) -> str | None:
    """The day on which a year begins: "before 1934" is not after 1934-01-01."""
    return f"{point}-01-01" if point and _YEAR.fullmatch(point) else point


def _last_day(point: str | None) -> str | None:
    return f"{point}-12-31" if point and _YEAR.fullmatch(point) else point


@lru_cache(maxsize=4096)
def w3c_date(text: str) -> str | None:
    """The text if it is a year, month or day that exists in XML Schema's calendar, else None."""
    found = _POINT.fullmatch(text)
    if not found or not text.isascii() or int(found["year"]) == 0:
        return None
    return text if _in_calendar(int(found["year"]), found) else None


def _day(text: str | None) -> str | None:
    return w3c_date(text) if text and text.count("-", 1) == 2 else None


def _in_calendar(year: int, found: re.Match[str]) -> bool:
    if found["month"] is None:
        return True
    try:
        date(2000 + year % 400, int(found["month"]), int(found["day"] or 1))
    except ValueError:
        return False
    return True
