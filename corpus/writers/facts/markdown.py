"""The fact list for reading: Markdown with one numbered fact after the other and its sources below it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from schemas.facts import Fact, FactFigure, FactList, FactSource

# Characters that Markdown would take for markup anywhere in a line. Text of a paper is shown, never run.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")

# Relations that hold of nearly every day, range and share: said in the list only where they do not.
_MATTER_OF_COURSE = frozenset({"calendar", "range-order", "percent-bound"})

_VERDICTS = {"ok": "computed again", "mismatch": "**does not add up**", "undecidable": "not to be computed"}


def write_markdown(facts: FactList) -> bytes:
    """The fact list as CommonMark, UTF-8."""
    counted = f"{len(facts.facts)} claim{'s' if len(facts.facts) != 1 else ''}"
    sourced = sum(fact.status == "sourced" for fact in facts.facts)
    lines = [
        f"# Facts: {_plain(facts.title or facts.article)}",
        "",
        f"{counted}, {sourced} with a source, {len(facts.facts) - sourced} unresolved. {facts.caveat}",
    ]
    for number, fact in enumerate(facts.facts, 1):
        first, *below = _fact_lines(fact)
        mark = f"{number}. "
        # What belongs to an item stands under its first word, or CommonMark ends the list there.
        lines += ["", mark + first, "", *(" " * len(mark) + line for line in below)]
    if facts.bibliography:
        lines += ["", "## Sources", "", *(f"- {_plain(entry)}" for entry in facts.bibliography)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _fact_lines(fact: Fact) -> Iterable[str]:
    yield _plain(fact.claim)
    if fact.figures:
        yield f"- figures: {'; '.join(_figure(figure) for figure in fact.figures)}"
    if fact.dates:
        yield "- dates: " + "; ".join(_plain(f"{d.quote} ({d.edtf or 'open'})") for d in fact.dates)
    if fact.entities:
        names = dict.fromkeys(f"{' '.join(e.quote.split())} ({e.label})" for e in fact.entities)
        yield "- names: " + "; ".join(_plain(name) for name in names)
    for check in fact.checks:
        if check.verdict == "ok" and check.relation in _MATTER_OF_COURSE:
            continue
        yield f"- {_VERDICTS[check.verdict]}: {_plain(check.message)}"
    if fact.note:
        yield f"- note {', '.join(fact.markers)}: {_plain(fact.note)}"
    for source in fact.sources:
        key = f" [{source.key}]" if source.key else ""
        stated = source.citation or _with_place(source)
        score = f", {source.score:.2f}" if source.score is not None else ""
        relation = "" if source.relation == "supports" else f" ({source.relation})"
        yield f"- **source**{relation}: {_plain(stated + key)} ({_plain(source.how)}{score})"
    if fact.reason:
        marks = f"note {', '.join(fact.markers)}: " if fact.markers else ""
        said = fact.reason if fact.reason.startswith(marks) else marks + fact.reason
        yield f"- **unresolved**: {_plain(said)}"
    page = f"page {_plain(fact.page)}, " if fact.page else ""
    yield f"- place: {page}characters {fact.source_start}–{fact.source_end} of the source, TEI `{fact.tei_id}`"


def _with_place(source: FactSource) -> str:
    """The source with the pages cited, once: a note that cites a whole article says the pages that its entry has."""
    text, place = source.text.removesuffix("."), source.locator
    if not place or _hyphens(text).endswith(f" {_hyphens(place)}"):
        return source.text
    return f"{text}, {place}"


def _hyphens(text: str) -> str:
    return text.replace("–", "-")


def _figure(figure: FactFigure) -> str:
    value = figure.value or "open"
    if figure.value_max:
        value += f" to {figure.value_max}"
    read = " ".join(filter(None, (figure.modifier, value, figure.unit)))
    return _plain(f"{figure.quote} = {read}")


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
