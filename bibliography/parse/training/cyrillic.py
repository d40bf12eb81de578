"""GOST R 7.0.5 (references) and GOST R 7.0.100 (records), with the freedoms that authors take: dashes, " // ", short places."""

from __future__ import annotations

import random

from bibliography.parse.training.records import Record, choose
from bibliography.parse.training.writer import Writer, initials, join

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
_SHORT_PLACES = {"Москва": "М.", "Ленинград": "Л.", "Санкт-Петербург": "СПб.", "Петроград": "Пг.", "Минск": "Мн."}


def gost_reference(record: Record, rng: random.Random) -> Writer:
    """ "Шпотов Б. М. Американский бизнес. М.: Либроком, 2013. 320 с." """
    out = Writer()
    if rng.random() < 0.25:
        out.put(str(rng.randint(1, 150)), "citation-number").put(rng.choice((". ", " ")))
    dash = rng.choice((". ", ". ", ". – ", ". — ", ". - "))
    latin = record.language != "ru"
    comma = rng.choice((" ", " ", ", "))
    space = rng.choice((" ", " ", ""))
    edited = record.kind == "book" and rng.random() < 0.22
    if not edited and not (record.kind == "newspaper" and rng.random() < 0.3):
        out.put(join([f"{p.family}{comma}{initials(p, '.', space)}" for p in record.authors], last=", "), "author").put(
            " "
        )
        if rng.random() < 0.05:
            out.put("и др. ")
    out.put(record.title, "title")
    if record.kind == "book" and rng.random() < 0.15:
        out.put(rng.choice((": ", " : "))).put(
            rng.choice(
                (
                    f"в {rng.randint(2, 12)} т.",
                    "сб. ст.",
                    "сборник документов",
                    "монография",
                    "материалы конференции",
                    "учеб. пособие",
                    f"в {rng.randint(2, 5)} кн.",
                )
            )
        )
    volumes = rng.random() < 0.5
    if record.kind == "thesis":
        out.put(rng.choice((" : ", ": ", ". "))).put(
            rng.choice(
                (
                    "дис. ... канд. ист. наук",
                    "автореф. дис. … д-ра ист. наук",
                    "дис. … канд. экон. наук",
                    "доклад",
                    "дис. ... канд. ист. наук",
                    "диссертация",
                    "автореферат дис. ... канд. ист. наук",
                )
            ),
            "genre",
        )
        return _place_year(out.put(dash), record, rng, publisher=False, extent=True)
    if record.kind in ("article", "newspaper", "chapter", "works"):
        out.put(" // ")
        if record.kind == "article":
            return _article(out, record, rng, dash, latin)
        if record.kind == "newspaper":
            return _newspaper(out, record, rng, dash)
        out.put(record.host, "booktitle")
        if rng.random() < 0.15:
            out.put(
                rng.choice((" : сб. ст.", ": сб. науч. тр.", f" : в {rng.randint(2, 9)} т.", ": материалы конференции"))
            )
        if record.kind == "chapter":
            if rng.random() < 0.5:
                out.put(rng.choice((" / под ред. ", " / отв. ред. ", " / Под ред. "))).put(
                    join([f"{initials(p, '.', space)} {p.family}" for p in record.editors], last=", "), "editor"
                )
            if rng.random() < 0.3:
                out.put(". Вып. ").put(str(rng.randint(1, 30)), "issue")
        elif rng.random() < 0.25:
            out.put(". " if not out.text.endswith(".") else " ").put(f"{record.edition}-е изд.", "edition")
        if record.kind == "works":
            out.put(" " if out.text.endswith(".") else ". ").put("Т. ").put(record.volume, "volume")
            if rng.random() < 0.25:
                out.put(". С. ").put(f"{record.first}–{record.last}", "pages")
                return out.put(".")
        _place_year(
            out.put(dash if not out.text.endswith(".") else dash.lstrip(".")),
            record,
            rng,
            publisher=rng.random() < 0.75,
            extent=False,
        )
        return out.put(dash.lstrip(".")).put("С. ").put(f"{record.first}–{record.last}", "pages").put(".")
    if edited:
        out.put(rng.choice((" / под ред. ", " / отв. ред. ", " / сост. "))).put(
            join([f"{initials(p, '.', space)} {p.family}" for p in record.editors], last=", "), "editor"
        )
    elif rng.random() < 0.1:
        out.put(" / пер. с англ. ").put(
            join([f"{initials(p, '.', space)} {p.family}" for p in record.translators], last=", "), "translator"
        )
    if rng.random() < 0.12:
        out.put(dash).put(
            f"{record.edition}-е изд." if rng.random() < 0.6 else f"{record.edition}-е изд., испр. и доп.", "edition"
        )
    if volumes and rng.random() < 0.4:
        out.put(" " if out.text.endswith(".") else ". ").put(rng.choice(("Т. ", "Ч. ", "Кн. "))).put(
            record.volume, "volume"
        )
        volumes = False
    if out.text.endswith("."):
        out.put(dash.lstrip("."))
    else:
        out.put(dash)
    chance = rng.random()
    _place_year(out, record, rng, publisher=rng.random() < 0.8, extent=chance < 0.5)
    if volumes and rng.random() < 0.2:
        out.put(" Т. ").put(record.volume, "volume").put(".")
    if 0.5 <= chance < 0.85:
        out.put("" if out.text.endswith(".") else ".").put(rng.choice((" С. ", " C. ", " с. "))).put(
            str(record.first) if rng.random() < 0.6 else f"{record.first}–{record.last}", "pages"
        ).put(".")
    return out


