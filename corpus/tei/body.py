"""What the elements of TEI mean in running text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast, get_args

from lxml import etree

from corpus.layout.zones import zone_of
from corpus.markup.citing import citation_kind
from corpus.markup.grid import Grid, span, spans
from corpus.markup.walk import (
    XML_ID,
    Item,
    Pointers,
    Walker,
    as_block,
    as_items,
    is_block,
    language_of,
    pieces_of,
    recast,
    styled,
    text_of,
    words,
)
from corpus.markup.xml import local
from corpus.structure import Cited, Dropped, NoteRef, OutlineBlock, OutlineNote, PageBreak, Piece, Styled
from corpus.tei.hyphens import LINE, WITHIN
from corpus.tei.ids import attributes_of
from corpus.tei.notes import Notes
from corpus.tei.own import Own
from schemas.records import BlockKind, CitationKind

_DIVS = ("div", "div0", "div1", "div2", "div3", "div4", "div5", "div6", "div7")
_KEPT = (
    "hi", "emph", "foreign", "distinct", "mentioned", "soCalled", "term", "gloss", "title", "persName", "placeName", "orgName", "geogName",
    "name", "rs", "date", "time", "num", "measure", "measureGrp", "settlement", "country", "region", "district", "bloc", "roleName",
    "forename", "surname", "addName", "genName", "nameLink", "sic", "corr", "orig", "reg", "abbr", "expan", "am", "ex", "unclear",
    "supplied", "add", "del", "surplus", "damage", "restore", "secl", "code", "gi", "att", "val", "ident", "idno", "w", "pc", "phr", "cl",
    "email", "objectName", "eventName", "interp", "metamark", "formula", "span", "q", "said", "bibl", "author", "editor", "seg",
    "publisher", "pubPlace", "biblScope", "citedRange", "origDate", "origPlace", "locus", "dim", "height", "width", "depth",
)  # fmt: skip
_SILENT = (
    "graphic", "media", "cb", "gb", "milestone", "handShift", "listChange", "binaryObject", "notatedMusic", "divGen", "alt", "altGrp",
    "link", "linkGrp", "span", "spanGrp", "fs", "interpGrp", "timeline", "when", "teiHeader", "facsimile", "sourceDoc", "TEI", "join",
    "biblStruct", "addSpan", "delSpan", "damageSpan", "certainty", "respons", "precision",
)  # fmt: skip
_BOXES = (
    "opener", "closer", "salute", "signed", "dateline", "byline", "trailer", "postscript", "argument", "docImprint", "docEdition",
    "imprimatur", "address", "addrLine", "castItem", "set", "prologue", "epilogue", "camera", "caption", "sound", "tech", "view",
    "performance", "stage", "speaker", "ab", "figDesc", "meeting", "eg", "egXML", "desc", "gloss", "u", "docAuthor", "docDate",
)  # fmt: skip
_INLINE_PARENTS = (
    "p",
    "ab",
    "l",
    "head",
    "item",
    "cell",
    "quote",
    "q",
    "seg",
    "hi",
    "s",
    "note",
    "said",
    "bibl",
    "title",
    "desc",
    "def",
)
_FRONT_DIVS: dict[str, BlockKind] = {"abstract": "abstract", "keywords": "keywords"}
_PREFERRED = ("reg", "corr", "expan", "supplied", "unclear", "seg", "add")


class Body:
    """Reads running text; gathers the notes and the running heads on its way."""

    def __init__(
        self,
        name: str,
        notes: Notes,
        pointers: Pointers,
        entries: Mapping[etree._Element, str],
        own: Own,
        language: str | None,
    ) -> None:
        self.found_notes: list[OutlineNote] = []
        self.pointers, self.language = pointers, language
        self._notes, self._entries, self._own = notes, entries, own
        self._level = self._tables = 0
        self.walker = Walker(name, self._handlers())

    def _handlers(self) -> dict[str, Callable[[etree._Element], list[Item]]]:
        handlers: dict[str, Callable[[etree._Element], list[Item]]] = dict.fromkeys(_KEPT, self._kept)
        handlers |= dict.fromkeys(_SILENT, lambda _: [])
        handlers |= dict.fromkeys(_BOXES, self._box)
        handlers |= dict.fromkeys(_DIVS, self.division)
        handlers |= dict.fromkeys(("quote", "cit", "q", "said"), self._quote)
        handlers |= dict.fromkeys(("lg", "epigraph", "sp"), self._group)
        handlers |= dict.fromkeys(("listBibl", "bibl", "biblFull"), self._bibl)
        handlers |= {
            "p": lambda each: self._block(each, "paragraph"),
            "l": lambda each: self._block(each, "verse-line"),
            "head": self._head,
            "titlePart": lambda each: self._block(each, "title"),
            "docAuthor": lambda each: self._block(each, "author"),
            "affiliation": lambda each: self._block(each, "affiliation"),
            "list": self._list,
            "castList": lambda each: recast(self._box(each), "list-item"),
            "table": self._table,
            "figure": self._figure,
            "note": self._note,
            "ref": self._ref,
            "ptr": self._ref,
            "anchor": lambda each: list(self._notes.at(each)),
            "lb": lambda each: [WITHIN if each.get("break") == "no" or each.get("type") == "inWord" else LINE],
            "pb": lambda each: [PageBreak(each.get("n") if self._own.has_label(each) else None)],
            "fw": self._running_head,
            "gap": lambda each: [Styled(("[…]",), "gap", {**attributes_of(each), **_described(each)})],
            "choice": self._choice,
            "subst": self._choice,
            "app": self._apparatus,
            "s": self._sentence,
            "space": lambda _: [" "],
            "label": self._label,
            "math": lambda each: [text_of(each)],
        }
        return handlers

    def division(self, element: etree._Element) -> list[Item]:
        """A division: its headings one level below the division around it."""
        self._level += 1
        items = as_block(self.walker.inside(element), "paragraph")
        self._level -= 1
        kind = _FRONT_DIVS.get((element.get("type") or "").casefold())
        return recast(items, kind) if kind is not None else items

    def _fields(self, element: etree._Element) -> dict[str, str | None]:
        return {"pointer": self.pointers.of(element), "lang": language_of(element, self.language)}

    def _block(self, element: etree._Element, kind: BlockKind, *, level: int | None = None) -> list[Item]:
        """A block; running heads inside it go behind it, since they do not part it."""
        items = self.walker.inside(element)
        heads = [item for item in items if isinstance(item, Dropped)]
        rest = [item for item in items if not isinstance(item, Dropped)] if heads else items
        return [*as_block([*self._notes.at(element), *rest], kind, level=level, **self._fields(element)), *heads]

    def _box(self, element: etree._Element) -> list[Item]:
        """Something that is a paragraph between blocks, and words inside one."""
        kind = self._own.kind(element) if local(element) == "ab" else None
        if kind is not None:
            return self._block(element, kind)
        parent = element.getparent()
        if parent is not None and local(parent) in _INLINE_PARENTS:
            return self._kept(element)
        return self._block(element, "paragraph")

    def _kept(self, element: etree._Element) -> list[Item]:
        kind = self._own.kind(element)
        if kind is not None:  # a block inside a block, as our writer has it
            return self._block(element, kind)
        marks = self._notes.at(element)
        return [*styled(self.walker.inside(element), local(element), attributes_of(element)), *marks]

    def _head(self, element: etree._Element) -> list[Item]:
        parent = element.getparent()
        within = local(parent) if parent is not None else ""
        if within in ("table", "figure"):
            return self._block(element, "caption")
        if self._names_list(element):
            return [Dropped(text_of(element))]
        if within in ("list", "lg", "listBibl", "castList", "listPerson", "listPlace", "castGroup", "sp"):
            return self._block(element, "paragraph")
        return self._block(element, "heading", level=max(self._level, 1))

    def _names_list(self, head: etree._Element) -> bool:
        """Whether a heading only names the list of references or notes that stands under it."""
        zone = zone_of(text_of(head)[:80] or "-")
        parent = head.getparent()
        if parent is None or zone not in ("references", "notes") or parent.find("head") is not head:
            return False
        if zone == "references":
            return any(each in self._entries for each in parent.iter(etree.Element))
        only_notes = not any(local(each) not in ("note", "head") and text_of(each) for each in parent)
        return only_notes and parent.find("note") is not None

    def _quote(self, element: etree._Element) -> list[Item]:
        parent = element.getparent()
        inline = parent is not None and local(parent) in _INLINE_PARENTS
        items = self.walker.inside(element)
        if inline and not any(is_block(item) for item in items):
            return styled(items, local(element), attributes_of(element)) if local(element) != "cit" else items
        if local(element) in ("q", "said") and not inline:
            return as_block(items, "paragraph", **self._fields(element))
        return recast(as_block(items, "quote", **self._fields(element)), "quote")

    def _group(self, element: etree._Element) -> list[Item]:
        kind: BlockKind = {"lg": "verse-line", "epigraph": "epigraph"}.get(local(element), "paragraph")  # type: ignore[assignment]
        items = as_block(self.walker.inside(element), kind)
        return recast(items, kind) if kind != "epigraph" else recast(items, kind, of=("paragraph", "quote"))

    def _list(self, element: etree._Element) -> list[Item]:
        made: list[Item] = []
        depth = 1 + sum(1 for _ in element.iterancestors("list"))
        kind = f"{element.get('type') or ''} {element.get('rend') or ''}".casefold()
        ordered = any(word in kind for word in ("order", "number", "arabic")) and "unorder" not in kind
        number = 0
        label: list[Item] = []
        for child in element:
            if local(child) == "label":
                label = self.walker.inside(child)
            elif local(child) == "item":
                number += 1
                own = (child.get("n") or (str(number) if ordered else "")).strip("().[] ")
                inner = self._block(child, "list-item")
                if label:
                    inner = _labelled(label, inner)
                made += as_items(inner, own if own[:1].isalnum() else "", depth)
                label = []
            elif isinstance(child.tag, str):
                made += as_block(self.walker.element(child), "paragraph")
        return [*made, *as_block(label, "list-item")]

    def _table(self, element: etree._Element) -> list[Item]:
        self._tables += 1
        key = f"table-{self._tables}"
        made: list[Item] = []
        grid = Grid()
        for row in element:
            if local(row) != "row":
                for item in as_block(self.walker.element(row), "caption"):
                    made += (
                        as_block(item.pieces, "caption", table=key, pointer=item.pointer)
                        if isinstance(item, OutlineBlock)
                        else [item]
                    )
                continue
            grid.row()
            for cell in row:
                if local(cell) != "cell":
                    made += as_block(self.walker.element(cell), "caption", table=key)
                    continue
                down, across = span(cell.get("rows"), down=True), span(cell.get("cols"))
                at_row, at_col = grid.place(rows=down, cols=across)
                fields = {
                    "table": key,
                    "row": at_row,
                    "col": at_col,
                    "pointer": cell.get(XML_ID),
                    **spans(down, across),
                }
                made += as_block(pieces_of(self.walker.inside(cell)), "cell", **fields)
        return made

    def _figure(self, element: etree._Element) -> list[Item]:
        """Heading and description of a figure are captions; GROBID puts tables into figures."""
        items: list[Item] = []
        heads: list[Piece] = []
        for child in element:
            if self._own.kind(child) is not None:  # our writer puts captions that follow each other into one
                items += self._block(child, self._own.kind(child) or "caption")
            elif local(child) in ("head", "figDesc", "p", "ab", "note"):
                heads += [*pieces_of(self.walker.inside(child)), " "]
            elif local(child) == "label":
                if text_of(child) not in text_of(element.find("head")):
                    heads.insert(0, f"{text_of(child)} ")
            elif isinstance(child.tag, str):
                items += self.walker.element(child)
        loose = [element.text or "", *(child.tail or "" for child in element)]
        heads += [f" {text}" for text in loose if text.strip()]
        parent = element.getparent()
        if parent is not None and local(parent) in ("formula", "hi") and not heads:
            return items
        return [*as_block(heads, "caption", **self._fields(element)), *as_block(items, "paragraph")]

    def _note(self, element: etree._Element) -> list[Item]:
        if not self._notes.is_note(element):
            parent = element.getparent()
            inner = self.walker.inside(element)
            return inner if parent is None or local(parent) in _INLINE_PARENTS else as_block(inner, "other")
        key = self._notes.key(element)
        items = recast(as_block(self.walker.inside(element), "note", pointer=self.pointers.of(element)), "note")
        blocks = tuple(item for item in items if isinstance(item, OutlineBlock))
        if blocks:
            self.found_notes.append(OutlineNote(key, self._notes.label(element), blocks, self._notes.place(element)))
        return [] if self._notes.is_apart(element) else [NoteRef(key)]

    def _label(self, element: etree._Element) -> list[Item]:
        parent = element.getparent()
        if parent is not None and local(parent) == "note" and self._notes.is_note(parent):
            return []  # the note has it
        return self.walker.inside(element)

    def _ref(self, element: etree._Element) -> list[Item]:
        target = element.get("target")
        inner = self.walker.inside(element)
        shown = words(inner)
        notes = self._notes.named_by(target)
        if notes and len(shown) <= 8:
            label = shown or element.get("n") or ""
            return [NoteRef(key, label if len(notes) == 1 else "") for key in notes]
        if local(element) == "ptr" and element.get("type") == "noteAnchor":
            return [NoteRef(target or "", element.get("n") or "")]
        keys = tuple(self._entries[found] for found in self._notes.ids.find(target) if found in self._entries)
        if keys or element.get("type") in ("bibr", "biblio", "bibl"):
            return [*self._citation(element, inner, keys), *self._notes.at(element)]
        if target and target.startswith(("http://", "https://")):
            return styled(inner, "ref", {"target": target}) if shown else [target]
        return [*inner, *self._notes.at(element)]

    def _citation(self, element: etree._Element, inner: Sequence[Item], keys: tuple[str, ...]) -> list[Item]:
        shown = words(inner)
        locator = element.get("loc") or None
        if element.get("subtype") == "superscript" or (not shown and element.get("n")):
            return [Cited((element.get("n") or shown,), keys, "superscript", locator)]
        if not shown:  # a pointer shows what the site makes of it
            target = next(iter(self._notes.ids.find(element.get("target"))), None)
            name = (target.get("label") or target.get("n") or "" if target is not None else "") or (
                keys[0] if keys else ""
            )
            return (
                [Cited((f"[{name}{f', {locator}' if locator else ''}]",), keys, "author-year", locator)] if name else []
            )
        above = element.getparent()
        raised = "sup" in (element.get("rend") or "") or (
            above is not None and local(above) == "hi" and "sup" in (above.get("rend") or "")
        )
        kind = citation_kind(shown, superscript=raised)
        if element.get("subtype") in get_args(CitationKind):
            kind = cast(CitationKind, element.get("subtype"))
        pieces = (shown,) if kind == "superscript" else tuple(item for item in inner if isinstance(item, Piece))
        return [Cited(pieces, keys, kind, locator), *(item for item in inner if is_block(item))]

    def _running_head(self, element: etree._Element) -> list[Item]:
        text = text_of(element)
        numbered = "pag" in (element.get("type") or "").casefold() or text.strip("[]() -").isdigit()
        return [Dropped(text, "page-number" if numbered else "running-head")] if text else []

    def _choice(self, element: etree._Element) -> list[Item]:
        """The reading that is preferred; the others stay as attributes of it."""
        children = [child for child in element if isinstance(child.tag, str)]
        if not children:
            return self.walker.inside(element)
        best = min(
            children,
            key=lambda child: _PREFERRED.index(local(child)) if local(child) in _PREFERRED else len(_PREFERRED),
        )
        others = {local(child): text_of(child) for child in children if child is not best and text_of(child)}
        return styled(self.walker.inside(best), local(best), {**attributes_of(best), **others})

    def _apparatus(self, element: etree._Element) -> list[Item]:
        """The lemma, or the first reading; the others stay as attributes."""
        readings = list(_readings(element))
        if not readings:
            return self.walker.inside(element)
        best = next((each for each in readings if local(each) == "lem"), readings[0])
        rest = [f"{text_of(each)} {each.get('wit') or ''}".strip() for each in readings if each is not best]
        return styled(
            self.walker.inside(best), "app", {**attributes_of(best), **({"rdg": " | ".join(rest)} if rest else {})}
        )

    def _sentence(self, element: etree._Element) -> list[Item]:
        """Sentences that stand side by side without a space are set apart."""
        after = element.getnext()
        glued = after is not None and local(after) == "s" and not element.tail
        return [*self.walker.inside(element), *([" "] if glued else [])]

    def _bibl(self, element: etree._Element) -> list[Item]:
        if element in self._entries:
            return []
        if local(element) == "listBibl":
            return [item for child in element for item in self.walker.element(child)]
        parent = element.getparent()
        if parent is not None and local(parent) in _INLINE_PARENTS:
            return self._kept(element)
        return self._block(element, "paragraph")


def _readings(app: etree._Element) -> Iterator[etree._Element]:
    for child in app:
        if local(child) == "rdgGrp":
            yield from _readings(child)
        elif local(child) in ("lem", "rdg"):
            yield child


def _described(gap: etree._Element) -> dict[str, str]:
    text = text_of(gap)
    return {"desc": text} if text else {}


def _labelled(label: Sequence[Item], items: Sequence[Item]) -> list[Item]:
    """An item with the label that stands before it in the list."""
    if items and isinstance(items[0], OutlineBlock):
        first = items[0]
        return [
            *as_block([*pieces_of(label), " ", *first.pieces], first.kind, pointer=first.pointer, lang=first.lang),
            *items[1:],
        ]
    return [*as_block(label, "list-item"), *items]
