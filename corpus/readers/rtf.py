"""Rich Text Format (RTF), through pandoc."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.pandoc import read_with_pandoc
from corpus.readers.not_mine import NotMine
from schemas.records import Article


def read_rtf(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of an RTF document."""
    if not data.lstrip().startswith(b"{\\rtf"):
        return NotMine("it is no RTF document")
    # Some writers mark footnotes as skippable, and pandoc would skip them.
    return read_with_pandoc(data.replace(b"{\\*\\footnote", b"{\\footnote"), name, "rtf", "application/rtf")
