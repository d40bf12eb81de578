"""The year that a text has already said: "On 10 August" after "1914", "the same year", "two days later".

A story moves on: a date without its year takes the year of the date before it, and the next year where the month has
turned (a "February" after "December 1941"). Inside one block only; where nothing was said before, the year stays open.

>>> from annotate.annotators.date_atoms import find_atoms
>>> text = "In December 1941 they came; in January they left."
>>> [moment.first for moment in tell_years(text, list(find_atoms(text)), {})]
[Point(year=1941, month=12, day=None), Point(year=1942, month=1, day=None)]
"""

from __future__ import annotations

import re

from annotate.annotators.date_patterns import RELATIVE, SEASONS, SMALL_NUMBERS
from annotate.annotators.date_values import Moment, Point, is_calendar_day, season_months, shift
from annotate.annotators.number_words import fold, read_words

SAME_SENTENCE = 80
SENTENCE_END = re.compile(r"[.!?;]\s{1,3}[\"“‘(]?[A-Z]|\n")
TURN = 7  # so many months back means that the year has turned
BACK, AHEAD = 5, 35  # a year further from the story than this is an aside when it is mentioned once
LATEST_DECADE = 2020
BARE_YEAR = 2
BOUNDS = frozenset({"since", "after", "by", "before", "until"})
OPENING = re.compile(r"(?:\A|[.!?:;]\s{1,3}|\n\s?)[\"“‘(]?(?:[A-Z][a-z]+\s(?:[a-z]+\s)?)?\Z")
CITED_BEFORE = re.compile(r"\((?:[^()]*[A-Z][\w’'-]+(?:\set\sal\.)?,?\s)?\Z")
DATED_BEHIND = re.compile(r",?\s(?:(?:in|on|by|at)\s)?[(\[]?(?:in\s|on\s)?")
# "the previous April", "12 October last": the year is told by which side of now it lies on
SIDE_BEFORE = re.compile(r"\b(?P<side>previous|preceding|last|next|following|coming)\s\Z")
SIDE_AFTER = re.compile(r",?\s(?P<side>last|next)(?![\w-])(?!\s(?:of|month|week|day|year)\b)")
BACKWARD = frozenset({"previous", "preceding", "last"})
STEPS = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "same": 0, "that": 0}


Relatives = dict[Moment, re.Match[str]]


def find_relatives(text: str, moments: list[Moment]) -> Relatives:
    """The phrases that lean on another date, where they do not touch a date already found; their points are open."""
    taken = [(moment.start, moment.end) for moment in moments]
    found: Relatives = {}
    place = 0
    for match in RELATIVE.finditer(text):
        start, end = match.span("bare_day") if match["bare_day"] else match.span()
        while place < len(taken) and taken[place][1] <= start:
            place += 1
        dated = place < len(taken) and DATED_BEHIND.fullmatch(text, end, taken[place][0])
        if match["later"] and dated:
            continue  # "170 years later, in 1896": the date says it
        if place == len(taken) or end <= taken[place][0]:
            found[Moment(start, end, "REL", Point(None), Point(None))] = match
    return found


def tell_years(text: str, moments: list[Moment], relatives: Relatives) -> list[Moment]:
    """Give the moments of a block, in order, the years that the moments before them said; drop what stays empty."""
    told: list[Moment] = []
    now, aside, line = Point(None), Point(None), Point(None)  # line: the last month or day of the story itself
    row = sorted([*moments, *relatives])
    for place, moment in enumerate(row):
        side = _side(text, moment) if moment.first.year is None else None
        if moment.kind == "REL":
            resolved = _relative(relatives[moment], moment, now)
            if resolved is None:
                continue
            moment = resolved
        elif moment.first.year is None and now.year is None and place + 1 < len(row):
            moment = _year_ahead(text, moment, row[place + 1])
        elif moment.first.year is None:
            moment = _on_side(moment, now, side) if side else _with_year(moment, _nearest(moment, now, line))
        elif "century" in moment.inferred:
            if moment.kind == "YEAR" and not told:
                continue  # "'73" before any year is said: which century cannot be known
            moment = _with_century(moment, told[-1].last.year if told else None)
        if moment.kind == "SEASON" and moment.first.year is None and text.endswith(("in ", "In "), 0, moment.start):
            continue  # "sixpence in summer": of any year
        told.append(moment)
        reached = _reached(text, moment)
        if reached is None or _looks_back(moment, now, aside=side in BACKWARD):
            continue
        line = _main_line(text, moment, reached, line, told)
        if now.year is not None and _is_aside(reached, now) and _is_aside(reached, aside):
            aside = reached  # the first mention of a far year: "as in 1793"
        else:
            now, aside = reached, Point(None)
    return told


