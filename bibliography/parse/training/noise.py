"""What happens to references on their way: broken words, spaces lost and won, other quotation marks and dashes, OCR."""

from __future__ import annotations

import random
import re

from bibliography.parse.training.public import Labelled, Span

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_HYPHEN = re.compile(r"[^\W\d_]{3,}")


def add_noise(reference: Labelled, rng: random.Random, share: float = 0.18) -> Labelled:
    """The reference, or a worse copy of it."""
    if rng.random() >= share:
        return reference
    kind = rng.choice(("straight", "hyphen", "spaces", "glue", "break"))
    if kind == "straight":
        return Labelled(reference.raw.translate(_STRAIGHT), reference.spans)
    if kind == "hyphen":
        words = [found for found in _HYPHEN.finditer(reference.raw) if len(found[0]) > 6]
        if not words:
            return reference
        word = rng.choice(words)
        at = word.start() + rng.randint(3, len(word[0]) - 3)
        return _insert(reference, at, rng.choice(("-", "- ", " -", "-\n")))
    if kind == "break":
        blanks = [n for n, char in enumerate(reference.raw) if char == " "]
        at = rng.choice(blanks) if blanks else 0
        return Labelled(reference.raw[:at] + "\n" + reference.raw[at + 1 :], reference.spans) if blanks else reference
    marks = [n for n, char in enumerate(reference.raw) if char in ",.:;" and 0 < n < len(reference.raw) - 1]
    for at in sorted(rng.sample(marks, min(len(marks), 3)), reverse=True):
        if kind == "spaces":
            reference = _insert(reference, at, " ")
        elif reference.raw[at + 1] == " ":
            reference = _delete(reference, at + 1)
    return reference


def _insert(reference: Labelled, at: int, text: str) -> Labelled:
    size = len(text)
    spans: list[Span] = [
        (s + size if s >= at else s, e + size if e > at else e, label) for s, e, label in reference.spans
    ]
    return Labelled(reference.raw[:at] + text + reference.raw[at:], spans)


def _delete(reference: Labelled, at: int) -> Labelled:
    spans: list[Span] = [(s - 1 if s > at else s, e - 1 if e > at else e, label) for s, e, label in reference.spans]
    return Labelled(reference.raw[:at] + reference.raw[at + 1 :], spans)
