"""Word documents (DOCX), through pandoc: footnotes, paragraph styles, and the citations of Zotero, Mendeley and EndNote."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.pandoc import members_of, read_with_pandoc
from corpus.pandoc.archive import read_member
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a Word document; tracked changes are taken as accepted."""
    members = members_of(data, name)
    if members is None or not any(path.startswith("word/document") for path in members):
        return NotMine("it is no Word document (DOCX)")
    notes = "end" if _has_notes(data, "word/endnotes.xml") and not _has_notes(data, "word/footnotes.xml") else "foot"
    return read_with_pandoc(data, name, "docx+styles+citations", _MEDIA_TYPE, notes=notes)  # type: ignore[arg-type]


def _has_notes(data: bytes, path: str) -> bool:
    """Whether a part holds a real note: the first two are Word's separators, which have a type."""
    part = read_member(data, path)
    noun = b"endnote" if b"endnotes" in path.encode() else b"footnote"
    return part.count(b"<w:" + noun + b" ") > part.count(b"w:type=")
