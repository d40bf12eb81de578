"""Plain text to an Article: decoded and cut into lines here; what the lines are is read in ``corpus.layout``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from corpus.layout.columns import unroll
from corpus.layout.compose import lay_out
from corpus.layout.lines import split_lines
from corpus.layout.rearranged import put_back
from corpus.markup.xml import is_xml
from corpus.readers.decode import Decoded, Undecodable, decode
from corpus.readers.not_mine import NotMine
from schemas.records import Article, Source

_MOST_LINES = 2_000_000


def read_text(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a plain-text file."""
    if is_xml(data):
        return NotMine("it is XML or HTML, not plain text")
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return NotMine(decoded.reason)
    lines = split_lines(decoded.text)
    if not lines:
        return NotMine("it holds no text")
    if len(lines) > _MOST_LINES:
        return NotMine(f"it has more than {_MOST_LINES} lines; split it into papers")
    source = Source(name, "text/plain", hashlib.sha256(data).hexdigest(), decoded.encoding)
    columns = unroll(decoded.text, lines)
    if columns is None:
        return (lay_out(decoded.text, lines, source, _complaints(decoded)),)
    article = lay_out(columns.text, split_lines(columns.text), source, _complaints(decoded), breaks=columns.breaks)
    return (put_back(article, columns.pieces, decoded.text),)


def _complaints(decoded: Decoded) -> Iterator[tuple[str, str, str]]:
    """What the reader of the article must be told about its encoding: code, message, hint."""
    hint = "Save the file as UTF-8 and read it again."
    if decoded.guessed:
        yield "encoding-guessed", f"The file does not say its encoding; it was read as {decoded.encoding}.", hint
    if decoded.damaged:
        yield (
            "undecodable",
            f"{decoded.damaged} characters could not be read as {decoded.encoding}; they are U+FFFD.",
            hint,
        )
