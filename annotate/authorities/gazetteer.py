"""The user's gazetteer: names that are always tagged, found in one pass over the words of a text.

Each name is kept under the codes of its words (bibliography.transliterate), a person under those of the family name, so
that one look-up finds all spellings and given names, initials and inversion are compared at the place that was found:
100,000 names cost a text no more than 1,000. spaCy's PhraseMatcher finds as fast, but needs a Doc for every name and
every variant of it, which takes twenty times as long to build.

>>> gazetteer = Gazetteer([Authority("PERSON", "Joseph Stalin"), Authority("ORG", "Gosplan")])
>>> text = "J. V. Stalin and Gosplan; Stalin, Joseph"
>>> [text[found.start : found.end] for found in gazetteer.find(text)]
['J. V. Stalin', 'Gosplan', 'Stalin, Joseph']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotate.authorities.names import WORD, NameForm, fold_word, givens_agree, name_forms
from bibliography.names import PARTICLES, initials, is_glued
from bibliography.transliterate import is_cyrillic, same_spelling, word_code
from schemas.authorities import Authority

_GAP = re.compile(r"[ \t\u00a0]*(?:\n[ \t]*)?|[ \t]*[-‐‑–][ \t]*\n?[ \t]*|[.,&][ \t]*\n?[ \t]*|[ \t]+&[ \t]+")
_GIVEN_GAP = re.compile(r"\.?[ \t\u00a0]*(?:\n[ \t]*)?|[-‐]")
_COMMA = re.compile(r",[ \t\u00a0]*(?:\n[ \t]*)?")
_INITIAL = re.compile(r"[^\W\d_]{1,2}")
_MOST_GIVEN = 4


class Listed(NamedTuple):
    """A listed name in a text, with the records that it may be of."""

    start: int
    end: int
    records: tuple[Authority, ...]


class _Token(NamedTuple):
    start: int
    end: int
    text: str


class _Entry(NamedTuple):
    form: NameForm
    record: Authority


class Gazetteer:
    """Records by the codes of their names."""

    def __init__(self, records: Sequence[Authority]) -> None:
        self._entries: dict[tuple[str, ...], list[_Entry]] = {}
        self._longest: dict[str, int] = {}
        for record in records:
            for form in name_forms(record):
                codes = tuple(map(_code, form.words))
                self._entries.setdefault(codes, []).append(_Entry(form, record))
                self._longest[codes[0]] = max(len(codes), self._longest.get(codes[0], 0))

    def find(self, text: str) -> list[Listed]:
        """The listed names of a text, in its order; the longest where they overlap, then the first."""
        found = sorted(self._matches(text), key=lambda match: (match[0] - match[1], match[0]))
        records: dict[tuple[int, int], list[Authority]] = {}
        taken: dict[int, tuple[int, int]] = {}
        for start, end, record in found:
            holder = {taken.get(at) for at in range(start, end)}
            if holder == {None}:
                taken.update(dict.fromkeys(range(start, end), (start, end)))
            elif holder != {(start, end)}:
                continue
            records.setdefault((start, end), []).append(record)
        return [Listed(*span, tuple(dict.fromkeys(known))) for span, known in sorted(records.items())]

    def _matches(self, text: str) -> Iterator[tuple[int, int, Authority]]:
        tokens = [_Token(found.start(), found.end(), found[0]) for found in WORD.finditer(text)]
        codes = [_code(fold_word(token.text)) for token in tokens]
        for first, code in enumerate(codes):
            longest = self._longest.get(code, 0)
            for last in range(first + 1, min(first + longest, len(tokens)) + 1):
                entries = self._entries.get(tuple(codes[first:last]))
                if entries is None or not _together(text, tokens[first:last]):
                    continue
                for entry in entries:
                    span = _span(text, tokens, first, last, entry.form)
                    if span is not None:
                        yield *span, entry.record


def _code(word: str) -> str:
    return word_code(word) or word


def _span(text: str, tokens: Sequence[_Token], first: int, last: int, form: NameForm) -> tuple[int, int] | None:
    """Where the whole name stands whose words (of a person: whose family name) are these tokens; None where it does not."""
    words = [token.text for token in tokens[first:last]]
    if not _same_words(words, form):
        return None
    end = tokens[last - 1].start + len(re.sub(r"['’‘`]s\Z", "", words[-1]))
    if not form.given:
        return tokens[first].start, end
    start = _given_before(text, tokens, first, form.given)
    if start is not None:
        return start, end
    behind = _given_behind(text, tokens, last, form.given) if end == tokens[last - 1].end else None
    return (tokens[first].start, behind) if behind is not None else None


def _same_words(words: Sequence[str], form: NameForm) -> bool:
    """Spelt alike, and capital where the name has a capital; one word alone must be the same letter by letter."""
    for word, spelling, folded in zip(words, form.spelling, form.words, strict=True):
        if spelling[0].isupper() and word[0].islower():
            return False
        if spelling.isupper() and 2 <= len(spelling) <= 6 and not word.isupper() and len(words) == 1:
            return False
        if fold_word(word) == folded:
            continue
        alone = len(words) == 1 and not form.given
        if (alone and is_cyrillic(word) == is_cyrillic(spelling)) or not same_spelling(word, spelling):
            return False
    return True


def _together(text: str, tokens: Sequence[_Token]) -> bool:
    """No more than white space, a hyphen or a comma between the words; a stop only behind an abbreviation ("St. Paul")."""
    return all(
        _GAP.fullmatch(text, one.end, other.start) and (text[one.end] != "." or len(one.text) <= 4)
        for one, other in pairwise(tokens)
    )


def _given_before(text: str, tokens: Sequence[_Token], family: int, given: str) -> int | None:
    """Where the given names before a family name begin, if they agree: as many as do; None where none does."""
    first = family
    while first > 0 and family - first < _MOST_GIVEN and _may_be_given(tokens[first - 1].text):
        if not _GIVEN_GAP.fullmatch(text, tokens[first - 1].end, tokens[first].start):
            break
        first -= 1
    for start in range(first, family):
        said = text[tokens[start].start : tokens[family].start].strip()
        if givens_agree(said, given) and len(initials(said)) <= len(initials(given)) + 1:
            dangling = start > first and _is_initial(text, tokens[start - 1])
            return None if dangling else tokens[start].start
    return None


def _may_be_given(word: str) -> bool:
    return word[0].isupper() or word in PARTICLES


def _given_behind(text: str, tokens: Sequence[_Token], last: int, given: str) -> int | None:
    """Where an inverted name ends: "Stalin, Joseph", "Stalin J.V."; None where no given name stands behind."""
    comma = last < len(tokens) and _COMMA.fullmatch(text, tokens[last - 1].end, tokens[last].start) is not None
    if last >= len(tokens) or not (comma or _GIVEN_GAP.fullmatch(text, tokens[last - 1].end, tokens[last].start)):
        return None
    if text[tokens[last - 1].end] == ".":  # a new sentence
        return None
    end = last
    while (
        end < len(tokens)
        and end - last < _MOST_GIVEN
        and tokens[end].text[0].isupper()
        and (end == last or _GIVEN_GAP.fullmatch(text, tokens[end - 1].end, tokens[end].start))
        and (comma or _is_initial(text, tokens[end]))
    ):
        end += 1
    for stop in range(end, last, -1):
        said = text[tokens[last].start : tokens[stop - 1].end]
        if givens_agree(said, given) and len(initials(said)) <= len(initials(given)) + 1:
            point = _is_initial(text, tokens[stop - 1]) and text[tokens[stop - 1].end : tokens[stop - 1].end + 1] == "."
            return tokens[stop - 1].end + point
    return None


def _is_initial(text: str, token: _Token) -> bool:
    pointed = text[token.end : token.end + 1] == "."
    return (pointed and _INITIAL.fullmatch(token.text) is not None) or is_glued(token.text)
