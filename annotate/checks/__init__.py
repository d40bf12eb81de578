"""Checks: what an editor would ask about an article. Each is a function ``(article) -> Iterable[Problem]``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypedDict

from annotate.checks.sources import unsourced_claims, unsourced_figures, unused_references
from schemas.records import Article, Problem


class Finding(TypedDict):
    """One finding as ``adfontes check --json`` shows it; the last three are for arithmetic."""

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
    """The Problems of reading and linking, then what the checks find, in text order."""
    problems = [*article.problems, *(problem for check in CHECKS.values() for problem in check(article))]
    problems.sort(key=lambda problem: (problem.start is None, problem.start or 0, problem.code))
    return [_finding(problem) for problem in problems]


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
