"""The fine-tuned weights as the file that ships: ``python -m annotate.training.onnx_model WEIGHTS.pt MODEL_DIR --layers 3``.

The network is traced to ONNX and put into eight bits (annotate.training.quantise). MODEL_DIR becomes a spaCy pipeline with
one component, adfontes_ner.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import spacy
import torch
from onnxruntime.quantization.shape_inference import quant_pre_process

from annotate.ner.component import ARRAYS, EncoderNer
from annotate.ner.tags import TagScheme
from annotate.ner.windows import MOST_PIECES, Word, pack
from annotate.training.encoder import Tagger, pretrained_folder
from annotate.training.gold import LABELS
from annotate.training.quantise import quantise

VERSION = "0.4.0"
_POSITIONS = MOST_PIECES + 32  # a single word may have sixteen pieces more than a window


def export(weights: Path, target: Path, *, layers: int) -> float:
    """Write the eight-bit ONNX file; returns the largest difference of its logits from the network's."""
    net = Tagger(layers, TagScheme(LABELS).size)
    net.load_state_dict(torch.load(weights, weights_only=True))
    net.positions = torch.nn.Embedding.from_pretrained(net.positions.weight[:_POSITIONS].detach().clone())
    net.eval()
    words = [Word(0, "grain", (2003, 2004), 1, False), Word(1, "rose", (2005,), 2, False)]
    example = [torch.from_numpy(array) for array in pack([words, words[:1]], 101, 102)]
    axes = {name: {0: "windows", 1: "pieces" if name in ARRAYS[:3] else "words"} for name in ARRAYS}
    axes |= {"shapes": {0: "windows", 1: "padded"}, "logits": {0: "windows", 1: "words"}}
    with tempfile.TemporaryDirectory() as folder:
        whole, clean = Path(folder) / "whole.onnx", Path(folder) / "clean.onnx"
        torch.onnx.export(
            net, tuple(example), str(whole), input_names=list(ARRAYS), output_names=["logits"], dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(whole), str(clean), skip_symbolic_shape=True)
        onnx.save(quantise(onnx.load(clean)), target)
    session = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    feed = {name: array.numpy() for name, array in zip(ARRAYS, example, strict=True)}
    with torch.inference_mode():
        return float(np.abs(session.run(None, feed)[0] - net(*example).numpy()).max())


def make_pipeline(model: bytes, target: Path) -> None:
    """The spaCy pipeline around the file, with the vocabulary of pieces, at ``target``."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe("adfontes_ner", config={"labels": list(LABELS)})
    assert isinstance(component, EncoderNer)
    vocabulary = (pretrained_folder() / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")
    component.set_model(model, vocabulary)
    nlp.meta.update(
        name="adfontes_ner",
        version=VERSION,
        description="Names of persons, organisations, places, events and works in English scholarly prose.",
        author="The Adfontes contributors",
        email="",
        url="",
        license="CC-BY-SA-4.0",
        spacy_version=">=3.8,<3.9",
    )
    nlp.to_disk(target)


def main(arguments: Sequence[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m annotate.training.onnx_model", description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--layers", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.onnx"
        difference = export(options.weights, model, layers=options.layers)
        make_pipeline(model.read_bytes(), options.target)
    print(f"{options.target}: logits differ by at most {difference:.3f} from those of the weights")


if __name__ == "__main__":
    main(sys.argv[1:])
