"""What several styles share: numbers before entries, dates, pages, and what may stand behind a book's title."""

from __future__ import annotations

import random

from bibliography.parse.training.records import Person, Record
from bibliography.parse.training.writer import Writer, full, join

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
}


def put_number(out: Writer, rng: random.Random, share: float, label: str = "citation-number") -> None:
    """The number of an entry or of a note, in some of the references."""
    if rng.random() < share:
        listed = ("{}. ", "{}. ", "[{}] ", "{} ")
        head, tail = rng.choice(listed if label == "citation-number" else ("{}. ", "{} ", "{}")).split("{}")
        out.put(head).put(str(rng.randint(1, 240)), label).put(tail)


def day(record: Record, language: str, form: str = "{day} {month} {year}") -> str:
    """A date by the day: "14 March 1929", "March 14, 1929"."""
    return form.format(day=record.day, month=MONTHS[language][record.month - 1], year=record.year)


def season(record: Record, rng: random.Random) -> str:
    """The date of an issue: mostly the year alone."""
    chance = rng.random()
    if chance < 0.7:
        return str(record.year)
    if chance < 0.9:
        return f"{MONTHS['en'][record.month - 1]} {record.year}"
    return f"{rng.choice(('Spring', 'Summer', 'Autumn', 'Fall', 'Winter'))} {record.year}"


def pages(record: Record, rng: random.Random) -> str:
    """A range, its second number shortened in some."""
    last = str(record.last)
    if record.first > 100 and str(record.first)[0] == last[0] and len(last) == 3 and rng.random() < 0.4:
        last = last[1:]
    return f"{record.first}–{last}"


def cited(record: Record, rng: random.Random) -> str:
    """The pages that a note cites of a book: "214", "143–45", "89, 102", "214n3", "210ff"."""
    first = record.first
    more = (f"{first}–{record.last}", f"{first}, {first + rng.randint(2, 40)}", f"{first}n{rng.randint(1, 99)}")
    return rng.choice((str(first), str(first), *more, f"{first}ff", f"{first}–{record.last}, {record.last + 9}"))


def newspaper_page(record: Record) -> str:
    """A page that a newspaper can have."""
    return str(record.first % 30 + 1)


def straight(people: tuple[Person, ...], last: str = " and ") -> str:
    """Names with the given name first."""
    return join([f"{full(p)} {p.family}" for p in people], last=last)


def put_extras(out: Writer, record: Record, rng: random.Random, words: tuple[str, str], *, before: bool) -> None:
    """What may stand behind a book's title: translator, edition, volume, series, editor.

    ``words`` introduce a translator and part the pieces; ``before`` says that the parting stands before a piece.
    """
    translated, sep = words
    lead, tail = (sep, "") if before else ("", sep)
    chance = rng.random()
    if chance < 0.12:
        out.put(lead + translated).put(straight(record.translators), "translator").put(tail)
    elif chance < 0.24:
        editions = (f"{record.edition + 8}th ed.", "2nd ed.", "3rd ed.", "rev. ed.", "2nd edn")
        out.put(lead).put(rng.choice(editions), "edition").put(tail if before else " ")
    elif chance < 0.36:
        out.put(lead + rng.choice(("vol. ", "Vol. "))).put(record.volume, "volume").put(tail)
    elif chance < 0.5:
        out.put(lead).put(record.series, "series")
        if rng.random() < 0.45:
            out.put(rng.choice((", ", " ", ", no. "))).put(record.series_number, "volume")
        out.put(tail)
    elif chance < 0.58:
        out.put(lead + ("ed. " if before else "Edited by ")).put(straight(record.editors), "editor").put(tail)


def put_parenthesis(out: Writer, record: Record, rng: random.Random) -> None:
    """The imprint in brackets: " (New York: Norton, 1977)"."""
    chance = rng.random()
    out.put(" (")
    if chance < 0.06:
        out.put(str(record.year - rng.randint(5, 90)), "orig-date").put("; repr., ")
    out.put(record.place, "place")
    if chance <= 0.9:
        out.put(": ").put(record.publisher, "publisher")
    out.put(", ").put(str(record.year), "date").put(")")
