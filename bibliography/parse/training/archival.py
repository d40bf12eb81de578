"""Archival references, laws and letters: shelfmarks of Russian, German, French, Italian, British and American archives."""

from __future__ import annotations

import random

from bibliography.parse.training.cyrillic import MONTHS as RU_MONTHS
from bibliography.parse.training.parts import MONTHS
from bibliography.parse.training.records import Record, latin
from bibliography.parse.training.writer import Writer, initials

_RUSSIAN = (
    "РГАНИ", "РГИА", "РГВА", "ЦГАИПД СПб", "ЦГА СПб", "РГАЭ", "ГАРФ", "РГАСПИ", "АВПРФ", "ЦХИДК", "ГАСО", "ГАПК", "ЦГИА СПб", "РЦХИДНИ", "ОГАЧО",
    "НАРБ", "Государственный архив Пермского края", "Центральный государственный архив Москвы", "Российский государственный исторический архив (РГИА)",
    "Государственный архив Российской Федерации", "Российский государственный архив экономики (РГАЭ)", "Архив РАН", "НИОР РГБ", "ЦДАВО України", "Державний архів Харківської області", "ЦДІА України", "Архив Президента РФ", "Архив внешней политики Российской империи", "Государственный архив Минской области",
)  # fmt: skip
_BRITISH = (
    "TNA",
    "The National Archives",
    "National Archives, Kew",
    "PRO",
    "TNA: PRO",
    "The National Archives (TNA), London",
    "UK National Archives",
)
_AMERICAN = (
    "NARA",
    "National Archives",
    "U.S. National Archives, Washington, DC",
    "National Archives and Records Administration",
    "National Archives II, College Park",
    "NACP",
)
_GERMAN = (
    "Bundesarchiv Koblenz",
    "Bundesarchiv",
    "BArch",
    "BA Berlin",
    "PA AA",
    "Politisches Archiv des Auswärtigen Amtes",
    "Hauptstaatsarchiv Stuttgart",
    "Staatsarchiv Hamburg",
    "GStA PK",
    "Landesarchiv Berlin",
    "Historisches Archiv Krupp",
    "Stadtarchiv München",
)
_FRENCH = (
    "AN",
    "Archives nationales",
    "Archives nationales de France",
    "AMAE",
    "Archives départementales du Nord",
    "SHD",
    "Archives de la Banque de France",
    "Archives diplomatiques, Nantes",
)
_ITALIAN = (
    "ASV",
    "Archivio di Stato di Firenze",
    "ASF",
    "Archivio di Stato di Milano",
    "ACS",
    "Archivio Segreto Vaticano",
    "ASMAE",
    "Biblioteca Nazionale Marciana",
    "Archivio di Stato di Genova",
)
_LIBRARIES = (
    "Hoover Institution Archives",
    "Library of Congress",
    "Bodleian Library, Oxford",
    "Cambridge University Library",
    "Houghton Library, Harvard University",
    "Rockefeller Archive Center",
    "Columbia University, Rare Book and Manuscript Library",
    "LSE Archives",
    "British Library",
    "Bank of England Archive",
    "Churchill Archives Centre",
    "IISH, Amsterdam",
    "Bakhmeteff Archive",
    "Hagley Museum and Library",
    "Wisconsin State Archives, Madison",
    "Archiwum Akt Nowych (AAN)",
    "Österreichisches Staatsarchiv, Wien",
    "National Archives of Scotland",
)
_PAPERS = ("{} Papers", "{} Collection", "Papers of {}", "{} family papers")
_ACTS = {
    "en": ("Railways Act {}", "Emergency Tariff Act of {}", "Gold and Silver (Export Control) Act, {}", "Banking Act of {}", "Representation of the People Act {}"),
    "de": ("Gesetz zur Ordnung der nationalen Arbeit", "Verordnung über die Devisenbewirtschaftung", "Reichsbankgesetz", "Gesetz über den Reichswirtschaftsrat"),
    "fr": ("Loi sur les assurances sociales", "Décret relatif au commerce extérieur", "Loi du 18 août"),
    "ru": ("О порядке регистрации обществ", "О налоге с оборота", "О мерах по развитию кооперации", "О государственной монополии внешней торговли", "О едином сельскохозяйственном налоге"),
}  # fmt: skip
_DE_FR_LETTERS = {
    "de": ("Aufzeichnung {}", "Bericht {}", "Niederschrift", "Vermerk"),
    "fr": ("note de la direction politique", "rapport du préfet", "dépêche"),
    "it": ("relazione del prefetto", "lettera"),
}
_RU_LETTERS = (
    "Письмо {} в ЦК",
    "Протокол заседания правления",
    "Стенограмма совещания",
    "Докладная записка",
    "Отчет о командировке",
    "Справка о работе треста",
)
_EN_LETTERS = (
    "Memorandum on credits",
    "Report on trade conditions",
    "Minutes of the meeting",
    "Despatch no. {n}",
    "Memorandum of conversation",
    "Annual report",
    "Diary",
)


