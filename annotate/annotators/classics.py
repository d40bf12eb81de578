"""Citations of classical works: "Hom. Il. 2.14" names a person and a work, as classicists have abbreviated them for centuries.

By list and rule (``classics.toml``), because no modern prose teaches a recogniser that "Ant. 450" is Antigone. A short form
means many things, so it is believed only

- as author and work together ("Soph. Aj. 55", "Homer, Il. 2.14");
- as an author who is cited by number alone, with a number ("Thuc. 1.22");
- as a work alone, with a number and one further sign: it goes on from a citation of its author ("Eur. Hipp. 32; Med. 5"), or
  the article cites or names that author elsewhere, or quotes Greek ("cf. Ant. 450").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

_HEAD = re.compile(r"(?<![\w.])[A-Z][A-Za-z]*")
# "2.14", "I. 132", "iii 5", "fr. 27", "p. 335 D"; a unit or a per cent sign behind it makes it a figure.
_NUMBER = re.compile(
    r",?[ \n]?(?:(?:frr?|frag|fragm|vv?|ll?|pp?|ch|bk|§§?)\.?[ \n]?)?"
    r"(?P<first>\d{1,4}[a-f]?(?:\d{1,2})?|[ivxlc]{1,7}|[IVXLC]{1,7})(?![\w%])(?P<second>[.,:]?[ \n]?[§\d])?"
)
_SAID_OF = re.compile(r"(?:['’]s?)?,?[ \n]?")
_GOES_ON = re.compile(r"[\s\d.,;:()§a-fIVXLivxl–-]*(?:(?:and|also|see|cf|cp|&)[\s.,]*)*")
_NEAR = 60  # code points from one citation to the next that goes on from it
_GREEK_WORD = re.compile(r"(?=\w*[\u1f00-\u1fff])[\u0370-\u03ff\u1f00-\u1fff]{3,}")
_GREEK_WORDS = 2  # so many words with accents of the old spelling make a classical text


class Classic(NamedTuple):
    """A name in a citation: PERSON for an author, WORK for a work; ``name`` in full where it is certain."""

    label: str
    start: int
    end: int
    name: str


class _Form(NamedTuple):
    """A way to write an author or a work of his (then ``title`` is set)."""

    pattern: re.Pattern[str]
    author: str
    title: str
    full: bool  # the whole word, no abbreviation
    doubtful: bool  # an author: means other things too; a work: never stands without its author
    numbered: bool = False  # an author who is cited by number alone
    certain: bool = False  # a work of no known author, written in several words


class _Table(NamedTuple):
    """The forms by their first word, the longest first; the full names of authors."""

    authors: Mapping[str, Sequence[_Form]]
    works: Mapping[str, Sequence[_Form]]  # by first word, of all authors
    of: Mapping[str, Sequence[_Form]]  # by author
    names: re.Pattern[str]


class _Citation(NamedTuple):
    author: str
    names: tuple[Classic, ...]
    end: int


class _Signs(NamedTuple):
    """What the article says besides: authors it cites or names, whether it is a classical text, the citation before."""

    known: set[str]
    is_classical: bool
    last: _Citation | None


def find_classics(text: str) -> list[Classic]:
    """The authors and works that are cited in a text, in its order.

    >>> [(name.label, name.name) for name in find_classics("See Soph. Aj. 55 and Thuc. 1.22; but cf. Ant. 450.")]
    [('PERSON', 'Sophocles'), ('WORK', 'Ajax'), ('PERSON', 'Thucydides'), ('WORK', 'Antigone')]
    """
    table = _table()
    heads = [head for head in _HEAD.finditer(text) if head[0] in table.authors or head[0] in table.works]
    if not heads:
        return []
    sure = list(_sure(text, heads, table))
    is_classical = bool(sure) or len(_GREEK_WORD.findall(text)) >= _GREEK_WORDS
    known = {found.author for found in sure} | set(table.names.findall(text))
    if not known and not is_classical:
        return []
    return [name for found in _all(text, heads, table, known, is_classical) for name in found.names]


def _sure(text: str, heads: Sequence[re.Match[str]], table: _Table) -> Iterator[_Citation]:
    """The citations that need no further sign."""
    for head in heads:
        for author in _fitting(text, head.start(), table.authors.get(head[0], ())):
            found = _pair(text, head.start(), author, table) or _by_number(text, head.start(), author)
            if found and not author.doubtful:
                yield found
                break
        for work in table.works.get(head[0], ()):
            found = _unmistakable(text, head.start(), work)
            if found is not None:
                yield found
                break


def _all(
    text: str, heads: Sequence[re.Match[str]], table: _Table, known: set[str], is_classical: bool
) -> Iterator[_Citation]:
    last: _Citation | None = None
    for head in heads:
        start = head.start()
        if last is not None and start < last.end:
            continue
        signs = _Signs(known, is_classical, last)
        found = _author(text, start, head[0], table, signs) or _alone(text, start, head[0], table, signs)
        if found is not None:
            yield found
            last = found


def _author(text: str, start: int, word: str, table: _Table, signs: _Signs) -> _Citation | None:
    fitting = list(_fitting(text, start, table.authors.get(word, ())))
    for author in sorted(fitting, key=lambda form: form.author not in signs.known):
        if author.doubtful and author.author not in signs.known and not signs.is_classical:
            continue
        found = _pair(text, start, author, table) or _by_number(text, start, author)
        if found is not None:
            return found
    return None


def _fitting(text: str, start: int, forms: Sequence[_Form]) -> Iterator[_Form]:
    return (form for form in forms if form.pattern.match(text, start))


def _pair(text: str, start: int, author: _Form, table: _Table) -> _Citation | None:
    """Author and work: "Hom. Il."; with a number where the forms alone would not be enough ("Homer, Iliad 2.14")."""
    end = _end(author, text, start)
    gap = _SAID_OF.match(text, end)
    behind = gap.end() if gap else end
    for work in table.of[author.author]:
        match = work.pattern.match(text, behind)
        if match is None:
            continue
        number = _NUMBER.match(text, match.end())
        short = text[end - 1] == "." and match[0].endswith(".") and not author.doubtful and not work.full
        if number or short:
            names = (Classic("PERSON", start, end, author.author), Classic("WORK", behind, match.end(), work.title))
            return _Citation(author.author, names, match.end())
    return None


def _by_number(text: str, start: int, author: _Form) -> _Citation | None:
    """An author who is cited by number: "Thuc. 1.22", "Thuc. i 5"; two numbers where the form is a full word or in doubt."""
    end = _end(author, text, start)
    number = _NUMBER.match(text, end) if author.numbered else None
    if number is None:
        return None
    abbreviated = text[end - 1] == "." and not author.doubtful
    if abbreviated or number["second"]:
        return _Citation(author.author, (Classic("PERSON", start, end, author.author),), end)
    return None


def _unmistakable(text: str, start: int, work: _Form) -> _Citation | None:
    """A work of no known author whose short form is several words: "Anth. Pal. 7.12"."""
    match = work.pattern.match(text, start) if work.certain else None
    if match is None or not _NUMBER.match(text, match.end()):
        return None
    return _Citation(work.author, (Classic("WORK", start, match.end(), work.title),), match.end())


def _alone(text: str, start: int, word: str, table: _Table, signs: _Signs) -> _Citation | None:
    """A work without its author, by its number and a further sign."""
    last = signs.last
    is_near = last is not None and start - last.end <= _NEAR and _GOES_ON.fullmatch(text, last.end, start)
    goes_on = last.author if last is not None and is_near else None
    fitting = []
    for work in table.works.get(word, ()):
        match = work.pattern.match(text, start)
        if match is None or work.full or not match[0].endswith(".") or not _NUMBER.match(text, match.end()):
            continue
        if work.author == goes_on:
            return _Citation(work.author, (Classic("WORK", start, match.end(), work.title),), match.end())
        if not work.doubtful:
            fitting.append((work, match.end()))
    if not fitting or re.search(r"\d[ \n]\Z", text[max(0, start - 2) : start]):  # "1 Tim. 2" is of the Bible
        return None
    named = [(work, end) for work, end in fitting if work.author in signs.known]
    if not named and not signs.is_classical:
        return None
    end = max(end for _, end in named or fitting)
    titles = {work.title for work, _ in named or fitting}
    author = named[0][0].author if len(named) == 1 else ""
    return _Citation(author, (Classic("WORK", start, end, titles.pop() if len(titles) == 1 else text[start:end]),), end)


def _end(form: _Form, text: str, start: int) -> int:
    match = form.pattern.match(text, start)
    return match.end() if match else start


@cache
def _table() -> _Table:
    """Read the list that stands beside this module."""
    found = tomllib.loads(resources.files(__package__).joinpath("classics.toml").read_text("utf-8"))
    title_only = frozenset(found.pop("title_only"))
    authors: dict[str, list[_Form]] = {}
    works: dict[str, list[_Form]] = {}
    of: dict[str, list[_Form]] = {}
    for name, entry in found.items():
        own = of.setdefault(name, [])
        for title, forms in entry.get("works", {}).items():
            for form in [title, *forms.split("|")]:
                pattern = _pattern(form)
                certain = (
                    bool(entry.get("anonymous")) and form != title and re.match(r"\w{3,}\. \w{3,}", form) is not None
                )
                made = _Form(pattern, name, title, form == title, form in title_only or len(form) < 3, certain=certain)
                own.append(made)
                works.setdefault(_first_word(form), []).append(made)
        if entry.get("anonymous"):
            continue
        doubt, numbered = entry.get("doubt", ()), entry.get("number", False)
        for form in [name, *entry["short"]]:
            doubtful = form in doubt or len(form) < 3 or re.fullmatch(r"(?:[A-Z]\. ?)+", form) is not None
            made = _Form(_pattern(form), name, "", form == name, doubtful, numbered)
            authors.setdefault(_first_word(form), []).append(made)
    for forms in (*authors.values(), *works.values(), *of.values()):
        forms.sort(key=lambda form: -len(form.pattern.pattern))
    full = [name for name, entry in found.items() if not entry.get("anonymous")]
    return _Table(authors, works, of, re.compile(rf"\b(?:{'|'.join(map(re.escape, full))})\b"))


def _first_word(form: str) -> str:
    word = re.match(r"\W*([A-Za-z]+)", form)
    return word[1] if word else form


def _pattern(form: str) -> re.Pattern[str]:
    """A form with its stops optional at the end of words of two letters or more: "Soph Aj 55", "O.T.", "O. T."."""
    parts = []
    for word in re.findall(r"\[?\w+\]?\.?,?", form):
        bare = re.escape(word.rstrip("."))
        parts.append(bare + ("" if bare == word else r"\." if len(word) == 2 else r"(?:\.|(?![\w.]))"))
    end = "" if form.endswith(".") else r"(?!\w)"
    return re.compile(r"[ \n]?".join(parts) + end)
