"""What a reader of typeset pages knows of a line beyond its text: the layout takes its word for it.

A plain text has no hints; there the layout reads the same things from blank lines, indents and the words themselves.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas.records import BlockKind


class Hint(NamedTuple):
    """``starts``: a block (or a note) begins here; ``kind``, ``level``: what the block is, where type and place tell.

    ``foot``: the line belongs to the notes at its page's foot; ``raised``: spans of the source that stand above the
    baseline, such as note numbers.
    """

    starts: bool
    kind: BlockKind | None = None
    level: int | None = None
    foot: bool = False
    raised: tuple[tuple[int, int], ...] = ()
