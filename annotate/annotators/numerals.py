"""Numerals in a text, in digits and in words, read exactly: "5 millions", "58,7", "1½", "three-fifths", "dozens".

A comma or point is decided for each numeral, by its digits; only where they do not tell ("1.234") does the vote of the
whole document: the seed of all trouble is a text that has both "200,000 tons" and "58,7 percent".

>>> [str(numeral.value) for numeral in find_numerals("From 200,000 tons to 5 millions, or 58,7 percent")]
['200000', '5000000', '587/10']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from annotate.annotators.number_words import FRACTIONS, MULTIPLIERS, PLURALS, TENS, UNITS, fold, read_words

SIGNS = {"¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
         "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}  # fmt: skip
SHORT_SCALES = {"m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "bn": 10**9, "mld": 10**9, "mrd": 10**9,
                "bln": 10**9, "k": 1000, "tn": 10**12}  # fmt: skip
BANDS = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "tens": (20, 99),
    "hundreds": (100, 999),
    "thousands": (1000, 9999),
    "tens of thousands": (10_000, 99_999),
    "hundreds of thousands": (100_000, 999_999),
    "millions": (10**6, 10**7 - 1),
    "tens of millions": (10**7, 10**8 - 1),
    "hundreds of millions": (10**8, 10**9 - 1),
    "billions": (10**9, 10**10 - 1),
}
THOUSAND = 1000
SCALES_TOUCH = re.compile(r"[\s\u00a0]{1,2}(?:and[\s\u00a0])?")
MAX_DIGITS = 40  # a longer run of digits is no number that a text argues with

_S = r"[\s\u00a0\u2060\u2009\u202f]{1,3}"
_SCALE = "|".join(sorted([*MULTIPLIERS, *PLURALS], key=len, reverse=True)).replace("gross", r"gross(?=\sof\b)")
_WORD = "|".join(sorted([*UNITS, *TENS, *MULTIPLIERS, *PLURALS], key=len, reverse=True)).replace(
    "gross",
    r"gross(?=\sof\b)",  # "52,000 gross tons" are no dozens of dozens
)
_PART = "|".join(sorted(FRACTIONS, key=len, reverse=True))

DIGITS = re.compile(
    rf"""
    (?:(?<![\w.,%)\]°!?;\ue000])(?<![\w\ue000]\u2060)(?<![\w.,!?;:)][”’"'])(?<![A-Za-z][-‐‑])   # not month1, treaty.14, 9%3, the end,”7 or F-16
      |(?<=\b[A-Z]{{3}}))                                                  # USD115
    (?:
      (?P<sign_only>[{"".join(SIGNS)}])
    | (?P<fraction>(?:(?P<whole>\d{{1,4}})(?:{_S}|-))?(?P<top>\d{{1,3}})[/⁄](?P<bottom>[1-9]\d{{0,3}}))
        (?![\d/])                                                                                       # 1 1/2
    | (?P<number>
        (?P<indian>\d{{1,2}}(?:,\d{{2}}){{1,4}},\d{{3}}(?:\.\d{{1,2}})?)(?![\d,])                       # 12,34,567.89
      | (?P<torn>\d{{1,3}},[\s]000)(?!\d)                                                            # 80, 000
      | (?P<grouped>\d{{1,3}}(?P<sep>[,.'’\u00a0\u2009\u202f ])\d{{3}}(?:(?P=sep)\d{{3}})*)
        (?!\d)(?P<rest>[.,·]\d+(?![.,]?\d))?
      | (?P<plain>\d+)(?P<point>[.,·]\d+(?!\d|[.,]\d))?
      | (?P<bare_point>\.\d+)
      )(?P<sign>[{"".join(SIGNS)}])?
    )
    (?:
      (?P<scales>(?:(?:{_S}|-)(?:{_SCALE})(?![\w])){{1,2}})(?P<half>{_S}and{_S}a{_S}half(?!\w))?  # 2 millions
    | [\s\u00a0]?(?P<short>{"|".join(sorted(SHORT_SCALES, key=len, reverse=True))})(?![\w/²³])           # $5bn, 4 mln
    | {_S}and{_S}(?P<tail>a{_S}half|a{_S}quarter|three{_S}quarters)(?!\w)                                # 2 and a half
      (?:{_S}(?P<tail_scale>{_SCALE})(?!\w))?
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
WORDS = re.compile(
    rf"""
    (?<![\w])(?<![A-Za-z][’'])
    (?:
      (?P<vague>(?:(?:tens|dozens|scores|hundreds){_S}of{_S})?(?:thousands|millions|billions|hundreds)|dozens|scores(?={_S}of\b))
    | (?P<several>several|a{_S}few|many|some){_S}(?P<several_scale>hundred|thousand|million|dozen)s?
    | (?P<part_of>(?P<part_top>half|an?{_S}half|an?{_S}quarter|one{_S}quarter|quarter|three[\s-]quarters)
        {_S}(?:of{_S})?(?:an?{_S})?(?P<part_scale>hundred|thousand|million|milliard|billion|dozen))   # half a million
    | (?P<parts>(?P<parts_top>an?|one|two|three|four|five|six|seven|eight|nine)(?:{_S}|-)
        (?P<parts_bottom>{_PART}|halve)(?P<parts_plural>s)?(?:(?:{_S}|-)parts?)?)                        # three-fifths
    | (?P<half_only>half|halves)
    | (?P<one_in>(?P<one_in_top>one|two|three|four|seven|nine){_S}in{_S}(?:every{_S})?(?P<one_in_word>(?:{_WORD})))                                              # one in twelve
    | (?P<words>(?:an?{_S}(?={_SCALE}))?(?:{_WORD})(?:(?:{_S}|-)(?:and(?:{_S}|-))?(?:{_WORD}))*)  # three hundred and
      (?:{_S}and{_S}(?P<words_tail>a{_S}half|a{_S}quarter|three{_S}quarters)(?:{_S}(?P<words_scale>{_SCALE}))?)?
    )(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
POWER_OF_TEN = re.compile(
    r"[\s\u00a0]?[x×·][\s\u00a0]?10[\s\u00a0]?\^?([-−][\s]?\d{1,2}|(?<=\^)\d{1,2}|(?<=\d[.,]\d×10)\d{1,2}|(?<=\d[.,]\d\s×\s10)\d{1,2})(?![\d.,]\d|\d)"
)  # 2.4 × 10^27, 5 x 10-5, and 1.6×103 where a raised 3 fell down
MINUS_SIGN = str.maketrans("−", "-", " ")
# "minus 48 degrees", "–54 °F": a dash is a minus only before degrees
BELOW_ZERO = re.compile(r"(?:(?<![^\s(])[–—]|(?<![^\s(])minus\s)\Z", re.IGNORECASE)
DEGREES = re.compile(r"\s?(?:°|º|℃|degrees?\b)")
MINUS = re.compile(r"(?:\A|\(|[^\d\s][\s(])[-−]\Z")
BESIDE_SIGNS = frozenset({"m", "k", "tn"})  # a million only beside a currency sign: "$5m", but "5 m"
CURRENCY_SIGN = re.compile(r"[$£€¥₽₴₹₤]\s?")
VERSION = re.compile(r"0[.,]\d{3}[.,].*", re.DOTALL)  # 0.100.150 is no number
TAILS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "quarters": Fraction(3, 4)}
DECIMAL_COMMA = re.compile(
    r"(?<![\d.,])(?:\d{1,3}|\d{1,3}(?:\.\d{3}){1,4}),(?:\d{1,2}|\d{4,8})(?![\d,]|\.\d)|(?<![\d.,])\d{1,3}(?:\.\d{3}){2,4}(?![\d.])"
)
THOUSANDS_COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{3}(?:,\d{3})*(?!\d)")
HEADS_AFTER = re.compile(  # nobody counts thousandths of a man: "12.500 men"
    rf"{_S}(?:men|women|people|persons|inhabitants|souls|families|households|houses|soldiers|workers|peasants|slaves|horses"
    r"|prisoners|deaths|births|emigrants|settlers|copies|troops|ships|sheep|cattle)\b(?!\sper\b)"
)
DECIMAL_POINT = re.compile(r"(?<![\d.,])\d{1,3}\.(?:\d{1,2})(?![\d.,])")


class Vote(NamedTuple):
    """How often the document writes each separator where the digits leave no doubt."""

    decimal_commas: int = 0
    thousands_commas: int = 0
    decimal_points: int = 0

    @property
    def point_groups(self) -> bool:
        """True where "1.234" means a thousand: decimal commas, and no decimal point."""
        return self.decimal_commas > 0 and self.decimal_points == 0 and self.thousands_commas == 0


class Numeral(NamedTuple):
    """A numeral with its span, value, the upper end of a vague one, its scale, and how it was written."""

    start: int
    end: int
    value: Fraction
    value_max: Fraction | None = None
    scale: int = 1
    digits: bool = False
    precision: int | None = None
    fraction: bool = False


def vote_separators(text: str) -> Vote:
    """Count the clear cases of a document."""
    return Vote(
        *(sum(1 for _ in pattern.finditer(text)) for pattern in (DECIMAL_COMMA, THOUSANDS_COMMA, DECIMAL_POINT))
    )


def find_numerals(text: str, vote: Vote = Vote()) -> list[Numeral]:  # noqa: B008 - a tuple, never changed
    """The numerals of a text in order; digits win where words and digits overlap."""
    digits = [numeral for match in DIGITS.finditer(text) if (numeral := _read_digits(match, vote))]
    found = list(digits)
    place = 0
    for numeral in (numeral for match in WORDS.finditer(text) for numeral in _read_word_match(match)):
        while place < len(digits) and digits[place].end <= numeral.start:
            place += 1
        if place == len(digits) or numeral.end <= digits[place].start:
            found.append(numeral)
    return _sum_scales(text, sorted(found))


def _sum_scales(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """One number of "3 crore 12 lakh" and "2 million 500 thousand": each part smaller than the multiplier before it."""
    summed: list[Numeral] = []
    for numeral in numerals:
        before = summed[-1] if summed else None
        if (
            before is not None
            and before.scale > numeral.value
            and numeral.scale >= THOUSAND
            and before.value_max is None is numeral.value_max
            and SCALES_TOUCH.fullmatch(text, before.end, numeral.start)
        ):
            summed[-1] = before._replace(end=numeral.end, value=before.value + numeral.value, scale=numeral.scale)
        else:
            summed.append(numeral)
    return summed


def exact_text(value: Fraction) -> str:
    """A decimal without exponent or trailing zeros where there is one, else a fraction: "58.7", "1/3"."""
    bottom, twos, fives = value.denominator, 0, 0
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    if bottom != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def read_number(match: re.Match[str], vote: Vote) -> tuple[Fraction, int]:
    """The number of a match of DIGITS and its decimals, its separators decided."""
    if match["bare_point"]:
        return Fraction("0" + match["bare_point"]), len(match["bare_point"]) - 1
    if match["indian"] or match["torn"]:
        return Fraction(re.sub(r"[,\s]", "", match["indian"] or match["torn"])), 0
    if match["plain"]:
        decimals = (match["point"] or "")[1:]
        return Fraction(f"{match['plain']}.{decimals or 0}"), len(decimals)
    grouped, sep, rest = match["grouped"], match["sep"], (match["rest"] or "")[1:]
    heads = vote.decimal_points == 0 and bool(HEADS_AFTER.match(match.string, match.end()))
    if not _is_grouped(grouped, sep, rest, point_groups=vote.point_groups or heads):
        head, _, tail = grouped.partition(sep)
        return Fraction(f"{head}.{tail}"), len(tail)
    return Fraction(f"{grouped.replace(sep, '')}.{rest or 0}"), len(rest)


def _is_grouped(grouped: str, sep: str, rest: str, *, point_groups: bool) -> bool:
    """True where the separator parts thousands: "200,000" and "1.234.567" do, "0,125" and "3.142" do not."""
    if grouped.startswith("0"):
        return False
    if sep == "." and grouped.count(sep) == 1 and not rest:
        return point_groups
    return True


def _read_digits(match: re.Match[str], vote: Vote) -> Numeral | None:
    if match.end() - match.start() > MAX_DIGITS or VERSION.fullmatch(match[0]):
        return None
    precision: int | None = None
    if match["sign_only"]:
        value = Fraction(SIGNS[match["sign_only"]])
    elif match["fraction"]:
        value = Fraction(int(match["whole"] or 0)) + Fraction(int(match["top"]), int(match["bottom"]))
    else:
        value, precision = read_number(match, vote)
        value += Fraction(SIGNS.get(match["sign"] or "", "0"))
    start, minus = _minus(match)
    scale, end = _digit_scale(match)
    power = POWER_OF_TEN.match(match.string, end) if end == match.end() and scale == 1 else None
    if power:
        value, end, precision = value * Fraction(10) ** int(power[1].translate(MINUS_SIGN)), power.end(), None
    if match["half"] or match["tail"]:
        value += TAILS[fold(match["half"] or match["tail"]).split()[-1]]
    fraction = bool(match["sign_only"] or match["fraction"]) and value < 1
    value = -value * scale if minus else value * scale
    return Numeral(start, end, value, None, scale, True, precision, fraction)


def _digit_scale(match: re.Match[str]) -> tuple[int, int]:
    """The multiplier of a match of DIGITS, and where the numeral ends: "5 m" without a currency sign is just 5."""
    short = match["short"]
    if short is None:
        scale = _scale_of(match["tail_scale"])
        for word in re.findall(r"\w+", match["scales"] or ""):
            scale *= _scale_of(word)
        return scale, match.end()
    signed = CURRENCY_SIGN.search(match.string, max(0, match.start() - 2), match.start())
    if fold(short) in BESIDE_SIGNS and not signed:
        end = match.start("short")
        return 1, end - 1 if match.string[end - 1].isspace() else end
    return SHORT_SCALES[fold(short)], match.end()


def _minus(match: re.Match[str]) -> tuple[int, bool]:
    """A minus sign right before the digits, where no number stands before it: "-0.7", but not "75 -300"."""
    start = match.start()
    below = BELOW_ZERO.search(match.string, max(0, start - 6), start)
    if below and DEGREES.match(match.string, match.end()):
        return below.start(), True
    minus = bool(MINUS.search(match.string, max(0, start - 4), start))
    return (start - 1, True) if minus else (start, False)


def _read_word_match(match: re.Match[str]) -> Iterator[Numeral]:
    start, end = match.span()
    if match["vague"]:
        low, high = BANDS.get(fold(match["vague"]), (100, 10**6))
        yield Numeral(start, end, Fraction(low), Fraction(high))
    elif match["several"]:
        scale = MULTIPLIERS[fold(match["several_scale"])]
        yield Numeral(start, end, Fraction(2 * scale), Fraction(9 * scale), scale)
    elif match["part_of"]:
        part = TAILS[re.split(r"[\s-]", fold(match["part_top"]))[-1]]
        yield Numeral(start, end, part * _scale_of(match["part_scale"]))
    elif match["parts"]:
        yield from _read_parts(match)
    elif match["half_only"]:
        yield Numeral(start, end, Fraction(1, 2), fraction=True)
    elif match["one_in"]:
        number = read_words(match["one_in_word"])
        top = UNITS[fold(match["one_in_top"])]
        if number and number > top:
            yield Numeral(start, end, top / number, fraction=True)
    else:
        yield from _read_phrase(match)


def _read_parts(match: re.Match[str]) -> Iterator[Numeral]:
    """ "three-fifths", "one third", "a tenth part"; "a second" and "two third" are no fractions."""
    top_word = fold(match["parts_top"])
    top = 1 if top_word in ("a", "an") else UNITS[top_word]
    name = fold(match["parts_bottom"])
    bottom = 2 if name == "halve" else FRACTIONS[name]
    if (top > 1) != bool(match["parts_plural"]):
        if top > 1:
            yield Numeral(match.start("parts_top"), match.end("parts_top"), Fraction(top))
        return
    yield Numeral(match.start(), match.end(), Fraction(top, bottom), fraction=True)


def _read_phrase(match: re.Match[str]) -> Iterator[Numeral]:
    """One number where the words make one; else each longest run of them that does."""
    offset = match.start("words")
    words = [(found.start() + offset, found.end() + offset) for found in re.finditer(r"[A-Za-z]+", match["words"])]
    tail = match["words_tail"]
    place = 0
    while place < len(words):
        for stop in range(min(len(words), place + 12), place, -1):
            start, end = words[place][0], words[stop - 1][1]
            value = read_words(match.string[start:end])
            if value is not None:
                scale = _trailing_scale([match.string[a:b] for a, b in words[place:stop]])
                if tail and stop == len(words):
                    value = (value + TAILS[fold(tail).split()[-1]] * scale) * _scale_of(match["words_scale"])
                    end = match.end()
                yield Numeral(start, end, value, None, scale)
                break
        else:
            stop = place + 1
        place = stop


def _trailing_scale(words: list[str]) -> int:
    """What the words at the end multiply by: 100,000 of "four hundred thousand"; the first word counts itself."""
    scale = 1
    for word in reversed(words[1:]):
        if _scale_of(word) == 1:
            break
        scale *= _scale_of(word)
    return scale


def _scale_of(word: str | None) -> int:
    """What "million" or "millions" multiplies by; 1 for a word that is no multiplier, and for none."""
    name = fold(word or "")
    return MULTIPLIERS.get(PLURALS.get(name, name), 1)
