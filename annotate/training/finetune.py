"""Fine-tune the encoder on gold names: ``python -m annotate.training.finetune DATA_DIR OUT.pt --layers 3 --epochs 3``.

DATA_DIR holds ``train/*.jsonl`` and ``dev/*.jsonl``. The loss of a word is the negative log of the probability of all
tags that its source allows: where a set does not annotate a label, or cannot decide, a word may have any of the tags left
open, so that no silence is learnt. The same data, arguments and torch version give the same weights up to threading noise.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import spacy
import torch
from spacy.language import Language

from annotate.ner.pieces import CAPITALS, WordPieces
from annotate.ner.tags import TagScheme
from annotate.ner.windows import Arrays, Word, cut_windows, pack, read_words
from annotate.training.encoder import Tagger, load_pretrained, pretrained_folder
from annotate.training.gold import EXCLUDED, LABELS, allowed_tags, hard_wrap, read_gold

SEED = 7
PIECES_A_BATCH = 2048
ENCODER_RATE, HEAD_RATE, WEIGHT_DECAY = 1e-4, 1e-3, 0.01
WARM_UP = 12  # a twelfth of the steps
SHARES = {"litbank": 0.4}  # of its windows in each epoch: novels are long and hold few names
CAPITALS_SHARE, WRAPPED_SHARE = 0.03, 0.1
# In these sets an undecided span is no person, body or place (a people, a language): it may still be an event or a work.
DECIDED = frozenset({"crossner", "docred", "litbank", "uner"})


class Window(NamedTuple):
    """Words of one window with the tags that its source allows each (words by tags)."""

    words: tuple[Word, ...]
    allowed: np.ndarray
    source: str


def read_windows(path: Path, nlp: Language, cut: WordPieces, scheme: TagScheme, chance: random.Random) -> list[Window]:
    """The windows of one gold file."""
    made: list[Window] = []
    for record in read_gold(path):
        text = hard_wrap(record.text, chance.randint(45, 85)) if chance.random() < WRAPPED_SHARE else record.text
        doc = nlp.make_doc(text)
        words = read_words(doc, cut)
        if not words:
            continue
        starts = [doc[word.token].idx for word in words]
        ends = [start + len(word.text) for start, word in zip(starts, words, strict=True)]
        allowed, inside = allowed_tags(record, starts, ends, scheme, decided=path.stem in DECIDED)
        for start, end in cut_windows(words, inside):
            made.append(Window(tuple(words[start:end]), allowed[start:end], path.stem))
    return made


def batches(windows: Sequence[Window], chance: random.Random) -> list[list[Window]]:
    """The windows of one epoch in random batches of windows of about one length."""
    chosen = [window for window in windows if chance.random() < SHARES.get(window.source, 1.0)]
    chance.shuffle(chosen)
    made: list[list[Window]] = []
    for at in range(0, len(chosen), 1280):
        batch: list[Window] = []
        for window in sorted(chosen[at : at + 1280], key=_length):
            if batch and (_length(window) + 2) * (len(batch) + 1) > PIECES_A_BATCH:
                made.append(batch)
                batch = []
            batch.append(window)
        made.append(batch)
    chance.shuffle(made)
    return made


def _length(window: Window) -> int:
    return sum(len(word.pieces) for word in window.words)


def loss_of(net: Tagger, batch: Sequence[Window], cut: WordPieces, chance: random.Random) -> torch.Tensor:
    """The mean loss of the words of a batch whose source says anything of them."""
    shown = [
        [word._replace(shape=CAPITALS.get(word.shape, word.shape)) for word in window.words]
        if chance.random() < CAPITALS_SHARE
        else window.words
        for window in batch
    ]
    arrays = pack(shown, cut.start, cut.end)
    allowed = np.ones((*arrays.first.shape, batch[0].allowed.shape[1]), dtype=bool)
    for row, window in enumerate(batch):
        allowed[row, : len(window.words)] = window.allowed
    open_to = torch.from_numpy(allowed)
    logs = net(*_tensors(arrays)).log_softmax(dim=-1)
    losses = -torch.logsumexp(logs.masked_fill(~open_to, -1e4), dim=-1)
    return losses[~open_to.all(dim=-1)].mean()


def _tensors(arrays: Arrays) -> Iterator[torch.Tensor]:
    return (torch.from_numpy(array) for array in arrays)


def score(net: Tagger, windows: dict[str, list[Window]], cut: WordPieces, scheme: TagScheme) -> dict[str, float]:
    """Strict F (span and label) over each set's windows, counting only words that the source decides."""
    net.eval()
    totals: dict[str, list[int]] = {}
    with torch.inference_mode():
        for name, found in windows.items():
            counts = totals.setdefault(name, [0, 0, 0])
            for batch in batches(found, random.Random(0)):
                logits = net(*_tensors(pack([w.words for w in batch], cut.start, cut.end))).numpy()
                for row, window in enumerate(batch):
                    size = len(window.words)
                    sure = window.allowed.sum(axis=1) == 1
                    gold = set(scheme.decode(np.where(window.allowed, 0.0, -1e3).astype(np.float32)))
                    gold = {span for span in gold if sure[span[0] : span[1]].all()}
                    predicted = {s for s in scheme.decode(logits[row, :size]) if sure[s[0] : s[1]].all()}
                    counts[0] += len(gold & predicted)
                    counts[1] += len(predicted)
                    counts[2] += len(gold)
    net.train()
    totals["ALL"] = [sum(column) for column in zip(*totals.values(), strict=True)]
    return {name: 200 * hit / max(1, found + gold) for name, (hit, found, gold) in totals.items()}


