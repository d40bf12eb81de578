"""BILOU tags: one for each label and place in a name, which of them may follow each other, and the way back to spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_PLACES = "BILU"
_NEVER = -1e4


class TagScheme:
    """Tag 0 is outside; then, for each label, begin, inside, last, unit."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        self.size = 1 + len(_PLACES) * len(self.labels)
        places = ["O", *(place for _ in self.labels for place in _PLACES)]
        owners = [-1, *(number for number in range(len(self.labels)) for _ in _PLACES)]
        self._opens = np.array([place in "OBU" for place in places])
        self._closes = np.array([place in "OLU" for place in places])
        goes_on = np.array([place in "IL" for place in places])
        same = np.equal.outer(owners, owners)
        self._follows = np.where(self._closes[:, None], self._opens[None, :], same & goes_on[None, :])

    def tags_of(self, label: str) -> range:
        """The four tags of a label."""
        first = 1 + len(_PLACES) * self.labels.index(label)
        return range(first, first + len(_PLACES))

    def encode(self, length: int, spans: Iterable[tuple[int, int, str]]) -> list[int]:
        """The tag of each word, for spans of words (start, end, label), half-open and without overlap."""
        tags = [0] * length
        for start, end, label in spans:
            begin, inside, last, unit = self.tags_of(label)
            tags[start:end] = [begin, *[inside] * (end - start - 2), last] if end - start > 1 else [unit]
        return tags

    def decode(self, scores: Floats) -> Iterator[tuple[int, int, str]]:
        """The spans of words in the best legal sequence of tags; ``scores`` is words by tags, as logits."""
        best = scores.argmax(axis=-1)
        if not self._is_legal(best):
            best = self._best_path(scores)
        start = 0
        for word in np.flatnonzero(best):
            place, label = _PLACES[(best[word] - 1) % 4], self.labels[(best[word] - 1) // 4]
            if place in "BU":
                start = int(word)
            if place in "LU":
                yield start, int(word) + 1, label

    def _is_legal(self, tags: NDArray[np.int64]) -> bool:
        return bool(self._opens[tags[0]] and self._closes[tags[-1]] and self._follows[tags[:-1], tags[1:]].all())

    def _best_path(self, scores: Floats) -> NDArray[np.int64]:
        """Viterbi's algorithm over log probabilities; transitions cost nothing or are forbidden."""
        top = scores - scores.max(axis=-1, keepdims=True)
        logs = top - np.log(np.exp(top).sum(axis=-1, keepdims=True))
        cost = np.where(self._follows, 0.0, _NEVER)
        total = logs[0] + np.where(self._opens, 0.0, _NEVER)
        back = np.zeros((len(logs), self.size), dtype=np.int64)
        for word in range(1, len(logs)):
            ways = total[:, None] + cost
            back[word] = ways.argmax(axis=0)
            total = ways.max(axis=0) + logs[word]
        path = np.zeros(len(logs), dtype=np.int64)
        path[-1] = (total + np.where(self._closes, 0.0, _NEVER)).argmax()
        for word in range(len(logs) - 1, 0, -1):
            path[word - 1] = back[word, path[word]]
        return path
