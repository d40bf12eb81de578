"""What neighbouring figures share: a unit said once, a multiplier said once, the two ends of an interval or a change.

"from 19 to 33 millions of roubles" is two figures of roubles; "20 to 30 tons" is one figure with two ends; in
"two years and six months" one figure has two parts.

>>> from annotate.annotators.figure_drafts import draft_figures
>>> text = "from 58,7 to 84,7 percent"
>>> [(draft.unit.id, draft.role) for draft in share(text, draft_figures(text))]
[('%', 'from'), ('%', 'to')]
"""

from __future__ import annotations

import re
from fractions import Fraction

from annotate.annotators.date_context import NOT_PLURAL
from annotate.annotators.figure_drafts import Draft
from annotate.annotators.figure_elisions import SENTENCE_END, carry_far
from annotate.annotators.units import Unit

_S = r"[\s\u00a0\u2060]{1,3}"
_DASH = r"[\s\u2060]{0,2}(?:--|[-‐‑‒–—−])[\s\u2060]{0,2}"
MAX_GAP = 40
# What may stand between two figures that share a unit: "19 to 33", "86, 70, 60 and 34", "79 (in 1928) to 49"
GAP = re.compile(
    rf"""(?:{_S}\([^()]{{1,24}}\)|{_S}in{_S}\ue000{{4,9}})?(?:
      (?P<dash>{_DASH})
    | (?P<tolerance>[\s\u00a0]?±[\s\u00a0]?)
    | (?P<to>{_S}(?:to|up{_S}to|down{_S}to){_S})
    | (?P<or>{_S}or{_S}(?:even{_S}|at{_S}most{_S}|perhaps{_S})?)
    | (?P<and>,?{_S}and{_S}(?:even{_S}|then{_S}|finally{_S})?)
    | (?P<by>{_S}(?:by|x|×){_S})
    | (?P<list>,{_S}|;{_S})
    )(?:about{_S}|nearly{_S}|almost{_S}|some{_S}|over{_S}|only{_S}|then{_S}|the{_S})?""",
    re.VERBOSE,
)
FROM = re.compile(r"\bfrom\s(?:about\s|nearly\s|some\s|over\s|only\s|the\s)?\Z", re.IGNORECASE)
FROM_RANGE = re.compile(r"\bfrom\s[\d.,½¼¾]{1,10}(?:\sto\s|\sor\s|\s?[-–]\s?)\Z")  # "from 6 to 9 quintals to ..."
BETWEEN = re.compile(r"\bbetween\s(?:about\s|the\s)?\Z", re.IGNORECASE)
JOINING = re.compile(r"\b(?:to|or|by)\b|[-‐‑‒–—−]")
STATED_BEFORE = re.compile(r"[=:<>≤≥]\s?[-−]?\Z")
DIMENSIONS = re.compile(  # "40 rods long by 4 wide"
    r"\s(?:long|wide|broad|high|deep|thick|square|in\s(?:length|height|depth))(?:\sby|,?\sand|,)\s(?:about\s|some\s|only\s)?"
)
DIMENSION_AFTER = re.compile(r"\s(?:long|wide|broad|high|deep|thick|in\s(?:breadth|width|height|depth))\b")
OUT_OF = re.compile(rf"(?:{_S}times)?{_S}(?:out{_S}of|in{_S}every|of{_S}every|(?P<in>in)){_S}(?:every{_S})?")
CLOSED = re.compile(r"\s?(?:[.,;:)]|\Z)")
COUNTED_NEXT = re.compile(r"[\s\u00a0](?!(?:it|and|or|in|for|to|by|at|a|per|was|is|more|each)\b)[\w$£€]")
NOUN_AFTER = re.compile(r"[\s\u00a0](?P<word>[a-z]{3,})")
SHARED_KINDS = frozenset({"MONEY", "PERCENT", "QUANTITY", "DURATION"})
POINTS = Unit("pp", "PERCENT")
SENTENCE, NEIGHBOURS = 200, 8


def share(text: str, drafts: list[Draft]) -> list[Draft]:
    """Carry units and multipliers over, join intervals and composite lengths, name the ends of a change."""
    drafts = _carry_back(text, drafts)
    drafts = _carry_on(text, drafts)
    drafts = carry_far(text, _pounds(text, _points(text, drafts)))
    drafts = _mark_changes(text, drafts)
    return _join(text, drafts)


def _points(text: str, drafts: list[Draft]) -> list[Draft]:
    """The "six points" of a sentence that speaks of percentages are percentage points."""
    done = list(drafts)
    for place, draft in enumerate(drafts):
        near = drafts[max(0, place - NEIGHBOURS) : place + NEIGHBOURS]
        if draft.noun == "point" and any(d.kind == "PERCENT" and _same_sentence(text, d, draft) for d in near):
            done[place] = draft._replace(unit=POINTS, kind="PERCENT", noun=None, inferred=(*draft.inferred, "unit"))
    return done


