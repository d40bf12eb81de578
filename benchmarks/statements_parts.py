"""Statements of parts and wholes: shares, sums, rests, products, exchange and money of account; true or false as asked."""

from __future__ import annotations

import random

from statement_words import GROUPS, MONEY, PLACES, UNITS, percentage, whole_number, wrong


def share(rng: random.Random, true: bool) -> str:
    """ "Of the 118 mills, 64 (54 percent)"."""
    whole = whole_number(rng, 60, 3000)
    part = rng.randint(whole // 12, whole * 9 // 10)
    p = percentage(rng, part / whole * 100, true, 99)
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


def subset(rng: random.Random, true: bool) -> str:
    """ "Of the 118 mills, 64"."""
    whole = whole_number(rng, 40, 900)
    part = rng.randint(5, whole - 2) if true else whole + rng.randint(2, whole)
    group, place = rng.choice(GROUPS), rng.choice(PLACES)
    return rng.choice(
        (
            f"Of the {whole} {group} in {place}, {part} answered the circular.",
            f"{part} of the {whole} {group} had been founded before the war.",
            f"There were {whole} {group} in {place}, of which {part} stood empty.",
        )
    )


def summed(rng: random.Random, true: bool) -> str:
    """ "5 tons of rye and 7 of tin, in all 12"."""
    parts = [whole_number(rng, 20, 700) for _ in range(rng.choice((2, 3, 3)))]
    real = sum(parts)
    said = real if true else round(wrong(rng, real))
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


def rest(rng: random.Random, true: bool) -> str:
    """ "and the remaining 12 percent"."""
    whole = whole_number(rng, 90, 900)
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


def respectively(rng: random.Random, true: bool) -> str:
    """As many values as names, or not."""
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


def product(rng: random.Random, true: bool) -> str:
    """ "£5 each, £60 in all"."""
    n, rate = rng.randint(6, 60), rng.randint(4, 90)
    real = n * rate
    said = real if true else round(wrong(rng, real))
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


def exchange(rng: random.Random, true: bool) -> str:
    """ "£20 (500 francs at 25 francs to the pound)"."""
    n, rate = whole_number(rng, 20, 900), rng.choice((5, 8, 20, 25, 10))
    real = n * rate
    said = real if true else round(wrong(rng, real))
    return rng.choice(
        (
            f"The debt came to £{n:,} ({said:,} francs at {rate} francs to the pound).",
            f"He sent £{n:,}, or {said:,} marks at a rate of {rate} marks to the pound.",
            f"The loan of ${n:,} ({said:,} roubles, at {rate} roubles to the dollar) was never repaid.",
        )
    )


def account(rng: random.Random, true: bool) -> str:
    """Pounds, shillings under twenty and pence under twelve."""
    pounds, shillings, pence = rng.randint(1, 90), rng.randint(1, 19), rng.randint(1, 11)
    if not true:
        shillings, pence = rng.choice(((rng.randint(20, 39), pence), (shillings, rng.randint(12, 19))))
    return rng.choice(
        (
            f"The parish paid £{pounds} {shillings}s. {pence}d. for bread.",
            f"His wages came to £{pounds} {shillings}s. {pence}d. that quarter.",
        )
    )
