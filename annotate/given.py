"""What a scholar marked up already: it is kept as it is, and a machine's reading of the same words does not double it.

The rule: of two annotations of one layer on the same words with the same label the scholar's stays alone, unless it has
no value (a ``date`` without ``@when``) and the machine's has one. Where span or label differ both are kept: they disagree,
and that is for a person to see.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from corpus.tei.touched import BY_HAND
from schemas.ids import short_hash
from schemas.records import Annotation, Article, Citation, Problem, Reference
from schemas.values import EntityValue

LINKED_BY_PERSON = "decided by a person (linked by hand)"  # the reason of a link that stands in a decision
_BY_PEOPLE = frozenset({LINKED_BY_PERSON, BY_HAND})
PEOPLE = frozenset({"source", "person"})  # who made what stands in the source, and what a person decided


def beside_given(article: Article, made: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """The machine's annotations without those that a person's say already."""
    given = {
        (ann.layer, ann.label, ann.start, ann.end): ann.value is not None
        for ann in article.annotations
        if ann.made_by in PEOPLE
    }
    return tuple(ann for ann in made if not given.get((ann.layer, ann.label, ann.start, ann.end), False))


def keep_given_identity(article: Article) -> Article:
    """The article with one cluster for each reference that a person gave: the same URI is one thing, another is another.

    The first name with a URI keeps the cluster that its name has, and so do the machine's mentions in it.
    """
    clusters: dict[str, str] = {}
    taken: set[str] = set()
    annotations = []
    for ann in article.annotations:
        value = ann.value
        if ann.made_by in PEOPLE and isinstance(value, EntityValue) and value.ref:
            ref = value.ref[0]
            if ref not in clusters:
                clusters[ref] = f"thing-{short_hash(ref)}" if value.cluster in taken else value.cluster
                taken.add(clusters[ref])
            ann = msgspec.structs.replace(ann, value=msgspec.structs.replace(value, cluster=clusters[ref]))
        annotations.append(ann)
    return msgspec.structs.replace(article, annotations=tuple(annotations))


def as_read(article: Article) -> Article:
    """An article that a run made before (its TEI or JSON), without what that run read: only the source's part stays.

    Superscript citations stay, since the text shows them no more; so do links that a person gave (score 1).
    """
    if article.made is None:
        return article
    listed = {block.id for block in article.blocks if block.kind == "reference"}
    wanted = {target.reference for cite in article.citations if _is_by_hand(cite) for target in cite.targets}
    references = tuple(
        _unlinked(ref) for ref in article.references if ref.block in listed or (ref.id in wanted and ref.csl)
    )
    known = {ref.id for ref in references}
    citations = tuple(
        _unlinked_citation(cite, known) for cite in article.citations if cite.start == cite.end or _is_by_hand(cite)
    )
    standing = {block.id for block in article.blocks} | {note.id for note in article.notes}
    standing |= {marker.id for marker in article.markers}
    problems: tuple[Problem, ...] = tuple(problem for problem in article.problems if set(problem.about) <= standing)
    return msgspec.structs.replace(
        article,
        annotations=tuple(ann for ann in article.annotations if ann.made_by in PEOPLE),
        references=references,
        citations=citations,
        claims=(),
        checks=(),
        problems=problems,
        made=None,
    )


def _unlinked(ref: Reference) -> Reference:
    return Reference(ref.id, ref.label, ref.block, ref.start, ref.end, csl=ref.csl)


def _is_by_hand(cite: Citation) -> bool:
    return any(target.why in _BY_PEOPLE for target in cite.targets)


def _unlinked_citation(cite: Citation, known: set[str]) -> Citation:
    targets = tuple(target for target in cite.targets if target.why in _BY_PEOPLE and target.reference in known)
    status = "linked" if targets else "unresolved"
    return msgspec.structs.replace(cite, targets=targets, candidates=(), status=status)
