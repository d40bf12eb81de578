"""How a check states its result: the relation, the verdict, the computation in words, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from annotate.checks.passages import Item
from annotate.checks.tolerance import Interval, agrees, shown, slip, value_of
from schemas.records import Severity, Verdict

SEVERITIES: dict[Verdict, Severity] = {"ok": "info", "undecidable": "info", "mismatch": "error"}


class Result(NamedTuple):
    """One relation that was computed again; ``start`` and ``end`` where the quote is wider than its items."""

    relation: str
    verdict: Verdict
    items: tuple[Item, ...]
    message: str
    claimed: str | None = None
    computed: str | None = None
    severity: Severity | None = None
    start: int | None = None
    end: int | None = None


class Computed(NamedTuple):
    """A recomputed value: exactly from the numbers as read, and all that their digits allow, with the way in words."""

    exact: Fraction
    allowed: Interval
    words: str

    def percent(self) -> Computed:
        """The same in percent."""
        return Computed(self.exact * 100, self.allowed.times(100), f"{self.words} × 100")


def compared(
    relation: str, items: Sequence[Item], claim: Item, computed: Computed, *, step: Fraction | None = None
) -> Result:
    """The result of a claim against what comes out; ``step`` is what its last digit is worth, where the digits do not say."""
    verdict: Verdict = "ok" if agrees(claim, computed.allowed, step=step) else "mismatch"
    comes_to = shown(computed.exact)
    extra = slip(value_of(claim), computed.exact) if verdict == "mismatch" else ""
    message = f"{computed.words} = {comes_to}; the text says {claim.quote}{extra}"
    return Result(relation, verdict, (*items, claim), message, claim.quote, comes_to)


def decided(relation: str, items: Sequence[Item], *, holds: bool, words: str, claimed: str | None = None) -> Result:
    """The result of a relation that holds or does not."""
    return Result(relation, "ok" if holds else "mismatch", tuple(items), words, claimed)


def total(values: Sequence[Interval]) -> Interval:
    """The sum of intervals."""
    return Interval(sum((v.low for v in values), Fraction(0)), sum((v.high for v in values), Fraction(0)))


def same_measure(a: Item, b: Item) -> bool:
    """True where two figures measure in the same unit: both roubles, both percent, both plain counts."""
    return a.figure.kind == b.figure.kind and (a.figure.kind == "COUNT" or a.figure.unit == b.figure.unit)
