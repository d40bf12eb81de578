"""Numbers whose unit the sentence said elsewhere: "50 million tons in 1850 and 287 million in 1913".

The unit is carried only where the two numbers stand alike: both beside a date, behind or before the same preposition, the
second "of which", both in millions, or side by side with nothing after the second; or where the words say that the second
is more of the same ("another 13", "it stood at fifty", "thirty a day"). What is carried is told in ``inferred``.

>>> from annotate.annotators.figure_drafts import draft_figures
>>> text = "prices fell by 36 percent and output by 53."
>>> [draft.unit.id for draft in carry_far(text, draft_figures(text))]
['%', '%']
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from annotate.annotators.figure_context import PER
from annotate.annotators.figure_drafts import Draft
from annotate.annotators.number_words import MULTIPLIERS, PLURALS, fold
from annotate.annotators.units import Unit, unit_after

SHARED_KINDS = frozenset({"MONEY", "PERCENT", "QUANTITY"})
DATE = "\ue000"  # what the figure annotator puts in the place of a date
REACH = 130
SCOPE = 300  # how far the unit of a heading, or a hundred to be filled, may reach
NEIGHBOURS = 10
NEAR_DATE = 26
SIDE_BY_SIDE = 52
HUNDRED = 100
MILLION = 10**6
SENTENCE_END = re.compile(r"[.!?][\"”’)]{0,2}\s+[\"“‘(]?[A-Z]|\n")
# what may follow a number that leaves its unit out: never a noun, an adjective or a verb of its own
ALONE_AFTER = re.compile(
    r"""\s?(?:[,.;:)\]]|\Z|[—–]) | \s(?:in|by|at|on|during|for|from|after|before|and|or|but|to|more|only|still|again|then
      |against|when|where|while|of\s(?:them|these|those|which|it)|were\sto|respectively)\b | \s\( | \s\ue000""",
    re.VERBOSE,
)
LEAD = re.compile(
    r"\b(?P<word>by|at|from|to|of|with|for|against|only|under|over|or|reached|was|were|stood at|paid|numbered)\s"
    r"(?:(?:about|some|nearly|almost|over|only|just|still|already|barely|no more than|more than|less than|the)\s){0,2}\Z"
)
OF_WHICH = re.compile(
    r"[^.;:]{0,24},?\sof\s(?:which|whom|this|these|them)\s(?:about\s|some\s|only\s|nearly\s)?", re.IGNORECASE
)
JOINED = re.compile(r"\b(?:and|but|while|against|then|later|to|or)\b|[,;]")
OTHER_VALUE = re.compile(r"\b(?:of|or|by|a|an)\b")
OF_THESE = re.compile(r"\sof\s(?:which|whom|them|these|those)\b")
AND_THEN = re.compile(r"\b(?:and|but|while|against)\b|[,;]")
CLAUSE_ENDS = re.compile(r"\s?(?:[,.;)]|\Z)")
# "for wheat and 16 for barley": the same preposition behind both
BEHIND = re.compile(r"\s(?P<word>for|in|among|at|on|to|from|with|under)\s")
SOON_BEHIND = re.compile(
    r"\s(?:(?:was|were|is|are|had|went|been|be)\s){0,2}(?:[a-z]{3,12}\s)?(?P<word>for|among|under)\s"
)
MORE_OF_IT = re.compile(r"\b(?:another|a\sfurther|yet\sanother)\s(?:about\s|some\s)?\Z", re.IGNORECASE)
NAME_BEFORE = re.compile(
    r"(?:[,;]\s|\b(?:and|but)\s)(?:the\s)?[A-Z][\w’'-]+(?:\s[a-z]{2,10}){0,2}\s(?:only\s|about\s|some\s|nearly\s)?\Z"
)
GAPPED_AFTER = re.compile(r"\s?[,.;)]|\s(?:and|but)\b|\Z")
OF_THEM = re.compile(r"\bof\s(?:which|these|this)\s(?:about\s|some\s|only\s|nearly\s)?\Z")
LENGTH_AWAY = re.compile(r"\s(?:later|earlier|before|afterwards?|ago|previously)\b")
OUT_OF = re.compile(r"\sout\sof\s(?:a\stotal\sof\s|the\s|some\s|about\s)?\Z")
SPREAD = re.compile(
    r"\b(?:standard\sdeviation|s\.\s?d\.|SD|median|mean|average|maximum|minimum)\s(?:of\s|was\s|is\s|being\s)?\Z"
)
STOOD = re.compile(
    r"\b(?:it|they|these|this)\s(?:had\s|then\s|soon\s){0,2}"
    r"(?:stood\sat|had\sbeen|(?:fell|rose|dropped|sank|climbed|declined|came|went|was\sdown|were\sdown|was\sup|were\sup|grew|shrank)\sto)\s"
    r"(?:about\s|some\s|only\s|nearly\s|barely\s)?\Z"
)
THAT_IS = re.compile(r"(?:\bor|\bi\.\s?e\.|\bthat\sis|\bnamely)[,:]?\s(?:about\s|some\s|only\s)?\Z")
WAGE_TIMES = frozenset({"year", "month", "week", "day", "hour", "annum"})
NOT_SHARED = re.compile(
    r"(?:[=<>≤≥~]\s?|\bCI\b[^a-z]{0,12}|\bc\.\s|\bin all\s|\btotal of\s|\bindex\b[^,;]{0,20}|\b(?:no|number|aged?|page|up|down)\.?\s)\Z",
    re.IGNORECASE,
)
# "Exports in millions of francs were 12.3", "(million tons)": the unit of the numbers that follow
HEADING = re.compile(
    rf"(?:\bin\s|\((?:in\s)?)(?P<scale>{'|'.join(sorted([*MULTIPLIERS, *PLURALS], key=len, reverse=True))})(?=[\s)])",
    re.IGNORECASE,
)


class Heading(NamedTuple):
    """Where a unit and a multiplier are said for the numbers that follow, and where its sentence ends."""

    start: int
    end: int
    stop: int
    unit: Unit
    scale: int


def carry_far(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give bare numbers the unit of the figure before them, or behind them, in the same sentence."""
    done = _of_a_hundred(text, _under_headings(text, list(drafts)))
    for place, draft in enumerate(done):
        if not _is_bare(text, draft):
            continue
        before = _unit_before(text, done, place)
        if before is not None and _alike(text, before, draft):
            done[place] = _in_unit(draft, before)
            continue
        after = done[place + 1] if place + 1 < len(done) else None
        if after is not None and _leads_to(text, draft, after):
            done[place] = _in_unit(draft, after)
    return done


def _under_headings(text: str, drafts: list[Draft]) -> list[Draft]:
    """The bare numbers behind "in millions of francs" are that; the phrase itself is no figure."""
    starts = [draft.start for draft in drafts]
    told: dict[int, Draft | None] = {}
    for heading in _headings(text):
        first, last = bisect_left(starts, heading.end), bisect_left(starts, heading.stop)
        under = [at for at in range(first, last) if at not in told and _is_bare(text, drafts[at]) and _fits(drafts[at])]
        if len(under) < 2 and not any(_precision(drafts[at]) for at in under):
            continue
        told |= dict.fromkeys(range(bisect_left(starts, heading.start), first))
        told |= {at: _in_heading(drafts[at], heading) for at in under}
    row = (told.get(at, draft) for at, draft in enumerate(drafts))
    return [draft for draft in row if draft is not None]


def _precision(draft: Draft) -> int:
    return (draft.numeral.precision or 0) if draft.numeral else 0


def _in_heading(draft: Draft, heading: Heading) -> Draft:
    return draft._replace(
        unit=heading.unit,
        kind=heading.unit.kind,
        value=draft.value * heading.unit.factor * heading.scale,
        inferred=(*draft.inferred, "unit", "scale"),
        carried_scale=heading.scale,
    )


def _of_a_hundred(text: str, drafts: list[Draft]) -> list[Draft]:
    """ "61 per cent at one hearth, 22 at two, 17 at three": bare numbers that fill a percentage up to a hundred."""
    done = list(drafts)
    for place, draft in enumerate(done):
        if draft.unit is None or draft.unit.id != "%" or draft.value_max is not None:
            continue
        stop = SENTENCE_END.search(text, draft.end, draft.end + SCOPE)
        end = stop.start() if stop else draft.end + SCOPE
        behind = [at for at in range(place + 1, min(len(done), place + 1 + NEIGHBOURS)) if done[at].start < end]
        others = [at for at in behind if done[at].unit is None and done[at].noun is None and _fits(done[at])]
        if len(others) < 2 or any(done[at].unit == draft.unit for at in behind):
            continue
        if HUNDRED - 1 <= draft.value + sum(done[at].value for at in others) <= HUNDRED + 1:
            for at in others:
                done[at] = _in_unit(done[at], draft)
    return done


def _headings(text: str) -> Iterator[Heading]:
    for match in HEADING.finditer(text):
        found = unit_after(text, match.end(), digits=False)
        if found is None or found[0].kind not in SHARED_KINDS:
            continue
        stop = SENTENCE_END.search(text, found[1], found[1] + SCOPE)
        word = fold(match["scale"])
        scale = MULTIPLIERS[PLURALS.get(word, word)]
        yield Heading(match.start("scale"), found[1], stop.start() if stop else found[1] + SCOPE, found[0], scale)


def _fits(draft: Draft) -> bool:
    return draft.numeral is not None and draft.numeral.digits and draft.numeral.scale == 1


def _is_bare(text: str, draft: Draft) -> bool:
    if draft.unit is not None or draft.noun is not None or draft.numeral is None or draft.numeral.fraction:
        return False
    if (
        draft.kind != "COUNT"
        or draft.value_max is not None
        or NOT_SHARED.search(text[max(0, draft.start - 30) : draft.start])
    ):
        return False
    return bool(
        ALONE_AFTER.match(text, draft.end)
        or PER.match(text, draft.end)
        or OUT_OF.search(text[max(0, draft.start - 24) : draft.start])
        or (draft.numeral.scale >= MILLION and OF_THEM.search(text[max(0, draft.start - 24) : draft.start]))
    )


def _unit_before(text: str, drafts: list[Draft], place: int) -> Draft | None:
    """The last figure with a unit before, in the same sentence; a count of other things between ends the reach."""
    draft = drafts[place]
    for at in range(place - 1, max(-1, place - 7), -1):
        other = drafts[at]
        gap = text[other.end : draft.start]
        if len(gap) > REACH or SENTENCE_END.search(gap):
            return None
        if at > 0 and _is_small_change(drafts[at - 1], other):
            continue  # the kopeks of "3 roubles 50 kopeks": the roubles are what is shared
        if other.kind == "DURATION" and LENGTH_AWAY.match(text, other.end):
            continue  # "54 per cent in 1931; ten years earlier it had been 21"
        if other.unit is not None:
            return other if other.kind in SHARED_KINDS or other.kind == "DURATION" else None
        if other.noun is not None:
            return other if other.kind == "COUNT" else None
        return None  # a number that has no unit itself: nothing is carried over it
    return None


def _is_small_change(first: Draft, last: Draft) -> bool:
    """True for the second part of one sum of money."""
    if first.unit is None or last.unit is None or first.unit.id != last.unit.id:
        return False
    return last.kind == "MONEY" and last.unit.factor < first.unit.factor and last.start - first.end <= len(" and ")


def _alike(text: str, first: Draft, last: Draft) -> bool:
    if last.numeral is None:
        return False
    gap = text[first.end : last.start]
    per = PER.match(text, last.end)
    if per:
        return _per_alike(text, first, last, fold(per["noun"] or ""))
    if _same_behind(text, first, last, gap) and first.kind != "COUNT":
        return True
    if first.kind == "DURATION":
        return False
    if (
        OF_WHICH.fullmatch(gap)
        or (first.kind != "COUNT" and last.value < first.value and OF_THESE.match(text, last.end))
        or (_dated(text, first) and _dated(text, last))
    ):
        return True
    if first.kind == "COUNT":
        return False
    if OUT_OF.fullmatch(gap) or (last.numeral.digits and SPREAD.search(text[max(0, last.start - 32) : last.start])):
        return True
    if _gapped(text, first, last):
        return True
    return _said_again(text, last) or _same_lead(text, first, last) or _side_by_side(text, first, last, gap)


def _per_alike(text: str, first: Draft, last: Draft, noun: str) -> bool:
    """ "lived on thirty a day" behind a sum of money; "312 acres, or 6.6 a soul"."""
    if first.kind == "MONEY" and noun in WAGE_TIMES:
        return True
    return first.kind in SHARED_KINDS and bool(THAT_IS.search(text[max(0, last.start - 24) : last.start]))


def _said_again(text: str, last: Draft) -> bool:
    """ "another 13", "it stood at fifty": more of the same, at the end of its clause."""
    before = text[max(0, last.start - 44) : last.start]
    ends = CLAUSE_ENDS.match(text, last.end) or re.match(r"\sin\s\ue000", text[last.end : last.end + 5])
    return bool(ends) and bool(MORE_OF_IT.search(before) or STOOD.search(before))


def _gapped(text: str, first: Draft, last: Draft) -> bool:
    """ "Germany 18.9 and Britain 7.7" behind "31.3 million tons": a name, a number with decimals, and no more."""
    one, two = first.numeral, last.numeral
    if one is None or two is None or not two.precision or two.scale > 1:
        return False
    if not one.precision and first.kind != "PERCENT":
        return False
    return bool(NAME_BEFORE.search(text[max(0, last.start - 40) : last.start]) and GAPPED_AFTER.match(text, last.end))


def _same_behind(text: str, first: Draft, last: Draft, gap: str) -> bool:
    """ "34.5 years for men and 36.2 for women": the same word behind both, and the two joined."""
    per = PER.match(text, first.end)
    place = per.end() if per else first.end
    one, two = BEHIND.match(text, place) or SOON_BEHIND.match(text, place), BEHIND.match(text, last.end)
    if one is None or two is None or one["word"] != two["word"] or len(gap) > SIDE_BY_SIDE:
        return False
    return bool(AND_THEN.search(gap)) and DATE not in gap


def _same_lead(text: str, first: Draft, last: Draft) -> bool:
    if last.numeral is None:
        return False
    if first.numeral and first.numeral.scale >= MILLION and last.numeral.scale >= MILLION:
        return True
    lead, other = (LEAD.search(text[max(0, draft.start - 40) : draft.start]) for draft in (first, last))
    same = bool(lead and other and lead["word"] == other["word"])
    return same and (first.numeral is not None or bool(CLAUSE_ENDS.match(text, last.end)))


def _side_by_side(text: str, first: Draft, last: Draft, gap: str) -> bool:
    if first.numeral is None or last.numeral is None or not (first.numeral.digits and last.numeral.digits):
        return False
    return len(gap) <= SIDE_BY_SIDE and bool(JOINED.search(gap)) and bool(CLAUSE_ENDS.match(text, last.end))


def _dated(text: str, draft: Draft) -> bool:
    """True where a date stands close by, before or after the number, with no stop or number between."""
    after = re.match(r"[^\d.;:]{0,26}?\ue000", text[draft.end : draft.end + NEAR_DATE + 1])
    return bool(
        after or re.search(r"\ue000[^\d.;:\ue000]{0,26}\Z", text[max(0, draft.start - NEAR_DATE - 1) : draft.start])
    )


def _leads_to(text: str, first: Draft, last: Draft) -> bool:
    """ "at 13.2 and for the third at 14 million tonnes": a bare decimal before a figure of the same form."""
    if last.unit is None or last.kind not in SHARED_KINDS or first.numeral is None or last.numeral is None:
        return False
    gap = text[first.end : last.start]
    if _same_lead_once(text, first, last, gap):
        return True
    if last.kind == "PERCENT" and first.numeral.scale > 1:
        return False  # "to 1.8 million, a growth of 80 per cent"
    if (
        len(gap) > SIDE_BY_SIDE
        or OTHER_VALUE.search(gap)
        or SENTENCE_END.search(gap)
        or not AND_THEN.search(gap)
        or not last.numeral.digits
    ):
        return False
    return (
        bool(first.numeral.precision) or (_dated(text, first) and _dated(text, last)) or last.numeral.scale >= MILLION
    )


def _same_lead_once(text: str, first: Draft, last: Draft, gap: str) -> bool:
    """ "put it at thirty, Lister at nearly forty per cent": the same preposition before both, the unit behind the last."""
    if last.kind != "PERCENT" or len(gap) > SIDE_BY_SIDE or SENTENCE_END.search(gap) or first.value > 100:
        return False
    lead, other = (LEAD.search(text[max(0, draft.start - 40) : draft.start]) for draft in (first, last))
    return bool(lead and other and lead["word"] == other["word"] == "at" and AND_THEN.search(gap))


def _in_unit(draft: Draft, other: Draft) -> Draft:
    if other.kind == "COUNT":
        return draft._replace(noun=other.noun, inferred=(*draft.inferred, "unit"))
    scale = _shared_scale(draft, other)
    factor = scale * (other.unit.factor if other.unit else 1)
    inferred = (*draft.inferred, "unit", "scale") if scale > 1 else (*draft.inferred, "unit")
    return draft._replace(
        unit=other.unit, kind=other.kind, value=draft.value * factor, inferred=inferred, carried_scale=scale
    )


def _shared_scale(draft: Draft, other: Draft) -> int:
    """The millions of the other number, where this one is written small or in the same order of magnitude."""
    if draft.numeral is None or other.numeral is None or draft.numeral.scale > 1:
        return 1
    scale = max(other.numeral.scale, other.carried_scale)
    if scale < MILLION:
        return 1
    written = other.value / scale / (other.unit.factor if other.unit else 1)
    near = written / 10 <= draft.numeral.value <= written * 10
    return scale if draft.numeral.value < 1000 or near else 1
