"""Authority records of TEI: what ``listPerson``, ``listOrg``, ``listPlace`` and ``listEvent`` say, in any dialect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from corpus.authorities.fields import Reading
from corpus.authorities.uris import SCHEMES
from corpus.markup.walk import XML_ID, text_of
from corpus.markup.xml import local, parse_xml, without_namespaces
from corpus.tei.names import csl_name, print_name
from schemas.authorities import Authority
from schemas.errors import InputError

# element -> (type column, its names)
_FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "person": ("person", ("persName", "name")),
    "personGrp": ("group", ("persName", "orgName", "name")),
    "org": ("organisation", ("orgName", "name")),
    "place": ("place", ("placeName", "settlement", "country", "region", "geogName", "name")),
    "event": ("event", ("eventName", "name", "label", "head")),
}
_SCHEME_OF = {scheme.name.casefold(): key for key, scheme in SCHEMES.items()} | {"lccn": "lcnaf", "loc": "lcnaf"}
_PREFERRED = ("main", "preferred", "reg", "pref", "authority", "full")
_DATED = ("when", "when-iso", "notBefore", "from", "notAfter", "to")
_BEGIN, _END = ("birth", "floruit"), ("death",)


def read_lists(data: bytes, reading: Reading) -> Iterator[Authority]:
    """The records of a TEI file. Raises InputError where it is no XML or holds no such list."""
    parsed = parse_xml(data, reading.source)
    for code, message, hint in parsed.complaints:
        reading.tell(1, code, message, hint)
    root = without_namespaces(parsed.root)
    entries = [element for element in root.iter(*_FORMS) if _is_listed(element)]
    if not entries:
        raise InputError(
            f"{reading.source}: is XML without listPerson, listOrg, listPlace or listEvent; give a TEI list"
        )
    for element in entries:
        line = element.sourceline
        record = reading.record(_row(element), line if isinstance(line, int) else 1)
        if record is not None:
            yield record


def _is_listed(element: etree._Element) -> bool:
    """Whether an entry stands in a list: TEI also has ``event`` inside a life and ``place`` inside a place."""
    parent = element.getparent()
    return parent is None or local(parent) in ("listPerson", "listOrg", "listPlace", "listEvent", "place", "standOff")


def _row(element: etree._Element) -> dict[str, tuple[str, ...]]:
    kind, tags = _FORMS[local(element)]
    written = next((children for tag in tags if (children := _children(element, (tag,)))), [])
    written.sort(key=lambda child: child.get("type") not in _PREFERRED)
    names = [name for child in written if (name := _name(child))]
    row = {
        "name": tuple(names[:1]),
        "aliases": tuple(re.sub("[|;]", " ", name) for name in names[1:]),
        "type": ("group" if element.get("type") == "group" else kind,),
        "kind": (_finer(element),),
        "id": tuple(_ids(element)),
        "begin": tuple(_dates(element, _BEGIN, ("when", "from", "notBefore"))),
        "end": tuple(_dates(element, _END, ("to", "notAfter"))),
        "coordinates": tuple(text_of(geo) for geo in element.iter("geo") if _owner(geo) is element)[:1],
        "place": tuple(_wider(element, written))[:1],
        "description": tuple(_described(element)),
    }
    for idno in _children(element, ("idno",)):
        column = _SCHEME_OF.get((idno.get("type") or "").casefold(), "id")
        row[column] = (*row.get(column, ()), text_of(idno).replace("|", "%7C"))
    return row


def _wider(element: etree._Element, names: Sequence[etree._Element]) -> Iterator[str]:
    """The country or region that an entry states beside its own name."""
    for holder in (element, *_children(element, ("location",))):
        yield from (text_of(child) for child in _children(holder, ("country", "region")) if child not in names)
    yield from (text_of(note) for note in _children(element, ("note",)) if note.get("type") == "place")


def _described(element: etree._Element) -> Iterator[str]:
    for child in _children(element, ("occupation", "desc", "note", "trait")):
        if child.get("type") not in ("type", "candidate", "place"):
            yield text_of(child)


def _name(element: etree._Element) -> str:
    if local(element) == "persName" and element.find(".//surname") is not None:
        return print_name(csl_name(element))
    return text_of(element)


def _finer(element: etree._Element) -> str:
    """The finer kind: ``@type`` of a place or a body, or our own note of it."""
    for note in _children(element, ("note",)):
        if note.get("type") == "type":
            return text_of(note)
    plain = local(element) in ("person", "personGrp") or element.get("type") == "group"
    return "" if plain else (element.get("type") or element.get("subtype") or "")


def _ids(element: etree._Element) -> Iterator[str]:
    """What an entry and its names point to outside this file, and its own name in it."""
    for bearer in (element, *_children(element, ("persName", "orgName", "placeName", "eventName", "name"))):
        for attribute in ("sameAs", "ref"):
            yield from (pointer for pointer in (bearer.get(attribute) or "").split() if ":" in pointer)
    if own := element.get(XML_ID):
        yield own


def _dates(element: etree._Element, tags: Iterable[str], own: Iterable[str]) -> Iterator[str]:
    """Dates of the events of a life; for a body, place or event its own datable attributes."""
    for child in _children(element, tags):
        found = next((value for name in _DATED if (value := child.get(name))), "") or text_of(child)
        if found:
            yield found
    if local(element) != "person":
        yield from (value for name in own if (value := element.get(name)))


def _children(element: etree._Element, tags: Iterable[str]) -> list[etree._Element]:
    wanted = frozenset(tags)
    return [child for child in element if local(child) in wanted]


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("place", "org", "person", "event"), None)
