"""One identity for each person, place and body of an article: names that mean the same share one cluster.

Rule-based, with the reason of each merge in ``EntityValue.why``; precision first: what fits two is left alone, with the
two as candidates.

- persons by family and given names ("Joseph Stalin", "J.V. Stalin", "Stalin"), never across conflicting initials;
- bodies by definition in brackets ("State Planning Committee (Gosplan)"), initials ("EEC"), short forms ("Ford" for the
  one "Ford Motor Company"), and "the Company" for the one body of that kind named before;
- a person's honorific or office is kept as the role of the name (annotate.identity.titles);
- states by the few abbreviations that everybody writes ("USSR", "U.S.").
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from annotate.identity.bodies import KindName, join_bodies, name_kinds
from annotate.identity.groups import Groups, Mention, Named
from annotate.identity.persons import join_persons
from annotate.identity.states import join_states
from annotate.identity.titles import role_of
from schemas.ids import Ids
from schemas.records import Annotation, Article
from schemas.values import EntityCandidate, EntityValue

MADE_BY = "identity"
_Found = tuple[str, str, str, tuple[EntityCandidate, ...]]  # name, cluster, why, candidates


def resolve_identity(article: Article) -> Article:
    """The article with the clusters of its entities; "the Company" and its like become entities of their own."""
    mentions = [
        Mention(ann.id, ann.label, ann.value.name, ann.start, ann.end)
        for ann in article.annotations
        if isinstance(ann.value, EntityValue)
    ]
    kinds = list(name_kinds(article, mentions))
    groups = Groups(mentions)
    join_persons(groups)
    join_bodies(groups, article.text)
    join_states(groups)
    made = tuple(
        Annotation(k.mention.id, "entity", "ORG", k.mention.start, k.mention.end, None, MADE_BY) for k in kinds
    )
    values = dict(_values(groups, kinds))
    return msgspec.structs.replace(
        article,
        annotations=tuple(
            _with_role(_with_value(ann, values.get(ann.id)), article.text) for ann in (*article.annotations, *made)
        ),
    )


def _values(groups: Groups, kinds: list[KindName]) -> Iterator[tuple[str, _Found]]:
    """For each mention its name, cluster, reason and candidates."""
    ids = Ids("thing")
    clusters: dict[Named, str] = {}
    named_of: dict[str, Named] = {}
    for mention, named in groups:
        head = groups.head(named)
        if head not in clusters:
            clusters[head] = ids.make(f"{head.label}|{head.key}")
        named_of[mention.id] = named
        yield mention.id, (mention.name, clusters[head], groups.why(named), _open(groups, named))
    for kind in kinds:
        head = groups.head(named_of[kind.antecedent.id])
        yield kind.mention.id, (kind.mention.name, clusters[head], kind.why, ())


def _open(groups: Groups, named: Named) -> tuple[EntityCandidate, ...]:
    return tuple(EntityCandidate(name) for name in groups.candidates(named))


def _with_value(ann: Annotation, found: _Found | None) -> Annotation:
    if found is None:
        return ann
    name, cluster, why, candidates = found
    value = ann.value if isinstance(ann.value, EntityValue) else EntityValue(name, cluster)
    value = msgspec.structs.replace(value, cluster=cluster, why=why, candidates=value.candidates or candidates)
    return msgspec.structs.replace(ann, value=value)


def _with_role(ann: Annotation, text: str) -> Annotation:
    if ann.label != "PERSON" or not isinstance(ann.value, EntityValue):
        return ann
    role = role_of(text, ann.start, ann.end)
    return msgspec.structs.replace(ann, value=msgspec.structs.replace(ann.value, role=role)) if role else ann
