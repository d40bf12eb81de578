"""How alike two works are: each field compared on its own, 1 for the same, -1 for different, 0 where one is silent."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from bibliography.names import fold_name, initials_agree, particle
from schemas.records import CslItem

_PUNCTUATION = re.compile(r"[^\w\s]|_")
_STOP = frozenset("the a an of and in on for to der die das und von le la les de du et des un une i v na o s".split())


class Features(NamedTuple):
    """The comparison, field by field; also the form of the weights."""

    title: float
    author: float
    initials: float
    year: float
    volume: float
    pages: float
    container: float
    doi: float


class WorkPerson(NamedTuple):
    """A person folded for comparing: the ways to write the family name, and the given name."""

    families: tuple[str, ...]
    given: str


class Work(NamedTuple):
    """A CSL item folded for comparing."""

    key: str
    title: str
    short: str
    words: frozenset[str]
    people: tuple[WorkPerson, ...]
    year: int | None
    volume: str
    page: str
    container: str
    doi: str


def work_of(item: CslItem, key: str) -> Work:
    """The folded form of an item."""
    title = _fold(item.get("title"))
    people = item.get("author") or item.get("editor") or []
    return Work(
        key,
        title,
        _fold(re.split(r"[:.?!]\s", str(item.get("title") or ""), maxsplit=1)[0]),
        frozenset(word for word in title.split() if len(word) > 2 and word not in _STOP),
        tuple(_person(person) for person in people if isinstance(person, dict)),
        _year(item),
        _fold(item.get("volume")),
        (re.findall(r"\d+", str(item.get("page") or "")) or [""])[0],
        _fold(item.get("container-title")),
        str(item.get("DOI") or "").lower(),
    )


def compare(work: Work, other: Work) -> Features:
    """The features of two works; the first may be cited in a short form."""
    return Features(
        _title(work, other),
        _authors(work, other),
        _given(work, other),
        _years(work.year, other.year),
        _same(work.volume, other.volume),
        _same(work.page, other.page),
        0.0
        if not (work.container and other.container)
        else 2 * fuzz.token_set_ratio(work.container, other.container) / 100 - 1,
        1.0 if work.doi and work.doi == other.doi else 0.0,
    )


def _title(work: Work, other: Work) -> float:
    if not work.title or not other.title:
        return 0.0
    whole = fuzz.ratio(work.title, other.title) / 100
    if len(work.title) < len(other.title) and len(work.words) >= 2:
        begins = fuzz.ratio(work.title, other.title[: len(work.title)]) / 100
        part = fuzz.partial_ratio(work.title, other.title) / 100
        whole = max(whole, 0.96 * begins, 0.9 * part if len(work.words) >= 3 else 0.0)
    elif other.title == work.short or work.title == other.short:
        whole = max(whole, 0.96)
    return max(-1.0, min(1.0, 5 * whole - 4))  # 0.8 says nothing; 0.6 and less is another title


def _authors(work: Work, other: Work) -> float:
    if not work.people or not other.people:
        return 0.0
    first = set(work.people[0].families)
    if first & set(other.people[0].families):
        return 1.0
    if any(first & set(person.families) for person in other.people[1:]):
        return 0.3
    return -1.0


def _given(work: Work, other: Work) -> float:
    if not work.people or not other.people or not work.people[0].given:
        return 0.0
    families = set(work.people[0].families)
    same = [person for person in other.people if families & set(person.families) and person.given]
    if not same:
        return 0.0
    return 1.0 if any(initials_agree(work.people[0].given, person.given) for person in same) else -1.0


def _years(year: int | None, other: int | None) -> float:
    if year is None or other is None:
        return 0.0
    return 1.0 if year == other else -0.3 if abs(year - other) == 1 else -1.0


def _same(value: str, other: str) -> float:
    return 0.0 if not value or not other else 1.0 if value == other else -1.0


def _person(person: dict[str, Any]) -> WorkPerson:
    family = str(person.get("family") or person.get("literal") or "")
    von = particle(person)
    whole = fold_name(f"{von} {family}") if von else fold_name(family)
    forms = [fold_name(family), whole.replace(" ", ""), whole]
    if " " in family:  # double surnames and particles are dropped as often as not
        forms += [fold_name(family.split(" ")[-1]), fold_name(family).replace(" ", "")]
    return WorkPerson(tuple(dict.fromkeys(form for form in forms if form)), str(person.get("given") or ""))


def _year(item: CslItem) -> int | None:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    try:
        return int(parts[0][0]) if parts and parts[0] else None
    except (TypeError, ValueError):
        return None


def _fold(value: Any) -> str:
    return " ".join(_PUNCTUATION.sub(" ", fold_name(str(value or ""))).split())