def fine_tune(data: Path, out: Path, *, layers: int, epochs: float, start_from: Path | None) -> None:
    """Train, tell the scores after each epoch, and write the weights of the end."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    nlp, scheme = spacy.blank("en"), TagScheme(LABELS)
    cut = WordPieces((pretrained_folder() / "vocab.txt").read_text("utf-8").split("\n"))
    chance = random.Random(SEED)
    files = [path for path in sorted((data / "train").glob("*.jsonl")) if path.stem not in EXCLUDED]
    train = [window for path in files for window in read_windows(path, nlp, cut, scheme, chance)]
    quiet = _NoChance()
    dev = {path.stem: read_windows(path, nlp, cut, scheme, quiet) for path in sorted((data / "dev").glob("*.jsonl"))}
    net = Tagger(layers, scheme.size)
    load_pretrained(net)
    if start_from is not None:
        net.load_state_dict(torch.load(start_from, weights_only=True), strict=False)
    for frozen in (net.pieces.weight, net.positions.weight, net.kind):
        frozen.requires_grad_(False)
    _train(net, train, dev, cut, scheme, epochs, out)


class _NoChance(random.Random):
    """Never wraps: dev texts are scored as they are."""

    def random(self) -> float:
        return 1.0


def _train(
    net: Tagger,
    train: Sequence[Window],
    dev: dict[str, list[Window]],
    cut: WordPieces,
    scheme: TagScheme,
    epochs: float,
    out: Path,
) -> None:
    named = [(name, weight) for name, weight in net.named_parameters() if weight.requires_grad]
    encoder = [weight for name, weight in named if name.startswith(("layers", "norm"))]
    head = [weight for name, weight in named if not name.startswith(("layers", "norm"))]
    rates = (ENCODER_RATE, HEAD_RATE)
    groups = [{"params": part, "lr": rate} for part, rate in zip((encoder, head), rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY, betas=(0.9, 0.98), fused=True)
    chance = random.Random(SEED)
    per_epoch = len(batches(train, random.Random(1)))
    total = int(per_epoch * epochs)
    step, started, losses = 0, time.process_time(), 0.0
    net.train()
    while step < total:
        for batch in batches(train, chance)[: total - step]:
            slope = min((step + 1) / max(1, total // WARM_UP), (total - step) / (total - total // WARM_UP))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * max(0.01, min(1.0, slope))
            loss = loss_of(net, batch, cut, chance)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoder, *head], 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            losses = 0.98 * losses + 0.02 * loss.item()
            if step % 50 == 0:
                print(f"step {step}/{total}, loss {losses:.4f}, {time.process_time() - started:.0f} CPU s", flush=True)
        torch.save(net.state_dict(), out)
        shown = {name: round(value, 1) for name, value in score(net, dev, cut, scheme).items()}
        print(f"after step {step}: strict F {shown}", flush=True)


def main(arguments: Sequence[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m annotate.training.finetune", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--start-from", type=Path, help="weights of an earlier run, of as many or more layers")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    fine_tune(options.data, options.out, layers=options.layers, epochs=options.epochs, start_from=options.start_from)


if __name__ == "__main__":
    main(sys.argv[1:])
