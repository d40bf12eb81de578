"""What a date phrase means: points in time, the days they cover, and the EDTF text.

A Point is as exact as the text: a year, a year and month, or a day; the year may be unknown. Years are astronomical
(300 BC is -299). ISO days and EDTF are written here and nowhere else.

>>> value = date_value(Moment(0, 9, "MONTH", Point(1788, 5), Point(1788, 5)))
>>> value.earliest, value.latest, value.edtf
('1788-05-01', '1788-05-31', '1788-05')
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

from schemas.values import DateKind, DateModifier, DateValue

YEAR_MONTHS = 12
LEAP_YEAR = 2000  # the length of a February whose year is unknown
FIRST_YEAR, LAST_YEAR = -9999, 9999  # what four digits can write
# "since 1928" has no end and "by 1933" no beginning: a year is a bound there. A day or a month after the same words dates
# the event itself ("By 20 July they were back"), so it keeps its days; the modifier says the rest.
OPEN_AFTER: frozenset[DateModifier | None] = frozenset({"since", "after"})
OPEN_BEFORE: frozenset[DateModifier | None] = frozenset({"by", "before", "until"})
PART_WORDS = {"first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}


class Point(NamedTuple):
    """A day, a month or a year; a year of None is not known."""

    year: int | None
    month: int | None = None
    day: int | None = None


class Moment(NamedTuple):
    """A date phrase that was read: its span, kind, first and last point, and what colours it."""

    start: int
    end: int
    kind: DateKind
    first: Point
    last: Point
    modifier: DateModifier | None = None
    calendar: Literal["gregorian", "julian"] | None = None
    inferred: tuple[str, ...] = ()
    season: int | None = None


def days_in_month(year: int | None, month: int) -> int:
    """How many days the month has; February of an unknown or a BC year counts as the Gregorian rule says."""
    known = LEAP_YEAR if year is None else year
    leap = known % 4 == 0 and (known % 100 != 0 or known % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def is_calendar_day(point: Point) -> bool:
    """False for 31 June; 29 February is a day of an unknown year, and of a Julian century year (1700)."""
    if point.month is None or point.day is None:
        return True
    year = LEAP_YEAR if point.year is not None and point.year % 4 == 0 else point.year
    return 1 <= point.day <= days_in_month(year, point.month)


def date_value(moment: Moment) -> DateValue:
    """The value of a moment; the days are null where a year is unknown or cannot be written in four digits."""
    years = (moment.first.year, moment.last.year)
    known = all(year is not None and FIRST_YEAR <= year <= LAST_YEAR for year in years)
    bound = moment.modifier if moment.kind == "YEAR" else None
    return DateValue(
        kind=moment.kind,
        earliest=_first_day(moment.first) if known and bound not in OPEN_BEFORE else None,
        latest=_last_day(moment.last) if known and bound not in OPEN_AFTER else None,
        edtf=edtf_text(moment),
        modifier=moment.modifier,
        calendar=moment.calendar,
        inferred=moment.inferred,
    )


def edtf_text(moment: Moment) -> str:
    """EDTF level 1: "1929/1933", "184X", "1788-24", "XXXX-03-04", "1850~"."""
    first, last = moment.first, moment.last
    if moment.season is not None:
        text = f"{_year_text(last.year if moment.season == 24 and first.year is None else first.year)}-{moment.season}"
    elif moment.kind == "DECADE" and first.year is not None and first.year >= 0:
        text = f"{first.year // 10:03d}X"
    elif moment.kind == "CENTURY" and first.year is not None and last.year == first.year + 99 and first.year > 0:
        text = f"{first.year // 100:02d}XX"
    elif first == last:
        text = _point_text(first)
    else:
        return f"{_point_text(first)}/{_point_text(last)}"
    return text + "~" if moment.modifier == "approx" else text


def season_months(year: int | None, season: int) -> tuple[Point, Point]:
    """First and last month of a season; the winter of 1788 begins in December 1788."""
    month = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    if season == 24:
        return Point(year, 12), Point(None if year is None else year + 1, 2)
    return Point(year, month), Point(year, month + 2)


def century_years(number: int, *, before_christ: bool = False) -> tuple[Point, Point]:
    """The 17th century is 1601 to 1700, the 5th century BC 500 to 401 BC."""
    if before_christ:
        return Point(1 - number * 100), Point(-(number - 1) * 100)
    return Point(number * 100 - 99), Point(number * 100)


def narrow(moment: Moment, which: str, whole: str) -> Moment:
    """The half, third or quarter of a moment: "first half of 1801" is January to June."""
    index = PART_WORDS.get(which)
    count = {"half": 2, "third": 3, "quarter": 4}[whole]
    if which in ("last", "latter"):
        index = count - 1
    if index is None or index >= count:
        return moment._replace(kind="PART")
    first, last = moment.first, moment.last
    if first.year is None or last.year is None:
        return moment._replace(kind="PART", modifier="start" if index == 0 else "end" if index == count - 1 else "mid")
    if first.year == last.year and first.month is None:
        size = 12 // count
        months = Point(first.year, index * size + 1), Point(first.year, (index + 1) * size)
        return moment._replace(kind="PART", first=months[0], last=months[1])
    if first.month is None and last.month is None and last.year - first.year + 1 >= count:
        size = (last.year - first.year + 1) // count
        years = Point(first.year + index * size), Point(first.year + (index + 1) * size - 1)
        return moment._replace(kind="PART", first=years[0], last=last if index == count - 1 else years[1])
    return moment._replace(kind="PART", modifier="start" if index == 0 else "end" if index == count - 1 else "mid")


def narrow_stretch(moment: Moment, side: DateModifier, count: int, unit: str) -> Moment | None:
    """The first or last N days or weeks of a month, months of a year, or years of a decade; None for all else."""
    (year, month, day), last = moment.first, moment.last
    whole = moment.first == last and day is None and count > 0
    if unit in ("day", "week") and month is not None and whole:
        size, count = days_in_month(year, month), count * (7 if unit == "week" else 1)
        if count >= size:
            return None
        begin, end = (1, count) if side == "start" else (size - count + 1, size)
        kind: DateKind = "DATE" if count == 1 else "PART"
        return moment._replace(kind=kind, first=Point(year, month, begin), last=Point(year, month, end))
    if unit == "month" and year is not None and month is None and whole and count < YEAR_MONTHS:
        begin, end = (1, count) if side == "start" else (YEAR_MONTHS + 1 - count, YEAR_MONTHS)
        return moment._replace(kind="PART", first=Point(year, begin), last=Point(year, end))
    if unit == "year" and moment.kind == "DECADE" and year is not None and last.year is not None and 0 < count < 10:
        begin, end = (year, year + count - 1) if side == "start" else (last.year - count + 1, last.year)
        return moment._replace(kind="YEAR" if count == 1 else "PART", first=Point(begin), last=Point(end))
    return None


def shift(point: Point, count: int, unit: str) -> Point:
    """A point some days, weeks, months, years or decades on (or back)."""
    year, month, day = point
    if year is None:
        return point
    if unit in ("year", "decade"):
        return Point(year + count * (10 if unit == "decade" else 1), month if count == 0 else None)
    if unit == "month":
        total = year * 12 + (month or 1) - 1 + count
        return Point(total // 12, total % 12 + 1)
    if month is None or day is None or not 1 <= year <= LAST_YEAR or not is_calendar_day(point):
        return point
    try:
        moved = date(year, month, min(day, calendar.monthrange(year, month)[1])) + timedelta(
            days=count * (7 if unit == "week" else 1)
        )
    except OverflowError:
        return point
    return Point(moved.year, moved.month, moved.day)


def _year_text(year: int | None) -> str:
    if year is None:
        return "XXXX"
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def _point_text(point: Point) -> str:
    parts = [_year_text(point.year)]
    if point.month is not None:
        parts.append(f"{point.month:02d}")
        if point.day is not None:
            parts.append(f"{point.day:02d}")
    return "-".join(parts)


def _first_day(point: Point) -> str:
    return f"{_year_text(point.year)}-{point.month or 1:02d}-{point.day or 1:02d}"


def _last_day(point: Point) -> str:
    month = point.month or 12
    return f"{_year_text(point.year)}-{month:02d}-{point.day or days_in_month(point.year, month):02d}"
