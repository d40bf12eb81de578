"""The records of our own TEI: annotations, citations, claims, checks, references, markers, pages, notes, Problems.

A field stands in its ``f``, else in an attribute of the span, else it has its default (``corpus.writers.tei.standoff``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import msgspec
from lxml import etree

from corpus.markup.walk import XML_ID
from corpus.tei.features import make_record, read_features, unescape
from corpus.tei.spots import read_pointer
from corpus.writers.tei.elements import clean
from corpus.writers.tei.profiles import PERSON
from schemas.records import (
    Annotation,
    Article,
    Check,
    Citation,
    Claim,
    Clause,
    Marker,
    Metadata,
    Note,
    Page,
    Problem,
    Reference,
    Source,
)
from schemas.values import DateValue, EntityValue, FigureValue, MarkupValue, Value

R = TypeVar("R", bound=msgspec.Struct)
_VALUES: dict[str, type[FigureValue | DateValue | EntityValue | MarkupValue]] = {
    "figure": FigureValue,
    "date": DateValue,
    "entity": EntityValue,
    "markup": MarkupValue,
}
_OF_ANNOTATION = frozenset({"label", "confidence", "start", "end"})
_MEMBERS = {"marker": "markers", "citation": "citations", "figure": "figures", "date": "dates", "entity": "entities"}


@dataclass(frozen=True)
class Reading:
    """A file of ours as it is read: its elements by xml:id, the records' own ids, the starts of the blocks, the text."""

    tei: etree._Element
    stand_off: etree._Element
    elements: Mapping[str, etree._Element]
    original: Mapping[str, str]
    starts: Mapping[str, int]
    text: str

    def spans(self, kind: str) -> Iterator[etree._Element]:
        """The spans of a group, in order."""
        for group in self.stand_off.iterchildren("spanGrp"):
            if group.get("type") == kind:
                yield from group.iterchildren("span")

    def entity(self, pointer: str) -> etree._Element | None:
        """The entity of the register that a pointer names."""
        element = self.elements.get(pointer[1:])
        return element if element is not None and element in self._register else None

    @cached_property
    def _register(self) -> set[etree._Element]:
        lists = (each for each in self.tei.iterchildren("standOff") if each.get(XML_ID) == "standOff.entities")
        return {entity for stand_off in lists for listed in stand_off for entity in listed}

    def record_id(self, pointer: str | None) -> str:
        """The id of the record that a pointer names."""
        name = (pointer or "").removeprefix("#")
        return self.original.get(name, name)

    def record_ids(self, pointers: str | None) -> tuple[str, ...]:
        """The ids of the records that several pointers name."""
        return tuple(self.record_id(pointer) for pointer in (pointers or "").split())

    def own_id(self, span: etree._Element) -> str:
        """The id of a span's record: the inline element bears it where there is one."""
        return self.record_id((span.get(XML_ID) or " ".join(inline_pointers(span))).partition(" ")[0])

    def place(self, span: etree._Element) -> dict[str, int]:
        """Where a span's words stand in the text, by its pointer."""
        ends = read_pointer(span.get("target") or "")
        if ends is None or ends.block not in self.starts or ends.last_block not in self.starts:
            return {}
        return {"start": self.starts[ends.block] + ends.start, "end": self.starts[ends.last_block] + ends.end}


def inline_pointers(span: etree._Element) -> list[str]:
    """The pointers to the elements inline that bear a record."""
    return (span.get("corresp") or "").split()


def read_records(reading: Reading) -> Article:
    """An article with the text and all records that stand in spans and notes."""
    markers = tuple(_points(reading, "marker", Marker))
    return Article(
        id="",
        source=Source("", "", "", None),
        metadata=Metadata(),
        text=reading.text,
        pages=tuple(_points(reading, "page", Page)),
        markers=markers,
        notes=tuple(_notes(reading, markers)),
        annotations=tuple(_annotations(reading)),
        references=tuple(_references(reading)),
        citations=tuple(_citations(reading)),
        claims=tuple(_claims(reading)),
        problems=tuple(_problems(reading)),
        checks=tuple(_checks(reading)),
    )


def _fields(span: etree._Element) -> dict[str, Any]:
    return read_features(span.find("fs"))


def _points(reading: Reading, kind: str, record: type[R]) -> Iterator[R]:
    for span in reading.spans(kind):
        yield make_record(record, {"id": reading.record_id(span.get("target")), **_fields(span)})


def _notes(reading: Reading, markers: Sequence[Marker]) -> Iterator[Note]:
    """The notes; one whose element somebody took out has the label of its marker."""
    labels = {marker.note: marker.label for marker in reversed(markers)}
    for span in reading.spans("note"):
        element = reading.elements.get((span.get("target") or "")[1:])
        said = {"place": "foot", "label": labels.get(reading.record_id(span.get("target")), "")}
        if element is not None:
            said = {"place": element.get("place") or "", "label": element.get("n") or ""}
        blocks = reading.record_ids(_pointers(span).get("block"))
        given = {"id": reading.record_id(span.get("target")), **said, "blocks": blocks}
        yield make_record(Note, given | _fields(span))


