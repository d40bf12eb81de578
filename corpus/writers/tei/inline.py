"""The inside of a block: its text with the elements that can stand in it and the points (page breaks, note markers).

What goes first where spans cross: blocks, markup of the source, citations, entities, dates, figures. What cannot stand
inline stands in ``standOff`` only, under its own id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from lxml import etree

from corpus.writers.tei.dates import date_attributes
from corpus.writers.tei.edition import SOURCE, TOOL, Edition
from corpus.writers.tei.elements import certainty, language, sub, word
from corpus.writers.tei.figures import figure_element
from corpus.writers.tei.nesting import Wish, choose
from corpus.writers.tei.places import Node
from schemas.records import Annotation, Citation, Page
from schemas.values import DateValue, EntityValue, FigureValue, MarkupValue

_BLOCK, _MARKUP, _CITATION = 0, 1, 2
_RANKS = {"markup": _MARKUP, "entity": 3, "date": 4, "figure": 5}
_ENTITY_TAGS = {"PERSON": "persName", "ORG": "orgName", "LOC": "placeName", "EVENT": "name", "WORK": "title",
                "GROUP": "name"}  # fmt: skip
_MARKUP_TAGS = {"hi": "hi", "i": "hi", "b": "hi", "em": "emph", "emph": "emph", "foreign": "foreign", "q": "q"}


@dataclass(frozen=True)
class Inline:
    """An element to be: around a span of the text, or empty at a point of it."""

    start: int
    end: int
    rank: int
    tag: str
    attributes: dict[str, str | None]


@dataclass
class Contents:
    """What stands in one host: spans that nest, outer first, and points in the order in which they stood."""

    spans: list[Inline] = field(default_factory=list)
    points: list[Inline] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What stands inline, by host, and the xml:ids that are used up by it."""

    contents: dict[Node, Contents]
    placed: frozenset[str]

    def own_id(self, xml_id: str) -> tuple[str | None, str | None]:
        """The id that a record's span bears, and the pointer to the inline element where that bears it."""
        return (None, f"#{xml_id}") if xml_id in self.placed else (xml_id, None)

    def fill(self, made: etree._Element, node: Node, text: str) -> None:
        """Write the text of a host into its element, with all that stands in it."""
        contents = self.contents.get(node, Contents())
        _write(made, text, node.start, node.end, contents)


def plan_inline(edition: Edition) -> Plan:
    """Choose what stands inline: in each block as much as nests."""
    wishes: dict[Node, list[Inline]] = defaultdict(list)
    points: dict[Node, list[Inline]] = defaultdict(list)
    for host in edition.places.hosts:
        for child in _below(host):
            (wishes if child.start < child.end else points)[host].append(_block(child))
    for node, point in _points(edition):
        points[node].append(point)
    for wish in _spans(edition):
        host_of = edition.places.around(wish.start, wish.end)
        if host_of is not None:
            wishes[host_of].append(wish)
    contents: dict[Node, Contents] = defaultdict(Contents)
    for node, found in wishes.items():
        contents[node].spans = [found[i] for i in choose([Wish(w.start, w.end, w.rank) for w in found])]
    for node, found in points.items():
        contents[node].points = sorted(found, key=attrgetter("start"))
    placed = (inline.attributes["id"] for each in contents.values() for inline in (*each.spans, *each.points))
    return Plan(dict(contents), frozenset(name for name in placed if name is not None))


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _block(node: Node) -> Inline:
    attributes = {"id": node.xml_id, "type": node.block.kind, "n": node.block.n, "lang": language(node.block.lang)}
    return Inline(node.start, node.end, _BLOCK, "seg", attributes)


def _points(edition: Edition) -> Iterator[tuple[Node, Inline]]:
    """Page breaks, markers and lifted citations; of those at one offset, in the order of the source."""
    for page, xml_id in edition.pages:
        node, offset = edition.places.before(page.offset)
        yield node, Inline(offset, offset, 0, "pb", {"id": xml_id, "n": _page_number(page)})
    found: list[tuple[int, int, Inline]] = []
    for marker, xml_id in edition.markers:
        target = edition.ids.get("note", marker.note) or edition.problem_about.get(marker.id) or "note.unknown"
        attributes: dict[str, str | None]
        attributes = {"id": xml_id, "type": "noteAnchor", "n": marker.label, "target": f"#{target}"}
        found.append((marker.offset, marker.source_start, Inline(marker.offset, marker.offset, 0, "ptr", attributes)))
    for cite, xml_id in edition.citations:
        if cite.start == cite.end:
            attributes_of = _citation_attributes(edition, cite, xml_id)
            point = Inline(cite.start, cite.start, 0, "ptr", attributes_of)
            found.append((cite.start, cite.source_start or 0, point))
    for offset, _, point in sorted(found, key=lambda each: each[:2]):
        node, place = edition.places.after(offset)
        yield node, Inline(place, place, 0, point.tag, point.attributes)


def _page_number(page: Page) -> str:
    return page.label if page.label is not None else str(page.n)


def _spans(edition: Edition) -> Iterator[Inline]:
    for cite, xml_id in edition.citations:
        if cite.start < cite.end:
            yield Inline(cite.start, cite.end, _CITATION, "ref", _citation_attributes(edition, cite, xml_id))
    for ann, xml_id in edition.annotations:
        if ann.start < ann.end:
            tag, attributes = _annotation_element(edition, ann)
            resp = f"#{edition.agents[ann.made_by]}" if ann.made_by != SOURCE else None
            attributes = {"id": xml_id, **attributes, "cert": certainty(ann.confidence), "resp": resp}
            yield Inline(ann.start, ann.end, _RANKS[ann.layer], tag, attributes)


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
            name = markup.name.rpartition("}")[2].rpartition(":")[2]
            rend = markup.attributes.get("rend") or (name if name in ("i", "b") else None)
            tag = _MARKUP_TAGS.get(name, "seg")
            return tag, {"rend": rend, "type": word(ann.label) if tag == "seg" else None}
        case None:
            return {"figure": "num", "date": "date", "entity": _ENTITY_TAGS.get(ann.label, "name")}.get(
                ann.layer, "seg"
            ), {}


@dataclass
class _Open:
    """An element that is being written, where it ends, and its last child so far."""

    made: etree._Element
    end: int
    last: etree._Element | None = None

    def write(self, text: str) -> None:
        if not text:
            return
        if self.last is None:
            self.made.text = (self.made.text or "") + text
        else:
            self.last.tail = (self.last.tail or "") + text

    def begin(self, inline: Inline) -> etree._Element:
        self.last = sub(self.made, inline.tag, **inline.attributes)
        return self.last


def _write(made: etree._Element, text: str, start: int, end: int, contents: Contents) -> None:
    """At one offset elements end first, then points stand, then elements begin."""
    way = [_Open(made, end)]
    position = start
    spans, points = iter(contents.spans), iter(contents.points)
    span, point = next(spans, None), next(points, None)
    while True:
        opening = span.start if span else end + 1
        standing = point.start if point else end + 1
        stop = min(way[-1].end, opening, standing)
        way[-1].write(text[position:stop])
        position = stop
        if way[-1].end == stop and len(way) > 1:
            way.pop()
        elif point and standing == stop:
            way[-1].begin(point)
            point = next(points, None)
        elif span and opening == stop:
            way.append(_Open(way[-1].begin(span), span.end))
            span = next(spans, None)
        else:
            return
