"""Our ODD and the schemas made from it: they agree, they name only what TEI has, and what they accept TEI accepts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from lxml import etree

from corpus.odd import compile_odd
from corpus.odd.patterns import EMPTY, SOME_TEXT, Follower, Grammar, Pattern, group, is_attribute, read_grammar
from corpus.odd.relaxng import Compiler
from corpus.odd.specs import TEI, OddError, read_schema
from corpus.validate.rules import TYPES
from corpus.validate.schema import FOLDER
from corpus.writers.tei.cited import UNITS
from schemas.records import CitationKind, Note

ODD = FOLDER / "adfontes.odd"
P5 = "tei/schema/p5subset-4.8.0.xml"
MODULES = ("tei", "header", "core", "textstructure", "gaiji", "verse", "drama", "spoken", "cmc", "dictionaries",
           "msdescription", "transcr", "textcrit", "namesdates", "figures", "corpus", "linking", "analysis", "iso-fs",
           "nets", "certainty", "tagdocs")  # fmt: skip
# elements that hold anything at all, which our reading of ODDs leaves out
ANYTHING = {"header": "xenoData", "tagdocs": "egXML content constraint datatype"}


@pytest.fixture(scope="module")
def p5(shared_data: Path) -> etree._Element:
    return etree.parse(str(shared_data / P5)).getroot()


@pytest.fixture(scope="module")
def whole_tei(p5: etree._Element) -> Grammar:
    """All of TEI, compiled by us."""
    references = "".join(f'<moduleRef key="{key}" except="{ANYTHING.get(key, "")}"/>' for key in MODULES)
    odd = etree.fromstring(f'<schemaSpec xmlns="{TEI[1:-1]}" ident="all" start="TEI">{references}</schemaSpec>')
    return Compiler(read_schema(odd, p5)).grammar()


@pytest.fixture(scope="module")
def ours() -> Grammar:
    return read_grammar(etree.parse(str(FOLDER / "adfontes.rng")).getroot())


def test_the_schemas_are_made_from_the_odd(shared_data: Path) -> None:
    for name, data in compile_odd(ODD, shared_data / P5).items():
        assert (FOLDER / name).read_bytes() == data, "run: python -m corpus.odd p5subset.xml"


def test_the_schemas_name_the_odd_they_are_made_from() -> None:
    """The same check for those who have no TEI at hand."""
    digest = hashlib.sha256(ODD.read_bytes()).hexdigest()
    assert digest.encode() in (FOLDER / "adfontes.rng").read_bytes(), "run: python -m corpus.odd p5subset.xml"


def test_the_odd_is_valid_tei(shared_data: Path) -> None:
    schema = etree.RelaxNG(etree.parse(str(shared_data / "tei/schema/tei_all-4.8.0.simplified.rng")))
    schema.validate(etree.parse(str(ODD)))
    assert list(schema.error_log) == []


def test_the_odd_names_only_what_it_has(p5: etree._Element) -> None:
    """A misspelt reference would silently be taken out of a content model, here as in TEI's stylesheets."""
    odd = etree.parse(str(ODD)).getroot()
    schema = read_schema(odd, p5)
    known = {"elementRef": schema.elements, "macroRef": schema.macros, "dataRef": schema.data,
             "classRef": schema.classes, "memberOf": schema.classes}  # fmt: skip
    for tag, specs in known.items():
        named = {each.get("key") for each in odd.iter(f"{TEI}{tag}")} - {None}
        assert named <= set(specs), tag
    used = Compiler(schema).grammar()
    assert set(schema.elements) <= set(used), "elements that no content model takes"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<moduleRef key="tie"/>', 'no module "tie"'),
        ('<moduleRef key="core" include="p person"/>', '"core" has no element "person"'),
        ('<moduleRef key="core"/><elementSpec ident="para" mode="change"/>', '"para" is to change'),
        ('<moduleRef key="core"/><elementSpec ident="p" mode="add"/>', "TEI has it"),
    ],
)
def test_an_odd_that_names_what_tei_has_not_is_an_error(p5: etree._Element, inside: str, said: str) -> None:
    odd = etree.fromstring(f'<schemaSpec xmlns="{TEI[1:-1]}" ident="x">{inside}</schemaSpec>')
    with pytest.raises(OddError, match=said):
        read_schema(odd, p5)


@pytest.mark.parametrize(
    ("changed", "has"),
    [("", True), ('<elementSpec ident="birth" mode="change"><classes mode="replace"/></elementSpec>', False)],
)
def test_what_changes_an_attribute_of_a_class_goes_with_the_class(p5: etree._Element, changed: str, has: bool) -> None:
    """TEI's birth says what its class's @type means; without the class it has no @type, in TEI's stylesheets too."""
    inside = f'<moduleRef key="tei"/><moduleRef key="namesdates" include="birth"/>{changed}'
    schema = read_schema(etree.fromstring(f'<schemaSpec xmlns="{TEI[1:-1]}" ident="x">{inside}</schemaSpec>'), p5)
    attributes = schema.attributes(schema.elements["birth"])
    assert ("type" in attributes) is has and "calendar" in attributes


def test_closed_lists_are_those_of_the_records() -> None:
    odd = etree.parse(str(ODD)).getroot()
    assert _values(odd, "note", "place") == set(get_args(_type_of(Note, "place")))
    assert _values(odd, "citedRange", "unit") == set(UNITS)
    assert set(get_args(CitationKind)) <= _values(odd, "bibl", "type")
    for name, types in TYPES.items():
        assert set(types) <= _values(odd, name, "type"), name


