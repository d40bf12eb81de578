"""OpenDocument texts (ODT), through pandoc."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.pandoc import members_of, read_with_pandoc
from corpus.pandoc.archive import read_member
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def read_odt(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of an OpenDocument text."""
    if members_of(data, name) is None or not read_member(data, "mimetype").startswith(_MEDIA_TYPE.encode()):
        return NotMine("it is no OpenDocument text (ODT)")
    return read_with_pandoc(data, name, "odt", _MEDIA_TYPE)
