"""Dates of entries: BibTeX's year and month, BibLaTeX's date, and dates as references print them, to CSL's date-parts; and back.

>>> read_printed_date("14 марта 1927 г.", "issued")
{'issued': {'date-parts': [[1927, 3, 14]]}}
>>> read_date("2013-09/2014"), read_date("1984b"), read_date("n.d.")
({'date-parts': [[2013, 9], [2014]]}, {'date-parts': [[1984]], 'suffix': 'b'}, {'literal': 'n.d.'})
"""

from __future__ import annotations

import re
from typing import Any

from bibliography.edtf import SEASON, read_edtf

CslDate = dict[str, Any]

MONTH_KEYS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The beginnings of the months' names in the languages of reference lists, January first.
_MONTHS = (
    ("jan", "januar", "janv", "gen", "ene", "stycz", "січ", "янв", "студз", "yanv", "jän"),
    ("feb", "fév", "fev", "lut", "лют", "фев", "fevr"),
    ("mar", "mär", "maer", "берез", "март", "сакав"),
    ("apr", "avr", "abr", "kwie", "квіт", "апр", "красав"),
    ("may", "mai", "mag", "maj", "травень", "травн", "мая", "май", "mei"),
    ("jun", "juin", "giu", "czerw", "черв", "июн", "чэрв", "iyun"),
    ("jul", "juil", "lug", "lip", "лип", "июл", "ліп", "iyul"),
    ("aug", "aoû", "aou", "ago", "sierp", "серп", "авг", "жнів", "avg"),
    ("sep", "set", "wrze", "верес", "сент", "верас", "sent"),
    ("oct", "okt", "ott", "out", "paźdz", "жовт", "окт", "кастр"),
    ("nov", "lis", "нояб", "листоп", "ліст", "noyab"),
    ("dec", "dez", "déc", "dic", "grud", "груд", "дек", "снеж", "dek"),
)
_SEASONS = {
    "spring": 1,
    "summer": 2,
    "autumn": 3,
    "fall": 3,
    "winter": 4,
    "printemps": 1,
    "été": 2,
    "hiver": 4,
    "frühjahr": 1,
    "sommer": 2,
    "herbst": 3,
}
_PRINTED_YEARS = re.compile(
    r"(?<!\d)(?P<first>1[0-9]\d\d|20\d\d)(?:\s?(?:--?|[‐‑‒–—/])\s?(?P<last>1[0-9]\d\d|20\d\d|\d\d)(?!\d))?(?P<suffix>[a-z](?![^\W\d_]))?"
)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")  # "10.06.2023"
_LETTERS = re.compile(r"[^\W\d_]+")
_DAY_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_DAY = re.compile(
    r"(?P<year>-?\d{1,4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?(?P<mark>[~?%]?)"
)  # "1917-10-25", "1917~"
_YEAR = re.compile(r"(?P<year>\d{4})(?P<suffix>[a-z]?)")  # "1984b"
_YEARS = re.compile(r"(?P<first>\d{4})\s*(?:--?|[–—/])\s*(?P<last>\d{2,4})")  # "1933--1936", "1933/34"


def read_date(written: str) -> CslDate:
    """The date of a BibLaTeX ``date`` or a BibTeX ``year``; what is neither stays as ``literal``."""
    text = written.strip()
    if SEASON.fullmatch(text):
        return read_edtf(text) or {}
    if found := _YEAR.fullmatch(text):
        date: CslDate = {"date-parts": [[int(found["year"])]]}
        return date | ({"suffix": found["suffix"]} if found["suffix"] else {})
    sides = [_DAY.fullmatch(side.strip()) for side in text.split("/")]
    if 1 <= len(sides) <= 2 and all(sides) and not (len(sides) == 2 and _YEARS.fullmatch(text) and len(text) == 7):
        found_sides = [side for side in sides if side is not None]
        date = {"date-parts": [_parts(side) for side in found_sides]}
        return date | ({"circa": True} if any(side["mark"] for side in found_sides) else {})
    if years := _YEARS.fullmatch(text):
        first, last = years["first"], years["last"]
        return {"date-parts": [[int(first)], [int(first[: 4 - len(last)] + last)]]}
    return read_edtf(text) or {"literal": text}


