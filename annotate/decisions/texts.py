"""Decisions on the text itself: words or blocks that a person corrected, before anything is read from them.

The target is what stood there; ``body`` is ``{"text"}``, and where whole blocks were replaced ``{"blocks", "notes"}``
besides (``corpus.emendation.Emendation``). They are laid on in the order in which they were made, since a later one may
speak of the words of an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from corpus.emendation import Emendation, NewBlock, carry, rewrite
from corpus.writers.web_annotation import article_urn, selectors
from schemas.decisions import Decision, DecisionTarget, PositionSelector, QuoteSelector, decode_decision
from schemas.ids import Ids
from schemas.records import Article, Clause, Note, Problem


def is_on_text(decision: Decision) -> bool:
    """Whether a decision is on the words or blocks of the text."""
    return decision.was is None and isinstance(decision.body, dict) and isinstance(decision.body.get("text"), str)


def text_decisions(
    article: Article, emendations: Iterable[Emendation], *, creator: str, created: str
) -> list[Decision]:
    """A decision for each change of an article's text; the ids hang on the content only."""
    ids = Ids("dec")
    found = []
    for each in emendations:
        body = {name: value for name, value in msgspec.to_builtins(each).items() if name not in ("start", "end")}
        said = msgspec.json.encode([each.start, each.end, body], order="sorted").decode()
        target = DecisionTarget(article_urn(article, "text"), selectors(article.text, Clause(each.start, each.end)))
        decision = Decision(ids.make(said), "editing", target, body, creator, created)
        found.append(decode_decision(msgspec.json.encode(decision)))  # as a file gives it back: lists, no tuples
    return found


def apply_to_text(article: Article, decisions: Sequence[Decision]) -> Article:
    """The article with the words and blocks that people corrected; a Problem where what they corrected is not found."""
    waiting = [decision for decision in decisions if is_on_text(decision)]
    ids = Ids("p")
    while waiting:
        batch = _batch(article.text, waiting)
        if batch:
            people = ", ".join(dict.fromkeys(decision.creator for decision, _ in batch))
            article = carry(article, rewrite(article, [each for _, each in batch]), by=people).article
            waiting = waiting[len(batch) :]
            continue
        decision, *waiting = waiting
        if not _is_so_already(article.text, decision):
            article = msgspec.structs.replace(article, problems=(*article.problems, _unplaced(ids, decision)))
    return article


def _batch(text: str, decisions: Sequence[Decision]) -> list[tuple[Decision, Emendation]]:
    """The first decisions that speak of this very text, to be laid on at once; else the first alone, found by its words."""
    batch: list[tuple[Decision, Emendation]] = []
    for decision in decisions:
        span = _exact_place(text, decision)
        if span is None or any(span[0] < each.end and each.start < span[1] for _, each in batch):
            break
        batch.append((decision, _emendation(decision, span)))
    if not batch and (span := _place(text, decisions[0])) is not None:
        batch.append((decisions[0], _emendation(decisions[0], span)))
    return batch


def _emendation(decision: Decision, span: tuple[int, int]) -> Emendation:
    body = decision.body
    blocks = tuple(msgspec.convert(body["blocks"], list[NewBlock])) if body.get("blocks") is not None else None
    notes = tuple(msgspec.convert(body.get("notes") or [], list[Note]))
    return Emendation(*span, body["text"], blocks, notes)


def _selectors(decision: Decision) -> tuple[PositionSelector | None, QuoteSelector | None]:
    position = next((each for each in decision.target.selector if isinstance(each, PositionSelector)), None)
    return position, next((each for each in decision.target.selector if isinstance(each, QuoteSelector)), None)


def find_point(text: str, decision: Decision) -> int | None:
    """Where a decision on a point of the text stands now, by the words around it."""
    span = _exact_place(text, decision) or _place(text, decision)
    return span[0] if span is not None else None


def _exact_place(text: str, decision: Decision) -> tuple[int, int] | None:
    """The place of a decision where its words stand in it with the same words around them."""
    position, quoted = _selectors(decision)
    if position is None or quoted is None or position.start < len(quoted.prefix):
        return None
    words = quoted.prefix + quoted.exact + quoted.suffix
    is_there = text.startswith(words, position.start - len(quoted.prefix))
    return (position.start, position.start + len(quoted.exact)) if is_there else None


def _place(text: str, decision: Decision) -> tuple[int, int] | None:
    """Where the words of a decision stand with the words on both sides, or on one, or alone: in one place only."""
    _, quoted = _selectors(decision)
    if quoted is None:
        return None
    before, exact, after = quoted.prefix, quoted.exact, quoted.suffix
    ways = ((before + exact + after, len(before)), (before + exact, len(before)), (exact + after, 0), (exact, 0))
    for words, shift in ways if exact else ways[:1]:
        at = text.find(words) if words else -1
        if at >= 0 and text.find(words, at + 1) < 0:
            return at + shift, at + shift + len(exact)
    return None


def _is_so_already(text: str, decision: Decision) -> bool:
    """Whether the corrected words stand there: somebody mended the source."""
    _, quoted = _selectors(decision)
    return quoted is not None and quoted.prefix + decision.body["text"] + quoted.suffix in text


def _unplaced(ids: Ids, decision: Decision) -> Problem:
    _, quoted = _selectors(decision)
    words = " ".join((quoted.exact if quoted is not None else "").split())[:80]
    said = f"The text “{words}” was not corrected as decided: it was not found, or stands in several places."
    hint = "Correct it again on the new text."
    return Problem(
        ids.make(f"{decision.id}|{said}"), "decision-unplaced", "warning", said, hint=hint, where=decision.id
    )
