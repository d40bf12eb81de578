"""Names and words across scripts and romanisations: plain Latin for keys, and codes in which all spellings of a name meet.

>>> transliterate("Шпотов Б. М."), transliterate("Łódź"), transliterate("Ельцин")
('Shpotov B. M.', 'Lódź', 'Eltsin')
>>> [same_spelling(name, "Шпотов") for name in ("Shpotov", "Špotov", "Schpotow", "Chpotov", "Spatov")]
[True, True, True, True, False]

A code is one letter for one sound of the Cyrillic alphabet (S for ш, Z for ж, C for ч, Q for щ, H for х, c for ц, Y for ы);
the soft and the hard sign have none. A Latin letter group that stands for different letters in different systems branches
("ch" is ч in English, х in German and Polish, ш in French), so a Latin name has several codes and a Cyrillic name, mostly,
one. The tables cover ALA-LC, BGN/PCGN, BS 2979, GOST 16876 / 7.79 / 52290 / 52535 / 7.034, ICAO 9303, ISO 9 (1954, 1968,
1995), the Russian passport systems, scientific transliteration and the English, German and French newspapers' habits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

# One romanisation of many, close to ALA-LC without marks: what citation keys and plain foldings are made of.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "і": "i", "ї": "i", "є": "ie", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz", "ѣ": "e", "ѳ": "f", "ѵ": "i",
}  # fmt: skip
_LATIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n",
}  # fmt: skip
_SMALL = {**_CYRILLIC, **_LATIN}
_TABLE = str.maketrans({**_SMALL, **{k.upper(): v.capitalize() for k, v in _SMALL.items() if len(k.upper()) == 1}})

# Letter groups to codes, the likeliest reading first. The longest group that fits is taken.
_CODES: dict[str, tuple[str, ...]] = {
    # Cyrillic: one letter, one code. Ukrainian and Belarusian г is h as well; ў is u or v.
    "а": ("a",), "б": ("b",), "в": ("v",), "г": ("g",), "д": ("d",), "е": ("e",), "ё": ("e",), "ж": ("Z",),
    "з": ("z",), "и": ("i",), "й": ("i",), "к": ("k",), "л": ("l",), "м": ("m",), "н": ("n",), "о": ("o",),
    "п": ("p",), "р": ("r",), "с": ("s",), "т": ("t",), "у": ("u",), "ф": ("f",), "х": ("H",), "ц": ("c",),
    "ч": ("C",), "ш": ("S",), "щ": ("Q",), "ъ": ("",), "ы": ("Y",), "ь": ("",), "э": ("e",), "ю": ("iu",),
    "я": ("ia",), "йо": ("e",), "ьо": ("e",), "ѣ": ("e",), "ѳ": ("f",), "ѵ": ("i",),
    "і": ("i",), "ї": ("i",), "є": ("e",), "ґ": ("g",), "ў": ("u", "v"),
    "ђ": ("dZ",), "ј": ("i",), "љ": ("l",), "њ": ("n",), "ћ": ("C",), "џ": ("dZ",), "ѓ": ("g",), "ќ": ("k",), "ѕ": ("z",),
    # Greek
    "α": ("a",), "β": ("v", "b"), "γ": ("g", "i"), "δ": ("d",), "ε": ("e",), "ζ": ("z",), "η": ("i", "e"), "θ": ("tH",),
    "ι": ("i",), "κ": ("k",), "λ": ("l",), "μ": ("m",), "ν": ("n",), "ξ": ("ks",), "ο": ("o",), "π": ("p",), "ρ": ("r",),
    "σ": ("s",), "ς": ("s",), "τ": ("t",), "υ": ("i", "u"), "φ": ("f",), "χ": ("H",), "ψ": ("ps",), "ω": ("o",),
    "μπ": ("b", "mp"), "ντ": ("d", "nt"), "γκ": ("g", "gk"), "γγ": ("ng", "gg"), "γχ": ("nH",), "ου": ("u",),
    "αυ": ("av", "af", "au"), "ευ": ("ev", "ef", "eu"), "αι": ("e", "ai"), "ει": ("i", "ei"), "οι": ("i", "oi"),
    "τζ": ("tz",), "ντζ": ("ntz", "tz"),
    # Latin: щ, ч, ш, ж, х, ц in the systems
    "šč": ("Q",), "ŝ": ("Q",), "šć": ("Q",), "shch": ("Q",), "shh": ("Q",), "schtsch": ("Q",), "chtch": ("Q",),
    "stch": ("Q",), "szcz": ("Q",), "sht": ("St", "Q"), "sch": ("S", "Q", "sC", "sH", "Z"), "sc": ("sk", "Q", "sc"),
    "tsch": ("C", "tS"), "tch": ("C", "tC"), "č": ("C",), "ć": ("C",), "ch": ("C", "H", "S"), "cz": ("C", "c", "cz"), "scz": ("sc", "sC"),
    "š": ("S",), "sh": ("S", "sH"), "sz": ("S", "sz"), "ś": ("s", "S"), "ş": ("S",), "ș": ("S",),
    "ž": ("Z",), "ż": ("Z",), "ẑ": ("Z",), "zh": ("Z", "zH"), "ź": ("z",),
    "kh": ("H", "kH"), "ḫ": ("H",), "ḥ": ("H",), "h": ("H",), "x": ("H", "ks"),
    "c": ("c",), "ck": ("k", "ck"), "tz": ("c", "tz"), "tzh": ("tZ",), "tc": ("c",), "ţ": ("c",), "ț": ("c",),
    "dž": ("dZ",), "dzh": ("dZ",), "dj": ("di", "dZ"), "dsch": ("dZ",), "đ": ("d", "dZ"), "lj": ("li", "l"), "nj": ("ni", "n"),
    # vowels: я, ю, ё, э and their like; "ie" for ъ before them (ICAO 9303)
    "â": ("ia", "a"), "û": ("iu", "u"), "io": ("io", "e"), "yo": ("e", "io"), "jo": ("e", "io", "Zo"), "yё": ("e",), "jё": ("e",),
    "ie": ("e", "ie"), "ye": ("e", "ie", "Ye"), "je": ("e", "ie", "Ze"), "ieia": ("ia", "eia"), "iee": ("e", "ee"),
    "ieiu": ("iu", "eiu"), "iou": ("iu",), "ljo": ("le", "lio"), "njo": ("ne", "nio"), "djo": ("de", "dio"), "eh": ("e", "eH"), "ou": ("u", "ou"), "ê": ("e",),
    "ä": ("a", "ae", "e"), "ö": ("o", "oe"), "ü": ("u", "ue"), "å": ("a", "aa", "o"), "ø": ("o", "oe"),
    "æ": ("ae", "e"), "œ": ("oe", "e"), "ß": ("ss",), "ł": ("l",), "ı": ("i",), "ð": ("d",), "þ": ("tH",), "ħ": ("H",),
    # others
    "z": ("z", "c"), "w": ("v",), "q": ("k",), "ph": ("f", "pH"), "gh": ("g", "gH", "H"), "gui": ("gi", "gui"), "gue": ("ge", "gue"), "zgh": ("zg", "zH"), "rh": ("r", "rH"),
}  # fmt: skip
_GROUPS = re.compile("|".join(sorted(_CODES, key=lambda group: (-len(group), group))) + "|.")
_MOST = 48  # alternatives of one name; further ones are the least likely
_PRIMES = re.compile(r"['’‘‛ʼʹʻʿʾˈ`´\"ʺ″′“”\u0361\ufe20\ufe21\s.·\-‐‑–—]+")
_UKRAINIAN = re.compile(r"[іїєґў]|ськ|цьк")
_RESPELLED = str.maketrans("ёѣєіїґѳѵ", "еееиигфи")
_COARSE = str.maketrans("ZSCQczHhkfwYyeiou", "ssssssgggvvaaaaaa")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouâäåêëèéěėûüöøæœ")


def transliterate(text: str) -> str:
    """The text with every letter of the table replaced; all others stay."""
    return text if text.isascii() else text.translate(_TABLE)


def same_spelling(name_a: str, name_b: str) -> bool:
    """Whether two writings can be of one name: in one script letter by letter, across scripts and systems by their codes.

    >>> same_spelling("Беликов", "Билыков"), same_spelling("Бельков", "Белков"), same_spelling("Belkov", "Белков")
    (False, False, True)
    """
    return not name_keys(name_a).isdisjoint(name_keys(name_b)) and (
        not (is_cyrillic(name_a) and is_cyrillic(name_b)) or _respelled(name_a) == _respelled(name_b)
    )


@lru_cache(maxsize=1 << 16)
def name_keys(name: str) -> frozenset[str]:
    """The codes of a name, one for each way to read it, and for a Latin name "=" with its bare letters.

    >>> sorted(name_keys("Щукин")), sorted(name_keys("Bošković") & name_keys("Boskovic"))
    (['Qukin'], ['=boskovic'])
    """
    letters = _letters(name)
    if not letters:
        return frozenset()
    keys = {_settle(reading) for reading in _readings(letters)}
    if not is_cyrillic(letters):
        keys.add("=" + _bare(letters))
    elif "г" in letters and _UKRAINIAN.search(letters):
        keys |= {_settle(reading) for reading in _readings(letters.replace("г", "х"))}
    return frozenset(keys)


@lru_cache(maxsize=1 << 17)
def word_code(word: str) -> str:
    """The likeliest code of a word, in which most romanisations of a title's words meet.

    >>> word_code("сочинения") == word_code("sočinenija") == word_code("sochineniia") == word_code("Sochineniya")
    True
    """
    reading = _settle("".join(part[0] for part in _parts(_letters(word)))).replace("Y", "i")
    return reading.replace("ii", "i").replace("ie", "e")


@lru_cache(maxsize=1 << 17)
def coarse(code: str) -> str:
    """A code without the difference of vowels, of hushing sounds and of doubled letters: for finding candidates only.

    >>> coarse(word_code("Sherbakov")) == coarse(word_code("Щербаков"))
    True
    """
    return _DOUBLED.sub(r"\1", code.translate(_COARSE))


def is_cyrillic(text: str) -> bool:
    """Whether more than half of the letters are Cyrillic."""
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in text)
    return cyrillic * 2 > sum(map(str.isalpha, text))


def _letters(name: str) -> str:
    """Small composed letters without signs; letters whose mark says nothing lose it, the mixed script of a list stays."""
    name = unicodedata.normalize("NFC", _PRIMES.sub("", unicodedata.normalize("NFC", name.casefold())))
    if name.isascii():
        return name
    return "".join(char if char in _CODES else _unmarked(char) for char in name)


def _respelled(name: str) -> str:
    """A Cyrillic name in one spelling: ё is often printed as е, and old, Ukrainian and Russian orthographies differ."""
    return _letters(name).translate(_RESPELLED).replace("ськ", "ск").removesuffix("ъ")


@lru_cache(maxsize=4096)
def _unmarked(char: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return base.casefold()


def _bare(letters: str) -> str:
    text = unicodedata.normalize("NFKD", transliterate(letters))
    return "".join(char for char in text if not unicodedata.combining(char))


def _readings(letters: str) -> islice[str]:
    """Every way to read the letters, the likeliest first."""
    parts = list(_parts(letters))
    if letters.endswith("ine") and len(letters) > 4:
        parts[-1] = ("e", "")
    return islice(map("".join, product(*parts)), _MOST)


def _parts(letters: str) -> Iterator[tuple[str, ...]]:
    for found in _GROUPS.finditer(letters):
        group = found[0]
        yield _placed(letters, found.start()) if group in ("j", "y") else _CODES.get(group, (group,))


def _placed(letters: str, at: int) -> tuple[str, ...]:
    """j and y: a glide beside a vowel; else y is ы or и, and j before a consonant the French ж."""
    before, after = letters[at - 1 : at] if at else "", letters[at + 1 : at + 2]
    if letters[at] == "y":
        return ("i",) if before in _VOWELS or after in _VOWELS else ("Y", "i")
    if not after or (before and before in "jiy"):
        return ("i",)
    return ("i", "Z") if after in _VOWELS or before in _VOWELS else ("Z", "i")


def _settle(reading: str) -> str:
    """What the systems do not tell apart: шч and щ, чо and чё in -чов, тс and ц, final -off and -ов, ый and ий."""
    reading = reading.replace("SC", "Q").replace("Qo", "Qe")
    if reading.endswith("Cov"):
        reading = reading[:-3] + "Cev"
    while "ts" in reading or "tc" in reading:
        reading = reading.replace("ts", "c").replace("tc", "c")
    while "ii" in reading or "Yi" in reading:
        reading = reading.replace("Yi", "i").replace("ii", "i")
    return reading.rstrip("f") + "v" if reading.endswith("f") else reading
