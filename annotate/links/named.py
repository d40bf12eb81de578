"""Works that a note names by author and title, in full or short, where they are known: from the article or a library."""

from __future__ import annotations

import re

from annotate.links.pen import NotePen
from annotate.links.statements import Statement
from bibliography.backrefs import split_locator, without_alias
from bibliography.match import LibraryIndex, match
from bibliography.names import join_name
from bibliography.namings import Naming, find_namings, find_title
from bibliography.pinpoints import volume_of
from schemas.records import Candidate, Citation

# What may follow a title in running prose: the imprint or date in brackets, then the page.
_IMPRINT = re.compile(r"[^;.()]{0,250}\([^()]{0,250}\d{4}[^()]{0,20}\)")
_PAGE = re.compile(
    r"[”\"»’,.:\s]{1,4}(?P<page>(?:(?:pp?|S|[сСs]|ch)\.\s?)?\d{1,4}(?:\s?[–-]\s?\d{1,4})?(?:\s?ff?\b\.?)?)(?![\w°%])"
)
_ENOUGH = 3  # words of a title that mean a work of the library when its author is not named
_HOSTED = re.compile(r"[”\"’»]\s*,?\s*(?:in|dans|en|nel)\s*:?\s+$")  # “Tolls and Trust,” in Marsh, Rivers of Exchange


def read_namings(pen: NotePen, statement: Statement) -> bool:
    """Link every known work that a statement names; whether there was one."""
    text, shift = _with_author(pen, statement)
    shelves = [pen.register.shelf] + ([pen.register.library.shelf] if pen.register.library else [])
    found = [naming for naming in find_namings(text, shelves) if not _HOSTED.search(text[: naming.start])]
    namings = [fitting for naming in found if (fitting := _of_volume(pen, text, naming))]
    for n, naming in enumerate(namings):
        stop = namings[n + 1].start if n + 1 < len(namings) else len(text)
        if statement.kind == "remark":
            stop = _end_in_prose(text, naming, stop)
        stop = naming.start + len(text[naming.start : stop].rstrip(" ,;:.\n"))
        start = max(statement.start, statement.start + naming.start - shift)
        locator = _marked(pen, statement) if n + 1 == len(namings) else None
        locator = (
            locator or split_locator(without_alias(text[naming.start : stop]))[1] or _page_behind(text, naming, stop)
        )
        cite = pen.cite("full" if naming.dated else "short", start, statement.start + stop - shift, locator)
        _link(pen, statement, cite, naming)
    return bool(namings)


def read_title(pen: NotePen, statement: Statement) -> bool:
    """Link a statement that says a known title and a page: of a work of this article, else of the library."""
    text = pen.place.text[statement.start : statement.end]
    sure = text[:1] in "“„«‘\"'" or any(map(str.isdigit, text))
    library = pen.register.library
    naming = find_title(text, pen.register.shelf) if sure else None
    if naming is None and library is not None and sure:
        naming = find_title(text, library.shelf, least=_ENOUGH)
        naming = naming._replace(shelf=1) if naming and len(library.shelf.title(naming.keys[0]).words) > 1 else None
    if naming is None:
        return False
    cite = pen.cite("short", statement.start, statement.end, split_locator(text)[1])
    _link(pen, statement, cite, naming, "title")
    return True


def _of_volume(pen: NotePen, text: str, naming: Naming) -> Naming | None:
    """A naming without the works of which it names another volume: "Полн. собр. соч. Т. 36"."""
    volume = volume_of(text[naming.end : naming.end + 40])
    if not volume:
        return naming
    library = pen.register.library
    items = {
        key: library.items[key] if naming.shelf and library else pen.register.references[key].csl for key in naming.keys
    }
    own = {key: volume_of(str(item.get("volume") or ""), bare=True) for key, item in items.items()}
    keys = tuple(key for key in naming.keys if own[key] in ("", volume))
    return naming._replace(keys=keys) if keys else None


def _with_author(pen: NotePen, statement: Statement) -> tuple[str, int]:
    """The statement, with the author of the source before it in the place of idem; and how far that moves its text."""
    text = pen.place.text[statement.start : statement.end]
    last = pen.history.latest() if statement.idem else None
    people = pen.register.references[last.reference or ""].csl.get("author") if last else None
    if not people:
        return text, 0
    author = str(people[0].get("family") or join_name(people[0]))
    return f"{author}, {text[statement.idem :]}", len(author) + 2 - statement.idem


def _link(pen: NotePen, statement: Statement, cite: Citation, naming: Naming, said: str = "author and title") -> None:
    keys = _narrowed(pen, statement, cite, naming)
    if len(keys) > 1:
        share = round(1 / len(keys), 4)
        candidates = pen.register.shown([Candidate(key, share, said) for key in keys])
        pen.refuse(cite, f"{len(keys)} works have this {said}", candidates, code="citation-ambiguous")
        return
    ref = pen.register.from_library(keys[0], 0.97).id if naming.shelf else keys[0]
    where = "in your library" if naming.shelf else "cited before" if pen.history.has_cited(ref) else "in the article"
    target = pen.register.target(ref, 0.98 if naming.dated else 0.96, f"{said} of the work {where}")
    pen.link(cite, target)
    if naming.dated:
        pen.register.state_at(ref, pen.place.block, cite)


def _narrowed(pen: NotePen, statement: Statement, cite: Citation, naming: Naming) -> list[str]:
    """Of several works with this author and title: the one cited before; in a library the one that all fields speak for.

    Two entries of the article's own list are two works ("1974a", "1974b"), however alike.
    """
    keys = list(naming.keys)
    if len(keys) == 1:
        return keys
    if naming.shelf == 0:
        return [key for key in keys if pen.history.has_cited(key)] or keys
    items = pen.register.library.items if pen.register.library else {}
    found = match(
        statement.csl, LibraryIndex([(key, items[key]) for key in keys]), raw=pen.register.article.quote(cite)
    )
    return [found.key] if found.status == "linked" and found.key is not None else keys


def _marked(pen: NotePen, statement: Statement) -> str | None:
    """The page that the parser marked as the cited one."""
    marked = [span for span in statement.spans if span.label == "cited-range"]
    return pen.place.text[marked[-1].start : marked[-1].end] if marked else None


def _imprint_end(text: str, naming: Naming, stop: int) -> int:
    imprint = _IMPRINT.match(text, naming.end, stop) if naming.dated else None
    return imprint.end() if imprint else naming.end


def _page_behind(text: str, naming: Naming, stop: int) -> str | None:
    """The page behind the imprint of a naming inside a sentence."""
    page = _PAGE.match(text, _imprint_end(text, naming, stop), stop)
    return " ".join(page["page"].split()) if page else None


def _end_in_prose(text: str, naming: Naming, stop: int) -> int:
    """Where a naming ends inside a sentence: behind its imprint and page, else behind its title."""
    end = _imprint_end(text, naming, stop)
    page = _PAGE.match(text, end, stop)
    return page.end() if page else end