def _reached(text: str, moment: Moment) -> Point | None:
    """Where the story stands after a moment; decades, centuries and the years in brackets do not move it."""
    if moment.first.year is None or moment.kind in ("DECADE", "CENTURY", "PART"):
        return None
    if moment.kind == "YEAR" and moment.modifier in BOUNDS:
        return None  # "since 1882": the story has not gone there
    if moment.first.month is None and CITED_BEFORE.search(text[max(0, moment.start - 60) : moment.start]):
        return None  # "(1951)", "(Eichwald 1829)": the year of a book
    return moment.first


def _main_line(text: str, moment: Moment, reached: Point, line: Point, told: list[Moment]) -> Point:
    """The last month or day of the story itself: one step back is a look back, a second one takes the story there."""
    if reached.month is None:
        return Point(None) if opens_sentence(text, moment.start) else line  # "In 1976 ...": a new stretch of the story
    if line.year is None or reached[:2] >= line[:2]:
        return reached
    before = told[-2].first if len(told) > 1 else line
    looked_back = before.year is not None and before.month is not None and before[:2] < line[:2]
    return reached if looked_back else line


def opens_sentence(text: str, start: int) -> bool:
    """True for the year of "In 1976 the war ended": at most two words stand before it in its sentence."""
    return bool(OPENING.search(text[max(0, start - 24) : start]))


def _nearest(moment: Moment, now: Point, line: Point) -> Point:
    """The point of the story that a date without its year is nearest to: the last one, or the last on its main line.

    After "10 March 1975 ... planned for 1976 ... On 11 March" the day is the one after 10 March 1975.
    """
    if moment.first.month is None or now.year is None or line.year is None or now.year == line.year:
        return now
    return line if _gap(moment, line) < _gap(moment, now) else now


def _gap(moment: Moment, point: Point) -> int:
    """How many months lie between, at the nearest; a bare year counts as two months away."""
    if point.month is None or moment.first.month is None:
        return BARE_YEAR
    months = abs(moment.first.month - point.month)
    return min(months, 12 - months)


def _looks_back(moment: Moment, now: Point, *, aside: bool) -> bool:
    """True for "two years earlier" and "the previous April": the story itself stays where it is."""
    return (aside or moment.kind == "REL") and now.year is not None and moment.first < now[: _exactness(moment.first)]


def _exactness(point: Point) -> int:
    return 3 if point.day is not None else 2 if point.month is not None else 1


def _is_aside(reached: Point, now: Point) -> bool:
    """True for a year far from where the story stands; nothing is far from a story that has not begun."""
    if now.year is None or reached.year is None:
        return True
    return not now.year - BACK <= reached.year <= now.year + AHEAD


def _year_ahead(text: str, moment: Moment, following: Moment) -> Moment:
    """ "signed 3 March, ratified 15 March 1918": the first date of a text shares the year of the next in its sentence."""
    (year, month, _), gap = following.first, text[moment.end : following.start]
    if (
        year is None
        or month is None
        or moment.first.month is None
        or len(gap) > SAME_SENTENCE
        or SENTENCE_END.search(gap)
    ):
        return moment
    if moment.kind not in ("DATE", "MONTH") or moment.first.month > month:
        return moment
    first = moment.first._replace(year=year)
    return (
        moment._replace(first=first, last=first, inferred=(*moment.inferred, "year"))
        if is_calendar_day(first)
        else moment
    )


def _side(text: str, moment: Moment) -> str | None:
    """ "previous" of "the previous April", "last" of "the 12th of October last"."""
    before = SIDE_BEFORE.search(text[max(0, moment.start - 12) : moment.start])
    after = SIDE_AFTER.match(text, moment.end) if before is None and moment.kind == "DATE" else None
    side = before or after
    return side["side"] if side else None


