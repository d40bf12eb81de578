"""Styles in Latin script: Vancouver, Chicago (notes, bibliography, author-date), MHRA, German, French and Italian habits."""

from __future__ import annotations

import random

from bibliography.parse.training.records import Record, choose
from bibliography.parse.training.writer import Writer, full, initials, join

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
}
MONTHS["ru"] = MONTHS["en"]


def vancouver(record: Record, rng: random.Random) -> Writer:
    """ "Lenin VI. Title [translation]. Moscow: Politizdat; 1969. 264 p. Russian." """
    out = Writer()
    _number(out, rng, 0.5)
    foreign = record.language == "ru"
    authors = join([f"{p.family} {initials(p, '', '')}" for p in record.authors], last=", ")
    if rng.random() < 0.08 and len(record.authors) > 2:
        authors += ", et al"
    edited = record.kind == "book" and rng.random() < 0.15
    if record.kind == "book" and rng.random() < 0.08:
        pass
    else:
        out.put(authors, "editor" if edited else "author")
        out.put((", editors. " if len(record.authors) > 1 else ", editor. ") if edited else ". ")
    if record.kind == "works":
        return _vancouver_works(out, record, rng)
    _vancouver_title(out, record, rng)
    if record.kind in ("article", "newspaper"):
        if rng.random() < 0.12:
            out.put(" [").put("Internet", "note").put("]")
        out.put(". ").put(record.journal, "journal").put(". ")
        if record.kind == "newspaper":
            out.put(f"{record.year} {MONTHS['en'][record.month - 1]} {record.day}", "date").put(":").put(
                str(record.first % 30 + 1), "pages"
            )
        else:
            out.put(str(record.year), "date")
            if rng.random() < 0.12:
                out.put(" [cited ").put(
                    f"{rng.randint(2009, 2023)} {rng.choice(MONTHS['en'])} {rng.randint(1, 30)}", "access-date"
                ).put("]")
            out.put(";")
            if rng.random() < 0.85:
                out.put(record.volume, "volume")
                if rng.random() < 0.5:
                    out.put("(").put(record.issue, "issue").put(")")
            else:
                out.put("Vypusk ").put(record.issue, "issue")
            out.put(":").put(f"{record.first}–{record.last}", "pages")
    else:
        if record.kind == "chapter":
            out.put(". In: ").put(
                join([f"{p.family} {initials(p, '', '')}" for p in record.editors], last=", "), "editor"
            )
            out.put(", editors. " if len(record.editors) > 1 else ", editor. ").put(record.host, "booktitle")
            if rng.random() < 0.4:
                word, label = rng.choice(
                    (("Vypusk ", "issue"), ("Tom ", "volume"), ("Volume ", "volume"), ("Issue ", "issue"))
                )
                out.put(f". {word}").put(str(rng.randint(1, 30)), label)
            if foreign and rng.random() < 0.8:
                out.put(" [").put(record.host_en, "title-translated").put("]")
        elif record.kind == "thesis":
            out.put(" [").put(rng.choice(("dissertation", "PhD thesis", "abstract of dissertation")), "genre").put("]")
        elif rng.random() < 0.1:
            out.put(". ").put(f"{record.edition}nd ed" if record.edition == 2 else f"{record.edition}th ed", "edition")
        out.put(". ").put(record.place, "place").put(": ")
        out.put(
            record.institution if record.kind == "thesis" else record.publisher,
            "institution" if record.kind == "thesis" else "publisher",
        )
        out.put("; ").put(str(record.year), "date")
        if record.kind == "chapter":
            out.put(". p. ").put(f"{record.first}–{record.last}", "pages")
        elif rng.random() < 0.75:
            out.put(". ").put(str(record.extent), "pages").put(" p")
    return _vancouver_tail(out, record, rng, foreign)


def _vancouver_title(out: Writer, record: Record, rng: random.Random) -> None:
    if record.language != "ru":
        out.put(record.title, "title")
    elif rng.random() < 0.4:
        out.put("[").put(record.title_en, "title").put("]")
    else:
        out.put(record.title, "title")
        if rng.random() < 0.9:
            out.put(" [").put(record.title_en, "title-translated").put("]")


