"""Pieces of patterns that the reference styles share: capital letters, years, months, dashes."""

from __future__ import annotations

_CAPITALS = "".join(c for c in map(chr, [*range(0x41, 0x530), *range(0x1E00, 0x1F00)]) if c.isupper())

UP = f"[{_CAPITALS}]"
DASH = r"(?:--?|[‐‑‒–—−])"
YEAR = r"(?:1[4-9]|20)\d\d"
MONTH = (
    r"(?:jan(?:uary|uar|v(?:ier)?)?|feb(?:ruary|ruar)?|f[ée]v(?:rier)?|mar(?:ch|s|t)?|märz|apr(?:il)?|avr(?:il)?|may|mai"
    r"|june?|juni|juin|july?|juli|juil(?:let)?|aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?"
    r"|de[cz](?:ember|embre)?|déc(?:embre)?|spring|summer|autumn|fall|winter"
    r"|январ[ья]|феврал[ья]|март[а]?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|август[а]?|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья])\b\.?"
)

# Languages as reference lists name them at an entry's end ("Russian.", "In Russian", "(In Russ.)"), and their codes.
LANGUAGES = {
    "russian": "ru", "russ": "ru", "belarusian": "be", "ukrainian": "uk", "german": "de", "french": "fr",
    "english": "en", "polish": "pl", "italian": "it", "spanish": "es", "chinese": "zh", "japanese": "ja",
    "latvian": "lv", "lithuanian": "lt", "czech": "cs", "bulgarian": "bg", "serbian": "sr", "portuguese": "pt",
}  # fmt: skip
