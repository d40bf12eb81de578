"""In which language a title is, as far as its script and its small words say; enough to know that it is not English.

>>> guess_language("Amerikanskii biznes i Sovetskii Soyuz v 1920-kh godakh"), guess_language("Экономика СССР")
('ru', 'ru')
>>> guess_language("Die Wirtschaft der Sowjetunion"), guess_language("The Economy of the USSR"), guess_language("Pravda")
('de', None, None)
"""

from __future__ import annotations

import re

# Small words that titles have, each in as few of these languages as can be. Transliterated Russian is "ru".
_WORDS = {
    "en": "the of and an to for with from by its his their at as how why what who during between after before since",
    "de": "der die das und des dem den ein eine einer im zur zum von vom für über unter bei nach mit aus auf als zwischen",
    "fr": "le les des du la et une aux sur dans pour par au chez entre sous leur avec d l",
    "it": "il gli della dello delle degli dei del di e nel nella nelle sul sulla per con tra una dal dalla alla",
    "es": "el los las y en del una por para con sobre entre desde al su sus",
    "pt": "o os as e da do das dos em na no nas nos uma para por com sobre entre ao",
    "nl": "het een van en de voor met aan uit naar tot bij door over zijn",
    "pl": "w z i na do od ze przez o dla pod przy oraz",
    "ru": "i v na o ob s so k ko iz ot do po za dlya dlia pri pod nad mezhdu kak ne godakh godov gg",
    "sv": "och i en ett för till från som med av det den",
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ENDINGS = re.compile(
    r"\w{2,}(?:skii|skiy|skij|skogo|skoi|skoy|skie|skikh|ogo|ykh|ikh|nykh|nyi|nyy|naya|naia|eniya|eniia|stvo|stva|izm|iya|iia)"
)
_SCRIPTS = {
    "ru": "Ѐ-ӿ", "el": "Ͱ-Ͽἀ-῿", "he": "֐-׿", "ar": "؀-ۿ", "ja": "぀-ヿ", "ko": "가-힯", "zh": "一-鿿",
}  # fmt: skip
_LETTERS = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}


def guess_language(title: str) -> str | None:
    """The language of a title that is not in English; None where it is, or where nothing tells."""
    for language, letters in _LETTERS.items():
        if len(letters.findall(title)) * 3 > len(re.findall(r"\w", title)):
            return _east_slavic(title.lower()) if language == "ru" else language
    words = re.findall(r"[^\W\d_]+", title.lower())
    votes = {language: sum(word in known for word in words) for language, known in _SETS.items()}
    votes["ru"] += sum(bool(_ENDINGS.fullmatch(word)) for word in words)
    best = max(votes, key=lambda language: votes[language])
    others = [count for language, count in votes.items() if language != best]
    return best if best != "en" and votes[best] > max(others) and votes["en"] < votes[best] else None


def _east_slavic(title: str) -> str:
    """Letters that Russian lacks: ў is Belarusian alone, і ї є ґ are Ukrainian where it is absent."""
    return "be" if "ў" in title else "uk" if re.search("[іїєґ]", title) else "ru"
