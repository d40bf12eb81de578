"""Is there a source behind it? Claims whose note leads nowhere, figures outside any claim, references nobody cites."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.claims import CLAIM_BLOCKS
from schemas.ids import Ids
from schemas.offsets import SpanIndex
from schemas.records import Article, Problem


def unsourced_claims(article: Article) -> Iterable[Problem]:
    """Claims without a source, unless a Problem about their marker, note or citation already says why."""
    told = {about for problem in article.problems for about in problem.about}
    notes = {marker.id: marker.note for marker in article.markers}
    ids = Ids("p")
    for claim in article.claims:
        chain = {*claim.markers, *claim.citations, *(notes.get(marker) or "" for marker in claim.markers)}
        if not claim.sources and not chain & told:
            yield Problem(
                id=ids.make(f"claim-unsourced|{claim.id}"),
                code="claim-unsourced",
                severity="warning",
                message="no source could be read from the note of this claim",
                about=(claim.id,),
                start=claim.start,
                end=claim.end,
                hint="see whether the note cites a source at all",
            )


def unsourced_figures(article: Article) -> Iterable[Problem]:
    """Figures of the running text that stand in no claim: nothing says where they are from."""
    claims = SpanIndex(article.claims)
    running = SpanIndex(block for block in article.blocks if block.kind in CLAIM_BLOCKS)
    ids = Ids("p")
    for ann in article.annotations:
        if ann.layer != "figure" or not running.covering(ann.start) or claims.covering(ann.start):
            continue
        yield Problem(
            id=ids.make(f"figure-unsourced|{ann.id}"),
            code="figure-unsourced",
            severity="info",
            message="this figure stands in a sentence without a note or citation",
            about=(ann.id,),
            start=ann.start,
            end=ann.end,
            hint="add the source of the figure",
        )


def unused_references(article: Article) -> Iterable[Problem]:
    """Entries of the reference list that no citation leads to."""
    used = {target.reference for cite in article.citations for target in cite.targets}
    ids = Ids("p")
    for ref in article.references:
        if ref.block is not None and ref.id not in used:
            yield Problem(
                id=ids.make(f"reference-unused|{ref.id}"),
                code="reference-unused",
                severity="info",
                message="no citation in the text leads to this reference",
                about=(ref.id,),
                start=ref.start,
                end=ref.end,
                hint="cite it or take it out of the list",
            )
