"""Honorifics and offices that stand with a person's name."""

from __future__ import annotations

import pytest

from annotate.identity.persons import split_person
from annotate.identity.titles import role_of, without_titles


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("President |Hoover| spoke.", "President"),
        ("|President Hoover| spoke.", "President"),
        ("Sir |Montagu Norman| sailed.", "Sir"),
        ("the Prime Minister |Ramsay MacDonald|", "Prime Minister"),
        ("People's Commissar |Arkady Rozengolts|", "People's Commissar"),
        ("Field Marshal Sir |John Dill| wrote", "Field Marshal Sir"),
        ("Vice-President |Wallace|", "Vice-President"),
        ("Secretary of State |Cordell Hull| wrote", "Secretary of State"),
        ("Governor of the Bank of England |Montagu Norman|", "Governor of the Bank of England"),
        ("|Arkady Rozengolts|, the people's commissar of foreign trade, said", "people's commissar of foreign trade"),
        ("|M. Litvinov|, Commissar for Foreign Affairs.", "Commissar for Foreign Affairs"),
        ("|Franklin D. Roosevelt|, president since 1933,", "president"),
        ("|Montagu Norman|, who was governor", None),
        ("the economist |Keynes|", None),
        ("In general |Stalin|", None),
        ("|Edsel Ford|, Henry's son,", None),
        ("General\n\n|Stalin|", "General"),
    ],
)
def test_roles(marked: str, role: str | None) -> None:
    start, end = marked.index("|"), marked.rindex("|") - 1
    assert role_of(marked.replace("|", ""), start, end) == role


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Sir Montagu Norman", "Montagu Norman"),
        ("General", ""),
        ("Generalov", "Generalov"),
        ("M. Litvinov", "M. Litvinov"),
    ],
)
def test_names_without_titles(name: str, bare: str) -> None:
    assert without_titles(name) == bare


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Tsar Nicholas II", ("Nicholas II", "")),
        ("Nicholas I", ("Nicholas I", "")),
        ("Louis XVI", ("Louis XVI", "")),
        ("Stalin J.V.", ("Stalin", "J.V")),
        ("Ivan Vi", ("Vi", "Ivan")),
    ],
)
def test_the_numeral_of_a_ruler_is_no_initial(name: str, parts: tuple[str, str]) -> None:
    assert split_person(name) == parts