def _on_side(moment: Moment, now: Point, side: str) -> Moment:
    """The nearest such month, day or season before or after now; open where now is no more than a year."""
    if now.year is None or now.month is None or moment.first.month is None:
        return moment
    back = side in BACKWARD
    reached = moment.first.month >= now.month if back else moment.first.month <= now.month
    year = now.year + (-1 if back else 1) * reached
    later = (moment.last.month or 0) < moment.first.month
    first, last = moment.first._replace(year=year), moment.last._replace(year=year + later)
    if not (is_calendar_day(first) and is_calendar_day(last)):
        return moment
    return moment._replace(first=first, last=last, inferred=(*moment.inferred, "year"))


def _with_year(moment: Moment, now: Point) -> Moment:
    if now.year is None or moment.first.month is None:
        return moment
    year = now.year
    if moment.season is not None:
        first, last = season_months(year, moment.season)
        if now.month is not None and moment.season == 24 and now.month <= 3:
            first, last = season_months(year - 1, moment.season)
        elif now.month is not None and moment.season != 24 and now.month - (last.month or 12) > 4:
            first, last = season_months(year + 1, moment.season)
    else:
        if now.month is not None and now.month - moment.first.month >= TURN:
            year += 1
        later = (moment.last.month or 0) < moment.first.month
        first, last = moment.first._replace(year=year), moment.last._replace(year=year + later)
    if not (is_calendar_day(first) and is_calendar_day(last)):
        return moment
    return moment._replace(first=first, last=last, inferred=(*moment.inferred, "year"))


def _with_century(moment: Moment, before: int | None) -> Moment:
    """The 70s after "1860s" are the 1870s: the nearest to the date before; never one that is still to come."""
    first, last = moment.first.year, moment.last.year
    if before is None or first is None or last is None:
        return moment
    century = round((before - first) / 100) * 100
    if first + century > LATEST_DECADE:
        century -= 100
    return moment._replace(first=Point(first + century), last=Point(last + century))


def _relative(match: re.Match[str], moment: Moment, now: Point) -> Moment | None:
    """The day, month or year that the phrase means, where the story says enough; None where it does not."""
    if now.year is None:
        return None
    point: Point | None
    if match["anaphor"]:
        point = _anaphor(fold(match["a_word"]).split()[-1], match["a_unit"], now)
        if match["a_unit"] in SEASONS and point is not None and point.year is not None:
            first, last = season_months(point.year, SEASONS[match["a_unit"]])
            return _resolved(moment, first, last)._replace(kind="SEASON", season=SEASONS[match["a_unit"]])
    elif match["later"]:
        point = _later(match, now)
    elif match["within"]:
        point = Point(now.year) if match["w_unit"] == "year" else Point(now.year, now.month)
        if match["w_unit"] == "month" and now.month is None:
            return None
        edge = fold(match["w_lead"])
        moment = moment._replace(modifier="end" if edge == "end" else "mid" if edge == "middle" else "start")
    else:
        day = int(match["bare_day"][:-2])
        point = Point(now.year, now.month, day) if now.day is not None else None
    return None if point is None or not is_calendar_day(point) else _resolved(moment, point, point)


def _resolved(moment: Moment, first: Point, last: Point) -> Moment:
    return moment._replace(first=first, last=last, inferred=("date",))


def _anaphor(word: str, unit: str, now: Point) -> Point | None:
    step = STEPS[word]
    if unit == "day":
        return shift(now, step, "day") if now.day is not None else None
    if unit == "month":
        return shift(Point(now.year, now.month), step, "month") if now.month is not None else None
    return shift(Point(now.year), step, "year")


def _later(match: re.Match[str], now: Point) -> Point | None:
    word, unit = fold(match["l_count"]), match["l_unit"]
    count = int(word) if word.isdecimal() else SMALL_NUMBERS.get(word) or int(read_words(word) or 0)
    if match["l_side"] != "later":
        count = -count
    if unit in ("day", "week"):
        return shift(now, count, unit) if now.day is not None else None
    if unit == "month":
        return shift(Point(now.year, now.month), count, unit) if now.month is not None else None
    return shift(Point(now.year), count, unit)
