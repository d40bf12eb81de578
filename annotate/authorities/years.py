"""Years: of a life, of the words around a name, and what the two say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from schemas.authorities import Authority
from schemas.records import Annotation
from schemas.values import DateValue

Evidence = tuple[float, str]

# "(1871-1950)", "(b. 1901)", "(d. 1953)" right behind a name.
_LIFE = re.compile(
    r"['’]?s?,?\s*\((?:(?P<born>b\.|born)\s*|(?P<died>d\.|died|†)\s*)?(?:c\.|ca\.?)?\s*(?P<first>\d{3,4})\??"
    r"(?:\s*[-–—]\s*(?:c\.|ca\.?)?\s*(?P<last>\d{3,4})?\??)?\)"
)
_YEAR = re.compile(r"-?\d{1,4}X{0,2}")
_WIDE = frozenset({"CENTURY", "REL", "TIME"})
# A life tells two people of one name apart better than its founding tells a town or a body: they last.
_OF_THAT_TIME = {"PERSON": 1.0, "LOC": 0.2}
_GROWN, _CHILD = 18, 12  # years of age from which people act in history books, and below which they do not


def year_of(edtf: str | None, *, last: bool = False) -> int | None:
    """The first or last year of an EDTF date.

    >>> year_of("1878-12-18"), year_of("188X", last=True), year_of("-0043"), year_of(None)
    (1878, 1889, -43, None)
    """
    found = _YEAR.match(edtf or "")
    return int(found[0].replace("X", "9" if last else "0")) if found else None


def years_of(dates: Iterable[Annotation]) -> Iterator[int]:
    """The years that dates name; a period gives its two ends."""
    for ann in dates:
        if isinstance(ann.value, DateValue) and ann.value.kind not in _WIDE:
            yield from {year for day in (ann.value.earliest, ann.value.latest) if (year := year_of(day)) is not None}


def stated_life(text: str, end: int) -> tuple[int | None, int | None] | None:
    """Years of birth and death in brackets right behind a name; None where there are none."""
    found = _LIFE.match(text, end, end + 40)
    if found is None:
        return None
    first, last = int(found["first"]), int(found["last"]) if found["last"] else None
    if found["died"]:
        return None, first
    if found["born"] or last is not None or re.search(r"\d\s*[-–—]\s*\)", found[0]):
        return first, last
    return None


def weigh_stated_life(record: Authority, lives: Sequence[tuple[int | None, int | None]]) -> Evidence | None:
    """What years in brackets behind a name say of a record: nothing where the record has none to compare."""
    begin, end = year_of(record.begin), year_of(record.end)
    for first, last in lives:
        pairs = [(a, b) for a, b in ((first, begin), (last, end)) if a is not None and b is not None]
        if any(abs(a - b) > 1 for a, b in pairs):
            return -5.0, "other dates of life stand behind the name"
        if pairs and all(a == b for a, b in pairs):
            return 4.0, "the same dates of life stand behind the name"
    return None


def weigh_years(record: Authority, years: Sequence[int], where: str) -> Evidence | None:
    """What the years around a name say of a record's life or existence."""
    begin, end = year_of(record.begin), year_of(record.end, last=True)
    if not years or (begin is None and end is None):
        return None
    person = record.label == "PERSON"
    first = begin if begin is None or not person else begin + _GROWN
    within = sum((first is None or year >= first) and (end is None or year <= end + 1) for year in years)
    if 2 * within >= len(years):
        return _OF_THAT_TIME.get(record.label, 0.5), f"of that time by the dates {where}"
    if begin is not None and all(year < begin + (_CHILD if person else 0) for year in years):
        return -4.0, f"later than all dates {where}"
    if end is not None and all(year > end for year in years):
        late = min(years) - end > 60
        return (-0.5 if late else -0.4), f"{'long ' if late else ''}before the dates {where}"
    return 0.0, f"only some dates {where} fit"
