"""An outline written out as one linear text, which ``source_*`` offsets count; with the places of what it says.

Blocks stand a blank line apart, each on one line; note numbers and labels stand where print has them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.layout.draft import Draft, Lifted, NoteDraft
from corpus.layout.lines import Line
from corpus.layout.pages import Furniture, PageStart
from corpus.structure.outline import (
    Cited,
    Dropped,
    Entry,
    NoteRef,
    Outline,
    OutlineBlock,
    OutlineNote,
    PageBreak,
    Piece,
    Styled,
    plain,
)

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d{1,9}")
_SEPARATOR = "\n\n"
_AROUND_LABEL = "[]().,:; "


@dataclass(slots=True)
class Extraction:
    """The text with the drafts of its blocks and, by source offset, what the format says of stretches of it."""

    text: str = ""
    body: list[Draft] = field(default_factory=list)
    notes: list[NoteDraft] = field(default_factory=list)
    references: list[Draft] = field(default_factory=list)
    lifted: list[Lifted] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    pages: list[PageStart] = field(default_factory=list)
    cited: list[tuple[int, int, Cited]] = field(default_factory=list)
    styled: list[tuple[int, int, Styled]] = field(default_factory=list)
    # By the source offset where the words of a block begin.
    blocks: dict[int, OutlineBlock] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)


def write_extraction(outline: Outline) -> Extraction:
    """The extraction of an outline: body, notes, reference list."""
    made = Extraction()
    notes = [note for note in outline.notes if _has_words(note)]
    writer = _Writer(made, _by_key(outline.notes))
    for block in outline.body:
        if isinstance(block, Dropped):
            writer.drop(block)
        else:
            made.body += writer.block(block)
    for note in notes:
        drafts = [d for i, block in enumerate(note.blocks) for d in writer.block(block, label="" if i else note.label)]
        number = int(note.label) if _NUMBER.fullmatch(note.label) else 0
        made.notes.append(NoteDraft(number, note.label, drafts, place=note.place))
    for entry in outline.entries:
        for draft in writer.block(entry.block, label=entry.label):
            made.references.append(draft)
            made.entries[words_start(draft)] = entry
    made.lifted.sort(key=lambda lifted: lifted.start)
    made.text = writer.text
    return made


def _has_words(note: OutlineNote) -> bool:
    """A note without a word is a missing one: its markers say so."""
    return any(plain(block.pieces).strip() for block in note.blocks)


def _by_key(notes: Sequence[OutlineNote]) -> dict[str, tuple[int | None, str]]:
    """The place among the notes with words, and the label, by the key that markers name; the first of equals."""
    found: dict[str, tuple[int | None, str]] = {}
    places = itertools.count()
    for note in notes:
        found.setdefault(note.key, (next(places) if _has_words(note) else None, note.label))
    return found


def words_start(draft: Draft) -> int:
    """The source offset where a draft's own words begin, behind its label."""
    return draft.label[1] if draft.label else draft.lines[0].start


class _Writer:
    """Writes blocks one after another."""

    def __init__(self, made: Extraction, notes: Mapping[str, tuple[int | None, str]]) -> None:
        self._made, self._notes = made, notes
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def block(self, block: OutlineBlock, *, label: str = "") -> list[Draft]:
        """The draft of one block; none where it holds nothing."""
        begin = self._length + (len(_SEPARATOR) if self._length else 0)
        if not label and block.kind == "list-item" and block.n:
            label = f"{block.n}."
        shown = f"{label} " if label else ""
        words = _Words(begin + len(shown), self._notes)
        words.add(block.pieces)
        text = shown + words.finish(self._made)
        if not text.strip():
            return []
        self._write(text)
        start = begin + len(shown)
        draft = Draft(
            block.kind,
            [Line(begin, self._length, text)],
            level=block.level,
            n=block.n or (label.strip(_AROUND_LABEL) or None if block.kind == "reference" else None),
            label=(begin, start) if label else None,
            lang=block.lang,
            row=block.row,
            col=block.col,
            rows=block.rows,
            cols=block.cols,
        )
        self._made.blocks[start] = block
        return [draft]

    def drop(self, dropped: Dropped) -> None:
        """Text that stands in the source only."""
        text = _SPACE.sub(" ", dropped.text).strip()
        if text:
            self._write(text)
            self._made.furniture.append(Furniture(self._length - len(text), self._length, dropped.kind))

    def _write(self, text: str) -> None:
        for part in (_SEPARATOR if self._length else "", text):
            self._parts.append(part)
            self._length += len(part)


class _Words:
    """The words of one block, white space collapsed as it will stand once markers are lifted."""

    def __init__(self, start: int, notes: Mapping[str, tuple[int | None, str]]) -> None:
        self._start, self._notes = start, notes
        self._parts: list[str] = []
        self._position = start
        self._open = False  # whether a space may follow: the last of the words that stay is none
        self._lifted: list[Lifted] = []
        self._pages: list[PageStart] = []
        self._cited: list[tuple[int, int, Cited]] = []
        self._styled: list[tuple[int, int, Styled]] = []

    def add(self, pieces: Sequence[Piece]) -> None:
        """Write pieces in order."""
        for piece in pieces:
            start = self._position
            if isinstance(piece, str):
                self._add_words(piece)
            elif isinstance(piece, NoteRef):
                self._add_marker(piece)
            elif isinstance(piece, PageBreak):
                self._pages.append(PageStart(start, piece.label))
            elif isinstance(piece, Styled):
                self.add(piece.pieces)
                self._styled.append((start, self._position, piece))
            elif piece.kind == "superscript":
                self._add_raised(piece)
            else:
                self.add(piece.pieces)
                self._cited.append((start, self._position, piece))

    def finish(self, made: Extraction) -> str:
        """The text, white space at its end taken off; what was found in it goes to the extraction."""
        text = "".join(self._parts).rstrip()
        end = self._start + len(text)
        made.lifted += self._lifted
        made.pages += [page._replace(start=min(page.start, end)) for page in self._pages]
        made.cited += [(start, min(stop, end), piece) for start, stop, piece in self._cited if start < end]
        made.styled += [(start, min(stop, end), piece) for start, stop, piece in self._styled if start < end]
        return text

    def _add_words(self, text: str) -> None:
        words = _SPACE.sub(" ", text)
        if words.startswith(" ") and not self._open:
            words = words[1:]
        if words:
            self._write(words)
            self._open = not words.endswith(" ")

    def _add_marker(self, marker: NoteRef) -> None:
        index, own_label = self._notes.get(marker.note, (None, ""))
        surface = _SPACE.sub("", marker.label or own_label or "*")
        label = surface.strip(_AROUND_LABEL) or surface
        start = self._position
        self._write(surface)
        self._lifted.append(Lifted(start, self._position, label, index))

    def _add_raised(self, cited: Cited) -> None:
        surface = _SPACE.sub("", "".join(piece for piece in cited.pieces if isinstance(piece, str)))
        if not surface:
            return
        start = self._position
        self._write(surface)
        self._lifted.append(Lifted(start, self._position, surface.strip(_AROUND_LABEL) or surface, citation=True))
        self._cited.append((start, self._position, cited))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._position += len(text)
