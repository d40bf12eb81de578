"""Authors of a library named in running text: "A.C. Sutton enumerated ...", "Sutton (1968) argues".

>>> from bibliography.match import LibraryIndex
>>> library = LibraryIndex([("s", {"author": [{"family": "Sutton", "given": "Antony C."}], "title": "Western Technology"})])
>>> [tuple(m) for m in find_mentions("Here A.C. Sutton enumerated 218 concessions; Sutton agreed, as Sutton (1968) shows.", library)]
[(5, 16, 'Sutton', 'A.C.', None), (63, 76, 'Sutton', None, 1968)]

A surname alone is no citation: it takes initials or a forename that an entry's author has, or a year in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bibliography.match import LibraryIndex
from bibliography.names import fold_name, initials_agree

_WORD = re.compile(r"[^\W\d_](?:[\w]|['’‘\-‐](?=\w))*\.?")
_YEAR = re.compile(r"(?:[’']s)?\s{0,3}[(\[](?P<year>1[4-9]\d\d|20\d\d)[a-z]?(?P<close>[)\]])?")
_INITIAL = re.compile(r"[^\W\d_]{1,3}\.")
_WIDEST = 3  # words of a family name: "van der Wurff"


class Mention(NamedTuple):
    """A mention: its span, the family and given name as written, and the year behind it."""

    start: int
    end: int
    family: str
    given: str | None
    year: int | None


def find_mentions(text: str, library: LibraryIndex) -> Iterator[Mention]:
    """Every mention of an author of the library, in text order; time grows with the text only."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        width = _family_width(text, words, at, library)
        mention = _mention(text, words, at, width, library) if width else None
        if mention is not None:
            yield mention
        at += width if mention is not None else 1


def _family_width(text: str, words: list[re.Match[str]], at: int, library: LibraryIndex) -> int:
    """How many words from here on are a family name of the library; 0 where none."""
    first = words[at][0].rstrip(".")
    if not library.begins_family(fold_name(first)) and not library.begins_family(
        fold_name(re.sub(r"[’']s$", "", first))
    ):
        return 0
    for width in range(min(_WIDEST, len(words) - at), 0, -1):
        last = words[at + width - 1]
        written = text[words[at].start() : last.end()].rstrip(".")
        if len(written) < 2 or not last[0][0].isupper() or "\n\n" in written or re.search(r"[^\w\s'’‘\-‐]", written):
            continue
        folded = fold_name(written)
        if library.has_family(folded) or library.has_family(fold_name(re.sub(r"[’']s$", "", written))):
            return width
    return 0


def _mention(text: str, words: list[re.Match[str]], at: int, width: int, library: LibraryIndex) -> Mention | None:
    start, end = words[at].start(), words[at + width - 1].end()
    family = re.sub(r"[’']s?$|\.$", "", text[start:end].rstrip("."))
    family = re.sub(r"[’']s$", "", family)
    end = start + len(family)
    begin = _given_start(text, words, at)
    given = text[begin:start].strip() if begin < start else None
    people = [
        p for work in library.by_family(fold_name(family)) for p in work.people if fold_name(family) in p.families
    ]
    if given and not any(person.given and initials_agree(given, person.given) for person in people):
        if not _INITIAL.match(given):
            given, begin = None, start
        else:
            return None
    year = _YEAR.match(text, end)
    if given is None and year is None:
        return None
    if year is not None:
        end = year.end() if year["close"] else year.end("year")
    return Mention(begin, end, family, given, int(year["year"]) if year else None)


def _given_start(text: str, words: list[re.Match[str]], at: int) -> int:
    """Where the initials or the forename before a surname begin; the surname's own start without any."""
    begin = words[at].start()
    for back in range(at - 1, max(-1, at - 4), -1):
        word = words[back]
        gap = text[word.end() : begin]
        if gap.strip(" \t\n-‐") or "\n\n" in gap or not word[0][0].isupper():
            break
        if not _INITIAL.fullmatch(word[0]) and (
            word[0].endswith(".") or (begin != words[at].start() and back < at - 2)
        ):
            break
        begin = word.start()
        if not _INITIAL.fullmatch(word[0]):
            break
    return begin
