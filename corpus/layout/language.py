"""The language of a text by its commonest small words; said only where one language stands out.

>>> language_of("The price of bread had been fixed by the magistrates, and it was not to rise in the winter of that year.")
'en'
>>> language_of("Grain exports") is None
True
"""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = {
    "en": "the of and to in is that was for with as by on it be this from which not are had were an at or but his they",
    "de": "der die das und den dem des ein eine einer nicht mit sich auf ist für von zu als auch es im wurde wie bei nach",
    "fr": "le la les de des du et un une est dans que qui pour par sur au aux pas ne il ce cette sont avec plus en l d",
    "it": "il la le di del della dei e un una che in per con non è si al alla da sono come nel nella gli i lo più",
    "es": "el la los las de del y en un una que por con no se es para su al lo como más fue sus entre pero",
    "nl": "de het een van en in is dat op te voor met zijn niet aan door ook als bij werd naar uit om maar",
    "pl": "i w na z do nie się że o jest to po przez od dla za jak był były oraz ich ale",
    "la": "et in est non ad ut cum quod qui de ex sed per quae si ab aut sunt esse eius",
    "ru": "и в на не с что по к из о как от за для был было его это но при у а так же все они году",
    "uk": "і в на не з що до та як від за для був було його це але при у а так які року й",
    "pt": "o a os as de do da e em um uma que para com não se por no na dos mais como foi ao",
}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _SMALL.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)
_ENOUGH = 15  # words that a text needs
_SHARE = 0.2  # of its words are small ones
_MARGIN = 1.4  # times as many as those of the next language
_SAMPLE = 20_000


def language_of(text: str) -> str | None:
    """The language of a text as a two-letter code (ISO 639-1), or None where it is not sure."""
    words = _WORD.findall(text[:_SAMPLE].casefold())
    if len(words) < _ENOUGH:
        return None
    found = Counter(language for word in words for language in _LANGUAGES.get(word, ()))
    (best, most), (_, next_most) = [*found.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= _SHARE * len(words) and most >= _MARGIN * next_most else None
