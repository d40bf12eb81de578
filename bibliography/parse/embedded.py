"""References inside prose, as their bracketed imprints show them: "as Langendoen, “Merge,” in Approaches (Amsterdam, 2003), 307 notes".

>>> raw = "Sources include Martin Davis, Emil Post (Boston: Holt, 1994), 7, and Allyn Jackson, “Emil Post,” Inference 4 (2018)."
>>> [raw[start:end] for start, end in find_embedded(raw, 0, len(raw))]
['Martin Davis, Emil Post (Boston: Holt, 1994), 7', 'Allyn Jackson, “Emil Post,” Inference 4 (2018)']

An imprint closes a reference; the names before it, the nearest that a title follows, open it.
"""

from __future__ import annotations

import re

_IMPRINT = re.compile(
    r"\((?:[^()]|\([^()]*\)){0,160}?\b(?:(?:1[4-9]|20)\d\d(?:[–-]\d{2,4})?[a-z]?|n\.\s?d\.)(?:\s\[\d{4}\])?\)"
)
_PAGE = r"(?:(?:pp?|fols?|f|c|cc|chap|ch|nn?|S|Sp|§)\.?\s?)?[a-z]?\.?(?:\d+|[ivxlc]+)(?:\.?[rv]|n\d+)?\b"
_LOCATOR = re.compile(
    rf"(?:,\ss\.\s?v\.\s“[^”]*”|,\s(?:at\s|esp\.\s|see\sespecially\s|hier\s)?{_PAGE}(?:\s?[–-]\s?\w+(?:\.\d+)?)?(?:,\s\d+(?:[–-]\d+)?)*|:\s?\d+(?:[–-]\d+)?)+"
)
_CAPITAL = r"[^\W\d_a-zà-ÿа-яёß]"
_NAME = rf"{_CAPITAL}[\w’'‘-]*\.?(?:[ -](?:(?:de|van|von|du|di|da|del|della|der|den|la|le|zu|of|y)[ ])*(?:d’)?{_CAPITAL}[\w’'‘-]*\.?){{1,4}}"
NAMES = re.compile(
    rf"(?<![\w’'.-])(?!(?:See|Compare|Cf|Contrast|In|On|For|The|But|As|Siehe|Vgl|Voir|Cfr|And|By|From|According)\b)"
    rf"{_NAME}(?:(?:,\sand\s|\sand\s|\s&\s|\set\s|\sund\s|,\s(?={_NAME},?\s(?:and|,)))(?:{_NAME})){{0,4}}(?:\set\sal\.?)?(?=,\s(?:[“«„‘\"\[]|{_CAPITAL}))"
)
_GIVEN = re.compile(
    rf"(?:{_CAPITAL}[\w’'‘-]*\s)?(?:{_CAPITAL}\.[ -]?)+(?=,|$)"
)  # "Smith, C. D., The Title": given names only
_FAMILY = re.compile(rf"(?:(?:de|van|von|du|di|da|del|der|den)\s){{0,2}}{_CAPITAL}[\w’'‘-]+,\s$")
_SENTENCE = re.compile(r"\b(?:were|was|have|has|had|published by|edited for|argues|claims)\b")  # a title seldom says so
_JOINT = re.compile(r"[\s,;:.(]*(?:and\s|und\s|et\s|e\s|и\s)?\s*")


def find_embedded(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the references of a stretch that have an imprint in brackets, in order."""
    found: list[tuple[int, int]] = []
    at = start
    for imprint in _IMPRINT.finditer(raw, start, end):
        if imprint.start() < at:
            continue
        begin = _begin(raw, at, imprint.start())
        if begin is None:
            continue
        locator = _LOCATOR.match(raw, imprint.end(), end)
        at = locator.end() if locator else imprint.end()
        found.append((begin, at))
    return found


def _begin(raw: str, start: int, imprint: int) -> int | None:
    """Where the reference of an imprint begins; None where no name with a title behind it stands before."""
    joint = _JOINT.match(raw, start, imprint)
    for names in NAMES.finditer(raw, joint.end() if joint else start, imprint):
        if _is_close(raw, names.end(), imprint):
            family = _FAMILY.search(raw, start, names.start()) if _GIVEN.match(names[0]) else None
            return family.start() if family else names.start()
    return None


def _is_close(raw: str, names_end: int, imprint: int) -> bool:
    """Whether one title can fill the stretch: not whole sentences of prose, and quotation marks in pairs."""
    title = raw[names_end:imprint]
    return len(title) < 420 and title.count("“") == title.count("”") and not _SENTENCE.search(title)
