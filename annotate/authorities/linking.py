"""Ties each identity cluster of an article to at most one authority record, or leaves it open with its candidates.

Candidates come by name and label; each gets points for how its name agrees and for what the article says around the name:
dates of life, the place in brackets, the kind, words of the description, and records that were linked already. It is
linked where its points reach ENOUGH and lead the next by MARGIN; all reasons are kept. Clusters of one record become one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from annotate.authorities.context import Frame, Surroundings, stems, weigh
from annotate.authorities.names import name_forms, same_name
from annotate.authorities.shelf import NameMatch, Shelf
from annotate.authorities.years import Evidence
from annotate.identity.titles import without_titles
from schemas.authorities import Authority
from schemas.ids import Ids
from schemas.records import Annotation, Article, Problem
from schemas.values import EntityCandidate, EntityValue

ENOUGH, MARGIN = 2.5, 1.2
_IMPOSSIBLE = -1.0  # points below which a record is no candidate
_SHOWN = 5  # candidates kept of an open name
_CODE = "authority-open"


class Rated(msgspec.Struct, frozen=True):
    """A record that a cluster may be, with its points and what gave them."""

    record: Authority
    points: float
    reasons: tuple[str, ...]

    @property
    def score(self) -> float:
        """The points between 0 and 1; 0.5 at ENOUGH."""
        return round(1 / (1 + math.exp(1.2 * (ENOUGH - self.points))), 4)


@dataclass(frozen=True)
class _Cluster:
    """The mentions of one thing, and the names that can lead to a record."""

    key: str
    label: str
    mentions: tuple[Annotation, ...]
    names: tuple[str, ...]


def link_authorities(article: Article, shelf: Shelf) -> Article:
    """The article with the authority records of its names: ``ref``, ``ref_why``, ``type``, or ``candidates``."""
    clusters = list(_clusters(article))
    frame = Frame(article)
    rated = {c.key: rate(c.label, c.names, Surroundings(article, c.mentions, frame), shelf) for c in clusters}
    linked = _linked(rated)
    company = [one.record for one in linked.values()]
    rated = {key: found if key in linked else with_company(found, company) for key, found in rated.items()}
    linked = _linked(rated)
    open_ones = {c.key: rated[c.key] for c in clusters if rated[c.key] and c.key not in linked}
    annotations = tuple(_tied(ann, linked, open_ones, _same(clusters, linked)) for ann in article.annotations)
    used = {one.record for one in linked.values() if one.record.refs}
    kept = [record for record in article.authorities if record.refs not in {other.refs for other in used}]
    authorities = sorted([*kept, *used], key=lambda record: (record.label, record.name, record.refs))
    decided = {ann.id for c in clusters if c.key in linked or c.key in open_ones for ann in c.mentions}
    problems = tuple(p for p in article.problems if p.code != _CODE or decided.isdisjoint(p.about))
    return msgspec.structs.replace(
        article,
        annotations=annotations,
        authorities=tuple(authorities),
        problems=problems + tuple(_problems(clusters, open_ones)),
    )


def rate(label: str, names: Sequence[str], around: Surroundings, shelf: Shelf) -> list[Rated]:
    """The records that a name can be, the best first."""
    found = shelf.find(label, names)
    described = [stems(record.description or "") for record, _ in found]
    shared = frozenset.intersection(*described) if len(described) > 1 else frozenset()
    rated = [_rate(record, match, around, shared) for record, match in found]
    possible = [one for one in rated if one.points >= _IMPOSSIBLE]
    return sorted(possible, key=_rank)


def clear_one(rated: Sequence[Rated]) -> Rated | None:
    """The best record, if it has enough points and leads the next; what a service only proposes does not compete."""
    known = [one for one in rated if one.record.status == "known"]
    if not known or known[0].points < ENOUGH:
        return None
    return known[0] if len(known) == 1 or known[0].points - known[1].points >= MARGIN else None


def _linked(rated: Mapping[str, Sequence[Rated]]) -> dict[str, Rated]:
    return {key: one for key, found in rated.items() if (one := clear_one(found)) is not None}


def with_company(rated: Sequence[Rated], company: Sequence[Authority]) -> list[Rated]:
    """The records with what those speak for them that are linked already: named in a description, or of one place."""
    return sorted((_in_company(one, company) for one in rated), key=_rank)


def _rate(record: Authority, match: NameMatch, around: Surroundings, shared: frozenset[str]) -> Rated:
    places = [form.place for form in name_forms(record) if form.place] if record.label == "LOC" else []
    evidence: list[Evidence] = [(match.points, match.why), *weigh(record, around, shared, places)]
    return Rated(record, round(sum(points for points, _ in evidence), 4), tuple(why for _, why in evidence))


def _in_company(one: Rated, company: Sequence[Authority]) -> Rated:
    said = f" {one.record.description or ''} "
    named = [o.name for o in company if o.name in said or (o.description and one.record.name in o.description)]
    near = [o.name for o in company if one.record.place and o.label == "LOC" and same_name(o.name, one.record.place)]
    met = sorted(set(named + near))
    if not met:
        return one
    reason = f"goes with {', '.join(met[:3])}, named in the article"
    return msgspec.structs.replace(
        one, points=round(one.points + min(0.8 * len(met), 1.6), 4), reasons=(*one.reasons, reason)
    )


def _rank(one: Rated) -> tuple[float, str, tuple[str, ...], str]:
    return -one.points, one.record.name, one.record.refs, str(one.record)


def _clusters(article: Article) -> Iterator[_Cluster]:
    """The clusters in text order; those that identity left open between names of the article are left alone."""
    mentions: dict[str, list[Annotation]] = {}
    for ann in article.annotations:
        if ann.layer == "entity" and isinstance(ann.value, EntityValue):
            mentions.setdefault(ann.value.cluster, []).append(ann)
    for key, group in mentions.items():
        values = [ann.value for ann in group if isinstance(ann.value, EntityValue)]
        if any(value.ref for value in values) or any(c.score is None for value in values for c in value.candidates):
            continue
        names = [value.name for ann, value in zip(group, values, strict=True) if ann.made_by != "identity"]
        if group[0].label == "PERSON":  # an authority may have the title in its name: "King George"
            names = [written for name in names for written in (without_titles(name), name) if written]
        if names:
            yield _Cluster(key, group[0].label, tuple(group), tuple(dict.fromkeys(names)))


def _same(clusters: Sequence[_Cluster], linked: Mapping[str, Rated]) -> dict[str, _Cluster]:
    """For each linked cluster the first one of its record."""
    first: dict[Authority, _Cluster] = {}
    return {c.key: first.setdefault(linked[c.key].record, c) for c in clusters if c.key in linked}


def _tied(
    ann: Annotation, linked: Mapping[str, Rated], open_ones: Mapping[str, Sequence[Rated]], same: Mapping[str, _Cluster]
) -> Annotation:
    value = ann.value
    if ann.layer != "entity" or not isinstance(value, EntityValue):
        return ann
    if (one := linked.get(value.cluster)) is not None:
        head = same[value.cluster]
        why = value.why
        if head.key != value.cluster and not why:
            why = f"{head.names[0]}: the same authority record"
        said = f"{one.record.name} ({one.record.source}): {'; '.join(one.reasons)} [{one.score:.2f}]"
        value = msgspec.structs.replace(
            value,
            cluster=head.key,
            why=why,
            ref=one.record.refs,
            ref_why=said if one.record.refs else "",
            type=one.record.type or value.type,
            candidates=(),
        )
    elif (rated := open_ones.get(value.cluster)) is not None:
        shown = tuple(
            EntityCandidate(r.record.name, r.record.refs, r.score, "; ".join(r.reasons)) for r in rated[:_SHOWN]
        )
        value = msgspec.structs.replace(value, candidates=shown)
    else:
        return ann
    return msgspec.structs.replace(ann, value=value)


def _problems(clusters: Sequence[_Cluster], open_ones: Mapping[str, Sequence[Rated]]) -> Iterator[Problem]:
    ids = Ids("p-authority")
    for cluster in clusters:
        rated = open_ones.get(cluster.key)
        if not rated:
            continue
        name, first = cluster.names[0], cluster.mentions[0]
        if len(rated) == 1:
            message = f"{name}: may be {rated[0].record.name} ({rated[0].score:.2f}), but too little says so"
        else:
            shown = ", ".join(f"{one.record.name} ({one.score:.2f})" for one in rated[:3])
            message = f"{name}: {len(rated)} authority records can be meant: {shown}"
        about = tuple(ann.id for ann in cluster.mentions)
        hint = "dates, a description, a place or an alias in the authority file tell them apart"
        yield Problem(ids.make(cluster.key), _CODE, "info", message, about, first.start, first.end, hint)
