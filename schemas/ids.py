"""Stable identifiers: a prefix for the kind, a short hash of the content, and the position among equals.

>>> ids = Ids("m")
>>> ids.make("month|1"), ids.make("month|1") != ids.make("month|2")
('m-a2a000da', True)

The same content gives the same id in every run, whatever was inserted elsewhere in the text. The second of two equal
contents gets "-2". All ids are ASCII names that XML accepts as xml:id.
"""

from __future__ import annotations

import hashlib
from collections import Counter

_DIGITS = 8


def short_hash(content: str) -> str:
    """Eight hexadecimal digits of the content's BLAKE2b; lone surrogates are hashed as they are."""
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=_DIGITS // 2).hexdigest()


class Ids:
    """Makes the ids of one kind for one article; counts equals, so no id is given twice."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._seen: Counter[str] = Counter()

    def make(self, content: str) -> str:
        """The next id for this content."""
        digest = short_hash(content)
        self._seen[digest] += 1
        nth = self._seen[digest]
        return f"{self._prefix}-{digest}" if nth == 1 else f"{self._prefix}-{digest}-{nth}"
