"""Our own TEI back to the Article that it was made from, exactly: every record, every value, every offset.

The records are read from ``standOff``, and so is the text that they speak of; whether the elements of the blocks still say
that text is known by comparing. The checksum in the header vouches for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from lxml import etree

from corpus.markup.walk import XML_ID
from corpus.markup.xml import local
from corpus.tei.exact_records import Reading, read_records
from corpus.tei.features import make_record, read_features, unescape
from corpus.tei.spots import NOT_TEXT
from corpus.writers.tei.offset_map import read_offset_map
from corpus.writers.tei.places import loose_text
from corpus.writers.tei.stored_text import unpack_text
from schemas.authorities import Authority
from schemas.records import Article, Block, Made, Metadata, Source

_REPLACED = re.compile(r"(?P<offset>\d+):U\+(?P<code>[0-9A-F]{4,6})")


class Exact(NamedTuple):
    """An article of ours as it was written, where each of its blocks begins, by xml:id, and whether its words still stand."""

    article: Article
    starts: dict[str, int]
    is_untouched: bool


def read_exact(tei: etree._Element) -> Exact | None:
    """The article that a ``TEI`` without namespaces was made from; None where our writer did not make it.

    Raises msgspec.ValidationError or ValueError where its records are broken.
    """
    stand_off = next((each for each in tei.findall("standOff") if each.get(XML_ID) == "standOff.annotations"), None)
    whole = _note(stand_off, "article")
    if stand_off is None or whole is None:
        return None
    original = {(note.get("target") or "")[1:]: unescape(note.text or "") for note in _notes(stand_off, "original-id")}
    elements = {name: each for each in tei.iter(etree.Element) if (name := each.get(XML_ID))}
    blocks = list(_blocks(stand_off, original))
    now, loose = _text(tei, [block for _, block in blocks], [elements.get(xml_id) for xml_id, _ in blocks])
    now = _with_replaced(now, _note(stand_off, "replaced-characters"))
    text = _vouched(tei, stand_off, now)
    if text is None:
        return None
    if text != now:
        loose = {block.id: block.start for block in loose_text(text, (block for _, block in blocks))}
    starts = loose | {xml_id: block.start for xml_id, block in blocks}
    fields = read_features(whole.find("fs"))
    runs, edits = read_offset_map((offsets.text or "") if (offsets := _note(stand_off, "offsets")) is not None else "")
    identifier = tei.get(XML_ID) or ""
    article = msgspec.structs.replace(
        read_records(Reading(tei, stand_off, elements, original, starts, text)),
        id=original.get(identifier, identifier),
        source=make_record(Source, fields.get("source", {})),
        metadata=make_record(Metadata, fields.get("metadata", {})),
        authorities=tuple(make_record(Authority, each) for each in fields.get("authorities", ())),
        made=make_record(Made, fields["made"]) if "made" in fields else None,
        offsets=runs,
        edits=edits,
        blocks=tuple(block for _, block in blocks),
    )
    return Exact(article, starts, text == now)


def _notes(stand_off: etree._Element, kind: str) -> Iterator[etree._Element]:
    return (note for note in stand_off.iterchildren("note") if note.get("type") == kind)


def _note(stand_off: etree._Element | None, kind: str) -> etree._Element | None:
    return next(_notes(stand_off, kind), None) if stand_off is not None else None


def _vouched(tei: etree._Element, stand_off: etree._Element, now: str) -> str | None:
    """The text of which the header has the checksum: the one beside the records, else that of the elements."""
    packed = _note(stand_off, "text")
    stored = unpack_text("".join(map(str, packed.itertext()))) if packed is not None else None
    checksum = _checksum(tei)
    for text in (stored, now):
        if text is not None and checksum == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest():
            return text
    return None


def _checksum(tei: etree._Element) -> str | None:
    for idno in tei.iterfind("teiHeader/fileDesc/publicationStmt/idno"):
        if idno.get("type") == "sha256" and idno.get("subtype") == "text":
            return (idno.text or "").strip()
    return None


def _blocks(stand_off: etree._Element, original: Mapping[str, str]) -> Iterator[tuple[str, Block]]:
    """The blocks in the article's order, each with the xml:id of its element."""
    for group in stand_off.iterchildren("spanGrp"):
        for span in group.iterchildren("span") if group.get("type") == "block" else ():
            xml_id = (span.get("target") or "")[1:]
            fields: dict[str, Any] = {"id": original.get(xml_id, xml_id), "kind": span.get("type")}
            yield xml_id, make_record(Block, fields | read_features(span.find("fs")))


def _text(
    tei: etree._Element, blocks: list[Block], elements: list[etree._Element | None]
) -> tuple[str, dict[str, int]]:
    """The article's text: the words of its blocks at their places, and what stands between them in the file's order.

    Text outside all blocks stands in elements named "loose.1", "loose.2"; where they begin is the second result.
    """
    written = {each: words for text in tei.iterchildren("text") for each, words in _words_below(text)}
    hosts = {*elements, *(each for each in written if _is_loose(each))}
    text: list[str | None] = [None] * max((block.end for block in blocks), default=0)
    for block, element in zip(blocks, elements, strict=True):
        if element is not None and element in written:
            words, tail = written.pop(element)
            tail = "" if element.getparent() in hosts else tail  # of a block around it, it is that block's own
            text[block.start : block.end] = words
            text += [None] * (block.end + len(tail) - len(text))
            for i, char in enumerate(tail, start=block.end):
                text[i] = text[i] or char
    loose = [(each.get(XML_ID) or "", *found) for each, found in written.items() if _is_loose(each)]
    return _filled(text, loose)


def _is_loose(element: etree._Element) -> bool:
    return (element.get(XML_ID) or "").startswith("loose.")


def _filled(text: list[str | None], loose: list[tuple[str, str, str]]) -> tuple[str, dict[str, int]]:
    """The text with the loose stretches in its gaps, one after another, and where each begins."""
    made: list[str] = []
    starts: dict[str, int] = {}
    waiting = iter(loose)
    while len(made) < len(text) or len(starts) < len(loose):
        char = text[len(made)] if len(made) < len(text) else None
        if char is not None:
            made.append(char)
        elif (found := next(waiting, None)) is not None:
            name, words, tail = found
            starts[name] = len(made)
            made += [*words, *tail]
        else:
            made.append("\ufffd")  # nothing in the file stands here: the checksum will tell
    return "".join(made), starts


def _words_below(text: etree._Element) -> Iterator[tuple[etree._Element, tuple[str, str]]]:
    """In one walk: all words so far, and where each open element began in them (law 3: no ``note``, ``label``, ``fw``)."""
    parts: list[str] = []
    begun: list[int] = []
    for event, element in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
        if event == "start":
            begun.append(len(parts))
            parts.append(element.text or "")
            continue
        if event == "end":
            start = begun.pop()
            if element.get(XML_ID):
                yield element, ("".join(parts[start:]), element.tail or "")
            if local(element) in NOT_TEXT:
                del parts[start:]
        parts.append(element.tail or "")


def _with_replaced(text: str, note: etree._Element | None) -> str:
    """The text with the characters that XML cannot hold at their places."""
    if note is None:
        return text
    made = list(text)
    for found in _REPLACED.finditer(note.text or ""):
        offset = int(found["offset"])
        if offset < len(made) and made[offset] == "\ufffd":
            made[offset] = chr(int(found["code"], 16))
    return "".join(made)
