"""What one mention of a name cannot tell and the whole article can: its label, and whether it is a name at all.

A recogniser reads each sentence alone, and calls the Politburo a body here and a person there. The mentions of an article
vote; and a capital word that only opens sentences, and elsewhere stands in small letters, is no name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from annotate.annotators.entity_layers import ALL_LAYERS, EntityLayers
from annotate.identity.groups import fold
from schemas.records import Article

_OPENS = re.compile(r"(?:^|[.!?:…]|\n\s*\n)[\s\"“‘'«(\[]*\Z")
_SMALL_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_A-Z][^\W\d_]*")
_BETWEEN = re.compile(r",?\s+and\s+(?P<article>the\s+)?|,\s+(?:the\s+)?")
_AND = re.compile(r"\s+(?:and|&)\s+")
# A common head shares what stands before it: "Victoria and Albert Museum", "Queen and Bathurst Streets".
_SHARED_HEAD = re.compile(
    r"\b(?:museum|gallery|street|road|avenue|bridge|church|cathedral|hall|house|palace|railway|canal|island|isle|mountain|river"
    r"|lake|valley|county|province|district|park|square|station|university|college|school|sea|gulf|bay)s?\Z",
    re.IGNORECASE,
)
_CAPITAL_WORDS = re.compile(
    r"(?:(?:de|la|le|del|di|da|von|van|der|el|al)\s+)*[^\W\d_a-z][\w.’'-]*(?:\s+[^\W\d_a-z][\w.’'-]*){0,3}"
)
# Single places whose names have an "and" of their own.
_JOINED = frozenset(
    {
        "bosnia and herzegovina", "trinidad and tobago", "serbia and montenegro", "antigua and barbuda", "newfoundland and labrador",
        "saint kitts and nevis", "st kitts and nevis", "saint pierre and miquelon", "wallis and futuna", "turks and caicos",
        "tyne and wear", "brighton and hove", "dumfries and galloway", "perth and kinross", "argyll and bute",
        "jammu and kashmir", "dadra and nagar haveli", "windsor and maidenhead", "castile and león", "castile and leon",
        "sao tome and principe", "são tomé and príncipe", "svalbard and jan mayen", "heard and mcdonald", "telford and wrekin",
    }
)  # fmt: skip
_KIND = re.compile(
    r"\b(?:committee|commission|ministry|council|bank|bureau|administration|association|society|union|party|company|trust"
    r"|institute|agency|office|board|department|academy|federation|commissariat|directorate)\b",
    re.IGNORECASE,
)
_GLOSS = re.compile(r"[\"”’'»]?\s*\(")
_PLACED = re.compile(
    r"\b(?:in|at|near|from|to|into|of|around|outside|through|towards?|via|between)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_BEFORE = 12  # code points before a name that tell whether a sentence opens with it, or a preposition stands there


class Found(NamedTuple):
    """A name in the article: its label, its place, who found it, its words with single spaces."""

    label: str
    start: int
    end: int
    made_by: str
    name: str


def settle(article: Article, names: Sequence[Found], layers: EntityLayers = ALL_LAYERS) -> Iterator[Found]:
    """The names in their order, each with the label that the article gives it; those that are none left out."""
    if layers.lists:
        listed = _in_lists(article.text, names)
        names = [part for found in names for part in _apart(article.text, found, found.start in listed)]
    labels = _elected(names, _defined_bodies(article.text, names)) if layers.vote else {}
    labels |= dict.fromkeys(_authors_as_places(article, names), "PERSON") if layers.vote else {}
    firm = {fold(found.name) for found in names if not _opens_sentence(article.text, found)}
    small = set(_SMALL_WORD.findall(article.text)) if layers.veto else set()
    for found in names:
        if found.made_by != "ner":
            yield found
            continue
        if not _looks_like_name(found):
            continue
        word = found.name
        only_opens = " " not in word and fold(word) not in firm
        if only_opens and word.casefold() in small:
            continue
        yield found._replace(label=labels.get(fold(word), found.label))


def _in_lists(text: str, names: Sequence[Found]) -> set[int]:
    """Where the places begin that stand beside another place with nothing but a comma between."""
    places = [found for found in names if found.label == "LOC"]
    listed = set()
    for one, other in pairwise(places):
        if text[one.end : other.start].strip() == ",":
            listed |= {one.start, other.start}
    return listed


def _apart(text: str, found: Found, listed: bool) -> Iterator[Found]:
    """The places of a list, or the two people, that were read as one: "France, Italy, the United Kingdom"."""
    whole = text[found.start : found.end]
    start = 0
    for cut in [*_cuts(whole, found, listed), None]:
        end = cut.start() if cut else len(whole)
        name = " ".join(whole[start:end].split())
        if name:
            yield found._replace(start=found.start + start, end=found.start + end, name=name)
        start = cut.end() if cut else end


def _cuts(whole: str, found: Found, listed: bool) -> list[re.Match[str]]:
    """Where a name is to be parted: not where two words are one place, or share the head behind them.

    A comma alone parts only inside a list: "Cleveland, Ohio" is left.
    """
    if found.made_by != "ner" or found.label not in ("LOC", "PERSON"):
        return []
    plain = " ".join(whole.split()).casefold()
    cuts = [
        cut
        for cut in (_BETWEEN if found.label == "LOC" else _AND).finditer(whole)
        if not ("and" in cut[0] and any(joined in plain for joined in _JOINED))
    ]
    if len(cuts) >= (1 if listed else 2) and found.label == "LOC":
        return cuts
    if any(cut.groupdict().get("article") for cut in cuts):
        return cuts
    alone = len(cuts) == 1 and ("and" in cuts[0][0] or "&" in cuts[0][0])
    if not alone or _SHARED_HEAD.search(whole):
        return []
    sides = (whole[: cuts[0].start()], whole[cuts[0].end() :])
    return cuts if all(_CAPITAL_WORDS.fullmatch(side) for side in sides) else []


def _defined_bodies(text: str, names: Sequence[Found]) -> set[str]:
    """Names that fill a bracket behind a body's descriptive name: "State Planning Committee (Gosplan)"."""
    starts = {found.start: found for found in names}
    defined = set()
    for found in names:
        opens = _GLOSS.match(text, found.end)
        if found.label == "ORG" and _KIND.search(found.name) and opens:
            inner = starts.get(opens.end())
            if inner is not None and text[inner.end : inner.end + 1] == ")":
                defined.add(fold(inner.name))
    return defined


