"""Go on training the shipped model with a user's own names: ``adfontes train``.

The start is the shipped model itself, read back from its ONNX file, so that two hundred corrections better it without the
data it was made from. Where the gold says otherwise than the model, the gold is learnt; everywhere else the model is held
to what it thought before (the divergence from its own probabilities), so that what it knew is not lost.

Every epoch ends in a checkpoint beside the target (``NAME.part``); a run that was stopped goes on from there when it is
called again with the same texts and options. On one thread the same call gives the same bytes.
"""

from __future__ import annotations

import io
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from annotate.evaluation.gold_files import GoldText
from annotate.ner.component import EncoderNer
from annotate.ner.pieces import WordPieces
from annotate.ner.tags import TagScheme
from annotate.ner.windows import cut_windows, pack, read_words
from annotate.training.encoder import Tagger
from annotate.training.finetune import Window, batches
from annotate.training.gold import GOLD_LABELS, LABELS, GoldRecord, allowed_tags
from annotate.training.onnx_model import export
from annotate.training.onnx_weights import read_tagger
from corpus.store import write_atomic
from schemas.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

ENCODER_RATE, HEAD_RATE, WEIGHT_DECAY = 1e-4, 1e-3, 0.01  # a third of them learns half as much and forgets no less
WARM_UP = 0.1  # of the steps
HELD = 0.5  # weight of the divergence from the start, beside the loss of the gold
STEPS = 150  # enough for some hundred texts; more texts get at least LEAST_EPOCHS
LEAST_EPOCHS, MOST_EPOCHS = 3, 20
_SOURCE_LABELS = {label: gold for gold, label in GOLD_LABELS.items()}


class Settings(NamedTuple):
    """What decides the weights besides texts and start; ``epochs`` 0: by the number of texts. One thread repeats exactly."""

    seed: int = 7
    epochs: int = 0
    threads: int = 1


class Trained(NamedTuple):
    """The ONNX file of the end, and how long it took to get there."""

    onnx: bytes
    epochs: int
    steps: int
    windows: int


class _Lesson(NamedTuple):
    """A window, and for each word the probabilities that the start gives its tags; zeros where the gold contradicts it."""

    window: Window
    before: NDArray[np.float32]


