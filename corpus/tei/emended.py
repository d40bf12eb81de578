"""The words and blocks that a person changed in a TEI file of ours, as emendations of the article that it was made from.

Blocks are known again by their xml:ids; what stands in another order than before was moved. A block that has its place,
kind and inner blocks still has had words changed; else whole blocks are replaced by whole blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import msgspec
from lxml import etree

from corpus.emendation import Emendation, NewBlock
from corpus.emendation.mapping import Kept, Mapping, Replaced
from corpus.emendation.words import WHITE, Change, changes_between, offsets_of, split_words
from corpus.markup.walk import XML_ID, text_of
from corpus.tei.reading_order import in_reading_order, stable_names
from corpus.tei.spots import find_spots
from corpus.tei.standing import Frame, Standing, find_standing, kind_of
from corpus.tei.tidy import tidy
from corpus.writers.tei.edition import Edition, prepare
from corpus.writers.tei.elements import language
from corpus.writers.tei.places import Node
from schemas.records import Article, Block, Note

_GAP = "\n\n"
_PLACES = ("foot", "end", "inline")


class Emended(NamedTuple):
    """The emendations, and where each block of the file begins in the new text, by xml:id."""

    emendations: tuple[Emendation, ...]
    starts: dict[str, int]


@dataclass(eq=False)
class _Top:
    """An outermost block as it is now: its words, the blocks inside it, and the block that it was."""

    standing: Standing
    text: str
    old: Node | None
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)  # of all its blocks, in its text


def read_emendations(article: Article, tei: etree._Element, reference: etree._Element) -> Emended | None:
    """What leads from the article's text and blocks to those of the file; None where its blocks overlap.

    ``reference`` is the file as we would write it. The tree of the file is set in order on the way: new blocks get ids,
    and white space that says nothing is as it was.
    """
    edition = prepare(article)
    if any(after.start < node.end for node, after in pairwise(edition.tops)):
        return None
    known = {inner.xml_id for node in edition.tops for inner in _with_inner(node)}
    _forget_copies(tei)
    before, now = find_standing(reference, known), find_standing(tei, known)
    stable = stable_names(now, before)
    order = [node.xml_id for node in edition.tops if node.xml_id in stable]
    first = next((node.xml_id for node in edition.tops if node.block.kind == "reference"), None)
    reader = _Reader(edition, before, stable)
    tops = [reader.top(standing) for standing in in_reading_order(now, order, first)]
    reader.find_spans(tei, tops)
    return Emended(tuple(reader.emendations(tops)), reader.starts)


def _forget_copies(tei: etree._Element) -> None:
    """An element with the id of another is a copy of it, made by hand: a new one."""
    seen: set[str] = set()
    for text in tei.iterchildren("text"):
        for element in text.iter(etree.Element):
            name = element.get(XML_ID)
            if name in seen:
                element.attrib.pop(XML_ID)
            elif name is not None:
                seen.add(name)


def _with_inner(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _with_inner(child)


class _Reader:
    """Compares the blocks of a file with those of the article."""

    def __init__(self, edition: Edition, before: Sequence[Standing], stable: set[str]) -> None:
        self._text = edition.article.text
        self._tops = edition.tops
        self._place = {node.xml_id: i for i, node in enumerate(edition.tops)}
        self._blocks = {named.xml_id: named.record for named in edition.blocks}
        self._notes = {named.xml_id: named.record for named in edition.notes}
        self._before = {each.name: each for top in before for each in top.all()}
        self._loose = set(self._place) - set(self._blocks)
        self._stable = stable
        self._told: set[str] = set()  # notes that a person put in
        self._shift = 0  # how much further on the new text is than the old one
        self.starts: dict[str, int] = {}

    def top(self, standing: Standing) -> _Top:
        """An outermost block with its words."""
        block = self._blocks.get(standing.name)
        node = self._tops[self._place[standing.name]] if standing.name in self._place else None
        span = node or block
        old = self._text[span.start : span.end] if span is not None else ""
        return _Top(standing, tidy(standing.element, old), node if standing.name in self._stable else None)

    def find_spans(self, tei: etree._Element, tops: Sequence[_Top]) -> None:
        """Where the blocks inside the outermost ones stand."""
        names = {top.standing.name for top in tops}
        spots = {each: spot for text in tei.iterchildren("text") for each, spot in find_spots(text, names).items()}
        for top in tops:
            for each in top.standing.all():
                spot = spots[each.element]
                top.spans[each.name] = (spot.start, spot.end)

    def emendations(self, tops: Sequence[_Top]) -> Iterator[Emendation]:
        """Changes of words block by block, and between them the stretches whose blocks are others now."""
        start = 0  # the first of the old blocks that are to be replaced
        pending: list[_Top] = []
        for top in tops:
            if top.old is None:
                pending.append(top)
                continue
            changes = self._changed_words(top)
            if changes is None:
                pending.append(top)
                continue
            place = self._place[top.old.xml_id]
            yield from self._replaced(start, place, pending)
            self._begins(top, top.old.start)
            self._shift += len(top.text) - (top.old.end - top.old.start)
            yield from changes
            start = place + 1
            pending = []
        yield from self._replaced(start, len(self._tops), pending)

    def _changed_words(self, top: _Top) -> list[Emendation] | None:
        """The words that were changed in a block; None where more than words was."""
        node, standing = top.old, top.standing
        before = self._before[standing.name]
        if node is None or _shape(standing) != _shape(before):
            return None
        old = self._text[node.start : node.end]
        if not old and top.text:  # words put into an empty block have none beside them
            return None
        changes = _changes(old, top.text) if old != top.text else []
        mapping = _mapping(changes, len(old), len(top.text))
        for inner in _with_inner(node):
            if mapping.bounds(inner.start - node.start, inner.end - node.start) != top.spans[inner.xml_id]:
                return None
        return [
            Emendation(node.start + each.start, node.start + each.end, top.text[each.new_start : each.new_end])
            for each in changes
        ]

    def _replaced(self, start: int, end: int, tops: Sequence[_Top]) -> Iterator[Emendation]:
        """Old blocks from ``start`` to ``end`` for which others stand now; either may be none."""
        if start == end and not tops:
            return
        text, blocks, notes = self._written(tops)
        before = self._tops[start - 1].end if start else None
        after = self._tops[end].start if end < len(self._tops) else None
        low, high = (self._tops[start].start, self._tops[end - 1].end) if start < end else (0, 0)
        shift = 0
        if not tops:  # with the white space on one side
            low, high = (before, high) if before is not None else (low, after if after is not None else high)
        elif start == end and before is not None:
            low = high = before
            text, shift = _GAP + text, len(_GAP)
        elif start == end:
            low = high = after or 0
            text += _GAP if after is not None else ""
        moved = [
            msgspec.structs.replace(
                made,
                block=msgspec.structs.replace(made.block, start=made.block.start + shift, end=made.block.end + shift),
            )
            for made in blocks
        ]
        position = low + shift
        for i, top in enumerate(tops):
            position += len(self._gap(tops[i - 1], top)) if i else 0
            self._begins(top, position)
            position += len(top.text)
        self._shift += len(text) - (high - low)
        yield Emendation(low, high, text, tuple(moved), tuple(notes))

    def _begins(self, top: _Top, at: int) -> None:
        for name, (start, _) in top.spans.items():
            self.starts[name] = at + self._shift + start

    def _written(self, tops: Sequence[_Top]) -> tuple[str, list[NewBlock], list[Note]]:
        """The text of blocks one behind the other, the blocks in it, and the notes that begin with them."""
        parts: list[str] = []
        blocks: list[NewBlock] = []
        notes: list[Note] = []
        length = 0
        for i, top in enumerate(tops):
            if i:
                gap = self._gap(tops[i - 1], top)
                parts.append(gap)
                length += len(gap)
            note, is_new = self._note(top.standing)
            notes += [note] if note is not None and is_new else []
            for each in top.standing.all():
                if each.name not in self._loose:
                    start, end = top.spans[each.name]
                    blocks.append(NewBlock(self._block(each, length + start, length + end), note.id if note else None))
            parts.append(top.text)
            length += len(top.text)
        return "".join(parts), blocks, notes

    def _gap(self, top: _Top, following: _Top) -> str:
        """The white space between two blocks, as it was where they stood so before."""
        if top.old is None or following.old is None:
            return _GAP
        place = self._place[top.old.xml_id]
        if self._place[following.old.xml_id] != place + 1:
            return _GAP
        return self._text[top.old.end : following.old.start]

    def _note(self, standing: Standing) -> tuple[Note | None, bool]:
        """The note of a block, and whether it is a new one that was not told yet."""
        if standing.note is None:
            return None, False
        if standing.note in self._notes:
            return self._notes[standing.note], False
        element = next(standing.element.iterancestors("note"))
        place = element.get("place")
        label = element.get("n") or text_of(element.find("label"))
        made = Note(standing.note, label, place if place in _PLACES else "foot")  # type: ignore[arg-type]
        is_new = made.id not in self._told
        self._told.add(made.id)
        return made, is_new

    def _block(self, standing: Standing, start: int, end: int) -> Block:
        record, frame = self._blocks.get(standing.name), standing.frame
        before = self._before.get(standing.name)
        if record is None or before is None:
            kind = kind_of(standing)
            level = frame.depth if kind == "heading" else _item_level(standing) if kind == "list-item" else None
            said = {"level": level, "n": frame.n, "lang": language(frame.lang)} | _table_fields(frame, kind)
            return Block(standing.name, kind, start, end, **said)  # type: ignore[arg-type]
        was = before.frame
        changed: dict[str, object] = {"start": start, "end": end}
        if (frame.tag, frame.kind, standing.note) != (was.tag, was.kind, before.note):
            changed["kind"] = kind = kind_of(standing)
            changed["level"] = frame.depth if kind == "heading" else record.level if kind == record.kind else None
        elif frame.depth != was.depth:
            changed["level"] = max((record.level or 1) + frame.depth - was.depth, 1)
        changed |= {"n": frame.n} if frame.n != was.n else {}
        changed |= {"lang": language(frame.lang)} if frame.lang != was.lang else {}
        if record.row is not None and record.col is not None:
            changed |= {"row": record.row + frame.row - was.row, "col": record.col + frame.column - was.column}
        return msgspec.structs.replace(record, **changed)


def _shape(standing: Standing) -> list[tuple[str, Frame, str | None]]:
    return [(each.name, each.frame, each.note) for each in standing.all()]


def _item_level(standing: Standing) -> int:
    return sum(1 for _ in standing.element.iterancestors("list")) or 1


def _table_fields(frame: Frame, kind: str) -> dict[str, int | None]:
    if kind != "cell":
        return {}
    rows, cols = (int(said) if said and said.isdecimal() else None for said in (frame.rows, frame.cols))
    return {"row": frame.row, "col": frame.column, "rows": rows, "cols": cols}


def _changes(old: str, new: str) -> list[Change]:
    """The words that differ, in code points; words put in take a word beside them along, so that their place is known."""
    words, new_words = split_words(old), split_words(new)
    offsets, new_offsets = offsets_of(words), offsets_of(new_words)
    made: list[Change] = []
    for change in changes_between(words, new_words):
        wider = change if change.start < change.end else _with_neighbour(change, words)
        if made and wider.start <= made[-1].end:
            made[-1] = Change(made[-1].start, wider.end, made[-1].new_start, wider.new_end)
        else:
            made.append(wider)
    return [Change(offsets[a], offsets[b], new_offsets[c], new_offsets[d]) for a, b, c, d in made]


def _with_neighbour(change: Change, words: Sequence[str]) -> Change:
    """The change with the word before it, or the one behind it at the beginning of a block."""
    back = 1
    while change.start - back > 0 and words[change.start - back][0] in WHITE:
        back += 1
    if change.start - back >= 0:
        return Change(change.start - back, change.end, change.new_start - back, change.new_end)
    ahead = 1
    while change.end + ahead < len(words) and words[change.end + ahead - 1][0] in WHITE:
        ahead += 1
    return Change(change.start, change.end + ahead, change.new_start, change.new_end + ahead)


def _mapping(changes: Sequence[Change], length: int, new_length: int) -> Mapping:
    kept: list[Kept] = []
    position = new_position = 0
    for change in [*changes, Change(length, length, new_length, new_length)]:
        kept.append(Kept(position, new_position, change.start - position))
        position, new_position = change.end, change.new_end
    return Mapping(kept, [Replaced(*change) for change in changes])
