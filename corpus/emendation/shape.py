"""One change of the text by a person: what stood there, what stands there now, and which blocks that is."""

from __future__ import annotations

import msgspec

from schemas.records import Block, Note


class NewBlock(msgspec.Struct, frozen=True, omit_defaults=True):
    """A block of the new words, its offsets counted from their beginning; ``note`` is the note that it belongs to."""

    block: Block
    note: str | None = None


class Emendation(msgspec.Struct, frozen=True, omit_defaults=True):
    """``text`` stands where ``start`` to ``end`` of the old text stood; offsets are code points, half-open.

    Without ``blocks`` words inside one block were changed; with them whole blocks were replaced by these, which may be
    none. ``notes`` are notes that begin here.
    """

    start: int
    end: int
    text: str
    blocks: tuple[NewBlock, ...] | None = None
    notes: tuple[Note, ...] = ()
