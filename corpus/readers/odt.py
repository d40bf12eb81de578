"""OpenDocument texts (ODT), through pandoc."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.pandoc import NotePlace, members_of, read_with_pandoc
from corpus.pandoc.archive import read_member
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_CLASS = re.compile(rb"\btext:note-class=[\"'](foot|end)note[\"'](?=[^>]*>\s*<text:note-citation)")


def read_odt(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of an OpenDocument text."""
    if members_of(data, name) is None or not read_member(data, "mimetype").startswith(_MEDIA_TYPE.encode()):
        return NotMine("it is no OpenDocument text (ODT)")
    classes = _CLASS.findall(read_member(data, "content.xml", most=100_000_000))
    places: list[NotePlace] = ["end" if each == b"end" else "foot" for each in classes] or ["foot"]
    return read_with_pandoc(data, name, "odt", _MEDIA_TYPE, notes=places)
