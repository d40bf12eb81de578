"""French and Italian habits. "Marc Ferro, La Révolution de 1917, Paris, Albin Michel, 1997, p. 512." """

from __future__ import annotations

import random

from bibliography.parse.training.parts import MONTHS, day, newspaper_page
from bibliography.parse.training.records import Person, Record, choose
from bibliography.parse.training.writer import Writer, full, initials, join


def french(record: Record, rng: random.Random) -> Writer:
    """A note or an entry in France."""
    out = Writer()
    form = rng.random()
    names = [_french_name(person, form) for person in record.authors]
    out.put(join(names, last=rng.choice((" et ", ", "))), "author").put(". " if 0.2 <= form < 0.3 else ", ")
    part = record.kind in ("article", "chapter", "newspaper", "works")
    out.put("« " if part else "").put(record.title, "title").put(" », " if part else ", ")
    {"article": _revue, "newspaper": _journal, "thesis": _these, "web": _en_ligne}.get(record.kind, _livre)(
        out, record, rng
    )
    return out.put(".")


def _french_name(person: Person, form: float) -> str:
    if form < 0.2:
        return f"{person.family.upper()} {full(person)}"
    if form < 0.3:
        return f"{person.family}, {full(person)}"
    return f"{initials(person)} {person.family}" if form < 0.45 else f"{person.given[0]} {person.family}"


