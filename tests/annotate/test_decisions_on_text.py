"""Words and blocks that a person corrected, as decisions: the next run begins with them, and they outlive other changes."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from annotate.cli import run
from annotate.decisions import apply_to_text, settle, text_decisions
from corpus.emendation import Emendation
from corpus.readers import read
from corpus.store import load_articles
from schemas.decisions import Decision
from schemas.offsets import restore_source
from schemas.records import Article
from schemas.values import EntityValue

SOURCE = "The Rye Trade\n\nIn 1931 Anna Berg sold 40 tons of rye\nto the Mill. She was payed in zloty.\n\nIn 1932 the Mill was shut.\n"


def paper(source: str = SOURCE) -> Article:
    (article,) = read(source.encode(), "paper.txt")
    return article


def decided(article: Article, old: str, new: str, creator: str = "Ida Roth") -> Decision:
    start = article.text.index(old)
    (made,) = text_decisions(article, [Emendation(start, start + len(old), new)], creator=creator, created="2026-05-01")
    return made


def replay(article: Article, *decisions: Decision) -> Article:
    standing, conflicts = settle(decisions)
    made = apply_to_text(article, standing)
    assert restore_source(made.text, made.offsets, made.edits) == restore_source(
        article.text, article.offsets, article.edits
    )
    return msgspec.structs.replace(made, problems=made.problems + conflicts)


def codes(article: Article) -> list[str]:
    return [problem.code for problem in article.problems if problem.code != "text-corrected"]


def test_words_are_corrected_where_they_stood() -> None:
    article = paper()
    made = replay(article, decided(article, "payed", "paid"), decided(article, "shut", "closed"))
    assert made.text == article.text.replace("payed", "paid").replace("shut", "closed")
    assert [block.id for block in made.blocks] == [block.id for block in article.blocks]
    assert [problem.message for problem in made.problems if problem.code == "text-corrected"] == [
        "The text was corrected by hand in 2 places by Ida Roth."
    ]


def test_a_correction_of_a_correction() -> None:
    article = paper()
    first = decided(article, "payed", "paid")
    between = replay(article, first)
    then = decided(between, "paid in zloty", "not paid")
    back = decided(replay(article, first, then), "not paid", "payed in zloty")
    assert "She was not paid." in replay(article, first, then).text
    assert replay(article, first, then, back).text == article.text and codes(replay(article, first, then, back)) == []


def test_the_last_correction_of_the_same_words_stands() -> None:
    article = paper()
    first, second = decided(article, "payed", "paid"), decided(article, "payed", "rewarded")  # both on the same file
    made = replay(article, first, second)
    assert "She was rewarded in zloty." in made.text and codes(made) == []
    back = decided(replay(article, first), "paid", "payed")
    assert "She was paid in zloty." in replay(article, first, back, first).text


def test_they_are_found_in_a_source_that_changed() -> None:
    article = paper()
    decision = decided(article, "payed", "paid")
    longer = paper(SOURCE.replace("In 1931", "So it was told:\nin 1931"))
    assert "She was paid in zloty" in replay(longer, decision).text
    mended = paper(SOURCE.replace("payed", "paid"))
    assert replay(mended, decision) == mended  # somebody mended the source: nothing is left to do
    other = paper(SOURCE.replace("She was payed in zloty.", ""))
    assert codes(replay(other, decision)) == ["decision-unplaced"] and replay(other, decision).text == other.text


def test_people_who_disagree_correct_nothing() -> None:
    article = paper()
    one, other = decided(article, "payed", "paid"), decided(article, "payed", "rewarded", "B. Reader")
    assert (
        codes(replay(article, one, other)) == ["decision-conflict"] and replay(article, one, other).text == article.text
    )
    agreed = decided(article, "payed", "paid", "B. Reader")
    assert "was paid" in replay(article, one, agreed).text and codes(replay(article, one, agreed)) == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("paper.txt").write_text(SOURCE, encoding="utf-8")
    assert run(["annotate", "paper.txt", "--format", "json,tei"]) == 0
    return tmp_path


def change_tei(*changes: tuple[str, str]) -> None:
    head, _, body = Path("paper.tei.xml").read_text(encoding="utf-8").partition("<text ")
    for pattern, put in changes:
        body, count = re.subn(pattern, put, body)
        assert count == 1, pattern
    Path("paper.tei.xml").write_text(f"{head}<text {body}", encoding="utf-8")


@pytest.mark.slow
def test_a_corrected_tei_wins_over_the_next_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change_tei(
        ("payed", "paid"),
        (r"She was", "</p><p>She was"),
        ("Anna Berg", "Anna Bergh"),
        (r"<titlePart.*?</titlePart>", ""),
    )
    assert run(["annotate", "paper.txt", "--format", "json,tei", "--licence", "CC0"]) == 2  # it would be written over
    assert "adfontes import paper.tei.xml" in capsys.readouterr().err
    assert run(["import", "paper.tei.xml"]) == 0
    assert run(["import", "paper.tei.xml"]) == 0 and "0 new decisions" in capsys.readouterr().err
    assert run(["annotate", "paper.txt", "--format", "json,tei"]) == 0
    (article,) = load_articles("paper.json")
    assert [article.quote(block) for block in article.blocks] == [
        "In 1931 Anna Bergh sold 40 tons of rye to the Mill.", "She was paid in zloty.", "In 1932 the Mill was shut.",
    ]  # fmt: skip
    assert restore_source(article.text, article.offsets, article.edits) == SOURCE
    assert ("PERSON", "Anna Bergh") in [(ann.label, article.quote(ann)) for ann in article.annotations]
    assert codes(article) == []
    written = Path("paper.tei.xml").read_text(encoding="utf-8")
    assert "“Berg” corrected to “Bergh”" in written and '<p n="correction"' in written
    assert run(["validate", "paper.tei.xml"]) == 0
    # the file of this run is corrected, too: the second decisions speak of the words of the first
    change_tei(("paid in", "remunerated in"))
    assert run(["import", "paper.tei.xml"]) == 0
    assert run(["annotate", "paper.txt", "--format", "json,tei"]) == 0
    (article,) = load_articles("paper.json")
    assert "She was remunerated in zloty." in article.text and codes(article) == []


@pytest.mark.slow
def test_a_corrected_tei_is_annotated_as_it_stands(folder: Path) -> None:
    change_tei(("payed", "paid"), ("<measure[^>]*>40 tons</measure>", "44 tons"))
    Path("other").mkdir()
    Path("paper.tei.xml").rename("other/mine.xml")
    assert run(["annotate", "other/mine.xml", "--format", "json,tei", "-o", "out"]) == 0
    (article,) = load_articles("out/mine.json")
    assert "She was paid" in article.text and restore_source(article.text, article.offsets, article.edits) == SOURCE
    assert ("QUANTITY", "44 tons") in [(ann.label, article.quote(ann)) for ann in article.annotations]
    assert [problem.code for problem in article.problems if problem.code.startswith("text")] == ["text-corrected"]


@pytest.mark.slow
def test_a_corrected_register_is_kept_by_the_next_runs(folder: Path) -> None:
    path = Path("paper.tei.xml")
    written = path.read_text(encoding="utf-8")
    idno = '<idno type="GND">118607170</idno>'
    path.write_text(
        written.replace("<persName>Anna Berg</persName>", f"<persName>Berg, Anna</persName>{idno}"), encoding="utf-8"
    )
    path.rename("mine.xml")
    assert run(["annotate", "mine.xml", "--format", "json,tei", "-o", "out"]) == 0  # the file itself, annotated again
    Path("mine.xml").rename(path)
    assert run(["import", "paper.tei.xml"]) == 0
    assert run(["annotate", "paper.txt", "--format", "json,tei"]) == 0  # the source, with the decisions
    for document in ("out/mine.json", "paper.json"):
        (article,) = load_articles(document)
        (value,) = [ann.value for ann in article.annotations if article.quote(ann) == "Anna Berg"]
        assert isinstance(value, EntityValue), document
        assert (value.name, value.ref) == ("Berg, Anna", ("https://d-nb.info/gnd/118607170",)), document


@pytest.mark.slow
def test_a_note_put_in_by_hand_is_kept_with_its_marker(folder: Path) -> None:
    note = (
        '<back><div type="notes"><note xml:id="mine" n="1" place="foot"><p>Seen in May.</p></note></div></back></text>'
    )
    change_tei(
        ("the Mill was shut", 'the Mill<ptr type="noteAnchor" n="1" target="#mine"/> was shut'), ("</text>", note)
    )
    assert run(["import", "paper.tei.xml"]) == 0
    assert run(["annotate", "paper.txt", "--format", "json,tei"]) == 0
    (article,) = load_articles("paper.json")
    (marker,) = article.markers
    assert (marker.label, marker.note) == ("1", "mine") and article.text[: marker.offset].endswith("In 1932 the Mill")
    (made,) = article.notes
    (block,) = [block for block in article.blocks if block.id in made.blocks]
    assert (made.label, made.place, article.quote(block)) == ("1", "foot", "Seen in May.")
    assert codes(article) == [] and [claim.markers for claim in article.claims] == [(marker.id,)]
    assert run(["validate", "paper.tei.xml"]) == 0
