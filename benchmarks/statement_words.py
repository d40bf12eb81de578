"""What the made statements speak of, and the numbers that they say, right or wrong."""

from __future__ import annotations

import random

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


def wrong(rng: random.Random, value: float, least: float = 0.18) -> float:
    """A value that is wrong by more than rounding: up or down by a fifth to nine tenths, or by a power of ten."""
    if rng.random() < 0.15:
        return value * rng.choice((10, 100, 0.1))
    factor = 1 + rng.uniform(least, 0.9)
    return value * factor if rng.random() < 0.5 else value / factor


def percentage(rng: random.Random, value: float, true: bool, most: float = 10**6) -> str:
    """A percentage as people write it, rounded; a false one differs by at least three points."""
    said = value if true else wrong(rng, value)
    if not true and (abs(said - value) < 3 or said > most):
        said = value + rng.choice((-1, 1)) * rng.uniform(4, 12)
        said = value + 7 if said <= 0 or said > most else said
    places = rng.choice((0, 0, 1)) if said >= 2 else 1
    text = f"{said:.{places}f}"
    text = text.replace(".", ",") if rng.random() < 0.2 else text
    return text + rng.choice((" per cent", " percent", "%", "%"))


def whole_number(rng: random.Random, low: int, high: int) -> int:
    """A whole number between two bounds, a round one now and then."""
    value = rng.randint(low, high)
    return value - value % 10 if value > 500 and rng.random() < 0.5 else value


def two_values(rng: random.Random, rising: bool) -> tuple[int, int]:
    """Two values, the later one larger or smaller by a good part."""
    a = whole_number(rng, 120, 4000)
    b = round(a * rng.uniform(1.25, 3.4))
    return (a, b) if rising else (b, a)
