"""Office and markup formats through pandoc: what each keeps of one article, and what each refuses."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from bibliography.pandoc import run_pandoc
from corpus.readers import read
from schemas.errors import InputError
from schemas.offsets import restore_source
from schemas.records import Article

MARKDOWN = """---
title: The Grain Trade of the Black Sea
author: [Maria Lopez, Ivan Petrov]
lang: en
---

# Exports

Grain exports rose to 58,7 million poods[^1] in the *first* years of the war, as every port of the coast reported.[^2]

> The harvest was the largest within living memory.[^3]

## Prices

1. Prices fell in spring.
2. Prices rose in autumn.

| Year | Poods |
|------|-------|
| 1911 | 58,7  |

Nobody expected this.

[^1]: Lopez, *Ports*, 12.
[^2]: Ibid.

    So also Petrov.
[^3]: Petrov, *Harvests*, 3.

# References

Lopez, M. *Ports of the South*. Odessa, 1912.

Petrov, I. *Harvests*. Kiev, 1913.
"""
FORMATS = ["docx", "odt", "epub", "latex", "rst", "rtf"]
SUFFIX = {"latex": "tex"}


def _made(form: str) -> bytes:
    return run_pandoc(MARKDOWN.encode(), ["--from", "markdown-smart", "--to", form, "--standalone"])


def _read(data: bytes, name: str) -> Article:
    (article,) = read(data, name)
    assert restore_source(article.text, article.offsets, article.edits)
    return article


@pytest.mark.parametrize("form", ["markdown", *FORMATS])
def test_each_format_gives_the_same_article(form: str) -> None:
    expected = _read(MARKDOWN.encode(), "paper.md")
    # Named without a suffix: the content alone tells what it is. A Markdown text needs its header or its notes.
    article = expected if form == "markdown" else _read(_made(form), "paper")
    shown = [(m.label, article.text[m.offset - 5 : m.offset]) for m in article.markers]
    assert shown == [("1", "poods"), ("2", "rted."), ("3", "mory.")]
    notes = {note.id: note for note in article.notes}
    blocks = {block.id: block for block in article.blocks}
    bodies = [[article.quote(blocks[b]) for b in notes[m.note or ""].blocks] for m in article.markers]
    assert bodies == [["Lopez, Ports, 12."], ["Ibid.", "So also Petrov."], ["Petrov, Harvests, 3."]]
    assert [m.id for m in article.markers] == [m.id for m in expected.markers]
    assert article.metadata.title == "The Grain Trade of the Black Sea"
    headings = [(b.level, article.quote(b)) for b in article.blocks if b.kind == "heading"]
    assert headings == [(1, "Exports")] + ([] if form == "rtf" and len(headings) == 1 else [(2, "Prices")])
    references = [article.quote(block) for block in article.blocks if block.kind == "reference"]
    assert references == ["Lopez, M. Ports of the South. Odessa, 1912.", "Petrov, I. Harvests. Kiev, 1913."]
    assert "58,7" in {article.quote(block) for block in article.blocks if block.kind == "cell"}
    assert article.source.coordinates == "extract"
    assert (article.source.extractor or "").startswith("pandoc 3")


def test_citation_keys_of_markdown_are_kept_with_their_locator() -> None:
    article = _read(b"Grain rose [@sutton1968, p. 12] fast.[^n]\n\n[^n]: See @nove1969.\n", "a.md")
    first, second = article.citations
    assert (article.quote(first), first.locator) == ("[@sutton1968, p. 12]", "p. 12")
    assert [candidate.key for candidate in (*first.candidates, *second.candidates)] == ["sutton1968", "nove1969"]
    assert not first.targets


def test_latex_entries_are_linked_by_their_keys() -> None:
    source = r"""\documentclass{article}\begin{document}
