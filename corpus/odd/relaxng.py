"""A customised TEI as RELAX NG: one pattern for each element, model class, macro and datatype that is used.

What a customisation took away is taken out of the content models, so that no empty group is left in them: libxml2
rejects valid content where a schema holds ``<zeroOrMore><empty/></zeroOrMore>``.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from corpus.odd.patterns import EMPTY, TEXT, Grammar, Pattern, choice, group, reference, repeated
from corpus.odd.specs import TEI, Attribute, OddError, Schema, Spec


class Compiler:
    """Makes the patterns of a schema; remembers which of them are used."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.defined: Grammar = {}
        self._waiting: list[Spec] = []

    def grammar(self) -> Grammar:
        """All patterns that the elements of the start need, by name."""
        for name in self.schema.start:
            self._element(name)
        while self._waiting:
            spec = self._waiting.pop()
            self.defined[spec.name] = self.element(spec)
        return self.defined

    def element(self, spec: Spec) -> Pattern:
        """The pattern of one element."""
        content = self._content(spec.content) if spec.content is not None else EMPTY
        attributes = self._attributes(spec)
        return Pattern("element", (("name", spec.name),), (content or EMPTY, *attributes))

    def _element(self, name: str) -> Pattern | None:
        """A reference to an element, None where the schema has it not; its own pattern is made later."""
        spec = self.schema.elements.get(name)
        if spec is None:
            return None
        if name not in self.defined:
            self.defined[name] = EMPTY
            self._waiting.append(spec)
        return reference(name)

    def _define(self, name: str, make: Callable[[], Pattern | None]) -> Pattern | None:
        if name not in self.defined:
            made = make()
            if made is None:
                return None
            self.defined[name] = made
        return reference(name)

    def _attributes(self, spec: Spec) -> list[Pattern]:
        attributes = self.schema.attributes(spec)
        made = {name: self._attribute(attribute) for name, attribute in attributes.items()}
        for names in spec.alternatives:
            found = [made.pop(name) for name in names if name in made]
            if one := choice(found):
                made[names[0]] = one
        return list(made.values())

    def _attribute(self, attribute: Attribute) -> Pattern:
        value: Pattern | None
        if attribute.values:
            value = choice(Pattern("value", (("", value),)) for value in attribute.values)
        elif attribute.datatype is None:
            value = TEXT
        else:
            value = self._content(attribute.datatype)
        if attribute.datatype is not None and _times(attribute.datatype)[1] != 1:
            value = self._listed(attribute, value)
        made = Pattern("attribute", (("name", attribute.name),), (value or TEXT,))
        return made if attribute.required else Pattern("optional", (), (made,))

    def _listed(self, attribute: Attribute, value: Pattern | None) -> Pattern:
        """An attribute with several values is a list; ``repeated`` has been applied where it has a datatype only."""
        assert attribute.datatype is not None
        if attribute.values and value is not None:
            value = repeated(value, *_times(attribute.datatype))
        return Pattern("list", (), (value or TEXT,))

    def _content(self, made: etree._Element) -> Pattern | None:
        """The pattern of a node of a content model; None where nothing is left of it."""
        tag = made.tag.removeprefix(TEI) if isinstance(made.tag, str) else ""
        found: Pattern | None
        match tag:
            case "content" | "sequence" | "datatype":
                found = group(self._content(child) for child in _children(made))
            case "alternate":
                found = choice(self._content(child) for child in _children(made))
            case "textNode":
                return TEXT
            case "empty":
                return EMPTY
            case "elementRef":
                found = self._element(made.get("key", ""))
            case "classRef":
                return self._class(made)
            case "macroRef":
                found = self._named(made, self.schema.macros)
            case "dataRef" if made.get("key"):
                found = self._named(made, self.schema.data)
            case "dataRef":
                found = _data(made)
            case "valList":
                found = choice(Pattern("value", (("", item.get("ident", "")),)) for item in made.iter(f"{TEI}valItem"))
            case _:
                raise OddError(f"content: {tag or made.tag} is not read here")
        return repeated(found, *_times(made))

    def _named(self, made: etree._Element, among: dict[str, Spec]) -> Pattern | None:
        spec = among.get(made.get("key", ""))
        if spec is None or spec.content is None:
            return None
        content = spec.content
        return self._define(spec.name, lambda: self._content(content))

    def _class(self, made: etree._Element) -> Pattern | None:
        name, expand = made.get("key", ""), made.get("expand", "alternate")
        members = [self._element(member) for member in self.schema.members(name)]
        found: Pattern | None
        if expand != "alternate":
            least, most = (0 if "Optional" in expand else 1), (None if "Repeatable" in expand else 1)
            found = group(repeated(member, least, most) for member in members)
        elif len(members) > 1:
            found = self._define(name, lambda: choice(members))
        else:
            found = choice(members)
        return repeated(found, *_times(made))


def _children(made: etree._Element) -> list[etree._Element]:
    return [child for child in made if isinstance(child.tag, str)]


def _times(made: etree._Element) -> tuple[int, int | None]:
    most = made.get("maxOccurs", "1")
    return int(made.get("minOccurs", "1")), None if most == "unbounded" else int(most)


def _data(made: etree._Element) -> Pattern:
    facets = [("pattern", made.get("restriction", ""))] if made.get("restriction") else []
    facets += [(each.get("name", ""), each.get("value", "")) for each in made.iter(f"{TEI}dataFacet")]
    parameters = tuple(Pattern("param", (("name", name), ("", value))) for name, value in facets)
    return Pattern("data", (("type", made.get("name", "")),), parameters)
