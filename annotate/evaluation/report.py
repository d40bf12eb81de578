"""``adfontes eval``: gold files against a pipeline, as counts, differences, a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotate.evaluation.answers import answer
from annotate.evaluation.differences import Difference, differences
from annotate.evaluation.gold_files import GoldFile, GoldText
from annotate.evaluation.scores import MODES, OVERALL, Counts, Tally, comparable

if TYPE_CHECKING:
    from spacy.language import Language


class Scored(NamedTuple):
    """Some texts with the counts over them and what was wrong in them."""

    name: str
    texts: int
    words: int
    counts: Counts
    wrong: tuple[Difference, ...]


def score_files(files: Sequence[GoldFile], nlp: Language) -> list[Scored]:
    """Each file by itself and, where there are several, all of them (under the name OVERALL) at the end."""
    scored = [score_texts(file.path.name, file.texts, nlp) for file in files]
    if len(scored) > 1:
        whole = Counts()
        for part in scored:
            whole.join(part.counts)
        scored.append(Scored(OVERALL, sum(s.texts for s in scored), sum(s.words for s in scored), whole, ()))
    return scored


def score_texts(name: str, texts: Sequence[GoldText], nlp: Language) -> Scored:
    """What the pipeline with all its layers finds in the texts, against what stands there."""
    counts = Counts()
    wrong: list[Difference] = []
    for text, found in zip(texts, answer((text.article for text in texts), nlp), strict=True):
        gold, said = comparable(text.names, found, text.labels, text.unknown, text.undecided)
        counts.add(text.article.text, gold, said)
        wrong += differences(name, text.article.id, text.article.text, gold, said)
    words = sum(len(text.article.text.split()) for text in texts)
    return Scored(name, len(texts), words, counts, tuple(wrong))


def as_json(scored: Iterable[Scored]) -> list[dict[str, Any]]:
    """Counts and shares (per cent) of every reading and label."""
    return [
        {
            "name": part.name,
            "texts": part.texts,
            "words": part.words,
            "scores": {
                mode: {label: _numbers(tally) for label, tally in part.counts.tallies(mode).items()} for mode in MODES
            },
        }
        for part in scored
    ]


def as_table(scored: Iterable[Scored]) -> Iterator[str]:
    """Lines for people: for each label the gold names, strict precision, recall and F, and the F of the other readings."""
    for part in scored:
        yield f"{part.name}: {part.texts} texts, {part.words:,} words"
        yield f"  {'':8} {'gold':>6} {'P':>6} {'R':>6} {'F':>6} {'F norm':>7} {'F fuzzy':>8}"
        norm, fuzzy = part.counts.tallies("norm"), part.counts.tallies("fuzzy")
        for label, tally in part.counts.tallies("strict").items():
            yield (
                f"  {label:8} {tally.right + tally.missed:>6} {tally.precision:>6.1f} {tally.recall:>6.1f} {tally.f:>6.1f} "
                f"{norm[label].f if label in norm else 0:>7.1f} {fuzzy[label].f if label in fuzzy else 0:>8.1f}"
            )


def _numbers(tally: Tally) -> dict[str, float | int]:
    shares = {"precision": tally.precision, "recall": tally.recall, "f": tally.f}
    return {**{name: round(share, 2) for name, share in shares.items()}, **tally._asdict()}