def russian_archive(record: Record, rng: random.Random) -> Writer:
    """ "РГАСПИ. Ф. 17. Оп. 3. Д. 761. Л. 4." and its transliterations."""
    out = Writer()
    cyrillic = rng.random() < 0.55
    archive = rng.choice(_RUSSIAN)
    _russian_letter(out, record, rng, cyrillic)
    out.put(archive if cyrillic else latin(archive), "archive")
    sep = rng.choice((". ", ". ", ", ")) if cyrillic else rng.choice((", ", ", ", ". "))
    parts = _russian_mark(rng, cyrillic, upper=sep == ". ")
    out.put(sep if rng.random() < 0.95 else " ").put(sep.join(parts), "shelfmark")
    return out.put("" if out.text.endswith(".") else ".")


def _russian_letter(out: Writer, record: Record, rng: random.Random, cyrillic: bool) -> None:
    """In one of four: whose letter it is that lies there, with its day."""
    person = record.authors[0]
    lead = rng.random()
    if lead < 0.25:
        letter = rng.choice(_RU_LETTERS).format(person.family)
        day = (
            f"{record.day} {RU_MONTHS[record.month - 1]} {record.year} г."
            if cyrillic
            else f"{record.day} {MONTHS['en'][record.month - 1]} {record.year}"
        )
        if lead < 0.08:
            out.put(
                f"{person.family} {initials(person)}" if cyrillic else latin(f"{person.family} {initials(person)}"),
                "author",
            ).put(" ")
        out.put(letter if cyrillic else latin(letter), "title").put(rng.choice((". ", ", ")) if cyrillic else ", ").put(
            day, "date"
        )
        out.put(" // " if cyrillic else rng.choice((", ", " // ", ". ")))


def _russian_mark(rng: random.Random, cyrillic: bool, upper: bool) -> list[str]:
    """Fond, opis, delo and list, as "Ф. 17", "Оп. 3", "Д. 761", "Л. 4"."""
    upper = upper or rng.random() < 0.2
    words = (
        ("ф.", "оп.", "д.", "л.")
        if cyrillic
        else rng.choice(
            (
                ("f.", "op.", "d.", "l."),
                ("f.", "op.", "d.", "l."),
                ("fond", "opis’", "delo", "list"),
                ("fond", "op.", "d.", "l."),
            )
        )
    )
    if upper:
        words = (words[0].capitalize(), words[1].capitalize(), words[2].capitalize(), words[3].capitalize())
    fond = rng.choice(
        (str(rng.randint(1, 9500)), str(rng.randint(1, 800)), f"{rng.choice('РПR')}-{rng.randint(1, 9000)}")
    )
    fond = fond if cyrillic else latin(fond)
    parts = [
        f"{words[0]} {fond}",
        f"{words[1]} {rng.randint(1, 180)}{rng.choice(('', '', '', 'а' if cyrillic else 'a'))}",
        f"{words[2]} {rng.randint(1, 4000)}",
    ]
    sheet = str(rng.randint(1, 300))
    form = rng.random()
    if form < 0.35:
        sheet += rng.choice(("–", "-")) + str(int(sheet) + rng.randint(1, 8))
    elif form < 0.5:
        sheet += ", " + str(int(sheet) + rng.randint(2, 20))
    elif form < 0.65:
        sheet += " об." if cyrillic else "ob"
    if rng.random() < 0.9:
        plural = not cyrillic and ("–" in sheet or "," in sheet) and len(words[3]) < 3
        parts.append(f"{words[3][0] + words[3] if plural else words[3]} {sheet}")
    if rng.random() < 0.06:
        parts.insert(2, f"{'П' if cyrillic else 'p'}. {rng.randint(1, 200)}")
    return parts


