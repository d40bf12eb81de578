"""Law 3, law 6 and validity of the TEI writer for generated articles: whatever overlaps, nests, touches or is empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.markup.xml import parse_xml, without_namespaces
from corpus.tei import read_ours
from corpus.tei.exact import read_exact
from corpus.validate import block_text, validate_tei
from corpus.writers.tei import Form, write_tei
from corpus.writers.tei.edition import prepare
from corpus.writers.tei.elements import TEI, XML_ID, clean
from corpus.writers.tei.places import Node
from corpus.writers.tei.profiles import NotePlace, Profile
from schemas.authorities import Authority
from schemas.records import (
    Annotation,
    Article,
    Block,
    Citation,
    Claim,
    ClaimSource,
    Clause,
    Edit,
    Made,
    Marker,
    Metadata,
    Note,
    Page,
    Person,
    Problem,
    Reference,
    Source,
    Target,
)
from schemas.values import DateValue, EntityCandidate, EntityValue, FigureValue, MarkupValue

PROFILE = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
_FORMS = [Form(profile, notes) for profile in get_args(Profile) for notes in get_args(NotePlace)]
FORMS = st.sampled_from(_FORMS)
# letters, markup, white space of all sorts, a combining accent, astral letters, and what XML cannot hold
ALPHABET = "ab 1<&>\"'\t\n\r\u00a0\u2028\u0301é𝔸😀\x0c\x00\ufffe\ud800.,"
WORDS = st.text(ALPHABET, max_size=12)
KINDS = ("title", "author", "affiliation", "abstract", "keywords", "heading", "paragraph", "list-item", "quote",
         "verse-line", "epigraph", "table", "cell", "figure", "caption", "note", "reference", "other")  # fmt: skip
RANGE = re.compile(r"#string-range\(([^,]+),(\d+),(\d+)\)")
IDS = st.sampled_from(["b-1", "b-2", "n-1", "m-1", "r-1", "c-1", "12 bis", "resp.tool", "figure.MONEY", "é"])
SCORES = st.none() | st.floats(0, 1)
OPTIONAL = st.none() | WORDS


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[int, int]:
    start = draw(st.integers(0, length))
    return start, draw(st.integers(start, length) | st.integers(start, min(start + 3, length)))


DATES = st.builds(
    DateValue,
    kind=st.sampled_from(["DATE", "YEAR", "PERIOD", "DECADE", "REL", "TIME"]),
    earliest=st.sampled_from([None, "1929-01-01", "-0299-01-01", "0000-01-01", "1929-02-30", "MCMXXIX"]),
    latest=st.sampled_from([None, "1929-12-31", "1929-01-01", "2000-02-29"]),
    edtf=st.sampled_from([None, "1929", "1929-10", "1929/1933", "XXXX-03-04", "XXXX-02-30", "1929~", "-0299", "0000"]),
    modifier=st.sampled_from([None, "start", "mid", "since", "after", "by", "before", "until", "approx"]),
    calendar=st.sampled_from([None, "julian", "gregorian"]),
)
FIGURES = st.builds(
    FigureValue,
    kind=st.sampled_from(["MONEY", "PERCENT", "QUANTITY", "COUNT", "RATIO", "DURATION", "RATE", "ORDINAL"]),
    value=st.sampled_from([None, "58.7", "1/3", "-4", "many", "٣"]),
    value_max=st.sampled_from([None, "60", "x"]),
    modifier=st.sampled_from([None, "approx", "less_than", "more_than", "max", "min", "vague"]),
    unit=st.sampled_from([None, "metric ton", "%", "", "\x00"]) | WORDS,
    currency=st.sampled_from([None, "USD"]),
    per=st.sampled_from([None, "year"]),
    commodity=OPTIONAL,
    inferred=st.just(("unit",)) | st.just(()),
)
# A machine's mention is tied to records of the article only (schemas.values): what has no record was given by a person.
KNOWN = Authority("PERSON", "Ann Lee", refs=("https://doi:10.1177/x y",))
ENTITIES = st.builds(
    EntityValue,
    name=WORDS,
    cluster=st.sampled_from(["e-1", "e-2", "b-1", "x y"]),
    type=OPTIONAL,
    ref=st.just(()) | st.just(KNOWN.refs),
    candidates=st.just(()) | st.tuples(st.builds(EntityCandidate, name=WORDS)),
    role=OPTIONAL,
)
MARKUP = st.builds(
    MarkupValue,
    name=st.sampled_from(["hi", "{http://www.tei-c.org/ns/1.0}foreign", "html:i", "x", ""]),
    attributes=st.just({}) | st.just({"rend": "italic", "{http://example.org/a b}c": "d"}),
)
VALUES = {"entity": ENTITIES, "date": DATES, "figure": FIGURES, "markup": MARKUP}
CSL = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["book", "article-journal", "chapter", "thesis", "odd type", 3]),
        "title": WORDS,
        "author": st.just([{"family": "Sutton", "given": "A. C."}, {"literal": "ILO"}, {}]) | st.just("Sutton"),
        "editor": st.just([{"family": "de Vries", "non-dropping-particle": "de", "x": 1}]),
        "container-title": WORDS,
        "issued": st.sampled_from([{"date-parts": [[1968, 5]]}, {"date-parts": [["x"]]}, {"raw": "1968?"}, "1968", 7]),
        "DOI": WORDS,
        "page": st.sampled_from(["1-2", 7]),
        "edition": st.sampled_from(["2", 2]),
        "collection-title": WORDS,
        "custom": st.just({"a": [1, None]}),
    },
)


@st.composite
def blocks(draw: st.DrawFn) -> tuple[str, list[Block]]:
    """Blocks one after another with white space (or anything else) between them, and some inside others or across."""
    text, made = "", []
    for _ in range(draw(st.integers(0, 6))):
        start = len(text)
        text += draw(WORDS)
        kind = draw(st.sampled_from(KINDS))
        made.append(
            Block(
                draw(IDS | st.just(f"b-{start}-{kind}")),
                kind,
                start,
                len(text),
                level=draw(st.none() | st.integers(0, 4)),
            )
        )
        text += draw(st.sampled_from(["\n\n", "\n\n", "", " x ", "\u00a0", "\x0c"]))
    for _ in range(draw(st.integers(0, 3))):
        start, end = draw(spans(len(text)))
        kind = draw(st.sampled_from(["cell", "caption", "quote", "paragraph", "table", "figure"]))
        made.append(Block(draw(IDS), kind, start, end, n=draw(OPTIONAL), lang=draw(st.sampled_from([None, "de", "?"]))))
    if draw(st.booleans()):
        start = len(text)
        text += "1\t2\n3\n\n"
        made.append(Block("t-1", "table", start, start + 5))
        cells = [Block(f"ce-{i}", "cell", start + 2 * i, start + 2 * i + 1, row=i // 2, cols=i) for i in range(3)]
        made += cells
    return text, made


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article that no reader would make, but that a JSON file could hold."""
    text, made_blocks = draw(blocks())
    size = len(text)
    places = st.integers(0, size)
    known = st.sampled_from([block.id for block in made_blocks] or ["b-1"])

    def annotation(number: int) -> Annotation:
        layer = draw(st.sampled_from(sorted(VALUES)))
        label = draw(st.sampled_from(["PERSON", "ORG", "LOC", "EVENT", "WORK", "GROUP", "x y", ""]))
        value = draw(st.none() | VALUES[layer] | st.one_of(*VALUES.values()))
        return Annotation(
            draw(IDS | st.just(f"a-{number}")), layer, label, *draw(spans(size)), value, "test", draw(SCORES)
        )

    def citation(number: int) -> Citation:
        link = st.builds(
            Target,
            reference=st.none() | IDS,
            key=st.sampled_from([None, "sutton68", "a b"]),
            score=st.floats(0, 1),
            why=WORDS,
        )
        return Citation(
            draw(IDS | st.just(f"ci-{number}")), draw(st.sampled_from(["numeric", "superscript", "ibid"])), draw(WORDS),
            *draw(spans(size)), source_start=3, note=draw(st.none() | IDS), locator=draw(OPTIONAL),
            targets=tuple(draw(st.lists(link, max_size=2))),
        )  # fmt: skip

    def claim(number: int) -> Claim:
        few = st.lists(IDS, max_size=2).map(tuple)
        source = st.builds(
            ClaimSource,
            reference=st.none() | IDS,
            key=st.none() | WORDS,
            citation=st.none() | IDS,
            marker=st.none() | IDS,
            locator=OPTIONAL,
        )
        clause = Clause(*draw(spans(size))) if draw(st.booleans()) else None
        return Claim(
            f"cl-{number}", *draw(spans(size)), clause, markers=draw(few), citations=draw(few), figures=draw(few),
            sources=tuple(draw(st.lists(source, max_size=2))), entities=draw(few),
        )  # fmt: skip

    def reference(number: int) -> Reference:
        start, end = draw(spans(size)) if draw(st.booleans()) else (None, None)
        return Reference(
            draw(IDS | st.just(f"r-{number}")),
            draw(OPTIONAL),
            draw(st.none() | known),
            start,
            end,
            csl=draw(CSL),
            key=draw(OPTIONAL),
        )

    def some(most: int) -> range:
        return range(draw(st.integers(0, most)))

    return Article(
        id=draw(IDS),
        source=Source("a.txt", "text/plain", "00", draw(OPTIONAL)),
        metadata=Metadata(
            title=draw(OPTIONAL),
            authors=draw(st.just(()) | st.just((Person("Lee", "Ann", affiliation="Oxford"), Person(literal="ILO"), Person()))),
            abstract=draw(OPTIONAL), keywords=("coal",), language=draw(st.sampled_from([None, "en", "english language"])),
            issued=draw(st.sampled_from([None, "1931", "1931/1932", "?"])), container_title=draw(OPTIONAL), DOI=draw(OPTIONAL),
            licence=draw(st.sampled_from([None, "CC BY 4.0", "https://x.org/a b|c", "https://doi:10.1/x"])),
        ),
        text=text,
        edits=(Edit("join", 0, 0, 0, 1, "\n"),),
        blocks=tuple(made_blocks),
        pages=tuple(Page(f"pg-{i}", i, draw(OPTIONAL), draw(places), i) for i in some(3)),
        markers=tuple(Marker(draw(IDS | st.just(f"m-{i}")), "1", "¹", draw(places), i, i + 1, draw(st.none() | IDS)) for i in some(4)),
        notes=tuple(
            Note(draw(IDS), "1", draw(st.sampled_from(["foot", "missing"])), tuple(draw(st.lists(known, max_size=2))))
            for _ in some(3)
        ),
        annotations=tuple(annotation(i) for i in some(12)),
        authorities=(KNOWN,),
        references=tuple(reference(i) for i in some(3)),
        citations=tuple(citation(i) for i in some(4)),
        claims=tuple(claim(i) for i in some(3)),
        problems=tuple(Problem(f"p-{i}", "odd code", "warning", draw(WORDS), (draw(IDS),), draw(st.none() | places), size) for i in some(3)),
        made=draw(st.none() | st.builds(Made, st.sampled_from(["0.1.0", "0+unknown", "1.2.dev3+gabc", ""]), WORDS, st.dictionaries(WORDS, WORDS, max_size=2))),
    )  # fmt: skip


