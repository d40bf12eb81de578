"""What an ODD says of elements, classes, macros and datatypes, merged into TEI's own specifications.

Of the ODD are read: ``moduleRef`` with ``@include`` or ``@except``; ``elementSpec``, ``classSpec``, ``macroSpec`` and ``dataSpec``
with ``@mode`` add, change, replace or delete; in them ``classes``, ``content``, ``attDef`` with ``datatype`` and ``valList``.
TEI Guidelines, chapter 23, "Implementation of an ODD System".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
_KINDS = {"elementSpec": "element", "classSpec": "class", "macroSpec": "macro", "dataSpec": "data"}


class OddError(ValueError):
    """The ODD names what TEI has not, or says what is not read here."""


@dataclass(frozen=True)
class Attribute:
    """One attribute: ``values`` are those of a closed list, else ``datatype`` says what it may hold.

    One that ``overrides`` changes an attribute that a class gives, and is none where no class gives it.
    """

    name: str
    required: bool
    datatype: etree._Element | None
    values: tuple[str, ...] = ()
    overrides: bool = False


@dataclass
class Spec:
    """An element, class, macro or datatype; in ``attributes`` None stands for one that is taken away."""

    name: str
    kind: str
    module: str
    classes: list[str] = field(default_factory=list)
    content: etree._Element | None = None
    attributes: dict[str, Attribute | None] = field(default_factory=dict)
    alternatives: list[tuple[str, ...]] = field(default_factory=list)  # attributes of which one excludes the others
    constraints: dict[str, etree._Element] = field(default_factory=dict)


@dataclass(frozen=True)
class Schema:
    """The specifications that a customisation holds, by name."""

    elements: dict[str, Spec]
    classes: dict[str, Spec]
    macros: dict[str, Spec]
    data: dict[str, Spec]
    start: tuple[str, ...]
    constraints: dict[str, etree._Element]

    def attributes(self, spec: Spec) -> dict[str, Attribute]:
        """All attributes of an element, its own and those of its classes, by name."""
        found = dict(spec.attributes)
        given = set()
        for name, attribute in self._inherited(spec.classes, set()):
            given.add(name)
            if name not in found:
                found[name] = attribute
            elif (own := found[name]) is not None and own.datatype is None and attribute is not None and not own.values:
                found[name] = Attribute(name, own.required, attribute.datatype, attribute.values)
        return {
            name: attribute
            for name, attribute in sorted(found.items())
            if attribute is not None and (name in given or not attribute.overrides)
        }

    def members(self, model: str) -> tuple[str, ...]:
        """The elements of a model class and of the classes in it, in the order of their names."""
        found = {name for name, spec in self.elements.items() if model in spec.classes}
        for name, spec in self.classes.items():
            if model in spec.classes and name.startswith("model."):
                found.update(self.members(name))
        return tuple(sorted(found))

    def attribute_classes(self) -> list[Spec]:
        """The classes of attributes that elements of the schema belong to, in the order of their names."""
        found: set[str] = set()
        waiting = [name for spec in self.elements.values() for name in spec.classes]
        while waiting:
            name = waiting.pop()
            if name.startswith("att.") and name in self.classes and name not in found:
                found.add(name)
                waiting += self.classes[name].classes
        return [self.classes[name] for name in sorted(found)]

    def _inherited(self, names: Iterable[str], seen: set[str]) -> Iterator[tuple[str, Attribute | None]]:
        for name in names:
            if not name.startswith("att.") or name in seen or name not in self.classes:
                continue
            seen.add(name)
            yield from self.classes[name].attributes.items()
            yield from self._inherited(self.classes[name].classes, seen)


def read_schema(odd: etree._Element, p5: etree._Element) -> Schema:
    """The customisation that the first ``schemaSpec`` of an ODD describes."""
    schema_spec = next(odd.iter(f"{TEI}schemaSpec"), None)
    if schema_spec is None:
        raise OddError("the ODD has no schemaSpec")
    known = {(spec.kind, spec.name): spec for spec in map(_read, _specs(p5))}
    chosen = _of_modules(schema_spec, known)
    for changed in _specs(schema_spec):
        _customise(changed, known, chosen)
    by_kind: dict[str, dict[str, Spec]] = {kind: {} for kind in _KINDS.values()}
    for (kind, name), spec in chosen.items():
        by_kind[kind][name] = spec
    constraints = {_ident(each): each for each in schema_spec.findall(f"{TEI}constraintSpec")}
    start = tuple((schema_spec.get("start") or "TEI").split())
    return Schema(by_kind["element"], by_kind["class"], by_kind["macro"], by_kind["data"], start, constraints)


def _specs(root: etree._Element) -> Iterator[etree._Element]:
    for name in _KINDS:
        yield from root.iter(f"{TEI}{name}")


def _of_modules(schema_spec: etree._Element, known: dict[tuple[str, str], Spec]) -> dict[tuple[str, str], Spec]:
    modules = {spec.module for spec in known.values()}
    chosen: dict[tuple[str, str], Spec] = {}
    for reference in schema_spec.iter(f"{TEI}moduleRef"):
        module = reference.get("key", "")
        if module not in modules:
            raise OddError(f'moduleRef: TEI has no module "{module}"')
        include, left_out = (reference.get("include") or "").split(), (reference.get("except") or "").split()
        for name in [*include, *left_out]:
            spec = known.get(("element", name))
            if spec is None or spec.module != module:
                raise OddError(f'moduleRef: the module "{module}" has no element "{name}"')
        for key, spec in known.items():
            if spec.module == module and (spec.kind != "element" or _taken(spec.name, include, left_out)):
                chosen[key] = spec
    return chosen


def _taken(name: str, include: list[str], left_out: list[str]) -> bool:
    return name in include if include else name not in left_out


def _customise(made: etree._Element, known: dict[tuple[str, str], Spec], chosen: dict[tuple[str, str], Spec]) -> None:
    key = (_KINDS[_tag(made)], _ident(made))
    mode = made.get("mode", "add")
    if mode == "add":
        if key in known:
            raise OddError(f'{_tag(made)} "{key[1]}" is added, but TEI has it')
        chosen[key] = _read(made)
        return
    if key not in chosen:
        raise OddError(f'{_tag(made)} "{key[1]}" is to {mode}, but no module of this schema has it')
    if mode == "delete":
        del chosen[key]
    elif mode == "replace":
        chosen[key] = _read(made)
    else:
        _change(chosen[key], made)


def _read(made: etree._Element) -> Spec:
    spec = Spec(_ident(made), _KINDS[_tag(made)], made.get("module", ""))
    _change(spec, made)
    return spec


def _change(spec: Spec, made: etree._Element) -> None:
    classes = made.find(f"{TEI}classes")
    if classes is not None:
        spec.classes = _classes(spec.classes, classes)
    content = made.find(f"{TEI}content")
    if content is not None:
        spec.content = content
    for listed in made.findall(f"{TEI}attList"):
        _read_attributes(spec, listed)
    for constraint in made.iter(f"{TEI}constraintSpec"):
        if constraint.get("mode") == "delete":
            spec.constraints.pop(_ident(constraint), None)
        else:
            spec.constraints[_ident(constraint)] = constraint


def _classes(had: list[str], made: etree._Element) -> list[str]:
    members = [(each.get("mode", "add"), each.get("key", "")) for each in made.findall(f"{TEI}memberOf")]
    if made.get("mode", "replace") == "replace":
        return [key for mode, key in members if mode != "delete"]
    gone = {key for mode, key in members if mode == "delete"}
    if missing := gone - set(had):
        raise OddError(f"classes that are to go were not there: {', '.join(sorted(missing))}")
    return [
        *(key for key in had if key not in gone),
        *(key for mode, key in members if mode != "delete" and key not in had),
    ]


def _read_attributes(spec: Spec, listed: etree._Element) -> None:
    for nested in listed.findall(f"{TEI}attList"):
        _read_attributes(spec, nested)
    names = []
    for made in listed.findall(f"{TEI}attDef"):
        name = _ident(made)
        names.append(name)
        if made.get("mode") == "delete":
            spec.attributes[name] = None
        else:
            spec.attributes[name] = _attribute(made, spec.attributes.get(name))
    if listed.get("org") == "choice":
        spec.alternatives.append(tuple(names))


def _attribute(made: etree._Element, had: Attribute | None) -> Attribute:
    change = made.get("mode") == "change"
    datatype, values = made.find(f"{TEI}datatype"), made.find(f"{TEI}valList")
    required = made.get("usage") == "req"
    closed: tuple[str, ...] = ()
    if values is not None and values.get("type") == "closed":
        closed = tuple(_ident(item) for item in values.findall(f"{TEI}valItem"))
    if change and had is not None:
        required = required if made.get("usage") else had.required
        datatype = had.datatype if datatype is None else datatype
        closed = had.values if values is None else closed
    overrides = change and (had is None or had.overrides)
    return Attribute(_ident(made), required, datatype, closed, overrides)


def _tag(made: etree._Element) -> str:
    return made.tag.removeprefix(TEI) if isinstance(made.tag, str) else ""


def _ident(made: etree._Element) -> str:
    return made.get("ident", "")