def _elected(names: Sequence[Found], bodies: Set[str]) -> dict[str, str]:
    """The label of each name that has several, where one has more than half of three or more votes.

    A name that is defined as a body has three votes to be one.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for key in bodies:
        votes[key]["ORG"] += 3
    for found in names:
        if found.made_by == "ner":
            votes[fold(found.name)][found.label] += 1
    shared = _family_and_firm(names)
    return {
        key: label
        for key, counts in votes.items()
        if len(counts) > 1 and key not in shared
        for label, most in counts.most_common(1)
        if sum(counts.values()) >= 3 and 2 * most > sum(counts.values())
    }


def _authors_as_places(article: Article, names: Sequence[Found]) -> Iterator[str]:
    """Single words read as places that are authors: the notes name somebody of that family in full at least as often.

    Not where one of them stands behind a preposition of place: "in Washington" is a place beside George Washington.
    """
    notes = [(block.start, block.end) for block in article.blocks if block.kind == "note"]
    families = Counter(
        fold(found.name).split()[-1]
        for found in names
        if found.label == "PERSON" and " " in fold(found.name)
        if any(start <= found.start < end for start, end in notes)
    )
    places: dict[str, list[Found]] = defaultdict(list)
    for found in names:
        if found.made_by == "ner" and found.label == "LOC" and fold(found.name) in families:
            places[fold(found.name)].append(found)
    for word, read in places.items():
        is_there = any(_PLACED.search(article.text[max(0, one.start - _BEFORE) : one.start]) for one in read)
        if len(read) <= families[word] and not is_there:
            yield word


def _family_and_firm(names: Sequence[Found]) -> set[str]:
    """Words that end a person's name and open a body's: "Ford" may well be both in one article."""
    families = {fold(found.name).split()[-1] for found in names if found.label == "PERSON" and " " in found.name}
    firms = {fold(found.name).split()[0] for found in names if found.label == "ORG" and " " in found.name}
    return families & firms


def _opens_sentence(text: str, found: Found) -> bool:
    return _OPENS.search(text[max(0, found.start - _BEFORE) : found.start]) is not None or found.start == 0


def _looks_like_name(found: Found) -> bool:
    """A name has a capital or a letter of a script without capitals; "CO2" and "H2O" are nobody."""
    letters = [char for char in found.name if char.isalpha()]
    if not any(char.isupper() or not char.islower() for char in letters):
        return False
    return not (found.label == "PERSON" and any(c.isdigit() for c in found.name) and not any(map(str.islower, letters)))
