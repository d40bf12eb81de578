"""Money: pounds, shillings and pence that carry over, and two currencies side by side with the rate that they imply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import median

from annotate.checks.passages import ABOUT, FIGURES, MONEY, Item, Passage
from annotate.checks.results import Result, decided
from annotate.checks.tolerance import shown, value_of, written
from schemas.records import Verdict

# "£3 24s. 6d."; "4s. 13d."
ACCOUNT = re.compile(
    r"(?:(?P<pounds>£\s?[\d,]+|\b\d[\d,]*l\.)[\s,]{1,2})?(?P<shillings>\d{1,3})\s?s\.?(?:[\s,]{1,2}(?P<pence>\d{1,3})(?:[½¼¾])?\s?d\b\.?)?"
)
SIDE_BY_SIDE = re.compile(
    rf"(?P<a>{MONEY}) ?(?:\(|,? or |,? i\.e\.,? |,? that is,? |,? equal to |,? equivalent to | = |,? or about |,? worth )(?:then )?{ABOUT}(?P<b>{MONEY})"
)
RATE = re.compile(
    rf"\b(?:at|rate|exchange)[^{FIGURES}.;]{{0,40}}? {ABOUT}(?P<per>{MONEY}) (?:to|for|per|the|a) (?:the |a |one )?(?P<unit>[a-z]+)"
)
UNITS = {
    "pound": "GBP",
    "dollar": "USD",
    "franc": "FRF",
    "mark": "DEM",
    "rouble": "RUB",
    "ruble": "RUB",
    "sterling": "GBP",
    "guilder": "NLG",
    "thaler": "thaler",
    "livre": "livre",
    "florin": "florin",
    "euro": "EUR",
    "yen": "JPY",
}
FAR = 8  # a rate so many times off the others is no change of the market
NEAR = Fraction(3, 2)


def check_account(passage: Passage) -> Iterator[Result]:
    """Shillings below twenty beside pounds, pence below twelve beside shillings."""
    for item in passage.items.values():
        if item.ann.layer != "figure" or item.figure.kind != "MONEY":
            continue
        match = ACCOUNT.search(item.quote)
        if match is None or not (match["pounds"] or match["pence"]):
            continue
        shillings, pence = int(match["shillings"]), int(match["pence"] or 0)
        holds = (shillings < 20 or not match["pounds"]) and pence < 12
        words = f"{item.quote}: shillings run to 19 beside pounds, pence to 11 beside shillings"
        yield decided("money-of-account", (item,), holds=holds, words=words, claimed=item.quote)


def check_rate(passage: Passage) -> Iterator[Result]:
    """Two currencies with the rate of exchange named in the same sentence."""
    pair = SIDE_BY_SIDE.search(passage.text)
    rate = RATE.search(passage.text)
    if pair is None or rate is None or rate["unit"].rstrip("s") not in UNITS:
        return
    a, b, per = (passage.items[char] for char in (pair["a"], pair["b"], rate["per"]))
    unit = UNITS[rate["unit"].rstrip("s")]
    if a.figure.currency != unit:
        a, b = b, a
    if a.figure.currency != unit or b.figure.currency != per.figure.currency or per in (a, b) or written(a).low <= 0:
        return
    implied = written(b) / written(a)
    allowed = written(per)
    slack = value_of(per) / 50
    holds = implied.low <= allowed.high + slack and allowed.low - slack <= implied.high
    words = f"{shown(value_of(b))} / {shown(value_of(a))} = {shown(value_of(b) / value_of(a))}; the text says {per.quote} to the {rate['unit']}"
    yield decided("exchange-rate", (a, b, per), holds=holds, words=words, claimed=per.quote)._replace(
        computed=shown(value_of(b) / value_of(a))
    )


def check_currencies(passages: Sequence[Passage]) -> Iterator[Result]:
    """All pairs of sums in two currencies in a document: an implied rate far from the others is a slip."""
    pairs: dict[tuple[str, str], list[tuple[Item, Item, Fraction]]] = {}
    for passage in passages:
        for match in SIDE_BY_SIDE.finditer(passage.text):
            a, b = passage.items[match["a"]], passage.items[match["b"]]
            first, second = a.figure.currency, b.figure.currency
            if not first or not second or first == second or not value_of(a) or not value_of(b):
                continue
            if first > second:
                a, b, first, second = b, a, second, first
            pairs.setdefault((first, second), []).append((a, b, value_of(b) / value_of(a)))
    for (first, second), found in pairs.items():
        if len(found) > 1:
            yield from _outliers(first, second, found)


def _outliers(first: str, second: str, found: list[tuple[Item, Item, Fraction]]) -> Iterator[Result]:
    middle = median(rate for _, _, rate in found)
    for a, b, rate in found:
        off = max(rate / middle, middle / rate)
        verdict: Verdict = "ok" if off <= NEAR else "mismatch" if off >= FAR and len(found) > 2 else "undecidable"
        words = f"{shown(value_of(b))} {second} / {shown(value_of(a))} {first} = {shown(rate)}; the other pairs give {shown(middle)}"
        yield Result("exchange-rate", verdict, (a, b), words, shown(rate), shown(middle))