def western_archive(record: Record, rng: random.Random) -> Writer:
    """ "TNA, FO 371/11796, N 2241/387/38", "NARA, RG 59, box 4538", "BArch, R 43-I/137, Bl. 45", "ASV, Senato, reg. 14, c. 87v"."""
    out = Writer()
    country = rng.choice(("uk", "us", "de", "fr", "it", "lib", "lib"))
    language = country if country in ("de", "fr", "it") else "en"
    person = record.authors[0]
    lead = rng.random()
    if lead < 0.18:
        out.put(
            rng.choice(
                (
                    person.family,
                    f"{' '.join(person.given[:1])} {person.family}",
                    f"{person.given[0]} {person.family[0]}. {person.family}",
                )
            ),
            "author",
        ).put({"de": " an ", "fr": " à ", "it": " a "}.get(language, " to "))
        out.put(
            rng.choice((record.editors[0].family, record.editors[0].family, "Foreign Office", "the Secretary of State"))
            if language == "en"
            else record.editors[0].family,
            "contributor",
        ).put(", ").put(_day(record, rng, language), "date").put(", ")
    elif lead < 0.4 and language == "en":
        out.put(rng.choice(_EN_LETTERS).format(n=rng.randint(10, 900)), "title").put(", ").put(
            _day(record, rng, language), "date"
        ).put(", ")
    archive, mark = _mark(record, rng, country)
    reverse = country in ("us", "lib") and rng.random() < 0.35
    papers = rng.choice(_PAPERS).format(f"{' '.join(person.given[:1])} {person.family}") if country == "lib" else ""
    if papers and not out.text:
        out.put(papers, "title") if reverse else None
    if reverse:
        out.put(", " if out.text and not out.text.endswith(", ") else "").put(mark, "shelfmark").put(", ").put(
            archive, "archive"
        )
    else:
        out.put(archive, "archive").put(", ")
        if papers:
            out.put(papers, "title" if lead >= 0.4 or language != "en" else "note").put(", ")
        out.put(mark, "shelfmark")
        if lead > 0.78:
            letters = _DE_FR_LETTERS.get(language, (*_EN_LETTERS, "memorandum by {}", "“{}”"))
            title = rng.choice(letters).format(record.editors[0].family, n=rng.randint(1, 99))
            quoted = title.startswith("“")
            out.put(", " + "“" * quoted).put(title.strip("“”"), "title" if not papers else "note").put("”" * quoted)
            if not quoted:
                out.put(", ").put(_day(record, rng, language), "date")
    return out.put(".")


def law(record: Record, rng: random.Random) -> Writer:
    """Laws and decrees as footnotes name them."""
    out = Writer()
    language = rng.choice(("en", "de", "fr", "ru", "ru"))
    if language == "ru":
        out.put(
            rng.choice(
                (
                    "Постановление СНК СССР",
                    "Декрет ВЦИК",
                    "Декрет СНК РСФСР",
                    "Постановление ЦК ВКП(б)",
                    "Федеральный закон",
                    "Указ Президента РФ",
                )
            ),
            "genre",
        )
        out.put(" от ").put(f"{record.day} {RU_MONTHS[record.month - 1]} {record.year} г.", "date").put(" «").put(
            rng.choice(_ACTS["ru"]), "title"
        ).put("»")
        if rng.random() < 0.7:
            out.put(" // ").put(
                rng.choice(("Собрание законов СССР", "СЗ СССР", "СУ РСФСР", "Собрание законодательства РФ")), "journal"
            ).put(". ").put(str(record.year), "date")
            out.put(". № ").put(str(rng.randint(1, 90)), "issue").put(". Ст. ").put(str(rng.randint(1, 900)), "pages")
        return out.put(".")
    title = rng.choice(_ACTS[language]).format(record.year)
    out.put(title, "title")
    if language == "de":
        out.put(" vom ").put(f"{record.day}. {MONTHS['de'][record.month - 1]} {record.year}", "date").put(
            rng.choice((", ", " ("))
        ).put(rng.choice(("RGBl.", "BGBl.")), "journal").put(" I", "volume").put(" S. ").put(str(record.first), "pages")
        return out.put(")" if "(" in out.text and ")" not in out.text else "")
    if language == "fr":
        return (
            out.put(", ")
            .put("Journal officiel", "journal")
            .put(", ")
            .put(f"{record.day} {MONTHS['fr'][record.month - 1]} {record.year}", "date")
            .put(", p. ")
            .put(str(record.first), "pages")
            .put(".")
        )
    if rng.random() < 0.5:
        out.put(", ").put(f"{rng.randint(30, 60)}", "volume").put(" ").put("Stat.", "journal").put(" ").put(
            str(record.first), "pages"
        ).put(" (").put(str(record.year), "date").put(")")
    else:
        out.put(f", {rng.randint(1, 20)} Geo. 5, c. {rng.randint(1, 60)}")
    return out.put(".")


def _day(record: Record, rng: random.Random, language: str) -> str:
    if language == "de":
        return rng.choice(
            (
                f"{record.day}.{record.month}.{record.year}",
                f"{record.day}. {MONTHS['de'][record.month - 1]} {record.year}",
            )
        )
    month = MONTHS[language][record.month - 1]
    if language == "en" and rng.random() < 0.4:
        return f"{month} {record.day}, {record.year}"
    return f"{record.day} {month} {record.year}"


