"""Products: an average times a number, a rate times a time, a price times a quantity, against the total that is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from annotate.checks.passages import ABOUT, AMOUNT, FIGURES, Item, Passage
from annotate.checks.periods import years_of
from annotate.checks.results import Computed, Result, compared, decided, same_measure
from annotate.checks.tolerance import Interval, shown, value_of, written

_TOTAL = r"(?:in all|altogether|in total|all told|a total of|together|making|totall?ing|the total (?:was|came to|being|amounted to|reached)|total (?:of|being)|or a total of|amounting to|in the aggregate|in sum|for a total of|came to|amounted to|which makes|which made|giving|i\.e\.|that is|fetched|cost|brought(?: in)?|yielded|sold for|earned|received|were worth|was worth|realised|realized|drew)"
TOTAL_BEFORE = re.compile(
    rf"(?<!\bhis )(?<!\bher )(?<!\bits )(?<!\btheir )\b{_TOTAL},? ?(?:to |of |was )?{ABOUT}(?P<total>{AMOUNT})"
)
TOTAL_AFTER = re.compile(rf"(?P<total>{AMOUNT}),? (?:in all|altogether|in total|all told|together)\b")
EACH_AFTER = re.compile(
    rf"(?P<rate>{AMOUNT})(?:,? (?:each|apiece|a head|per head|a man|on average|per man|per person|a piece)\b)"
)
EACH_BEFORE = re.compile(
    rf"\b(?:average (?:of|was|wage of|price of|yield of|pay of|income of|[a-z]+ of)|averag(?:ing|ed)|each(?: of)?(?: them)?(?: \w+){{0,3}}?|on average,?|at) {ABOUT}(?P<rate>{AMOUNT})"
)
PER = re.compile(
    rf"(?P<rate>{AMOUNT}) (?:a|an|per|each|every|the) (?P<unit>[a-z]+)|(?P<adverb>{AMOUNT}) (?:yearly|annually|monthly|weekly|daily)"
)
TWO_RATES = re.compile(
    rf"(?P<a>{AMOUNT})[^{FIGURES}.;]{{2,14}}?(?:,? or|,? that is,?|,? i\.e\.|,? equal to|\() ?{ABOUT}(?P<b>{AMOUNT})"
)
# how many of a unit of time a year may have: work days are fewer than days
PER_YEAR_PARTS = {"year": (1, 1), "month": (12, 12), "week": (48, 52), "day": (240, 365)}
WHOLE_THINGS = frozenset(
    {"head", "person", "man", "family", "household", "worker", "share", "piece", "unit", "copy", "bale"}
)
PER_YEAR = re.compile(r"\b(?:per year|a year|per annum|annually|yearly|annual)\b")


def check_totals(passage: Passage) -> Iterator[Result]:
    """The product of a rate and a number in a sentence, against the total that it names."""
    rates, totals = _rates(passage), _totals(passage)
    for rate, kind in rates:
        for whole in totals:
            number = _number(passage, rate, whole, kind)
            if number is None:
                continue
            words = f"{shown(value_of(number))} × {shown(value_of(rate))}"
            computed = Computed(value_of(rate) * value_of(number), written(rate).times(written(number)), words)
            yield compared("product", (number, rate), whole, computed)
            break


def check_two_rates(passage: Passage) -> Iterator[Result]:
    """ "£12 a year, or £1 a month": one rate in two units of time."""
    for match in TWO_RATES.finditer(passage.text):
        first, second = passage.items[match["a"]], passage.items[match["b"]]
        if first.figure.per == second.figure.per or not same_measure(first, second):
            continue
        one, other = _yearly(first), _yearly(second)
        if one is None or other is None:
            continue
        slack = one.high / 50
        holds = one.low - slack <= other.high and other.low - slack <= one.high
        words = f"{first.quote} a {first.figure.per} is {_span(one)} a year, {second.quote} a {second.figure.per} {_span(other)}"
        yield decided("two-rates", (first, second), holds=holds, words=words, claimed=second.quote)


def _yearly(rate: Item) -> Interval | None:
    """What a rate comes to in a year; None where it is per something else."""
    parts = PER_YEAR_PARTS.get(rate.figure.per or "")
    return None if parts is None else written(rate).times(Interval(Fraction(parts[0]), Fraction(parts[1])))


def _span(interval: Interval) -> str:
    return shown(interval.low) if interval.low == interval.high else f"{shown(interval.low)} to {shown(interval.high)}"


def _rates(passage: Passage) -> list[tuple[Item, str]]:
    """The figures that are per something, each with what: a unit's name, or "each"."""
    found: dict[str, str] = {}
    for match in PER.finditer(passage.text):
        char = match["rate"] or match["adverb"]
        if passage.items[char].figure.per:
            found[char] = passage.items[char].figure.per or ""
    for pattern in (EACH_AFTER, EACH_BEFORE):
        for match in pattern.finditer(passage.text):
            found.setdefault(match["rate"], "each")
    for char, item in passage.items.items():
        if item.ann.layer == "figure" and item.figure.per:
            found.setdefault(char, item.figure.per)
    return [(passage.items[char], kind) for char, kind in found.items() if passage.items[char].figure.value is not None]


