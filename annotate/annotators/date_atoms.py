"""From a match of ATOM to moments: one short reader for each form.

>>> text = "April 2 and 5, 1816"
>>> [(text[m.start : m.end], m.first) for m in find_atoms(text)]
[('April 2', Point(year=1816, month=4, day=2)), ('5, 1816', Point(year=1816, month=4, day=5))]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal

from annotate.annotators.date_context import is_counted, is_date_month, is_date_season, is_date_year, is_decade
from annotate.annotators.date_patterns import ATOM, MONTHS, ORDINALS, SEASONS, TENS
from annotate.annotators.date_values import Moment, Point, century_years, is_calendar_day, season_months
from annotate.annotators.number_words import fold, read_words
from schemas.values import DateKind

DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|d)?")
Style = Literal["gregorian", "julian"] | None
MAY_AFTER = re.compile(r"\s?(?:[.;:)]|\Z)")
ROMAN = {"I": 1, "V": 5, "X": 10}
MAX_CENTURY = 21


def find_atoms(text: str) -> Iterator[Moment]:
    """Yield the atoms of a text in order; a phrase with several days gives several moments."""
    for match in ATOM.finditer(text):
        yield from READERS[match.lastgroup or ""](match)


def full_year(first: int, tail: str) -> int:
    """The year that "33" means after 1929; "02" after 1898 is in the next century."""
    size: int = 10 ** len(tail)
    if len(tail) >= 4:
        return int(tail)
    year = first - first % size + int(tail)
    return year if year >= first else year + size


def roman_number(letters: str) -> int:
    """The number of a Roman numeral up to X's: "XVIII" is 18."""
    values = [ROMAN[letter] for letter in letters]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _iso(match: re.Match[str]) -> Iterator[Moment]:
    year, month, day = match["iso"].split("-")
    yield from _one(match, "DATE", Point(int(year), int(month), int(day)))


def _dashed(match: re.Match[str]) -> Iterator[Moment]:
    yield from _one(match, "DATE", Point(int(match["da_year"]), _month(match["da_month"]), int(match["da_day"])))


def _year_month_day(match: re.Match[str]) -> Iterator[Moment]:
    day = int(re.sub(r"\D", "", match["ymd_day"]))
    yield from _one(match, "DATE", Point(int(match["ymd_year"]), _month(match["ymd_month"]), day))


def _circa(match: re.Match[str]) -> Iterator[Moment]:
    """ "c. 347" is a year; "ca. 1000 authors" is not."""
    first, start, end = int(match["ci_year"]), match.start("ci_year"), match.end("circa")
    last = full_year(first, match["ci_last"]) if match["ci_last"] else first
    if last >= first and not is_counted(match.string, end):
        kind: DateKind = "YEAR" if first == last else "PERIOD"
        yield Moment(start, end, kind, Point(first), Point(last), modifier="approx")


def _numeric(match: re.Match[str]) -> Iterator[Moment]:
    day, month, year = match["numeric"].split(".")
    yield from _one(match, "DATE", Point(int(year), int(month), int(day)))


def _day_month(match: re.Match[str]) -> Iterator[Moment]:
    if match["dm_month"] == "may" and match["dm_year"] is None and not MAY_AFTER.match(match.string, match.end()):
        return  # "whatever chapter 5 may suggest"
    year = _year(match["dm_year"], match["dm_era"], month=_month(match["dm_month"]))
    style: Style = None if match["dm_style"] is None else "gregorian" if match["dm_style"][0] in "Nn" else "julian"
    for moment in _days(match, "dm_days", _month(match["dm_month"]), year):
        yield moment._replace(calendar=style) if style else moment  # "3 January (N.S.) 1688"


def _month_day(match: re.Match[str]) -> Iterator[Moment]:
    year = _year(match["md_year"], match["md_era"], month=_month(match["md_month"]))
    yield from _days(match, "md_days", _month(match["md_month"]), year)


def _days(match: re.Match[str], group: str, month: int, year: int | None) -> Iterator[Moment]:
    """One day, a range of days ("25–27"), a list ("2 and 5") or a double date ("3/15")."""
    offset = match.start(group)
    days = [(offset + found.start(), offset + found.end(), int(found[1])) for found in DAY.finditer(match[group])]
    points = [Point(year, month, day) for _, _, day in days]
    if not all(map(is_calendar_day, points)):
        return
    joins = [match.string[a[1] : b[0]] for a, b in pairwise(days)]
    if len(days) == 2 and "/" in joins[0]:
        yield Moment(match.start(), match.end(), "DATE", points[1], points[1])
    elif len(days) == 2 and ("to" in joins[0] or any(dash in joins[0] for dash in "-‐‑‒–—−")):
        if points[0] < points[1]:
            yield Moment(match.start(), match.end(), "PERIOD", points[0], points[1])
    else:
        for place, (start, end, _) in enumerate(days):
            first, last = place == 0, place == len(days) - 1
            yield Moment(
                match.start() if first else start, match.end() if last else end, "DATE", points[place], points[place]
            )


def _month_alone(match: re.Match[str]) -> Iterator[Moment]:
    month = _month(match["m_month"])
    year = _year(match["m_year"], match["m_era"], month=month)
    if match["m_year"] is not None or is_date_month(match.string, match.start(), match.end()):
        yield from _one(match, "MONTH", Point(year, month))


