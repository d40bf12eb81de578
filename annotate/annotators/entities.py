"""The entity layer: persons, organisations, places, events, works and peoples that the text names.

The names come from the pipeline's entity recogniser; here its labels become ours, their edges are clean, and
peoples are told from places by a list ("Soviet" is not a place, however often a model says so).

>>> doc = spacy.blank("en")("Ford met the Americans.")                  # doctest: +SKIP
>>> find_names(doc, load_demonyms())                                    # doctest: +SKIP
[Name(label='GROUP', start=13, end=22, made_by='demonyms')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from annotate.annotators.classics import find_classics
from annotate.annotators.entity_layers import ALL_LAYERS, EntityLayers
from annotate.annotators.entity_votes import Found, settle
from annotate.annotators.running import blocks_once
from schemas.ids import Ids
from schemas.offsets import SpanIndex
from schemas.records import Annotation, Article
from schemas.values import DateValue, EntityValue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

ENTITY_LABELS: Mapping[str, str] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "ORG": "ORG",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "EVENT": "EVENT",
    "WORK": "WORK",
    "WORK_OF_ART": "WORK",
    "NORP": "GROUP",
    "GROUP": "GROUP",
}
"""Labels of our model, of OntoNotes and of CoNLL pipelines; any other label is not an entity of ours."""

SKIPPED_KINDS = frozenset({"reference", "affiliation", "author"})
"""Lists of names and abbreviations, no sentences: what learnt from prose reads "Tom 34," as a person."""

CALENDAR_KINDS = frozenset({"DATE", "MONTH", "YEAR", "DECADE", "CENTURY", "SEASON", "TIME"})
"""Dates without a name in them: no entity can lie inside one ("May 1931" is nobody)."""

REGIONS = frozenset({"north", "south", "east", "west", "latin", "central", "eastern", "western"})
"""Words that make one people with the next: "South African", "East Germans", "Latin American"."""

OPENING = {")": "(", "]": "["}
# A note number left on the last word of a name: "Soviet Union1", "Stalin.²"; but "G20" and "U2" keep theirs.
GLUED_NUMBER = re.compile(r"(?:(?<=[a-z]{2})[.,;:)\]”’\"]*[0-9]{1,3}|[.,;:)\]”’\"]*[⁰¹²³⁴-⁹]+)\Z")
_LETTER = re.compile(r"([A-Z])\.")


class Name(NamedTuple):
    """A name found in one Doc: its label, its span in characters of the Doc's text, and who found it."""

    label: str
    start: int
    end: int
    made_by: str


def annotate_entities(
    article: Article, docs: Mapping[str, Doc], *, layers: EntityLayers = ALL_LAYERS
) -> Iterator[Annotation]:
    """Yield the entity annotations of the article, block by block, in text order.

    The recogniser gives no probabilities, so ``confidence`` is null; ``made_by`` tells its names ("ner") from
    those of the list of peoples ("demonyms") and of classical citations ("classics").
    """
    ids, cluster_ids = Ids("en"), Ids("thing")
    clusters: dict[tuple[str, str], str] = {}
    names = list(_names_of(article, docs, layers))
    if layers.classics:
        names = _with_classics(article, names, _skipped(layers))
    for found in settle(article, names, layers):
        key = (found.label, found.name.casefold())
        if key not in clusters:
            clusters[key] = cluster_ids.make("|".join(key))
        yield Annotation(
            id=ids.make(f"{found.label}|{found.name}"),
            layer="entity",
            label=found.label,
            start=found.start,
            end=found.end,
            value=EntityValue(name=found.name, cluster=clusters[key]),
            made_by=found.made_by,
        )


