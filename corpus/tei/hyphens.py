"""Line breaks of TEI (``lb``) inside the words of a block: what they part, and words that they cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from corpus.layout.join import breaks_word, kept_hyphen, vocabulary
from corpus.markup.xml import local
from corpus.structure import Cited, Piece, Styled

LINE, WITHIN = "\u2028", "\u2029"  # a line break; one that the file says to stand inside a word
_BROKEN = re.compile(rf"(?P<hyphen>[-‐¬⸗\u00ad]?)\s*(?:[{LINE}{WITHIN}]\s*)+")


def words_of(text: etree._Element) -> Counter[str]:
    """The vocabulary of a text, its line breaks seen as such: it tells whether a hyphen at one belongs to its word."""
    parts: list[str] = []
    for event, element in etree.iterwalk(text, events=("start", "end")):
        if event == "start":
            parts += ["\n" if local(element) == "lb" else "", element.text or ""]
        else:
            parts.append(element.tail or "")
    return vocabulary("".join(parts).replace("¬", "-").replace("⸗", "-"))


def join_lines(pieces: Sequence[Piece], words: Counter[str]) -> tuple[Piece, ...]:
    """The pieces with their line breaks as spaces, and words that a break cut made whole."""
    leaves = list(_leaves(pieces))
    text = "".join(leaves)
    if LINE not in text and WITHIN not in text:
        return tuple(pieces)
    cuts = [cut for found in _BROKEN.finditer(text) if (cut := _cut(text, found, words)) is not None]
    made = iter(_without(leaves, cuts))
    return tuple(_refilled(pieces, made))


def _cut(text: str, found: re.Match[str], words: Counter[str]) -> tuple[int, int] | None:
    """What is taken out at one break; None where it is a space."""
    start, end = found.span()
    hyphen = found["hyphen"]
    if WITHIN in found.group():
        return start, end
    if not hyphen:
        return None
    above, below = text[max(0, start - 60) : start] + hyphen, text[end : end + 60]
    if hyphen in "¬⸗\u00ad":
        return (start, end) if below[:1].isalpha() else None
    if breaks_word(above, below):
        return (start + 1, end) if kept_hyphen(above, below, words) else (start, end)
    return None


def _leaves(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Styled | Cited):
            yield from _leaves(piece.pieces)


def _without(leaves: Sequence[str], cuts: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The leaves without the stretches of their common text that are cut."""
    begin, first = 0, 0
    for leaf in leaves:
        end, position, kept = begin + len(leaf), begin, []
        while first < len(cuts) and cuts[first][0] < end:
            low, high = cuts[first]
            kept.append(leaf[position - begin : max(low, position) - begin])
            position = min(max(high, position), end)
            if high > end:
                break
            first += 1
        kept.append(leaf[position - begin :])
        yield "".join(kept)
        begin = end


def _refilled(pieces: Sequence[Piece], leaves: Iterator[str]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, str):
            yield next(leaves)
        elif isinstance(piece, Styled | Cited):
            yield replace(piece, pieces=tuple(_refilled(piece.pieces, leaves)))
        else:
            yield piece
