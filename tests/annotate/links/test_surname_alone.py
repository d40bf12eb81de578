"""A surname alone: what was cited, what is listed, and what a library may be believed for."""

from __future__ import annotations

from pathlib import Path

from annotate.libraries import read_libraries
from annotate.links import link_sources
from schemas.records import Article, Block, Citation, Metadata, Note, Source

CARR = "E. H. Carr, Socialism in One Country (London: Macmillan, 1958), 12."
NOVE = "Alec Nove, An Economic History (London: Lane, 1969), 30."
NOVE2 = "Alec Nove, Stalinism and After (London: Allen, 1975), 3."
WORKS = "alpha bravo charlie delta echo foxtrot golf hotel".split()


def linked(*notes: str, entries: tuple[str, ...] = (), bib: Path | None = None) -> Article:
    text, blocks, records = "Grain was sold.", [Block("b-0", "paragraph", 0, 15)], []
    for n, entry in enumerate(entries):
        blocks.append(Block(f"b-e{n}", "reference", len(text) + 2, len(text) + 2 + len(entry)))
        text += "\n\n" + entry
    for n, note in enumerate(notes, 1):
        blocks.append(Block(f"b-{n}", "note", len(text) + 2, len(text) + 2 + len(note), n=str(n)))
        text += "\n\n" + note
        records.append(Note(f"n-{n}", str(n), "end", (f"b-{n}",)))
    source = Source("a.txt", "text/plain", "", "utf-8")
    article = Article(id="a", source=source, metadata=Metadata(), text=text, blocks=tuple(blocks), notes=tuple(records))
    return link_sources(article, read_libraries([bib] if bib else []))


def last(article: Article) -> tuple[Citation | None, list[str]]:
    """The citation of the last note, if there is one, and the titles that it leads to."""
    cites = [cite for cite in article.citations if cite.note == article.notes[-1].id]
    titles = {ref.id: str(ref.csl.get("title")) for ref in article.references}
    return (cites[-1], [titles[t.reference or ""] for t in cites[-1].targets]) if cites else (None, [])


def test_a_name_that_was_cited() -> None:
    cite, titles = last(linked(CARR, NOVE, "Cf. Carr."))
    assert cite is not None and (cite.kind, titles) == ("short", ["Socialism in One Country"])


def test_a_name_that_says_something() -> None:
    cite, titles = last(linked(CARR, NOVE, "As Carr argues, nobody knew."))
    assert cite is not None and (cite.kind, titles) == ("narrative", ["Socialism in One Country"])


def test_a_name_that_is_listed() -> None:
    entry = "Dobb, Maurice. Soviet Planning. London: Routledge, 1966."
    cite, titles = last(linked(CARR, "See Dobb.", entries=(entry,)))
    assert cite is not None and titles == ["Soviet Planning"] and cite.targets[0].score == 0.95


def test_a_name_with_two_works_is_refused() -> None:
    cite, titles = last(linked(NOVE, NOVE2, "Cf. Nove."))
    assert cite is not None and not titles and len(cite.candidates) == 2


def test_a_name_in_prose_that_says_nothing_is_no_citation() -> None:
    assert last(linked(CARR, "Carr was born in London."))[0] is None


def test_a_library_that_holds_what_is_cited_is_believed(tmp_path: Path) -> None:
    """The chance is that of the library's share of the works cited so far: two of two are too few, eight of eight enough."""
    bib = tmp_path / "library.bib"
    entries = [
        f"@book{{{word}, author = {{{word.title()}, A.}}, title = {{On the {word} of it}}, year = 1950}}"
        for word in WORKS
    ]
    page = "@book{page, author = {Page, Ann}, title = {Pay and Lamps}, year = 1958}"
    bib.write_text("\n".join([*entries, page]))
    cited = [f"{word.title()}, On the {word} of it, 5." for word in WORKS]
    assert last(linked(*cited[:2], "Page, 88.", bib=bib))[1] == []
    cite, titles = last(linked(*cited, "Page, 88.", bib=bib))
    assert cite is not None and titles == ["Pay and Lamps"] and 0.9 < cite.targets[0].score < 0.95
    bib.write_text(
        "\n".join([*entries, page, "@book{also, author = {Other, B. and Page, C.}, title = {X}, year = 1960}"])
    )
    assert last(linked(*cited, "Page, 88.", bib=bib))[1] == []
    bib.write_text("\n".join([*entries, page]))
    outside = "Jane Quill, Pay and Pensions (London: Methuen, 1929), 40."
    assert (
        last(
            linked(*cited, outside, outside.replace("Quill", "Reed").replace("Pensions", "Ink"), "Page, 88.", bib=bib)
        )[1]
        == []
    )
