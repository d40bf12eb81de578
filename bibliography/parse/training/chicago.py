"""Chicago: notes, bibliography and author-date. "Barry Eichengreen, Golden Fetters (New York: Oxford University Press, 1992), 3–28." """

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
from bibliography.parse.training.writer import Writer, full, join

_AMERICAN = "{month} {day}, {year}"
_QUOTED = ("article", "newspaper", "chapter", "thesis", "web", "works")


def chicago_note(record: Record, rng: random.Random) -> Writer:
    """A note."""
    out = Writer()
    put_number(out, rng, 0.4, "note-number")
    edited = record.kind == "book" and rng.random() < 0.12
    if record.kind != "newspaper" or rng.random() < 0.5:
        last = rng.choice((" and ", ", and ")) if len(record.authors) > 2 else " and "
        out.put(straight(record.authors, last), "editor" if edited else "author")
        out.put((", eds., " if len(record.authors) > 1 else ", ed., ") if edited else ", ")
    if record.kind in _QUOTED:
        out.put("“").put(record.title, "title").put(",” ")
    {"article": _note_article, "newspaper": _note_newspaper, "thesis": _note_thesis, "web": _note_web}.get(
        record.kind, _note_book
    )(out, record, rng)
    return out.put(rng.choice((".", ".", "")))


