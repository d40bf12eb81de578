"""The four profiles and the two places of notes: what stands where, and that nothing is lost on the way."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from corpus.validate import block_text, validate_tei
from corpus.writers.tei import Form, choose_form, write_tei
from corpus.writers.tei.elements import TEI
from corpus.writers.tei.fragments import Fragment, fragment
from corpus.writers.tei.nesting import DEEPEST, Wish
from schemas.errors import UsageError
from schemas.records import Annotation, Article, Block, Citation, Claim, Marker, Metadata, Note, Problem, Source
from schemas.values import EntityValue, FigureValue, MarkupValue

NS = {"t": TEI}
BODY = "The Bank of England and Wales paid 5 pounds."
NOTE = "Sayers, p. 2."


def bank() -> Article:
    """Two names that cross, one over two blocks, one without words, italics, a note, and a marker in that note."""

    def entity(name: str, start: int, end: int) -> Annotation:
        return Annotation(name, "entity", "ORG", start, end, EntityValue(name, f"thing-{name}"), "ner", 0.5)

    text = f"{BODY}\n\n{NOTE}\n\nSee also Keynes."
    second = len(BODY) + 2
    third = second + len(NOTE) + 2
    return Article(
        id="bank", source=Source("bank.txt", "text/plain", "00", "utf-8"), metadata=Metadata(title="Bank"), text=text,
        blocks=(
            Block("b-1", "paragraph", 0, len(BODY)), Block("b-2", "note", second, second + len(NOTE)),
            Block("b-3", "note", third, len(text)),
        ),
        markers=(
            Marker("m-1", "1", "1", len(BODY), 44, 45, "n-1"), Marker("m-2", "1", "1", 4, 4, 5, "n-1"),
            Marker("m-3", "2", "2", second + 6, 60, 61, "n-2"),
        ),
        notes=(Note("n-1", "1", "foot", ("b-2",)), Note("n-2", "2", "foot", ("b-3",))),
        annotations=(
            entity("e-1", 4, 19), entity("e-2", 12, 29), entity("e-3", 35, second + 6), entity("e-4", 35, 35),
            Annotation("f-1", "figure", "MONEY", 35, 43, FigureValue("MONEY", "5", currency="GBP"), "figures"),
            Annotation("mk-1", "markup", "hi", 4, 8, MarkupValue("hi", {"rend": "italic"}), "source"),
        ),
        citations=(Citation("ci-1", "short", "Sayers, p. 2", second, second + 12),),
        claims=(Claim("cl-1", 0, len(BODY), markers=("m-1",)),),
        problems=(
            Problem("p-1", "unlinked", "warning", "which Sayers?", ("ci-1",)),
            Problem("p-2", "page-missing", "warning", "page 2 is missing"),
        ),
    )  # fmt: skip


def tree(**form: Any) -> etree._Element:
    data = write_tei(bank(), Form(**form))
    assert validate_tei(data, name="bank.xml", schema=None) == ()
    return etree.fromstring(data)


def found(tei: etree._Element, path: str) -> list[Any]:
    nodes = tei.xpath(path, namespaces=NS)
    assert isinstance(nodes, list)
    return nodes


def test_inline_cuts_what_crosses_and_joins_the_fragments() -> None:
    tei = tree(profile="inline")
    first, second = found(tei, "//t:text//t:orgName[@ref='#thing-e-2']")
    assert (block_text(first), block_text(second)) == ("England", " and Wales")
    assert (first.get("next"), second.get("prev")) == ("#e-2.f2", "#e-2")
    (span,) = found(tei, "//t:span[@ana='#entity.ORG #thing-e-2']")
    assert span.get("corresp") == "#e-2 #e-2.f2"


def test_inline_follows_a_span_over_blocks() -> None:
    tei = tree(profile="inline")
    assert [block_text(part) for part in found(tei, "//t:text//t:orgName[@ref='#thing-e-3']")] == [
        "5 pounds.",
        "Sayers",
    ]


def test_inline_has_a_point_for_what_has_no_words() -> None:
    (point,) = found(tree(profile="inline"), "//t:text//t:orgName[@xml:id='e-4']")
    assert point.getparent().get("{http://www.w3.org/XML/1998/namespace}id") == "b-1" and block_text(point) == ""


def test_a_sum_is_counted_once_however_it_is_cut() -> None:
    article = bank()
    crossing = msgspec.structs.replace(article.annotations[1], start=37, end=44)  # outranks the figure
    article = msgspec.structs.replace(article, annotations=(crossing, article.annotations[4]))
    tei = etree.fromstring(write_tei(article, Form("inline")))
    assert [measure.get("quantity") for measure in found(tei, "//t:text//t:measure")] == ["5", None]


def test_standoff_leaves_the_text_to_the_text() -> None:
    tei = tree(profile="standoff")
    assert not found(tei, "//t:text//*[self::t:orgName or self::t:measure or self::t:ref or self::t:hi]")
    assert len(found(tei, "//t:spanGrp[@type='annotation']/t:span[@xml:id]")) == 6


def test_minimal_is_the_edition_without_our_annotations() -> None:
    tei = tree(profile="minimal")
    assert not found(tei, "//t:text//*[self::t:orgName or self::t:measure or self::t:ref]")
    assert [block_text(hi) for hi in found(tei, "//t:text//t:hi")] == ["Bank"]
    assert len(found(tei, "//t:text//t:ptr[@type='noteAnchor']")) == 3
    assert [problem.get("subtype") for problem in found(tei, "//t:note[@type='problem']")] == ["page-missing"]
    assert not found(tei, "//t:standOff//t:span[@type='claim'] | //t:standOff//t:span[@type='entity']")


@pytest.mark.parametrize("profile", ["hybrid", "inline", "standoff", "minimal"])
def test_notes_stand_at_their_first_marker(profile: str) -> None:
    tei = tree(profile=profile, notes="inline")
    (note,) = found(tei, "//t:body//t:note")
    before = note.getprevious()
    assert (before.tag, before.get("type")) == (f"{{{TEI}}}anchor", "noteAnchor")
    assert note.get("target") == "#m-1" and before.get("corresp") == "#n-1"
    assert block_text(found(tei, "//*[@xml:id='b-1']")[0]) == BODY
    assert block_text(found(tei, "//t:body//t:note/t:p[@xml:id='b-2']")[0]) == NOTE
    assert found(tei, "//t:body//t:ptr[@n='1']/@target") == ["#n-1"]  # the other marker
    assert found(tei, "//t:back//t:note/@xml:id") == ["n-2"]  # its marker stands in a note


def test_an_unknown_profile_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="give --profile hybrid, inline, standoff or minimal"):
        choose_form("inlin", None, Form())
    assert choose_form(None, "inline", Form("standoff")) == Form("standoff", "inline")


@pytest.mark.parametrize(
    ("wishes", "made"),
    [
        ([(0, 5, 3), (5, 9, 3)], [(0, 0, 5), (1, 5, 9)]),  # touching
        ([(0, 9, 3), (2, 4, 4)], [(0, 0, 9), (1, 2, 4)]),  # nested
        ([(0, 5, 3), (3, 9, 3)], [(0, 0, 5), (1, 3, 5), (1, 5, 9)]),  # crossing: the later one is cut
        ([(0, 5, 4), (3, 9, 3)], [(0, 0, 3), (1, 3, 9), (0, 3, 5)]),  # crossing: the weaker one is cut
        ([(0, 5, 3), (0, 5, 4)], [(0, 0, 5), (1, 0, 5)]),  # equal bounds: by rank
        (
            [(2, 6, 0), (0, 4, 3), (4, 8, 3)],
            [(1, 0, 2), (0, 2, 6), (1, 2, 4), (2, 4, 6), (2, 6, 8)],
        ),  # a block is whole
        ([(3, 3, 3)], []),
    ],
)
def test_fragments(wishes: list[tuple[int, int, int]], made: list[tuple[int, int, int]]) -> None:
    assert fragment([Wish(*wish) for wish in wishes]) == [Fragment(*each) for each in made]


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 4)), max_size=15)


@given(spans=SPANS)
def test_fragments_nest_and_cover_their_spans(spans: list[tuple[int, int, int]]) -> None:
    wishes = [Wish(min(a, b), max(a, b), rank) for a, b, rank in spans]
    made = fragment(wishes)
    for i, wish in enumerate(wishes):
        parts = sorted((each.start, each.end) for each in made if each.wish == i)
        bounds = [wish.start, *(end for _, end in parts)]
        assert [start for start, _ in parts] == bounds[:-1] and (not parts or bounds[-1] == wish.end)
        assert parts or wish.start == wish.end
    for i, one in enumerate(made):
        for other in made[i + 1 :]:
            assert other.end <= one.end or other.start >= one.end, "crossing, or inner before outer"


def test_piles_are_cut_to_what_readers_bear() -> None:
    made = fragment([Wish(i, 20_000 - i, 3) for i in range(10_000)])
    assert len({each.wish for each in made}) == DEEPEST
