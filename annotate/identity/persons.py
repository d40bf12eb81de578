"""Persons: family and given names, initials, bare surnames. Two people of one family stay two."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotate.identity.groups import Groups, Named
from annotate.identity.titles import without_titles
from bibliography.names import PARTICLES, initials, initials_agree, parse_name, particle
from bibliography.transliterate import name_keys

# "Nicholas II": the numeral belongs to the name; read as initials, it would agree with Nicholas I.
_REGNAL = re.compile(r"[^\W\d_]{3,}(?:[ -][^\W\d_]{3,})? (?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})")
_SUFFIXES = re.compile(r",?\s+(?:jr|sr|esq|ph\.?d|m\.?d)\.?$", re.IGNORECASE)


class Person(NamedTuple):
    """A name taken apart; ``given`` is empty for a bare surname. ``keys`` are the codes that its spellings share."""

    named: Named
    family: str
    given: str
    keys: frozenset[str]
    bare_keys: frozenset[str]  # of the family name without its particle


def join_persons(groups: Groups) -> None:
    """Join the names of persons that agree in family and given names and fit no one else."""
    people = [person for named in groups.of_label("PERSON") if (person := read_person(named)) is not None]
    full = [person for person in people if person.given and not _only_initials(person.given)]
    short = [person for person in people if person.given and _only_initials(person.given)]
    known: list[Person] = []
    for person in full:
        _join_or_add(groups, person, known, "the same family name, and given names that agree")
    for person in short:
        _join_or_add(groups, person, known, "the same family name, and initials that agree")
    for person in people:
        if not person.given:
            _join_surname(groups, person, known)


def read_person(named: Named) -> Person | None:
    """The name taken apart. None where nothing but a title is left."""
    family, given = split_person(named.name)
    return Person(named, family, given, name_keys(family), name_keys(family.split()[-1])) if family else None


def split_person(written: str) -> tuple[str, str]:
    """Family and given names of a person, without titles; the family name is empty where nothing but a title is left.

    >>> split_person("General Walter von Reichenau"), split_person("Stalin, Joseph"), split_person("Miss")
    (('von Reichenau', 'Walter'), ('Stalin', 'Joseph'), ('', ''))
    >>> split_person("Tsar Nicholas II")
    ('Nicholas II', '')
    """
    name = _SUFFIXES.sub("", " ".join(written.split()))
    bare = re.sub(r"['’]s?$", "", without_titles(name)).strip(" ,.")
    if not bare:
        return "", ""
    if _REGNAL.fullmatch(bare):
        return bare, ""
    parts = parse_name(bare) if len(bare.split()) > 1 else {"family": bare}
    if "literal" in parts:
        words = bare.split()
        parts = {"family": words[-1], "given": " ".join(words[:-1])}
    given = parts.get("given", "")
    before = particle(parts)
    if given.casefold() in PARTICLES:  # "von Reichenau" alone
        before, given = given, ""
    return " ".join(filter(None, (before, parts.get("family", "")))), given


def _only_initials(given: str) -> bool:
    return all(len(part) <= 2 for part in initials(given))


def _join_or_add(groups: Groups, person: Person, known: list[Person], why: str) -> None:
    """Join a name to the one person it fits; where it fits several, they are told; where none, it is a new one."""
    heads = _heads(groups, [other for other in known if _same_family(person, other) and _agree(person, other)])
    if len(heads) == 1:
        groups.join(person.named, heads[0], f"{heads[0].name}: {why}")
    elif heads:
        groups.leave_open(person.named, heads, "fits several persons of this family")
    known.append(person)


def _join_surname(groups: Groups, person: Person, known: list[Person]) -> None:
    heads = _heads(groups, [other for other in known if _same_family(person, other)])
    if len(heads) == 1:
        groups.join(person.named, heads[0], f"{heads[0].name}: the only person of this family in the article")
    elif heads:
        groups.leave_open(person.named, heads, "several persons of the article have this family name")


def _heads(groups: Groups, people: list[Person]) -> list[Named]:
    return list(dict.fromkeys(groups.head(person.named) for person in people))


def _same_family(one: Person, other: Person) -> bool:
    """Equal in any transliteration; a particle may be left out ("Reichenau", "von Reichenau")."""
    if not one.keys.isdisjoint(other.keys):
        return True
    return one.family.count(" ") != other.family.count(" ") and not one.bare_keys.isdisjoint(other.bare_keys)


def _agree(one: Person, other: Person) -> bool:
    return initials_agree(one.given, other.given)
