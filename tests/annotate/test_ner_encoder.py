"""The encoder's way in and out: word pieces, shapes, windows, tags, and the component around them."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.ner.component import EncoderNer
from annotate.ner.pieces import SHAPE_COUNT, WordPieces, shape_of, split_word
from annotate.ner.tags import TagScheme
from annotate.ner.windows import MOST_PIECES, Word, cut_windows, pack, read_words

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "gos", "##plan", "##bank", "'", "s", "grain", "us", "##sr"]
PIECES = WordPieces(VOCABULARY)
HELD = Path(__file__).parents[1] / "fixtures" / "names" / "held.txt"
SCHEME = TagScheme(("PERSON", "ORG"))


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Gosplan", ["gos", "##plan"]),
        ("GOSBANK", ["gos", "##bank"]),
        ("grain's", ["grain", "'", "s"]),
        ("grainx", ["[UNK]"]),
        ("ussr", ["us", "##sr"]),
        ("", ["[UNK]"]),
        ("gráin", ["grain"]),
    ],
)
def test_words_are_cut_into_the_longest_pieces(word: str, pieces: list[str]) -> None:
    assert [VOCABULARY[number] for number in PIECES(word)] == pieces


def test_a_word_without_end_has_few_pieces() -> None:
    assert len(PIECES("s" * 10_000)) <= 16
    assert split_word("中国 x") == ["中", "国", "x"]


def test_shapes_tell_what_lower_case_takes_away() -> None:
    words = [
        "grain",
        "Grain",
        "A",
        "XIV",
        "USSR",
        "McKay",
        "1931",
        "12",
        "J.",
        "U.S.",
        "58,7",
        "G20",
        "O’Brien",
        "École",
    ]
    shapes = [shape_of(word) for word in words]
    assert len(set(shapes[:-2])) == len(words) - 2
    assert shape_of("École") == shape_of("Grain")
    assert all(0 < shape < SHAPE_COUNT for shape in shapes)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=30))
def test_any_word_has_pieces_and_a_shape(word: str) -> None:
    assert 1 <= len(PIECES(word)) <= 16
    assert 0 < shape_of(word) < SHAPE_COUNT


def _names(draw: st.DrawFn, length: int) -> list[tuple[int, int, str]]:
    names, at = [], 0
    while at < length:
        at += draw(st.integers(0, 3))
        end = min(length, at + draw(st.integers(1, 4)))
        if at < end:
            names.append((at, end, draw(st.sampled_from(SCHEME.labels))))
        at = end
    return names


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.data())
def test_tags_give_the_names_back(data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 12))
    names = data.draw(st.composite(_names)(length))
    logits = np.full((length, SCHEME.size), -5, dtype=np.float32)
    logits[np.arange(length), SCHEME.encode(length, names)] = 5
    assert list(SCHEME.decode(logits)) == names


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(1, 10), st.integers(0, 2**32 - 1))
def test_any_scores_give_names_that_do_not_overlap(length: int, seed: int) -> None:
    logits = np.random.default_rng(seed).normal(size=(length, SCHEME.size)).astype(np.float32)
    spans = list(SCHEME.decode(logits))
    assert all(0 <= start < end <= length for start, end, _ in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_the_best_legal_sequence_wins_over_the_best_tags() -> None:
    logits = np.zeros((2, SCHEME.size), dtype=np.float32)
    begin, _, last, _ = SCHEME.tags_of("ORG")
    logits[0, begin], logits[1, 0], logits[1, last] = 3, 2, 1.5  # "begin, outside" is not legal
    assert list(SCHEME.decode(logits)) == [(0, 2, "ORG")]


def _words(*texts: str) -> list[Word]:
    return [Word(i, text, (4,) * 10, 1, False) for i, text in enumerate(texts)]


def test_windows_hold_all_words_once_and_end_at_sentences() -> None:
    words = _words(*(["grain"] * 9 + ["."]) * 8)
    windows = cut_windows(words)
    assert [i for start, end in windows for i in range(start, end)] == list(range(len(words)))
    assert all(sum(len(w.pieces) for w in words[start:end]) <= MOST_PIECES for start, end in windows)
    assert all(words[end - 1].text == "." for _, end in windows)


def test_no_window_cuts_a_name_that_fits_it() -> None:
    words = _words(*["grain"] * 40)
    inside = [14 < i < 18 for i in range(41)]
    assert 16 not in {end for _, end in cut_windows(words, inside)}
    assert all(not inside[end] for _, end in cut_windows(words, inside)[:-1])


def test_blank_lines_end_windows_and_spaces_are_no_words() -> None:
    words = read_words(spacy.blank("en")("Ford left.\n\nHe  came."), PIECES)
    assert [word.text for word in words] == ["Ford", "left", ".", "He", "came", "."]
    assert cut_windows(words) == [(0, 3), (3, 6)]


def test_arrays_point_at_first_and_last_pieces() -> None:
    one = [Word(0, "Gosplan", (4, 5), 2, False), Word(1, "grain", (9,), 1, False)]
    arrays = pack([one, one[1:]], PIECES.start, PIECES.end)
    assert arrays.pieces.tolist() == [[2, 4, 5, 9, 3], [2, 9, 3, 0, 0]]
    flat = arrays.pieces.reshape(-1)
    assert flat[arrays.first[0]].tolist() == [4, 9]
    assert flat[arrays.last[0]].tolist() == [5, 9]
    assert flat[arrays.first[1, 0]] == 9
    assert arrays.mask.sum(axis=1).tolist() == [5, 3]


def test_a_component_without_a_model_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("adfontes_ner", config={"labels": ["PERSON"]})
    with pytest.raises(ValueError, match="no model"):
        nlp("Ford left.")


@pytest.mark.slow
def test_threads_change_no_name() -> None:
    from annotate.model import DEFAULT_MODEL

    texts = [
        "Ford met Stalin in Moscow.",
        "",
        "The Politburo sat. " * 60,
        "\n\n",
        *["Gosplan paid Amtorg in Detroit."] * 70,
    ]

    def names(threads: int) -> list[list[tuple[int, int, str]]]:
        nlp = spacy.load(DEFAULT_MODEL, config={"components": {"adfontes_ner": {"threads": threads}}})
        return [[(ent.start, ent.end, ent.label_) for ent in doc.ents] for doc in nlp.pipe(texts)]

    assert names(1) == names(3)


@pytest.mark.slow
def test_a_text_has_the_same_names_in_any_company() -> None:
    from annotate.model import DEFAULT_MODEL
    from annotate.training.texts import read_bracketed

    component = spacy.load(DEFAULT_MODEL).get_pipe("adfontes_ner")
    assert isinstance(component, EncoderNer)
    cut, scheme = WordPieces(component.vocabulary), TagScheme(component.labels)
    tokens = spacy.blank("en")
    texts = [record.text for record in read_bracketed(HELD)]
    # short lines, digits, capitals and rare pieces have other ranges of values than prose
    texts += ["Ford", "11,560 12.5 1939 44", "THE HARD CURRENCY COMMISSION", "ſ ﬀ Ǆ ₽ 中国", "Oka, Kama, Ob."]
    windows = []
    for text in texts:
        words = read_words(tokens.make_doc(text), cut)
        windows += [words[start:end] for start, end in cut_windows(words)]
    shared = component.logits(windows)
    changed = 0.0
    for window, together in zip(windows, shared, strict=True):
        alone = component.logits([window])[0]
        changed = max(changed, float(np.abs(alone - together[: len(window)]).max()))
        assert list(scheme.decode(alone)) == list(scheme.decode(together[: len(window)]))
    # the last bits of floating sums differ by the shape of a batch, and now and then one activation is rounded the other way
    assert changed < 0.1
