"""The rules that RELAX NG cannot say: ids, pointers, dates; and for our own files how notes, markers and sources belong.

``schemas/tei/adfontes.odd`` has the same rules as Schematron constraints; a test compares the verdicts. A rule is a function
over the whole file (``Document``), since most look from one element to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from corpus.validate.findings import XML_ID, Finding, elements, finding, line_of, local_name
from corpus.validate.text import block_text

# TEI attributes that hold pointers, each one or several separated by white space.
_POINTERS = frozenset(("target", "ref", "corresp", "ana", "resp", "who", "inst", "next", "prev", "sameAs", "copyOf", "select",
             "exclude", "synch", "source", "decls", "scheme", "calendar", "spanTo", "from", "to", "facs", "change",
             "active", "passive", "mutual", "edRef", "wit", "hand", "domains"))  # fmt: skip
_NAME = r"[^\s,()#]+"
_STRING_RANGE = re.compile(rf"string-range\((?P<id>{_NAME}),(?P<numbers>\d+,\d+(?:,\d+,\d+)*)\)")
_RANGE = re.compile(
    rf"range\(string-index\((?P<id>{_NAME}),(?P<index>\d+)\),string-index\((?P<id2>{_NAME}),(?P<index2>\d+)\)\)"
)
_NCNAME = re.compile(r"[^\W\d][\w.\-·]*")
# teidata.numeric: a number as XML Schema writes it, or a fraction
_NUMBER = re.compile(r"\s*(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN|-?\d+/-?\d+)\s*", re.ASCII)
# The types that we give; markup of the source (without @resp) bears its own.
TYPES = {
    "name": ("event", "group"),
    "num": ("percentage", "ratio", "fraction", "ordinal", "cardinal"),
    "measure": ("currency", "quantity", "count", "duration", "rate"),
}
_RULED = frozenset({"when", "from", "to", "calendar", "cRef", "target", "subtype", "value", "quantity", "atLeast", "atMost",
                    "min", "max"})  # fmt: skip
_NUMBERS = ("quantity", "atLeast", "atMost", "min", "max")


class Document:
    """A file under check: its elements by xml:id, and how long their texts are."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.elements = list(elements(root))
        self.by_id: dict[str, etree._Element] = {}
        for element in self.elements:
            if (name := element.get(XML_ID)) is not None:
                self.by_id.setdefault(name, element)
        self._texts: dict[str, str] = {}

    def text(self, name: str) -> str:
        """The text of the block that bears an xml:id."""
        if name not in self._texts:
            self._texts[name] = block_text(self.by_id[name])
        return self._texts[name]

    @cached_property
    def ids_in_text(self) -> frozenset[str]:
        """The xml:ids of elements that stand in the text itself, not in the header or in standOff."""
        found = ((each.get(XML_ID), each) for text in self.root.iter("{*}text") for each in text.iter())
        return frozenset(name for name, each in found if name is not None and self.by_id[name] is each)

    @cached_property
    def is_ours(self) -> bool:
        """Whether adfontes wrote the file."""
        return is_ours(self.root)


def is_ours(root: etree._Element) -> bool:
    """Whether adfontes wrote a file: its header names it as the application."""
    header = next((child for child in root if local_name(child) == "teiHeader"), None)
    return header is not None and any(each.get("ident") == "adfontes" for each in header.iter("{*}application"))


def check_rules(root: etree._Element) -> Iterator[Finding]:
    """All findings of all rules; those about notes, markers and sources only in files of our own."""
    document = Document(root)
    yield from _check_ids(document)
    yield from _check_pointers(document)
    yield from _check_attributes(document)
    yield from _check_links(document)
    if document.is_ours:
        yield from _check_notes(document)
        yield from _check_citations(document)
        yield from _check_copies(document)
        yield from _check_types(document)


