"""File names that every archive accepts: ASCII letters, digits, hyphen and period only, as CLARIN's centres ask.

>>> ascii_name("Müller & Söhne_2"), ascii_name("Шпотов, 1931"), ascii_name("北京")
('Muller-Sohne-2', 'Shpotov-1931', 'article-02aa4dd2')
"""

from __future__ import annotations

import re
import unicodedata

from bibliography.transliterate import transliterate
from schemas.ids import short_hash

_LONGEST = 80  # with the folder and the longest suffix well below the 255 bytes that file systems take
_FORBIDDEN = re.compile(r"[^A-Za-z0-9.-]+")
_ALLOWED = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def ascii_name(name: str) -> str:
    """The name in ASCII letters, digits, hyphens and periods; one without any letter or digit of its own is a hash."""
    bare = unicodedata.normalize("NFKD", transliterate(unicodedata.normalize("NFC", name)))
    bare = "".join(ch for ch in bare if not unicodedata.combining(ch))
    made = re.sub(r"-*\.[.-]*", ".", re.sub("-{2,}", "-", _FORBIDDEN.sub("-", bare)))
    made = made.strip("-.")[:_LONGEST].rstrip("-.")
    return made or f"article-{short_hash(name)}"


def is_archive_name(name: str) -> bool:
    """Whether a file or folder name keeps the rule."""
    return _ALLOWED.fullmatch(name) is not None


class Names:
    """Gives each thing of one folder a name of its own; case makes no difference, as on many file systems."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.lower() for name in taken}

    def make(self, name: str) -> str:
        """The next free name like this one: "a", "a-2", "a-3"; what follows the first period stays last."""
        wanted = ascii_name(name)
        stem, dot, suffix = wanted.partition(".")
        made, number = wanted, 1
        while made.lower() in self._taken:
            number += 1
            made = f"{stem}-{number}{dot}{suffix}"
        self._taken.add(made.lower())
        return made
