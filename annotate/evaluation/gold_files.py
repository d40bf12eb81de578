"""Names marked by a person, from three kinds of files, all as ``GoldText``.

- JSON Lines: ``{"text", "entities": [[start, end, label]]}``, optionally ``labels`` (what the source annotates; by default
  every label that stands in the file) and ``unknown`` (``[[start, end]]``: places that it leaves open); offsets are code points;
- a spaCy ``DocBin`` (``.spacy``) with ``doc.ents``;
- ``paper.decisions.jsonl``, with the ``paper.json`` beside it (``annotate.evaluation.decided``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from annotate.annotators.entities import ENTITY_LABELS
from annotate.evaluation.answers import DATE
from annotate.evaluation.scores import Span
from corpus.readers.jsonl import one_block_article
from corpus.store import read_bytes
from schemas.errors import InputError
from schemas.records import Article

LABELS: Mapping[str, str] = {**ENTITY_LABELS, DATE: DATE}
"""Labels of gold files as ours; a label that is not here is left out, and told."""

DECISIONS = ".decisions.jsonl"


class GoldText(NamedTuple):
    """A text with its names; ``labels`` are those that its source annotates.

    ``unknown``: the source cannot say whether an event, work or date is there; ``undecided``: it says nothing at all.
    """

    article: Article
    names: tuple[Span, ...]
    labels: tuple[str, ...]
    unknown: tuple[tuple[int, int], ...] = ()
    undecided: tuple[tuple[int, int], ...] = ()


class GoldFile(NamedTuple):
    """The texts of a file, and what in it was left out, one line each."""

    path: Path
    texts: tuple[GoldText, ...]
    left_out: tuple[str, ...] = ()


class _Line(msgspec.Struct):
    text: str
    entities: list[tuple[int, int, str]]
    labels: list[str] | None = None
    unknown: list[tuple[int, int]] = []
    id: str | None = None


def read_gold_file(path: Path) -> GoldFile:
    """Read a gold file by its suffix. Raises InputError, with the line, where it is none."""
    from annotate.evaluation.decided import read_decided

    if path.name.endswith(DECISIONS):
        return read_decided(path)
    lines = _docbin(path) if path.suffix == ".spacy" else _json_lines(path)
    if not lines:
        raise InputError(f"{path}: holds no text; give a file with at least one")
    known = sorted({LABELS[label] for line in lines for _, _, label in line.entities if label in LABELS})
    texts = tuple(_gold_text(line, number, path, known) for number, line in enumerate(lines, start=1))
    others = sorted({label for line in lines for _, _, label in line.entities if label not in LABELS})
    left_out = (f"labels that are no entities here: {', '.join(others)}",) if others else ()
    return GoldFile(path, texts, left_out)


def _gold_text(line: _Line, number: int, path: Path, known: Sequence[str]) -> GoldText:
    labels = known if line.labels is None else sorted({LABELS[name] for name in line.labels if name in LABELS})
    names = sorted(Span(start, end, LABELS[label]) for start, end, label in line.entities if label in LABELS)
    for start, end in [*((s, e) for s, e, _ in line.entities), *line.unknown]:
        if not 0 <= start < end <= len(line.text):
            raise InputError(
                f"{path}, text {number}: the span {start}-{end} lies outside its text of {len(line.text)} characters; "
                "offsets are code points from 0, the end not included"
            )
    article = one_block_article(line.text, line.id or f"{path.stem}-{number}", path.name)
    return GoldText(article, tuple(dict.fromkeys(names)), tuple(labels), tuple(line.unknown))


def _json_lines(path: Path) -> list[_Line]:
    decoder = msgspec.json.Decoder(_Line)
    found = []
    for number, line in enumerate(read_bytes(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                found.append(decoder.decode(line))
                found[-1].text.encode()
            except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
                raise InputError(
                    f'{path}, line {number}: {error}; each line must be {{"text": "...", "entities": [[start, end, "LABEL"]]}}'
                ) from error
    return found


def _docbin(path: Path) -> list[_Line]:
    from annotate.training.tokens import read_docbin

    try:
        docs = read_docbin(read_bytes(path))
    except ValueError as error:
        raise InputError(f"{path}: {error}; write one with spaCy's DocBin.to_disk") from error
    return [_Line(doc.text, [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]) for doc in docs]