def _nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


@PROFILE
@given(article=articles(), form=FORMS)
def test_law_3_pointers_and_determinism(article: Article, form: Form) -> None:
    data = write_tei(article, form)
    assert data == write_tei(article, form)
    _keeps_law_3(article, data)


def _keeps_law_3(article: Article, data: bytes) -> None:
    assert [problem.message for problem in validate_tei(data, schema="own", name="a.xml")] == []
    elements = {made.get(XML_ID): made for made in etree.fromstring(data).iter()}
    written = list(_nodes(prepare(article).tops))
    assert len(written) >= len(article.blocks)
    for node in written:
        assert block_text(elements[node.xml_id]) == clean(article.quote(node.block))


@PROFILE
@given(article=articles(), form=FORMS.filter(lambda form: form.profile != "minimal"))
def test_every_annotation_points_at_its_words(article: Article, form: Form) -> None:
    """In standOff every annotation, citation and claim; inline, where it stands, around the same words."""
    tei = etree.fromstring(write_tei(article, form))
    elements = {made.get(XML_ID): made for made in tei.iter()}
    records = [("citation", cite) for cite in article.citations] + [("claim", claim) for claim in article.claims]
    records += [("annotation", ann) for ann in article.annotations]
    for group in {kind for kind, _ in records}:
        spans = list(tei.iterfind(f"{{*}}standOff/{{*}}spanGrp[@type='{group}']/{{*}}span"))
        spans = [span for span in spans if span.get("type") != "clause" or group != "claim"]
        of_group = [record for kind, record in records if kind == group]
        assert len(spans) == len(of_group)
        for span, record in zip(spans, of_group, strict=True):
            exact = not span.xpath("t:fs/t:f[@name='end']", namespaces={"t": TEI})
            words = _words(span.get("target", ""), elements)
            assert words is None or words == clean(article.quote(record)) or not exact
            if exact and span.get("corresp", "#") != "#" and group != "claim":
                assert _words(span.get("corresp", ""), elements) in (None, clean(article.quote(record)))


