"""The plan of a document written out: the text, and the way back to the source recorded while it is made."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from corpus.layout.draft import Draft, NoteDraft, Plan
from corpus.layout.join import breaks_word, kept_hyphen
from corpus.layout.language import language_of
from corpus.layout.lines import Line
from corpus.layout.metadata import make_metadata
from corpus.layout.pages import Furniture, PageStart
from schemas.ids import Ids, short_hash
from schemas.offsets import Recorder
from schemas.records import Article, Block, Citation, Marker, Note, Page, Problem, Source

_SEPARATOR = "\n\n"
_IN_OTHER_LANGUAGES = frozenset({"abstract", "paragraph", "quote", "epigraph", "note"})
_CONTEXT = 24  # code points before a marker that tell it from its equals
# Characters that XML 1.0 forbids, and the byte-order mark; newlines and form feeds never stand inside a line.
_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\ufeff"
# Signs of the printer's case, not of the spelling: ligatures, and soft hyphens inside a line.
_TYPE = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\u00ad": ""}
_REPAIRED = re.compile(f"[{_FORBIDDEN}{''.join(_TYPE)}]")


class Assembler:
    """Writes blocks through a Recorder and keeps where markers, pages and blocks came to stand."""

    def __init__(
        self,
        source: str,
        plan: Plan,
        furniture: Iterable[Furniture],
        pages: Sequence[PageStart],
        words: Counter[str],
    ) -> None:
        self._source, self._plan, self._words = source, plan, words
        self._recorder = Recorder(source)
        self._furniture = sorted(furniture)
        self._passed = 0
        self._lifted = list(plan.lifted)
        self._lift_starts = [lifted.start for lifted in self._lifted]
        self._pages, self._next_page = pages, 0
        self._block_ids, self._page_ids, self._problem_ids = Ids("b"), Ids("pg"), Ids("p")
        self.blocks: list[Block] = []
        self.page_records: list[Page] = []
        self.offsets: dict[int, int] = {}
        self._table_of: dict[str, int] = {}
        self.problems: list[Problem] = []
        self._last_end = 0

    def write(self, source: Source, complaints: Iterable[tuple[str, str, str]]) -> Article:
        """The whole article; complaints are (code, message, hint)."""
        for draft in self._plan.body:
            self._block(draft)
        note_blocks = [
            tuple(self._block(draft, in_order=note.page is None) for draft in note.blocks) for note in self._plan.notes
        ]
        for draft in self._plan.references:
            self._block(draft)
        self._pass_furniture(len(self._source) + 1)
        self._pass_pages(len(self._source) + 1)
        recorded = self._recorder.finish()
        notes, markers, citations = self._notes(note_blocks, recorded.text)
        metadata = make_metadata(recorded.text, self.blocks)
        self._tell_languages(recorded.text, metadata.language)
        for code, message, hint in complaints:
            self._problem(code, message, hint=hint)
        return Article(
            id="a-" + short_hash(source.sha256),
            source=source,
            metadata=metadata,
            text=recorded.text,
            offsets=recorded.runs,
            edits=recorded.edits,
            blocks=tuple(self._with_tables(recorded.text)),
            pages=tuple(self.page_records),
            markers=tuple(markers),
            notes=tuple(notes),
            citations=tuple(citations),
            problems=tuple(self.problems),
        )

    def _block(self, draft: Draft, *, in_order: bool = True) -> str:
        """Write one block; ``in_order`` is false for a note that is moved away from its page foot."""
        self._separate(draft)
        start = self._recorder.length
        for number, line in enumerate(draft.lines):
            below = draft.lines[number + 1] if number + 1 < len(draft.lines) else None
            if in_order:
                self._pass_furniture(line.start)
                self._pass_pages(line.start)
            begin = line.start
            if number == 0 and draft.label is not None:
                self._recorder.put("label", *draft.label)
                begin = max(begin, draft.label[1])
            if below is None:
                self._copy(begin, line.end)
                continue
            dropped = breaks_word(line.text, below.text) and not kept_hyphen(line.text, below.text, self._words)
            self._copy(begin, line.end - dropped)
            self._join(line, below, dropped=dropped)
        self._last_end = draft.lines[-1].end
        # Ids hang on the clean text alone: the same article in another format or line width has the same ids.
        identifier = self._block_ids.make(f"{draft.kind}|{self._recorder.written(start)}")
        end = self._recorder.length
        self.blocks.append(
            Block(
                identifier,
                draft.kind,
                start,
                end,
                level=draft.level,
                n=draft.n,
                lang=draft.lang,
                row=draft.row,
                col=draft.col,
                rows=draft.rows,
                cols=draft.cols,
            )
        )
        if draft.table is not None:
            self._table_of[identifier] = draft.table
        return identifier

    def _tell_languages(self, text: str, language: str | None) -> None:
        """Blocks in another language than the article's say so, where both are sure."""
        for at, block in enumerate(self.blocks if language else ()):
            if block.kind in _IN_OTHER_LANGUAGES and block.lang is None:
                own = language_of(text[block.start : block.end])
                if own is not None and own != language:
                    self.blocks[at] = msgspec.structs.replace(block, lang=own)

    def _with_tables(self, text: str) -> Iterator[Block]:
        """The blocks, with one for each table before its first cell; the cells name it as their parent."""
        for table, group in groupby(self.blocks, key=lambda block: self._table_of.get(block.id)):
            members = list(group)
            if table is None:
                yield from members
                continue
            start, end = members[0].start, members[-1].end
            whole = Block(self._block_ids.make(f"table|{text[start:end]}"), "table", start, end)
            yield whole
            yield from (msgspec.structs.replace(cell, parent=whole.id) for cell in members)

    def _separate(self, draft: Draft) -> None:
        """Blocks stand apart by one blank line; where the source has exactly that, it is copied."""
        if not self._recorder.length:
            return
        first = draft.lines[0].start
        if draft.label is None and self._source[self._last_end : first] == _SEPARATOR:
            self._recorder.copy(self._last_end, first)
        else:
            self._recorder.put("whitespace", self._last_end, self._last_end, _SEPARATOR)

    def _join(self, above: Line, line: Line, *, dropped: bool) -> None:
        """The end of a line becomes a space, or nothing where a word or a pair of years goes on."""
        next_piece = bisect_left(self._furniture, Furniture(above.end, 0, "label"))
        stop = self._furniture[next_piece].start if next_piece < len(self._furniture) else line.start
        between = self._source[above.end : min(stop, line.start)]
        until = above.end + len(between) - len(between.lstrip())
        if dropped:
            self._recorder.put("dehyphenate", above.end - 1, until)
            return
        open_range = above.text[-1] in "-‐–" and above.text[-2:-1].isdigit() and line.text[0].isdigit()  # "1929–/1933"
        glued = open_range or breaks_word(above.text, line.text)
        self._recorder.put("join", above.end, until, "" if glued else " ")

    def _copy(self, start: int, end: int) -> None:
        """Copy a stretch of a line without what is lifted out of it."""
        position = start
        for index in range(bisect_left(self._lift_starts, start), len(self._lifted)):
            lifted = self._lifted[index]
            if lifted.start >= end:
                break
            gap = lifted.start - 1 if self._stands_off(lifted.start, lifted.end, position, end) else lifted.start
            self._copy_clean(position, gap)
            if gap < lifted.start:
                self._recorder.put("whitespace", gap, lifted.start)
            self._recorder.put("marker", lifted.start, lifted.end)
            self.offsets[index] = self._recorder.length
            position = lifted.end
        self._copy_clean(position, end)

    def _stands_off(self, start: int, end: int, low: int, high: int) -> bool:
        """Whether a marker stands between a space and a space or stop: then the space before it goes with it."""
        behind = self._source[end : end + 1] if end < high else ""
        return start - 1 > low and self._source[start - 1] == " " and (not behind or behind in " \t.,;:!?)]»”")

    def _copy_clean(self, start: int, end: int) -> None:
        position = start
        for match in _REPAIRED.finditer(self._source, start, end):
            self._recorder.copy(position, match.start())
            self._recorder.put("repair", match.start(), match.end(), _TYPE.get(match.group(), ""))
            if match.group() not in _TYPE and match.group() != "\ufeff":
                self._problem(
                    "forbidden-character",
                    f"A control character (U+{ord(match.group()):04X}) was left out.",
                    at=self._recorder.length,
                    hint="Look at this place in the source: a letter may be missing.",
                )
            position = match.end()
        self._recorder.copy(position, end)

    def _pass_furniture(self, until: int) -> None:
        """Take out the furniture that stands before a place in the source."""
        while self._passed < len(self._furniture) and self._furniture[self._passed].start < until:
            piece = self._furniture[self._passed]
            self._recorder.put(piece.kind, piece.start, piece.end)
            self._passed += 1

    def _pass_pages(self, until: int) -> None:
        while self._next_page < len(self._pages) and self._pages[self._next_page].start <= until:
            page = self._pages[self._next_page]
            self._next_page += 1
            identifier = self._page_ids.make(f"{self._next_page}|{page.label}")
            self.page_records.append(Page(identifier, self._next_page, page.label, self._recorder.length, page.start))

    def _notes(
        self, note_blocks: Sequence[tuple[str, ...]], text: str
    ) -> tuple[list[Note], list[Marker], list[Citation]]:
        """The records of notes, markers and superscript citations, and a Problem for each that lacks its partner."""
        note_ids, marker_ids, citation_ids = Ids("n"), Ids("m"), Ids("c")
        places = {block.id: block for block in self.blocks}
        notes = [
            Note(
                note_ids.make(f"{note.label}|{text[places[blocks[0]].start : places[blocks[0]].end]}"),
                note.label,
                _place(note),
                blocks,
            )
            for note, blocks in zip(self._plan.notes, note_blocks, strict=True)
        ]
        markers: list[Marker] = []
        citations: list[Citation] = []
        for index, lifted in enumerate(self._lifted):
            offset = self.offsets.get(index)
            if offset is None:
                continue
            if lifted.citation:
                identifier = citation_ids.make(f"{lifted.label}|{_before(text, offset)}")
                citations.append(
                    Citation(identifier, "superscript", lifted.label, offset, offset, lifted.start, lifted.end)
                )
                continue
            identifier = marker_ids.make(f"{lifted.label}|{_before(text, offset)}")
            if lifted.note is None:
                note = Note(note_ids.make(f"{lifted.label}|"), lifted.label, "missing")
                notes.append(note)
                self._missing(identifier, note, offset)
            else:
                note = notes[lifted.note]
            surface = self._source[lifted.start : lifted.end]
            if lifted.damaged and surface != lifted.label:
                self._problem(
                    "marker-damaged",
                    f"“{surface}” was read as the number of note {lifted.label}.",
                    at=offset,
                    about=(identifier,),
                    hint="Compare the place with the printed text.",
                )
            markers.append(Marker(identifier, lifted.label, surface, offset, lifted.start, lifted.end, note.id))
        self._unmarked(notes, {marker.note for marker in markers})
        return notes, markers, citations

    def _missing(self, marker: str, note: Note, offset: int) -> None:
        self._problem(
            "note-missing",
            f"The text refers to note {note.label}, but the file does not contain this note.",
            at=offset,
            about=(marker, note.id),
            hint="Add the notes at the end of the file, under the heading Notes, or look them up in the printed edition.",
        )

    def _unmarked(self, notes: Sequence[Note], marked: set[str | None]) -> None:
        places = {block.id: block for block in self.blocks}
        for note in notes:
            if note.id in marked:
                continue
            block = places[note.blocks[0]]
            name = f"note {note.label}" if note.label else "a note without a number"
            self._problem(
                "note-unmarked",
                f"The file contains {name}, but no place in the text refers to it.",
                at=block.start,
                until=block.end,
                about=(note.id,),
                hint="Look in the text for the number of this note; it may have been lost or misread.",
            )

    def _problem(
        self,
        code: str,
        message: str,
        *,
        at: int = 0,
        until: int | None = None,
        about: tuple[str, ...] = (),
        hint: str = "",
    ) -> None:
        end = at if until is None else until
        identifier = self._problem_ids.make(f"{code}|{message}")
        self.problems.append(Problem(identifier, code, "warning", message, about, at, end, hint))


def _before(text: str, offset: int) -> str:
    return text[max(0, offset - _CONTEXT) : offset]


def _place(note: NoteDraft) -> Literal["foot", "end", "inline"]:
    if note.place is not None:
        return note.place
    return "end" if note.page is None else "foot"
