"""Names of persons and bodies in TEI, as CSL-JSON has them and as print shows them."""

from __future__ import annotations

from lxml import etree

from bibliography.names import CslName, parse_name
from corpus.markup.walk import text_of
from corpus.markup.xml import local


def csl_name(element: etree._Element) -> CslName:
    """The CSL name of an ``author``, ``editor`` or ``persName``; {} where it holds none."""
    person = next(element.iter("persName"), element)
    family = " ".join(filter(None, (text_of(each) for each in person.iter("surname"))))
    if family:
        given = " ".join(filter(None, (text_of(each) for each in person.iter("forename", "foreName"))))
        parts = {
            "non-dropping-particle": " ".join(text_of(each) for each in person.iter("nameLink")),
            "family": family,
            "given": given,
            "suffix": " ".join(text_of(each) for each in person.iter("genName")),
        }
        return {part: text for part, text in parts.items() if text}
    body = next(
        (each for each in element.iter("orgName") if next(each.iterancestors("affiliation"), None) is None), None
    )
    if body is not None and local(person) != "persName" and text_of(body):
        return {"literal": text_of(body)}
    text = _own_text(person if local(person) == "persName" else element)
    return parse_name(text) if text else {}


def _own_text(element: etree._Element) -> str:
    """The words of a name without addresses and affiliations inside it."""
    parts = [element.text or ""]
    for child in element:
        if local(child) not in ("affiliation", "email", "idno", "address", "roleName", "note", "ptr", ""):
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split()).strip(" ,;")


def print_name(name: CslName) -> str:
    """A name as a title page prints it, given name first."""
    if name.get("literal"):
        return name["literal"]
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(filter(None, (name.get(part) for part in order)))


def list_name(name: CslName) -> str:
    """A name as a reference list prints it, family first."""
    if name.get("literal"):
        return name["literal"]
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return ", ".join(filter(None, (family, name.get("given"), name.get("suffix"))))
