"""Parts and wholes: shares, subsets, sums, and percentages that make up a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import msgspec

from annotate.checks.passages import ABOUT, AMOUNT, FIGURE, FIGURES, PERCENT, SHARE, Item, Passage
from annotate.checks.results import Computed, Result, compared, decided, same_measure, total
from annotate.checks.tolerance import shown, value_of, written
from schemas.records import Verdict

_WORDS = rf"[^{FIGURES}.;]"
_SAME = r"(?:(?:,? |(?<=\())(?:or|i\.e\.,?|that is(?: to say)?,?|equal to|equivalent to|namely|in other words|which (?:is|was|makes|made)|making|representing|amounting to)|,| ?\(| ?[—–=-]| as much as){1,2}"
# "118 agreements, of which 64, or 54 percent"; "64 of the 118, or 54 percent"; "Of 118 agreements 64 (54 percent)"
OF_WHICH = re.compile(
    rf"(?P<whole>{AMOUNT})(?! of (?:which|whom|these|them|those)\b){_WORDS}{{0,80}}?\b(?:of|among|from) (?:which|whom|these|them|those){_WORDS}{{0,40}}? ?{ABOUT}(?P<part>{AMOUNT})"
    rf"(?:{_WORDS}{{0,60}}?{_SAME} ?{ABOUT}(?P<share>{SHARE}))?"
)
OF_THE = re.compile(
    rf"(?P<part>{AMOUNT})(?P<gap>{_WORDS}{{0,24}}?)\b(?P<link>out of|of|among) (?P<the>(?:the|its|these|those|his|her|their|all|every|a total of) )?(?:\w+ )?(?P<whole>{AMOUNT})"
    rf"(?:{_WORDS}{{0,70}}?{_SAME} ?{ABOUT}(?P<share>{SHARE}))?"
)
OF_FIRST = re.compile(
    rf"(?:\A|[,;:(—–] ?|\b(?:and|but|that|while|whereas) )(?:[Oo]f|[Aa]mong|[Oo]ut of) (?:(?:the|a|its|these|those|his|her|their|all|some|about) )?(?:\w+ ){{0,2}}?(?:of )?(?:the )?(?P<whole>{AMOUNT})(?P<between>{_WORDS}{{0,60}}?[, ])(?<! at )(?<! to )(?<! by )(?<! for ) ?{ABOUT}(?P<part>{AMOUNT})"
    rf"(?:{_WORDS}{{0,60}}?{_SAME} ?{ABOUT}(?P<share>{SHARE}))?"
)
SHARE_FIRST = re.compile(
    rf"(?P<share>{SHARE}){_WORDS}{{0,12}}?\bof (?:the|its|these|those|his|her|their|all|a total of)? ?(?:\w+ )?(?P<whole>{AMOUNT}){_WORDS}{{0,70}}?{_SAME} ?{ABOUT}(?P<part>{AMOUNT})"
)
# "The survey covered 900 farms; 300 of them, or a third, lay in Saxony"
OF_THEM = re.compile(
    rf"(?P<whole>{AMOUNT})[^{FIGURES}.]{{0,80}}?[;,:—–(] ?(?:and |but )?{ABOUT}(?P<part>{AMOUNT}) of (?:them|these|those|which|whom)\b"
    rf"(?:{_WORDS}{{0,60}}?{_SAME} ?{ABOUT}(?P<share>{SHARE}))?"
)
# "118 and 218, of which 64 and 139, or 54 and 64 percent"
ROWS = re.compile(
    rf"(?P<wholes>{AMOUNT}{_WORDS}{{0,90}}?\band {ABOUT}{AMOUNT}){_WORDS}{{0,60}}?\b(?:of|from|among) (?:which|whom|these|them) {ABOUT}(?P<parts>{AMOUNT} and {ABOUT}{AMOUNT})"
    rf"(?:{_SAME} ?{ABOUT}(?P<shares>{SHARE} and {ABOUT}{SHARE}))?"
)
_REST_WORD = rf"(?:the|its|their|a) (?:remaining|rest|remainder|balance)|the others? (?={ABOUT}{FIGURE})"
# "5 tons of iron, 7 tons of tin and 8 tons of lead, in all 20 tons"; "a total of 20 tons: 5 of iron, 7 of tin and 8 of lead"
_TOTAL = r"(?:in all|altogether|in total|all told|a total of|together|a sum of|in the aggregate|making|totall?ing|for a total of|adding up to|summing to|which makes|which made|giving|i\.e\. a total of)"
_LIST = rf"{AMOUNT}(?:(?={_WORDS}{{0,60}}(?:[,;]| and\b| plus\b| or\b))[^{FIGURES}.]{{1,100}}{AMOUNT}){{1,9}}"
SUM_LAST = re.compile(
    rf"(?P<list>{_LIST}){_WORDS}{{0,60}}?\b{_TOTAL},?(?: (?:of|to|the|it|was|were|came to|making|paid|sold|some|about|nearly)){{0,3}} ?{ABOUT}(?P<total>{AMOUNT})(?!{_WORDS}{{0,6}}{FIGURE})"
)
SUM_LAST_AFTER = re.compile(
    rf"(?P<list>{_LIST}){_WORDS}{{0,40}}?,{_WORDS}{{0,20}}? ?{ABOUT}(?P<total>{AMOUNT}),? (?:in all|altogether|in total|all told|together)\b"
)
SUM_FIRST = re.compile(
    rf"(?P<total>{AMOUNT})(?P<gap>{_WORDS}{{0,90}}?(?:consist\w+ of|made up of|compos\w+ of|compris\w+|divided into|namely|that is,?|broken down into|split (?:into|between)|distributed as follows|:)){_WORDS}{{0,60}}?(?P<list>{_LIST})"
)
REST = re.compile(
    rf"(?P<total>{AMOUNT}){_WORDS}{{0,80}}?(?:\b(?:of|among) (?:which|whom|these|them|those)|[:,]){_WORDS}{{0,40}}?(?P<list>{AMOUNT}(?:{_WORDS}{{0,60}}?{AMOUNT}){{0,6}}?{_WORDS}{{0,60}}?\b(?:{_REST_WORD}){_WORDS}{{0,20}}?{ABOUT}{AMOUNT})"
)
HUNDRED = re.compile(rf"(?P<list>{PERCENT}(?:{_WORDS}{{0,140}}?{PERCENT}){{1,7}})")
REST_IN = re.compile(rf"\b(?:{_REST_WORD})\b", re.IGNORECASE)
SPLIT_IN = re.compile(
    r"\b(?:divided|split|distributed|made up|composed|consisted|broke down|was shared|were shared)\b", re.IGNORECASE
)
OF_WHOLE = re.compile(rf"{PERCENT} (?:of|was|were|went|is)\b")  # "56% of investment went to steel, and 6% was spent"
MADE_UP = re.compile(
    rf"\b(?:made up|constituted|formed|accounted for|comprised|represented) {ABOUT}(?P<share>{PERCENT})(?: of\b)"
)
OVER = re.compile(
    rf"(?P<share>{PERCENT}) of (?:the |all |its |their )?(?:[a-z-]+ )?[a-z]{{3,}}s(?: [a-z]+){{0,3}}? (?:were|was|had|voted|lived|belonged|owned|could|worked|held)\b"
)
ZERO = re.compile(
    rf"\b(?:did not|didn’t|never) (?:grow|increase|change|rise|fall|move)\b{_WORDS}{{0,30}}?(?P<zero>{PERCENT})"
)


PART_OF_PART = re.compile(rf"{AMOUNT} of (?:these|them|those|which|whom)\b|\bof (?:which|whom|these) {ABOUT}{AMOUNT}")
EQUAL = re.compile(r"\b(?:equal|equivalent|worth)\b")  # one sum said in two kinds of money
APART = re.compile(r"±|\b(?:compared with|versus|against|while|whereas)\b")  # percentages of different wholes
IN_ALL = re.compile(r"\b(?:[Ii]n all|[Aa]ltogether|[Ii]n total|[Aa] total of|[Tt]he total)\b")
EITHER = frozenset({" or ", " and ", " to ", " or", " and", " to"})  # "of a hundred or a thousand"
ATTRIBUTE = re.compile(
    r"\]|\b(?:exceeding|population|aged|worth|having|containing|earning|holding|with|measuring|paying|averaging)\b"
)
NO_PART = re.compile(
    r"\b(?:at|rate|average|price|worth|cost|each|per|total|instead|value|and|was|were|is|are)\b|\]"
)  # "20 marks at a rate of 5 marks"


def check_parts(passage: Passage) -> Iterator[Result]:
    """Shares, subsets and sums of a sentence."""
    if len(passage.items) > 1:
        yield from _shares(passage)
        yield from _sums(passage)
        yield from _hundreds(passage)
    for match in (*OVER.finditer(passage.text), *MADE_UP.finditer(passage.text)):
        share = passage.items[match["share"]]
        if value_of(share) > 100:
            yield decided(
                "percent-bound",
                (share,),
                holds=False,
                words=f"{share.quote} is more than the whole",
                claimed=share.quote,
            )
    for match in ZERO.finditer(passage.text):
        item = passage.items[match["zero"]]
        yield decided(
            "no-change",
            (item,),
            holds=value_of(item) == 0,
            words=f"no change is 0 percent; the text says {item.quote}",
            claimed=item.quote,
        )


def _shares(passage: Passage) -> Iterator[Result]:
    done: set[str] = set()
    for match in ROWS.finditer(passage.text):
        wholes, parts, shares = (passage.all(match[name] or "") for name in ("wholes", "parts", "shares"))
        wholes = [item for item in wholes if item.ann.layer == "figure"][-2:]
        if len(wholes) == 2 == len(parts) and all(map(same_measure, wholes, parts)):
            done |= {char for char in match[0] if char in passage.items}
            for place, (whole, part) in enumerate(zip(wholes, parts, strict=True)):
                yield from _part_of(whole, part, shares[place] if shares else None)
    for pattern in (OF_WHICH, OF_THEM, OF_FIRST, OF_THE, SHARE_FIRST):
        for match in pattern.finditer(passage.text):
            if match["whole"] in done or match["part"] in done:
                continue
            whole, part = passage.items[match["whole"]], passage.items[match["part"]]
            if not _can_be_part(whole, part) or _other_measure(match) or (pattern is OF_THE and _is_other_of(match)):
                continue
            done |= {match["part"], match["whole"]}
            yield from _part_of(whole, part, passage.items.get(match["share"] or ""))


def _other_measure(match: re.Match[str]) -> bool:
    """True where the second number is no part: "of a hundred or a thousand", "of the 60 towns exceeding 35,000"."""
    between = match.groupdict().get("between") or ""
    return between in EITHER or bool(ATTRIBUTE.search(between))


def _is_other_of(match: re.Match[str]) -> bool:
    """True for the "of" of "420 tons, an increase of 120 tons", false for that of "64 of 118" and "64 men of the 118"."""
    if NO_PART.search(match["gap"]):
        return True
    return not match["the"] and match["link"] != "out of" and bool(match["gap"].strip())


def _can_be_part(whole: Item, part: Item) -> bool:
    """True where one figure can be a part of another: the same unit, and not two different counted things."""
    if not same_measure(whole, part) or whole.figure.value is None or part.figure.value is None:
        return False
    if whole.figure.kind == "COUNT" and not value_of(whole).denominator == value_of(part).denominator == 1:
        return False  # things are counted in whole numbers
    nouns = {item.figure.unit for item in (whole, part) if item.figure.kind == "COUNT" and item.figure.unit}
    return len(nouns) < 2 and whole.figure.kind != "DURATION" and whole.figure.per == part.figure.per


def _part_of(whole: Item, part: Item, share: Item | None) -> Iterator[Result]:
    holds = written(part).low <= written(whole).high
    sign = "≤" if holds else ">"
    yield decided(
        "subset",
        (whole, part),
        holds=holds,
        words=f"part {shown(value_of(part))} {sign} whole {shown(value_of(whole))}",
    )
    if share is None or share.figure.value is None or written(whole).low <= 0 or share.figure.unit in ("times", "pp"):
        return
    words = f"{shown(value_of(part))} / {shown(value_of(whole))}"
    computed = Computed(value_of(part) / value_of(whole), written(part) / written(whole), words)
    yield compared("share", (whole, part), share, computed.percent() if share.figure.kind == "PERCENT" else computed)


def _sums(passage: Passage) -> Iterator[Result]:
    done: set[str] = set()
    for pattern, exhaustive in ((SUM_LAST, True), (SUM_LAST_AFTER, True), (REST, True), (SUM_FIRST, False)):
        for match in pattern.finditer(passage.text):
            if match["total"] in done:
                continue
            parts = [item for item in passage.all(match["list"]) if item.ann.layer == "figure"]
            whole = passage.items[match["total"]]
            parts = [part for part in parts if part.ann.label not in ("PERCENT", "RATIO", "ORDINAL")]
            if len(parts) < 2 or not all(_can_be_part(_bare(whole), _bare(part)) for part in parts):
                continue
            listed = passage.text[match.start("list") : match.end("list") + len(" of these")]
            if PART_OF_PART.search(listed) or EQUAL.search(match[0]):
                continue  # "5 million, although two million of these ...": the list is no plain sum
            done.add(match["total"])
            said_whole = IN_ALL.search(passage.text[max(0, match.start("total") - 24) : match.start("list")])
            result = _sum(whole, parts, exhaustive or bool(said_whole))
            if result is not None:
                yield result


def _bare(item: Item) -> Item:
    """A count without its noun: 5 horses and 7 cows are 12 animals."""
    value = item.figure
    if value.kind != "COUNT":
        return item
    ann = msgspec.structs.replace(item.ann, value=msgspec.structs.replace(value, unit=None))
    return Item(ann, item.quote)


def _sum(whole: Item, parts: list[Item], exhaustive: bool) -> Result | None:
    computed = _total(parts)
    result = compared("sum", parts, whole, computed)
    if not exhaustive and result.verdict == "mismatch" and whole.figure.kind == "COUNT":
        return None  # "four kinds: 50 to 99, 100 to 199": a colon is not a sum
    if result.verdict == "mismatch" and not exhaustive and not all(map(_in_digits, (whole, *parts))):
        return None
    if result.verdict == "mismatch" and not exhaustive and computed.allowed.high < written(whole).low * Fraction(9, 10):
        return None  # a list that only begins to say what the total is made of
    return result


def _in_digits(item: Item) -> bool:
    return any(char.isdecimal() for char in item.quote)


def _total(parts: list[Item]) -> Computed:
    words = " + ".join(shown(value_of(part)) for part in parts)
    return Computed(sum(map(value_of, parts), Fraction(0)), total([written(part) for part in parts]), words)


def _hundreds(passage: Passage) -> Iterator[Result]:
    """Percentages that share out one whole: with "the remaining 12 percent", or of what "was divided"."""
    for match in HUNDRED.finditer(passage.text):
        items = [item for item in passage.all(match["list"]) if item.ann.layer == "figure"]
        items = [item for item in items if item.figure.unit == "%" and not item.figure.role]
        if len(items) < 2 or any(item.figure.value is None for item in items) or APART.search(match[0]):
            continue
        exact, allowed, words = _total(items)
        rest, split = REST_IN.search(match[0]), SPLIT_IN.search(passage.text[: match.start()])
        if rest or (split and len(items) > 2):
            verdict: Verdict = "ok" if allowed.low <= 100 <= allowed.high else "mismatch"
            message = f"{words} = {shown(exact)} percent; the parts of a whole are 100"
            yield Result("sum-to-100", verdict, tuple(items), message, None, shown(exact))
        elif len(items) == len(OF_WHOLE.findall(passage.text)) and allowed.low <= 100:
            yield Result("sum-bound", "ok", tuple(items), f"{words} = {shown(exact)} percent ≤ 100", None, shown(exact))
