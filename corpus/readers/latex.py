"""LaTeX sources, through pandoc: footnotes and citation commands; nothing in them is ever run or fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.pandoc import read_with_pandoc
from corpus.readers.decode import Undecodable, decode
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_SURE = re.compile(r"^[^%\n]{0,200}\\(?:documentclass|begin\{document\})", re.MULTILINE)
_COMMAND = re.compile(
    r"\\(?:chapter|section|subsection|paragraph|footnote|\w*cite\w*|emph|textit|begin)\*?(?:\[[^\]]*\])?\{"
)
_SUFFIXES = (".tex", ".latex", ".ltx")
_HEAD = 200_000


def read_latex(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a LaTeX source: a whole document, or a chapter that a document takes in."""
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return NotMine(decoded.reason)
    head = decoded.text[:_HEAD]
    if not _SURE.search(head) and not (name.lower().endswith(_SUFFIXES) and _COMMAND.search(head)):
        return NotMine("it is no LaTeX source")
    text = decoded.text.removeprefix("\ufeff").encode("utf-8", "replace")
    return read_with_pandoc(text, name, "latex", "application/x-latex", encoding=decoded.encoding)
