"""PDFs to Articles: what a scholar's PDF may hold, set by our own typesetter."""

from __future__ import annotations

import io
import random
import re
import threading
from pathlib import Path

import pytest

from corpus.pdf.page import Extracted, Refused
from corpus.pdf.process import Worker
from corpus.readers import read
from corpus.readers.pdf import read_pdf
from schemas.errors import InputError
from schemas.offsets import restore_source
from schemas.records import Article

GRAIN = (
    "The price of rye in the river ports rose from 12 marks in the spring to 31 marks before the next harvest"
    "^{1}. The merchants of the upper town, who had bought early, sold nothing until the council opened its own "
    "stores and let the bakers take what they needed at the price of the year before^{2}. Nobody was punished."
)
TRADE = (
    "Of the forty barges that the customs book names, eleven never came back. Their owners turned to the court, "
    "whose answer has been lost; a later hand notes only that “the river keeps what it takes”^{3}. The toll fell by "
    "a third in the following decade, and the bridge was no longer repaired at the cost of the guild."
)
NOTES = {
    "1": "City archive, account book of the stores, 1771, folio 12.",
    "2": "See the council's minutes of 4 May 1772, which name seventeen bakers and the quantities that each received.",
    "3": "Customs book, volume 3, p. 88.",
}
PAPER = [
    ("title", "Rye, Barges and a Broken Bridge"),
    ("author", "Johanna Feldmann"),
    ("heading", "Prices and Stores"),
    ("paragraph", GRAIN),
    ("heading", "The Trade on the River"),
    ("paragraph", TRADE),
]


def the_article(data: bytes, name: str = "paper.pdf") -> Article:
    """The one article of a PDF, its laws checked."""
    (article,) = read(data, name)
    source = restore_source(article.text, article.offsets, article.edits)
    assert article.source.coordinates == "extract" and article.source.extractor
    for region in article.source.regions:
        assert 0 <= region.source_start < region.source_start + region.length <= len(source)
        assert region.x0 < region.x1 and region.y0 < region.y1
    return article


def clean(text: str) -> str:
    """A text of the papers above without its raised numbers."""
    return re.sub(r"\^\{[^}]*\}", "", text)


def blocks(article: Article, kind: str) -> list[str]:
    return [article.quote(block) for block in article.blocks if block.kind == kind]


def notes(article: Article) -> dict[str, str]:
    bodies = {block.id: article.quote(block) for block in article.blocks}
    return {note.label: " ".join(bodies[block] for block in note.blocks) for note in article.notes}


@pytest.mark.parametrize("columns", [1, 2])
def test_a_paper_with_foot_notes_in_one_or_two_columns(press, columns):
    design = press.Design(
        columns=columns, width=300 * columns, heads=("J. Feldmann", "Rye, Barges and a Broken Bridge")
    )
    article = the_article(press.typeset(PAPER, NOTES, design))
    assert article.metadata.title == "Rye, Barges and a Broken Bridge"
    assert [author.family for author in article.metadata.authors] == ["Feldmann"]
    assert blocks(article, "heading") == ["Prices and Stores", "The Trade on the River"]
    assert blocks(article, "paragraph") == [clean(GRAIN), clean(TRADE)]
    assert notes(article) == NOTES
    assert [(marker.label, article.text[: marker.offset][-6:]) for marker in article.markers] == [
        ("1", "arvest"),
        ("2", "before"),
        ("3", "takes”"),
    ]
    assert all(note.place == "foot" for note in article.notes)
    assert not article.problems


def test_running_heads_and_page_numbers_are_lifted_and_the_pages_are_labelled(press):
    design = press.Design(heads=("J. Feldmann", "Rye and Barges"), first_number=211, height=330)
    paper = [*PAPER, *[("paragraph", TRADE.replace("^{3}", ""))] * 6]
    article = the_article(press.typeset(paper, NOTES, design))
    assert len(article.pages) > 3
    assert [page.label for page in article.pages] == [str(211 + n) for n in range(len(article.pages))]
    assert "J. Feldmann" not in article.text and "Rye and Barges\n" not in article.text
    heads = [edit.source_text for edit in article.edits if edit.kind == "running-head"]
    assert "J. Feldmann" in " ".join(heads)
    assert blocks(article, "paragraph") == [clean(GRAIN), *[clean(TRADE)] * 7]


