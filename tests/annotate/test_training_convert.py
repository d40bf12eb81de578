"""Gold to training documents: labels, silence kept as silence, sampling and wrapping."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import spacy
from spacy.tokens import DocBin

from annotate.training.convert import (
    GoldRecord,
    convert_folder,
    hard_wrap,
    make_doc,
    read_gold,
    sample_words,
    wrap_some,
)

NLP = spacy.blank("en")
MISSING, OUTSIDE = 0, 2


def states(record: GoldRecord) -> dict[str, str]:
    """Each token with its state: "missing", "outside" or its label."""
    doc = make_doc(record, NLP)
    names = {MISSING: "missing", OUTSIDE: "outside"}
    return {token.text: names.get(token.ent_iob, token.ent_type_) for token in doc}


def test_labels_are_ours_and_dates_are_not_trained() -> None:
    record = GoldRecord(
        text="Sutton wrote Western Technology in 1968.",
        entities=((0, 6, "PERSON"), (13, 31, "WORK_OF_ART"), (35, 39, "DATE")),
    )
    doc = make_doc(record, NLP)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Sutton", "PERSON"), ("Western Technology", "WORK")]
    assert states(record)["1968"] == "outside"


def test_unknown_spans_are_missing_but_names_inside_them_stay() -> None:
    record = GoldRecord(text="The Act of the State of Ohio passed.", entities=((24, 28, "LOC"),), unknown=((4, 28),))
    assert states(record)["Act"] == "missing"
    assert states(record)["Ohio"] == "LOC"
    assert states(record)["passed"] == "outside"


def test_names_that_split_a_token_are_missing() -> None:
    record = GoldRecord(text="the Tolstoyans came", entities=((4, 11, "PERSON"),))
    assert states(record) == {"the": "outside", "Tolstoyans": "missing", "came": "outside"}


def test_overlapping_names_leave_the_first_and_open_the_rest() -> None:
    record = GoldRecord(text="the Bank of England paid", entities=((4, 19, "ORG"), (12, 24, "LOC")))
    assert states(record) == {"the": "outside", "Bank": "ORG", "of": "ORG", "England": "ORG", "paid": "missing"}


def test_sets_without_works_and_events_leave_capitalised_words_open() -> None:
    text = "She read Hamlet. The play, I hear, moved Anna."
    record = GoldRecord(text=text, entities=((41, 45, "PERSON"),), labels=("PERSON", "ORG", "LOC"))
    found = states(record)
    assert found["Hamlet"] == "missing"
    assert found["Anna"] == "PERSON"
    # what every sentence begins with, and "I", tell nothing about names
    assert {found["She"], found["The"], found["I"], found["play"]} == {"outside"}
    full = msgspec.structs.replace(record, labels=GoldRecord(text="", entities=()).labels)
    assert states(full)["Hamlet"] == "outside"


@pytest.mark.parametrize("width", [10, 25, 60])
def test_hard_wrap_keeps_every_offset(width: int) -> None:
    text = "The Ford Motor Company and the Austin Company of Cleveland built at Gorky."
    wrapped = hard_wrap(text, width)
    assert len(wrapped) == len(text)
    assert wrapped.replace("\n", " ") == text
    assert "\n" in wrapped
    assert max(map(len, wrapped.split("\n"))) <= width


def test_hard_wrap_leaves_long_words_and_old_line_feeds() -> None:
    assert hard_wrap("Dnieprostroi", 4) == "Dnieprostroi"
    assert hard_wrap("one\ntwo three", 6) == "one\ntwo\nthree"


def test_names_over_a_line_break_stay_names() -> None:
    record = GoldRecord(text="the Ford\nMotor Company", entities=((4, 22, "ORG"),))
    assert [ent.text for ent in make_doc(record, NLP).ents] == ["Ford\nMotor Company"]


def test_sampling_and_wrapping_are_seeded() -> None:
    records = [GoldRecord(text=f"Paper {n} has exactly six words", entities=()) for n in range(100)]
    chosen = sample_words(records, 60, seed=1)
    assert len(chosen) == 10
    assert chosen == sample_words(records, 60, seed=1) != sample_words(records, 60, seed=2)
    assert [records.index(record) for record in chosen] == sorted(records.index(record) for record in chosen)
    long = [GoldRecord(text="word " * 40, entities=())] * 200
    wrapped = [record for record in wrap_some(long, share=0.1, seed=1) if "\n" in record.text]
    assert 5 < len(wrapped) < 40


def test_folders_become_one_file_a_set_without_the_excluded(tmp_path: Path) -> None:
    line = msgspec.json.encode(GoldRecord(text="Stalin spoke.\u2028Ford left.", entities=((0, 6, "PERSON"),)))
    for name in ("gum", "ajmc"):
        (tmp_path / f"{name}.jsonl").write_bytes(line + b"\n" + line + b"\n")
    assert len(list(read_gold(tmp_path / "gum.jsonl"))) == 2
    (written,) = convert_folder(tmp_path, tmp_path / "out", NLP, training=False, seed=1)
    assert written.name == "gum.spacy"
    docs = list(DocBin().from_disk(written).get_docs(NLP.vocab))
    assert [[ent.text for ent in doc.ents] for doc in docs] == [["Stalin"], ["Stalin"]]
