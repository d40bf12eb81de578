"""Gold names from three kinds of files, counted in three readings, with what went wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from annotate.cli import run
from annotate.evaluation.differences import differences
from annotate.evaluation.gold_files import read_gold_file
from annotate.evaluation.scores import OVERALL, Counts, Span, comparable, without_lead
from schemas.decisions import Decision, DecisionTarget, PositionSelector, QuoteSelector, Was
from schemas.errors import InputError
from schemas.records import Annotation, Article, Block, Metadata, Source, encode_article
from schemas.values import EntityValue

TEXT = "General Grant met Ford in Detroit."


def tally(mode: str, gold: list[Span], found: list[Span], label: str = OVERALL) -> tuple[int, int, int]:
    counts = Counts()
    counts.add(TEXT, gold, found)
    return tuple(counts.tallies(mode)[label])  # type: ignore[return-value]


def test_the_three_readings() -> None:
    gold = [Span(0, 13, "PERSON"), Span(18, 22, "PERSON"), Span(26, 33, "LOC")]
    found = [Span(8, 13, "PERSON"), Span(18, 22, "ORG"), Span(26, 34, "LOC")]
    assert tally("strict", gold, found) == (0, 3, 3)
    assert tally("norm", gold, found) == (1, 2, 2)
    assert tally("fuzzy", gold, found) == (2, 1, 1)
    assert tally("fuzzy", gold, found, "LOC") == (1, 0, 0)


def test_a_gold_name_is_paired_once() -> None:
    assert tally("fuzzy", [Span(0, 13, "PERSON")], [Span(0, 7, "PERSON"), Span(8, 13, "PERSON")]) == (1, 1, 0)


def test_shares_of_nothing_are_zero() -> None:
    counts = Counts()
    counts.add("", [], [])
    total = counts.tallies("strict")[OVERALL]
    assert (total.precision, total.recall, total.f) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("the Ruhr", "Ruhr"), ("Prof. Dr. Ada Weiss", "Ada Weiss"), ("The", "The"), ("Theodor", "Theodor")],
)
def test_articles_and_titles(text: str, kept: str) -> None:
    name = without_lead(text, Span(0, len(text), "PERSON"))
    assert text[name.start : name.end] == kept


def test_what_the_source_leaves_open_is_not_false() -> None:
    gold = [Span(0, 4, "PERSON")]
    found = [Span(0, 4, "PERSON"), Span(6, 9, "WORK"), Span(6, 9, "LOC"), Span(20, 24, "ORG"), Span(30, 33, "DATE")]
    assert comparable(gold, found, ("PERSON", "WORK", "LOC", "ORG"), [(5, 10)], [(18, 28)]) == (
        gold,
        [found[0], found[2]],
    )


def test_differences_have_their_kind() -> None:
    gold = [Span(0, 13, "PERSON"), Span(18, 22, "PERSON"), Span(26, 33, "LOC")]
    found = [Span(8, 13, "PERSON"), Span(14, 17, "ORG"), Span(18, 22, "ORG")]
    made = [(one.kind, one.words) for one in differences("f", "t", TEXT, gold, found)]
    assert made == [("span", "General Grant"), ("false", "met"), ("label", "Ford"), ("missed", "Detroit")]


def json_lines(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
    return path


def test_json_lines(tmp_path: Path) -> None:
    path = json_lines(
        tmp_path / "g.jsonl",
        {"text": TEXT, "entities": [[18, 22, "PER"], [26, 33, "GPE"], [0, 3, "CARDINAL"]]},
        {"text": "𝔉ord left", "entities": [], "labels": ["PERSON", "WORK_OF_ART"], "unknown": [[0, 4]]},
    )
    file = read_gold_file(path)
    assert file.texts[0].names == (Span(18, 22, "PERSON"), Span(26, 33, "LOC"))
    assert file.texts[0].labels == ("LOC", "PERSON")  # all that stand in the file
    assert file.texts[1].labels == ("PERSON", "WORK") and file.texts[1].unknown == ((0, 4),)
    assert file.left_out == ("labels that are no entities here: CARDINAL",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"text": "a"}', "line 1: .*entities"),
        (b'{"text": "Ford", "entities": [[0, 9, "ORG"]]}', "text 1: the span 0-9 lies outside"),
        (b'{"text": "Ford", "entities": [[2, 2, "ORG"]]}', "lies outside"),
        (b"\n\n", "holds no text"),
        (b'{"text": "\\ud800", "entities": []}', "line 1"),
        (b"\xff\xfe", "line 1"),
    ],
)
def test_broken_gold_is_told_with_its_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_gold_file(path)


def test_docbin(tmp_path: Path) -> None:
    doc = spacy.blank("en")(TEXT)
    doc.set_ents([doc.char_span(18, 22, label="ORG")])  # type: ignore[list-item]
    DocBin(docs=[doc]).to_disk(tmp_path / "g.spacy")
    (text,) = read_gold_file(tmp_path / "g.spacy").texts
    assert (text.article.text, text.names, text.labels) == (TEXT, (Span(18, 22, "ORG"),), ("ORG",))
    (tmp_path / "bad.spacy").write_bytes(b"no")
    with pytest.raises(InputError, match="no DocBin"):
        read_gold_file(tmp_path / "bad.spacy")


DECIDED = "Ford met Stalin. Amtorg paid Kahn. The Politburo and Gosplan sat in Gorky. Nobody read this of Kirov."


def decisions_file(folder: Path, *decisions: Decision) -> Path:
    """A paper.json with machine names, and these decisions beside it."""
    import msgspec

    machine = [("Ford", "ORG"), ("Stalin", "PERSON"), ("Amtorg", "LOC"), ("Kahn", "PERSON"), ("Gorky", "PERSON"), ("Kirov", "PERSON")]  # fmt: skip
    source = Source(name="paper.txt", media_type="text/plain", sha256="", encoding="utf-8")
    anns = tuple(
        Annotation(f"en-{w}", "entity", label, DECIDED.index(w), DECIDED.index(w) + len(w), EntityValue(w, w), "ner")
        for w, label in machine
    )
    block = Block("b-1", "paragraph", 0, len(DECIDED))
    article = Article(id="paper", source=source, metadata=Metadata(), text=DECIDED, blocks=(block,), annotations=anns)
    (folder / "paper.json").write_bytes(encode_article(article))
    path = folder / "paper.decisions.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in decisions))
    return path


def decide(motivation: str, words: str, body: object, *, was: bool = True, shift: int = 0) -> Decision:
    start = DECIDED.find(words) + shift
    selectors = (PositionSelector(start, start + len(words)), QuoteSelector(words))
    target = DecisionTarget("paper", selectors)
    machine = Was(f"en-{words}") if was else None
    return Decision(f"d-{words}", motivation, target, body, "me", "2024-01-01T00:00:00Z", machine)  # type: ignore[arg-type]


def test_decisions(tmp_path: Path) -> None:
    path = decisions_file(
        tmp_path,
        decide("assessing", "Ford", "accepted"),
        decide("classifying", "Amtorg", "PERSON"),
        decide("classifying", "Amtorg", "ORG"),  # the later one wins
        decide("assessing", "Kahn", False),
        decide("tagging", "Gosplan", {"label": "ORG"}, was=False, shift=3),  # found again by its words
        decide("editing", "Politburo", {"start": DECIDED.index("The Pol"), "label": "ORG"}, was=False),
        decide("commenting", "Stalin", "who?"),
    )
    (text,) = read_gold_file(path).texts
    names = {(DECIDED[name.start : name.end], name.label) for name in text.names}
    assert names == {("Ford", "ORG"), ("Amtorg", "ORG"), ("Gosplan", "ORG"), ("The Politburo", "ORG")}
    open_words = [DECIDED[start:end] for start, end in text.undecided]
    assert open_words == ["Stalin", "Gorky", "Nobody read this of Kirov.", "Kirov"]


def test_decisions_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    path = decisions_file(
        tmp_path,
        decide("assessing", "Ford", True),
        decide("tagging", "Gone", "ORG", was=False),
        decide("assessing", "Kahn", "perhaps"),
    )
    file = read_gold_file(path)
    assert [line.split(":")[0] for line in file.left_out] == ["line 2 (tagging)", "line 3 (assessing)"]
    assert len(file.texts[0].names) == 1


def test_decisions_need_their_article_and_a_name(tmp_path: Path) -> None:
    path = decisions_file(tmp_path, decide("commenting", "Ford", "who?"))
    with pytest.raises(InputError, match="no decision on a name"):
        read_gold_file(path)
    (tmp_path / "paper.json").unlink()
    with pytest.raises(InputError, match=r"needs paper\.json beside it"):
        read_gold_file(path)


@pytest.mark.slow
def test_eval_prints_a_table_json_and_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Joseph Stalin met Henry Ford in Moscow."
    path = json_lines(tmp_path / "g.jsonl", {"text": text, "entities": [[0, 13, "PERSON"], [32, 38, "ORG"]]})
    wrong = tmp_path / "wrong.jsonl"
    assert run(["eval", str(path), "--errors", str(wrong)]) == 0
    table = capsys.readouterr().out
    assert "PERSON" in table and "F fuzzy" in table
    assert [json.loads(line)["kind"] for line in wrong.read_text("utf-8").splitlines()] == ["false", "missed"]
    assert run(["eval", str(path), "--json"]) == 0
    (scores,) = json.loads(capsys.readouterr().out)["files"]
    assert scores["scores"]["strict"]["PERSON"]["right"] == 1
    assert run(["eval", str(path), "--errors", str(path)]) == 2


def test_eval_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", str(tmp_path / "none.jsonl")]) == 3
    assert "no such file" in capsys.readouterr().err
