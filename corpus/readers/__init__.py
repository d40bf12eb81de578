"""Readers: bytes to Articles, one file for each format.

To add a reader:

1. one file here with one public function ``(data, name) -> Sequence[Article] | NotMine``: it looks at the content
   before the name, declines with ``NotMine("reason")``, and raises InputError only for a file that is surely its own
   but broken;
2. it drives a ``schemas.offsets.Recorder``, so that the way back to the source is recorded, never found by comparing;
3. one line in ``READERS``, the choosy ones before plain text;
4. one test module in ``tests/corpus`` with a small file of your own, and the property that any bytes give an Article
   or an InputError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.readers.docx import read_docx
from corpus.readers.epub import read_epub
from corpus.readers.html import read_html
from corpus.readers.jats import read_jats
from corpus.readers.jsonl import read_jsonl
from corpus.readers.latex import read_latex
from corpus.readers.markdown import read_markdown
from corpus.readers.not_mine import NotMine
from corpus.readers.odt import read_odt
from corpus.readers.pdf import read_pdf
from corpus.readers.rst import read_rst
from corpus.readers.rtf import read_rtf
from corpus.readers.tei import read_tei
from corpus.readers.text import read_text
from schemas.errors import InputError
from schemas.records import Article

__all__ = ["READERS", "NotMine", "Reader", "read"]

Reader = Callable[[bytes, str], "Sequence[Article] | NotMine"]
READERS: dict[str, Reader] = {
    "PDF": read_pdf,
    "Word (DOCX)": read_docx,
    "OpenDocument (ODT)": read_odt,
    "e-book (EPUB)": read_epub,
    "RTF": read_rtf,
    "JATS XML": read_jats,
    "TEI XML": read_tei,
    "HTML": read_html,
    "JSON Lines": read_jsonl,
    "LaTeX": read_latex,
    "Markdown": read_markdown,
    "reStructuredText": read_rst,
    "plain text": read_text,
}
_PLAINLY_NOT = ("it is no ", "it does not begin", "its first line is no")


def read(data: bytes, name: str) -> Sequence[Article]:
    """The article (or articles) of a file, by the first reader that takes it; InputError where none does."""
    if not data.strip():
        raise InputError(f"{name}: the file is empty; give a file with text in it")
    reasons: dict[str, str] = {}
    for kind, reader in READERS.items():
        found = reader(data, name)
        if not isinstance(found, NotMine):
            return found
        reasons[kind] = found.reason
    raise InputError(f"{name}: cannot be read{_why(reasons)}")


def _why(reasons: dict[str, str]) -> str:
    """Every reason in one line, the telling ones first: what a file merely is not is told in one breath."""
    plainly_not = [kind for kind, reason in reasons.items() if reason.startswith(_PLAINLY_NOT)]
    telling: dict[str, list[str]] = {}
    for kind, reason in reversed(reasons.items()):
        if kind not in plainly_not:
            telling.setdefault(reason, []).append(kind)
    told = "".join(f"; as {', '.join(kinds)}: {reason}" for reason, kinds in telling.items())
    return told + (f"; and it is no {', '.join(plainly_not)}" if plainly_not else "")
