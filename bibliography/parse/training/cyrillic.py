"""GOST R 7.0.5 (references) and GOST R 7.0.100 (records), with the freedoms that authors take: dashes, " // ", short places."""

from __future__ import annotations

import random

from bibliography.parse.training.records import Person, Record, choose
from bibliography.parse.training.writer import Writer, initials, join

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
_SHORT_PLACES = {"Москва": "М.", "Ленинград": "Л.", "Санкт-Петербург": "СПб.", "Петроград": "Пг.", "Минск": "Мн."}
_THESES = (
    "дис. ... канд. ист. наук",
    "автореф. дис. … д-ра ист. наук",
    "дис. … канд. экон. наук",
    "диссертация",
    "доклад",
)
_LONG_THESES = (
    "диссертация на соискание ученой степени кандидата исторических наук",
    "автореферат диссертации на соискание ученой степени доктора исторических наук",
    "диссертация ... кандидата экономических наук",
)
_SUBTITLES = (
    " : монография", " : учебное пособие", " : сборник документов", " : очерк", " : историко-биографический справочник",
    " : материалы Международной научной конференции, Минск, 3–5 мая 2012 г.", " : сборник статей", " : в 3 томах",
)  # fmt: skip
_TEXT = " – Текст : непосредственный."


class _Manner:
    """How one author writes: what parts the areas, how initials stand."""

    def __init__(self, rng: random.Random) -> None:
        self.dash = rng.choice((". ", ". ", ". – ", ". — ", ". - "))
        self.comma = rng.choice((" ", " ", ", "))
        self.space = rng.choice((" ", " ", ""))

    def area(self, out: Writer) -> Writer:
        """Begin the next area; a stop that stands already is not doubled."""
        return out.put(self.dash.lstrip(".") if out.text.endswith(".") else self.dash)

    def heading(self, people: tuple[Person, ...]) -> str:
        """Family names first."""
        return join([f"{p.family}{self.comma}{initials(p, '.', self.space)}" for p in people], last=", ")

    def statement(self, people: tuple[Person, ...]) -> str:
        """Initials first, as behind a slash."""
        return join([f"{initials(p, '.', self.space)} {p.family}" for p in people], last=", ")


def gost_reference(record: Record, rng: random.Random) -> Writer:
    """ "Шпотов Б. М. Американский бизнес. М.: Либроком, 2013. 320 с." """
    out, manner = Writer(), _Manner(rng)
    if rng.random() < 0.25:
        out.put(str(rng.randint(1, 150)), "citation-number").put(rng.choice((". ", " ")))
    edited = record.kind == "book" and rng.random() < 0.22
    if not edited and not (record.kind == "newspaper" and rng.random() < 0.3):
        out.put(manner.heading(record.authors), "author").put(
            rng.choice((" ", " ", " ", " ", " и др. ")) if rng.random() < 0.2 else " "
        )
    out.put(record.title, "title")
    if record.kind == "thesis":
        out.put(rng.choice((" : ", ": ", ". "))).put(rng.choice(_THESES), "genre")
        _imprint(manner.area(out), record, rng, publisher=False)
        return out.put(" ").put(str(record.extent), "pages").put(" с.")
    kinds = {"article": _article, "newspaper": _newspaper, "chapter": _chapter, "works": _works}
    if record.kind in kinds:
        kinds[record.kind](out.put(" // "), record, rng, manner)
    else:
        _book(out, record, rng, manner, edited)
    return out


def _article(out: Writer, record: Record, rng: random.Random, manner: _Manner) -> None:
    latin = record.language != "ru"
    dash = manner.dash
    out.put(record.journal, "journal").put(dash).put(str(record.year), "date")
    volume, number, page = ("Vol.", "No.", "P.") if latin else ("Т.", "№", rng.choice(("С.", "С.", "C.", "с.")))
    if rng.random() < 0.3 or latin:
        out.put(f"{dash}{volume} ").put(record.volume, "volume")
        out.put(rng.choice((", ", dash))).put(f"{number} ").put(record.issue, "issue")
    else:
        out.put(f"{dash}{rng.choice((number, number, 'N', 'Вып.'))} ").put(record.issue, "issue")
    if rng.random() < 0.92:
        out.put(f"{dash}{page} ").put(f"{record.first}{rng.choice('––-')}{record.last}", "pages")
    _web(out.put("."), record, rng, 0.12)


