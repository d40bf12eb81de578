"""The names that stand before a point of the text: "Davies, Harrison & Wheatcroft", "van der Wurff et al.", "Sutton’s".

>>> known = {"davies", "wheatcroft", "van der wurff"}.__contains__
>>> [read.surnames for read in names_before("In Moscow, Davies and Wheatcroft", 32, 0, known)]
[('Moscow', 'Davies', 'Wheatcroft'), ('Davies', 'Wheatcroft'), ('Wheatcroft',)]
>>> names_before("as W. van der Wurff et al.", 26, 0, known)
(Names(start=3, surnames=('van der Wurff',), et_al=True, given='W.', listed=False),)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bibliography.names import PARTICLES, fold_name, without_case
from bibliography.namings import NO_NAMES
from bibliography.parse.letters import UP

_WINDOW = 200  # code points: further left no name is looked for
_MOST_NAMES = 8
_WORDS = re.compile(r"(?:[^\W\d_][\w.’'‘ʹ‐-]*[^\S\n]*\n?[^\S\n]+|[^\W\d_][\w.’'‘ʹ‐-]*\n){0,5}[^\W\d_][\w’'‘ʹ‐-]*$")
_ET_AL = re.compile(
    r"""[\s,]+(?: et\s+al\b\.? | et\s+alii | and\s+(?:others|colleagues) | & \s+ al\. | u\.\s?a\. | et\s+coll\. | и\s+др\. | i\s+in\. | y\s+otros )$""",
    re.VERBOSE | re.IGNORECASE,
)
_LETTERS = re.compile(r"\s\[[^\W\d_]{2,10}\]$")  # "National Union of Gardeners [NUG], 1934"
_POSSESSIVE = re.compile(r"(?:[’'‘]s|(?<=[sxz])[’'])$")
_AND = re.compile(r"[\s,]*(?:\b(?:and|und|et|y|e|en|og|och|with|и|i)\b|&|/)\s*$")
_COMMA = re.compile(r"\s*,\s*$")
_INITIALS_BEFORE = re.compile(
    rf"(?:(?<!\w){UP}[^\W\d_]+\s+)?(?:(?<![\w.]){UP}{{1,2}}\.[\s‐-]?){{1,4}}$"
)  # "William J. "
_INITIALS_AFTER = re.compile(rf",?\s(?:{UP}{{1,2}}\.\s?){{1,3}}$")
_FORENAMES = re.compile(rf"(?:\b{UP}[\w’'.-]*\s+){{1,3}}$")


class Names(NamedTuple):
    """A reading of the names: where it begins, the surnames in order, "et al.", initials of the first.

    ``listed`` where only a comma joins two of them, which may be one word too many.
    """

    start: int
    surnames: tuple[str, ...]
    et_al: bool
    given: str
    listed: bool


class _Name(NamedTuple):
    start: int  # with its initials
    surname: str
    given: str
    comma: bool = False  # a comma alone joins it to the next


def names_before(text: str, end: int, floor: int, known: Callable[[str], bool]) -> tuple[Names, ...]:
    """The readings of the names that end at ``end`` and begin not before ``floor``, the longest list first."""
    at = end
    while at > floor and (text[at - 1].isspace() or text[at - 1] == ","):
        at -= 1
    if letters := _LETTERS.search(text, max(floor, at - 14), at):
        at = letters.start()
    window = max(floor, at - _WINDOW)
    if possessive := _POSSESSIVE.search(text, window, at):
        at = possessive.start()
    et_al = _ET_AL.search(text, window, at)
    if et_al:
        at = et_al.start()
        if possessive := _POSSESSIVE.search(text, window, at):
            at = possessive.start()
    names: list[_Name] = []
    comma = False
    while len(names) < _MOST_NAMES and (name := _name_before(text, at, window, known)):
        names.insert(0, name._replace(comma=comma))
        joint = _joint(text, name.start, window)
        if joint is None:
            break
        at, comma = joint
    return tuple(
        Names(
            names[n].start,
            tuple(name.surname for name in names[n:]),
            et_al is not None,
            names[n].given,
            any(name.comma for name in names[n:]),
        )
        for n in range(len(names))
    )


def _joint(text: str, at: int, window: int) -> tuple[int, bool] | None:
    """Where the name before ends, if "and", "&" or a comma joins it to the name at ``at``, and whether it is a comma."""
    if found := _AND.search(text, window, at):
        return found.start(), False
    if found := _COMMA.search(text, window, at):
        return found.start(), True
    forenames = _FORENAMES.search(text, window, at)
    found = _AND.search(text, window, forenames.start()) if forenames else None
    return (found.start(), False) if found else None


def _name_before(text: str, at: int, window: int, known: Callable[[str], bool]) -> _Name | None:
    given = ""
    if after := _INITIALS_AFTER.search(text, window, at):  # "Шпотов Б. М., 2003"
        given, at = after.group().strip(" ,"), after.start()
    found = _WORDS.search(text, window, at)
    if found is None:
        return None
    starts = [found.start() + word.start() for word in re.finditer(r"\S+", found.group())]
    start, surname = _surname(text, starts, at, known)
    if not surname[0].isupper() and not _capital_behind_particle(surname):
        return None
    if not given and (before := _INITIALS_BEFORE.search(text, window, start)):
        start, given = before.start(), before.group().strip()
        first = given.split(None, 1)[0]
        if first.casefold() in NO_NAMES:  # "See A. C. Sutton"
            start, given = start + len(first) + 1, given[len(first) :].strip()
    return _Name(start, surname, given)


def _surname(text: str, starts: list[int], end: int, known: Callable[[str], bool]) -> tuple[int, str]:
    """The longest run of words that begins an entry; else the last word with its particles."""
    for start in starts:
        if (name := _known_form(text[start:end], known)) is not None:
            return start, name
    at = len(starts) - 1
    while at > 0 and text[starts[at - 1] : starts[at]].strip().lower() in PARTICLES:
        at -= 1
    return starts[at], " ".join(text[starts[at] : end].split())


def _known_form(written: str, known: Callable[[str], bool]) -> str | None:
    """The form under which a name is known: as written, without its genitive, or a Russian name without its case."""
    name = " ".join(written.split())
    return next((form for form in _forms(name) if known(fold_name(form))), None)


def _forms(name: str) -> Iterator[str]:
    yield name
    yield _POSSESSIVE.sub("", name)
    if name.isascii():
        if name.endswith("s"):
            yield name[:-1]  # "Suttons Buch (1968)"
    else:
        yield from without_case(name)


def _capital_behind_particle(surname: str) -> bool:
    words = surname.split()
    return (
        len(words) > 1 and words[-1][0].isupper() and all(word in PARTICLES for word in words[:-1] if word[0].islower())
    )