def _pounds(text: str, drafts: list[Draft]) -> list[Draft]:
    """ "half a pound" is weight in a sentence that has weighed in pounds before."""
    done = list(drafts)
    for place, draft in enumerate(drafts):
        said = (
            draft.unit is not None
            and draft.unit.id == "GBP"
            and text[draft.start : draft.end].endswith(("pound", "pounds"))
        )
        before = done[max(0, place - NEIGHBOURS) : place] if said else []
        if any(d.unit is not None and d.unit.id == "lb" and _same_sentence(text, d, draft) for d in before):
            done[place] = draft._replace(unit=Unit("lb", "QUANTITY"), kind="QUANTITY")
    return done


def _same_sentence(text: str, a: Draft, b: Draft) -> bool:
    start, end = min(a.end, b.end), max(a.start, b.start)
    return end - start < SENTENCE and not SENTENCE_END.search(text, start, end)


def _gap(text: str, first: Draft, last: Draft) -> re.Match[str] | None:
    if not 0 <= last.start - first.end <= MAX_GAP:
        return None
    return GAP.fullmatch(text, first.end, last.start)


def _carry_back(text: str, drafts: list[Draft]) -> list[Draft]:
    """From the last of a row to those before it: "58,7 to 84,7 percent", "3, 5 and 7 millions"."""
    done = list(drafts)
    for place in range(len(done) - 2, -1, -1):
        first, last = done[place], done[place + 1]
        if first.numeral is None or last.numeral is None or first.numeral.fraction:
            continue
        gap = _gap(text, first, last)
        if gap is None or (gap["list"] and not _same_form(first, last)):
            continue
        if STATED_BEFORE.search(text[max(0, first.start - 3) : first.start]) and not (gap["dash"] or gap["to"]):
            continue  # "OR = .47, 95% CI"
        ends = last.value / (last.unit.factor if last.unit else 1)
        if (gap["to"] or gap["dash"]) and first.value > ends and not _is_from(text, first):
            continue  # "children under 13 to 9 hours"
        between = BETWEEN.search(text[max(0, first.start - 24) : first.start]) if gap["and"] else None
        factor = _elided_scale(first, last, gap, between=bool(between))
        bare = first.unit is None and first.noun is None
        if bare and last.unit is not None and last.unit.kind in SHARED_KINDS:
            inferred = ("unit", "scale") if factor > 1 else ("unit",)
            done[place] = _in_unit(first, last, factor)._replace(inferred=inferred, carried_scale=factor)
        elif factor > 1 and (bare or first.prefixed):
            shared = (*first.inferred, "scale")
            done[place] = first._replace(value=first.value * factor, noun=last.noun, inferred=shared)
        elif bare and last.noun is not None and not gap["list"]:
            done[place] = first._replace(noun=last.noun, inferred=("unit",))
    return done


def _in_unit(draft: Draft, other: Draft, scale: int) -> Draft:
    """A bare draft in the unit of another, its ends multiplied."""
    factor = scale * (other.unit.factor if other.unit else 1)
    top = None if draft.value_max is None else draft.value_max * factor
    return draft._replace(unit=other.unit, kind=other.kind, value=draft.value * factor, value_max=top)


def _is_from(text: str, draft: Draft) -> bool:
    return bool(FROM.search(text[max(0, draft.start - 24) : draft.start]))


def _same_form(first: Draft, last: Draft) -> bool:
    return bool(first.numeral and last.numeral and first.numeral.digits == last.numeral.digits)


def _elided_scale(first: Draft, last: Draft, gap: re.Match[str], *, between: bool) -> int:
    """The multiplier that the second number says for both: "19 to 33 millions", "five or six hundred"."""
    if first.numeral is None or last.numeral is None or (gap["list"] and last.unit is None):
        return 1
    scale = max(last.numeral.scale, last.carried_scale)
    if gap["dash"] and scale == 1 and _rounds_to_thousands(first, last):
        return 1000  # "20-30,000 men"
    if scale == 1 or first.numeral.scale > 1 or first.numeral.value_max is not None or first.noun is not None:
        return 1
    if (gap["and"] or gap["list"]) and last.numeral.digits is False and not between:
        return 1
    head = last.value / scale
    return scale if first.numeral.value <= max(head, Fraction(1)) * 10 and first.numeral.value < 1000 else 1


