"""What somebody changed in the register of a TEI file of ours: names, identifiers, and entries that are one thing.

The register says what is true of all mentions of a thing; so a change there is a change of each of them, by a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
from lxml import etree

from corpus.authorities.uris import SCHEMES, to_uri
from corpus.markup.walk import XML_ID, text_of
from corpus.markup.xml import local
from corpus.tei.touched import SOURCE, Register
from corpus.writers.tei.profiles import PERSON
from schemas.ids import Ids
from schemas.records import Annotation, Article, Problem
from schemas.values import EntityValue

_NAMES = frozenset({"persName", "orgName", "placeName", "eventName", "title", "name", "label"})
_ADDRESS = ("http://", "https://", "urn:", "info:")


class _Entry(NamedTuple):
    """A thing of the register: its names, its URIs, and the entry that it is the same as."""

    tag: str
    names: tuple[str, ...]
    refs: tuple[str, ...]
    same_as: str | None


def correct_register(article: Article, tei: etree._Element, reference: etree._Element) -> Article:
    """The article with its mentions as the register of ``tei`` has their things; ``reference`` is the one that we would write."""
    before, now = dict(_entries(reference)), dict(_entries(tei))
    if before == now and not _has_unknown_refs(article):
        return article
    register = Register(reference)
    clusters = {register.record_id(name): name for name in before}
    changes = {name: _Change(before, now, name, article) for name in before}
    annotations = [
        changes[clusters[ann.value.cluster]].on(ann, register)
        if isinstance(ann.value, EntityValue) and ann.value.cluster in clusters
        else ann
        for ann in article.annotations
    ]
    problems = tuple(_problems(before, now, changes, register))
    return msgspec.structs.replace(article, annotations=tuple(annotations), problems=article.problems + problems)


def _entries(tei: etree._Element) -> Iterator[tuple[str, _Entry]]:
    for stand_off in tei.iterchildren("standOff"):
        if stand_off.get(XML_ID) != "standOff.entities":
            continue
        for listed in stand_off:
            for entity in listed.iterchildren(etree.Element):
                same = (entity.get("sameAs") or entity.get("corresp") or "").removeprefix("#") or None
                yield entity.get(XML_ID) or "", _Entry(local(entity), _names(entity), _refs(entity), same)


def _names(entity: etree._Element) -> tuple[str, ...]:
    named = [each for each in entity if local(each) in _NAMES and each.get("type") != "authority"]
    return tuple(dict.fromkeys(name for each in named if (name := text_of(each))))


def _refs(entity: etree._Element) -> tuple[str, ...]:
    """The URIs: as they stand, or of a number with the name of its scheme ("GND")."""
    found = [entity.get("ref") or ""] if (entity.get("ref") or "").startswith(_ADDRESS) else []
    for idno in entity.iterchildren("idno"):
        said = text_of(idno)
        scheme = (idno.get("type") or "").casefold()
        uri = to_uri(scheme, said) if scheme in SCHEMES else None
        if idno.get("type") == "URI" or uri or said.startswith(_ADDRESS):
            found.append(uri or said)
    return tuple(dict.fromkeys(found))


def _has_unknown_refs(article: Article) -> bool:
    known = {ref for authority in article.authorities for ref in authority.refs}
    values = (ann.value for ann in article.annotations if ann.made_by not in (SOURCE, PERSON))
    return any(isinstance(value, EntityValue) and _is_unknown(value, known) for value in values)


def _is_unknown(value: EntityValue, known: set[str]) -> bool:
    """Whether a machine's mention has identifiers that no machine gave it: those of authorities have a record."""
    return not known.issuperset(value.ref) or (bool(value.ref_why) and not value.ref)


