"""How a text may call an entry by author and year: the head of each entry, and an index over the heads of a list.

>>> entries = [("a", {}, "Sutton, Antony C. & Bruno Latour. 1968 [1966]. Western technology. Stanford: Hoover."),
...            ("b", {}, "Sutton, Antony C. 1973b. National suicide. New Rochelle: Arlington House.")]
>>> heads = HeadIndex(head_of(key, item, raw) for key, item, raw in entries)
>>> heads.find(Call(("Sutton",), years=(1973,), suffix="b")).key, heads.find(Call(("Sutton", "Latour"), years=(1966,))).key
('b', 'a')
>>> heads.find(Call(("Sutton",), years=(1931,))).status
'none'

A head is read from the entry's fields and from its printed beginning, so an entry that no parser could cut still has one.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from bibliography.names import PARTICLES, fold_name, initials_agree, particle, without_case
from bibliography.transliterate import name_keys
from schemas.records import Candidate, CslItem

_LONGEST_HEAD = 400  # code points: thirty authors are not longer
_YEAR = re.compile(r"(?<![\w.])(?P<year>1\d\d\d|20\d\d)(?P<suffix>[a-zа-г])?(?!\w)")
# "[1966]", "(1968 [1928])", "1910–1913", "1672[1644]": the years of one entry stand together
_BETWEEN_YEARS = re.compile(r"[\s,;/=()\[\]–—-]{0,4}")
_NO_YEAR = re.compile(
    r"""(?P<undated> n\.\s?d\b\.? | s\.\s?a\. | o\.\s?[JD]\. | u\.\s?å\. | б\.\s?г\. | no\s+date\b | nodate\b | undated\b )
      | (?P<forthcoming> in\s+press\b | forthcoming\b | fo?rthc?\b\.? | fc\. | to\s+appear\b | in\s+prep(?:aration\b|\.)
          | submitted\b | accepted\b | im\s+druck\b | im\s+erscheinen\b | erscheint\b | in\s+vorb(?:ereitung\b|\.)
          | à\s+paraître\b | sous\s+presse\b | in\s+corso\s+di\s+stampa\b | en\s+prensa\b | no\s+prelo\b | в\s+печати\b
          | w\s+druku\b )""",
    re.VERBOSE | re.IGNORECASE,
)
NO_YEAR_PATTERN = _NO_YEAR.pattern
_TITLE = re.compile(
    r"[\d\s,;/=()\[\]–—a-z-]*[.:,]*\s*[“\"«„‘'\[]?(?P<title>[^\W\d][^.“”\"«»]{2,300})"
)  # behind the head
_WORD = re.compile(r"[^\W\d_][\w’'‘ʹ‐-]*")
_LEAD = re.compile(
    r"[\s\[(«“\"]*(?P<name>[^\W\d_][^,;:()\[\]\d]{0,80}?)\s*(?P<behind>,|\.?\s*[(\[]?(?:\d{4}|n\.\s?d\.|in\spress\b|forthcoming\b)|\s[^\W\d_a-z]{1,3}\b[.,])"
)
_ONE_NAME = re.compile(
    r"\s*(?P<name>[^\W\d_a-z][^\W\d_]{2,})\.\s[“\"«]?[^\W\d_a-z]"
)  # "Thucydides. History of the War."
_LETTERS = re.compile(r"(?P<name>[^()]+?)\s\((?P<letters>[^\W\d_]{2,10})\)")
_ET_AL = re.compile(r"\bet\s+al\b|\bи\s+др\b|\bu\.\s?a\.", re.IGNORECASE)
_SEVERAL = re.compile(r"&|;|\b(?:and|und|et|y|e|и)\b|,.*,.*,", re.DOTALL)
_IN_HEADS = PARTICLES | frozenset(
    "and et al und with ed eds hg hrsg ed. red dir a in trans cur coord и др ред сост ред. przez och og en with jr".split()
)


class Head(NamedTuple):
    """The head of an entry: how its first name may be written, all words of its names, how many they are, its years.

    ``codes`` are those of its names with letters beyond ASCII, which other romanisations and spellings share
    (bibliography.transliterate); ``lead_codes`` those of the first name.
    """

    key: str
    leads: frozenset[str]
    words: frozenset[str]
    authors: int | None
    given: str
    years: tuple[int, ...]  # the year of this edition first
    suffix: str
    no_year: str
    lead_codes: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


class Call(NamedTuple):
    """How a citation calls a work: surnames in order, "et al.", years ("1913/1958" has two), letter, initials.

    ``no_year`` is what stands for a year: "undated" or "forthcoming". With ``span`` the years are the ends of one span,
    of publication or of a life.
    """

    names: tuple[str, ...]
    et_al: bool = False
    years: tuple[int, ...] = ()
    suffix: str = ""
    no_year: str = ""
    given: str = ""
    span: bool = False


class Found(NamedTuple):
    """What a call leads to: a key only where "linked"; the candidates and the reason always."""

    status: Literal["linked", "ambiguous", "none"]
    key: str | None
    score: float
    candidates: tuple[Candidate, ...]
    why: str


class HeadIndex:
    """Heads by the ways to write their first name, and by year; the order of the entries plays no part.

    A name that no entry has letter by letter is looked for by its codes, where one side is written beyond ASCII: "Schpotow"
    means Шпотов and "Goessmann" Gößmann, but "March" is not Marsh.
    """

    def __init__(self, heads: Iterable[Head]) -> None:
        self._by_lead: dict[str, list[Head]] = {}
        self._by_year: dict[int, list[Head]] = {}
        self._by_code: dict[str, list[Head]] = {}
        self._by_any_code: dict[str, list[Head]] | None = None
        self._by_name: dict[str, set[str]] | None = None
        for head in heads:
            self.add(head)

    def add(self, head: Head) -> None:
        """Take one more entry in."""
        self._by_any_code = None
        self._by_name = None
        for lead in head.leads:
            insort(self._by_lead.setdefault(lead, []), head, key=_key)
        for code in head.lead_codes:
            insort(self._by_code.setdefault(code, []), head, key=_key)
        for year in head.years:
            insort(self._by_year.setdefault(year, []), head, key=_key)

    def by_lead(self, folded: str) -> Sequence[Head]:
        """The entries whose first name may be written so."""
        return self._by_lead.get(folded, ())

    def has_lead(self, folded: str) -> bool:
        """Whether an entry begins with this folded name, in this or another romanisation."""
        return folded in self._by_lead or bool(self.alike(folded))

    def alike(self, name: str) -> Sequence[Head]:
        """The entries whose first name may be written so; where there is none, those whose codes it shares."""
        if heads := self._by_lead.get(fold_name(name)):
            return heads
        index = self._by_code if name.isascii() else self._all_codes()
        found = {head.key: head for code in (_codes(name) if index else ()) for head in index.get(code, ())}
        return [found[key] for key in sorted(found)]

    def _all_codes(self) -> dict[str, list[Head]]:
        """The heads by the codes of all names: made when a name beyond ASCII asks first."""
        if self._by_any_code is None:
            self._by_any_code = {}
            for lead, heads in self._by_lead.items():
                for code in _codes(lead):
                    self._by_any_code.setdefault(code, []).extend(heads)
            for code, heads in self._by_code.items():
                self._by_any_code.setdefault(code, []).extend(heads)
        return self._by_any_code

    def of_year(self, year: int) -> Sequence[Head]:
        """The entries of a year."""
        return self._by_year.get(year, ())

    def by_names(self, call: Call) -> list[Head]:
        """The entries that the names of a call fit, whatever their year; those that may have as many authors first of all."""
        heads = [head for head in (self.alike(call.names[0]) if call.names else ()) if _names_fit(call, head)]
        unknown = [head for head in heads if head.authors is None]
        return heads if unknown else _by_count(call, heads)

    def named(self, folded: str) -> tuple[str, ...]:
        """The keys of the entries that have this name among their names, in any place."""
        if self._by_name is None:
            self._by_name = {}
            for heads in self._by_lead.values():
                for head in heads:
                    for word in head.words:
                        self._by_name.setdefault(word, set()).add(head.key)
        return tuple(sorted(self._by_name.get(folded, ())))

    def find(self, call: Call) -> Found:
        """The entry that a call means: exactly one, or none is taken."""
        heads = self.alike(call.names[0]) if call.names else []
        fitting = [head for head in heads if _year_fits(call, head) and _names_fit(call, head)]
        if not fitting:
            return Found("none", None, 0.0, (), f"no entry {_who(call)}")
        for narrow in (_by_count, _by_first_year):
            fitting = narrow(call, fitting) if len(fitting) > 1 else fitting
        lettered = _by_letter(call, fitting)
        if len(lettered) == 1:
            score = _score(call, lettered[0])
            candidate = Candidate(lettered[0].key, score, "author, year")
            return Found("linked", candidate.key, score, (candidate,), f"the only entry {_who(call)}")
        shown = lettered or fitting
        why = f"{len(shown)} entries" if lettered else f"no entry with the letter {call.suffix!r}"
        candidates = tuple(Candidate(head.key, round(1 / len(shown), 4), "author, year") for head in shown)
        return Found("ambiguous", None, candidates[0].score, candidates, f"{why} {_who(call)}")


def head_of(key: str, item: CslItem, raw: str = "") -> Head:
    """The head of an entry from its CSL item and its printed form; either may be empty."""
    people = [person for person in (item.get("author") or item.get("editor") or ()) if isinstance(person, dict)]
    leads = {form for person in people[:1] for form in _forms(person)}
    words = {word for person in people for form in _forms(person) for word in (form, *form.split())}
    years, suffix, literal = _issued(item)
    no_year = read_no_year(literal)
    authors: int | None = len(people) or None
    if raw:
        head, printed, letter = _printed_head(raw)
        leads |= set(_printed_leads(raw)) or (
            {fold_name(one["name"])} if not people and (one := _ONE_NAME.match(raw)) else set()
        )
        words |= {fold_name(word) for word in _WORD.findall(head)}
        years = printed or years  # the entry's own head is surer than fields that a parser found further on
        suffix = read_letter(letter or suffix)
        if not years:
            no_year = no_year or read_no_year(raw[:_LONGEST_HEAD])
        if _ET_AL.search(head) or (authors == 1 and _SEVERAL.search(head)):
            authors = None  # more names stand there than were read
    given = str(people[0].get("given") or "") if people else ""
    first, *others = [str(person.get("family") or person.get("literal") or "") for person in people] or [
        _printed_name(raw)
    ]
    codes = _beyond_ascii(first), frozenset(code for name in (first, *others) for code in _beyond_ascii(name))
    return Head(key, frozenset(leads - {""}), frozenset(words - {""}), authors, given, years, suffix, no_year, *codes)


def read_no_year(text: str) -> str:
    """What a text without a year says instead: "undated" ("n.d."), "forthcoming" ("in press"), or nothing.

    >>> read_no_year("n.d."), read_no_year("In Press"), read_no_year("o. J."), read_no_year("1968")
    ('undated', 'forthcoming', 'undated', '')
    """
    found = _NO_YEAR.search(text)
    return "" if found is None else "undated" if found["undated"] else "forthcoming"


def printed_title(raw: str) -> str:
    """The title of an author-date entry that no parser could cut: what stands behind its year up to a full stop.

    >>> printed_title("LMS. 1798–1968. Australia incoming correspondence. London: SOAS.")
    'Australia incoming correspondence'
    """
    head, years, _ = _printed_head(raw)
    found = _TITLE.match(raw, len(head)) if years else None
    return found["title"].strip() if found else ""


def read_letter(letter: str | None) -> str:
    """The letter behind a year, the Cyrillic "а" as the Latin one that it is often taken for."""
    return (letter or "").replace("а", "a")


def _printed_head(raw: str) -> tuple[str, tuple[int, ...], str]:
    """The names before the year of an author-date entry, its years and letter; of another entry only its beginning."""
    first = _YEAR.search(raw, 0, _LONGEST_HEAD)
    if first is None or _is_title(raw[: first.start()]):
        return raw[:80], (), ""
    years, suffix, end = [int(first["year"])], first["suffix"] or "", first.end()
    while (gap := _BETWEEN_YEARS.match(raw, end)) and (more := _YEAR.match(raw, gap.end())) and gap.group():
        years.append(int(more["year"]))
        end = more.end()
    bracketed = raw[: first.start()].rstrip()[-1:] == "[" and len(years) > 1  # "[1911] 1991"
    return raw[: first.start()], tuple(reversed(years) if bracketed else years), suffix


def _is_title(before: str) -> bool:
    """Whether more than names stands before a year: two small words together, or one in quotes, are a title."""
    small = [
        word for word in re.findall(r"[\w’'.-]+", before) if word[0].islower() and word.strip(".") not in _IN_HEADS
    ]
    return len(small) > 1 or any(mark in before for mark in "“„«")


def _printed_leads(raw: str) -> Iterator[str]:
    """ "Sutton, A." and "Le Guern M. " and "Jamaican Language Unit. 2007": the first name as it is printed."""
    found = _LEAD.match(raw)
    if found is None:
        return
    name = fold_name(found["name"].strip(" ."))
    yield name
    yield from _shorter(name)
    if found["behind"] != "," and len(words := found["name"].split()) >= 3:
        yield fold_name("".join(word[0] for word in words if word[0].isupper()))


def _printed_name(raw: str) -> str:
    found = _LEAD.match(raw)
    return found["name"].strip(" .") if found else ""


def _codes(name: str) -> frozenset[str]:
    """The codes of a name, without the one that is its bare letters."""
    return frozenset(code for code in name_keys(name) if code[0] != "=")


def _beyond_ascii(name: str) -> frozenset[str]:
    return frozenset() if name.isascii() else _codes(name)


def _shorter(name: str) -> Iterator[str]:
    """ "van der wurff" is also called Wurff, "fassi fehri" Fehri, and a particle may be written to the name."""
    words = name.split()
    if 1 < len(words) <= 4:
        yield words[-1]
        yield "".join(words)
        at = next((n for n, word in enumerate(words) if word not in PARTICLES), 0)
        yield " ".join(words[at:])


def _forms(person: dict[str, Any]) -> list[str]:
    """The folded ways to write a name; of a body also its initials."""
    if literal := person.get("literal"):
        if named := _LETTERS.fullmatch(str(literal)):  # "Environment Agency (EA)"
            return [fold_name(literal), fold_name(named["name"]), fold_name(named["letters"])]
        words = str(literal).split()
        letters = "".join(word[0] for word in words if word[0].isupper())
        return [fold_name(str(literal)), *([fold_name(letters)] if len(letters) > 2 else [])]
    family = fold_name(str(person.get("family") or ""))
    whole = fold_name(f"{particle(person)} {family}")
    return list(dict.fromkeys([family, whole, *_shorter(family), *_shorter(whole)]))


def _issued(item: CslItem) -> tuple[tuple[int, ...], str, str]:
    years: list[int] = []
    issued = item.get("issued")
    for date in (issued, item.get("original-date")):
        parts = date.get("date-parts") if isinstance(date, dict) else None
        years += [int(side[0]) for side in parts or () if side and str(side[0]).isdigit()]
    date = issued if isinstance(issued, dict) else {}
    return tuple(dict.fromkeys(years)), str(date.get("suffix") or ""), str(date.get("literal") or "")


def _key(head: Head) -> str:
    return head.key


def _year_fits(call: Call, head: Head) -> bool:
    if call.years:
        return set(call.years) <= set(head.years) if call.span else bool(set(call.years) & set(head.years))
    return bool(call.no_year) and call.no_year == head.no_year


def _names_fit(call: Call, head: Head) -> bool:
    """Whether every name of the call is one of the entry; "et al." is not said of one author, other initials of another."""
    if call.et_al and head.authors == 1:
        return False
    if call.given and head.given and not _given_fits(call.given, head.given):
        return False
    return all(
        any(_has_name(fold_name(form), head) for form in (name, *without_case(name)))
        or not head.codes.isdisjoint(_codes(name))
        for name in call.names[1:]
    )


def _given_fits(given: str, own: str) -> bool:
    """Whether given names agree; the first word before initials may be none of them: "See A. C. Sutton"."""
    first, _, rest = given.partition(" ")
    return initials_agree(given, own) or ("." not in first and bool(rest) and initials_agree(rest, own))


def _has_name(folded: str, head: Head) -> bool:
    return folded in head.words or folded.split()[-1] in head.words if folded else False


def _by_count(call: Call, heads: list[Head]) -> list[Head]:
    """Those with as many authors as the call names, where there are any."""
    wanted = len(call.names)
    exact = [h for h in heads if h.authors is not None and (h.authors > wanted if call.et_al else h.authors == wanted)]
    return exact or heads


def _by_first_year(call: Call, heads: list[Head]) -> list[Head]:
    """Those of that edition before those that only reprint it; two years given together name one entry."""
    both = [head for head in heads if len(call.years) > 1 and set(call.years) <= set(head.years)]
    first = [head for head in heads if call.years and head.years[:1] == call.years[:1]]
    return both or first or heads


def _by_letter(call: Call, heads: list[Head]) -> list[Head]:
    """ "1973b" means the entry with that letter only; "1973" one without a letter before one with it."""
    if call.suffix:
        return [head for head in heads if head.suffix == call.suffix]
    return [head for head in heads if not head.suffix] or heads


def _score(call: Call, head: Head) -> float:
    """How sure a single fitting entry is; measured rates on published articles, see BENCHMARKS.md."""
    named = len(call.names)
    whole = head.authors is None or head.authors == named or call.et_al
    return 0.99 if whole and call.years[:1] == head.years[:1] else 0.95


def _who(call: Call) -> str:
    year = "/".join(map(str, call.years)) + call.suffix or call.no_year
    return f"by {' and '.join(call.names)}{' et al.' if call.et_al else ''} ({year})"
