"""Decisions: made of two states of an article, kept in a file, laid on a later run; what cannot be decided is a Problem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from annotate.decisions import (
    append_decisions,
    apply_to_annotations,
    apply_to_links,
    apply_to_markers,
    decisions_between,
    import_corrections,
    load_decisions,
    load_decisions_on,
    settle,
)
from annotate.decisions.files import decisions_file
from annotate.decisions.tei import holds_corrections
from annotate.given import as_read, beside_given, keep_given_identity
from annotate.version import __version__
from corpus.writers.tei import write_tei
from schemas.decisions import Decision
from schemas.errors import InputError
from schemas.records import (
    Annotation,
    Article,
    Block,
    Citation,
    Made,
    Marker,
    Metadata,
    Note,
    Reference,
    Source,
    Target,
    encode_article,
)
from schemas.values import DateValue, EntityValue, FigureValue

TEXT = "In 1931 Anna Berg sold 40 tons to the Mill (Kula 1976).\n\nBook."


def span_of(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def entity(identifier: str, label: str, words: str, *, made_by: str = "ner", ref: tuple[str, ...] = ()) -> Annotation:
    return Annotation(
        identifier, "entity", label, *span_of(words), EntityValue(words, f"thing-{words}", ref=ref), made_by
    )


def paper(*annotations: Annotation, text: str = TEXT) -> Article:
    return Article(
        id="a-1",
        source=Source("paper.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(title="Rye"),
        text=text,
        blocks=(Block("b-1", "paragraph", 0, text.index("\n\n")), Block("b-2", "note", text.index("Book."), len(text))),
        markers=(Marker("m-1", "1", "1", text.index("\n\n"), 0, 1, "n-1"),),
        notes=(Note("n-1", "1", "foot", ("b-2",)), Note("n-2", "2", "foot", ())),
        annotations=annotations
        or (
            entity("e-1", "PERSON", "Anna Berg"),
            entity("e-2", "ORG", "Mill"),
            Annotation("f-1", "figure", "QUANTITY", *span_of("40 tons"), FigureValue("QUANTITY", "40", unit="ton"), "figures"),
        ),
        references=(Reference("r-1", None, None, None, None, csl={"title": "Theory"}, key="kula76", status="linked"),),
        citations=(Citation("c-1", "author-year", "Kula 1976", *span_of("(Kula 1976)")),),
        made=Made(__version__, "m"),
    )  # fmt: skip


def decided(before: Article, after: Article, creator: str = "A. Editor") -> list[Decision]:
    return decisions_between(before, after, creator=creator, created="2026-05-01")


def changed(article: Article, **annotations: Annotation | None) -> Article:
    """The article with annotations replaced, or taken out, by their id written with "_"."""
    given = {name.replace("_", "-"): ann for name, ann in annotations.items()}
    kept = [given.get(ann.id, ann) for ann in article.annotations]
    return msgspec.structs.replace(article, annotations=tuple(ann for ann in kept if ann is not None))


def said(article: Article) -> list[tuple[str, str, str]]:
    return [(ann.layer, ann.label, article.quote(ann)) for ann in article.annotations]


def test_each_change_is_one_decision() -> None:
    article = paper()
    after = changed(
        article,
        e_1=msgspec.structs.replace(
            article.annotations[0], value=EntityValue("Anna Berg", "thing-9", ref=("https://viaf.org/1",))
        ),
        e_2=msgspec.structs.replace(article.annotations[1], label="LOC"),
        f_1=None,
    )
    after = msgspec.structs.replace(
        after,
        annotations=(*after.annotations, Annotation("d-1", "date", "YEAR", *span_of("1931"), None, "source")),
        citations=(msgspec.structs.replace(article.citations[0], targets=(Target("r-1", "kula76", 1.0, ""),)),),
        markers=(msgspec.structs.replace(article.markers[0], note="n-2"),),
    )
    found = decided(article, after)
    assert [decision.motivation for decision in found] == [
        "identifying", "classifying", "assessing", "tagging", "linking", "linking",
    ]  # fmt: skip
    assert found == decided(article, after) and len({decision.id for decision in found}) == 6
    assert decided(article, article) == []


def replay(fresh: Article, decisions: Sequence[Decision]) -> Article:
    standing, conflicts = settle(decisions)
    article = apply_to_markers(fresh, standing)
    article = apply_to_links(apply_to_annotations(article, standing), standing, None)
    return msgspec.structs.replace(article, problems=article.problems + conflicts)


def test_the_next_run_honours_them() -> None:
    article = paper()
    after = changed(article, e_2=msgspec.structs.replace(article.annotations[1], label="LOC"), f_1=None)
    after = msgspec.structs.replace(
        after,
        annotations=(*after.annotations, Annotation("d-1", "date", "YEAR", *span_of("1931"), None, "source")),
        citations=(msgspec.structs.replace(article.citations[0], targets=(Target("r-1", "kula76", 1.0, ""),)),),
        markers=(msgspec.structs.replace(article.markers[0], note="n-2"),),
    )
    again = replay(article, decided(article, after))
    assert sorted(said(again)) == sorted(said(after))
    assert [ann.made_by for ann in again.annotations if ann.label in ("LOC", "YEAR")] == ["person", "person"]
    assert [(t.reference, t.key) for t in again.citations[0].targets] == [("r-1", "kula76")]
    assert (again.citations[0].status, again.markers[0].note, again.problems) == ("linked", "n-2", ())


def test_they_are_found_again_when_the_text_moved_or_the_machine_reads_otherwise() -> None:
    article = paper()
    after = changed(article, e_2=msgspec.structs.replace(article.annotations[1], label="LOC"))
    longer = "So it was told. "
    moved = paper(text=longer + TEXT)
    moved = msgspec.structs.replace(moved, annotations=(), citations=())
    again = replay(moved, decided(article, after))
    assert said(again) == [("entity", "LOC", "Mill")]
    other = Annotation("e-9", "entity", "GROUP", *span_of("Mill"), EntityValue("Mill", "thing-x"), "ner")
    assert said(replay(paper(other), decided(article, after))) == [("entity", "LOC", "Mill")]


def test_what_is_not_found_is_a_problem() -> None:
    article = paper()
    after = changed(article, e_2=msgspec.structs.replace(article.annotations[1], label="LOC"))
    gone = msgspec.structs.replace(paper(text="Nothing of it.\n\nBook."), annotations=(), citations=())
    again = replay(gone, decided(article, after))
    assert [(problem.code, problem.about) for problem in again.problems] == [("decision-unplaced", ("e-2",))]


def test_a_link_to_an_unknown_source_is_a_problem() -> None:
    article = paper()
    link = (Target(None, "abel66", 1.0, ""),)
    after = msgspec.structs.replace(article, citations=(msgspec.structs.replace(article.citations[0], targets=link),))
    again = replay(article, decided(article, after))
    assert [problem.code for problem in again.problems] == ["decision-target-unknown"]
    assert again.citations == article.citations


def test_a_later_decision_of_the_same_person_stands_and_two_people_must_agree() -> None:
    article = paper()
    place, group = (
        decided(article, changed(article, e_2=msgspec.structs.replace(article.annotations[1], label=label)))[0]
        for label in ("LOC", "GROUP")
    )
    assert ("entity", "GROUP", "Mill") in said(replay(article, [place, group]))
    other = msgspec.structs.replace(group, creator="B. Reader")
    again = replay(article, [place, other])
    assert ("entity", "ORG", "Mill") in said(again)
    assert [problem.code for problem in again.problems] == ["decision-conflict"]
    agreed = msgspec.structs.replace(place, creator="B. Reader")
    assert ("entity", "LOC", "Mill") in said(replay(article, [place, other, agreed]))


def test_the_file_is_append_only_and_says_which_line_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "paper.decisions.jsonl"
    article = paper()
    found = decided(article, changed(article, e_2=None))
    assert load_decisions(path).decisions == ()
    assert append_decisions(path, found) == found
    assert append_decisions(path, found) == []
    path.write_bytes(path.read_bytes() + b'{"id": 1}\n')
    before = path.read_bytes()
    more = decided(article, changed(article, e_1=None))
    assert append_decisions(path, more) == more
    assert path.read_bytes().startswith(before)
    loaded = load_decisions(path)
    assert loaded.decisions == (*found, *more)
    assert [(problem.code, problem.where) for problem in loaded.problems] == [
        ("decision-unreadable", "paper.decisions.jsonl:2")
    ]


def test_a_corrected_tei_file_becomes_decisions(tmp_path: Path) -> None:
    article = paper()
    document, tei = tmp_path / "paper.json", tmp_path / "paper.tei.xml"
    document.write_bytes(encode_article(article))
    written = write_tei(article).decode()
    tei.write_text(written, encoding="utf-8")
    target, none = import_corrections(str(tei), document)
    assert none == [] and not target.exists()
    body = written.index("<text ")
    edited = written[body:].replace("<orgName", "<placeName").replace("</orgName>", "</placeName>")
    change = '<change who="#ed" when="2026-05-01">Read by <persName>Ida Roth</persName></change><change '
    header = written[:body].replace("<change ", change, 1)
    header = header.replace("<respStmt", '<editor xml:id="ed">Ida Roth</editor><respStmt', 1)
    assert not holds_corrections(tei, document)
    tei.write_text(header + edited, encoding="utf-8")
    assert holds_corrections(tei, document)  # a run would write over them: it refuses
    target, made = import_corrections(str(tei), document)
    assert target == tmp_path / "paper.decisions.jsonl"
    assert [(d.motivation, d.body["label"], d.creator, d.created) for d in made] == [
        ("classifying", "LOC", "Ida Roth", "2026-05-01")
    ]
    assert import_corrections(str(tei), document)[1] == []
    assert not holds_corrections(tei, document)
    tei.write_text((header + edited).replace("Anna Berg</persName>", "Anna Bergh</persName>"), encoding="utf-8")
    words, label = import_corrections(str(tei), document)[1]
    assert (words.motivation, words.body, words.creator) == ("editing", {"text": "Bergh"}, "Ida Roth")
    assert label.body["label"] == "LOC"  # it stands one letter further on
    assert import_corrections(str(tei), document)[1] == []
    tei.write_text(written.replace('<spanGrp type="block">', "<spanGrp>"), encoding="utf-8")
    with pytest.raises(InputError, match="records in standOff"):
        import_corrections(str(tei), document)


def test_who_decided_before_did_not_correct_the_file(tmp_path: Path) -> None:
    """The header tells earlier decisions; a correction that names nobody is not laid at their door."""
    article = paper()
    document, tei = tmp_path / "paper.json", tmp_path / "paper.tei.xml"
    document.write_bytes(encode_article(article))
    earlier = decided(article, changed(article, e_1=None))
    append_decisions(decisions_file(document), earlier)
    written = write_tei(article, decisions=load_decisions_on(str(document)).decisions).decode()
    assert earlier[0].creator in written and not holds_corrections(tei, document)
    head, body = written.split("<text ", 1)
    tei.write_text(f"{head}<text {body.replace('orgName', 'placeName')}", encoding="utf-8")
    _, (made,) = import_corrections(str(tei), document)
    assert made.body["label"] == "LOC" and made.creator == "whoever corrected the TEI file"


def test_a_scholars_annotation_is_not_doubled_and_not_overwritten() -> None:
    given = entity("s-1", "PERSON", "Anna Berg", made_by="source", ref=("https://viaf.org/1",))
    article = paper(given)
    same, other, wider = (
        entity("e-1", "PERSON", "Anna Berg"), entity("e-2", "ORG", "Anna Berg"), entity("e-3", "PERSON", "Anna Berg sold"),
    )  # fmt: skip
    assert beside_given(article, [same, other, wider]) == (other, wider)
    undated = Annotation("s-2", "date", "YEAR", *span_of("1931"), None, "source")
    dated = Annotation(
        "d-1", "date", "YEAR", *span_of("1931"), DateValue("YEAR", "1931-01-01", "1931-12-31", "1931"), "dates"
    )
    assert beside_given(paper(undated), [dated]) == (
        dated,
    )  # the scholar gave no value: the machine's reading stands beside


def test_one_uri_is_one_thing() -> None:
    first = entity("s-1", "PERSON", "Anna Berg", made_by="source", ref=("https://viaf.org/1",))
    second = entity("s-2", "PERSON", "Mill", made_by="source", ref=("https://viaf.org/1",))
    third = Annotation(
        "s-3",
        "entity",
        "PERSON",
        *span_of("Berg"),
        EntityValue("Berg", "thing-Anna Berg", ref=("https://viaf.org/2",)),
        "source",
    )
    clusters = [ann.value.cluster for ann in keep_given_identity(paper(first, second, third)).annotations]  # type: ignore[union-attr]
    assert clusters[0] == clusters[1] == "thing-Anna Berg" and clusters[2] != clusters[0]


def test_an_article_that_was_annotated_before_is_read_afresh() -> None:
    given = entity("s-1", "PERSON", "Anna Berg", made_by="source")
    article = as_read(paper(given, entity("e-2", "ORG", "Mill")))
    assert article.annotations == (given,)
    assert (article.citations, article.references, article.claims, article.made) == ((), (), (), None)
    assert as_read(article) is article