def test_a_long_note_that_spills_over_to_the_next_page_is_one_note(press):
    long = " ".join(
        f"The {n}th cask was opened in the presence of two sworn men and found to be sour." for n in range(4, 44)
    )
    filler = [("paragraph", clean(TRADE))] * 8
    article = the_article(press.typeset([*PAPER, *filler], {**NOTES, "2": long}, press.Design(height=420)))
    assert notes(article) == {**NOTES, "2": long}
    assert blocks(article, "paragraph") == [clean(GRAIN), *[clean(TRADE)] * 9]


def test_endnotes_and_a_reference_list(press):
    references = [
        "Adler, Konrad. A History of the River Tolls. Basel: Rheinverlag, 1911.",
        "Brandt, Luise. “Barges and Bargemen on the Upper River.” Journal of Inland Trade 4 (1932): 17–58.",
        "Corvin, Anton. Bridges of the Middle Ages and the People Who Paid for Them in Silver and in Labour. Ulm: Selbstverlag, 1899.",
    ]
    paper = [
        *PAPER,
        ("heading", "Notes"),
        *[("note", f"{label}. {text}") for label, text in NOTES.items()],
        ("heading", "References"),
        *[("reference", text) for text in references],
    ]
    article = the_article(press.typeset(paper))
    assert notes(article) == NOTES
    assert {note.place for note in article.notes} == {"end"}
    assert blocks(article, "reference") == references
    assert [marker.label for marker in article.markers] == ["1", "2", "3"]


def test_digits_beside_a_marker_stay_digits(press):
    text = "The toll of 1771^{1} brought 4,200^{2} marks; the count of barges was 40^{3}. Nothing else is known of it."
    article = the_article(press.typeset([("title", "The Toll"), ("paragraph", text)], NOTES))
    assert blocks(article, "paragraph") == [clean(text)]
    assert [article.text[: marker.offset][-5:] for marker in article.markers] == [" 1771", "4,200", "as 40"]


def test_cyrillic_text(press):
    fonts = dejavu(press)
    text = (
        "Цена ржи в речных портах выросла весной с двенадцати до тридцати одной марки за четверть^{1}. Купцы верхнего "
        "города, купившие хлеб заранее, ничего не продавали, пока городской совет не открыл собственные склады."
    )
    paper = [("title", "Рожь и баржи"), ("author", "Иван Петров"), ("paragraph", text)]
    article = the_article(
        press.typeset(paper, {"1": "Городской архив, счетная книга, 1771, лист 12."}, press.Design(fonts=fonts))
    )
    assert article.metadata.title == "Рожь и баржи"
    assert blocks(article, "paragraph") == [clean(text)]
    assert notes(article) == {"1": "Городской архив, счетная книга, 1771, лист 12."}


def dejavu(press) -> dict[str, str]:
    """DejaVu Serif, where the machine has it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path("/usr/share/fonts/truetype/dejavu")
    if not (folder / "DejaVuSerif.ttf").is_file():
        pytest.skip("the DejaVu fonts are absent (Debian: fonts-dejavu)")
    names = {"roman": "DejaVuSerif", "bold": "DejaVuSerif-Bold", "italic": "DejaVuSerif-Italic"}
    for name in names.values():
        file = folder / f"{name}.ttf"
        if not file.is_file():
            pytest.skip(f"the font {name} is absent (Debian: fonts-dejavu-extra)")
        pdfmetrics.registerFont(TTFont(name, str(file)))
    return names


def scan(pages: int = 1) -> bytes:
    """Pages that are nothing but a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 400), invariant=1)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (30, 40), 200)), 0, 0, 300, 400)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_scan_is_told_what_to_do():
    with pytest.raises(InputError, match=r"scan\.pdf: this PDF is a scan: 2 of 2 pages .* ocrmypdf in\.pdf out\.pdf"):
        read(scan(2), "scan.pdf")


