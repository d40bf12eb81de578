"""Which entry of a library a reference means: linked to exactly one, ambiguous between several, or none.

>>> sutton = {"type": "book", "author": [{"family": "Sutton", "given": "Antony C."}], "title": "Western Technology and Soviet "
...           "Economic Development", "publisher": "Hoover Institution", "issued": {"date-parts": [[1968]]}}
>>> library = LibraryIndex([("sutton1968", sutton)])
>>> found = match({}, library, raw="Sutton, Western Technology and Soviet Economic Development, 347.")
>>> found.status, found.key, found.why
('linked', 'sutton1968', 'title, author')

Precision first. Candidates come from an inverted index (bibliography.library_index), are compared field by field and with
the string itself (bibliography.compare), and ranked; the best is linked where the chance that it is right
(bibliography.match_model) reaches the model's threshold. A short form that fits several works of its author is ambiguous
whatever the chance. Entries that state one work twice count as one, the first by key.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from bibliography.compare import Features, is_same_work
from bibliography.library_index import LibraryIndex
from bibliography.match_model import Ranked, chance, is_undecided, logistic, rank, weights
from bibliography.work import statement_of
from schemas.records import Candidate, CslItem

__all__ = ["LibraryIndex", "Match", "match"]

PLAUSIBLE = 0.5  # what is less likely than this is no candidate
SHOWN = 5
_SAME_DOI = 0.99


class Match(msgspec.Struct, frozen=True):
    """What a reference was found to be; ``key`` only where linked, ``score`` the chance that the best candidate is right."""

    status: Literal["linked", "ambiguous", "none"]
    key: str | None
    score: float
    candidates: tuple[Candidate, ...]
    why: str


def match(item: CslItem, library: LibraryIndex, *, raw: str | None = None) -> Match:
    """The entry that a reference means, by its fields and, where given, by the string that they were read from."""
    stated = statement_of(item, raw)
    if not (stated.words or stated.work.doi):
        return Match("none", None, 0.0, (), "the reference has no title, author or DOI to look for")
    ranked = rank(stated, library.near(stated))
    if not ranked:
        return Match("none", None, 0.0, (), "no entry shares an author or a rare title word")
    same_doi = [
        found for found in ranked if found.features.doi and not (stated.work.title and found.features.title_far)
    ]
    if same_doi and all(is_same_work(same_doi[0].work, other.work) for other in same_doi[1:]):
        return _linked([same_doi[0], *(found for found in ranked if found is not same_doi[0])], _SAME_DOI, "same DOI")
    return _decide(ranked)


def _decide(ranked: list[Ranked]) -> Match:
    score = chance(ranked)
    best = ranked[0]
    several = is_undecided(ranked)
    if score >= weights().threshold:
        return _linked(ranked, score, _why(best.features))
    likely = [found for found in ranked if logistic(found.rank) >= PLAUSIBLE]
    candidates = _candidates(ranked, score)
    if score < PLAUSIBLE and len(likely) < 2:
        return Match("none", None, score, candidates, "no entry is like enough")
    if several or len(likely) > 1:
        return Match("ambiguous", None, score, candidates, "several entries fit")
    return Match("ambiguous", None, score, candidates, f"{best.work.key} fits, but not surely enough")


def _linked(ranked: list[Ranked], score: float, why: str) -> Match:
    best = ranked[0].work
    twins = [found.work.key for found in ranked[1:] if is_same_work(best, found.work)]
    if twins:
        why += f"; also in the library as {', '.join(sorted(twins)[:SHOWN])}"
    return Match("linked", best.key, score, _candidates(ranked, score), why)


def _candidates(ranked: list[Ranked], score: float) -> tuple[Candidate, ...]:
    """The best with the chance that it is right, the others with what is left at most."""
    best, *others = ranked[:SHOWN]
    rest = (Candidate(o.work.key, round(min(logistic(o.rank), 1 - score), 4), _why(o.features)) for o in others)
    return (Candidate(best.work.key, round(score, 4), _why(best.features)), *rest)


def _why(features: Features) -> str:
    """What spoke for an entry and against it, in words: "title, author, year; another volume"."""
    for_it = [
        "title" if features.title >= 0.97 else f"title {features.title:.2f}" if features.title >= 0.5 else "",
        "author" if features.author else "author misspelt" if features.author_fuzzy else "",
        "year" if features.year else "",
        "volume" if features.volume == 1.0 else "",
        "pages" if features.page == 1.0 else "",
    ]
    against = [
        "another year" if features.year_near or features.year_wrong else "",
        "another volume" if features.volume_wrong else "",
        "another edition" if features.edition_wrong else "",
        "a book where a part of one is cited" if features.part_for_book else "",
        "author not named" if features.author_missing else "",
    ]
    return "; ".join(filter(None, (", ".join(filter(None, for_it)), ", ".join(filter(None, against)))))
