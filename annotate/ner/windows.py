"""Documents cut into windows that the encoder takes, and windows packed into arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

MOST_PIECES = 160  # of one window
_STOPS = frozenset({".", "!", "?", ";", ".”", '."', "…"})


class Word(NamedTuple):
    """A token that is no space: its place in the Doc, its pieces and shape; ``breaks`` where a blank line is before it."""

    token: int
    text: str
    pieces: tuple[int, ...]
    shape: int
    breaks: bool


class Arrays(NamedTuple):
    """A batch of windows: pieces (windows by pieces) and words (windows by words); padding is zero.

    ``first`` and ``last`` are a word's first and last piece, counted over the flattened batch; ``shapes`` has one word of
    padding on either side.
    """

    pieces: NDArray[np.int64]
    piece_shapes: NDArray[np.int64]
    mask: NDArray[np.float32]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    shapes: NDArray[np.int64]


def cut_windows(words: Sequence[Word], inside: Sequence[bool] | None = None) -> list[tuple[int, int]]:
    """Runs of words of at most MOST_PIECES pieces, cut at blank lines, at sentence ends where it can be.

    ``inside[i]`` says that word i goes on with a name: no cut is made before it, if that can be helped.
    """
    windows: list[tuple[int, int]] = []
    start = 0
    while start < len(words):
        end = _furthest(words, start)
        if end < len(words) and not words[end].breaks:
            end = _step_back(words, start, end, inside)
        windows.append((start, end))
        start = end
    return windows


def _furthest(words: Sequence[Word], start: int) -> int:
    end, pieces = start, 0
    while end < len(words) and not (end > start and words[end].breaks):
        pieces += len(words[end].pieces)
        if pieces > MOST_PIECES and end > start:
            break
        end += 1
    return end


def _step_back(words: Sequence[Word], start: int, end: int, inside: Sequence[bool] | None) -> int:
    """The last sentence end in the second two thirds; else the last place outside a name."""
    lowest = start + max(1, (end - start) // 3)

    def is_free(at: int) -> bool:
        return inside is None or not inside[at]

    for at in range(end, lowest, -1):
        if words[at - 1].text in _STOPS and is_free(at):
            return at
    return next((at for at in range(end, lowest, -1) if is_free(at)), end)


def read_words(doc: Doc, cut: object) -> list[Word]:
    """The words of a Doc; ``cut`` gives the pieces of a word (annotate.ner.pieces.WordPieces)."""
    from annotate.ner.pieces import shape_of

    words: list[Word] = []
    breaks = False
    for token in doc:
        if token.is_space:
            breaks = breaks or token.text.count("\n") > 1
            continue
        text = token.text
        words.append(Word(token.i, text, cut(text), shape_of(text), breaks))  # type: ignore[operator]
        breaks = False
    return words


def pack(windows: Sequence[Sequence[Word]], start: int, end: int) -> Arrays:
    """Windows as arrays, each between the encoder's start and end pieces."""
    height, width = len(windows), 2 + max(sum(len(word.pieces) for word in window) for window in windows)
    most = max(len(window) for window in windows)
    arrays = Arrays(
        pieces=np.zeros((height, width), dtype=np.int64),
        piece_shapes=np.zeros((height, width), dtype=np.int64),
        mask=np.zeros((height, width), dtype=np.float32),
        first=np.zeros((height, most), dtype=np.int64),
        last=np.zeros((height, most), dtype=np.int64),
        shapes=np.zeros((height, most + 2), dtype=np.int64),
    )
    for row, window in enumerate(windows):
        arrays.pieces[row, 0] = start
        at = 1
        for place, word in enumerate(window):
            behind = at + len(word.pieces)
            arrays.pieces[row, at:behind] = word.pieces
            arrays.piece_shapes[row, at:behind] = word.shape
            arrays.first[row, place], arrays.last[row, place] = at, behind - 1
            at = behind
        arrays.pieces[row, at] = end
        arrays.mask[row, : at + 1] = 1
        arrays.shapes[row, 1 : len(window) + 1] = [word.shape for word in window]
        arrays.first[row] += row * width
        arrays.last[row] += row * width
    return arrays
