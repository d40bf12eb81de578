"""Training on: the network read back from ONNX, a tiny run, going on after a stop, and the card. Needs the extra "train"."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy

from annotate.cli import run
from annotate.model import DEFAULT_MODEL

pytest.importorskip("torch", reason="training needs the extra 'train'")
pytest.importorskip("onnx", reason="training needs the extra 'train'")
pytestmark = [
    pytest.mark.slow,
    # torch and its exporter announce what they will change
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

# Made-up towns that the gold calls bodies: no model does that by itself.
TEXTS = [
    ("The carts left Skarnholm for Skarnmoor.", ["Skarnholm", "Skarnmoor"]),
    ("He owned two mills at Skarnby.", ["Skarnby"]),
    ("From Skarnwick the road is long.", ["Skarnwick"]),
    ("Wool was weighed in Skarnholm and sold in Skarnby.", ["Skarnholm", "Skarnby"]),
    ("At Skarnmoor the snow lay until May.", ["Skarnmoor"]),
    ("They never saw Skarnwick again.", ["Skarnwick"]),
]


def gold(folder: Path) -> Path:
    rows = []
    for text, places in TEXTS:
        rows.append({"text": text, "entities": [[text.index(p), text.index(p) + len(p), "ORG"] for p in places]})
    path = folder / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder of one layer, cut from the shipped one: trains in a second."""
    import torch

    from annotate.ner.component import EncoderNer
    from annotate.training.onnx_model import export
    from annotate.training.onnx_weights import read_tagger

    folder = tmp_path_factory.mktemp("tiny")
    nlp = spacy.load(DEFAULT_MODEL)
    component = nlp.get_pipe("adfontes_ner")
    assert isinstance(component, EncoderNer)
    net = read_tagger(component.model)
    kept = {k: v for k, v in net.state_dict().items() if not k.startswith("layers.") or k.startswith("layers.0.")}
    torch.save(kept, folder / "w.pt")
    export(folder / "w.pt", folder / "m.onnx", layers=1)
    component.set_model((folder / "m.onnx").read_bytes(), component.vocabulary)
    nlp.to_disk(folder / "model")
    return folder / "model"


def test_a_network_of_another_version_is_told_in_one_line() -> None:
    import onnx

    from annotate.ner.component import EncoderNer
    from annotate.training.onnx_weights import read_tagger
    from annotate.training.quantise import PRODUCT

    component = spacy.load(DEFAULT_MODEL).get_pipe("adfontes_ner")
    assert isinstance(component, EncoderNer)
    model = onnx.load_model_from_string(component.model)
    for node in model.graph.node:
        if node.op_type == PRODUCT:
            node.op_type = "MatMulInteger"  # as 0.3.0 had it
    with pytest.raises(ValueError, match=r"^its network is of another version of adfontes$"):
        read_tagger(model.SerializeToString())


def test_the_network_read_back_gives_the_shipped_logits() -> None:
    import numpy as np
    import torch

    from annotate.ner.component import EncoderNer
    from annotate.ner.pieces import WordPieces
    from annotate.ner.windows import pack, read_words
    from annotate.training.onnx_weights import read_tagger

    nlp = spacy.load(DEFAULT_MODEL)
    component = nlp.get_pipe("adfontes_ner")
    assert isinstance(component, EncoderNer)
    cut = WordPieces(component.vocabulary)
    words = read_words(nlp.make_doc("Joseph Stalin met Henry Ford of the Ford Motor Company in Moscow."), cut)
    arrays = pack([words], cut.start, cut.end)
    with torch.inference_mode():
        ours = read_tagger(component.model).eval()(*map(torch.from_numpy, arrays)).numpy()
    theirs = component.logits([words])
    assert (ours.argmax(axis=-1) == theirs.argmax(axis=-1)).all()
    assert np.abs(ours - theirs).max() < 0.1 * np.abs(theirs).max()


def test_training_learns_and_says_what_it_did(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = gold(tmp_path), tmp_path / "mine"
    call = ["train", str(path), "-o", str(out), "--licence", "CC0-1.0", "--from", str(tiny), "--dev", str(path)]
    assert run([*call, "--epochs", "40", "--json"]) == 0
    before, after = json.loads(capsys.readouterr().out)["scores"]
    assert after["scores"]["strict"]["ALL"]["f"] > 50 > before["scores"]["strict"]["ALL"]["f"]
    assert not (tmp_path / "mine.part").exists()
    card = (out / "README.md").read_text("utf-8")
    assert all(told in card for told in ("CC0-1.0", "Seed 7", "6 texts", "gold.jsonl", "before", "after"))
    assert spacy.load(out).meta["license"] == "CC0-1.0"
    assert run(["eval", str(path), "--model", str(out)]) == 0
    # the same call again finds it done; another is refused, for it would replace it
    assert run([*call, "--epochs", "40"]) == 0
    assert "unchanged" in capsys.readouterr().err
    assert run([*call, "--epochs", "2"]) == 2
    assert run([*call[:3], str(tmp_path), *call[4:]]) == 2


def test_a_stopped_run_goes_on_to_the_same_bytes(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from annotate.training import own

    def call(name: str) -> list[str]:
        return [
            "train",
            str(path),
            "-o",
            str(tmp_path / name),
            "--licence",
            "CC0",
            "--from",
            str(tiny),
            "--epochs",
            "3",
        ]

    path = gold(tmp_path)
    assert run(call("whole")) == 0
    save = own._Run._save

    def stop_after_two(self: own._Run, checkpoint: Path, key: str, epoch: int, step: int) -> None:
        save(self, checkpoint, key, epoch, step)
        if epoch == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(own._Run, "_save", stop_after_two)
        assert run(call("stopped")) == 130
    capsys.readouterr()
    assert run(call("stopped")) == 0
    assert "goes on after epoch 2 of 3" in capsys.readouterr().err
    models = [(tmp_path / name / "adfontes_ner" / "model.onnx").read_bytes() for name in ("whole", "stopped")]
    assert models[0] == models[1]


def test_a_licence_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(gold(tmp_path)), "-o", str(tmp_path / "m")]) == 2
    assert "--licence" in capsys.readouterr().err
    assert run(["train", str(gold(tmp_path)), "-o", str(tmp_path / "m"), "--licence", " "]) == 2
