"""Known works that a text names by author and title, in full or short: "Sayers, The Bank of England, 390".

>>> from bibliography.headings import head_of
>>> bank = {"author": [{"family": "Sayers", "given": "R. S."}], "title": "The Bank of England, 1891-1944",
...         "issued": {"date-parts": [[1976]]}}
>>> shelf = Shelf()
>>> shelf.add(head_of("sayers1976", bank), bank["title"])
>>> text = "As R. S. Sayers, “Bank of England,” 390 shows; so Sayers, Lloyds Bank, 12."
>>> [(text[n.start:n.end], n.keys) for n in find_namings(text, [shelf])]
[('R. S. Sayers, “Bank of England', ('sayers1976',))]

A name alone is no naming: the title, or its beginning up to a mark, or some words of it between marks, must follow.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bibliography.headings import Head, HeadIndex
from bibliography.names import fold_name
from bibliography.parse.letters import UP

_TOKEN = re.compile(r"[^\W_]+(?:['’‘ʹ‐-][^\W_]+)*")
_ARTICLES = frozenset("the a an der die das ein eine le la les l un une il lo gli i el los las o".split())
# Words that stand before a name with a capital at a sentence's beginning, and are no forename.
NO_NAMES = _ARTICLES | frozenset(
    """as in on by for from with see and but so thus compare although though while both like unlike also cf to of after
    before since when where wie bei nach vgl siehe so und auch in comme selon voir et dans see per come secondo vedi e
    как по см ср и в""".split()
)
_MAIN_END = re.compile(r"[:.?!]\s|\s[–—]\s")
_YEAR = re.compile(r"(?<![\w–-])(1[4-9]\d\d|20\d\d)(?!\d)")
# "(London: Lane, 1969)", ", London 1969, 12", " // Slavic Review. 1969. 12."
_IMPRINT = re.compile(
    r"""[^;()]{0,200}? \( (?P<bracket> [^()]{0,200}? (?:1[4-9]|20)\d\d [^()]{0,40} ) \)
      | [^;()]{0,120}? [,.:]\s (?:[^\W\d_][\w’'-]*\s){0,2} (?P<plain> (?:1[4-9]|20)\d\d ) (?=[,.:]|\s*$)""",
    re.VERBOSE,
)
_MARK = re.compile(r"[,.;:…()\[\]“”\"„«»‘]|[’'](?!\w)|$")
_PAGE = re.compile(r"[”\"’»]?[,.]?[”\"’»]?\s(?:(?:pp?|[SsсС])\.\s?)?\d{1,3}(?!\d)")
_TITLE_ONLY = re.compile(  # a page or nothing behind a title
    r"""[”\"’»….,:\s]* (?: (?:(?:[vV]ols?|Bd|t|[тТ])\.?\s?)?(?:\d{1,2}|[IVX]+)[:,]\s? )? (?: (?:pp?|S|s|с|С|ch|chap)\.\s? )?
        (?: \d{1,4} (?:\s?[–-]\s?\d{1,4})? (?:\s?ff?\b)? (?:,\s\d{1,4}(?:[–-]\d{1,4})?)* )? [.)\s]*""",
    re.VERBOSE,
)
_LONG = 5  # letters of a word that alone calls a title to mind
_GIVEN = re.compile(rf"(?:(?:{UP}[\w’'‐-]*\.?|[^\W\d_]\.)\s+){{1,4}}$")
_LONGEST_LEAD = 4  # words of a name or body
_BETWEEN = 30  # words between a name and its title: given names, other authors
_ENOUGH = 4  # words of a title that identify it without a mark behind them (Chicago 18, 13.36)


class Naming(NamedTuple):
    """A naming: its span (name to the title's last word), the shelf and its works that fit, whether a year follows."""

    start: int
    end: int
    shelf: int
    keys: tuple[str, ...]
    dated: bool


class _Token(NamedTuple):
    folded: str
    start: int
    end: int


class _Title(NamedTuple):
    words: tuple[str, ...]  # without a leading article
    main: int  # how many of them stand before the colon


class Shelf:
    """Works by the first name of their heads; works may be added as they are met. Their order plays no part."""

    def __init__(self, works: Iterable[tuple[Head, str]] = ()) -> None:
        self._titles: dict[str, str] = {}
        self._heads = HeadIndex(())
        self._by_first: dict[str, list[str]] = {}
        for head, title in works:
            self.add(head, title)

    def add(self, head: Head, title: str) -> None:
        """Take a work in; one without a title cannot be named by it and is left out."""
        if title and head.key not in self._titles:
            self._titles[head.key] = title
            self._heads.add(head)
            words = self.title(head.key).words
            insort(self._by_first.setdefault(words[0] if words else "", []), head.key)

    def by_lead(self, folded: str) -> Sequence[Head]:
        """The works whose first name may be written so."""
        return self._heads.by_lead(folded)

    def by_title(self, folded: str) -> Sequence[str]:
        """The keys of the works whose title begins with a word, an article aside."""
        return self._by_first.get(folded, ())

    def title(self, key: str) -> _Title:
        """The folded title of a work."""
        return _fold_title(self._titles[key])


def find_namings(text: str, shelves: Sequence[Shelf]) -> Iterator[Naming]:
    """The namings of a text, in order; where two shelves have as much of a title, the first is taken."""
    tokens = [_Token(fold_name(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    at = 0
    while at < len(tokens):
        found = _naming_at(text, tokens, at, shelves)
        if found is None:
            at += 1
            continue
        naming, at = found
        yield naming


def find_title(text: str, shelf: Shelf, *, least: int = 2) -> Naming | None:
    """The naming of a text that says a title and no more than a page: "Coaches and Coachmen, 81"; None for all else.

    The whole main title, or its first words from ``least`` on, which several works may have.

    >>> from bibliography.headings import head_of
    >>> shelf = Shelf([(head_of("v", {}), "The Dock Strike of 1889"), (head_of("w", {}), "Capital")])
    >>> [getattr(find_title(said, shelf), "keys", None) for said in ("“Dock Strike,” 2", "Capital, 4", "Dock 2", "The Dock Strike began")]
    [('v',), ('w',), None, None]
    """
    tokens = [_Token(fold_name(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    first = 1 if len(tokens) > 1 and tokens[0].folded in _ARTICLES else 0
    runs: dict[str, int] = {}
    for key in shelf.by_title(tokens[first].folded) if tokens else ():
        title = shelf.title(key)
        long = _common(tokens, first, title.words, 0)
        if (long >= least or long >= title.main) and _TITLE_ONLY.fullmatch(text, tokens[first + long - 1].end):
            runs[key] = long
    if not runs or text[: tokens[0].start].strip(" “„«‘\"'") or not text[tokens[0].start].isupper():
        return None
    long = max(runs.values())
    keys = tuple(sorted(key for key, run in runs.items() if run == long))
    return Naming(tokens[0].start, tokens[first + long - 1].end, 0, keys, dated=False)


def _naming_at(text: str, tokens: list[_Token], at: int, shelves: Sequence[Shelf]) -> tuple[Naming, int] | None:
    """The naming whose first name begins at a token, and the token behind its title."""
    best: tuple[int, int, int, list[str]] | None = None  # length of the run, its last token, the shelf, the works
    for width in range(min(_LONGEST_LEAD, len(tokens) - at), 0, -1):
        if not text[tokens[at + width - 1].start].isupper():
            continue
        lead = " ".join(token.folded for token in tokens[at : at + width])
        for number, shelf in enumerate(shelves):
            for head in shelf.by_lead(lead):
                run = _title_run(text, tokens, at + width, shelf.title(head.key), inside=1 if number == 0 else 2)
                years = _years_behind(text, tokens[run[1]].end) if run else set()
                if run is None or (years and head.years and not years & set(head.years)):
                    continue  # another edition, or another work
                if best is None or run[0] > best[0]:
                    best = (*run, number, [head.key])
                elif (run[0], number) == (best[0], best[2]) and head.key not in best[3]:
                    best[3].append(head.key)
        if best:
            break
    if best is None:
        return None
    _, last, number, keys = best
    end = tokens[last].end
    dated = bool(_years_behind(text, end))
    return Naming(_with_given(text, tokens[at].start), end, number, tuple(sorted(keys)), dated), last + 1


def _with_given(text: str, start: int) -> int:
    """Where the given names before a family name begin: "As R. S. Sayers" from the R."""
    given = _GIVEN.search(text, max(0, start - 60), start)
    if given is None:
        return start
    words = list(re.finditer(r"\S+", given.group()))
    while words and words[0].group().casefold() in NO_NAMES:
        words.pop(0)
    return given.start() + words[0].start() if words else start


def _title_run(text: str, tokens: list[_Token], begin: int, title: _Title, *, inside: int) -> tuple[int, int] | None:
    """How many words of a title stand behind a name, and the last of them; None where too few.

    ``inside`` is how many words from inside a title are enough; a single one must be long, with a page behind it.
    """
    best: tuple[int, int] | None = None
    for at in range(begin, min(begin + _BETWEEN, len(tokens))):
        if ";" in text[tokens[at - 1].end : tokens[at].start]:
            break
        long = _common(tokens, at, title.words, 0)
        whole = long >= _ENOUGH or (long and _between_marks(text, tokens, at, at + long))
        if not whole and at == begin:  # a key phrase from inside the title, directly behind the name
            places = [n for n, word in enumerate(title.words) if word == tokens[at].folded]
            long = max((_common(tokens, at, title.words, n) for n in places), default=0)
            whole = (
                long >= inside
                and _between_marks(text, tokens, at, at + long)
                and (long > 1 or (len(tokens[at].folded) >= _LONG and bool(_PAGE.match(text, tokens[at].end))))
            )
        if whole and (best is None or long > best[0]):
            best = (long, at + long - 1)
    return best


def _common(tokens: list[_Token], at: int, words: tuple[str, ...], first: int) -> int:
    long = 0
    while at + long < len(tokens) and first + long < len(words) and tokens[at + long].folded == words[first + long]:
        long += 1
    return long


def _between_marks(text: str, tokens: list[_Token], at: int, end: int) -> bool:
    """Whether tokens stand between two marks, an article before them aside: ", The Bank of England,"."""
    if at > 0 and tokens[at - 1].folded in _ARTICLES:
        at -= 1
    before = text[tokens[at - 1].end if at else 0 : tokens[at].start]
    behind = text[tokens[end - 1].end : tokens[end - 1].end + 2].lstrip()[:1]
    return (
        bool(_MARK.search(before.strip() or "x")) and bool(before.strip()) and (not behind or bool(_MARK.match(behind)))
    )


def _years_behind(text: str, at: int) -> set[int]:
    """The years of the imprint behind a title: in the first brackets that have one, or between marks."""
    found = _IMPRINT.match(text, at)
    return {int(year) for year in _YEAR.findall(found["bracket"] or found["plain"])} if found else set()


@lru_cache(maxsize=20_000)
def _fold_title(title: str) -> _Title:
    words = tuple(fold_name(word) for word in _TOKEN.findall(title))
    main = len(_TOKEN.findall(_MAIN_END.split(title, maxsplit=1)[0]))
    if len(words) > 1 and words[0] in _ARTICLES:
        return _Title(words[1:], max(1, main - 1))
    return _Title(words, max(1, main))