def _revue(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(record.journal, "journal").put(rng.choice((", vol. ", ", t. ", ", "))).put(record.volume, "volume")
    if rng.random() < 0.6:
        out.put(rng.choice((", n° ", ", no ", ", n°"))).put(record.issue.split(" ")[0], "issue")
    lead = rng.choice(("", f"{MONTHS['fr'][record.month - 1]} ", "janvier-mars ", "automne "))
    out.put(", ").put(f"{lead}{record.year}", "date").put(", p. ").put(f"{record.first}-{record.last}", "pages")


def _journal(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(choose(rng, "newspapers", "fr"), "journal").put(", ").put(day(record, "fr"), "date")
    out.put(", p. ").put(newspaper_page(record), "pages")


def _these(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(rng.choice(("thèse de doctorat", "thèse d’État", "mémoire de maîtrise")), "genre").put(", ")
    out.put(record.institution, "institution").put(", ").put(str(record.year), "date").put(", p. ").put(
        str(record.first), "pages"
    )


def _en_ligne(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(str(record.year), "date").put(", en ligne : ").put(record.url, "url")
    out.put(" (consulté le ").put(day(record, "fr"), "access-date").put(")")


def _livre(out: Writer, record: Record, rng: random.Random) -> None:
    hosted = record.kind in ("chapter", "works")
    if hosted:
        out.put(rng.choice(("in ", "dans ")))
        editors = join([f"{p.given[0]} {p.family}" for p in record.editors], last=" et ")
        if record.kind == "chapter":
            out.put(editors, "editor").put(rng.choice((" (dir.), ", " (éd.), ", " (éds.), ")))
        out.put(record.host, "booktitle").put(", ")
        if record.kind == "works":
            if rng.random() < 0.3:
                out.put("éd. ").put(editors, "editor").put(", ")
            if rng.random() < 0.6:
                out.put("t. ").put(record.volume, "volume").put(", ")
    else:
        _livre_extras(out, record, rng)
    colon = rng.random() < 0.3
    out.put(record.place, "place").put(" : " if colon else ", ")
    out.put(record.institution if rng.random() < 0.08 else record.publisher, "publisher").put(", ")
    if rng.random() < 0.2:
        out.put(rng.choice(("coll. « ", "coll. « ", "« ", "collection « "))).put(record.series, "series").put(" », ")
    out.put(str(record.year), "date")
    if rng.random() < 0.06:
        out.put(" [").put(str(record.year - rng.randint(5, 60)), "orig-date").put("]")
    chance = rng.random()
    if record.kind == "chapter" or chance < 0.55:
        out.put(", p. ").put(
            f"{record.first}-{record.last}" if record.kind == "chapter" else str(record.first), "pages"
        )
    elif chance < 0.75:
        out.put(", ").put(str(record.extent), "pages").put(" p")


def _livre_extras(out: Writer, record: Record, rng: random.Random) -> None:
    chance = rng.random()
    people = join([f"{full(p)} {p.family}" for p in record.translators])
    if chance < 0.15:
        out.put(rng.choice(("tome ", "t. "))).put(record.volume, "volume").put(", ")
    elif chance < 0.2:
        out.put(rng.choice(("préface de ", "introduction de "))).put(people, "contributor").put(", ")
    elif chance < 0.25:
        out.put(rng.choice(("trad. de l’anglais par ", "traduit par "))).put(people, "translator").put(", ")
    elif chance < 0.35:
        edition = rng.choice((f"{record.edition}e éd.", "nouv. éd.", f"{record.edition}e édition"))
        out.put(edition, "edition").put(", ")


def italian(record: Record, rng: random.Random) -> Writer:
    """A note or an entry in Italy."""
    out = Writer()
    form = rng.random()
    edited = record.kind == "book" and rng.random() < 0.12
    names = [_italian_name(person, form) for person in record.authors]
    out.put(join(names, last=rng.choice((" e ", ", ", "-"))), "editor" if edited else "author")
    out.put(" (a cura di), " if edited else ", ").put(record.title, "title").put(", ")
    {"article": _rivista, "newspaper": _giornale, "thesis": _tesi, "web": _in_rete}.get(record.kind, _libro)(
        out, record, rng
    )
    return out.put(".")


def _italian_name(person: Person, form: float) -> str:
    if form < 0.15:
        return f"{person.family.upper()} {initials(person)}"
    return f"{person.given[0]} {person.family}" if form < 0.35 else f"{initials(person)} {person.family}"


def _rivista(out: Writer, record: Record, rng: random.Random) -> None:
    out.put("in «").put(record.journal, "journal").put("», ")
    order = rng.random()
    out.put("n.s., " if order < 0.1 else "").put(record.volume, "volume")
    if order < 0.5:
        out.put(" (").put(str(record.year), "date").put(")")
        if rng.random() < 0.4:
            out.put(", n. ").put(record.issue.split(" ")[0], "issue")
    else:
        out.put(", ").put(str(record.year), "date")
    out.put(rng.choice((", pp. ", ", pp. ", ", p. "))).put(
        f"{record.first}-{record.last}" if rng.random() < 0.9 else str(record.first), "pages"
    )


def _giornale(out: Writer, record: Record, rng: random.Random) -> None:
    head, tail = rng.choice((("in «", "», "), ("«", "», "), ("in “", "”, ")))
    out.put(head).put(choose(rng, "newspapers", "it"), "journal").put(tail).put(day(record, "it"), "date")
    out.put(", p. ").put(newspaper_page(record), "pages")


def _tesi(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(rng.choice(("tesi di laurea", "tesi di dottorato")), "genre").put(", ").put(
        record.institution, "institution"
    )
    out.put(", a.a. ").put(f"{record.year}-{(record.year + 1) % 100:02d}", "date")


def _in_rete(out: Writer, record: Record, rng: random.Random) -> None:
    out.put(record.url, "url").put(" (consultato il ").put(day(record, "it"), "access-date").put(")")


def _libro(out: Writer, record: Record, rng: random.Random) -> None:
    hosted = record.kind in ("chapter", "works")
    if hosted:
        _libro_host(out, record, rng)
    else:
        chance = rng.random()
        if chance < 0.15:
            people = join([f"{initials(p)} {p.family}" for p in record.translators])
            out.put(rng.choice(("trad. it. di ", "trad. it. "))).put(people, "translator").put(", ")
        elif chance < 0.25:
            out.put("vol. ").put(record.volume, "volume").put(", ")
    out.put(record.place, "place").put(rng.choice((", ", ", ", ": "))).put(record.publisher, "publisher")
    out.put(rng.choice((", ", " "))).put(str(record.year), "date")
    if hosted:
        out.put(", pp. ").put(f"{record.first}-{record.last}", "pages")
    elif rng.random() < 0.6:
        out.put(rng.choice((", p. ", ", pp. "))).put(
            str(record.first) + rng.choice(("", f"-{record.last}", " sgg")), "pages"
        )


def _libro_host(out: Writer, record: Record, rng: random.Random) -> None:
    out.put("in ")
    editors = join([f"{initials(p)} {p.family}" for p in record.editors], last=" e ")
    if record.kind == "works":
        out.put(record.host, "booktitle").put(", ")
        if rng.random() < 0.3:
            out.put("a cura di ").put(editors, "editor").put(", ")
        out.put("vol. ").put(record.volume, "volume").put(", ")
    elif rng.random() < 0.3:
        out.put(editors, "editor").put(" (a cura di), ").put(record.host, "booktitle").put(", ")
    else:
        out.put(record.host, "booktitle").put(", a cura di ").put(editors, "editor").put(", ")
