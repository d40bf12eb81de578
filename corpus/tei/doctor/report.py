"""One repair of the doctor, and where it was made."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree


class Repair(NamedTuple):
    """The line of the file as it was, a code, and what was done in words."""

    line: int
    code: str
    message: str


def repair(element: etree._Element, code: str, message: str) -> Repair:
    """A repair of an element."""
    line: Any = element.sourceline  # lxml-stubs type it as an ellipsis
    return Repair(int(line or 1), code, message)
