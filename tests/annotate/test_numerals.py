"""Numerals: digits and words to exact numbers, the separators decided for each token."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from annotate.annotators.number_words import read_words
from annotate.annotators.numerals import Vote, exact_text, find_numerals, vote_separators


def numbers(text: str, vote: Vote | None = None) -> list[tuple[str, str]]:
    found = find_numerals(text, vote_separators(text) if vote is None else vote)
    return [(text[numeral.start : numeral.end], exact_text(numeral.value)) for numeral in found]


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("seven", 7),
        ("twenty-five", 25),
        ("one and thirty", 31),
        ("fourscore", 80),
        ("fourscore and ten", 90),
        ("eleven hundred", 1100),
        ("three hundred and twenty-five", 325),
        ("two thousand and thirty-four", 2034),
        ("a hundred and five", 105),
        ("nineteen hundred and sixteen", 1916),
        ("two million five hundred thousand", 2_500_000),
        ("two thousand million", 2_000_000_000),
        ("three dozen", 36),
        ("two and a half", Fraction(5, 2)),
        ("two millions and a half", 2_500_000),
        ("half a million", 500_000),
        ("zero", 0),
    ],
)
def test_number_words(phrase: str, value: int | Fraction) -> None:
    assert read_words(phrase) == value


@pytest.mark.parametrize(
    "phrase", ["", "the", "and", "one two", "five six hundred", "hundred and", "twenty thirty", "a"]
)
def test_words_that_are_no_number(phrase: str) -> None:
    assert read_words(phrase) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4,250 looms", [("4,250", "4250")]),
        ("12,5 of them", [("12,5", "12.5")]),
        ("2,75 million", [("2,75 million", "2750000")]),
        ("1,234,567.50", [("1,234,567.50", "1234567.5")]),
        ("1.234.567", [("1.234.567", "1234567")]),
        ("3.142", [("3.142", "3.142")]),
        ("0,125", [("0,125", "0.125")]),
        ("10 000 men", [("10 000", "10000")]),
        ("10\u202f000 men", [("10\u202f000", "10000")]),
        ("10’000 men", [("10’000", "10000")]),
        ("12,34,567 rupees", [("12,34,567", "1234567")]),
        ("1 1/2 and 1½ and ¾", [("1 1/2", "1.5"), ("1½", "1.5"), ("¾", "0.75")]),
        ("2/3", [("2/3", "2/3")]),
        ("5 millions", [("5 millions", "5000000")]),
        ("22 milliard", [("22 milliard", "22000000000")]),
        ("2 millions and a half", [("2 millions and a half", "2500000")]),
        ("two and a half million", [("two and a half million", "2500000")]),
        ("a quarter of a million", [("a quarter of a million", "250000")]),
        ("three-fifths", [("three-fifths", "0.6")]),
        ("a third", [("a third", "1/3")]),
        ("a tenth part", [("a tenth part", "0.1")]),
        ("one in twelve", [("one in twelve", "1/12")]),
        ("five or six hundred", [("five", "5"), ("six hundred", "600")]),
        ("$4bn", [("4bn", "4000000000")]),
        ("£5m", [("5m", "5000000")]),
        ("5 m long", [("5", "5")]),
        ("½ m long", [("½", "0.5")]),
        ("fell by -0.7", [("-0.7", "-0.7")]),
        ("75 -300", [("75", "75"), ("300", "300")]),
    ],
)
def test_numerals(text: str, expected: list[tuple[str, str]]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize("text", ["month1", "the treaty.14", "rose by 9%3", "the end,”7", "F-16", "version 0.100.150"])
def test_glued_digits_are_no_numerals(text: str) -> None:
    assert [surface for surface, _ in numbers(text) if surface not in ("9",)] == []


def test_one_text_has_decimal_and_thousands_commas() -> None:
    text = "200,000 tons, and a share of 58,7 that was 19,4 before"
    assert numbers(text) == [("200,000", "200000"), ("58,7", "58.7"), ("19,4", "19.4")]


def test_the_document_votes_where_the_digits_do_not_tell() -> None:
    assert numbers("1.250", Vote(decimal_commas=3)) == [("1.250", "1250")]
    assert numbers("1.250", Vote(decimal_commas=3, decimal_points=1)) == [("1.250", "1.25")]


def test_a_vague_number_is_a_band() -> None:
    (numeral,) = find_numerals("hundreds of thousands of refugees")
    assert (numeral.value, numeral.value_max) == (100_000, 999_999)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(587, 10), "58.7"),
        (Fraction(1, 3), "1/3"),
        (Fraction(5_000_000), "5000000"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-7, 10), "-0.7"),
        (Fraction(0), "0"),
    ],
)
def test_exact_text(value: Fraction, text: str) -> None:
    assert exact_text(value) == text
    assert Fraction(text) == value


@pytest.mark.parametrize("unit", ["1", "1,", "1 ", "one ", ".", "1/", "a half "])
def test_time_grows_with_length_only(unit: str, grows_linearly: Callable[..., bool]) -> None:
    assert grows_linearly(find_numerals, lambda times: unit * times, 1_000, 10)
