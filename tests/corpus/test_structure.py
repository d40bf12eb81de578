"""Outlines built to Articles: what a format says is taken as it says; what it leaves open is read as in plain text."""

from __future__ import annotations

from corpus.structure import (
    Cited,
    Dropped,
    Entry,
    NoteRef,
    Outline,
    OutlineBlock,
    OutlineNote,
    PageBreak,
    Styled,
    build_article,
)
from schemas.offsets import restore_source
from schemas.records import Article, Source

SOURCE = Source("grain.html", "text/html", "00", "utf-8", extractor="test 1")


def _paragraph(*pieces: object, **more: object) -> OutlineBlock:
    return OutlineBlock("paragraph", pieces, **more)  # type: ignore[arg-type]


def _build(*body: OutlineBlock | Dropped, **more: object) -> Article:
    return build_article(Outline(body, **more), SOURCE)  # type: ignore[arg-type]


def _restored(article: Article) -> str:
    return restore_source(article.text, article.offsets, article.edits)


def test_a_marker_is_lifted_and_tied_to_its_note() -> None:
    note = OutlineNote("fn1", "1", (OutlineBlock("note", ("See Sutton, 12.",)),), place="foot")
    article = _build(_paragraph("Grain rose", NoteRef("fn1"), " in spring."), notes=[note])
    assert article.text == "Grain rose in spring.\n\nSee Sutton, 12."
    (marker,) = article.markers
    assert (marker.label, marker.offset, marker.note) == ("1", 10, article.notes[0].id)
    assert article.notes[0].place == "foot"
    assert _restored(article) == "Grain rose1 in spring.\n\n1 See Sutton, 12."


def test_a_marker_without_its_note_is_a_problem() -> None:
    article = _build(_paragraph("Grain rose", NoteRef("gone", "3"), "."))
    assert [note.place for note in article.notes] == ["missing"]
    assert [problem.code for problem in article.problems] == ["note-missing"]


def test_space_around_a_marker_stays_single() -> None:
    article = _build(_paragraph(" Grain ", NoteRef("a", "1"), " rose \n here "))
    assert article.text == "Grain rose here"


def test_superscript_citations_are_lifted_with_all_their_targets() -> None:
    entries = [Entry(k, OutlineBlock("reference", (f"Sutton {k}. 1968.",)), label=f"{k}.") for k in ("1", "2")]
    article = _build(_paragraph("It rose", Cited(("1,2",), ("1", "2"), "superscript"), "."), entries=entries)
    (cite,) = article.citations
    assert article.text.startswith("It rose.\n\n")
    assert (cite.start, cite.end, cite.kind) == (7, 7, "superscript")
    assert [target.reference for target in cite.targets] == [ref.id for ref in article.references]
    assert not article.markers


def test_citations_and_markup_keep_their_places() -> None:
    entry = Entry("b1", OutlineBlock("reference", ("Sutton, A. 1968.",)), csl={"title": "Technology"})
    cited = Cited(("Sutton ", Styled(("1968",), "hi", {"rend": "italic"})), ("b1",), "author-year", locator="12")
    article = _build(_paragraph("As ", cited, " says."), entries=[entry])
    (cite,) = article.citations
    assert (article.quote(cite), cite.locator, cite.status) == ("Sutton 1968", "12", "linked")
    (markup,) = article.annotations
    assert (article.quote(markup), markup.label) == ("1968", "hi")
    assert article.references[0].csl == {"title": "Technology"}


def test_a_citation_without_its_entry_is_not_linked() -> None:
    article = _build(_paragraph("As ", Cited(("[9]",), ("b9",), "numeric"), " says."))
    assert [cite.status for cite in article.citations] == ["unresolved"]


def test_pages_tables_pointers_and_boilerplate() -> None:
    article = _build(
        Dropped("Log in | Cart"),
        _paragraph("One ", PageBreak("12"), "two.", pointer="p1"),
        OutlineBlock("caption", ("Table 1",), table="t"),
        OutlineBlock("cell", ("58,7",), table="t", row=1, col=1),
        _paragraph("After."),
    )
    assert [(page.label, page.offset) for page in article.pages] == [("12", 4)]
    assert [block.kind for block in article.blocks] == ["paragraph", "table", "caption", "cell", "paragraph"]
    table = article.blocks[1]
    assert article.quote(table) == "Table 1\n\n58,7"
    assert {block.parent for block in article.blocks[2:4]} == {table.id}
    assert article.source.pointers == {article.blocks[0].id: "p1"}
    assert "Log in" not in article.text
    assert _restored(article).startswith("Log in | Cart\n\nOne two.")


def test_what_a_format_leaves_open_is_read_from_the_text() -> None:
    article = _build(
        OutlineBlock("heading", ("The Grain Trade",), level=1),
        _paragraph("Maria Lopez"),
        OutlineBlock("heading", ("Exports",), level=2),
        _paragraph("It rose.¹ It fell again.²"),
        OutlineBlock("heading", ("Notes",), level=2),
        _paragraph("1. Sutton, Technology, 12."),
        _paragraph("2. Nove, History, 3."),
        OutlineBlock("heading", ("References",), level=2),
        OutlineBlock("list-item", ("Sutton, A. Western Technology. Stanford, 1968.",), n="1"),
        OutlineBlock("list-item", ("Nove, A. An Economic History. London, 1969.",), n="2"),
        OutlineBlock("heading", ("Acknowledgements",), level=2),
        _paragraph("Thanks to all."),
        typed=True,
    )
    kinds = [block.kind for block in article.blocks]
    assert kinds[:4] == ["title", "author", "heading", "paragraph"]
    assert kinds[-6:] == ["heading", "paragraph", "note", "note", "reference", "reference"]
    assert [(marker.label, marker.note) for marker in article.markers] == [
        (note.label, note.id) for note in article.notes
    ]
    assert article.metadata.title == "The Grain Trade"
    assert [block.n for block in article.blocks if block.kind == "reference"] == ["1", "2"]
    assert [block.level for block in article.blocks if block.kind == "heading"] == [1, 1]


def test_empty_blocks_leave_nothing_behind() -> None:
    article = _build(_paragraph("  "), _paragraph("Words."), _paragraph())
    assert [article.quote(block) for block in article.blocks] == ["Words."]


def test_a_note_without_words_is_missing() -> None:
    note = OutlineNote("a", "1", (OutlineBlock("note", (" ",)),))
    article = _build(_paragraph("Grain", NoteRef("a"), " rose."), notes=[note])
    assert [(note.place, note.label) for note in article.notes] == [("missing", "1")]
    assert [problem.code for problem in article.problems] == ["note-missing"]
