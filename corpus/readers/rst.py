"""reStructuredText, through pandoc."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.pandoc import read_with_pandoc
from corpus.readers.decode import Undecodable, decode
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_NOTE = re.compile(r"^\.\. \[(?:#\w*|\d+|\*|\w+)\](?:[ \t]|$)", re.MULTILINE)  # ".. [1] Sutton, ..."
_NOTE_REF = re.compile(r"\[(?:#\w*|\d+|\*|\w+)\]_")
_SUFFIXES = (".rst", ".rest")


def read_rst(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a reStructuredText: by its footnotes, or by its name."""
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return NotMine(decoded.reason)
    noted = _NOTE.search(decoded.text) and _NOTE_REF.search(decoded.text)
    if not noted and not name.lower().endswith(_SUFFIXES):
        return NotMine("it is no reStructuredText")
    text = decoded.text.removeprefix("\ufeff").encode("utf-8", "replace")
    return read_with_pandoc(text, name, "rst", "text/x-rst", encoding=decoded.encoding)
