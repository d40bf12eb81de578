"""What a structured format says of an article: blocks of pieces, notes, entries of the reference list, metadata.

>>> block = OutlineBlock("paragraph", ("Grain rose", NoteRef("n1", "1"), " in ", Styled(("spring",), "hi"), "."))
>>> plain(block.pieces)
'Grain rose in spring.'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from schemas.records import BlockKind, CitationKind, CslItem, EditKind, Metadata


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A note marker: the key of its note, and its label as printed ("" where only the note has one)."""

    note: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The point where a printed page begins."""

    label: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation that the format marks up: its words and the keys of the entries it names.

    ``library`` says that the keys are those of a library outside the document (a ``.bib``), not of its own entries.
    A ``kind`` of "superscript" is lifted out of the text.
    """

    pieces: tuple[Piece, ...]
    keys: tuple[str, ...]
    kind: CitationKind
    locator: str | None = None
    library: bool = False


@dataclass(frozen=True, slots=True)
class Styled:
    """Markup that we keep but do not model: a TEI element name with its attributes ("hi", {"rend": "italic"})."""

    pieces: tuple[Piece, ...]
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)


Piece = str | NoteRef | PageBreak | Cited | Styled


@dataclass(frozen=True, slots=True)
class OutlineBlock:
    """A block with what its format says of it; ``pointer`` is its XML id or XPath, ``table`` the key of its table."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int | None = None
    n: str | None = None
    lang: str | None = None
    pointer: str | None = None
    table: str | None = None
    row: int | None = None
    col: int | None = None
    rows: int | None = None
    cols: int | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text of the file that is no part of the article: navigation, cookie banners, running heads of a printed page."""

    text: str
    kind: EditKind = "boilerplate"


@dataclass(frozen=True, slots=True)
class OutlineNote:
    """A note: the key that its markers name, its label ("1", "*"), where it stands, its blocks."""

    key: str
    label: str
    blocks: tuple[OutlineBlock, ...]
    place: Literal["foot", "end", "inline"] = "end"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the reference list: the key that citations name, its printed label, and its fields where marked up.

    An entry whose block is a heading ("Primary sources") parts the list.
    """

    key: str
    block: OutlineBlock
    label: str = ""
    csl: CslItem | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole article; ``complaints`` are (code, message, hint) of Problems.

    ``typed`` says that the format marks only part of the structure, so that title, sections, reference list and note
    numbers that somebody merely typed are to be looked for in the text.
    """

    body: Sequence[OutlineBlock | Dropped]
    notes: Sequence[OutlineNote] = ()
    entries: Sequence[Entry] = ()
    metadata: Metadata = field(default_factory=Metadata)
    complaints: Sequence[tuple[str, str, str]] = ()
    typed: bool = False


def plain(pieces: Sequence[Piece]) -> str:
    """The words of some pieces; markers and superscript citations are none."""
    words = []
    for piece in pieces:
        if isinstance(piece, str):
            words.append(piece)
        elif isinstance(piece, Styled) or (isinstance(piece, Cited) and piece.kind != "superscript"):
            words.append(plain(piece.pieces))
    return "".join(words)
