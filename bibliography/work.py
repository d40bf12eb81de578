"""A work folded for comparing: words as codes in which scripts and romanisations meet, names with all their forms.

>>> item = {"author": [{"non-dropping-particle": "van der", "family": "Wurff", "given": "W."}],
...         "title": "Syntax: A Study", "issued": {"date-parts": [[1998]]}}
>>> work = work_of(item, "wurff")
>>> work.main, work.year, work.people[0].families
('sintaH', 1998, ('wurff', 'vanderwurff', 'van der wurff'))
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from bibliography.names import fold_name, particle
from bibliography.transliterate import name_keys, word_code
from schemas.records import CslItem

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼʹʺ`´\u0361\ufe20\ufe21\u0300-\u036f]+[^\W\d_]*)*|\d+")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\s+(?=[^\W\d_])")  # "expres- sion", a line's end
_MAIN_END = re.compile(r"[:.?!]\s|\s[–—]\s")
_QUOTED = re.compile(r"(?:^|[,.:)\d]\s*)[“\"‘«„'](?=\w)")  # a title in quotation marks, not a word inside a title
_SHORT = re.compile(r"[^,\d]{2,60},\s+(?P<title>[^\d(]{3,200}?)[\s,.:;”\"»’]*(?:\(|\d|$|\b(?:pp?|S|[SsСс])\.)")
LONGEST_SHORT = 20  # words of a short form with everything that it may have
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

# Words that join others, and words that a reference has for its form: they say nothing of which work is meant.
FORM_WORDS = frozenset(
    """the a an of and in on for to from by with at as is or der die das und von im zu zur zum den dem des ein eine le la
    les l un une du de d et en dans sur pour il lo gli i e di del della dei y el los las o v vo na k s iz po ob dlia ot
    ed eds edited hrsg hg dir sous in vol vols volume band bd tom t vyp no nr n pp p pages s seiten c ch chap chapter
    edition aufl auflage izd ed press verlag university publishing publisher izdatelstvo et al others and same id see cf
    url doi http https www org com accessed online internet available retrieved phd thesis dissertation""".split()
)


class WorkPerson(NamedTuple):
    """A person folded for comparing: the ways to write the family name, their codes, and the given name as written."""

    families: tuple[str, ...]
    keys: frozenset[str]
    given: str


class Work(NamedTuple):
    """A CSL item folded for comparing. ``title`` and ``container`` are coded words with spaces, ``main`` the part before
    the colon; ``numbers`` the numerals of the title; ``rest`` the coded words of publisher, place and series; ``words`` every coded
    word and name, ``starts`` their first four letters."""

    key: str
    kind: str
    title: str
    main: str
    others: tuple[str, ...]
    numbers: frozenset[int]
    people: tuple[WorkPerson, ...]
    editors: tuple[WorkPerson, ...]
    year: int | None
    volume: str
    issue: str
    edition: str
    pages: tuple[int, int] | None
    container: str
    rest: frozenset[str]
    doi: str
    words: frozenset[str]
    starts: frozenset[str]


class Statement(NamedTuple):
    """What stands in a source: its parsed work, and the whole string as coded words (``telling`` those that say which work is
    meant), codes of names (``named``: word by word
    without words of the form; ``opening``: of its first three words) and numbers;
    ``quoted`` where a title stands in quotation marks, as those of articles and chapters do; ``short_title`` what stands
    between the name and the numbers of a string that is no longer than a short form."""

    work: Work
    words: tuple[str, ...]
    telling: tuple[str, ...]
    names: frozenset[str]
    named: tuple[frozenset[str], ...]
    opening: frozenset[str]
    numbers: frozenset[int]
    years: frozenset[int]
    quoted: bool
    short_title: str


def work_of(item: CslItem, key: str) -> Work:
    """The folded form of an item; fields of a shape that CSL does not know count as absent."""
    title, container = _text(item, "title"), " ".join(coded_words(_text(item, "container-title")))
    author, editor = _people(item, "author"), _people(item, "editor")
    codes = coded_words(title)
    others = [" ".join(coded_words(other)) for name in _OTHER_TITLES if (other := _text(item, name))]
    rest = frozenset(word for name in _IMPRINT for word in coded_words(_text(item, name)))
    words = {*codes, *container.split(), *rest, *(word for other in others for word in other.split())}
    words.update(key for person in (*author, *editor) for key in person.keys)
    return Work(
        key,
        _kind(item),
        " ".join(codes),
        " ".join(coded_words(_MAIN_END.split(title, maxsplit=1)[0])),
        tuple(others),
        frozenset(_numerals(codes)),
        author or editor,
        editor,
        _year(item),
        _numeral(_text(item, "volume")),
        _numeral(_text(item, "issue")),
        _numeral(_text(item, "edition")),
        _page_range(_text(item, "page")),
        container,
        rest,
        _text(item, "DOI").lower(),
        frozenset(words),
        frozenset(word[:4] for word in words),
    )


def statement_of(item: CslItem, raw: str | None = None) -> Statement:
    """A reference as it stands: its fields and its string (made of the fields where there is none)."""
    work = work_of(item, "")
    text = raw if raw is not None else " ".join(_strings(item))
    words = coded_words(text)
    names = [word for word in _WORD.findall(text) if not word[0].isdigit()]
    return Statement(
        work,
        tuple(words),
        tuple(telling(words)),
        _name_keys(names),
        tuple(name_keys(name) for name in dict.fromkeys(_joined(names)) if len(name) > 2),
        _name_keys(names[:3]),
        frozenset(int(digits[:9]) for digits in _DIGITS.findall(text)),
        frozenset(map(int, _YEAR.findall(text))),
        _QUOTED.search(text) is not None,
        _short_title(text) if len(words) <= LONGEST_SHORT else "",
    )


def _name_keys(words: list[str]) -> frozenset[str]:
    """The codes of all words, and of two and three of them as one name ("van der Wurff")."""
    joined = {"".join(words[n : n + width]) for width in (1, 2, 3) for n in range(len(words) - width + 1)}
    return frozenset(key for name in joined if len(name) > 1 for key in name_keys(name))


def _joined(words: list[str]) -> Iterable[str]:
    """The words that may be or end a name, alone and with the one or two before them; "et al." is none."""
    for n, word in enumerate(words):
        if word.casefold() not in FORM_WORDS:
            yield from ("".join(words[n - width : n + 1]) for width in range(min(2, n) + 1))


def _short_title(text: str) -> str:
    """ "Domains and Dynasties" of "Koster, Domains and Dynasties, 61." in codes."""
    found = _SHORT.match(text)
    return " ".join(coded_words(found["title"])) if found else ""


def coded_words(text: str) -> list[str]:
    """The words of a text as codes, numbers as they are; a word broken at a line's end is one."""
    return [code for word in _WORD.findall(_BROKEN.sub("", text)) if (code := word_code(word))]


