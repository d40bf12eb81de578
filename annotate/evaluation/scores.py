"""Precision, recall and F of names, read in three ways.

- strict: the same start, end and label;
- norm: the same after leading articles and titles ("the", "Mr.", "General") are taken off both sides;
- fuzzy: they overlap and have the same label, each gold name paired once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

MODES = ("strict", "norm", "fuzzy")
OVERALL = "ALL"
_LEADING = re.compile(
    r"(?:(?:the|an?|mr|mrs|ms|miss|messrs|dr|prof|professor|president|senator|secretary|governor|gov|judge|justice|hon"
    r"|general|gen|colonel|col|major|maj|captain|capt|lieutenant|lt|sergeant|rev|reverend|st|sir|lord|lady|king|queen)"
    r"\b\.?\s+)+",
    re.IGNORECASE,
)
# Where a source leaves a span open, it has still decided that no person, body or place is there.
_LEFT_OPEN = frozenset({"EVENT", "WORK", "DATE"})


class Span(NamedTuple):
    """A name: half-open code points of its text, and its label."""

    start: int
    end: int
    label: str


class Tally(NamedTuple):
    """Counts of one label in one reading."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the found that is right, in per cent; 0 where nothing was found."""
        return _share(self.right, self.right + self.false)

    @property
    def recall(self) -> float:
        """Share of the gold that was found, in per cent; 0 where there is none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f(self) -> float:
        """The harmonic mean of both, in per cent."""
        return _share(2 * self.right, 2 * self.right + self.false + self.missed)


class Counts:
    """Counts over texts: for each reading, of each label and of all."""

    def __init__(self) -> None:
        self._counts = {mode: {kind: Counter[str]() for kind in Tally._fields} for mode in MODES}

    def add(self, text: str, gold: Iterable[Span], found: Iterable[Span]) -> None:
        """Count one text; give only spans that the source decides (see ``comparable``)."""
        gold, found = list(gold), list(found)
        self._exact("strict", set(gold), set(found))
        self._exact("norm", {without_lead(text, s) for s in gold}, {without_lead(text, s) for s in found})
        pairs = pair_overlapping(gold, found)
        self._count("fuzzy", "right", (name for _, name in pairs))
        self._count("fuzzy", "false", _less(found, (name for _, name in pairs)))
        self._count("fuzzy", "missed", _less(gold, (name for name, _ in pairs)))

    def tallies(self, mode: str) -> Mapping[str, Tally]:
        """The tally of each label, in the order of the alphabet, and of all (OVERALL) at the end."""
        kinds = self._counts[mode]
        labels = sorted(set().union(*kinds.values()))
        made = {label: Tally(*(kinds[kind][label] for kind in Tally._fields)) for label in labels}
        return {**made, OVERALL: Tally(*(kinds[kind].total() for kind in Tally._fields))}

    def join(self, other: Counts) -> None:
        """Count what the other has counted too."""
        for mode, kinds in other._counts.items():
            for kind, labels in kinds.items():
                self._counts[mode][kind].update(labels)

    def _exact(self, mode: str, gold: set[Span], found: set[Span]) -> None:
        self._count(mode, "right", gold & found)
        self._count(mode, "false", found - gold)
        self._count(mode, "missed", gold - found)

    def _count(self, mode: str, kind: str, names: Iterable[Span]) -> None:
        self._counts[mode][kind].update(name.label for name in names)


def comparable(
    gold: Iterable[Span],
    found: Iterable[Span],
    labels: Container[str],
    unknown: Iterable[tuple[int, int]] = (),
    undecided: Iterable[tuple[int, int]] = (),
) -> tuple[list[Span], list[Span]]:
    """The gold and the found names that can be compared: of labels that the source annotates.

    Of what was found, events, works and dates that touch an ``unknown`` span are left out, and whatever touches an
    ``undecided`` one, unless it also touches a gold name.
    """
    kept = [name for name in gold if name.label in labels]
    unknown, undecided = list(unknown), list(undecided)

    def is_said(name: Span) -> bool:
        if name.label in _LEFT_OPEN and _touches(name, unknown):
            return False
        return not _touches(name, undecided) or _touches(name, ((gold.start, gold.end) for gold in kept))

    return kept, [name for name in found if name.label in labels and is_said(name)]


def _touches(name: Span, spans: Iterable[tuple[int, int]]) -> bool:
    return any(name.start < end and start < name.end for start, end in spans)


def without_lead(text: str, name: Span) -> Span:
    """A name without its articles and titles, as long as something is left."""
    lead = _LEADING.match(text, name.start, name.end)
    return name._replace(start=lead.end()) if lead and lead.end() < name.end else name


def pair_overlapping(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each found name with the first gold name left that it overlaps, of the same label."""
    left = list(gold)
    pairs = []
    for name in found:
        hit = next((g for g in left if g.label == name.label and g.start < name.end and name.start < g.end), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((hit, name))
    return pairs


def _less(names: Iterable[Span], taken: Iterable[Span]) -> Iterator[Span]:
    counts = Counter(taken)
    for name in names:
        if counts[name]:
            counts[name] -= 1
        else:
            yield name


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
