"""A human decision: a W3C Web Annotation on a machine's reading, kept in ``paper.decisions.jsonl``, append-only.

A target is found again by three selectors (position, quote, context), because text moves between runs.
https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Motivation = Literal["assessing", "classifying", "identifying", "linking", "editing", "tagging", "commenting"]


class PositionSelector(msgspec.Struct, frozen=True, tag_field="type", tag="TextPositionSelector"):
    """Code points of the article's text, half-open."""

    start: int
    end: int


class QuoteSelector(msgspec.Struct, frozen=True, tag_field="type", tag="TextQuoteSelector"):
    """The exact words, with the 32 code points before and after them as context."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class DecisionTarget(msgspec.Struct, frozen=True):
    """The article and the place in it."""

    source: str
    selector: tuple[PositionSelector | QuoteSelector, ...]


class Was(msgspec.Struct, frozen=True):
    """The machine's reading that was decided upon."""

    id: str | None
    value: Any = None


class Decision(msgspec.Struct, frozen=True):
    """One decision; ``body`` is the new value, ``created`` an ISO 8601 time, ``creator`` who decided."""

    id: str
    motivation: Motivation
    target: DecisionTarget
    body: Any
    creator: str
    created: str
    was: Was | None = None


def decode_decision(line: bytes | str) -> Decision:
    """The decision of one JSON line; raises msgspec.ValidationError where the shape is wrong."""
    return msgspec.json.decode(line, type=Decision)
