"""How a token is written: capitals, initials, glued initials, script, kinds of digits and marks."""

from __future__ import annotations


def shape(text: str) -> str:
    """A short name of the token's shape.

    >>> [shape(t) for t in ("Moscow", "YuA", "V", "USSR", "the", "1969", "12", "–", "“", "Москва")]
    ['Xx', 'XxX', 'X', 'XX', 'xx', '9999', '99', '-', '"', 'Xx']
    """
    first = text[0]
    if first.isdigit():
        return "9" * min(len(text), 5)
    if not first.isalpha():
        return _mark(first)
    if len(text) == 1:
        return "X" if first.isupper() else "x1"
    if text.isupper():
        return "XX" if len(text) < 5 else "XXX"
    if text.islower():
        return "x" if len(text) > 3 else "xx"
    if first.isupper() and text[1:].islower():
        return "Xx" if len(text) > 3 else "Xx2"
    return "XxX" if len(text) < 5 else "mixed"


def shape_features(text: str) -> list[str]:
    """Features of the writing alone."""
    found = [f"sh={shape(text)}"]
    if text[0].isalpha():
        found.append(f"sc={script(text)}")
        if len(text) > 7:
            found.append("long")
    return found


def script(text: str) -> str:
    """ "c" Cyrillic, "a" plain Latin letters, "l" Latin letters with marks, "o" any other."""
    if text.isascii():
        return "a"
    if any("Ѐ" <= char <= "ӿ" for char in text):
        return "c"
    return "l" if all(char < "ɐ" or not char.isalpha() or char >= "Ḁ" for char in text) else "o"


def _mark(char: str) -> str:
    if char in "-‐‑‒–—−":
        return "-"
    return '"' if char in "“”„«»‟\"‘’'" else char
