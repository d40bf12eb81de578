"""Bracketed numbers: which are citations, and of what."""

from __future__ import annotations

import pytest

from annotate.annotators.citations import find_numeric_citations
from annotate.links import link_sources
from schemas.records import Article, Block, Metadata, Source

LABELS = {str(n) for n in range(1, 21)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grain rose [12].", [(("12",), None)]),
        ("Grain rose [3–5, 8].", [(("3", "4", "5", "8"), None)]),
        ("Grain rose [12, p. 53–54].", [(("12",), "p. 53–54")]),
        ("Зерно росло [1, с. 5].", [(("1",), "с. 5")]),
        ("Grain rose [1; 2] and [3].", [(("1", "2"), None), (("3",), None)]),
        ("In [1931] and [sic] and [21] and [0].", []),
        ("Backwards [5-3].", [(("5", "3"), None)]),
    ],
)
def test_brackets(text: str, expected: list[tuple[tuple[str, ...], str | None]]) -> None:
    assert [(c.labels, c.locator) for c in find_numeric_citations(text, LABELS)] == expected


def test_a_bracket_reaches_the_reference_with_its_number() -> None:
    body = "Grain rose [2, p. 9]."
    entries = ("Nove A. An economic history. London: Allen Lane; 1969.", "Carr EH. Socialism. London: Macmillan; 1958.")
    text = "\n\n".join((body, *entries))
    second = len(body) + 2 + len(entries[0]) + 2
    blocks = (
        Block("b-0", "paragraph", 0, len(body)),
        Block("b-1", "reference", len(body) + 2, second - 2, n="1"),
        Block("b-2", "reference", second, len(text), n="2"),
    )
    source = Source("a.txt", "text/plain", "", "utf-8")
    linked = link_sources(Article(id="a", source=source, metadata=Metadata(), text=text, blocks=blocks), None)
    (cite,) = linked.citations
    assert (cite.kind, cite.label, cite.locator, cite.status) == ("numeric", "2", "p. 9", "linked")
    (target,) = cite.targets
    assert next(ref for ref in linked.references if ref.id == target.reference).block == "b-2"