def _vancouver_works(out: Writer, record: Record, rng: random.Random) -> Writer:
    out.put(record.host, "booktitle")
    named = rng.random() < 0.5
    word = rng.choice(("Tom", "Tom", "Tom", "Volume", "Kniga", "Chast’")) if record.language == "ru" else "Volume"
    numbered = rng.random() < 0.75
    if numbered:
        out.put(f". {word} ").put(record.volume + (f", {record.volume_name}" if named else ""), "volume")
    if record.language == "ru" and rng.random() < 0.93:
        translated = f"{record.host_en}. Volume {record.volume}" if numbered else record.host_en
        out.put(" [").put(
            translated + (f", {rng.choice(MONTHS['en'])} – {rng.choice(MONTHS['en'])} {record.year}" if named else ""),
            "title-translated",
        ).put("]")
    out.put(". ").put(record.place, "place").put(": ").put(record.publisher, "publisher").put("; ").put(
        str(record.year), "date"
    ).put(". ")
    bracket = rng.random() < 0.85
    out.put("[" if bracket else "").put(record.title_en or record.title, "title").put(
        "]; p. " if bracket else "; p. "
    ).put(f"{record.first}–{record.last}", "pages")
    return _vancouver_tail(out, record, rng, record.language == "ru")


def _vancouver_tail(out: Writer, record: Record, rng: random.Random, foreign: bool) -> Writer:
    out.put(".")
    if rng.random() < 0.1:
        out.put(" Available from: ").put(record.url, "url").put(".")
    if foreign and rng.random() < 0.9:
        out.put(" ").put(rng.choice(("Russian", "Russian", "Russian", "Belarusian", "In Russian")), "language").put(".")
    elif foreign and rng.random() < 0.5:
        out.put(" (In ").put("Russ.", "language").put(")")
    if record.kind == "article" and rng.random() < 0.2:
        out.put(" DOI: ").put(record.doi, "doi").put(".")
    return out


def chicago_note(record: Record, rng: random.Random) -> Writer:
    """ "Barry Eichengreen, Golden Fetters (New York: Oxford University Press, 1992), 3–28." """
    out = Writer()
    _number(out, rng, 0.4, "note-number")
    edited = record.kind == "book" and rng.random() < 0.12
    if record.kind != "newspaper" or rng.random() < 0.5:
        out.put(
            join(
                [f"{full(p)} {p.family}" for p in record.authors],
                last=rng.choice((" and ", ", and ") if len(record.authors) > 2 else (" and ",)),
            ),
            "editor" if edited else "author",
        )
        out.put((", eds., " if len(record.authors) > 1 else ", ed., ") if edited else ", ")
    if record.kind in ("article", "newspaper", "chapter", "thesis", "web"):
        out.put("“").put(record.title, "title")
        out.put(",” ")
    if record.kind == "article":
        out.put(record.journal, "journal").put(" ").put(record.volume, "volume")
        if rng.random() < 0.6:
            out.put(", no. ").put(record.issue.split(" ")[0], "issue")
        out.put(" (").put(_season(record, rng), "date").put(")")
        if rng.random() < 0.85:
            out.put(rng.choice((": ", ": ", ", "))).put(_pages(record, rng), "pages")
    elif record.kind == "newspaper":
        out.put(choose(rng, "newspapers", "en"), "journal").put(", ").put(
            f"{MONTHS['en'][record.month - 1]} {record.day}, {record.year}", "date"
        )
        if rng.random() < 0.5:
            out.put(", ").put(str(record.first % 30 + 1), "pages")
    elif record.kind == "thesis":
        out.put("(").put(
            rng.choice(("PhD diss.", "Working Paper", "Discussion Paper", "PhD thesis", "MA thesis", "DPhil diss.")),
            "genre",
        ).put(", ").put(record.institution, "institution").put(", ").put(str(record.year), "date").put("), ")
        out.put(str(record.first), "cited-range")
    elif record.kind == "web":
        out.put(rng.choice(("Digital History Project", "National Archives", "Encyclopaedia Online")), "note").put(", ")
        out.put(rng.choice(("accessed ", "last modified "))).put(
            f"{MONTHS['en'][record.month - 1]} {record.day}, {record.year}", "access-date"
        ).put(", ").put(record.url, "url")
    else:
        if record.kind in ("chapter", "works"):
            if record.kind == "works":
                out.put("“").put(record.title, "title").put(",” ")
            out.put("in ").put(record.host, "booktitle")
            if record.kind == "chapter" or rng.random() < 0.3:
                out.put(", ed. ").put(join([f"{full(p)} {p.family}" for p in record.editors]), "editor")
            if record.kind == "works":
                out.put(", vol. ").put(record.volume, "volume")
        else:
            out.put(record.title, "title")
            _extras(out, record, rng, ", trans. ", ", ")
        volumes = record.kind == "book" and rng.random() < 0.06
        if volumes:
            out.put(", ").put(f"{rng.randint(2, 9)} vols.", "note")
        _parenthesis(out, record, rng)
        if volumes:
            out.put(", ").put(str(rng.randint(1, 3)), "volume").put(":").put(str(record.first), "pages")
        elif rng.random() < 0.05:
            out.put(f", chap. {rng.randint(1, 12)}")
        elif rng.random() < 0.8:
            out.put(", ").put(
                f"{record.first}–{record.last}" if record.kind == "chapter" else _cited(record, rng), "pages"
            )
            if rng.random() < 0.05:
                out.put(", ").put("https://doi.org/" if rng.random() < 0.5 else "").put(record.doi, "doi")
    if record.kind == "article" and rng.random() < 0.1:
        out.put(", ").put("https://doi.org/").put(record.doi, "doi")
    return out.put(rng.choice((".", ".", "")))


