"""The blocks that a file of ours has now: those that our writer made, and those that a person put in since."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from lxml import etree

from corpus.markup.walk import XML_ID, XML_LANG
from corpus.markup.xml import local
from corpus.tei.spots import NOT_TEXT
from schemas.ids import Ids
from schemas.records import BlockKind

_KINDS: dict[str, BlockKind] = {
    "p": "paragraph", "ab": "paragraph", "head": "heading", "item": "list-item", "l": "verse-line", "cell": "cell",
    "quote": "quote", "bibl": "reference", "titlePart": "title", "docAuthor": "author", "affiliation": "affiliation",
    "trailer": "caption", "figDesc": "caption", "biblStruct": "reference",
} | dict.fromkeys("opener closer salute signed dateline argument postscript stage speaker u said".split(), "paragraph")  # type: ignore[assignment]  # fmt: skip
_HOLDERS = frozenset({"table", "figure"})  # blocks whose own blocks are cells and captions
_BLOCK_KINDS = frozenset(get_args(BlockKind))


class Frame(NamedTuple):
    """What an element says of its block beside its words."""

    tag: str
    kind: str | None
    n: str | None
    lang: str | None
    rows: str | None
    cols: str | None
    depth: int  # divisions around a heading
    row: int  # of a cell in its table
    column: int


@dataclass(eq=False)
class Standing:
    """A block element, the blocks inside it, and the id of the ``note`` that it stands in."""

    name: str
    element: etree._Element
    frame: Frame
    note: str | None
    children: list[Standing] = field(default_factory=list)

    def all(self) -> Iterator[Standing]:
        """The block and those inside it, in their order."""
        yield self
        for child in self.children:
            yield from child.all()


def find_standing(tei: etree._Element, known: Collection[str]) -> list[Standing]:
    """The outermost blocks of a file in its order; those that have no id, or another's, are given one in the tree.

    ``known`` are the xml:ids of our blocks. Words that stand in no block are put into an ``ab``, those of a ``note``
    without a paragraph into a ``p``.
    """
    for text in tei.iterchildren("text"):
        _wrap_notes(text, known)
        _wrap_strays(text, known)
    finder = _Finder(tei, known)
    return [top for text in tei.iterchildren("text") for top in finder.tops(text)]


def kind_of(standing: Standing) -> BlockKind:
    """The kind of a block by its element and what stands around it."""
    element, said = standing.element, standing.frame.kind or ""
    if standing.note is not None:
        return "note"
    above = [local(each) for each in element.iterancestors()]
    div = next((each.get("type") for each in element.iterancestors("div")), None)
    if local(element) in ("ab", "seg") and said in _BLOCK_KINDS:
        return said  # type: ignore[return-value]
    if "epigraph" in above:
        return "epigraph"
    if local(element) == "head" and above[:1] != ["div"]:
        return "caption" if above[0] in _HOLDERS else "paragraph"
    if local(element) in ("p", "ab") and div in ("abstract", "keywords"):
        return div  # type: ignore[return-value]
    return _KINDS.get(local(element), "paragraph")


def _is_block(element: etree._Element, known: Collection[str], inside: etree._Element | None) -> bool:
    """Whether an element is a block; ``inside`` is the block around it, if it stands in one."""
    if element.get(XML_ID) in known:
        return True
    name = local(element)
    if inside is None or local(inside) in _HOLDERS:
        return name in _KINDS and not (name == "affiliation" and local(element.getparent()) != "byline")  # type: ignore[arg-type]
    return False


class _Finder:
    """Walks a ``text`` and gives every block an id."""

    def __init__(self, tei: etree._Element, known: Collection[str]) -> None:
        self._known = known
        self._seen: set[str] = set()
        self._ids = Ids("b")
        self._taken = {name for each in tei.iter(etree.Element) if (name := each.get(XML_ID))}

    def tops(self, text: etree._Element) -> Iterator[Standing]:
        """The outermost blocks; what stands in a ``note`` is outermost, too."""
        tops: list[Standing] = []
        way: list[tuple[etree._Element, Standing | None, str | None]] = []  # element, block around, note around
        for event, element in etree.iterwalk(text, events=("start", "end")):
            if event == "end":
                way.pop()
                continue
            _, around, note = way[-1] if way else (None, None, None)
            if local(element) == "note":
                around, note = None, self._name_of(element, "n")
            elif _is_block(element, self._known, around.element if around else None):
                made = Standing(self._name_of(element, "b"), element, _frame(element), note)
                (around.children if around else tops).append(made)
                around = made
            way.append((element, around, note))
        yield from tops

    def _name_of(self, element: etree._Element, prefix: str) -> str:
        name = element.get(XML_ID)
        if name is None or name in self._seen:
            words = " ".join("".join(map(str, element.itertext())).split())
            name = self._ids.make(f"{local(element)}|{words}")
            name = name if prefix == "b" else f"{prefix}-{name}"
            while name in self._taken:
                name = f"{name}.new"
            element.set(XML_ID, name)
            self._taken.add(name)
        self._seen.add(name)
        return name


def _frame(element: etree._Element) -> Frame:
    row = element.getparent() if local(element) == "cell" else None
    at_row = at_column = 0
    if row is not None:
        at_column = sum(1 for _ in element.itersiblings("cell", preceding=True))
        at_row = sum(1 for _ in row.itersiblings("row", preceding=True))
    depth = sum(1 for _ in element.iterancestors("div")) if local(element) == "head" else 0
    kind, n, lang, rows, cols = (element.get(name) for name in ("type", "n", XML_LANG, "rows", "cols"))
    return Frame(local(element), kind, n, lang, rows, cols, depth, at_row, at_column)


def _wrap_notes(text: etree._Element, known: Collection[str]) -> None:
    """Notes that a person wrote without a paragraph get one."""
    for note in list(text.iter("note")):
        if any(_is_block(each, known, None) for each in note.iterdescendants(etree.Element)):
            continue
        inside = [each for each in note if local(each) not in NOT_TEXT]
        if (note.text or "").strip() or inside or any((each.tail or "").strip() for each in note):
            made = etree.Element("p")
            made.text, note.text = note.text, None
            for each in list(note):
                made.append(each) if local(each) not in NOT_TEXT else _give_tail(each, made)
            note.append(made)


def _give_tail(element: etree._Element, made: etree._Element) -> None:
    _add_text(made, element.tail or "")
    element.tail = None


def _add_text(made: etree._Element, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text


def has_strays(tei: etree._Element, known: Collection[str]) -> bool:
    """Whether words stand outside of all blocks."""
    return any(True for text in tei.iterchildren("text") for _ in _strays(text, known))


def _strays(text: etree._Element, known: Collection[str]) -> Iterator[tuple[etree._Element, str]]:
    """The text nodes outside of all blocks that hold words: an element, and "text" or "tail"."""
    inside = [False]  # whether the words of each open element stand in a block, or apart from the text
    for event, element in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
        if event == "start":
            is_apart = local(element) in NOT_TEXT - {"note"} or _is_block(element, known, None)
            inside.append(local(element) != "note" and (inside[-1] or is_apart))
            if not inside[-1] and (element.text or "").strip():
                yield element, "text"
            continue
        if event == "end":
            inside.pop()
        if not inside[-1] and element is not text and (element.tail or "").strip():
            yield element, "tail"


def _wrap_strays(text: etree._Element, known: Collection[str]) -> None:
    """Words outside of all blocks stand in a block of their own."""
    for element, where in list(_strays(text, known)):
        made = etree.Element("ab", {"type": "other"})
        if where == "text":
            made.text, element.text = element.text, None
            element.insert(0, made)
        else:
            made.text, element.tail = element.tail, None
            element.addnext(made)