def go_on_training(
    nlp: Language, texts: Sequence[GoldText], settings: Settings, checkpoint: Path, key: str, say: Callable[[str], None]
) -> Trained:
    """Train the model of a pipeline on gold texts; ``checkpoint`` and ``key`` let a stopped run go on.

    Raises UsageError where the pipeline has no network of ours, or the texts no name.
    """
    component = component_of(nlp)
    try:
        net = read_tagger(component.model)
    except ValueError as error:
        raise UsageError(f"the model cannot be trained on: {error}; start from the built-in one") from error
    torch.set_num_threads(settings.threads)
    scheme, cut = TagScheme(component.labels), WordPieces(component.vocabulary)
    windows = [window for text in texts for window in _windows(text, nlp, cut, scheme)]
    if not windows:
        raise UsageError("the texts to learn from hold no word; give others")
    lessons = _with_start(net, windows, cut)
    per_epoch = len(batches(windows, random.Random(settings.seed)))
    epochs = settings.epochs or min(MOST_EPOCHS, max(LEAST_EPOCHS, -(-STEPS // per_epoch)))
    for frozen in (net.pieces.weight, net.positions.weight, net.kind):
        frozen.requires_grad_(False)
    steps = _Run(net, lessons, cut, settings, epochs, per_epoch).go(checkpoint, key, say)
    return Trained(_to_onnx(net), epochs, steps, len(windows))


def component_of(nlp: Language) -> EncoderNer:
    """The component that can be trained on. Raises UsageError where the pipeline has none of our labels."""
    found = nlp.get_pipe("adfontes_ner") if "adfontes_ner" in nlp.pipe_names else None
    if not isinstance(found, EncoderNer) or found.labels != LABELS:
        raise UsageError("only models with the component adfontes_ner can be trained on; leave --from out")
    return found


def as_record(text: GoldText) -> GoldRecord:
    """A gold text in the form of the training data; what nobody decided is left open."""
    return GoldRecord(
        text.article.text,
        tuple((n.start, n.end, _SOURCE_LABELS[n.label]) for n in text.names if n.label in _SOURCE_LABELS),
        unknown=(*text.unknown, *text.undecided),
        labels=tuple(_SOURCE_LABELS[label] for label in text.labels if label in _SOURCE_LABELS),
    )


def _windows(text: GoldText, nlp: Language, cut: WordPieces, scheme: TagScheme) -> Iterator[Window]:
    record = as_record(text)
    doc = nlp.make_doc(record.text)
    words = read_words(doc, cut)
    starts = [doc[word.token].idx for word in words]
    ends = [start + len(word.text) for start, word in zip(starts, words, strict=True)]
    if words:
        allowed, inside = allowed_tags(record, starts, ends, scheme, decided=False)
        for start, end in cut_windows(words, inside):
            yield Window(tuple(words[start:end]), allowed[start:end], "own")


def _with_start(net: Tagger, windows: Sequence[Window], cut: WordPieces) -> dict[int, _Lesson]:
    """The windows, by their identity, with what the network thinks of them before it learns."""
    net.eval()
    made = {}
    with torch.inference_mode():
        for window in windows:
            arrays = pack([window.words], cut.start, cut.end)
            likely = net(*map(torch.from_numpy, arrays)).softmax(dim=-1)[0].numpy()
            agrees = window.allowed[np.arange(len(likely)), likely.argmax(axis=-1)]
            made[id(window)] = _Lesson(window, likely * agrees[:, None])
    return made


class _Run:
    """The loop over epochs, with its optimiser."""

    def __init__(
        self, net: Tagger, lessons: dict[int, _Lesson], cut: WordPieces, settings: Settings, epochs: int, per_epoch: int
    ) -> None:
        self._net, self._lessons, self._cut, self._settings = net, lessons, cut, settings
        self._epochs, self._total = epochs, epochs * (per_epoch + 1)
        named = [(name, weight) for name, weight in net.named_parameters() if weight.requires_grad]
        encoder = [weight for name, weight in named if name.startswith(("layers", "norm"))]
        head = [weight for name, weight in named if not name.startswith(("layers", "norm"))]
        self._weights = [*encoder, *head]
        self._rates = (ENCODER_RATE, HEAD_RATE)
        groups = [{"params": part, "lr": rate} for part, rate in zip((encoder, head), self._rates, strict=True)]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)

    def go(self, checkpoint: Path, key: str, say: Callable[[str], None]) -> int:
        """Run the epochs that are left; returns the steps of all."""
        epoch, step = self._restore(checkpoint, key)
        if epoch:
            say(f"goes on after epoch {epoch} of {self._epochs}")
        for number in range(epoch + 1, self._epochs + 1):
            # each epoch begins with a seed of its own, so that a run that goes on throws the same dice
            torch.manual_seed(self._settings.seed * 1000 + number)
            step, loss = self._epoch(random.Random(self._settings.seed * 1000 + number), step)
            say(f"epoch {number} of {self._epochs}: loss {loss:.4f}")
            self._save(checkpoint, key, number, step)
        return step

    def _epoch(self, chance: random.Random, step: int) -> tuple[int, float]:
        self._net.train()
        losses = []
        for batch in batches([lesson.window for lesson in self._lessons.values()], chance):
            for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
                rise, fall = (step + 1) / (WARM_UP * self._total), (self._total - step) / self._total
                group["lr"] = rate * max(0.0, min(1.0, rise, fall))
            loss = self._loss(batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self._weights, 1.0)
            self._optimizer.step()
            self._optimizer.zero_grad(set_to_none=True)
            losses.append(float(loss.item()))
            step += 1
        return step, sum(losses) / max(1, len(losses))

    def _loss(self, batch: Sequence[Window]) -> torch.Tensor:
        """The loss of the gold (annotate.training.finetune) and the divergence from the start, for each word."""
        arrays = pack([window.words for window in batch], self._cut.start, self._cut.end)
        shape = (*arrays.first.shape, batch[0].allowed.shape[1])
        allowed, before = np.ones(shape, dtype=bool), np.zeros(shape, dtype=np.float32)
        for row, window in enumerate(batch):
            allowed[row, : len(window.words)] = window.allowed
            before[row, : len(window.words)] = self._lessons[id(window)].before
        open_to, start = torch.from_numpy(allowed), torch.from_numpy(before)
        logs = self._net(*map(torch.from_numpy, arrays)).log_softmax(dim=-1)
        said = ~open_to.all(dim=-1)
        gold = -torch.logsumexp(logs.masked_fill(~open_to, -1e4), dim=-1)[said].sum() / max(1, int(said.sum()))
        held = start.sum(dim=-1) > 0
        apart = (start * (start.clamp_min(1e-9).log() - logs)).sum(dim=-1)[held].sum() / max(1, int(held.sum()))
        total: torch.Tensor = gold + HELD * apart
        return total

    def _restore(self, checkpoint: Path, key: str) -> tuple[int, int]:
        if not checkpoint.is_file():
            return 0, 0
        found = torch.load(checkpoint, weights_only=True)
        if found["key"] != key:
            return 0, 0
        self._net.load_state_dict(found["net"])
        self._optimizer.load_state_dict(found["optimizer"])
        return int(found["epoch"]), int(found["step"])

    def _save(self, checkpoint: Path, key: str, epoch: int, step: int) -> None:
        buffer = io.BytesIO()
        state = {"net": self._net.state_dict(), "optimizer": self._optimizer.state_dict()}
        torch.save({**state, "key": key, "epoch": epoch, "step": step}, buffer)
        write_atomic(checkpoint, buffer.getvalue())


def _to_onnx(net: Tagger) -> bytes:
    folder = Path(tempfile.mkdtemp())
    try:
        torch.save(net.state_dict(), folder / "weights.pt")
        export(folder / "weights.pt", folder / "model.onnx", layers=len(net.layers))
        return (folder / "model.onnx").read_bytes()
    finally:
        shutil.rmtree(folder)