def locked(user: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user, ownerPassword="owner", strength=128), invariant=1)
    canvas.drawString(72, 700, "The price of rye rose.")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_locked_pdf_says_so_and_one_that_only_forbids_changes_is_read():
    with pytest.raises(InputError, match=r"locked\.pdf: .*protected by a password; .*qpdf --decrypt"):
        read(locked("secret"), "locked.pdf")
    assert "price of rye" in the_article(locked("")).text


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_truncated_pdf_is_an_article_or_an_error_that_says_what_to_do(press, share):
    whole = press.typeset(PAPER, NOTES)
    try:
        the_article(whole[: int(share * len(whole))])
    except InputError as error:
        assert "paper.pdf" in str(error) and "qpdf" in str(error)


def test_the_mark_of_a_pdf_may_stand_after_leading_junk_and_the_suffix_does_not_matter(press):
    article = the_article(b"\r\n\x00junk\n" + press.typeset(PAPER, NOTES), "download")
    assert article.source.media_type == "application/pdf"
    assert article.metadata.title == "Rye, Barges and a Broken Bridge"


def test_other_files_are_declined():
    assert "PDF" in read_pdf(b"Rye rose.", "paper.pdf").reason


def test_the_same_bytes_give_the_same_article(press):
    data = press.typeset(PAPER, NOTES)
    assert read(data, "a.pdf") == read(data, "a.pdf")


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with parts changed, cut out, doubled, or replaced by what a PDF's syntax may hold."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 2, 5, 20, 100))):
        start = rng.randrange(len(made))
        end = min(len(made), start + rng.randrange(1, 60))
        change = rng.randrange(6)
        if change == 0:
            made[start] = rng.randrange(256)
        elif change == 1:
            del made[start:end]
        elif change == 2:
            made[start:start] = made[end : end + 40]
        elif change == 3:
            made[start:end] = rng.randbytes(end - start)
        elif change == 4:
            made[start:end] = rng.choice(
                (b"-1", b"99999999999", b"1e30", b"/Kids", b"<<", b">>", b"endobj", b" R", b"nan")
            )
        else:
            del made[start:]
        made = made or bytearray(b"%PDF-1.4")
    return bytes(made)


def read_mutated(press, count: int) -> None:
    rng = random.Random(20260)
    papers = [
        press.typeset(PAPER, NOTES, press.Design(columns=2, width=600)),
        press.typeset(PAPER, NOTES, press.Design(height=250), packed=False),
        locked(""),
        scan(2),
    ]
    for _ in range(count):
        data = mutated(rng.choice(papers), rng)
        try:
            (article,) = read(data, "paper.pdf")
        except InputError as error:
            assert str(error).startswith("paper.pdf: ")
        else:
            restore_source(article.text, article.offsets, article.edits)


def test_mutated_pdfs_are_articles_or_clear_errors(press):
    read_mutated(press, 300)


@pytest.mark.fuzz
def test_ten_thousand_mutated_pdfs(press):
    read_mutated(press, 10_000)


def test_a_pdf_that_takes_too_long_or_brings_the_worker_down_is_refused_and_the_next_one_is_read(press):
    long, short = press.typeset([("paragraph", clean(GRAIN))] * 200), press.typeset(PAPER)
    for seconds, kills, reason in ((0.02, False, "took longer than"), (60.0, True, "gave up")):
        worker = Worker(seconds)
        try:
            if kills:
                assert isinstance(worker.read(short), Extracted)
                threading.Timer(0.02, worker._process.kill).start()
            refused = worker.read(long)
            assert isinstance(refused, Refused) and reason in refused.reason
            worker._seconds = 60.0
            assert isinstance(worker.read(short), Extracted)
        finally:
            worker.close()


def test_a_foot_in_the_midst_of_an_endnote_is_taken_once(press):
    long = " ".join(
        f"The {n}th barrel^{{*}} was sold." if n == 5 else f"The {n}th barrel was kept." for n in range(4, 30)
    )
    endnotes = {"1": long, "2": NOTES["2"], "3": NOTES["3"]}
    paper = [*PAPER, ("heading", "Notes"), *[("note", f"{label}. {text}") for label, text in endnotes.items()]]
    article = the_article(
        press.typeset(paper, {"*": "Of beer, as the account book says on folio 31."}, press.Design(height=382))
    )
    assert len(article.pages) == 2
    found = notes(article)
    assert {label: found[label] for label in "123"} == {**endnotes, "1": long.replace("^{*}", "*")}
