"""Our reading of ODDs is TEI's: the whole of TEI compiled by us has the content and attributes of TEI's own tei_all.rng.

And our ODD, compiled by TEI's own stylesheets where they are at hand, is what we make of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from corpus.odd.patterns import RNG, Grammar, Pattern, is_attribute, read_grammar
from corpus.odd.relaxng import Compiler
from corpus.odd.schematron import SCH
from corpus.odd.specs import TEI, read_schema
from corpus.validate.schema import FOLDER
from corpus.validate.schematron import processor

P5 = "tei/schema/p5subset-4.8.0.xml"
R, S = f"{{{RNG}}}", f"{{{SCH}}}"
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
    p5 = etree.parse(str(shared_data / P5)).getroot()
    modules = dict.fromkeys(each.get("module", "") for each in p5.iter(f"{TEI}elementSpec")) | {"tei": None}
    references = "".join(f'<moduleRef key="{key}" except="{ANYTHING.get(key, "")}"/>' for key in modules)
    odd = etree.fromstring(
        f'<schemaSpec xmlns="{TEI[1:-1]}" ident="all" start="TEI teiCorpus">{references}</schemaSpec>'
    )
    return Compiler(read_schema(odd, p5)).grammar()


@pytest.fixture(scope="module")
def theirs(shared_data: Path) -> dict[str, list[etree._Element]]:
    return defines(etree.parse(str(shared_data / "tei/schema/tei_all-4.8.0.rng")).getroot())


def defines(grammar: etree._Element) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {}
    for define in grammar.iter(f"{R}define"):
        found.setdefault(define.get("name", ""), []).append(define)
    return found


def test_all_of_tei_compiled_by_us_is_tei_all(ours: Grammar, theirs: dict[str, list[etree._Element]]) -> None:
    assert len(elements_of(ours)) > 570
    differ = differing(ours, theirs)
    assert differ == LOST_LISTS | NOT_READ, sorted(differ)


def elements_of(grammar: Grammar) -> set[str]:
    return {name for name, pattern in grammar.items() if pattern.kind == "element"}


def differing(ours: Grammar, theirs: dict[str, list[etree._Element]]) -> set[str]:
    """The elements whose content or attributes are not the same in both grammars."""
    elements = elements_of(ours)
    read = Theirs(theirs, elements)
    return {name for name in elements if split(read.element(name)) != split(from_ours(ours, elements, name))}


# ------------------------------------------------------------------------------ our ODD, by TEI's own stylesheets


@pytest.fixture(scope="module")
def stylesheets() -> Path:
    """TEI's stylesheets for ODDs, which are in no package registry."""
    folder = Path(os.environ.get("TEI_STYLESHEETS", os.devnull)) / "odds"
    if not folder.is_dir():
        pytest.skip("TEI's stylesheets are absent (set TEI_STYLESHEETS to a clone of github.com/TEIC/Stylesheets)")
    return folder.resolve()


@pytest.fixture(scope="module")
def compiled(stylesheets: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our ODD with all that it takes from TEI, as TEI's stylesheets put them together."""
    pytest.importorskip("saxonche", reason="saxonche is not installed")
    made = tmp_path_factory.mktemp("odd") / "compiled.odd"
    source = (shared_data / P5).resolve().as_uri()
    transform(stylesheets / "odd2odd.xsl", FOLDER / "adfontes.odd", made, defaultSource=source)
    return made


def transform(stylesheet: Path, source: Path, made: Path, **parameters: str) -> etree._Element:
    saxon = processor()
    executable = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(stylesheet))
    for name, value in parameters.items():
        executable.set_parameter(name, saxon.make_string_value(value))
    executable.transform_to_file(source_file=str(source), output_file=str(made))
    return etree.parse(str(made)).getroot()


def test_teis_stylesheets_make_our_grammar_of_our_odd(stylesheets: Path, compiled: Path, tmp_path: Path) -> None:
    grammar = transform(stylesheets / "odd2relax.xsl", compiled, tmp_path / "theirs.rng")
    prefix = next(etree.parse(str(compiled)).getroot().iter(f"{TEI}schemaSpec")).get("prefix", "")
    for each in grammar.iter(f"{R}define", f"{R}ref"):
        each.set("name", each.get("name", "").removeprefix(prefix))
    ours, theirs = read_grammar(etree.parse(str(FOLDER / "adfontes.rng")).getroot()), defines(grammar)
    assert {name for name in theirs if theirs[name][0].find(f"{R}element") is not None} == elements_of(ours)
    assert differing(ours, theirs) == set()


def test_teis_stylesheets_make_our_rules_of_our_odd(stylesheets: Path, compiled: Path, tmp_path: Path) -> None:
    theirs = transform(stylesheets / "extract-isosch.xsl", compiled, tmp_path / "theirs.sch")
    ours = etree.parse(str(FOLDER / "adfontes.sch")).getroot()
    assert rules_of(theirs) == rules_of(ours) and len(rules_of(ours)) > 30


def rules_of(schema: etree._Element) -> set[tuple[str, ...]]:
    """Each rule as its context and what is tested there; TEI repeats some for many elements."""
    found = set()
    for rule in schema.iter(f"{S}rule"):
        steps = rule.iterchildren(f"{S}let", f"{S}assert", f"{S}report")
        said = (
            " ".join((str(each.tag), each.get("name", ""), each.get("value") or each.get("test", ""))) for each in steps
        )
        found.add(tuple(" ".join(each.split()) for each in (rule.get("context", ""), *said)))
    return found


# -------------------------------------------------------------------------------------------- patterns in one form


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
