"""``standOff`` with the persons, organisations, places, events, works and groups that the text's ``@ref`` points to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from corpus.writers.tei.edition import Edition, Entity
from corpus.writers.tei.elements import element, sub, word

# label -> the list, the entity's element, the element of its name
_FORMS = {
    "PERSON": ("listPerson", "person", "persName"),
    "ORG": ("listOrg", "org", "orgName"),
    "GROUP": ("listOrg", "org", "orgName"),
    "LOC": ("listPlace", "place", "placeName"),
    "EVENT": ("listEvent", "event", "eventName"),
    "WORK": ("listBibl", "bibl", "title"),
}
_OTHER = ("list", "item", "name")


def write_entities(edition: Edition) -> list[etree._Element]:
    """One ``standOff`` with a list for each sort of entity, or nothing where no entity was found."""
    if not edition.entities:
        return []
    stand_off = element("standOff", id="standOff.entities", type="entities")
    by_list: dict[str, list[Entity]] = {}
    for entity in edition.entities.values():
        by_list.setdefault(_FORMS.get(entity.label, _OTHER)[0], []).append(entity)
    for name in dict.fromkeys([*(form[0] for form in _FORMS.values()), _OTHER[0]]):
        if name in by_list:
            _write_list(sub(stand_off, name), by_list[name])
    return [stand_off]


def _write_list(parent: etree._Element, entities: Iterable[Entity]) -> None:
    for entity in entities:
        _, tag, name_tag = _FORMS.get(entity.label, _OTHER)
        kind = {"GROUP": "group", "WORK": "work"}.get(entity.label)
        made = sub(parent, tag, id=entity.xml_id, type=kind)
        if tag == "event":  # eventName must not be mixed with idno, see TEI's content model of event
            _write_idnos(made, entity.refs)
            _write_names(made, name_tag, entity.names)
        else:
            _write_names(made, name_tag, entity.names)
            if tag == "org":  # idno among the names, notes behind them
                _write_idnos(made, entity.refs)
        _write_notes(made, entity)
        if tag not in ("event", "org"):
            _write_idnos(made, entity.refs)


def _write_names(made: etree._Element, tag: str, names: Sequence[str]) -> None:
    for i, name in enumerate(names or ("",)):
        sub(made, tag, name, type="variant" if i else None)


def _write_idnos(made: etree._Element, refs: Iterable[str]) -> None:
    for ref in refs:
        sub(made, "idno", ref, type="URI")


def _write_notes(made: etree._Element, entity: Entity) -> None:
    for kind in entity.types:
        sub(made, "note", kind, type="type", subtype=word(kind))
    for candidate in entity.candidates:
        sub(made, "note", candidate, type="candidate")
