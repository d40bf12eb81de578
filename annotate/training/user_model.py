"""A model folder from a user's gold names: split, train, score, and write, with a card that says what it was made of."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from annotate.engine import load_model, model_identity
from annotate.evaluation.gold_files import GoldFile, GoldText
from annotate.evaluation.report import Scored, as_table, score_texts
from annotate.evaluation.scores import Span
from annotate.ner.component import EncoderNer
from annotate.training.own import Settings, Trained, component_of, go_on_training
from annotate.version import __version__
from corpus.store import write_atomic
from schemas.errors import UsageError

CARD, RECORD = "README.md", "training.json"
HELD_OUT = 5  # every fifth text is kept for scoring where no other texts are given
_FEWEST = 5


class Made(NamedTuple):
    """A trained model: its folder, the scores before and after (None: no text to score on), and whether it stood already."""

    folder: Path
    before: Scored | None
    after: Scored | None
    unchanged: bool = False


class _Data(NamedTuple):
    """What was learnt from and what was scored on."""

    train: Sequence[GoldText]
    held_out: Sequence[GoldText]


def train_model(
    files: Sequence[GoldFile],
    dev: Sequence[GoldFile],
    out: Path,
    *,
    licence: str,
    base: str | None,
    settings: Settings,
    force: bool,
    say: Callable[[str], None],
) -> Made:
    """Train on ``files``, score on ``dev`` (or on every fifth text, kept apart), write a spaCy pipeline to ``out``.

    Raises UsageError where ``out`` holds something else, or ``base`` cannot be trained on.
    """
    out = out.resolve()
    nlp = load_model(base)
    component = component_of(nlp)
    key = _key(files, dev, component, licence, settings)
    if _stands(out, key, force):
        return Made(out, None, None, unchanged=True)
    data = _split(files, dev, settings.seed)
    start = model_identity(nlp)
    before = score_texts("before", data.held_out, nlp) if data.held_out else None
    part = out.with_name(out.name + ".part")
    trained = go_on_training(nlp, data.train, settings, part / "checkpoint.pt", key, say)
    component.set_model(trained.onnx, component.vocabulary)
    after = score_texts("after", data.held_out, nlp) if data.held_out else None
    nlp.meta.update(name=out.name, version="1.0.0", license=licence, description=f"Trained on from {start}.", key=key)
    written = part / "model"
    shutil.rmtree(written, ignore_errors=True)
    nlp.to_disk(written)
    scores = [scored for scored in (before, after) if scored is not None]
    card = _card(out.name, start, files, dev, data, trained, settings, licence, scores)
    write_atomic(written / CARD, card.encode())
    record = {"made_by": f"adfontes {__version__}", "key": key, "start": start, "licence": licence}
    write_atomic(written / RECORD, msgspec.json.format(msgspec.json.encode({**record, **settings._asdict()}), indent=1))
    shutil.rmtree(out, ignore_errors=True)
    written.replace(out)
    shutil.rmtree(part)
    return Made(out, before, after)


def _stands(out: Path, key: str, force: bool) -> bool:
    """Whether this very model stands there; UsageError where something else does."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return False
    try:
        found = msgspec.json.decode((out / RECORD).read_bytes(), type=dict[str, object])
    except (OSError, msgspec.MsgspecError):
        raise UsageError(f"{out}: exists and is no model that 'adfontes train' wrote; give another -o") from None
    if found.get("key") == key and not force:
        return True
    if not force:
        raise UsageError(f"{out}: holds a model of other texts or options; give another -o, or --force to replace it")
    return False


def _key(
    files: Sequence[GoldFile], dev: Sequence[GoldFile], component: EncoderNer, licence: str, settings: Settings
) -> str:
    """What decides the model: texts, start, licence, settings, version."""
    digest = hashlib.sha256(component.model)
    for part in (__version__, licence, repr(settings)):
        digest.update(b"\0" + part.encode())
    for group in (files, dev):
        digest.update(b"\1")
        for file in group:
            for text in file.texts:
                names = repr((text.names, text.labels, text.unknown, text.undecided))
                digest.update(hashlib.sha256(text.article.text.encode() + b"\0" + names.encode()).digest())
    return digest.hexdigest()[:32]


def _split(files: Sequence[GoldFile], dev: Sequence[GoldFile], seed: int) -> _Data:
    texts = [part for file in files for text in file.texts for part in paragraphs(text)]
    if dev:
        return _Data(texts, [text for file in dev for text in file.texts])
    if len(texts) < _FEWEST:
        return _Data(texts, ())
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    kept = set(order[: max(1, len(texts) // HELD_OUT)])
    return _Data(
        [text for at, text in enumerate(texts) if at not in kept], [text for at, text in enumerate(texts) if at in kept]
    )


def paragraphs(text: GoldText) -> Iterator[GoldText]:
    """The decided paragraphs of an article as texts of their own; a text of one paragraph is itself."""
    from corpus.readers.jsonl import one_block_article

    if len(text.article.blocks) <= 1:
        yield text
        return
    for block in text.article.blocks:
        start, end = block.start, block.end
        names = [n for n in text.names if start <= n.start and n.end <= end]
        undecided = _within(text.undecided, start, end)
        if not names and sum(e - s for s, e in undecided) >= end - start:
            continue
        yield text._replace(
            article=one_block_article(
                text.article.quote(block), f"{text.article.id}-{block.id}", text.article.source.name
            ),
            names=tuple(Span(n.start - start, n.end - start, n.label) for n in names),
            unknown=_within(text.unknown, start, end),
            undecided=undecided,
        )


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple((max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and start < e)


def _card(
    name: str,
    start: str,
    files: Sequence[GoldFile],
    dev: Sequence[GoldFile],
    data: _Data,
    trained: Trained,
    settings: Settings,
    licence: str,
    scores: Sequence[Scored],
) -> str:
    words = sum(len(text.article.text.split()) for text in data.train)
    names = sum(len(text.names) for text in data.train)
    scored_on = ", ".join(file.path.name for file in dev) or f"every {HELD_OUT}th text, kept apart from training"
    lines = [
        f"# {name}",
        "",
        f"A spaCy pipeline that finds names: `{start}`, trained on with `adfontes train` (adfontes {__version__}).",
        f"Use it with `adfontes annotate --model {name}` or `spacy.load`.",
        "",
        "## Data",
        "",
        *(f"- `{file.path.name}`: {len(file.texts)} texts" for file in files),
        "",
        f"Learnt from: {len(data.train)} texts, {words:,} words, {names:,} names. Licence of these data: {licence}.",
        "The weights also derive from those of the start, whose own licence and data stand in its card; both licences bind"
        " whoever passes this model on.",
        "",
        "## Training",
        "",
        f"Seed {settings.seed}, {trained.epochs} epochs, {trained.steps} steps, {trained.windows} windows,"
        f" {settings.threads} thread(s).",
        "",
        "## Scores",
        "",
    ]
    if scores:
        lines += [
            f"On {len(data.held_out)} texts: {scored_on}. Bounds and label right, with all layers of adfontes.",
            "",
        ]
        lines += ["```", *(line for line in as_table(scores)), "```"]
    else:
        lines += [f"None: fewer than {_FEWEST} texts, and no others were given to score on."]
    return "\n".join(lines) + "\n"
