"""The named-entity model from gold to folder: `python -m annotate.training.ner DATA_DIR OUT_DIR`.

DATA_DIR holds `train/*.jsonl` and `dev/*.jsonl`; the finished model is `OUT_DIR/model`, its scores per set
and per label `OUT_DIR/scores.json`. The same data, configuration and spaCy version give the same weights.
"""

import sys
import time
from pathlib import Path

import msgspec
import spacy
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from annotate.training.convert import LABELS, convert_folder

CONFIG = Path(__file__).with_name("ner.cfg")
SAMPLING_SEED = 20260101


class Score(msgspec.Struct, frozen=True):
    """Strict scores: boundaries and label must both be right. `gold` counts the names to be found."""

    precision: float
    recall: float
    f: float
    gold: int


def train_model(data: Path, out: Path) -> Path:
    """Convert the gold, train, and return the folder of the finished model."""
    tokenizer = spacy.blank("en")
    corpus = out / "corpus"
    convert_folder(data / "train", corpus / "train", tokenizer, training=True, seed=SAMPLING_SEED)
    convert_folder(data / "dev", corpus / "dev", tokenizer, training=False, seed=SAMPLING_SEED)
    paths = {"paths.train": str(corpus / "train"), "paths.dev": str(corpus / "dev")}
    train(CONFIG, out / "run", use_gpu=-1, overrides=paths)
    return finish_model(out / "run" / "model-best", out / "model")


def finish_model(trained: Path, target: Path) -> Path:
    """Write the model as it ships: described as ours, without training paths and training vocabulary."""
    nlp = spacy.load(trained)
    nlp.config["paths"] = {"train": None, "dev": None}
    nlp.meta.update(
        name="adfontes_ner",
        version="0.1.0",
        description="Names of persons, organisations, places, events and works in English scholarly prose.",
        author="The Adfontes contributors",
        email="",
        url="",
        license="CC-BY-SA-4.0",
        spacy_version=">=3.8,<3.9",
    )
    # The string store keeps every word seen in training; the weights need only hashes, which are computed.
    nlp.vocab.strings._reset_and_load([*spacy.blank("en").vocab.strings, *LABELS])
    nlp.to_disk(target)
    return target


def score_sets(nlp: Language, corpus: Path) -> dict[str, dict[str, Score]]:
    """Score the model on each DocBin of a folder and on all of them: set name, then label or ALL."""
    files = sorted(corpus.glob("*.spacy"))
    gold = {path.stem: list(DocBin().from_disk(path).get_docs(nlp.vocab)) for path in files}
    gold["ALL"] = [doc for path in files for doc in gold[path.stem]]
    return {name: _score_docs(nlp, docs) for name, docs in gold.items()}


def _score_docs(nlp: Language, docs: list[Doc]) -> dict[str, Score]:
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    result = nlp.evaluate(examples)
    found = {"ALL": (result["ents_p"], result["ents_r"], result["ents_f"])}
    for label in LABELS:
        if label in result["ents_per_type"]:
            part = result["ents_per_type"][label]
            found[label] = (part["p"], part["r"], part["f"])
    gold = {label: sum(ent.label_ == label for doc in docs for ent in doc.ents) for label in LABELS}
    gold["ALL"] = sum(gold.values())
    return {
        label: Score(precision=_percent(p), recall=_percent(r), f=_percent(f), gold=gold[label])
        for label, (p, r, f) in found.items()
    }


def _percent(share: float) -> float:
    return round(100 * share, 1)


def main(arguments: list[str]) -> int:
    """Train and write the scores; progress goes to the console as spaCy prints it."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m annotate.training.ner DATA_DIR OUT_DIR\n")
        return 2
    data, out = Path(arguments[0]), Path(arguments[1])
    started = time.process_time()
    model = train_model(data, out)
    scores = score_sets(spacy.load(model), out / "corpus" / "dev")
    (out / "scores.json").write_bytes(msgspec.json.format(msgspec.json.encode(scores), indent=1) + b"\n")
    sys.stderr.write(f"{model}: {time.process_time() - started:.0f} CPU seconds\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
