"""One page as an outline; the order of the steps stands in ``outline_of``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from corpus.html.body import Body
from corpus.html.front import name_front
from corpus.html.links import Links
from corpus.html.main import drop_boilerplate, find_main, outside
from corpus.html.meta import page_title, read_meta
from corpus.html.notes import FoundNote, inline_notes, take_notes
from corpus.html.references import FoundEntry, find_entries, under
from corpus.layout.zones import zone_of
from corpus.markup.citing import Gathering
from corpus.markup.walk import Item, Pointers, as_block, number_notes, pieces_of, recast, text_of
from corpus.markup.xml import Complaint, local
from corpus.structure import Dropped, Entry, NoteRef, Outline, OutlineBlock, OutlineNote

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def outline_of(root: etree._Element, name: str, complaints: Sequence[Complaint] = ()) -> Outline:
    """The outline of a page; its tree is taken apart."""
    metadata = read_meta(root)
    body = root.find("body")
    body = root if body is None else body
    pointers = Pointers(root)
    links = Links(body)
    notes = take_notes(links)
    entries = find_entries(body, links)
    keep = {entry.element for entry in entries}
    dropped = list(drop_boilerplate(body, keep))
    main = find_main(body)
    side_notes = {each: f"side-{i}" for i, each in enumerate(inline_notes(main))}
    markers, cited = _meanings(links, notes, entries)
    reader = Body(name, pointers, markers, cited, side_notes, metadata.language)
    reader.passed = {entry.element for entry in entries}
    reader.zones_dropped = set(_empty_zones(body, reader.passed))
    before, behind = outside(body, main)
    items = [*_aside(before, main), *as_block(reader.container(main), "paragraph")]
    items = name_front(items, metadata, page_title(root))
    gathering = Gathering([entry.keys[0] for entry in entries if entry.keys])
    return Outline(
        body=[*dropped, *(_gathered(item, gathering) for item in items), *_outer(behind, reader)],
        notes=[gathering.note(note) for note in number_notes([*_notes(notes, reader), *reader.notes])],
        entries=[_entry(entry, reader) for entry in entries],
        metadata=metadata,
        complaints=tuple(complaints),
        typed=True,
    )


def _meanings(
    links: Links, notes: Sequence[FoundNote], entries: Sequence[FoundEntry]
) -> tuple[dict[etree._Element, NoteRef], dict[etree._Element, str]]:
    """What each link of the text is: a marker, or a citation of an entry (by the entry's first key)."""
    found = {note.key for note in notes}
    markers = {
        link.element: NoteRef(link.key, link.label)
        for link in links.links
        if link.kind == "missing" or (link.kind == "note" and link.key in found)
    }
    key_of = {key: entry.keys[0] for entry in reversed(entries) for key in entry.keys}
    cited = {
        link.element: key_of[link.key] for link in links.links if link.key in key_of and link.element not in markers
    }
    return markers, cited


def _empty_zones(body: etree._Element, taken: set[etree._Element]) -> Iterator[etree._Element]:
    """Headings that only named a list which is taken out."""
    for heading in body.iter(*_HEADINGS):
        if zone_of(text_of(heading)[:80] or "-") in ("notes", "references"):
            rest = [each for each in under(heading) if text_of(each) and each not in taken]
            if all(any(inner in taken for inner in each.iter(etree.Element)) for each in rest):
                yield heading


def _notes(notes: Sequence[FoundNote], reader: Body) -> Iterator[OutlineNote]:
    for note in notes:
        items = [item for element in note.elements for item in _note_items(element, reader)]
        blocks = [
            block
            for block in recast(as_block(items, "note"), "note", of=("paragraph", "list-item"))
            if isinstance(block, OutlineBlock)
        ]
        if blocks:
            first = replace(blocks[0], pointer=note.key)
            yield OutlineNote(note.key, note.label, (first, *blocks[1:]), note.place)  # type: ignore[arg-type]


def _note_items(element: etree._Element, reader: Body) -> list[Item]:
    if local(element) == "tr":
        return [item for cell in element for item in as_block(pieces_of(reader.walker.inside(cell)), "note")]
    return as_block(reader.walker.inside(element), "note")


def _entry(entry: FoundEntry, reader: Body) -> Entry:
    pieces = pieces_of(reader.walker.inside(entry.element))
    key = entry.keys[0] if entry.keys else ""
    return Entry(key, OutlineBlock("reference", pieces, pointer=key or None), label=entry.label)


def _aside(before: Sequence[etree._Element], main: etree._Element) -> list[Item]:
    """What stands before the article: its title is kept where the article itself has none, the rest is dropped."""
    has_title = any(True for _ in main.iter("h1"))
    items: list[Item] = []
    for element in before:
        title = None if has_title else next(element.iter("h1"), None)
        if title is None:
            items += [Dropped(text_of(element))]
            continue
        whole, shown = text_of(element), text_of(title)
        at = whole.find(shown)
        items += [Dropped(whole[:at]), OutlineBlock("heading", (shown,), level=1), Dropped(whole[at + len(shown) :])]
        has_title = True
    return items


def _outer(behind: Sequence[etree._Element], reader: Body) -> Iterator[Dropped]:
    for element in behind:
        if element not in reader.passed and (text := text_of(element)):
            yield Dropped(text)


def _gathered(item: Item, gathering: Gathering) -> OutlineBlock | Dropped:
    if isinstance(item, OutlineBlock):
        return gathering.block(item)
    assert isinstance(item, Dropped)
    return item
