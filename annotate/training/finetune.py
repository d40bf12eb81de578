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
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import spacy
import torch
from spacy.language import Language
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from annotate.ner.pieces import CAPITALS, WordPieces
from annotate.ner.tags import TagScheme
from annotate.ner.windows import Arrays, Word, cut_windows, pack, read_words
from annotate.training.encoder import Tagger, load_pretrained, pretrained_folder
from annotate.training.gold import EXCLUDED, LABELS, GoldRecord, allowed_tags, hard_wrap, misread, read_gold
from annotate.training.texts import bare_paragraphs, read_bracketed

SEED = 7
OWN = Path(__file__).with_name("paragraphs.txt")
OWN_TIMES = 2  # in each epoch: few, and nearest to what we are asked to read
PIECES_A_BATCH = 2048
ENCODER_RATE, HEAD_RATE, WEIGHT_DECAY = 1e-4, 1e-3, 0.01
TAUGHT_SHARE = 0.6  # of the loss is the teacher's, where there is one
WARM_UP = 12  # a twelfth of the steps
SHARES = {"litbank": 0.4}  # of its windows in each epoch: novels are long and hold few names
CAPITALS_SHARE, WRAPPED_SHARE, MISREAD_SHARE = 0.03, 0.1, 0.05
AVERAGED = 0.99  # of the running average of the weights stays at each step; the average is what is kept
# In these sets an undecided span is no person, body or place (a people, a language): it may still be an event or a work.
DECIDED = frozenset({"crossner", "docred", "litbank", "uner"})


class Taught(NamedTuple):
    """What a teacher makes of a window's words: its head's states (words by width), its probability of each tag."""

    states: np.ndarray
    likely: np.ndarray


class Window(NamedTuple):
    """Words of one window with the tags that its source allows each (words by tags)."""

    words: tuple[Word, ...]
    allowed: np.ndarray
    source: str
    taught: Taught | None = None


def read_windows(
    records: Iterable[GoldRecord], source: str, nlp: Language, cut: WordPieces, scheme: TagScheme, chance: random.Random
) -> list[Window]:
    """The windows of the texts of one source."""
    made: list[Window] = []
    for record in records:
        text = hard_wrap(record.text, chance.randint(45, 85)) if chance.random() < WRAPPED_SHARE else record.text
        text = misread(text, chance) if chance.random() < MISREAD_SHARE else text
        doc = nlp.make_doc(text)
        words = read_words(doc, cut)
        if not words:
            continue
        starts = [doc[word.token].idx for word in words]
        ends = [start + len(word.text) for start, word in zip(starts, words, strict=True)]
        allowed, inside = allowed_tags(record, starts, ends, scheme, decided=source in DECIDED)
        for start, end in cut_windows(words, inside):
            made.append(Window(tuple(words[start:end]), allowed[start:end], source))
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
    states = net.states(*_tensors(arrays))
    logs = net.decide(states).log_softmax(dim=-1)
    losses = -torch.logsumexp(logs.masked_fill(~open_to, -1e4), dim=-1)
    said = ~open_to.all(dim=-1)
    loss: torch.Tensor = losses[said].sum() / max(1, int(said.sum()))
    if batch[0].taught is None:
        return loss
    return (1 - TAUGHT_SHARE) * loss + TAUGHT_SHARE * _distance(states, logs, batch)


def _distance(states: torch.Tensor, logs: torch.Tensor, batch: Sequence[Window]) -> torch.Tensor:
    """How far a student is from its teacher, a word: the cross entropy of their tags and the cosine of their states.

    Hinton and others 2015; of states, Jiao and others 2020 (TinyBERT), whose student also has the teacher's widths.
    """
    likely = np.zeros(logs.shape, dtype=np.float32)
    known = np.zeros(states.shape, dtype=np.float32)
    for row, window in enumerate(batch):
        assert window.taught is not None
        size = len(window.words)
        known[row, :size], likely[row, :size] = window.taught.states, window.taught.likely
    words = sum(len(window.words) for window in batch)
    target = torch.from_numpy(known)
    apart = (1 - functional.cosine_similarity(states, target, dim=-1)) * target.any(dim=-1)
    return (apart.sum() - (torch.from_numpy(likely) * logs).sum()) / words


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


