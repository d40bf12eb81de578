"""What sort of thing a record is: the word of its type column to one of our labels, and the finer kind that it says.

>>> read_kind("person"), read_kind("Country"), read_kind("corporate body"), read_kind("spaceship")
(('PERSON', None), ('LOC', 'country'), ('ORG', None), None)
"""

from __future__ import annotations

from schemas.authorities import EntityLabel

_PLAIN: dict[EntityLabel, str] = {
    "PERSON": "person|per|people|persons|human|persname|personal name|individual",
    "ORG": "organisation|organization|organisations|organizations|org|body|corporate body|corporate name|orgname|institution",
    "LOC": "place|places|location|loc|gpe|placename|geographic name|geographical feature",
    "EVENT": "event|events|eventname",
    "WORK": "work|works|title|work of art",
    "GROUP": "group|groups|people group|persongrp|norp",
}
_FINER: dict[EntityLabel, str] = {
    "PERSON": "ruler|saint|author|politician",
    "ORG": "company|firm|bank|ministry|commissariat|department|agency|committee|commission|council|party|trade union"
    "|union|association|society|league|university|school|academy|institute|museum|library|archive|church|court"
    "|parliament|army|newspaper|publisher|government",
    "LOC": "country|state|empire|kingdom|republic|province|region|county|district|oblast|city|town|village|settlement"
    "|capital|parish|continent|river|lake|sea|ocean|island|mountain|mountains|valley|desert|peninsula|strait|canal"
    "|street|square|building|castle|palace|bridge|port|factory|monument",
    "EVENT": "war|battle|revolution|revolt|treaty|conference|congress|crisis|famine|strike|election|coup|plan",
    "WORK": "book|novel|poem|play|film|painting|journal|periodical|law|statute|decree",
    "GROUP": "nation|ethnic group|tribe|dynasty|family|religion",
}
_WORDS: dict[str, tuple[EntityLabel, str | None]] = {
    **{word: (label, None) for label, words in _PLAIN.items() for word in words.split("|")},
    **{word: (label, word) for label, words in _FINER.items() for word in words.split("|")},
}
LABELS: tuple[EntityLabel, ...] = tuple(_PLAIN)
KINDS: frozenset[str] = frozenset(word for _, word in _WORDS.values() if word)
SHOWN = "person, organisation, place, event, work, group, or a finer kind such as country, city, river, company, treaty"


def read_kind(written: str) -> tuple[EntityLabel, str | None] | None:
    """The label and the finer kind of a type; None where the word is not known."""
    return _WORDS.get(" ".join(written.replace("_", " ").casefold().split()))
