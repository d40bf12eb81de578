"""Notes that call a work by author and year: "Vance 1960, 30", "Vance (1953), 90", once the work is known."""

from __future__ import annotations

import re

from annotate.annotators.citations.author_year import AuthorYear, Reading, find_author_years
from annotate.links.pen import NotePen
from annotate.links.statements import Statement
from bibliography.backrefs import split_locator
from bibliography.headings import Found

_REST = re.compile(r"[\s,.:;)]*")


def read_dated(pen: NotePen, statement: Statement) -> bool:
    """Link a statement that says author, year and place of a known work and no more; whether it was one."""
    text = pen.place.text[statement.start : statement.end]
    said, place = split_locator(text)
    cites = list(find_author_years(text, pen.register.heads.has_lead))
    if len(cites) != 1 or cites[0].form not in ("narrative", "bracket", "plain"):
        return False
    cite = cites[0]
    found, reading = _find(pen, cite)
    rest = text[cite.end :] if cite.locator else said[cite.end :]
    if found.status == "none" or text[: reading.start].strip(" (") or not _REST.fullmatch(rest):
        return False
    made = pen.cite("author-year", statement.start, statement.end, cite.locator or place)
    if found.key is not None and found.status == "linked":
        pen.link(made, pen.register.target(found.key, found.score, found.why))
    else:
        pen.refuse(made, found.why, pen.register.shown(found.candidates), code="citation-ambiguous")
    return True


def _find(pen: NotePen, cite: AuthorYear) -> tuple[Found, Reading]:
    """What the longest reading of the names that a known work fits leads to."""
    for reading in cite.readings:
        found = pen.register.heads.find(reading.call)
        if found.status != "none":
            break
    return found, reading
