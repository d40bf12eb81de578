"""One character of a row of text."""

from __future__ import annotations

from typing import NamedTuple


class Glyph(NamedTuple):
    """One character of a row: its edges and look; ``shift`` is 1 for raised, -1 for lowered; ``spaces`` before it."""

    text: str
    x0: float
    x1: float
    size: float
    bold: bool
    italic: bool
    shift: int
    spaces: int = 0