def _words(target: str, elements: dict[str | None, etree._Element]) -> str | None:
    """The words of a pointer into one block, or of an element and its fragments where these are in one block."""
    if found := RANGE.fullmatch(target):
        return block_text(elements[found[1]])[int(found[2]) : int(found[2]) + int(found[3])]
    if target.startswith("#range"):
        return None
    parts = [elements[each[1:]] for each in target.split()]
    links = [(part.get("prev"), part.get("next")) for part in parts]
    pointers = [None, *target.split(), None]
    assert links == list(
        zip(pointers[:-2] if len(parts) > 1 else [None], pointers[2:] if len(parts) > 1 else [None], strict=True)
    )
    hosts = {next(above for above in part.iterancestors() if above.tag.rpartition("}")[2] != "seg") for part in parts}
    return "".join(map(block_text, parts)) if len(hosts) == 1 else None


@PROFILE
@given(article=articles(), form=FORMS)
def test_all_is_valid_against_tei_all(article: Article, form: Form, shared_data: Path) -> None:
    schema = shared_data / "tei" / "schema" / "tei_all-4.8.0.simplified.rng"
    found = validate_tei(write_tei(article, form), schema=schema, name="a.xml")
    assert [problem.message for problem in found] == []


@pytest.mark.fuzz
@settings(PROFILE, max_examples=1000)
@given(article=articles())
def test_a_thousand_articles_in_every_form(article: Article, shared_data: Path) -> None:
    schema = shared_data / "tei" / "schema" / "tei_all-4.8.0.simplified.rng"
    for form in _FORMS:
        data = write_tei(article, form)
        assert [problem.message for problem in validate_tei(data, schema=schema, name="a.xml")] == []
        _keeps_law_3(article, data)


