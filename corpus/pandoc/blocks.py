"""Pandoc's blocks to blocks of an outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.pandoc.inlines import Inlines, Node
from corpus.structure import Entry, OutlineBlock, OutlineNote, Piece
from schemas.records import BlockKind, CslItem

# Names of paragraph styles in word processors, in the languages that these come in; lower case, spaces left out.
_STYLE_NAMES: dict[BlockKind, str] = {
    "title": "title titel titre titolo título название",
    "author": "author autor auteur autore автор",
    "abstract": "abstract zusammenfassung résumé riassunto аннотация",
    "keywords": "keywords schlagwörter mots-clés",
    "quote": "quote quotations blocktext intensequote zitat intensiveszitat citation citationintense citazione cita цитата",
    "epigraph": "epigraph epigraphe",
    "verse-line": "verse poetry",
    "caption": "caption imagecaption tablecaption beschriftung légende didascalia",
    "reference": "bibliography literaturverzeichnis bibliographie bibliografia bibliografía списоклитературы",
}
_STYLES = {name: kind for kind, names in _STYLE_NAMES.items() for name in names.split()}
_ROMAN = (("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10),
          ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))  # fmt: skip
ENTRY_ANCHOR = "entry:"  # before the key in the id of a span that begins an entry of a reference list
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Blocks:
    """Reads the blocks of one document; notes and entries of a reference list are gathered as they are met."""

    def __init__(self) -> None:
        self.notes: list[OutlineNote] = []
        self.entries: list[Entry] = []
        self.left_out: dict[str, int] = {}
        self.csl: Mapping[str, CslItem] = {}
        self.inlines = Inlines(self._add_note, self._complain)
        self._tables = 0

    def read(self, nodes: Iterable[Node], kind: BlockKind = "paragraph") -> list[OutlineBlock]:
        """The blocks of some nodes; plain paragraphs among them are of ``kind``."""
        return [block for node in nodes for block in self._block(node, kind)]

    def _block(self, node: Node, kind: BlockKind) -> Iterator[OutlineBlock]:
        name: str = node["t"]
        content: Any = node.get("c")
        if name in ("Para", "Plain"):
            yield OutlineBlock(kind, self.inlines.read(content))
        elif name == "Header":
            yield OutlineBlock("heading", self.inlines.read(content[2]), level=content[0])
        elif name == "BlockQuote":
            yield from self.read(content, "quote" if kind == "paragraph" else kind)
        elif name in ("BulletList", "OrderedList", "DefinitionList"):
            yield from self._list(name, content, kind, depth=1)
        elif name == "LineBlock":
            for line in content:
                yield OutlineBlock("verse-line" if kind == "paragraph" else kind, self.inlines.read(line))
        elif name == "CodeBlock":
            yield OutlineBlock("other" if kind == "paragraph" else kind, (content[1],))
        else:
            yield from self._rest(name, content, kind)

    def _rest(self, name: str, content: Any, kind: BlockKind) -> Iterator[OutlineBlock]:
        if name == "Div":
            yield from self._div(content[0], content[1], kind)
        elif name == "Table":
            yield from self._table(content, kind)
        elif name == "Figure":
            yield from self.read(content[2], kind)
            yield from self.read(content[1][1], "caption")
        elif name == "RawBlock":
            self._complain(f"{content[0]} code")

    def _div(self, attributes: Sequence[Any], nodes: Sequence[Node], kind: BlockKind) -> Iterator[OutlineBlock]:
        identifier, classes, pairs = attributes
        if "csl-entry" in classes:
            self._entry(identifier, nodes)
            return
        if "thebibliography" in classes:
            self._anchored_entries(nodes)
            return
        style = dict(pairs).get("custom-style", "").casefold().replace(" ", "")
        styled = _STYLES.get(style) or ("reference" if style.startswith("bibliography") else None)
        if styled == "reference":
            self._entry(identifier, nodes)
            return
        yield from self.read(nodes, styled if styled and kind == "paragraph" else kind)

    def _anchored_entries(self, nodes: Sequence[Node]) -> None:
        """Each paragraph behind an anchor is the entry of its key; one without goes on with the entry before it."""
        key, waiting = "", list[Node]()
        for node in [*nodes, {"t": "Div", "c": [[ENTRY_ANCHOR, [], []], []]}]:
            identifier = str(node["c"][0][0]) if node["t"] == "Div" else ""
            if not identifier.startswith(ENTRY_ANCHOR):
                waiting.append(node)
                continue
            self._entry(key, waiting)
            key, waiting = identifier.removeprefix(ENTRY_ANCHOR), []

    def _entry(self, identifier: str, nodes: Sequence[Node]) -> None:
        key = identifier.removeprefix("ref-")
        for block in self.read(nodes, "reference"):
            self.entries.append(Entry(key or f"entry {len(self.entries)}", block, csl=self.csl.get(key)))

    def _list(self, name: str, content: Any, kind: BlockKind, depth: int) -> Iterator[OutlineBlock]:
        item_kind: BlockKind = "list-item" if kind in ("paragraph", "quote") else kind
        level = depth if depth > 1 else None
        if name == "OrderedList":
            (start, style, _), items = content
            labels = [_ordinal(start + place, style["t"]) for place in range(len(items))]
        elif name == "BulletList":
            items, labels = content, [""] * len(content)
        else:
            items = [[{"t": "Para", "c": term}, *(b for d in definitions for b in d)] for term, definitions in content]
            labels = [""] * len(items)
        for item, label in zip(items, labels, strict=True):
            yield from self._item(item, label, item_kind, level, depth)

    def _item(
        self, nodes: Sequence[Node], label: str, kind: BlockKind, level: int | None, depth: int
    ) -> Iterator[OutlineBlock]:
        first = True
        for node in nodes:
            if node["t"] in ("BulletList", "OrderedList", "DefinitionList"):
                yield from self._list(node["t"], node["c"], kind, depth + 1)
                continue
            for block in self._block(node, kind):
                if block.kind == "list-item" and block.level is None and kind == "list-item":
                    block = replace(block, level=level, n=(label or None) if first else None)
                    first = False
                yield block

    def _table(self, content: Sequence[Any], kind: BlockKind) -> Iterator[OutlineBlock]:
        if kind == "note":  # a table in a note is read row by row: a note's blocks are all its own
            for _, _, cell in _cells(content):
                yield from self.read(cell[4], kind)
            return
        self._tables += 1
        key = f"table {self._tables}"
        for block in self.read(content[1][1], "caption"):
            yield replace(block, table=key)
        for row, col, cell in _cells(content):
            pieces = _joined(self.read(cell[4], "cell"))
            rows, cols = (span if span > 1 else None for span in cell[2:4])
            yield OutlineBlock("cell", pieces, table=key, row=row, col=col, rows=rows, cols=cols)

    def _add_note(self, nodes: Sequence[Node]) -> str:
        """The key of a new note; its place is taken before its own notes are read."""
        number = len(self.notes) + 1
        key = f"note {number}"
        self.notes.append(OutlineNote(key, str(number), ()))
        blocks = [replace(block, kind="note") for block in self.read(nodes, "note")]
        self.notes[number - 1] = OutlineNote(key, str(number), tuple(blocks), place="foot")
        return key

    def _complain(self, what: str) -> None:
        self.left_out[what] = self.left_out.get(what, 0) + 1


def _cells(table: Sequence[Any]) -> Iterator[tuple[int, int, Any]]:
    """Row, column and node of each cell, both counted from 1, in reading order."""
    head, bodies, foot = table[3], table[4], table[5]
    rows = [*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1]]
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows, start=1):
        col = 1
        for cell in row[1]:
            while (number, col) in taken:
                col += 1
            yield number, col, cell
            taken.update((number + r, col + c) for r in range(min(cell[2], 1000)) for c in range(min(cell[3], 1000)))


def _joined(blocks: Sequence[OutlineBlock]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for block in blocks:
        pieces += [*([" "] if pieces else []), *block.pieces]
    return tuple(pieces)


def _ordinal(number: int, style: str) -> str:
    if style.endswith("Alpha") and 0 < number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return letter.upper() if style.startswith("Upper") else letter
    if style.endswith("Roman") and 0 < number < 4000:
        written = roman(number)
        return written if style.startswith("Upper") else written.lower()
    return str(number)


def roman(number: int) -> str:
    made = ""
    for letters, value in _ROMAN:
        made += letters * (number // value)
        number %= value
    return made
