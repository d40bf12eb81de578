"""Gold to what the loss allows: labels, silence kept as silence, line breaks that keep every offset."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from annotate.ner.tags import TagScheme
from annotate.training.gold import LABELS, GoldRecord, allowed_tags, hard_wrap, read_gold

SCHEME = TagScheme(LABELS)


def states(record: GoldRecord, *, decided: bool = False) -> dict[str, set[str]]:
    """Each word with the labels that it may have ("" for none)."""
    words = list(re.finditer(r"\w+", record.text))
    allowed, _ = allowed_tags(record, [w.start() for w in words], [w.end() for w in words], SCHEME, decided=decided)
    label_of = {0: ""} | {tag: label for label in LABELS for tag in SCHEME.tags_of(label)}
    return {word[0]: {label_of[tag] for tag in row.nonzero()[0]} for word, row in zip(words, allowed, strict=True)}


def test_labels_are_ours_and_dates_are_not_trained() -> None:
    record = GoldRecord(
        text="Sutton wrote Western Technology in 1968.",
        entities=((0, 6, "PERSON"), (13, 31, "WORK_OF_ART"), (35, 39, "DATE")),
    )
    found = states(record)
    assert (found["Sutton"], found["Technology"], found["1968"], found["wrote"]) == ({"PERSON"}, {"WORK"}, {""}, {""})


def test_unknown_spans_are_open_but_names_inside_them_stay() -> None:
    record = GoldRecord(text="The Act of the State of Ohio passed.", entities=((24, 28, "LOC"),), unknown=((4, 28),))
    assert states(record)["Act"] == {"", *LABELS}
    assert states(record, decided=True)["Act"] == {"", "EVENT", "WORK"}
    assert states(record)["Ohio"] == {"LOC"}
    assert states(record)["passed"] == {""}


def test_names_that_split_a_word_and_names_that_overlap_are_open() -> None:
    assert states(GoldRecord("the Tolstoyans came", ((4, 11, "PERSON"),)))["Tolstoyans"] == {"", *LABELS}
    found = states(GoldRecord("the Bank of England paid", ((4, 19, "ORG"), (12, 24, "LOC"))))
    assert (found["Bank"], found["England"]) == ({"ORG"}, {"ORG"})


def test_labels_that_a_set_does_not_annotate_are_open_outside_names() -> None:
    record = GoldRecord("She read Hamlet to Anna", ((19, 23, "PERSON"),), labels=("PERSON", "ORG", "LOC"))
    found = states(record)
    assert found["Hamlet"] == {"", "EVENT", "WORK"}
    assert found["Anna"] == {"PERSON"}


def test_lines_end_at_line_feeds_only(tmp_path: Path) -> None:
    line = msgspec.json.encode(GoldRecord(text="Stalin spoke.\u2028Ford left.", entities=((0, 6, "PERSON"),)))
    (tmp_path / "gum.jsonl").write_bytes(line + b"\n" + line + b"\n")
    assert len(list(read_gold(tmp_path / "gum.jsonl"))) == 2


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
