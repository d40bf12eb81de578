"""Markup of the source written back in place: the element that it was, with those of its attributes that TEI takes there.

What TEI would refuse (another namespace, a misspelt attribute, a pointer that leads nowhere in this file) stands in the
features of the annotation only, and the element is a ``seg`` with the name as its type.

>>> markup_element(MarkupValue("persName", {"ref": "https://viaf.org/viaf/1", "role": "author", "coords": "1,2"}))
('persName', {'ref': 'https://viaf.org/viaf/1', 'role': 'author'})
>>> markup_element(MarkupValue("graphic", {"url": "a.png"}))
('seg', {'type': 'graphic'})
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.writers.tei.dates import w3c_date
from corpus.writers.tei.elements import language, web_address, word
from schemas.values import MarkupValue

_HTML = {"i": "hi", "b": "hi", "em": "emph"}
_NAMES = "key ref role type subtype when notBefore notAfter from to cert"
_DATES = "when notBefore notAfter from to calendar type subtype cert precision"
# The elements that TEI allows wherever a phrase stands, and their attributes beside n, rend and xml:lang.
_ELEMENTS = {
    name: frozenset(said.split())
    for names, said in (
        ("persName orgName placeName geogName settlement country region district bloc addName forename surname genName nameLink roleName", _NAMES),
        ("name rs", "key ref role type subtype cert"),
        ("date time", _DATES),
        ("num", "value atLeast atMost type subtype cert"),
        ("measure", "quantity unit commodity atLeast atMost type subtype cert"),
        ("title", "level key ref type subtype"),
        ("term", "key ref type subtype"),
        ("unclear supplied", "reason cert"),
        ("abbr", "type subtype"),
        ("hi emph foreign mentioned soCalled distinct gloss expan sic corr orig reg", ""),
    )
    for name in names.split()
}  # fmt: skip
_TEI = "{http://www.tei-c.org/ns/1.0}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|-?\d+/\d+", re.ASCII)


def _clean(text: str) -> str | None:
    return " ".join(text.split()) or None


def _one_of(*values: str) -> Callable[[str], str | None]:
    return lambda text: text if text in values else None


def _number(text: str) -> str | None:
    return text if _NUMBER.fullmatch(text) else None


def _addresses(text: str) -> str | None:
    found = [web_address(each) for each in text.split()]
    return " ".join(each for each in found if each) if found and all(found) else None


def _words(text: str) -> str | None:
    return " ".join(filter(None, map(word, text.split()))) or None


_FIT: dict[str, Callable[[str], str | None]] = {
    "n": _clean, "rend": _words, "xml:lang": language, "key": _clean, "ref": _addresses, "role": _words, "reason": _words,
    "type": word, "subtype": word, "commodity": _words, "unit": word,
    "cert": _one_of("high", "medium", "low", "unknown"), "precision": _one_of("high", "medium", "low", "unknown"),
    "level": _one_of("a", "j", "m", "s", "u"),
    "when": w3c_date, "notBefore": w3c_date, "notAfter": w3c_date, "from": w3c_date, "to": w3c_date,
    "value": _number, "quantity": _number, "atLeast": _number, "atMost": _number,
}  # fmt: skip
# What names a thing, a date or a number: such an element says what the annotation made from it says.
TELLING = frozenset(_ELEMENTS) - frozenset(
    "hi emph foreign mentioned soCalled distinct gloss expan sic corr orig reg unclear supplied abbr term".split()
)
NAMING = frozenset(tag for tag in TELLING if "ref" in _ELEMENTS[tag])
_EVERYWHERE = frozenset({"n", "rend", "xml:lang"})


def markup_element(value: MarkupValue) -> tuple[str, dict[str, str | None]]:
    """The element's name and attributes."""
    name = value.name.removeprefix(_TEI)
    tag = _HTML.get(name, name)
    if tag not in _ELEMENTS:
        local = name.rpartition("}")[2].rpartition(":")[2]
        rend = _clean(value.attributes.get("rend", ""))
        return "seg", {name: text for name, text in (("rend", rend), ("type", word(local))) if text}
    allowed = _ELEMENTS[tag] | _EVERYWHERE
    made = {
        attribute: fit
        for attribute, text in value.attributes.items()
        if attribute in allowed and attribute in _FIT and (fit := _FIT[attribute](text)) is not None
    }
    if name in ("i", "b"):
        made.setdefault("rend", name)
    return tag, _lawful(made)


def _lawful(made: dict[str, str]) -> dict[str, str | None]:
    """TEI's rules: @when alone, @from not with @notBefore, @to not with @notAfter; @subtype only with @type."""
    barred = {"notBefore", "notAfter", "from", "to"} if "when" in made else set()
    barred |= {"notBefore"} if "from" in made else set()
    barred |= {"notAfter"} if "to" in made else set()
    barred |= {"subtype"} if "type" not in made else set()
    return {"lang" if name == "xml:lang" else name: text for name, text in made.items() if name not in barred}