def _mark(record: Record, rng: random.Random, country: str) -> tuple[str, str]:
    """An archive of a country and a shelfmark as it writes them; the three numbers are small, large and small."""
    numbers = rng.randint(1, 900), rng.randint(1, 25000), rng.randint(1, 300)
    return _MARKS.get(country, _library_mark)(record, rng, *numbers)


def _british_mark(record: Record, rng: random.Random, a: int, b: int, c: int) -> tuple[str, str]:
    group = rng.choice(("FO", "CAB", "T", "BT", "WO", "HO", "PREM", "CO", "ADM", "MAF"))
    more = rng.choice(
        (
            "",
            f", N {rng.randint(100, 9999)}/{rng.randint(10, 999)}/38",
            f", f. {c}",
            f", CP {c} ({record.year % 100})",
            f", fols. {c}–{c + 4}",
        )
    )
    return rng.choice(_BRITISH), f"{group} {a}/{b}{more}"


def _american_mark(record: Record, rng: random.Random, a: int, b: int, c: int) -> tuple[str, str]:
    more = rng.choice(
        (
            f", box {c}",
            f", box {c}, folder {rng.randint(1, 40)}",
            f", 861.{rng.randint(10, 99)}/{a}",
            f", entry {a}, box {c}",
            f", M316, roll {c}",
            f", Decimal File {a}.00/{c}",
        )
    )
    return rng.choice(_AMERICAN), rng.choice(
        (f"RG {rng.randint(10, 480)}{more}", f"Record Group {rng.randint(10, 480)}{more}")
    )


def _german_mark(record: Record, rng: random.Random, a: int, b: int, c: int) -> tuple[str, str]:
    more = rng.choice((f", Bl. {c}", f", Bl. {c}–{c + 3}", f", fol. {c}", "", f", Bd. {rng.randint(1, 9)}"))
    return rng.choice(_GERMAN), rng.choice(
        (
            f"R {a}/{b}",
            f"N {b}/{rng.randint(1, 90)}",
            f"Rep. {a}, Nr. {b}",
            f"R {b}",
            f"NS {rng.randint(1, 50)}/{a}",
            f"E {rng.randint(10, 99)}, Bü {a}",
            f"NL {record.authors[0].family}, Nr. {c}",
        )
    ) + more


def _french_mark(record: Record, rng: random.Random, a: int, b: int, c: int) -> tuple[str, str]:
    more = rng.choice(("", f", fol. {c}", f", f° {c}", f", dossier {rng.randint(1, 20)}"))
    return rng.choice(_FRENCH), rng.choice(
        (
            f"F/{rng.randint(7, 30)}/{b}",
            f"F7 {b}",
            f"{rng.randint(1, 90)} AP {c}",
            f"BB/18/{b}",
            f"série Z, URSS, vol. {a}",
            f"M {a}",
            f"7N {b}",
        )
    ) + more


def _italian_mark(record: Record, rng: random.Random, a: int, b: int, c: int) -> tuple[str, str]:
    more = rng.choice(
        (f", c. {c}r", f", c. {c}v", f", cc. {c}r-{c + 2}v", f", fasc. {rng.randint(1, 30)}", f", f. {c}")
    )
    return rng.choice(_ITALIAN), rng.choice(
        (
            f"Senato, Terra, reg. {rng.randint(1, 90)}",
            f"Consiglio dei Dieci, b. {c}",
            f"Notarile, Testamenti, b. {a}",
            f"Mediceo del Principato, filza {a}",
            f"PNF, b. {c}",
            f"MI, DGPS, {record.year}, b. {rng.randint(1, 99)}",
        )
    ) + more


def _library_mark(record: Record, rng: random.Random, a: int, b: int, c: int) -> tuple[str, str]:
    more = rng.choice(
        (
            f"box {rng.randint(1, 99)}, folder {rng.randint(1, 40)}",
            f"box {rng.randint(1, 99)}",
            f"Box {rng.randint(1, 99)}, Folder {rng.randint(1, 60)}",
            f"MS {b}, fols. {c}r–{c + 1}v",
            f"Add. MS {b}, f. {c}",
            f"MSS Eng. hist. c. {a}",
            f"OV {rng.randint(1, 120)}/{rng.randint(1, 90)}",
            f"carton {rng.randint(1, 20)}",
            f"folder {rng.randint(1, 30)}, box {rng.randint(1, 30)}",
            f"Acc. {a}, box {c}",
            f"MSZ, sygn. {b}, k. {c}–{c + 3}",
            f"AdR, Kt. {a}, fol. {c}",
        )
    )
    return rng.choice(_LIBRARIES), more


_MARKS = {"uk": _british_mark, "us": _american_mark, "de": _german_mark, "fr": _french_mark, "it": _italian_mark}
