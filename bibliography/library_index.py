"""A library ready to be searched: its entries by coded surname, coarse title word and DOI, folded only when looked at.

>>> item = {"author": [{"family": "Шпотов"}], "title": "Американский бизнес", "issued": {"date-parts": [[2013]]}}
>>> library = LibraryIndex([("shpotov2013", item)])
>>> [work.key for work in library.near(statement_of({}, "Shpotov, Amerikanskii biznes, 12"))]
['shpotov2013']

Order plays no part. What an entry weighs in a search depends on the entries that share its words and names alone, so one
that shares none changes nothing.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from heapq import nlargest

from bibliography.transliterate import coarse
from bibliography.work import CODED_FORM_WORDS, Statement, Work, statement_of, work_of
from schemas.records import CslItem

__all__ = ["CANDIDATES", "LibraryIndex", "statement_of"]

CANDIDATES = 25  # entries that are compared field by field
_POOL = 150  # entries whose whole title is looked at to choose these
_BUDGET = 8000  # postings read for one search, the rarest words first
_NAME, _YEAR = 2.0, 1.5  # what a surname and the year weigh beside a title word of middling rarity
_TITLE = 3.0  # what a main title weighs of which every word is said: many share a few words with a long statement


class LibraryIndex:
    """The entries of a library by what they are found by."""

    def __init__(self, items: Iterable[tuple[str, CslItem]]) -> None:
        self._items = sorted(items, key=lambda pair: pair[0])
        self._works: dict[int, Work] = {}
        self._by_name: dict[str, array[int]] = {}
        self._by_word: dict[str, array[int]] = {}
        self._by_doi: dict[str, array[int]] = {}
        self._years = array("h")
        self._codes: dict[str, int] = {}  # words by number, and the numbers of each entry's main title, end to end
        self._mains, self._starts = array("I"), array("I", (0,))
        for n, (key, item) in enumerate(self._items):
            self._add(n, work_of(item, key))

    def _add(self, n: int, work: Work) -> None:
        people = (*work.people, *work.editors)
        for name in {name for person in people for name in person.keys}:
            self._by_name.setdefault(name, array("I")).append(n)
        for word in {word for text in (work.title, *work.others) for word in said_words(text)}:
            self._by_word.setdefault(word, array("I")).append(n)
        self._mains.extend(self._codes.setdefault(word, len(self._codes)) for word in sorted(said_words(work.main)))
        self._starts.append(len(self._mains))
        if work.doi:
            self._by_doi.setdefault(work.doi, array("I")).append(n)
        self._years.append(min(work.year or 0, 9999))

    def __len__(self) -> int:
        return len(self._items)

    def near(self, stated: Statement, limit: int = CANDIDATES) -> list[Work]:
        """The entries that could be meant: those that share most surnames and rare title words with the statement."""
        weights: dict[int, float] = {}
        for n in self._by_doi.get(stated.work.doi, ()):
            weights[n] = 100.0
        people = (*stated.work.people, *stated.work.editors)
        self._weigh(weights, (self._of_name(person.keys) for person in people), _NAME)
        self._weigh(weights, (self._of_name(keys) for keys in stated.named), 1.0)
        words = sorted({coarse for word in stated.words if not word.isdigit() for coarse in said_words(word)})
        self._weigh(weights, (self._by_word.get(word, ()) for word in words), 1.0)
        years = stated.years
        for n in weights:
            if self._years[n] in years:
                weights[n] += _YEAR
        pool = _heaviest(weights, _POOL)
        said = {self._codes[word] for word in words if word in self._codes}
        best = nlargest(limit, ((weights[n] + _TITLE * self._said_share(n, said), -n) for n in pool))
        return [self._work(-n) for _, n in best]

    def _said_share(self, n: int, said: set[int]) -> float:
        """How much of an entry's main title a statement says."""
        title = self._mains[self._starts[n] : self._starts[n + 1]]
        return len(said.intersection(title)) / len(title) if title else 0.0

    def _of_name(self, keys: Iterable[str]) -> Sequence[int]:
        """The entries with a person of one of these codes, each once."""
        found = [self._by_name[key] for key in keys if key in self._by_name]
        return found[0] if len(found) == 1 else sorted({n for posting in found for n in posting})

    def _weigh(self, weights: dict[int, float], postings: Iterable[Sequence[int]], unit: float) -> None:
        """Add to each entry what it shares, rare things first and more, until the budget is spent."""
        read = 0
        for posting in sorted((posting for posting in postings if posting), key=lambda p: (len(p), p[0])):
            read += len(posting)
            if read > _BUDGET and read > len(posting):
                return
            weight = unit * max(0.2, 3 - math.log10(len(posting))) / 2
            for n in posting:
                weights[n] = weights.get(n, 0.0) + weight

    def _work(self, n: int) -> Work:
        work = self._works.get(n)
        if work is None:
            key, item = self._items[n]
            work = self._works[n] = work_of(item, key)
        return work


def _heaviest(weights: dict[int, float], most: int) -> list[int]:
    """The heaviest entries; of equals the first by number. Sorting bare numbers is what keeps this fast."""
    if len(weights) <= most:
        return list(weights)
    least = sorted(weights.values(), reverse=True)[most - 1]
    above = [n for n, weight in weights.items() if weight > least]
    return above + sorted(n for n, weight in weights.items() if weight == least)[: most - len(above)]


def said_words(text: str) -> set[str]:
    """The coarse forms of the coded words that say something of a title."""
    return {coarse(word) for word in text.split() if len(word) > 1 and word not in CODED_FORM_WORDS}
