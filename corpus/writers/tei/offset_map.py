"""The way from the text back to its source, compact: runs and edits as one line of pieces in the order of the source.

>>> write_offset_map([Run(0, 0, 9), Run(9, 10, 4)], [Edit("marker", 9, 9, 9, 10, "1"), Edit("join", 13, 14, 14, 16, "\\r\\n")])
'=9 marker"1" =4 join"\\\\r\\\\n"1'

A piece is a run ("=77", so many characters copied) or an edit: its kind, the source text as a JSON string, the number
of characters put in its place where there are any, and "~5" where the source it took is not as long as that text. Each
begins where the one before ended, in the text and in the source; "@12,34" before a piece says where else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from corpus.writers.tei.elements import FORBIDDEN
from schemas.records import Edit, EditKind, Run

_PIECE = re.compile(
    r"""(?:@(?P<start>-?\d+),(?P<source>-?\d+))?
    (?:=(?P<length>-?\d+) | (?P<kind>[a-z-]+)(?P<text>"(?:[^"\\]|\\.)*")(?P<put>-?\d+)?(?:~(?P<took>-?\d+))?)(?:\s+|$)""",
    re.VERBOSE | re.DOTALL,
)


def write_offset_map(runs: Sequence[Run], edits: Sequence[Edit]) -> str:
    """All runs and edits, each in its own order."""
    start, source, pieces = 0, 0, []
    for piece in _merged(runs, edits):
        moved = "" if (start, source) == (piece.start, piece.source_start) else f"@{piece.start},{piece.source_start}"
        pieces.append(moved + (f"={piece.length}" if isinstance(piece, Run) else _edit(piece)))
        start, source = _end(piece)
    return " ".join(pieces)


def read_offset_map(written: str) -> tuple[tuple[Run, ...], tuple[Edit, ...]]:
    """The runs and the edits again. Raises ValueError where the text is no offset map."""
    start, source, position = 0, 0, 0
    runs: list[Run] = []
    edits: list[Edit] = []
    while position < len(written):
        found = _PIECE.match(written, position)
        if found is None:
            raise ValueError(f"not an offset map at character {position}: {written[position : position + 20]!r}")
        position = found.end()
        if found["start"] is not None:
            start, source = int(found["start"]), int(found["source"])
        piece: Run | Edit
        if found["length"] is not None:
            piece = Run(start, source, int(found["length"]))
            runs.append(piece)
        else:
            removed = json.loads(found["text"])
            end, took = start + int(found["put"] or 0), int(found["took"] or len(removed))
            piece = Edit(cast(EditKind, found["kind"]), start, end, source, source + took, removed)
            edits.append(piece)
        start, source = _end(piece)
    return tuple(runs), tuple(edits)


def _merged(runs: Iterable[Run], edits: Iterable[Edit]) -> Iterator[Run | Edit]:
    """By their place in the source; an edit that takes nothing stands before the run that begins there."""
    left, right = iter(runs), iter(edits)
    run, edit = next(left, None), next(right, None)
    while run or edit:
        if edit is None or (run is not None and run.source_start < edit.source_start):
            yield cast(Run, run)
            run = next(left, None)
        else:
            yield edit
            edit = next(right, None)


def _end(piece: Run | Edit) -> tuple[int, int]:
    if isinstance(piece, Run):
        return piece.start + piece.length, piece.source_start + piece.length
    return piece.end, piece.source_end


def _edit(edit: Edit) -> str:
    quoted = json.dumps(edit.source_text, ensure_ascii=False)
    quoted = FORBIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
    put = str(edit.end - edit.start) if edit.end != edit.start else ""
    took = edit.source_end - edit.source_start
    return f"{edit.kind}{quoted}{put}{f'~{took}' if took != len(edit.source_text) else ''}"
