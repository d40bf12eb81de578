"""The one way to parse XML here: no external entity, no network, no DTD, bounded depth and size; mended where broken.

A file that is not well-formed is read with recovery, and what was wrong is told as Problems: no character is lost in
silence. Attacks (entity expansion, absurd nesting, one endless text) are refused with an InputError.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple

from lxml import etree

from corpus.readers.decode import Undecodable, decode
from schemas.errors import InputError

Complaint = tuple[str, str, str]

# Not huge_tree: libxml2 then refuses more than 256 levels, a text of more than 10 million bytes and entity expansion.
_SAFE = {"resolve_entities": "internal", "no_network": True, "load_dtd": False, "huge_tree": False}
_CHUNK = 1 << 16
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}\?>")
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][\w.:-]{0,40})[\"']")
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]{1,80})\s+[\"']")
_DOCTYPE_END = re.compile(r"\]\s*>")
_SPECIAL = re.compile(r"<!--|<!\[CDATA\[|&|<(?![A-Za-z_:/!?\u00c0-\ufffd])")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|(?P<name>[A-Za-z_][\w.-]{0,60}));")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]*>")
_LIMITS = {
    "Excessive depth": "its elements are nested more than 256 deep",
    "amplification": "its entities expand to far more text than the file holds, as an attack would",
    "Entity loop": "its entities refer to themselves",
    "entity reference loop": "its entities refer to themselves",
    "Text node too long": "one stretch of its text is longer than 10 million bytes",
    "Buffer size limit": "one stretch of its text is longer than 10 million bytes",
    "Huge input": "it holds a name, comment or text that is absurdly long",
}


class Parsed(NamedTuple):
    """A tree, the encoding it was read in, and (code, message, hint) of what had to be mended."""

    root: etree._Element
    encoding: str
    complaints: tuple[Complaint, ...] = ()


def parse_xml(data: bytes, name: str) -> Parsed:
    """The tree of an XML file; InputError where it is an attack or where nothing can be read."""
    root, faults = _parse(data, recover=False)
    if root is not None:
        return Parsed(root, _encoding_of(root))
    _refuse_attacks(faults, name)
    text, encoding, repairs = _mend(_decode(data, name))
    root, faults = _parse(text.encode("utf-8"), recover=True)
    _refuse_attacks(faults, name)
    if root is None or not isinstance(root.tag, str):
        raise InputError(f"{name}: its XML cannot be read: {_first(faults)}; mend it with an XML editor")
    return Parsed(root, encoding, (*repairs, *_complaints(faults), *_losses(text, root)))


def strict_xml(data: bytes) -> etree._Element | None:
    """The tree of a file that is well-formed XML; None for any other."""
    return _parse(data, recover=False)[0]


def plain_xml(data: bytes) -> etree._Element | None:
    """The tree of a file that is well-formed, whatever its ids are; None for any other. As safe as ``parse_xml``."""
    parser = etree.XMLParser(collect_ids=False, **_SAFE)  # type: ignore[arg-type]
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError, AssertionError):
        return None


def root_name(data: bytes) -> tuple[str, str] | None:
    """Namespace and local name of the outermost element, read from the head of a file; None where there is none.

    >>> root_name(b'<?xml version="1.0"?><!-- x --><TEI xmlns="http://www.tei-c.org/ns/1.0"><text/>')
    ('http://www.tei-c.org/ns/1.0', 'TEI')
    """
    head = data[:_CHUNK].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    if not head.startswith(b"<") or not re.match(rb"<\x00?[?!A-Za-z_:]", head):
        return None
    parser = etree.XMLPullParser(events=("start",), recover=True, **_SAFE)  # type: ignore[arg-type]
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            for _, element in parser.read_events():
                return split_tag(getattr(element, "tag", None))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return None


def is_xml(data: bytes) -> bool:
    """Whether a file says that it is XML, or is well-formed from its first character to its last.

    >>> is_xml(b"<?xml version='1.0'?><a>"), is_xml(b"<svg/>"), is_xml(b"<b>Grain</b> rose."), is_xml(b"Grain <b>rose</b>")
    (True, True, False, False)
    """
    head = data[:_CHUNK].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head[:9].lower().startswith((b"<?xml", b"<!doctype", b"<html>")):
        return True
    return root_name(data) is not None and _parse(data, recover=False)[0] is not None


@lru_cache(maxsize=4096)
def split_tag(tag: object) -> tuple[str, str]:
    """Namespace and local name of an lxml tag; an undeclared prefix counts as none, comments are ("", "").

    >>> split_tag("{http://www.w3.org/1999/xhtml}p"), split_tag("tei:p")
    (('http://www.w3.org/1999/xhtml', 'p'), ('', 'p'))
    """
    if not isinstance(tag, str):
        return "", ""
    namespace, _, local = tag.rpartition("}")
    return namespace.removeprefix("{"), local.rpartition(":")[2]


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and processing instructions."""
    return split_tag(element.tag)[1]


def without_namespaces(root: etree._Element) -> etree._Element:
    """The same tree with the namespaces of its elements taken off: people publish with any, a prefix, or none."""
    for element in root.iter(etree.Element):
        if "}" in element.tag or ":" in element.tag:
            element.tag = split_tag(element.tag)[1] or "unnamed"
    return root


