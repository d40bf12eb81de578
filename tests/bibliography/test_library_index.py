"""What a search finds, and that neither order nor strangers change it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibliography.library_index import LibraryIndex
from bibliography.match import match
from bibliography.work import statement_of


def _item(family: str, title: str, year: int, **more: Any) -> dict[str, Any]:
    return {"type": "book", "author": [{"family": family}], "title": title, "issued": {"date-parts": [[year]]}, **more}


PAIRS = [
    ("nove", _item("Nove", "An Economic History of the USSR", 1969)),
    ("carr", _item("Carr", "The Bolshevik Revolution", 1950, volume="1")),
    ("carr2", _item("Carr", "The Interregnum", 1954)),
    (
        "wurff",
        {
            **_item("Wurff", "Syntactic Change", 2000),
            "author": [{"non-dropping-particle": "van der", "family": "Wurff"}],
        },
    ),
    ("fehri", _item("Fassi Fehri", "Key Features in Arabic", 2012)),
    ("müller", _item("Müller", "Grammatical Theory", 2016)),
    ("shpotov", _item("Шпотов", "Американский бизнес и Советский Союз", 2013)),
]
LIBRARY = LibraryIndex(PAIRS)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("Nove, Economic History, 12.", "nove"),
        ("Wurff, Syntactic Change (2000).", "wurff"),
        ("van der Wurff, Syntactic Change.", "wurff"),
        ("Vanderwurff W. Syntactic change; 2000.", "wurff"),
        ("Fehri, Key Features in Arabic.", "fehri"),
        ("Fassi-Fehri, Key Features in Arabic.", "fehri"),
        ("Mueller, Grammatical Theory.", "müller"),
        ("Shpotov BM. Amerikanskii biznes i Sovetskii Soiuz. 2013", "shpotov"),
        ("Schpotow, Amerikanskij bisnes.", "shpotov"),
        ("An Economic History", "nove"),
    ],
)
def test_the_right_entry_comes_first(raw: str, key: str) -> None:
    assert LIBRARY.near(statement_of({}, raw))[0].key == key


def _letters(number: int) -> str:
    return "".join("bdfgklmnpr"[int(digit)] + "o" for digit in f"{number:04d}").capitalize()


def test_a_common_word_finds_without_reading_everything() -> None:
    many = [(f"k{n}", _item(_letters(n), f"History {n}", 1900 + n % 100)) for n in range(6000)]
    library = LibraryIndex([*many, *PAIRS])
    assert library.near(statement_of({}, "Nove, An Economic History, 12."))[0].key == "nove"
    assert library.near(statement_of({}, f"{_letters(17)}, History 17 (1917)."))[0].key == "k17"
    assert len(library.near(statement_of({}, "History"))) == 25


_WORDS = st.text("qxzkjw", min_size=4, max_size=9)  # shares no word and no name with the library
_STRANGERS = st.lists(
    st.tuples(_WORDS, st.lists(_WORDS, min_size=1, max_size=5).map(" ".join), st.integers(1900, 2020)), max_size=8
)
_QUERIES = (
    "Nove, An Economic History, 12.",
    "Carr, E. H. 1950. The Bolshevik Revolution. London: Macmillan.",
    "Carr, 12.",
    "Müller, Grammatical Theory (2018), 5",
    "Шпотов Б. М. Американский бизнес. 2013",
    "Economic theory of nothing in particular",
)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(_STRANGERS, st.integers(0, 10**6))
def test_strangers_and_order_change_no_link(others: list[tuple[str, str, int]], seed: int) -> None:
    pairs = [*PAIRS, *((f"other{n}", _item(*other)) for n, other in enumerate(others))]
    random.Random(seed).shuffle(pairs)
    library = LibraryIndex(pairs)
    for raw in _QUERIES:
        assert match({}, library, raw=raw) == match({}, LIBRARY, raw=raw)