def _rounds_to_thousands(first: Draft, last: Draft) -> bool:
    """True where the first number means thousands as the second does: "20-30,000 men"."""
    if first.value_max is not None or last.value_max is not None or first.value.denominator != 1:
        return False
    return last.value % 1000 == 0 and first.value < last.value / 1000 < 1000


def _carry_on(text: str, drafts: list[Draft]) -> list[Draft]:
    """From the first of a pair to the second: "$20 to 30", "from 200,000 tons to 5 millions"."""
    done = list(drafts)
    for place in range(1, len(done)):
        first, last = done[place - 1], done[place]
        if last.unit is not None or last.noun is not None or last.numeral is None or last.numeral.fraction:
            continue
        if first.unit is None or first.kind not in SHARED_KINDS:
            continue
        gap = text[first.end : last.start] if last.start - first.end <= MAX_GAP else None
        if gap is None or not _continues(text, first, last, gap):
            continue
        done[place] = _in_unit(last, first, 1)._replace(inferred=("unit",))
    return done


def _continues(text: str, first: Draft, last: Draft, gap: str) -> bool:
    """True where the second number has no noun of its own and the words between bind it to the first."""
    noun = NOUN_AFTER.match(text, last.end)
    if noun and noun["word"].endswith("s") and noun["word"] not in NOT_PLURAL:
        return False
    if first.kind == "QUANTITY" and DIMENSIONS.fullmatch(gap):
        return bool(DIMENSION_AFTER.match(text, last.end) or CLOSED.match(text, last.end))
    if gap == " and " and BETWEEN.search(text[max(0, first.start - 24) : first.start]):
        return "unit" in first.inferred and bool(CLOSED.match(text, last.end))
    if GAP.fullmatch(gap):
        return not gap.strip().startswith((",", ";")) and bool(JOINING.search(gap))
    risen = FROM.search(text[max(0, first.start - 24) : first.start]) or FROM_RANGE.search(
        text[max(0, first.start - 36) : first.start]
    )
    return bool(re.fullmatch(r"[^.;:!?]{0,30}\bto\s(?:about\s|some\s|between\s)?", gap)) and bool(risen)


def _mark_changes(text: str, drafts: list[Draft]) -> list[Draft]:
    """ "from 20 tons to 30 tons": two figures, with their roles."""
    done = list(drafts)
    for place in range(len(done) - 1):
        first, last = done[place], done[place + 1]
        if not FROM.search(text[max(0, first.start - 24) : first.start]) or last.start - first.end > 60:
            continue
        same = first.kind == last.kind and (first.unit is None) == (last.unit is None)
        if same and re.search(r"\bto\s(?:\w{4,7}\s)?\Z", text[first.end : last.start]):
            done[place], done[place + 1] = first._replace(role="from"), last._replace(role="to")
    return done


def _join(text: str, drafts: list[Draft]) -> list[Draft]:
    joined: list[Draft] = []
    for draft in drafts:
        both = _pair(text, joined[-1], draft) if joined else None
        if both is None:
            joined.append(draft)
        else:
            joined[-1] = both
    return joined


def _pair(text: str, first: Draft, last: Draft) -> Draft | None:
    return _interval(text, first, last) or _composite(text, first, last) or _share_of(text, first, last)


def _share_of(text: str, first: Draft, last: Draft) -> Draft | None:
    """The fraction of "5 out of 6 workers", "nine in every ten", "1 in 20"."""
    gap = OUT_OF.fullmatch(text, first.number_end, last.start) if last.start - first.number_end < 20 else None
    if gap is None or last.kind != "COUNT" or first.numeral is None or not 0 < first.value < last.value <= 10_000:
        return None
    if gap["in"] and first.value != 1:
        return None
    return first._replace(
        end=last.number_end,
        number_end=last.number_end,
        kind="RATIO",
        value=first.value / last.value,
        unit=None,
        noun=None,
    )


def _interval(text: str, first: Draft, last: Draft) -> Draft | None:
    """One figure of "20 to 30 tons", "between 20 and 30", "five or six hundred"."""
    gap = _gap(text, first, last)
    if gap is None or first.role or last.role or first.modifier_vague or last.modifier_vague:
        return None
    if first.value_max is not None or last.value_max is not None or first.value >= last.value:
        return None
    same_unit = _unit_id(first) == _unit_id(last) and (first.noun == last.noun or first.noun is None)
    if not same_unit:
        return None
    between = BETWEEN.search(text[max(0, first.start - 24) : first.start])
    near = gap["or"] and last.value <= first.value * 2 and "most" not in gap["or"]
    if not (gap["dash"] or gap["to"] or near or (gap["and"] and between)):
        return None
    inferred = tuple(name for name in last.inferred if name not in first.inferred)
    return last._replace(
        start=first.start, value=first.value, value_max=last.value, inferred=inferred, number_start=first.number_start,
        kind=first.kind if first.unit else last.kind,
    )  # fmt: skip


