"""Valid TEI spoilt in one place: what validators must agree on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
ODD_VALUES = (
    "",
    "x",
    "x y",
    "#nothing",
    "#string-range(b-6,0,9999)",
    "-1",
    "1/3",
    "1929-02-30",
    "ibid",
    "note",
    "é",
    "1a",
)
ODD_NAMES = ("type", "foo", "rend", "when", "notBefore", "target", "subtype", "corresp", "cRef", "quantity", "calendar")
Mutation = Callable[[random.Random, etree._Element], None]


def mutants(documents: list[bytes], count: int, *, pointers_only: bool = False, seed: int = 0) -> Iterator[bytes]:
    """So many mutants, each of one of the documents in turn, the same in every run."""
    trees = [etree.fromstring(document) for document in documents]
    mutations = POINTER_MUTATIONS if pointers_only else MUTATIONS
    for i in range(count):
        chance = random.Random(f"{seed} {i}")
        tree = deepcopy(trees[i % len(trees)])
        chance.choice(mutations)(chance, tree)
        yield etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _any(chance: random.Random, tree: etree._Element, *, with_attribute: str = "") -> etree._Element:
    found = [
        each
        for each in tree.iter()
        if isinstance(each.tag, str) and (not with_attribute or with_attribute in each.attrib)
    ]
    return chance.choice(found[1:])


def _drop(chance: random.Random, tree: etree._Element) -> None:
    made = _any(chance, tree)
    parent = made.getparent()
    assert parent is not None
    parent.remove(made)


def _double(chance: random.Random, tree: etree._Element) -> None:
    made = _any(chance, tree)
    made.addnext(deepcopy(made))


def _rename(chance: random.Random, tree: etree._Element) -> None:
    _any(chance, tree).tag = _any(chance, tree).tag


def _move(chance: random.Random, tree: etree._Element) -> None:
    made, place = _any(chance, tree), _any(chance, tree)
    if made not in list(place.iterancestors()) and made is not place:
        place.insert(chance.randrange(len(place) + 1), made)


def _empty(chance: random.Random, tree: etree._Element) -> None:
    made = _any(chance, tree)
    made[:] = []
    made.text = None


def _words(chance: random.Random, tree: etree._Element) -> None:
    made = _any(chance, tree)
    made.text = (made.text or "") + chance.choice((" ", "words", "𝔸"))


def _strange(chance: random.Random, tree: etree._Element) -> None:
    made = etree.Element(chance.choice((f"{TEI}w", f"{TEI}gloss", "{http://example.org}x", "x")))
    _any(chance, tree).append(made)


def _set(chance: random.Random, tree: etree._Element) -> None:
    donor = _any(chance, tree, with_attribute=chance.choice(("type", XML_ID, "target")))
    values = (*ODD_VALUES, *map(str, donor.attrib.values()))
    names = (*ODD_NAMES, *map(str, donor.attrib.keys()))
    _any(chance, tree).set(chance.choice(names), chance.choice(values))


def _change(chance: random.Random, tree: etree._Element) -> None:
    made = _any(chance, tree, with_attribute=chance.choice(("type", XML_ID, "target", "n", "resp", "ana")))
    made.set(chance.choice(list(map(str, made.attrib))), chance.choice(ODD_VALUES))


def _unset(chance: random.Random, tree: etree._Element) -> None:
    made = _any(chance, tree, with_attribute=chance.choice(("type", XML_ID, "target")))
    del made.attrib[chance.choice(list(map(str, made.attrib)))]


def _redirect(chance: random.Random, tree: etree._Element) -> None:
    """A pointer that leads to some other element."""
    name = chance.choice(("target", "corresp", "ref", "resp"))
    other = _any(chance, tree, with_attribute=XML_ID)
    _any(chance, tree, with_attribute=name).set(name, f"#{other.get(XML_ID)}")


def _uncited(chance: random.Random, tree: etree._Element) -> None:
    """A citation that leads to no source."""
    cited = [each for each in tree.iter(f"{TEI}ref", f"{TEI}ptr") if each.get("type") in ("bibr", "source")]
    chance.choice(cited).set("target", f"#{_any(chance, tree, with_attribute=XML_ID).get(XML_ID)}")


def _shift(chance: random.Random, tree: etree._Element) -> None:
    """A string-range that begins or ends elsewhere."""
    found = [each for each in tree.iter(f"{TEI}span") if "string-range" in each.get("target", "")]
    if found:
        made = chance.choice(found)
        name, start, length = made.get("target", "").removeprefix("#string-range(").removesuffix(")").split(",")
        moved = (max(0, int(start) + chance.randint(-3, 3)), max(0, int(length) + chance.randint(-3, 3)))
        made.set("target", f"#string-range({name},{moved[0]},{moved[1]})")


def _same_id(chance: random.Random, tree: etree._Element) -> None:
    other = _any(chance, tree, with_attribute=XML_ID)
    _any(chance, tree, with_attribute=XML_ID).set(XML_ID, other.get(XML_ID, ""))


def _one_way(chance: random.Random, tree: etree._Element) -> None:
    """A marker or note that names another partner, or one more."""
    pair = [each for each in tree.iter(f"{TEI}ptr", f"{TEI}note") if each.get("target") and each.get(XML_ID)]
    if pair:
        one, other = chance.choice(pair), chance.choice(pair)
        one.set("target", chance.choice((f"#{other.get(XML_ID)}", f"{one.get('target')} #{other.get(XML_ID)}")))


MUTATIONS: tuple[Mutation, ...] = (
    _drop, _double, _rename, _move, _empty, _words, _strange, _set, _set, _change, _change, _unset,
)  # fmt: skip
POINTER_MUTATIONS: tuple[Mutation, ...] = (
    _drop, _words, _set, _change, _unset, _redirect, _uncited, _shift, _shift, _same_id, _one_way, _one_way,
)  # fmt: skip
