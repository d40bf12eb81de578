"""Dates that are no day, month or year by themselves: regnal years, feasts, quarters, "'73", and early years.

>>> text = "In the 13th of Charles II, at Michaelmas 1661, and in Q3 1932"
>>> [(text[m.start : m.end], m.kind, m.first) for m in find_special(text)]
[('13th of Charles II', 'REGNAL', Point(year=1661, month=None, day=None)), ('Michaelmas 1661', 'DATE', Point(year=1661, month=9, day=29)), ('Q3 1932', 'PART', Point(year=1932, month=7, day=None))]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from annotate.annotators.date_patterns import MONTHS, ORDINALS
from annotate.annotators.date_values import LEAP_YEAR, Moment, Point, is_calendar_day, shift
from annotate.annotators.number_words import fold

# Feasts that fall on one day of every year, by which leases, rents and courts were dated (Cheney, A Handbook of Dates)
FEASTS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "new year’s day": (1, 1), "new year's day": (1, 1),
    "new year’s eve": (12, 31), "new year's eve": (12, 31), "epiphany": (1, 6), "candlemas": (2, 2), "lady day": (3, 25),
    "midsummer day": (6, 24), "lammas": (8, 1), "michaelmas": (9, 29), "martinmas": (11, 11), "all saints’ day": (11, 1),
    "all saints' day": (11, 1), "st martin’s day": (11, 11), "st martin's day": (11, 11),
}  # fmt: skip
FEAST_LEAD = re.compile(r"\b(?:at|on|by|before|after|until|till|since|from|to)\s\Z", re.IGNORECASE)
_S = r"[\s\u2060]{1,3}"
_YEAR = r"[12]\d{3}(?![\d])(?![.,]\d)"
_MONTH = "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))
_FEAST = "|".join(sorted((re.escape(feast).replace(r"\ ", _S) for feast in FEASTS), key=len, reverse=True))
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_TWO_DIGITS = re.compile(r"\d+")


class Ruler(NamedTuple):
    """A ruler: the calendar year in which the first regnal year begins, and the number of the last."""

    accession: int
    last: int


@cache
def load_rulers() -> dict[str, Ruler]:
    """The rulers by name ("George III") and by the abbreviation of statutes ("Geo III"); read once."""
    raw = tomllib.loads(resources.files("annotate.annotators").joinpath("regnal.toml").read_text(encoding="utf-8"))
    table: dict[str, Ruler] = {}
    for name, entry in raw["rulers"].items():
        ruler = Ruler(entry["accession"], entry["last"])
        number = name.partition(" ")[2]
        table[name] = table[f"{entry['short']} {number}".strip()] = ruler
    return table | {"Elizabeth": table["Elizabeth I"], "Eliz": table["Elizabeth I"], "Mary": table["Mary I"]}


def find_special(text: str) -> Iterator[Moment]:
    """Yield the special dates of a text in order of their kinds; they may overlap with plain ones inside them."""
    for pattern, read in _finders():
        for match in pattern.finditer(text):
            moment = read(match)
            if moment is not None:
                yield moment


@cache
def _finders() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Moment | None]], ...]:
    names = "|".join(sorted((name.partition(" ")[0] for name in load_rulers()), key=len, reverse=True))
    return (
        (
            re.compile(  # the 13th of Charles II; the fourth year of Anne; 22 Geo. III
                rf"(?<![\w.,])(?:(?P<count>\d{{1,2}}(?:st|nd|rd|th)|(?i:{_ORDINAL}))(?P<year>{_S}year)?{_S}of{_S}"
                rf"(?:(?:the{_S}reign{_S}of|King|Queen){_S}){{0,2}}|(?P<plain>\d{{1,2}})(?:{_S}(?:&|and){_S}\d{{1,2}})?{_S})"
                rf"(?P<name>{names})\b\.?(?:{_S}(?P<number>[IVX]{{1,4}}))?(?![\w’'])"
            ),
            _regnal,
        ),
        (
            re.compile(
                rf"(?<![\w.,/])(?P<d1>\d{{1,2}}){_S}(?P<m1>{_MONTH})\s?/\s?(?P<d2>\d{{1,2}}){_S}(?P<m2>{_MONTH})(?:,?{_S}(?P<year>{_YEAR}))?(?!\w)"
            ),
            _two_calendars,
        ),
        (re.compile(rf"(?<!\w)(?P<feast>(?i:{_FEAST}))(?:,?{_S}(?:of{_S})?(?P<year>{_YEAR}))?(?!\w)"), _feast),
        (
            re.compile(
                rf"(?<!\w)(?:Q(?P<quarter>[1-4])[\s/]{{0,2}}(?:of{_S})?(?P<year>{_YEAR})|(?P<first>{_YEAR})[\s-]?Q(?P<second>[1-4]))(?!\w)"
            ),
            _quarter,
        ),
        (re.compile(r"(?<![\w’'‘])[’'‘](?P<year>\d\d)(?![\d\w’'%,.]\d|[\dsS])"), _short_year),
        (
            re.compile(  # In 843, the ...; In AD 69 is read elsewhere
                rf"(?:(?:(?<=\A)|(?<=[.!?]\s))In{_S}(?P<year>[3-9]\d\d)(?=,{_S}[a-zA-Z]|{_S}(?:the|he|she|they|it|a|an|his|after|when)\b)"
                rf"|\bthe{_S}year{_S}(?P<told>[1-9]\d{{0,2}})(?![\w’'-]|[.,]\d|{_S}(?:of|AD|BC|A\.|B\.)))"
            ),
            _early_year,
        ),
        (
            re.compile(  # 218 and 217 BC: the first year of the two
                rf"(?<![\w.,–-])(?P<year>\d{{1,4}})(?=(?:,{_S}\d{{1,4}})?,?{_S}(?:and|or){_S}(?P<next>\d{{1,4}}){_S}?B\.?\s?C)"
            ),
            _before_christ,
        ),
    )


def _regnal(match: re.Match[str]) -> Moment | None:
    name, number = match["name"], match["number"]
    ruler = load_rulers().get(f"{name} {number}" if number else name)
    if ruler is None or (
        number is None
        and match["year"] is None
        and match["plain"] is None
        and name in ("Mary", "John", "Stephen", "Anne")
    ):
        return None
    if match["plain"]:
        count = int(match["plain"])
    else:
        digits = _TWO_DIGITS.match(match["count"])
        count = int(digits[0]) if digits else ORDINALS[fold(match["count"])]
    if not 1 <= count <= ruler.last:
        return None
    year = ruler.accession + count - 1
    return Moment(*match.span(), "REGNAL", Point(year), Point(year + 1))


def _feast(match: re.Match[str]) -> Moment | None:
    if match["year"] is None and not FEAST_LEAD.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    month, day = FEASTS[fold(match["feast"])]
    point = Point(int(match["year"]) if match["year"] else None, month, day)
    return Moment(*match.span(), "DATE", point, point)


def _quarter(match: re.Match[str]) -> Moment:
    quarter, year = int(match["quarter"] or match["second"]), int(match["year"] or match["first"])
    return Moment(*match.span(), "PART", Point(year, quarter * 3 - 2), Point(year, quarter * 3))


def _short_year(match: re.Match[str]) -> Moment:
    point = Point(1900 + int(match["year"]))
    return Moment(*match.span(), "YEAR", point, point, inferred=("century",))


def _two_calendars(match: re.Match[str]) -> Moment | None:
    """ "21 April/3 May 1801": one day in both calendars, ten to thirteen days apart; the value is the Gregorian one."""
    year = int(match["year"]) if match["year"] else None
    julian, gregorian = (Point(year or LEAP_YEAR, MONTHS[fold(match[f"m{n}"])], int(match[f"d{n}"])) for n in (1, 2))
    if not (is_calendar_day(julian) and shift(julian, 10, "day") <= gregorian <= shift(julian, 13, "day")):
        return None
    point = gregorian._replace(year=year)
    return Moment(*match.span(), "DATE", point, point)


def _before_christ(match: re.Match[str]) -> Moment | None:
    if int(match["year"]) <= int(match["next"]):
        return None
    point = Point(1 - int(match["year"]))
    return Moment(match.start("year"), match.end("year"), "YEAR", point, point)


def _early_year(match: re.Match[str]) -> Moment:
    name = "year" if match["year"] else "told"
    point = Point(int(match[name]))
    return Moment(match.start(name), match.end(), "YEAR", point, point)
