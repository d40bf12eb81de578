"""Number words to exact numbers: "three hundred and twenty-five", "one and thirty", "fourscore", "eleven hundred".

>>> read_words("eleven hundred"), read_words("two millions and a half"), read_words("the")
(Fraction(1100, 1), Fraction(2500000, 1), None)
"""

from __future__ import annotations

import re
from fractions import Fraction

UNITS = {
    word: number
    for number, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
            " seventeen eighteen nineteen"
        ).split()
    )
}
TENS = {
    word: number * 10
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40, "threescore": 60, "fourscore": 80}
MULTIPLIERS = {
    "hundred": 100,
    "dozen": 12,
    "score": 20,
    "gross": 144,
    "thousand": 1000,
    "lakh": 100_000,
    "million": 10**6,
    "crore": 10**7,
    "milliard": 10**9,
    "billion": 10**9,
    "trillion": 10**12,
}
PLURALS = {word + "s": word for word in MULTIPLIERS if word not in ("gross", "score", "dozen")}
FRACTIONS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "hundredth": 100,
    "thousandth": 1000,
}
WORD = re.compile(r"[A-Za-z]+")


def fold(phrase: str) -> str:
    """Lower case and single spaces, also of an old "ſhilling": what a case-blind pattern may have matched."""
    return " ".join(phrase.casefold().replace("ı", "i").split())


def read_words(phrase: str) -> Fraction | None:
    """The number that the whole phrase says, or None where it is not one number."""
    words = [PLURALS.get(word, word) for word in WORD.findall(fold(phrase))]
    if words[-3:] == ["and", "a", "half"]:
        return _with_half(words[:-3])
    if len(words) >= 2 and words[0] == "half" and words[1] in ("a", "an"):
        rest = read_words("one " + " ".join(words[2:])) if words[2:] else None
        return rest / 2 if rest is not None else None
    number = _read_cardinal(words)
    return None if number is None else Fraction(number)


def _with_half(words: list[str]) -> Fraction | None:
    """ "two millions and a half" is 2500000, "two and a half" 2.5."""
    scale = MULTIPLIERS.get(words[-1], 1) if words else 1
    number = _read_cardinal(words)
    return None if number is None else number + Fraction(scale, 2)


def _read_cardinal(words: list[str]) -> int | None:
    """The cardinal number of all the words; None wherever their order breaks."""
    if len(words) == 3 and words[0] in UNITS and words[1] == "and" and words[2] in TENS:
        return UNITS[words[0]] + TENS[words[2]]  # "one and thirty"
    if words == ["zero"]:
        return 0
    total, group, room = 0, 0, 1000  # room: what is still to come must be smaller
    for place, word in enumerate(words):
        value = UNITS.get(word) or TENS.get(word) or (1 if word in ("a", "an") and place == 0 and len(words) > 1 else 0)
        scale = MULTIPLIERS.get(word, 0)
        if word == "and" and (total or group) and room > 1 and place < len(words) - 1:
            continue
        if value and value < room:
            group, room = group + value, 20 if word.endswith("score") else 10 if value >= 20 else 1
        elif scale and scale < 1000 and 0 < group < 100:
            group, room = group * scale, 100
        elif scale >= 1000 and (total or group):
            total, group = _scale_up(total, group, scale)
            room = 1000
        else:
            return None
    return total + group if total or group else None


def _scale_up(total: int, group: int, scale: int) -> tuple[int, int]:
    """ "two million five hundred | thousand" adds to the total; "two thousand | million" multiplies it."""
    if group == 0 or (total and total < scale):
        return (total + group) * scale, 0
    return total + group * scale, 0