def gost_record(record: Record, rng: random.Random) -> Writer:
    """ "Шпотов, Б. М. Американский бизнес : монография / Б. М. Шпотов. – Москва : Либроком, 2013. – 320 с. – Текст : непосредственный." """
    out = Writer()
    if rng.random() < 0.25:
        out.put(str(rng.randint(1, 150)), "citation-number").put(". ")
    first = record.authors[0]
    whole = rng.random() < 0.2
    edited = record.kind == "book" and rng.random() < 0.3
    titled = record.kind == "book" and not edited and rng.random() < 0.15  # more authors than a heading holds
    if not edited and not titled:
        out.put(f"{first.family}, {' '.join(first.given) if whole else initials(first)}", "author").put(
            ". " if whole else " "
        )
    out.put(record.title, "title")
    if record.kind == "thesis":
        if rng.random() < 0.5:
            out.put(rng.choice((" : специальность 07.00.02 «Отечественная история»", " : 07.00.03 – Всеобщая история")))
        out.put(" : ").put(
            rng.choice(
                (
                    "диссертация на соискание ученой степени кандидата исторических наук",
                    "автореферат диссертации на соискание ученой степени доктора исторических наук",
                    "диссертация ... кандидата экономических наук",
                )
            ),
            "genre",
        )
        out.put(f" / {first.family} {' '.join(first.given)} ; ").put(record.institution, "institution").put(". – ").put(
            record.place, "place"
        ).put(", ").put(str(record.year), "date")
        return (
            out.put(". – ")
            .put(str(record.extent), "pages")
            .put(" с.")
            .put(rng.choice(("", " – Текст : непосредственный.")))
        )
    if record.kind == "book" and rng.random() < 0.5:
        out.put(
            rng.choice(
                (
                    " : монография",
                    " : учебное пособие",
                    " : сборник документов",
                    " : очерк",
                    " : историко-биографический справочник",
                    " : материалы Международной научной конференции, Минск, 3–5 мая 2012 г.",
                    " : сборник статей",
                    " : в 3 томах",
                )
            )
        )
    out.put(" / ")
    if edited:
        out.put(rng.choice(("под редакцией ", "под общей редакцией ", "ответственный редактор ", "составитель "))).put(
            join([f"{initials(p)} {p.family}" for p in record.editors], last=", "), "editor"
        )
        if rng.random() < 0.2:
            out.put(rng.choice((" [и др.]", " (отв. ред.) [и др.]")))
    elif titled:
        out.put(join([f"{initials(p)} {p.family}" for p in record.authors], last=", "), "author")
        if rng.random() < 0.4:
            out.put(" ; под редакцией ").put(f"{initials(record.editors[0])} {record.editors[0].family}", "editor")
    elif whole and rng.random() < 0.4:
        out.put(f"{first.given[0]} {first.family}")
    else:
        out.put(join([f"{initials(p)} {p.family}" for p in record.authors], last=", "))
    if record.kind in ("article", "chapter", "newspaper", "works"):
        if rng.random() < 0.3:
            out.put(". – DOI ").put(record.doi, "doi")
        before = rng.random() < 0.5
        out.put(rng.choice((". – Текст : непосредственный", ". – Текст : электронный")) if before else "").put(" // ")
        if record.kind == "article":
            out.put(record.journal, "journal").put(". – ").put(str(record.year), "date")
            if rng.random() < 0.4:
                out.put(". – Т. ").put(record.volume, "volume")
                out.put(rng.choice((", № ", ". – № "))).put(record.issue, "issue")
            else:
                out.put(". – № ").put(record.issue, "issue")
        elif record.kind == "newspaper":
            out.put(choose(rng, "newspapers", "ru"), "journal").put(". – ").put(str(record.year), "date").put(
                ". – "
            ).put(f"{record.day} {MONTHS[record.month - 1]}", "date")
        else:
            out.put(record.host, "booktitle")
            if record.kind == "chapter" and rng.random() < 0.6:
                out.put(rng.choice((" / под редакцией ", " / ответственный редактор "))).put(
                    join([f"{initials(p)} {p.family}" for p in record.editors], last=", "), "editor"
                )
            if record.kind == "works":
                out.put(". – Т. ").put(record.volume, "volume")
            out.put(". – ").put(record.place, "place").put(" : ").put(record.publisher, "publisher").put(", ").put(
                str(record.year), "date"
            )
        out.put(". – С. ").put(f"{record.first}–{record.last}", "pages").put(
            "." if before else rng.choice((".", ". – Текст : непосредственный."))
        )
        return _web(out, record, rng, 0.15)
    if rng.random() < 0.15:
        out.put(". – ").put(
            rng.choice((f"{record.edition}-е изд., перераб. и доп", f"Изд. {record.edition}-е")), "edition"
        )
    out.put(". – ").put(record.place, "place").put(" : ").put(record.publisher, "publisher").put(", ").put(
        str(record.year), "date"
    )
    out.put(". – ").put(str(record.extent), "pages").put(" с.")
    if rng.random() < 0.2:
        out.put(" – (").put(record.series, "series").put(").")
    if rng.random() < 0.4:
        out.put(" – ISBN ").put(record.isbn, "id").put(".")
    out.put(
        rng.choice(
            (
                "",
                " – Текст : непосредственный.",
                " – Текст : непосредственный.",
                " – Текст : электронный // ЭБС Лань [сайт].",
            )
        )
    )
    return _web(out, record, rng, 0.1)


