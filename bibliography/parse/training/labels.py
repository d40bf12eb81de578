"""Labelled strings to labelled tokens."""

from __future__ import annotations

from bibliography.parse.tokens import Token
from bibliography.parse.training.public import Labelled

OUTSIDE = "o"


def token_labels(reference: Labelled, tokens: list[Token]) -> list[str]:
    """The label of each token, "o" outside all fields."""
    labels = []
    spans = iter(sorted(reference.spans))
    span = next(spans, None)
    for token in tokens:
        while span is not None and span[1] <= token.start:
            span = next(spans, None)
        labels.append(span[2] if span is not None and span[0] <= token.start < span[1] else OUTSIDE)
    return labels