def _names_of(article: Article, docs: Mapping[str, Doc], layers: EntityLayers) -> Iterator[Found]:
    """The names of all blocks, in text order; dates are none."""
    demonyms = load_demonyms() if layers.demonyms else Demonyms(frozenset(), frozenset())
    dates = SpanIndex(_calendar_dates(article) if layers.dates else ())
    skipped = _skipped(layers)
    for block in blocks_once(article):
        doc = docs.get(block.id)
        if doc is None or block.kind in skipped:
            continue
        for name in find_names(doc, demonyms):
            start, end = block.start + name.start, block.start + name.end
            if any(end <= date.end for date in dates.covering(start)):
                continue
            yield Found(name.label, start, end, name.made_by, " ".join(article.text[start:end].split()))


def _skipped(layers: EntityLayers) -> frozenset[str]:
    return SKIPPED_KINDS if layers.zones else frozenset()


def _with_classics(article: Article, names: list[Found], skipped: frozenset[str]) -> list[Found]:
    """The names with those of classical citations, which win over what the recogniser read at their place."""
    unread = SpanIndex(block for block in article.blocks if block.kind in skipped)
    cited = [
        Found(classic.label, classic.start, classic.end, "classics", classic.name)
        for classic in find_classics(article.text)
        if not unread.covering(classic.start)
    ]
    if not cited:
        return names
    index = SpanIndex(cited)
    kept = [name for name in names if not index.overlapping(name.start, name.end)]
    return sorted((*kept, *cited), key=lambda name: name.start)


def find_names(doc: Doc, demonyms: Demonyms) -> list[Name]:
    """The names of one Doc in text order: the recogniser's, put right, and the peoples it passed over."""
    names: list[Name] = []
    covered: set[int] = set()
    for ent in doc.ents:
        label = ENTITY_LABELS.get(ent.label_)
        span = trim_span(ent, label) if label else None
        if label is None or span is None:
            continue
        people = _people_in_place_of(span, label, demonyms)
        if people is not None:
            names.append(_named(people, "GROUP", "demonyms"))
            covered.update(range(people.start, people.end))
        else:
            names.append(_named(span, label, "ner"))
            covered.update(range(span.start, span.end))
    for token in doc:
        if token.i not in covered and demonyms.matches(token) and not _is_language(token):
            people = demonyms.widen(token)
            if covered.isdisjoint(range(people.start, people.end)):
                names.append(_named(people, "GROUP", "demonyms"))
    return sorted((name for name in names if name.start < name.end), key=lambda name: name.start)


def trim_span(span: Span, label: str | None = None) -> Span | None:
    """The span without line breaks, punctuation and articles at its edges, or None where nothing is left.

    "U.S." keeps its full stop (it is one token), "European Economic Community (EEC)" its closing bracket. The
    possessive goes from persons only: "Lloyd's" and "St. Paul's" are names with theirs.
    """
    doc, start, end = span.doc, span.start, span.end
    while start < end and (_is_edge(doc[start]) or doc[start].text in ("the", "a", "an")):
        start += 1
    while start < end and _ends_badly(doc[start:end], label):
        end -= 1
    if start == end or not any(char.isalpha() for char in doc[start:end].text):
        return None
    return doc[start:end]


class Demonyms(NamedTuple):
    """Words for peoples, lower-cased, with plurals; ``prefixes`` are first halves of compounds ("anglo")."""

    words: frozenset[str]
    prefixes: frozenset[str]

    def matches(self, token: Token) -> bool:
        """Tell whether a token is a capitalised demonym: "Polish", not "polish"."""
        return token.text[:1].isupper() and _bare(token.text).casefold() in self.words

    def widen(self, token: Token) -> Span:
        """The token with the first half of its compound: "American" in "Anglo-American" or "Latin American"."""
        doc, start = token.doc, token.i
        before = doc[max(0, start - 2) : start]
        if before.text.rstrip("-–").casefold() in self.prefixes:
            start = before.start
        elif start > 0 and doc[start - 1].lower_ in REGIONS and doc[start - 1].text[0].isupper():
            start -= 1
        return doc[start : token.i + 1]


