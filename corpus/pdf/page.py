"""What pdfium tells of a document, in plain records: they cross from the worker process to the reader.

Coordinates are points (1/72 inch) from the top left corner of the page as it is displayed: x to the right, y down.
"""

from __future__ import annotations

import msgspec


class Run(msgspec.Struct, array_like=True):
    """Characters of one text object on one baseline: ``lefts`` and ``rights`` are the edges of each character.

    ``y`` is the baseline, ``size`` the font size in points as it appears on the page.
    """

    text: str
    lefts: list[float]
    rights: list[float]
    y: float
    size: float
    bold: bool = False
    italic: bool = False


class Rule(msgspec.Struct, array_like=True):
    """A thin horizontal line that is drawn on the page."""

    x0: float
    x1: float
    y: float


class Page(msgspec.Struct, array_like=True):
    """One page, turned upright.

    ``turn`` counts the quarter turns clockwise that made its text upright after the page's own rotation; ``pictured`` is
    the share of its area that pictures cover; ``aside`` is text in another direction than the page's; ``hidden`` and
    ``unmapped`` count characters that nobody sees and characters without a Unicode value.
    """

    number: int
    width: float
    height: float
    runs: list[Run]
    rules: list[Rule] = []
    label: str = ""
    turn: int = 0
    pictured: float = 0.0
    aside: list[str] = []
    hidden: int = 0
    unmapped: int = 0
    recognized: bool = False  # its text is the invisible layer that an OCR program laid under a picture


class Extracted(msgspec.Struct, tag=True):
    """A whole document: pages, and what its information dictionary says."""

    pages: list[Page]
    info: dict[str, str] = {}
    extractor: str = ""


class Refused(msgspec.Struct, tag=True):
    """Why there are no pages: what is wrong and what to do, as the end of a sentence."""

    reason: str


Answer = Extracted | Refused


def turned(x: float, y: float, width: float, height: float, turn: int) -> tuple[float, float]:
    """A point of a displayed page (``width`` by ``height``) after ``turn`` quarter turns counter-clockwise.

    >>> turned(10, 20, 100, 200, 1)
    (20, 90)
    """
    for _ in range(turn % 4):
        x, y = y, width - x
        width, height = height, width
    return x, y