def _type_of(record: type, field: str) -> object:
    return get_type_hints(record)[field]


def _values(odd: etree._Element, element: str, attribute: str) -> set[str]:
    spec = next(each for each in odd.iter(f"{TEI}elementSpec") if each.get("ident") == element)
    found = next((each for each in spec.iter(f"{TEI}attDef") if each.get("ident") == attribute), None)
    return set() if found is None else {item.get("ident", "") for item in found.iter(f"{TEI}valItem")}


def test_no_group_in_the_grammar_is_empty() -> None:
    """libxml2 rejects valid content where a schema holds such a group."""
    for made in etree.parse(str(FOLDER / "adfontes.rng")).iter():
        if isinstance(made.tag, str) and made.tag.endswith(("zeroOrMore", "oneOrMore", "optional", "choice", "group")):
            assert len(made) and not any(str(child.tag).endswith("}empty") for child in made)


# ------------------------------------------------------------------------- what ours accepts, TEI accepts: a proof


def test_contents_are_narrower_than_teis(ours: Grammar, whole_tei: Grammar) -> None:
    """For each element: every sequence of children and text that our pattern takes, TEI's takes."""
    narrow, wide = Follower(ours), Follower(whole_tei)
    for name in _elements(ours):
        way = _counterexample(narrow, wide, name)
        assert way is None, f"{name}: TEI has not {' '.join(way or ())}"


def _elements(grammar: Grammar) -> list[str]:
    return sorted(name for name, pattern in grammar.items() if pattern.kind == "element")


def _counterexample(narrow: Follower, wide: Follower, name: str) -> tuple[str, ...] | None:
    start = (narrow.content(name), wide.content(name))
    waiting: list[tuple[frozenset[Pattern], frozenset[Pattern], tuple[str, ...]]] = [(*start, ())]
    seen = {start}
    while waiting:
        ours, theirs, way = waiting.pop()
        if narrow.may_end(ours) and not wide.may_end(theirs):
            return (*way, "(end)")
        for symbol in sorted(narrow.expected(ours)):
            state = (narrow.step(ours, symbol), wide.step(theirs, symbol))
            if state not in seen:
                seen.add(state)
                waiting.append((*state, (*way, symbol)))
    return None


def test_attributes_are_narrower_than_teis(ours: Grammar, whole_tei: Grammar) -> None:
    narrow, wide = Follower(ours), Follower(whole_tei)
    for name in _elements(ours):
        have, may = narrow.attributes(name), wide.attributes(name)
        assert set(have) <= set(may), name
        required = {attribute for attribute, (_, must) in may.items() if must}
        assert required <= {attribute for attribute, (_, must) in have.items() if must}, name
        for attribute, (pattern, _) in have.items():
            widest = _value(may[attribute][0], whole_tei)
            assert _fits(_value(pattern, ours), widest), f"{name}/@{attribute}: {pattern} is not in {widest}"


def _value(pattern: Pattern, grammar: Grammar) -> Pattern:
    """The pattern of an attribute's value with its datatypes put in."""
    return _inlined(group(pattern.parts) or EMPTY, grammar)


def _inlined(pattern: Pattern, grammar: Grammar) -> Pattern:
    if pattern.kind == "ref":
        return _inlined(grammar[pattern.name], grammar)
    return Pattern(pattern.kind, pattern.said, tuple(_inlined(part, grammar) for part in pattern.parts))


def _fits(narrow: Pattern, wide: Pattern) -> bool:
    """Whether all values of one pattern are values of another: the same, words among words, one of a list."""
    if narrow == wide or wide.kind == "text" or dict(wide.said).get("type") == "string":
        return True
    if wide.kind == "list" and narrow.kind not in ("list", "group"):
        (inner,) = wide.parts
        return _fits(narrow, inner.parts[0] if inner.kind in ("oneOrMore", "zeroOrMore", "optional") else inner)
    if narrow.kind == "choice":
        return all(_fits(part, wide) for part in narrow.parts)
    if wide.kind == "choice":
        return any(_fits(narrow, part) for part in wide.parts)
    if narrow.kind == "list" and wide.kind == "list":
        return _fits_list(narrow.parts[0], wide.parts[0])
    if narrow.kind == "value":
        word = dict(narrow.said)[""]
        return wide.kind == "data" and dict(wide.said)["type"] == "token" and word.split() == [word]
    return False


def _fits_list(narrow: Pattern, wide: Pattern) -> bool:
    """TEI's lists are of one datatype, one or more of them; ours may say two or more."""
    parts = set(_leaves(narrow))
    return wide.kind in ("oneOrMore", "zeroOrMore") and all(_fits(part, wide.parts[0]) for part in parts)


def _leaves(pattern: Pattern) -> Iterator[Pattern]:
    if pattern.kind in ("group", "oneOrMore", "zeroOrMore", "optional"):
        for part in pattern.parts:
            yield from _leaves(part)
    else:
        yield pattern


def test_text_is_allowed_only_where_words_stand(ours: Grammar) -> None:
    follower = Follower(ours)
    with_text = {name for name in _elements(ours) if SOME_TEXT in follower.expected(follower.content(name))}
    assert with_text.isdisjoint(
        {"TEI", "div", "body", "back", "list", "table", "row", "listBibl", "biblStruct", "span"}
    )
    assert all(not is_attribute(part) for part in follower.content("p"))
