"""Broken TEI repaired, as far as the repair is sure, with a report of each: ids, pointers, namespace, misplaced ``idno``.

The words of a file are never touched: only names, ids, pointers and the place of an ``idno`` inside its reference.

>>> mended = mend(b'<TEI><text><body><p>Rye<ref target="ftn1"/></p><note xml:id="ftn1">Kula.</note></body></text></TEI>', "a.xml")
>>> [(repair.line, repair.code) for repair in mended.repairs]
[(1, 'namespace'), (1, 'bare-pointer')]
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from corpus.markup.xml import local, parse_xml, plain_xml
from corpus.tei.doctor.ids import mend_ids
from corpus.tei.doctor.places import mend_namespace, mend_places
from corpus.tei.doctor.pointers import mend_pointers
from corpus.tei.doctor.report import Repair
from schemas.errors import InputError

__all__ = ["Mended", "Repair", "mend"]


class Mended(NamedTuple):
    """The repaired file, UTF-8, and what was done to it in the order of its lines; without repairs the file as it was."""

    data: bytes
    repairs: tuple[Repair, ...]


def mend(data: bytes, name: str) -> Mended:
    """Repair a TEI file. Raises InputError where it is no XML, an attack, or so broken that words would be lost."""
    repairs: list[Repair] = []
    root = plain_xml(data)
    if root is None:
        parsed = parse_xml(data, name)
        if any(code == "xml-text-lost" for code, _, _ in parsed.complaints):
            raise InputError(f"{name}: its XML is too broken to be repaired surely; mend it with an XML editor")
        root = parsed.root
        told = [(code, message) for code, message, _ in parsed.complaints if not code.startswith("xml-id-")]
        repairs += [Repair(_line_of(message), code.removeprefix("xml-"), message) for code, message in told]
    if local(root).casefold() not in ("tei", "teicorpus"):
        raise InputError(f"{name}: its outermost element is {local(root)}, not TEI; the doctor knows TEI P5 only")
    root = mend_namespace(root, repairs)
    mend_places(root, repairs)
    renamed = mend_ids(root, repairs)
    mend_pointers(root, renamed, repairs)
    if not repairs:
        return Mended(data, ())
    written = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8") + b"\n"
    return Mended(written, tuple(sorted(repairs, key=lambda repair: repair.line)))


def _line_of(message: str) -> int:
    words = message.replace(":", " ").split()
    lines = [after for word, after in pairwise(words) if word == "line" and after.isdigit()]
    return int(lines[0]) if lines else 1
