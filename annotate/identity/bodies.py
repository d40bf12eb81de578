"""Bodies: names and their acronyms, definitions in brackets, short forms, and "the Company"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotate.identity.groups import Groups, Mention, Named, fold
from schemas.ids import Ids
from schemas.offsets import SpanIndex
from schemas.records import Article

# What may be left off a firm's or a school's name. "Press" or "Institute" may not: it makes another body.
_DROPPED = frozenset(
    "company co corporation corp inc incorporated ltd limited plc llc ag gmbh sa kg works brothers bros sons group holdings"
    " motor motors trust university college and & of the".split()
)
_KINDS = (
    "Academy|Administration|Agency|Association|Authority|Bank|Board|Bureau|Chamber|Commission|Committee|Company|Conference"
    "|Congress|Corporation|Council|Court|Department|Federation|Foundation|Institute|Institution|League|Ministry|Museum"
    "|Office|Parliament|Party|Senate|Society|Syndicate|Trust|Union|University"
)
# "the Company" and no more: what a capital word or "of" follows is a name of its own.
_KIND = re.compile(rf"\b[Tt]he\s+(?P<kind>{_KINDS})\b(?!\s+(?:of|for|on|and)\b|\s+[A-Z]|-)")
_BRACKET = re.compile(r"\s*[(\[]\s*(?:the\s+|hereafter\s+|or\s+|[\"“'‘])?")
_CLOSING = re.compile(r"[\"”'’]?\s*[)\];,]")
_SMALL = frozenset("of the and for in on at to de la le du des der die das und et y e i".split())
_REACH = 6_000  # code points back that "the Company" may refer over


class KindName(NamedTuple):
    """A mention such as "the Company" with the body it stands for."""

    mention: Mention
    antecedent: Mention
    why: str


def join_bodies(groups: Groups, text: str) -> None:
    """Join bodies by definition, by initials, and by short form; of each kind only what fits one body."""
    for label in ("ORG", "LOC", "EVENT"):
        names = groups.of_label(label)
        _join_defined(groups, names, text)
        _join_initials(groups, names)
    _join_short(groups, groups.of_label("ORG"))


def is_acronym(short: str, name: str) -> bool:
    """Whether capitals are the initials of a name, with or without its small words.

    >>> is_acronym("EEC", "European Economic Community"), is_acronym("U.S.S.R.", "Union of Soviet Socialist Republics")
    (True, True)
    >>> is_acronym("IMF", "International Monetary Reform"), is_acronym("Gosplan", "State Planning Committee")
    (False, False)
    """
    letters = short.replace(".", "").replace(" ", "")
    if not 2 <= len(letters) <= 8 or not letters.isupper():
        return False
    words = [word for word in re.split(r"[\s\-–]+", name) if word[:1].isalpha()]
    great = [word for word in words if word.casefold() not in _SMALL]
    return any("".join(word[0] for word in part).upper() == letters for part in (words, great) if len(part) > 1)


def _join_defined(groups: Groups, names: Sequence[Named], text: str) -> None:
    """ "State Planning Committee (Gosplan)": a bracket that holds one name and no more defines it."""
    starts = {mention.start: named for named in names for mention in named.mentions}
    for named in names:
        for mention in named.mentions:
            opening = _BRACKET.match(text, mention.end)
            inner = starts.get(opening.end()) if opening else None
            if inner is None or inner is named or opening is None:
                continue
            end = next(m.end for m in inner.mentions if m.start == opening.end())
            defined = is_acronym(inner.name, named.name) or is_acronym(named.name, inner.name)
            if _CLOSING.match(text, end) and (defined or named.label == "ORG"):
                groups.join(inner, named, f"{named.name}: so defined in brackets")


def _join_initials(groups: Groups, names: Sequence[Named]) -> None:
    for short in names:
        if groups.why(short):
            continue
        fitting = _heads(
            groups, [named for named in names if named is not short and is_acronym(short.name, named.name)]
        )
        if len(fitting) == 1:
            groups.join(short, fitting[0], f"{fitting[0].name}: its initials")
        elif fitting:
            groups.leave_open(short, fitting, "the initials of several names")


def _join_short(groups: Groups, names: Sequence[Named]) -> None:
    """ "Ford" for "Ford Motor Company", where the rest says only what sort of body it is."""
    for short in names:
        if groups.why(short) or short.key in _DROPPED:
            continue
        fitting = _heads(groups, [named for named in names if _leaves_off(short.key, named.key)])
        if len(fitting) == 1:
            groups.join(short, fitting[0], f"{fitting[0].name}: a short form of it")
        elif fitting:
            groups.leave_open(short, fitting, "a short form of several names")


def _leaves_off(short: str, name: str) -> bool:
    words, whole = short.split(), name.split()
    return len(words) < len(whole) and whole[: len(words)] == words and all(w in _DROPPED for w in whole[len(words) :])


def _heads(groups: Groups, names: Sequence[Named]) -> list[Named]:
    return list(dict.fromkeys(groups.head(named) for named in names))


def name_kinds(article: Article, mentions: Sequence[Mention]) -> Iterator[KindName]:
    """ "the Company", "the Commission" ... for the one body of that kind that was named before, not far away."""
    bodies = sorted((m for m in mentions if m.label == "ORG"), key=lambda m: m.start)
    taken = SpanIndex(mentions)
    in_notes = {name for note in article.notes for name in note.blocks}
    ids = Ids("en-kind")
    for block in article.blocks:
        if block.kind in ("reference", "author", "affiliation") or block.id in in_notes:
            continue
        for found in _KIND.finditer(article.text, block.start, block.end):
            start, end = found.span("kind")
            if taken.covering(start):
                continue
            kind = found["kind"].casefold()
            near = [m for m in bodies if start - _REACH <= m.end <= start and kind in _kind_words(m.name)]
            if near and len({fold(m.name) for m in near}) == 1:
                mention = Mention(ids.make(found["kind"]), "ORG", found["kind"], start, end)
                yield KindName(mention, near[-1], f"{near[-1].name}: the only {kind} named shortly before")


def _kind_words(name: str) -> tuple[str, ...]:
    """The word that says what sort of body a name is: its last, or that before "of"."""
    words = fold(name).split()
    return (words[-1], words[words.index("of") - 1]) if "of" in words[1:] else (words[-1],) if len(words) > 1 else ()