def _strings(item: CslItem) -> Iterable[str]:
    """What an item says, in the order of a reference."""
    for role in ("author", "editor"):
        for person in item.get(role) or ():
            if isinstance(person, dict):
                yield " ".join(str(person[part]) for part in _NAME_PARTS if person.get(part))
    yield from (_text(item, name) for name in _TOLD)
    if year := _year(item):
        yield str(year)


def telling(words: Iterable[str]) -> list[str]:
    """The coded words that say which work is meant: no numbers, no words of the form."""
    return [word for word in words if len(word) > 2 and not word.isdigit() and word not in CODED_FORM_WORDS]


_OTHER_TITLES = ("title-short", "title-translated")
_IMPRINT = ("publisher", "publisher-place", "collection-title")
_NAME_PARTS = ("given", "non-dropping-particle", "dropping-particle", "family", "literal")
_TOLD = (
    "title",
    "container-title",
    "collection-title",
    "edition",
    "volume",
    "issue",
    "page",
    "publisher-place",
    "publisher",
)


def _text(item: CslItem, name: str) -> str:
    value = item.get(name)
    return str(value) if isinstance(value, str | int) else ""


def _kind(item: CslItem) -> str:
    """article, chapter, book or other: the difference that matters for linking."""
    kind = _text(item, "type")
    if kind.startswith("article") or kind == "review":
        return "article"
    if kind in ("chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"):
        return "chapter"
    return kind if kind in ("book", "thesis") else "other"


def _people(item: CslItem, role: str) -> tuple[WorkPerson, ...]:
    people = item.get(role)
    if not isinstance(people, list):
        return ()
    return tuple(_person(person) for person in people if isinstance(person, dict))


def _person(person: dict[str, Any]) -> WorkPerson:
    family, given = str(person.get("family") or person.get("literal") or ""), str(person.get("given") or "")
    return WorkPerson(*_family_forms(family, particle(person)), given)


@lru_cache(maxsize=1 << 16)
def _family_forms(family: str, von: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The forms of a family name: particles and the parts of double names are dropped as often as not."""
    whole = f"{von} {family}" if von else family
    forms = [fold_name(family), fold_name(whole).replace(" ", ""), fold_name(whole)]
    keys = name_keys(family) | name_keys(whole)
    parts = re.split(r"[\s\-‐–]+", family.strip())
    if len(parts) > 1:
        forms += [fold_name(parts[-1]), fold_name(family).replace(" ", "")]
        keys |= name_keys(parts[-1]) | (name_keys(parts[0]) if len(parts[0]) > 3 else frozenset())
    return tuple(dict.fromkeys(form for form in forms if form)), keys


def _year(item: CslItem) -> int | None:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    try:
        return int(parts[0][0]) if parts and parts[0] else None
    except (TypeError, ValueError):
        literal = _YEAR.search(str(issued.get("literal", ""))) if isinstance(issued, dict) else None
        return int(literal[0]) if literal else None


def _numeral(text: str) -> str:
    """The first number of a volume, issue or edition, Roman ones too; other text folded."""
    found = _DIGITS.search(text)
    if found:
        return found[0].lstrip("0")
    value = _roman(fold_name(text).split(" ")[0]) if text else None
    return str(value) if value else fold_name(text)


def _numerals(words: Iterable[str]) -> Iterable[int]:
    """The numbers of a title, Roman ones too ("Part II"), years not."""
    for word in words:
        value = int(word[:9]) if word.isdigit() else _roman(word)
        if value is not None and not 1400 <= value <= 2099:
            yield value


def _roman(word: str) -> int | None:
    if not word or not _ROMAN.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[letter] for letter in word]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _page_range(text: str) -> tuple[int, int] | None:
    """First and last page; "354–96" is 354 to 396."""
    found = re.match(r"\s*(?P<first>\d{1,7})(?:\s*[-–—]+\s*(?P<last>\d{1,7}))?", text)
    if not found:
        return None
    first, last = found["first"], found["last"] or found["first"]
    full = int(first[: max(0, len(first) - len(last))] + last)
    return int(first), max(int(first), full)


CODED_FORM_WORDS = frozenset(map(word_code, FORM_WORDS))
