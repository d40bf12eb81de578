"""The elements that blocks, markers, pages, annotations and citations ask for inside the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from corpus.writers.tei.dates import date_attributes
from corpus.writers.tei.edition import TOOL, Edition
from corpus.writers.tei.elements import certainty, language
from corpus.writers.tei.figures import figure_element
from corpus.writers.tei.ids import Named
from corpus.writers.tei.markup import NAMING, TELLING, markup_element
from corpus.writers.tei.places import Node
from corpus.writers.tei.profiles import SOURCE
from schemas.records import Annotation, Citation, Marker, Page
from schemas.values import DateValue, EntityValue, FigureValue, MarkupValue

BLOCK, _MARKUP, _CITATION = 0, 1, 2
_RANKS = {"markup": _MARKUP, "entity": 3, "date": 4, "figure": 5}
_ENTITY_TAGS = {"PERSON": "persName", "ORG": "orgName", "LOC": "placeName", "EVENT": "name", "WORK": "title",
                "GROUP": "name"}  # fmt: skip


class Inline(msgspec.Struct, frozen=True):
    """An element to be: around a span of the text, or empty at a point of it; ``note`` is the note that fills the point."""

    start: int
    end: int
    rank: int
    tag: str
    attributes: dict[str, str | None]
    note: tuple[Node, ...] = ()


def block_inside(node: Node) -> Inline:
    """A block inside another block's text."""
    attributes = {"id": node.xml_id, "type": node.block.kind, "n": node.block.n, "lang": language(node.block.lang)}
    return Inline(node.start, node.end, BLOCK, "seg", attributes)


def points_of(edition: Edition, at_markers: Mapping[str, tuple[Node, ...]]) -> Iterator[tuple[Node, Inline]]:
    """Page breaks, markers and lifted citations; of those at one offset, in the order of the source.

    ``at_markers`` are the blocks of the notes that stand inline, by the xml:id of their markers.
    """
    for page, xml_id in edition.pages:
        node, offset = edition.places.before(page.offset)
        yield node, Inline(offset, offset, 0, "pb", {"id": xml_id, "n": _page_number(page)})
    found: list[tuple[int, int, Inline]] = []
    for named in edition.markers:
        for point in _marker(edition, named, at_markers.get(named.xml_id, ())):
            found.append((point.start, named.record.source_start, point))
    for cite, xml_id in edition.citations:
        if cite.start == cite.end:
            point = Inline(cite.start, cite.start, 0, "ptr", _citation_attributes(edition, cite, xml_id))
            found.append((cite.start, cite.source_start or 0, point))
    for offset, _, point in sorted(found, key=lambda each: each[:2]):
        node, place = edition.places.after(offset)
        yield node, msgspec.structs.replace(point, start=place, end=place)


def _marker(edition: Edition, named: Named[Marker], note: tuple[Node, ...]) -> Iterator[Inline]:
    """A pointer to the note; or an anchor, and behind it the note itself."""
    marker, xml_id = named
    attributes: dict[str, str | None] = {"id": xml_id, "type": "noteAnchor", "n": marker.label}
    if note:
        of_note = edition.note_attributes(marker.note, beside=xml_id)
        yield Inline(marker.offset, marker.offset, 0, "anchor", {**attributes, "corresp": f"#{of_note['id']}"})
        yield Inline(marker.offset, marker.offset, 0, "note", of_note, note)
        return
    target = edition.ids.get("note", marker.note) or edition.problem_about.get(marker.id) or "note.unknown"
    yield Inline(marker.offset, marker.offset, 0, "ptr", {**attributes, "target": f"#{target}"})


def _page_number(page: Page) -> str:
    return page.label if page.label is not None else str(page.n)


def spans_of(edition: Edition, *, empty: bool = False) -> Iterator[Inline]:
    """The elements of citations and annotations; with ``empty`` those of annotations without words, too."""
    for cite, xml_id in edition.citations:
        if cite.start < cite.end:
            yield Inline(cite.start, cite.end, _CITATION, "ref", _citation_attributes(edition, cite, xml_id))
    told = dict(_told_by_markup(edition))
    for ann, xml_id in edition.annotations:
        place = (ann.start, ann.end)
        if (ann.start == ann.end and not empty) or (place in told and ann.made_by == SOURCE and ann.layer != "markup"):
            continue  # where the source's own element stands inline, it says what was read from it
        tag, attributes = _annotation_element(edition, ann)
        resp = f"#{edition.agents[ann.made_by]}" if ann.made_by != SOURCE else None
        cert = attributes.get("cert") or certainty(ann.confidence)
        attributes = {"id": xml_id, **attributes, "cert": cert, "resp": resp}
        if ann.layer == "markup" and tag in NAMING and told.get(place):
            attributes["ref"] = f"{told[place]} {attributes.get('ref') or ''}".strip()
        yield Inline(ann.start, ann.end, _RANKS[ann.layer], tag, attributes)


def _told_by_markup(edition: Edition) -> Iterator[tuple[tuple[int, int], str]]:
    """Where an element of the source tells a name, a date or a number: the pointer to the entity, "" where it is none."""
    entities = {
        (ann.start, ann.end): f"#{edition.entities[ann.value.cluster].xml_id}"
        for ann, _ in edition.annotations
        if isinstance(ann.value, EntityValue) and ann.made_by == SOURCE
    }
    for ann, _ in edition.annotations:
        if isinstance(ann.value, MarkupValue) and ann.made_by == SOURCE and markup_element(ann.value)[0] in TELLING:
            yield (ann.start, ann.end), entities.get((ann.start, ann.end), "")


def _citation_attributes(edition: Edition, cite: Citation, xml_id: str) -> dict[str, str | None]:
    sources = [edition.source_id(target.reference, target.key) for target in cite.targets]
    pointers = " ".join(dict.fromkeys(f"#{source}" for source in sources if source))
    problem = edition.problem_about.get(cite.id)
    scores = [target.score for target in cite.targets]
    return {
        "id": xml_id,
        "type": "bibr",
        "subtype": cite.kind,
        "n": cite.label or None,
        "target": pointers or (f"#{problem}" if problem else None),
        "cert": certainty(min(scores)) if scores else None,
        "resp": TOOL,
    }


def _annotation_element(edition: Edition, ann: Annotation) -> tuple[str, dict[str, str | None]]:
    match ann.value:
        case FigureValue() as figure:
            tag, attributes = figure_element(figure)
            return tag, {**attributes}
        case DateValue() as day:
            calendar = f"#calendar.{day.calendar}" if day.calendar and edition.article.quote(ann).strip() else None
            modifier = f"#date-modifier.{day.modifier}" if day.modifier else None
            return "date", {**date_attributes(day), "calendar": calendar, "ana": modifier}
        case EntityValue() as entity:
            kind = {"EVENT": "event", "GROUP": "group"}.get(ann.label)
            ref = f"#{edition.entities[entity.cluster].xml_id}"
            return _ENTITY_TAGS.get(ann.label, "name"), {"type": kind, "ref": ref}
        case MarkupValue() as markup:
            return markup_element(markup)
        case None:
            return {"figure": "num", "date": "date", "entity": _ENTITY_TAGS.get(ann.label, "name")}.get(
                ann.layer, "seg"
            ), {}
