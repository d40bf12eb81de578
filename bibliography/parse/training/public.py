"""Public sets of labelled references to one set of labels.

The three sets draw the lines differently; what is mended here: label words and brackets inside numbers, journals inside titles
(linkedbooks), editors called authors behind the title (linkedbooks), and labels that only one set has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

Span = tuple[int, int, str]


class Labelled(NamedTuple):
    """A reference string and the spans of its fields."""

    raw: str
    spans: list[Span]


_RENAMED = {"director": "contributor", "medium": "note"}
_NUMBER_WORDS = re.compile(
    r"(?:vols?|voi|bd|band|t|tom[eo]?|jg|nos?|nr|n|n[°º]|pp?|pages?|pagg?|s)\b[.°º]?\s*", re.IGNORECASE
)
_HOST = re.compile(r",?\s+(?:in|nel|nella|dans|en)\s*:?\s+(?=[«“\"A-ZÀ-Ý])|,?\s+(?:in|nel|nella)\s+(?=l’|L’)")
_EDITORS = re.compile(r"(?:a cura di|edd?\.|curr?\.|hrsg\.|éd\.|publ\.)\s*", re.IGNORECASE)


def read_public(path: Path) -> Iterator[Labelled]:
    """The references of one file of the shared data, their spans trimmed and renamed."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = [(start, end, label) for start, end, label in row["spans"]]
            if row["source"].startswith("linkedbooks"):
                spans = list(_mend_linkedbooks(row["raw"], spans))
            elif row["source"].startswith("anystyle"):
                spans = [(s, e, "note" if label == "archive" else label) for s, e, label in spans]
            yield Labelled(row["raw"], _clean(row["raw"], spans))


def _clean(raw: str, spans: Iterable[Span]) -> list[Span]:
    found = []
    for start, end, label in sorted(spans):
        label = _RENAMED.get(label, label)
        while start < end and raw[start] in " ,.;:)":
            start += 1
        while end > start and raw[end - 1] in " ,;:(":
            end -= 1
        if label in ("volume", "pages", "issue") and (words := _NUMBER_WORDS.match(raw, start, end)):
            start = words.end() if words.end() < end else start
        if start < end:
            found.append((start, end, label))
    return found


def _mend_linkedbooks(raw: str, spans: list[Span]) -> Iterator[Span]:
    titled = False
    for start, end, label in spans:
        if label == "title" and (host := _HOST.search(raw, start, end)) and host.start() > start + 3:
            yield start, host.start(), "title"
            low, high = host.end(), end
            quoted = raw[low] in '«“"'
            while low < high and raw[low] in '«“"':
                low += 1
            while high > low and raw[high - 1] in '»”"':
                high -= 1
            yield low, high, "journal" if quoted else "booktitle"
            titled = True
            continue
        if label == "author" and titled:
            editors = _EDITORS.match(raw, start, end)
            yield editors.end() if editors else start, end, "editor"
            continue
        titled = titled or label == "title"
        yield start, end, label
