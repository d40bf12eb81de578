"""Web annotations, the annotation table and GEXF: what they say, and that annotations come back from them."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.writers.annotation_table import read_annotation_table, write_annotation_table
from corpus.writers.gexf import write_gexf
from corpus.writers.web_annotation import read_web_annotation, write_web_annotation
from schemas.errors import InputError
from schemas.records import Annotation, Article, Claim, ClaimSource, Metadata, Reference, Source
from schemas.values import DateValue, EntityValue, FigureValue, MarkupValue

TEXT = "Sutton counted 118 plants in the Soviet Union. Sutton was right, in 1930."
SOURCE = Source("a.txt", "text/plain", "00", "utf-8")


def _article(text: str = TEXT, **more: object) -> Article:
    return Article(id="a-1", source=SOURCE, metadata=Metadata(title="Plants"), text=text, **more)  # type: ignore[arg-type]


ENTITY = Annotation(
    "e-1", "entity", "PERSON", 0, 6, EntityValue("Sutton", "c-1", ref=("https://viaf.org/1",)), "ner", 0.9
)
PLACE = Annotation("e-2", "entity", "LOC", 33, 45, EntityValue("Soviet Union", "c-2"), "ner")
FIGURE = Annotation("f-1", "figure", "COUNT", 15, 18, FigureValue("COUNT", "118"), "figures")
CLAIM = Claim("cl-1", 0, 46, entities=("e-1", "e-2"), sources=(ClaimSource("r-1", "sutton1968", locator="12"),))
REFERENCE = Reference("r-1", None, None, None, None, csl={"title": "Technology", "author": [{"family": "Sutton"}]})


def test_a_web_annotation_says_where_what_and_by_whom() -> None:
    document = json.loads(
        write_web_annotation(_article(annotations=(ENTITY,), claims=(CLAIM,), references=(REFERENCE,)))
    )
    entity, claim = document["first"]["items"]
    assert entity["generator"]["name"] == "ner"
    assert entity["target"]["selector"][1] == {
        "type": "TextQuoteSelector", "exact": "Sutton", "prefix": "", "suffix": TEXT[6:38],
    }  # fmt: skip
    assert {"id": "https://viaf.org/1", "purpose": "identifying"} in entity["body"]
    assert (claim["motivation"], claim["body"][0]["key"], claim["body"][0]["locator"]) == (
        "linking",
        "sutton1968",
        "12",
    )
    assert document["total"] == 2


def test_annotations_of_others_are_found_by_their_quotation() -> None:
    foreign = {
        "type": "Annotation",
        "id": "https://recogito.example/1",
        "creator": {"name": "Ada"},
        "body": {"type": "TextualBody", "value": "state"},
        "target": {"selector": {"type": "TextQuoteSelector", "exact": "Soviet Union", "prefix": "the "}},
    }
    twice = {**foreign, "id": "x:2", "target": {"selector": {"type": "TextQuoteSelector", "exact": "Sutton"}}}
    found, _, problems = read_web_annotation(json.dumps([foreign, twice]).encode(), _article())
    (ann,) = found
    assert (ann.start, ann.end, ann.label, ann.made_by) == (33, 45, "state", "Ada")
    assert [problem.code for problem in problems] == ["annotation-unplaced"]


def test_a_moved_position_gives_way_to_the_quotation() -> None:
    data = write_web_annotation(_article(annotations=(PLACE,)))
    (ann,), _, problems = read_web_annotation(data, _article("A word before. " + TEXT))
    assert (ann.start, ann.end, problems) == (48, 60, ())


WORD = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.one_of(
    st.none(),
    st.builds(FigureValue, kind=st.just("MONEY"), value=st.none() | WORD),
    st.builds(DateValue, kind=st.just("YEAR"), earliest=st.none() | WORD, latest=st.none(), edtf=WORD),
    st.builds(EntityValue, name=WORD, cluster=WORD, ref=st.tuples(WORD)),
    st.builds(MarkupValue, name=WORD, attributes=st.dictionaries(WORD, WORD, max_size=2)),
)


@st.composite
def annotated(draw: st.DrawFn) -> Article:
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
    made = []
    for number in range(draw(st.integers(0, 4))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        layer = draw(st.sampled_from(("entity", "figure", "date", "markup")))
        confidence = draw(st.none() | st.floats(0, 1))
        label = draw(WORD.filter(str.strip))
        made.append(
            Annotation(f"x-{number}", layer, label, start, end, draw(VALUES), draw(WORD.filter(bool)), confidence)
        )  # type: ignore[arg-type]
    return _article(text, annotations=tuple(made))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(annotated())
def test_law_4_annotations_come_back_from_both_forms(article: Article) -> None:
    assert read_web_annotation(write_web_annotation(article), article) == (article.annotations, article.claims, ())
    assert read_annotation_table(write_annotation_table(article), "a.csv") == article.annotations


@pytest.mark.parametrize("record", [["no", "claim"], "words", 3])
def test_a_claim_that_is_none_is_refused(record: object) -> None:
    document = json.loads(write_web_annotation(_article(annotations=(PLACE,), claims=(CLAIM,))))
    items = document["first"]["items"]
    (body,) = [body for item in items for body in item["body"] if body["type"] == "adfontes:Claim"]
    body["record"] = record
    with pytest.raises(msgspec.ValidationError):
        read_web_annotation(json.dumps(document).encode(), _article())


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a,b\n1,2\n", b"id,layer\nx,entity\n"])
def test_a_table_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="columns"):
        read_annotation_table(data, "a.csv")


def test_gexf_joins_names_and_sources_of_one_claim() -> None:
    article = _article(annotations=(ENTITY, PLACE), claims=(CLAIM,), references=(REFERENCE,))
    graph = etree.fromstring(write_gexf(article))
    edges = {(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in graph.iter("{*}edge")}
    assert edges == {
        ("c-1", "c-2", "together"),
        ("c-1", "r-1", "sourced"),
        ("c-2", "r-1", "sourced"),
        ("a-1", "r-1", "cites"),
    }
    labels = {node.get("id"): node.get("label") for node in graph.iter("{*}node")}
    assert labels == {"a-1": "Plants", "c-1": "Sutton", "c-2": "Soviet Union", "r-1": "Sutton, Technology"}
