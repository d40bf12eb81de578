"""The fact list: one record for each claim, with all that a reader needs to judge it. Made by corpus.writers.facts."""

from __future__ import annotations

import msgspec

FACTS_SCHEMA = "adfontes/facts/1"
CAVEAT = "Links and values were made automatically; they are not evidence until a person has reviewed them."


class FactFigure(msgspec.Struct, frozen=True):
    """A figure of the claim: as printed and as read (exact strings)."""

    quote: str
    kind: str
    value: str | None
    value_max: str | None
    unit: str | None
    modifier: str | None
    tei_id: str


class FactDate(msgspec.Struct, frozen=True):
    """A date of the claim: as printed, and its EDTF value."""

    quote: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    tei_id: str


class FactEntity(msgspec.Struct, frozen=True):
    """A named thing of the claim."""

    quote: str
    label: str
    ref: tuple[str, ...]
    tei_id: str


class FactCheck(msgspec.Struct, frozen=True):
    """A relation between the claim's numbers, computed again: "ok", "mismatch" or "undecidable", with the computation."""

    relation: str
    verdict: str
    message: str


class FactSource(msgspec.Struct, frozen=True):
    """A source of the claim: formatted, with locator, key and the way it was linked.

    ``citation`` is the whole note with the locator in it, where the list is in a citation style for notes.
    """

    text: str
    reference: str | None
    key: str | None
    locator: str | None
    relation: str
    how: str
    score: float | None
    citation: str | None = None


class Fact(msgspec.Struct, frozen=True):
    """One claim: "sourced" or "unresolved"; ``reason`` is what is not resolved; ``confidence`` 0..1 is the weakest link's."""

    id: str
    claim: str
    figures: tuple[FactFigure, ...]
    dates: tuple[FactDate, ...]
    entities: tuple[FactEntity, ...]
    markers: tuple[str, ...]
    note: str | None
    sources: tuple[FactSource, ...]
    status: str
    reason: str
    confidence: float | None
    page: str | None
    start: int
    end: int
    source_start: int
    source_end: int
    tei_id: str
    checks: tuple[FactCheck, ...] = ()


class FactList(msgspec.Struct, frozen=True, kw_only=True):
    """All facts of one article."""

    schema: str = FACTS_SCHEMA
    article: str
    title: str | None
    caveat: str = CAVEAT
    facts: tuple[Fact, ...] = ()
    style: str | None = None  # the citation style of the sources; None: plain, after no manual
    bibliography: tuple[str, ...] = ()  # all sources in that style and its order
