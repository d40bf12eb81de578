"""One annotation as a ``span`` of ``standOff``: its place, its layer and label, who made it, and its value in full."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.writers.tei.edition import Edition, Entity
from corpus.writers.tei.elements import certainty, clean
from corpus.writers.tei.features import Field, features, record_fields
from corpus.writers.tei.inline import Plan
from corpus.writers.tei.taxonomies import category
from schemas.records import Annotation
from schemas.values import EntityValue

_KIND = frozenset({"kind"})
_OF_ENTITY = frozenset({"name", "cluster", "type", "ref"})
_NOTHING: frozenset[str] = frozenset()


def annotation_span(edition: Edition, plan: Plan, ann: Annotation, xml_id: str) -> str:
    """The span; the fields of the value stand beside those of the annotation itself, ``fs/@type`` is its record."""
    spot = plan.spot(edition, ann, xml_id)
    kind = category(ann.layer, ann.label)
    entity = edition.entities[ann.value.cluster] if isinstance(ann.value, EntityValue) else None
    fields: list[Field] = [] if kind else [("label", ann.label)]
    fields += _value(edition, ann, entity)
    if ann.confidence is not None:
        fields.append(("confidence", ann.confidence))
    if not spot.is_exact:
        fields += [("start", ann.start), ("end", ann.end)]
    record = type(ann.value).__struct_config__.tag if ann.value is not None else None
    structure = features(fields, str(record) if record else None) if fields or (record and not entity) else ""
    cert = certainty(ann.confidence)
    if entity is not None:
        kind = f"{kind} #{entity.xml_id}" if kind else f"#{entity.xml_id}"
    # By hand, since there are so many: none of these is anything but a name or a pointer made of names.
    own = f' xml:id="{spot.xml_id}"' if spot.xml_id else ""
    inline = f' corresp="{spot.corresp}"' if spot.corresp else ""
    ana = f' ana="{kind}"' if kind else ""
    sure = f' cert="{cert}"' if cert else ""
    head = f'{own} target="{spot.target}"{inline} type="{ann.layer}"{ana}{sure} resp="#{edition.agents[ann.made_by]}"'
    return f"<span{head}>{structure}</span>" if structure else f"<span{head}/>"


def _value(edition: Edition, ann: Annotation, entity: Entity | None) -> Iterator[Field]:
    value = ann.value
    if isinstance(value, EntityValue) and entity is not None:
        yield from _mention(edition, ann, value, entity)
    elif value is not None:
        yield from record_fields(value, _KIND if getattr(value, "kind", None) == ann.label else _NOTHING)


def _mention(edition: Edition, ann: Annotation, value: EntityValue, entity: Entity) -> Iterator[Field]:
    """What a mention says that its words and the entity in the register do not."""
    if value.name != " ".join(clean(edition.article.quote(ann)).split()):
        yield "name", value.name
    known = entity.types[0] if entity.types else None
    if value.type != known or (known is not None and clean(known) != known):
        yield "type", value.type
    if value.ref != entity.refs or any(clean(ref) != ref for ref in value.ref):
        yield "ref", value.ref
    yield from record_fields(value, _OF_ENTITY)