def _newspaper(out: Writer, record: Record, rng: random.Random, manner: _Manner) -> None:
    out.put(choose(rng, "newspapers", "ru"), "journal").put(manner.dash)
    month = MONTHS[record.month - 1]
    if rng.random() < 0.3:
        out.put(f"{record.day} {month} {record.year}", "date").put(rng.choice(("", " г.")))
    elif manner.dash == ". ":
        out.put(f"{record.year}. {record.day} {rng.choice((month, month[:3]))}", "date").put(".")
    else:
        out.put(str(record.year), "date").put(manner.dash).put(f"{record.day} {month}", "date").put(".")
    if rng.random() < 0.3:
        out.put(" № ").put(str(rng.randint(1, 300)), "issue").put(".")
    if rng.random() < 0.5:
        out.put(" С. ").put(str(rng.randint(1, 8)), "pages").put(".")


def _chapter(out: Writer, record: Record, rng: random.Random, manner: _Manner) -> None:
    out.put(record.host, "booktitle")
    if rng.random() < 0.15:
        out.put(
            rng.choice((" : сб. ст.", ": сб. науч. тр.", f" : в {rng.randint(2, 9)} т.", ": материалы конференции"))
        )
    if rng.random() < 0.5:
        out.put(rng.choice((" / под ред. ", " / отв. ред. ", " / Под ред. "))).put(
            manner.statement(record.editors), "editor"
        )
    if rng.random() < 0.3:
        out.put(" " if out.text.endswith(".") else ". ").put("Вып. ").put(str(rng.randint(1, 30)), "issue")
    _imprint(manner.area(out), record, rng, publisher=rng.random() < 0.75)
    manner.area(out).put("С. ").put(f"{record.first}–{record.last}", "pages").put(".")


def _works(out: Writer, record: Record, rng: random.Random, manner: _Manner) -> None:
    out.put(record.host, "booktitle")
    if rng.random() < 0.15:
        out.put(f" : в {rng.randint(2, 55)} т.")
    if rng.random() < 0.25:
        out.put(" " if out.text.endswith(".") else ". ").put(f"{record.edition}-е изд.", "edition")
    out.put(" " if out.text.endswith(".") else ". ").put("Т. ").put(record.volume, "volume")
    if rng.random() < 0.75:
        _imprint(manner.area(out), record, rng, publisher=rng.random() < 0.75)
    manner.area(out).put("С. ").put(f"{record.first}–{record.last}", "pages").put(".")


def _book(out: Writer, record: Record, rng: random.Random, manner: _Manner, edited: bool) -> None:
    if rng.random() < 0.15:
        more = (
            f"в {rng.randint(2, 12)} т.",
            "сб. ст.",
            "сборник документов",
            "монография",
            "материалы конференции",
            "учеб. пособие",
        )
        out.put(rng.choice((": ", " : "))).put(rng.choice(more))
    if edited:
        out.put(rng.choice((" / под ред. ", " / отв. ред. ", " / сост. "))).put(
            manner.statement(record.editors), "editor"
        )
    elif rng.random() < 0.1:
        out.put(" / пер. с англ. ").put(manner.statement(record.translators), "translator")
    if rng.random() < 0.12:
        edition = f"{record.edition}-е изд." if rng.random() < 0.6 else f"{record.edition}-е изд., испр. и доп."
        manner.area(out).put(edition, "edition")
    volume = rng.random()
    if volume < 0.2:
        out.put(" " if out.text.endswith(".") else ". ").put(rng.choice(("Т. ", "Ч. ", "Кн. "))).put(
            record.volume, "volume"
        )
    _imprint(manner.area(out), record, rng, publisher=rng.random() < 0.8)
    if volume > 0.88:
        out.put(rng.choice((" Т. ", " Ч. "))).put(record.volume, "volume").put(".")
    chance = rng.random()
    if chance < 0.5:
        out.put(rng.choice((" ", " – "))).put(str(record.extent), "pages").put(rng.choice((" с.", " с.", " c.")))
    elif chance < 0.85:
        out.put(rng.choice((" С. ", " C. ", " с. "))).put(
            str(record.first) if rng.random() < 0.6 else f"{record.first}–{record.last}", "pages"
        ).put(".")


def _imprint(out: Writer, record: Record, rng: random.Random, *, publisher: bool) -> None:
    place = _SHORT_PLACES.get(record.place, record.place) if rng.random() < 0.8 else record.place
    if place in ("М.", "Л.") and rng.random() < 0.1:
        place = rng.choice(("М.; Л.", "М. ; Л.", "М.–Л."))
    out.put(place, "place")
    if publisher:
        out.put(rng.choice((": ", " : "))).put(record.publisher, "publisher")
    out.put(", ").put(str(record.year), "date").put(".")


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
        _record_thesis(out, record, rng)
    elif record.kind in ("article", "chapter", "newspaper", "works"):
        out.put(" / ").put(_statement(record))
        _record_part(out, record, rng)
    else:
        out.put(rng.choice(_SUBTITLES) if rng.random() < 0.5 else "").put(" / ")
        _responsibility(out, record, rng, edited=edited, titled=titled, whole=whole)
        _record_book(out, record, rng)
    return out


