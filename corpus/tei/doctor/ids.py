"""xml:ids that are no XML names, that stand twice, or that are called ``id`` as in TEI P4."""

from __future__ import annotations

import re

from lxml import etree

from corpus.markup.walk import XML_ID
from corpus.markup.xml import local
from corpus.tei.doctor.report import Repair, repair

_NCNAME = re.compile(r"[^\W\d][\w.\-·]*")
_NO_NAME = re.compile(r"[^\w.\-·]+")


def mend_ids(root: etree._Element, repairs: list[Repair]) -> dict[str, str]:
    """Give each element an xml:id that is a name and its own; the new ids by the old ones, for the pointers."""
    elements = [each for each in root.iter(etree.Element) if each.get(XML_ID) is not None or each.get("id") is not None]
    taken = {name for each in elements if (name := each.get(XML_ID)) is not None}
    seen: set[str] = set()
    renamed: dict[str, str] = {}
    for element in elements:
        old = element.get(XML_ID)
        if old is None:
            old = element.get("id") or ""
            del element.attrib["id"]
            element.set(XML_ID, old)
            repairs.append(repair(element, "id-attribute", f'{local(element)}/@id "{old}" is now @xml:id'))
        if _NCNAME.fullmatch(old) and old not in seen:
            seen.add(old)
            continue
        new = _free(_as_name(old), taken | seen)
        element.set(XML_ID, new)
        seen.add(new)
        if not _NCNAME.fullmatch(old):
            _keep(element, old)
            renamed.setdefault(" ".join(old.split()), new)
            said = f'xml:id "{old}" is no XML name; it is now "{new}", and @n keeps the old one where it was free'
            repairs.append(repair(element, "id-no-name", said))
        else:
            said = f'xml:id "{old}" was given before; this one is now "{new}", pointers go to the first'
            repairs.append(repair(element, "id-twice", said))
    return renamed


def _as_name(old: str) -> str:
    name = _NO_NAME.sub("-", " ".join(old.split())).strip("-") or "id"
    return name if _NCNAME.fullmatch(name) else f"id.{name}"


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}.{number}"
    return name


def _keep(element: etree._Element, old: str) -> None:
    if element.get("n") is None and " ".join(old.split()):
        element.set("n", " ".join(old.split()))
