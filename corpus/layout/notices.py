"""What archives, platforms and viewers print around an article: cover pages, notices of download and access, links.

They are told by the words with which such lines begin. A cover is the page (or what stands above the first notice)
with several of the fields that covers have: "Source:", "Published by:", "Stable URL:".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout.lines import Line

_NOTICE = re.compile(
    r"""(?:this\ content\ (?:was\ )?downloaded\ (?:from|by|on)|all\ use\ subject\ to|downloaded\ (?:from\ (?:https?:|www\.|\S+\.\w+/)|by\ \[|via\ )
    |this\ article\ was\ downloaded\ by|full\ terms\ (?:&|and)\ conditions\ of\ (?:use|access)
    |published\ online\ by\ cambridge|https?://(?:www\.)?(?:doi\.org/\S+\s+published\ online|jstor\.org/(?:terms|page/info))
    |\[?\s?access\ provided\ (?:by|at|to|for)|access\ provided\ by|project\ muse\ \(|\[\s?\d+(?:\.\d+){3}\s?\]\s+project
    |brought\ to\ you\ by|authenticated\ \||unauthenticated|download\ date\ \||heruntergeladen\ (?:von|am|durch)|licensed\ to\b
    |document\ téléchargé\ depuis|téléchargé\ (?:depuis|sur)\ |distribution\ électronique\ |fichier\ pdf\ généré
    |descargado\ (?:de|desde)|copyright\ clearance\ cent|reproduced\ with\ permission\ of\ the\ copyright\ owner
    |your\ use\ of\ (?:the|this)\ \w+\ (?:archive|database)\ indicates|please\ scroll\ down\ for\ article
    |content\ downloaded\ (?:from|by)|printed\ from\ \w+\ by|for\ personal\ use\ only)""",
    re.IGNORECASE | re.VERBOSE,
)
_FIELD = re.compile(
    r"""(?P<name>author(?:\(s\)|s)?:|source:|published\ by:?|publisher:|stable\ url:|accessed:|linked\ references|references\ linked
    |review\ by:|reviewed\ work(?:\(s\)|s)?:|publication\ details|to\ cite\ this\ (?:article|version)|cite\ this\ (?:article|document)
    |to\ link\ to\ this\ article|citer\ ce\ document|for\ additional\ information\ about\ this|additional\ information\ about
    |see\ discussions,\ stats|all\ content\ following\ this\ page|citations?$|reads?$|hal\ id:|submitted\ on\ |issn\s?:?\ |doi\s?:?\ |url:\ |persistent\ link
    |your\ use\ of\ |this\ article\ was\ downloaded|\[?\s?access\ provided|[\w ,:.]{3,80}\bpp\.\ \d+[–-]\d+\ \(\w+\))""",
    re.IGNORECASE | re.VERBOSE,
)
_SURE_FIELDS = (
    "citer ce",
    "cite this",
    "stable url",
    "for additional",
    "linked ref",
    "to link to",
    "see disc",
    "hal id",
    "persistent",
    "this article was",
)
_NAVIGATION = frozenset(
    """back to top|top of page|return to top|haut de page|retour au début|nach oben|zum seitenanfang|volver arriba|torna su
    |skip to main content|skip to content|print this page|share this article|download pdf|view pdf|full text|full text pdf
    |texte intégral|texte|pdf|pdf signaler ce document|signaler ce document|entrées d’index|entrées d'index|référence électronique|référence papier
    |download citation|download references|google scholar|crossref|[crossref]|[google scholar]|add to favorites|article metrics|open in new tab
    |download slide|view large|go to|наверх|к началу страницы""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_MENU = re.compile(r"[^|\n]{2,24}(?: \| [^|\n]{2,24}){2,}$")  # "Résumé | Index | Plan"
_LANGUAGES = re.compile(
    r"(?:(?:français|english|deutsch|español|italiano|português|русский|nederlands)\b[ /|]{0,3}){2,}$", re.IGNORECASE
)
_LONGEST = 200
_FIRST_LINES = 60
_FEWEST_FIELDS = 3


def is_notice(text: str) -> bool:
    """Whether a line is such a notice, by how it begins; in small letters only addresses do, and wrapped prose does.

    >>> is_notice("This content downloaded from 192.0.2.7 on Mon, 3 Nov 2014"), is_notice("This content is new.")
    (True, False)
    >>> is_notice("Licensed to A Library"), is_notice("licensed to sell ale, and paid for it")
    (True, False)
    """
    is_wrapped = text[:1].islower() and not text.startswith("http")
    return len(text) <= _LONGEST and not is_wrapped and _NOTICE.match(text) is not None


def is_navigation(text: str) -> bool:
    """Whether a line is what web pages print between the parts of an article: "Back to top", "View PDF"."""
    if len(text) > 120:
        return False
    bare = " ".join(text.casefold().split()).strip(" ↑▲.")
    return bare in _NAVIGATION or _MENU.match(text) is not None or _LANGUAGES.match(text) is not None


def find_notices(lines: Sequence[Line]) -> set[int]:
    """The lines that belong to the file and not to the article, by index: the cover, notices, navigation."""
    found = {i for i, line in enumerate(lines) if is_notice(line.text)}
    found.update(range(_cover_end(lines, found)))
    menu = {i for i, line in enumerate(lines) if is_navigation(line.text) and not _is_row(lines, i)}
    if len(menu) >= 2:
        found |= menu
    return found if len(found) * 2 < len(lines) else set()


def _is_row(lines: Sequence[Line], i: int) -> bool:
    """Whether a line with bars is a row of a table: as many of them stand in a line beside it."""
    bars = lines[i].text.count("|")
    return bars > 0 and any(lines[j].text.count("|") == bars for j in (i - 1, i + 1) if 0 <= j < len(lines))


def _cover_end(lines: Sequence[Line], notices: set[int]) -> int:
    """Where the cover ends: with its page, or with the last notice among the first lines; 0 where there is none."""
    page = next((i for i, line in enumerate(lines) if i and line.page), None)
    if page is not None and page <= _FIRST_LINES:
        return page if _has_fields(lines[:page]) else 0
    last = max((i for i in notices if i < _FIRST_LINES), default=-1)
    return last + 1 if _has_fields(lines[: last + 1]) else 0


def _has_fields(lines: Sequence[Line]) -> bool:
    fields = {match["name"].casefold() for line in lines if (match := _FIELD.match(line.text))}
    fields |= {"notice"} if any(is_notice(line.text) for line in lines) else set()
    return len(fields) >= _FEWEST_FIELDS and any(field.startswith(_SURE_FIELDS) for field in fields)
