"""E-books (EPUB), through pandoc: all chapters in reading order, as one article."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.pandoc import members_of, read_with_pandoc
from corpus.pandoc.archive import read_member
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_MEDIA_TYPE = "application/epub+zip"


def read_epub(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of an e-book."""
    members = members_of(data, name)
    if members is None:
        return NotMine("it is no e-book (EPUB)")
    typed = read_member(data, "mimetype").strip() == _MEDIA_TYPE.encode()
    if not typed and "META-INF/container.xml" not in members:
        return NotMine("it is no e-book (EPUB)")
    return read_with_pandoc(data, name, "epub", _MEDIA_TYPE, notes=("end",))
