"""Where the elements of a ``text`` stand: in which block, from which of its characters to which (law 3).

A block's characters are its element's string value without ``note``, ``label`` and ``fw`` below it, so a page number or a
note inside a paragraph moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from lxml import etree

from corpus.markup.walk import XML_ID
from corpus.markup.xml import local

NOT_TEXT = frozenset({"note", "label", "fw"})
_STRING_RANGE = re.compile(r"#string-range\((?P<id>[^\s,()#]+),(?P<offset>\d+),(?P<length>\d+)\)")
_RANGE = re.compile(
    r"#range\(string-index\((?P<id>[^\s,()#]+),(?P<offset>\d+)\),string-index\((?P<id2>[^\s,()#]+),(?P<offset2>\d+)\)\)"
)


class Spot(NamedTuple):
    """A stretch of one block: half-open, code points of the block's text."""

    block: str
    start: int
    end: int


class Ends(NamedTuple):
    """What a pointer into the text says: a point in one block and a point in the same or another."""

    block: str
    start: int
    last_block: str
    end: int


def read_pointer(pointer: str) -> Ends | None:
    """The two ends of ``string-range`` or ``range``; None for any other pointer.

    >>> read_pointer("#string-range(b-1,4,3)")
    Ends(block='b-1', start=4, last_block='b-1', end=7)
    """
    if found := _STRING_RANGE.fullmatch(pointer):
        start = int(found["offset"])
        return Ends(found["id"], start, found["id"], start + int(found["length"]))
    if found := _RANGE.fullmatch(pointer):
        return Ends(found["id"], int(found["offset"]), found["id2"], int(found["offset2"]))
    return None


def find_spots(text: etree._Element, blocks: Container[str]) -> dict[etree._Element, Spot]:
    """The spot of every element that stands inside a block, and of the blocks themselves; ``blocks`` are their xml:ids."""
    spots: dict[etree._Element, Spot] = {}
    begun: list[tuple[etree._Element, str, int, int]] = []  # element, its block, where the block and it begin
    position = 0
    for event, element in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
        if event == "start":
            name = element.get(XML_ID)
            block, base = (begun[-1][1], begun[-1][2]) if begun else ("", 0)
            if name is not None and name in blocks:
                block, base = name, position
            begun.append((element, block, base, position))
            position += len(element.text or "")
            continue
        if event == "end":
            _, block, base, at = begun.pop()
            if block:
                spots[element] = Spot(block, at - base, position - base)
            if local(element) in NOT_TEXT:
                position = at
        position += len(element.tail or "")
    return spots
