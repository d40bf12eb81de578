"""Features of the tokens of a reference string, one file per kind; a new kind is one file and one line here.

    words     the word itself          lexicons   closed lists           context   place, quotation, brackets
    shapes    how it is written        patterns   what rules would say

What depends on the word only is computed once for each word and shared by its neighbours.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from bibliography.parse.features.context import context_features
from bibliography.parse.features.lexicons import lexicon_features
from bibliography.parse.features.patterns import pattern_features
from bibliography.parse.features.shapes import shape, shape_features
from bibliography.parse.features.words import word_features, word_form
from bibliography.parse.tokens import Token


def token_features(raw: str, tokens: list[Token]) -> list[list[str]]:
    """The features of every token, neighbours' included."""
    words = [_EDGE, _EDGE, *(_word(token.text) for token in tokens), _EDGE, _EDGE]
    places = context_features(tokens)
    rules = pattern_features(raw, tokens)
    found = []
    for at, (place, rule) in enumerate(zip(places, rules, strict=True)):
        before2, before, this, after, after2 = words[at : at + 5]
        found.append(
            [
                *this.own,
                *before.as_before,
                *after.as_after,
                *before2.as_before2,
                *after2.as_after2,
                f"b={before.form}|{this.form}",
                f"b={this.form}|{after.form}",
                f"t={before.shape}|{this.shape}|{after.shape}",
                *place,
                *rule,
            ]
        )
    return found


class _Word(NamedTuple):
    """What a word gives to its own features and to those of its neighbours."""

    form: str
    shape: str
    own: tuple[str, ...]
    as_before: tuple[str, ...]
    as_after: tuple[str, ...]
    as_before2: tuple[str, ...]
    as_after2: tuple[str, ...]


@lru_cache(maxsize=50_000)
def _word(text: str) -> _Word:
    form, looks, lists = word_form(text), shape(text), lexicon_features(text)
    near = (f"w={form}", f"sh={looks}", *lists)
    return _Word(
        form,
        looks,
        (*word_features(text), *shape_features(text), *lists),
        tuple("-1" + feature for feature in near),
        tuple("+1" + feature for feature in near),
        tuple("-2" + feature for feature in near[:2]),
        tuple("+2" + feature for feature in near[:2]),
    )


_EDGE = _Word("", "", (), ("-1none",), ("+1none",), ("-2none",), ("+2none",))
