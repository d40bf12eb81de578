"""What a person changed between two states of one article, as decisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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


def _changes(machine: Article, corrected: Article) -> Iterator[_Change]:
    yield from _annotations(machine, corrected)
    yield from _citations(machine, corrected)
    yield from _markers(machine, corrected)
    yield from _new_markers(machine, corrected)


def _annotations(machine: Article, corrected: Article) -> Iterator[_Change]:
    now = {ann.id: ann for ann in corrected.annotations}
    before = {ann.id for ann in machine.annotations}
    for ann in machine.annotations:
        was = Was(ann.id, {**_body(ann), "start": ann.start, "end": ann.end})
        other = now.get(ann.id)
        if other is None:
            yield "assessing", ann, REJECTED, was
        elif (_body(other), other.start, other.end) != (_body(ann), ann.start, ann.end):
            yield _why(ann, other), other, _body(other), was
    for ann in corrected.annotations:
        if ann.id not in before:
            yield "tagging", ann, _body(ann), None


def _why(ann: Annotation, other: Annotation) -> Motivation:
    if other.label != ann.label or other.layer != ann.layer:
        return "classifying"
    return "identifying" if other.value != ann.value and isinstance(other.value, EntityValue) else "editing"


def _body(ann: Annotation) -> dict[str, Any]:
    return {"layer": ann.layer, "label": ann.label, "value": msgspec.to_builtins(ann.value)}


def _citations(machine: Article, corrected: Article) -> Iterator[_Change]:
    now = {cite.id: cite for cite in corrected.citations}
    before = {cite.id for cite in machine.citations}
    for cite in machine.citations:
        was = Was(cite.id, {**_links(cite), "start": cite.start, "end": cite.end})
        other = now.get(cite.id)
        if other is None:
            yield "assessing", cite, REJECTED, was
        elif (_links(other), other.start, other.end) != (_links(cite), cite.start, cite.end):
            yield "linking", other, _links(other), was
    for cite in corrected.citations:
        if cite.id not in before:
            yield "linking", cite, _links(cite), None


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
