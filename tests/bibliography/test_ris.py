"""RIS in and out: what databases export, and the law of the round trip."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibliography.ris import read_ris, write_ris

ZOTERO = """TY  - JOUR
TI  - Amerikanskii biznes i Sovetskii Soyuz
AU  - Shpotov, B. M.
AU  - King, Martin Luther, Jr.
AU  - Gosplan
T2  - Rossiya i Amerika
J2  - Ross. Amer.
DA  - 2013/03/05/
PY  - 2013
VL  - 2
IS  - 1
SP  - 151
EP  - 9
SN  - 0036-0341
DO  - https://doi.org/10.1000/182
LA  - ru
KW  - trade
KW  - USSR
AB  - First line
second line
N1  - one
N1  - two
ER  -\x20
"""


def test_a_database_export() -> None:
    (item,), problems = read_ris(ZOTERO, "f.ris")
    assert problems == ()
    assert item == {
        "type": "article-journal",
        "title": "Amerikanskii biznes i Sovetskii Soyuz",
        "author": [
            {"family": "Shpotov", "given": "B. M."},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"literal": "Gosplan"},
        ],
        "container-title": "Rossiya i Amerika",
        "container-title-short": "Ross. Amer.",
        "issued": {"date-parts": [[2013, 3, 5]]},
        "volume": "2",
        "issue": "1",
        "page": "151–9",
        "ISSN": "0036-0341",
        "DOI": "10.1000/182",
        "language": "ru",
        "keyword": "trade, USSR",
        "abstract": "First line\nsecond line",
        "note": "one\ntwo",
    }


@pytest.mark.parametrize(
    ("text", "titles", "told"),
    [
        ("TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nER  - \n", ["A", "B"], ["f.ris:1"]),
        ("TI  - A\nER  - \n", ["A"], ["f.ris:1"]),
        ("TY  - BOOK\r\nTI  - A\r\nZZ  - x\r\nER  - \r\n", ["A"], ["f.ris:3"]),
        ("Database: X\nTY  - BOOK\nTI  - A\nER  - ", ["A"], []),
        ("TY  - BOOK\nTI  - A", ["A"], ["f.ris:1"]),
        ("", [], []),
    ],
)
def test_faults_are_told_and_nothing_is_lost(text: str, titles: list[str], told: list[str]) -> None:
    items, problems = read_ris(text, "f.ris")
    assert [item["title"] for item in items] == titles
    assert [problem.where for problem in problems] == told


_WORD = st.text(st.characters(categories=("Lu", "Ll"), codec="utf-8"), min_size=2, max_size=8).map(str.capitalize)
_TEXT = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)
_NUMBER = st.integers(1, 999).map(str)
_ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(["article-journal", "book", "chapter", "thesis", "webpage", "map"]), "title": _TEXT},
    optional={
        "id": _WORD,
        "author": st.lists(st.fixed_dictionaries({"family": _WORD, "given": _WORD}), min_size=1, max_size=3),
        "editor": st.lists(st.fixed_dictionaries({"literal": _WORD}), min_size=1, max_size=2),
        "container-title": _TEXT,
        "publisher": _TEXT,
        "publisher-place": _TEXT,
        "volume": _NUMBER,
        "page": st.tuples(_NUMBER, _NUMBER).map("–".join),
        "issued": st.dates().map(lambda d: {"date-parts": [[d.year, d.month, d.day]]})
        | st.integers(1000, 2030).map(lambda year: {"date-parts": [[year]]}),
        "note": _TEXT,
        "abstract": _TEXT,
    },
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(_ITEMS, min_size=1, max_size=3))
def test_ris_law(items: list[dict[str, Any]]) -> None:
    assert read_ris(write_ris(items), "f.ris") == (items, ())
