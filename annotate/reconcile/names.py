"""Which names of articles are asked for, how, and with which type of the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast, get_args

from annotate.identity.titles import without_titles
from annotate.reconcile.service import Manifest
from schemas.authorities import EntityLabel
from schemas.errors import UsageError
from schemas.records import Article
from schemas.values import EntityValue

# Wikidata's classes; other services are asked for the types whose names hold these words.
_WIKIDATA = {
    "PERSON": "Q5", "ORG": "Q43229", "LOC": "Q618123", "EVENT": "Q1656682", "WORK": "Q386724", "GROUP": "Q41710",
}  # fmt: skip
_WORDS: dict[str, tuple[str, ...]] = {
    "PERSON": ("person", "human", "people"),
    "ORG": ("organi", "corporate", "body"),
    "LOC": ("place", "location", "geographic"),
    "EVENT": ("event",),
    "WORK": ("work", "title"),
    "GROUP": ("ethnic", "group"),
}


class Asked(NamedTuple):
    """A name to ask for; ``type`` is the service's, None where it has none that fits."""

    name: str
    label: EntityLabel
    type: str | None

    def query(self, limit: int) -> dict[str, Any]:
        """The query of the API, version 0.2."""
        made: dict[str, Any] = {"query": self.name, "limit": limit}
        return {**made, "type": self.type, "type_strict": "should"} if self.type else made


def names_to_ask(articles: Iterable[Article], types: Mapping[str, str | None]) -> list[Asked]:
    """The fullest name of each cluster that no authority knows yet, each once, in order."""
    asked: dict[Asked, None] = {}
    for article in articles:
        clusters: dict[str, list[tuple[str, EntityValue]]] = {}
        for ann in article.annotations:
            if ann.layer == "entity" and isinstance(ann.value, EntityValue) and ann.made_by != "identity":
                clusters.setdefault(ann.value.cluster, []).append((ann.label, ann.value))
        for group in clusters.values():
            label = group[0][0]
            if label in types and not any(value.ref for _, value in group):
                names = [without_titles(v.name) or v.name if label == "PERSON" else v.name for _, v in group]
                fullest = max(names, key=lambda name: (len(name.replace(".", "").split()), len(name)))
                asked[Asked(fullest, cast(EntityLabel, label), types[label])] = None
    return list(asked)


def types_of(manifest: Manifest, given: Iterable[str], labels: Iterable[str]) -> dict[str, str | None]:
    """The service's type for each label that is asked for: as given ("PERSON=Q5"), as it says itself, or none.

    Raises UsageError for a label or a type that is none.
    """
    chosen: dict[str, str | None] = {}
    for label in labels:
        if label not in get_args(EntityLabel):
            raise UsageError(f"unknown label {label!r}; the labels are {', '.join(get_args(EntityLabel))}")
        chosen[label] = _own_type(manifest, label)
    for pair in given:
        label, equals, kind = pair.partition("=")
        if not equals or label not in get_args(EntityLabel):
            raise UsageError(f"{pair!r} is no type; write LABEL=ID, for example PERSON=Q5")
        if label in chosen:
            chosen[label] = kind or None
    return chosen


def _own_type(manifest: Manifest, label: str) -> str | None:
    if "wikidata.org" in manifest.identifier_space:
        return _WIKIDATA[label]
    for kind in manifest.default_types:
        if any(word in f"{kind.name} {kind.id}".casefold() for word in _WORDS[label]):
            return kind.id
    return None
