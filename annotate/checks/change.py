"""Change: "rose from 80 to 100 tons, or by 25 percent", "doubled", "in 25 times", "up 6 percentage points"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from annotate.checks.passages import ABOUT, DATE, FIGURE, FIGURES, LEVEL, Item, Passage
from annotate.checks.results import Computed, Result, compared, decided, same_measure
from annotate.checks.tolerance import Interval, agrees, agrees_with, has_scale, shown, slip, step_of, value_of, written
from annotate.checks.wording import CHANGE_NOUN, CHANGED, DOWN, FACTOR, FACTORS, UP, direction_before

_IN_DATE = rf"(?:(?:,? (?:in|by|at|on|during|of|around))? ?(?:the )?(?:\(?{DATE}\)?))?"
_WORDS = rf"[^{FIGURES}.;:]"
# "from 20 tons in 1900 to 30 in 1910"; "to 30 tons from 20"; "stood at 20 in 1900 and at 30 in 1910"; "30 against 20"
FROM_TO = re.compile(rf"\b[Ff]rom {ABOUT}(?P<a>{LEVEL})(?:(?!\bto ){_WORDS}){{0,70}}\bto {ABOUT}(?P<b>{LEVEL})")
TO_FROM = re.compile(rf"\bto {ABOUT}(?P<b>{LEVEL}){_WORDS}{{0,50}}?\bfrom {ABOUT}(?P<a>{LEVEL})")
DATED = re.compile(
    rf"(?P<a>{LEVEL}){_WORDS}{{0,30}}?(?P<da>{DATE}){_WORDS}{{0,60}}?(?P<b>{LEVEL}){_WORDS}{{0,30}}?(?P<db>{DATE})"
    rf"|(?P<dc>{DATE}){_WORDS}{{0,60}}?(?P<c>{LEVEL}){_WORDS}{{0,60}}?(?P<dd>{DATE}){_WORDS}{{0,60}}?(?P<d>{LEVEL})"
)
MOVED = re.compile(rf"(?P<a>{LEVEL}){_WORDS}{{0,40}}?\b(?:{UP}|{DOWN}) to {ABOUT}(?P<b>{LEVEL})")
EXCEEDS = re.compile(
    rf"(?P<b>{LEVEL}){_WORDS}{{0,12}}?\b(?:exceed(?:s|ed|ing)|surpass(?:es|ed)|outnumber(?:s|ed)){_WORDS}{{0,40}}? ?[(]?{ABOUT}(?P<a>{LEVEL})"
)
AGAINST = re.compile(
    rf"(?P<b>{LEVEL}){_WORDS}{{0,40}}?\b(?:against|compared (?:with|to)|up from|down from|as against){_WORDS}{{0,30}}? {ABOUT}(?P<a>{LEVEL})"
)
# what a claim about the change looks like behind the second number, and before the first
AFTER = re.compile(rf"{_IN_DATE}(?P<gap>(?:i\.e\.|[^{FIGURES}.;]){{0,70}}?)(?P<claim>{FIGURE})(?P<tail>.{{0,24}})")
BEFORE = re.compile(
    rf"(?P<cue>(?:\bby|\bof|\bup|\bdown|\ba|\ban|\bin|\bsome|\b{CHANGED})) {ABOUT}(?P<claim>{FIGURE})(?P<gap>{_WORDS}{{0,40}})\Z"
)
CUE = re.compile(
    rf"""(?:\bby | \bor(?:,?\sby)? | \bi\.e\.,?(?:\sby)? | \bthat\sis(?:\sto\ssay)?,?(?:\sby)? | \bup | \bdown | \bin | \bnamely
      | \b(?:an?|the|this)\s(?:[a-z]+\s)?{CHANGE_NOUN}(?:\sof|\sby)? | \b{CHANGE_NOUN}\sof
      | \b(?:a|the)\sfactor\sof | \bmultiplied\sby | \bequal\sto | \bequivalent\sto | \bamounting\sto | \bwhich\s(?:was|is|makes|made|meant|means|gives)
      | [(—–,:=-] | \ba | \ban ) \s? {ABOUT.replace(" ", "[ ]")}\Z""",
    re.VERBOSE | re.IGNORECASE,
)
OTHER_THING = re.compile(
    r"\b(?:and|while|whereas|but|when|of which|of whom|although|though|then|who|among|share)\b", re.IGNORECASE
)
AS_MUCH = re.compile(r" (?:as (?:much|many|high|large|great)|more|the|that)\b")
IS_CHANGE = re.compile(
    rf"\b{CHANGE_NOUN}\b|\bby\b|\bup\b(?! to\b)|\bdown\b|\bgain|\bmore\b|\bless\b|\bfewer\b", re.IGNORECASE
)


class Pair(NamedTuple):
    """Two values of one thing, the earlier first, and where they stand in the passage's text."""

    a: Item
    b: Item
    start: int
    end: int
    sure: bool  # the words themselves say that it is one change


def check_change(passage: Passage) -> Iterator[Result]:
    """Growth, ratio, difference and direction of every change in a sentence."""
    inherited: tuple[int, str] | None = None
    for pair in find_pairs(passage):
        before = passage.text[: pair.start]
        found = direction_before(_clause(before)) or _direction_after(passage, pair)
        inherited = found or inherited
        if pair.sure and inherited and value_of(pair.a) != value_of(pair.b):
            yield _direction(pair, inherited)
        elif pair.sure and found:
            yield decided(
                "direction",
                (pair.a, pair.b),
                holds=False,
                words=f"the text says {found[1]}, but the two values are equal",
            )
        yield from _claims(passage, pair, found)


def find_pairs(passage: Passage) -> list[Pair]:
    """The changes of a sentence, in order, none inside another."""
    found: list[Pair] = []
    for pattern, sure in (
        (FROM_TO, True),
        (TO_FROM, True),
        (MOVED, False),
        (AGAINST, False),
        (EXCEEDS, False),
        (DATED, False),
    ):
        for match in pattern.finditer(passage.text):
            pair = _pair(passage, match, sure)
            if pair and not any(pair.start < other.end and other.start < pair.end for other in found):
                found.append(pair)
    return sorted(found, key=lambda pair: pair.start)


def _pair(passage: Passage, match: re.Match[str], sure: bool) -> Pair | None:
    groups = match.groupdict()
    a, b = (passage.items.get(groups.get(x) or groups.get(y) or "") for x, y in (("a", "c"), ("b", "d")))
    if (
        a is None
        or b is None
        or not (same_measure(a, b) or _elided(a, b))
        or a.figure.value is None
        or b.figure.value is None
    ):
        return None
    first, last = groups.get("da") or groups.get("dc"), groups.get("db") or groups.get("dd")
    if first and last:
        early, late = (passage.items[char].date.latest or passage.items[char].date.earliest for char in (first, last))
        if early is None or late is None or early == late:
            return None
        if early > late:
            a, b = b, a
    return Pair(a, b, match.start(), match.end(), sure)


def _elided(a: Item, b: Item) -> bool:
    """True where the first number leaves its unit to the second: "from 3,263 in the first year to 9,831 tons"."""
    return a.figure.kind == "COUNT" and a.figure.unit is None and not has_scale(a) and not has_scale(b)


def _clause(before: str) -> str:
    """The words of the clause up to here: a semicolon, a number or a stop ends what could be its verb."""
    return re.split(rf"[;:{FIGURES}]", before)[-1]


def _direction_after(passage: Passage, pair: Pair) -> tuple[int, str] | None:
    """The way that a noun behind the pair says: "from 20 to 30, an increase of half"."""
    match = re.match(
        rf"{_IN_DATE},? (?:or |i\.e\. |that is )?(?:a|an|the) (?:\w+ )?({CHANGE_NOUN})", passage.text[pair.end :]
    )
    return direction_before(match[1]) if match else None


def _direction(pair: Pair, found: tuple[int, str]) -> Result:
    sign, word = found
    holds = (value_of(pair.b) > value_of(pair.a)) == (sign > 0)
    order = ">" if value_of(pair.b) > value_of(pair.a) else "<"
    words = f"{pair.b.quote} {order} {pair.a.quote}; the text says {word!r}"
    return decided("direction", (pair.a, pair.b), holds=holds, words=words, claimed=word)


def _claims(passage: Passage, pair: Pair, found: tuple[int, str] | None) -> Iterator[Result]:
    """What the text says of the size of the change, in a number or in a word."""
    claim = _claim_after(passage, pair) or _claim_before(passage, pair)
    if claim is not None:
        result = _size(pair, *claim)
        if result is not None:
            yield result
    around = (passage.text[: pair.start][-60:], passage.text[pair.end :][:50])
    for text in around if pair.sure else around[1:]:
        if re.search(FIGURE, text) and text is around[1]:
            text = re.split(FIGURE, text)[0]
        match = FACTOR.search(re.split(rf"[{FIGURES}]", text)[-1] if text is around[0] else text)
        if match and value_of(pair.a) and value_of(pair.b):
            yield _factor(pair, match)
            return


def _claim_after(passage: Passage, pair: Pair) -> tuple[Item, str] | None:
    match = AFTER.match(passage.text, pair.end)
    if match is None or not CUE.search(match["gap"]) or OTHER_THING.search(match["gap"]):
        return None
    if not pair.sure and not IS_CHANGE.search(match["gap"]) and not AS_MUCH.match(match["tail"]):
        return None
    claim = passage.items[match["claim"]]
    return None if claim.figure.modifier == "max" else (claim, match["gap"])  # "up to 0.2%" says no change


def _claim_before(passage: Passage, pair: Pair) -> tuple[Item, str] | None:
    match = BEFORE.search(passage.text, max(0, pair.start - 80), pair.start) if pair.sure else None
    if match is None or OTHER_THING.search(match["gap"]):
        return None
    return passage.items[match["claim"]], passage.text[max(0, match.start() - 12) : match.start("claim")]


def _size(pair: Pair, claim: Item, cue: str) -> Result | None:
    a, b = written(pair.a), written(pair.b)
    if claim.figure.value is None:
        return None
    if claim.figure.unit == "times" or (claim.figure.kind == "COUNT" and cue.rstrip().endswith("factor of")):
        return _ratio(pair, claim, a, b)
    if claim.figure.unit == "pp" or (claim.figure.kind == pair.a.figure.kind and same_measure(claim, pair.a)):
        return _difference(pair, claim, a, b, cue)
    if claim.figure.kind == "PERCENT" or (claim.figure.kind == "RATIO" and IS_CHANGE.search(cue)):
        return _growth(pair, claim, a, b)
    return None


def _growth(pair: Pair, claim: Item, a: Interval, b: Interval) -> Result | None:
    if a.low <= 0 <= a.high:
        return None
    gap = abs(value_of(pair.b) - value_of(pair.a))
    words = f"({_amounts(pair)}) / {shown(value_of(pair.a))}"
    change = Computed(gap / value_of(pair.a), _positive(b.minus(a)) / a, words)
    return compared("growth", (pair.a, pair.b), claim, change.percent() if claim.figure.kind == "PERCENT" else change)


def _ratio(pair: Pair, claim: Item, a: Interval, b: Interval) -> Result | None:
    """N times: "increased in 25 times" is a ratio of 25; "by 25 times" may also add 25 times, which is accepted and told."""
    small, large = (a, b) if value_of(pair.b) >= value_of(pair.a) else (b, a)
    if small.low <= 0:
        return None
    ratio = large / small
    top, bottom = max(value_of(pair.a), value_of(pair.b)), min(value_of(pair.a), value_of(pair.b))
    computed = Computed(top / bottom, ratio, f"{shown(top)} / {shown(bottom)}")
    step = step_of(claim) or Fraction(1)
    result = compared("growth-ratio", (pair.a, pair.b), claim, computed, step=step)
    if result.verdict == "mismatch" and agrees(claim, Interval(ratio.low - 1, ratio.high - 1), step=step):
        return result._replace(verdict="ok", message=result.message + ": counted as what was added")
    return result


def _difference(pair: Pair, claim: Item, a: Interval, b: Interval, cue: str) -> Result | None:
    gap = abs(value_of(pair.b) - value_of(pair.a))
    computed = Computed(gap, _positive(b.minus(a)), _amounts(pair))
    result = compared("difference", (pair.a, pair.b), claim, computed)
    if claim.figure.kind != "PERCENT":
        return result if IS_CHANGE.search(cue) else None
    if result.verdict == "mismatch" and claim.figure.unit == "%":
        growth = _growth(pair, claim, a, b)
        return growth if growth is not None and growth.verdict == "ok" else result
    return result


def _factor(pair: Pair, match: re.Match[str]) -> Result:
    word = match["word"].lower()
    factor = Fraction(FACTORS[word])
    top, bottom = (pair.a, pair.b) if word == "halv" else (pair.b, pair.a)
    ratio = written(top) / written(bottom)
    modifier = "more_than" if match["more"] else "less_than" if match["near"] else None
    holds = agrees_with(factor, factor * 3 / 10, modifier, ratio)
    if match["more"]:
        holds = holds and ratio.high > factor and ratio.low < factor + 1
    computed = value_of(top) / value_of(bottom)
    words = (
        f"{shown(value_of(top))} / {shown(value_of(bottom))} = {shown(computed)}; the text says {match[0].strip()!r}"
    )
    extra = "" if holds else slip(factor, computed)
    return Result(
        "growth-ratio",
        "ok" if holds else "mismatch",
        (pair.a, pair.b),
        words + extra,
        match[0].strip(),
        shown(computed),
    )


def _amounts(pair: Pair) -> str:
    """ "30 - 20", the larger first."""
    top, bottom = max(value_of(pair.a), value_of(pair.b)), min(value_of(pair.a), value_of(pair.b))
    return f"{shown(top)} - {shown(bottom)}"


def _positive(interval: Interval) -> Interval:
    return interval if interval.high >= -interval.low else Interval(-interval.high, -interval.low)
