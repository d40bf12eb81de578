"""Annotations, citations and note markers that somebody wrote into a TEI file of ours: elements that we did not write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.markup.citing import citation_kind
from corpus.tei.meaning import meaning_of
from corpus.tei.touched import SOURCE, Inline, Register, linked
from schemas.ids import Ids
from schemas.offsets import OffsetMap
from schemas.records import Annotation, Article, Citation, Marker
from schemas.values import EntityValue, MarkupValue

_VALUED = frozenset(
    "ref key when notBefore notAfter from to quantity unit commodity value atLeast atMost type calendar precision".split()
)
_POINTING = frozenset({"ref", "ptr", "anchor"})


def new_annotations(article: Article, elements: Sequence[Inline], register: Register) -> Iterator[Annotation]:
    """An annotation for each element, and one of its markup where attributes say what the value cannot."""
    taken = {ann.id for ann in article.annotations}
    ids = Ids("an")
    for each in elements:
        if each.tag in _POINTING:
            continue
        words = article.text[each.start : each.end]
        meaning = meaning_of(each.tag, each.attributes, words, register.refs)
        if meaning is not None:
            value = meaning.value
            cluster = register.cluster(each.attributes.get("ref", ""))
            if isinstance(value, EntityValue) and cluster is not None:
                value = EntityValue(value.name, cluster, value.type, value.ref)
            identifier = _free(each.name, ids, f"{meaning.label}|{words}", taken)
            yield Annotation(identifier, meaning.layer, meaning.label, each.start, each.end, value, SOURCE)
        if meaning is None or not set(each.attributes) <= _VALUED:
            markup = MarkupValue(each.tag, dict(each.attributes))
            identifier = _free("" if meaning else each.name, ids, f"{each.tag}|{words}", taken)
            yield Annotation(identifier, "markup", each.tag, each.start, each.end, markup, SOURCE)


def new_citations(article: Article, elements: Sequence[Inline], register: Register) -> Iterator[Citation]:
    """A citation for each ``ref`` that names references of the article."""
    taken = {cite.id for cite in article.citations}
    ids = Ids("c")
    for each in elements:
        targets = tuple(linked(each.attributes.get("target", ""), article, register))
        if each.tag == "ref" and (targets or each.attributes.get("type") == "bibr"):
            words = " ".join(article.text[each.start : each.end].split())
            identifier = _free(each.name, ids, words, taken)
            kind = citation_kind(words, superscript=False)
            status = "linked" if targets else "unresolved"
            yield Citation(identifier, kind, words, each.start, each.end, targets=targets, status=status)  # type: ignore[arg-type]


def new_markers(article: Article, elements: Sequence[Inline], register: Register) -> Iterator[Marker]:
    """A marker for each pointer without words that names a note of the article."""
    taken = {marker.id for marker in article.markers}
    notes = {note.id: note for note in article.notes}
    offsets = OffsetMap(article.offsets)
    ids = Ids("m")
    for each in elements:
        named = each.attributes.get("target") or each.attributes.get("corresp") or ""
        note = notes.get(register.record_id(named))
        if each.tag not in _POINTING or each.start < each.end or note is None:
            continue
        label = each.attributes.get("n") or note.label
        at = offsets.to_source(each.start, end=True)
        yield Marker(_free(each.name, ids, f"{label}|{note.id}", taken), label, label, each.start, at, at, note.id)


def _free(wanted: str, ids: Ids, content: str, taken: set[str]) -> str:
    """An id that no other record of the kind bears."""
    name = wanted if wanted and wanted not in taken else ids.make(content)
    while name in taken:
        name = ids.make(content)
    taken.add(name)
    return name
