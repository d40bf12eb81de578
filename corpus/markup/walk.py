"""What the readers of marked-up formats share: a walk over mixed content, and its result cut into blocks.

A walk gives items: pieces of text, and blocks that stood among them. ``as_block`` makes blocks of the pieces and leaves
the others in their place, so that a list inside a paragraph parts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, groupby
from typing import Any

from lxml import etree

from corpus.markup.xml import local
from corpus.structure import Cited, Dropped, NoteRef, OutlineBlock, OutlineNote, PageBreak, Piece, Styled, plain
from schemas.errors import InputError
from schemas.records import BlockKind

Item = Piece | OutlineBlock | Dropped
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DEEPEST = 180  # three frames a level stay below Python's own limit


class Walker:
    """Walks a tree by the names of its elements: ``handlers`` say what an element means, others are walked through."""

    def __init__(self, name: str, handlers: Mapping[str, Callable[[etree._Element], Iterable[Item]]]) -> None:
        self._name, self._handlers, self._depth = name, handlers, 0

    def element(self, element: etree._Element) -> list[Item]:
        """The items of one element."""
        handler = self._handlers.get(local(element))
        if handler is not None:
            return list(handler(element))
        return self.inside(element) if isinstance(element.tag, str) else []

    def inside(self, element: etree._Element) -> list[Item]:
        """The items of what an element holds. Raises InputError where elements are nested absurdly deep."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise InputError(f"{self._name}: its elements are nested more than {DEEPEST} deep; check where it is from")
        items: list[Item] = [element.text] if element.text else []
        for child in element:
            items += self.element(child)
            if child.tail:
                items.append(child.tail)
        self._depth -= 1
        return items


def is_block(item: Item) -> bool:
    """Whether an item is a block of its own, not a piece of one."""
    return isinstance(item, OutlineBlock | Dropped)


def has_ink(pieces: Iterable[Piece]) -> bool:
    """Whether pieces hold anything but white space."""
    return any(
        bool(piece.strip())
        if isinstance(piece, str)
        else isinstance(piece, NoteRef | PageBreak) or has_ink(piece.pieces)
        for piece in pieces
    )


def as_block(items: Iterable[Item], kind: BlockKind, **fields: Any) -> list[Item]:
    """A block for each run of pieces among the items; ``n`` and ``pointer`` are for the first of them only."""
    made: list[Item] = []
    for block, group in groupby(items, key=is_block):
        run = list(group)
        if block:
            made += run
        elif has_ink(run):  # type: ignore[arg-type]
            made.append(OutlineBlock(kind, tuple(run), **fields))  # type: ignore[arg-type]
            fields = {**fields, "n": None, "pointer": None}
    return made


def styled(items: Iterable[Item], name: str, attributes: Mapping[str, str] | None = None) -> list[Item]:
    """Markup around each run of pieces among the items."""
    made: list[Item] = []
    for block, group in groupby(items, key=is_block):
        run = list(group)
        if block or not has_ink(run):  # type: ignore[arg-type]
            made += run
        else:
            made.append(Styled(tuple(run), name, dict(attributes or {})))  # type: ignore[arg-type]
    return made


def recast(items: Iterable[Item], kind: BlockKind, *, of: tuple[BlockKind, ...] = ("paragraph",)) -> list[Item]:
    """The items with paragraphs (or other kinds) made blocks of another kind; what was a heading has no level then."""
    return [
        replace(item, kind=kind, level=None if item.kind == "heading" else item.level)
        if isinstance(item, OutlineBlock) and item.kind in of
        else item
        for item in items
    ]


def as_items(items: Iterable[Item], number: str, depth: int) -> list[Item]:
    """The blocks of one item of a list: its paragraphs as items, the first with the number; inner lists as they are."""
    made: list[Item] = []
    for item in items:
        if isinstance(item, OutlineBlock) and (
            item.kind == "paragraph" or (item.kind == "list-item" and item.level is None)
        ):
            item = replace(item, kind="list-item", level=depth if depth > 1 else None, n=number or None)
            number = ""
        made.append(item)
    return made


def pieces_of(items: Iterable[Item]) -> tuple[Piece, ...]:
    """All pieces of the items, those of blocks too, a space between blocks."""
    made: list[Piece] = []
    for item in items:
        if isinstance(item, OutlineBlock):
            made += [" ", *item.pieces, " "]
        elif not isinstance(item, Dropped):
            made.append(item)
    return tuple(made)


def blocks_of(items: Iterable[Item]) -> Iterator[OutlineBlock]:
    """The blocks among the items; loose pieces become paragraphs."""
    for item in as_block(items, "paragraph"):
        if isinstance(item, OutlineBlock):
            yield item


def words(items: Iterable[Item]) -> str:
    """The words of the items in one line."""
    return " ".join(plain(pieces_of(items)).split())


def text_of(element: etree._Element | None) -> str:
    """All text of an element in one line; comments and processing instructions are none."""
    if element is None:
        return ""
    return " ".join(str(element.xpath("string()")).split())


def raised(pieces: Iterable[Piece]) -> bool:
    """Whether pieces are nothing but markers and superscript citations with the marks between them."""
    found = False
    for piece in pieces:
        if isinstance(piece, str):
            if piece.strip(" \t\r\n,;[]()–—-−‐*"):
                return False
        elif isinstance(piece, NoteRef | Cited):
            found = True
        elif isinstance(piece, Styled):
            if not raised(piece.pieces):
                return False
            found = True
    return found


def number_notes(notes: Iterable[OutlineNote]) -> list[OutlineNote]:
    """The notes with a number for each that the file leaves to the printer; numbers in use are passed over."""
    listed = list(notes)
    used = {note.label for note in listed}
    numbers = (str(number) for number in count(1) if str(number) not in used)
    return [note if note.label else replace(note, label=next(numbers)) for note in listed]


class Pointers:
    """Where an element stands in its file: its id, else a path of positions ("/*/*[2]/*[5]") that XPath follows.

    The places are those of the tree as it is given; a reader may take it apart afterwards.
    """

    def __init__(self, root: etree._Element) -> None:
        self._places: dict[etree._Element, tuple[etree._Element, int]] = {}
        for parent in root.iter(etree.Element):
            for i, child in enumerate((each for each in parent if isinstance(each.tag, str)), start=1):
                self._places[child] = parent, i

    def of(self, element: etree._Element) -> str:
        """The pointer of an element."""
        return element.get("id") or element.get(XML_ID) or self._path(element)

    def _path(self, element: etree._Element) -> str:
        steps: list[str] = []
        while (place := self._places.get(element)) is not None:
            element = place[0]
            steps.append(f"/*[{place[1]}]")
        return "/*" + "".join(reversed(steps))


def language_of(element: etree._Element, whole: str | None) -> str | None:
    """The language that an element or one around it names, where it is not the whole document's."""
    walk: etree._Element | None = element
    while walk is not None:
        if lang := walk.get(XML_LANG) or walk.get("lang"):
            return lang if lang != whole else None
        walk = walk.getparent()
    return None
