"""Names as JATS has them: persons with their parts, bodies, and strings that only look like one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from bibliography.names import CslName, parse_name
from corpus.markup.walk import text_of
from corpus.markup.xml import local

_NAMES = ("name", "string-name", "collab", "anonymous")
_PARTS = {"surname": "family", "given-names": "given", "prefix": "dropping-particle", "suffix": "suffix"}


def csl_name(element: etree._Element) -> CslName:
    """The CSL name of a ``name``, ``string-name``, ``collab`` or ``anonymous``."""
    parts = {variable: text for tag, variable in _PARTS.items() if (text := text_of(element.find(tag)))}
    if parts.get("family"):
        title = parts.get("dropping-particle", "")
        if title[:1].isupper():  # "Dr", not "von"
            del parts["dropping-particle"]
        return parts
    text = text_of(element)
    if local(element) == "string-name" or parts:
        return parse_name(text)
    return {"literal": text or "Anonymous"}


def names_of(citation: etree._Element, roles: Sequence[str]) -> Iterator[etree._Element]:
    """The names of a citation in one of some roles; "" is for names that stand in no group or one without a role."""
    for element in citation.iter(*_NAMES):
        if any(local(above) in _NAMES for above in element.iterancestors()):
            continue
        group = next(element.iterancestors("person-group"), None)
        role = group.get("person-group-type", "") if group is not None else element.get("person-group-type", "")
        if role in roles:
            yield element


def csl_names(elements: Iterable[etree._Element]) -> list[CslName]:
    """The CSL names of some elements."""
    return [name for element in elements if (name := csl_name(element))]


def written_names(citation: etree._Element, roles: Sequence[str]) -> str:
    """The names of a role in one line, family first: "Sutton A. C., Nove A."."""
    written = []
    for name in csl_names(names_of(citation, roles)):
        family = " ".join(filter(None, (name.get("dropping-particle"), name.get("family"))))
        written.append(name.get("literal") or " ".join(filter(None, (family, name.get("given"), name.get("suffix")))))
    if any(local(each) == "etal" for each in citation.iter("etal")) and "author" in roles and written:
        written.append("et al")
    return ", ".join(written)


def person_words(element: etree._Element) -> str:
    """A name as the title page prints it, given name first."""
    name = csl_name(element)
    if name.get("literal"):
        return name["literal"]
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    if element.get("name-style") == "eastern":
        latin = any("a" <= char.casefold() <= "z" for char in name.get("family", ""))
        return (" " if latin else "").join(filter(None, (name.get("family"), name.get("given"))))
    return " ".join(filter(None, (name.get(part) for part in order)))
