"""Vancouver style, with the habits of Russian lists in Latin script: transliteration, translations in brackets, the language.

"Lenin VI. Title [translation]. Moscow: Politizdat; 1969. 264 p. Russian."
"""

from __future__ import annotations

import random

from bibliography.parse.training.parts import MONTHS, newspaper_page, put_number
from bibliography.parse.training.records import Person, Record
from bibliography.parse.training.writer import Writer, initials, join


def vancouver(record: Record, rng: random.Random) -> Writer:
    """One reference."""
    out = Writer()
    put_number(out, rng, 0.5)
    edited = record.kind == "book" and rng.random() < 0.15
    if record.kind != "book" or edited or rng.random() >= 0.08:
        authors = _names(record.authors)
        if rng.random() < 0.08 and len(record.authors) > 2:
            authors += ", et al"
        out.put(authors, "editor" if edited else "author").put(_editors(record.authors) if edited else ". ")
    if record.kind == "works":
        _works(out, record, rng)
    else:
        _title(out, record, rng)
        if record.kind in ("article", "newspaper"):
            _periodical(out, record, rng)
        else:
            _book(out, record, rng)
    return _tail(out, record, rng)


def _names(people: tuple[Person, ...]) -> str:
    return join([f"{p.family} {initials(p, '', '')}" for p in people], last=", ")


def _editors(people: tuple[Person, ...]) -> str:
    return ", editors. " if len(people) > 1 else ", editor. "


def _title(out: Writer, record: Record, rng: random.Random) -> None:
    if record.language != "ru":
        out.put(record.title, "title")
    elif rng.random() < 0.4 and record.kind != "book":
        out.put("[").put(record.title_en, "title").put("]")
    else:
        out.put(record.title, "title")
        if rng.random() < 0.9:
            out.put(" [").put(record.title_en, "title-translated").put("]")


def _periodical(out: Writer, record: Record, rng: random.Random) -> None:
    if rng.random() < 0.12:
        out.put(" [").put("Internet", "note").put("]")
    out.put(". ").put(record.journal, "journal").put(". ")
    if record.kind == "newspaper":
        out.put(f"{record.year} {MONTHS['en'][record.month - 1]} {record.day}", "date").put(":").put(
            newspaper_page(record), "pages"
        )
        return
    out.put(str(record.year), "date")
    if rng.random() < 0.12:
        accessed = f"{rng.randint(2009, 2023)} {rng.choice(MONTHS['en'])} {rng.randint(1, 30)}"
        out.put(" [cited ").put(accessed, "access-date").put("]")
    out.put(";")
    if rng.random() < 0.85:
        out.put(record.volume, "volume")
        if rng.random() < 0.5:
            out.put("(").put(record.issue, "issue").put(")")
    else:
        out.put("Vypusk ").put(record.issue, "issue")
    out.put(":").put(f"{record.first}–{record.last}", "pages")


def _book(out: Writer, record: Record, rng: random.Random) -> None:
    thesis = record.kind == "thesis"
    if record.kind == "chapter":
        _host(out, record, rng)
    elif thesis:
        out.put(" [").put(rng.choice(("dissertation", "PhD thesis", "abstract of dissertation")), "genre").put("]")
    elif rng.random() < 0.1:
        out.put(". ").put(f"{record.edition}nd ed" if record.edition == 2 else f"{record.edition}th ed", "edition")
    out.put(". ").put(record.place, "place").put(": ")
    out.put(record.institution if thesis else record.publisher, "institution" if thesis else "publisher")
    out.put("; ").put(str(record.year), "date")
    if record.kind == "chapter":
        out.put(". p. ").put(f"{record.first}–{record.last}", "pages")
    elif rng.random() < 0.75:
        out.put(". ").put(str(record.extent), "pages").put(" p")


def _host(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(". In: ").put(_names(record.editors), "editor").put(_editors(record.editors)).put(record.host, "booktitle")
    if rng.random() < 0.4:
        numbers = (("Vypusk ", "issue"), ("Tom ", "volume"), ("Volume ", "volume"), ("Issue ", "issue"))
        word, label = rng.choice(numbers)
        out.put(f". {word}").put(str(rng.randint(1, 30)), label)
    if record.language == "ru" and rng.random() < 0.8:
        out.put(" [").put(record.host_en, "title-translated").put("]")


def _works(out: Writer, record: Record, rng: random.Random) -> None:
    """A part of collected works, named behind the imprint."""
    russian = record.language == "ru"
    out.put(record.host, "booktitle")
    named, numbered = rng.random() < 0.5, rng.random() < 0.75
    if numbered:
        word = rng.choice(("Tom", "Tom", "Tom", "Volume", "Kniga", "Chast’")) if russian else "Volume"
        out.put(f". {word} ").put(record.volume + (f", {record.volume_name}" if named else ""), "volume")
    if russian and rng.random() < 0.93:
        translated = f"{record.host_en}. Volume {record.volume}" if numbered else record.host_en
        if named:
            translated += f", {rng.choice(MONTHS['en'])} – {rng.choice(MONTHS['en'])} {record.year}"
        out.put(" [").put(translated, "title-translated").put("]")
    out.put(". ").put(record.place, "place").put(": ").put(record.publisher, "publisher").put("; ")
    out.put(str(record.year), "date").put(". ")
    bracket = rng.random() < 0.85
    out.put("[" if bracket else "").put(record.title_en or record.title, "title").put("]; p. " if bracket else "; p. ")
    out.put(f"{record.first}–{record.last}", "pages")


def _tail(out: Writer, record: Record, rng: random.Random) -> Writer:
    out.put(".")
    if rng.random() < 0.1:
        out.put(" Available from: ").put(record.url, "url").put(".")
    if record.language == "ru":
        chance = rng.random()
        if chance < 0.9:
            out.put(" ").put(rng.choice(("Russian", "Russian", "Russian", "Belarusian", "In Russian")), "language").put(
                "."
            )
        elif chance < 0.95:
            out.put(" (In ").put("Russ.", "language").put(")")
    if record.kind == "article" and rng.random() < 0.2:
        out.put(" DOI: ").put(record.doi, "doi").put(".")
    return out