def _check_ids(document: Document) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for element in document.elements:
        name = element.get(XML_ID)
        if name is None:
            continue
        if not _NCNAME.fullmatch(name):
            hint = "begin it with a letter and use letters, digits, '.', '-' and '_' only"
            yield finding(element, "tei-bad-id", f'xml:id "{name}" is not an XML name', hint)
        if name in seen:
            message = f'xml:id "{name}" was given in line {seen[name]} already'
            yield finding(element, "tei-duplicate-id", message, "give each element an xml:id of its own")
        seen.setdefault(name, line_of(element))


def _check_pointers(document: Document) -> Iterator[Finding]:
    for element in document.elements:
        for attribute, value in element.attrib.items():
            if "#" in str(value) and attribute in _POINTERS:
                for pointer in str(value).split():
                    if pointer.startswith("#") and (said := _follow(pointer[1:], document)):
                        code, message, hint = said
                        place = f'{local_name(element)}/@{attribute!s} "{pointer}"'
                        yield finding(element, code, f"{place}: {message}", hint)


def _follow(pointer: str, document: Document) -> tuple[str, str, str] | None:
    """What is wrong with a local pointer, if anything."""
    if pointer in document.by_id:
        return None
    places: list[tuple[str, int]] = []
    if found := _STRING_RANGE.fullmatch(pointer):
        numbers = [int(number) for number in found["numbers"].split(",")]
        places = [(found["id"], at + length) for at, length in zip(numbers[::2], numbers[1::2], strict=True)]
    elif found := _RANGE.fullmatch(pointer):
        places = [(found["id"], int(found["index"])), (found["id2"], int(found["index2"]))]
    elif "(" in pointer:
        hint = "string-range(id,offset,length) and range(string-index(id,offset),string-index(id,offset)) are known"
        return "tei-pointer-scheme", "this pointer scheme is not known here", hint
    for name in [name for name, _ in places] or [pointer]:
        if name not in document.by_id:
            return "tei-dangling-pointer", "nothing bears this xml:id", "mend the pointer, or take it away"
    for name, last in places:
        if last > (length := len(document.text(name))):
            return "tei-string-range", f"the element has only {length} characters", "count code points, notes left out"
    return None


def _check_attributes(document: Document) -> Iterator[Finding]:
    """Rules of TEI's own Schematron and datatypes that a file could break."""
    for element in document.elements:
        has = frozenset(element.keys())
        if has.isdisjoint(_RULED):
            continue
        tag = local_name(element)
        if "when" in has and any(other in has for other in ("notBefore", "notAfter", "from", "to")):
            yield finding(element, "tei-dates", f"{tag}: @when stands with other dating attributes", "keep one of them")
        for one, other in (("from", "notBefore"), ("to", "notAfter")):
            if one in has and other in has:
                yield finding(element, "tei-dates", f"{tag}: @{one} stands with @{other}", "keep one of them")
        if "calendar" in has and not "".join(map(str, element.itertext())).strip():
            yield finding(element, "tei-dates", f"{tag}: @calendar on an element without text", "take it away")
        if tag in ("ref", "ptr") and "target" in has and "cRef" in has:
            yield finding(element, "tei-pointer", f"{tag}: @target stands with @cRef", "keep one of them")
        if "subtype" in has and "type" not in has:
            yield finding(element, "tei-type", f"{tag}: @subtype without @type", "give it a @type")
        numbers = (*_NUMBERS, "value") if tag == "num" else _NUMBERS
        for name in numbers if tag in ("num", "measure") else ():
            number = element.get(name)
            if number is not None and not _NUMBER.fullmatch(number):
                message = f'{tag}/@{name} "{number}" is not a number'
                yield finding(element, "tei-number", message, 'write it as "58.7" or "1/3"')


def _check_links(document: Document) -> Iterator[Finding]:
    for link in document.root.iter("{*}link", "{*}join"):
        if len((link.get("target") or "").split()) < 2:
            yield finding(link, "tei-pointer", f"{local_name(link)}: @target needs two pointers at least")