def chicago_bibliography(record: Record, rng: random.Random) -> Writer:
    """ "Sutton, Antony C. Western Technology. Stanford: Hoover Institution, 1968." """
    out = Writer()
    author_date = rng.random() < 0.35
    first, *rest = record.authors
    names = join([f"{first.family}, {full(first)}", *(f"{full(p)} {p.family}" for p in rest)], last=", and ")
    if rng.random() < 0.06:
        names += rng.choice((" de", " von", ", Jr.", ", III"))
    edited = record.kind == "book" and rng.random() < 0.18
    anonymous = rng.random()
    if anonymous < 0.05 and not edited:
        out.put(rng.choice(("———. ", "———. ", "——. ", "---. ")))
    elif anonymous > 0.06 or edited:
        if anonymous > 0.96 and not edited:
            names = record.institution
        out.put(names, "editor" if edited else "author")
        out.put((", eds. " if rest else ", ed. ") if edited else " " if names.endswith(".") else ". ")
    if author_date:
        out.put(str(record.year) + rng.choice(("", "", "a", "b")), "date").put(". ")
    stop = "." if not author_date or rng.random() < 0.7 else ","
    if record.kind in ("article", "newspaper", "chapter", "thesis", "works"):
        quote = rng.choice(("“”", "“”", "‘’", '""'))
        out.put(quote[0]).put(record.title, "title").put(stop + quote[1] + " ")
    else:
        out.put(record.title, "title").put(". ")
    if record.kind == "article":
        out.put(record.journal, "journal").put(" ").put(record.volume, "volume")
        if author_date:
            out.put(" (").put(record.issue.split(" ")[0], "issue").put(")")
        else:
            if rng.random() < 0.7:
                out.put(", no. ").put(record.issue.split(" ")[0], "issue")
            out.put(" (").put(_season(record, rng), "date").put(")")
        out.put(": ").put(_pages(record, rng), "pages").put(".")
    elif record.kind == "newspaper":
        out.put(choose(rng, "newspapers", "en"), "journal").put(", ")
        out.put(
            f"{MONTHS['en'][record.month - 1]} {record.day}" + ("" if author_date else f", {record.year}"), "date"
        ).put(".")
    elif record.kind == "thesis":
        out.put(rng.choice(("PhD diss.", "PhD thesis", "Master’s thesis")), "genre").put(", ").put(
            record.institution, "institution"
        )
        out.put("." if author_date else ", ").put("" if author_date else str(record.year), "date").put(
            "" if author_date else "."
        )
    elif record.kind == "web":
        out.put("Accessed ").put(f"{MONTHS['en'][record.month - 1]} {record.day}, {record.year}", "access-date").put(
            ". "
        ).put(record.url, "url").put(".")
    else:
        if record.kind in ("chapter", "works"):
            out.put("In ").put(record.host, "booktitle")
            if record.kind == "chapter":
                out.put(", edited by ").put(join([f"{full(p)} {p.family}" for p in record.editors]), "editor")
            else:
                out.put(rng.choice((", vol. ", ", volume "))).put(record.volume, "volume")
            out.put(", ").put(_pages(record, rng), "pages").put(". ")
        else:
            _extras(out, record, rng, "Translated by ", ". ", before=False)
        out.put(record.place, "place").put(": ").put(record.publisher, "publisher")
        out.put("." if author_date else ", ").put("" if author_date else str(record.year), "date").put(
            "" if author_date else "."
        )
    if rng.random() < 0.12 and record.kind == "article":
        out.put(" ").put("https://doi.org/").put(record.doi, "doi").put(".")
    return out


