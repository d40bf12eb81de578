"""Authority records to look up: which of them a name of the article can be, and how far the names agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotate.authorities.names import WORD, NameForm, fold_word, givens_agree, name_forms, person_parts
from annotate.identity.persons import split_person
from bibliography.names import PARTICLES, initials
from bibliography.transliterate import coarse, same_spelling, word_code
from schemas.authorities import Authority

# How much a way of agreeing speaks for a record, in the points that annotate.authorities.linking adds up.
EXACT, SPELLING, INITIALS, ONE_INITIAL, SURNAME = 3.0, 2.7, 2.5, 1.5, 0.5
_OTHERWISE = ", in another spelling"


class NameMatch(NamedTuple):
    """How far a record's name agrees with a cluster's: points, and the reason in words."""

    points: float
    why: str


class Shelf:
    """Records of all labels by the coarse code of one word of their names: the family name, or the first word."""

    def __init__(self, records: Iterable[Authority]) -> None:
        self.records = tuple(records)
        self._by_code: dict[tuple[str, str], list[int]] = {}
        for at, record in enumerate(self.records):
            for code in dict.fromkeys(_shelved(record)):
                self._by_code.setdefault((record.label, code), []).append(at)
        self._forms = lru_cache(maxsize=4096)(lambda at: name_forms(self.records[at]))

    def find(self, label: str, names: Sequence[str]) -> list[tuple[Authority, NameMatch]]:
        """The records of a label that these names of one thing can be, in the shelf's order.

        A person's record must agree with every name of the cluster that has given names.
        """
        codes = dict.fromkeys(_code(word) for name in names for word in _keys(label, name))
        places = sorted({at for code in codes for at in self._by_code.get((label, code), ())})
        found = ((self.records[at], match_names(label, names, self._forms(at))) for at in places)
        return [(record, match) for record, match in found if match is not None]


def match_names(label: str, names: Sequence[str], forms: Sequence[NameForm]) -> NameMatch | None:
    """The best agreement of a cluster's names with a record's forms; None where none agrees or one contradicts."""
    matches: list[NameMatch] = []
    for name in names:
        best = _best(_match_person(name, form) if form.given else _match_words(name, form) for form in forms)
        if best is None and label == "PERSON" and split_person(name)[1] and _contradicts(name, forms):
            return None
        if best is not None:
            matches.append(best)
    return _best(matches)


def _best(matches: Iterable[NameMatch | None]) -> NameMatch | None:
    return max(filter(None, matches), key=lambda match: match.points, default=None)


def _match_person(name: str, form: NameForm) -> NameMatch | None:
    family, given = split_person(name)
    if given and _folded(f"{given} {family}") == _folded(f"{form.given} {' '.join(form.spelling)}"):
        return NameMatch(EXACT, "the same name")
    spelling, theirs = _core(family.split()), _core(form.spelling)
    spelt = 0 < len(spelling) == len(theirs) and all(map(_spelt_alike, spelling, theirs))
    if not spelt or not givens_agree(given, form.given):
        return None
    other = "" if all(fold_word(a) == fold_word(b) for a, b in zip(spelling, theirs, strict=True)) else _OTHERWISE
    if not given:
        return NameMatch(SURNAME, f"the family name{other}")
    if len(initials(given)) == 1 and all(len(part) <= 2 for part in initials(given)):
        return NameMatch(ONE_INITIAL, f"the family name and one initial{other}")
    if any(len(part) <= 2 for part in (*initials(given)[:1], *initials(form.given)[:1])):
        return NameMatch(INITIALS, f"the family name, and initials that agree{other}")
    return NameMatch(SPELLING if other else EXACT, f"the same name{other}")


def _core(family: Sequence[str]) -> Sequence[str]:
    """A family name without its particles, which may be left out: "Reichenau" for "von Reichenau"."""
    kept = [word for word in family if word.casefold() not in PARTICLES]
    return kept or family


def _folded(name: str) -> tuple[str, ...]:
    return tuple(map(fold_word, WORD.findall(name)))


def _match_words(name: str, form: NameForm) -> NameMatch | None:
    spelling = _words(name)
    theirs = _without_article(form.spelling)
    words, known = tuple(map(fold_word, spelling)), tuple(map(fold_word, theirs))
    if "".join(words) == "".join(known):
        return NameMatch(EXACT, "the same name")
    if len(words) == len(known) > 1 and all(map(_spelt_alike, spelling, theirs)):
        return NameMatch(SPELLING, f"the same name{_OTHERWISE}")
    return None


def _contradicts(name: str, forms: Sequence[NameForm]) -> bool:
    """Whether a full name has a form's family name and other given names: "Henry Ford" is not Edsel Ford."""
    family, given = split_person(name)
    return any(
        form.given and _spelt_alike(family.split()[-1], form.spelling[-1]) and not givens_agree(given, form.given)
        for form in forms
    )


def _spelt_alike(word: str, spelling: str) -> bool:
    return fold_word(word) == fold_word(spelling) or same_spelling(word, spelling)


def _words(name: str) -> tuple[str, ...]:
    return _without_article(tuple(WORD.findall(name)))


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0].casefold() in ("the", "a", "an") else words


def _shelved(record: Authority) -> Iterator[str]:
    """The codes under which a record stands: of a person the family name; of all others the first word."""
    for name in (record.name, *record.aliases):
        family, given = person_parts(name) if record.label == "PERSON" else ("", "")
        if given:
            yield _code(family.split()[-1])
            continue
        words = _words(name)
        yield from map(_code, words[:1])
        if "-" in name:
            yield _code("".join(words[:2]))


def _keys(label: str, name: str) -> Iterator[str]:
    """The words by which a name of the article is looked up: as a record may write it, with a hyphen or in one."""
    words = _words(name)
    if label == "PERSON" and (family := split_person(name)[0]):
        yield family.split()[-1]
    yield from words[:1]
    if len(words) > 1:
        yield "".join(words[:2])


@lru_cache(maxsize=1 << 17)
def _code(word: str) -> str:
    folded = fold_word(word)
    return coarse(word_code(folded)) or folded
