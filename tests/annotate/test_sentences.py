"""Sentences of scholarly prose: what ends one and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.sentences import sentence_at, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("A.C. Sutton counted 118. The rest is lost.", ["A.C. Sutton counted 118.", "The rest is lost."]),
        ("It fell (cf. vol. 3, p. 12). It rose.", ["It fell (cf. vol. 3, p. 12).", "It rose."]),
        ("As Davies et al. (1994) show, output fell.", ["As Davies et al. (1994) show, output fell."]),
        ("Exports grew in 25 times! Imports, too.", ["Exports grew in 25 times!", "Imports, too."]),
        ("The U.S. companies gained.", ["The U.S. companies gained."]),
        ("See J. M. Keynes. He said so.", ["See J. M. Keynes.", "He said so."]),
        ("He paid 3d. for a bottle. It fell.", ["He paid 3d. for a bottle.", "It fell."]),
        ("It cost £213 14s. 6d. in all.", ["It cost £213 14s. 6d. in all."]),
        ("It cost 14s. Six paid.", ["It cost 14s.", "Six paid."]),
        ("From 18d. to 6½d. a pound.", ["From 18d. to 6½d. a pound."]),
        ("From 3 per cent. to 5 per cent. It fell.", ["From 3 per cent. to 5 per cent.", "It fell."]),
        ("He left. al-Tabari stayed.", ["He left.", "al-Tabari stayed."]),
        ("He left. de Gaulle stayed.", ["He left.", "de Gaulle stayed."]),
        ("Am 29. September 1831 starb er.", ["Am 29. September 1831 starb er."]),
        ("Ein Brauch des 18. Jahrhunderts. Er blieb.", ["Ein Brauch des 18. Jahrhunderts.", "Er blieb."]),
        ("They counted 29. September was wet.", ["They counted 29. September was wet."]),  # not to be told from a date
        ("They counted 29. Many died.", ["They counted 29.", "Many died."]),
        ("", []),
        ("   ", []),
    ],
)
def test_splits(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text)] == sentences


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=80), st.integers(0, 5))
def test_sentences_tile_the_text_but_for_white_space(text: str, offset: int) -> None:
    position = 0
    for sentence in split_sentences(text, offset=offset):
        start, end = sentence.start - offset, sentence.end - offset
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()


def test_a_marker_belongs_to_the_sentence_that_it_closes() -> None:
    text = "It rose. It fell."
    first, second = split_sentences(text)
    assert sentence_at([first, second], 8) == first
    assert sentence_at([first, second], 9) == first
    assert sentence_at([first, second], 12) == second
    assert sentence_at([first, second], 0) == first
    assert sentence_at([], 3) is None


def test_half_a_character_is_split_around() -> None:
    text = "It rose\ud800. Then it fell."
    assert [text[s.start : s.end] for s in split_sentences(text)] == ["It rose\ud800.", "Then it fell."]


def test_russian_abbreviations() -> None:
    text = "К 1880 г. через город шёл весь хлеб (см. т. 2, с. 14). За год продали на 1,8 млн руб. Из них мало ржи."
    assert [text[s.start : s.end] for s in split_sentences(text, language="ru")] == [
        "К 1880 г. через город шёл весь хлеб (см. т. 2, с. 14).",
        "За год продали на 1,8 млн руб.",
        "Из них мало ржи.",
    ]
