"""German habits. "Hildermeier, Manfred: Geschichte der Sowjetunion, München 1998, S. 234." """

from __future__ import annotations

import random

from bibliography.parse.training.parts import MONTHS, newspaper_page, put_number
from bibliography.parse.training.records import Person, Record, choose
from bibliography.parse.training.writer import Writer, join


def german(record: Record, rng: random.Random) -> Writer:
    """A note or an entry."""
    out = Writer()
    put_number(out, rng, 0.15, "note-number")
    inverted = rng.random() < 0.5
    edited = record.kind == "book" and rng.random() < 0.15
    if record.kind != "newspaper" or rng.random() >= 0.35:
        body = choose(rng, "bodies", record.language) if rng.random() < 0.04 else ""
        out.put(body or _names(record.authors, rng, inverted), "editor" if edited else "author")
        out.put(rng.choice((" (Hg.)", " (Hrsg.)", " (Hgg.)")) if edited else "")
        out.put(": " if inverted else rng.choice((", ", ": ")))
    quote = rng.choice(("„“", "", "", "»«")) if record.kind != "book" else ""
    out.put(quote[:1]).put(record.title, "title").put(quote[1:])
    joint = rng.choice((", in: ", ", in: ", ". In: "))
    kinds = {"article": _article, "newspaper": _newspaper, "thesis": _thesis, "web": _web}
    if record.kind in kinds:
        kinds[record.kind](out, record, rng, joint)
    else:
        _book(out, record, rng, joint, inverted)
    return out.put(rng.choice((".", ".", "")))


def _names(people: tuple[Person, ...], rng: random.Random, inverted: bool) -> str:
    if inverted:
        return join([f"{p.family}, {' '.join(p.given)}" for p in people], comma="; ", last="; ")
    return join([f"{' '.join(p.given)} {p.family}" for p in people], comma="/", last=rng.choice(("/", " und ", " / ")))


def _article(out: Writer, record: Record, rng: random.Random, joint: str) -> None:
    out.put(joint).put(record.journal, "journal").put(rng.choice((" ", ", Bd. ", ", Jg. "))).put(
        record.volume, "volume"
    )
    later = rng.random() < 0.2  # "34 (1986), H. 3"
    number = rng.choice((", H. ", ", Heft ", "/" if not later else ", H. "))
    numbered = rng.random() < 0.45
    if numbered and not later:
        out.put(number).put(record.issue.split(" ")[0], "issue")
    out.put(" (").put(str(record.year), "date").put(")")
    if numbered and later:
        out.put(number).put(record.issue.split(" ")[0], "issue")
    out.put(", S. ").put(f"{record.first}–{record.last}", "pages")
    if rng.random() < 0.4:
        out.put(", hier S. ").put(str(record.first + 1), "cited-range")


def _newspaper(out: Writer, record: Record, rng: random.Random, joint: str) -> None:
    between = rng.choice((", ", " vom ", f", Nr. {record.day * 7}, ", f" Nr. {record.day * 9} vom "))
    out.put(joint).put(choose(rng, "newspapers", "de"), "journal").put(between)
    month = MONTHS["de"][record.month - 1]
    out.put(rng.choice((f"{record.day}.{record.month}.{record.year}", f"{record.day}. {month} {record.year}")), "date")
    if rng.random() < 0.5:
        out.put(", S. ").put(newspaper_page(record), "pages")


def _thesis(out: Writer, record: Record, rng: random.Random, joint: str) -> None:
    genres = ("Diss. phil.", "Diss.", "Dissertation", "Habilitationsschrift", "Magisterarbeit")
    out.put(", ").put(rng.choice(genres), "genre").put(rng.choice((", ", " "))).put(record.institution, "institution")
    out.put(rng.choice((" ", ", "))).put(str(record.year), "date")


def _web(out: Writer, record: Record, rng: random.Random, joint: str) -> None:
    out.put(", ").put(str(record.year), "date").put(rng.choice((", URL: ", ", "))).put(record.url, "url")
    out.put(rng.choice((" (abgerufen am ", " (Zugriff: ", " (letzter Zugriff: ", " (")))
    out.put(f"{record.day}.{record.month}.{rng.randint(2008, 2023)}", "access-date").put(")")


def _book(out: Writer, record: Record, rng: random.Random, joint: str, inverted: bool) -> None:
    hosted = record.kind in ("chapter", "works")
    if hosted:
        out.put(joint)
        if record.kind == "chapter":
            out.put(_names(record.editors, rng, inverted), "editor").put(rng.choice((" (Hg.)", " (Hrsg.)")))
            out.put(": " if inverted else ", ")
        out.put(record.host, "booktitle")
        if record.kind == "works":
            out.put(", Bd. ").put(record.volume, "volume")
    elif rng.random() < 0.15:
        lead = rng.choice((", hrsg. v. ", ", hrsg. von ", ", hg. v. "))
        out.put(lead).put(_names(record.editors, rng, False), "editor")
    series = rng.random() if record.kind == "book" else 1.0
    if series < 0.2:
        out.put(rng.choice((" (= ", " ("))).put(record.series, "series")
        out.put(rng.choice((", Bd. ", " ", ", Beiheft ", ", "))).put(record.series_number, "volume").put(")")
    if rng.random() < 0.2:
        n = record.edition
        out.put(", ").put(
            rng.choice((f"{n}. Aufl.", f"{n}., überarb. Aufl.", f"{n}., rev. u. erw. Aufl.", f"{n}. Auflage")),
            "edition",
        )
    _imprint(out, record, rng, joint)
    if hosted:
        out.put(rng.choice((", S. ", ", S. ", ", S. ", ", Sp. "))).put(f"{record.first}–{record.last}", "pages")
    elif 0.2 <= series < 0.3:
        out.put(" (").put(record.series, "series").put(rng.choice((", Bd. ", " ", ", Beiheft ")))
        out.put(record.series_number, "volume").put(")")
    elif rng.random() < 0.6:
        out.put(", S. ").put(str(record.first) + rng.choice(("", "", " f", " ff", "ff", f"–{record.last}")), "pages")


def _imprint(out: Writer, record: Record, rng: random.Random, joint: str) -> None:
    out.put(". " if joint == ". In: " or rng.random() < 0.2 else ", ").put(record.place, "place")
    chance = rng.random()
    if chance < 0.4:
        out.put(": ").put(record.publisher, "publisher").put(rng.choice((", ", " ")))
    elif chance < 0.48:
        out.put(" (").put(record.publisher, "publisher").put(") ")
    else:
        out.put(" ")
    year = str(record.year)
    out.put(rng.choice((year, year, year, year, "o. J.")), "date")
