"""Existing markup as layers: the names, dates and numbers that a scholar marked up, beside the markup itself.

An annotation of the layer ``markup`` keeps the element as it was; the one made here says what it means. Both are made by
the source, so the pipeline leaves them alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from lxml import etree

from corpus.markup.walk import text_of
from corpus.tei.ids import Ids
from corpus.tei.meaning import Meaning, meaning_of
from schemas import ids as schema_ids
from schemas.records import Annotation, Article
from schemas.values import MarkupValue

SOURCE = "source"  # who made what stands in the source already
_ADDRESS = ("http://", "https://", "urn:")
# Inside these a title or a number is a field of the reference, not a thing that the text speaks of.
_REFERENCES = frozenset({"bibl", "biblStruct", "imprint"})


def read_layers(article: Article, tei: etree._Element) -> Article:
    """The article with an annotation for each element of its source that names a thing, a date or a number."""
    made = tuple(_annotations(article, Authorities(tei)))
    if not made:
        return article
    both = sorted([*article.annotations, *made], key=lambda ann: (ann.start, -ann.end))
    return msgspec.structs.replace(article, annotations=tuple(both))


def _annotations(article: Article, authorities: Authorities) -> Iterator[Annotation]:
    ids = schema_ids.Ids("an")
    around: list[tuple[Annotation, Meaning | None]] = []
    for ann in article.annotations:  # outer before inner, as the reader gives them
        if not isinstance(ann.value, MarkupValue):
            continue
        while around and around[-1][0].end <= ann.start:
            around.pop()
        words = article.quote(ann)
        meaning = meaning_of(ann.value.name, ann.value.attributes, words, authorities.refs)
        within = [(outer.value.name, known) for outer, known in around if isinstance(outer.value, MarkupValue)]
        around.append((ann, meaning))
        if meaning is None or any(_says_it(name, known, meaning) for name, known in within):
            continue
        identifier = ids.make(f"{meaning.layer}|{meaning.label}|{words}")
        yield Annotation(identifier, meaning.layer, meaning.label, ann.start, ann.end, meaning.value, SOURCE)


def _says_it(name: str, outer: Meaning | None, meaning: Meaning) -> bool:
    """Whether an element around this one leaves nothing to say: a place in a place's name, a number in a measure."""
    if name in _REFERENCES:
        return meaning.layer != "entity" or meaning.label == "WORK"
    if outer is None:
        return False
    return outer.label == meaning.label if meaning.layer == "entity" else outer.layer in ("figure", "date")


class Authorities:
    """What the pointers of ``@ref`` lead to: the identifiers of the file's own registers, prefixes written out."""

    def __init__(self, tei: etree._Element) -> None:
        self._ids = Ids(tei)
        self._prefixes = {
            each.get("ident") or "": each.get("replacementPattern") or "" for each in tei.iter("prefixDef")
        }

    def refs(self, pointer: str) -> tuple[str, ...]:
        """The URIs of one pointer; the pointer itself where nothing is known of it."""
        prefix, colon, rest = pointer.partition(":")
        pattern = self._prefixes.get(prefix, "") if colon else ""
        if pattern.count("$") == 1 and "$1" in pattern:  # "gnd:118607170" by "https://d-nb.info/gnd/$1"
            return (pattern.replace("$1", rest),)
        if pointer.startswith(_ADDRESS):
            return (pointer,)
        found = [uri for element in self._ids.find(pointer) for uri in _identifiers(element)]
        return tuple(dict.fromkeys(found)) or (pointer,)


def _identifiers(element: etree._Element) -> Iterator[str]:
    for idno in element.iter("idno"):
        if text_of(idno).startswith(_ADDRESS):
            yield text_of(idno)
    for each in (element, *element.iter("ptr", "ref")):
        for name in ("sameAs", "corresp", "ref", "target"):
            yield from (uri for uri in (each.get(name) or "").split() if uri.startswith(_ADDRESS))
