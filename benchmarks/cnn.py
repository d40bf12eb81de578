"""spaCy's CNN entity recogniser of width 96 and depth 4, with fresh weights: the yardstick of speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

if TYPE_CHECKING:
    from spacy.language import Language


def make_cnn() -> Language:
    """A pipeline with nothing but this recogniser; untrained, which changes nothing of its speed."""
    nlp = spacy.blank("en")
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 96, "depth": 4,
        "embed_size": 2000, "window_size": 1, "maxout_pieces": 3, "subword_features": True,
    }  # fmt: skip
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": tok2vec,
    }  # fmt: skip
    ner = nlp.add_pipe("ner", config={"model": model})
    for label in ("PERSON", "ORG", "LOC", "EVENT", "WORK"):
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp
