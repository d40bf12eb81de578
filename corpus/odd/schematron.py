"""The constraints of a customised TEI as one ISO Schematron schema: ours, and TEI's own for what the schema holds.

As TEI's extraction does it, each ``constraintSpec`` becomes a pattern; one that TEI repeats for many elements stands once.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from corpus.odd.specs import TEI, Schema

SCH = "http://purl.oclc.org/dsdl/schematron"
_NAMESPACES = {"tei": TEI.strip("{}"), "xs": "http://www.w3.org/2001/XMLSchema"}
Constraint = tuple[str, etree._Element]


def write_schematron(schema: Schema, *, notice: str) -> etree._Element:
    """A schema with the query binding xslt2; the id of a pattern is the spec's name and the constraint's."""
    names: Any = {None: SCH}  # lxml-stubs know no default namespace
    made = etree.Element(f"{{{SCH}}}schema", nsmap=names)
    made.set("queryBinding", "xslt2")
    made.append(etree.Comment(notice))
    etree.SubElement(made, f"{{{SCH}}}title").text = "What adfontes.rng cannot say: pointers, places, notes and sources"
    for prefix, uri in _NAMESPACES.items():
        etree.SubElement(made, f"{{{SCH}}}ns", prefix=prefix, uri=uri)
    seen: set[str] = set()
    for name, constraint in _constraints(schema):
        rules = list(constraint.iter(f"{{{SCH}}}rule"))
        if rules and name not in seen:
            seen.add(name)
            pattern = etree.SubElement(made, f"{{{SCH}}}pattern", id=name)
            pattern.extend(map(_copy, rules))
    etree.cleanup_namespaces(made)
    return made


def _constraints(schema: Schema) -> Iterator[Constraint]:
    """Ours for the whole schema, then those of elements and of the classes that they belong to."""
    for name, constraint in schema.constraints.items():
        yield f"adfontes-{name}", constraint
    for spec in [*schema.elements.values(), *schema.attribute_classes()]:
        for name, constraint in spec.constraints.items():
            is_ours = constraint.get("mode") == "add"
            for_many = name.removesuffix(f"-check-{spec.name}")  # TEI repeats "calendar-check-X" for each X
            yield for_many if for_many != name else f"{'adfontes' if is_ours else spec.name}-{name}", constraint


def _copy(rule: etree._Element) -> etree._Element:
    """A rule without the white space in which the ODD's author set it."""
    made = deepcopy(rule)
    made.tail = None
    for each in made.iter():
        if each.text and not each.text.strip():
            each.text = None
        if each.tail and not each.tail.strip() and "\n" in each.tail:
            each.tail = None
    return made
