"""``text``: front, body and back with the article's blocks in reading order, each with its own xml:id (law 3).

White space between two blocks stands between their elements, as it stands in the text; nothing is indented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from corpus.writers.tei.edition import Edition
from corpus.writers.tei.elements import language, local_name, sub
from corpus.writers.tei.inline import Plan
from corpus.writers.tei.notes import blocks_by_note, note_of_block
from corpus.writers.tei.places import WHITE, Node

FRONT = {"title", "author", "affiliation", "abstract", "keywords"}
_BESIDE_FRONT = {"heading", "other", "epigraph"}  # belong to the front where a front block follows
_DEEPEST_DIV = 12
_TAGS = {"paragraph": "p", "quote": "quote", "epigraph": "quote", "note": "p", "reference": "bibl", "list-item": "item",
         "verse-line": "l"}  # fmt: skip
_WRAPPERS = {"list-item": "list", "verse-line": "lg", "reference": "listBibl"}


@dataclass(frozen=True)
class Parts:
    """The outermost blocks by the part of the text they belong to."""

    front: list[Node]
    body: list[Node]
    back: list[Node]


@dataclass(frozen=True)
class Flow:
    """Writes blocks into elements: carries what every block needs."""

    edition: Edition
    plan: Plan
    gaps: dict[Node, str]
    cited: dict[str, str]  # block id -> pointers to the references that are stated there

    def block(self, parent: etree._Element, node: Node, tag: str, **attributes: str | None) -> etree._Element:
        """One block as one element, with the white space that follows it."""
        block = node.block
        made = sub(parent, tag, id=node.xml_id, n=block.n, lang=language(block.lang), **attributes)
        if node.form == "mixed":
            self.plan.fill(made, node, self.edition.text, self.run)
        else:
            self._blocks_only(made, node)
        made.tail = self.gaps.get(node)
        return made

    def run(self, parent: etree._Element, nodes: Iterable[Node]) -> None:
        """Blocks one after another; items, verses, references, cells and captions in the element they ask for."""
        for family, group in groupby(nodes, key=_family):
            kind, level = family
            members = list(group)
            if kind in _WRAPPERS:
                rend = f"level-{level}" if level else None
                wrapper = sub(parent, _WRAPPERS[kind], rend=rend)
                for node in members:
                    self.one(wrapper, node)
            elif kind == "cell":
                self._rows(sub(parent, "table"), members)
            elif kind == "figure":
                self._figures(parent, members)
            else:
                for node in members:
                    self.one(parent, node)

    def one(self, parent: etree._Element, node: Node) -> etree._Element:
        """A block that stands alone."""
        kind = node.block.kind
        if node.form == "table":
            return self.block(parent, node, "table")
        if kind == "reference":
            return self.block(parent, node, "bibl", corresp=self.cited.get(node.block.id))
        typed = kind if kind not in _TAGS or kind == "epigraph" else None
        return self.block(parent, node, _TAGS.get(kind, "ab"), type=typed)

    def _blocks_only(self, made: etree._Element, node: Node) -> None:
        lead = self.edition.text[node.start : node.children[0].start]
        made.text = lead or None
        if node.form == "table":
            self._rows(made, node.children)
            return
        for child in node.children:
            if child.form != "mixed":
                self.block(made, child, child.form)
            elif child.block.kind == "caption":
                self.block(made, child, "head")
            else:
                self.block(made, child, "ab", type=child.block.kind)

    def _rows(self, table: etree._Element, cells: Sequence[Node]) -> None:
        """The rows of a table; a caption before them is its head, one behind them a trailer."""
        for (kind, _), group in groupby(cells, key=lambda cell: (cell.block.kind, cell.block.row)):
            members = list(group)
            if kind == "caption" and any(local_name(child) == "row" for child in table):
                for node in members:
                    self.block(table, node, "trailer")
            elif kind == "caption":
                for node in members:
                    self.block(table, node, "head")
            else:
                self._row(sub(table, "row"), members)

    def _row(self, row: etree._Element, cells: Sequence[Node]) -> None:
        for cell in cells:
            rows, cols = cell.block.rows, cell.block.cols
            self.block(row, cell, "cell", rows=_span(rows), cols=_span(cols))

    def _figures(self, parent: etree._Element, nodes: Sequence[Node]) -> None:
        wrapper: etree._Element | None = None
        for node in nodes:
            if node.block.kind == "figure" and node.form == "figure":
                self.block(parent, node, "figure")
                wrapper = None
            elif node.block.kind == "figure":
                wrapper = sub(parent, "figure")
                self.block(wrapper, node, "ab", type="figure")
            else:
                wrapper = sub(parent, "figure") if wrapper is None else wrapper
                self.block(wrapper, node, "head")


def write_text(tei: etree._Element, edition: Edition, plan: Plan) -> etree._Element:
    """``text`` with ``front``, ``body`` and ``back``, as the last child of ``tei``."""
    made = sub(tei, "text", space="preserve", lang=language(edition.article.metadata.language))
    owners = note_of_block(edition.article.notes)
    parts = _divide(edition.tops, owners)
    back = [node for node in parts.back if node not in plan.moved]
    flow = Flow(edition, plan, dict(_gaps(edition)), _cited(edition))
    if parts.front:
        _write_front(sub(made, "front"), flow, parts.front)
    _write_body(sub(made, "body"), flow, parts.body)
    if back:
        _write_back(sub(made, "back"), flow, back, owners)
    return made


def _divide(tops: Sequence[Node], owners: dict[str, str]) -> Parts:
    is_back = [node.block.kind in ("note", "reference") or node.block.id in owners for node in tops]
    for i in range(len(tops) - 2, -1, -1):  # a heading over notes or references goes with them
        is_back[i] |= tops[i].block.kind == "heading" and is_back[i + 1]
    reading = [node for node, back in zip(tops, is_back, strict=True) if not back]
    end = 0
    for i, node in enumerate(reading):
        if node.block.kind in FRONT:
            end = i + 1
        elif node.block.kind not in _BESIDE_FRONT:
            break
    return Parts(reading[:end], reading[end:], [node for node, back in zip(tops, is_back, strict=True) if back])


def _gaps(edition: Edition) -> Iterator[tuple[Node, str]]:
    """The white space behind each block that stands in a sequence of blocks."""
    waiting = [(edition.tops, len(edition.text))]
    while waiting:
        nodes, end = waiting.pop()
        nexts = [*(node.start for node in nodes[1:]), end]
        for node, following in zip(nodes, nexts, strict=True):
            gap = edition.text[node.end : following]
            if gap and not gap.strip(WHITE):
                yield node, gap
            if node.form != "mixed":
                waiting.append((node.children, node.end))


def _cited(edition: Edition) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for ref, xml_id in edition.references:
        if ref.block is not None:
            found.setdefault(ref.block, []).append(f"#{xml_id}")
    return {block: " ".join(pointers) for block, pointers in found.items()}


def _family(node: Node) -> tuple[str, int | None]:
    kind = node.block.kind
    if kind in ("figure", "caption"):
        return "figure", None
    return kind, node.block.level if kind == "list-item" else None


def _span(count: int | None) -> str | None:
    return str(count) if count is not None and count > 0 else None


def _write_front(front: etree._Element, flow: Flow, nodes: Sequence[Node]) -> None:
    """Title, authors and their affiliations as such; from the abstract on everything in a ``div`` of its kind."""
    div: etree._Element | None = None
    kind_of_div = ""
    doc_title: etree._Element | None = None
    for node in nodes:
        kind = node.block.kind
        if div is None and kind == "title":
            kind_of_title = "main" if doc_title is None else "sub"
            doc_title = sub(front, "docTitle") if doc_title is None or doc_title is not front[-1] else doc_title
            flow.block(doc_title, node, "titlePart", type=kind_of_title)
        elif div is None and kind == "author":
            flow.block(front, node, "docAuthor")
        elif div is None and kind == "affiliation":
            flow.block(sub(front, "byline"), node, "affiliation")
        elif kind == "heading":
            div, kind_of_div = sub(front, "div"), ""
            flow.block(div, node, "head")
        else:
            if div is None or kind_of_div not in ("", kind):
                div = sub(front, "div")
            kind_of_div = kind
            div.set("type", kind)
            if kind == "epigraph":
                flow.run(div, [node])
            else:
                flow.block(div, node, "p")


def _write_body(body: etree._Element, flow: Flow, nodes: Sequence[Node]) -> None:
    """Divisions by the levels of the headings; what precedes the first heading stands in the body itself."""
    way: list[tuple[int, etree._Element]] = [(0, body)]
    for is_heading, group in groupby(nodes, key=lambda node: node.block.kind == "heading"):
        if not is_heading:
            flow.run(way[-1][1], group)
            continue
        for node in group:
            level = min(max(node.block.level or 1, 1), _DEEPEST_DIV)
            while way[-1][0] >= level:
                way.pop()
            div = sub(way[-1][1], "div")
            flow.block(div, node, "head")
            way.append((level, div))
    if all(local_name(child) == "figure" for child in body):  # TEI wants more in a body than figures
        sub(body, "p")


def _write_back(back: etree._Element, flow: Flow, nodes: Sequence[Node], owners: dict[str, str]) -> None:
    """Notes and references in divisions of their own, each note whole at the place of its first block."""
    blocks_of = blocks_by_note(nodes, owners)
    div, kind_of_div = None, ""
    for node in nodes:
        owner = owners.get(node.block.id, "")
        kind = "bibliography" if node.block.kind == "reference" and not owner else "notes"
        if node.block.kind == "heading" and not owner:
            div, kind_of_div = sub(back, "div"), ""
            flow.block(div, node, "head")
            continue
        if div is None or kind_of_div not in ("", kind):
            div = sub(back, "div")
        div.set("type", kind)
        kind_of_div = kind
        if kind == "bibliography":
            flow.one(_bibliography(div), node)
        elif not owner:
            flow.run(sub(div, "note", type="unnumbered"), [node])
        elif node is blocks_of[owner][0]:
            flow.run(sub(div, "note", **flow.edition.note_attributes(owner)), blocks_of[owner])


def _bibliography(div: etree._Element) -> etree._Element:
    last = div[-1] if len(div) else None
    return last if last is not None and local_name(last) == "listBibl" else sub(div, "listBibl")
