"""Citations by author and year: "(Sutton 1968; 1973: 12)", "Sutton and Latour's (1968, 347)", "van der Wurff (in press)".

>>> text = "Sutton’s (1968, 347) view; see also Nove et al. 1969a, b and (Davies & Wheatcroft, 2004: 12–15; 2009)."
>>> for found in find_author_years(text, {"sutton", "nove", "davies", "wheatcroft"}.__contains__):
...     call = found.readings[0].call
...     print(text[found.start:found.end], call.names, call.years, call.suffix, found.locator)
Sutton’s (1968, 347) ('Sutton',) (1968,)  347
Nove et al. 1969a ('Nove',) (1969,) a None
b ('Nove',) (1969,) b None
Davies & Wheatcroft, 2004: 12–15 ('Davies', 'Wheatcroft') (2004,)  12–15
2009 ('Davies', 'Wheatcroft') (2009,)  None

Each year is one citation. What stands before a year may be a list of names, a list with a word too many ("In Moscow,
Sutton (1968)"), or no name: a citation keeps all readings, the longest first, and the entries decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from annotate.annotators.citations.locators import read_locator
from annotate.annotators.citations.surnames import Names, names_before
from bibliography.headings import NO_YEAR_PATTERN, Call, read_letter, read_no_year

Form = Literal["narrative", "bracket", "plain", "continued", "year"]

_YEARS = re.compile(
    rf"""(?<![\w.,/–—-]) (?<!\d\s) (?P<year>1\d\d\d|20\d\d) (?: (?P<suffix>[a-zа-г]) | \s(?P<spaced>[a-hа-г])(?=\s?[,;:)\]]) )? (?![\w°%])
         (?: \s{{0,3}}\[(?P<bracketed>1\d\d\d|20\d\d)\] | \s?\((?P<round>1\d\d\d|20\d\d)\) | /(?P<slashed>\d{{4}}|\d\d)(?!\d)
           | \s?[–—-]\s?(?P<last>1\d\d\d|20\d\d|\d\d)(?![\w]) )?
       | \[(?P<original>1\d\d\d|20\d\d)\]\s?(?P<reprint>1\d\d\d|20\d\d)(?!\d)
       | (?<!\w) (?P<none> {NO_YEAR_PATTERN} )""",
    re.VERBOSE | re.IGNORECASE,
)
_LETTERS = re.compile(r"\s?(?:,|and|&|–|-)\s?(?P<suffix>[a-zа-г])(?![\w’'.(])")  # "1969a, b"
_CONTINUED = re.compile(
    r"\s*(?:[,;]|\)?\s?(?:and|und|&|et|e|y|и)\s\(?|\),?\s\()\s*(?:(?:and|und|&|et|e|y|и)\s)?\s*[(\[]?"
)
_PLACE = re.compile(
    r"[(\[]\s*(?:[^\W\d_][^()\[\]\d]{0,60},\s*|[^()\[\]]{0,30}\bin\s+)?$"
)  # "(", "(Paris, ", "(Słownik języka polskiego, "
_CLOSED = re.compile(r"\s?[)\]]")
_FURTHER = re.compile(r"[,;]\s(?:(?:1[4-9]|20)\d\d[a-z]?\b|[^\W\d_a-z])")  # "(1982, 1987)", "(1999; Sutton 1968)"


class Reading(NamedTuple):
    """One way to read a citation: where it begins then, how it calls its source, whether its names are a comma list."""

    start: int
    call: Call
    listed: bool


class AuthorYear(NamedTuple):
    """A citation: its span, the readings of it, the locator as printed, and the shape that it has.

    A "year" alone in brackets has readings without names; the names around it decide. ``year`` is where the year begins.
    """

    start: int
    end: int
    year: int
    readings: tuple[Reading, ...]
    locator: str | None
    form: Form


def find_author_years(text: str, known: Callable[[str], bool]) -> Iterator[AuthorYear]:
    """The citations of a text, in order; ``known`` tells whether a folded name begins an entry."""
    end = 0
    before: tuple[int, tuple[Names, ...]] | None = None  # the names that a further year continues
    for found in _YEARS.finditer(text):
        if found.start() < end:
            continue
        form, start, names = _left(text, found.start(), end, before, known)
        if form is None:
            continue
        call = _call(found)
        after, locator = read_locator(text, found.end())
        closed = _CLOSED.match(text, after)
        if form == "year" and closed is None and not _FURTHER.match(text, after):
            continue  # "(Paris, 1569 and later)"
        end = closed.end() if form == "narrative" and closed else after
        at = start if form == "continued" else None
        yield AuthorYear(start, end, found.start(), _readings(names, call, at), locator, form)
        before = (after, names) if names or form == "year" else None
        while call.suffix and locator is None and (more := _LETTERS.match(text, end)):
            end = more.end()
            at = more.start("suffix")
            yield AuthorYear(
                at, end, at, _readings(names, call._replace(suffix=read_letter(more["suffix"])), at), None, "continued"
            )
            before = (end, names)


def _left(
    text: str, at: int, end: int, before: tuple[int, tuple[Names, ...]] | None, known: Callable[[str], bool]
) -> tuple[Form | None, int, tuple[Names, ...]]:
    """What stands before a year: the form, where the citation begins, and the readings of its names."""
    stop = at
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    opened = stop > end and text[stop - 1] in "(["
    stop -= opened
    readings = names_before(text, stop, end, known)
    if readings and (opened or not text[stop:at].strip(" \n,")):
        form: Form = "narrative" if opened else "bracket" if _inside_bracket(text, at) else "plain"
        return form, readings[0].start, readings
    if before is not None and _CONTINUED.fullmatch(text, before[0], at):
        return "continued" if before[1] else "year", at, before[1]
    if _PLACE.search(text, max(end, at - 64), at):
        return "year", at, ()
    return None, at, ()


def _inside_bracket(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at) or text.rfind("[", 0, at) > text.rfind("]", 0, at)


def _call(found: re.Match[str]) -> Call:
    """What a year says of the work that is called, names aside."""
    if found["none"]:
        return Call((), no_year=read_no_year(found["none"]))
    if found["original"]:
        return Call((), years=(int(found["reprint"]), int(found["original"])))
    year, last = found["year"], found["last"]
    second = found["bracketed"] or found["round"] or found["slashed"] or last
    more = (int(year[: 4 - len(second)] + second),) if second else ()
    letter = read_letter(found["suffix"] or found["spaced"])
    return Call((), years=(int(year), *more), suffix=letter, span=bool(last))


def _readings(names: tuple[Names, ...], call: Call, at: int | None) -> tuple[Reading, ...]:
    if not names:
        return (Reading(at or 0, call, False),)
    return tuple(
        Reading(
            read.start if at is None else at,
            call._replace(names=read.surnames, et_al=read.et_al, given=read.given),
            read.listed,
        )
        for read in names
    )