def _check_notes(document: Document) -> Iterator[Finding]:
    """A marker and its note point at each other."""
    markers = [each for each in document.elements if each.get("type") == "noteAnchor"]
    for marker in markers:
        beside = _targets(document, marker, "corresp")  # the note stands there itself: it points to its other markers
        for note in [*_targets(document, marker), *beside]:
            points_back = note.get("type") != "problem" and note.get("target") is not None and note not in beside
            if local_name(note) == "note" and points_back:
                if marker.get(XML_ID) not in _ids(note):
                    message = f'the marker points at the note "{note.get(XML_ID)}", which does not point back'
                    yield finding(marker, "tei-note-marker", message, "name the marker in the note's @target")
            elif local_name(note) != "note":
                message = f"the marker points at a {local_name(note)}, not at a note"
                yield finding(marker, "tei-note-marker", message, "point at the note")
    for note in document.root.iter("{*}text"):
        yield from _check_notes_of_text(document, note)


def _check_notes_of_text(document: Document, text: etree._Element) -> Iterator[Finding]:
    for note in text.iter("{*}note"):
        for marker in _targets(document, note):
            if note.get(XML_ID) not in _ids(marker):
                message = f'the note points at "{marker.get(XML_ID)}", which does not point back'
                yield finding(note, "tei-note-marker", message, "name the note in the marker's @target")


def _check_citations(document: Document) -> Iterator[Finding]:
    """A citation points at a source, or at the Problem that says why it has none."""
    for cite in document.elements:
        if local_name(cite) in ("ref", "ptr") and cite.get("type") in ("bibr", "source"):
            for source in _targets(document, cite):
                is_source = local_name(source) in ("biblStruct", "bibl")
                if not is_source and not (local_name(source) == "note" and source.get("type") == "problem"):
                    message = f'the citation points at a {local_name(source)} ("{source.get(XML_ID)}"), not at a source'
                    yield finding(cite, "tei-citation", message, "point at a biblStruct or bibl")


def _check_copies(document: Document) -> Iterator[Finding]:
    """An annotation that stands inline and in standOff says the same words in both."""
    for span in document.root.iter("{*}span"):
        place = _STRING_RANGE.fullmatch((span.get("target") or "").removeprefix("#"))
        name = (span.get("corresp") or "").strip().removeprefix("#")
        if place is None or not name or place["id"] not in document.by_id or name not in document.ids_in_text:
            continue
        inline = document.by_id[name]
        numbers = [int(number) for number in place["numbers"].split(",")]
        text = document.text(place["id"])
        words = "".join(text[at : at + length] for at, length in zip(numbers[::2], numbers[1::2], strict=True))
        if words != block_text(inline):
            message = f'the words at the place of the span, "{words}", are not those of "{inline.get(XML_ID)}"'
            yield finding(span, "tei-copy", message, "mend the offsets of the span, or the element in the text")


def _check_types(document: Document) -> Iterator[Finding]:
    """What we annotate bears a type of our closed lists."""
    for text in document.root.iter("{*}text"):
        for tag, types in TYPES.items():
            for element in text.iter(f"{{*}}{tag}"):
                kind = element.get("type")
                if kind is not None and element.get("resp") is not None and kind not in types:
                    message = f'{tag}/@type "{kind}" is not in the list'
                    yield finding(element, "tei-value", message, f"one of: {', '.join(types)}")


def _ids(element: etree._Element, attribute: str = "target") -> set[str]:
    """The xml:ids that an attribute names."""
    return {pointer[1:] for pointer in (element.get(attribute) or "").split() if pointer.startswith("#")}


def _targets(document: Document, element: etree._Element, attribute: str = "target") -> list[etree._Element]:
    """The elements that an attribute names; what it names in vain is reported with the pointers."""
    names = sorted(_ids(element, attribute))
    return [found for name in names if (found := document.by_id.get(name)) is not None]