def _unit_id(draft: Draft) -> str | None:
    """The unit that the value is in; "8d. to 1s." has two names and one unit."""
    return draft.unit.id if draft.unit else None


def _composite(text: str, first: Draft, last: Draft) -> Draft | None:
    """One length of "two years and six months", one sum of "two pounds ten shillings"."""
    cents = _cents(text, first, last)
    if cents is not None:
        return first._replace(end=last.end, value=first.value + cents)
    if first.unit is None or last.unit is None or first.kind != last.kind or first.value_max or last.value_max:
        return None
    if not re.fullmatch(rf",?{_S}(?:and{_S})?", text[first.end : last.start][:12]):
        return None
    if first.kind == "DURATION" and "unit" in first.inferred:
        return None  # "aged seventy-six, thirteen days after"
    if first.kind == "QUANTITY":
        part = LESSER_UNITS.get((first.unit.id, last.unit.id))
        if part is None or last.value * part >= 1:
            return None
        return first._replace(end=last.end, value=first.value + last.value * part)
    if first.kind == "DURATION":
        part = _PARTS.get((first.unit.id, last.unit.id))
        if part is None:
            return None
        return first._replace(end=last.end, value=first.value + last.value * part)
    part = COIN_PARTS.get((first.unit.id, last.unit.id))
    if first.kind == "MONEY" and part is not None and last.value * part < 1:
        return first._replace(end=last.end, value=first.value + last.value * part, prefixed=False)
    smaller = last.unit.factor < first.unit.factor and first.unit.id == last.unit.id
    if first.kind == "MONEY" and smaller and last.value < first.unit.factor:
        return first._replace(end=last.end, value=first.value + last.value, prefixed=False)
    return None


def _cents(text: str, first: Draft, last: Draft) -> Fraction | None:
    """The hundredths of "16 dollars 50", where nothing follows that they could count."""
    if first.kind != "MONEY" or last.noun or last.numeral is None or last.number_start < first.end or first.value_max:
        return None
    whole = first.numeral is not None and first.numeral.value.denominator == 1 and first.numeral.scale == 1
    bare = last.unit is None or "unit" in last.inferred
    if not (whole and bare and 10 <= last.numeral.value < 100 and last.numeral.value.denominator == 1):
        return None
    gap = text[first.end : last.start]
    alone = gap == " and " and CLOSED.match(text, last.end)  # "15 dollars and 50."
    if not alone and (first.prefixed or gap != " " or COUNTED_NEXT.match(text, last.end)):
        return None
    return last.numeral.value / 100


# Coins of account that were always so to each other (Spufford, Handbook of Medieval Exchange, 1986); the groschen of a
# thaler were 24 or 30, so they are not among them
COIN_PARTS = {
    ("livre", "sou"): Fraction(1, 20),
    ("livre", "denier"): Fraction(1, 240),
    ("NLG", "stuiver"): Fraction(1, 20),
    ("florin", "kreuzer"): Fraction(1, 60),
    ("florin", "stuiver"): Fraction(1, 20),
    ("peso", "real"): Fraction(1, 8),
    ("real", "maravedi"): Fraction(1, 34),
    ("ducat", "maravedi"): Fraction(1, 375),
}
# "11 ft. 4 in.", "5 lb. 3 oz.": one measure in two units (Zupko, Dictionary of Weights and Measures, 1985)
LESSER_UNITS = {
    ("foot", "inch"): Fraction(1, 12),
    ("yard", "foot"): Fraction(1, 3),
    ("mile", "furlong"): Fraction(1, 8),
    ("mile", "yard"): Fraction(1, 1760),
    ("lb", "ounce"): Fraction(1, 16),
    ("hundredweight", "lb"): Fraction(1, 112),
    ("ton", "hundredweight"): Fraction(1, 20),
    ("quarter", "bushel"): Fraction(1, 8),
    ("bushel", "peck"): Fraction(1, 4),
    ("acre", "rood"): Fraction(1, 4),
    ("pood", "funt"): Fraction(1, 40),
    ("sazhen", "arshin"): Fraction(1, 3),
}
_PARTS = {
    ("year", "month"): Fraction(1, 12),
    ("year", "week"): Fraction(7, 365),
    ("year", "day"): Fraction(1, 365),
    ("month", "day"): Fraction(1, 30),
    ("week", "day"): Fraction(1, 7),
    ("day", "hour"): Fraction(1, 24),
    ("hour", "minute"): Fraction(1, 60),
    ("minute", "second"): Fraction(1, 60),
}
