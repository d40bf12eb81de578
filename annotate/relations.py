"""How a citation stands to its claim: support, see also, second-hand or contrast, by the words that announce it.

"(Nove 1969; but see Davies 1980)": the second contradicts. A signal holds for the citations that follow it with nothing
between but commas and semicolons, except that "quoted in" announces one source only. A bare pointer to a note ("see note 4 above")
is no support by itself, unless the words before it say so: "as shown in note 4", "the sources cited in note 4".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotate.annotators.citations.cross_references import find_cross_references
from bibliography.backref_words import SEE
from bibliography.parse.signals import relation_before
from schemas.records import Article, Citation, Relation

_WINDOW = 80  # code points before a citation in which its signal ends
_JOINED = re.compile(r"[\s,;)(\]\[]*(?:(?:and|und|et|и|&)\s+)?")
_PREFIX = re.compile(r"[(\[]?[^\d\[(]{0,40}(?=\d)")  # "[see also " inside the span of "[see also 3]"
_SEE = re.compile(rf"(?:{SEE})", re.VERBOSE | re.IGNORECASE)
_COMPARED = re.compile(  # "Compare the lower estimate in"
    r"(?:\bcompare|\bcf\.|\bvgl\.)\s[^.;:()\d]{3,60}\s(?:in|by|bei|of|von)\s$", re.IGNORECASE
)
# What says that the note's sources stand for the claim: "as shown in", "the figures are taken from", "based on"
_CLAIMED = re.compile(
    r"""\b(?: as\s+(?:\w+\s+){0,2}in | (?:sources?|works?|literature|data|figures|numbers|evidence|documents|authors)\s(?:[^.;:()]{0,40}\s)?(?:in|see|from)
        | (?:source|quelle|fonte|источник)s?: | (?:based\s+on|taken\s+from|according\s+to|from|after) | wie\s+in | wie | nach | laut | aus
        | comme\s+(?:\w+\s+){0,3}(?:à|dans) | d[’']après | selon | по\s+данным | как\s+(?:\w+\s+){0,2}в ) \s+ (?:the\s+|der\s+|la\s+)?$""",
    re.VERBOSE | re.IGNORECASE,
)


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
            if cite.kind != "cross-reference":
                held = "supports" if relation == "second-hand" else relation
    return relations


def _relation(text: str, end: int, cite: Citation, held: Relation) -> Relation:
    before = text[max(end, cite.start - _WINDOW) : cite.start]
    inside = _PREFIX.match(text, cite.start, cite.end) if cite.kind == "numeric" else None
    stated = relation_before(before + (inside.group() if inside else "")) or relation_before(before)
    if stated in (None, "supports") and _COMPARED.search(before):
        return "see-also"
    if cite.kind == "cross-reference" and _is_bare(text, cite):
        claimed = stated != "contrast" and _CLAIMED.search(before)
        return "supports" if claimed else stated if stated in ("contrast", "second-hand") else "see-also"
    if stated is not None:
        return stated
    return held if cite.start >= end and _JOINED.fullmatch(text, end, cite.start) else "supports"


def _is_bare(text: str, cite: Citation) -> bool:
    """Whether a cross-reference is nothing but one: no author, no page, no "wie Anm. 4"."""
    if cite.locator is not None:
        return False
    words = text[cite.start : cite.end]
    pointer = next(find_cross_references(f"see {words}"), None)
    lead = words[: max(0, pointer.start - 4)] if pointer else words
    return not any(
        word == "wie" or (word[0].isupper() and not _SEE.fullmatch(word) and not _SEE.fullmatch(f"{word}."))
        for word in re.findall(r"[^\W\d_]+", lead)
    )


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
