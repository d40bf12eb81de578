"""Notes that a format only links: "<a href="#fn1">1</a>" in the text, a paragraph with the id "fn1" at the end.

Pandoc ties the notes of most formats itself; e-books and pages that were saved as documents often only link them. A link
is a note's marker where its words are a number or a mark and its target begins with the same number or mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.pandoc.blocks import ENTRY_ANCHOR, Blocks
from corpus.pandoc.inlines import NOTE_LABEL, Node
from corpus.structure import OutlineNote, plain

_BACK = re.compile(r"^[\s↩↑^\ufe0e\[\]()]*$")


def tie_anchored_notes(nodes: Sequence[Node], reader: Blocks) -> list[Node]:
    """The blocks without those that are notes of linked markers; the notes go to the reader, in document order."""
    asked = {target: label for label, target in _marker_links(nodes)}
    if not asked:
        return list(nodes)
    taken: list[tuple[str, str, list[Node]]] = []
    kept = _without(nodes, asked, taken)
    keys = {anchor: f"anchor {anchor}" for anchor, _, _ in taken}
    reader.inlines.note_anchors = keys
    for anchor, label, blocks in taken:
        read = [block for block in reader.read(_without_back_links(blocks), "note") if plain(block.pieces).strip()]
        reader.notes.append(OutlineNote(keys[anchor], label, tuple(read), place="end"))
    return kept


def entry_keys(nodes: Sequence[Node]) -> Iterator[str]:
    """The keys of all entries of a reference list that have an anchor or are marked up as such."""
    for node in _walk(list(nodes)):
        identifier = str(node["c"][0][0]) if node["t"] in ("Span", "Div") else ""
        if identifier.startswith(ENTRY_ANCHOR):
            yield identifier.removeprefix(ENTRY_ANCHOR)
        elif node["t"] == "Div" and "csl-entry" in node["c"][0][1]:
            yield identifier.removeprefix("ref-")


def _marker_links(nodes: Any) -> Iterator[tuple[str, str]]:
    """Label and target of each inner link whose words are a number or a mark."""
    for node in _walk(nodes):
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            label = NOTE_LABEL.fullmatch(_words(node["c"][1]).strip())
            if label:
                yield label["label"], node["c"][2][0][1:]


def _without(nodes: Sequence[Node], asked: Mapping[str, str], taken: list[tuple[str, str, list[Node]]]) -> list[Node]:
    kept: list[Node] = []
    for node in nodes:
        anchor = _anchor(node, asked)
        if anchor is not None and _begins_with(node, asked[anchor]):
            taken.append((anchor, asked[anchor], [node]))
        elif node["t"] == "Div":
            inner = _without(node["c"][1], asked, taken)
            if inner or not node["c"][1]:
                kept.append({"t": "Div", "c": [node["c"][0], inner]})
        elif node["t"] in ("BulletList", "OrderedList"):
            kept += _list_without(node, asked, taken)
        else:
            kept.append(node)
    return kept


def _list_without(node: Node, asked: Mapping[str, str], taken: list[tuple[str, str, list[Node]]]) -> list[Node]:
    items = node["c"] if node["t"] == "BulletList" else node["c"][1]
    left = []
    for item in items:
        anchor = next((found for block in item[:1] if (found := _anchor(block, asked)) is not None), None)
        if anchor is not None:
            taken.append((anchor, asked[anchor], list(item)))
        else:
            left.append(item)
    if not left:
        return []
    return [{"t": node["t"], "c": left if node["t"] == "BulletList" else [node["c"][0], left]}]


def _anchor(node: Node, asked: Mapping[str, str]) -> str | None:
    """The asked id that a block bears, or that stands at its very beginning."""
    if node["t"] == "Div":
        identifier = node["c"][0][0]
        if identifier in asked:
            return str(identifier)
        return _anchor(node["c"][1][0], asked) if len(node["c"][1]) == 1 else None
    if node["t"] not in ("Para", "Plain"):
        return None
    for inline in node["c"][:3]:
        if inline["t"] in ("Span", "Link") and inline["c"][0][0] in asked:
            return str(inline["c"][0][0])
        if inline["t"] not in ("Span", "Link", "Space", "Superscript"):
            return None
    return None


def _begins_with(node: Node, label: str) -> bool:
    """Whether a block opens with the label that points to it; a list numbers its items itself."""
    return _words(node).lstrip(" [(").startswith(label)


def _without_back_links(nodes: Sequence[Node]) -> list[Node]:
    """Note blocks without their own label and without the arrows that lead back."""
    return [_cleaned(node) for node in nodes]


def _cleaned(node: Any) -> Any:
    if isinstance(node, list):
        return [_cleaned(child) for child in node if not _is_back_link(child)]
    if isinstance(node, dict) and "c" in node:
        return {"t": node["t"], "c": _cleaned(node["c"])}
    return node


def _is_back_link(node: Any) -> bool:
    if not isinstance(node, dict) or node.get("t") != "Link" or not node["c"][2][0].startswith("#"):
        return False
    words = _words(node["c"][1]).strip()
    return bool(_BACK.match(words) or NOTE_LABEL.fullmatch(words.rstrip(".")))


def _walk(node: Any) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            if "t" in current:
                yield current
            waiting.extend(value for value in current.values() if isinstance(value, list | dict))
        elif isinstance(current, list):
            waiting.extend(reversed(current))


def _words(node: Any) -> str:
    """All words below a node, in order."""
    found = []
    for current in _walk(node):
        if current["t"] == "Str":
            found.append(current["c"])
        elif current["t"] in ("Space", "SoftBreak", "LineBreak"):
            found.append(" ")
    return "".join(found)
