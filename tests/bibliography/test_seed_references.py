"""The thirteen references of the second seed, read by eye: type, author, title, host, numbers, imprint, language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bibliography.bibtex import read_bibtex, write_bibtex
from bibliography.csl import csl_to_entry
from bibliography.keys import Keys
from bibliography.parse import ParsedReference, parse_reference

# number: type, authors, beginning of the title, host, volume, issue, pages, place, publisher, year
_TABLE: dict[int, tuple[str | None, ...]] = {
    1: ("chapter", "Lenin VI", "The impending", "Polnoe sobranie sochinenii", "34", None, "151–199", "Moscow", "Politizdat", "1969"),
    2: ("article-journal", "Suponitskaya IM", "The Americ", "Voprosy istorii", "9", None, "46–59", None, None, "2013"),
    3: ("chapter", "Lenin VI", "Plans of", "Polnoe sobranie sochinenii", "36", None, "543–552", "Moscow", "Politizdat", "1969"),
    4: ("chapter", "Trotskii LD", "Culture and", "Sochineniya", "21", None, "425–446", "Moscow", "Politizdat", "1927"),
    5: ("chapter", "Stalin IV", "On the found", "Sochineniya", "6", None, "69–188", "Moscow", "OGIZ", "1947"),
    6: ("chapter", "Lenin VI", "About conc", "Polnoe sobranie sochinenii", "43", None, "248–249", "Moscow", "Politizdat", "1970"),
    7: ("book", "Igolkin AA", "Sovetskaya neft", None, None, None, None, "Moscow", "Russian State University for the Humanities", "1999"),
    8: ("article-journal", "Martens LK", "Memories of", "Istoricheskii arkhiv", "5", None, "146–150", None, None, "1958"),
    9: ("book", "Simkhovich M", "AMO v 1921", None, None, None, None, "Moscow", "Avtozavod imeni Stalina", "1932"),
    10: ("book", "Shpotov BM", "Amerikanskii biznes", None, None, None, None, "Moscow", "Librokom", "2013"),
    11: (
        "article-journal", "Shpotov BM", "One step back",
        "The Bulletin of the Institute of Economics of the Russian Academy of Sciences", "1", None, "140–152", None, None, "2014",
    ),
    12: ("article-journal", "Meerovich MG", "Albert Kahn", "Arkhitekton. Izvestiya vuzov", "2", "26", None, None, None, "2009"),
    13: (
        "chapter", "Shpotov BM", "Participation of", "Ekonomicheskaya istoriya: ezhegodnik", None, "7", "172–196", "Moscow",
        "ROSSPEN", "2005",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def references(seeds: Path) -> list[ParsedReference]:
    text = next(seeds.glob("001_*.txt")).read_text(encoding="utf-8")
    return [parse_reference(line) for line in re.findall(r"^  \d+\. .*$", text, re.MULTILINE)]


@pytest.mark.parametrize("number", range(1, 14))
def test_reference(references: list[ParsedReference], number: int) -> None:
    item = references[number - 1].csl
    kind, author, title, *rest = _TABLE[number]
    assert item["type"] == kind
    assert [f"{name['family']} {name['given']}" for name in item["author"]] == [author]
    assert str(item["title"]).startswith(str(title))
    *texts, year = rest
    names = ("container-title", "volume", "issue", "page", "publisher-place", "publisher")
    assert [item.get(name) for name in names] == texts
    assert item["issued"] == {"date-parts": [[int(str(year))]]}
    assert item["language"] == "ru"
    assert not set(str(item["title"])) & set("[]")


def test_what_stands_once(references: list[ParsedReference]) -> None:
    items: list[dict[str, Any]] = [reference.csl for reference in references]
    assert items[0]["volume-title"] == "Iyul’ – oktyabr’ 1917"
    assert items[6]["title-translated"] == "The Soviet oil industry in 1921–1928"
    assert items[6]["number-of-pages"] == "184"
    assert items[11]["accessed"] == {"date-parts": [[2023, 6, 10]]}
    assert [name["family"] for name in items[12]["editor"]] == ["Borodkin", "Petrov"]
    assert items[12]["editor"][1]["given"] == "YuA"


def test_bib_of_thirteen_entries(references: list[ParsedReference]) -> None:
    keys = Keys()
    entries = []
    for reference in references:
        entries.append(csl_to_entry(reference.csl, keys.make(reference.csl)))
    library = read_bibtex(write_bibtex(entries), "paper.bib")
    assert library.problems == ()
    assert len(library.entries) == 13
    assert library.entries[0].fields["pages"] == "151--199"
    assert library.entries[0].type == "inbook"
    assert library.entries[9].key == "shpotov2013amerikanskii"