def _article(out: Writer, record: Record, rng: random.Random, dash: str, latin: bool) -> Writer:
    out.put(record.journal, "journal").put(dash).put(str(record.year), "date")
    volume, number, page = ("Vol.", "No.", "P.") if latin else ("Т.", "№", rng.choice(("С.", "С.", "C.", "с.")))
    if rng.random() < 0.3 or latin:
        out.put(f"{dash}{volume} ").put(record.volume, "volume")
        out.put(rng.choice((", ", dash))).put(f"{number} ").put(record.issue, "issue")
    else:
        out.put(f"{dash}{rng.choice((number, number, 'N', 'Вып.'))} ").put(record.issue, "issue")
    if rng.random() < 0.92:
        out.put(f"{dash}{page} ").put(f"{record.first}{rng.choice('––-')}{record.last}", "pages")
    return _web(out.put("."), record, rng, 0.12)


def _newspaper(out: Writer, record: Record, rng: random.Random, dash: str) -> Writer:
    out.put(choose(rng, "newspapers", "ru"), "journal").put(dash)
    if rng.random() < 0.3:
        out.put(f"{record.day} {MONTHS[record.month - 1]} {record.year}", "date").put(rng.choice(("", " г.")))
    elif dash == ". ":
        out.put(
            f"{record.year}. {record.day} {rng.choice((MONTHS[record.month - 1], MONTHS[record.month - 1][:3]))}",
            "date",
        ).put(".")
    else:
        out.put(str(record.year), "date").put(dash).put(f"{record.day} {MONTHS[record.month - 1]}", "date").put(".")
    if rng.random() < 0.3:
        out.put(" № ").put(str(rng.randint(1, 300)), "issue").put(".")
    if rng.random() < 0.5:
        out.put(" С. ").put(str(rng.randint(1, 8)), "pages").put(".")
    return out


def _place_year(out: Writer, record: Record, rng: random.Random, *, publisher: bool, extent: bool) -> Writer:
    place = _SHORT_PLACES.get(record.place, record.place) if rng.random() < 0.8 else record.place
    if place in ("М.", "Л.") and rng.random() < 0.1:
        place = rng.choice(("М.; Л.", "М. ; Л.", "М.–Л."))
    out.put(place, "place")
    if publisher:
        out.put(rng.choice((": ", " : "))).put(record.publisher, "publisher")
    out.put(", ").put(str(record.year), "date").put(".")
    if extent:
        out.put(rng.choice((" ", " – ", " "))).put(str(record.extent), "pages").put(rng.choice((" с.", " с.", " c.")))
    return out


def _web(out: Writer, record: Record, rng: random.Random, share: float) -> Writer:
    if rng.random() < share:
        out.put(" – URL: " if "–" in out.text[-90:] else " URL: ").put(record.url, "url")
        out.put(" (дата обращения: ").put(
            f"{record.day:02d}.{record.month:02d}.{rng.randint(2005, 2023)}", "access-date"
        ).put(").")
    return out
