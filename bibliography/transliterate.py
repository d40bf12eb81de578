"""Cyrillic (and a few Latin letters that Unicode does not decompose) to plain Latin letters, for comparing and keys.

>>> transliterate("Шпотов Б. М."), transliterate("Łódź"), transliterate("Ельцин")
('Shpotov B. M.', 'Lódź', 'Eltsin')

One way of many (close to ALA-LC without marks). Making all romanisations of a name meet is the matcher's work.
"""

from __future__ import annotations

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


def transliterate(text: str) -> str:
    """The text with every letter of the table replaced; all others stay."""
    return text if text.isascii() else text.translate(_TABLE)
