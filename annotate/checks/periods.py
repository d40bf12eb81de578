"""Time: lengths against the years that are named, "N years later", ages, and the order of ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from annotate.annotators.number_words import read_words
from annotate.checks.passages import ABOUT, DATE, DURATION, FIGURES, Item, Passage
from annotate.checks.results import Result, decided
from annotate.checks.tolerance import shown, value_of
from schemas.values import DateValue

_WORDS = rf"[^{FIGURES}.;]"
_NUMBER = r"[A-Z]?[a-z]{2,9}(?:-[a-z]{3,5})?|\d{1,3}"
# "the First Five-Year plan (1929-1933)", "the Seven Years' War (1756-1763)", "a seven-year lease from 1801 to 1808"
NAMED_LENGTH = re.compile(
    rf"\b(?P<count>{_NUMBER})[- ](?P<unit>[Yy]ears?|[Dd]ays?|[Mm]onths?|[Dd]ecades?)(?:['’]s?)?(?P<gap>[- ][^{FIGURES}.;,]{{0,40}}?)(?:,? ?[(]|,? (?:of|from|between|in|during|ran from|lasted from) ){ABOUT}(?P<period>{DATE})"
)
# "twenty years, from 1801 to 1821", "lasted ten years (1801-1811)", "the ten years 1801-1811", "between 1801 and 1821, twenty years"
LENGTH_FIRST = re.compile(rf"(?P<length>{DURATION})(?P<gap>{_WORDS}{{0,40}}?)(?P<period>{DATE})")
PERIOD_FIRST = re.compile(
    rf"(?:\b(?:[Ff]rom|[Bb]etween) |[(])(?P<period>{DATE})(?P<gap>[),]?{_WORDS}{{0,50}}?)(?P<length>{DURATION})"
)
# "in 1801 ... five years later, in 1806"; "seven years before, in 1801"
LATER = re.compile(
    rf"(?P<first>{DATE})(?P<gap>[^{FIGURES}]{{0,200}}?)(?P<length>{DURATION}) (?P<side>later|afterwards?|after that|earlier|before|previously|after)\b,?(?: (?:in|by|on|that is,? in|i\.e\.,? in))? ?\(?(?P<last>{DATE})"
)
FOR_YEARS = re.compile(
    rf"(?P<first>{DATE}){_WORDS}{{0,30}}?\bfor {ABOUT}(?P<length>{DURATION}),?{_WORDS}{{0,40}}?"
    rf"\b(?P<side>expired|ended|lapsed|ran out|fell in|terminated|closed|died){_WORDS}{{0,12}}?(?P<last>{DATE})"
)
SINCE_IT = re.compile(
    rf"(?P<length>{DURATION}) (?P<side>after|before) (?:the|its|his|her|their)?{_WORDS}{{0,60}}?(?P<first>{DATE}),?"
    rf"(?: (?:that is|i\.e\.),?)? (?:in |by )?(?P<last>{DATE})"
)
AFTER_IT = re.compile(
    rf"(?P<last>{DATE})(?P<gap>,?{_WORDS}{{0,30}}?)(?P<length>{DURATION}) (?P<side>after|before) (?:the|its|his|her|their)?[^{FIGURES}.;]{{0,60}}?(?P<first>{DATE})"
)
# "born in 1801, died in 1865 at the age of sixty-four", "(1801-1865) ... aged 64"
AGE = re.compile(
    rf"\b[Bb]orn\b{_WORDS}{{0,40}}?(?P<born>{DATE})[^.]{{0,120}}?\b(?:died|death|killed|perished|passed away)\b{_WORDS}{{0,60}}?"
    rf"(?P<died>{DATE}){_WORDS}{{0,40}}?\b(?:aged|at the age of|age|at) {ABOUT}(?P<age>{DURATION})"
)
AT_AGE = re.compile(
    rf"\b[Bb]orn\b{_WORDS}{{0,40}}?(?P<born>{DATE})[^.]{{0,80}}?\b(?:in|on) (?P<died>{DATE}),? (?:at the age of|aged) {ABOUT}(?P<age>{DURATION})"
)
AGE_FIRST = re.compile(
    rf"\b[Bb]orn\b{_WORDS}{{0,40}}?(?P<born>{DATE})[^.]{{0,120}}?\b(?:died|death|killed|perished|passed away)\b{_WORDS}{{0,20}}?\b(?:aged|at the age of) {ABOUT}(?P<age>{DURATION}){_WORDS}{{0,30}}?(?P<died>{DATE})"
)
SPAN_WORD = re.compile(
    r"\A(?:,? ?(?:of |lasting |that is,? )?(?:from |between |during |in |of |in the years |\(|,|—|–|: ?)? ?(?:the years |about )?)\Z|\b(?:from|between|ran|lasted|reign\w*|ruled|war|plan|period|lease|the years)\b[^,;]{0,20}\Z",
    re.IGNORECASE,
)
LENGTH_WORD = re.compile(
    r"\b(?:lasted|for|i\.e\.|that is|a period of|a span of|or|lasting|took|ran for|in all|over|the|these|altogether|in|which is)\b[^,;]{0,12}\Z|\(\Z",
    re.IGNORECASE,
)
NESTED = re.compile(
    rf"(?P<outer>{DATE}) ?\((?:mostly |mainly |chiefly |especially |in particular |above all )?(?:in |from |between )?(?P<inner>{DATE})\)"
)


def check_periods(passage: Passage) -> Iterator[Result]:
    """Lengths, ages and distances of time in a sentence."""
    done: set[str] = set()
    for pattern, reader in READERS:
        for match in pattern.finditer(passage.text):
            length = match.groupdict().get("length") or match["age"]
            if length in done:
                continue
            result = reader(passage, match)
            if result is not None:
                done.add(length)
                yield result
    for pattern in (LENGTH_FIRST, PERIOD_FIRST):
        for match in pattern.finditer(passage.text):
            if match["length"] not in done and (result := _length(passage, match, pattern is LENGTH_FIRST)):
                done.add(match["length"])
                yield result
    for match in NAMED_LENGTH.finditer(passage.text):
        if result := _named_length(passage, match):
            yield result
    for match in NESTED.finditer(passage.text):
        if result := _nested(passage, match):
            yield result


def years_of(value: DateValue) -> tuple[int, int] | None:
    """First and last year of a date; None where either is not known."""
    if value.earliest is None or value.latest is None:
        return None
    return int(value.earliest[: value.earliest.index("-", 1)]), int(value.latest[: value.latest.index("-", 1)])


def year_of(item: Item) -> int | None:
    """The year of a date that lies in one year, also of a bound ("by 1801")."""
    value = item.date
    day = value.earliest or value.latest
    if day is None or value.kind in ("DECADE", "CENTURY"):
        return None
    years = years_of(value)
    if years is not None and years[0] != years[1]:
        return None
    return int(day[: day.index("-", 1)])


def _length(passage: Passage, match: re.Match[str], first: bool) -> Result | None:
    length, period = passage.items[match["length"]], passage.items[match["period"]]
    words = SPAN_WORD if first else LENGTH_WORD
    clause = re.search(r"\b(?:that|which|who|when|where)\b(?! is\b)", match["gap"])
    if period.date.kind != "PERIOD" or clause or not words.search(match["gap"]) or length.figure.value_max is not None:
        return None
    return _compare_length(length, period, value_of(length), length.figure.unit)


def _compare_length(length: Item | None, period: Item, count: Fraction, unit: str | None) -> Result | None:
    years = years_of(period.date)
    if years is None or unit != "year" or period.date.edtf is None or len(period.date.edtf) > 11:
        return None
    span = years[1] - years[0]
    modifier = length.figure.modifier if length else None
    slack = max(Fraction(1), count / 10) if modifier in ("approx", "vague") else Fraction(1, 2)
    holds = span - slack <= count <= span + 1 + slack
    if modifier in ("more_than", "min"):
        holds = count - 1 <= span <= count * Fraction(3, 2) + 1
    elif modifier in ("less_than", "max"):
        holds = count * Fraction(2, 3) <= span + 1 and span <= count
    words = (
        f"{years[1]} - {years[0]} = {span} years, {span + 1} with both ends counted; the text says {shown(count)} years"
    )
    items = (length, period) if length else (period,)
    return decided("period-length", items, holds=holds, words=words, claimed=shown(count))._replace(computed=str(span))


def _named_length(passage: Passage, match: re.Match[str]) -> Result | None:
    count = Fraction(match["count"]) if match["count"].isdecimal() else read_words(match["count"].lower())
    unit = match["unit"].lower().rstrip("s")
    period = passage.items[match["period"]]
    if count is None or period.date.kind != "PERIOD" or unit not in ("year", "decade"):
        return None
    return _compare_length(None, period, count * (10 if unit == "decade" else 1), "year")


def _later(passage: Passage, match: re.Match[str]) -> Result | None:
    first, last = passage.items[match["first"]], passage.items[match["last"]]
    sign = -1 if match["side"] in ("earlier", "before", "previously") else 1
    return _distance(passage, match, first, last, sign)


def _after(passage: Passage, match: re.Match[str]) -> Result | None:
    sign = -1 if match["side"] == "before" else 1
    return _distance(passage, match, passage.items[match["first"]], passage.items[match["last"]], sign)


def _distance(passage: Passage, match: re.Match[str], first: Item, last: Item, sign: int) -> Result | None:
    length = passage.items[match["length"]]
    years = year_of(first), year_of(last)
    if length.figure.unit != "year" or years[0] is None or years[1] is None or length.figure.value is None:
        return None
    gap, count = (years[1] - years[0]) * sign, value_of(length)
    slack = Fraction(1) if length.figure.modifier or count.denominator != 1 else Fraction(0)
    holds = gap - slack <= count <= gap + slack
    late, early = max(years[0], years[1]), min(years[0], years[1])
    words = f"{late} - {early} = {late - early} years; the text says {length.quote} {match['side']}"
    return decided("period-distance", (first, length, last), holds=holds, words=words, claimed=length.quote)._replace(
        computed=shown(Fraction(gap))
    )


def _age(passage: Passage, match: re.Match[str]) -> Result | None:
    born, died, age = (passage.items[match[name]] for name in ("born", "died", "age"))
    years = year_of(born), year_of(died)
    if years[0] is None or years[1] is None or age.figure.unit != "year" or age.figure.value is None:
        return None
    gap, count = years[1] - years[0], value_of(age)
    slack = 2 if age.figure.modifier else 0
    holds = gap - 1 - slack <= count <= gap + slack
    words = f"{years[1]} - {years[0]} = {gap}, so {gap - 1} or {gap} years of age; the text says {age.quote}"
    return decided("age", (born, died, age), holds=holds, words=words, claimed=age.quote)._replace(
        computed=f"{gap - 1} or {gap}"
    )


def _nested(passage: Passage, match: re.Match[str]) -> Result | None:
    outer, inner = passage.items[match["outer"]], passage.items[match["inner"]]
    a, b = years_of(outer.date), years_of(inner.date)
    if a is None or b is None or outer.date.kind != "PERIOD":
        return None
    holds = a[0] <= b[0] and b[1] <= a[1]
    words = f"{inner.quote} {'lies' if holds else 'does not lie'} within {outer.quote}"
    result = decided("subset-period", (outer, inner), holds=holds, words=words)
    return result if holds else result._replace(verdict="undecidable")


READERS = (
    (SINCE_IT, _after), (LATER, _later), (FOR_YEARS, _later), (AFTER_IT, _after), (AGE, _age), (AGE_FIRST, _age), (AT_AGE, _age),
)  # fmt: skip
