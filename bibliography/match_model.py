"""The model that says how likely an entry is what a statement means: two logistic steps, with their weights in match.json.

The first step ranks the candidates, each by its features alone. The second looks at the best of them beside the next one
that is another work, and gives the chance that it is right. ``benchmarks/link_model.py`` trains both and says on what.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from operator import mul
from typing import NamedTuple

import msgspec

from bibliography.compare import Features, compare, is_same_work
from bibliography.work import Statement, Work

_WEAKEST = -5.0  # a rival that ranks lower than this counts as none: it must not move a link

UNDECIDED = 0.79  # the most that a chance can be where several works fit


class Ranked(NamedTuple):
    """A candidate with its features and its rank, a log-odds."""

    work: Work
    features: Features
    rank: float


class Decision(NamedTuple):
    """What the second step looks at; also the order of its weights."""

    rank: float
    rank_high: float
    lead_wide: float
    lead_middle: float
    lead_narrow: float
    fits_several: float  # another work by the same author fits the title as well
    brief: float
    brief_rank: float
    brief_lead_wide: float
    brief_lead_middle: float
    brief_bare: float
    brief_exact: float
    brief_silent: float
    brief_several: float
    year: float
    year_near: float
    year_silent: float
    title_bare: float
    title_exact: float
    brief_kind: float
    page: float
    container_only_mine: float
    container_only_theirs: float
    author: float
    before_title: float
    explained: float
    part_for_book: float


class Weights(msgspec.Struct, frozen=True):
    """The contents of match.json: a bias and a weight for each feature, and from which chance on a link is made."""

    features: tuple[str, ...]
    rank: tuple[float, ...]
    decision_features: tuple[str, ...]
    decision: tuple[float, ...]
    calibration: tuple[float, float]
    threshold: float
    trained_on: str


@cache
def weights() -> Weights:
    """The weights that are shipped. Raises ValueError where they are for other features than the code's."""
    data = files("bibliography").joinpath("match.json").read_bytes()
    loaded = msgspec.json.decode(data, type=Weights)
    if loaded.features != Features._fields or loaded.decision_features != Decision._fields:
        raise ValueError("match.json is for other features; train it anew (benchmarks/link_model.py)")
    return loaded


def rank(stated: Statement, works: Iterable[Work]) -> list[Ranked]:
    """The candidates, the likeliest first; equals in the order of their keys."""
    bias, *each = weights().rank
    ranked = []
    for work in works:
        features = compare(stated, work)
        ranked.append(Ranked(work, features, bias + _weigh(each, features)))
    return sorted(ranked, key=lambda found: (-found.rank, found.work.key))


def chance(ranked: Sequence[Ranked]) -> float:
    """The chance that the first of the ranked candidates is what is meant."""
    bias, *each = weights().decision
    intercept, slope = weights().calibration
    found = logistic(intercept + slope * (bias + _weigh(each, decision(ranked))))
    return min(found, UNDECIDED) if is_undecided(ranked) else found


def is_undecided(ranked: Sequence[Ranked]) -> bool:
    """Whether a short form, or a statement without a year, has a title that several works of its author have."""
    features = ranked[0].features
    return bool(features.brief or features.year_silent) and fits_several(ranked)


def decision(ranked: Sequence[Ranked]) -> Decision:
    """The features of the second step for the first of the ranked candidates."""
    best, features = ranked[0], ranked[0].features
    rival = next((found.rank for found in ranked[1:] if not is_same_work(best.work, found.work)), -99.0)
    lead = best.rank - max(rival, _WEAKEST)
    height = max(-8.0, min(8.0, best.rank))
    wide, middle, narrow = min(lead, 6.0), min(lead, 3.0), min(lead, 1.0)
    several, brief = float(fits_several(ranked)), features.brief
    return Decision(
        rank=height,
        rank_high=max(0.0, height),
        lead_wide=wide,
        lead_middle=middle,
        lead_narrow=narrow,
        fits_several=several,
        brief=brief,
        brief_rank=brief * height,
        brief_lead_wide=brief * wide,
        brief_lead_middle=brief * middle,
        brief_bare=brief * features.title_bare,
        brief_exact=brief * features.title_exact,
        brief_silent=brief * features.year_silent,
        brief_several=brief * several,
        year=features.year,
        year_near=features.year_near,
        year_silent=features.year_silent,
        title_bare=features.title_bare,
        title_exact=features.title_exact,
        brief_kind=features.brief_kind,
        page=features.page,
        container_only_mine=features.container_only_mine,
        container_only_theirs=features.container_only_theirs,
        author=features.author,
        before_title=features.before_title,
        explained=features.explained,
        part_for_book=features.part_for_book,
    )


def fits_several(ranked: Sequence[Ranked]) -> bool:
    """Whether another work by the stated author has the stated title, or all words of a short one."""
    return any(
        (found.features.title >= 0.95 or found.features.brief_fits)
        and found.features.author == 1.0
        and not found.features.year_wrong
        and not is_same_work(ranked[0].work, found.work)
        for found in ranked[1:]
    )


def logistic(odds: float) -> float:
    """The chance of a log-odds."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


def _weigh(each: Iterable[float], values: Iterable[float]) -> float:
    total: float = sum(map(mul, each, values))
    return total