Grain rose\footnote{See \cite[12]{sutton}.} fast, say \citet{nove}.
\input{secret}
\begin{thebibliography}{9}
\bibitem{sutton} Sutton, A. \emph{Western Technology}. Stanford, 1968.
\bibitem[Nove(1969)]{nove} Nove, A. \emph{Economic History}. London, 1969.
\end{thebibliography}
\end{document}"""
    article = _read(source.encode(), "chapter")
    assert len(article.references) == 2
    linked = [target.reference for cite in article.citations for target in cite.targets]
    assert sorted(linked) == sorted(ref.id for ref in article.references)
    assert [problem.code for problem in article.problems] == ["reader-warning"]


def test_typed_superscript_numbers_find_their_typed_notes() -> None:
    text = "# On Grain\n\nIt rose.^1^ It fell in the port.^2^\n\n# Notes\n\n1\\. Lopez, 12.\n\n2\\. Petrov, 3.\n"
    docx = run_pandoc(text.encode(), ["--from", "markdown-smart", "--to", "docx"])
    article = _read(docx, "typed.docx")
    assert [(m.label, m.note is not None) for m in article.markers] == [("1", True), ("2", True)]
    assert [note.place for note in article.notes] == ["end", "end"]


def test_linked_endnotes_of_an_e_book_are_notes() -> None:
    chapter = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>c</title>
    </head><body><h1>Grain</h1><p>It rose.<a href="notes.xhtml#n1" epub:type="noteref">1</a> It fell.<a
    href="notes.xhtml#n2" epub:type="noteref">2</a> See <a href="notes.xhtml#n1">above</a>.</p></body></html>"""
    notes = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>n</title>
    </head><body><section epub:type="endnotes"><h2>Notes</h2><ol><li id="n1" epub:type="endnote"><p>Lopez, 12. <a
    href="c.xhtml#r1">↩</a></p></li><li id="n2" epub:type="endnote"><p>Petrov, 3.</p></li></ol></section></body></html>"""
    article = _read(_epub({"c.xhtml": chapter, "notes.xhtml": notes}), "book.epub")
    blocks = {block.id: block for block in article.blocks}
    notes_of = {note.id: [article.quote(blocks[b]) for b in note.blocks] for note in article.notes}
    assert [(m.label, notes_of[m.note or ""]) for m in article.markers] == [
        ("1", ["Lopez, 12."]),
        ("2", ["Petrov, 3."]),
    ]
    assert "It rose. It fell. See above." in article.text


def _epub(pages: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile '
            'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        items = "".join(f'<item id="i{n}" href="{p}" media-type="application/xhtml+xml"/>' for n, p in enumerate(pages))
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
        archive.writestr(
            "book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="u"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="u">x</dc:identifier><dc:title>Grain Book'
            f"</dc:title><dc:language>en</dc:language></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for path, page in pages.items():
            archive.writestr(path, page)
    return buffer.getvalue()


def test_archive_bombs_and_encrypted_archives_are_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:p/>" * 20_000_000)
    with pytest.raises(InputError, match="would unpack to"):
        read(bomb.getvalue(), "bomb.docx")
    locked = bytearray(_made("docx"))
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    with pytest.raises(InputError, match="password"):
        read(bytes(locked), "locked.docx")


def test_pictures_are_told_of() -> None:
    article = _read(b"---\ntitle: A\n---\n\n# B\n\nSee ![a map](map.png) here.\n", "a.md")
    assert [problem.code for problem in article.problems] == ["picture-left-out"]


def test_a_plain_text_stays_plain() -> None:
    for text in ("Grain [1] rose\n\n# 12 ports\n\nmore * text *", "He wrote \\emph badly.", "Notes\n\n.. and so on"):
        assert _read(text.encode(), "a.txt").source.media_type == "text/plain"


_ALL = ["docx", "odt", "epub", "rtf", "latex", "rst", "markdown"]


@pytest.mark.parametrize("form", _ALL)
def test_mutated_files_are_read_or_refused_in_one_line(form: str) -> None:
    _read_mutants(form, 300)


@pytest.mark.fuzz
@pytest.mark.parametrize("form", _ALL)
def test_many_mutated_files(form: str) -> None:
    _read_mutants(form, 10_000)


def _read_mutants(form: str, times: int) -> None:
    rng = random.Random(f"pandoc {form}")
    whole = MARKDOWN.encode() if form == "markdown" else _made(form)
    for _ in range(times):
        data = _mutated_member(whole, rng) if whole.startswith(b"PK") and rng.random() < 0.8 else _mutated(whole, rng)
        try:
            articles = read(data, f"paper.{SUFFIX.get(form, form)}")
        except InputError as error:
            assert "\n" not in str(error)
        else:
            for article in articles:
                restore_source(article.text, article.offsets, article.edits)


def _mutated(whole: bytes, rng: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(rng.choice((1, 3, 30))):
        at = rng.randrange(len(data))
        change = rng.randrange(3)
        if change == 0:
            data[at] = rng.randrange(256)
        elif change == 1:
            del data[at : at + rng.choice((1, 20, 2000))]
        else:
            data[at:at] = bytes(rng.randrange(256) for _ in range(rng.choice((1, 40))))
        data = data or bytearray(b"x")
    return bytes(data)


def _mutated_member(whole: bytes, rng: random.Random) -> bytes:
    """An archive whose checksums hold, with a change inside one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w") as new:
        names = [name for name in old.namelist() if old.getinfo(name).file_size]
        chosen = rng.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(name, _mutated(content, rng) if name == chosen else content)
    return made.getvalue()