def _totals(passage: Passage) -> list[Item]:
    chars = [match["total"] for pattern in (TOTAL_BEFORE, TOTAL_AFTER) for match in pattern.finditer(passage.text)]
    return [passage.items[char] for char in dict.fromkeys(chars) if not passage.items[char].figure.per]


def _number(passage: Passage, rate: Item, whole: Item, kind: str) -> Item | None:
    """The one figure that counts what the rate is per; None where there is none, or more than one."""
    if rate == whole or not same_measure(rate, whole):
        return None
    others = [
        item
        for item in passage.items.values()
        if item.ann.layer == "figure"
        and item not in (rate, whole)
        and item.figure.value is not None
        and _counts(item, rate, kind)
    ]
    return others[0] if len(others) == 1 else None


def _counts(item: Item, rate: Item, kind: str) -> bool:
    unit, figure = item.figure.unit, item.figure.kind
    if figure in ("PERCENT", "RATIO", "ORDINAL") or item.figure.per or (unit == rate.figure.unit and figure == "MONEY"):
        return False
    if kind == "each":
        return figure in ("COUNT", "DURATION", "QUANTITY") and not (
            figure == rate.figure.kind and unit == rate.figure.unit and figure != "COUNT"
        )
    return (
        unit == kind
        or (kind in ("head", "person", "man") and figure == "COUNT")
        or (figure == "COUNT" and unit is None and kind in WHOLE_THINGS)
    )


def check_open_totals(whole: Sequence[Passage]) -> Iterator[Result]:
    """A yearly average over years named with it or just before: what it comes to can be derived, the text does not say it."""
    for before, passage in pairwise([None, *whole]):
        if passage is None or not PER_YEAR.search(passage.text) or _totals(passage):
            continue
        periods = _periods(passage) or (
            _periods(before) if before is not None and before.block == passage.block else []
        )
        sums = [
            item for item in passage.items.values() if item.ann.label in ("MONEY", "QUANTITY") and item.figure.value
        ]
        years = years_of(periods[0].date) if len(periods) == 1 else None
        if years is None or len(sums) != 1:
            continue
        count = years[1] - years[0] + 1
        product = shown(value_of(sums[0]) * count)
        words = f"{shown(value_of(sums[0]))} × {count} years = {product}; no total is named"
        yield Result("derivable", "undecidable", (periods[0], sums[0]), words, None, product)


def _periods(passage: Passage) -> list[Item]:
    return [item for item in passage.items.values() if item.ann.layer == "date" and item.date.kind == "PERIOD"]
