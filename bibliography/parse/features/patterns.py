"""What rules read best, offered to the labeller as features: identifiers, numbers of articles, imprints, shelfmarks, names.

>>> from bibliography.parse.tokens import tokenize
>>> raw = "Lenin VI. 2013;9:46–59."
>>> pattern_features(raw, tokenize(raw))[3]
['rule=date', 'style=V']
"""

from __future__ import annotations

import re

from bibliography.parse.authors import scan_names
from bibliography.parse.identifiers import find_identifiers
from bibliography.parse.letters import DASH, MONTH, UP, YEAR
from bibliography.parse.tokens import Token

_NUMBER = r"[A-Za-z]{0,2}\d+[A-Za-z]?"
_PAGES = rf"{_NUMBER}(?:\s?{DASH}\s?{_NUMBER})?"
_TWO_WORDS = re.compile(
    r"[^\W\d_]+\s[^\W\d_a-z][^\s,]*,"
)  # "Anne Applebaum, Gulag" looks like a family name and a given one
_EDITORS = re.compile(
    r"\s*,?\s*[(\[]?\s*(?:editors?|eds?\b\.?|Hrsg\b|Hg\b|Hgg\b|dir\.|éds?\.|a cura di|coord\.|\(ed\.\)|comps?\.|ред\.|сост\.)",
    re.IGNORECASE,
)
_VANCOUVER = re.compile(rf";\s?{YEAR}\b|\b{YEAR}\s?;\s?\d")
_BRACKETED = re.compile(rf"\([^()]{{3,90}},\s?{YEAR}\)")
_QUOTED = re.compile(r"[“„«‘\"][^“”«»\"]{6,}[”“»’\"]")
_CYRILLIC = re.compile("[а-я]{3}")
_PATTERNS = (
    # "2013;9:46–59", "1993;46(3):425–452"
    re.compile(rf"(?P<date>{YEAR})(?:\s\w{{3,9}}\.?(?:\s\d{{1,2}})?)?\s?;\s?(?P<volume>\d+)?(?:\s?\(\s?(?P<issue>[^()]{{1,12}})\s?\))?\s?:\s?(?P<pages>{_PAGES})"),
    # "38, no. 3 (1979): 377–402", "57(6), pp. 823–841", "62.3 (1984), 410–25"
    re.compile(rf"(?P<volume>\d+)(?:,\s(?:no|nr|n[°º])\.?\s?(?P<issue>[\d/–-]+)|\s?\((?P<issue_b>\d[\d/–-]*)\)|\.(?P<issue_c>\d+))?\s?\((?P<date>(?:[^()\d]{{2,20}}\s)?{YEAR})\)\s?[:,]\s?(?:(?:pp?|S)\.\s?)?(?P<pages>{_PAGES})"),
    # "106, 4894–4899", "55(2): 139–165"
    re.compile(rf"(?<![\w.–-])(?P<volume>\d{{1,4}})(?:\s?\(\s?(?P<issue>[\d/–-]{{1,9}})\s?\))?\s?[,:]\s?(?:pp?\.\s?)?(?P<pages>\d+\s?{DASH}\s?\d+)(?![\w–-])"),
    # ". Moscow: Politizdat; 1969. [On the foundations of Leninism]; p. 69–188": a cited part behind the imprint of its host
    re.compile(rf"(?P<host>(?<=[.\]]\s)[^.:;\[\]]{{2,40}}:\s[^;:]{{2,90}};\s?{YEAR}\.)\s(?P<part>\[?[^;\[\]]{{3,300}}\]?);\s(?:pp?|[сСcs])\.\s?\d"),
    re.compile(r"(?P<bracket>\[[^\[\]]{8,300}\])"),
    # "Moscow: Politizdat; 1969", "New York: Norton, 1977", "М.: Наука, 1978"
    re.compile(rf"(?P<place>{UP}[^.;:,()\[\]\d]{{0,40}}?\.?)\s?:\s(?P<publisher>[^;:\[\]()\d]{{2,90}}?)\s?[;,]\s?(?P<date>{YEAR})\b"),
    # "Т. 34. № 2. С. 151–199", "vol. 3, no. 2, pp. 5-9", "Bd. 3, H. 2, S. 5"
    re.compile(r"\b(?:[Тт]|[Vv]ols?|Bd|Band|[Tt]om[eo]?|t|Jg)\b\.?\s(?P<volume>\d+|[IVXLC]+)\b"),
    re.compile(r"(?:№|\b[Nn]os?\.|\bNr\.|\bn[°º]|\b(?:Вып|вып)\.|\b[Vv]ypusk|\bHeft|\bH\.|\bN)\s?(?P<issue>\d[\d/–-]*)"),
    re.compile(rf"(?<!\w)(?:[Pp]{{1,2}}|S|Ss|[СсCc]|стр|Seiten?|pages?)\.?\s?(?P<pages>\d+(?:\s?{DASH}\s?\d+)?)(?!\w)"),
    re.compile(r"(?P<extent>\b\d{2,4})(?:, \[\d+\])?\s(?:pp?|[сcS]|Seiten|pages)\b\.?"),
    # "f. 17, op. 3, d. 761, l. 4", "Ф. Р-8350. Оп. 1. Д. 257. Л. 18, 22"
    re.compile(r"(?P<shelfmark>\b(?:[Ff](?:ond|und)?|[Фф](?:онд)?)\.?\s(?:[A-ZРПЛ]{1,2}-?\s?)?\d+[\w]*[,.]?\s(?:[Oo]p(?:is[’'ʹ]?)?|[Оо]п|[Ii]nv(?:entory)?)\b\.?\s\d+\w*(?:[,.]?\s(?:[A-Za-zА-Яа-яі’']{1,6})\.?\s\d+[\w.]*(?:\s?[–-]\s?\d+\w*)?(?:,\s\d+\w*(?:\s?[–-]\s?\d+)?(?!\w*\.\d))*(?:\s(?:ob|об|зв)\.?)?){0,4})"),
    re.compile(r"(?P<shelfmark>\b(?:FO|CAB|WO|HO|BT|T|ADM|PREM|CO|MAF|AIR|DO)\s\d+/[\d/]+)"),
    re.compile(r"(?P<shelfmark>\bRG[\s-]?\d+(?:[,.]\s(?:[A-Za-z]{2,12}\s){0,3}[\w./-]+){0,4})"),
    re.compile(r"\b(?P<shelfmark>[Bb]ox\s\d+\w*(?:[,/]\s?[Ff]older\s\d+\w*)?|[Ff]older\s\d+(?:,\s[Bb]ox\s\d+)?)"),
    re.compile(rf"(?P<daydate>\b(?:\d{{1,2}}\.?\s)?{MONTH}(?:\s\d{{1,2}})?,?\s{YEAR}\b|\b\d{{1,2}}\.\s?\d{{1,2}}\.\s?{YEAR}|\b{YEAR}[.,]\s\d{{1,2}}\s{MONTH})", re.IGNORECASE),
)  # fmt: skip


