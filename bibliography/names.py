"""Names of persons and bodies: one name to CSL's parts, a folded form for comparing, and initials that agree.

>>> parse_name("Petrov YuA"), parse_name("van der Wurff, W.")
({'family': 'Petrov', 'given': 'YuA'}, {'non-dropping-particle': 'van der', 'family': 'Wurff', 'given': 'W.'})
>>> parse_name("A. C. Sutton"), initials_agree("Antony C.", "A.C.")
({'family': 'Sutton', 'given': 'A. C.'}, True)

The parts are kept as written: nothing is expanded, reordered inside, or given points.
"""

from __future__ import annotations

import re
import unicodedata

from bibliography.transliterate import transliterate

CslName = dict[str, str]

PARTICLES = frozenset(
    "von van der den de del della dello di da dal das do dos du des la le les las los el al ten ter te tot op zu zum zur"
    " af av bin ibn bint abu y e 't d' l'".split()
)
_CASES = frozenset("а у ю ы и е я ым ом ой ую ого ому".split())  # of Russian surnames
_SUFFIX = re.compile(r"(?:Jr|Sr|jun|sen)\.?|I{2,3}|IV|2nd|3rd|4th")  # "Sprague GF Jr."
_GLUED = re.compile(r"(?:[^\W\d_][-‐]?){1,4}")  # "VI", "YuA", "J-F"; the case is tested apart
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.[-‐–]?)+(?:[^\W\d_]\.?)?")  # "A.", "A.C.", "J.-F.", "Yu."
_BODY = re.compile(  # a body, not a person
    r"\b(?:committee|commission|university|universität|université|ministry|ministerium|institute?|department|council"
    r"|association|society|organi[sz]ation|collaboration|consortium|bureau|agency|bank|board|office|union|group|team"
    r"|corporation|company|inc|ltd|centre|center|academy|library|museum|foundation|nations|press|project|league|congress"
    r"|government|parliament|archives?|\w+zentrale|\w{3,}amt|amt|\w*verein|\w*verband|kommission|stiftung|gesellschaft"
    r"|statistics|statistik|statistique|inspectorate|directorate|secretariat|federation|confederation"
    r"|akademie|commissione|comité|comitato|istituto|académie|société"
    r"|комитет|комиссия|министерство|институт|академия|управление|совет|отдел|общество|университет|банк)\b",
    re.IGNORECASE,
)
_APOSTROPHES = re.compile(r"['’‘ʼʹʻʿʾ`´ʺ\"‐‑–—-]")


def parse_name(written: str) -> CslName:
    """The parts of one name; of "Klein and Perdue" the first. A body, or what no pattern reads, is ``literal``."""
    name = " ".join(re.split(r"\s+(?:and|und|et|&|i|y|и)\s+", written.strip(), maxsplit=1)[0].split()).strip(" ,;")
    name = re.sub(r",?\s+(?:et\s+al\b\.?|и\s+др\.?)$", "", name)
    if name.startswith("{") and name.endswith("}"):
        return {"literal": name.strip("{}")}
    if "," in name:
        return _inverted([part.strip() for part in name.split(",")])
    words = name.split()
    if len(words) < 2:
        return {"family": name} if name else {}
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    inverted = _family_first(words)
    if inverted is None and _BODY.search(name):
        return {"literal": name}
    family, given = inverted or _capitals_first(words) or _given_first(words)
    return _assemble(family, given, suffix)


def join_name(name: CslName) -> str:
    """The name in one string, family first.

    >>> join_name({"non-dropping-particle": "van", "family": "Marle", "given": "J."})
    'van Marle, J.'
    """
    if name.get("literal"):
        return name["literal"]
    family = " ".join(filter(None, (particle(name), name.get("family"))))
    return ", ".join(filter(None, (family, name.get("suffix"), name.get("given"))))


def particle(name: CslName) -> str:
    """The particle of a name, dropping or not; empty without one."""
    return name.get("non-dropping-particle") or name.get("dropping-particle") or ""


def fold_name(name: str) -> str:
    """A first folding for comparing: Latin letters without marks, lower case, no apostrophes and hyphens.

    >>> fold_name("Müller-Lüdenscheidt"), fold_name("Iyul’"), fold_name("Шпотов"), fold_name("O'Brien")
    ('mullerludenscheidt', 'iyul', 'shpotov', 'obrien')
    """
    if not name.isascii():
        # й and ё are letters of their own: composed before transliteration, all other marks dropped after it
        name = unicodedata.normalize("NFKD", transliterate(unicodedata.normalize("NFC", name)))
        name = "".join(char for char in name if not unicodedata.combining(char))
    return " ".join(_APOSTROPHES.sub("", name).casefold().replace(".", " ").split())


