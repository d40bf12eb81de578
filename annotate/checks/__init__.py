"""Checks: what an editor would ask about an article.

Those about sources are functions ``(article) -> Iterable[Problem]``; those about numbers (``arithmetic``) state a
relation with a verdict and are kept in the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypedDict

from annotate.checks.arithmetic import check_arithmetic
from annotate.checks.sources import unsourced_claims, unsourced_figures, unused_references
from schemas.records import Article, Check, Problem


class Finding(TypedDict):
    """One finding as ``adfontes check --json`` shows it; the last three are null but for arithmetic."""

    code: str
    severity: str
    message: str
    start: int | None
    end: int | None
    claimed: str | None
    computed: str | None
    verdict: str | None


CHECKS: dict[str, Callable[[Article], Iterable[Problem]]] = {
    "claims": unsourced_claims,
    "figures": unsourced_figures,
    "references": unused_references,
}


def check_article(article: Article) -> list[Finding]:
    """The Problems of reading and linking, what the checks find, and every relation that was computed, in text order.

    The arithmetic is done anew, so that it sees what a person has corrected in the article.
    """
    problems = [*article.problems, *(problem for check in CHECKS.values() for problem in check(article))]
    findings = [*map(_finding, problems), *map(_relation, check_arithmetic(article))]
    findings.sort(key=lambda finding: (finding["start"] is None, finding["start"] or 0, finding["code"]))
    return findings


def is_open(finding: Finding) -> bool:
    """True where an editor has something to do: all but relations that hold or that nothing can decide."""
    return finding["verdict"] in (None, "mismatch")


def _relation(check: Check) -> Finding:
    return Finding(
        code=f"arithmetic-{check.relation}",
        severity=check.severity,
        message=check.message,
        start=check.start,
        end=check.end,
        claimed=check.claimed,
        computed=check.computed,
        verdict=check.verdict,
    )


def _finding(problem: Problem) -> Finding:
    where = f"{problem.where}: " if problem.where else ""
    return Finding(
        code=problem.code,
        severity=problem.severity,
        message=where + problem.message,
        start=problem.start,
        end=problem.end,
        claimed=None,
        computed=None,
        verdict=None,
    )
