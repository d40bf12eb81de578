"""What speaks for an entry and against it, and entries that state one work."""

from __future__ import annotations

from typing import Any

import pytest

from bibliography.compare import Features, compare, is_brief, is_same_work
from bibliography.match_model import Decision, weights
from bibliography.parse import parse_reference
from bibliography.work import statement_of, work_of

BOOK: dict[str, Any] = {
    "type": "book",
    "author": [{"family": "Nove", "given": "Alec"}],
    "title": "An Economic History of the USSR: 1917–1991",
    "publisher": "Penguin",
    "publisher-place": "London",
    "edition": "3",
    "issued": {"date-parts": [[1992]]},
}
ARTICLE: dict[str, Any] = {
    "type": "article-journal",
    "author": [{"family": "Nove", "given": "Alec"}, {"family": "Davies", "given": "R. W."}],
    "title": "The Soviet Grain Problem",
    "container-title": "Soviet Studies",
    "volume": "21",
    "issue": "4",
    "page": "394–421",
    "issued": {"date-parts": [[1970]]},
}


def _features(raw: str, item: dict[str, Any]) -> Features:
    return compare(statement_of(parse_reference(raw).csl, raw), work_of(item, "x"))


@pytest.mark.parametrize(
    ("raw", "item", "expected"),
    [
        ("Nove, An Economic History, 12.", BOOK, {"author": 1, "brief": 1, "brief_fits": 1, "title_far": 0}),
        ("Nove, An Economic History of the USSR, 12.", BOOK, {"title_exact": 1, "year_silent": 1}),
        ("Davies, The Industrialisation of Soviet Russia, 12.", BOOK, {"author_missing": 1, "brief_fits": 0}),
        ("Nowe, An Economic History of the USSR (1992), 12.", BOOK, {"author": 1, "year": 1}),
        ("Novel, An Economic History of the USSR (1992), 12.", BOOK, {"author_fuzzy": 1}),
        ("Nove, A. 1993. An Economic History of the USSR. London: Penguin.", BOOK, {"year_near": 1, "year": 0}),
        ("Nove, An Economic History of the USSR: 1917–1991, 12.", BOOK, {"year_silent": 1, "year_wrong": 0}),
        ("Nove, An Economic History of the USSR: 1917–1991 (1992), 12.", BOOK, {"year": 1, "year_silent": 0}),
        ("Nove, A. 1969. An Economic History of the USSR. London: Penguin.", BOOK, {"year_wrong": 1, "year_near": 0}),
        (
            "Nove, A., and R. W. Davies. 1970. “The Soviet Grain Problem.” Soviet Studies 21 (4): 394–421.",
            ARTICLE,
            {"title_exact": 1, "coauthors": 1, "volume": 1, "page": 1, "container": 1, "explained": 1},
        ),
        (
            "Nove, A., and R. W. Davies. 1970. “The Soviet Grain Problem.” Soviet Studies 22 (4): 500–521.",
            ARTICLE,
            {"volume_wrong": 1, "page_wrong": 1},
        ),
        ("Nove, “The Soviet Grain Problem,” 400.", ARTICLE, {"page_inside": 1, "brief_kind": 0}),
        ("Nove, The Soviet Grain Problem, 400.", ARTICLE, {"brief_kind": 1}),
        ("Nove, “An Economic History of the USSR,” 12.", BOOK, {"brief_kind": 1}),
    ],
)
def test_features(raw: str, item: dict[str, Any], expected: dict[str, float]) -> None:
    features = _features(raw, item)._asdict()
    assert {name: features[name] for name in expected} == expected


def test_every_feature_is_bounded() -> None:
    for raw in ("", "1", "Nove", "Nove, 1992.", "x" * 5000, "§ 12 ¶", "Ноув, А. Экономическая история, 1992"):
        for item in ({}, {"title": "X"}, BOOK, ARTICLE):
            assert all(-1 <= value <= 1 for value in _features(raw, item))


def test_the_weights_are_for_these_features() -> None:
    found = weights()
    assert (len(found.rank), len(found.decision)) == (len(Features._fields) + 1, len(Decision._fields) + 1)
    assert 0.9 <= found.threshold < 1


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"title": "An economic history of the U.S.S.R., 1917-1991"}, True),
        ({"publisher": "Allen Lane"}, True),
        ({"edition": ""}, True),
        ({"author": [{"family": "Ноув", "given": "Алек"}]}, False),
        ({"edition": "2"}, False),
        ({"issued": {"date-parts": [[1989]]}}, False),
        ({"volume": "2"}, True),
        ({"title": "An Economic History of the USSR: 1917–1953"}, False),
        ({"type": "chapter", "container-title": "Essays"}, False),
        ({"author": []}, False),
    ],
)
def test_entries_of_one_work(change: dict[str, Any], same: bool) -> None:
    assert is_same_work(work_of(BOOK, "a"), work_of({**BOOK, **change}, "b")) is same
    assert is_same_work(work_of({**BOOK, **change}, "b"), work_of(BOOK, "a")) is same


@pytest.mark.parametrize(
    ("raw", "brief"),
    [
        ("Nove, An Economic History, 12.", True),
        ("Nove, “Grain,” S. 12 f.", True),
        ("Nove, A. 1992. An Economic History of the USSR. London: Penguin.", False),
        ("Nove, A. 1970. The Soviet Grain Problem. Soviet Studies 21. 394–421.", False),
    ],
)
def test_short_forms(raw: str, brief: bool) -> None:
    assert is_brief(statement_of(parse_reference(raw).csl, raw)) is brief
