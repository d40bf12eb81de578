"""The same thing said twice: a figure with two values, a named period with two spans, totals whose years overlap.

Two sentences speak of the same figure only where their words are the same but for verbs of measuring: "In 1913 the mill
employed 450 workers" and "the 540 workers that the mill had in 1913". Anything else stays unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from annotate.checks.passages import COUNT, DATE, FIGURES, Item, Passage
from annotate.checks.periods import year_of, years_of
from annotate.checks.results import Result, same_measure
from annotate.checks.tolerance import shown, value_of, written
from schemas.records import Verdict
from schemas.values import DateValue

WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
STOP = frozenset(
    "the of in on at by to and or for from with that this these those which who whom whose it its they them their there he she his"
    " her as is are was were be been being had has have did do does not no than then so such again still only already once"
    " also about some nearly almost over under more less all an we our one up down out into after before during between both"
    " above below earlier later noted mentioned said stated same just year years total altogether number numbers number figure"
    " worth remember recall repeat point fact known well clear true certain notice simply figures sum amount whole thus however therefore moreover indeed according again here elsewhere".split()
)
MEASURING = frozenset(
    "employ number count amount total stand stood reach have report record give gave given put estimate state note mention say"
    " show showed come came make made run ran contain comprise include hold held keep kept exist find found register list"
    " return cite quote repeat set be measure weigh yield produce cost use see saw".split()
)
MAX_PASSAGES = 4000
NAME = r"(?P<name>(?:[A-Z][\w’'-]+ )(?:(?:of the |of |and )?[A-Z]?[\w’'-]+ ?){1,4}?)"
PERIODIC = re.compile(  # what a name of a time ends in: a year range behind a place is no period of that name
    r"\b(?:wars?|plans?|depression|revolution|crisis|reign|strikes?|famine|rebellion|rising|uprising|campaign|republic|empire"
    r"|period|age|era|occupation|regime|siege|crusade|plague|embargo|blockade|terror|restoration|directory|convention"
    r"|parliament|council|congress|government|protectorate|regency|slump|panic|boom|drought|mission|expedition)\Z",
    re.IGNORECASE,
)
NAMED = re.compile(rf"{NAME}(?:\(|of )(?P<period>{DATE})")
_BEGAN = r"(?:since|began in|begun in|starting in|started in|introduced in|launched in),?"
_NTH = r"first|second|third|fourth|fifth|sixth|seventh|eighth"
ORDINAL = re.compile(rf"\A(?:the |a )?(?:(?P<nth>{_NTH}) )?", re.IGNORECASE)
SUBPART = re.compile(rf"\bthat of (?P<adjective>[a-z]+) (?P<noun>[a-z]+)\b[^{FIGURES}.;]{{0,12}}\Z")
COUNTS_IN = re.compile(
    rf"(?P<a>{COUNT})[^{FIGURES}.;]{{0,60}}?(?P<pa>{DATE})(?:[^{FIGURES}.;]{{0,60}}?)\band (?P<b>{COUNT})[^{FIGURES}.;]{{0,30}}?(?P<pb>{DATE})"
)


def check_repeats(passages: Sequence[Passage]) -> Iterator[Result]:
    """What the whole document says more than once."""
    yield from map(_at_first, _figures_twice(passages))
    yield from map(_at_first, _named_periods(passages))
    for passage in passages:
        yield from _overlapping(passage)
        yield from _timeline(passage)
    yield from map(_at_first, _periods_twice(passages))


def _at_first(result: Result) -> Result:
    """Placed at its first item alone: the other may stand pages away."""
    first = result.items[0].ann
    return result._replace(start=first.start, end=first.end)


def content_words(text: str) -> frozenset[str]:
    """The words that say what a sentence is about, in a rough stem."""
    words = (_stem(word.lower()) for word in WORD.findall(text) if word.lower() not in STOP)
    return frozenset(word for word in words if word not in MEASURING and word not in STOP)


def _stem(word: str) -> str:
    for ending in ("ies", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            root = word[: -len(ending)]
            return (
                root + "y"
                if ending == "ies"
                else root + "e"
                if ending in ("ed", "ing") and root + "e" in MEASURING
                else root
            )
    return word


def _figures_twice(passages: Sequence[Passage]) -> Iterator[Result]:
    groups: dict[tuple[object, ...], list[tuple[Passage, Item]]] = {}
    for passage in passages[:MAX_PASSAGES]:
        years = frozenset(
            item.date.edtf for item in passage.items.values() if item.ann.layer == "date" and item.date.edtf
        )
        figures = [item for item in passage.items.values() if item.ann.layer == "figure"]
        if len(figures) != 1 or figures[0].figure.value is None or not (years and figures[0].figure.unit):
            continue
        nouns = " ".join(filter(None, (figures[0].figure.commodity, figures[0].quote)))
        words = content_words(f"{passage.text} {nouns}")
        if len(words) >= 2:
            groups.setdefault((years, words), []).append((passage, figures[0]))
    for found in groups.values():
        for (_, a), (_, b) in pairwise(found):
            if same_measure(a, b):
                yield _twice(a, b)


def _twice(a: Item, b: Item) -> Result:
    first, second = written(a), written(b)
    holds = first.low <= second.high and second.low <= first.high
    words = f"{a.quote} and {b.quote} are said of the same thing"
    verdict: Verdict = "ok" if holds else "mismatch"
    return Result("stated-twice", verdict, (b, a), words, b.quote, shown(value_of(a)))


def _named_periods(passages: Sequence[Passage]) -> Iterator[Result]:
    """ "the Great Depression of 1929-1933": what else is dated by that name has to lie in it."""
    spans: dict[tuple[str, str], tuple[Item, tuple[int, int]]] = {}
    for passage in passages:
        for match in NAMED.finditer(passage.text):
            item, key = passage.items[match["period"]], _key(match["name"])
            years = years_of(item.date)
            if years is None or item.date.kind != "PERIOD" or len(key) < 8 or not PERIODIC.search(key):
                continue
            named = (_nth(match["name"]), key)  # the First and the Second Punic War are two
            if named in spans and spans[named][0] != item:
                yield _two_spans(key, spans[named][0], item)
            spans.setdefault(named, (item, years))
    for passage in passages:
        lower = passage.text.lower()
        for (nth, key), (item, years) in spans.items():
            said = re.search(rf"\b(?:(?P<nth>{_NTH}) )?{re.escape(key)}", lower)
            if said and (said["nth"] or nth) == nth and item not in passage.items.values():
                yield from _dated_by(passage, key, item, years)


def _nth(name: str) -> str:
    """The ordinal that a name begins with, "" without one."""
    match = ORDINAL.match(name.strip())
    return (match["nth"] or "").lower() if match else ""


def _key(name: str) -> str:
    words = ORDINAL.sub("", name.strip().lower()).split()
    return " ".join(
        word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word for word in words
    )


def _two_spans(key: str, a: Item, b: Item) -> Result:
    same = (a.date.earliest, a.date.latest) == (b.date.earliest, b.date.latest)
    words = f"{key!r} is dated {a.quote} and {b.quote}"
    return Result(
        "named-period", "ok" if same else "mismatch", (a, b), words, b.quote, a.quote, None if same else "warning"
    )


def _dated_by(passage: Passage, key: str, item: Item, years: tuple[int, int]) -> Iterator[Result]:
    name = re.escape(key)
    begun = re.search(
        rf"\b{_BEGAN} (?P<before>{DATE})[^{FIGURES}.;]{{0,30}}?{name}|{name}[^{FIGURES}.,;]{{0,12}}?\b{_BEGAN} (?P<after>{DATE})",
        passage.text.lower(),
    )
    if begun:
        start = passage.items[begun["before"] or begun["after"]]
        year = year_of(start)
        if year is not None and year != years[0]:
            words = f"{key!r} begins in {years[0]} ({item.quote}), here in {year}"
            yield Result("named-period", "mismatch", (start, item), words, start.quote, str(years[0]), "warning")
        return
    dates = [other for other in passage.items.values() if other.ann.layer == "date"]
    if len(dates) == 1 and (year := year_of(dates[0])) is not None and years[0] <= year <= years[1]:
        yield Result(
            "named-period", "ok", (dates[0], item), f"{year} lies within {key!r} ({item.quote})", str(year), item.quote
        )


def _periods_twice(passages: Sequence[Passage]) -> Iterator[Result]:
    """The beginning of a decade named twice beside the same word: said once as "1930s", once as "the 30s"."""
    vague = [
        (passage, item)
        for passage in passages
        for item in passage.items.values()
        if item.ann.layer == "date" and item.date.kind == "DECADE" and item.date.modifier
    ]
    for (one, a), (two, b) in combinations(vague[:40], 2):
        if (a.date.earliest, a.date.modifier) != (b.date.earliest, b.date.modifier) or a.quote == b.quote or one == two:
            continue
        if shared := content_words(one.text) & content_words(two.text):
            words = f"{a.quote} and {b.quote} are the same years, both of {min(shared)!r}"
            yield Result("stated-twice", "ok", (b, a), words, b.quote, a.quote)


def _overlapping(passage: Passage) -> Iterator[Result]:
    for match in COUNTS_IN.finditer(passage.text):
        a, b, pa, pb = (passage.items[match[name]] for name in ("a", "b", "pa", "pb"))
        one, two = years_of(pa.date), years_of(pb.date)
        if one is None or two is None or pa.date.kind != "PERIOD" or pb.date.kind != "PERIOD":
            continue
        low, high = max(one[0], two[0]), min(one[1], two[1])
        if low <= high:
            words = f"{pa.quote} and {pb.quote} overlap in {low}–{high}: {a.quote} and {b.quote} cannot be added"
            yield Result("overlap", "undecidable", (a, pa, b, pb), words)


def _timeline(passage: Passage) -> Iterator[Result]:
    """Three and more dates that a sentence tells one after the other, or a foundation and what came before a year."""
    dates = [item for item in passage.items.values() if item.ann.layer == "date"]
    spans = [span for item in dates if (span := _span(item.date)) is not None]
    if 2 < len(spans) == len(dates) and all(a[1] < b[0] for a, b in pairwise(spans)):
        yield Result("timeline", "ok", tuple(dates), " < ".join(item.quote for item in dates))
    bound = next((item for item in dates if item.date.modifier == "before"), None)
    founded = re.search(rf"\b(?:established|founded|set up|created|opened|formed) in (?P<date>{DATE})", passage.text)
    if bound is not None and founded:
        early, late = year_of(passage.items[founded["date"]]), year_of(bound)
        if early is not None and late is not None and early < late:
            yield Result("timeline", "ok", (passage.items[founded["date"]], bound), f"{early} lies before {late}")


def _span(value: DateValue) -> tuple[str, str] | None:
    return (value.earliest, value.latest) if value.earliest and value.latest and value.earliest[0] != "-" else None


def check_part_bounds(passage: Passage, pairs: Sequence[tuple[Item, Item, int]]) -> Iterator[Result]:
    """ "the share of industry ... from 58,7 to 84,7 percent, and that of heavy industry from 39,7 to 61,2": a part is smaller."""
    for (a, b, _), (c, d, start) in pairwise(pairs):
        match = SUBPART.search(re.sub(r"\s?[—–-]?\s?\Z", "", passage.text[:start]))
        if (
            match is None
            or not re.search(rf"\b{match['noun']}\b", passage.text[: match.start()])
            or not same_measure(a, c)
        ):
            continue
        holds = value_of(c) <= value_of(a) and value_of(d) <= value_of(b)
        words = f"{match['adjective']} {match['noun']} is a part of {match['noun']}: {c.quote} ≤ {a.quote}, {d.quote} ≤ {b.quote}"
        yield Result("part-bound", "ok" if holds else "undecidable", (a, b, c, d), words)
