"""Whole annotated articles to TEI and back: the example, fixtures and real papers give the same Article and the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.engine import load_model
from annotate.pipeline import annotate_articles
from corpus.readers import read
from corpus.writers.tei import write_tei

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def comes_back(path: Path) -> None:
    (article,) = annotate_articles(read(path.read_bytes(), path.name), load_model())
    written = write_tei(article)
    (again,) = read(written, "paper.tei.xml")
    assert again == article, path.name
    assert write_tei(again) == written


def test_the_example() -> None:
    comes_back(ROOT / "examples" / "gold-standard.txt")


@pytest.mark.parametrize("name", ["superscript-citations", "tables", "missing-notes"])
def test_fixtures(name: str) -> None:
    comes_back(ROOT / "tests" / "fixtures" / "articles" / f"{name}.txt")


def test_real_papers(shared_data: Path, seeds: Path) -> None:
    papers = sorted((shared_data / "notes" / "dev").glob("*.txt"))[::63]
    for path in [*papers, *sorted(seeds.glob("*.txt"))[:1]]:
        comes_back(path)
