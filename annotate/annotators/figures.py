"""The figure layer: sums, percentages, quantities, counts, ratios and lengths of time, with exact values.

Numerals are read (numerals), get their units (figure_drafts, units), and share what is said once (figure_neighbours).
Dates were found before: a number inside a date is never a figure.

>>> [str(draft.value) for draft in find_figures("it dropped from 19,4% to 8,9%")]
['97/5', '89/10']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from annotate.annotators.figure_context import find_modifier, find_per, measured_thing
from annotate.annotators.figure_drafts import Draft, draft_figures
from annotate.annotators.figure_neighbours import share
from annotate.annotators.numerals import Vote, exact_text, vote_separators
from annotate.annotators.running import blocks_once
from schemas.ids import Ids
from schemas.offsets import SpanIndex
from schemas.records import Annotation, Article, Block
from schemas.values import FigureValue

if TYPE_CHECKING:
    from spacy.tokens import Doc

SKIPPED_KINDS = frozenset({"reference", "author", "affiliation"})
LOOSE_DATES = frozenset({"REL", "NAMED", "TIME"})
"""Dates that may hold a figure: "two years" in "two years later" is a length of time."""

DATE_BLANK = "\ue000"  # a private-use letter: no pattern knows it
MADE_BY = "adfontes-figures"


def annotate_figures(article: Article, docs: Mapping[str, Doc]) -> Iterator[Annotation]:
    """Yield the figure annotations of the article, block by block, in text order; the Docs are not read."""
    vote = vote_separators(article.text)
    dates = SpanIndex([ann for ann in article.annotations if ann.layer == "date" and ann.label not in LOOSE_DATES])
    ids = Ids("f")
    for block in blocks_once(article):
        if block.kind in SKIPPED_KINDS:
            continue
        text = article.quote(block)
        for draft in find_figures(_without_dates(text, block, dates), vote):
            value = figure_value(text, draft)
            yield Annotation(
                id=ids.make(f"{value.kind}|{text[draft.start : draft.end]}"),
                layer="figure",
                label=value.kind,
                start=block.start + draft.start,
                end=block.start + draft.end,
                value=value,
                made_by=MADE_BY,
            )


def find_figures(text: str, vote: Vote | None = None) -> list[Draft]:
    """The figures of one text, in order, without overlap."""
    return share(text, draft_figures(text, vote_separators(text) if vote is None else vote))


def figure_value(text: str, draft: Draft) -> FigureValue:
    """The value of a draft, with what stands around it: modifier, denominator, commodity."""
    unit = draft.unit
    name = unit.id if unit else draft.noun
    return FigureValue(
        kind=draft.kind,
        value=exact_text(draft.value),
        value_max=None if draft.value_max is None else exact_text(draft.value_max),
        modifier="vague" if draft.modifier_vague else find_modifier(text, draft.start),
        unit=name,
        currency=name if draft.kind == "MONEY" else None,
        per=find_per(text, draft.end),
        commodity=draft.noun or measured_thing(text, draft.end),
        role=draft.role,
        inferred=draft.inferred,
        precision=_precision(draft),
    )


def _precision(draft: Draft) -> int | None:
    """The decimals as written, of a number in digits."""
    numeral = draft.numeral
    return numeral.precision if numeral is not None and numeral.digits else None


def _without_dates(text: str, block: Block, dates: SpanIndex[Annotation]) -> str:
    """The text with each date's letters and digits blanked, so that every offset stays."""
    parts, done = [], 0
    for ann in dates.inside(block.start, block.end):
        start, end = max(0, ann.start - block.start), min(len(text), ann.end - block.start)
        if start < done:
            continue
        parts += [text[done:start], DATE_BLANK * (end - start)]
        done = end
    return "".join([*parts, text[done:]])
