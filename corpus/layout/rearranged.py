"""An article that was read from a rearranged text, put back on its source: every offset of the source, run and edit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from corpus.layout.columns import Piece
from schemas.records import Article, Edit, Run


def put_back(article: Article, pieces: Sequence[Piece], source: str) -> Article:
    """The article with ``source_*`` counted in ``source``; ``pieces`` tell where the text it was read from stands there.

    White space that the rearranged text left out becomes ``whitespace`` edits, so law 2 holds on the source itself.
    """
    places = _Places(pieces)
    runs = [
        Run(run.start + start - run.source_start, at, length)
        for run in article.offsets
        for start, at, length in places.of(run.source_start, run.source_start + run.length)
    ]
    edits = [made for edit in article.edits for made in _moved(edit, places, source)]
    edits += _left_out(runs, edits, source)
    return msgspec.structs.replace(
        article,
        offsets=tuple(sorted(runs, key=lambda run: run.source_start)),
        edits=tuple(sorted(edits, key=lambda edit: (edit.source_start, edit.source_end))),
        markers=tuple(
            msgspec.structs.replace(m, source_start=places.first(m.source_start), source_end=places.last(m.source_end))
            for m in article.markers
        ),
        citations=tuple(
            msgspec.structs.replace(c, source_start=places.first(c.source_start), source_end=places.last(c.source_end))
            if c.source_start is not None and c.source_end is not None
            else c
            for c in article.citations
        ),
        pages=tuple(
            msgspec.structs.replace(page, source_start=places.first(page.source_start)) for page in article.pages
        ),
    )


class _Places:
    """Where stretches of the rearranged text stand in the source."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]

    def of(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The parts of a stretch that the source has: start here, start there, length."""
        for index in range(max(0, bisect_right(self._starts, start) - 1), len(self._pieces)):
            piece = self._pieces[index]
            if piece.start >= end:
                return
            low, high = max(start, piece.start), min(end, piece.start + piece.length)
            if high > low:
                yield low, piece.source_start + low - piece.start, high - low

    def first(self, at: int) -> int:
        """The place of an offset that begins something; behind the piece before it where no piece holds it."""
        piece = self._pieces[max(0, bisect_right(self._starts, at) - 1)]
        return piece.source_start + min(at - piece.start, piece.length)

    def last(self, at: int) -> int:
        """The place of an offset that ends something."""
        return self.first(at - 1) + 1 if at else 0


def _moved(edit: Edit, places: _Places, source: str) -> Iterator[Edit]:
    """An edit cut where the source has something between; all that it wrote stays with its first part."""
    parts = list(places.of(edit.source_start, edit.source_end))
    if not parts and edit.end > edit.start:
        at = places.first(edit.source_start)
        yield msgspec.structs.replace(edit, source_start=at, source_end=at, source_text="")
    for number, (_, at, length) in enumerate(parts):
        start = edit.end if number else edit.start
        yield Edit(edit.kind, start, edit.end, at, at + length, source[at : at + length])


def _left_out(runs: Sequence[Run], edits: Sequence[Edit], source: str) -> Iterator[Edit]:
    """The white space of the source that no run and no edit holds."""
    taken = [(run.source_start, run.source_start + run.length, run.start + run.length) for run in runs]
    taken += [(edit.source_start, edit.source_end, edit.end) for edit in edits if edit.source_text]
    position, written = 0, 0
    for start, end, text_end in [*sorted(taken), (len(source), len(source), 0)]:
        if start > position:
            yield Edit("whitespace", written, written, position, start, source[position:start])
        position, written = max(position, end), text_end
