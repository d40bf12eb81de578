"""Pages as they come: turned, scanned, recognised, with hidden or unreadable text, mastheads, verse, contents."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.readers import read
from schemas.errors import InputError
from schemas.offsets import restore_source
from schemas.records import Article

SENTENCES = [
    "The price of rye in the river ports rose from 12 to 31 marks.",
    "The council opened its stores, and the bakers took what they needed.",
    "Nobody was punished, and the account book says nothing more of it.",
    "In the next year the barges came back with half of their load.",
]


def draw(*pages: Callable, size: tuple[float, float] = (420, 600), **information: str) -> bytes:
    """A PDF whose pages are drawn by functions of a canvas."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=0)
    for key, value in information.items():
        getattr(canvas, f"set{key.title()}")(value)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def sentences(canvas, y: float = 500, font: str = "Times-Roman", size: float = 11) -> None:
    """Four lines of text, one below the other."""
    canvas.setFont(font, size)
    for number, sentence in enumerate(SENTENCES):
        canvas.drawString(60, y - 14 * number, sentence)


def picture(canvas) -> None:
    """A scan: nothing but a picture over the whole page."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (42, 60), 210)), 0, 0, 420, 600)


def the_article(data: bytes) -> Article:
    (article,) = read(data, "paper.pdf")
    restore_source(article.text, article.offsets, article.edits)
    return article


def words(article: Article) -> str:
    return " ".join(article.text.split())


def codes(article: Article) -> set[str]:
    return {problem.code for problem in article.problems}


def blocks(article: Article, kind: str) -> list[str]:
    return [article.quote(block) for block in article.blocks if block.kind == kind]


def turned_by_the_page(canvas) -> None:
    canvas.setPageRotation(90)  # which gives the page 600 by 420 points in its own space, 420 by 600 as displayed
    sentences(canvas, y=300)


def turned_by_the_text(canvas) -> None:
    canvas.translate(420, 0)
    canvas.rotate(90)
    sentences(canvas, y=300)


def turned_both_ways(canvas) -> None:
    canvas.setPageRotation(90)
    canvas.translate(600, 0)
    canvas.rotate(90)
    sentences(canvas, y=300)


@pytest.mark.parametrize("page", [sentences, turned_by_the_page, turned_by_the_text, turned_both_ways])
def test_turned_pages_are_read_like_upright_ones_and_their_regions_lie_on_the_page(page):
    article = the_article(draw(page))
    assert words(article) == " ".join(SENTENCES)
    for region in article.source.regions:
        assert 0 <= region.x0 < region.x1 <= 420, region
        assert 0 <= region.y0 < region.y1 <= 600


def test_text_across_the_margin_is_put_aside_and_told():
    def stamped(canvas) -> None:
        sentences(canvas)
        canvas.translate(30, 200)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Copy 3 of the reading room")

    article = the_article(draw(stamped))
    assert words(article) == " ".join(SENTENCES)
    assert "text-aside" in codes(article)
    assert any(edit.source_text == "Copy 3 of the reading room" for edit in article.edits)


def test_the_invisible_text_of_a_recognised_scan_is_read_and_told():
    def recognised(canvas) -> None:
        picture(canvas)
        text = canvas.beginText(60, 500)
        text.setTextRenderMode(3)
        text.setFont("Times-Roman", 11)
        for sentence in SENTENCES:
            text.textLine(sentence)
        canvas.drawText(text)

    article = the_article(draw(recognised))
    assert words(article) == " ".join(SENTENCES)
    assert codes(article) == {"recognized-text"}


def test_text_that_nobody_sees_is_left_out_and_told():
    def watched(canvas) -> None:
        canvas.saveState()
        text = canvas.beginText(60, 480)
        text.setTextRenderMode(3)
        text.setFont("Times-Roman", 11)
        text.textLine("Hidden")
        canvas.drawText(text)
        canvas.restoreState()
        sentences(canvas)
        canvas.drawString(2000, 500, "Beyond")

    article = the_article(draw(watched))
    assert words(article) == " ".join(SENTENCES)
    assert codes(article) == {"hidden-text"}


def test_bold_print_that_is_the_same_text_set_twice_is_read_once():
    def doubled(canvas) -> None:
        sentences(canvas)
        canvas.translate(0.25, 0)
        sentences(canvas)

    assert words(the_article(draw(doubled))) == " ".join(SENTENCES)


def test_accents_that_are_set_over_their_letters_are_read_with_them():
    def page(canvas) -> None:
        sentences(canvas)
        canvas.drawString(60, 430, "Its owner was Andre of the Societe, as Smith`s book has it.")
        canvas.drawString(60 + canvas.stringWidth("Its owner was Andr", "Times-Roman", 11) + 0.8, 430, "´")
        canvas.drawString(
            60 + canvas.stringWidth("Its owner was Andre of the Societ", "Times-Roman", 11) + 0.8, 430, "´"
        )

    assert "André of the Societé, as Smith`s book" in words(the_article(draw(page)))


def test_scanned_pages_among_others_are_told_one_by_one():
    article = the_article(draw(sentences, picture, sentences, picture))
    told = [problem for problem in article.problems if problem.code == "page-scanned"]
    assert [problem.message[:6] for problem in told] == ["Page 2", "Page 4"]
    assert all("ocrmypdf" in problem.hint for problem in told)
    assert len(article.pages) == 4


def test_letters_without_a_meaning_are_told(press):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    file = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
    if not file.is_file():
        pytest.skip("the DejaVu fonts are absent (Debian: fonts-dejavu)")
    pdfmetrics.registerFont(TTFont("Meaningless", str(file)))
    data = draw(lambda canvas: (sentences(canvas), sentences(canvas, 300, font="Meaningless")))
    broken = re.sub(rb"/ToUnicode \d+ 0 R", lambda match: b" " * len(match.group()), data)
    assert broken != data
    article = the_article(broken)
    assert "unreadable-characters" in codes(article) or words(article).count(SENTENCES[0]) == 2
    assert SENTENCES[0] in words(article)


def test_an_empty_document_says_so():
    with pytest.raises(InputError, match=r"paper\.pdf: this PDF holds no text on its 1 pages"):
        read(draw(lambda canvas: canvas.line(0, 0, 10, 10)), "paper.pdf")


def test_the_document_information_is_used_where_the_text_says_nothing():
    article = the_article(draw(sentences, title="Rye on the River", author="Johanna Feldmann and Karl Brandt"))
    assert article.metadata.title == "Rye on the River"
    assert [author.family for author in article.metadata.authors] == ["Feldmann", "Brandt"]
    assert not the_article(draw(sentences, title="Microsoft Word - draft3.doc", author="anonymous")).metadata.authors


def test_a_masthead_is_no_title_where_the_document_gives_its_own():
    def first_page(canvas) -> None:
        canvas.setFont("Times-Bold", 26)
        canvas.drawString(60, 560, "Inland Trade")
        canvas.setFont("Times-Bold", 15)
        canvas.drawString(60, 530, "Rye on the River, 1770 to 1774")
        sentences(canvas)

    article = the_article(draw(first_page, title="Rye on the River, 1770 to 1774"))
    assert article.metadata.title == "Rye on the River, 1770 to 1774"
    assert blocks(article, "other") == ["Inland Trade"]


def test_lines_of_verse_keep_their_lines_and_a_displayed_quotation_is_one_block(press):
    verse = [
        "The river keeps what it has won",
        "And gives no barge away",
        "Until the miller and his son",
        "Have gone with it one day",
    ]
    prose = " ".join(SENTENCES) + " The sailors had a song about it, which a schoolmaster wrote down in that summer:"

    def song(canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        for number, line in enumerate(verse):
            canvas.drawString(96, 400 - 14 * number, line)

    def page(canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        line, y = "", 500
        for word in prose.split():
            if canvas.stringWidth(f"{line} {word}", "Times-Roman", 11) > 300:
                canvas.drawString(60, y, line)
                line, y = "", y - 14
            line = f"{line} {word}".strip()
        canvas.drawString(60, y, line)
        song(canvas)
        sentences(canvas, 320)

    article = the_article(draw(page))
    assert blocks(article, "verse-line") == verse
    quoted = press.typeset([("paragraph", prose), ("quote", " ".join(SENTENCES)), ("paragraph", prose)])
    assert blocks(the_article(quoted), "quote") == [" ".join(SENTENCES)]


def test_a_table_of_contents_is_neither_headings_nor_paragraphs():
    def contents(canvas) -> None:
        canvas.setFont("Times-Bold", 14)
        canvas.drawString(60, 540, "Contents")
        canvas.setFont("Times-Roman", 11)
        for number, name in enumerate(("Prices and Stores", "The Trade on the River", "The Bridge")):
            canvas.drawString(60, 510 - 16 * number, f"{number + 1} {name} {'. ' * 20}")
            canvas.drawString(330, 510 - 16 * number, str(3 + 8 * number))

    article = the_article(draw(contents, sentences))
    assert blocks(article, "heading") == []
    assert "Prices and Stores" in " ".join(blocks(article, "other"))


def test_notes_that_begin_anew_on_every_page_and_notes_with_signs(press):
    text = " ".join(SENTENCES) * 3
    paper = []
    for number in range(4):
        paper += [("paragraph", f"In the year {1770 + number} it was worse^{{n{number}}}. {text}")]

    def numbered(labels: list[str]) -> bytes:
        marked = [(kind, re.sub(r"n(\d)", lambda match: labels[int(match[1])], body)) for kind, body in paper]
        bodies = {label: f"Account book, {label} of the stores." for label in labels}
        return press.typeset(marked, bodies, press.Design(height=330))

    signs = the_article(numbered(["*", "†", "‡", "§"]))
    assert [marker.label for marker in signs.markers] == ["*", "†", "‡", "§"]
    assert {note.label for note in signs.notes} == {"*", "†", "‡", "§"}
    assert all(marker.note for marker in signs.markers)


def test_raised_numbers_of_a_numbered_reference_list_are_citations(press):
    names = ["Adler", "Brandt", "Corvin", "Dorn"]
    entries = [
        f"{n}. {name} K. A history of the tolls. Journal of Trade 19{n}0;{n}:17–58." for n, name in enumerate(names, 1)
    ]
    body = " ".join(f"{sentence[:-1]}^{{{n}}}." for n, sentence in enumerate(SENTENCES, 1))
    paper = [
        ("title", "Tolls"),
        ("paragraph", body),
        ("heading", "References"),
        *[("note", entry) for entry in entries],
    ]
    article = the_article(press.typeset(paper))
    assert not article.markers
    assert [citation.label for citation in article.citations] == ["1", "2", "3", "4"]
    assert len(blocks(article, "reference")) == 4


def test_a_soft_hyphen_joins_and_a_hyphen_that_the_text_has_elsewhere_stays():
    def page(canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        rows = (
            "The well-being of the town was the coun\u00ad",
            "cil’s care, and it was said that well-",
            "being comes before the tolls, as the",
            "account book has it on folio 3.",
        )
        for number, line in enumerate(rows):
            canvas.drawString(60, 500 - 14 * number, line)

    text = words(the_article(draw(page)))
    assert "the council’s care" in text and "that well-being comes" in text


@pytest.mark.slow
def test_a_word_file_printed_by_libreoffice(tmp_path):
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is absent")
    import pypandoc

    paper = (
        "% Rye on the River\n\n# Prices\n\n"
        + "".join(f"In {1770 + n} it was worse.[^{n}] {' '.join(SENTENCES)}\n\n" for n in range(6))
        + "".join(f"[^{n}]: Account book of {1770 + n}, folio {n + 12}.\n\n" for n in range(6))
    )
    file = tmp_path / "rye.docx"
    pypandoc.convert_text(paper, "docx", "markdown", outputfile=str(file))
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(file)], check=True, capture_output=True, timeout=120)
    article = the_article((tmp_path / "rye.pdf").read_bytes())
    assert article.metadata.title == "Rye on the River"
    assert blocks(article, "heading") == ["Prices"]
    assert len(blocks(article, "paragraph")) == len(article.markers) == 6
    bodies = {block.id: article.quote(block) for block in article.blocks}
    assert [bodies[note.blocks[0]] for note in article.notes] == [
        f"Account book of {1770 + n}, folio {n + 12}." for n in range(6)
    ]
