"""Superscript citations flattened into the text: lifted where a numbered list is cited so, and nowhere else."""

from __future__ import annotations

import doctest

import corpus.layout.superscripts
from corpus.readers.text import read_text
from schemas.records import Article

ENTRIES = "\n\nReferences\n\n" + "".join(
    f"{n}. Author A (19{n:02}) A study of fear, part {n}. Journal of fear {n}: 1–9.\n\n" for n in range(1, 13)
)


def one(body: str) -> Article:
    found = read_text(("A title\n\n" + body + ENTRIES).encode(), "a.txt")
    assert isinstance(found, (list, tuple))
    return found[0]


def lifted(body: str) -> list[str]:
    return [cite.label for cite in one(body).citations]


def test_groups_and_ranges() -> None:
    body = "Rats fear cats1. Cats fear dogs2,3, and owls.4–6 Dogs fear nothing7-9; as said1,4, rats lose.10,11"
    assert lifted(body) == ["1", "2,3", "4–6", "7-9", "1,4", "10,11"]


def test_names_with_numbers_keep_them() -> None:
    body = (
        "Rats fear cats1. The gene PAX6 grows, PAX6 falls, HIV-1 spreads and HIV-1 stays.2 Dogs3 fear mDCs4, and mDCs"
        " fear HIV-15. Owls6 fear nobody7, β = −.8 or so, in 95% of cases (n = 9).8"
    )
    article = one(body)
    assert [cite.label for cite in article.citations] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert "mDCs, and mDCs fear HIV-1. Owls fear nobody, β = −.8" in article.text


def test_a_number_far_above_the_order_is_no_citation() -> None:
    body = "Rats1 fear cats2. Dogs3 met area12 and fled4. Owls5 came6, and mice7."
    assert lifted(body) == ["1", "2", "3", "4", "5", "6", "7"]


def test_the_one_missing_number_is_found_behind_names_years_and_sentences() -> None:
    body = (
        "Rats1 fear cats2. The kinases FOS and MYC3 and the checkpoint MAD24 met dogs5. In March 19996 owls7 fled,"
        " by Version 2.2.8 We saw mice9."
    )
    assert lifted(body) == ["1", "2", "3", "4", "5", "6", "7", "8", "9"]


def test_a_number_that_two_places_could_be_is_left() -> None:
    body = "Rats1 fear cats2. The genes MAD23 and BRC23 met dogs4, owls5, mice6 and pigs7. See Fig8 of m2 and p53."
    assert lifted(body) == ["1", "2", "4", "5", "6", "7"]


def test_a_list_in_alphabetical_order_is_cited_in_any_order() -> None:
    assert lifted("Rats9 fear cats2. Dogs12 fled4. Owls1 came6, and mice7, as said9.") == [
        "9",
        "2",
        "12",
        "4",
        "1",
        "6",
        "7",
        "9",
    ]


def test_few_numbers_are_no_habit() -> None:
    assert lifted("The gene brca1 and the gene brca2 were found in rats. Nothing else was.") == []


def test_examples() -> None:
    assert doctest.testmod(corpus.layout.superscripts).failed == 0
