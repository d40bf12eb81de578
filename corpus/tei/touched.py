"""Annotations and citations whose elements somebody changed: the new span, label and value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from lxml import etree

from corpus.markup.walk import XML_ID
from corpus.tei.features import unescape
from corpus.tei.meaning import Meaning, meaning_of
from schemas.records import Annotation, Article, Citation, Target
from schemas.values import EntityValue, MarkupValue, Value

SOURCE = "source"  # who made what a person wrote into the file
BY_HAND = "linked by hand in the TEI file"


class Inline(NamedTuple):
    """An element inline: its xml:id ("" where it has none), tag, attributes, and the code points of the text it spans."""

    name: str
    tag: str
    attributes: Mapping[str, str]
    start: int
    end: int


class Register:
    """The entities of ``standOff`` and the records' own ids."""

    def __init__(self, tei: etree._Element) -> None:
        stands = [each for each in tei.iterchildren("standOff") if each.get(XML_ID) == "standOff.entities"]
        self._entities = {
            entity.get(XML_ID) or "": [idno.text or "" for idno in entity.iterchildren("idno")]
            for stand in stands
            for listed in stand
            for entity in listed.iterchildren(etree.Element)
        }
        notes = tei.iterfind("standOff/note[@type='original-id']")
        self._original = {(note.get("target") or "")[1:]: unescape(note.text or "") for note in notes}

    def record_id(self, pointer: str) -> str:
        """The id of the record that a pointer names."""
        name = pointer.removeprefix("#")
        return self._original.get(name, name)

    def refs(self, pointer: str) -> tuple[str, ...]:
        """The authority URIs of a pointer: those of the entity that it names, or itself."""
        if pointer.startswith("#"):
            return tuple(self._entities.get(pointer[1:], ()))
        return (pointer,)

    def cluster(self, pointers: str) -> str | None:
        """The cluster of the entity that pointers name."""
        return next((self.record_id(each) for each in pointers.split() if each[1:] in self._entities), None)


def changed_annotation(ann: Annotation, before: Inline, after: Inline, text: str, register: Register) -> Annotation:
    """An annotation as its element says it now; the same one where nothing was changed."""
    same_place = (before.start, before.end) == (after.start, after.end)
    said_as_before = (before.tag, before.attributes) == (after.tag, after.attributes)
    if same_place and said_as_before:
        return ann
    made = ann if same_place else msgspec.structs.replace(ann, start=after.start, end=after.end)
    value = ann.value
    if isinstance(value, EntityValue) and value.name == " ".join(text[ann.start : ann.end].split()):
        value = msgspec.structs.replace(value, name=" ".join(text[after.start : after.end].split()))
    made = msgspec.structs.replace(made, value=value, made_by=SOURCE, confidence=None)
    return made if said_as_before else _said_anew(made, before, after, text, register)


def _said_anew(ann: Annotation, before: Inline, after: Inline, text: str, register: Register) -> Annotation:
    words = text[after.start : after.end]
    now = meaning_of(after.tag, after.attributes, words, register.refs)
    was = meaning_of(before.tag, before.attributes, words, register.refs)
    if ann.layer == "markup" or now is None:
        value = ann.value if isinstance(ann.value, MarkupValue) else MarkupValue(after.tag)
        kept = {
            name: text
            for name, text in value.attributes.items()
            if after.attributes.get(name) or name not in before.attributes
        }
        name = value.name if before.tag == after.tag else after.tag
        value = MarkupValue(name, {**kept, **_differing(before.attributes, after.attributes)})
        label = ann.label if before.tag == after.tag else after.tag
        return msgspec.structs.replace(ann, layer="markup", label=label, value=value)
    label = now.label if was is None or was.label != now.label else ann.label
    value_now = _value(ann.value, was, now, register.cluster(after.attributes.get("ref", "")))
    return msgspec.structs.replace(ann, layer=now.layer, label=label, value=value_now)


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in after.items() if before.get(name) != value}


def _value(value: Value | None, was: Meaning | None, now: Meaning, cluster: str | None) -> Value | None:
    """The value with the fields that the element says otherwise than before."""
    if (
        was is None
        or value is None
        or now.value is None
        or type(was.value) is not type(value)
        or type(now.value) is not type(value)
    ):
        return now.value if now.value is not None or (was is not None and was.value is not None) else value
    fields: dict[str, Any] = {
        name: getattr(now.value, name)
        for name in now.value.__struct_fields__
        if getattr(now.value, name) != getattr(was.value, name) and name not in ("name", "cluster")
    }
    if isinstance(value, EntityValue):
        fields["cluster"] = cluster or value.cluster
    return msgspec.structs.replace(value, **fields)


def changed_citation(cite: Citation, before: Inline, after: Inline, article: Article, register: Register) -> Citation:
    """A citation as its element says it now."""
    made = cite
    if (before.start, before.end) != (after.start, after.end):
        made = msgspec.structs.replace(made, start=after.start, end=after.end)
    if before.attributes.get("target") != after.attributes.get("target"):
        targets = tuple(linked(after.attributes.get("target", ""), article, register))
        status = "linked" if targets else "unresolved"
        made = msgspec.structs.replace(made, targets=targets, candidates=(), status=status)
    return made


def linked(pointers: str, article: Article, register: Register) -> Iterator[Target]:
    """The targets that pointers to references name."""
    references = {ref.id: ref for ref in article.references}
    for pointer in pointers.split():
        ref = references.get(register.record_id(pointer))
        if ref is not None:
            yield Target(ref.id, ref.key if ref.status == "linked" else None, 1.0, BY_HAND)
