"""The trained labeller: tokens of a reference to labelled spans, each with the probability that the model gives it.

The model file is loaded at the first call and kept; it lies beside this module with the recipe's name in ``training``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from bibliography.parse.cited_part import read_cited_part
from bibliography.parse.features import token_features
from bibliography.parse.identifiers import find_identifiers
from bibliography.parse.spans import trim_span
from bibliography.parse.tokens import Token, tokenize
from schemas.records import FieldSpan

MODEL = Path(__file__).parent / "model" / "fields.crf"
OUTSIDE = "o"
_IDENTIFIERS = {"arxiv": "id", "isbn": "id", "issn": "id"}


_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/?", re.IGNORECASE)  # before the DOI that the rule found
# "12. Lenin", "[12] Lenin", "(12) Lenin": the number of an entry in its list
_NUMBER = re.compile(r"\s*(?:\[(?P<a>\w{1,6})\]|\((?P<b>\d{1,3})\)|(?P<c>\d{1,4})[.)])\s*(?=[^\W\d_]|[“«„\"'‘\[—])")


class _Run(NamedTuple):
    label: str
    first: int
    last: int


@lru_cache(maxsize=4)
def load_model(path: Path = MODEL) -> pycrfsuite.Tagger:
    """The model of a file, opened once."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def label_fields(raw: str, path: Path = MODEL, *, begin: int = 0) -> list[FieldSpan]:
    """The fields of one reference, in order; ``confidence`` is the least marginal of a field's tokens.

    ``begin`` is where the reference begins in ``raw``; what stands before (a signal) is blank to the labeller.
    """
    raw = " " * begin + raw[begin:]
    if (whole := read_cited_part(raw)) is not None:
        return whole
    tokens = tokenize(raw)
    if not tokens:
        return []
    tagger = load_model(path)
    labels = tagger.tag(token_features(raw, tokens))
    sure = find_identifiers(raw)
    if number := _NUMBER.match(raw):
        sure = [(*number.span(number.lastgroup or 0), "citation-number"), *sure]
    labels = _with_identifiers(tokens, labels, sure)
    spans = [FieldSpan(start, end, _IDENTIFIERS.get(kind, kind), 1.0) for start, end, kind in sure]
    kinds = {kind for *_, kind in sure}
    for run in _runs(labels):
        if run.label in kinds:
            continue
        start, end = trim_span(raw, tokens[run.first].start, tokens[run.last].end, run.label)
        if run.label == "url" and "doi" in kinds and _RESOLVER.fullmatch(raw, start, end):
            continue
        if start < end:
            confidence = min(tagger.marginal(run.label, at) for at in range(run.first, run.last + 1))
            spans.append(FieldSpan(start, end, run.label, round(confidence, 4)))
    return sorted(spans, key=lambda span: span.start)


def _with_identifiers(tokens: list[Token], labels: list[str], sure: list[tuple[int, int, str]]) -> list[str]:
    """The labels, with what the rules are sure of taken out."""
    for start, end, _ in sure:
        labels = [
            OUTSIDE if start < token.end and token.start < end else label
            for token, label in zip(tokens, labels, strict=True)
        ]
    return labels


def _runs(labels: list[str]) -> list[_Run]:
    runs: list[_Run] = []
    for at, label in enumerate(labels):
        if label == OUTSIDE:
            continue
        if runs and runs[-1].label == label and runs[-1].last == at - 1:
            runs[-1] = _Run(label, runs[-1].first, at)
        else:
            runs.append(_Run(label, at, at))
    return runs
