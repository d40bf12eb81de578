"""Words as the encoder sees them: lower-cased word pieces, and beside them the shape that lower case takes away.

The pieces are those of BERT's uncased WordPiece (Devlin and others 2019; longest match first over a fixed vocabulary); the
shapes are ours: the encoder that we fine-tune knows no capitals, and a name is known by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

UNKNOWN = "[UNK]"
_LONGEST_WORD = 60
_MOST_PIECES = 16
_LEFT_OUT = frozenset({"Mn", "Cc", "Cf", "Co", "Cs"})

# The shape of a word, by the first pattern that fits the whole of it; 0 is kept for what is no word.
_SHAPES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"[^\W\d_A-Z]+",  # grain
        r"[A-Z][^\W\d_A-Z]+",  # Grain
        r"[A-Z]",  # A
        r"[IVXLCDM]{2,}",  # XIV
        r"[A-Z]{2,}",  # USSR
        r"[^\W\d_]+",  # McKinsey
        r"[12]\d{3}",  # 1931
        r"\d{1,2}",
        r"\d+",
        r"[.!?…]+",
        r",",
        r"[(\[{“‘«„]",
        r"[)\]}”’»]",
        r"['\"`]",
        r"[-–—/]",
        r"[:;]",
        r"[A-Z]\.",  # J.
        r"(?:[A-Z]\.){2,}[A-Z]?",  # U.S.
        r"['’]\w+",  # 's
        r"[\d.,:/–-]*\d[\d.,:/–-]*",  # 58,7
        r"(?=.*\d)(?=.*[^\W\d_]).+",  # G20
        r"[A-Z].*",  # Jean-Paul, O'Brien
        r"[^\w\s]+",
        r".+",
    )
)
SHAPE_COUNT = len(_SHAPES) + 1
CAPITALS = {1: 5, 2: 5, 6: 5}
"""What a word's shape becomes in a line of capitals: grain, Grain and McKinsey are all like USSR."""


@lru_cache(maxsize=100_000)
def shape_of(word: str) -> int:
    """The number of a word's shape, from 1.

    >>> [shape_of(word) for word in ("grain", "Grain", "USSR", "1931", "J.")]
    [1, 2, 5, 7, 17]
    """
    short = word[:_LONGEST_WORD]
    plain = short if short.isascii() else _ascii_case(short)
    return next((number for number, shape in enumerate(_SHAPES, start=1) if shape.fullmatch(plain)), SHAPE_COUNT - 1)


def _ascii_case(word: str) -> str:
    """Capitals outside ASCII as "A", so that one pattern knows them all."""
    return "".join("A" if char.isupper() and not char.isascii() else char for char in word)


class WordPieces:
    """Cuts words into the numbers of their pieces; ``vocabulary`` lists the pieces, their places are their numbers."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._numbers[UNKNOWN]
        self.start, self.end = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """The pieces of one word, at least one and at most sixteen."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > 200_000:
                self._known.clear()
            pieces = [number for part in split_word(word[:_LONGEST_WORD]) for number in self._cut(part)]
            found = self._known[word] = tuple(pieces[:_MOST_PIECES]) or (self._unknown,)
        return found

    def _cut(self, part: str) -> Sequence[int]:
        """The longest pieces from the left; unknown as a whole where one place fits none."""
        numbers: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            for end in range(len(part), start, -1):
                number = self._numbers.get(mark + part[start:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            numbers.append(number)
            start = end
        return numbers


def split_word(word: str) -> list[str]:
    """A word in lower case without marks, cut at punctuation and at CJK signs, as BERT's uncased tokenizer does.

    >>> split_word("O’Brien"), split_word("Müller")
    (['o', '’', 'brien'], ['muller'])
    """
    bare = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) not in _LEFT_OUT)
    parts = [""]
    for char in bare:
        if char.isspace():
            parts.append("")
        elif _is_punctuation(char) or "\u4e00" <= char <= "\u9fff":
            parts += [char, ""]
        else:
            parts[-1] += char
    return [part for part in parts if part]


def _is_punctuation(char: str) -> bool:
    ascii_sign = char.isascii() and not char.isalnum() and char > " "
    return ascii_sign or unicodedata.category(char).startswith("P")
