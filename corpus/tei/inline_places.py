"""Where a file whose words were changed has its annotations and citations: the spans of their elements inline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from corpus.emendation.records import Carried
from corpus.markup.walk import XML_ID
from corpus.tei.exact_records import inline_pointers
from corpus.tei.spots import find_spots


def inline_places(tei: etree._Element, starts: Mapping[str, int]) -> dict[tuple[str, int], tuple[int, int]]:
    """The span of each record that stands inline, by its kind and number; ``starts`` are those of the blocks by xml:id."""
    spans = {
        name: (starts[spot.block] + spot.start, starts[spot.block] + spot.end)
        for text in tei.iterchildren("text")
        for element, spot in find_spots(text, starts).items()
        if (name := element.get(XML_ID)) is not None and spot.start < spot.end
    }
    found = {}
    for kind in ("annotation", "citation"):
        for number, span in enumerate(_spans(tei, kind)):
            parts = [spans[name[1:]] for name in inline_pointers(span) if name[1:] in spans]
            if parts:
                found[kind, number] = (min(start for start, _ in parts), max(end for _, end in parts))
    return found


def take_out(tei: etree._Element, carried: Carried) -> None:
    """Take the spans of the records that went with their words out of the tree."""
    for kind, numbers in (("annotation", carried.dropped_annotations), ("citation", carried.dropped_citations)):
        spans = list(_spans(tei, kind))
        for number in numbers:
            group = spans[number].getparent()
            if group is not None:
                group.remove(spans[number])


def _spans(tei: etree._Element, kind: str) -> Iterator[etree._Element]:
    return tei.iterfind(f"standOff/spanGrp[@type='{kind}']/span")
