"""Gold names as JSON Lines: one text a line, with what its source says of it and what it leaves open.

{"text": "Stalin met Ford in 1929.", "entities": [[0, 6, "PERSON"], [11, 15, "PERSON"], [19, 23, "DATE"]],
 "unknown": [], "labels": ["PERSON", "ORG", "LOC", "DATE"]}
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from annotate.ner.tags import TagScheme

if TYPE_CHECKING:
    from numpy.typing import NDArray

LABELS = ("PERSON", "ORG", "LOC", "EVENT", "WORK")
"""What the model learns. Dates are the date layer's: a grammar reads them better and gives their value."""

GOLD_LABELS: Mapping[str, str] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "LOC": "LOC",
    "EVENT": "EVENT",
    "WORK_OF_ART": "WORK",
}

EXCLUDED = frozenset({"ajmc"})
"""Sets whose licence is stated in two ways that contradict each other: weights from them cannot ship."""


class GoldRecord(msgspec.Struct, frozen=True):
    """One gold text; `unknown` are spans the source cannot decide, `labels` what it annotates at all."""

    text: str
    entities: tuple[tuple[int, int, str], ...]
    unknown: tuple[tuple[int, int], ...] = ()
    labels: tuple[str, ...] = tuple(GOLD_LABELS)


def read_gold(path: Path) -> Iterator[GoldRecord]:
    r"""Yield the records of a JSON Lines file, split at \n only (U+2028 may stand inside a text)."""
    decoder = msgspec.json.Decoder(GoldRecord)
    for line in path.read_bytes().split(b"\n"):
        if line.strip():
            yield decoder.decode(line)


def hard_wrap(text: str, width: int) -> str:
    """Break the text into lines of about `width` characters, space for line feed, so that offsets stay.

    >>> hard_wrap("the Ford Motor Company", 10)
    'the Ford\\nMotor\\nCompany'
    """
    characters = list(text)
    line_start, last_space = 0, -1
    for position, character in enumerate(text):
        if character == "\n":
            line_start, last_space = position + 1, -1
        elif character == " ":
            last_space = position
        if position - line_start >= width and last_space >= line_start:
            characters[last_space] = "\n"
            line_start, last_space = last_space + 1, -1
    return "".join(characters)


_MISREAD = {"e": "c", "c": "e", "l": "1", "i": "l", "h": "b", "n": "u", "u": "n", "o": "0", "s": "f", "t": "f", "I": "l",
            "S": "5", "B": "8", "G": "C", "D": "O", "O": "0", "E": "F"}  # fmt: skip


def misread(text: str, chance: random.Random) -> str:
    """The text as bad optical character recognition gives it: one in fifty letters read as one like it.

    >>> misread("hello" * 40, random.Random(1)).count("1") > 0
    True
    """
    return "".join(_MISREAD.get(char, char) if chance.random() < 0.02 else char for char in text)


def allowed_tags(
    record: GoldRecord, starts: Sequence[int], ends: Sequence[int], scheme: TagScheme, *, decided: bool
) -> tuple[NDArray[np.bool_], list[bool]]:
    """The tags that each word may have (words by tags), and which words go on with a name."""
    place_of = {start: i for i, start in enumerate(starts)}
    behind = {end: i + 1 for i, end in enumerate(ends)}
    spans: list[tuple[int, int, str]] = []
    torn: list[tuple[int, int]] = []
    for start, end, gold in record.entities:
        label = GOLD_LABELS.get(gold)
        if label is None:
            continue
        first, last = place_of.get(start), behind.get(end)
        if first is None or last is None or any(first < b and a < last for a, b, _ in spans):
            torn.append((start, end))
        else:
            spans.append((first, last, label))
    tags = np.array(scheme.encode(len(starts), spans))
    allowed = np.zeros((len(starts), scheme.size), dtype=bool)
    allowed[np.arange(len(starts)), tags] = True
    outside = tags == 0
    for gold, label in GOLD_LABELS.items():
        if gold not in record.labels:
            allowed[np.ix_(outside, list(scheme.tags_of(label)))] = True
    for span, labels in [
        *((u, ("EVENT", "WORK") if decided else LABELS) for u in record.unknown),
        *((t, LABELS) for t in torn),
    ]:
        touched = [i for i in range(len(starts)) if starts[i] < span[1] and span[0] < ends[i] and outside[i]]
        for label in labels:
            allowed[np.ix_(touched, list(scheme.tags_of(label)))] = True
    inside = [False] * (len(starts) + 1)
    for first, last, _ in spans:
        inside[first + 1 : last] = [True] * (last - first - 1)
    return allowed, inside
