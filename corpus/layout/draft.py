"""What layout hands from one step to the next: blocks that still know their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.layout.lines import Line
from schemas.records import BlockKind

ZoneKind = Literal["abstract", "keywords", "how-to-cite", "notes", "references"]


@dataclass(slots=True)
class Draft:
    """A block to be: its lines, its kind, and the spans of the source that are lifted out of it."""

    kind: BlockKind
    lines: list[Line]
    level: int | None = None
    n: str | None = None
    label: tuple[int, int] | None = None
    zone: ZoneKind | None = None
    lang: str | None = None
    row: int | None = None
    col: int | None = None
    rows: int | None = None
    cols: int | None = None
    table: int | None = None  # which table of the document a cell belongs to

    @property
    def text(self) -> str:
        """The lines joined by spaces; enough to judge a block, not its final text."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class NoteDraft:
    """A note to be: its number, the blocks of its body, and the page whose foot it stands on (None: at the end).

    ``place`` is what the format itself says of it, where it says so.
    """

    number: int
    label: str
    blocks: list[Draft]
    page: int | None = None
    place: Literal["foot", "end", "inline"] | None = None


@dataclass(slots=True)
class Lifted:
    """A number taken out of the text as a note marker (with the index of its note) or as a superscript citation."""

    start: int
    end: int
    label: str
    note: int | None = None
    citation: bool = False
    damaged: bool = False  # what stands there is not the number; it was read so because it alone can be


@dataclass(slots=True)
class Plan:
    """A whole document before its text is written."""

    body: list[Draft] = field(default_factory=list)
    notes: list[NoteDraft] = field(default_factory=list)
    references: list[Draft] = field(default_factory=list)
    lifted: Sequence[Lifted] = ()
