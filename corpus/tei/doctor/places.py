"""The namespace that a file lacks, and elements that TEI wants a step away from where they stand."""

from __future__ import annotations

from typing import Any

from lxml import etree

from corpus.markup.xml import local
from corpus.tei.doctor.report import Repair, repair

TEI = "http://www.tei-c.org/ns/1.0"
_SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def mend_namespace(root: etree._Element, repairs: list[Repair]) -> etree._Element:
    """The tree with its elements in TEI's namespace, where they are in none, and with an outermost element of P5's name."""
    bare = [each for each in root.iter(etree.Element) if isinstance(each.tag, str) and not each.tag.startswith("{")]
    wanted = {"tei": "TEI", "teicorpus": "teiCorpus"}[local(root).casefold()]
    if local(root) != wanted:
        repairs.append(repair(root, "root", f"the outermost element {local(root)} is now {wanted}"))
        root.tag = root.tag[: -len(local(root))] + wanted
    if root not in bare:
        return root
    said = f"{len(bare)} elements without a namespace are now in TEI's, {TEI}"
    repairs.append(repair(root, "namespace", said))
    namespaces: Any = {**root.nsmap, None: TEI}  # lxml-stubs know no default namespace
    made = etree.Element(f"{{{TEI}}}{root.tag}", nsmap=namespaces)
    made.attrib.update(dict(root.attrib))
    made.text, made.tail = root.text, root.tail
    for before in reversed(list(root.itersiblings(preceding=True))):
        made.addprevious(before)
    for after in reversed(list(root.itersiblings())):
        made.addnext(after)
    made.extend(list(root))
    for element in bare:
        if element is not root:  # below the new root they find its namespace and need no prefix
            element.tag = f"{{{TEI}}}{element.tag}"
    return made


def mend_places(root: etree._Element, repairs: list[Repair]) -> None:
    """An ``idno`` of a reference where TEI has it; a hint at an XML Schema, which TEI does not allow, taken off."""
    if root.attrib.pop(_SCHEMA_LOCATION, ""):
        repairs.append(repair(root, "schema-location", "@xsi:schemaLocation, which TEI does not allow, was taken off"))
    for struct in root.iter(f"{{{TEI}}}biblStruct"):
        home = struct.find(f"{{{TEI}}}analytic")
        home = home if home is not None else struct.find(f"{{{TEI}}}monogr")
        for idno in struct.findall(f"{{{TEI}}}idno"):
            if home is not None:
                _move(idno, home)
                repairs.append(repair(idno, "idno", f"idno in biblStruct is now in its {local(home)}"))
    for monogr in root.iter(f"{{{TEI}}}monogr"):
        imprint = monogr.find(f"{{{TEI}}}imprint")
        for idno in monogr.findall(f"{{{TEI}}}idno") if imprint is not None else ():
            if imprint in list(idno.itersiblings(preceding=True)):
                _move(idno, monogr)
                repairs.append(repair(idno, "idno", "idno behind the imprint of a monogr is now before it"))


def _move(idno: etree._Element, home: etree._Element) -> None:
    """Into its home: before the imprint, else at the end; the white space behind it stays where it was."""
    parent, tail = idno.getparent(), idno.tail or ""
    before = idno.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    elif parent is not None:
        parent.text = (parent.text or "") + tail
    idno.tail = None
    imprint = home.find(f"{{{TEI}}}imprint")
    if imprint is not None:
        imprint.addprevious(idno)
    else:
        home.append(idno)