def mhra(record: Record, rng: random.Random) -> Writer:
    """ "R. W. Davies, The Socialist Offensive (London: Macmillan, 1980), p. 112." """
    out = Writer()
    _number(out, rng, 0.15, "note-number")
    name = rng.random() < 0.7
    out.put(join([f"{full(p) if name else initials(p)} {p.family}" for p in record.authors]), "author").put(", ")
    if record.kind in ("article", "chapter", "newspaper", "thesis", "works"):
        out.put("‘").put(record.title, "title").put("’, ")
    if record.kind == "article":
        out.put(record.journal, "journal").put(rng.choice((", ", " "))).put(record.volume, "volume")
        if rng.random() < 0.6:
            out.put(rng.choice((".", "/", ", no. "))).put(record.issue.split(" ")[0], "issue")
        out.put(" (").put(_season(record, rng), "date").put("), ").put(rng.choice(("", "pp. "))).put(
            _pages(record, rng), "pages"
        )
        if rng.random() < 0.4:
            out.put(" (p. ").put(str(record.first + 1), "cited-range").put(")")
    elif record.kind == "newspaper":
        out.put(choose(rng, "newspapers", "en"), "journal").put(", ").put(
            f"{record.day} {MONTHS['en'][record.month - 1]} {record.year}", "date"
        ).put(", p. ").put(str(record.first % 30 + 1), "pages")
    elif record.kind == "thesis":
        out.put("(unpublished ").put(
            rng.choice(("doctoral thesis", "PhD thesis", "master’s dissertation")), "genre"
        ).put(", ").put(record.institution, "institution").put(", ").put(str(record.year), "date").put("), p. ")
        out.put(str(record.first), "pages")
    elif record.kind == "web":
        out.put(record.title, "title").put(" (").put(str(record.year), "date").put(") <").put(record.url, "url").put(
            "> [accessed "
        )
        out.put(f"{record.day} {MONTHS['en'][record.month - 1]} {record.year}", "access-date").put("]")
    else:
        if record.kind in ("chapter", "works"):
            out.put("in ").put(record.host, "booktitle")
            if record.kind == "chapter" or rng.random() < 0.4:
                out.put(", ed. by ").put(join([f"{full(p)} {p.family}" for p in record.editors]), "editor")
            if record.kind == "works":
                out.put(rng.choice((", vol. ", ", "))).put(record.volume, "volume")
        else:
            out.put(record.title, "title")
            _extras(out, record, rng, ", trans. by ", ", ")
        _parenthesis(out, record, rng)
        if record.kind in ("chapter", "works"):
            out.put(", pp. ").put(f"{record.first}–{record.last}", "pages")
            if rng.random() < 0.4:
                out.put(" (p. ").put(str(record.first + 1), "cited-range").put(")")
        elif rng.random() < 0.7:
            out.put(rng.choice((", p. ", ", pp. "))).put(_cited(record, rng), "pages")
    return out.put(".")


