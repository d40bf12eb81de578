"""Which blocks are a note's, and which notes can stand inline at their markers.

A note stands at its first marker, as DTABf, OpenEdition and jTEI expect. It stays in ``back`` where it has no marker in
the running text: a marker inside a note does not take another note along, or two notes could hold each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.writers.tei.edition import Edition
from corpus.writers.tei.places import Node
from schemas.records import Note


def note_of_block(notes: Iterable[Note]) -> dict[str, str]:
    """The id of the note that each of its blocks belongs to; the first note that names a block has it."""
    found: dict[str, str] = {}
    for note in notes:
        for block in note.blocks:
            found.setdefault(block, note.id)
    return found


def blocks_by_note(tops: Iterable[Node], owners: dict[str, str]) -> dict[str, list[Node]]:
    """The outermost blocks of each note, by the note's own id."""
    found: dict[str, list[Node]] = {}
    for node in tops:
        if node.block.id in owners:
            found.setdefault(owners[node.block.id], []).append(node)
    return found


def notes_at_markers(edition: Edition) -> dict[str, tuple[Node, ...]]:
    """The blocks of the note that stands at a marker, by the marker's xml:id."""
    owners = note_of_block(edition.article.notes)
    blocks = blocks_by_note(edition.tops, owners)
    aside = [node for node in edition.tops if node.block.kind == "note" or node.block.id in owners]
    hosts_aside = set(_with_inner(aside))
    found: dict[str, tuple[Node, ...]] = {}
    for marker, xml_id in sorted(edition.markers, key=lambda named: (named.record.offset, named.record.source_start)):
        host, _ = edition.places.after(marker.offset)
        if marker.note in blocks and host not in hosts_aside:
            found[xml_id] = tuple(blocks.pop(marker.note))
    return found


def _with_inner(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _with_inner(node.children)
