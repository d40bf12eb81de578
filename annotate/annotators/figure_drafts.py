"""Drafts of figures: a numeral with its unit, before its neighbours are asked what they share.

>>> [(draft.unit.id, str(draft.value)) for draft in draft_figures("$3,200 and seven per cent of 40 millions of francs")]
[('USD', '3200'), ('%', '7'), ('FRF', '40000000')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from annotate.annotators.figure_context import counted_noun, is_age, is_label, per_end, singular
from annotate.annotators.number_words import MULTIPLIERS, fold, read_words
from annotate.annotators.numerals import SIGNS, Numeral, Vote, find_numerals
from annotate.annotators.units import Unit, currency_before, unit_after
from schemas.values import FigureKind

_S = r"[\s\u00a0\u2060]{1,3}"
BARE_NUMBERS = frozenset({"one", "a", "an"})
# "a year and a half", "one century and a half": the half is of the unit
UNIT_HALF = re.compile(rf"{_S}and{_S}an?{_S}(?P<part>half|quarter)(?!\w)", re.IGNORECASE)
# "75 USD million": the multiplier after the currency
SCALE_AFTER = re.compile(rf"{_S}(?P<scale>thousand|million|milliard|billion)s?(?!\w)", re.IGNORECASE)
PART_ARTICLE = re.compile(rf"{_S}(?:(?:of{_S})?an?|of{_S}(?:one|1))(?={_S})", re.IGNORECASE)
HALVES = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
# "a year" as a length: only where a bound or a preposition of time makes it one
ARTICLE_UNIT = re.compile(
    rf"""\b(?:(?:more|less|longer|fewer){_S}than|over|under|within|for|about|almost|nearly|after|in|up{_S}to|at{_S}least|only
      |half){_S}(?P<span>an?{_S}(?P<unit>year|month|week|day|hour|decade|century|fortnight|mile|ton|pound|acre)
      (?P<half>{_S}and{_S}a{_S}half)?)(?![\w’'-])(?!{_S}(?:later|ago|before|earlier|of{_S}the))""",
    re.VERBOSE | re.IGNORECASE,
)
UNIT_AND_HALF = re.compile(  # "a cubit and a half", of any unit
    rf"(?<![\w-])(?P<span>an?{_S}(?P<unit>[a-z]{{3,12}}){_S}and{_S}an?{_S}(?P<half>half|quarter))(?![\w-])",
    re.IGNORECASE,
)
ARTICLE_COIN = re.compile(
    rf"""\b(?:was|is|were|cost|costs|paid|pay|pays|for|at|only|than|earned|received|charged|took|gave|worth|got|get|to){_S}
      (?P<span>an?{_S}(?P<coin>shilling|penny|halfpenny|farthing|guinea|sovereign|rouble|ruble|franc|dollar|thaler|ducat|florin|livre))
      (?={_S}(?:an?|per|each|every|for|in|to|the|or|and|on|if|but)\b|[,.;:)]|\Z)""",
    re.VERBOSE,
)
# "£3 4s. 6d.", "4s. 6d.", "£2 7s."; "10s." alone
STERLING = re.compile(
    rf"""(?<![\w.])(?:£[\s\u00a0]?(?P<pounds>\d{{1,7}}(?:,\d{{3}}){{0,3}})(?:,?{_S}))?
      (?P<shillings>\d{{1,3}})\s?s\.?(?:,?{_S}(?P<pence>\d{{1,2}})(?P<halfpenny>[½¼¾])?\s?d\.?)?(?![\w])""",
    re.VERBOSE,
)
SLASHED = re.compile(  # 40/-, 13/4 a year, 2/6 in the pound
    rf"(?<![\w./£])(?P<shillings>\d{{1,3}})/(?:-(?!\w)|(?P<pence>1[01]|\d)(?![\d/\w])"
    rf"(?P<rate>{_S}(?:in{_S}the{_S}pound|(?:an?|the|per|each|every){_S}(?:day|week|month|year|quarter|acre|head|yard|ton|cwt|piece|bushel))))"
)
PENCE = re.compile(r"(?<![\w.])(?P<pence>\d{1,3})(?P<part>[½¼¾])?d\.(?!\w)")  # "3d. a week"
FOLD = re.compile(
    rf"(?<!\w)(?P<count>[a-z]+|\d{{1,4}})[-\s]?fold(?!\w)|(?<!\w)(?P<twice>twice)(?={_S}(?:as|the|that|those|these|this|its|their|his|her|our|what)\b)",
    re.IGNORECASE,
)  # sixfold, 25-fold, twice the rent
_COINS = "two|three|four|five|six|seven|eight|nine|ten|eleven"
INFANTRY = 500
SHILLING, PENNY = Fraction(1, 20), Fraction(1, 240)
GREAT_FOLDS = {"hundred": Fraction(100), "thousand": Fraction(1000)}
SMALL_COINS = re.compile(  # "tenpence", "three and sixpence"
    rf"(?<!\w)(?:(?P<shillings>one|{_COINS}|twelve|fifteen|eighteen){_S}and{_S})?(?P<count>{_COINS}|half)(?:pence|penny)(?!\w)",
    re.IGNORECASE,
)
ROUBLES = re.compile(
    rf"(?<![\w.,])(?P<roubles>\d{{1,7}}){_S}(?:r|rb|rub)\.{_S}(?P<kopeks>\d{{1,2}}){_S}(?:k|kop)\b\.?"
)  # 11 r. 40 k.
ONE_IN = re.compile(  # "one family in five", "one farm in every four"
    rf"(?<!\w)one{_S}[a-z]{{3,16}}{_S}(?:[a-z]{{3,16}}{_S})?in{_S}(?:every{_S})?(?P<count>[a-z]{{3,9}}|\d{{1,3}})(?![\w-])",
    re.IGNORECASE,
)
COIN_COUNTS = {w: n for n, w in enumerate("two three four five six seven eight nine ten eleven".split(), start=2)}
TIMES_OF = re.compile(
    rf"{_S}(?:as|more|greater|larger|higher|the|that|its|their|what|over|bigger|faster|less)\b", re.IGNORECASE
)
GROWTH_BEFORE = re.compile(
    r"\b(?:in|by|increased|grew|rose|multiplied|up|grown|risen)\s(?:more\sthan\s|about\s|almost\s)?\Z"
)
# "half" is a fraction with "of", a unit, or alone after "by", "in"; not in "half-hearted"
HALF_AFTER = re.compile(rf"{_S}(?:of\b|the\b|its\b|their\b|as\b|that\b|what\b|a\b|an\b)|[,.;:)]|\Z")
HALF_BEFORE = re.compile(r"\b(?:than|over|about|nearly|almost|roughly|by|only|fully|under)\s\Z")
# what may follow "a fifth" where it is a fraction: a noun would make it an ordinal
FRACTION_AFTER = re.compile(
    rf"{_S}(?:of|part|as|less|more|the|and|or|but|to|in|on|at|by|for|with|from|between|over|under|above|below|within|since|after"
    r"|before|during|until|while|when|if|than|again|only|each|every|annually|higher|lower|larger|smaller|cheaper|dearer|had|has"
    r"|have|was|were|is|are|went|remained|came|fell|died|lived|paid|owned|held)\b|[\s\ue000]*\ue000|[,.;:)]|\Z"
)
SOME_PLURAL = re.compile(
    rf"{_S}(?:[a-z]{{3,16}}(?:-[a-z]{{3,12}})?{_S}){{1,2}}[a-z]{{3,20}}s(?![\w’'])"
)  # "two large contracts"
SECTION_AFTER = re.compile(r"-(?!\s)")


class Draft(NamedTuple):
    """A figure in the making: spans, value in the unit, and what was carried over."""

    start: int
    end: int
    kind: FigureKind
    value: Fraction
    value_max: Fraction | None = None
    unit: Unit | None = None
    noun: str | None = None
    numeral: Numeral | None = None
    modifier_vague: bool = False
    inferred: tuple[str, ...] = ()
    role: str | None = None
    prefixed: bool = False
    number_end: int = 0
    number_start: int = 0
    carried_scale: int = 1


def draft_figures(text: str, vote: Vote = Vote()) -> list[Draft]:  # noqa: B008 - a tuple, never changed
    """The figures of a text in order, each by itself."""
    makers = (_sterling, _slashed, _roubles, _one_in, _article_units, _coins, _multiples)
    fixed = sorted(draft for make in makers for draft in make(text))
    drafts = list(fixed)
    place, taken = 0, 0
    for numeral in find_numerals(text, vote):
        while place < len(fixed) and fixed[place].end <= numeral.start:
            taken, place = max(taken, fixed[place].end), place + 1
        if place < len(fixed) and fixed[place].start < numeral.end:
            continue
        if drafts and numeral.end <= per_end(text, taken):
            continue  # "80s. a quarter": what the sum is per
        draft = _draft(text, numeral, taken)
        if draft is not None:
            drafts.append(draft)
            taken = draft.end
    drafts.sort(key=lambda draft: (draft.start, draft.end))
    return _without_overlap(drafts)


def _draft(text: str, numeral: Numeral, taken: int) -> Draft | None:
    """One numeral with its currency before it or its unit after it; None where it is no figure."""
    before, after = _units_around(text, numeral, taken)
    if before is None and numeral.start > 0 and text[numeral.start - 1].isalpha():
        return None  # glued to a word: a note marker, a model
    unit = after[0] if after else before[0] if before else None
    told: tuple[str, ...] = ()
    followed = unit is not None or counted_noun(text, numeral.end) is not None
    if is_label(text, numeral.start, numeral.end, digits=numeral.digits, followed=followed, measured=unit is not None):
        return None
    if unit is None and not numeral.fraction and is_age(text, numeral.start, numeral.end, numeral.value):
        unit, told = Unit("year", "DURATION"), ("unit",)
    end = after[1] if after else numeral.end
    if unit is not None and _is_no_unit(text, numeral, unit, end):
        unit, after, end = None, None, numeral.end
    if unit is None or (unit.id == "times" and numeral.value != 1 and text[end - 4 : end].lower() == "time"):
        return _bare(text, numeral)
    start, (value, end) = before[1] if before else numeral.start, _with_tail(text, numeral, after)
    kind = unit.kind
    if unit.id == "times" and not (TIMES_OF.match(text, end) or GROWTH_BEFORE.search(text[max(0, start - 24) : start])):
        kind = "COUNT"  # "forty times": occasions
    top = None if numeral.value_max is None else numeral.value_max * unit.factor
    return Draft(
        start, end, kind, value * unit.factor, top, unit, numeral=numeral, modifier_vague=top is not None,
        prefixed=before is not None, number_end=numeral.end, number_start=numeral.start, inferred=told,
    )  # fmt: skip


def _is_no_unit(text: str, numeral: Numeral, unit: Unit, end: int) -> bool:
    """ "the 285,000 mark" is a height, and "7,000 foot" are men; both only in the singular."""
    word = text[numeral.end : end]
    if unit.id == "DEM" and word == " mark":
        return numeral.value > 1 and text.endswith("the ", 0, numeral.start)
    return word == " foot" and numeral.value >= INFANTRY


Found = tuple[Unit, int]


def _units_around(text: str, numeral: Numeral, taken: int) -> tuple[Found | None, Found | None]:
    """The currency sign before a numeral, and the unit after it, where they do not contradict each other."""
    before = currency_before(text, numeral.start) if numeral.digits or numeral.value_max else None
    if before and before[1] < taken:
        before = None  # the sign belongs to the number before it: "10 $ 30 $"
    after = unit_after(text, numeral.end, digits=numeral.digits) or _unit_of_part(text, numeral)
    if before and after:
        generic = text[before[1] : numeral.start].strip() == "$"
        other_code = after[0].id != before[0].id and not generic  # "rmb 10 usd 20"
        if after[0].kind != "MONEY" or other_code or not text[after[1] - 1].isalpha():
            after = None
    return before, after


def _with_tail(text: str, numeral: Numeral, after: Found | None) -> tuple[Fraction, int]:
    """The value and end with what may follow the unit: "and a half", "million"."""
    if after is None:
        return numeral.value, numeral.end
    unit, end = after
    if numeral.value_max is not None:
        return numeral.value, end
    half = None if numeral.fraction else UNIT_HALF.match(text, end)
    if half:
        return numeral.value + HALVES[fold(half["part"])], half.end()
    scale = SCALE_AFTER.match(text, end) if unit.kind == "MONEY" and numeral.scale == 1 else None
    if scale:
        return numeral.value * MULTIPLIERS[fold(scale["scale"])], scale.end("scale")
    return numeral.value, end


def _unit_of_part(text: str, numeral: Numeral) -> tuple[Unit, int] | None:
    """The unit of "half a guinea" and "three quarters of an acre"."""
    article = PART_ARTICLE.match(text, numeral.end) if numeral.fraction else None
    return unit_after(text, article.end(), digits=False) if article else None


def _bare(text: str, numeral: Numeral) -> Draft | None:
    """A count or a fraction without a unit; small words only before a plain plural."""
    word = text[numeral.start : numeral.end].lower()
    noun = None if numeral.fraction else counted_noun(text, numeral.end)
    if word in BARE_NUMBERS or (numeral.fraction and not _is_fraction(text, numeral)):
        return None
    if not numeral.digits and numeral.value == 2 and noun is None and not SOME_PLURAL.match(text, numeral.end):
        return None
    return Draft(
        numeral.start, noun.end() if noun else numeral.end, "RATIO" if numeral.fraction else "COUNT", numeral.value,
        numeral.value_max, noun=singular(noun["noun"]) if noun else None, numeral=numeral,
        modifier_vague=numeral.value_max is not None, number_end=numeral.end, number_start=numeral.start,
    )  # fmt: skip


def _is_fraction(text: str, numeral: Numeral) -> bool:
    """True for "half of them" and "rose by a fifth since"; false for "half-hearted", "the first half" and "a fifth column"."""
    word = text[numeral.start : numeral.end].lower()
    if SECTION_AFTER.match(text, numeral.end):
        return False
    if word in ("half", "halves"):
        before = text[max(0, numeral.start - 16) : numeral.start].lower()
        if re.search(r"\b(?:first|second|latter|last|other|former|better)\s\Z", before):
            return (
                bool(re.match(r"\sof\sthe\s(?!\d|[A-Z])", text[numeral.end : numeral.end + 10])) and "other" in before
            )
        return bool(HALF_AFTER.match(text, numeral.end) or HALF_BEFORE.search(before))
    return not word.startswith(("a ", "an ")) or bool(FRACTION_AFTER.match(text, numeral.end))


def _slashed(text: str) -> Iterator[Draft]:
    """Shillings and pence parted by a stroke; "1/2 a year" stays half a year."""
    for match in SLASHED.finditer(text):
        shillings, pence = int(match["shillings"]), int(match["pence"] or 0)
        if match["pence"] and shillings <= pence and "pound" not in match["rate"]:
            continue
        end = match.start("rate") if match["pence"] else match.end()
        value = shillings * SHILLING + pence * PENNY
        yield Draft(match.start(), end, "MONEY", value, unit=Unit("GBP", "MONEY", SHILLING), number_end=end,
                    number_start=match.start())  # fmt: skip


def _coins(text: str) -> Iterator[Draft]:
    """ "a penny for a horse", "paid a shilling a day": one coin, where the words speak of a price."""
    for match in ARTICLE_COIN.finditer(text):
        found = unit_after(text, match.start("coin") - 1, digits=False)
        if found is not None and found[0].kind == "MONEY":
            unit, (start, end) = found[0], match.span("span")
            yield Draft(start, end, "MONEY", unit.factor, unit=unit, number_end=end, number_start=start)


def _sterling(text: str) -> Iterator[Draft]:
    for match in STERLING.finditer(text):
        if not match["pounds"] and not match["pence"] and not match[0].endswith("s."):
            continue
        pence = Fraction(match["pence"] or 0) + Fraction(SIGNS.get(match["halfpenny"] or "", "0"))
        pounds = Fraction((match["pounds"] or "0").replace(",", ""))
        value = pounds + Fraction(match["shillings"]) / 20 + pence / 240
        unit = Unit("GBP", "MONEY", Fraction(1) if match["pounds"] else SHILLING)  # what a bare number after it means
        yield Draft(*match.span(), "MONEY", value, unit=unit, number_end=match.end(), number_start=match.start())
    for match in PENCE.finditer(text):
        value = (Fraction(match["pence"]) + Fraction(SIGNS.get(match["part"] or "", "0"))) * PENNY
        yield Draft(*match.span(), "MONEY", value, unit=Unit("GBP", "MONEY", PENNY), number_end=match.end(),
                    number_start=match.start())  # fmt: skip
    for match in SMALL_COINS.finditer(text):
        count = Fraction(COIN_COUNTS.get(fold(match["count"]), Fraction(1, 2)))
        count += 12 * (read_words(match["shillings"] or "zero") or 0)
        coin = SHILLING if match["shillings"] else PENNY
        yield Draft(*match.span(), "MONEY", count * PENNY, unit=Unit("GBP", "MONEY", coin), number_end=match.end(),
                    number_start=match.start())  # fmt: skip


def _roubles(text: str) -> Iterator[Draft]:
    for match in ROUBLES.finditer(text):
        value = Fraction(match["roubles"]) + Fraction(match["kopeks"]) / 100
        yield Draft(*match.span(), "MONEY", value, unit=Unit("RUB", "MONEY"), number_end=match.end(),
                    number_start=match.start())  # fmt: skip


def _one_in(text: str) -> Iterator[Draft]:
    for match in ONE_IN.finditer(text):
        count = Fraction(match["count"]) if match["count"].isdecimal() else read_words(match["count"])
        if count is not None and count > 1:
            yield Draft(*match.span(), "RATIO", 1 / count, number_end=match.end(), number_start=match.start())


def _multiples(text: str) -> Iterator[Draft]:
    """ "a sixfold rise", "twice the rent": so many times."""
    for match in FOLD.finditer(text):
        word = match["count"] or "two"
        value = Fraction(word) if word.isdecimal() else GREAT_FOLDS.get(fold(word)) or read_words(word)
        if value is not None and value > 1:
            yield Draft(*match.span(), "RATIO", value, unit=Unit("times", "RATIO"), number_end=match.end(),
                        number_start=match.start())  # fmt: skip


def _article_units(text: str) -> Iterator[Draft]:
    """ "more than a year", "for a mile and a half"; "half a year" is half of it."""
    for match in UNIT_AND_HALF.finditer(text):
        found = unit_after(text, match.start("unit") - 1, digits=False)
        if found is not None and found[1] == match.end("unit"):
            unit, (start, end) = found[0], match.span("span")
            value = (1 + HALVES[fold(match["half"])]) * unit.factor
            yield Draft(start, end, unit.kind, value, unit=unit, number_end=end, number_start=start)
    for match in ARTICLE_UNIT.finditer(text):
        found = unit_after(text, match.start("unit") - 1, digits=False)
        if found is None:
            continue
        unit = found[0]
        half_of = match[0].lower().startswith("half")
        value = Fraction(1, 2) if half_of else Fraction(3, 2) if match["half"] else Fraction(1)
        start = match.start() if half_of else match.start("span")
        yield Draft(start, match.end("span"), unit.kind, value * unit.factor, unit=unit, number_end=match.end("span"),
                    number_start=start)  # fmt: skip


def _without_overlap(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
        elif draft.number_start >= kept[-1].number_end and draft.start >= kept[-1].start:
            continue
    return kept
