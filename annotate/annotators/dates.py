"""The date layer: days, months, years, periods, decades, centuries and seasons, as day intervals with EDTF.

Atoms are found in one pass (date_atoms), joined to ranges, given their modifiers ("early", "since"), and years that are
said once are carried to the dates that share them (date_narrative).

>>> [moment.kind for moment in find_dates("From October 1929 to the beginning of 1930s it grew.")]
['PERIOD']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from annotate.annotators.date_atoms import find_atoms
from annotate.annotators.date_narrative import find_relatives, tell_years
from annotate.annotators.date_patterns import (
    BETWEEN,
    BRACKET_CLOSES,
    BRACKET_OPENS,
    JOIN,
    JOIN_AND,
    LEAD,
    MODIFIER,
    NEW_STYLE,
    OLD_STYLE,
    ONWARDS,
    SMALL_NUMBERS,
)
from annotate.annotators.date_special import find_special
from annotate.annotators.date_values import Moment, Point, date_value, narrow, narrow_stretch
from annotate.annotators.running import blocks_once
from schemas.ids import Ids
from schemas.records import Annotation, Article
from schemas.values import DateModifier

if TYPE_CHECKING:
    from spacy.tokens import Doc

SKIPPED_KINDS = frozenset({"reference", "author", "affiliation"})
"""Bibliography and addresses: their years belong to the parser of references."""

SPLIT_YEAR = re.compile(r"\d{4}/\d{2}")  # "1928/29 – 1932/33" is one period
LEAD_WINDOW = 48
MODIFIER_WINDOW = 32
MADE_BY = "adfontes-dates"
POINTS: Mapping[str, DateModifier] = {
    "early": "start",
    "beginning": "start",
    "start": "start",
    "opening": "start",
    "turn": "start",
    "mid": "mid",
    "middle": "mid",
    "late": "end",
    "end": "end",
    "close": "end",
}
MODIFIERS: tuple[DateModifier, ...] = ("since", "after", "by", "before", "until", "approx")


def annotate_dates(article: Article, docs: Mapping[str, Doc]) -> Iterator[Annotation]:
    """Yield the date annotations of the article, block by block, in text order; the Docs are not read."""
    ids = Ids("d")
    for block in blocks_once(article):
        if block.kind in SKIPPED_KINDS:
            continue
        text = article.quote(block)
        for moment in find_dates(text):
            yield Annotation(
                id=ids.make(f"{moment.kind}|{text[moment.start : moment.end]}"),
                layer="date",
                label=moment.kind,
                start=block.start + moment.start,
                end=block.start + moment.end,
                value=date_value(moment),
                made_by=MADE_BY,
            )


def find_dates(text: str) -> list[Moment]:
    """The dates of one text, in order, without overlap."""
    atoms = sorted([*find_atoms(text), *find_special(text)], key=lambda moment: (moment.start, -moment.end))
    moments = _without_overlap([_with_lead(text, moment) for moment in atoms])
    moments = _join(text, _share_behind(text, moments))
    moments = [_with_modifier(text, moment) for moment in moments]
    return tell_years(text, moments, find_relatives(text, moments))


def _without_overlap(moments: list[Moment]) -> list[Moment]:
    kept: list[Moment] = []
    for moment in moments:
        if kept and moment.start < kept[-1].end:
            continue
        kept.append(moment)
    return kept


def _with_lead(text: str, moment: Moment) -> Moment:
    """Take "end of the", "mid-", "first half of" into the span, and into the value."""
    offset = max(0, moment.start - LEAD_WINDOW)
    match = LEAD.search(text[offset : moment.start])
    if not match:
        return moment
    start = offset + match.start()
    if match["part"]:
        which, whole = match["part"].split()
        if whole != "part":
            return narrow(moment, which, whole)._replace(start=start)
        return moment._replace(start=start, modifier="start" if which in ("first", "former") else "end")
    if match["stretch"]:
        return _stretch(moment, match)._replace(start=start)
    word = (match["point"] or match["place"]).lower()
    return moment._replace(start=start, modifier=POINTS[word])


def _stretch(moment: Moment, match: re.Match[str]) -> Moment:
    """ "the last three months of", "the first week of": cut off; "the last days of" only says which end."""
    word, unit = match["count"], match["stretch_unit"]
    side: DateModifier = "start" if match["side"].lower() in ("first", "opening") else "end"
    several = match["stretch"].endswith("s")
    count = (0 if several else 1) if word is None else int(word) if word.isdecimal() else SMALL_NUMBERS.get(word, 0)
    return narrow_stretch(moment, side, count, unit) or moment._replace(modifier=side)


def _share_behind(text: str, moments: list[Moment]) -> list[Moment]:
    """ "31 May (19 May, old style) 1891": the year behind the bracket belongs to both days."""
    shared = list(moments)
    for first, second, year in zip(moments, moments[1:], moments[2:], strict=False):
        days = first.kind == second.kind in ("DATE", "PERIOD") and first.first.year is None is second.first.year
        if not days or year.kind != "YEAR" or year.start - first.end > 60 or year not in shared:
            continue
        if BRACKET_OPENS.fullmatch(text, first.end, second.start) and BRACKET_CLOSES.fullmatch(
            text, second.end, year.start
        ):
            shared.remove(year)
            for moment, end in ((first, first.end), (second, year.end)):
                begin, until = (point._replace(year=year.first.year) for point in (moment.first, moment.last))
                shared[shared.index(moment)] = moment._replace(end=end, first=begin, last=until, inferred=("year",))
    return shared


def _join(text: str, moments: list[Moment]) -> list[Moment]:
    """Make one period of two moments with a dash or "to" between them, or "and" after "between"."""
    joined: list[Moment] = []
    for moment in moments:
        period = _period(text, joined[-1], moment) if joined else None
        if period is None:
            joined.append(moment)
        else:
            joined[-1] = period
    return joined


def _period(text: str, first: Moment, last: Moment) -> Moment | None:
    split = all(SPLIT_YEAR.fullmatch(text, moment.start, moment.end) for moment in (first, last))
    if last.start - first.end > 16 or (not split and {first.kind, last.kind} & {"PERIOD", "PART"}):
        return None
    gap = text[first.end : last.start]
    if not JOIN.fullmatch(gap):
        between = BETWEEN.search(text[max(0, first.start - 16) : first.start])
        if not (between and JOIN_AND.fullmatch(gap)):
            return None
    start, end = _share_year(first.first, last.last)
    shared = ("year",) if start.year != first.first.year or end.year != last.last.year else ()
    if start.year is not None and end.year is not None and start[:1] > end[:1]:
        return None
    inferred = tuple(dict.fromkeys(first.inferred + last.inferred + shared))
    return Moment(first.start, last.end, "PERIOD", start, end, inferred=inferred)


def _share_year(first: Point, last: Point) -> tuple[Point, Point]:
    """The year said once: "July 1 to July 3, 1863"; the first of "December to March 1942" is in 1941."""
    later = (first.month or 0) > (last.month or 12)
    if first.year is None and last.year is not None and first.month is not None:
        first = first._replace(year=last.year - later)
    elif last.year is None and first.year is not None and last.month is not None:
        last = last._replace(year=first.year + later)
    return first, last


def _with_modifier(text: str, moment: Moment) -> Moment:
    """ "since", "by", "circa" before the span, "Old Style" after it; "early" and "end" are already there."""
    if OLD_STYLE.match(text, moment.end):
        moment = moment._replace(calendar="julian")
    elif NEW_STYLE.match(text, moment.end):
        moment = moment._replace(calendar="gregorian")
    if moment.modifier is not None:
        return moment
    if ONWARDS.match(text, moment.end) and moment.kind != "PERIOD":
        return moment._replace(modifier="since")
    match = MODIFIER.search(text[max(0, moment.start - MODIFIER_WINDOW) : moment.start])
    if not match:
        return moment
    found = next(name for name in MODIFIERS if match[name])
    if found == "since" and moment.kind == "PERIOD":
        return moment
    return moment._replace(modifier=found)
