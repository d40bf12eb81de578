"""What a careful editor flags in a bibliography file: missing fields, works that stand twice, pages, codes, LaTeX that acts.

>>> from bibliography.bibtex import read_bibtex
>>> [p.code for p in check_library(read_bibtex("@article{a, author = {Sutton, A.}, title = {X}, pages = {15--12}}", "x.bib"))]
['bib-missing-field', 'bib-missing-field', 'bib-pages-reversed']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bibliography.bibtex import Entry, Library
from bibliography.csl import entry_to_csl
from bibliography.csl_tables import TYPES
from bibliography.work import work_of
from schemas.ids import Ids
from schemas.records import Problem, Severity

# Fields that an entry of a type needs; "a/b" is either. A crossref may bring what is missing.
REQUIRED = {
    "article": ("author/editor", "title", "journal/journaltitle", "year/date"),
    "book": ("author/editor", "title", "year/date"),
    "collection": ("editor", "title", "year/date"),
    "incollection": ("author", "title", "booktitle", "year/date"),
    "inproceedings": ("author", "title", "booktitle", "year/date"),
    "conference": ("author", "title", "booktitle", "year/date"),
    "inbook": ("author/editor", "title", "year/date"),
    "proceedings": ("title", "year/date"),
    "phdthesis": ("author", "title", "school/institution", "year/date"),
    "mastersthesis": ("author", "title", "school/institution", "year/date"),
    "thesis": ("author", "title", "school/institution", "year/date"),
    "techreport": ("author/editor", "title", "institution", "year/date"),
    "report": ("author/editor", "title", "institution", "year/date"),
    "online": ("title", "url/doi/eprint"),
    "unpublished": ("author/editor", "title"),
}
_KNOWN = frozenset(TYPES) | frozenset(REQUIRED) | {"xdata", "set"}
_ACTS = re.compile(
    r"\\(?:input|include|write|immediate|openout|openin|read|catcode|csname|def|edef|gdef|let|special|directlua|newcommand)\b|\\write18"
)
_PAGES = re.compile(r"(?P<first>\d+)\s*(?P<dash>-+|–|—)\s*(?P<last>\d+)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_LIST = re.compile(r";|\bet\.? al\b", re.IGNORECASE)
_AMPERSAND = re.compile(r"(?<!\\)&")


class Finding(NamedTuple):
    """One finding in an entry."""

    code: str
    severity: Severity
    message: str
    hint: str


def check_library(library: Library) -> tuple[Problem, ...]:
    """All findings, in file order; what reading the file found is in ``library.problems``."""
    ids = Ids("p")
    keys = {entry.key.lower() for entry in library.entries}
    twice = dict(_duplicates(library))
    problems = []
    for entry in library.entries:
        findings = [found for rule in _RULES for found in rule(entry)]
        findings += _crossref(entry, keys)
        if entry.key in twice:
            message = f"seems to be the same work as {twice[entry.key]}"
            findings.append(Finding("bib-duplicate-work", "warning", message, "keep one of the two"))
        for found in findings:
            where = f"{library.name}:{entry.line}"
            identifier = ids.make(f"{found.code}|{entry.key}|{found.message}")
            message = f"{entry.key}: {found.message}"
            problems.append(
                Problem(identifier, found.code, found.severity, message, (entry.key,), None, None, found.hint, where)
            )
    return tuple(problems)


def _missing(entry: Entry) -> Iterator[Finding]:
    if entry.fields.get("crossref") or entry.fields.get("xdata"):
        return
    for names in REQUIRED.get(entry.type, ()):
        if not any(entry.fields.get(name, "").strip() for name in names.split("/")):
            shown = names.replace("/", " or ")
            yield Finding("bib-missing-field", "warning", f"a {entry.type} needs {shown}", f"add {shown}")


def _type(entry: Entry) -> Iterator[Finding]:
    if entry.type not in _KNOWN:
        yield Finding(
            "bib-unknown-type", "warning", f"@{entry.type} is no type that BibTeX or BibLaTeX knows", "take @misc"
        )


def _empty(entry: Entry) -> Iterator[Finding]:
    for name, value in entry.fields.items():
        if not value.strip("{} \t\r\n"):
            yield Finding("bib-empty-field", "info", f"{name} is empty", "fill it or take it out")


def _pages(entry: Entry) -> Iterator[Finding]:
    for found in _PAGES.finditer(entry.fields.get("pages", "")):
        first, last = found["first"], found["last"]
        full = int(first[: max(0, len(first) - len(last))] + last)
        if int(first) > full:
            yield Finding("bib-pages-reversed", "warning", f"pages {found[0]} run backwards", "check the numbers")
        elif found["dash"] == "-":
            hint = f"write {first}--{last}"
            yield Finding("bib-pages-hyphen", "info", f"pages {found[0]} have a hyphen for a dash", hint)


def _year(entry: Entry) -> Iterator[Finding]:
    year = entry.fields.get("year", "").strip("{} ")
    if year and not re.search(r"\d{4}|n\.\s?d\.|forthcoming|in press|s\.\s?a\.|б\.\s?г\.", year, re.IGNORECASE):
        yield Finding("bib-year", "warning", f"{year[:40]} is no year", "write four digits")


def _codes(entry: Entry) -> Iterator[Finding]:
    doi = entry.fields.get("doi", "").strip()
    if doi and not _DOI.fullmatch(doi):
        found = _DOI.search(doi)
        hint = f"write {found[0]}" if found else "a DOI looks like 10.1000/182"
        yield Finding("bib-doi", "warning", f"{doi[:60]} is not a bare DOI", hint)
    for isbn in re.findall(r"[\dXx][\dXx-]{8,16}", entry.fields.get("isbn", "")):
        if not _isbn_holds(isbn.replace("-", "").upper()):
            yield Finding("bib-isbn", "warning", f"ISBN {isbn}: its check digit is wrong", "compare it with the book")


def _names(entry: Entry) -> Iterator[Finding]:
    for role in ("author", "editor"):
        if found := _LIST.search(entry.fields.get(role, "").replace("\\&", "")):
            hint = 'part names by " and "; write "and others" for et al.'
            yield Finding(
                "bib-names", "warning", f"{role} has “{found[0]}”, which BibTeX takes for part of a name", hint
            )


def _latex(entry: Entry) -> Iterator[Finding]:
    for name, value in entry.fields.items():
        if found := _ACTS.search(value):
            yield Finding("bib-latex-acts", "error", f"{name} has {found[0]}, which makes LaTeX act", "take it out")
        elif name not in {"url", "doi", "file", "eprint", "abstract", "keywords"} and _AMPERSAND.search(value):
            yield Finding("bib-ampersand", "warning", f"{name} has a bare &, at which LaTeX stops", "write \\&")


_RULES: tuple[Callable[[Entry], Iterator[Finding]], ...] = (
    _type,
    _missing,
    _empty,
    _pages,
    _year,
    _codes,
    _names,
    _latex,
)


def _crossref(entry: Entry, keys: set[str]) -> list[Finding]:
    target = entry.fields.get("crossref", "").strip()
    if not target or target.lower() in keys:
        return []
    return [
        Finding("bib-crossref", "error", f"crossref {target} is no entry of this file", "add it or correct the key")
    ]


def _duplicates(library: Library) -> Iterator[tuple[str, str]]:
    """(key, key of the earlier entry) where title, first author, year, volume and pages are the same."""
    seen: dict[tuple[object, ...], str] = {}
    for entry in library.entries:
        work = work_of(entry_to_csl(entry), entry.key)
        if not work.title or not work.people:
            continue
        mark = (work.title, work.people[0].families[:1], work.year, work.volume, work.pages)
        if mark in seen:
            yield entry.key, seen[mark]
        else:
            seen[mark] = entry.key


def _isbn_holds(digits: str) -> bool:
    if len(digits) == 13 and digits.isdigit():
        return sum(int(d) * (1 if n % 2 == 0 else 3) for n, d in enumerate(digits)) % 10 == 0
    if len(digits) == 10 and re.fullmatch(r"\d{9}[\dX]", digits):
        return sum((10 if d == "X" else int(d)) * (10 - n) for n, d in enumerate(digits)) % 11 == 0
    return False