def initials(given: str) -> tuple[str, ...]:
    """The given names one by one, folded, glued initials taken apart.

    >>> initials("YuA"), initials("A.C."), initials("Jean-Pierre"), initials("VI")
    (('yu', 'a'), ('a', 'c'), ('jean', 'pierre'), ('v', 'i'))
    """
    parts: list[str] = []
    for word in re.split(r"[\s.\-‐–]+", given):
        if is_glued(word):
            parts += re.findall(r"[^\W\d_](?:[^\W\d_](?<=[^\W\d_A-ZА-ЯЁ]))?", word)
        elif word:
            parts.append(word)
    return tuple(filter(None, map(fold_name, parts)))


def without_case(name: str) -> list[str]:
    """A Russian surname without the ending that it may have by its case: "по Шпотову", "и Юдина". None of another script.

    >>> without_case("Шпотову"), without_case("Sutton")
    (['Шпотов'], [])
    """
    return [] if name.isascii() else [name[:-long] for long in (1, 2, 3) if name[-long:] in _CASES and len(name) > long]


def initials_agree(given_a: str | None, given_b: str | None) -> bool:
    """Whether two given names can be of one person: each part equals or begins the other; a missing one agrees."""
    pairs = zip(initials(given_a or ""), initials(given_b or ""), strict=False)
    return all(a.startswith(b) or b.startswith(a) for a, b in pairs)


def is_glued(word: str) -> bool:
    """Whether a word is initials without points: "VI", "YuA", "M", not "Li" and not "Lenin"."""
    capitals = sum(char.isupper() for char in word)
    return len(word) <= 6 and word[:1].isupper() and bool(_GLUED.fullmatch(word)) and (capitals >= 2 or len(word) == 1)


def point_initials(given: str) -> str:
    """Glued or unpointed initials with their points: "YuA" is "Yu. A.", "VI" "V. I."; full names stay as they are.

    >>> point_initials("YuA"), point_initials("A.C."), point_initials("Jean-Pierre"), point_initials("J-P"), point_initials("Mark H")
    ('Yu. A.', 'A. C.', 'Jean-Pierre', 'J.-P.', 'Mark H.')
    """
    written = []
    for word in re.sub(r"(?<=\.)(?=[^\W\d_])", " ", given).split():
        if is_glued(word):
            parts = re.findall(r"([-‐]?)([^\W\d_][^\W\d_A-ZА-ЯЁ]?)", word)
            written.append(
                "".join(f"{'' if not n else (hyphen or ' ')}{part}." for n, (hyphen, part) in enumerate(parts))
            )
        else:
            written.append(word)
    return " ".join(written)


def recase_name(family: str) -> str:
    """A family name in capitals as names are written: "BLOCH" is "Bloch", "O'BRIEN" "O'Brien"; all else stays.

    >>> recase_name("BLOCH"), recase_name("CARRÈRE D’ENCAUSSE"), recase_name("McKenzie")
    ('Bloch', 'Carrère D’Encausse', 'McKenzie')
    """
    if len(family) < 4 or not family.isupper():
        return family
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), family)


def _inverted(parts: list[str]) -> CslName:
    family, given = parts[0], parts[-1] if len(parts) > 1 else ""
    suffix = parts[1] if len(parts) > 2 else None
    if (
        suffix is None
        and given
        and (tail := given.rsplit(" ", 1))[-1]
        and len(tail) == 2
        and _SUFFIX.fullmatch(tail[1])
    ):
        given, suffix = tail[0], tail[1]
    elif suffix and not _SUFFIX.fullmatch(suffix) and _SUFFIX.fullmatch(given):
        given, suffix = suffix, given
    return _assemble(family, given, suffix)


def _family_first(words: list[str]) -> tuple[str, str] | None:
    """ "Lenin VI", "Stump G. T.", "van de Putte LBA": initials at the end and a name before them."""
    at = len(words)
    while at > 0 and (_DOTTED.fullmatch(words[at - 1]) or is_glued(words[at - 1])):
        at -= 1
    if at in (0, len(words)):
        return None
    return " ".join(words[:at]), " ".join(words[at:])


def _capitals_first(words: list[str]) -> tuple[str, str] | None:
    """ "CARRÈRE D’ENCAUSSE Hélène": a family name in capitals before given names that are not."""
    at = 0
    while at < len(words) and len(words[at]) > 2 and words[at].isupper() and "." not in words[at]:
        at += 1
    if at in (0, len(words)) or any(word.isupper() and len(word) > 2 for word in words[at:]):
        return None
    return " ".join(words[:at]), " ".join(words[at:])


def _given_first(words: list[str]) -> tuple[str, str]:
    for at in range(1, len(words) - 1):
        if words[at].lower() in PARTICLES and words[at][0].islower():
            return " ".join(words[at:]), " ".join(words[:at])
    return words[-1], " ".join(words[:-1])


def _assemble(family: str, given: str, suffix: str | None) -> CslName:
    words = family.split()
    at = 0
    while at < len(words) - 1 and words[at].lower() in PARTICLES and words[at][0].islower():
        at += 1
    name = {
        "non-dropping-particle": " ".join(words[:at]),
        "family": " ".join(words[at:]),
        "given": given,
        "suffix": suffix or "",
    }
    return {part: text for part, text in name.items() if text}
