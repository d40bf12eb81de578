"""MHRA. "R. W. Davies, The Socialist Offensive (London: Macmillan, 1980), p. 112." """

from __future__ import annotations

import random

from bibliography.parse.training.parts import (
    cited,
    day,
    newspaper_page,
    pages,
    put_extras,
    put_number,
    put_parenthesis,
    season,
    straight,
)
from bibliography.parse.training.records import Record, choose
from bibliography.parse.training.writer import Writer, initials, join


def mhra(record: Record, rng: random.Random) -> Writer:
    """A note or an entry."""
    out = Writer()
    put_number(out, rng, 0.15, "note-number")
    names = (
        straight(record.authors) if rng.random() < 0.7 else join([f"{initials(p)} {p.family}" for p in record.authors])
    )
    out.put(names, "author").put(", ")
    if record.kind in ("article", "chapter", "newspaper", "thesis", "works"):
        out.put("‘").put(record.title, "title").put("’, ")
    {"article": _article, "newspaper": _newspaper, "thesis": _thesis, "web": _web}.get(record.kind, _book)(
        out, record, rng
    )
    return out.put(".")


def _article(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(record.journal, "journal").put(rng.choice((", ", " "))).put(record.volume, "volume")
    if rng.random() < 0.6:
        out.put(rng.choice((".", "/", ", no. "))).put(record.issue.split(" ")[0], "issue")
    out.put(" (").put(season(record, rng), "date").put("), ").put(rng.choice(("", "pp. "))).put(
        pages(record, rng), "pages"
    )
    if rng.random() < 0.4:
        out.put(" (p. ").put(str(record.first + 1), "cited-range").put(")")
    if rng.random() < 0.12:
        out.put(" <https://doi.org/").put(record.doi, "doi").put(">")


def _newspaper(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(choose(rng, "newspapers", "en"), "journal").put(", ").put(day(record, "en"), "date")
    out.put(", p. ").put(newspaper_page(record), "pages")


def _thesis(out: Writer, record: Record, rng: random.Random) -> None:
    genre = rng.choice(("doctoral thesis", "PhD thesis", "master’s dissertation"))
    out.put("(unpublished ").put(genre, "genre").put(", ").put(record.institution, "institution").put(", ")
    out.put(str(record.year), "date").put("), p. ").put(str(record.first), "pages")


def _web(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(record.title, "title").put(" (").put(str(record.year), "date").put(") <").put(record.url, "url")
    out.put("> [accessed ").put(day(record, "en"), "access-date").put("]")


def _book(out: Writer, record: Record, rng: random.Random) -> None:
    hosted = record.kind in ("chapter", "works")
    if hosted:
        out.put("in ").put(record.host, "booktitle")
        if record.kind == "chapter" or rng.random() < 0.4:
            out.put(", ed. by ").put(straight(record.editors), "editor")
        if record.kind == "works":
            out.put(rng.choice((", vol. ", ", "))).put(record.volume, "volume")
    else:
        out.put(record.title, "title")
        put_extras(out, record, rng, ("trans. by ", ", "), before=True)
    volumes = not hosted and rng.random() < 0.08
    if volumes:
        out.put(", ").put(f"{rng.randint(2, 12)} vols", "note")
    put_parenthesis(out, record, rng)
    if volumes:
        out.put(", ").put(rng.choice(("I", "II", "III", "IV", "XII")), "volume").put(", ").put(
            str(record.first), "pages"
        )
    elif hosted:
        out.put(", pp. ").put(f"{record.first}–{record.last}", "pages")
        if rng.random() < 0.4:
            out.put(" (p. ").put(str(record.first + 1), "cited-range").put(")")
    elif rng.random() < 0.7:
        out.put(rng.choice((", p. ", ", pp. "))).put(cited(record, rng), "pages")
