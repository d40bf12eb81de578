"""A reference string to tokens: runs of letters, runs of digits, single marks. Together with white space they are the string.

>>> [token.text for token in tokenize("Petrov YuA. 2013;9:46–59.")]
['Petrov', 'YuA', '.', '2013', ';', '9', ':', '46', '–', '59', '.']
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Letters with the apostrophes and combining marks inside them ("Iyul’", "O’Rourke"); a hyphen is a token of its own.
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[̀-ͯ]|['’‘ʼʹ](?=[^\W\d_]))*|\d+|\S")


class Token(NamedTuple):
    """A token: its span, its text, and whether white space stands before it."""

    start: int
    end: int
    text: str
    spaced: bool


def tokenize(raw: str) -> list[Token]:
    """The tokens of a string, in order."""
    tokens = []
    last = 0
    for found in _TOKEN.finditer(raw):
        start, end = found.span()
        tokens.append(Token(start, end, found[0], start > last or start == 0))
        last = end
    return tokens
