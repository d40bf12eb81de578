"""The names of an authority record, taken apart so that a name in a text can be compared with them.

>>> [form.words for form in name_forms(Authority("LOC", "Paris, Texas"))]
[('paris', 'texas'), ('paris',)]
>>> form = name_forms(Authority("PERSON", "Stalin, Joseph"))[0]
>>> form.words, form.given
(('stalin',), 'Joseph')
"""

from __future__ import annotations

import re
from typing import NamedTuple

from annotate.identity.groups import fold
from annotate.identity.persons import split_person
from annotate.identity.titles import leading_titles
from bibliography.names import fold_name, initials
from bibliography.transliterate import same_spelling
from schemas.authorities import Authority

# A word with its apostrophes, also where a line breaks it ("Rozen-\ngolts"); the parts of "Nizhny-Novgorod" are two.
WORD = re.compile(r"[^\W_]+(?:['’‘ʹʼ`][^\W_]+|-\n(?=[a-zß-öø-ÿа-яё])[^\W_]+)*")
_QUALIFIER = re.compile(r"\s*\((?P<place>[^()]*)\)\s*\Z")
_POSSESSIVE = re.compile(r"['’‘`]s\Z")
# The plain case, nine names of ten, without a parser: "Joseph Stalin", "Ella Ivanovna Shistyer".
_GIVEN_FIRST = re.compile(
    r"(?P<given>[A-ZÀ-ÞА-ЯЁ][^\W\d_]+(?: [A-ZÀ-ÞА-ЯЁ][^\W\d_]+)?) (?P<family>[A-ZÀ-ÞА-ЯЁ][^\W\d_]{3,})"
)
_FAMILY_FIRST = re.compile(r"(?P<family>[^\W\d_]{2,}), (?P<given>[A-ZÀ-ÞА-ЯЁ][^\W\d_]+(?: [A-ZÀ-ÞА-ЯЁ][^\W\d_]+)?)")


class NameForm(NamedTuple):
    """One way to write a name: folded words with their spelling, the given names of a person, a place it is told by.

    With ``given``, ``words`` are the family name only.
    """

    words: tuple[str, ...]
    spelling: tuple[str, ...]
    given: str = ""
    place: str = ""


def name_forms(record: Authority) -> list[NameForm]:
    """The forms of a record's name and aliases, each once."""
    forms = [form for name in (record.name, *record.aliases) for form in _forms(name, record.label)]
    return list(dict.fromkeys(forms))


def _forms(written: str, label: str) -> list[NameForm]:
    qualifier = _QUALIFIER.search(written)
    place = qualifier["place"] if qualifier and label != "PERSON" else ""
    name = written[: qualifier.start()] if qualifier and qualifier.start() else written
    if label == "PERSON":
        family, given = person_parts(name)
        if given and (form := _form(family, given)).words:
            return [form]
    forms = [_form(name, place=place)]
    if label == "LOC" and name.count(",") == 1 and not qualifier:
        short, place = (part.strip() for part in name.split(","))
        forms += [_form(short, place=place)] if short and place else []
    return [form for form in forms if form.words]


def person_parts(name: str) -> tuple[str, str]:
    """Family and given names of a record's person; the family name is empty where the name is only a title."""
    plain = _FAMILY_FIRST.fullmatch(name) or _GIVEN_FIRST.fullmatch(name)
    if plain is not None and not plain["family"].isupper() and not leading_titles(name):
        return plain["family"], plain["given"]
    return split_person(name)


def _form(name: str, given: str = "", place: str = "") -> NameForm:
    spelling = tuple(WORD.findall(name))
    return NameForm(tuple(map(fold_word, spelling)), spelling, given, place)


def fold_word(word: str) -> str:
    """A word as names are compared, without its possessive.

    >>> fold_word("Rozengol’ts"), fold_word("Stalin's")
    ('rozengolts', 'stalin')
    """
    return fold_name(_POSSESSIVE.sub("", word).replace("-\n", ""))


def givens_agree(one: str, other: str) -> bool:
    """Whether two given names can be of one person: each part begins the other or is another spelling of it.

    >>> givens_agree("Arkady", "Аркадий Павлович"), givens_agree("J.V.", "Joseph"), givens_agree("Henry", "Edsel")
    (True, True, False)
    """
    pairs = zip(initials(one), initials(other), strict=False)
    return all(a.startswith(b) or b.startswith(a) or same_spelling(a, b) for a, b in pairs)


def same_name(first: str, second: str) -> bool:
    """Whether two names are written alike but for case, marks, hyphens, articles and possessives."""
    return fold(first) == fold(second) or _joined(first) == _joined(second)


def _joined(name: str) -> str:
    return " ".join(map(fold_word, WORD.findall(fold(name))))
