"""Word documents (DOCX), through pandoc: footnotes, paragraph styles, and the citations of Zotero, Mendeley and EndNote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.pandoc import NotePlace, members_of, read_with_pandoc
from corpus.pandoc.archive import read_member
from corpus.readers.not_mine import NotMine
from schemas.records import Article

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_REFERENCE = re.compile(rb"<w:(foot|end)noteReference\b")


def read_docx(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a Word document; tracked changes are taken as accepted."""
    members = members_of(data, name)
    if members is None or not any(path.startswith("word/document") for path in members):
        return NotMine("it is no Word document (DOCX)")
    return read_with_pandoc(data, name, "docx+styles+citations", _MEDIA_TYPE, notes=_note_places(data))


def _note_places(data: bytes) -> list[NotePlace]:
    """Where each note stands, in the order of their references; one place where all stand in the same."""
    foot, end = _has_notes(data, "word/footnotes.xml"), _has_notes(data, "word/endnotes.xml")
    if not (foot and end):
        return ["end" if end else "foot"]
    found = _REFERENCE.findall(read_member(data, "word/document.xml", most=100_000_000))
    return ["foot" if kind == b"foot" else "end" for kind in found] or ["foot"]


def _has_notes(data: bytes, path: str) -> bool:
    """Whether a part holds a real note: the first two are Word's separators, which have a type."""
    part = read_member(data, path)
    noun = b"endnote" if b"endnotes" in path.encode() else b"footnote"
    return part.count(b"<w:" + noun + b" ") > part.count(b"w:type=")
