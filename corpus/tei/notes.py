"""The notes of a TEI file: which stand in the text where their marker is, which elsewhere, and what points to them."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from lxml import etree

from corpus.markup.walk import XML_ID, text_of
from corpus.markup.xml import local
from corpus.structure import NoteRef
from corpus.tei.ids import Ids

Place = Literal["foot", "end", "inline"]

_NO_NOTES = (
    "bibl", "biblStruct", "biblFull", "msDesc", "person", "place", "org", "event", "personGrp", "teiHeader", "list", "msItem",
    "category", "elementSpec", "classSpec", "monogr", "analytic", "series", "imprint", "entry", "entryFree", "sense", "relatedItem",
    "state", "trait", "app", "rdg",
)  # fmt: skip
_BLOCK_PARENTS = (
    "div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "body", "back", "front", "text", "noteGrp", "group", "floatingText",
)  # fmt: skip
_POINTING = ("ref", "ptr", "anchor", "seg", "hi")


class Notes:
    """Sorts the notes of one ``TEI``; gives the markers that stand for an element."""

    def __init__(self, tei: etree._Element, ids: Ids) -> None:
        self.ids = ids
        self._key: dict[etree._Element, str] = {}
        self._marked_by: dict[etree._Element, list[etree._Element]] = defaultdict(list)
        self._anchors: dict[etree._Element, list[etree._Element]] = defaultdict(list)
        for number, note in enumerate(tei.iter("note"), start=1):
            if self.is_note(note):
                self._key[note] = note.get(XML_ID) or note.get("id") or f"note-{number}"
        for pointer in tei.iter(*_POINTING):
            for target in ids.find(pointer.get("target")):
                if target in self._key and pointer is not target:
                    self._marked_by[target].append(pointer)
        for note in self._key:
            if not self._marked_by[note]:
                for anchor in ids.find(note.get("target")):
                    if anchor is not note and local(anchor) != "note":
                        self._anchors[anchor].append(note)
                        self._marked_by[note].append(anchor)

    def is_note(self, note: etree._Element) -> bool:
        """Whether an element is a note to the text: not a remark inside a reference or a description, nor an empty one."""
        if any(local(above) in _NO_NOTES and local(above) != "list" for above in note.iterancestors()):
            return False
        parent = note.getparent()
        return bool(text_of(note)) and not (parent is not None and local(parent) in ("figure", "table", "list"))

    def is_apart(self, note: etree._Element) -> bool:
        """Whether a note stands elsewhere than its marker: something points to it, or it stands between blocks."""
        parent = note.getparent()
        return bool(self._marked_by.get(note)) or (parent is not None and local(parent) in _BLOCK_PARENTS)

    def key(self, note: etree._Element) -> str:
        """The key that its markers name."""
        return self._key[note]

    def label(self, note: etree._Element) -> str:
        """The label of a note: its number, else what its marker shows."""
        if note.get("n"):
            return (note.get("n") or "").strip()
        for label in note.findall("label"):
            return text_of(label)
        for pointer in self._marked_by.get(note, []):
            shown = text_of(pointer) or pointer.get("n") or ""
            if shown and len(shown) <= 8:
                return shown.strip("[]() ")
        return ""

    def place(self, note: etree._Element) -> Place:
        """Where print has it."""
        place = (note.get("place") or "").casefold()
        if any(word in place for word in ("foot", "bottom")) or "foot" in (note.get("rend") or "").casefold():
            return "foot"
        if "end" in place:
            return "end"
        if place:
            return "inline"
        return "end" if next(note.iterancestors("back"), None) is not None else "foot"

    def at(self, element: etree._Element) -> list[NoteRef]:
        """The markers for the notes that name an element as their place."""
        return [NoteRef(self._key[note], element.get("n") or "") for note in self._anchors.get(element, [])]

    def named_by(self, target: str | None) -> list[str]:
        """The keys of the notes that a pointer names."""
        return [self._key[element] for element in self.ids.find(target) if element in self._key]
