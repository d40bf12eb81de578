"""One ``TEI`` as an outline; the order of the steps stands in ``outline_of``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from corpus.markup.citing import Gathering
from corpus.markup.walk import Item, Pointers, as_block, number_notes
from corpus.markup.xml import Complaint, local
from corpus.structure import Dropped, Entry, Outline, OutlineBlock, OutlineNote
from corpus.tei.bibl import entry_of, find_entries, keys_of
from corpus.tei.body import Body
from corpus.tei.header import read_header, title_page
from corpus.tei.hyphens import join_lines, words_of
from corpus.tei.ids import Ids
from corpus.tei.notes import Notes
from corpus.tei.own import Own


def outline_of(tei: etree._Element, name: str, pointers: Pointers, complaints: Sequence[Complaint] = ()) -> Outline:
    """The outline of a ``TEI`` whose tags bear no namespace."""
    ids = Ids(tei)
    texts = _texts(tei)
    metadata = read_header(tei)
    found = find_entries(texts, tei, ids)
    keys = keys_of(found, tei, ids)
    own = Own(tei)
    body = Body(name, Notes(tei, ids), pointers, keys, own, metadata.language)
    items = [item for text in texts for item in as_block(body.walker.inside(text), "paragraph")]
    if not own.is_ours and not any(isinstance(item, OutlineBlock) and item.kind == "title" for item in items):
        items = [*title_page(tei.find("teiHeader"), body.walker), *items]
    structs = {keys[each]: each for each in keys if local(each) == "biblStruct"}
    entries = [entry_of(each, keys[each], body.walker, structs.get(keys[each])) for each in found]
    finish = _Finish(tei, [entry.key for entry in entries], own)
    return Outline(
        body=[finish.item(item) for item in as_block(items, "paragraph")],
        notes=[finish.note(note) for note in number_notes(body.found_notes)],
        entries=[finish.entry(entry) for entry in entries],
        metadata=own.metadata(metadata),
        complaints=tuple(complaints),
    )


def _texts(tei: etree._Element) -> list[etree._Element]:
    """The text; without one the registers of ``standOff``; else whatever stands beside the header."""
    for names in (("text",), ("standOff",)):
        if found := [each for each in tei if local(each) in names]:
            return found
    return [each for each in tei if local(each) not in ("teiHeader", "facsimile", "xenoData", "sourceDoc", "")]


class _Finish:
    """What is done to every block at last: lines joined, citations gathered, our own kinds given back."""

    def __init__(self, text: etree._Element, order: Sequence[str], own: Own) -> None:
        self._words, self._gathering, self._own = words_of(text), Gathering(order, exact=own.is_ours), own

    def block(self, block: OutlineBlock) -> OutlineBlock:
        joined = replace(block, pieces=join_lines(block.pieces, self._words))
        return self._own.block(self._gathering.block(joined))

    def item(self, item: Item) -> OutlineBlock | Dropped:
        if isinstance(item, OutlineBlock):
            return self.block(item)
        assert isinstance(item, Dropped)
        return item

    def note(self, note: OutlineNote) -> OutlineNote:
        return replace(note, blocks=tuple(self.block(block) for block in note.blocks))

    def entry(self, entry: Entry) -> Entry:
        return replace(entry, block=self.block(entry.block))
