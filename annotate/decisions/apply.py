"""Decisions laid on an article: annotations after the layers, links after the linker, markers before all.

What a person decided wins over what the machine reads now. A thing is found again by the machine's id, else by its words
and their context. What cannot be found, and what two people decided differently, is a Problem; nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from annotate.decisions.differences import REJECTED
from annotate.decisions.files import subject_of
from annotate.decisions.texts import find_point
from annotate.given import LINKED_BY_PERSON
from corpus.writers.tei.profiles import PERSON
from schemas.decisions import Decision, PositionSelector, QuoteSelector
from schemas.ids import Ids, short_hash
from schemas.offsets import OffsetMap
from schemas.records import Annotation, Article, Citation, CslItem, Marker, Problem, Reference, Target
from schemas.values import EntityValue, Value

if TYPE_CHECKING:
    from annotate.libraries import UserLibrary


class _Problems:
    """Problems of decisions, with stable ids."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self._ids = Ids("p")

    def add(self, code: str, message: str, decision: Decision, hint: str) -> None:
        about = (decision.was.id,) if decision.was is not None and decision.was.id else ()
        identifier = self._ids.make(f"{code}|{decision.id}|{message}")
        self.found.append(Problem(identifier, code, "warning", message, about, hint=hint, where=decision.id))


def settle(decisions: Sequence[Decision]) -> tuple[list[Decision], tuple[Problem, ...]]:
    """The decision that stands on each thing: a person's last; where two people disagree none, and a Problem says so.

    They stay in their order: a person may have corrected words that were corrected before.
    """
    by_subject: dict[str, dict[str, Decision]] = defaultdict(dict)
    for decision in decisions:
        people = by_subject[subject_of(decision)]
        people.pop(decision.creator, None)
        people[decision.creator] = decision
    standing: list[Decision] = []
    problems = _Problems()
    for people in by_subject.values():
        *others, last = people.values()
        if all((each.body, each.target.selector) == (last.body, last.target.selector) for each in others):
            standing.append(last)
            continue
        names = ", ".join(people)
        said = f'{names} decided differently on "{_quote(last)}"; none of their decisions was applied.'
        problems.add("decision-conflict", said, last, "Agree, and let each of them decide the same.")
    order = {id(decision): i for i, decision in enumerate(decisions)}
    return sorted(standing, key=lambda decision: order[id(decision)]), tuple(problems.found)


def apply_to_annotations(article: Article, decisions: Sequence[Decision]) -> Article:
    """The article with the annotations that people decided on; a Problem where their words are not found."""
    annotations = {ann.id: ann for ann in article.annotations}
    problems = _Problems()
    for decision in decisions:
        if not _is_on_annotation(decision):
            continue
        found = _machine_annotation(annotations, decision)
        if decision.body == REJECTED:
            annotations.pop(found.id if found else "", None)
            continue
        span = find_target(article.text, decision)
        if span is None:
            _unplaced(problems, decision)
            continue
        made = _decided(decision, span, found, annotations)
        for ann in [ann for ann in annotations.values() if _doubles(ann, made)]:
            del annotations[ann.id]
        annotations.pop(found.id if found else "", None)
        annotations[made.id] = made
    return msgspec.structs.replace(
        article, annotations=tuple(annotations.values()), problems=article.problems + tuple(problems.found)
    )


def _is_on_annotation(decision: Decision) -> bool:
    said = decision.was.value if decision.was is not None else decision.body
    return isinstance(said, dict) and "layer" in said


def _machine_annotation(annotations: Mapping[str, Annotation], decision: Decision) -> Annotation | None:
    if decision.was is None:
        return None
    if (known := annotations.get(decision.was.id or "")) is not None:
        return known
    was = decision.was.value
    place = (was.get("layer"), was.get("start"), was.get("end"))
    return next((ann for ann in annotations.values() if (ann.layer, ann.start, ann.end) == place), None)


def _decided(
    decision: Decision, span: tuple[int, int], found: Annotation | None, annotations: Mapping[str, Annotation]
) -> Annotation:
    body: dict[str, Any] = decision.body
    value = None if body.get("value") is None else msgspec.convert(body["value"], Value)
    if isinstance(value, EntityValue) and decision.was is None:
        value = msgspec.structs.replace(value, cluster=_cluster(value, body["label"], annotations.values()))
    identifier = found.id if found else (decision.was.id if decision.was and decision.was.id else decision.id)
    return Annotation(identifier, body["layer"], body["label"], *span, value, PERSON)


def _cluster(value: EntityValue, label: str, annotations: Iterable[Annotation]) -> str:
    """A new mention belongs to the thing that the article knows by the same name."""
    for ann in annotations:
        other = ann.value
        if ann.label == label and isinstance(other, EntityValue) and other.name.casefold() == value.name.casefold():
            return other.cluster
    return value.cluster


def _doubles(ann: Annotation, made: Annotation) -> bool:
    return ann.id != made.id and (ann.layer, ann.start, ann.end) == (made.layer, made.start, made.end)