def _parse(data: bytes, *, recover: bool) -> tuple[etree._Element | None, Sequence[etree._LogEntry]]:
    parser = etree.XMLParser(recover=recover, **_SAFE)  # type: ignore[arg-type]
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError, AssertionError):
        return None, list(parser.error_log)  # the error's own log holds the faults of other files too
    return root, list(parser.error_log)


def _encoding_of(root: etree._Element) -> str:
    return (root.getroottree().docinfo.encoding or "utf-8").lower()


def _refuse_attacks(faults: Sequence[etree._LogEntry], name: str) -> None:
    for fault in faults:
        for mark, what in _LIMITS.items():
            if mark.lower() in fault.message.lower():
                raise InputError(f"{name}, line {fault.line}: it is not read, since {what}; check where it is from")


def _first(faults: Sequence[etree._LogEntry]) -> str:
    return f"{faults[0].message} (line {faults[0].line})" if faults else "it holds no element"


def _decode(data: bytes, name: str) -> tuple[str, str]:
    declared = _DECLARED.search(data[:400])
    if declared is not None and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        raise InputError(f"{name}: its XML cannot be read: {decoded.reason}")
    return decoded.text, decoded.encoding


def _mend(decoded: tuple[str, str]) -> tuple[str, str, list[Complaint]]:
    """The text without its declaration, with what libxml2 would drop written so that it is kept."""
    text, encoding = decoded
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    text, controls = _CONTROL.subn("\ufffd", text)
    start = _after_doctype(text)
    declared = frozenset(_ENTITY.findall(text[:start])) | _PREDEFINED
    unknown: list[str] = []
    mended = text[:start] + "".join(_escape(text, start, declared, unknown))
    complaints: list[Complaint] = []
    if unknown:
        named = ", ".join(dict.fromkeys(unknown))
        said = (
            f"The file refers to entities that it does not define ({named[:200]}); they stand in the text as they are."
        )
        complaints.append(("xml-entity-unknown", said, "Write the characters themselves, in UTF-8."))
    if controls:
        said = f"{controls} characters that XML forbids were read as U+FFFD."
        complaints.append(("xml-forbidden-character", said, "Look at these places in the source."))
    return mended, encoding, complaints


def _after_doctype(text: str) -> int:
    begin = text.find("<!DOCTYPE", 0, _CHUNK)
    if begin < 0:
        return 0
    close, subset = text.find(">", begin), text.find("[", begin)
    if 0 <= subset < close:
        end = _DOCTYPE_END.search(text, subset)
        return end.end() if end else begin
    return close + 1


def _escape(text: str, start: int, declared: frozenset[str], unknown: list[str]) -> Iterator[str]:
    """The content with bare "&" and "<" escaped and undeclared entities resolved by HTML's names."""
    position = start
    while (special := _SPECIAL.search(text, position)) is not None:
        begin = special.start()
        yield text[position:begin]
        closing = {"<!--": "-->", "<![CDATA[": "]]>"}.get(special.group())
        end = text.find(closing, begin) if closing else -1
        if closing and end >= 0:
            position = end + len(closing)
            yield text[begin:position]
            continue
        reference = _REFERENCE.match(text, begin)
        if reference is None:
            position = begin + 1
            yield html.escape(text[begin])
            continue
        position = reference.end()
        name = reference["name"]
        if name is None or name in declared:
            yield reference.group()
        elif f"{name};" in html5:
            yield html.escape(html5[f"{name};"], quote=False)
        else:
            unknown.append(name)
            yield f"&amp;{name};"
    yield text[position:]


def _complaints(faults: Sequence[etree._LogEntry]) -> Iterator[Complaint]:
    bad = [fault for fault in faults if fault.type_name == "DTD_XMLID_VALUE"]
    double = [fault for fault in faults if fault.type_name == "DTD_ID_REDEFINED"]
    rest = [fault for fault in faults if fault.type_name not in ("DTD_XMLID_VALUE", "DTD_ID_REDEFINED")]
    if bad:
        said = f"{len(bad)} ids are no XML names; the first in line {bad[0].line}: {_detail(bad[0])}."
        yield "xml-id-invalid", said, "An xml:id begins with a letter or _ and holds no space, colon or slash."
    if double:
        said = f"{len(double)} ids stand twice; the first in line {double[0].line}: {_detail(double[0])}."
        yield "xml-id-duplicate", said, "Give each element an id of its own; links go to the first that bears it."
    if rest:
        said = f"The XML is not well-formed; {len(rest)} faults were mended, the first in line {rest[0].line}: "
        yield "xml-not-well-formed", f"{said}{_detail(rest[0])}.", "Mend the file with an XML editor and read it again."


def _detail(fault: etree._LogEntry) -> str:
    return " ".join(fault.message.split()).rstrip(".")[:200]


def _losses(text: str, root: etree._Element) -> Iterator[Complaint]:
    """Whether characters between the tags of the file are missing from the tree."""
    outside = html.unescape(_TAG.sub("", "".join(_without_comments(text[_after_doctype(text) :]))))
    there = len("".join(outside.split()))
    kept = sum(len("".join(str(part).split())) for part in root.itertext())
    if there - kept > 0:
        said = f"About {there - kept} characters of the file could not be read, since its XML is broken."
        yield "xml-text-lost", said, "Mend the file with an XML editor and read it again."


def _without_comments(text: str) -> Iterator[str]:
    position = 0
    while (begin := text.find("<!--", position)) >= 0 and (end := text.find("-->", begin)) >= 0:
        yield text[position:begin]
        position = end + 3
    yield text[position:].replace("<![CDATA[", "").replace("]]>", "")