@PROFILE
@given(article=articles())
def test_every_article_comes_back_exactly(article: Article) -> None:
    """Law 4: every record with every value, whatever its strings hold; the same bytes when it is written again."""
    written = write_tei(article)
    exact = read_exact(without_namespaces(parse_xml(written, "a.xml").root))
    assert exact is not None and exact.article == article
    ours = read_ours(without_namespaces(parse_xml(written, "a.xml").root))
    assert ours is not None and ours.article == article and ours.emendations == ()
    assert write_tei(ours.article) == written


def test_blocks_across_each_other_with_one_id_come_back() -> None:
    places = [("title", 0, 0), ("title", 6, 9), ("title", 11, 14), ("cell", 0, 12), ("cell", 11, 13)]
    article = Article(
        id="a", source=Source("a", "", "", None), metadata=Metadata(), text="\n\n\n\n\n\n111\n\n111\n\n",
        blocks=tuple(Block("b-1", kind, start, end) for kind, start, end in places),
    )  # fmt: skip
    ours = read_ours(without_namespaces(parse_xml(write_tei(article), "a.xml").root))
    assert ours is not None and ours.article == article


def test_many_annotations_take_linear_time() -> None:
    """20,000 annotations in one block, in two deep piles and crossing: no pile-up of work or of nested elements."""
    text = "word " * 20_000
    value = FigureValue("COUNT", "1")
    anns = [Annotation(f"f-{i}", "figure", "COUNT", i, len(text) - i, value, "test") for i in range(0, 10_000)]
    anns += [Annotation(f"g-{i}", "figure", "COUNT", 5 * i, 5 * i + 7, value, "test") for i in range(10_000)]
    article = Article(
        id="a", source=Source("a", "", "", None), metadata=Metadata(), text=text,
        blocks=(Block("b-1", "paragraph", 0, len(text)),), annotations=tuple(anns),
    )  # fmt: skip
    data = write_tei(article)
    assert validate_tei(data, name="a.xml") == ()
    assert data.count(b"<span ") == 20_001
