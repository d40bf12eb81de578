"""Hostile strings: the entity layer neither crashes nor hangs, and its spans are legal. 300 in a normal run, 10,000 fuzzed."""

from __future__ import annotations

import functools
import itertools
import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from annotate.annotators.classics import find_classics
from annotate.annotators.entities import annotate_entities
from annotate.engine import load_model, parse_blocks
from corpus.readers.jsonl import one_block_article

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST = 20.0  # seconds for one string, on a busy machine: it is quadratic work that this is to catch

_PIECES = [
    "Ford", "J.", "Stalin", "the Soviet Union", "USSR", "(EEC)", "Great Depression", "Hom. Il.", "Soph.", "Ant. 450", "O. T.",
    "Thuc.", "1.22", "Cic. Att. 1.16; Fam.", "1931", "May 1931", "58,7", "١٩٣١", "Москва", "東京", "ἄνδρα", "Α", "é", "e\u0301",
    "\u200b", "\u202e", "\ufeff", "\u2028", "\x85", "\x00", "\x1f", "\ufffd", "😀", "👩‍👩‍👧‍👦", "𝔉𝔬𝔯𝔡", "ﬁ", "İ", "ß", "Ǆ", "’s", "'", "\"", "“", "(",
    ")", "[", "]", "[1]", "{", "<b>", "&amp;", "\\", "/", "...", "…", "--", "—", "_", "*", "#", "@", "%", "$", ",", ";", ".", "!", "?",
    "\n", "\n\n", "\r\n", "\t", "\xa0", "\u3000", "and", "the", "a", "of", "von", "Mc", "O’Brien", "Jean-Paul", "U.S.", "Co2", "X" * 300,
    "a" * 70, "." * 600, "A." * 400, "Ω" * 50, "http://x.y/z?q=1", "no.5", "¹²³", "½", "Ⅳ", "-", "–1933", "s'", "ʻ", "ا", "ابن سينا", "नेहरू",
]  # fmt: skip


def hostile(seed: int) -> str:
    """A string of names, signs, scripts and controls, glued or spaced by chance."""
    chance = random.Random(seed)
    pieces = [chance.choice(_PIECES) for _ in range(chance.choice((1, 3, 10, 40)))]
    if chance.random() < 0.2:
        pieces += [
            chr(chance.choice((chance.randrange(32, 0x2FFF), chance.randrange(0x10000, 0x1FFFF)))) for _ in range(9)
        ]
    if chance.random() < 0.05:
        pieces = [chance.choice(pieces) * chance.choice((50, 500))]
    return chance.choice(("", " ", " ", "\n")).join(pieces) or " "


@functools.cache
def model() -> Language:
    return load_model()


def check(seeds: range) -> None:
    texts = {seed: hostile(seed) for seed in seeds}
    articles = (one_block_article(text, str(seed), "hostile") for seed, text in texts.items())
    began = time.process_time()
    for article, docs in parse_blocks(articles, model()):
        anns = list(annotate_entities(article, docs))
        for ann in anns:
            assert 0 <= ann.start < ann.end <= len(article.text), article.id
            words = article.quote(ann)
            assert words.strip() == words, (article.id, words)
        assert all(one.end <= two.start for one, two in itertools.pairwise(anns)), article.id
        spent = time.process_time() - began
        assert spent < LONGEST * 64, article.id  # sixty-four texts are read together
        began = time.process_time()


@pytest.mark.slow
def test_three_hundred() -> None:
    check(range(300))


@pytest.mark.fuzz
@pytest.mark.parametrize("start", range(0, 10_000, 1000))
def test_ten_thousand(start: int) -> None:
    check(range(start, start + 1000))


@pytest.mark.parametrize(
    "piece", ["Soph. ", "Cic. Att. 1.16; ", "Hom. Il. ", "A. ", "Thuc. 1.22, ", "Ant. 450 ", "S.O.T."]
)
def test_classical_citations_take_linear_time(piece: str, grows_linearly: Callable[..., bool]) -> None:
    assert grows_linearly(find_classics, lambda times: piece * times, 300, 10)
