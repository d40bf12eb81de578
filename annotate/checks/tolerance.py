"""What a written number may stand for: the interval that its digits allow, and when a recomputed value agrees with it.

"5 millions" is 4.5 to 5.5 millions, "58,7" is 58.65 to 58.75, "118 agreements" is 118. A claim agrees with a computed
interval where rounding to the nearest or cutting off gives its digits. After the argument for both roundings in
statcheck (github.com/MicheleNuijten/statcheck, pull request 106).
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from annotate.annotators.numerals import find_numerals
from annotate.checks.passages import Item

NONE = Fraction(0)
LOOSE = Fraction(1, 10)  # "about 200" may be 180 to 220 where it is a claim
ROUGH = Fraction(1, 20)  # and 190 to 210 where something is computed from it
FRACTION_STEP = Fraction(1, 25)  # "a third" is a third give or take two points
BEYOND = Fraction(3, 2)  # "more than 40" is at most 60, "less than 40" at least 27
SHORT = Fraction(2, 3)
ROUND_FROM = 20_000  # from here on three zeros may be what was rounded: 450,000 is 449,500 to 450,500


class Interval(NamedTuple):
    """All the values from ``low`` to ``high``."""

    low: Fraction
    high: Fraction

    def __truediv__(self, other: Interval) -> Interval:
        """The quotients, where the other holds no zero."""
        ends = [a / b for a in self for b in other]
        return Interval(min(ends), max(ends))

    def times(self, other: Interval | Fraction | int) -> Interval:
        """The products."""
        ends = [a * b for a in self for b in (other if isinstance(other, Interval) else (other,))]
        return Interval(min(ends), max(ends))

    def minus(self, other: Interval) -> Interval:
        """The differences."""
        return Interval(self.low - other.high, self.high - other.low)


def value_of(item: Item) -> Fraction:
    """The exact value as read, the middle of an interval. Raises ValueError for a figure without a value."""
    low, high = item.figure.value, item.figure.value_max
    if low is None:
        raise ValueError(f"{item.ann.id} has no value")
    return (Fraction(low) + Fraction(high)) / 2 if high is not None else Fraction(low)


def step_of(item: Item) -> Fraction:
    """What one unit of the last written digit is worth: 0.1 of "58,7", a million of "5 millions", 0 of a plain count."""
    numerals = find_numerals(item.quote)
    if len(numerals) != 1:
        return Fraction(1) if item.figure.unit == "times" else NONE  # "eightfold"
    numeral, value = numerals[0], value_of(item)
    if numeral.fraction:
        return FRACTION_STEP
    mantissa = numeral.value / numeral.scale
    if not value or not mantissa:
        return Fraction(1, 10 ** (numeral.precision or 0))
    worth: Fraction = abs(value / mantissa) / 10 ** (numeral.precision or 0)
    measured = item.figure.kind in ("PERCENT", "RATIO") or item.figure.unit == "times"
    if numeral.precision or numeral.scale > 1 or "scale" in item.figure.inferred or measured:
        return worth
    return Fraction(1000) if abs(value) >= ROUND_FROM and value % 1000 == 0 else NONE


def has_scale(item: Item) -> bool:
    """True for "5 millions", also where the multiplier is said only once for several."""
    return "scale" in item.figure.inferred or any(numeral.scale > 1 for numeral in find_numerals(item.quote))


def written(item: Item) -> Interval:
    """The values that the digits allow, and a little more for "about" and an open interval."""
    low, high = item.figure.value, item.figure.value_max
    if low is not None and high is not None:
        return Interval(Fraction(low), Fraction(high))
    value, half = value_of(item), step_of(item) / 2
    if item.figure.modifier in ("approx", "vague"):
        half = max(half, abs(value) * ROUGH)
    return Interval(value - half, value + half)


def agrees(claim: Item, computed: Interval, *, step: Fraction | None = None) -> bool:
    """True where the claim is what the computed values give, rounded or cut off, within what its modifier allows."""
    if claim.figure.value_max is not None:
        low, high = written(claim)
        return computed.low <= high and low <= computed.high
    return agrees_with(value_of(claim), step_of(claim) if step is None else step, claim.figure.modifier, computed)


def agrees_with(value: Fraction, step: Fraction, modifier: str | None, computed: Interval) -> bool:
    """As ``agrees``, for a value with the worth of its last digit."""
    low, high = value - step / 2, value + (step if step < FRACTION_STEP or step > FRACTION_STEP else step / 2)
    if modifier == "approx":
        low, high = min(low, value * (1 - LOOSE)), max(high, value * (1 + LOOSE))
    elif modifier in ("more_than", "min"):
        high = max(high, value * BEYOND)
    elif modifier in ("less_than", "max"):
        low = min(low, value * SHORT)
    # what is cut off reaches up to the next digit, but not to it
    return (computed.low < high or computed.high <= value) and low <= computed.high


def shown(value: Fraction) -> str:
    """A number for a message: at most four decimals, thousands by comma.

    >>> shown(Fraction(6400, 118)), shown(Fraction(5_000_000))
    ('54.2373', '5,000,000')
    """
    if value.denominator == 1:
        return f"{value.numerator:,}"
    text = f"{float(round(value, 4)):,.4f}".rstrip("0").rstrip(".")
    return text if text not in ("0", "-0") else f"{float(value):.2g}"


def slip(claimed: Fraction, computed: Fraction) -> str:
    """Words for a claim that is out by whole powers of ten: " (out by 1,000 times: a slip of magnitude?)", else ""."""
    if not claimed or computed / claimed <= 0:
        return ""
    ratio = max(computed / claimed, claimed / computed)
    for power in (10, 100, 1000, 10**6):
        if Fraction(95, 100) * power <= ratio <= Fraction(105, 100) * power:
            return f" (out by {power:,} times: a slip of magnitude?)"
    return ""
