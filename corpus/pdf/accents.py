"""Accents that a font draws as characters of their own, put on their letters: "e" and "´" at one place are "é".

Older TeX fonts have no accented letters; their accents stand in the file as spacing characters over the letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from corpus.pdf.glyph import Glyph

_COMBINING = dict(
    zip(
        "`´^ˆ~˜¨¯ˉ˘˙˚¸˛ˇ˝",
        "\u0300\u0301\u0302\u0302\u0303\u0303\u0308\u0304\u0304\u0306\u0307\u030a\u0327\u0328\u030c\u030b",
        strict=True,
    )
)
_DOTLESS = str.maketrans("ıȷ", "ij")


def compose(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters of a strip, sorted by place, each accent joined to the letter that it stands over."""
    if not any(glyph.text in _COMBINING for glyph in glyphs):
        return list(glyphs)
    made: list[Glyph | None] = list(glyphs)
    for number, accent in enumerate(glyphs):
        if accent.text not in _COMBINING:
            continue
        before = number - 2 if number and glyphs[number - 1].text == " " else number - 1
        for near in (number + 1, before):
            letter = made[near] if 0 <= near < len(made) else None
            whole = _over(accent, letter) if letter is not None else None
            if letter is not None and whole is not None:
                made[near] = letter._replace(text=whole)
                made[min(near + 1, number) : number + 1] = [None] * (number + 1 - min(near + 1, number))
                break
    return [glyph for glyph in made if glyph is not None]


def _over(accent: Glyph, letter: Glyph) -> str | None:
    """The accented letter, where the middle of the accent lies over the letter and Unicode has the two as one."""
    middle = (accent.x0 + accent.x1) / 2
    if not (letter.text.isalpha() and letter.x0 < middle < letter.x1):
        return None
    whole = unicodedata.normalize("NFC", letter.text.translate(_DOTLESS) + _COMBINING[accent.text])
    return whole if len(whole) == 1 else None
