"""PDF to an Article: its pages read in another process, their lines in ``corpus.pdf``, the rest in ``corpus.layout``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import msgspec

from corpus.layout.compose import lay_out
from corpus.layout.metadata import parse_person
from corpus.pdf.extract import extract
from corpus.pdf.page import Extracted, Page, Refused
from corpus.pdf.process import read_in_process
from corpus.readers.not_mine import NotMine
from schemas.errors import InputError
from schemas.records import Article, Metadata, Source

_HEAD = 1024  # bytes in which the mark of a PDF may stand, as PDF viewers allow
_PICTURE = 0.4  # share of a page that a scan covers
_UNREADABLE = 0.3  # share of characters without a Unicode value that makes the text useless
_OCR = "Recognise its text first, for example with: ocrmypdf in.pdf out.pdf"
_NAMELESS = re.compile(
    r"untitled|anonymous|unknown|\.(?:docx?|tex|pdf|indd|qxd|dvi|odt|rtf)\b|microsoft word", re.IGNORECASE
)


def read_pdf(data: bytes, name: str) -> Sequence[Article] | NotMine:
    """The article of a PDF with a text layer. Raises InputError for one that is locked, broken, or a scan."""
    if b"%PDF-" not in data[:_HEAD]:
        return NotMine("it does not begin like a PDF")
    answer = read_in_process(data)
    if isinstance(answer, Refused):
        raise InputError(f"{name}: this PDF cannot be read: {answer.reason}")
    if not any(run.text.strip() for page in answer.pages for run in page.runs):
        raise InputError(f"{name}: {_textless(answer)}")
    extraction = extract(answer.pages, answer.info.get("Title", ""))
    source = Source(
        name,
        "application/pdf",
        hashlib.sha256(data).hexdigest(),
        None,
        "extract",
        extractor=answer.extractor,
        regions=extraction.regions,
    )
    article = lay_out(
        extraction.text, extraction.paged.lines, source, _complaints(answer.pages), paged=extraction.paged
    )
    return (msgspec.structs.replace(article, metadata=_completed(article.metadata, answer.info)),)


def _textless(answer: Extracted) -> str:
    pictured = sum(page.pictured >= _PICTURE for page in answer.pages)
    if pictured:
        return f"this PDF is a scan: {pictured} of {len(answer.pages)} pages are pictures without text; {_OCR.lower()}"
    return f"this PDF holds no text on its {len(answer.pages)} pages; if they show text, {_OCR.lower()}"


def _completed(metadata: Metadata, info: dict[str, str]) -> Metadata:
    """What the text does not say is taken from the document information, where that is no file name."""
    title, author = (" ".join(info.get(key, "").split()) for key in ("Title", "Author"))
    changes: dict[str, object] = {}
    if not metadata.title and title and not _NAMELESS.search(title):
        changes["title"] = title
    if not metadata.authors and author and not _NAMELESS.search(author):
        names = [part.strip() for part in re.split(r";|\sand\s|,\s(?=\S+\s\S)", author) if part.strip()]
        changes["authors"] = tuple(parse_person(part) for part in names)
    return msgspec.structs.replace(metadata, **changes)


def _complaints(pages: Sequence[Page]) -> Iterator[tuple[str, str, str]]:
    """What the reader of the article must be told of its pages: code, message, hint."""
    for page in pages:
        if page.pictured >= _PICTURE and not page.runs:
            yield "page-scanned", f"Page {page.number} is a picture without text; it is not in the article.", _OCR
        elif not page.width:
            yield "page-broken", f"Page {page.number} could not be read.", "Repair the file: qpdf in.pdf out.pdf"
    unmapped = [page for page in pages if page.unmapped]
    if unmapped:
        count, whole = (
            sum(page.unmapped for page in unmapped),
            sum(len(run.text) for page in pages for run in page.runs),
        )
        yield (
            "unreadable-characters",
            f"{count} characters on {_listed(unmapped)} have no meaning in the file; they are U+FFFD.",
            "Its fonts do not say which letters they draw. Recognise the text anew: ocrmypdf --force-ocr in.pdf out.pdf"
            if count > _UNREADABLE * whole
            else "Look these places up on the page.",
        )
    for code, told, chosen in (
        ("hidden-text", "characters that nobody sees on {} were left out.", [p for p in pages if p.hidden]),
        (
            "text-aside",
            "pieces of text set across {} were put aside with the running heads.",
            [p for p in pages if p.aside],
        ),
    ):
        if chosen:
            count = sum(page.hidden if code == "hidden-text" else len(page.aside) for page in chosen)
            yield code, f"{count} {told.format(_listed(chosen))}", "Look at the page if something is missing."
    recognized = [page for page in pages if page.recognized]
    if recognized:
        yield (
            "recognized-text",
            f"The text of {_listed(recognized)} was recognised by a program from a picture; it may hold misread letters.",
            "Compare figures, names and note numbers with the picture.",
        )


def _listed(pages: Sequence[Page]) -> str:
    """ "page 3" or "pages 3, 4, 7"; of many only the first."""
    numbers = [str(page.number) for page in pages]
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    return f"pages {', '.join(numbers[:8])}" + (f" and {len(numbers) - 8} more" if len(numbers) > 8 else "")
