"""The licence of a deposit: what was stated, its web address where that is known, and its usual name.

>>> read_licence("CC BY 4.0").url, read_licence("https://creativecommons.org/licenses/by-sa/4.0/deed.de").name
('https://creativecommons.org/licenses/by/4.0/', 'CC BY-SA 4.0')
>>> read_licence("All rights reserved.").url is None
True
"""

from __future__ import annotations

import re
from typing import NamedTuple

# The words may stand in a sentence: "published under a Creative Commons Attribution 4.0 International licence (CC BY 4.0)".
_SHORT = re.compile(
    r"\bCC[ -]?(?P<terms>BY(?:[ -](?:NC|ND|SA)){0,2})[ -]?(?P<version>[1-4]\.[0-9])(?![0-9.])", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/licenses/(?P<terms>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>[1-4]\.[0-9])(?![0-9.])",
    re.IGNORECASE,
)
_ZERO = re.compile(
    r"\bCC[ -]?0(?:[ -]?1\.0)?(?![0-9.])|https?://(?:www\.)?creativecommons\.org/publicdomain/zero/1\.0", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s<>\"'{}|\\^`]+")


class Licence(NamedTuple):
    """The statement as given, its name, and its web address (None where the statement has none that we know)."""

    stated: str
    name: str
    url: str | None


def read_licence(stated: str) -> Licence:
    """The licence in a statement: Creative Commons by name or address, else the first web address in it."""
    stated = " ".join(stated.split())
    found = _ADDRESS.search(stated) or _SHORT.search(stated)
    if found is not None:
        terms = found["terms"].lower().replace(" ", "-")
        url = f"https://creativecommons.org/licenses/{terms}/{found['version']}/"
        return Licence(stated, f"CC {terms.upper()} {found['version']}", url)
    if _ZERO.search(stated):
        return Licence(stated, "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
    address = _URL.search(stated)
    return Licence(stated, stated, address.group().rstrip(".,;)") if address else None)