def german(record: Record, rng: random.Random) -> Writer:
    """ "Hildermeier, Manfred: Geschichte der Sowjetunion, München 1998, S. 234." """
    out = Writer()
    _number(out, rng, 0.15, "note-number")
    inverted = rng.random() < 0.5
    names = [
        f"{p.family}, {' '.join(p.given)}" if inverted else f"{' '.join(p.given)} {p.family}" for p in record.authors
    ]
    edited = record.kind == "book" and rng.random() < 0.15
    if record.kind == "newspaper" and rng.random() < 0.35:
        pass
    else:
        out.put(
            join(names, comma="; " if inverted else "/", last="; " if inverted else rng.choice(("/", " und ", " / "))),
            "editor" if edited else "author",
        )
        out.put(rng.choice((" (Hg.)", " (Hrsg.)", " (Hgg.)")) if edited else "").put(
            ": " if inverted else rng.choice((", ", ": "))
        )
    quote = rng.choice(("„“", "", "", "»«")) if record.kind != "book" else ""
    out.put(quote[:1]).put(record.title, "title").put(quote[1:])
    comma = rng.choice((", ", ", ", ". "))
    stop = rng.random() < 0.4
    if record.kind == "article":
        out.put(comma + ("in: " if comma == ", " else "In: ")).put(record.journal, "journal").put(
            rng.choice((" ", ", Bd. ", ", Jg. "))
        ).put(record.volume, "volume")
        if rng.random() < 0.4:
            out.put(rng.choice((", H. ", ", Heft ", "/"))).put(record.issue.split(" ")[0], "issue")
        out.put(" (").put(str(record.year), "date").put("), S. ").put(f"{record.first}–{record.last}", "pages")
        if rng.random() < 0.4:
            out.put(", hier S. ").put(str(record.first + 1), "cited-range")
    elif record.kind == "newspaper":
        out.put(comma + ("in: " if comma == ", " else "In: ")).put(choose(rng, "newspapers", "de"), "journal").put(
            rng.choice((", ", " vom ", f", Nr. {record.day * 7}, ", f" Nr. {record.day * 9} vom "))
        )
        out.put(
            rng.choice(
                (
                    f"{record.day}.{record.month}.{record.year}",
                    f"{record.day}. {MONTHS['de'][record.month - 1]} {record.year}",
                )
            ),
            "date",
        )
        if rng.random() < 0.5:
            out.put(", S. ").put(str(record.first % 30 + 1), "pages")
    elif record.kind == "thesis":
        out.put(", ").put(
            rng.choice(("Diss. phil.", "Diss.", "Dissertation", "Habilitationsschrift", "Magisterarbeit")), "genre"
        ).put(rng.choice((", ", " "))).put(record.institution, "institution").put(" ").put(str(record.year), "date")
    elif record.kind == "web":
        out.put(", ").put(str(record.year), "date").put(rng.choice((", URL: ", ", "))).put(record.url, "url").put(
            rng.choice((" (abgerufen am ", " (Zugriff: ", " (letzter Zugriff: "))
        )
        out.put(f"{record.day}.{record.month}.{rng.randint(2008, 2023)}", "access-date").put(")")
    else:
        if record.kind in ("chapter", "works"):
            out.put(comma + ("in: " if comma == ", " else "In: "))
            if record.kind == "chapter":
                editors = [
                    f"{p.family}, {' '.join(p.given)}" if inverted else f"{' '.join(p.given)} {p.family}"
                    for p in record.editors
                ]
                out.put(join(editors, comma="; ", last="; " if inverted else rng.choice(("/", " und "))), "editor").put(
                    rng.choice((" (Hg.)", " (Hrsg.)"))
                ).put(": " if inverted else ", ")
            out.put(record.host, "booktitle")
            if record.kind == "works":
                out.put(", Bd. ").put(record.volume, "volume")
        elif rng.random() < 0.15:
            out.put(rng.choice((", hrsg. v. ", ", hrsg. von ", ", hg. v. ", ", übers. v. "))).put(
                join([f"{' '.join(p.given)} {p.family}" for p in record.editors], last=" und "), "editor"
            )
        series = rng.random() if record.kind == "book" else 1.0
        if series < 0.2:
            out.put(rng.choice((" (= ", " ("))).put(record.series, "series").put(
                rng.choice((", Bd. ", " ", ", Beiheft ", ", "))
            ).put(record.series_number, "volume").put(")")
        if rng.random() < 0.2:
            out.put(", ").put(
                rng.choice(
                    (
                        f"{record.edition}. Aufl.",
                        f"{record.edition}., überarb. Aufl.",
                        f"{record.edition}., rev. u. erw. Aufl.",
                        f"{record.edition}. Auflage",
                        "Neuausg.",
                    )
                ),
                "edition",
            )
        out.put(". " if stop else ", ").put(record.place, "place")
        if rng.random() < 0.4:
            out.put(": ").put(record.publisher, "publisher").put(rng.choice((", ", " ")))
        else:
            out.put(" ")
        out.put(rng.choice((str(record.year), str(record.year), str(record.year), "o. J.")), "date")
        if record.kind in ("chapter", "works"):
            out.put(rng.choice((", S. ", ", S. ", ", S. ", ", Sp. "))).put(f"{record.first}–{record.last}", "pages")
        elif 0.2 <= series < 0.3:
            out.put(" (").put(record.series, "series").put(rng.choice((", Bd. ", " ", ", Beiheft "))).put(
                record.series_number, "volume"
            ).put(")")
        elif rng.random() < 0.6:
            out.put(", S. ").put(
                str(record.first) + rng.choice(("", "", " f", " ff", "ff", f"–{record.last}")), "pages"
            )
    return out.put(rng.choice((".", ".", "")))


