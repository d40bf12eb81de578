"""Lines with their place in the source.

Lines end at "\\n", "\\r\\n", "\\r" and form feed only: a text may hold U+2028, U+0085 or vertical tabs inside a line.
Blank lines are not kept as lines; each line remembers how many stood before it.

>>> [(line.text, line.gap, line.indent) for line in split_lines("One\\n\\n   Two ")]
[('One', 0, 0), ('Two', 1, 3)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.layout.hints import Hint

# Never backtracks: the next character that is no space, then all up to the end of its line.
_LINE = re.compile(r"\S[^\n\r\f]*")
_SENTENCE_END = frozenset(".!?…")
_CLOSING = "”’\"'»)]}›“"  # “ closes a German quotation


class Line(NamedTuple):
    """One line: ``start`` to ``end`` is its text without surrounding space.

    ``gap`` counts the blank lines before it, ``indent`` and ``trailing`` the spaces around it; ``page`` says that a
    page begins here; ``hint`` is what a reader of typeset pages knows of the line.
    """

    start: int
    end: int
    text: str
    indent: int = 0
    gap: int = 0
    trailing: int = 0
    page: bool = False
    hint: Hint | None = None


def split_lines(source: str) -> list[Line]:
    """All lines that hold something."""
    return list(_lines(source))


def _lines(source: str) -> Iterator[Line]:
    before = 0
    for match in _LINE.finditer(source):
        whole = match.group()
        text = whole.rstrip()
        start, end = match.start(), match.start() + len(text)
        space = source[before:start]
        feed = space.rfind("\f")
        tail = space[feed + 1 :]
        ends = tail.count("\n") + tail.count("\r") - tail.count("\r\n")
        at_start = before == 0 or feed >= 0
        indent = len(tail) - 1 - max(tail.rfind("\n"), tail.rfind("\r"))
        yield Line(start, end, text, indent, max(ends - (not at_start), 0), len(whole) - len(text), feed >= 0)
        before = match.end()


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence may end: note numbers and closing marks after the stop do not count.

    >>> ends_sentence("in 25 times!2."), ends_sentence("“they use words.”1"), ends_sentence("of the")
    (True, True, False)
    """
    tail = text[-12:].rstrip()
    bare = tail.rstrip("0123456789¹²³⁴⁵⁶⁷⁸⁹⁰[]*†,")
    for candidate in (tail, bare):
        core = candidate.rstrip(_CLOSING)
        if core and core[-1] in _SENTENCE_END:
            return True
    return False


def first_word(text: str) -> str:
    """The text up to its first space."""
    return text[:200].split(maxsplit=1)[0] if text else ""
