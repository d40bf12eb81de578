"""A reference under construction: pieces of text, each with or without a label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bibliography.parse.training.public import Labelled, Span
from bibliography.parse.training.records import Person

MULTI_LETTER = re.compile(r"(?:Shch|Yu|Ya|Zh|Kh|Ts|Ch|Sh|Ye)(?=[a-z’])")


class Writer:
    """Collects pieces; ``done`` gives the string and its spans."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []

    def put(self, text: str, label: str = "") -> Writer:
        """Add a piece, labelled or not."""
        if text and label:
            self.spans.append((len(self.text), len(self.text) + len(text), label))
        self.text += text
        return self

    def done(self) -> Labelled:
        """The reference."""
        return Labelled(self.text, self.spans)


def initial(given: str) -> str:
    """The initial of a name; "Yu" and the like stay together."""
    found = MULTI_LETTER.match(given)
    return found[0] if found else given[0]


def initials(person: Person, stop: str = ".", space: str = " ") -> str:
    """The initials of a person's given names."""
    parts = []
    for given in person.given:
        halves = given.split("-")
        parts.append("-".join(initial(half) + stop for half in halves))
    return space.join(parts)


def full(person: Person) -> str:
    """The given names as citations in the West print them: the first in full, others as initials."""
    first, *rest = person.given
    return " ".join([first, *(f"{initial(name)}." for name in rest)])


def join(names: Sequence[str], comma: str = ", ", last: str = " and ") -> str:
    """Names in a row: "A, B and C"."""
    if len(names) < 2:
        return names[0] if names else ""
    return comma.join(names[:-1]) + last + names[-1]
