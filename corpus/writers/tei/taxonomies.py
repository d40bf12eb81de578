"""The closed lists used in the annotations, declared in the header; ``@ana`` points to their categories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

from lxml import etree

from corpus.writers.tei.elements import sub
from schemas.records import BlockKind, CitationKind, EditKind, Layer, Relation, Severity, Verdict
from schemas.values import DateKind, DateModifier, FigureKind, Modifier


class Taxonomy(NamedTuple):
    """A closed list; the ids of its categories are "prefix.value"."""

    prefix: str
    title: str
    values: tuple[str, ...]
    meanings: tuple[str, ...] = ()  # in the order of the values; none where these are words that say it


EDITS: dict[EditKind, str] = {
    "join": "lines joined into paragraphs",
    "dehyphenate": "words divided at the end of a line put together",
    "marker": "note markers lifted out of the words and kept as empty pointers",
    "label": "labels of notes and list items lifted out and kept in @n",
    "page-break": "page breaks lifted out and kept as pb",
    "running-head": "running heads removed",
    "page-number": "printed page numbers removed and kept in pb/@n",
    "note-rule": "rules above notes removed",
    "whitespace": "white space normalised",
    "repair": "damaged characters repaired",
    "boilerplate": "navigation and other text of the page around the article left out",
    "move": "passages moved to their place in the reading order",
    "correction": "words or blocks corrected by a person",
}


TAXONOMIES = (
    Taxonomy("layer", "What annotations are about; markup is the source's own", get_args(Layer)),
    Taxonomy("block", "What the parts of the text are", get_args(BlockKind)),
    Taxonomy("edit", "What was done to the source's text", tuple(EDITS), tuple(EDITS.values())),
    Taxonomy("severity", "How grave a Problem or a finding is", get_args(Severity)),
    Taxonomy("entity", "Kinds of named things; LOC is every place, GROUP peoples and the names of their members",
             ("PERSON", "ORG", "LOC", "EVENT", "WORK", "GROUP")),
    Taxonomy("scope", "What a source supports: the words before the marker, the sentence, the paragraph",
             ("clause", "sentence", "paragraph")),
    Taxonomy("relation", "How a source stands to the claim", get_args(Relation)),
    Taxonomy("citation", "How a source is cited", get_args(CitationKind)),
    Taxonomy("figure", "Kinds of figures", get_args(FigureKind)),
    Taxonomy("modifier", "What is said about a figure: at least, about, up to", get_args(Modifier)),
    Taxonomy("date", "Kinds of dates", get_args(DateKind)),
    Taxonomy("date-modifier", "What is said about a date: since, before, about", get_args(DateModifier)),
    Taxonomy("verdict", "Whether a relation between numbers that the text states holds when it is computed again",
             get_args(Verdict)),
)  # fmt: skip

_VALUES = {taxonomy.prefix: frozenset(taxonomy.values) for taxonomy in TAXONOMIES}


def category(prefix: str, value: str) -> str | None:
    """The pointer to the category of a value; None where the list has no such value."""
    return f"#{prefix}.{value}" if value in _VALUES.get(prefix, ()) else None


def category_ids() -> Iterator[str]:
    """All ids that the header takes for its taxonomies."""
    for taxonomy in TAXONOMIES:
        yield f"taxonomy.{taxonomy.prefix}"
        yield from (f"{taxonomy.prefix}.{value}" for value in taxonomy.values)


def write_taxonomies(parent: etree._Element) -> None:
    """``classDecl`` with one ``taxonomy`` for each closed list."""
    made = sub(parent, "classDecl")
    for taxonomy in TAXONOMIES:
        listed = sub(made, "taxonomy", id=f"taxonomy.{taxonomy.prefix}")
        sub(listed, "desc", taxonomy.title)
        for value, meaning in zip(taxonomy.values, taxonomy.meanings or taxonomy.values, strict=True):
            sub(sub(listed, "category", id=f"{taxonomy.prefix}.{value}"), "catDesc", meaning)
