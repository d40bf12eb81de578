"""``revisionDesc``: the run that made the annotations, and what people decided since; only dates that decisions carry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from lxml import etree

from corpus.writers.tei.edition import TOOL, Edition
from corpus.writers.tei.elements import sub
from corpus.writers.tei.encoding import NAME
from schemas.decisions import Decision, QuoteSelector

# What TEI takes as @when of a change: a day, or a moment of it.
_WHEN = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)


def write_revisions(
    header: etree._Element, edition: Edition, decisions: Sequence[Decision], reviewers: Mapping[str, str]
) -> None:
    """The run first, then the decisions in the order in which they were made; ``reviewers``: creator -> xml:id."""
    made = sub(header, "revisionDesc", status="reviewed" if decisions else "unreviewed")
    changes = sub(made, "listChange", ordered="true")
    version = edition.article.made.version if edition.article.made else None
    run = f"Annotated by {NAME}{f' {version}' if version else ''}"
    sub(changes, "change", f"{run}{'.' if decisions else '; no person has reviewed it.'}", who=TOOL)
    for decision in decisions:
        about = edition.ids.find(decision.was.id) if decision.was and decision.was.id else None
        sub(
            changes,
            "change",
            _words(decision),
            who=f"#{reviewers[decision.creator]}",
            when=_when(decision.created),
            n=decision.motivation,
            target=f"#{about}" if about else None,
        )


def _when(created: str) -> str | None:
    """A day or moment that TEI takes as @when, else None."""
    if not _WHEN.fullmatch(created):
        return None
    try:
        datetime.fromisoformat(created)
    except ValueError:
        return None
    return created


def _words(decision: Decision) -> str:
    """What was decided on which words: "“payed” corrected to “paid”", "linking “Sutton 1968”: {...}"."""
    quote = next((each.exact for each in decision.target.selector if isinstance(each, QuoteSelector)), "")
    body = decision.body
    if decision.was is None and isinstance(body, dict) and isinstance(body.get("text"), str):
        return f"“{quote}” corrected to “{body['text']}”"
    value = msgspec.json.encode(decision.body).decode()
    return f"{decision.motivation}{f' “{quote}”' if quote else ''}: {value}"
