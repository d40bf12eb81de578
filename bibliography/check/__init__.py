"""What a careful editor flags in a bibliography file, as biber --tool, JabRef and Better BibTeX do, and what mends it.

>>> from bibliography.bibtex import read_bibtex
>>> library = read_bibtex("@article{a, author = {Sutton, A.}, title = {X}, year = 1968, pages = {15-12}}", "x.bib")
>>> [problem.code for problem in check_library(library)]
['bib-missing-field', 'bib-pages-reversed']

    model     types, required fields, unknown fields        values    dates, pages, identifiers
    text      LaTeX, braces, characters, capitals, names    library   keys, crossref, duplicates

A new rule is a function from an entry to its findings, and one line in the table below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from bibliography.bibtex import Entry, Library
from bibliography.check import library as whole
from bibliography.check import model, text, values
from bibliography.check.finding import Finding
from bibliography.csl import library_items
from bibliography.edit import field_places, update
from bibliography.inherit import inherit, parents
from schemas.ids import Ids
from schemas.records import Problem

Rule = Callable[[Entry], Iterator[Finding]]
_RULES: tuple[Rule, ...] = (
    model.check_type,
    values.check_dates,
    values.check_codes,
    values.check_numbers,
    text.check_characters,
)
# How BibTeX is written, of which CSL-JSON and RIS know nothing.
_BIBTEX_RULES: tuple[Rule, ...] = (
    model.check_fields,
    values.check_pages,
    text.check_names,
    text.check_latex,
    text.check_braces,
    text.check_case,
)
_ROUNDS = 6  # a field may have several faults, of which one is mended in each round


class Mended(msgspec.Struct, frozen=True):
    """A field that was mended: the finding's code, the place before the change, and the values (None: taken out)."""

    code: str
    where: str
    key: str
    field: str
    was: str
    now: str | None


def check_library(library: Library) -> tuple[Problem, ...]:
    """All findings in the order of their lines; what reading the file found is in ``library.problems``."""
    ids = Ids("p")
    problems = []
    for entry, found in _findings(library):
        identifier = ids.make(f"{found.code}|{entry.key}|{found.message}")
        message = f"{entry.key}: {found.message}"
        where = _where(library, entry, found.field)
        problems.append(
            Problem(identifier, found.code, found.severity, message, (entry.key,), None, None, found.hint, where)
        )
    return by_line(problems)


def by_line(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The Problems in the order of their lines."""

    def line(problem: Problem) -> int:
        number = (problem.where or "").rpartition(":")[2]
        return int(number) if number.isdigit() else 0

    return tuple(sorted(problems, key=line))


def fix_library(library: Library) -> tuple[Library, tuple[Mended, ...]]:
    """The library with everything mended for which there is one safe way, and what was done.

    Entries that could not be read whole are left alone: mending them is a guess that a person has to see.
    """
    done: list[Mended] = []
    for _ in range(_ROUNDS):
        changed: dict[str, Entry] = {}
        for entry, found in _findings(library):
            if found.fix is None and not found.remove:
                continue
            current = changed.get(entry.key, entry)
            untouched = current.fields.get(found.field) == entry.fields.get(found.field)
            if not entry.raw or not untouched or found.fix == entry.fields.get(found.field):
                continue
            fields = {name: value for name, value in current.fields.items() if name != found.field or not found.remove}
            if found.fix is not None:
                fields[found.field] = found.fix
            changed[entry.key] = current.with_fields(fields)
            where = _where(library, entry, found.field)
            done.append(Mended(found.code, where, entry.key, found.field, entry.fields[found.field], found.fix))
        if not changed:
            break
        library = update(library, changed.values())
    return library, tuple(done)


def _findings(library: Library) -> list[tuple[Entry, Finding]]:
    """Every finding with its entry, by the place of the entry in the file."""
    entries = {entry.key: (n, entry) for n, entry in enumerate(library.entries)}
    found: list[tuple[int, Entry, Finding]] = []
    keys = {key.lower() for key in entries}
    table = _RULES if library.items else _RULES + _BIBTEX_RULES
    for (n, entry), inherited in zip(entries.values(), inherit(library.entries), strict=True):
        whole_line = all(parent.lower() in keys for parent in parents(entry))
        required = model.check_required(entry, inherited) if whole_line else ()
        rules = [*required, *(finding for rule in table for finding in rule(entry))]
        found += [(n, entry, finding) for finding in rules]
    together = [*whole.check_keys(library), *whole.check_pointers(library), *whole.check_order(library)]
    together += whole.check_duplicates(library, library_items(library))
    found += [(*entries[key], finding) for key, finding in together]
    return [(entry, finding) for _, entry, finding in sorted(found, key=lambda one: one[0])]


def _where(library: Library, entry: Entry, field: str) -> str:
    """FILE:LINE of the field, of the entry where the field cannot be found, FILE alone for what is no BibTeX."""
    if entry.start < 0:
        return library.name
    raw = library.text[entry.start : entry.end]
    place = next((place for place in field_places(raw) or [] if place.name == field), None) if field else None
    return f"{library.name}:{entry.line + (raw.count(chr(10), 0, place.start) if place else 0)}"


__all__ = ["Mended", "by_line", "check_library", "fix_library"]
