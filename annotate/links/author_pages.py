"""Author and page, "(Gaunt 12)", to the one entry of the article's own list by that author, or by that author and title.

Where an article cites so, a bare page at a sentence's end, "Gaunt disagrees: ... (18)", cites the author that the sentence names.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Sequence

from annotate.annotators.citations.author_page import AuthorPage, bracketed_items, find_author_pages
from annotate.links.author_years import read_otherwise
from annotate.links.places import Place
from annotate.links.register import Register
from bibliography.backrefs import split_locator
from bibliography.headings import Call, Head
from bibliography.mentions import says
from bibliography.names import fold_name
from bibliography.namings import find_namings, find_title
from schemas.records import Candidate

_HABIT = 3  # so many with a page make an article one that cites by author and page
_LONGEST_SENTENCE = 600  # code points
_STOP = re.compile(r"(?<=(?:[^\W\d_][^\W\d_]|.[)”\"’»\d])[.!?])[”\"’»]?\s+(?=[^\W\d_a-zа-я])")
_PAGE = re.compile(r"\s\((?P<page>\d{1,3}(?:\s?[–-]\s?\d{1,3})?)\)(?=[.,;:”\"]|\s|$)")
_YEAR = re.compile(r",[”\"’»]?\s?(?P<year>1[4-9]\d\d|20\d\d)[a-z]?(?:[,:]\s?(?P<page>(?:pp?\.\s?)?\d[\d–, -]*))?$")
_WORD = re.compile(r"[^\W\d_][\w’'‐-]*")
_NAME_GOES_ON = re.compile(r"\s[^\W\d_a-zа-я][^\W\d_]")  # "the Bell Company"
_GENITIVE = re.compile(r"[’'‘]s?$")


def link_author_pages(register: Register, places: list[Place]) -> None:
    """The citations by author and page of running text; none where the article cites by number or year."""
    others = sum(cite.kind in ("numeric", "superscript", "author-year") for cite in register.citations)
    running = [place for place in places if place.note is None]
    found = [(place, cite) for place in running for cite in find_author_pages(place.text, register.heads.has_lead)]
    is_other = read_otherwise(register.article)  # "(May 12)" may be a day
    sure = [cite.locator is not None and not is_other(place.block.start + cite.start) for place, cite in found]
    paged = sum(sure)
    pages = others < _HABIT or paged > others
    habit = pages and paged >= _HABIT
    for place in running:
        _link_titles(register, place, habit)
    if not pages:
        return
    for (place, cite), is_sure in zip(found, sure, strict=True):
        start, end = place.block.start + cite.start, place.block.start + cite.end
        if (is_sure or habit) and register.is_free(place.block, start, end):
            _keep(register, place, start, end, cite.locator, _meant(register, cite), habit)
    for place in running if habit else ():
        _link_bare_pages(register, place, is_other)


def _link_titles(register: Register, place: Place, habit: bool) -> None:
    """A title in the place of an author, with the year of the entry, or a page where the article cites so."""
    for low, high in bracketed_items(place.text):
        item = place.text[low:high]
        year = _YEAR.search(item)
        naming = find_title(item[: year.start()] if year else item, register.shelf)
        if naming is None or not (year or (habit and item[-1:].isdigit())):
            continue
        heads = [head for head in register.heads.of_year(int(year["year"])) if head.key in naming.keys] if year else []
        keys = [head.key for head in heads] if year else list(naming.keys)
        start, end = place.block.start + low, place.block.start + high
        if len(keys) == 1 and register.is_free(place.block, start, end):
            locator = (year["page"] if year else None) or split_locator(item)[1] or item.split()[-1]
            _keep(register, place, start, end, locator if not year or year["page"] else None, keys, habit)


def _meant(register: Register, cite: AuthorPage) -> list[str]:
    """The entries by these authors, of this title where one is given."""
    heads = register.heads.by_names(Call(cite.names, et_al=cite.et_al, given=cite.given))
    if not cite.title:
        return [head.key for head in heads]
    named = [key for naming in find_namings(f"{cite.names[0]}, {cite.title},", [register.shelf]) for key in naming.keys]
    return [head.key for head in heads if head.key in named]


def _keep(
    register: Register, place: Place, start: int, end: int, locator: str | None, keys: Sequence[str], habit: bool
) -> None:
    if not keys and not habit:
        return
    register.take(place.block, start, end)
    label = " ".join(register.article.text[start:end].split())
    made = register.cite("short", label, start, end, locator=locator)
    if len(keys) == 1:
        register.link(made, [register.target(keys[0], 0.97, "the only entry of the list that is called so")])
        return
    share = round(1 / len(keys), 4) if keys else 0.0
    candidates = register.shown([Candidate(key, share, "author") for key in keys])
    code = "citation-ambiguous" if keys else "citation-unresolved"
    register.refuse(made, f"{label}: {len(keys) or 'no'} entries fit", code=code, candidates=candidates)


def _link_bare_pages(register: Register, place: Place, is_other: Callable[[int], bool]) -> None:
    """Each page in brackets to the author whom its sentence names before it: the only one, or the only one who says it."""
    begins = [0, *(stop.end() for stop in _STOP.finditer(place.text))]
    for page in _PAGE.finditer(place.text):
        start = max(begins[bisect(begins, page.start()) - 1], page.start() - _LONGEST_SENTENCE)
        named = [
            name
            for name in _authors(register, place.text, start, page.start())
            if not (is_other(place.block.start + name[0]) or _NAME_GOES_ON.match(place.text, name[1]))
        ]
        saying = [name for name in named if says(place.text, name[1])] or named
        if len({head.leads for *_, heads in saying for head in heads[:1]}) != 1:
            continue
        low, high, heads = saying[0]
        if register.is_free(place.block, place.block.start + low, place.block.start + high):
            keys = [head.key for head in heads]
            titled = [n for n in find_namings(place.text[low : page.start()] + ",", [register.shelf]) if n.start == 0]
            keys = [key for key in keys if titled and key in titled[0].keys] or keys
            base = place.block.start
            _keep(register, place, base + low, base + high, page["page"], keys, habit=True)


def _authors(register: Register, text: str, start: int, end: int) -> list[tuple[int, int, list[Head]]]:
    """The names in a stretch that begin entries, with those entries."""
    found = []
    for word in _WORD.finditer(text, start, end):
        name = _GENITIVE.sub("", word.group())
        heads = list(register.heads.by_lead(fold_name(name))) if name[0].isupper() else []
        if heads:
            found.append((word.start(), word.start() + len(name), heads))
    return found
