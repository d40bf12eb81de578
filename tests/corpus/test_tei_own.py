"""Our own TEI back to the same Article, and what a person changed in the file: both against what the writer writes."""

from __future__ import annotations

import re

import msgspec
import pytest
from lxml import etree

from corpus.readers import read
from corpus.validate import validate_tei
from corpus.writers.tei import Form, write_tei
from corpus.writers.tei.profiles import NotePlace, Profile
from schemas.decisions import Decision, DecisionTarget, QuoteSelector
from schemas.records import (
    Annotation,
    Article,
    Block,
    Citation,
    Claim,
    ClaimSource,
    Marker,
    Metadata,
    Note,
    Reference,
    Source,
    Target,
)
from schemas.values import DateValue, EntityValue, FigureValue, MarkupValue

TEXT = "In 1931 Anna Berg sold 40 tons to the Mill (Kula 1976). She left Torun.\n\nAccount book.\n\nKula, Theory. 1976."


def span_of(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def paper() -> Article:
    """An article with a record of every kind, as a run would make it."""
    return Article(
        id="a-1",
        source=Source("paper.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(title="Rye", language="en"),
        text=TEXT,
        blocks=(
            Block("b-1", "paragraph", 0, TEXT.index("\n\n")),
            Block("b-2", "note", *span_of("Account book.")),
            Block("b-3", "reference", *span_of("Kula, Theory. 1976.")),
        ),
        markers=(Marker("m-1", "1", "1", TEXT.index("\n\n"), 0, 1, "n-1"),),
        notes=(Note("n-1", "1", "foot", ("b-2",)),),
        annotations=(
            Annotation("d-1", "date", "YEAR", *span_of("1931"), DateValue("YEAR", "1931-01-01", "1931-12-31", "1931"), "dates"),
            Annotation("e-1", "entity", "PERSON", *span_of("Anna Berg"), EntityValue("Anna Berg", "thing-1"), "ner", 0.5),
            Annotation("f-1", "figure", "QUANTITY", *span_of("40 tons"), FigureValue("QUANTITY", "40", unit="ton", commodity="rye"), "figures"),
            Annotation("e-2", "entity", "ORG", *span_of("Mill"), EntityValue("Mill", "thing-2"), "ner", 0.75),
            Annotation("k-1", "markup", "hi", *span_of("sold"), MarkupValue("hi", {"rend": "italic"}), "source"),
        ),
        references=(
            Reference("r-1", None, "b-3", *span_of("Kula, Theory. 1976."), csl={"title": "Theory", "volume": 7}, key="kula76", status="linked"),
            Reference("r-2", None, None, None, None, csl={"title": "Hunger"}, key="abel66", status="linked"),
        ),
        citations=(
            Citation("c-1", "author-year", "(Kula 1976)", *span_of("(Kula 1976)"), targets=(Target("r-1", "kula76", 0.9, "year"),), status="linked"),
        ),
        claims=(
            Claim("cl-1", 0, TEXT.index(" She"), markers=("m-1",), citations=("c-1",), figures=("f-1",), dates=("d-1",), entities=("e-1", "e-2"),
                  sources=(ClaimSource("r-1", "kula76", citation="c-1", marker="m-1"),)),
        ),
    )  # fmt: skip


def edited(*changes: tuple[str, str]) -> Article:
    """The article of our file after changes by hand; each must find its place."""
    written = write_tei(paper()).decode()
    head, _, body = written.partition("<text ")
    for pattern, put in changes:
        body, count = re.subn(pattern, put, body)
        assert count == 1, pattern
    (article,) = read(f"{head}<text {body}".encode(), "paper.tei.xml")
    return article


def of(article: Article, identifier: str) -> Annotation:
    return next(ann for ann in article.annotations if ann.id == identifier)


def test_an_untouched_file_is_the_same_article() -> None:
    written = write_tei(paper())
    (again,) = read(written, "other-name.tei.xml")
    assert again == paper()
    assert write_tei(again) == written


def test_another_tag_is_another_label() -> None:
    article = edited((r'<orgName xml:id="e-2"([^>]*)>Mill</orgName>', r'<placeName xml:id="e-2"\1>Mill</placeName>'))
    changed = of(article, "e-2")
    assert (changed.label, changed.made_by, changed.confidence) == ("LOC", "source", None)
    assert isinstance(changed.value, EntityValue) and changed.value.cluster == "thing-2"
    assert [ann for ann in article.annotations if ann.id != "e-2"] == [
        ann for ann in paper().annotations if ann.id != "e-2"
    ]
    assert article.text == TEXT and article.claims == paper().claims


def test_another_span() -> None:
    article = edited((r'to the <orgName xml:id="e-2"([^>]*)>Mill', r'to <orgName xml:id="e-2"\1>the Mill'))
    changed = of(article, "e-2")
    assert article.quote(changed) == "the Mill"
    assert isinstance(changed.value, EntityValue) and changed.value.name == "the Mill"


def test_another_value() -> None:
    article = edited(
        (r'quantity="40"', 'quantity="44"'),
        (r'<date xml:id="d-1"([^>]*)when="1931"', r'<date xml:id="d-1"\1when="1932"'),
        (r'<persName xml:id="e-1"([^>]*)ref="[^"]*"', r'<persName xml:id="e-1"\1ref="https://viaf.org/viaf/1"'),
    )
    figure, day, person = (of(article, identifier).value for identifier in ("f-1", "d-1", "e-1"))
    assert figure == FigureValue("QUANTITY", "44", unit="ton", commodity="rye")
    assert day == DateValue("YEAR", "1932-01-01", "1932-12-31", "1932")
    assert person == EntityValue("Anna Berg", "thing-1", ref=("https://viaf.org/viaf/1",))


def test_a_mention_given_to_another_entity() -> None:
    article = edited((r'<persName xml:id="e-1"([^>]*)ref="#thing-1"', r'<persName xml:id="e-1"\1ref="#thing-2"'))
    value = of(article, "e-1").value
    assert isinstance(value, EntityValue) and value.cluster == "thing-2"


def test_an_annotation_taken_out_is_gone_from_the_claims_too() -> None:
    article = edited((r'<persName xml:id="e-1"[^>]*>Anna Berg</persName>', "Anna Berg"))
    assert "e-1" not in {ann.id for ann in article.annotations}
    assert article.claims[0].entities == ("e-2",)
    (again,) = read(write_tei(article), "paper.tei.xml")
    assert again == article


def test_annotations_made_by_hand() -> None:
    article = edited(
        (
            "left Torun",
            '<hi rend="bold">left</hi> <placeName ref="https://www.geonames.org/3083271" role="birth">Torun</placeName>',
        )
    )
    added = [ann for ann in article.annotations if ann.id not in {each.id for each in paper().annotations}]
    assert [(ann.layer, ann.label, article.quote(ann), ann.made_by) for ann in added] == [
        ("markup", "hi", "left", "source"),
        ("entity", "LOC", "Torun", "source"),
        ("markup", "placeName", "Torun", "source"),
    ]
    assert isinstance(added[1].value, EntityValue) and added[1].value.ref == ("https://www.geonames.org/3083271",)
    (again,) = read(write_tei(article), "paper.tei.xml")
    assert again == article


def test_links_changed_by_hand() -> None:
    article = edited((r'(<ref [^>]*)target="#r-1"', r'\1target="#r-2"'), ('<ptr xml:id="m-1"[^>]*/>', ""))
    cite = article.citations[0]
    assert [(target.reference, target.key) for target in cite.targets] == [("r-2", "abel66")]
    assert article.markers == () and article.claims[0].markers == ()
    article = edited((r'(<ref [^>]*)target="#r-1"', r"\1"))
    assert (article.citations[0].targets, article.citations[0].status) == ((), "unresolved")
    article = edited(("She left", '<ref type="bibr" target="#r-2">She</ref> left'))
    assert [(article.quote(cite), [t.reference for t in cite.targets]) for cite in article.citations][1:] == [
        ("She", ["r-2"])
    ]


def test_the_header_changed_by_hand_wins() -> None:
    written = write_tei(paper()).decode().replace(">Rye</title>", ">Rye and Barges</title>")
    (article,) = read(written.encode(), "paper.tei.xml")
    assert article == msgspec.structs.replace(paper(), metadata=Metadata(title="Rye and Barges", language="en"))


def test_the_copy_in_standoff_changed_by_hand_stands() -> None:
    written = write_tei(paper()).decode()
    changed = written.replace('<f name="score">0.9</f>', '<f name="score">0.25</f>')
    assert changed != written
    (article,) = read(changed.encode(), "paper.tei.xml")
    assert article.citations[0].targets[0].score == 0.25


@pytest.mark.parametrize("broken", ['<spanGrp type="block">', "=0,", '<f name="start">', '<note type="article">'])
def test_a_broken_copy_is_read_as_anybodys_tei(broken: str) -> None:
    written = write_tei(paper()).decode()
    (article,) = read(
        written.replace(broken, broken.replace("type", "n").replace("start", "begin")).encode(), "paper.tei.xml"
    )
    assert "Anna Berg sold 40 tons" in article.text


@pytest.mark.parametrize("profile", ["hybrid", "inline", "standoff"])
@pytest.mark.parametrize("notes", ["back", "inline"])
def test_every_form_comes_back(profile: Profile, notes: NotePlace) -> None:
    form = Form(profile, notes)
    written = write_tei(paper(), form)
    (again,) = read(written, "paper.tei.xml")
    assert again == paper()
    assert write_tei(again, form) == written


@pytest.mark.parametrize("taken", ["by.person", "e-9"])
def test_what_a_person_made_is_a_persons(taken: str) -> None:
    """Nobody's application: a statement of responsibility, with the names of those who decided where they are known."""
    ann, *others = paper().annotations
    by_hand = msgspec.structs.replace(ann, id=taken, made_by="person")
    article = msgspec.structs.replace(paper(), annotations=(by_hand, *others), citations=(), claims=(), problems=())
    target = DecisionTarget("a", (QuoteSelector("Anna"),))
    decisions = [Decision(f"x-{who}", "tagging", target, True, who, "2026-05-01") for who in ("Ida Roth", "B. Reader")]
    for known, names in ((decisions, ["Ida Roth", "B. Reader"]), ([], ["somebody whom this file does not name"])):
        written = write_tei(article, decisions=known)
        assert validate_tei(written, name="paper.tei.xml") == ()
        tei = etree.fromstring(written)
        (span,) = tei.xpath("//*[local-name()='span'][contains(@resp, 'person')]")
        (statement,) = tei.xpath("//*[local-name()='respStmt'][@xml:id=$id]", id=span.get("resp")[1:])
        assert [name.text for name in statement.iterfind("{*}name")] == names
        (again,) = read(written, "paper.tei.xml")
        assert again == article and write_tei(again, decisions=known) == written
