"""True and false statements about numbers, made by a seeded generator, and how many the checks catch.

    python benchmarks/arithmetic.py [NUMBER] [SEED] [--misses]

A false statement is caught where a check calls it a mismatch; a true one is accused where one does. The wordings were
written as historians write them, not from the patterns of the checks; each template states one relation.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import article_of

from annotate.checks.arithmetic import check_arithmetic

SUBJECTS = (
    "the output of the Ruhr mines", "the salt tax", "cotton imports at Rouen", "the yield of the vineyards", "the herring catch",
    "the revenue of the customs house", "production at the Putilov works", "tonnage cleared at Bristol", "the circulation of notes",
    "the wool clip of Castile", "deliveries of pig iron", "the rent of the abbey lands", "the budget of the colony", "timber exports",
)  # fmt: skip
GROUPS = (
    "weavers",
    "households",
    "delegates",
    "ships",
    "parishes",
    "mills",
    "farms",
    "recruits",
    "banks",
    "contracts",
    "villages",
    "schools",
)
PLACES = (
    "Lancashire",
    "Saxony",
    "Provence",
    "Tver province",
    "Ohio",
    "Flanders",
    "Bohemia",
    "Catalonia",
    "Scania",
    "Galicia",
)
UNITS = ("tons", "poods", "bushels", "hectolitres", "quintals", "bales")
MONEY = ("£{}", "{} roubles", "{} francs", "${}", "{} marks", "{} thalers", "{} livres")
PERSONS = ("Kankrin", "Delbrück", "Mrs Gaskell", "Necker", "Morozov", "the chancellor", "Oastler", "Hirsch")
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
MONTH_NAMES = "January February March April May June July August September October November December".split()
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


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


def _off(rng: random.Random, value: float, least: float = 0.18) -> float:
    """A value that is wrong by more than rounding: up or down by a fifth to nine tenths, or by a power of ten."""
    if rng.random() < 0.15:
        return value * rng.choice((10, 100, 0.1))
    factor = 1 + rng.uniform(least, 0.9)
    return value * factor if rng.random() < 0.5 else value / factor


def _percent(rng: random.Random, value: float, true: bool, most: float = 10**6) -> str:
    """A percentage as people write it, rounded; a false one differs by at least three points."""
    said = value if true else _off(rng, value)
    if not true and (abs(said - value) < 3 or said > most):
        said = value + rng.choice((-1, 1)) * rng.uniform(4, 12)
        said = value + 7 if said <= 0 or said > most else said
    places = rng.choice((0, 0, 1)) if said >= 2 else 1
    text = f"{said:.{places}f}"
    text = text.replace(".", ",") if rng.random() < 0.2 else text
    return text + rng.choice((" per cent", " percent", "%", "%"))


def _number(rng: random.Random, low: int, high: int) -> int:
    value = rng.randint(low, high)
    return value - value % 10 if value > 500 and rng.random() < 0.5 else value


def _pair(rng: random.Random, rising: bool) -> tuple[int, int]:
    a = _number(rng, 120, 4000)
    b = round(a * rng.uniform(1.25, 3.4))
    return (a, b) if rising else (b, a)


def _growth(rng: random.Random, true: bool) -> str:
    rising = rng.random() < 0.6
    a, b = _pair(rng, rising)
    unit, subject, y = rng.choice(UNITS), rng.choice(SUBJECTS), rng.randint(1700, 1930)
    p = _percent(rng, abs(b - a) / a * 100, true, 10**6 if rising else 99)
    verb = (
        rng.choice(("rose", "went up", "mounted", "grew"))
        if rising
        else rng.choice(("fell", "shrank", "went down", "sank"))
    )
    noun = rng.choice(("an increase", "a gain", "a rise")) if rising else rng.choice(("a decline", "a drop", "a fall"))
    return rng.choice(
        (
            f"{subject} {verb} from {a:,} {unit} to {b:,}, or by {p}.",
            f"Between {y} and {y + 9} {subject} {verb} by {p}, from {a:,} to {b:,} {unit}.",
            f"{subject} {verb} from {a:,} {unit} in {y} to {b:,} {unit} in {y + 12}, {noun} of {p}.",
            f"In {y} {subject} stood at {a:,} {unit} and in {y + 7} at {b:,} {unit}, {noun} of {p}.",
            f"With {b:,} {unit} in {y + 3} against {a:,} {unit} in {y}, {subject} had {verb} by {p}.".replace(
                "went up", "risen"
            ).replace("went down", "fallen"),
            f"From {a:,} to {b:,} {unit}: {noun} of {p} in the course of a few years.",
        )
    )


def _ratio(rng: random.Random, true: bool) -> str:
    n = rng.randint(3, 12)
    a = _number(rng, 40, 900)
    said = n if true else rng.choice([x for x in range(2, 30) if abs(x - n) > max(1.6, n * 0.25)])
    b, unit, subject = a * n + rng.randint(-a // 9, a // 9), rng.choice(UNITS), rng.choice(SUBJECTS)
    word = WORDS[said] if said <= 12 and rng.random() < 0.5 else str(said)
    fold = f"{word}fold" if said <= 12 and not word.isdecimal() else f"{said}-fold"
    return rng.choice(
        (
            f"{subject} grew from {a:,} {unit} to {b:,}, that is {word} times.",
            f"{subject} increased {fold}, from {a:,} to {b:,} {unit}.",
            f"{subject} climbed from {a:,} {unit} to {b:,} {unit}, a {fold} increase.",
            f"{subject} was multiplied by a factor of {word}, from {a:,} to {b:,} {unit}.",
        )
    )


def _doubling(rng: random.Random, true: bool) -> str:
    word, factor = rng.choice((("doubled", 2.0), ("trebled", 3.0), ("quadrupled", 4.0), ("tripled", 3.0)))
    a = _number(rng, 100, 3000)
    b = (
        round(a * factor * rng.uniform(0.95, 1.08))
        if true
        else round(a * rng.choice((factor * 1.6, factor * 0.55, factor * 2.4)))
    )
    unit, subject = rng.choice(UNITS), rng.choice(SUBJECTS)
    return rng.choice(
        (
            f"{subject} {word}, from {a:,} to {b:,} {unit}.",
            f"{subject} {word} from {a:,} {unit} to {b:,} {unit}.",
            f"In those years {subject} more or less {word} from {a:,} {unit} to {b:,}.",
        )
    )


def _direction(rng: random.Random, true: bool) -> str:
    rising = rng.random() < 0.5
    a, b = _pair(rng, rising if true else not rising)
    verb = (
        rng.choice(("rose", "climbed steadily", "advanced", "went up", "increased", "soared"))
        if rising
        else rng.choice(("fell", "dropped", "declined sharply", "sank", "dwindled", "went down"))
    )
    subject, place, unit = rng.choice(SUBJECTS), rng.choice(PLACES), rng.choice(UNITS)
    return rng.choice(
        (
            f"{subject} in {place} {verb} from {a:,} {unit} to {b:,}.",
            f"The price of bread in {place} {verb} from {a} to {b} francs.",
            f"After the reform {subject} {verb}, from {a:,} in the first year to {b:,} {unit} in the last.",
            f"The share of the peasants {verb} from {min(a, b) % 40 + 5 if (a < b) else 60 + b % 30} to {60 + b % 30 if a < b else min(a, b) % 40 + 5} percent.",
        )
    )


def _points(rng: random.Random, true: bool) -> str:
    a = round(rng.uniform(4, 50), 1)
    d = round(rng.uniform(3, 30), 1)
    said = (
        d
        if true
        else round(d + rng.choice((1, -1)) * rng.uniform(1.2, 2.5) * (1 if d > 3 else 0) + (3 if d <= 3 else 0), 1)
    )
    said = said if true or abs(said - d) > 1 else d + 4
    b = round(a + d, 1)
    what = rng.choice(("Illiteracy", "The share of wheat", "Unemployment", "The Liberal vote"))
    return rng.choice(
        (
            f"{what} rose from {a} to {b} percent, up {said:.1f} percentage points.",
            f"{what} went from {a} per cent to {b} per cent, a rise of {said:.1f} percentage points.",
            f"{what} fell by {said:.1f} percentage points, from {b}% to {a}%.",
        )
    )


def _share(rng: random.Random, true: bool) -> str:
    whole = _number(rng, 60, 3000)
    part = rng.randint(whole // 12, whole * 9 // 10)
    p = _percent(rng, part / whole * 100, true, 99)
    group, place = rng.choice(GROUPS), rng.choice(PLACES)
    return rng.choice(
        (
            f"Of the {whole:,} {group} in {place}, {part:,} ({p}) paid no tax.",
            f"{place} had {whole:,} {group}, of which {part:,}, or {p}, stood under the crown.",
            f"{part:,} of the {whole:,} {group}, or {p}, came from {place}.",
            f"Out of {whole:,} {group} {part:,} were lost, i.e. {p}.",
            f"Among the {whole:,} {group} listed in {place} there were {part:,} (that is {p}) without any land.",
            f"The survey covered {whole:,} {group}; {part:,} of them, {p}, lay in {place}.",
        )
    )


def _subset(rng: random.Random, true: bool) -> str:
    whole = _number(rng, 40, 900)
    part = rng.randint(5, whole - 2) if true else whole + rng.randint(2, whole)
    group, place = rng.choice(GROUPS), rng.choice(PLACES)
    return rng.choice(
        (
            f"Of the {whole} {group} in {place}, {part} answered the circular.",
            f"{part} of the {whole} {group} had been founded before the war.",
            f"There were {whole} {group} in {place}, of which {part} stood empty.",
        )
    )


def _sum(rng: random.Random, true: bool) -> str:
    parts = [_number(rng, 20, 700) for _ in range(rng.choice((2, 3, 3)))]
    real = sum(parts)
    said = real if true else round(_off(rng, real))
    said = said if true or said != real else real + 37
    unit, money = rng.choice(UNITS), rng.choice(MONEY)
    goods = rng.sample(("rye", "tin", "wax", "flax", "copper", "oats", "hemp", "tallow"), 3)
    listed = [f"{part:,} {unit} of {good}" for part, good in zip(parts, goods, strict=False)]
    sums = [money.format(f"{part:,}") for part in parts]
    join = lambda items: ", ".join(items[:-1]) + " and " + items[-1]  # noqa: E731 - one line of text
    return rng.choice(
        (
            f"The convoy carried {join(listed)}, in all {said:,} {unit}.",
            f"He left {join(sums)} to his three sons, a total of {money.format(f'{said:,}')}.".replace(" three", ""),
            f"The province sent {said:,} {unit} altogether: {join(listed)}.",
            f"They shipped {join(listed)}, together {said:,} {unit}.",
            f"The town had {parts[0]} mills and {parts[1]} tanneries, {parts[0] + parts[1] if true else parts[0] + parts[1] + rng.randint(9, 60)} works in all.",
        )
    )


def _rest(rng: random.Random, true: bool) -> str:
    whole = _number(rng, 90, 900)
    a = rng.randint(10, whole // 2)
    b = rng.randint(5, (whole - a) // 2)
    last = whole - a - b if true else whole - a - b + rng.choice((-1, 1)) * rng.randint(3, max(4, (whole - a - b) // 2))
    p1, p2 = rng.randint(20, 50), rng.randint(5, 25)
    p3 = 100 - p1 - p2 if true else 100 - p1 - p2 + rng.choice((-1, 1)) * rng.randint(4, 15)
    group = rng.choice(GROUPS)
    return rng.choice(
        (
            f"Of the {whole} {group}, {a} were free, {b} were leased, and the remaining {last} belonged to the crown.",
            f"The nobles held {p1} percent of the land, the church {p2} percent and the peasants the remaining {p3} percent.",
            f"{p1}% of the cargo was grain, {p2}% was timber and the rest, {p3}%, was wine.",
        )
    )


def _respectively(rng: random.Random, true: bool) -> str:
    n = rng.choice((2, 3, 4))
    k = n if true else rng.choice([x for x in (2, 3, 4, 5) if x != n])
    names = rng.sample(("Leeds", "Essen", "Lyon", "Tula", "Pittsburgh", "Ghent", "Brno", "Turku"), n)
    values = [str(rng.randint(5, 95)) for _ in range(k)]
    joined = ", ".join(names[:-1]) + " and " + names[-1]
    said = ", ".join(values[:-1]) + " and " + values[-1]
    y = rng.randint(1800, 1900)
    years = ", ".join(str(y + 5 * i) for i in range(n - 1)) + f" and {y + 5 * n}"
    return rng.choice(
        (
            f"{joined} had {said} mills respectively.",
            f"In {years} the harvest came to {said} tons respectively.",
            f"Output at {joined} rose by {said} percent, respectively.",
        )
    )


def _length(rng: random.Random, true: bool) -> str:
    n = rng.randint(3, 40)
    y = rng.randint(1500, 1900)
    said = n if true else rng.choice([x for x in range(2, 60) if abs(x - n) > 2])
    word = WORDS[said] if said <= 12 and rng.random() < 0.6 else str(said)
    who = rng.choice(PERSONS)
    return rng.choice(
        (
            f"The lease ran for {word} years, from {y} to {y + n}.",
            f"{who} governed {rng.choice(PLACES)} for {word} years ({y}–{y + n}).",
            f"In {y} the company got its charter; {word} years later, in {y + n}, it failed.",
            f"The strike fund was opened in {y} and closed {word} years later, in {y + n}.",
            f"The {word.capitalize() if not word.isdecimal() else word}-Year Plan ({y}–{y + n - 1 if true else y + n}) was never carried out.",
        )
    )


def _age(rng: random.Random, true: bool) -> str:
    y, age = rng.randint(1600, 1880), rng.randint(24, 88)
    said = age if true else age + rng.choice((-1, 1)) * rng.randint(4, 20)
    who = rng.choice(PERSONS)
    return rng.choice(
        (
            f"{who}, born in {y}, died in {y + age} at the age of {said}.",
            f"{who} was born in {y} and died in {y + age}, aged {said}.",
        )
    )


def _calendar(rng: random.Random, true: bool) -> str:
    month = rng.randrange(12)
    day = (
        rng.randint(1, MONTH_DAYS[month])
        if true
        else MONTH_DAYS[month] + rng.randint(1 if MONTH_DAYS[month] > 28 else 2, 3)
    )
    y = rng.randint(1760, 1939)
    return rng.choice(
        (
            f"The treaty was signed on {day} {MONTH_NAMES[month]} {y}.",
            f"On {MONTH_NAMES[month]} {day}, {y} the bank stopped payment.",
            f"The {day}{'st' if day in (1, 21, 31) else 'nd' if day in (2, 22, 32) else 'rd' if day in (3, 23, 33) else 'th'} of {MONTH_NAMES[month]} {y} was a day of panic.",
        )
    )


def _weekday(rng: random.Random, true: bool) -> str:
    day = date(rng.randint(1760, 1939), rng.randint(1, 12), rng.randint(1, 28))
    right = day.weekday()
    said = WEEKDAYS[right if true else (right + rng.randint(1, 6)) % 7]
    name = MONTH_NAMES[day.month - 1]
    return rng.choice(
        (
            f"On {said}, {day.day} {name} {day.year} the mill burned down.",
            f"The riot of {said}, {name} {day.day}, {day.year} cost nine lives.",
            f"He wrote on {day.day} {name} {day.year}, a {said}, that all was lost.",
        )
    )


def _twice(rng: random.Random, true: bool) -> str:
    n, y = _number(rng, 120, 900), rng.randint(1800, 1930)
    m = n if true else round(_off(rng, n)) or 7
    place, group = rng.choice(PLACES), rng.choice(GROUPS)
    return rng.choice(
        (
            f"In {y} {place} counted {n} {group}. Nobody took notice then. It is worth repeating that {place} had {m} {group} in {y}.",
            f"The {n} {group} of {place} in {y} were poor. Years went by. The {m} {group} of {place} were poor in {y}.",
        )
    )


def _product(rng: random.Random, true: bool) -> str:
    n, rate = rng.randint(6, 60), rng.randint(4, 90)
    real = n * rate
    said = real if true else round(_off(rng, real))
    money = rng.choice(MONEY)
    sums = (money.format(f"{rate:,}"), money.format(f"{said:,}"))
    return rng.choice(
        (
            f"The {n} weavers received {sums[0]} each, {sums[1]} in all.",
            f"He drew {sums[0]} a year for {n} years, a total of {sums[1]}.",
            f"{n} labourers were paid an average of {sums[0]}, in all {sums[1]}.",
            f"At {sums[0]} a head the {n} settlers cost the treasury {sums[1]} altogether.",
        )
    )


def _exchange(rng: random.Random, true: bool) -> str:
    n, rate = _number(rng, 20, 900), rng.choice((5, 8, 20, 25, 10))
    real = n * rate
    said = real if true else round(_off(rng, real))
    return rng.choice(
        (
            f"The debt came to £{n:,} ({said:,} francs at {rate} francs to the pound).",
            f"He sent £{n:,}, or {said:,} marks at a rate of {rate} marks to the pound.",
            f"The loan of ${n:,} ({said:,} roubles, at {rate} roubles to the dollar) was never repaid.",
        )
    )


def _account(rng: random.Random, true: bool) -> str:
    pounds, shillings, pence = rng.randint(1, 90), rng.randint(1, 19), rng.randint(1, 11)
    if not true:
        shillings, pence = rng.choice(((rng.randint(20, 39), pence), (shillings, rng.randint(12, 19))))
    return rng.choice(
        (
            f"The parish paid £{pounds} {shillings}s. {pence}d. for bread.",
            f"His wages came to £{pounds} {shillings}s. {pence}d. that quarter.",
        )
    )


def _order(rng: random.Random, true: bool) -> str:
    y, n = rng.randint(1600, 1900), rng.randint(2, 40)
    a, b = (y, y + n) if true else (y + n, y)
    return rng.choice(
        (
            f"The war of {a}–{b} ruined the town.",
            f"From {a} to {b} no tax was raised.",
            f"Between {a} and {b} the fair was held in May.",
        )
    )


KINDS: dict[str, tuple[Callable[[random.Random, bool], str], ...]] = {
    "growth": (_growth,),
    "share": (_share,),
    "sum": (_sum,),
    "direction": (_direction,),
    "ratio": (_ratio, _doubling),
    "rest": (_rest,),
    "length": (_length,),
    "points": (_points,),
    "respectively": (_respectively,),
    "subset": (_subset,),
    "product": (_product,),
    "calendar": (_calendar, _weekday),
    "age": (_age,),
    "twice": (_twice,),
    "exchange": (_exchange,),
    "account": (_account,),
    "order": (_order,),
}


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