def _note_article(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(record.journal, "journal")
    if rng.random() < 0.12:
        out.put(", no. ").put(record.issue.split(" ")[0], "issue")
    else:
        out.put(" ").put(record.volume, "volume")
        if rng.random() < 0.6:
            out.put(", no. ").put(record.issue.split(" ")[0], "issue")
    out.put(" (").put(season(record, rng), "date").put(")")
    if rng.random() < 0.85:
        out.put(rng.choice((": ", ": ", ", "))).put(
            pages(record, rng) if rng.random() < 0.85 else str(record.first), "pages"
        )
        if rng.random() < 0.12:
            out.put(", at ").put(str(record.first + 2), "cited-range")
    if rng.random() < 0.1:
        out.put(", https://doi.org/").put(record.doi, "doi")


def _note_newspaper(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(choose(rng, "newspapers", "en"), "journal").put(", ").put(day(record, "en", _AMERICAN), "date")
    chance = rng.random()
    if chance < 0.5:
        out.put(", ").put(newspaper_page(record), "pages")
    elif chance < 0.6:
        out.put(f", sec. {rng.randint(1, 4)}, ").put(newspaper_page(record), "pages")


def _note_thesis(out: Writer, record: Record, rng: random.Random) -> None:
    genres = ("PhD diss.", "PhD diss.", "PhD thesis", "MA thesis", "DPhil diss.", "Working Paper", "Discussion Paper")
    out.put("(").put(rng.choice(genres), "genre").put(", ").put(record.institution, "institution").put(", ")
    out.put(str(record.year), "date").put("), ").put(str(record.first), "cited-range")


def _note_web(out: Writer, record: Record, rng: random.Random) -> None:
    sites = ("Digital History Project", "National Archives", "Encyclopaedia Online", "Historical Society of Ohio")
    out.put(rng.choice(sites), "note").put(", ")
    if rng.random() < 0.7:
        out.put("accessed ").put(day(record, "en", _AMERICAN), "access-date")
    else:
        out.put("last modified ").put(day(record, "en", _AMERICAN), "date")
    out.put(", ").put(record.url, "url")


def _note_book(out: Writer, record: Record, rng: random.Random) -> None:
    if record.kind in ("chapter", "works"):
        out.put("in ").put(record.host, "booktitle")
        if record.kind == "chapter" or rng.random() < 0.3:
            out.put(", ed. ").put(straight(record.editors), "editor")
        if record.kind == "works":
            named = f", {record.volume_name}" if rng.random() < 0.25 else ""
            out.put(", vol. ").put(record.volume + named, "volume")
        elif rng.random() < 0.08:
            out.put(", ").put("2nd ed.", "edition")
    else:
        out.put(record.title, "title")
        put_extras(out, record, rng, ("trans. ", ", "), before=True)
    volumes = record.kind == "book" and rng.random() < 0.06
    if volumes:
        out.put(", ").put(f"{rng.randint(2, 9)} vols.", "note")
    put_parenthesis(out, record, rng)
    if volumes:
        out.put(", ").put(str(rng.randint(1, 3)), "volume").put(":").put(str(record.first), "pages")
    elif rng.random() < 0.05:
        out.put(f", chap. {rng.randint(1, 12)}")
    elif rng.random() < 0.8:
        out.put(", ").put(f"{record.first}–{record.last}" if record.kind == "chapter" else cited(record, rng), "pages")
        if rng.random() < 0.05:
            out.put(", ").put("https://doi.org/" if rng.random() < 0.5 else "").put(record.doi, "doi")


def chicago_bibliography(record: Record, rng: random.Random) -> Writer:
    """An entry of a bibliography, with the year behind the authors in a third of them."""
    out = Writer()
    dated = rng.random() < 0.35
    _heading(out, record, rng)
    if dated:
        out.put(str(record.year) + rng.choice(("", "", "a", "b")), "date").put(". ")
    stop = "." if not dated or rng.random() < 0.7 else ","
    if record.kind in _QUOTED and record.kind != "web":
        quote = rng.choice(("“”", "“”", "‘’", '""'))
        out.put(quote[0]).put(record.title, "title").put(stop + quote[1] + " ")
    else:
        out.put(record.title, "title").put(". ")
    kinds = {"article": _entry_article, "newspaper": _entry_newspaper, "thesis": _entry_thesis, "web": _entry_web}
    kinds.get(record.kind, _entry_book)(out, record, rng, dated)
    return out


def _heading(out: Writer, record: Record, rng: random.Random) -> None:
    first, *rest = record.authors
    names = join([f"{first.family}, {full(first)}", *(f"{full(p)} {p.family}" for p in rest)], last=", and ")
    if rng.random() < 0.06:
        names += rng.choice((" de", " von", ", Jr.", ", III"))
    edited = record.kind == "book" and rng.random() < 0.18
    chance = rng.random()
    if chance < 0.05 and not edited:
        out.put(rng.choice(("———. ", "———. ", "——. ", "---. ")))
    elif chance > 0.06 or edited:
        if chance > 0.95 and not edited:
            names = choose(rng, "bodies", record.language)
        out.put(names, "editor" if edited else "author")
        out.put((", eds. " if rest else ", ed. ") if edited else " " if names.endswith(".") else ". ")


def _entry_article(out: Writer, record: Record, rng: random.Random, dated: bool) -> None:
    out.put(record.journal, "journal").put(" ").put(record.volume, "volume")
    if dated:
        out.put(" (").put(record.issue.split(" ")[0], "issue").put(")")
    else:
        if rng.random() < 0.7:
            out.put(", no. ").put(record.issue.split(" ")[0], "issue")
        out.put(" (").put(season(record, rng), "date").put(")")
    out.put(": ").put(pages(record, rng), "pages").put(".")
    if rng.random() < 0.12:
        out.put(" https://doi.org/").put(record.doi, "doi").put(".")


def _entry_newspaper(out: Writer, record: Record, rng: random.Random, dated: bool) -> None:
    out.put(choose(rng, "newspapers", "en"), "journal").put(", ")
    out.put(day(record, "en", "{month} {day}" if dated else _AMERICAN), "date").put(".")


def _entry_thesis(out: Writer, record: Record, rng: random.Random, dated: bool) -> None:
    out.put(rng.choice(("PhD diss.", "PhD thesis", "Master’s thesis")), "genre").put(", ").put(
        record.institution, "institution"
    )
    if not dated:
        out.put(", ").put(str(record.year), "date")
    out.put(".")


def _entry_web(out: Writer, record: Record, rng: random.Random, dated: bool) -> None:
    if rng.random() < 0.8:
        out.put("Accessed ").put(day(record, "en", _AMERICAN), "access-date").put(". ")
    out.put(record.url, "url").put(".")


def _entry_book(out: Writer, record: Record, rng: random.Random, dated: bool) -> None:
    if record.kind in ("chapter", "works"):
        out.put("In ").put(record.host, "booktitle")
        if record.kind == "chapter":
            out.put(", edited by ").put(straight(record.editors), "editor")
        else:
            out.put(rng.choice((", vol. ", ", volume "))).put(record.volume, "volume")
        out.put(", ").put(pages(record, rng), "pages").put(". ")
    else:
        put_extras(out, record, rng, ("Translated by ", ". "), before=False)
    out.put(record.place, "place").put(": ").put(record.publisher, "publisher")
    if not dated:
        out.put(", ").put(str(record.year), "date")
    out.put(".")
