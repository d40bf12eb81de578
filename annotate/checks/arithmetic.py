"""The arithmetic of an article: every relation between its numbers that the text states, computed again.

Each check reads one sentence with placeholders (``passages``) or the whole document, and states results with a verdict:
ok, mismatch, or undecidable where the text does not say enough. Nothing is compared with what stands outside the text.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from annotate.checks.bounds import check_bounds
from annotate.checks.calendar_days import check_days
from annotate.checks.change import check_change, find_pairs
from annotate.checks.money import check_account, check_currencies, check_rate
from annotate.checks.parts import check_parts
from annotate.checks.passages import SKIPPED_BLOCKS, Passage, passages
from annotate.checks.periods import check_periods
from annotate.checks.repeats import check_part_bounds, check_repeats
from annotate.checks.respectively import check_respectively
from annotate.checks.results import SEVERITIES, Result
from annotate.checks.totals import check_open_totals, check_totals, check_two_rates
from schemas.ids import Ids
from schemas.records import Article, Check

SENTENCE_CHECKS = (
    check_change,
    check_parts,
    check_respectively,
    check_periods,
    check_totals,
    check_two_rates,
    check_account,
    check_rate,
)


def check_arithmetic(article: Article) -> tuple[Check, ...]:
    """The checks of an annotated article, in text order; made from its text, figures and dates only."""
    ids = Ids("k")
    found = [*_results(article), *_days(article)]
    found.sort(key=lambda check: (check.start, check.end, check.relation, check.message))
    unique = {(check.relation, check.start, check.end, check.message): check for check in found}
    return tuple(_with_id(check, ids) for check in unique.values())


def _results(article: Article) -> Iterator[Check]:
    whole = list(passages(article))
    results = [result for passage in whole for result in _of_sentence(passage)]
    results += check_currencies(whole)
    results += check_open_totals(whole)
    results += check_repeats(whole)
    results += check_bounds(whole, results)
    for result in results:
        yield _as_check(result)


def _of_sentence(passage: Passage) -> Iterator[Result]:
    for check in SENTENCE_CHECKS:
        yield from check(passage)
    yield from check_part_bounds(passage, [(pair.a, pair.b, pair.start) for pair in find_pairs(passage) if pair.sure])


def _as_check(result: Result) -> Check:
    spans = [item.ann for item in result.items]
    return Check(
        id="",
        relation=result.relation,
        verdict=result.verdict,
        severity=result.severity or SEVERITIES[result.verdict],
        message=result.message,
        claimed=result.claimed,
        computed=result.computed,
        start=result.start if result.start is not None else min(ann.start for ann in spans),
        end=result.end if result.end is not None else max(ann.end for ann in spans),
        about=tuple(dict.fromkeys(ann.id for ann in spans)),
    )


def _days(article: Article) -> Iterator[Check]:
    for block in article.blocks:
        if block.kind in SKIPPED_BLOCKS:
            continue
        for found in check_days(article.quote(block)):
            yield Check(
                id="",
                relation=found.relation,
                verdict=found.verdict,
                severity=SEVERITIES[found.verdict],
                message=found.message,
                claimed=found.claimed,
                computed=found.computed,
                start=block.start + found.start,
                end=block.start + found.end,
            )


def _with_id(check: Check, ids: Ids) -> Check:
    return msgspec.structs.replace(check, id=ids.make(f"{check.relation}|{check.message}"))
