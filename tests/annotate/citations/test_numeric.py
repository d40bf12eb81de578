"""Numbers: which brackets are citations, and of what."""

from __future__ import annotations

import pytest

from annotate.annotators.citations.numeric import all_known, find_numeric_citations, read_labels
from annotate.links import link_sources
from schemas.records import Article, Block, Citation, Metadata, Source

LABELS = {str(n) for n in range(1, 21)}
ENTRIES = ("Nove A. An economic history. London: Allen Lane; 1969.", "Carr EH. Socialism. London: Macmillan; 1958.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grain rose [12].", [(("12",), None)]),
        ("Grain rose [3–5, 8].", [(("3", "4", "5", "8"), None)]),
        ("Grain rose [12, p. 53–54].", [(("12",), "p. 53–54")]),
        ("Зерно росло [1, с. 5].", [(("1",), "с. 5")]),
        ("Зерно росло [1, с. 5; 2, с. 7].", [(("1",), "с. 5"), (("2",), "с. 7")]),
        ("Зерно росло [см.: 1, т. 2, с. 5].", [(("1",), "т. 2, с. 5")]),
        ("Grain rose [12: 53].", [(("12",), "53")]),
        ("Grain rose [see also 3, 4].", [(("3", "4"), None)]),
        ("Grain rose [but see 3; cf. 4].", [(("3", "4"), None)]),
        ("Grain rose [1; 2] and [3].", [(("1", "2"), None), (("3",), None)]),
        ("In [1931] and [sic] and [21] and [0] and [p. 5].", []),
        ("Backwards [5-3].", [(("5", "3"), None)]),
    ],
)
def test_brackets(text: str, expected: list[tuple[tuple[str, ...], str | None]]) -> None:
    found = [cite for cite in find_numeric_citations(text) if all_known(cite, LABELS)]
    assert [(cite.labels, cite.locator) for cite in found] == expected


def test_items_of_one_bracket_have_spans_of_their_own() -> None:
    text = "Grain [1, p. 5; 2, p. 7]."
    assert [text[c.start : c.end] for c in find_numeric_citations(text)] == ["[1, p. 5", "2, p. 7]"]


def test_superscript_labels() -> None:
    assert read_labels("2,5–7") == ("2", "5", "6", "7")


def listed(body: str, *entries: str, citations: tuple[Citation, ...] = ()) -> Article:
    """One paragraph and a numbered reference list."""
    text, blocks = body, [Block("b-0", "paragraph", 0, len(body))]
    for n, entry in enumerate(entries, 1):
        start = len(text) + 2
        text += "\n\n" + entry
        blocks.append(Block(f"b-{n}", "reference", start, len(text), n=str(n)))
    source = Source("a.txt", "text/plain", "", "utf-8")
    return Article(id="a", source=source, metadata=Metadata(), text=text, blocks=tuple(blocks), citations=citations)


def test_a_bracket_reaches_the_reference_with_its_number() -> None:
    linked = link_sources(listed("Grain rose [2, p. 9].", *ENTRIES), None)
    (cite,) = linked.citations
    assert (cite.kind, cite.label, cite.locator, cite.status) == ("numeric", "2", "p. 9", "linked")
    (target,) = cite.targets
    assert next(ref for ref in linked.references if ref.id == target.reference).block == "b-2"


def test_a_superscript_group_reaches_all_its_references() -> None:
    given = Citation("c-1", "superscript", "1,2", 5, 5, 5, 8)
    linked = link_sources(listed("Grain rose.", *ENTRIES, citations=(given,)), None)
    (cite,) = linked.citations
    assert [linked.references[n].id for n in (0, 1)] == [target.reference for target in cite.targets]


def test_a_number_beyond_the_list_is_a_problem_where_numbers_are_the_habit() -> None:
    linked = link_sources(listed("Grain [1], coal [2], iron [1, 2], steel [3].", *ENTRIES), None)
    assert [cite.status for cite in linked.citations] == ["linked", "linked", "linked", "unresolved"]
    assert "no reference has the number 3" in linked.problems[-1].message


def test_round_brackets_are_citations_only_where_they_cite_the_list() -> None:
    entries = [f"Nove A. Economic history, part {n}. London: Lane; 196{n}." for n in range(1, 5)]
    cited = link_sources(listed("Grain rose (1). Coal, too (2, 3), and iron (4).", *entries), None)
    assert [cite.label for cite in cited.citations] == ["1", "2, 3", "4"]
    counted = link_sources(listed("It is (1) cheap, (2) good and (3) new, (4) here.", *entries), None)
    assert counted.citations == ()