def _pointers(span: etree._Element) -> dict[str, str]:
    return {ptr.get("type") or "": ptr.get("target") or "" for ptr in span.iterchildren("ptr")}


def _annotations(reading: Reading) -> Iterator[Annotation]:
    makers = {each.get(XML_ID): unescape(each.findtext("label") or "") for each in reading.tei.iter("application")}
    makers |= {each.get(XML_ID): PERSON for each in reading.tei.iter("respStmt")}
    for span in reading.spans("annotation"):
        fields = _fields(span)
        maker = (span.get("resp") or "")[1:]
        known: dict[str, Any] = {
            "id": reading.own_id(span),
            "layer": span.get("type"),
            "label": _category(span, span.get("type") or ""),
            "made_by": makers.get(maker) or maker.removeprefix("by."),
            **reading.place(span),
        }
        known |= {name: fields.pop(name) for name in _OF_ANNOTATION if name in fields}
        ann = make_record(Annotation, known)
        yield msgspec.structs.replace(ann, value=_value(reading, span, ann, fields))


def _category(span: etree._Element, prefix: str) -> str:
    """The value that the span's category says: "#figure.MONEY"."""
    pointers = (span.get("ana") or "").split()
    return next((name.partition(".")[2] for name in pointers if name.startswith(f"#{prefix}.")), "")


def _value(reading: Reading, span: etree._Element, ann: Annotation, fields: dict[str, Any]) -> Value | None:
    named = [reading.entity(pointer) for pointer in (span.get("ana") or "").split()]
    entity = next((each for each in named if each is not None), None)
    structure = span.find("fs")
    kind = _VALUES.get((structure.get("type") or "") if structure is not None else "")
    cluster = _cluster(reading, span)
    if kind is None and entity is None and cluster is None:
        return None
    if kind is EntityValue or kind is None:
        words = " ".join(clean(reading.text[ann.start : ann.end]).split())
        known = _said_of(entity, reading.original) if entity is not None else {"cluster": cluster}
        return make_record(EntityValue, {"name": words, **known, **fields})
    return make_record(kind, {"kind": ann.label, **fields})


def _cluster(reading: Reading, span: etree._Element) -> str | None:
    """The thing that a mention names, though somebody took its entry out of the register."""
    pointers = [each for each in (span.get("ana") or "").split() if not each.startswith(f"#{span.get('type')}.")]
    return reading.record_id(pointers[0]) if span.get("type") == "entity" and pointers else None


def _said_of(entity: etree._Element, original: Mapping[str, str]) -> dict[str, Any]:
    """What the register says of an entity."""
    xml_id = entity.get(XML_ID) or ""
    types = (note.text or "" for note in entity.iterchildren("note") if note.get("type") == "type")
    return {
        "cluster": original.get(xml_id) or entity.get("n") or xml_id,
        "type": next(types, None),
        "ref": [idno.text or "" for idno in entity.iterchildren("idno") if idno.get("type") == "URI"],
    }


def _citations(reading: Reading) -> Iterator[Citation]:
    for span in reading.spans("citation"):
        given = {"id": reading.own_id(span), "kind": span.get("type"), **reading.place(span)}
        yield make_record(Citation, given | _fields(span))


def _claims(reading: Reading) -> Iterator[Claim]:
    clauses = {
        span.get("corresp"): Clause(**place)
        for span in reading.spans("claim")
        if span.get("type") == "clause" and (place := reading.place(span))
    }
    for span in reading.spans("claim"):
        if span.get("type") == "clause":
            continue
        xml_id = span.get(XML_ID)
        members = {_MEMBERS[kind]: reading.record_ids(ids) for kind, ids in _pointers(span).items() if kind in _MEMBERS}
        given = {"id": reading.record_id(xml_id), "scope": _category(span, "scope"), **reading.place(span), **members}
        claim = make_record(Claim, given | _fields(span))
        clause = clauses.get(f"#{xml_id}") if claim.clause is None else claim.clause
        yield msgspec.structs.replace(claim, clause=clause)


def _checks(reading: Reading) -> Iterator[Check]:
    for span in reading.spans("check"):
        given = {
            "id": reading.own_id(span),
            "relation": span.get("type") or "",
            "verdict": _category(span, "verdict"),
            **reading.place(span),
            "about": reading.record_ids(_pointers(span).get("about")),
        }
        yield make_record(Check, given | _fields(span))


def _references(reading: Reading) -> Iterator[Reference]:
    for span in reading.spans("reference"):
        yield make_record(Reference, {"id": reading.own_id(span), **_fields(span)})


def _problems(reading: Reading) -> Iterator[Problem]:
    for note in reading.stand_off.iterchildren("note"):
        if note.get("type") == "problem":
            said = {p.get("rend") or "message": p.text or "" for p in note.iterchildren("p")}
            given = {"id": reading.record_id(note.get(XML_ID)), "severity": note.get("n"), **said}
            yield make_record(Problem, given | _fields(note))