def french(record: Record, rng: random.Random) -> Writer:
    """ "Marc Ferro, La Révolution de 1917, Paris, Albin Michel, 1997, p. 512." """
    out = Writer()
    form = rng.random()
    names = [
        f"{p.family.upper()} {full(p)}"
        if form < 0.2
        else f"{p.family}, {full(p)}"
        if form < 0.3
        else f"{initials(p)} {p.family}"
        if form < 0.45
        else f"{' '.join(p.given[:1])} {p.family}"
        for p in record.authors
    ]
    out.put(join(names, last=rng.choice((" et ", ", "))), "author").put(". " if 0.2 <= form < 0.3 else ", ")
    articles = record.kind in ("article", "chapter", "newspaper", "works")
    out.put("« " if articles else "").put(record.title, "title").put(" »" if articles else "").put(", ")
    if record.kind == "article":
        out.put(record.journal, "journal").put(rng.choice((", vol. ", ", t. ", ", "))).put(record.volume, "volume")
        if rng.random() < 0.6:
            out.put(rng.choice((", n° ", ", no ", ", n°"))).put(record.issue.split(" ")[0], "issue")
        out.put(", ").put(
            rng.choice(("", f"{MONTHS['fr'][record.month - 1]} ", "janvier-mars ", "automne ")) + str(record.year),
            "date",
        ).put(", p. ").put(f"{record.first}-{record.last}", "pages")
    elif record.kind == "newspaper":
        out.put(choose(rng, "newspapers", "fr"), "journal").put(", ").put(
            f"{record.day} {MONTHS['fr'][record.month - 1]} {record.year}", "date"
        ).put(", p. ").put(str(record.first % 20 + 1), "pages")
    elif record.kind == "thesis":
        out.put(rng.choice(("thèse de doctorat", "thèse d’État", "mémoire de maîtrise")), "genre").put(", ").put(
            record.institution, "institution"
        ).put(", ").put(str(record.year), "date").put(", p. ").put(str(record.first), "pages")
    elif record.kind == "web":
        out.put(str(record.year), "date").put(", en ligne : ").put(record.url, "url").put(" (consulté le ").put(
            f"{record.day} {MONTHS['fr'][record.month - 1]} {rng.randint(2008, 2023)}", "access-date"
        ).put(")")
    else:
        if record.kind in ("chapter", "works"):
            out.put(rng.choice(("in ", "dans ")))
            editors = join([f"{' '.join(p.given[:1])} {p.family}" for p in record.editors], last=" et ")
            if record.kind == "chapter":
                out.put(editors, "editor").put(rng.choice((" (dir.), ", " (éd.), ", " (éds.), ")))
            out.put(record.host, "booktitle").put(", ")
            if record.kind == "works" and rng.random() < 0.3:
                out.put("éd. ").put(editors, "editor").put(", ")
            if record.kind == "works" and rng.random() < 0.6:
                out.put("t. ").put(record.volume, "volume").put(", ")
        elif rng.random() < 0.15:
            out.put(rng.choice(("tome ", "t. "))).put(record.volume, "volume").put(", ")
        elif rng.random() < 0.1:
            out.put(rng.choice(("préface de ", "trad. de l’anglais par ", "traduit par "))).put(
                join([f"{full(p)} {p.family}" for p in record.translators]),
                "translator" if "par " in out.text[-5:] else "contributor",
            ).put(", ")
        if rng.random() < 0.1:
            out.put(rng.choice((f"{record.edition}e éd.", "nouv. éd.", f"{record.edition}e édition")), "edition").put(
                ", "
            )
        colon = rng.random() < 0.3
        out.put(record.place, "place").put(" : " if colon else ", ").put(record.publisher, "publisher").put(", ")
        if rng.random() < 0.2:
            out.put(rng.choice(("coll. « ", "« "))).put(record.series, "series").put(" », ")
        out.put(str(record.year), "date")
        tail = rng.random()
        if record.kind == "chapter" or tail < 0.55:
            out.put(", p. ").put(
                f"{record.first}-{record.last}" if record.kind == "chapter" else str(record.first), "pages"
            )
        elif tail < 0.75:
            out.put(", ").put(str(record.extent), "pages").put(" p")
    return out.put(".")


