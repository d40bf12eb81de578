"""Structured formats to Articles: a reader says what its format says (``outline``), ``build`` makes the Article of it.

One way for all: the outline is written out as a linear extraction (``extraction``), what the format leaves unsaid is
read by ``corpus.layout`` as in a plain text, and the Article is assembled by the same Assembler.
"""

from corpus.structure.build import build_article
from corpus.structure.outline import (
    Cited,
    Dropped,
    Entry,
    NoteRef,
    Outline,
    OutlineBlock,
    OutlineNote,
    PageBreak,
    Piece,
    Styled,
    plain,
)

__all__ = [
    "Cited",
    "Dropped",
    "Entry",
    "NoteRef",
    "Outline",
    "OutlineBlock",
    "OutlineNote",
    "PageBreak",
    "Piece",
    "Styled",
    "build_article",
    "plain",
]
