"""A list of names as one field to the single names in it, each with its place.

>>> text = "Tolley, Kenneth, Inez Marrow, and David Oyelaran"
>>> [text[start:end] for start, end in split_people(text)]
['Tolley, Kenneth', 'Inez Marrow', 'David Oyelaran']
>>> text = "Borodkin LI, Petrov YuA, et al."
>>> [text[start:end] for start, end in split_people(text)]
['Borodkin LI', 'Petrov YuA']
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bibliography.names import PARTICLES, is_glued

_ET_AL = re.compile(
    r"[\s,;]*(?:and\s+|&\s*)?(?:\(?et\s*\.?al\b\.?\)?|et\s+coll\b\.?|u\.\s?a\.|и\s+др\.?|и\s+соавт\.?|and\s+others|\[и др\.\]|i\s+dr\.).*$",
    re.DOTALL,
)
_PARTED = re.compile(r"\s*;\s*(?:(?:and|und|et|&)\s+)?|\s*/\s*|\s+-{1,2}\s+|\s+[–—]\s+")
_COMMA = re.compile(
    r"\s*,\s*(?:(?:and|und|et|e|y|i|и|og|och|&|AND)\s+)?|\s+(?:and|und|et|e|y|i|и|og|och|AND|sowie)\s+|\s*&\s*"
)
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\s?[.·]\s?[-‐–]?\s?)+(?:[^\W\d_]\b\.?)?|(?:[^\W\d_a-zа-я]\s?[-‐]?\s?){1,3}\.?")
_SUFFIX = re.compile(r"(?:Jr|Sr|jun|sen|fils)\.?|I{2,3}|IV|2nd|3rd|4th|S\.J\.|O\.P\.")
_EDGE = " \t\r\n\u00a0,;:&/"
_ROLE = re.compile(
    r"(?:\(?\s*\b(?:eds?|editors?|edited by|hrsg|hg|hgg|trans|translated by|ed by|comps?|coord|dir|a cura di|под ред|отв\. ред|ред|сост)\b\.?\s*(?:by|von|v\.|par)?\s*\)?)",
    re.IGNORECASE,
)


class _Piece(NamedTuple):
    start: int
    end: int
    text: str


def split_people(text: str) -> list[tuple[int, int]]:
    """The span of each name of a list; "et al.", roles and the words between names belong to none."""
    end = len(text)
    if found := _ET_AL.search(text):
        end = found.start()
    start = 0
    if role := _ROLE.match(text):
        start = role.end()
    groups = _cut(text, start, end, _PARTED)
    if len(groups) > 1 and any(len(group.text) < 3 for group in groups):
        groups = [_Piece(start, end, text[start:end])]
    people: list[tuple[int, int]] = []
    for group in groups:
        people += _people_of(text, group)
    return [span for low, high in people if (span := _trim(text, low, high))[0] < span[1]]


def _people_of(text: str, group: _Piece) -> list[tuple[int, int]]:
    pieces = [piece for piece in _cut(text, group.start, group.end, _COMMA) if piece.text]
    if len(pieces) < 2:
        return [(group.start, group.end)] if group.text else []
    inverted = _opens_inverted(pieces)
    people: list[tuple[int, int]] = []
    at = 0
    while at < len(pieces):
        last = at + _takes_given(text, pieces, at, inverted=inverted)
        if last + 1 < len(pieces) and _SUFFIX.fullmatch(pieces[last + 1].text):
            last += 1
            if last == at + 1 and last + 1 < len(pieces) and _INITIALS.fullmatch(pieces[last + 1].text):
                last += 1  # "King, Jr., M. L."
        people.append((pieces[at].start, pieces[last].end))
        at = last + 1
    return people


def _opens_inverted(pieces: list[_Piece]) -> bool:
    """Whether the first piece is a family name: one word, one with a particle, or one before a single given name."""
    words = pieces[0].text.split()
    if _is_person(pieces[0].text):
        return False
    if len(words) == 1 or any(word[0].islower() for word in words):
        return True
    return len(words) <= 3 and len(pieces) == 2 and len(pieces[1].text.split()) == 1


def _takes_given(text: str, pieces: list[_Piece], at: int, *, inverted: bool) -> bool:
    """Whether the next piece is the given name of this one: "Allen, Robert C." """
    if at + 1 == len(pieces):
        return False
    this, following = pieces[at], pieces[at + 1]
    if "," not in text[this.end : following.start] or _is_person(this.text) or not _is_family(this.text):
        return False
    if _INITIALS.fullmatch(following.text):
        return True
    return inverted and (_is_given(following.text) or (at == 0 and len(following.text.split()) < 4))


def _is_family(text: str) -> bool:
    words = text.split()
    return len(words) <= 3 and (
        len(words) == 1 or words[0].lower() in PARTICLES or not any("." in word for word in words)
    )


def _is_given(text: str) -> bool:
    if _INITIALS.fullmatch(text):
        return True
    words = text.split()
    return (
        len(words) <= 3
        and words[0][:1].isupper()
        and (
            len(words) == 1
            or all(len(w.strip(".")) <= 2 or w in words[:1] for w in words)
            or words[-1].lower() in PARTICLES
        )
    )


def _is_person(text: str) -> bool:
    """Whether the piece holds a whole name: initials beside a surname, in either order ("S. E. Han", "Petrov YuA")."""
    words = text.split()
    if len(words) < 2:
        return False
    marks = [("." in word and len(word) < 8) or is_glued(word) for word in words]
    return any(marks) and not all(marks)


def _cut(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[_Piece]:
    pieces, low = [], start
    for found in pattern.finditer(text, start, end):
        pieces.append(_piece(text, low, found.start()))
        low = found.end()
    return [*pieces, _piece(text, low, end)]


def _piece(text: str, start: int, end: int) -> _Piece:
    start, end = _trim(text, start, end)
    return _Piece(start, end, text[start:end])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
