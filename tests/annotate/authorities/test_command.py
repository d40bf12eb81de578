"""Authority files and gazetteers at the command line and in ``adfontes.toml``; the examples in the docstrings."""

from __future__ import annotations

import doctest
import importlib
import json
from pathlib import Path

import pytest

from annotate.cli import run
from annotate.config import read_config
from schemas.records import Article, decode_article
from schemas.values import EntityValue

MODULES = (
    "annotate.authorities.gazetteer",
    "annotate.authorities.names",
    "annotate.authorities.context",
    "annotate.authorities.years",
    "annotate.identity.persons",
    "annotate.identity.titles",
    "corpus.authorities.fields",
    "corpus.authorities.kinds",
    "corpus.authorities.lifetimes",
    "corpus.authorities.uris",
    "corpus.writers.geojson",
    "schemas.authorities",
)
PAPER = (
    "In 1930 Joseph Stalin went to Zolotukha (Ukraine). Stalin wrote to Montagu Norman, and Norman to J. V. Stalin.\n"
)
PEOPLE = """name,type,wikidata,born,died,lat,lon,place,colour
"Stalin, Joseph",person,Q855,1878,1953,,,,red
Montagu Norman,person,Q335797,1871,1950,,,,
"""
PLACES = """name;type;id;lat;lon;place
Zolotukha;village;gn:1;50.5;30,25;Ukraine
Zolotukha;village;gn:2;48;28;Moldova
"""


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def article(path: Path) -> Article:
    return decode_article(path.read_bytes())


def refs(found: Article) -> dict[str, set[str]]:
    values = [ann.value for ann in found.annotations if isinstance(ann.value, EntityValue)]
    return {ref: {value.name for value in values if ref in value.ref} for value in values for ref in value.ref}


@pytest.mark.slow
def test_names_are_tagged_tied_and_mapped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["annotate", "paper.txt", "--authority", "people.csv", "--gazetteer", "places.csv"]) == 0
    told = capsys.readouterr().err
    assert "warning: people.csv:1: unknown column 'colour'" in told
    assert "names tied to authority records" in told
    found = refs(article(folder / "paper.json"))
    assert found["http://www.wikidata.org/entity/Q855"] == {"Joseph Stalin", "Stalin", "J. V. Stalin"}
    assert found["https://sws.geonames.org/1/"] == {"Zolotukha"}
    assert run(["export", "paper.json", "--to", "geojson", "-o", "map"]) == 0
    features = json.loads((folder / "map" / "paper.geojson").read_bytes())["features"]
    assert [f["geometry"]["coordinates"] for f in features if f["geometry"]] == [[30.25, 50.5]]
    assert run(["import", "map/paper.geojson", "--onto", "paper.json", "-o", "back"]) == 0
    assert article(folder / "back" / "paper.json").annotations == article(folder / "paper.json").annotations


@pytest.mark.slow
def test_the_order_of_rows_and_files_changes_nothing_but_a_row_does(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["annotate", "paper.txt", "--authority", "people.csv", "--authority", "places.csv"]) == 0
    first = article(folder / "paper.json")
    heading, *rows = PEOPLE.splitlines(keepends=True)
    (folder / "people.csv").write_text("".join([heading, *rows[::-1]]), encoding="utf-8")
    assert run(["annotate", "paper.txt", "--authority", "places.csv", "--authority", "people.csv"]) == 0
    second = article(folder / "paper.json")
    assert (second.annotations, second.authorities, second.problems) == (
        first.annotations,
        first.authorities,
        first.problems,
    )
    capsys.readouterr()
    (folder / "people.csv").write_text(PEOPLE.replace("Q855", "Q856"), encoding="utf-8")
    assert run(["annotate", "paper.txt", "--authority", "places.csv", "--authority", "people.csv"]) == 0
    assert "unchanged" not in capsys.readouterr().err
    assert "http://www.wikidata.org/entity/Q856" in refs(article(folder / "paper.json"))


def test_the_configuration_names_them_beside_it(folder: Path) -> None:
    (folder / "adfontes.toml").write_text('authority = ["people.csv"]\ngazetteer = ["places.csv"]\n', encoding="utf-8")
    config = read_config(folder)
    assert (config.authority, config.gazetteer) == ((str(folder / "people.csv"),), (str(folder / "places.csv"),))


@pytest.mark.parametrize("option", ["--authority", "--gazetteer"])
@pytest.mark.parametrize(
    ("name", "said"), [("none.csv", "no such file"), ("paper.txt", "the heading row has no column")]
)
def test_files_that_are_none_are_told_before_work_starts(
    folder: Path, capsys: pytest.CaptureFixture[str], option: str, name: str, said: str
) -> None:
    assert run(["annotate", "paper.txt", option, name, "-o", "out"]) == 3
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and said in error
    assert not (folder / "out").exists()
