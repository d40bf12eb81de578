"""Invented works to render: drawn from the word stock of this folder with a seeded generator.

A record in Russian has its title in Cyrillic and in English; ``romanise`` gives the record as transliterating lists have it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_STOCK = Path(__file__).parent / "stock"
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіўєї",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y ’ e yu ya i u ie i".replace(
            "_", "”"
        ).split(),
        strict=True,
    )
)


class Person(NamedTuple):
    """A person: family name and given names."""

    family: str
    given: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """A work with all that a reference may say of it; empty strings where it has no such thing."""

    kind: str
    language: str
    authors: tuple[Person, ...]
    editors: tuple[Person, ...]
    translators: tuple[Person, ...]
    title: str
    title_en: str
    host: str
    host_en: str
    journal: str
    series: str
    series_number: str
    volume: str
    volume_name: str
    issue: str
    first: int
    last: int
    extent: int
    year: int
    month: int
    day: int
    place: str
    place_en: str
    publisher: str
    institution: str
    edition: int
    doi: str
    url: str
    isbn: str


@lru_cache(maxsize=64)
def stock(name: str) -> tuple[str, ...]:
    """The entries of a stock file: lines, or words where the file is a list of names, or parts between bars."""
    lines = [
        line for line in (_STOCK / f"{name}.txt").read_text(encoding="utf-8").split("\n") if line and line[0] != "#"
    ]
    if name.startswith(("names_", "given_")):
        return tuple(word.replace("_", " ") for line in lines for word in line.split())
    if name in ("titles_en", "titles_de", "titles_fr", "titles_it"):
        return tuple(part for line in lines for part in line.split("|"))
    return tuple(lines)


def choose(rng: random.Random, name: str, language: str = "") -> str:
    """An entry of a stock file, of one language where the file says languages."""
    entries = stock(name)
    if language:
        entries = tuple(entry[3:] for entry in entries if entry.startswith(language + "|"))
    return rng.choice(entries)


def draw_record(rng: random.Random, kind: str, language: str) -> Record:
    """A work of the kind in the language ("ru", "en", "de", "fr", "it")."""
    people = [draw_person(rng, language) for _ in range(6)]
    count = rng.choices((1, 2, 3, 4), (70, 18, 8, 4))[0]
    title, title_en = draw_title(rng, language)
    host, host_en = draw_host(rng, language)
    if kind == "works":
        host, host_en = (
            rng.choice(stock("works_ru")).split("|") if language == "ru" else (draw_works(rng, language), "")
        )
    place, place_en = (
        rng.choice(stock("places_ru")).split("|") if language == "ru" else (choose(rng, "places", language), "")
    )
    first = rng.randint(1, 620)
    return Record(
        kind=kind,
        language=language,
        authors=tuple(people[:count]) if kind != "works" else (people[0],),
        editors=tuple(people[4 : 4 + rng.choice((1, 1, 2))]),
        translators=(people[3],),
        title=title,
        title_en=title_en,
        host=host,
        host_en=host_en,
        journal=choose(rng, "journals_ru") if language == "ru" else choose(rng, "journals", language),
        series=choose(rng, "series", language),
        series_number=str(rng.randint(1, 120)),
        volume=str(rng.randint(1, 90)) if rng.random() < 0.75 else rng.choice(("I", "II", "III", "IV", "VII", "XII", "XXIV", "CXII")),
        volume_name=draw_volume_name(rng, language),
        issue=rng.choice((str(rng.randint(1, 12)), str(rng.randint(1, 12)), f"{rng.randint(1, 5)}–{rng.randint(6, 9)}", f"{rng.randint(1, 4)} ({rng.randint(20, 99)})")),
        first=first,
        last=first + rng.randint(1, 45),
        extent=rng.randint(60, 900),
        year=rng.randint(1840, 2023) if rng.random() < 0.3 else rng.randint(1920, 2021),
        month=rng.randint(1, 12),
        day=rng.randint(1, 28),
        place=place,
        place_en=place_en,
        publisher=choose(rng, "publishers_ru") if language == "ru" else choose(rng, "publishers", language),
        institution=choose(rng, "institutions", language),
        edition=rng.randint(2, 9),
        doi=f"10.{rng.randint(1000, 9999)}/{rng.choice(('s', 'kri.', 'j.', '978-3-', ''))}{rng.randint(1000, 9999999)}{rng.choice(('', '-x', '.2015.3'))}",
        url=rng.choice(
            ("https://www.jstor.org/stable/{}", "http://www.hist-centre.ru/docs/{}.htm", "https://archive.example.org/{}/index.html", "www.geschichte-online.de/{}", "https://elib.example.ru/item/{}")
        ).format(rng.randint(1000, 9999999)),
        isbn=f"978-{rng.randint(0, 9)}-{rng.randint(100, 999)}-{rng.randint(10000, 99999)}-{rng.randint(0, 9)}",
    )  # fmt: skip


def draw_person(rng: random.Random, language: str) -> Person:
    """A person with one to three given names; Russians have a patronymic."""
    family = choose(rng, f"names_{language}")
    given = choose(rng, f"given_{language}")
    if language == "ru":
        father = choose(rng, "given_ru").rstrip("аяйь")
        return Person(family, (given, father + rng.choice(("ович", "евич", "овна", "евна"))))
    more = (choose(rng, f"given_{language}"),) if rng.random() < 0.35 else ()
    return Person(family, (given, *more))


def draw_title(rng: random.Random, language: str) -> tuple[str, str]:
    """A title, and in English where it is Russian; half of them with a subtitle or a stretch of years."""
    if language == "ru":
        pattern, english = rng.choice([entry.split("|") for entry in stock("titles_ru")])
        topic, topic_en = rng.choice([entry.split("|") for entry in stock("topics_ru")])
        title, title_en = pattern.replace("{x}", topic), english.replace("{x}", topic_en)
        if rng.random() < 0.45:
            low = rng.randint(1860, 1985)
            high = low + rng.randint(2, 15)
            form = rng.choice(
                (
                    "({}–{} гг.)|({}–{})",
                    "в {}–{} гг.|in {}–{}",
                    "({}–{})|({}–{})",
                    ", {}–{}|, {}–{}",
                    "в {}–{}-е годы|in the {}–{}s",
                )
            )
            ru, en = (part.format(low, high) for part in form.split("|"))
            title, title_en = f"{title} {ru}".replace(" ,", ","), f"{title_en} {en}".replace(" ,", ",")
        return _headed(rng, title[0].upper() + title[1:], title_en[0].upper() + title_en[1:])
    pattern = rng.choice(stock(f"titles_{language}"))
    topic = choose(rng, f"topics_{language}")
    title = pattern.replace("{x}", topic)
    if rng.random() < 0.25:
        low = rng.randint(1500, 1960)
        title += rng.choice((", {}–{}", " ({}–{})", " {}–{}", " in {}")).format(low, low + rng.randint(3, 60))
    if language == "en" and rng.random() < 0.4:
        title = title[0] + title[1:].lower()
    if language == "en" and rng.random() < 0.25:
        title = f"{_catchword(rng)}: {title}"
    elif rng.random() < 0.22:
        title += rng.choice((". ", ": ", ". ", " – ")) + _subtitle(rng, language)
    return title[0].upper() + title[1:], ""


def _catchword(rng: random.Random) -> str:
    """Two words that name a book before its colon: "Broken Harvest: ..."."""
    first = (
        "Broken",
        "Silent",
        "Iron",
        "Bitter",
        "Hidden",
        "Red",
        "Divided",
        "Lost",
        "Paper",
        "Stone",
        "Northern",
        "Black",
        "Cold",
        "Second",
        "Restless",
    )
    second = (
        "Harvest",
        "Empire",
        "Frontier",
        "Markets",
        "Rivers",
        "Bread",
        "Citizens",
        "Promises",
        "Kingdom",
        "Factories",
        "Winter",
        "Machines",
        "Fields",
        "Voices",
        "Bargain",
    )
    return f"{rng.choice(first)} {rng.choice(second)}"


def _subtitle(rng: random.Random, language: str) -> str:
    subtitles = {
        "en": (
            "A Study in Decline",
            "Essays and Documents",
            "The View from the Provinces",
            "A Documentary History",
            "Selected Letters",
            "An Introduction",
        ),
        "de": (
            "Eine Fallstudie",
            "Studien und Dokumente",
            "Entstehung und Wandel",
            "Ein Überblick",
            "Politik und Gesellschaft im Umbruch",
            "Deutsche Erfahrungen im Vergleich",
        ),
        "fr": ("Essai d’interprétation", "Acteurs et enjeux", "Une histoire sociale", "Documents et commentaires"),
        "it": ("Saggi e documenti", "Un profilo storico", "Uomini e istituzioni", "Dalle origini alla guerra"),
    }
    return rng.choice(subtitles[language])


def _headed(rng: random.Random, title: str, english: str) -> tuple[str, str]:
    """Some titles begin with a quotation, name a person with initials, or have a second sentence."""
    chance = rng.random()
    if chance < 0.08:
        quote, meant = rng.choice(
            (
                ("Хлеба и мира", "Bread and peace"),
                ("Новый человек", "The new man"),
                ("Догнать и перегнать", "To catch up and overtake"),
                ("Красные директора", "Red directors"),
            )
        )
        return f"«{quote}»: {title[0].lower()}{title[1:]}", f"«{quote}»".replace(quote, meant) + f": {english}"
    if chance < 0.16:
        person = draw_person(rng, "ru")
        name = f"{person.given[0][0]}. {person.given[1][0]}. {person.family}"
        form, meant = rng.choice(
            (
                ("{} и {}", "{} and {}"),
                ("Академик {}: {}", "Academician {}: {}"),
                ("Воспоминания о {}. {}", "Memories of {}. {}"),
            )
        )
        return form.format(name, title), meant.format(latin(name), english)
    if chance < 0.22:
        second, meant = rng.choice(
            (
                ("Сборник документов", "Collection of documents"),
                ("Материалы и исследования", "Materials and studies"),
                ("Опыт исследования", "A study"),
                ("Хроника", "A chronicle"),
            )
        )
        return f"{title}. {second}", f"{english}. {meant}"
    return title, english


def draw_host(rng: random.Random, language: str) -> tuple[str, str]:
    """The title of a collection, and in English where it is Russian."""
    if language == "ru":
        host, english = rng.choice(stock("hosts_ru")).split("|")
        return host, english
    title, _ = draw_title(rng, language)
    lead = {
        "en": ("Essays on ", "Studies in ", "", ""),
        "de": ("", "Festschrift. ", ""),
        "fr": ("", "Mélanges. "),
        "it": ("", "Atti del convegno. "),
    }
    return rng.choice(lead[language]) + title, ""


def draw_works(rng: random.Random, language: str) -> str:
    """The title of collected works."""
    names = {
        "en": ("Collected Works", "Complete Works", "The Collected Writings", "Selected Works", "Works"),
        "de": ("Gesammelte Werke", "Werke", "Gesammelte Schriften", "Sämtliche Werke", "Ausgewählte Schriften"),
        "fr": ("Œuvres complètes", "Œuvres", "Écrits"),
        "it": ("Opere", "Opere complete", "Scritti", "Lettere dal carcere"),
    }
    return rng.choice(names[language])


def draw_volume_name(rng: random.Random, language: str) -> str:
    """The name of a volume of collected works: months and years, or a subject."""
    if language != "ru":
        return draw_title(rng, language)[0]
    if rng.random() < 0.5:
        months = ("январь", "март", "июнь", "июль", "октябрь", "декабрь")
        year = rng.randint(1893, 1930)
        return f"{rng.choice(months).capitalize()} – {rng.choice(months)} {year}"
    return draw_title(rng, "ru")[0]


def romanise(record: Record) -> Record:
    """The record in Latin letters, as transliterating reference lists print it."""

    def people(names: tuple[Person, ...]) -> tuple[Person, ...]:
        return tuple(Person(latin(p.family), tuple(latin(g) for g in p.given)) for p in names)

    return replace(
        record,
        authors=people(record.authors),
        editors=people(record.editors),
        translators=people(record.translators),
        title=latin(record.title),
        host=latin(record.host),
        journal=latin(record.journal),
        series=latin(record.series),
        volume_name=latin(record.volume_name),
        publisher=latin(record.publisher),
        institution=latin(record.institution),
        place=record.place_en,
    )


def latin(text: str) -> str:
    """Cyrillic letters transliterated, capitals kept.

    >>> latin("Соболь Юлия"), latin("Щербаков")
    ('Sobol’ Yuliya', 'Shcherbakov')
    """
    written = []
    for char in text:
        letters = _LATIN.get(char.lower())
        written.append(char if letters is None else letters.capitalize() if char.isupper() else letters)
    return "".join(written)
