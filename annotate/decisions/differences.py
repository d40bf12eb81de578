"""What a person changed between two states of one article, as decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from corpus.writers.web_annotation import article_urn, selectors
from schemas.decisions import Decision, DecisionTarget, Motivation, Was, decode_decision
from schemas.ids import Ids
from schemas.records import Annotation, Article, Citation, Clause, Marker, Spanned
from schemas.values import EntityValue

REJECTED = {"verdict": "rejected"}


def decisions_between(machine: Article, corrected: Article, *, creator: str, created: str) -> list[Decision]:
    """The decisions that lead from the machine's article to the corrected one; both have the same text.

    ``creator`` is who decided, ``created`` an ISO 8601 time. The ids hang on the content only, so the same correction
    gives the same decision again. Raises ValueError where the texts differ.
    """
    if machine.text != corrected.text:
        raise ValueError("decisions are made between two states of one text")
    ids = Ids("dec")
    found = []
    for motivation, span, body, was in _changes(machine, corrected):
        said = msgspec.json.encode([motivation, span.start, span.end, body, was], order="sorted").decode()
        target = DecisionTarget(article_urn(machine, "text"), selectors(machine.text, span))
        decision = Decision(ids.make(said), motivation, target, body, creator, created, was)
        found.append(decode_decision(msgspec.json.encode(decision)))  # as a file gives it back: lists, no tuples
    return found


_Change = tuple[Motivation, Spanned, Any, Was | None]
_S = TypeVar("_S", Annotation, Citation)


def _changes(machine: Article, corrected: Article) -> Iterator[_Change]:
    yield from _annotations(machine, corrected)
    yield from _citations(machine, corrected)
    yield from _markers(machine, corrected)
    yield from _new_markers(machine, corrected)


def _annotations(machine: Article, corrected: Article) -> Iterator[_Change]:
    return _differences(machine.annotations, corrected.annotations, _body, _why, "tagging")


def _differences(
    before: Sequence[_S],
    now: Sequence[_S],
    says: Callable[[_S], dict[str, Any]],
    why: Callable[[_S, _S], Motivation],
    new: Motivation,
) -> Iterator[_Change]:
    """What was taken out, said otherwise or moved (``why``), and what is ``new``; records are the same by their ids."""
    others = {record.id: record for record in now}
    for record in before:
        was = Was(record.id, {**says(record), "start": record.start, "end": record.end})
        other = others.get(record.id)
        if other is None:
            yield "assessing", record, REJECTED, was
        elif (says(other), other.start, other.end) != (says(record), record.start, record.end):
            yield why(record, other), other, says(other), was
    known = {record.id for record in before}
    for record in now:
        if record.id not in known:
            yield new, record, says(record), None


def _why(ann: Annotation, other: Annotation) -> Motivation:
    if other.label != ann.label or other.layer != ann.layer:
        return "classifying"
    return "identifying" if other.value != ann.value and isinstance(other.value, EntityValue) else "editing"


def _body(ann: Annotation) -> dict[str, Any]:
    return {"layer": ann.layer, "label": ann.label, "value": msgspec.to_builtins(ann.value)}


def _citations(machine: Article, corrected: Article) -> Iterator[_Change]:
    return _differences(machine.citations, corrected.citations, _links, lambda was, now: "linking", "linking")


def _links(cite: Citation) -> dict[str, Any]:
    return {"targets": [{"reference": target.reference, "key": target.key} for target in cite.targets]}


def _markers(machine: Article, corrected: Article) -> Iterator[_Change]:
    now = {marker.id: marker for marker in corrected.markers}
    for marker in machine.markers:
        other = now.get(marker.id)
        if other is None:
            yield "assessing", _point(marker), REJECTED, Was(marker.id, {"note": marker.note})
        elif other.note != marker.note:
            yield "linking", _point(marker), {"note": other.note}, Was(marker.id, {"note": marker.note})


def _new_markers(machine: Article, corrected: Article) -> Iterator[_Change]:
    known = {marker.id for marker in machine.markers}
    for marker in corrected.markers:
        if marker.id not in known:
            yield "linking", _point(marker), {"note": marker.note, "label": marker.label}, None


def _point(marker: Marker) -> Clause:
    return Clause(marker.offset, marker.offset)
