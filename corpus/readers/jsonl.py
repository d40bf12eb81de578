"""JSON Lines of short texts: every line ``{"id", "text"}`` is one Article, its text taken exactly as it is.

Nothing is lifted and nothing repaired, since the offsets are those of the given text. Lines end at "\\n" only: a text
may hold U+2028 or U+0085.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from corpus.readers.not_mine import NotMine
from schemas.errors import InputError
from schemas.ids import Ids
from schemas.offsets import identity
from schemas.records import Article, Block, Metadata, Source

_HINT = 'each line must be a JSON object with the strings "id" and "text"'


class _Short(msgspec.Struct):
    """One line; other keys are ignored."""

    id: str
    text: str


def read_jsonl(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """One article for each line that is not blank."""
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if not name.lower().endswith((".jsonl", ".ndjson")) and not _looks_like_it(lines):
        return NotMine('its first line is no JSON object with "id" and "text"')
    return tuple(_article(line, name, number) for number, line in enumerate(lines, start=1) if line.strip())


def _looks_like_it(lines: Sequence[bytes]) -> bool:
    first = next((line for line in lines if line.strip()), b"")
    if not first.lstrip().startswith(b"{"):
        return False
    try:
        msgspec.json.decode(first, type=_Short)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True


def _article(line: bytes, name: str, number: int) -> Article:
    where = f"{name}, line {number}"
    try:
        short = msgspec.json.decode(line, type=_Short)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{where}: {error}; {_HINT}") from error
    try:
        return one_block_article(short.text, short.id, name)
    except UnicodeEncodeError as error:
        raise InputError(
            f"{where}: the text holds a lone surrogate at offset {error.start}; write it as UTF-8"
        ) from error


def one_block_article(text: str, id: str, name: str) -> Article:
    """A text taken as it is, as an article of one paragraph; UnicodeEncodeError where half a character stands in it."""
    id.encode()
    return Article(
        id=id,
        source=Source(
            name=name,
            media_type="application/jsonl",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            encoding="utf-8",
        ),
        metadata=Metadata(),
        text=text,
        offsets=identity(text),
        blocks=(Block(Ids("b").make(f"paragraph|{text}"), "paragraph", 0, len(text)),),
    )