def italian(record: Record, rng: random.Random) -> Writer:
    """ "C. Cipolla, Storia economica dell’Europa, Bologna, il Mulino, 1974, pp. 112-115." """
    out = Writer()
    form = rng.random()
    names = [
        f"{p.family.upper()} {initials(p)}"
        if form < 0.15
        else f"{' '.join(p.given[:1])} {p.family}"
        if form < 0.35
        else f"{initials(p)} {p.family}"
        for p in record.authors
    ]
    edited = record.kind == "book" and rng.random() < 0.12
    out.put(join(names, last=rng.choice((" e ", ", ", "-"))), "editor" if edited else "author").put(
        " (a cura di), " if edited else ", "
    ).put(record.title, "title").put(", ")
    if record.kind == "article":
        out.put("in «").put(record.journal, "journal").put("», ")
        order = rng.random()
        if order < 0.1:
            out.put("n.s., ")
        out.put(record.volume, "volume")
        if order < 0.5:
            out.put(" (").put(str(record.year), "date").put(")")
            if rng.random() < 0.4:
                out.put(", n. ").put(record.issue.split(" ")[0], "issue")
        else:
            out.put(", ").put(str(record.year), "date")
        out.put(", pp. ").put(f"{record.first}-{record.last}", "pages")
    elif record.kind == "newspaper":
        out.put(rng.choice(("in «", "«", "in “"))).put(choose(rng, "newspapers", "it"), "journal").put(
            "”, " if out.text[-40:].count("“") else "», "
        ).put(f"{record.day} {MONTHS['it'][record.month - 1]} {record.year}", "date").put(
            rng.choice((", p. ", ", p. "))
        ).put(str(record.first % 20 + 1), "pages")
    elif record.kind == "thesis":
        out.put(rng.choice(("tesi di laurea", "tesi di dottorato")), "genre").put(", ").put(
            record.institution, "institution"
        ).put(", a.a. ").put(f"{record.year}-{(record.year + 1) % 100:02d}", "date")
    elif record.kind == "web":
        out.put(record.url, "url").put(" (consultato il ").put(
            f"{record.day} {MONTHS['it'][record.month - 1]} {rng.randint(2008, 2023)}", "access-date"
        ).put(")")
    else:
        if record.kind in ("chapter", "works"):
            out.put("in ")
            editors = join([f"{initials(p)} {p.family}" for p in record.editors], last=" e ")
            if record.kind == "chapter" and rng.random() < 0.3:
                out.put(editors, "editor").put(" (a cura di), ").put(record.host, "booktitle").put(", ")
            else:
                out.put(record.host, "booktitle").put(", ")
                if record.kind == "chapter":
                    out.put("a cura di ").put(editors, "editor").put(", ")
                else:
                    out.put("vol. ").put(record.volume, "volume").put(", ")
        elif rng.random() < 0.15:
            out.put(rng.choice(("trad. it. di ", "trad. it. "))).put(
                join([f"{initials(p)} {p.family}" for p in record.translators]), "translator"
            ).put(", ")
        elif rng.random() < 0.1:
            out.put("vol. ").put(record.volume, "volume").put(", ")
        out.put(record.place, "place").put(rng.choice((", ", ", ", ": "))).put(record.publisher, "publisher").put(
            rng.choice((", ", " "))
        ).put(str(record.year), "date")
        if record.kind == "chapter":
            out.put(", pp. ").put(f"{record.first}-{record.last}", "pages")
        elif rng.random() < 0.6:
            out.put(rng.choice((", p. ", ", pp. "))).put(
                str(record.first) + rng.choice(("", f"-{record.last}", " sgg")), "pages"
            )
    return out.put(".")


