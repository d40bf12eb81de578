"""Closed lists: words that name a field in the languages of scholarship, places of publication, months, archives.

>>> sorted(lexicons("Hrsg")), sorted(lexicons("Москва")), sorted(lexicons("Bd"))
(['editor'], ['place'], ['volume'])
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "words"


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    """Each file of the folder is a list, its name the feature; "#" begins a comment."""
    return {
        path.stem: frozenset(
            word
            for line in path.read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")
            for word in line.split()
        )
        for path in sorted(_FOLDER.glob("*.txt"))
    }


def lexicons(text: str) -> set[str]:
    """The names of the lists that hold the word."""
    form = text.lower()
    return {name for name, words in _lists().items() if form in words}


def lexicon_features(text: str) -> list[str]:
    """One feature for each list that holds the word."""
    return [f"in={name}" for name in sorted(lexicons(text))]