def _season(match: re.Match[str]) -> Iterator[Moment]:
    written = match["s_year"]
    if written is None and not is_date_season(match.string, match.start(), match.end()):
        return
    season = SEASONS[fold(match["s_name"])]
    years = [int(year) for year in re.findall(r"\d+", written or "")]
    if _is_bc(match["s_era"]):
        years = [1 - years[0]]
    first, last = season_months(years[0] if years else None, season)
    yield Moment(match.start(), match.end(), "SEASON", first, last, season=season)


def _decade(match: re.Match[str]) -> Iterator[Moment]:
    digits = match["d_year"].strip("’'")
    if not is_decade(match.string, match.start(), match.end(), full=len(digits) == 4 or bool(match["d_era"])):
        return
    if _is_bc(match["d_era"]):
        yield Moment(match.start(), match.end(), "DECADE", Point(-int(digits) - 8), Point(1 - int(digits)))
        return
    inferred = ("century",) if len(digits) == 2 else ()
    year = int(digits) + (1900 if inferred else 0)
    yield Moment(match.start(), match.end(), "DECADE", Point(year), Point(year + 9), inferred=inferred)


def _decade_words(match: re.Match[str]) -> Iterator[Moment]:
    century = match["dw_century"]
    if match["dw_of"]:
        year = (_ordinal(match["dw_of"]) - 1) * 100 + TENS[fold(match["dw_tens"])]
        yield Moment(match.start(), match.end(), "DECADE", Point(year), Point(year + 9))
        return
    if century is None and not is_decade(match.string, match.start(), match.end(), full=False):
        return
    hundreds = {"seventeen": 1700, "eighteen": 1800, "nineteen": 1900}.get(century or "", 1900)
    year = hundreds + TENS[fold(match["dw_tens"])]
    inferred = () if century else ("century",)
    yield Moment(match.start(), match.end(), "DECADE", Point(year), Point(year + 9), inferred=inferred)


def _century(match: re.Match[str]) -> Iterator[Moment]:
    first, last = _ordinal(match["c_first"]), _ordinal(match["c_last"] or match["c_first"])
    before_christ = _is_bc(match["c_era"])
    if not (1 <= first <= MAX_CENTURY and 1 <= last <= MAX_CENTURY):
        return
    start = century_years(first, before_christ=before_christ)[0]
    end = century_years(last, before_christ=before_christ)[1]
    if (start.year or 0) <= (end.year or 0):
        yield Moment(match.start(), match.end(), "CENTURY" if first == last else "PERIOD", start, end)


def _era_first(match: re.Match[str]) -> Iterator[Moment]:
    first = int(match["ef_year"])
    last = full_year(first, match["ef_last"]) if match["ef_last"] else first
    yield from _years_between(match, first, last)


def _era_last(match: re.Match[str]) -> Iterator[Moment]:
    first, tail = int(match["el_year"]), match["el_last"]
    if _is_bc(match["el_era"]):
        last = int(tail) if tail else first
        if tail and last > first:
            return
        yield from _years_between(match, 1 - first, 1 - last)
    else:
        yield from _years_between(match, first, full_year(first, tail) if tail else first)


def _year_words(match: re.Match[str]) -> Iterator[Moment]:
    hundreds, rest = read_words(match["yw_hundreds"]), read_words(match["yw_rest"] or "zero")
    if hundreds is not None and rest is not None and 0 <= rest < 100:
        year = Point(int(hundreds) * 100 + int(rest))
        yield Moment(match.start(), match.end(), "YEAR", year, year)


def _years(match: re.Match[str]) -> Iterator[Moment]:
    text, first, tail = match.string, int(match["y_first"]), match["y_last"]
    last = full_year(first, tail) if tail else first
    if tail and (last <= first or last - first > 1000 or (len(tail) == 1 and "/" not in match[0] and last - first > 9)):
        tail, last = None, first
    end = match.end() if tail else match.end("y_first")
    if not is_date_year(text, match.start(), end, ranged=tail is not None):
        return
    if tail and match["y_plural"] and last % 10 == 0:
        last += 9  # "1920–1930s"
    yield Moment(match.start(), end, "PERIOD" if tail else "YEAR", Point(first), Point(last))


def _years_between(match: re.Match[str], first: int, last: int) -> Iterator[Moment]:
    if first <= last and first != 1 - 0:
        yield Moment(match.start(), match.end(), "YEAR" if first == last else "PERIOD", Point(first), Point(last))


def _one(match: re.Match[str], kind: DateKind, point: Point) -> Iterator[Moment]:
    if is_calendar_day(point):
        yield Moment(match.start(), match.end(), kind, point, point)


def _month(name: str) -> int:
    return MONTHS[fold(name.rstrip("."))]


def _year(written: str | None, era: str | None, *, month: int) -> int | None:
    """The year as written; "February 1701/2" is 1702, the year that began in January."""
    if written is None or not written[0].isdigit():
        return None
    first, _, second = written.partition("/")
    year = int(first)
    if second and month <= 3 and full_year(year, second) == year + 1:
        year += 1
    return 1 - year if _is_bc(era) else year


def _is_bc(era: str | None) -> bool:
    return era is not None and era.upper().startswith("B")


def _ordinal(word: str) -> int:
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits[0])
    return ORDINALS.get(fold(word)) or roman_number(re.sub(r"[a-z]", "", word))


READERS: dict[str, Callable[[re.Match[str]], Iterator[Moment]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "dashed": _dashed,
    "circa": _circa,
    "day_month": _day_month,
    "month_day": _month_day,
    "month": _month_alone,
    "season": _season,
    "decade": _decade,
    "decade_words": _decade_words,
    "century": _century,
    "era_first": _era_first,
    "era_last": _era_last,
    "year_words": _year_words,
    "year_month_day": _year_month_day,
    "years": _years,
}
