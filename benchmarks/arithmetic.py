"""True and false statements about numbers, made by a seeded generator, and how many the checks catch.

    python benchmarks/arithmetic.py [NUMBER] [SEED] [--misses]

A false statement is caught where a check calls it a mismatch; a true one is accused where one does. The wordings
(``statements_*.py``) were written as historians write them, not from the patterns of the checks; each states one relation.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import article_of
from statements_change import direction, doubling, growth, points, ratio, twice
from statements_parts import account, exchange, product, respectively, rest, share, subset, summed
from statements_time import age, calendar, length, order, weekday

from annotate.checks.arithmetic import check_arithmetic

KINDS: dict[str, tuple[Callable[[random.Random, bool], str], ...]] = {
    "growth": (growth,),
    "share": (share,),
    "sum": (summed,),
    "direction": (direction,),
    "ratio": (ratio, doubling),
    "rest": (rest,),
    "length": (length,),
    "points": (points,),
    "respectively": (respectively,),
    "subset": (subset,),
    "product": (product,),
    "calendar": (calendar, weekday),
    "age": (age,),
    "twice": (twice,),
    "exchange": (exchange,),
    "account": (account,),
    "order": (order,),
}


class Statement(NamedTuple):
    """A text with one relation, its kind, and whether the relation holds."""

    text: str
    kind: str
    true: bool


def statements(number: int = 300, seed: int = 1) -> list[Statement]:
    """Half of them true, half false, all kinds in turn; the same for the same seed."""
    rng = random.Random(seed)
    kinds = list(KINDS)
    made = []
    for place in range(number):
        kind = kinds[place // 2 % len(kinds)]
        true = place % 2 == 0
        made.append(Statement(_capital(rng.choice(KINDS[kind])(rng, true)), kind, true))
    return made


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def verdicts(text: str) -> list[str]:
    """The relations that the checks call a mismatch in a text."""
    return [check.relation for check in check_arithmetic(article_of(text)) if check.verdict == "mismatch"]


def rates(made: list[Statement]) -> tuple[float, float, list[Statement]]:
    """The share of false statements caught, of true ones accused, and all statements decided wrongly."""
    wrong = [statement for statement in made if bool(verdicts(statement.text)) == statement.true]
    false = [statement for statement in made if not statement.true]
    missed = sum(not statement.true for statement in wrong)
    accused = sum(statement.true for statement in wrong)
    return 1 - missed / len(false), accused / (len(made) - len(false)), wrong


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    made = statements(*numbers)
    caught, accused, wrong = rates(made)
    print(f"{len(made)} statements: {caught:.1%} of the false caught, {accused:.1%} of the true accused")
    print(
        "missed:",
        dict(Counter(s.kind for s in wrong if not s.true)),
        "accused:",
        dict(Counter(s.kind for s in wrong if s.true)),
    )
    if "--misses" in sys.argv:
        for statement in wrong:
            print(f"  {statement.kind} {statement.true} {statement.text} {verdicts(statement.text)}")


if __name__ == "__main__":
    main()
