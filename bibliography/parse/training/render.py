"""References rendered from invented records in the styles that no public set covers.

>>> render(2, seed=7)[0].raw == render(2, seed=7)[0].raw
True
"""

from __future__ import annotations

import random
from collections.abc import Callable

from bibliography.parse.training import archival, chicago, cyrillic, german, mhra, romance, vancouver
from bibliography.parse.training.noise import add_noise
from bibliography.parse.training.public import Labelled
from bibliography.parse.training.records import Record, draw_record, romanise
from bibliography.parse.training.writer import Writer

Style = Callable[[Record, random.Random], Writer]

_KINDS = (("article", 30), ("book", 34), ("chapter", 14), ("works", 7), ("thesis", 6), ("newspaper", 6), ("web", 3))
# style, share, languages of its records, whether Russian is transliterated
_STYLES: tuple[tuple[Style, int, tuple[str, ...], bool], ...] = (
    (vancouver.vancouver, 20, ("ru", "ru", "ru", "en"), True),
    (cyrillic.gost_reference, 22, ("ru", "ru", "ru", "ru", "ru", "ru", "en", "de"), False),
    (cyrillic.gost_record, 9, ("ru", "ru", "ru", "ru", "ru", "ru", "en"), False),
    (chicago.chicago_note, 17, ("en", "en", "en", "en", "ru", "fr", "de"), True),
    (chicago.chicago_bibliography, 9, ("en", "en", "en", "en", "ru", "de"), True),
    (mhra.mhra, 10, ("en", "en", "en", "en", "ru", "it"), True),
    (german.german, 14, ("de", "de", "de", "en", "ru"), True),
    (romance.french, 9, ("fr", "fr", "fr", "en", "ru"), True),
    (romance.italian, 8, ("it", "it", "it", "en", "ru"), True),
    (archival.russian_archive, 9, ("ru",), False),
    (archival.western_archive, 9, ("en", "de", "fr", "it"), False),
    (archival.law, 3, ("en",), False),
)


def render(count: int, *, seed: int) -> list[Labelled]:
    """As many references, the same for the same seed."""
    rng = random.Random(seed)
    found: list[Labelled] = []
    kinds, kind_shares = zip(*_KINDS, strict=True)
    shares = [share for _, share, _, _ in _STYLES]
    while len(found) < count:
        style, _, languages, transliterated = rng.choices(_STYLES, shares)[0]
        kind = rng.choices(kinds, kind_shares)[0]
        if kind == "web" and style in (cyrillic.gost_reference, cyrillic.gost_record, vancouver.vancouver):
            kind = "article"
        record = draw_record(rng, kind, rng.choice(languages))
        if transliterated and record.language == "ru":
            record = romanise(record)
        if style is archival.western_archive and record.language == "ru":
            continue
        found.append(add_noise(style(record, rng).done(), rng))
    return found
