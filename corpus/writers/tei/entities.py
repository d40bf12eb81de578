"""``standOff`` with the persons, organisations, places, events, works and groups that the text's ``@ref`` points to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from corpus.authorities.uris import scheme_of
from corpus.writers.tei.dates import w3c_date
from corpus.writers.tei.edition import Edition, Entity
from corpus.writers.tei.elements import element, sub, word
from schemas.authorities import Authority

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
        known = entity.authority
        if tag == "event":  # eventName must not be mixed with idno, see TEI's content model of event
            _write_idnos(made, entity.refs)
            _write_names(made, name_tag, entity.names)
        else:
            _write_names(made, name_tag, entity.names)
            if known is not None:
                _write_authority(made, name_tag, known)
            if tag == "org":  # idno among the names, notes behind them
                _write_idnos(made, entity.refs)
        _write_notes(made, entity)
        if tag not in ("event", "org"):
            _write_idnos(made, entity.refs)


def _write_names(made: etree._Element, tag: str, names: Sequence[str]) -> None:
    for i, name in enumerate(names or ("",)):
        sub(made, tag, name, type="variant" if i else None)


def _write_authority(made: etree._Element, name_tag: str, known: Authority) -> None:
    """What an authority knows: its heading, the dates of a life, where a place lies (latitude and longitude, WGS 84)."""
    if name_tag in ("persName", "orgName", "placeName"):
        sub(made, name_tag, known.name, type="authority")
    if name_tag == "persName":
        for tag, day in (("birth", known.begin), ("death", known.end)):
            if day:
                sub(made, tag, day, when=w3c_date(day))
    if name_tag == "placeName" and known.latitude and known.longitude:
        sub(sub(made, "location"), "geo", f"{known.latitude} {known.longitude}")


def _write_idnos(made: etree._Element, refs: Iterable[str]) -> None:
    for ref in refs:
        scheme = scheme_of(ref)
        sub(made, "idno", ref, type="URI", subtype=scheme if scheme != "URI" else None)


def _write_notes(made: etree._Element, entity: Entity) -> None:
    for kind in entity.types:
        sub(made, "note", kind, type="type", subtype=word(kind))
    if entity.authority is not None:
        for name, words in (("place", entity.authority.place), ("description", entity.authority.description)):
            if words:
                sub(made, "note", words, type=name)
    for candidate in entity.candidates:
        sub(made, "note", candidate, type="candidate")
