"""Mentions gathered into groups of one identity, with the reason why each mention is where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bibliography.names import fold_name

_LEADING = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


class Mention(NamedTuple):
    """A name in the text: the id of its annotation, its label, its words, its place."""

    id: str
    label: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, eq=False, slots=True)
class Named:
    """All mentions of one label that are written alike; ``key`` is the folded name."""

    label: str
    key: str
    name: str
    mentions: tuple[Mention, ...]


class Groups:
    """Names in the order of their first mention, joined to groups; a join keeps its reason."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        found: dict[tuple[str, str], list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
            found.setdefault((mention.label, fold(mention.name)), []).append(mention)
        self.names = [Named(label, key, group[0].name, tuple(group)) for (label, key), group in found.items()]
        self._parent = {named: named for named in self.names}
        self._why: dict[Named, str] = {}
        self._candidates: dict[Named, tuple[str, ...]] = {}

    def of_label(self, label: str) -> list[Named]:
        """The names of one label, in the order of their first mention."""
        return [named for named in self.names if named.label == label]

    def head(self, named: Named) -> Named:
        """The name that stands for a name's group."""
        while self._parent[named] is not named:
            named = self._parent[named]
        return named

    def join(self, named: Named, to: Named, why: str) -> None:
        """Make a name one with another; the group keeps the head of ``to``."""
        head, other = self.head(to), self.head(named)
        if head is not other:
            self._parent[other] = head
            self._why.setdefault(named, why)

    def leave_open(self, named: Named, candidates: Iterable[Named], why: str) -> None:
        """Say that a name could be one of several, so that it stays alone."""
        self._candidates[named] = tuple(candidate.name for candidate in candidates)
        self._why.setdefault(named, why)

    def why(self, named: Named) -> str:
        """Why a name was joined to its group or left alone; empty where it is written like the others."""
        return self._why.get(named, "")

    def candidates(self, named: Named) -> tuple[str, ...]:
        """The names that a name which was left open could stand for."""
        return self._candidates.get(named, ())

    def __iter__(self) -> Iterator[tuple[Mention, Named]]:
        for named in self.names:
            for mention in named.mentions:
                yield mention, named


def fold(name: str) -> str:
    """A name as it is compared: no article, no possessive, no marks, lower case; "U.S." and "US" are one.

    >>> fold("the U.S."), fold("Lloyd’s"), fold("The Bank of England"), fold("Gosplan's")
    ('us', 'lloyd', 'bank of england', 'gosplan')
    """
    bare = _POSSESSIVE.sub("", _LEADING.sub("", " ".join(name.split()), count=1))
    if re.fullmatch(r"(?:[^\W\d_]\.\s?){2,}[^\W\d_]?", bare):
        bare = bare.replace(".", "").replace(" ", "")
    return fold_name(bare)
