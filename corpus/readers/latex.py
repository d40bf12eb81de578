"""LaTeX sources, through pandoc: footnotes and citation commands; nothing in them is ever run or fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.pandoc import ENTRY_ANCHOR, read_with_pandoc
from corpus.readers.decode import Undecodable, decode
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_SURE = re.compile(r"^[^%\n]{0,200}\\(?:documentclass|begin\{document\})", re.MULTILINE)
_COMMAND = re.compile(
    r"\\(?:chapter|section|subsection|paragraph|footnote|\w*cite\w*|emph|textit|begin)\*?(?:\[[^\]]*\])?\{"
)
_SUFFIXES = (".tex", ".latex", ".ltx")
_HEAD = 200_000
_WIDEST_LABEL = re.compile(r"\\begin\{thebibliography\}\s*\{[^{}\n]{0,40}\}")
_BIBITEM = re.compile(r"\\bibitem\s*(?:\[(?:[^\[\]{}]|\{[^{}]*\}){0,200}\])?\s*\{(?P<key>[^{}\n]{1,200})\}")


def read_latex(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a LaTeX source: a whole document, or a chapter that a document takes in."""
    decoded = decode(data)
    if isinstance(decoded, Undecodable):
        return NotMine(decoded.reason)
    head = decoded.text[:_HEAD]
    if not _SURE.search(head) and not (name.lower().endswith(_SUFFIXES) and _COMMAND.search(head)):
        return NotMine("it is no LaTeX source")
    text = _with_entries(decoded.text.removeprefix("\ufeff")).encode("utf-8", "replace")
    return read_with_pandoc(text, name, "latex", "application/x-latex", encoding=decoded.encoding)


def _with_entries(text: str) -> str:
    """The source with a paragraph for each ``\\bibitem`` that keeps its key: pandoc would run them all together."""
    text = _WIDEST_LABEL.sub(r"\\begin{thebibliography}", text)
    return _BIBITEM.sub(lambda item: f"\n\n\\hypertarget{{{ENTRY_ANCHOR}{item['key'].strip()}}}{{}}", text)
