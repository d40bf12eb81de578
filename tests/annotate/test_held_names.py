"""Names in prose of our own on which nothing was trained (tests/fixtures/names/held.txt): the model must not slip back."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.engine import load_model
from annotate.evaluation.gold_files import LABELS, GoldText
from annotate.evaluation.report import score_texts
from annotate.evaluation.scores import OVERALL, Span
from annotate.training.texts import read_bracketed
from corpus.readers.jsonl import one_block_article

HELD = Path(__file__).parents[1] / "fixtures" / "names" / "held.txt"


@pytest.mark.slow
def test_names_in_unseen_historical_prose() -> None:
    texts = []
    for number, record in enumerate(read_bracketed(HELD)):
        names = tuple(Span(start, end, LABELS[label]) for start, end, label in record.entities)
        labels = tuple(LABELS[label] for label in record.labels)
        texts.append(GoldText(one_block_article(record.text, str(number), HELD.name), names, labels))
    found = score_texts(HELD.name, texts, load_model()).counts.tallies("strict")
    assert found[OVERALL].f > 82
    assert found["PERSON"].f > 90
    assert found["ORG"].f > 72
    assert found["LOC"].f > 84