def _with_endnotes(data: bytes, member: str, change: Callable[[str], str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == member else content)
    return made.getvalue()


_THREE_NOTES = "Rye rose.[^a] It fell.[^b] It rose.[^c]\n\n[^a]: First.\n\n[^b]: Author's count.\n\n[^c]: Ibid.\n"


def test_footnotes_and_endnotes_of_one_odt_are_counted_apart() -> None:
    """ "Ibid." in footnote 2 means footnote 1, whatever endnote stands between."""
    data = run_pandoc(_THREE_NOTES.encode(), ["--from", "markdown", "--to", "odt"])

    def change(xml: str) -> str:
        first, second, third, rest = xml.split('text:note-class="footnote"')
        return (
            f'{first}text:note-class="footnote"{second}text:note-class="endnote"{third}text:note-class="footnote"{rest}'
        )

    article = _read(_with_endnotes(data, "content.xml", change), "a.odt")
    assert [(note.label, note.place) for note in article.notes] == [("1", "foot"), ("2", "foot"), ("i", "end")]
    assert [marker.label for marker in article.markers] == ["1", "i", "2"]
    assert all(marker.note for marker in article.markers)


def test_footnotes_and_endnotes_of_one_docx_are_counted_apart() -> None:
    data = run_pandoc(_THREE_NOTES.encode(), ["--from", "markdown", "--to", "docx"])
    notes = zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml").decode()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes"
    data = _with_endnotes(
        data,
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(
            "</Relationships>", f'<Relationship Id="rIdE" Type="{relation}" Target="endnotes.xml"/></Relationships>'
        ),
    )

    def change(xml: str) -> str:
        first, second, third, rest = xml.split("<w:footnoteReference ")
        return f"{first}<w:footnoteReference {second}<w:endnoteReference {third}<w:footnoteReference {rest}"

    data = _with_endnotes(data, "word/document.xml", change)
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/endnotes.xml", notes.replace("footnote", "endnote"))
    article = _read(made.getvalue(), "a.docx")
    assert [(note.label, note.place) for note in article.notes] == [("1", "foot"), ("2", "foot"), ("i", "end")]
    assert [marker.label for marker in article.markers] == ["1", "i", "2"]


def test_a_heading_behind_the_author_is_no_author() -> None:
    text = "% Cholera in Breslau 1831\n% Henning Kaltwasser\n\n# Die Ankunft\n\nIt began in autumn, and it was cold.\n"
    article = _read(run_pandoc(text.encode(), ["--from", "markdown", "--to", "odt", "--standalone"]), "a.odt")
    assert [person.family for person in article.metadata.authors] == ["Kaltwasser"]
    assert [article.quote(block) for block in article.blocks if block.kind == "heading"] == ["Die Ankunft"]
