"""Bodies and the letters that a text gives them: "Environment Agency (EA)", "FAO (Food and Agriculture Organization)".

>>> sorted(read_letters("The Environment Agency (EA) met the FAO (Food and Agriculture Organization) in Rome (Italy)."))
[('environment agency', 'ea'), ('food and agriculture organization', 'fao')]
"""

from __future__ import annotations

import re

from bibliography.names import fold_name
from bibliography.parse.letters import UP

_SMALL = r"(?:of|the|and|for|on|in|de|des|du|la|las|los|le|les|del|della|für|und|der|y|et|e|di|по|и)\s"
_NAME = rf"{UP}[\w’'&-]+(?:\s(?:{_SMALL}){{0,2}}{UP}[\w’'&-]+){{1,9}}"
_NAME_FIRST = re.compile(rf"(?<![\w’'&-])(?P<name>{_NAME})\s\((?P<letters>{UP}[\w]{{1,9}})\)")
_LETTERS_FIRST = re.compile(rf"(?<!\w)(?P<letters>{UP}{{2,10}})\s\((?P<name>{_NAME})\)")


def read_letters(text: str) -> frozenset[tuple[str, str]]:
    """Folded name and letters of each body that a text gives letters to, where the letters are those of its words."""
    found = set()
    for pattern in (_NAME_FIRST, _LETTERS_FIRST):
        for match in pattern.finditer(text):
            name, letters = _spelt(match["name"], match["letters"]), match["letters"]
            if name:
                found.add((fold_name(name), fold_name(letters)))
    return frozenset(found)


def _spelt(name: str, letters: str) -> str:
    """The last words of a name whose capitals are the letters; words that only stand before it fall away."""
    words = name.split()
    wanted = letters.casefold()
    for first in range(len(words)):
        said = words[first:]
        capitals = "".join(word[0] for word in said if word[0].isupper())
        if said[0][0].isupper() and wanted in (capitals.casefold(), "".join(word[0] for word in said).casefold()):
            return " ".join(said)
    return ""
