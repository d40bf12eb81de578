"""Our reading of ODDs is TEI's: the whole of TEI compiled by us has the content and attributes of TEI's own tei_all.rng."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from corpus.odd.patterns import RNG, Grammar, Pattern, is_attribute
from corpus.odd.relaxng import Compiler
from corpus.odd.specs import TEI, read_schema

R = f"{{{RNG}}}"
Form = tuple[Any, ...]  # a pattern in one form, whoever wrote it
# Elements that hold anything at all: left out of our reading of ODDs, and so out of the comparison.
ANYTHING = {"header": "xenoData", "tagdocs": "egXML content constraint datatype"}
LEFT_OUT = {name for names in ANYTHING.values() for name in names.split()}
# TEI's stylesheets lose a closed list that an element gives to an attribute of a class without saying how (valList/@mode).
LOST_LISTS = set("castItem classSpec constitution factuality interaction recording tag".split())
# What we do not read: attRef, and the order of "sequenceOptional".
NOT_READ = set("entry entryFree superEntry lem rdg rdgGrp msIdentifier altIdentifier physDesc".split())


@pytest.fixture(scope="module")
def ours(shared_data: Path) -> Grammar:
    p5 = etree.parse(str(shared_data / "tei/schema/p5subset-4.8.0.xml")).getroot()
    modules = dict.fromkeys(each.get("module", "") for each in p5.iter(f"{TEI}elementSpec")) | {"tei": None}
    references = "".join(f'<moduleRef key="{key}" except="{ANYTHING.get(key, "")}"/>' for key in modules)
    odd = etree.fromstring(
        f'<schemaSpec xmlns="{TEI[1:-1]}" ident="all" start="TEI teiCorpus">{references}</schemaSpec>'
    )
    return Compiler(read_schema(odd, p5)).grammar()


@pytest.fixture(scope="module")
def theirs(shared_data: Path) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {}
    for define in etree.parse(str(shared_data / "tei/schema/tei_all-4.8.0.rng")).getroot().iter(f"{R}define"):
        found.setdefault(define.get("name", ""), []).append(define)
    return found


def test_all_of_tei_compiled_by_us_is_tei_all(ours: Grammar, theirs: dict[str, list[etree._Element]]) -> None:
    elements = {name for name, pattern in ours.items() if pattern.kind == "element"}
    read = Theirs(theirs, elements)
    differ = {name for name in elements if split(read.element(name)) != split(from_ours(ours, elements, name))}
    assert differ == LOST_LISTS | NOT_READ, sorted(differ)
    assert len(elements) > 570


def joined(kind: str, parts: Iterable[Form]) -> Form:
    """Groups and choices in one form: flat, choices without order, nothing twice."""
    if kind == "choice":
        members = {
            each for part in parts if part != ("notAllowed",) for each in (part[1] if part[0] == "choice" else [part])
        }
        if any(each[0] == "data" for each in members):
            members = {each for each in members if each[0] != "value"}  # an open list says no more than its datatype
        if len(members) > 1:
            return ("choice", frozenset(members))
        return next(iter(members), ("notAllowed",))
    flat: list[Form] = []
    for part in parts:
        for each in part[1] if part[0] == "group" else [part]:
            if each != ("empty",) and not (flat and flat[-1] == each and each[0] == "zeroOrMore"):
                flat.append(each)
    return flat[0] if len(flat) == 1 else ("group", tuple(flat)) if flat else ("empty",)


def times(kind: str, part: Form) -> Form:
    """How often, in one form: what may be missing and repeated is "zeroOrMore"."""
    if part in (("text",), ("empty",)):
        return part
    if part == ("notAllowed",):
        return ("empty",)
    if part[0] in ("optional", "zeroOrMore", "oneOrMore"):
        kind = kind if kind == part[0] else "zeroOrMore"
        part = part[1]
    return (kind, part)


def made(kind: str, said: dict[str, str], parts: list[Form], inline: Callable[[str], Form]) -> Form:
    match kind:
        case "ref":
            return inline(said["name"])
        case "group" | "choice":
            return joined(kind, parts)
        case "optional" | "zeroOrMore" | "oneOrMore":
            return times(kind, joined("group", parts))
        case "attribute":
            return ("attribute", said["name"], joined("group", parts) if parts else ("text",))
        case "list":
            return ("list", joined("group", parts))
        case "value":
            return ("value", said[""].strip())
        case "data":
            return ("data", said["type"], tuple(sorted(parts)))
        case "param":
            return (said["name"], said[""])
        case _:
            return (kind,)


class Theirs:
    """The patterns of TEI's own grammar."""

    def __init__(self, defines: dict[str, list[etree._Element]], elements: set[str]) -> None:
        self.defines, self.elements = defines, elements

    def element(self, name: str) -> list[Form]:
        (define,) = self.defines[name]
        return [self.form(part) for part in define.iterfind(f"{R}element/*") if str(part.tag).startswith(R)]

    def form(self, part: etree._Element) -> Form:
        said = {str(key): str(value) for key, value in part.attrib.items()} | {"": part.text or ""}
        parts = [self.form(each) for each in part if str(each.tag).startswith(R)]
        return made(str(part.tag).removeprefix(R), said, parts, self.inline)

    def inline(self, name: str) -> Form:
        if name in self.elements or name in LEFT_OUT:
            return ("ref", name) if name in self.elements else ("notAllowed",)
        kind = "choice" if self.defines[name][0].get("combine") == "choice" else "group"
        return joined(
            kind,
            [
                joined("group", [self.form(each) for each in define if str(each.tag).startswith(R)])
                for define in self.defines[name]
            ],
        )


def from_ours(grammar: Grammar, elements: set[str], name: str) -> list[Form]:
    def form(pattern: Pattern) -> Form:
        return made(pattern.kind, dict(pattern.said), [form(part) for part in pattern.parts], inline)

    def inline(name: str) -> Form:
        return ("ref", name) if name in elements else form(grammar[name])

    return [form(part) for part in grammar[name].parts]


def split(parts: list[Form]) -> tuple[Form, frozenset[Form]]:
    """Content and attributes apart; attributes have no order."""

    def about_attributes(part: Form) -> bool:
        inner = part[1] if part[0] in ("choice", "group") else (part[1],) if part[0] == "optional" else ()
        return part[0] == "attribute" or (bool(inner) and all(map(about_attributes, inner)))

    flat = [each for part in parts for each in (part[1] if part[0] == "group" else [part])]
    content = joined("group", [part for part in flat if not about_attributes(part)])
    return content, frozenset(part for part in flat if about_attributes(part))


def test_attributes_are_told_from_content() -> None:
    attribute = Pattern("attribute", (("name", "n"),))
    assert is_attribute(Pattern("optional", (), (attribute,))) and not is_attribute(
        Pattern("optional", (), (Pattern("text"),))
    )