def load_demonyms() -> Demonyms:
    """Read the list that stands beside this module."""
    words: set[str] = set()
    prefixes: set[str] = set()
    for line in resources.files(__package__).joinpath("demonyms.txt").read_text("utf-8").splitlines():
        word = line.strip().casefold()
        if word.endswith("-"):
            prefixes.add(word[:-1])
        elif word and not word.startswith("#"):
            words.update((word, plural_demonym(word)))
    return Demonyms(frozenset(words), frozenset(prefixes))


def plural_demonym(word: str) -> str:
    """The plural of a demonym: Germans, Frenchmen; the French, Chinese and Swiss are their own plurals.

    >>> plural_demonym("Roman"), plural_demonym("Dutchman"), plural_demonym("Welsh"), plural_demonym("Czech")
    ('Romans', 'Dutchmen', 'Welsh', 'Czechs')
    """
    if re.search(r"(?:ch|sh|s|wo)man\Z", word):
        return word[:-3] + "men"
    if re.search(r"(?:s|sh|[nt]ch|ese|x)\Z", word):
        return word
    return word + "s"


def _people_in_place_of(span: Span, label: str, demonyms: Demonyms) -> Span | None:
    """The people that a predicted span really names: "Soviet" (LOC), or that of "Soviet regime" (LOC)."""
    if label not in ("PERSON", "ORG", "LOC"):
        return None
    word = next((token for token in span if demonyms.matches(token)), None)
    if word is None:
        return None
    people = demonyms.widen(word)
    if people.start > span.start:
        return None
    rest = span.doc[word.i + 1 : span.end]
    if len(rest) == 0 or (label != "ORG" and all(token.text.islower() for token in rest)):
        return people
    return None


def _is_language(token: Token) -> bool:
    """Tell "written in German, not in French" from "in German towns": a language is followed by no noun."""
    if token.i == 0 or token.nbor(-1).lower_ not in ("in", "into"):
        return False
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return following is None or following.is_punct or following.lower_ in ("and", "or", "but", "by", "from")


def _ends_badly(span: Span, label: str | None) -> bool:
    last = span[-1]
    if last.text in OPENING:
        return span.text.count(last.text) > span.text.count(OPENING[last.text])
    if last.text == "." and len(span) > 1 and _goes_on_behind(last):
        return False
    return _is_edge(last) or (label == "PERSON" and last.lower_ in ("'s", "’s"))


def _goes_on_behind(stop: Token) -> bool:
    """Tell the stop of an abbreviation from that of a sentence, by what follows: "Aesch. 5", "Bros., who"."""
    following = stop.nbor(1) if stop.i + 1 < len(stop.doc) else None
    return following is not None and (
        following.text in (",", ";", ":", ")") or following.text[0].isdigit() or following.text[0].islower()
    )


def _is_edge(token: Token) -> bool:
    return token.is_space or token.is_punct or token.is_quote or token.text in ("'", "’", "`")


def _takes_stop(span: Span, label: str) -> bool:
    """Tell whether the tokenizer gave a name the stop of its sentence: "World War I. The", "under Nicholas I."

    A single letter with a stop is an initial as a rule: so not behind another one, and for people only where it is a numeral.
    """
    last = span[-1]
    letter = _LETTER.fullmatch(last.text)
    if letter is None or len(span) < 2 or _LETTER.fullmatch(last.nbor(-1).text):
        return False
    following = next((token for token in last.doc[span.end :] if not token.is_space), None)
    ends = following is None or following.text[0].isupper()
    return ends and (label != "PERSON" or letter[1] in "IVX")


def _bare(word: str) -> str:
    return GLUED_NUMBER.sub("", word)


def _named(span: Span, label: str, made_by: str) -> Name:
    text = _bare(span.text)
    length = len(text) - 1 if _takes_stop(span, label) else len(text)
    return Name(label, span.start_char, span.start_char + length, made_by)


def _calendar_dates(article: Article) -> Iterator[Annotation]:
    for ann in article.annotations:
        if ann.layer == "date" and isinstance(ann.value, DateValue) and ann.value.kind in CALENDAR_KINDS:
            yield ann
