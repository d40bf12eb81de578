"""What the elements of JATS mean in running text: blocks, markers, citations, tables, figures, markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from corpus.layout.zones import zone_of
from corpus.markup.citing import citation_kind
from corpus.markup.grid import Grid, span, spans
from corpus.markup.walk import (
    Item,
    Pointers,
    Walker,
    as_block,
    as_items,
    blocks_of,
    language_of,
    pieces_of,
    recast,
    styled,
    text_of,
    words,
)
from corpus.markup.xml import local
from corpus.structure import Cited, Dropped, NoteRef, OutlineBlock, OutlineNote, Piece, Styled

_HREF = "{http://www.w3.org/1999/xlink}href"
_STYLES = {
    "italic": "italic", "bold": "bold", "sup": "superscript", "sub": "subscript", "sc": "small-caps",
    "underline": "underline", "strike": "strikethrough", "monospace": "monospace", "overline": "overline",
    "sans-serif": "sans-serif", "roman": "roman",
}  # fmt: skip
_SILENT = (
    "label", "title", "index-term", "target", "milestone-start", "milestone-end", "alt-text", "long-desc", "object-id",
    "graphic", "inline-graphic", "media", "permissions", "sec-meta", "copyright-statement", "front-stub", "ref-list",
    "processing-meta", "fn-group", "col", "colgroup", "tex-math", "sub-article", "response", "contrib-group",
)  # fmt: skip
_PREAMBLE = re.compile(r"\\begin\{document\}(?P<inner>.*?)\\end\{document\}", re.DOTALL)
_STATEMENTS = frozenset(
    "abbr com con conflict coi-statement corresp current-aff deceased edited-by equal financial-disclosure on-leave "
    "participating-researchers present-address presented-at previously-at study-group-members supplementary-material "
    "supported-by".split()
)
_LONGEST_LABEL = 8
_NOTE_REFERENCES = ("fn", "table-fn", "author-notes", "author-note")


class Body:
    """Reads running text; collects the notes and what could not be read on its way."""

    def __init__(self, name: str, article: etree._Element) -> None:
        self.notes: list[OutlineNote] = []
        self.unread: Counter[str] = Counter()
        self.pointers = Pointers(article.getroottree().getroot())
        self.language = article.get("{http://www.w3.org/XML/1998/namespace}lang")
        self.marked = {rid for xref in article.iter("xref") for rid in (xref.get("rid") or "").split()}
        self._level = 0
        self._tables = 0
        self.walker = Walker(name, self._handlers())

    def _handlers(self) -> dict[str, Callable[[etree._Element], list[Item]]]:
        """What each element means; those that are not named here are walked through."""
        handlers: dict[str, Callable[[etree._Element], list[Item]]] = dict.fromkeys(_SILENT, lambda _: [])
        handlers |= dict.fromkeys(_STYLES, self._style)
        handlers |= dict.fromkeys(("sec", "app", "ack", "bio", "glossary", "notes", "boxed-text"), self.section)
        handlers |= dict.fromkeys(("fig", "fig-group", "supplementary-material", "chem-struct-wrap"), self._figure)
        handlers |= dict.fromkeys(("disp-formula", "inline-formula", "chem-struct"), self._formula)
        handlers |= {
            "p": self._paragraph,
            "disp-quote": self._quote,
            "attrib": lambda each: as_block(self.walker.inside(each), "quote"),
            "verse-group": self._verse_group,
            "verse-line": lambda each: as_block(self.walker.inside(each), "verse-line", pointer=self.pointers.of(each)),
            "list": self._list,
            "def-list": self._definitions,
            "table-wrap": self._table_wrap,
            "table": lambda each: self._table(each, self.pointers.of(each)),
            "xref": self._xref,
            "fn": self._inline_note,
            "break": lambda _: [" "],
            "hr": lambda _: [],
            "alternatives": self._alternatives,
            "math": lambda each: [text_of(each)],
            "named-content": self._content,
            "styled-content": self._content,
            "ext-link": self._link,
            "uri": self._link,
            "speech": self._speech,
            "statement": self._statement,
        }
        return handlers

    def section(self, element: etree._Element) -> list[Item]:
        """A section with its heading one level below the section around it."""
        self._level += 1
        items = [*self.heading(element), *as_block(self.walker.inside(element), "paragraph")]
        items += [item for group in element.findall("fn-group") for item in self.note_group(group)]
        self._level -= 1
        return items

    def heading(self, element: etree._Element) -> list[Item]:
        """The heading of a section: its number and its title."""
        title = element.find("title")
        title = element.find("caption/title") if title is None else title
        label = text_of(element.find("label"))
        inner = self.walker.inside(title) if title is not None else []
        items: list[Item] = [f"{label} ", *inner] if label and text_of(title) else [label, *inner]
        fields = {"level": max(self._level, 1), "pointer": self.pointers.of(element if title is None else title)}
        return as_block(items, "heading", lang=language_of(element, self.language), **fields)

    def note_group(self, group: etree._Element) -> list[Item]:
        """Footnotes go to the notes; statements without a marker ("Competing interests") stay text."""
        title = group.find("title")
        items: list[Item] = []
        if title is not None and text_of(title):
            zone = zone_of(text_of(title))
            items += (
                [Dropped(text_of(title))]
                if zone == "notes"
                else as_block(self.walker.inside(title), "heading", level=1)
            )
        statements: list[Item] = []
        for fn in group.iter("fn"):
            if self._is_statement(fn):
                statements += recast(as_block(self.walker.inside(fn), "paragraph"), "other")
            else:
                self.keep_note(fn, "end")
        return [*items, *statements]

    def _is_statement(self, fn: etree._Element) -> bool:
        marked = fn.get("id") in self.marked
        return not marked and (fn.get("fn-type") in _STATEMENTS or not text_of(fn.find("label")))

    def keep_note(self, fn: etree._Element, place: str) -> str:
        """Keep a note; gives its key."""
        key = fn.get("id") or f"{place}-{len(self.notes) + 1}"
        items = recast(as_block(self.walker.inside(fn), "note"), "note")
        blocks = tuple(blocks_of(items))
        if blocks:
            label = text_of(fn.find("label")) or (fn.get("symbol") or "")
            self.notes.append(OutlineNote(key, label, blocks, "end" if place == "end" else "foot"))
        return key

    def _inline_note(self, fn: etree._Element) -> list[Item]:
        return [NoteRef(self.keep_note(fn, "foot"), text_of(fn.find("label")))]

    def _style(self, element: etree._Element) -> list[Item]:
        return styled(self.walker.inside(element), "hi", {"rend": _STYLES[local(element)]})

    def _content(self, element: etree._Element) -> list[Item]:
        kind = element.get("content-type") or element.get("style-type")
        return styled(self.walker.inside(element), "seg", {"type": kind} if kind else {})

    def _link(self, element: etree._Element) -> list[Item]:
        address = element.get(_HREF) or ""
        return styled(self.walker.inside(element), "ref", {"target": address} if address else {})

    def _paragraph(self, element: etree._Element) -> list[Item]:
        fields = {"pointer": self.pointers.of(element), "lang": language_of(element, self.language)}
        return as_block(self.walker.inside(element), "paragraph", **fields)

    def _quote(self, element: etree._Element) -> list[Item]:
        lang = language_of(element, self.language)
        items = as_block(self.walker.inside(element), "quote", pointer=self.pointers.of(element), lang=lang)
        return [*_title(self, element, "quote"), *recast(items, "quote")]

    def _verse_group(self, element: etree._Element) -> list[Item]:
        return [
            *_title(self, element, "verse-line"),
            *recast(as_block(self.walker.inside(element), "verse-line"), "verse-line"),
        ]

    def _speech(self, element: etree._Element) -> list[Item]:
        speaker = element.find("speaker")
        items = self.walker.inside(element)
        if speaker is None:
            return as_block(items, "paragraph")
        name = words(self.walker.inside(speaker))
        rest = [item for item in items if item != name]
        first = next((i for i, item in enumerate(rest) if isinstance(item, OutlineBlock)), None)
        if first is None:
            return as_block([f"{name} ", *rest], "paragraph")
        block = rest[first]
        assert isinstance(block, OutlineBlock)
        spoken = as_block([f"{name} ", *block.pieces], "paragraph", pointer=block.pointer, lang=block.lang)
        return [*spoken, *(item for item in rest[first + 1 :] if isinstance(item, OutlineBlock))]

    def _statement(self, element: etree._Element) -> list[Item]:
        return [*_title(self, element, "paragraph"), *as_block(self.walker.inside(element), "paragraph")]

    def _list(self, element: etree._Element) -> list[Item]:
        made = _title(self, element, "paragraph")
        ordered = (element.get("list-type") or "") in ("order", "arabic", "roman-lower", "roman-upper", "alpha-lower")
        depth = 1 + sum(1 for above in element.iterancestors("list"))
        for number, item in enumerate(element.findall("list-item"), start=1):
            label = text_of(item.find("label")).strip("().[] ") or (str(number) if ordered else "")
            inner = as_block(self.walker.inside(item), "list-item", pointer=self.pointers.of(item))
            made += as_items(inner, label if label[:1].isalnum() else "", depth)
        return made

    def _definitions(self, element: etree._Element) -> list[Item]:
        made = _title(self, element, "paragraph")
        for item in element.findall("def-item"):
            term, *meanings = [self.walker.inside(each) for each in item if local(each) in ("term", "def")] or [[]]
            inner: list[Item] = [*pieces_of(term), *(p for meaning in meanings for p in (": ", *pieces_of(meaning)))]
            made += as_block(inner, "list-item", pointer=self.pointers.of(item))
        return made

    def _figure(self, element: etree._Element) -> list[Item]:
        items = self._caption(element, None)
        for child in element:
            if local(child) not in ("caption", "label"):
                items += as_block(self.walker.element(child), "paragraph")
        return items

    def _caption(self, element: etree._Element, table: str | None) -> list[Item]:
        """Label, title and first paragraph of a caption are one block, as print has them."""
        caption = element.find("caption")
        label = text_of(element.find("label"))
        pieces: list[Piece] = [f"{label} "] if label else []
        rest: list[Item] = []
        if caption is not None:
            title = caption.find("title")
            if title is not None:
                pieces += [*pieces_of(self.walker.inside(title)), " "]
            for number, block in enumerate(blocks_of(self.walker.inside(caption))):
                if number == 0:
                    pieces += block.pieces
                else:
                    rest += as_block(block.pieces, "caption", table=table)
        return [*as_block(pieces, "caption", table=table, pointer=self.pointers.of(element)), *rest]

    def _table_wrap(self, element: etree._Element) -> list[Item]:
        self._tables += 1
        key = f"table-{self._tables}"
        made = self._caption(element, key)
        tables = list(element.iter("table"))
        for table in tables:
            made += self._table(table, key)
        if not tables and any(True for _ in element.iter("graphic")):
            self.unread["table"] += 1
        for foot in element.findall("table-wrap-foot"):
            made += self._table_foot(foot, key)
        return made

    def _table_foot(self, foot: etree._Element, key: str) -> Iterator[Item]:
        for child in foot:
            if local(child) in ("fn", "fn-group"):
                for fn in [child] if local(child) == "fn" else child.iter("fn"):
                    if fn.get("id") in self.marked:
                        self.keep_note(fn, "foot")
                    else:
                        label = text_of(fn.find("label"))
                        inner = pieces_of(self.walker.inside(fn))
                        yield from as_block([f"{label} ", *inner] if label else inner, "caption", table=key)
            elif isinstance(child.tag, str):
                yield from as_block(pieces_of(self.walker.element(child)), "caption", table=key)

    def _table(self, element: etree._Element, key: str) -> list[Item]:
        grid = Grid()
        made: list[Item] = []
        for row in element.iter("tr"):
            grid.row()
            for cell in row:
                if local(cell) not in ("td", "th"):
                    continue
                rows, cols = span(cell.get("rowspan"), down=True), span(cell.get("colspan"))
                at_row, at_col = grid.place(rows=rows, cols=cols)
                fields = {"table": key, "row": at_row, "col": at_col, **spans(rows, cols)}
                made += as_block(pieces_of(self.walker.inside(cell)), "cell", **fields)
        return made

    def _xref(self, element: etree._Element) -> list[Item]:
        kind = element.get("ref-type") or ""
        keys = tuple((element.get("rid") or "").split())
        inner = self.walker.inside(element)
        if kind in _NOTE_REFERENCES and keys:
            label = words(inner)
            if len(label) > _LONGEST_LABEL:  # "see the note on sources": words of the text
                return inner
            return [NoteRef(key, label if len(keys) == 1 else "") for key in keys]
        if kind == "bibr" and keys and words(inner):
            return self._bibliographic(element, inner, keys)
        return inner

    def _bibliographic(self, element: etree._Element, inner: Sequence[Item], keys: tuple[str, ...]) -> list[Item]:
        raised = element.find("sup") is not None or any(local(up) == "sup" for up in element.iterancestors("sup", "p"))
        pieces = tuple(item for item in inner if isinstance(item, Piece))
        kind = citation_kind(words(inner), superscript=raised)
        if kind == "superscript":
            pieces = (words(inner),)
        return [Cited(pieces, keys, kind)]

    def _formula(self, element: etree._Element) -> list[Item]:
        """A formula as text where it has one; an image of one is told as a Problem."""
        text = _formula_text(element)
        if not text:
            self.unread["formula"] += 1
            return []
        if local(element) != "inline-formula":
            if label := text_of(element.find("label")):
                text = f"{text} {label}"
            if not any(local(up) == "p" for up in element.iterancestors("p")):
                return as_block([text], "other", pointer=self.pointers.of(element))
        return [Styled((text,), "formula")]

    def _alternatives(self, element: etree._Element) -> list[Item]:
        text = _formula_text(element)
        if text:
            return [text]
        for child in element:
            if isinstance(child.tag, str) and (items := self.walker.element(child)):
                return items
        return []


def _formula_text(element: etree._Element) -> str:
    for math in element.iter("math"):
        if text := text_of(math):
            return text
    for tex in element.iter("tex-math"):
        found = _PREAMBLE.search(tex.text or "")
        if text := " ".join((found["inner"] if found else tex.text or "").split()).strip("$ "):
            return text
    silent = ("graphic", "inline-graphic", "label", "alternatives", "tex-math", "math")
    kept = [element.text or ""] + [
        ("" if local(child) in silent else text_of(child)) + (child.tail or "") for child in element
    ]
    return " ".join("".join(kept).split())


def _title(body: Body, element: etree._Element, kind: str) -> list[Item]:
    """The title of something that is no section, as a block of the same kind."""
    title = element.find("title")
    label = text_of(element.find("label")) if local(element) == "statement" else ""
    inner = body.walker.inside(title) if title is not None else []
    return as_block([f"{label} ", *inner] if label else inner, kind)  # type: ignore[arg-type]
