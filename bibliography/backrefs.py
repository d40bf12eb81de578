"""Back-references in notes: words that repeat a source named before, and what they repeat of it.

>>> read_backref("Ibid., p. 12.").locator, read_backref("Carr, op. cit., p. 45").names
('p. 12', 'Carr')
>>> read_backref("Carr (note 4 above), 12").number, read_backref("Ibidem is a Latin word for the same place.")
('4', None)

| kind | repeats |
|---|---|
| ibid (ibid., ibidem, ib., ebd., ebenda, там же, ivi, loc. cit. alone) | the one source cited just before |
| op-cit (op. cit., a.a.O., указ. соч., "Carr, loc. cit.") | the one earlier work of the author named |
| author ("Sayers, 390") | the same, in fewer words |
| cross-reference (note 4 above, wie Anm. 4, см. сноску 4) | what that note cites, by the author where one is named |

Idem, ders. and он же repeat an author only; a title follows (``read_idem``). Ibid.: Chicago 18, 13.37; op. cit.: MHRA
11.3; GOST R 7.0.5-2008, section 8.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from bibliography.backref_words import (
    ABOVE,
    ALSO,
    ART_CIT,
    BARE_NOTE,
    IBID,
    IBID_FIRST,
    IDEM,
    NOTE,
    OP_CIT,
    SAME_PLACE,
    SEE,
)

BackrefKind = Literal["ibid", "op-cit", "author", "cross-reference"]

_SEE = rf"(?: (?:{SEE}) (?:\s+(?:{ALSO}))? [\s:,]+ )?"
_NUMBER = r"(?: (?:[*a-zA-Z]{1,2}\.)? (?: \d{1,5}(?:[rv]|ob|n\d+)? | [ivxlc]+[rv]? ) | [IVXLC]+ )(?!\w)"
_UNIT = r"""(?: pp?\. | pages? | S\. | Sp\. | Bl\. | [сСлЛ]\. | s\.(?=\s?\d) | [дДфФ]\. | [оО]п\. | ff?\. | fols?\. | cols?\. | [Vv]ols?\. | Bd\. | [тТ]\. | t\. | [Nn]os?\. | Nr\. | №
    | nn?\. | notes? | [Cc]h(?:ap)?s?\. | [Kk]ap\. | гл\. | §§? | at | box | folder | file | reel | carton | Mappe | s\.v\. | f\. | d\. | op\. | l\. | cc?\.(?=\s?\d) | sqq?\. | (?:y\s)?ss\. | segg?\. | (?:and|und|et|и|&)(?=\s+\d) | see(?=\s+\d) | esp\. | passim )"""
_LOCATOR = rf"(?: [\s.,:;()–—/&-]* (?: {_UNIT} | {_NUMBER} (?:\s?ff?\.?)? ) )*"
_NAMES = r"(?P<names> [^\W\d_] [^\d;:()“”«»]{0,80}? )"
_EDITOR = r"\((?:eds?|dir|hrsg|hg|coord|comp|red|cur|a\s+cura\s+di|сост|ред)\.?\)"
_IBID = re.compile(
    rf"{_SEE} (?: {IBID} | {IBID_FIRST} | {SAME_PLACE} | id\.(?=,?\s+at\s+\d) ) \.? (?P<locator>{_LOCATOR}) (?P<tail>[\s.,;:)]*)",
    re.VERBOSE | re.IGNORECASE,
)
_OP_CIT = re.compile(
    rf"""{_SEE} {_NAMES} (?: \s* {_EDITOR} )? [\s,.:(]* (?: (?P<article>{ART_CIT}) | {OP_CIT} | cit\. ) \)? (?P<locator>{_LOCATOR}) (?P<tail>[\s.,;:)]*)""",
    re.VERBOSE | re.IGNORECASE,
)
_AUTHOR = re.compile(
    rf"{_SEE} {_NAMES} (?:,\s*|\s+) (?P<locator> (?: {_UNIT}\s*{_NUMBER} | (?!(?:1[4-9]|20)\d\d){_NUMBER} ) {_LOCATOR} ) (?P<tail>[\s.,;:)]*)",
    re.VERBOSE,
)
_CROSS = re.compile(
    rf"""{_SEE} (?: {_NAMES} [\s,.]* )? \(? \s* (?:(?:as\ in|wie(?:\ in)?|see|cited\ in|siehe|см\.|in|{ABOVE})[\s,]+)* (?:{NOTE}|(?P<bare>(?<!\w){BARE_NOTE})) \s*
        (?P<number>\d{{1,4}}(?:\s?[–-]\s?\d{{1,4}}(?!\d))?) (?:\s*,?\s*(?:{ABOVE})(?!\w))? \)? (?P<locator> (?:[\s,:]* {_LOCATOR})? ) (?P<tail>[\s.,;:)]*)""",
    re.VERBOSE | re.IGNORECASE,
)
_BACK_INSIDE = re.compile(
    rf"""(?<!\w)(?: (?P<names>(?:(?:van|von|de|der|du|di|la|le)\s)*[^\W\d_a-z][\w’'‐-]+(?:\s(?:and|und|et|&|и)\s[^\W\d_a-z][\w’'‐-]+)?)(?:\s[^\W\d_a-z]\.){{0,3}}
        [\s,.(]{{1,3}}(?=(?i:{OP_CIT} | {ART_CIT}))
      | (?=(?i:{IBID})) )""",
    re.VERBOSE,
)
_IDEM = re.compile(rf"(?: {IDEM} )[\s.,:]+(?=\S)", re.VERBOSE | re.IGNORECASE)
# "(hereafter cited as SOC)", "[im Folgenden: Socialism]", "(далее — СОЦ)"
_ALIAS = re.compile(
    r"""(?: \b(?:hereafter|henceforth|hereinafter)(?:\s+(?:cited|referred\s+to|abbreviated|quoted))?(?:\s+(?:as|to\s+as))?
          | \bcited\s+(?:hereafter|below)\s+as | \b(?:im\s+[Ff]olgenden|fortan|künftig|nachfolgend)(?:\s+(?:zit(?:iert|\.)|abgek(?:ürzt|\.)))?(?:\s+als)?
          | \bzit(?:iert|\.)\s+als | \b(?:ci-après|désormais|d[’']ora\s+in\s+poi|in\s+seguito) | \b[Дд]алее )
        \s*[:,—–-]?\s* [“"«„‘']? (?P<alias> [^\W\d_][^()\[\]“”"«»„’;,.:]{0,60} )""",
    re.VERBOSE,
)
# ", 347." and ", pp. 12-15" at the end of a footnote's reference; a year in brackets before it is no locator.
_TRAILING = re.compile(
    r"""(?: [,:;”"»] | \.(?=\s*[pPSсСlлЛ]) | \)(?=\s\d) | \s\((?=(?:at\s|here\s|hier\s)?(?:pp?|S|с|s)\.) ) \s* (?P<locator>
        (?: (?:at|here|hier|aldaar|ici|qui|aquí|esp\.|bes\.|spec\.|здесь)\s+ )?
        (?: (?:[vV]ols?|t|Bd|[тТ])\.\s?(?:\d{1,3}|[IVXLCivxlc]+)[,.:]\s? | \d{1,2}:(?=\d) | [IVX]{1,5},\s(?=\d) | [ivx]{1,5}\.\s(?=\d) )?
        (?: (?:pp?|S|с|С|s|fols?|ff?|cols?|л|Л|Bl|ch|chap|vol)\.?\s* )? (?: (?!(?:1[4-9]|20)\d\d,\s\d)\d{1,4}[rv]? | [ivxlc]{1,7}(?!\w)) (?:\s*[–—-]\s*\d{1,4}[rv]?)? (?:\s?ff?\b\.?|\s(?:y\s)?s[sq]q?\.|\se?\s?segg?\.)?
        (?: ,\s*\d{1,4}(?:\s*[–—-]\s*\d{1,4})? ){0,5} (?: ,?\s(?:nn?|note|Anm|nota)\.?\s?\d{1,3} )? ) \s*[.)]*\s*$""",
    re.VERBOSE,
)
_ONLY_LOCATOR = re.compile(rf"{_LOCATOR}[\s.,;]*", re.VERBOSE)
_YEARS = re.compile(r"(?P<years>1[4-9]\d\d\s*[–—-]\s*(?:\d\d){1,2}),\s*(?=\d)")
_LONGEST = 200
_INTRODUCES = re.compile(
    rf"(?: wie | as | in | at | im | so | auch | {SEE} | {ALSO} | {ABOVE} | [\s,] )+", re.VERBOSE | re.IGNORECASE
)
_AND = re.compile(r"[\s,]*(?:and|und|et|sowie|e|y|и)\s+(?=[^\W\d_a-z])")
_PATTERNS: dict[BackrefKind, re.Pattern[str]] = {
    "ibid": _IBID,
    "cross-reference": _CROSS,
    "op-cit": _OP_CIT,
    "author": _AUTHOR,
}


class Backref(NamedTuple):
    """A back-reference: its kind, the names that it gives, the number of the note that it points to, its locator.

    ``end`` is where it ends in the statement; a quotation, a remark or another source may follow.
    """

    kind: BackrefKind
    names: str
    number: str | None
    locator: str | None
    end: int
    article: bool = False  # "art. cit.": an article or chapter is meant
    bare: bool = False  # "n 5": a note's number only where that note cites something


def read_backref(statement: str) -> Backref | None:
    """The back-reference that a statement begins with; None where it says anything else.

    What follows it must be parted from it, by a stop, a colon, or "and".
    """
    for kind, pattern in _PATTERNS.items():
        found = pattern.match(statement, 0, _LONGEST)
        if found is None or not _stands_alone(statement, found, kind):
            continue
        groups = found.groupdict()
        names = (groups.get("names") or "").strip(" ,.")
        if names and (_INTRODUCES.fullmatch(names) or not any(map(str.isupper, names))):
            names = ""  # "Wie in Anm. 4"
        locator = " ".join((groups["locator"] or "").split()).strip(" ,.;:()")
        article = groups.get("article") is not None
        bare = groups.get("bare") is not None and found.string[found.start("bare") - 1 : found.start("bare")] != "("
        return Backref(kind, names, groups.get("number"), locator or None, found.start("tail"), article, bare)
    return None


def _stands_alone(statement: str, found: re.Match[str], kind: BackrefKind) -> bool:
    rest = statement[found.end() :]
    if not rest:
        return True
    if kind == "author":  # "Sim, pp. 104, 107–9, with references", "Sim, p. 128, and Rae, ii, 20"
        return "," in found["tail"] and rest[0].islower()
    parted = any(mark in found["tail"] for mark in ".;:)")
    return bool(_AND.match(statement, found.start("tail"))) or (
        parted and not rest[0].islower() and not rest[0].isdigit()
    )


def read_idem(statement: str) -> int:
    """Where a statement goes on behind idem, ders. or он же; 0 where it does not begin so.

    >>> read_idem("Idem, The Soviet Economy, 5"), read_idem("Он же. Экономика. С. 5."), read_idem("Carr, Socialism, 5")
    (6, 7, 0)
    """
    found = _IDEM.match(statement)
    return found.end() if found else 0


def read_alias(note: str) -> str | None:
    """The short name that a note gives to its source from here on.

    >>> read_alias("E. H. Carr, Socialism (London, 1958), 12 (hereafter cited as SOC).")
    'SOC'
    """
    found = _ALIAS.search(note)
    return found["alias"].strip() if found else None


def without_alias(statement: str) -> str:
    """A statement without the clause that gives its source a short name.

    >>> without_alias("E. H. Carr, Socialism (London, 1958), 12 (hereafter cited as SOC)")
    'E. H. Carr, Socialism (London, 1958), 12'
    """
    found = _ALIAS.search(statement)
    return statement[: found.start()].rstrip(" ([,;:—–-") if found else statement


def find_backrefs(text: str) -> list[tuple[int, Backref]]:
    """The back-references inside a remark, each with where it begins; their ends count from there.

    >>> [(at, back.kind, back.names) for at, back in find_backrefs("as Carr says, ibid., 12, and Nove, op. cit., shows")]
    [(14, 'ibid', ''), (29, 'op-cit', 'Nove')]
    """
    found: list[tuple[int, Backref]] = []
    for hint in _BACK_INSIDE.finditer(text):
        kind: BackrefKind = "op-cit" if hint["names"] else "ibid"
        match = _PATTERNS[kind].match(text, hint.start())
        if match is not None:
            locator = " ".join((match["locator"] or "").split()).strip(" ,.;:()")
            end = match.start("tail") - hint.start()
            found.append((hint.start(), Backref(kind, hint["names"] or "", None, locator or None, end)))
    return found


def is_locator(text: str) -> bool:
    """Whether a text says nothing but a page: ", S. 45"."""
    return any(map(str.isdigit, text)) and _ONLY_LOCATOR.fullmatch(text) is not None


def split_locator(statement: str) -> tuple[str, str | None]:
    """A reference statement without its trailing page locator, and the locator as printed; (statement, None) without.

    >>> split_locator("Sutton, Western Technology (Stanford, 1968), p. 347.")
    ('Sutton, Western Technology (Stanford, 1968)', 'p. 347')
    """
    found = _TRAILING.search(statement[-60:])
    if found is None:
        return statement, None
    start = max(0, len(statement) - 60) + found.start()
    if (
        found["locator"].isdigit()
        and len(found["locator"]) == 4
        and statement.count("(", 0, start) > statement.count(")", 0, start)
    ):
        return statement, None  # "(Leeds: Aire Books, 1936)"
    locator = " ".join(found["locator"].split())
    years = _YEARS.match(locator)
    if years:  # "The Bank of England, 1891-1944, 390-415": the years are the title's
        cut = start + statement[start:].index(years["years"]) + len(years["years"])
        return statement[:cut], locator[years.end() :]
    return statement[:start].rstrip(), locator