def pattern_features(raw: str, tokens: list[Token]) -> list[list[str]]:
    """The labels that rules would give, for each token."""
    found: list[list[str]] = [[] for _ in tokens]
    spans = [(start, end, label) for start, end, label in find_identifiers(raw)]
    names = scan_names(raw, _head(raw))
    if names is not None:
        role = "editors" if _EDITORS.match(raw, names.end) else "names"
        rank = ("first", "second")
        doubtful = "?" if names.style == "full" and _TWO_WORDS.match(raw, *names.names[0]) else ""
        spans += [(*span, f"{role}-{rank[min(n, 1)]}-{names.style}{doubtful}") for n, span in enumerate(names.names)]
        spans.append((names.end, min(len(raw), names.end + 2), "names-end"))
    for pattern in _PATTERNS:
        for match in pattern.finditer(raw):
            spans += [
                (*match.span(name), name.split("_")[0]) for name, text in match.groupdict().items() if text is not None
            ]
    _mark(tokens, spans, found)
    style = f"style={_style(raw)}" + ("+part" if any(label == "part" for *_, label in spans) else "")
    for features in found:
        features.append(style)
    return found


def _style(raw: str) -> str:
    """What the whole string shows of its style, as letters: GOST's " // ", Vancouver's "1969;", a bracketed imprint, quotation."""
    shown = (
        ("G", " // " in raw),
        ("V", _VANCOUVER.search(raw)),
        ("P", _BRACKETED.search(raw)),
        ("Q", _QUOTED.search(raw)),
        ("C", _CYRILLIC.search(raw)),
    )
    return "".join(letter for letter, seen in shown if seen)


def _head(raw: str) -> int:
    number = re.match(r"\s*(?:[\[(]?\d{1,4}[\])]?[.)]?\s+)?", raw)
    return number.end() if number else 0


def _mark(tokens: list[Token], spans: list[tuple[int, int, str]], found: list[list[str]]) -> None:
    at = {token.start: index for index, token in enumerate(tokens)}
    for start, end, label in spans:
        index = at.get(start)
        if index is None:
            index = next((n for n, token in enumerate(tokens) if token.start >= start), len(tokens))
        while index < len(tokens) and tokens[index].start < end:
            feature = f"rule={label}"
            if feature not in found[index]:
                found[index].append(feature)
            index += 1
