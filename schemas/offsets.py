"""From clean text to source and back: the map is recorded while the text is made, never found again by comparing.

A reader drives a Recorder over the source: ``copy`` what is kept, ``put`` what is written instead of it. The result is
the text with its runs and edits, which tile the source without gap or overlap (law 2).

>>> recorder = Recorder("per month1. It")
>>> recorder.copy(0, 9); recorder.put("marker", 9, 10); recorder.copy(10, 14)
>>> recorded = recorder.finish()
>>> recorded.text, restore_source(recorded.text, recorded.runs, recorded.edits)
('per month. It', 'per month1. It')
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from schemas.records import Edit, EditKind, Run, Spanned

S = TypeVar("S", bound=Spanned)


class Recorded(NamedTuple):
    """Clean text with the runs copied from the source and the edits made to it."""

    text: str
    runs: tuple[Run, ...]
    edits: tuple[Edit, ...]


class Recorder:
    """Writes the clean text piece by piece and remembers where each piece came from.

    Pieces may be taken from the source in any order (a note is moved behind the body), each code point at most once.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._runs: list[Run] = []
        self._edits: list[Edit] = []

    @property
    def length(self) -> int:
        """Code points written so far: the offset of the next piece."""
        return self._length

    def written(self, start: int) -> str:
        """The text from ``start``, an offset where a piece began, to its present end."""
        pieces: list[str] = []
        position = self._length
        for part in reversed(self._parts):
            if position <= start:
                break
            pieces.append(part)
            position -= len(part)
        return "".join(reversed(pieces))

    def copy(self, source_start: int, source_end: int) -> None:
        """Keep ``source[source_start:source_end]`` as it stands."""
        length = source_end - source_start
        if length <= 0:
            return
        last = self._runs[-1] if self._runs else None
        if (
            last is not None
            and last.start + last.length == self._length
            and last.source_start + last.length == source_start
        ):
            self._runs[-1] = Run(last.start, last.source_start, last.length + length)
        else:
            self._runs.append(Run(self._length, source_start, length))
        self._write(self._source[source_start:source_end])

    def put(self, kind: EditKind, source_start: int, source_end: int, text: str = "") -> None:
        """Write ``text`` where the source has ``source[source_start:source_end]``; either may be empty."""
        end = self._length + len(text)
        removed = self._source[source_start:source_end]
        self._edits.append(Edit(kind, self._length, end, source_start, source_end, removed))
        self._write(text)

    def finish(self) -> Recorded:
        """The text, runs and edits, both sorted by source.

        White space of the source that no piece took becomes ``whitespace`` edits. Raises ValueError where any other
        code point was taken twice or not at all: that is a fault of the reader, not of the input.
        """
        gaps = list(self._gaps())
        runs = tuple(sorted(self._runs, key=lambda run: run.source_start))
        edits = tuple(sorted([*self._edits, *gaps], key=lambda edit: (edit.source_start, edit.source_end)))
        return Recorded("".join(self._parts), runs, edits)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _gaps(self) -> Iterable[Edit]:
        taken = [(run.source_start, run.source_start + run.length, run.start + run.length) for run in self._runs]
        # An edit that takes no source (text put in) may stand anywhere, also inside a run.
        taken += [(edit.source_start, edit.source_end, edit.end) for edit in self._edits if edit.source_text]
        taken.sort()
        position, text_end = 0, 0
        for start, end, written in [*taken, (len(self._source), len(self._source), self._length)]:
            if start < position:
                raise ValueError(f"source offset {start} was taken twice")
            if start > position:
                gap = self._source[position:start]
                if gap.strip():
                    raise ValueError(f"source offsets {position}-{start} were not taken")
                yield Edit("whitespace", text_end, text_end, position, start, gap)
            position, text_end = max(position, end), written


def identity(text: str) -> tuple[Run, ...]:
    """The runs of a text that is its own source."""
    return (Run(0, 0, len(text)),) if text else ()


def restore_source(text: str, runs: Iterable[Run], edits: Iterable[Edit]) -> str:
    """The source, exactly, from the clean text and what is known of it (law 2).

    Raises ValueError where runs and edits leave a gap or overlap.
    """
    pieces = [
        (run.source_start, run.source_start + run.length, text[run.start : run.start + run.length]) for run in runs
    ]
    pieces += [(edit.source_start, edit.source_end, edit.source_text) for edit in edits if edit.source_text]
    pieces.sort(key=lambda piece: piece[:2])
    position = 0
    for start, end, _ in pieces:
        if start != position:
            raise ValueError(f"runs and edits do not meet at source offset {position}")
        position = end
    return "".join(piece for _, _, piece in pieces)


class OffsetMap:
    """Finds the source offset of a text offset, and back; both in O(log runs)."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._by_text = sorted(runs, key=lambda run: run.start)
        self._by_source = sorted(self._by_text, key=lambda run: run.source_start)
        self._starts = [run.start for run in self._by_text]
        self._source_starts = [run.source_start for run in self._by_source]

    def to_source(self, offset: int, *, end: bool = False) -> int:
        """The source offset of a text offset; ``end`` takes the run that ends there rather than the one that begins."""
        i = (bisect_left(self._starts, offset) if end else bisect_right(self._starts, offset)) - 1
        if i < 0:
            return self._by_text[0].source_start if self._by_text else offset
        run = self._by_text[i]
        return run.source_start + min(offset - run.start, run.length)

    def to_text(self, source_offset: int) -> int:
        """The text offset of a source offset; one that was taken out maps to the end of the run before it."""
        i = bisect_right(self._source_starts, source_offset) - 1
        if i < 0:
            return self._by_source[0].start if self._by_source else source_offset
        run = self._by_source[i]
        return run.start + min(source_offset - run.source_start, run.length)


class SpanIndex(Generic[S]):
    """Spans by place: which lie inside a range, overlap it, cover a point."""

    def __init__(self, spans: Iterable[S]) -> None:
        self._spans: Sequence[S] = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        self._longest = max((span.end - span.start for span in self._spans), default=0)

    def inside(self, start: int, end: int) -> list[S]:
        """Spans with ``start <= span.start`` and ``span.end <= end``, in text order."""
        low, high = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [span for span in self._spans[low:high] if span.end <= end]

    def covering(self, offset: int) -> list[S]:
        """Spans with ``span.start <= offset < span.end``, in text order."""
        low = bisect_left(self._starts, offset - self._longest)
        high = bisect_right(self._starts, offset)
        return [span for span in self._spans[low:high] if offset < span.end]

    def overlapping(self, start: int, end: int) -> list[S]:
        """Spans that share a code point with ``start`` to ``end``, in text order."""
        low, high = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [span for span in self._spans[low:high] if start < span.end]
