"""Bytes to the tree of a page: what looks like HTML, which encoding it is in, and how deep it may be nested."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from typing import NamedTuple

from lxml import etree

from corpus.markup.walk import DEEPEST
from corpus.markup.xml import Complaint, root_name, strict_xml, without_namespaces
from corpus.readers.decode import Decoded, Undecodable, decode
from corpus.readers.not_mine import NotMine
from schemas.errors import InputError

XHTML = "http://www.w3.org/1999/xhtml"
_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml")
_OTHER_SUFFIXES = (
    ".md",
    ".markdown",
    ".mdown",
    ".mkd",
    ".qmd",
    ".rmd",
    ".rst",
    ".rest",
    ".tex",
    ".latex",
    ".ltx",
    ".jsonl",
)
_HEAD = 4096
_PROLOGUE = re.compile(
    r"(?:\s|\ufeff|<!DOCTYPE\s+(?!html)[^<>\[\]]{0,400}(?:\[[^\[\]]{0,2000}\])?\s*>|<!--(?:(?!-->)[\s\S]){0,2000}-->|<\?[^>]{0,400}>)*"
)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_BLOCK = re.compile(
    r"<(?:div|p|h[1-6]|article|section|main|body|head|title|meta|blockquote|table|ul|ol|header|figure)(?:\s[^<>]{0,400})?>",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</(?:p|div|h[1-6]|li|em|i|b|strong|sup|a|span|section|article|body|html|table|blockquote|title)\s*>",
    re.IGNORECASE,
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}\?>")
_NAMING = ("class", "id", "role", "type", "epub:type", "{http://www.idpf.org/2007/ops}type", "itemprop")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Page(NamedTuple):
    """The tree of a page, the encoding of its file, and what had to be guessed or replaced."""

    root: etree._Element
    encoding: str
    complaints: tuple[Complaint, ...] = ()


def parse_page(data: bytes, name: str) -> Page | NotMine:
    """The tree of a file that is HTML, XHTML, a fragment of either, or a page saved with its parts (MHTML)."""
    data, inner = _unwrapped(data)
    reason = None if inner else _declined(data, name)
    if reason is not None:
        return NotMine(reason)
    root = strict_xml(data) if root_name(data) is not None else None
    if root is not None:
        return Page(_levelled(without_namespaces(root)), (root.getroottree().docinfo.encoding or "utf-8").lower())
    decoded = _decoded(data)
    if isinstance(decoded, Undecodable):
        return NotMine(decoded.reason)
    text = _DECLARATION.sub("", decoded.text.lstrip("\ufeff"), count=1)
    text, controls = _CONTROL.subn("\ufffd", text)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"{name}: its HTML cannot be read: {error}; save the page again or as text") from error
    if any("depth" in fault.message for fault in parser.error_log):
        raise InputError(f"{name}: its elements are nested more than 2000 deep; check where it is from")
    if root is None:
        return NotMine("it is HTML without any text")
    return Page(_levelled(root), decoded.encoding, tuple(_complaints(decoded, controls)))


def _unwrapped(data: bytes) -> tuple[bytes, bool]:
    """The page inside an MHTML file, which is a mail with the page as its first HTML part; other files as they are."""
    head = data[:_HEAD].lower()
    if b"mime-version:" not in head or b"multipart/related" not in head:
        return data, False
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                charset = part.get_content_charset() or ""
                try:
                    return content.decode(charset).encode("utf-8") if charset else content, True
                except (LookupError, UnicodeDecodeError):
                    return content, True
    return data, False


def _declined(data: bytes, name: str) -> str | None:
    """Why a file is no HTML; None where it is. A text that merely holds a tag is a text."""
    root = root_name(data)
    if root is not None and root[0] == XHTML:
        return None
    head = decode(data[: _HEAD * 4])
    if isinstance(head, Undecodable):
        return head.reason
    start = _PROLOGUE.match(head.text)
    begin = head.text[start.end() if start else 0 :]
    if _PAGE.match(begin):
        return None
    if root is not None and "<para" in head.text:
        return "it is DocBook; convert it to HTML or JATS with pandoc"
    if root is not None and root[0]:
        return f"its outermost element is {root[1]} of another vocabulary"
    if root is not None and not _BLOCK.match(f"<{root[1]}>") and root[1].lower() != "html":
        return f"its outermost element is {root[1]}, which is not HTML's"
    lower = name.lower()
    if lower.endswith(_OTHER_SUFFIXES):
        return "it does not begin as an HTML page does"
    if lower.endswith(_SUFFIXES) and (_TAG.search(head.text) or _BLOCK.search(head.text)):
        return None
    if _BLOCK.match(begin) and len(_TAG.findall(begin)) >= 1:
        return None
    return "it does not begin with a tag of HTML"


def _decoded(data: bytes) -> Decoded | Undecodable:
    """Byte-order mark or valid UTF-8 first, then what the page declares, then the detector."""
    declared = _META.search(data[:_HEAD]) or re.search(rb"<\?xml[^>]{0,200}encoding=[\"']([\w.:-]+)", data[:200])
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8") if b"\x00" not in data else decode(data)
    except UnicodeDecodeError:
        pass
    if declared is not None and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        label = declared[1].decode("ascii", "ignore").lower()
        label = (
            "cp1252" if label in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else label
        )  # as browsers do
        try:
            if label not in ("utf-8", "utf8"):
                return Decoded(data.decode(label), codecs.lookup(label).name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data)


def _levelled(root: etree._Element) -> etree._Element:
    """The tree with elements below a great depth dissolved: pages with unclosed tags nest without an end."""
    depth: dict[etree._Element, int] = {root: 0}
    deep: list[etree._Element] = []
    for element in root.iter(etree.Element):
        parent = element.getparent()
        depth[element] = level = depth[parent] + 1 if parent is not None else 0
        if level >= DEEPEST - 20:
            deep.append(element)
    for element in reversed(deep):
        dissolve(element)
    return root


def dissolve(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    index = parent.index(element)
    _append_text(parent, index, element.text)
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "") or None
    else:
        _append_text(parent, index, element.tail)
    parent[index : index + 1] = children


def take_out(element: etree._Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _append_text(parent, parent.index(element), element.tail)
    element.tail = None
    parent.remove(element)


def _append_text(parent: etree._Element, index: int, text: str | None) -> None:
    """Text put before the child at ``index``."""
    if not text:
        return
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _complaints(decoded: Decoded, controls: int) -> list[Complaint]:
    found: list[Complaint] = []
    hint = "Save the page as UTF-8 and read it again."
    if decoded.guessed:
        said = f"The page does not say its encoding; it was read as {decoded.encoding}."
        found.append(("encoding-guessed", said, hint))
    if decoded.damaged or controls:
        said = f"{decoded.damaged + controls} characters could not be read; they are U+FFFD."
        found.append(("undecodable", said, hint))
    return found


def classes(element: etree._Element) -> str:
    """Class, id, role and type of an element in one lower-case string, for patterns."""
    if not element.attrib or not isinstance(element.tag, str):
        return ""
    return " ".join(element.get(name) or "" for name in _NAMING).casefold()
