"""Author and year to the one entry with that head: of the article's own list first, else of the user's library."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from annotate.annotators.citations.author_year import AuthorYear, Reading, find_author_years
from annotate.links.places import Place
from annotate.links.register import Register
from bibliography.headings import Found
from bibliography.names import fold_name
from schemas.offsets import SpanIndex
from schemas.records import Article

_HABIT = 3  # so many linked citations make an article one that cites by author and year
_BEFORE, _BEHIND = 250, 100  # code points in which the author of a year in brackets is looked for
_WORD = re.compile(r"[^\W\d_][\w’'‘ʹ‐-]*")
_STOP = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[^\W\d_a-zа-я])")
_PAGE_BEHIND = re.compile(
    r",?\s(?P<page>(?:(?:pp?|S|s|с|С)\.\s?)?\d{1,4}(?:\s?[–-]\s?\d{1,4})?)(?=\s*(?:[.;]\s|[.;]?\s*$))"
)
_FORENAME = re.compile(r"(?<!\w)([^\W\d_a-z][^\W\d_]+)\s(?:[^\W\d_]\.\s?)*$")
_GENITIVE = re.compile(r"(?:[’'‘]s|[’'])$")


class LooseYears(NamedTuple):
    """What was found but fits no entry yet: asked again once the notes are read, which state sources of their own."""

    cites: list[tuple[Place, AuthorYear]]
    linked: int


def link_author_years(register: Register, places: list[Place]) -> LooseYears:
    """The citations by author and year that an entry fits; the others are given back for ``link_loose_years``."""
    library = register.library

    def known(folded: str) -> bool:
        return register.heads.has_lead(folded) or (library is not None and library.heads.has_lead(folded))

    loose: list[tuple[Place, AuthorYear]] = []
    linked = 0
    for place in places:
        for cite in find_author_years(place.text, known):
            if not register.is_free(place.block, place.block.start + cite.start, place.block.start + cite.end):
                continue
            if place.note and cite.form == "narrative" and not cite.locator:
                cite = _with_page(place.text, cite)
            found, reading = _find(register, cite)
            if found.status == "ambiguous":
                found = _by_forename(register, place.text, reading, found)
            if cite.form == "year" or found.status == "none":
                loose.append((place, cite))
                continue
            _keep(register, place, cite, found, reading)
            linked += found.status == "linked"
    return LooseYears(loose, linked)


def link_loose_years(register: Register, loose: LooseYears) -> None:
    """Years in brackets beside an author, and authors whom no list knows: a Problem where the article cites this way."""
    no_author = read_otherwise(register.article)
    for place, cite in loose.cites:
        reading = next((read for read in cite.readings if not read.listed), cite.readings[-1])
        start = place.block.start + reading.start if reading.call.names else place.block.start + cite.year
        if not register.is_free(place.block, start, place.block.start + cite.end):
            continue
        if cite.form == "year" or (cite.form in ("narrative", "bracket") and no_author(start)):
            found = _find_year(register, place, cite, near=cite.form == "narrative")
            if found.status == "linked":
                _keep(register, place, cite, found, reading._replace(start=cite.year))
        elif cite.form in ("narrative", "bracket") and loose.linked >= _HABIT and len(reading.call.years) < 2:
            _keep(register, place, cite, register.heads.find(reading.call), reading)  # two years are those of a life


def _find(register: Register, cite: AuthorYear) -> tuple[Found, Reading]:
    """What the longest reading that any entry fits leads to."""
    for index in [register.heads] + ([register.library.heads] if register.library else []):
        for reading in cite.readings:
            found = index.find(reading.call)
            if found.status != "none":
                return found if index is register.heads else _from_library(register, found), reading
    return register.heads.find(reading.call), cite.readings[-1]


def _with_page(text: str, cite: AuthorYear) -> AuthorYear:
    """A citation of a note with the page behind its bracket: "Nove (1972), 9."."""
    page = _PAGE_BEHIND.match(text, cite.end)
    return cite._replace(end=page.end("page"), locator=page["page"]) if page else cite


def _by_forename(register: Register, text: str, reading: Reading, found: Found) -> Found:
    """Of several entries the one whose first author has the forename that stands before the name: "Mark Webb (1981)"."""
    forename = _FORENAME.search(text, max(0, reading.start - 40), reading.start)
    fitting = [
        candidate.key
        for candidate in found.candidates
        if candidate.key in register.references and forename and _has_forename(register, candidate.key, forename[1])
    ]
    if len(fitting) != 1 or forename is None:
        return found
    return found._replace(
        status="linked",
        key=fitting[0],
        score=0.97,
        why=f"the only entry of that year by {forename[1]} {reading.call.names[0]}",
    )


def _has_forename(register: Register, key: str, forename: str) -> bool:
    people = register.references[key].csl.get("author") or [{}]
    return fold_name(str(people[0].get("given") or "")).split()[:1] == [fold_name(forename)]


def _from_library(register: Register, found: Found) -> Found:
    """What was found in the library, told by references of the article."""
    if found.key is None:
        return found
    ref = register.from_library(found.key, found.score)
    return found._replace(key=ref.id, why=f"{found.why} in your library")


def _keep(register: Register, place: Place, cite: AuthorYear, found: Found, reading: Reading) -> None:
    start, end = place.block.start + reading.start, place.block.start + cite.end
    register.take(place.block, start, end)
    label = " ".join(register.article.text[start:end].split())
    made = register.cite("author-year", label, start, end, note=place.note, locator=cite.locator)
    if found.status == "linked" and found.key is not None:
        register.link(made, [register.target(found.key, found.score, found.why)])
        return
    code = "citation-ambiguous" if found.status == "ambiguous" else "citation-unresolved"
    register.refuse(made, f"{label}: {found.why}", code=code, candidates=register.shown(found.candidates))


def _find_year(register: Register, place: Place, cite: AuthorYear, *, near: bool) -> Found:
    """ "his Lehrbuch (Vienna, 1824)": the one entry of that year whose author is named close by.

    With ``near`` only the same sentence counts: a place before the bracket may be what happened there ("In Tromsø (1966)").
    """
    text, call = place.text, cite.readings[0].call
    heads = [
        head
        for head in register.heads.of_year(call.years[0] if call.years else 0)
        if head.suffix in ("", call.suffix) and set(call.years) <= set(head.years)
    ]
    bracket = max(text.rfind("(", 0, cite.year), text.rfind("[", 0, cite.year))
    if text[bracket + 1 : cite.year].strip() and text[:bracket].rstrip()[-1:] in (".", "!", "?"):
        return Found("none", None, 0.0, (), "a place and a year that open a sentence")
    # running text goes on from block to block: the author of a quotation stands in the paragraph before it
    whole, at = (text, cite.year) if place.note else (register.article.text, place.block.start + cite.year)
    before, behind = whole[max(0, at - _BEFORE) : at], text[cite.end : cite.end + _BEHIND]
    if near:
        before, behind = _STOP.split(before)[-1], _STOP.split(behind)[0]
    around = f" {_folded(before)} | {_folded(behind)} " if heads else ""
    keys = {head.key for head in heads for lead in head.leads if f" {lead} " in around}
    if len(keys) != 1:
        return Found("none", None, 0.0, (), f"{len(keys) or 'no'} entries of this year by an author named beside it")
    return Found("linked", keys.pop(), 0.9, (), f"the only entry of {call.years[0]} by an author named beside it")


def _folded(text: str) -> str:
    return " ".join(fold_name(_GENITIVE.sub("", word)) for word in _WORD.findall(text))


def read_otherwise(article: Article) -> Callable[[int], bool]:
    """Whether a place, a date or an event was read at an offset: "(Moscow, 1931)", "(May 1931)"."""
    others = SpanIndex(
        ann
        for ann in article.annotations
        if ann.layer == "date" or (ann.layer == "entity" and ann.label in ("LOC", "EVENT", "WORK", "GROUP"))
    )
    return lambda offset: bool(others.covering(offset))