def apply_to_markers(article: Article, decisions: Sequence[Decision]) -> Article:
    """The article with the notes that people gave to its markers, without the markers that are none."""
    decided = {d.was.id: d for d in decisions if d.was is not None and _says(d.was.value, "note")}
    added = [d for d in decisions if d.was is None and _says(d.body, "note")]
    if not decided and not added:
        return article
    notes = {note.id for note in article.notes}
    problems = _Problems()
    markers: list[Marker] = []
    for marker in article.markers:
        decision = decided.pop(marker.id, None)
        if decision is None:
            markers.append(marker)
        elif decision.body != REJECTED and decision.body.get("note") in notes:
            markers.append(msgspec.structs.replace(marker, note=decision.body["note"]))
        elif decision.body != REJECTED:
            markers.append(marker)
            said = f"The note {decision.body.get('note')} of a decision is not in the article."
            problems.add("decision-target-unknown", said, decision, "Decide again on this marker.")
    for decision in decided.values():
        _unplaced(problems, decision)
    offsets = OffsetMap(article.offsets)
    for decision in added:
        point = find_point(article.text, decision)
        if point is None or decision.body["note"] not in notes:
            _unplaced(problems, decision)
            continue
        label, at = str(decision.body.get("label") or ""), offsets.to_source(point, end=True)
        markers.append(Marker(decision.id, label, label, point, at, at, decision.body["note"]))
    markers = sorted(markers, key=lambda marker: marker.offset) if added else markers
    return msgspec.structs.replace(article, markers=tuple(markers), problems=article.problems + tuple(problems.found))


def apply_to_links(article: Article, decisions: Sequence[Decision], library: UserLibrary | None) -> Article:
    """The article with the links that people gave to its citations; a key may be one of the user's library only."""
    citations = {cite.id: cite for cite in article.citations}
    references = {ref.id: ref for ref in article.references}
    problems = _Problems()
    for decision in decisions:
        if not _is_on_link(decision):
            continue
        found = _machine_citation(citations, decision)
        if decision.body == REJECTED:
            citations.pop(found.id if found else "", None)
            continue
        span = find_target(article.text, decision)
        if span is None and found is None:
            _unplaced(problems, decision)
            continue
        targets = _targets(decision, references, library.items if library else {}, problems)
        if targets is not None:
            made = found or Citation(decision.id, "short", _quote(decision), *(span or (0, 0)))
            place = {"start": span[0], "end": span[1]} if span is not None else {}
            status = "linked" if targets else "unresolved"
            citations[made.id] = msgspec.structs.replace(made, targets=targets, candidates=(), status=status, **place)
    return msgspec.structs.replace(
        article,
        citations=tuple(citations.values()),
        references=tuple(references.values()),
        problems=_still_open(article, citations) + tuple(problems.found),
    )


def _is_on_link(decision: Decision) -> bool:
    return _says(decision.was.value if decision.was is not None else decision.body, "targets")


def _says(value: Any, name: str) -> bool:
    return isinstance(value, dict) and name in value


def _machine_citation(citations: Mapping[str, Citation], decision: Decision) -> Citation | None:
    if decision.was is None:
        return None
    if (known := citations.get(decision.was.id or "")) is not None:
        return known
    place = (decision.was.value.get("start"), decision.was.value.get("end"))
    return next((cite for cite in citations.values() if (cite.start, cite.end) == place), None)


def _targets(
    decision: Decision, references: dict[str, Reference], items: Mapping[str, CslItem], problems: _Problems
) -> tuple[Target, ...] | None:
    """The targets that a decision names; None, and a Problem, where one of them is not known here."""
    made: list[Target] = []
    for given in decision.body["targets"]:
        key, reference = given.get("key"), given.get("reference")
        ref = next((ref for ref in references.values() if key and ref.key == key), references.get(reference or ""))
        if ref is None and key and key in items:
            ref = Reference(
                f"r-{short_hash(key)}", None, None, None, None, csl=items[key], key=key, status="linked", score=1.0
            )
            references[ref.id] = ref
        if ref is None:
            said = f"The source {key or reference} of a decision is neither in the article nor in the library."
            problems.add("decision-target-unknown", said, decision, "Give the library that holds it with --bib.")
            return None
        made.append(Target(ref.id, ref.key if ref.status == "linked" else None, 1.0, LINKED_BY_PERSON))
    return tuple(made)


def _still_open(article: Article, citations: Mapping[str, Citation]) -> tuple[Problem, ...]:
    """The Problems of the article without those that only say that a citation, now linked, could not be."""
    settled = {each.id for each in citations.values() if any(target.why == LINKED_BY_PERSON for target in each.targets)}
    return tuple(problem for problem in article.problems if not problem.about or not set(problem.about) <= settled)


def find_target(text: str, decision: Decision) -> tuple[int, int] | None:
    """Where the words of a decision stand now: at their place, else where they stand in the same context, or only once."""
    position = next((each for each in decision.target.selector if isinstance(each, PositionSelector)), None)
    quoted = next((each for each in decision.target.selector if isinstance(each, QuoteSelector)), None)
    if (
        position is not None
        and 0 <= position.start <= position.end <= len(text)
        and (quoted is None or text[position.start : position.end] == quoted.exact)
    ):
        return position.start, position.end
    if quoted is None or not quoted.exact:
        return None
    for words, shift in (
        (quoted.prefix + quoted.exact + quoted.suffix, len(quoted.prefix)),
        (quoted.prefix + quoted.exact, len(quoted.prefix)),
        (quoted.exact + quoted.suffix, 0),
        (quoted.exact, 0),
    ):
        at = text.find(words)
        if at >= 0 and text.find(words, at + 1) < 0:
            return at + shift, at + shift + len(quoted.exact)
    return None


def _unplaced(problems: _Problems, decision: Decision) -> None:
    said = (
        f'A decision on "{_quote(decision)}" was not applied: these words were not found, or stand in several places.'
    )
    problems.add("decision-unplaced", said, decision, "Decide again on the new text.")


def _quote(decision: Decision) -> str:
    quoted = next((each.exact for each in decision.target.selector if isinstance(each, QuoteSelector)), "")
    return " ".join(quoted.split())[:80]