def fine_tune(
    data: Path,
    out: Path,
    *,
    layers: int,
    epochs: float,
    rate: float,
    start_from: Path | None,
    teacher: Path | None,
    bare: Path | None,
) -> None:
    """Train, tell the scores after each epoch, and write the weights of the end."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    nlp, scheme = spacy.blank("en"), TagScheme(LABELS)
    cut = WordPieces((pretrained_folder() / "vocab.txt").read_text("utf-8").split("\n"))
    chance = random.Random(SEED)
    train = [
        window
        for name, records in sources(data, bare)
        for window in read_windows(records, name, nlp, cut, scheme, chance)
    ]
    quiet = _NoChance()
    dev = {
        path.stem: read_windows(read_gold(path), path.stem, nlp, cut, scheme, quiet)
        for path in sorted((data / "dev").glob("*.jsonl"))
    }
    if teacher is not None:
        train = taught_by(teacher, train, cut, scheme)
    net = Tagger(layers, scheme.size)
    load_pretrained(net)
    if start_from is not None:
        net.load_state_dict(torch.load(start_from, weights_only=True), strict=False)
    for frozen in (net.pieces.weight, net.positions.weight, net.kind):
        frozen.requires_grad_(False)
    _train(net, train, dev, cut, scheme, epochs, rate, out)


def sources(data: Path, bare: Path | None) -> Iterator[tuple[str, Iterable[GoldRecord]]]:
    """The training texts: our own paragraphs OWN_TIMES, the gold files, and bare paragraphs."""
    yield "own", [*read_bracketed(OWN)] * OWN_TIMES
    for path in sorted((data / "train").glob("*.jsonl")):
        if path.stem not in EXCLUDED:
            yield path.stem, read_gold(path)
    if bare is not None:
        yield "bare", bare_paragraphs(bare)


def taught_by(teacher: Path, windows: Sequence[Window], cut: WordPieces, scheme: TagScheme) -> list[Window]:
    """The windows with what the teacher's weights hold likely of each word's tag; nothing where the gold says otherwise."""
    weights = torch.load(teacher, weights_only=True)
    net = Tagger(1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers.")), scheme.size)
    net.load_state_dict(weights)
    net.eval()
    order = sorted(range(len(windows)), key=lambda at: _length(windows[at]))
    made = list(windows)
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            places = order[start : start + 32]
            packed = pack([windows[at].words for at in places], cut.start, cut.end)
            states = net.states(*_tensors(packed))
            likely = net.decide(states).softmax(dim=-1)
            for row, at in enumerate(places):
                allowed = windows[at].allowed
                known, judged = (part[row, : len(allowed)].numpy().astype(np.float16) for part in (states, likely))
                agrees = allowed[np.arange(len(allowed)), judged.argmax(axis=-1)][:, None]
                made[at] = windows[at]._replace(taught=Taught(known * agrees, judged * agrees))
    return made


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
    rate: float,
    out: Path,
) -> None:
    named = [(name, weight) for name, weight in net.named_parameters() if weight.requires_grad]
    encoder = [weight for name, weight in named if name.startswith(("layers", "norm"))]
    head = [weight for name, weight in named if not name.startswith(("layers", "norm"))]
    rates = (rate * ENCODER_RATE, rate * HEAD_RATE)
    groups = [{"params": part, "lr": lr} for part, lr in zip((encoder, head), rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY, betas=(0.9, 0.98), fused=True)
    average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED))
    chance = random.Random(SEED)
    per_epoch = len(batches(train, random.Random(1)))
    total = int(per_epoch * epochs)
    step, started, losses = 0, time.process_time(), 0.0
    net.train()
    while step < total:
        for batch in batches(train, chance)[: total - step]:
            slope = min((step + 1) / max(1, total // WARM_UP), (total - step) / (total - total // WARM_UP))
            for group, highest in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = highest * max(0.01, min(1.0, slope))
            loss = loss_of(net, batch, cut, chance)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoder, *head], 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            average.update_parameters(net)
            step += 1
            losses = 0.98 * losses + 0.02 * loss.item()
            if step % 50 == 0:
                print(f"step {step}/{total}, loss {losses:.4f}, {time.process_time() - started:.0f} CPU s", flush=True)
        kept = average.module
        assert isinstance(kept, Tagger)
        torch.save(kept.state_dict(), out)
        shown = {name: round(value, 1) for name, value in score(kept, dev, cut, scheme).items()}
        print(f"after step {step}: strict F {shown}", flush=True)


def main(arguments: Sequence[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m annotate.training.finetune", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--rate", type=float, default=1, help="factor of the rates of learning: less to go on gently")
    parser.add_argument("--start-from", type=Path, help="weights of an earlier run, of as many or more layers")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--teacher", type=Path, help="weights of a deeper network whose judgement is learnt too")
    parser.add_argument("--bare", type=Path, help="a folder of articles whose paragraphs the teacher judges")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    fine_tune(
        options.data, options.out, layers=options.layers, epochs=options.epochs, rate=options.rate,
        start_from=options.start_from, teacher=options.teacher, bare=options.bare,
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
