"""Hard-wrapped lines joined again, and words that a hyphen broke over two lines.

Whether the hyphen belongs to the word is asked of the document itself: "know-how" elsewhere keeps it, "cohesion"
elsewhere drops it; where the document is silent, two parts that are both words of it keep the hyphen.

>>> kept_hyphen("public-", "private", vocabulary("Public debt. A private bank."))
True
"""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
_HYPHENS = "-‐\u00ad"
_BREAKS = frozenset(_HYPHENS)
_MOST = 5_000_000  # a book's worth of words is vocabulary enough
_LONGEST = 40
_FREE_PREFIXES = frozenset("re un in im dis mis pre de en em con com ex out over under fore inter trans".split())


def vocabulary(text: str) -> Counter[str]:
    """How often each word stands in a text, hyphenated compounds as one word; in lower case.

    The two parts of a word that is broken at a line end are not words.
    """
    words: Counter[str] = Counter()
    broken = False
    for match in _WORD.finditer(text, 0, _MOST):
        end = match.end()
        begins_broken = text[end : end + 1] in _BREAKS and text[end + 1 : end + 2].isspace()
        if not broken and not begins_broken:
            words[match.group().casefold()] += 1
        broken = begins_broken
    return words


def breaks_word(above: str, below: str) -> bool:
    """Whether a line ends in the middle of a word that the next line goes on with."""
    return len(above) > 1 and above[-1] in _HYPHENS and above[-2].isalpha() and below[:1].isalpha()


def kept_hyphen(above: str, below: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of the line above is part of the word."""
    if above[-1] == "\u00ad":
        return False
    left = _tail(above[:-1])
    match = _WORD.match(below[:_LONGEST])
    right = match.group() if match else below[:1]
    if right[0].isupper():
        return True
    left, right = left.casefold(), right.casefold()
    joined, whole = words[left.replace("-", "") + right] + words[left + right], words[f"{left}-{right}"]
    if joined or whole:
        return whole > joined
    last = left.rsplit("-", 1)[-1]
    if "-" in left and words[last] and words[right]:
        return True
    return last not in _FREE_PREFIXES and len(last) > 2 and len(right) > 2 and words[last] > 0 and words[right] > 0


def _tail(text: str) -> str:
    """The word that a text ends with."""
    tail = text[-_LONGEST:]
    start = len(tail)
    while start and (tail[start - 1].isalpha() or tail[start - 1] in "-‐'’"):
        start -= 1
    return tail[start:].lstrip("-‐'’")
