"""What all parts of a TEI file must agree on, settled once before the first element is made: ids, places, entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from corpus.writers.tei.elements import clean, xml_name
from corpus.writers.tei.ids import Named, XmlIds
from corpus.writers.tei.places import Node, Places, block_tree
from corpus.writers.tei.profiles import SOURCE
from corpus.writers.tei.taxonomies import category_ids
from schemas.authorities import Authority
from schemas.records import (
    Annotation,
    Article,
    Block,
    Check,
    Citation,
    Claim,
    ClaimSource,
    Marker,
    Note,
    Page,
    Problem,
    Reference,
    Target,
)
from schemas.values import EntityValue


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


H = TypeVar("H", bound=_HasId)
TOOL = "#resp.tool"
RESERVED = ("resp.tool", "by.source", "standOff.entities", "standOff.references", "standOff.annotations",
            "note.unknown", "calendar.gregorian", "calendar.julian")  # fmt: skip


@dataclass(frozen=True)
class Entity:
    """One thing of the article: the cluster of all annotations that name it."""

    xml_id: str
    cluster: str
    label: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    refs: tuple[str, ...]
    candidates: tuple[str, ...]
    authority: Authority | None = None


@dataclass(frozen=True)
class Edition:
    """The article as it goes into TEI; ``text`` is its text with U+FFFD for what XML cannot hold."""

    article: Article
    xml_id: str
    text: str
    ids: XmlIds
    blocks: list[Named[Block]]
    tops: list[Node]
    places: Places
    pages: list[Named[Page]]
    markers: list[Named[Marker]]
    notes: list[Named[Note]]
    note_by_id: dict[str, Named[Note]]  # the first of those that bear one id
    markers_of_note: dict[str, str]  # note id -> pointers to its markers
    annotations: list[Named[Annotation]]
    citations: list[Named[Citation]]
    claims: list[Named[Claim]]
    references: list[Named[Reference]]
    problems: list[Named[Problem]]
    checks: list[Named[Check]]
    agents: dict[str, str]  # made_by -> xml:id of what made it
    entities: dict[str, Entity]
    sources: dict[str, str]  # BibTeX key -> xml:id of the reference that bears it, or of an entry made for it
    problem_about: dict[str, str]  # id of a record -> xml:id of the first Problem about it

    def source_id(self, reference: str | None, key: str | None) -> str | None:
        """The xml:id of the source that a link names by its reference, or else by its key."""
        return self.ids.get("reference", reference) or (self.sources.get(key) if key else None)

    def note_attributes(self, note_id: str | None, *, beside: str | None = None) -> dict[str, str | None]:
        """The attributes of the ``note`` of a note: it points to its markers but the one that it stands beside."""
        note, xml_id = self.note_by_id[note_id or ""]
        markers = [each for each in self.markers_of_note.get(note.id, "").split() if each != f"#{beside}"]
        return {"id": xml_id, "n": note.label, "place": note.place, "target": " ".join(markers) or None}

    def pointer(self, start: int | None, end: int | None) -> str | None:
        """A TEI pointer to a span of the text, None where there is no span."""
        return None if start is None or end is None else self.places.locate(start, end)[0]


def prepare(article: Article) -> Edition:
    """Give every record its xml:id and find the block of every span."""
    ids = XmlIds()
    for reserved in (*RESERVED, *category_ids()):
        ids.take(reserved)
    xml_id = ids.add("article", article.id)
    blocks = _name(ids, "block", article.blocks)
    tops = block_tree(article, blocks, ids)
    annotations = _name(ids, "annotation", article.annotations)
    references = _name(ids, "reference", article.references)
    problems = _name(ids, "problem", article.problems)
    markers = _name(ids, "marker", article.markers)
    notes = _name(ids, "note", article.notes)
    return Edition(
        article=article,
        xml_id=xml_id,
        text=clean(article.text),
        ids=ids,
        blocks=blocks,
        tops=tops,
        places=Places(tops),
        pages=_name(ids, "page", article.pages),
        markers=markers,
        notes=notes,
        note_by_id={named.record.id: named for named in reversed(notes)},
        markers_of_note=_markers_of_note(markers),
        annotations=annotations,
        citations=_name(ids, "citation", article.citations),
        claims=_name(ids, "claim", article.claims),
        references=references,
        problems=problems,
        checks=_name(ids, "check", article.checks),
        agents=_agents(ids, article),
        entities=_entities(ids, article),
        sources=_sources(ids, references, article),
        problem_about={about: problem.xml_id for problem in reversed(problems) for about in problem.record.about},
    )


def _name(ids: XmlIds, kind: str, records: Iterable[H]) -> list[Named[H]]:
    return [Named(record, ids.add(kind, record.id)) for record in records]


def _markers_of_note(markers: Iterable[Named[Marker]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for marker, xml_id in markers:
        if marker.note is not None:
            found.setdefault(marker.note, []).append(f"#{xml_id}")
    return {note: " ".join(pointers) for note, pointers in found.items()}


def _agents(ids: XmlIds, article: Article) -> dict[str, str]:
    makers = sorted({ann.made_by for ann in article.annotations} - {SOURCE})
    return {SOURCE: f"by.{SOURCE}"} | {made_by: ids.take(f"by.{xml_name(made_by)}") for made_by in makers}


def _entities(ids: XmlIds, article: Article) -> dict[str, Entity]:
    """The entities by cluster, in the order of their first mention."""
    mentions: dict[str, list[tuple[str, EntityValue]]] = {}
    for ann in article.annotations:
        if isinstance(ann.value, EntityValue):
            mentions.setdefault(ann.value.cluster, []).append((ann.label, ann.value))
    known = {ref: record for record in reversed(article.authorities) for ref in record.refs}
    return {
        cluster: Entity(
            xml_id=ids.add("cluster", cluster),
            cluster=cluster,
            label=found[0][0],
            names=tuple(dict.fromkeys(value.name for _, value in found)),
            types=tuple(dict.fromkeys(value.type for _, value in found if value.type)),
            refs=tuple(dict.fromkeys(ref for _, value in found for ref in value.ref)),
            candidates=tuple(dict.fromkeys(other.name for _, value in found for other in value.candidates)),
            authority=next((known[ref] for _, value in found for ref in value.ref if ref in known), None),
        )
        for cluster, found in mentions.items()
    }


def _sources(ids: XmlIds, references: Iterable[Named[Reference]], article: Article) -> dict[str, str]:
    known = {ref.record.key: ref.xml_id for ref in references if ref.record.key}
    links: list[Target | ClaimSource] = [target for cite in article.citations for target in cite.targets]
    links += [source for claim in article.claims for source in claim.sources]
    for link in links:
        if link.key and link.key not in known and ids.get("reference", link.reference) is None:
            known[link.key] = ids.take(f"key.{link.key}")
    return known
