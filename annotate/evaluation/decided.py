"""Names as a person's decisions leave them: ``paper.decisions.jsonl`` upon the ``paper.json`` beside it (schemas.decisions).

What a decision says of a name, by its motivation:

| motivation | body | the name |
|---|---|---|
| assessing | true, "accepted"; false, "rejected" | stands as the machine read it; is none |
| classifying | a label, or null | has this label; is none |
| editing | ``{"start", "end", "label"}``, any of them | has these bounds and this label |
| tagging | a label, or ``{"label": ...}`` | is new, at the target |
| identifying | (an authority's URI) | stands |

The later decision on a place wins. Only sentences with a decision in them were surely read by a person: all else is
undecided, and so are machine names inside such a sentence that nobody decided upon.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from annotate.annotators.entities import ENTITY_LABELS
from annotate.evaluation.gold_files import DECISIONS, GoldFile, GoldText
from annotate.evaluation.scores import Span
from annotate.sentences import split_sentences
from corpus.store import load_articles, read_bytes
from schemas.decisions import Decision, PositionSelector, QuoteSelector, decode_decision
from schemas.errors import InputError
from schemas.records import Annotation, Article

_YES, _NO = frozenset({"accepted", "accept", "correct", "yes"}), frozenset({"rejected", "reject", "wrong", "no"})
_OURS = tuple(sorted({*ENTITY_LABELS.values()}))


class _Read(NamedTuple):
    """A decision read: where it was made, and the name that it leaves there (None: there is no name)."""

    place: tuple[int, int]
    name: Span | None


def read_decided(path: Path) -> GoldFile:
    """The names of the decided sentences. Raises InputError where the file, or the ``paper.json`` beside it, is none."""
    article_path = path.with_name(path.name.removesuffix(DECISIONS) + ".json")
    if not article_path.is_file():
        raise InputError(
            f"{path}: needs {article_path.name} beside it; put the file there that the decisions were made on"
        )
    articles = {article.id: article for article in load_articles(article_path)}
    by_article: dict[str, list[_Read]] = {}
    left_out = []
    for number, decision in _decisions(path):
        article = articles.get(decision.target.source) or (
            next(iter(articles.values())) if len(articles) == 1 else None
        )
        read = _read(decision, article) if article is not None else "its article is not in the file beside it"
        if isinstance(read, str):
            left_out.append(f"line {number} ({decision.motivation}): {read}")
        elif read is not None and article is not None:
            by_article.setdefault(article.id, []).append(read)
    texts = tuple(_gold_text(articles[name], reads) for name, reads in by_article.items())
    if not texts:
        raise InputError(
            f"{path}: no decision on a name in it; names are decided by accepting, correcting or tagging them"
        )
    return GoldFile(path, texts, tuple(left_out))


def _decisions(path: Path) -> Iterator[tuple[int, Decision]]:
    for number, line in enumerate(read_bytes(path).split(b"\n"), start=1):
        if line.strip():
            try:
                yield number, decode_decision(line)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise InputError(f"{path}, line {number}: no decision ({error}); mend or remove the line") from error


def _read(decision: Decision, article: Article) -> _Read | str | None:
    """What a decision says of a name; None where it is about something else, a reason where it cannot be used."""
    machine = next((ann for ann in article.annotations if decision.was and ann.id == decision.was.id), None)
    if machine is not None and machine.layer != "entity":
        return None
    if machine is None and decision.motivation not in ("tagging", "classifying", "editing"):
        return None if decision.was is None or decision.was.id is None else _unless_name(decision.was.id)
    place = _place(decision, article) or ((machine.start, machine.end) if machine is not None else None)
    if place is None:
        return "its words are not in the text any more, or in several places"
    return _outcome(decision, place, machine)


def _unless_name(machine_id: str) -> str | None:
    return f"the name {machine_id} is not in the article any more" if machine_id.startswith("en-") else None


def _outcome(decision: Decision, place: tuple[int, int], machine: Annotation | None) -> _Read | str | None:
    body = decision.body
    fields: Mapping[str, Any] = body if isinstance(body, dict) else {}
    said = fields.get("value", fields.get("label")) if fields else body
    label = ENTITY_LABELS.get(said) if isinstance(said, str) else None
    as_read = Span(*place, machine.label) if machine is not None else None
    match decision.motivation:
        case "assessing" if said is True or (isinstance(said, str) and said.casefold() in _YES):
            return _Read(place, as_read)
        case "assessing" if said is False or (isinstance(said, str) and said.casefold() in _NO):
            return _Read(place, None)
        case "classifying" if said is None:
            return _Read(place, None)
        case "classifying" | "tagging" if label is not None:
            return _Read(place, Span(*place, label))
        case "editing" if fields and (as_read is not None or label is not None):
            start, end = fields.get("start", place[0]), fields.get("end", place[1])
            if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
                return _Read(place, Span(start, end, label or (as_read.label if as_read else "")))
            return "its new bounds are no span"
        case "identifying":
            return _Read(place, as_read)
        case "tagging" | "classifying" if machine is None:
            return None  # a figure, a note, something else
        case "linking" | "commenting":
            return None
    return f"its body says nothing of a name (labels: {', '.join(_OURS)})"


def _place(decision: Decision, article: Article) -> tuple[int, int] | None:
    """The target in the text: by position where the words still stand there, else by the words, if they stand once."""
    position = next((s for s in decision.target.selector if isinstance(s, PositionSelector)), None)
    quote = next((s for s in decision.target.selector if isinstance(s, QuoteSelector)), None)
    if position is not None and 0 <= position.start < position.end <= len(article.text):
        words = article.text[position.start : position.end]
        if quote is None or words == quote.exact:
            return position.start, position.end
    if quote is None or not quote.exact:
        return None
    for before, after in ((quote.prefix, quote.suffix), ("", "")):
        whole = before + quote.exact + after
        if article.text.count(whole) == 1:
            start = article.text.index(whole) + len(before)
            return start, start + len(quote.exact)
    return None


def _gold_text(article: Article, reads: list[_Read]) -> GoldText:
    places: dict[tuple[int, int], Span | None] = {}
    for read in reads:
        places.pop(read.place, None)
        places[read.place] = read.name
        if read.name is not None and (read.name.start, read.name.end) != read.place:
            places.pop((read.name.start, read.name.end), None)
    names: list[Span] = []
    for name in reversed([name for name in places.values() if name is not None]):
        if not any(name.start < other.end and other.start < name.end for other in names):
            names.append(name)
    decided = {*places, *((name.start, name.end) for name in names)}
    open_spans = [*_without(decided, article), *_undecided_names(article, decided)]
    return GoldText(article, tuple(sorted(names)), _OURS, undecided=tuple(sorted(open_spans)))


def _without(decided: set[tuple[int, int]], article: Article) -> Iterator[tuple[int, int]]:
    """The sentences, and whatever lies between them, that hold no decision."""
    for block in article.blocks:
        starts = [s.start for s in split_sentences(article.quote(block), offset=block.start)] or [block.start]
        starts[0] = block.start
        bounds = [*starts, block.end]
        read: set[int] = set()
        for start, end in decided:
            if block.start <= start < block.end:
                read.update(range(bisect_right(bounds, start) - 1, bisect_right(bounds, min(end, block.end) - 1)))
        yield from (
            (bounds[i], bounds[i + 1]) for i in range(len(starts)) if i not in read and bounds[i] < bounds[i + 1]
        )


def _undecided_names(article: Article, decided: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for ann in article.annotations:
        if ann.layer == "entity" and not any(ann.start < end and start < ann.end for start, end in decided):
            yield ann.start, ann.end
