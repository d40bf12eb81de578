"""Pandoc's inlines to pieces: words, markup that is kept, note markers, citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus.structure import Cited, NoteRef, Piece, Styled, plain
from schemas.records import CitationKind

# A node of pandoc's tree as its JSON gives it: {"t": "Str", "c": "grain"}.
Node = Mapping[str, Any]

_STYLES = {
    "Emph": "italic",
    "Strong": "bold",
    "Underline": "underline",
    "Strikeout": "strikethrough",
    "SmallCaps": "smallcaps",
    "Subscript": "sub",
}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBERS = re.compile(r"\[?\d{1,4}(?:\s?[,;–—-]\s?\d{1,4})*\]?")
NOTE_LABEL = re.compile(r"[\[(]?(?P<label>\d{1,4}|[ivxlc]{1,8}|[*†‡§¶]{1,4})[\])]?")
_MARKS = re.compile(r"[*†‡§¶]{1,4}")


class Inlines:
    """Reads inlines; ``add_note`` takes a note's blocks and gives its key, ``complain`` takes what could not be kept."""

    def __init__(self, add_note: Callable[[Sequence[Node]], str], complain: Callable[[str], None]) -> None:
        self._add_note, self._complain = add_note, complain
        self.note_anchors: Mapping[str, str] = {}  # id of a note's text -> its key, for formats that only link
        self.entries: frozenset[str] = frozenset()  # keys of the document's own reference list

    def read(self, nodes: Iterable[Node]) -> tuple[Piece, ...]:
        """The pieces of some inlines."""
        return tuple(piece for node in nodes for piece in self._piece(node))

    def _piece(self, node: Node) -> Iterator[Piece]:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            yield content
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        elif kind in _STYLES:
            yield from self._styled(content, _STYLES[kind])
        elif kind == "Superscript":
            yield from self._superscript(content)
        elif kind == "Quoted":
            opening, closing = _QUOTES[content[0]["t"]]
            yield from (opening, *self.read(content[1]), closing)
        elif kind == "Note":
            yield NoteRef(self._add_note(content))
        elif kind == "Cite":
            yield self._cited(*content)
        else:
            yield from self._rest(kind, content)

    def _rest(self, kind: str, content: Any) -> Iterator[Piece]:
        if kind == "Link":
            yield from self._link(content[1], content[2][0])
        elif kind == "Span":
            yield from self._span(*content)
        elif kind == "Code":
            yield Styled((content[1],), "code")
        elif kind == "Math":
            yield Styled((content[1],), "formula", {"notation": "TeX"})
        elif kind == "Image":
            self._complain("image")
        elif kind == "RawInline":
            self._complain(f"{content[0]} code")

    def _styled(self, content: Sequence[Node], rend: str) -> Iterator[Piece]:
        pieces = self.read(content)
        if any(isinstance(piece, NoteRef) for piece in pieces) and not plain(pieces).strip():
            yield from pieces  # Word raises and slants its note numbers: that is no emphasis of the author's
        elif pieces:
            yield Styled(pieces, "hi", {"rend": rend})

    def _superscript(self, content: Sequence[Node]) -> Iterator[Piece]:
        """Raised figures stay raised, so that typed note numbers are known from the numbers of the text."""
        pieces = self.read(content)
        words = plain(pieces).strip()
        if any(isinstance(piece, NoteRef | Cited) for piece in pieces):
            yield from pieces
        elif _NUMBERS.fullmatch(words):
            yield words.translate(_RAISED)
        elif _MARKS.fullmatch(words):
            yield words
        elif pieces:
            yield Styled(pieces, "hi", {"rend": "sup"})

    def _link(self, content: Sequence[Node], target: str) -> Iterator[Piece]:
        pieces = self.read(content)
        if target.startswith("#"):
            key = self.note_anchors.get(target[1:])
            label = NOTE_LABEL.fullmatch(plain(pieces).strip())
            if key is not None and label is not None:
                yield NoteRef(key, label["label"])
            else:
                yield from pieces
        elif pieces:
            yield Styled(pieces, "ref", {"target": target})

    def _span(self, attributes: Sequence[Any], content: Sequence[Node]) -> Iterator[Piece]:
        pieces = self.read(content)
        cites = dict(attributes[2]).get("cites", "").split()
        if "citation" in attributes[1] and cites:
            yield Cited(pieces, tuple(cites), kind_of(pieces), library=not self.entries.issuperset(cites))
        else:
            yield from pieces

    def _cited(self, citations: Sequence[Mapping[str, Any]], content: Sequence[Node]) -> Cited:
        keys = tuple(cited["citationId"] for cited in citations)
        pieces = () if any(node["t"] == "RawInline" for node in content) else self.read(content)
        if not plain(pieces).strip():  # LaTeX's \cite has no words of its own: shown as Markdown writes it
            pieces = (f"[{'; '.join(self._shown(cited) for cited in citations)}]",)
        suffix = plain(self.read(citations[0]["citationSuffix"])).strip(" ,") if len(citations) == 1 else ""
        locator = suffix if re.search(r"\d", suffix) else None
        return Cited(pieces, keys, kind_of(pieces), locator, library=not self.entries.issuperset(keys))

    def _shown(self, cited: Mapping[str, Any]) -> str:
        prefix = plain(self.read(cited["citationPrefix"])).strip()
        suffix = plain(self.read(cited["citationSuffix"])).strip(" ,")
        return f"{prefix} @{cited['citationId']}".strip() + (f", {suffix}" if suffix else "")


def kind_of(pieces: Sequence[Piece]) -> CitationKind:
    """Whether a citation's words are numbers or names."""
    return "numeric" if _NUMBERS.fullmatch(plain(pieces).strip("[]() ")) else "author-year"
