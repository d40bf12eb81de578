"""Texts for training that are no gold of others: paragraphs of our own with their names in brackets, and bare paragraphs.

``[PERSON:Joseph Stalin] met ...`` is how ``paragraphs.txt`` marks a name, one paragraph after each blank line. Bare
paragraphs, on which only a teacher's word is learnt, come from articles of the development set of notes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from annotate.training.gold import GOLD_LABELS, GoldRecord

_NAME = re.compile(r"\[(PERSON|ORG|LOC|EVENT|WORK):([^\[\]]+)\]")
_CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
_FEWEST_NAMES, _LONGEST = 3, 6000
_GOLD_NAME = {ours: gold for gold, ours in GOLD_LABELS.items()}


def read_bracketed(path: Path) -> Iterator[GoldRecord]:
    """The paragraphs of a file in brackets as gold; raises ValueError where a bracket has no label of ours."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", path.read_text("utf-8").strip()), start=1):
        yield unbracket(paragraph.strip(), f"{path.name}, paragraph {number}")


def unbracket(marked: str, where: str = "text") -> GoldRecord:
    """The text without its brackets, and the names with their places.

    >>> unbracket("[PERSON:J. V. Stalin] went to [LOC:Baku].").entities
    ((0, 12, 'PERSON'), (21, 25, 'LOC'))
    """
    text, names, behind = "", [], 0
    for found in _NAME.finditer(marked):
        text += marked[behind : found.start()]
        names.append((len(text), len(text) + len(found[2]), _GOLD_NAME[found[1]]))
        text += found[2]
        behind = found.end()
    text += marked[behind:]
    if "[" in text or "]" in text:
        at = text.find("[") if "[" in text else text.find("]")
        raise ValueError(f"{where}: a bracket that is no name near {text[max(0, at - 20) : at + 20]!r}")
    return GoldRecord(text, tuple(names))


def bare_paragraphs(folder: Path) -> Iterator[GoldRecord]:
    """Paragraphs with capitalised words in them from a folder of articles; each article once, whatever its styles."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.json")):
        article = json.loads(path.read_text("utf-8"))
        if article["doc"] in seen:
            continue
        seen.add(article["doc"])
        for paragraph in article["paragraphs"]:
            text = paragraph["text"]
            if len(_CAPITALISED.findall(text)) >= _FEWEST_NAMES and len(text) <= _LONGEST:
                yield GoldRecord(text, (), (), ())
