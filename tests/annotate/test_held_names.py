"""Names in prose of our own on which nothing was trained (tests/fixtures/names/held*.txt): the model must not slip back.

The second file has other kinds of prose than the first: articles of an encyclopaedia, methods, travels, letters, a chronicle,
lines broken hard, and names as bad optical character recognition gives them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.engine import load_model
from annotate.evaluation.gold_files import LABELS, GoldText
from annotate.evaluation.report import score_texts
from annotate.evaluation.scores import OVERALL, Span
from annotate.training.texts import read_bracketed
from corpus.readers.jsonl import one_block_article

HELD = Path(__file__).parents[1] / "fixtures" / "names"
LEAST = {
    "held.txt": {OVERALL: 85, "PERSON": 93, "ORG": 76, "LOC": 85},
    "held2.txt": {OVERALL: 80, "PERSON": 86, "ORG": 79, "LOC": 79},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LEAST)
def test_names_in_unseen_historical_prose(name: str) -> None:
    texts = []
    for number, record in enumerate(read_bracketed(HELD / name)):
        names = tuple(Span(start, end, LABELS[label]) for start, end, label in record.entities)
        labels = tuple(LABELS[label] for label in record.labels)
        texts.append(GoldText(one_block_article(record.text, str(number), name), names, labels))
    found = score_texts(name, texts, load_model()).counts.tallies("strict")
    for label, least in LEAST[name].items():
        assert found[label].f > least
