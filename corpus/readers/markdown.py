"""Markdown, through pandoc: footnotes ("[^1]"), citation keys ("[@sutton1968, p. 12]"), tables, a YAML header.

Offsets count the extraction, not the file: pandoc's tree does not say where in a Markdown file its notes and citations
stand. Quotation marks and dashes stay as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.pandoc import read_with_pandoc
from corpus.readers.decode import Undecodable, decode
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_NOTE = re.compile(r"^ {0,3}\[\^(?P<key>[^\]\s]{1,60})\]:", re.MULTILINE)
_HEADER = re.compile(r"\A\ufeff?---[ \t]*\r?\n[A-Za-z][\w-]*:.{0,5000}?\r?\n(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd")
_FORM = "markdown-smart-example_lists"


def read_markdown(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a Markdown text: by its footnotes or its header, or by its name."""
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return NotMine(decoded.reason)
    if not name.lower().endswith(_SUFFIXES) and not _looks_like_it(decoded.text):
        return NotMine("it is no Markdown")
    text = decoded.text.removeprefix("\ufeff").encode("utf-8", "replace")
    return read_with_pandoc(text, name, _FORM, "text/markdown", encoding=decoded.encoding)


def _looks_like_it(text: str) -> bool:
    if any(f"[^{note['key']}]" in text[: note.start()] for note in _NOTE.finditer(text)):
        return True
    return _HEADER.match(text) is not None and _HEADING.search(text) is not None
