"""How a citation stands to its claim: support, see also, second-hand or contrast, by the words that announce it.

"(Nove 1969; but see Davies 1980)": the second contradicts. A signal holds for the citations that follow it with nothing
between but commas and semicolons, except that "quoted in" announces one source only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bibliography.parse.signals import relation_before
from schemas.records import Article, Citation, Relation

_WINDOW = 80  # code points before a citation in which its signal ends
_JOINED = re.compile(r"[\s,;)(\]\[]*(?:(?:and|und|et|и|&)\s+)?")
_PREFIX = re.compile(r"[(\[]?[^\d\[(]{0,40}(?=\d)")  # "[see also " inside the span of "[see also 3]"


def read_relations(article: Article) -> dict[str, Relation]:
    """The relation of every citation, by its id."""
    relations: dict[str, Relation] = {}
    for block, citations in _by_block(article):
        end = block
        held: Relation = "supports"
        for cite in citations:
            relation = _relation(article.text, end, cite, held)
            relations[cite.id] = relation
            end = max(end, cite.end)
            held = "supports" if relation == "second-hand" else relation
    return relations


def _relation(text: str, end: int, cite: Citation, held: Relation) -> Relation:
    before = text[max(end, cite.start - _WINDOW) : cite.start]
    inside = _PREFIX.match(text, cite.start, cite.end) if cite.kind == "numeric" else None
    stated = relation_before(before + (inside.group() if inside else "")) or relation_before(before)
    if stated is not None:
        return stated
    return held if cite.start >= end and _JOINED.fullmatch(text, end, cite.start) else "supports"


def _by_block(article: Article) -> Iterable[tuple[int, list[Citation]]]:
    """The start of each block that cites, with its citations in order."""
    citations = sorted(article.citations, key=lambda cite: (cite.start, cite.end))
    at = 0
    for block in sorted(article.blocks, key=lambda block: (block.start, block.end)):
        here = []
        while at < len(citations) and citations[at].start <= block.end:
            here.append(citations[at])
            at += 1
        if here:
            yield block.start, here
    if at < len(citations):
        yield citations[at].start, citations[at:]
