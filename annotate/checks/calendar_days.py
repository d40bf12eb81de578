"""Days that do not exist, weekdays that do not fit, ranges that run backwards: read from the text itself.

The date annotator leaves out what is no day ("31 June 1900") and what runs backwards ("from 1840 to 1830"), so this
check looks at the words. A weekday is computed in both calendars: where only the Julian one fits, the text may count in
Old Style, and nothing is decided after 1752.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from annotate.annotators.date_patterns import MONTHS
from annotate.annotators.date_values import days_in_month
from schemas.records import Verdict

_NAME = r"(?P<month{n}>Jan(?:uary)?|Febr?(?:uary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = rf"(?:\b(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s(?:the\s)?)?"
DAY = re.compile(
    rf"""{_WEEKDAY}(?<![\w.,/–-])(?:
      (?P<day1>\d{{1,2}})(?:st|nd|rd|th|d)?(?:\sday)?\s(?:of\s)?{_NAME.format(n=1)},?\s(?:of\s)?(?P<year1>[12]\d{{3}})
    | {_NAME.format(n=2)}\s(?:the\s)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th|d)?,?\s(?:of\s)?(?P<year2>[12]\d{{3}})
    )(?![\d/])(?:,?\s(?:which\swas\s|fell\son\s|was\s|being\s|\()?(?:a\s)?(?P<weekday2>{"|".join(_WEEKDAYS)})\b)?""",
    re.VERBOSE,
)
OLD_STYLE = re.compile(r"O\.\s?S\.|[Oo]ld\s[Ss]tyle|Julian", re.ASCII)
BACKWARDS = re.compile(
    r"\b(?:[Ff]rom|[Bb]etween)\s(?P<first>1\d{3}|20[0-2]\d)\s(?:to|and|until|till)\s(?P<last>1\d{3}|20[0-2]\d)(?!\d|\s?%|,\d)|(?<![\w.,/–—-])(?P<open>1\d{3}|20[0-2]\d)[–—-](?P<close>1\d{3}|20[0-2]\d)(?![\w–—-])"
)
PAGES = re.compile(r"(?:\bpp?\.\s?|\bnos?\.\s?|[$£€]|:\s?)\Z")
GREGORIAN = 1752  # the last country of the language to change
LAST_JULIAN = 1923


class DayFinding(NamedTuple):
    """What was found at a span of the text."""

    start: int
    end: int
    relation: str
    verdict: Verdict
    message: str
    claimed: str
    computed: str


def check_days(text: str) -> Iterator[DayFinding]:
    """Each full date with a day of the month, each weekday beside one, and each range of years that runs backwards."""
    for match in DAY.finditer(text):
        day, year = int(match["day1"] or match["day2"]), int(match["year1"] or match["year2"])
        month = MONTHS[(match["month1"] or match["month2"]).lower()]
        style = bool(OLD_STYLE.search(text, match.end(), match.end() + 24))
        yield _validity(match, day, month, year, style)
        said = match["weekday"] or match["weekday2"]
        if said and 1 <= day <= days_in_month(year, month):
            yield _weekday(match, said, date(year, month, day), style)
    yield from _backwards(text)


def _validity(match: re.Match[str], day: int, month: int, year: int, style: bool) -> DayFinding:
    length = days_in_month(year, month)
    quote = " ".join(match[0].split())
    if 1 <= day <= length:
        return DayFinding(*match.span(), "calendar", "ok", f"{quote} is a day of the calendar", quote, str(length))
    julian = month == 2 and day == 29 and year % 100 == 0 and (style or year <= 1900)
    verdict: Verdict = "undecidable" if julian and not style else "ok" if julian else "mismatch"
    words = f"the month has {length} days" + ("; in the Julian calendar 29" if julian else "")
    return DayFinding(*match.span(), "calendar", verdict, f"{quote}: {words}", quote, str(length))


def _weekday(match: re.Match[str], said: str, day: date, style: bool) -> DayFinding:
    gregorian, julian = _WEEKDAYS[day.weekday()], _WEEKDAYS[_from_julian(day).weekday()]
    old = style or day.year < GREGORIAN
    if said == gregorian or (old and said == julian):
        verdict: Verdict = "ok"
    elif said == julian and day.year <= LAST_JULIAN:
        verdict = "undecidable"
    else:
        verdict = "mismatch"
    shown = f"{gregorian} (Julian: {julian})" if day.year <= LAST_JULIAN else gregorian
    quote = " ".join(match[0].split())
    return (
        DayFinding(
            *match.span(), "weekday", verdict, f"{day.isoformat()} was a {shown}; the text says {said}", said, gregorian
        )
        if quote
        else DayFinding(*match.span(), "weekday", verdict, shown, said, gregorian)
    )


def _from_julian(day: date) -> date:
    """The Gregorian day of the same Julian date: ten days on in 1600, eleven in 1750, twelve in 1850, thirteen in 1920."""
    century = day.year // 100 - (day.month <= 2 and day.year % 100 == 0)
    return day + timedelta(days=century - century // 4 - 2)


def _backwards(text: str) -> Iterator[DayFinding]:
    for match in BACKWARDS.finditer(text):
        first, last = int(match["first"] or match["open"]), int(match["last"] or match["close"])
        if last >= first or PAGES.search(text[max(0, match.start() - 6) : match.start()]):
            continue
        quote = " ".join(match[0].split())
        yield DayFinding(
            *match.span(),
            "range-order",
            "mismatch",
            f"{quote} runs backwards: {last} < {first}",
            quote,
            f"{last} < {first}",
        )
