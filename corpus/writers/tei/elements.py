"""What every TEI module needs: elements in the TEI namespace, and strings made fit for XML and for TEI's datatypes."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Everything that XML 1.0 cannot hold: C0 controls, surrogates, U+FFFE and U+FFFF.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_WORD = re.compile(r"[^\w.,:;%/+*()\[\]'&$£€¥§°-]+")
_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
# Hosts with digits after a colon only: libxml2 refuses "https://doi:10.1177/..." as a URI, which jing accepts.
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?(?:[/?#]\S*)?")


def clean(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot hold, of the same length."""
    return text if text.isprintable() else FORBIDDEN.sub("\ufffd", text)


def element(tag: str, text: str | None = None, **attributes: str | None) -> etree._Element:
    """A TEI element; attributes that are None are left out, ``id`` and ``lang`` mean ``xml:id`` and ``xml:lang``."""
    made = etree.Element(f"{{{TEI}}}{tag}", _named(attributes), _NAMESPACES)
    if text:
        made.text = clean(text)
    return made


def sub(parent: etree._Element, tag: str, text: str | None = None, **attributes: str | None) -> etree._Element:
    """A new last child of ``parent``; attributes as in ``element``."""
    made = etree.SubElement(parent, f"{{{TEI}}}{tag}", _named(attributes))
    if text:
        made.text = clean(text)
    return made


def _named(attributes: dict[str, str | None]) -> dict[str, str]:
    return {
        _ATTRIBUTES.get(name, name): value if value.isprintable() else clean(value)
        for name, value in attributes.items()
        if value is not None
    }


_NAMESPACES: Any = {None: TEI}  # lxml-stubs know no default namespace
_ATTRIBUTES = {"id": XML_ID, "lang": XML_LANG, "space": XML_SPACE}


def local_name(made: etree._Element) -> str:
    """The tag without its namespace; "" for comments and processing instructions."""
    tag = made.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def word(text: str | None) -> str | None:
    """TEI's data.word: one word without spaces and controls; None where nothing is left.

    >>> word("metric ton"), word("kg/ha"), word("  ")
    ('metric-ton', 'kg/ha', None)
    """
    if text is None:
        return None
    return _NO_WORD.sub("-", text.strip()).strip("-") or None


@lru_cache(maxsize=512)
def xml_name(text: str) -> str:
    """A name that XML accepts, like the text.

    >>> xml_name("{http://www.w3.org/1999/xhtml}class"), xml_name("1st")
    ('http-www.w3.org-1999-xhtml-class', '_1st')
    """
    name = _NO_NAME.sub("-", text).strip("-")
    return name if re.match(r"[A-Za-z_]", name) else f"_{name}"


def language(tag: str | None) -> str | None:
    """A language tag that xml:lang accepts, else None."""
    return tag if tag is not None and _LANGUAGE.fullmatch(tag) else None


def web_address(text: str | None) -> str | None:
    """A URL fit for a pointer (odd characters percent-encoded), None where it is no clean http(s) address."""
    if text is None:
        return None
    encoded = quote(clean(text.strip()), safe="%/:?#@!$&'()*+,;=~-._")
    encoded = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", encoded)
    head, mark, fragment = encoded.partition("#")
    encoded = head + mark + fragment.replace("#", "%23")
    return encoded if _WEB_ADDRESS.fullmatch(encoded) else None


def certainty(confidence: float | None) -> str | None:
    """TEI's @cert of a confidence 0..1; the exact number stands in the features of the annotation."""
    if confidence is None or math.isnan(confidence):
        return None
    if confidence >= 0.9:
        return "high"
    return "medium" if confidence >= 0.6 else "low"
