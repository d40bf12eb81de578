"""Pandoc's JSON syntax tree to an outline: what every format that pandoc reads has in common."""

from corpus.pandoc.archive import members_of
from corpus.pandoc.blocks import ENTRY_ANCHOR
from corpus.pandoc.document import NotePlace, read_with_pandoc

__all__ = ["ENTRY_ANCHOR", "NotePlace", "members_of", "read_with_pandoc"]
