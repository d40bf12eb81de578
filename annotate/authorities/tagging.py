"""Names of the user's gazetteer as entities, with priority over what the recogniser found.

The rule for overlaps: of two listed names the longer wins; a name that the recogniser found stays where it is longer and
holds the listed one ("New York Times" with "New York" listed), and gives way everywhere else. No name crosses a block, and
none stands inside a calendar date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from annotate.annotators.entities import CALENDAR_KINDS, SKIPPED_KINDS
from annotate.authorities.gazetteer import Gazetteer, Listed
from annotate.identity.groups import fold
from schemas.ids import Ids
from schemas.offsets import SpanIndex
from schemas.records import Annotation, Article
from schemas.values import DateValue, EntityValue

MADE_BY = "gazetteer"


def tag_listed(article: Article, gazetteer: Gazetteer) -> Article:
    """The article with every listed name as an entity."""
    names = [ann for ann in article.annotations if ann.layer == "entity"]
    index = SpanIndex(names)
    labels = _labels(names)
    ids = Ids("en-listed")
    dropped: set[str] = set()
    made: list[Annotation] = []
    for listed in _listed(article, gazetteer):
        others = _overlapping(index, listed)
        if any(other.start <= listed.start and listed.end <= other.end and _longer(other, listed) for other in others):
            continue
        dropped.update(other.id for other in others)
        name = " ".join(article.text[listed.start : listed.end].split())
        label = _label(listed, others, labels.get(fold(name)))
        value = EntityValue(name, f"{label}|{fold(name)}")
        made.append(Annotation(ids.make(f"{label}|{name}"), "entity", label, listed.start, listed.end, value, MADE_BY))
    if not made:
        return article
    kept = [ann for ann in article.annotations if ann.id not in dropped]
    return msgspec.structs.replace(article, annotations=(*kept, *made))


def _listed(article: Article, gazetteer: Gazetteer) -> Iterator[Listed]:
    dates = SpanIndex(
        [ann for ann in article.annotations if isinstance(ann.value, DateValue) and ann.value.kind in CALENDAR_KINDS]
    )
    for block in article.blocks:
        if block.kind in SKIPPED_KINDS:
            continue
        for start, end, records in gazetteer.find(article.quote(block)):
            found = Listed(block.start + start, block.start + end, records)
            if not any(found.end <= date.end for date in dates.covering(found.start)):
                yield found


def _overlapping(index: SpanIndex[Annotation], listed: Listed) -> list[Annotation]:
    inside = index.inside(listed.start, listed.end)
    crossing = [*index.covering(listed.start), *index.covering(listed.end - 1)]
    return list({ann.id: ann for ann in (*inside, *crossing)}.values())


def _longer(other: Annotation, listed: Listed) -> bool:
    return other.end - other.start > listed.end - listed.start


def _labels(names: list[Annotation]) -> Mapping[str, Counter[str]]:
    """How often the recogniser gave each name each label."""
    found: dict[str, Counter[str]] = {}
    for ann in names:
        if isinstance(ann.value, EntityValue):
            found.setdefault(fold(ann.value.name), Counter())[ann.label] += 1
    return found


def _label(listed: Listed, others: list[Annotation], elsewhere: Counter[str] | None) -> str:
    """The label of the record; where records of one name differ, what the recogniser says here, or else elsewhere."""
    labels = sorted({record.label for record in listed.records})
    if len(labels) == 1:
        return labels[0]
    for other in others:
        if (other.start, other.end, other.label in labels) == (listed.start, listed.end, True):
            return other.label
    counts = elsewhere or Counter()
    return max(labels, key=lambda label: (counts[label], -labels.index(label)))
