"""What a student hears of its teacher. Needs the extra "train"."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from annotate.ner.pieces import WordPieces
from annotate.ner.tags import TagScheme
from annotate.ner.windows import Word
from annotate.training.gold import LABELS

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")


def test_a_teacher_is_not_heard_where_the_gold_says_otherwise(tmp_path: Path) -> None:
    from annotate.training.encoder import Tagger
    from annotate.training.finetune import Window, taught_by

    scheme = TagScheme(LABELS)
    cut = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ford", "left", "him"])
    net = Tagger(1, scheme.size)
    with torch.no_grad():
        net.tags.weight.zero_()
        net.tags.bias.zero_()
        net.tags.bias[0] = 9  # to this teacher nothing is a name
    torch.save(net.state_dict(), tmp_path / "teacher.pt")
    allowed = np.zeros((3, scheme.size), dtype=bool)
    allowed[0, scheme.tags_of("PERSON")[-1]] = True  # Ford is one, says the gold
    allowed[1, 0] = True
    allowed[2] = True  # of "him" it says nothing
    words = tuple(Word(i, word, cut(word), 1, False) for i, word in enumerate(("ford", "left", "him")))
    (window,) = taught_by(tmp_path / "teacher.pt", [Window(words, allowed, "own")], cut, scheme)
    assert window.taught is not None
    assert not window.taught.likely[0].any()
    assert not window.taught.states[0].any()
    assert window.taught.likely[1:, 0] == pytest.approx(1, abs=0.01)
    assert window.taught.states[1:].any(axis=1).all()
