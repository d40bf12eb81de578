"""Numbers whose unit the sentence said elsewhere: "50 million tons in 1850 and 287 million in 1913".

The unit is carried only where the two numbers stand alike: both beside a date, behind the same preposition, the second
"of which", both in millions, or side by side with nothing after the second. What is carried is told in ``inferred``.

>>> from annotate.annotators.figure_drafts import draft_figures
>>> text = "prices fell by 36 percent and output by 53."
>>> [draft.unit.id for draft in carry_far(text, draft_figures(text))]
['%', '%']
"""

from __future__ import annotations

import re

from annotate.annotators.figure_drafts import Draft

SHARED_KINDS = frozenset({"MONEY", "PERCENT", "QUANTITY"})
DATE = "\ue000"  # what the figure annotator puts in the place of a date
REACH = 130
NEAR_DATE = 26
SIDE_BY_SIDE = 52
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
NOT_SHARED = re.compile(
    r"(?:[=<>≤≥~]\s?|\bCI\b[^a-z]{0,12}|\bc\.\s|\bin all\s|\btotal of\s|\bindex\b[^,;]{0,20}|\b(?:no|number|aged?|page|up|down)\.?\s)\Z",
    re.IGNORECASE,
)


def carry_far(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give bare numbers the unit of the figure before them, or behind them, in the same sentence."""
    done = list(drafts)
    for place, draft in enumerate(done):
        if not _is_bare(text, draft):
            continue
        before = _unit_before(text, done, place)
        if before is not None and _alike(text, before, draft):
            done[place] = _in_unit(text, draft, before)
            continue
        after = done[place + 1] if place + 1 < len(done) else None
        if after is not None and _leads_to(text, draft, after):
            done[place] = _in_unit(text, draft, after)
    return done


def _is_bare(text: str, draft: Draft) -> bool:
    if draft.unit is not None or draft.noun is not None or draft.numeral is None or draft.numeral.fraction:
        return False
    if (
        draft.kind != "COUNT"
        or draft.value_max is not None
        or NOT_SHARED.search(text[max(0, draft.start - 30) : draft.start])
    ):
        return False
    return bool(ALONE_AFTER.match(text, draft.end))


def _unit_before(text: str, drafts: list[Draft], place: int) -> Draft | None:
    """The last figure with a unit before, in the same sentence; a count of other things between ends the reach."""
    draft = drafts[place]
    for other in reversed(drafts[max(0, place - 6) : place]):
        gap = text[other.end : draft.start]
        if len(gap) > REACH or SENTENCE_END.search(gap):
            return None
        if other.unit is not None and other.unit.factor < 1 and other.kind == "MONEY":
            continue  # the kopeks of "3 roubles 50 kopeks": the roubles are what is shared
        if other.unit is not None and other.kind in SHARED_KINDS:
            return other
        if other.noun is not None:
            return other if other.kind == "COUNT" else None
        return None  # a number that has no unit itself, or a length of time: nothing is carried over it
    return None


def _alike(text: str, first: Draft, last: Draft) -> bool:
    gap = text[first.end : last.start]
    if first.numeral is None or last.numeral is None:
        return first.numeral is None and first.kind == "MONEY" and _dated(text, first) and _dated(text, last)
    if (
        OF_WHICH.fullmatch(gap)
        or (first.kind != "COUNT" and OF_THESE.match(text, last.end))
        or (_dated(text, first) and _dated(text, last))
    ):
        return True
    if first.kind == "COUNT":
        return False
    if first.numeral.scale >= MILLION and last.numeral.scale >= MILLION:
        return True
    lead, other = (LEAD.search(text[max(0, draft.start - 40) : draft.start]) for draft in (first, last))
    if lead and other and lead["word"] == other["word"]:
        return True
    digits = first.numeral.digits and last.numeral.digits
    return (
        digits
        and len(gap) <= SIDE_BY_SIDE
        and bool(JOINED.search(gap))
        and bool(re.match(r"\s?(?:[,.;)]|\Z)", text[last.end :]))
    )


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


def _in_unit(text: str, draft: Draft, other: Draft) -> Draft:
    if other.kind == "COUNT":
        return draft._replace(noun=other.noun, inferred=(*draft.inferred, "unit"))
    numeral, model = draft.numeral, other.numeral
    scale = 1
    if (
        numeral is not None
        and model is not None
        and numeral.scale == 1
        and numeral.value < 1000
        and model.scale >= MILLION
    ):
        scale = model.scale
    factor = scale * (other.unit.factor if other.unit else 1)
    inferred = (*draft.inferred, "unit", "scale") if scale > 1 else (*draft.inferred, "unit")
    return draft._replace(
        unit=other.unit, kind=other.kind, value=draft.value * factor, inferred=inferred, carried_scale=scale
    )
