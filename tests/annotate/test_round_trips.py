"""Law 4 for every form that is written: what it can hold comes back as the same records, for generated articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from annotate.cli import run
from annotate.exports import EXPORTS
from annotate.training.read_tokens import lay_conllu, lay_docbin
from annotate.training.tokens import write_conllu, write_docbin
from bibliography.csl import csl_to_entry, entry_to_csl
from bibliography.files import read_library_bytes
from corpus.writers.annotation_table import read_annotation_table, write_annotation_table
from corpus.writers.facts import make_facts
from corpus.writers.web_annotation import read_web_annotation, write_web_annotation
from schemas.errors import InputError
from schemas.facts import FactList
from schemas.records import (
    Annotation,
    Article,
    Block,
    Claim,
    ClaimSource,
    Clause,
    Metadata,
    Reference,
    Source,
    decode_article,
    encode_article,
)
from schemas.values import DateValue, EntityValue, FigureValue, MarkupValue, Value

PROFILE = settings(
    max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip
# what tokens, tables and markup stumble over: quotes, bars, astral letters, combining marks, odd white space, glued signs
WORDS = st.sampled_from(
    'Sutton rose £5 1,000 Łódź 𝔸𝔹 e\u0301te\u0301 a|b =1 "Rye" don\'t well-known Moscow. (1931) x\u00a0y % # _ \t 北京 😀 U.S.A.'
    " M\u200dx 3.5% <b> &amp; ; Id=1 -".split(" ")
)
LABELS = {
    "entity": ("PERSON", "ORG", "LOC", "WORK"),
    "figure": ("MONEY", "COUNT"),
    "date": ("YEAR", "PERIOD"),
    "markup": ("i", "a|b %"),
}
SHORT = st.text(st.characters(codec="utf-8"), max_size=6)
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "entity": st.builds(
        EntityValue, name=SHORT, cluster=SHORT, type=st.none() | SHORT, ref=st.tuples(SHORT), why=SHORT
    ),
    "figure": st.builds(
        FigureValue, kind=st.just("MONEY"), value=st.none() | SHORT, unit=SHORT, inferred=st.tuples(SHORT)
    ),
    "date": st.builds(DateValue, kind=st.just("YEAR"), earliest=st.none() | SHORT, latest=st.none(), edtf=SHORT),
    "markup": st.builds(MarkupValue, name=SHORT, attributes=st.dictionaries(SHORT, SHORT, max_size=2)),
}
PEOPLE = st.lists(
    st.sampled_from([{"family": "Sutton", "given": "Antony C."}, {"family": "Łuk", "given": "Š."}, {"literal": "League of Nations"}]),
    min_size=1, max_size=2, unique_by=str,
)  # fmt: skip
SOURCES = st.builds(
    ClaimSource, reference=st.none() | SHORT, key=st.none() | SHORT, citation=st.none() | SHORT, marker=st.none() | SHORT,
    locator=st.none() | SHORT, relation=st.sampled_from(["supports", "contrast", "second-hand"]),
)  # fmt: skip
TITLES = st.sampled_from(["Technology", "Rye & Coal: 50% of {it}", "Über “Grain” – 1931", "Хлеб и уголь", "L'été_1"])
CSL = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "article-journal", "chapter", "thesis", "report", "webpage"]), "title": TITLES},
    optional={
        "author": PEOPLE,
        "editor": PEOPLE,
        "issued": st.sampled_from(
            [{"date-parts": [[1931]]}, {"date-parts": [[1931, 5]]}, {"date-parts": [[1931], [1933]]}]
        ),
        "publisher": st.sampled_from(["Hoover", "Duncker & Humblot"]),
        "publisher-place": st.just("Stanford, CA"),
        "container-title": st.sampled_from(["The Economic Journal", "Grain #1"]),
        "volume": st.just("4"),
        "issue": st.just("2"),
        "page": st.just("1-20"),
        "DOI": st.just("10.1000/a_b"),
        "URL": st.just("https://example.org/a_b?c=1%20d"),
        "note": st.just("Typescript."),
    },
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Paragraphs of difficult words with annotations that overlap, nest, cross blocks, or are empty; and used works."""
    text, blocks = "", []
    for number in range(draw(st.integers(1, 4))):
        words = " ".join(draw(st.lists(WORDS, min_size=1, max_size=14)))
        blocks.append(Block(f"b-{number}", "paragraph", len(text), len(text) + len(words)))
        text += words + "\n\n"
    text = text[:-2]
    annotations = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        layer = draw(st.sampled_from(sorted(LABELS)))
        value = draw(st.none() | VALUES[layer])
        made_by, confidence = draw(SHORT.filter(bool)), draw(st.none() | st.floats(0, 1))
        label = draw(st.sampled_from(LABELS[layer]))
        annotations.append(Annotation(f"x-{number}", layer, label, start, end, value, made_by, confidence))  # type: ignore[arg-type]
    items = draw(st.lists(CSL, max_size=3))
    references = [Reference(f"r-{n}", None, None, None, None, csl=item, key=f"key{n}") for n, item in enumerate(items)]
    names = tuple(ann.id for ann in annotations if ann.layer == "entity")
    figures = tuple(ann.id for ann in annotations if ann.layer == "figure")
    begin = draw(st.integers(0, len(text)))
    clause = Clause(begin, draw(st.integers(begin, len(text)))) if draw(st.booleans()) else None
    claim = Claim(
        "cl-1", draw(st.integers(0, begin)), len(text), clause, scope=draw(st.sampled_from(["clause", "sentence", "paragraph"])),
        entities=names, figures=figures, sources=tuple(ClaimSource(ref.id, ref.key) for ref in references),
    )  # fmt: skip
    return Article(
        id=draw(st.sampled_from(["a-1", "p/1 x", "\x01"])), source=Source("a.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(title="Rye"), text=text, blocks=tuple(blocks), annotations=tuple(annotations),
        references=tuple(references), claims=(claim,),
    )  # fmt: skip


@PROFILE
@given(articles())
def test_our_own_json(article: Article) -> None:
    assert decode_article(encode_article(article)) == article


@PROFILE
@given(articles(), st.lists(SOURCES, max_size=2), st.lists(SHORT, max_size=2))
def test_web_annotations_hold_every_annotation_and_claim_and_the_table_annotations(
    article: Article, sources: list[ClaimSource], ids: list[str]
) -> None:
    claim = msgspec.structs.replace(article.claims[0], sources=tuple(sources), markers=tuple(ids), citations=tuple(ids))
    article = msgspec.structs.replace(article, claims=(claim, Claim("cl-2 é:/", 0, 0)))
    assert read_web_annotation(write_web_annotation(article), article) == (article.annotations, article.claims, ())
    assert read_annotation_table(write_annotation_table(article), "a.csv") == article.annotations


def in_one_block(article: Article, ann: Annotation) -> bool:
    words = article.quote(ann).strip()
    return bool(words) and any(block.start <= ann.start and ann.end <= block.end for block in article.blocks)


@PROFILE
@given(articles())
def test_docbin_holds_what_has_words_in_one_block(article: Article) -> None:
    found, problems = lay_docbin(write_docbin(article), article, "a.spacy")
    assert problems == ()
    held = [ann for ann in article.annotations if in_one_block(article, ann)]
    assert sorted(found, key=lambda ann: ann.id) == sorted(held, key=lambda ann: ann.id)


@PROFILE
@given(articles())
def test_conllu_holds_the_longest_names(article: Article) -> None:
    found, problems = lay_conllu(write_conllu(article), article, "a.conllu")
    assert problems == ()
    known = {ann.id: ann for ann in article.annotations}
    assert all(known[ann.id] == ann for ann in found)
    assert len({ann.id for ann in found}) == len(found)
    again, _ = lay_conllu(write_conllu(msgspec.structs.replace(article, annotations=found)), article, "a.conllu")
    assert again == found  # nothing more is lost the second time


def test_names_apart_all_come_back_from_conllu() -> None:
    text = "Antony Sutton met Ford in Moscow. He met Ford-Werke's men; |Łódź| was far."
    names = [("Antony Sutton", "PERSON"), ("Moscow", "LOC"), ("Ford-Werke", "ORG"), ("Łódź", "LOC")]
    annotations = tuple(
        Annotation(f"e-{n}", "entity", label, text.index(name), text.index(name) + len(name), EntityValue(name, name), "ner", 0.5)
        for n, (name, label) in enumerate(names)
    )  # fmt: skip
    article = Article(
        id="a", source=Source("a", "", "", None), metadata=Metadata(), text=text,
        blocks=(Block("b", "paragraph", 0, len(text)),), annotations=annotations,
    )  # fmt: skip
    assert lay_conllu(write_conllu(article), article, "a.conllu") == (annotations, ())


@PROFILE
@given(articles())
def test_used_works_come_back_from_csl_json(article: Article) -> None:
    data = EXPORTS["csl-json"][1](article)
    if not article.references:
        assert json.loads(data) == []
        return
    library = read_library_bytes(data, "a.csl.json")
    assert library.problems == ()
    assert library.items == {ref.key: {**ref.csl, "id": ref.key} for ref in article.references}


@PROFILE
@given(articles())
def test_used_works_come_back_from_bibtex(article: Article) -> None:
    """BibTeX has fields of its own: what it can hold of an item is what its entry says."""
    data = EXPORTS["bibtex"][1](article)
    if not article.references:
        assert b"@" not in data.split(b"\n", 1)[1]
        return
    library = read_library_bytes(data, "a.bib")
    assert library.problems == ()
    written = [csl_to_entry(ref.csl, ref.key) for ref in article.references if ref.key]
    assert [(e.key, e.type, e.fields) for e in library.entries] == [(e.key, e.type, e.fields) for e in written]
    assert [entry_to_csl(entry) for entry in library.entries] == [entry_to_csl(entry) for entry in written]


@PROFILE
@given(articles())
def test_facts_come_back_from_their_json(article: Article) -> None:
    assert msgspec.json.decode(EXPORTS["facts-json"][1](article), type=FactList) == make_facts(article)


@PROFILE
@given(articles())
def test_every_form_has_the_same_bytes_each_time(article: Article) -> None:
    for _, write in EXPORTS.values():
        assert write(article) == write(article)


@PROFILE
@given(articles())
def test_gexf_keeps_its_structure(article: Article) -> None:
    """GEXF 1.3: nodes of one id each, edges between nodes that are there, values of attributes that are declared."""
    root = etree.fromstring(EXPORTS["gexf"][1](article))
    ns = "{http://gexf.net/1.3}"
    assert (root.tag, root.get("version")) == (f"{ns}gexf", "1.3")
    (graph,) = root
    assert (graph.get("mode"), graph.get("defaultedgetype")) == ("static", "undirected")
    assert [child.tag for child in graph] == [f"{ns}attributes", f"{ns}nodes", f"{ns}edges"]
    ids = [node.get("id") for node in graph.iter(f"{ns}node")]
    assert len(set(ids)) == len(ids)
    declared = {attribute.get("id") for attribute in graph.iter(f"{ns}attribute")}
    assert {value.get("for") for value in graph.iter(f"{ns}attvalue")} <= declared
    edges = list(graph.iter(f"{ns}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= set(ids)
        assert edge.get("kind") in ("together", "sourced", "cites") and float(edge.get("weight", "0")) > 0
    pairs = [frozenset((edge.get("source"), edge.get("target"))) for edge in edges]
    assert len(set(pairs)) == len(pairs)  # no parallel edges, which many readers refuse


@PROFILE
@given(articles())
def test_web_annotations_keep_the_model(article: Article) -> None:
    """What https://www.w3.org/TR/annotation-model/ demands of collection, page, annotation, target and selectors."""
    collection = json.loads(write_web_annotation(article))
    assert "http://www.w3.org/ns/anno.jsonld" in collection["@context"]
    assert collection["type"] == "AnnotationCollection" and collection["id"].startswith("urn:adfontes:")
    page = collection["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", collection["id"], 0)
    assert collection["total"] == len(page["items"])
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids) and all(" " not in name and name.isascii() for name in ids)
    for item in page["items"]:
        assert item["type"] == "Annotation" and item["motivation"] in (
            "identifying",
            "classifying",
            "highlighting",
            "linking",
        )
        assert all(body.get("type") or body.get("id") for body in item["body"])
        target = item["target"]
        assert target["source"].startswith("urn:")
        position, quoted = target["selector"]
        assert position["type"] == "TextPositionSelector" and 0 <= position["start"] <= position["end"]
        assert quoted["type"] == "TextQuoteSelector"
        assert quoted["exact"] == article.text[position["start"] : position["end"]]
        assert article.text[: position["start"]].endswith(quoted["prefix"])
        assert article.text[position["end"] :].startswith(quoted["suffix"])
        if item["motivation"] != "linking":
            assert item["generator"]["type"] == "Software" and item["generator"]["name"]


# --- corrected by people -------------------------------------------------------------------------------------------

TEXT = "Antony Sutton met Ford in Moscow."
NAMES = (
    Annotation("e-1", "entity", "PERSON", 7, 13, EntityValue("Sutton", "c-1"), "ner", 0.9),
    Annotation("e-2", "entity", "PERSON", 18, 22, EntityValue("Ford", "c-2"), "ner", 0.6),
)
ARTICLE = Article(
    id="a", source=Source("a.txt", "text/plain", "00", "utf-8"), metadata=Metadata(), text=TEXT,
    blocks=(Block("b-1", "paragraph", 0, len(TEXT)),), annotations=NAMES,
)  # fmt: skip


def test_names_corrected_in_conllu_are_read_as_they_are_marked() -> None:
    rows = write_conllu(ARTICLE).decode()
    rows = rows.replace("Entity=B-PERSON|Id=e-2", "Entity=B-ORG|Id=e-2")  # relabelled
    rows = rows.replace("Entity=B-PERSON|Id=e-1", "Entity=I-PERSON")  # widened to the first name, which begins it now
    rows = rows.replace("Offset=0:6", "Entity=B-PERSON|Id=e-1|Offset=0:6").replace(
        "Offset=26:32", "Entity=B-LOC|Offset=26:32"
    )
    found, problems = lay_conllu(rows.encode(), ARTICLE, "a.conllu")
    assert problems == ()
    assert [(ann.id, ann.label, TEXT[ann.start : ann.end], ann.value) for ann in found[:2]] == [
        ("e-1", "PERSON", "Antony Sutton", None),
        ("e-2", "ORG", "Ford", None),
    ]
    assert (found[2].label, TEXT[found[2].start : found[2].end], found[2].made_by) == ("LOC", "Moscow", "import")


def test_a_docbin_of_another_tool_has_only_its_ents() -> None:
    import spacy
    from spacy.tokens import DocBin

    doc = spacy.blank("en")(TEXT)
    doc.set_ents([doc.char_span(26, 32, "GPE"), doc.char_span(0, 13, "PERSON")])
    other = spacy.blank("en")("Not of this article.")
    found, problems = lay_docbin(DocBin(docs=[doc, other]).to_bytes(), ARTICLE, "a.spacy")
    assert [(ann.label, TEXT[ann.start : ann.end]) for ann in found] == [("PERSON", "Antony Sutton"), ("GPE", "Moscow")]
    assert [problem.code for problem in problems] == ["annotation-unplaced"]


def test_conllu_without_offsets_is_followed_word_by_word() -> None:
    rows = "".join(
        f"{n}\t{form}\t{'_	' * 7}{misc}\n" for n, (form, misc) in enumerate(
            [("Antony", "Entity=B-PERSON"), ("Sutton", "Entity=I-PERSON"), ("saw", "_"), ("met", "_"), ("Ford", "Entity=B-ORG")], 1
        )
    )  # fmt: skip
    found, problems = lay_conllu(rows.encode(), ARTICLE, "a.conllu")
    assert [(ann.label, TEXT[ann.start : ann.end]) for ann in found] == [("PERSON", "Antony Sutton"), ("ORG", "Ford")]
    assert len(problems) == 1 and "“saw”" in problems[0].message


@pytest.mark.parametrize("data", [b"x\x9cnonsense", b"1\tonly\tthree\n# x", b"#\xff\n"])
def test_what_is_no_training_data_is_refused_in_one_line(data: bytes) -> None:
    reader: Callable[[bytes, Article, str], object] = lay_docbin if data[:1] == b"x" else lay_conllu
    with pytest.raises(InputError):
        reader(data, ARTICLE, "a")


def test_a_claim_moves_with_its_words_to_a_text_that_changed() -> None:
    claim = Claim("cl-1", 7, len(TEXT), Clause(14, 22), markers=("m-1",))
    data = write_web_annotation(msgspec.structs.replace(ARTICLE, claims=(claim,)))
    found = read_web_annotation(data, msgspec.structs.replace(ARTICLE, text=f"So it was. {TEXT}"))
    assert found.claims == (Claim("cl-1", 18, 11 + len(TEXT), Clause(25, 33), markers=("m-1",)),)


@pytest.mark.parametrize("form", ["web-annotation", "csv", "docbin", "conllu"])
def test_an_import_onto_the_same_article_changes_nothing(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    article = msgspec.structs.replace(ARTICLE, claims=(Claim("cl-1", 0, len(TEXT), entities=("e-1", "e-2")),))
    Path("a.json").write_bytes(encode_article(article))
    assert run(["export", "a.json", "--to", form, "-o", "out"]) == 0
    (file,) = Path("out").iterdir()
    assert run(["import", str(file), "--onto", "a.json", "-o", "back"]) == 0
    (back,) = Path("back").iterdir()
    assert decode_article(back.read_bytes()) == article