def read_year_month(year: str, month: str | None, day: str | None = None) -> CslDate:
    """The date of classic BibTeX's fields; a month that is no month is left out."""
    date = read_date(year)
    number = month_number(month) if month else None
    parts = date.get("date-parts")
    if number and parts and len(parts) == 1 and len(parts[0]) == 1:
        days = [int(day)] if day and day.isdigit() and 1 <= int(day) <= 31 else []
        date = date | {"date-parts": [[*parts[0], number, *days]]}
    return date


def read_printed_date(printed: str, variable: str) -> dict[str, Any]:
    """The date of a reference as ``{variable: date}``; a letter behind the year goes into ``year-suffix``.

    >>> read_printed_date("March 14, 1929", "issued"), read_printed_date("1926. 19 марта", "issued")
    ({'issued': {'date-parts': [[1929, 3, 14]]}}, {'issued': {'date-parts': [[1926, 3, 19]]}})
    >>> read_printed_date("1896–99", "issued"), read_printed_date("1984b", "issued")
    ({'issued': {'date-parts': [[1896], [1899]]}}, {'issued': {'date-parts': [[1984]]}, 'year-suffix': 'b'})
    >>> read_printed_date("Winter 2014", "issued"), read_printed_date("n.d.", "issued")
    ({'issued': {'date-parts': [[2014]], 'season': 4}}, {'issued': {'literal': 'n.d.'}})
    """
    text = " ".join(printed.split())
    if (dotted := _DOTTED.search(text)) and 0 < int(dotted["month"]) <= 12 and 0 < int(dotted["day"]) <= 31:
        return {variable: {"date-parts": [[int(dotted["year"]), int(dotted["month"]), int(dotted["day"])]]}}
    years = _PRINTED_YEARS.search(text)
    if years is None:
        return {variable: {"literal": text}} if text else {}
    year = int(years["first"])
    if years["last"]:
        last = int(years["first"][: 4 - len(years["last"])] + years["last"])
        return {variable: {"date-parts": [[year], [last]] if last > year else [[year]]}}
    rest = f"{text[: years.start()]} {text[years.end() :]}"
    words = [word.lower() for word in _LETTERS.findall(rest)]
    month = next((n for word in words if len(word) > 2 and (n := month_number(word))), None)
    day = _DAY_NUMBER.search(rest) if month else None
    date: CslDate = {
        "date-parts": [[year, *([month] if month else []), *([int(day[0])] if day and 0 < int(day[0]) < 32 else [])]]
    }
    if not month and (season := next((_SEASONS[word] for word in words if word in _SEASONS), None)):
        date["season"] = season
    found: dict[str, Any] = {variable: date}
    return found | ({"year-suffix": years["suffix"]} if years["suffix"] and variable == "issued" else {})


def month_number(written: str) -> int | None:
    """1 to 12 for "mar", "March", "März", "марта", "3"; None for anything else."""
    text = written.strip(" {}.").lower()
    if text.isdecimal():
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    return next((n for n, names in enumerate(_MONTHS, 1) if text.startswith(names)), None)


def write_date(date: CslDate) -> dict[str, str]:
    """The BibTeX fields of a CSL date: ``year`` (and ``month``) where they say it all, else ``date``."""
    if date.get("edtf"):
        return {"date": str(date["edtf"])}
    sides = [list(side) for side in date.get("date-parts") or [] if side]
    if sides and date.get("season") in (1, 2, 3, 4):
        return {"date": f"{int(sides[0][0]):04d}-2{date['season']}"}
    if not sides:
        return {"year": str(date["literal"])} if date.get("literal") else {}
    if date.get("circa") or len(sides) > 1 or len(sides[0]) > 2 or not 0 < int(sides[0][0]) <= 9999:
        mark = "~" if date.get("circa") else ""
        return {"date": "/".join(_iso(side) + mark for side in sides[:2])}
    fields = {"year": f"{int(sides[0][0])}{date.get('suffix', '')}"}
    if len(sides[0]) == 2:
        fields["month"] = MONTH_KEYS[(int(sides[0][1]) - 1) % 12]
    return fields


def _parts(found: re.Match[str]) -> list[int]:
    parts = [int(found["year"])]
    for name, highest in (("month", 12), ("day", 31)):
        if found[name] is None or not 1 <= int(found[name]) <= highest:
            break
        parts.append(int(found[name]))
    return parts


def _iso(side: list[Any]) -> str:
    year, *rest = (int(part) for part in side)
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest)])