def _statement(record: Record) -> str:
    return join([f"{initials(p)} {p.family}" for p in record.authors], last=", ")


def _responsibility(
    out: Writer, record: Record, rng: random.Random, *, edited: bool, titled: bool, whole: bool
) -> None:
    editors = join([f"{initials(p)} {p.family}" for p in record.editors], last=", ")
    if edited:
        roles = (
            "под редакцией ",
            "под общей редакцией ",
            "ответственный редактор ",
            "составитель ",
            "под ред. ",
            "редколлегия: ",
        )
        out.put(rng.choice(roles)).put(editors, "editor")
        if rng.random() < 0.2:
            out.put(rng.choice((" [и др.]", " (отв. ред.) [и др.]")))
    elif titled:
        out.put(_statement(record), "author")
        if rng.random() < 0.4:
            out.put(" ; под редакцией ").put(editors, "editor")
    elif whole and rng.random() < 0.4:
        out.put(f"{record.authors[0].given[0]} {record.authors[0].family}")
    else:
        out.put(_statement(record))


def _record_thesis(out: Writer, record: Record, rng: random.Random) -> None:
    if rng.random() < 0.5:
        out.put(rng.choice((" : специальность 07.00.02 «Отечественная история»", " : 07.00.03 – Всеобщая история")))
    first = record.authors[0]
    out.put(" : ").put(rng.choice(_LONG_THESES), "genre").put(f" / {first.family} {' '.join(first.given)} ; ")
    out.put(record.institution, "institution").put(". – ").put(record.place, "place").put(", ").put(
        str(record.year), "date"
    )
    out.put(". – ").put(str(record.extent), "pages").put(" с.").put(rng.choice(("", _TEXT)))


def _record_part(out: Writer, record: Record, rng: random.Random) -> None:
    if rng.random() < 0.3:
        out.put(". – DOI ").put(record.doi, "doi")
    before = rng.random() < 0.5
    out.put(rng.choice((". – Текст : непосредственный", ". – Текст : электронный")) if before else "").put(" // ")
    if record.kind == "article":
        out.put(record.journal, "journal").put(". – ").put(str(record.year), "date")
        if rng.random() < 0.4:
            out.put(". – Т. ").put(record.volume, "volume").put(rng.choice((", № ", ". – № ")))
        else:
            out.put(". – № ")
        out.put(record.issue, "issue")
    elif record.kind == "newspaper":
        out.put(choose(rng, "newspapers", "ru"), "journal").put(". – ").put(str(record.year), "date")
        out.put(". – ").put(f"{record.day} {MONTHS[record.month - 1]}", "date")
    else:
        out.put(record.host, "booktitle")
        if record.kind == "works":
            out.put(". – Т. ").put(record.volume, "volume")
        elif rng.random() < 0.6:
            editors = join([f"{initials(p)} {p.family}" for p in record.editors], last=", ")
            out.put(rng.choice((" / под редакцией ", " / ответственный редактор "))).put(editors, "editor")
        out.put(". – ").put(record.place, "place").put(" : ").put(record.publisher, "publisher").put(", ").put(
            str(record.year), "date"
        )
    out.put(". – С. ").put(f"{record.first}–{record.last}", "pages").put(
        "." if before else rng.choice((".", "." + _TEXT))
    )
    _web(out, record, rng, 0.15)


def _record_book(out: Writer, record: Record, rng: random.Random) -> None:
    if rng.random() < 0.15:
        out.put(". – ").put(
            rng.choice((f"{record.edition}-е изд., перераб. и доп", f"Изд. {record.edition}-е")), "edition"
        )
    out.put(". – ").put(record.place, "place").put(" : ")
    out.put(record.publisher + (f" : {choose(rng, 'publishers_ru')}" if rng.random() < 0.05 else ""), "publisher")
    out.put(", ").put(str(record.year), "date").put(". – ").put(str(record.extent), "pages").put(" с.")
    if rng.random() < 0.2:
        out.put(" – (").put(record.series, "series").put(").")
    if rng.random() < 0.4:
        out.put(" – ISBN ").put(record.isbn, "id").put(".")
    out.put(rng.choice(("", _TEXT, _TEXT, " – Текст : электронный // ЭБС Лань [сайт].")))
    _web(out, record, rng, 0.1)


def _web(out: Writer, record: Record, rng: random.Random, share: float) -> None:
    if rng.random() < share:
        out.put(" – URL: " if "–" in out.text[-90:] else " URL: ").put(record.url, "url")
        accessed = f"{record.day:02d}.{record.month:02d}.{rng.randint(2005, 2023)}"
        out.put(" (дата обращения: ").put(accessed, "access-date").put(").")
