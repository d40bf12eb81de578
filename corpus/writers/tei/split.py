"""Spans that cross, or run over several blocks, as fragments joined by ``@next`` and ``@prev``.

The first fragment bears the record's id and all attributes; the others their kind and ``@ref`` only, so that no sum of
money is counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from corpus.writers.tei.edition import Edition
from corpus.writers.tei.fragments import fragment
from corpus.writers.tei.nesting import Wish
from corpus.writers.tei.places import Node
from corpus.writers.tei.wishes import BLOCK, Inline

_MOST_BLOCKS = 32  # a span over more blocks stays in standOff: ten thousand of them would fill the file with fragments
_OF_EACH = ("type", "ref")


class Piece(NamedTuple):
    """A fragment of an element to be, in its block."""

    host: Node
    start: int
    end: int
    order: int


class _Asked(NamedTuple):
    """A part of an element to be in one block."""

    xml_id: str
    inline: Inline
    start: int
    end: int


def split_spans(
    edition: Edition, blocks: Mapping[Node, list[Inline]], wanted: Iterable[Inline]
) -> tuple[dict[Node, list[Inline]], dict[str, list[Piece]]]:
    """All elements that can stand inline, by host, outer first; and the pieces of each record, by its xml:id."""
    by_host: dict[Node, list[_Asked]] = defaultdict(list)
    for host, inner in blocks.items():
        by_host[host] += [_Asked(block.attributes["id"] or "", block, block.start, block.end) for block in inner]
    lengths: dict[str, int] = {}
    for inline in wanted:
        parts = edition.places.across(inline.start, inline.end, most=_MOST_BLOCKS)
        xml_id = inline.attributes["id"] or ""
        lengths[xml_id] = sum([end - start for _, start, end in parts])
        for host, start, end in parts:
            by_host[host].append(_Asked(xml_id, inline, start, end))
    pieces: dict[str, list[Piece]] = defaultdict(list)
    inlines: dict[str, Inline] = {}
    for host, asked in by_host.items():
        found = fragment([Wish(each.start, each.end, each.inline.rank) for each in asked])
        for order, (wish, start, end) in enumerate(found):
            xml_id, inline, _, _ = asked[wish]
            inlines[xml_id] = inline
            pieces[xml_id].append(Piece(host, start, end, order))
    whole = {xml_id: found for xml_id, found in pieces.items() if _is_whole(inlines[xml_id], found, lengths)}
    return _elements(edition, inlines, whole), {xml_id: whole[xml_id] for xml_id in whole if xml_id in lengths}


def _is_whole(inline: Inline, pieces: list[Piece], lengths: Mapping[str, int]) -> bool:
    """Whether all of a record stands inline; its pieces are put in order."""
    if len(pieces) > 1:
        pieces.sort(key=lambda piece: piece.start)
    if inline.rank == BLOCK:
        return True
    return sum([piece.end - piece.start for piece in pieces]) == lengths[inline.attributes["id"] or ""]


def _elements(
    edition: Edition, inlines: Mapping[str, Inline], pieces: Mapping[str, list[Piece]]
) -> dict[Node, list[Inline]]:
    made: dict[Node, list[tuple[int, Inline]]] = defaultdict(list)
    for xml_id, parts in pieces.items():
        inline = inlines[xml_id]
        if len(parts) == 1 and (parts[0].start, parts[0].end) == (inline.start, inline.end):
            made[parts[0].host].append((parts[0].order, inline))
            continue
        ids = fragment_ids(edition, xml_id, parts)
        for i, piece in enumerate(parts):
            following = f"#{ids[i + 1]}" if i + 1 < len(parts) else None
            attributes = inline.attributes if i == 0 else {name: inline.attributes.get(name) for name in _OF_EACH}
            attributes = {**attributes, "id": ids[i], "next": following, "prev": f"#{ids[i - 1]}" if i else None}
            if not edition.text[piece.start : piece.end].strip():
                attributes["calendar"] = None  # TEI wants text in what has a calendar
            element = msgspec.structs.replace(inline, start=piece.start, end=piece.end, attributes=attributes)
            made[piece.host].append((piece.order, element))
    return {host: [inline for _, inline in sorted(found, key=lambda each: each[0])] for host, found in made.items()}


def fragment_ids(edition: Edition, xml_id: str, pieces: Iterable[Piece]) -> list[str]:
    """The ids of the fragments of a record: its own, then "ID.f2", "ID.f3"."""
    return [xml_id if i == 1 else edition.ids.part(xml_id, i) for i, _ in enumerate(pieces, start=1)]
