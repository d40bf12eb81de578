"""A whole footnote to its statements: note number, signals, comments, references, back-references.

>>> note = parse_note("14 See Lewin, Russian Peasants (London, 1968), 214; ibid., 7. The rest is mine.")
>>> [note.raw[r.start:r.end] for r in note.references], note.backrefs[0].kind
(['Lewin, Russian Peasants (London, 1968), 214'], 'ibid')
>>> [(note.raw[p.start:p.end], p.label) for p in note.parts]
[('14', 'note-number'), ('See', 'signal'), ('The rest is mine', 'comment')]

Every character but white space and the punctuation between statements belongs to exactly one of them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from bibliography.parse import ParsedReference, parse_reference
from bibliography.parse.segments import Segment, cut_note
from schemas.records import CslItem, FieldSpan, Relation

BackrefKind = Literal["ibid", "op-cit", "cross-reference"]


class NoteReference(msgspec.Struct, frozen=True):
    """A reference inside a note; ``start``, ``end`` and ``spans`` are offsets into the whole note.

    ``signal`` is the phrase before it as written, ``relation`` what that phrase says; locators belong to the reference.
    """

    start: int
    end: int
    spans: tuple[FieldSpan, ...] = ()
    csl: CslItem = {}
    signal: str | None = None
    relation: Relation = "supports"


class BackReference(msgspec.Struct, frozen=True):
    """A statement that repeats a source named before: "ibid., 7", "Carr, op. cit., 45", "see note 12"."""

    start: int
    end: int
    kind: BackrefKind
    signal: str | None = None
    relation: Relation = "supports"


class ParsedNote(msgspec.Struct, frozen=True):
    """A footnote taken apart; ``parts`` are its note number, signals and comments."""

    raw: str
    references: tuple[NoteReference, ...] = ()
    backrefs: tuple[BackReference, ...] = ()
    parts: tuple[FieldSpan, ...] = ()


def parse_note(raw: str) -> ParsedNote:
    """The statements of one footnote, in order; a note without any source has comments only."""
    references: list[NoteReference] = []
    backrefs: list[BackReference] = []
    parts: list[FieldSpan] = []
    for segment in cut_note(raw):
        signal = None if segment.signal is None else raw[slice(*segment.signal)]
        if segment.signal is not None:
            parts.append(FieldSpan(*segment.signal, "signal"))
        if segment.kind == "reference":
            references.append(_reference(raw, segment, signal))
        elif segment.kind in ("ibid", "op-cit", "cross-reference"):
            backrefs.append(BackReference(segment.start, segment.end, segment.kind, signal, segment.relation))
        else:
            parts.append(FieldSpan(segment.start, segment.end, segment.kind))
    return ParsedNote(raw, tuple(references), tuple(backrefs), tuple(sorted(parts, key=lambda part: part.start)))


def _reference(raw: str, segment: Segment, signal: str | None) -> NoteReference:
    parsed: ParsedReference = parse_reference(raw[segment.start : segment.end])
    spans = tuple(
        FieldSpan(span.start + segment.start, span.end + segment.start, span.label, span.confidence)
        for span in parsed.spans
    )
    return NoteReference(segment.start, segment.end, spans, parsed.csl, signal, segment.relation)
