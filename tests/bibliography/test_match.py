"""Linking: the one entry that is meant, or an honest "cannot tell"."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibliography.match import LibraryIndex, match
from bibliography.parse import parse_reference


def _item(family: str, given: str, title: str, year: int, **more: str) -> dict[str, Any]:
    return {"author": [{"family": family, "given": given}], "title": title, "issued": {"date-parts": [[year]]}, **more}


PAIRS = [
    (
        "sutton1968",
        _item("Sutton", "Antony C.", "Western Technology and Soviet Economic Development, 1917 to 1930", 1968),
    ),
    (
        "sutton1971",
        _item("Sutton", "Antony C.", "Western Technology and Soviet Economic Development, 1930 to 1945", 1971),
    ),
    ("shpotov2013", _item("Шпотов", "Борис Михайлович", "Amerikanskii biznes i Sovetskii Soyuz", 2013)),
    ("moggridge1972", _item("Moggridge", "D. E.", "British Monetary Policy, 1924–1931: The Norman Conquest", 1972)),
    ("sayers1976", _item("Sayers", "R. S.", "The Bank of England, 1891–1944", 1976)),
    ("vanmarle1995", _item("van Marle", "Jaap", "Yearbook of Morphology", 1995)),
]
LIBRARY = LibraryIndex(PAIRS)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (
            "Moggridge, D. E. (1972). British Monetary Policy, 1924–1931. Cambridge: Cambridge University Press.",
            "moggridge1972",
        ),
        ("Sayers RS. The Bank of England, 1891-1944. Cambridge: Cambridge University Press; 1976.", "sayers1976"),
        (
            "Sutton, A. C. 1971. Western technology and Soviet economic development, 1930 to 1945. Stanford: Hoover.",
            "sutton1971",
        ),
        ("Shpotov BM. Amerikanskii biznes i Sovetskii Soyuz. Moscow: Librokom; 2013. 320 p. Russian.", "shpotov2013"),
    ],
)
def test_linked(raw: str, key: str) -> None:
    found = match(parse_reference(raw).csl, LIBRARY)
    assert (found.status, found.key) == ("linked", key)
    assert found.candidates[0].key == key
    assert found.why


@pytest.mark.parametrize(
    "raw",
    [
        "Keynes, J. M. 1925. The Economic Consequences of Mr. Churchill. London: Hogarth Press.",
        "Sayers, R. S. 1938. Modern Banking. Oxford: Oxford University Press.",
        "Sutton, A. C. Western technology and Soviet economic development. Stanford: Hoover.",
    ],
)
def test_not_linked(raw: str) -> None:
    found = match(parse_reference(raw).csl, LIBRARY)
    assert found.status != "linked"
    assert found.key is None


def test_a_work_that_stands_twice_is_linked_to_its_first_key() -> None:
    library = LibraryIndex([*PAIRS, ("again", PAIRS[4][1])])
    found = match(PAIRS[4][1], library)
    assert (found.status, found.key) == ("linked", "again")
    assert "also in the library as sayers1976" in found.why


def test_two_works_that_fit_are_ambiguous() -> None:
    library = LibraryIndex([*PAIRS, ("reprint", {**PAIRS[4][1], "issued": {"date-parts": [[2001]]}})])
    found = match({}, library, raw="Sayers, The Bank of England, 390.")
    assert (found.status, found.key) == ("ambiguous", None)
    assert {candidate.key for candidate in found.candidates} >= {"reprint", "sayers1976"}


def test_doi_decides() -> None:
    library = LibraryIndex([("a", _item("A", "B.", "One", 1990, DOI="10.1/X")), ("b", _item("A", "B.", "One", 1990))])
    assert match({"DOI": "10.1/x"}, library).key == "a"


def test_nothing_to_look_for() -> None:
    assert match({}, LIBRARY).status == "none"
    assert match({"title": "The"}, LibraryIndex([])).status == "none"
    assert match({"title": 5, "author": ["x"], "issued": "1900"}, LIBRARY).status == "none"


_WORDS = st.text("qxzkjw", min_size=4, max_size=9)  # shares no word and no name with the library


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(_WORDS, _WORDS, st.lists(_WORDS, min_size=1).map(" ".join), st.integers(1900, 2000)), max_size=6
    ),
    st.integers(0, 10**6),
)
def test_unrelated_entries_and_order_change_no_link(others: list[tuple[str, str, str, int]], seed: int) -> None:
    pairs = [*PAIRS, *((f"other{n}", _item(*other)) for n, other in enumerate(others))]
    random.Random(seed).shuffle(pairs)
    library = LibraryIndex(pairs)
    for _, item in PAIRS:
        short = {"author": item["author"], "title": item["title"]}
        for stated in (item, short):
            # "jjjj" can be read as "i": such an entry may be listed as a candidate of no chance, but moves nothing
            found, before = match(stated, library), match(stated, LIBRARY)
            assert (found.status, found.key, found.score) == (before.status, before.key, before.score)
