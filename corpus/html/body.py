"""What the elements of HTML mean in running text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from corpus.html.parse import classes
from corpus.markup.citing import citation_kind
from corpus.markup.grid import Grid, span, spans
from corpus.markup.walk import (
    Item,
    Pointers,
    Walker,
    as_block,
    as_items,
    has_ink,
    is_block,
    language_of,
    pieces_of,
    recast,
    styled,
    text_of,
    words,
)
from corpus.markup.xml import local
from corpus.structure import Cited, Dropped, NoteRef, OutlineBlock, OutlineNote, PageBreak, Piece
from schemas.records import BlockKind

BREAK = "\u2028"  # a line break of the page: white space unless two follow each other, or in verse
_STYLES = {
    "em": "italic", "i": "italic", "cite": "italic", "dfn": "italic", "var": "italic", "strong": "bold", "b": "bold",
    "sup": "superscript", "sub": "subscript", "u": "underline", "s": "strikethrough", "strike": "strikethrough",
    "code": "monospace", "tt": "monospace", "kbd": "monospace", "samp": "monospace",
}  # fmt: skip
_CSS = re.compile(
    r"(?P<sup>vertical-align\s*:\s*super)|(?P<italic>font-style\s*:\s*italic)|(?P<caps>font-variant\s*:\s*small-caps)",
    re.IGNORECASE,
)
_CONTAINERS = (
    "div", "section", "article", "main", "body", "header", "footer", "aside", "center", "details", "summary", "address",
    "fieldset", "hgroup", "html", "td", "figure", "tbody", "nav", "form", "dd", "dt", "li", "tr", "blockquote",
)  # fmt: skip
_SILENT = (
    "img",
    "hr",
    "wbr",
    "rp",
    "annotation",
    "annotation-xml",
    "script",
    "style",
    "del",
    "colgroup",
    "col",
    "title",
    "input",
    "button",
)
_VERSE = re.compile(r"(?<![\w-])(?:verse|poem|poetry|stanza|linegroup|lg)(?![\w-])")
_EPIGRAPH = re.compile(r"(?<![\w-])(?:epigraph|epigraphe)(?![\w-])")
_QUOTE = re.compile(
    r"(?<![\w-])(?:blockquote|block-quote|quotation|citation-block|msoquote|quotations|disp-quote)(?![\w-])"
)
_CAPTION = re.compile(
    r"(?<![\w-])(?:caption|wp-caption-text|figcaption|legendeillustration|titreillustration|msocaption|table-caption)(?![\w-])"
)
_FRONT: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"(?<![\w-])(?:sub-?title|article-subtitle)(?![\w-])"), "title"),
    (re.compile(r"(?<![\w-])(?:authors?|byline|article-authors?|contributors?)(?![\w-])"), "author"),
    (re.compile(r"(?<![\w-])(?:affiliations?|institutions?)(?![\w-])"), "affiliation"),
)
_LONGEST_NAME = 250
_DOUBLE = re.compile(rf"{BREAK}\s*{BREAK}")
_PAGE = re.compile(r"pagebreak|doc-pagebreak")


class Body:
    """Reads running text: ``markers`` and ``cited`` say what links mean, ``notes`` gathers notes that stand in the text."""

    def __init__(
        self,
        name: str,
        pointers: Pointers,
        markers: Mapping[etree._Element, NoteRef],
        cited: Mapping[etree._Element, str],
        side_notes: Mapping[etree._Element, str],
        language: str | None,
    ) -> None:
        self.notes: list[OutlineNote] = []
        self.pointers = pointers
        self.zones_dropped: set[etree._Element] = set()
        self.passed: set[etree._Element] = set()
        self._markers, self._cited, self._side_notes = markers, cited, side_notes
        self._language = language
        self._tables = 0
        self.walker = Walker(name, self._handlers())

    def _handlers(self) -> dict[str, Callable[[etree._Element], list[Item]]]:
        handlers: dict[str, Callable[[etree._Element], list[Item]]] = dict.fromkeys(_SILENT, lambda _: [])
        handlers |= dict.fromkeys(_STYLES, self._style)
        handlers |= dict.fromkeys(_CONTAINERS, self.container)
        handlers |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._heading)
        handlers |= {
            "p": self._paragraph,
            "blockquote": lambda each: recast(self._split(each, "quote"), "quote"),
            "ul": self._list,
            "ol": self._list,
            "dl": self._definitions,
            "table": self._table,
            "figcaption": lambda each: as_block(pieces_of(self.walker.inside(each)), "caption"),
            "pre": lambda each: as_block(self.walker.inside(each), "other", pointer=self.pointers.of(each)),
            "br": lambda _: [BREAK],
            "q": lambda each: ["“", *self.walker.inside(each), "”"],
            "a": self._link,
            "span": self._span,
            "font": self._span,
            "small": self._span,
            "math": lambda each: [text_of(each)],
            "script": lambda each: [each.text or ""] if (each.get("type") or "").startswith("math/") else [],
        }
        return handlers

    def container(self, element: etree._Element) -> list[Item]:
        """A box: its blocks as they are, loose words in it as paragraphs."""
        if element in self.passed:
            return []
        described = classes(element)
        if element in self._side_notes:
            return [self._side_note(element)]
        if _VERSE.search(described):
            return self._verse(element)
        kind: BlockKind = "caption" if _CAPTION.search(described) else "paragraph"
        items = self._split(element, kind)
        if _QUOTE.search(described):
            return recast(items, "quote")
        return recast(items, "epigraph", of=("paragraph", "quote")) if _EPIGRAPH.search(described) else items

    def _split(self, element: etree._Element, kind: BlockKind) -> list[Item]:
        """The content of a block; two line breaks part paragraphs as old pages do."""
        items = self.walker.inside(element)
        if _VERSE.search(classes(element)):
            return self._lines(items, element)
        fields = {"pointer": self.pointers.of(element), "lang": language_of(element, self._language)}
        made: list[Item] = []
        for part in _parts(items, _DOUBLE):
            blocks = as_block(part, kind, **fields)
            made += blocks
            fields = {**fields, "pointer": None} if blocks else fields
        return made

    def _paragraph(self, element: etree._Element) -> list[Item]:
        if element in self.passed:
            return []
        described = classes(element)
        if _VERSE.search(described):
            return self._verse(element)
        kind: BlockKind = "paragraph"
        if len(text_of(element)) < _LONGEST_NAME:
            kind = next((other for pattern, other in _FRONT if pattern.search(described)), kind)
        for pattern, other in ((_CAPTION, "caption"), (_EPIGRAPH, "epigraph"), (_QUOTE, "quote")):
            if pattern.search(described):
                kind = other  # type: ignore[assignment]
        return self._split(element, kind)

    def _verse(self, element: etree._Element) -> list[Item]:
        return self._lines(self.walker.inside(element), element)

    def _lines(self, items: Sequence[Item], element: etree._Element) -> list[Item]:
        made: list[Item] = []
        for part in _parts(items, re.compile(BREAK)):
            made += recast(as_block(part, "verse-line", lang=language_of(element, self._language)), "verse-line")
        return made

    def _heading(self, element: etree._Element) -> list[Item]:
        if element in self.zones_dropped:
            return [Dropped(text_of(element))]
        fields = {"level": int(local(element)[1]), "pointer": self.pointers.of(element)}
        return as_block(self.walker.inside(element), "heading", lang=language_of(element, self._language), **fields)

    def _style(self, element: etree._Element) -> list[Item]:
        if "ltx_note_mark" in classes(element):
            return []
        return styled(self.walker.inside(element), "hi", {"rend": _STYLES[local(element)]})

    def _span(self, element: etree._Element) -> list[Item]:
        described = classes(element)
        if element in self._side_notes:
            return [self._side_note(element)]
        if "ltx_note_mark" in described or "ltx_tag_note" in described:  # LaTeXML prints the number twice
            return []
        if _PAGE.search(described) or "pagebreak" in (element.get("{http://www.idpf.org/2007/ops}type") or ""):
            return [PageBreak(element.get("title") or element.get("aria-label") or text_of(element) or None)]
        inner = self.walker.inside(element)
        style = _CSS.search(element.get("style") or "")
        if style is not None:
            rend = {"sup": "superscript", "italic": "italic", "caps": "small-caps"}[style.lastgroup or "italic"]
            return styled(inner, "hi", {"rend": rend})
        lang = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        return styled(inner, "foreign", {"xml:lang": lang}) if lang and lang != self._language else inner

    def _side_note(self, element: etree._Element) -> Item:
        key = self._side_notes[element]
        inner = self.walker.inside(element)
        blocks = [block for block in recast(as_block(inner, "note"), "note") if isinstance(block, OutlineBlock)]
        if blocks:
            self.notes.append(OutlineNote(key, "", tuple(blocks), place="inline"))
        return NoteRef(key)

    def _link(self, element: etree._Element) -> list[Item]:
        marker = self._markers.get(element)
        if marker is not None:
            return [marker]
        inner = self.walker.inside(element)
        key = self._cited.get(element)
        if key is not None and not any(is_block(item) for item in inner) and words(inner):
            return self._citation(element, inner, key)
        address = element.get("href") or ""
        if address.startswith(("http://", "https://")):
            return styled(inner, "ref", {"target": address})
        return inner

    def _citation(self, element: etree._Element, inner: Sequence[Item], key: str) -> list[Item]:
        above = element.getparent()
        raised = element.find(".//sup") is not None or (above is not None and local(above) == "sup")
        text = words(inner)
        kind = citation_kind(text, superscript=raised)
        pieces = (text,) if kind == "superscript" else tuple(item for item in inner if isinstance(item, Piece))
        return [Cited(pieces, (key,), kind)]

    def _list(self, element: etree._Element) -> list[Item]:
        made: list[Item] = []
        depth = 1 + sum(1 for above in element.iterancestors("ul", "ol"))
        first = element.get("start") or "1"
        number = int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 1
        for item in element:
            if item in self.passed:
                number += 1
            elif local(item) == "li":
                inner = self._split(item, "list-item")
                made += as_items(inner, str(number) if local(element) == "ol" else "", depth)
                number += 1
            elif isinstance(item.tag, str):
                made += self.walker.element(item)
        return made

    def _definitions(self, element: etree._Element) -> list[Item]:
        made: list[Item] = []
        term: tuple[Piece, ...] = ()
        for item in element.iter("dt", "dd"):
            if item in self.passed:
                continue
            inner = pieces_of(self.walker.inside(item))
            if local(item) == "dt":
                made += as_block(term, "list-item") if has_ink(term) else []
                term = inner
            else:
                made += as_block((*term, ": ", *inner) if has_ink(term) else inner, "list-item")
                term = ()
        return [*made, *(as_block(term, "list-item") if has_ink(term) else [])]

    def _table(self, element: etree._Element) -> list[Item]:
        rows = [row for row in element.iter("tr") if _owner(row) is element and row not in self.passed]
        cells = [cell for row in rows for cell in row if local(cell) in ("td", "th")]
        if _is_layout(element, cells):
            return [item for cell in cells for item in self.container(cell)]
        self._tables += 1
        key = f"table-{self._tables}"
        caption = element.find("caption")
        made = as_block(pieces_of(self.walker.inside(caption)), "caption", table=key) if caption is not None else []
        grid = Grid()
        for row in rows:
            grid.row()
            for cell in row:
                if local(cell) not in ("td", "th"):
                    continue
                down, across = span(cell.get("rowspan"), down=True), span(cell.get("colspan"))
                at_row, at_col = grid.place(rows=down, cols=across)
                fields = {"table": key, "row": at_row, "col": at_col, **spans(down, across)}
                made += as_block(pieces_of(self.walker.inside(cell)), "cell", **fields)
        return made


def _owner(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors("table"), None)


def _is_layout(table: etree._Element, cells: Sequence[etree._Element]) -> bool:
    """A table that only places things on the page: no header cell, and paragraphs or headings inside."""
    if table.get("role") == "presentation" or len(cells) == 1:
        return True
    if any(local(cell) == "th" for cell in cells) or table.find("caption") is not None:
        return False
    return any(True for cell in cells for _ in cell.iter("h1", "h2", "h3", "blockquote", "table")) or (
        len(cells) <= 12 and any(len(list(cell.iter("p"))) > 2 for cell in cells)
    )


def _parts(items: Sequence[Item], between: re.Pattern[str]) -> list[list[Item]]:
    """The items parted at a pattern in their words; a break that stands as an item of its own counts with its neighbours."""
    merged: list[Item] = []
    for item in items:
        if isinstance(item, str) and merged and isinstance(merged[-1], str):
            merged[-1] = merged[-1] + item
        else:
            merged.append(item)
    parts: list[list[Item]] = [[]]
    for item in merged:
        if not isinstance(item, str) or BREAK not in item:
            parts[-1].append(item)
            continue
        first, *rest = between.split(item)
        parts[-1].append(first)
        parts += [[each] for each in rest]
    return parts
