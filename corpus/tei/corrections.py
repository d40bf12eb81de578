"""What somebody changed in a TEI file of ours: elements inline compared with those that we would write.

An element that is gone is an annotation taken back; one that is new is an annotation made; another tag is another label,
another attribute another value, other words another span. What nobody touched stays as the copy in ``standOff`` has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from lxml import etree

from corpus.emendation import without_the_gone
from corpus.markup.walk import XML_ID
from corpus.markup.xml import local
from corpus.tei.exact_records import inline_pointers
from corpus.tei.header import read_header
from corpus.tei.ids import attributes_of
from corpus.tei.new_by_hand import new_annotations, new_citations, new_markers
from corpus.tei.spots import find_spots
from corpus.tei.touched import SOURCE, Inline, Register, changed_annotation, changed_citation
from schemas.records import Annotation, Article, Citation, Marker, Metadata

_INLINE = frozenset(
    "persName orgName placeName geogName settlement country region district bloc name rs date time num measure title eventName hi emph"
    " foreign q seg ref ptr term mentioned soCalled distinct gloss anchor roleName forename surname".split()
)
_OF_THE_FILE = frozenset({"xml:id", "cert", "resp", "next", "prev", "part"})  # say nothing of the value


class _Files(NamedTuple):
    """A file and what we would write: the elements inline by their ids, with their places, and those without an id."""

    tei: etree._Element
    here: Mapping[str, Inline]
    there: Mapping[str, Inline]
    unnamed: tuple[Inline, ...]


def same_structure(tei: etree._Element, reference: etree._Element) -> bool:
    """Whether two files have the same blocks, notes, pages and divisions, whatever stands inline in them."""
    return _skeleton(tei) == _skeleton(reference)


def _skeleton(tei: etree._Element) -> list[tuple[str, str | None]]:
    blocks = {(span.get("target") or "")[1:] for span in _spans(tei, "block")}
    return [
        (local(each), each.get(XML_ID))
        for text in tei.iterchildren("text")
        for each in text.iter(etree.Element)
        if local(each) not in _INLINE or (each.get(XML_ID) or "") in blocks
    ]


def _spans(tei: etree._Element, kind: str) -> list[etree._Element]:
    return tei.findall(f"standOff/spanGrp[@type='{kind}']/span")


def correct(article: Article, starts: Mapping[str, int], tei: etree._Element, reference: etree._Element) -> Article:
    """The article with what differs inline between its file and the reference that we would write."""
    files = _read_files(tei, reference, starts)
    register = Register(tei)
    annotations = list(_annotations(article, files, register))
    citations = list(_citations(article, files, register))
    unknown = [each for each in files.unnamed if each.start < each.end]
    added = list(new_annotations(article, unknown, register))
    if added:
        annotations = sorted([*annotations, *added], key=lambda ann: (ann.start, -ann.end, ann.layer, ann.id))
    cited = list(new_citations(article, unknown, register))
    if cited:
        citations = sorted([*citations, *cited], key=lambda cite: (cite.start, cite.end))
    made = msgspec.structs.replace(
        article,
        metadata=_metadata(article.metadata, tei, reference),
        annotations=tuple(annotations),
        citations=tuple(citations),
        markers=(*_markers(article, files, register), *new_markers(article, files.unnamed, register)),
    )
    return without_the_gone(article, made)


def _read_files(tei: etree._Element, reference: etree._Element, starts: Mapping[str, int]) -> _Files:
    here, there = list(_inline(tei, starts)), list(_inline(reference, starts))
    known = {each.name for each in there} | {
        pointer[1:]
        for kind in ("annotation", "citation")
        for span in _spans(tei, kind)
        for pointer in inline_pointers(span)
    }
    blocks = {(span.get("target") or "")[1:] for span in _spans(tei, "block")} | set(starts)
    return _Files(
        tei,
        {each.name: each for each in here if each.name},
        {each.name: each for each in there if each.name},
        tuple(each for each in here if each.tag in _INLINE and each.name not in known | blocks),
    )


def _inline(tei: etree._Element, starts: Mapping[str, int]) -> Iterator[Inline]:
    for text in tei.iterchildren("text"):
        for element, spot in find_spots(text, starts).items():
            said = {name: value for name, value in attributes_of(element).items() if name not in _OF_THE_FILE}
            base = starts[spot.block]
            yield Inline(element.get(XML_ID) or "", local(element), said, base + spot.start, base + spot.end)


def _annotations(article: Article, files: _Files, register: Register) -> Iterator[Annotation]:
    spans = zip(_spans(files.tei, "annotation"), article.annotations, strict=True)
    found = [(ann, _now(files, span)) for span, ann in spans]
    markup = {(ann.start, ann.end): now for ann, now in found if now is not None and ann.layer == "markup"}
    for ann, now in found:
        if now is None and ann.made_by == SOURCE:
            now = markup.get((ann.start, ann.end))  # what the markup of the source means changes with it
        if now is None:
            yield ann
        elif now[1] is not None:
            yield changed_annotation(ann, now[0], now[1], article.text, register)


def _citations(article: Article, files: _Files, register: Register) -> Iterator[Citation]:
    for span, cite in zip(_spans(files.tei, "citation"), article.citations, strict=True):
        found = _now(files, span)
        if found is None:
            yield cite
        elif found[1] is not None:
            yield changed_citation(cite, found[0], found[1], article, register)


def _now(files: _Files, span: etree._Element) -> tuple[Inline, Inline | None] | None:
    """The elements of a record as we would write them and as they are; None where it does not stand inline."""
    names = [pointer[1:] for pointer in inline_pointers(span)]
    if not names or names[0] not in files.there:
        return None
    before = [files.there[name] for name in names if name in files.there]
    after = [files.here[name] for name in names if name in files.here]
    return _whole(before), _whole(after) if after else None


def _whole(parts: Sequence[Inline]) -> Inline:
    """The element of a record, with the span of all its fragments."""
    return parts[0]._replace(start=min(part.start for part in parts), end=max(part.end for part in parts))


def _markers(article: Article, files: _Files, register: Register) -> Iterator[Marker]:
    """The markers: one that was taken out is gone, one that points elsewhere has another note."""
    notes = {note.id for note in article.notes}
    for span, marker in zip(_spans(files.tei, "marker"), article.markers, strict=True):
        name = (span.get("target") or "")[1:]
        before, after = files.there.get(name), files.here.get(name)
        if before is None:
            yield marker
        elif after is not None:
            note = register.record_id(after.attributes.get("target", ""))
            moved = before.attributes.get("target") != after.attributes.get("target") and note in notes
            yield msgspec.structs.replace(
                marker,
                note=note if moved else marker.note,
                offset=marker.offset if after.start == before.start else after.start,
            )


def _metadata(metadata: Metadata, tei: etree._Element, reference: etree._Element) -> Metadata:
    """The metadata with what the header says otherwise than ours would."""
    now, before = read_header(tei), read_header(reference)
    fields = {
        name: getattr(now, name) for name in Metadata.__struct_fields__ if getattr(now, name) != getattr(before, name)
    }
    return msgspec.structs.replace(metadata, **fields)
