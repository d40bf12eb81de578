"""What is wrong in a TEI file, and where: what all rules share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


class Finding(NamedTuple):
    """What is wrong, in which line, how it is called, what to do, and the xml:id nearest to it."""

    line: int
    code: str
    message: str
    hint: str = ""
    about: str = ""


def finding(element: etree._Element, code: str, message: str, hint: str = "") -> Finding:
    """A finding about an element; it names the xml:id of the element, or of the nearest one around it."""
    return Finding(line_of(element), code, message, hint, _nearest_id(element))


def elements(root: etree._Element) -> Iterator[etree._Element]:
    """All elements, without comments and processing instructions."""
    return (each for each in root.iter() if isinstance(each.tag, str))


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; "" for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def line_of(element: etree._Element) -> int:
    """The line in which an element begins."""
    line: Any = element.sourceline  # lxml-stubs type it as an ellipsis
    return int(line or 1)


def _nearest_id(element: etree._Element) -> str:
    found: etree._Element | None = element
    while found is not None:
        if (name := found.get(XML_ID)) is not None:
            return name
        found = found.getparent()
    return ""
