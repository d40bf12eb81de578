"""The inside of a block: its text with the elements that can stand in it and the points (page breaks, note markers).

What goes first where spans cross: blocks, markup of the source, citations, entities, dates, figures. What cannot stand
inline stands in ``standOff`` only, under its own id; in the profile "inline" it is split instead (``fragments``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from lxml import etree

from corpus.writers.tei.edition import Edition
from corpus.writers.tei.filling import WriteNote, fill
from corpus.writers.tei.nesting import Wish, choose
from corpus.writers.tei.notes import notes_at_markers
from corpus.writers.tei.places import Node
from corpus.writers.tei.profiles import Form
from corpus.writers.tei.split import fragment_ids, split_spans
from corpus.writers.tei.wishes import Inline, block_inside, points_of, spans_of
from schemas.records import Spanned


@dataclass
class Contents:
    """What stands in one host: spans that nest, outer first, and points in the order in which they stood."""

    spans: list[Inline] = field(default_factory=list)
    points: list[Inline] = field(default_factory=list)


class Spot(NamedTuple):
    """How a span of ``standOff`` names its record: its own id or the inline elements, its target, what that says."""

    xml_id: str | None
    target: str
    corresp: str | None
    is_exact: bool


@dataclass(frozen=True)
class Plan:
    """What stands inline, by host, and the pointers to each record there, by its xml:id; ``moved``: notes at their markers."""

    contents: dict[Node, Contents]
    placed: dict[str, str]
    moved: frozenset[Node]

    def spot(self, edition: Edition, span: Spanned, xml_id: str) -> Spot:
        """The place of a record by offsets in its block, so that it is known when somebody took its element out."""
        pointer, is_exact = edition.places.locate(span.start, span.end)
        standing = self.placed.get(xml_id)
        return Spot(xml_id if standing is None else None, pointer, standing, is_exact)

    def fill(self, made: etree._Element, node: Node, text: str, write_note: WriteNote) -> None:
        """Write the text of a host into its element, with all that stands in it."""
        contents = self.contents.get(node, Contents())
        fill(made, text, (node.start, node.end), contents.spans, contents.points, write_note)


def plan_inline(edition: Edition, form: Form) -> Plan:
    """Choose what stands inline: in each block as much as nests, or all of it in fragments."""
    wishes: dict[Node, list[Inline]] = defaultdict(list)
    points: dict[Node, list[Inline]] = defaultdict(list)
    for host in edition.places.hosts:
        for child in _below(host):
            (wishes if child.start < child.end else points)[host].append(block_inside(child))
    at_markers = notes_at_markers(edition) if form.notes == "inline" else {}
    for node, point in points_of(edition, at_markers):
        points[node].append(point)
    if form.profile == "inline":
        spans, placed = _split(edition, wishes, points)
    else:
        spans, placed = _nested(edition, wishes, spans_of(edition) if form.profile != "standoff" else ())
    placed |= {name: f"#{name}" for name in _ids(points)}
    contents = {
        node: Contents(spans.get(node, []), sorted(points.get(node, ()), key=attrgetter("start")))
        for node in {**spans, **points}
    }
    moved = frozenset(node for nodes in at_markers.values() for node in nodes)
    return Plan(contents, placed, moved)


def _nested(
    edition: Edition, wishes: dict[Node, list[Inline]], wanted: Iterable[Inline]
) -> tuple[dict[Node, list[Inline]], dict[str, str]]:
    """The spans that nest, by host, and where they stand."""
    for wish in wanted:
        host = edition.places.around(wish.start, wish.end)
        if host is not None:
            wishes[host].append(wish)
    spans = {
        node: [found[i] for i in choose([Wish(w.start, w.end, w.rank) for w in found])]
        for node, found in wishes.items()
    }
    return spans, {name: f"#{name}" for name in _ids(spans)}


def _split(
    edition: Edition, blocks: dict[Node, list[Inline]], points: dict[Node, list[Inline]]
) -> tuple[dict[Node, list[Inline]], dict[str, str]]:
    """All spans in fragments, by host, and where they stand; those without words become points."""
    wanted = []
    for wish in spans_of(edition, empty=True):
        host = edition.places.around(wish.start, wish.end) if wish.start == wish.end else None
        if host is not None:
            points[host].append(wish)
        elif wish.start < wish.end:
            wanted.append(wish)
    spans, pieces = split_spans(edition, blocks, wanted)
    placed = {
        xml_id: " ".join([f"#{each}" for each in fragment_ids(edition, xml_id, parts)])
        for xml_id, parts in pieces.items()
    }
    return spans, placed


def _ids(inlines: dict[Node, list[Inline]]) -> Iterator[str]:
    return (name for each in inlines.values() for inline in each if (name := inline.attributes["id"]) is not None)


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)
