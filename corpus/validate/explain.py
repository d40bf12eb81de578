"""Why a file does not fit a grammar: element by element, so that the fault is named where it is.

libxml2 says only that the content of some element high up does not fit. Our grammar has one pattern for each element
name; so each element can be judged by itself: its attributes, its children in their order, its text.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.odd.patterns import EMPTY, SOME_TEXT, TEI_NAMESPACE, Follower, Grammar, Pattern, write_grammar
from corpus.validate.findings import Finding, elements, finding, local_name

_XML = "{http://www.w3.org/XML/1998/namespace}"
_CODE = "tei-schema"
_MANY = 12  # names that a message lists


def explain(root: etree._Element, follower: Follower) -> Iterator[Finding]:
    """Each fault of each element that the grammar knows; what is in an unknown one is not looked at."""
    if root.tag != f"{{{TEI_NAMESPACE}}}TEI":
        yield finding(root, _CODE, f"the file begins with {root.tag}, not with TEI in TEI's namespace")
        return
    values = _Values(follower.grammar)
    for element in elements(root):
        name = _tei_name(element)
        if name in follower.grammar:
            yield from _check_attributes(element, follower.attributes(name), values)
            yield from _check_content(element, follower, name)


def _check_content(element: etree._Element, follower: Follower, name: str) -> Iterator[Finding]:
    state = follower.content(name)
    for child, text in _children(element):
        if child is None and not text.strip():
            continue
        after = follower.step(state, SOME_TEXT if child is None else _tei_name(child))
        if not after and child is None:
            yield finding(element, _CODE, f'{name} holds text: "{_short(text)}"', _allowed(follower, state))
            continue
        if not after and child is not None:
            message = f"{local_name(child)} may not stand here in {name}"
            yield finding(child, _CODE, message, _allowed(follower, state))
            return
        state = after
    if not follower.may_end(state):
        yield finding(element, _CODE, f"{name} is not complete", _allowed(follower, state))


def _children(element: etree._Element) -> Iterator[tuple[etree._Element | None, str]]:
    """Children and the texts between them; comments and processing instructions do not part texts."""
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            if text:
                yield None, text
            yield child, ""
            text = ""
        text += child.tail or ""
    if text:
        yield None, text


def _allowed(follower: Follower, state: frozenset[Pattern]) -> str:
    names = sorted(follower.expected(state) - {SOME_TEXT})
    said = ", ".join(names[:_MANY]) + (", ..." if len(names) > _MANY else "")
    if follower.may_end(state):
        return f"here may stand: {said}" if said else "nothing may stand here"
    return f"here must stand: {said}" if said else ""


def _check_attributes(
    element: etree._Element, allowed: dict[str, tuple[Pattern, bool]], values: _Values
) -> Iterator[Finding]:
    name = local_name(element)
    given = {str(attribute).replace(_XML, "xml:"): str(value) for attribute, value in element.attrib.items()}
    for attribute, value in given.items():
        if attribute not in allowed:
            hint = f"{name} has {', '.join(f'@{each}' for each in sorted(allowed))}" if allowed else ""
            yield finding(element, _CODE, f"{name} has no attribute @{attribute}", hint)
        elif not values.fits(allowed[attribute][0], value):
            hint = _values_hint(allowed[attribute][0])
            yield finding(element, _CODE, f'{name}/@{attribute} may not be "{_short(value)}"', hint)
    for attribute, (_, required) in allowed.items():
        if required and attribute not in given:
            yield finding(element, _CODE, f"{name} lacks the attribute @{attribute}", "give it")


def _values_hint(attribute: Pattern) -> str:
    (pattern,) = attribute.parts
    listed = pattern.parts if pattern.kind == "choice" else (pattern,)
    if any(each.kind != "value" for each in listed):
        return ""
    return f"one of: {', '.join(dict(each.said).get('', '') for each in listed)}"


class _Values:
    """Judges values of attributes by libxml2, each by a schema of one attribute."""

    def __init__(self, grammar: Grammar) -> None:
        self._datatypes = {name: pattern for name, pattern in grammar.items() if pattern.kind != "element"}
        self._schemas: dict[Pattern, etree.RelaxNG] = {}

    def fits(self, attribute: Pattern, value: str) -> bool:
        """Whether an attribute may have a value."""
        if attribute not in self._schemas:
            alone = Pattern("attribute", (("name", "value"),), attribute.parts)
            made = Pattern("element", (("name", "one"),), (EMPTY, alone))
            needed = {name: self._datatypes[name] for name in _references(alone, self._datatypes)}
            self._schemas[attribute] = etree.RelaxNG(write_grammar({**needed, "one": made}, ["one"]))
        one = etree.Element(f"{{{TEI_NAMESPACE}}}one", value=value)
        return bool(self._schemas[attribute].validate(one))


def _references(pattern: Pattern, grammar: Grammar) -> Iterator[str]:
    if pattern.kind == "ref":
        yield pattern.name
        yield from _references(grammar[pattern.name], grammar)
    for part in pattern.parts:
        yield from _references(part, grammar)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _tei_name(element: etree._Element) -> str:
    """The name of an element in TEI's namespace; its whole tag where it is in another."""
    return str(element.tag).removeprefix(f"{{{TEI_NAMESPACE}}}")
