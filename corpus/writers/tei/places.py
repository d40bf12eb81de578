"""Where things stand: the tree of blocks, and the block in which a point or a span of the text lies.

A host is an element that text is written into: a block without blocks inside it, or one whose text is mixed with them
(a paragraph with a displayed quotation). A table holds only cells, so its cells are the hosts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.writers.tei.ids import Named, XmlIds
from schemas.records import Article, Block

WHITE = " \t\r\n"  # what XML calls white space: only this may stand between elements
_INK = re.compile(rf"[^{WHITE}](?:.*[^{WHITE}])?", re.DOTALL)


@dataclass(eq=False)
class Node:
    """A block in the tree, with its xml:id."""

    block: Block
    xml_id: str
    children: list[Node] = field(default_factory=list)
    form: str = "mixed"  # "mixed": text with blocks inside it; "table" and "figure": blocks only

    @property
    def start(self) -> int:
        return self.block.start

    @property
    def end(self) -> int:
        return self.block.end


def block_tree(article: Article, blocks: Iterable[Named[Block]], ids: XmlIds) -> list[Node]:
    """The outermost blocks in text order, the others below them; text outside all blocks becomes blocks of its own."""
    nodes = [Node(block, xml_id) for block, xml_id in blocks]
    nodes += [Node(block, ids.take(block.id)) for block in loose_text(article.text, article.blocks)]
    nodes.sort(key=lambda node: (node.start, -node.end))
    tops: list[Node] = []
    way: list[Node] = []
    for node in nodes:
        while way and way[-1].end <= node.start:
            way.pop()
        if way and node.end > way[-1].end:  # blocks that cross cannot both hold the text: write it twice, lose nothing
            tops.append(node)
            continue
        (way[-1].children if way else tops).append(node)
        way.append(node)
    for node in nodes:
        node.form = _form(node, article.text)
    return tops


def loose_text(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The text that no block holds, as blocks "loose.1", "loose.2"; an article of nothing has an empty one."""
    position, found = 0, 0
    ends = sorted((block.start, block.end) for block in blocks)
    for start, end in [*ends, (len(text), len(text))]:
        ink = _INK.search(text, position, start) if start > position else None
        if ink:
            found += 1
            yield Block(f"loose.{found}", "other", ink.start(), ink.end())
        position = max(position, end)
    if not found and not ends:
        yield Block("loose.1", "other", 0, 0)


def _form(node: Node, text: str) -> str:
    kinds = {child.block.kind for child in node.children}
    position, only_blocks = node.start, True
    for child in node.children:
        only_blocks &= not text[position : child.start].strip(WHITE)
        position = child.end
    only_blocks &= not text[position : node.end].strip(WHITE)
    if node.block.kind == "table" and "cell" in kinds and kinds <= {"cell", "caption"} and only_blocks:
        return "table"
    return "figure" if node.block.kind == "figure" and kinds and only_blocks else "mixed"


class Places:
    """Finds the host of a point or a span, in O(log hosts)."""

    def __init__(self, tops: Sequence[Node]) -> None:
        self.hosts = sorted(_hosts(tops), key=lambda node: (node.start, node.end))
        self._starts = [node.start for node in self.hosts]

    def after(self, offset: int) -> tuple[Node, int]:
        """The place of what follows the text before it, such as a note marker: the end of a block before the next."""
        i = max(bisect_right(self._starts, offset) - 1, 0)
        first = bisect_left(self._starts, offset)  # the first host that starts here
        if 0 < first <= i and self.hosts[first - 1].end == offset:
            i = first - 1
        node = self.hosts[i]
        return node, min(max(offset, node.start), node.end)

    def before(self, offset: int) -> tuple[Node, int]:
        """The place of what precedes the text after it, such as a page break: the start of a block after the last."""
        i = max(bisect_right(self._starts, offset) - 1, 0)
        if offset >= self.hosts[i].end and self.hosts[i].start < offset and i + 1 < len(self.hosts):
            i += 1
        node = self.hosts[i]
        return node, min(max(offset, node.start), node.end)

    def around(self, start: int, end: int) -> Node | None:
        """The host that holds a whole span, if one does."""
        i = bisect_right(self._starts, start) - 1
        if i < 0:
            return None
        if start == end:
            node, place = self.after(start)
            return node if place == start else None
        return self.hosts[i] if end <= self.hosts[i].end else None

    def across(self, start: int, end: int, *, most: int) -> list[tuple[Node, int, int]]:
        """The parts of a span in the hosts that it runs over, none twice; none at all where these are more than ``most``."""
        i = max(bisect_right(self._starts, start) - 1, 0)
        if self.hosts[i].start <= start and end <= self.hosts[i].end:
            return [(self.hosts[i], start, end)]
        parts: list[tuple[Node, int, int]] = []
        position = start
        for place in range(i, len(self.hosts)):
            node = self.hosts[place]
            if node.start >= end:
                break
            low, high = max(position, node.start), min(end, node.end)
            if low < high:
                parts.append((node, low, high))
                position = high
            if len(parts) > most:
                return []
        return parts

    def locate(self, start: int, end: int) -> tuple[str, bool]:
        """A TEI pointer to a span, and whether it says the span exactly.

        It is string-range where one block holds the span, range from block to block where several do.
        """
        node = self.around(start, end)
        if node is not None:
            return f"#string-range({node.xml_id},{start - node.start},{end - start})", True
        first, low = self.before(start)
        last, high = self.after(end)
        if (first.start, first.end) >= (last.start, last.end):
            low, high = (low, max(low, high)) if first is last else (low, low)
            return f"#string-range({first.xml_id},{low - first.start},{high - low})", False
        indexes = f"string-index({first.xml_id},{low - first.start}),string-index({last.xml_id},{high - last.start})"
        return f"#range({indexes})", False


def _hosts(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.form == "mixed":
            yield node
        else:
            yield from _hosts(node.children)