class _Change:
    """What became of one entry."""

    def __init__(self, before: Mapping[str, _Entry], now: Mapping[str, _Entry], name: str, article: Article) -> None:
        self._before = before[name]
        self._known = {ref for authority in article.authorities for ref in authority.refs}
        entry = now.get(name)
        self.target = entry.same_as if entry is not None and entry.same_as in now else None
        if entry is None:
            self.target = _joined(before, now, name)
        self.is_gone = entry is None and self.target is None
        self.entry = now[self.target] if self.target is not None else entry or self._before
        self._renamed = {} if self.target is not None else self._pairs()

    def _pairs(self) -> dict[str, str]:
        """Names that were written otherwise: as many went as came."""
        went = [name for name in self._before.names if name not in self.entry.names]
        came = [name for name in self.entry.names if name not in self._before.names]
        return dict(zip(went, came, strict=True)) if len(went) == len(came) else {}

    @property
    def added(self) -> list[str]:
        """Names that came beside those that the mentions have."""
        taken = {*self._before.names, *self._renamed.values()}
        return [name for name in self.entry.names if name not in taken] if self.target is None else []

    def on(self, ann: Annotation, register: Register) -> Annotation:
        """A mention as the entry has it now."""
        value = ann.value
        assert isinstance(value, EntityValue)
        fields: dict[str, object] = {}
        if value.name in self._renamed:
            fields["name"] = self._renamed[value.name]
        if self.target is not None:
            fields["cluster"] = register.record_id(self.target)
        is_of_entry = value.ref == self._before.refs
        if is_of_entry and (self.entry.refs != value.ref or _is_unknown(value, self._known)):
            fields |= {"ref": self.entry.refs, "ref_why": ""}
        made_by = ann.made_by if ann.made_by == PERSON else SOURCE
        if not fields or (ann.made_by == made_by and not self._is_other(value)):
            return ann
        changed = msgspec.structs.replace(value, **fields)
        return msgspec.structs.replace(ann, value=changed, made_by=made_by, confidence=None)

    def _is_other(self, value: EntityValue) -> bool:
        """Whether the entry says other things than this mention of a person, who may know better than its authority."""
        is_same_name = value.name not in self._renamed
        return not is_same_name or self.target is not None or self.entry.refs != self._before.refs


def _joined(before: Mapping[str, _Entry], now: Mapping[str, _Entry], name: str) -> str | None:
    """The one entry of its kind that has a name of an entry that is gone, and had it not before."""
    gone = before[name]
    found = [
        other
        for other, entry in now.items()
        if entry.tag == gone.tag
        and set(gone.names) & set(entry.names) - set(before[other].names if other in before else ())
    ]
    return found[0] if len(found) == 1 else None


def _problems(
    before: Mapping[str, _Entry], now: Mapping[str, _Entry], changes: Mapping[str, _Change], register: Register
) -> Iterator[Problem]:
    """What of the register cannot be kept: it lives by the mentions in the text."""
    ids = Ids("p")
    for name, change in changes.items():
        shown = before[name].names[0] if before[name].names else name
        cluster = register.record_id(name)
        if change.is_gone:
            said = f"The entry of “{shown}” was taken out of the register; its mentions are kept."
            hint = "Take out its elements in the text, too, or give the entry that it is one with @sameAs."
            yield Problem(ids.make(f"{cluster}|{said}"), "register-entry-gone", "info", said, (cluster,), hint=hint)
        joined = {said for each, other in changes.items() if other.target == name for said in before[each].names}
        for added in (each for each in change.added if each not in joined):
            said = f"The name “{added}” was added to “{shown}” in the register, but no mention has it; it is not kept."
            hint = "Give it to a mention, or to the record of an authority file."
            yield Problem(ids.make(f"{cluster}|{said}"), "register-name-unused", "info", said, (cluster,), hint=hint)
    for name, entry in now.items():
        if name not in before:
            shown = entry.names[0] if entry.names else name
            said = f"The entry of “{shown}” was added to the register, but no element of the text names it."
            hint = "Point an element of the text at it with @ref."
            yield Problem(ids.make(f"{name}|{said}"), "register-entry-unused", "info", said, hint=hint)
