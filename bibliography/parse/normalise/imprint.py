"""Places and publishers: the usual short forms of places in full, the words that only introduce a publisher left out.

>>> full_place("М.; Л."), full_place("СПб"), full_place("Köln/Weimar"), plain_publisher("Изд-во Наука")
('Москва; Ленинград', 'Санкт-Петербург', 'Köln; Weimar', 'Наука')
"""

from __future__ import annotations

import re

_PLACES = {
    "м": "Москва", "л": "Ленинград", "пг": "Петроград", "спб": "Санкт-Петербург", "мн": "Минск", "к": "Киев",
    "н.-й": "Нью-Йорк", "ростов н/д": "Ростов-на-Дону", "н. новгород": "Нижний Новгород", "ny": "New York", "n.y": "New York",
    "frankfurt a. m": "Frankfurt am Main", "frankfurt a.m": "Frankfurt am Main", "frankfurt/m": "Frankfurt am Main",
    "camb., mass": "Cambridge, MA", "cambridge, mass": "Cambridge, MA",
}  # fmt: skip
_PARTING = re.compile(r"\s*[;/–]\s*|\s+-\s+")
_INTRODUCED = re.compile(r"(?:изд-во|издательство|izd-vo|verlag von|éditions de|the)\s+(?=\S)", re.IGNORECASE)


def full_place(text: str) -> str:
    """The places in full, parted by semicolons."""
    parts = [part.strip(" .,") for part in _PARTING.split(text.replace("Frankfurt/M", "Frankfurt a. M"))]
    return "; ".join(_PLACES.get(part.lower(), part) for part in parts if part)


def plain_publisher(text: str) -> str:
    """The publisher without a word that only says what it is."""
    found = _INTRODUCED.match(text)
    return text[found.end() :] if found and len(text) - found.end() > 3 else text
