"""Which entry of a library a reference means: linked to exactly one, ambiguous between several, or none.

>>> sutton = {"author": [{"family": "Sutton", "given": "Antony C."}], "title": "Western Technology and Soviet Economic Development",
...           "issued": {"date-parts": [[1968]]}}
>>> library = LibraryIndex([("sutton1968", sutton)])
>>> found = match_name("A.C.", "Sutton", library)
>>> found.status, found.key, found.why
('linked', 'sutton1968', 'the only entry by Sutton, A.C.')

Precision first: a link needs a score above THRESHOLD and a lead of MARGIN over the next entry. An entry that shares no
surname and no title word with the reference is never looked at, so adding it changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

from bibliography.compare import Features, compare, work_of
from bibliography.compare import Work as _Work
from bibliography.names import initials_agree
from schemas.records import Candidate, CslItem

THRESHOLD = 0.8
MARGIN = 0.25
PLAUSIBLE = 0.5  # what is less likely than this is no candidate
SHOWN = 5

# Weights of the features of bibliography.compare: a logistic model fitted on published references whose entry is known
# (LangSci, biblio-glutton, biblatex-gost), without regard to DOI, which decides by itself.
BIAS = -3.31
WEIGHTS = Features(title=3.09, author=1.22, initials=0.19, year=2.36, volume=1.13, pages=1.28, container=0.6, doi=20.0)

_LONGEST_POSTING = 2000  # a title word that stands in more entries says nothing


class Match(msgspec.Struct, frozen=True):
    """What a reference was found to be; ``key`` only where linked, ``score`` that of the best candidate."""

    status: Literal["linked", "ambiguous", "none"]
    key: str | None
    score: float
    candidates: tuple[Candidate, ...]
    why: str


class _Scored(NamedTuple):
    score: float
    key: str
    features: Features


class LibraryIndex:
    """A library ready to be matched against: its works by surname, title word and DOI. Order plays no part."""

    def __init__(self, items: Iterable[tuple[str, CslItem]]) -> None:
        self._works: list[_Work] = [work_of(item, key) for key, item in items]
        self._by_family: dict[str, list[int]] = {}
        self._family_starts: set[str] = set()
        self._by_word: dict[str, list[int]] = {}
        self._by_doi: dict[str, list[int]] = {}
        for n, work in enumerate(self._works):
            for family in dict.fromkeys(name for person in work.people for name in person.families):
                self._by_family.setdefault(family, []).append(n)
                self._family_starts.add(family.split(" ", 1)[0])
            for word in work.words:
                self._by_word.setdefault(word, []).append(n)
            if work.doi:
                self._by_doi.setdefault(work.doi, []).append(n)

    def __len__(self) -> int:
        return len(self._works)

    def has_family(self, folded: str) -> bool:
        """Whether any work is by a person with this folded family name."""
        return folded in self._by_family

    def begins_family(self, folded: str) -> bool:
        """Whether any family name of the library begins with this folded word."""
        return folded in self._family_starts

    def by_family(self, folded: str) -> list[_Work]:
        """The works by people with this folded family name."""
        return [self._works[n] for n in self._by_family.get(folded, ())]

    def near(self, work: _Work) -> Iterator[_Work]:
        """The works that could be meant: same surname, a shared rare title word, or the same DOI."""
        found: set[int] = set(self._by_doi.get(work.doi, ())) if work.doi else set()
        for person in work.people[:3]:
            for family in person.families:
                found.update(self._by_family.get(family, ()))
        postings = sorted((len(self._by_word[word]), word) for word in work.words if word in self._by_word)
        for length, word in postings[:4]:
            if length <= _LONGEST_POSTING:
                found.update(self._by_word[word])
        return (self._works[n] for n in found)


def match(item: CslItem, library: LibraryIndex) -> Match:
    """The entry that a CSL item means."""
    work = work_of(item, "")
    if not work.title and not work.people and not work.doi:
        return Match("none", None, 0.0, (), "the reference has no title, author or DOI to look for")
    scored = [_score(work, other) for other in library.near(work)]
    scored.sort(key=lambda found: (-found.score, found.key))
    return _decide(scored)


def match_name(given: str | None, family: str, library: LibraryIndex, *, year: int | None = None) -> Match:
    """The entry that a mention of an author means: the only one by that person (and of that year, where it is given)."""
    wanted = work_of({"author": [{"family": family, "given": given or ""}]}, "").people[0]
    works = {work.key: work for name in wanted.families for work in library.by_family(name)}
    found = sorted(
        key
        for key, work in works.items()
        if any(
            set(person.families) & set(wanted.families) and initials_agree(given, person.given)
            for person in work.people
        )
        and (year is None or work.year == year)
    )
    who = ", ".join(filter(None, (family, given))) + (f" ({year})" if year else "")
    if len(found) == 1:
        return Match("linked", found[0], 0.95, (Candidate(found[0], 0.95, "author"),), f"the only entry by {who}")
    candidates = tuple(Candidate(key, round(1 / len(found), 4), "author") for key in found)
    if not found:
        return Match("none", None, 0.0, (), f"no entry by {who}")
    return Match("ambiguous", None, candidates[0].score, candidates, f"{len(found)} entries by {who}")


def _score(work: _Work, other: _Work) -> _Scored:
    features = compare(work, other)
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
    return _Scored(1 / (1 + math.exp(-max(-40.0, min(40.0, total)))), other.key, features)


def _decide(scored: list[_Scored]) -> Match:
    likely = [found for found in scored if found.score >= PLAUSIBLE]
    candidates = tuple(Candidate(f.key, round(f.score, 4), _why(f.features)) for f in (likely or scored)[:SHOWN])
    if not scored:
        return Match("none", None, 0.0, (), "no entry shares an author or a rare title word")
    best = scored[0]
    second = scored[1].score if len(scored) > 1 else 0.0
    if best.score >= THRESHOLD and best.score - second >= MARGIN:
        return Match("linked", best.key, best.score, candidates, _why(best.features))
    if best.score >= PLAUSIBLE:
        reason = f"{len(likely)} entries fit" if len(likely) > 1 else f"{best.key} fits, but not surely enough"
        return Match("ambiguous", None, best.score, candidates, reason)
    return Match("none", None, best.score, candidates, "no entry is like enough")


def _why(features: Features) -> str:
    """What spoke for an entry, in words: "title 0.97, author, year"."""
    if features.doi > 0:
        return "same DOI"
    said = [f"title {features.title:.2f}"] if features.title > 0 else []
    return ", ".join(said + [name for name in ("author", "year", "volume", "pages") if getattr(features, name) >= 0.99])
