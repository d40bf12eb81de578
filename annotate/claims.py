"""Claims: the sentence that a note or a citation supports, with everything that was read inside it.

>>> # "... in 25 times!²" gives the claim "In 1929–1931 exportation of grain increased ... in 25 times!"

One claim for each point where markers stand (two markers glued together support one claim) and one for each citation in
running text. The marker's sentence is found on clean text; where it stands inside the sentence, the clause before it is
kept as a field of the claim and its scope is that clause. A marker that closes a paragraph of several sentences and is
the only one in it supports, by the custom of historians, the paragraph: its scope says so, its span stays the sentence.
No claim crosses a block.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from annotate.relations import read_relations
from annotate.sentences import Sentence, sentence_at, split_sentences
from schemas.ids import Ids
from schemas.offsets import SpanIndex
from schemas.records import Annotation, Article, Block, Citation, Claim, ClaimSource, Clause, Marker, Relation

# Blocks whose sentences can be claims: notes and references are sources, not claims.
CLAIM_BLOCKS = frozenset(
    {"abstract", "paragraph", "list-item", "quote", "verse-line", "epigraph", "heading", "title", "cell", "caption"}
)
_CLAUSE_BOUND = re.compile(r"[;:]\s|\s[–—]\s|,\s(?=(?:but|while|whereas|although|though)\b)")


def find_claims(article: Article) -> Article:
    """The article with its claims, in text order."""
    ids = Ids("cl")
    notes = {note.id: note.blocks for note in article.notes}
    cited = defaultdict(list)
    for cite in article.citations:
        if cite.note is not None:
            cited[cite.note].append(cite)
    layers = {name: SpanIndex(_said(article, name)) for name in ("figure", "date", "entity")}

    relations = read_relations(article)
    claims = []
    for block, sentences, anchors in _anchors(article):
        for offset, markers, citations in anchors:
            sentence = _closed(article.text, sentence_at(sentences, offset), offset) or Sentence(block.start, block.end)
            clause = _clause(article.text, sentence, offset)
            whole = len(anchors) == 1 and markers and _closes(article, block, sentences, offset)
            claims.append(
                Claim(
                    id=ids.make(article.text[sentence.start : sentence.end]),
                    start=sentence.start,
                    end=sentence.end,
                    clause=clause,
                    scope="clause" if clause else "paragraph" if whole else "sentence",
                    markers=tuple(marker.id for marker in markers),
                    citations=tuple(cite.id for cite in citations),
                    sources=tuple(_sources(markers, citations, cited, notes, relations)),
                    figures=_inside(layers["figure"], sentence),
                    dates=_inside(layers["date"], sentence),
                    entities=_inside(layers["entity"], sentence),
                )
            )
    return msgspec.structs.replace(article, claims=tuple(claims))


def _said(article: Article, layer: str) -> Iterable[Annotation]:
    """What a layer found in the claims' own words: the year and the pages of a citation are none of them."""
    cited = SpanIndex(cite for cite in article.citations if cite.start < cite.end)
    for ann in article.annotations:
        if ann.layer == layer and (layer == "entity" or not any(ann.end <= c.end for c in cited.covering(ann.start))):
            yield ann


def _anchors(
    article: Article,
) -> Iterable[tuple[Block, list[Sentence], list[tuple[int, list[Marker], list[Citation]]]]]:
    """Each block that has any, with its sentences and its anchor points: offset, markers there, citations there."""
    markers = deque(sorted(article.markers, key=lambda marker: (marker.offset, marker.source_start)))
    citations = deque(sorted((c for c in article.citations if c.note is None), key=lambda cite: cite.end))
    for block in article.blocks:
        if block.kind not in CLAIM_BLOCKS:
            continue
        points: dict[int, tuple[list[Marker], list[Citation]]] = {}
        while markers and markers[0].offset <= block.end:
            marker = markers.popleft()
            if marker.offset >= block.start:
                points.setdefault(marker.offset, ([], []))[0].append(marker)
        while citations and citations[0].end <= block.end:
            cite = citations.popleft()
            if cite.start >= block.start:
                points.setdefault(cite.end, ([], []))[1].append(cite)
        if points:
            language = block.lang or article.metadata.language or "en"
            sentences = split_sentences(article.quote(block), offset=block.start, language=language)
            yield block, sentences, _with_mentions_at_their_marker(points, sentences)


def _with_mentions_at_their_marker(
    points: dict[int, tuple[list[Marker], list[Citation]]], sentences: Sequence[Sentence]
) -> list[tuple[int, list[Marker], list[Citation]]]:
    """Anchor points in order; a citation whose sentence has a marker behind it belongs to that marker's claim."""
    anchors: list[tuple[int, list[Marker], list[Citation]]] = []
    waiting: list[tuple[int, list[Citation]]] = []
    for offset, (markers, citations) in sorted(points.items()):
        if not markers:
            waiting.append((offset, citations))
            continue
        here = sentence_at(sentences, offset)
        joined = [cite for at, cites in waiting if sentence_at(sentences, at) == here for cite in cites]
        anchors += [(at, [], cites) for at, cites in waiting if sentence_at(sentences, at) != here]
        anchors.append((offset, markers, joined + citations))
        waiting = []
    return anchors + [(at, [], cites) for at, cites in waiting]


def _closed(text: str, sentence: Sentence | None, offset: int) -> Sentence | None:
    """The sentence without a stop behind a marker that follows its end: "in 25 times!2." is closed by its "!"."""
    if sentence is None or not sentence.start < offset < sentence.end:
        return sentence
    if text[offset - 1] in ".!?…" and not text[offset : sentence.end].strip(".!? "):
        return Sentence(sentence.start, offset)
    return sentence


def _closes(article: Article, block: Block, sentences: Sequence[Sentence], offset: int) -> bool:
    """Whether a marker closes a paragraph of several sentences."""
    several = block.kind == "paragraph" and len(sentences) > 1
    return several and not re.search(r"\w", article.text[offset : block.end])


def _clause(text: str, sentence: Sentence, offset: int) -> Clause | None:
    """The part of the sentence up to a marker that stands inside it, from the last clause boundary before it."""
    rest = text[offset : sentence.end]
    if not re.search(r"\w", rest) or offset <= sentence.start:
        return None
    start = sentence.start
    for bound in _CLAUSE_BOUND.finditer(text, sentence.start, offset):
        if bound.end() < offset:
            start = bound.end()
    return Clause(start, offset)


def _sources(
    markers: Sequence[Marker],
    citations: Sequence[Citation],
    cited: dict[str, list[Citation]],
    notes: dict[str, tuple[str, ...]],
    relations: Mapping[str, Relation],
) -> Iterable[ClaimSource]:
    for marker in markers:
        if marker.note is None or not notes.get(marker.note):
            continue
        for cite in cited[marker.note]:
            yield from _targets(cite, marker.id, relations[cite.id])
    for cite in citations:
        yield from _targets(cite, None, relations[cite.id])


def _targets(cite: Citation, marker: str | None, relation: Relation) -> Iterable[ClaimSource]:
    for target in cite.targets:
        yield ClaimSource(target.reference, target.key, cite.id, marker, cite.locator, relation)


def _inside(index: SpanIndex[Annotation], sentence: Sentence) -> tuple[str, ...]:
    return tuple(ann.id for ann in index.inside(sentence.start, sentence.end))
