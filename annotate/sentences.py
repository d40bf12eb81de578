"""Sentences of clean text, after the markers were lifted.

Split by ``sentencex`` (measured: 98.7 % of claim sentences right on clean text, as good as pysbd and a hundred times as
fast) and corrected for what scholarly prose does: initials, "vol. 3", "p. 5", "cf. Keynes", "et al. (1990)".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# A full stop after one of these does not end a sentence when a name, number or bracket follows.
_ABBREVIATIONS = frozenset(
    """vol vols no nos nr p pp ch chs chap fig figs tab sec ed eds trans cf ca c fl fol fols f ff op loc cit ibid id st
    mt dr mr mrs ms prof rev hon gen col capt lt sgt gov sen rep pres jr sr messrs al etc viz vs art arts bk pt ser
    jan feb mar apr jun jul aug sep sept oct nov dec bd hg hrsg vgl bzw zit gg gos izd tt vyp
    anm aufl bl jh jhs sog usw chap fasc mme mm av ap
    г гг в вв т тт с сс л лл ф оп д дд кн вып изд ред стр см ср им ул гл рис табл руб коп тыс млн млрд др пр проф акад
    """.split()
)
_OPEN_END = re.compile(
    r"(?: (?:^|[\s(\[“\"'«]) (?P<initial> [^\W\d_a-zß-ÿа-я] \. ) | \b (?P<abbreviation> [^\W\d_]+ ) \. ) \s* \Z",
    re.VERBOSE,
)
# Small letters behind a stop go on with the sentence ("from 3d. to 4d.", "3 per cent. of it"), unless they are the
# particle that a name begins with: "He left. al-Tabari stayed."
_GOES_ON = re.compile(
    r"(?! (?:al|as|at|ad|el|ul|ibn|de|di|da|du|del|della|des|la|le|van|von|der|den|ter|ten|zu|d|l) [-’' ]\s? [A-Z] )"
    r"[a-zß-öø-ÿ]++ (?![^\s\w]?[A-Z\d])",
    re.VERBOSE,
)
# "14s. 6d. more": shillings and pence as they were written; "29. September", "im 19. Jahrhundert": ordinals.
_OLD_MONEY = re.compile(r"[\d½¼¾⅓⅔⅛⅜⅝⅞]\s?[lsd]\.\s*\Z")
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\.\s*\Z")
_COUNTED = re.compile(
    r"(?:Jänner|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Jahrhundert|Jhs?\b|Jh\.|Jahrtausend|Weltkrieg|Lebensjahr|Auflage|Aufl\b)"
)
# After these a sentence may end all the same, so only a following digit, bracket or small letter keeps it open.
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, as broken JSON has it; the splitter takes UTF-8 only
_MAY_END = frozenset("etc al jr sr gg ff f usw г гг вв руб коп тыс млн млрд др пр".split())
_AFTER_UNIT = re.compile(r"\b(?:руб|коп|тыс|млн|млрд)\.\s+(?=[А-ЯЁ])")  # "1,8 млн руб. Из них": a new sentence
_TAIL = 80  # code points of a sentence's end that the pattern sees: enough for any abbreviation
_HEAD = 24  # and of what follows: enough for a particle or a month


class Sentence(NamedTuple):
    """A sentence's span, white space at its ends left out."""

    start: int
    end: int


def split_sentences(text: str, *, offset: int = 0, language: str = "en") -> list[Sentence]:
    """The sentences of one block's text, in order; ``offset`` is added to all.

    >>> [s.end - s.start for s in split_sentences("A.C. Sutton counted 118. The rest (cf. vol. 3) is lost.")]
    [24, 30]
    """
    from sentencex import segment

    sentences: list[Sentence] = []
    start = position = 0
    # Only the lengths of the pieces are read.
    for piece in _parted(segment(language, _SURROGATE.sub("\ufffd", text))):
        position += len(piece)
        if position < len(text) and _stays_open(
            text[max(start, position - _TAIL) : position], text[position : position + _HEAD]
        ):
            continue
        sentences += _trimmed(text, start, position, offset)
        start = position
    sentences += _trimmed(text, start, len(text), offset)
    return sentences


def _parted(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of the splitter, parted where it takes the end of a sentence for an abbreviation inside it."""
    for piece in pieces:
        start = 0
        for match in _AFTER_UNIT.finditer(piece):
            yield piece[start : match.end()]
            start = match.end()
        yield piece[start:]


def sentence_at(sentences: Sequence[Sentence], offset: int) -> Sentence | None:
    """The sentence that a marker at ``offset`` closes or stands in; the one before it between two."""
    i = bisect_right(sentences, (offset - 1, 2**62)) - 1
    if i < 0:
        return sentences[0] if sentences else None
    return sentences[i]


def _stays_open(tail: str, following: str) -> bool:
    following = following.lstrip()
    first = following[:1]
    if tail.rstrip().endswith(".") and _GOES_ON.match(following):
        return True
    if _OLD_MONEY.search(tail):
        return first.isdigit()
    if _ORDINAL.search(tail):
        return _COUNTED.match(following) is not None
    match = _OPEN_END.search(tail)
    if match is None:
        return False
    if match["initial"]:
        return first.isalpha() and first.isupper()
    word = match["abbreviation"].casefold()
    if word not in _ABBREVIATIONS:
        return False
    return not first.isupper() if word in _MAY_END else True


def _trimmed(text: str, start: int, end: int, offset: int) -> list[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Sentence(start + offset, end + offset)] if start < end else []
