"""Which pages of a source are cited, in TEI's own terms: ``bibl`` with ``citedRange`` for each citation that says so.

Made of the records for queries ("who cites pages 50 to 60 of it?"); the locator as printed is a field of the citation.

>>> [(each.unit, each.words, each.first, each.last) for each in read_ranges("vol. 2, pp. 155–90 and n. 3")]
[('volume', 'vol. 2', '2', '2'), ('page', 'pp. 155–90', '155', '190'), ('note', 'n. 3', '3', '3')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.writers.tei.edition import Edition
from corpus.writers.tei.elements import certainty
from corpus.writers.tei.tags import tag, text

# The abbreviations of each unit, in the languages whose citations are read; those that several units share are left out.
UNITS = {
    "page": r"pp?\.? | pgs?\. | pages? | [Ss]\. | [Сс]\. | [Сс]тр\.",
    "column": r"cols?\. | columns? | Sp\.",
    "folio": r"ff?\. | fols?\. | fo\. | Bl\. | [Лл]л?\.",
    "volume": r"[Vv]ols?\. | [Vv]olumes? | Bde?\. | [Tt]\. | [Тт]\.",
    "issue": r"[Nn]os?\. | Nr\. | №",
    "note": r"nn?\. | notes? | fn\.? | Anm\.",
    "chapter": r"[Cc]h(?:ap)?s?\. | [Cc]hapters? | [Kk]ap\. | cap\. | [Гг]л\.",
    "section": r"[Ss]ec(?:t|tion)?s?\. | [Ss]ections? | §§?",
    "paragraph": r"paras?\. | paragraphs? | ¶",
    "line": r"lines?",
    "part": r"[Pp]arts? | Teil",
    "figure": r"[Ff]igs?\. | [Ff]igures?",
    "table": r"[Tt]ab\. | [Tt]ables?",
}
_NUMBER = r"(?: \d{1,5}[a-erv]? | [ivxlc]{1,7}[rv]? | [IVXLC]{1,7} )(?:(?!\w)|(?=ff?(?!\w)))"
_RANGE = rf"{_NUMBER}(?:\s?[-–—]\s?{_NUMBER})?(?:\s?ff?(?!\w)\.?)?"
_UNIT = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<{unit}>{words})' for unit, words in UNITS.items())})\s*(?={_NUMBER})", re.VERBOSE
)
_NUMBERS = re.compile(rf"{_RANGE}(?:\s?(?:[,;&]|and|und|et|и)\s?{_RANGE})*", re.VERBOSE)
_PLAIN = re.compile(r"(?P<first>[0-9]{1,5}|[ivxlc]+|[IVXLC]+)(?:\s?[-–—]\s?(?P<last>[0-9]{1,5}|[ivxlc]+|[IVXLC]+))?")
_LOOSE, _AND = " \t\r\n\u00a0\u202f,;:&", frozenset({"and", "und", "et", "и"})
_LEAF, _VOLUME = re.compile(r"\d[rv](?!\w)"), re.compile(r"(?<!\w)[IVXLC]+(?!\w)")


class Range(NamedTuple):
    """A part of a locator as printed; its unit where all of it is numbers of one; first and last where it is one range."""

    words: str
    unit: str | None
    first: str | None
    last: str | None


def write_cited(edition: Edition) -> Iterator[str]:
    """A ``listBibl`` with one ``bibl`` for each source that a citation with a locator points to; nothing without any."""
    made = [
        tag("bibl", pointer + ranges, corresp=f"#{xml_id}", type=cite.kind)
        for cite, xml_id in edition.citations
        if cite.locator and (ranges := "".join(map(_cited_range, read_ranges(cite.locator))))
        for target in cite.targets
        if (source := edition.source_id(target.reference, target.key))
        and (pointer := tag("ptr", type="source", target=f"#{source}", cert=certainty(target.score)))
    ]
    if made:
        inside = "\n   ".join(made)
        yield tag("listBibl", f"\n   {inside}\n  ", type="cited")


def _cited_range(part: Range) -> str:
    return tag("citedRange", text(part.words), **{"unit": part.unit, "from": part.first, "to": part.last})


def read_ranges(locator: str) -> Iterator[Range]:
    """The parts of a locator, each with its unit; bare numbers at the beginning are pages, or leaves ("50v")."""
    units = list(_UNIT.finditer(locator))
    starts = [0, *(each.start() for each in units), len(locator)]
    words = _trim(locator[: starts[1]])
    if words and (not units or _NUMBERS.fullmatch(words) or any(map(str.isdecimal, words))):  # not "see" or "esp."
        # "II, 45" is a volume and a page, as likely as not.
        unit = None if _VOLUME.search(words) else "folio" if _LEAF.search(words) else "page"
        yield _range(words, unit, words)
    for each, end in zip(units, starts[2:], strict=True):
        words = _trim(locator[each.start() : end])
        yield _range(words, each.lastgroup, words[each.end() - each.start() :])


def _trim(part: str) -> str:
    """A part without what joins it to its neighbours."""
    words = part.lstrip(f"{_LOOSE}.").rstrip(_LOOSE)
    before, _, last = words.rpartition(" ")
    return before.rstrip(_LOOSE) if last in _AND else words


def _range(words: str, unit: str | None, numbers: str) -> Range:
    numbers = numbers.removesuffix(".")
    if unit is None or not _NUMBERS.fullmatch(numbers):
        return Range(words, None, None, None)
    plain = _PLAIN.fullmatch(numbers)
    if plain is None:
        return Range(words, unit, None, None)
    first, last = plain["first"], plain["last"] or plain["first"]
    if last.isdecimal() and first.isdecimal() and len(last) < len(first):
        last = first[: -len(last)] + last  # "155–90"
    return Range(words, unit, first, last)