def _number(out: Writer, rng: random.Random, share: float, label: str = "citation-number") -> None:
    if rng.random() < share:
        number = str(rng.randint(1, 240))
        form = (
            rng.choice(("{}. ", "{}. ", "[{}] ", "{} "))
            if label == "citation-number"
            else rng.choice(("{}. ", "{} ", "{}"))
        )
        head, tail = form.split("{}")
        out.put(head).put(number, label).put(tail)


def _cited(record: Record, rng: random.Random) -> str:
    """The pages that a note cites of a book: "214", "143–45", "89, 102", "214n3", "210ff."."""
    first = record.first
    return rng.choice(
        (
            str(first),
            str(first),
            f"{first}–{record.last}",
            f"{first}, {first + rng.randint(2, 40)}",
            f"{first}n{rng.randint(1, 99)}",
            f"{first}ff",
            f"{first}–{record.last}, {record.last + 9}",
        )
    )


def _season(record: Record, rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.7:
        return str(record.year)
    if chance < 0.9:
        return f"{MONTHS['en'][record.month - 1]} {record.year}"
    return f"{rng.choice(('Spring', 'Summer', 'Autumn', 'Fall', 'Winter'))} {record.year}"


def _pages(record: Record, rng: random.Random) -> str:
    last = str(record.last)
    if record.first > 100 and str(record.first)[0] == last[0] and len(last) == 3 and rng.random() < 0.4:
        last = last[1:]
    return f"{record.first}–{last}"


def _extras(out: Writer, record: Record, rng: random.Random, translated: str, sep: str, *, before: bool = True) -> None:
    """What may stand behind a book's title: translator, edition, volume, series."""
    lead, tail = ("", "") if before else ("", sep)
    chance = rng.random()
    if chance < 0.12:
        out.put(lead + translated).put(join([f"{full(p)} {p.family}" for p in record.translators]), "translator").put(
            tail
        )
    elif chance < 0.24:
        out.put(sep if before else "").put(
            rng.choice((f"{record.edition + 8}th ed.", "2nd ed.", "3rd ed.", "rev. ed.", "2nd edn")), "edition"
        ).put("" if before else " ")
    elif chance < 0.36:
        out.put((sep if before else "") + rng.choice(("vol. ", "Vol. "))).put(record.volume, "volume").put(tail)
    elif chance < 0.5:
        out.put(sep if before else "").put(record.series, "series")
        if rng.random() < 0.45:
            out.put(rng.choice((", ", " ", ", no. "))).put(record.series_number, "volume")
        out.put(tail)
    elif chance < 0.58:
        out.put((sep if before else "") + ("ed. " if before else "Edited by ")).put(
            join([f"{full(p)} {p.family}" for p in record.editors]), "editor"
        ).put(tail)


def _parenthesis(out: Writer, record: Record, rng: random.Random) -> None:
    chance = rng.random()
    out.put(" (")
    if chance < 0.06:
        out.put(str(record.year - rng.randint(5, 90)), "orig-date").put("; repr., ")
    if chance > 0.9:
        out.put(record.place, "place").put(", ").put(str(record.year), "date")
    else:
        out.put(record.place, "place").put(": ").put(record.publisher, "publisher").put(", ").put(
            str(record.year), "date"
        )
    out.put(")")
