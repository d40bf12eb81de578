"""Statements of change: growth, ratios, direction, points, and one figure said twice; true or false as asked."""

from __future__ import annotations

import random

from statement_words import GROUPS, PLACES, SUBJECTS, UNITS, WORDS, percentage, two_values, whole_number, wrong


def growth(rng: random.Random, true: bool) -> str:
    """ "rose from 80 to 100 tons, or by 25 per cent"."""
    rising = rng.random() < 0.6
    a, b = two_values(rng, rising)
    unit, subject, y = rng.choice(UNITS), rng.choice(SUBJECTS), rng.randint(1700, 1930)
    p = percentage(rng, abs(b - a) / a * 100, true, 10**6 if rising else 99)
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


def ratio(rng: random.Random, true: bool) -> str:
    """ "increased sixfold, from 80 to 480 tons"."""
    n = rng.randint(3, 12)
    a = whole_number(rng, 40, 900)
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


def doubling(rng: random.Random, true: bool) -> str:
    """ "doubled, from 80 to 160 tons"."""
    word, factor = rng.choice((("doubled", 2.0), ("trebled", 3.0), ("quadrupled", 4.0), ("tripled", 3.0)))
    a = whole_number(rng, 100, 3000)
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


def direction(rng: random.Random, true: bool) -> str:
    """ "fell from 100 to 80 tons"; a false one goes the other way."""
    rising = rng.random() < 0.5
    a, b = two_values(rng, rising if true else not rising)
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


def points(rng: random.Random, true: bool) -> str:
    """ "from 20 to 30 percent, up 10 percentage points"."""
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


def twice(rng: random.Random, true: bool) -> str:
    """One figure in two sentences."""
    n, y = whole_number(rng, 120, 900), rng.randint(1800, 1930)
    m = n if true else round(wrong(rng, n)) or 7
    place, group = rng.choice(PLACES), rng.choice(GROUPS)
    return rng.choice(
        (
            f"In {y} {place} counted {n} {group}. Nobody took notice then. It is worth repeating that {place} had {m} {group} in {y}.",
            f"The {n} {group} of {place} in {y} were poor. Years went by. The {m} {group} of {place} were poor in {y}.",
        )
    )
