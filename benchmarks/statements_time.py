"""Statements of time: lengths, ages, calendar days, weekdays and the order of years; true or false as asked."""

from __future__ import annotations

import random
from datetime import date

from statement_words import MONTH_DAYS, MONTH_NAMES, PERSONS, PLACES, WEEKDAYS, WORDS


def length(rng: random.Random, true: bool) -> str:
    """ "for twenty years, from 1801 to 1821"."""
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


def age(rng: random.Random, true: bool) -> str:
    """ "born in 1801, died in 1865 at the age of 64"."""
    y, age = rng.randint(1600, 1880), rng.randint(24, 88)
    said = age if true else age + rng.choice((-1, 1)) * rng.randint(4, 20)
    who = rng.choice(PERSONS)
    return rng.choice(
        (
            f"{who}, born in {y}, died in {y + age} at the age of {said}.",
            f"{who} was born in {y} and died in {y + age}, aged {said}.",
        )
    )


def calendar(rng: random.Random, true: bool) -> str:
    """A day that the month has, or not."""
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


def weekday(rng: random.Random, true: bool) -> str:
    """The day of the week of a date."""
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


def order(rng: random.Random, true: bool) -> str:
    """The years of a range, in order or not."""
    y, n = rng.randint(1600, 1900), rng.randint(2, 40)
    a, b = (y, y + n) if true else (y + n, y)
    return rng.choice(
        (
            f"The war of {a}–{b} ruined the town.",
            f"From {a} to {b} no tax was raised.",
            f"Between {a} and {b} the fair was held in May.",
        )
    )
