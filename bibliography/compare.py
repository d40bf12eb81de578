"""How well a statement of a source fits an entry: features for the model of bibliography.match, each between -1 and 1.

A field is compared where both sides have it, and looked for in the whole string of the statement where the parser may have
missed it; 0 is "silent". Numbers that contradict each other (year, volume, edition, part, page) have features of their own.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz

from bibliography.names import initials_agree
from bibliography.work import CODED_FORM_WORDS, LONGEST_SHORT, Statement, Work, WorkPerson, telling

_PARTS = frozenset({"article", "chapter"})


class Features(NamedTuple):
    """The comparison, feature by feature; also the order of the model's weights."""

    title: float  # likeness of the stated title and the entry's, whole or shortened
    title_low: float  # how far that is below 0.9
    title_far: float  # it is below 0.7
    title_exact: float  # the stated title is the entry's title or main title, letter by letter
    title_bare: float  # a title of one or two words, which many works have
    title_found: float  # share of the entry's main title that the string holds
    title_whole: float  # the same of the whole title
    title_there: float  # the entry's main title stands in the string as it is
    title_foreign: float  # share of the stated title's words that the entry's lacks
    title_other: float  # more than a quarter of them
    before_title: float  # what stands before the title in the string and is neither author nor year of the entry
    explained: float  # share of the string's words that the entry explains
    explained_low: float
    author: float  # the first author
    author_elsewhere: float  # is named in the string, but not as its first author
    author_fuzzy: float  # is misspelt
    author_missing: float  # is nowhere in the string
    author_none: float  # the entry has none
    coauthors: float  # share of the others that agree
    strangers: float  # authors stated that the entry lacks
    initials: float
    initials_wrong: float
    year: float
    year_among: float  # the entry's year is one of several in the string
    year_near: float
    year_wrong: float
    year_backed: float  # another year, but the volume or the pages agree
    year_silent: float  # the string has no year
    volume: float
    volume_wrong: float
    issue: float
    issue_wrong: float
    page: float
    page_inside: float
    page_wrong: float
    container: float
    container_wrong: float
    container_only_mine: float
    container_only_theirs: float
    part_of: float  # the entry is the book in which the stated chapter stands
    part_wrong: float  # numerals of the titles differ (Part II, Volume 3)
    part_for_book: float  # the string has a container, the entry is a book without one
    book_for_part: float  # the string has a publisher and no container, the entry is a part or an article
    kind_wrong: float  # a title in quotation marks for a book, or a chapter as if it were a book
    edition_wrong: float
    brief: float  # a short form: name, title, page
    brief_title: float
    brief_exact: float
    brief_silent: float
    brief_bare: float
    brief_kind: float
    brief_fits: float  # the entry's title has all words of the short one
    doi: float
    doi_wrong: float


def compare(stated: Statement, work: Work) -> Features:
    """The features of a statement and an entry."""
    brief = 1.0 if is_brief(stated) else 0.0
    titles = _titles(stated, work)
    _, low, _, exact, bare, *_ = titles
    year, among, near, wrong, silent = _year(stated, work)
    volume, volume_wrong = _number(stated.work.volume, work.volume, stated.numbers)
    page, inside, page_wrong = _pages(stated, work, brief)
    container, container_wrong, only_mine, only_theirs = _container(stated, work, brief)
    kind_wrong = _kind_wrong(stated, work)
    return Features._make(
        (
            *titles,
            *_first_author(stated, work),
            *_other_authors(stated, work),
            *_initials(stated.work, work),
            year,
            among,
            near,
            wrong,
            (near + wrong) * max(volume == 1.0, page == 1.0),
            silent,
            volume,
            volume_wrong,
            *_number(stated.work.issue, work.issue, stated.numbers),
            page,
            inside,
            page_wrong,
            container,
            container_wrong,
            only_mine,
            only_theirs,
            _part_of(stated, work),
            float(_numerals_differ(stated, work)),
            float(only_mine > 0 and work.kind == "book"),
            float(bool(stated.work.rest) and not stated.work.container and work.kind in _PARTS and container <= 0.5),
            kind_wrong * (1 - brief),
            float(bool(stated.work.edition and work.edition and stated.work.edition != work.edition)),
            brief,
            brief * low,
            brief * exact,
            brief * silent,
            brief * bare,
            brief * kind_wrong,
            brief * _fits(stated, work),
            float(bool(stated.work.doi) and stated.work.doi == work.doi),
            float(bool(stated.work.doi and work.doi) and stated.work.doi != work.doi),
        )
    )


def is_brief(stated: Statement) -> bool:
    """Whether a statement is a short form: at most name, a few words of title, year and page."""
    work, length = stated.work, len(stated.words)
    if length > LONGEST_SHORT or work.rest:
        return False
    short = stated.short_title.split()
    return not (work.container or work.volume) or (bool(telling(short)) and length - len(short) <= 6)


def is_same_work(work: Work, other: Work) -> bool:
    """Whether two entries state one work: nothing of them differs but how much they say."""
    return (
        fuzz.ratio(work.title, other.title) >= 96
        and work.numbers == other.numbers
        and bool(work.people and other.people)
        and _share(work.people[0], other.people[0])
        and (work.kind == other.kind or "other" in (work.kind, other.kind))
        and work.year == other.year
        and _agree(work.volume, other.volume)
        and _agree(work.edition, other.edition)
        and (work.pages is None or other.pages is None or work.pages[0] == other.pages[0])
        and (not work.container or not other.container or fuzz.token_set_ratio(work.container, other.container) >= 80)
        and bool(work.container) == bool(other.container)
    )


def _agree(value: str, other: str) -> bool:
    return not value or not other or value == other


def _share(person: WorkPerson, other: WorkPerson) -> bool:
    return not person.keys.isdisjoint(other.keys)


def _titles(stated: Statement, work: Work) -> tuple[float, ...]:
    """The features of the titles and of what stands around them: all before those of the authors, in their order."""
    title, exact = _title(stated, work)
    bare = 1.0 if len((stated.work.title or stated.short_title).split()) <= 2 else 0.0
    there, lead = _place_of_title(stated, work)
    goes_on = stated.work.title.startswith(work.title + " ")
    if there == 1.0 and lead <= 0.1 and " " in work.main and not goes_on:
        title = max(title, 0.97)
    exact *= float(lead < 0.25)
    low = max(0.0, 0.9 - title) / 0.9
    foreign, explained = _foreign(stated.work, work), _explained(stated, work)
    return (
        title,
        low,
        float(title < 0.7),
        exact,
        bare,
        _found(work.main, stated.words),
        _found(work.title, stated.words),
        there,
        foreign,
        float(foreign > 0.25),
        lead,
        explained,
        max(0.0, 0.7 - explained) / 0.7,
    )


def _title(stated: Statement, work: Work) -> tuple[float, float]:
    """Likeness of the titles, also of a shortened one, and whether they are the same."""
    best = 0.0
    for mine in filter(None, dict.fromkeys((stated.work.title, stated.work.main, stated.short_title))):
        for title in filter(None, (work.title, work.main, *work.others)):
            if mine == title:
                return 1.0, 1.0
            best = max(best, _likeness(mine, title))
    return best, 0.0


def _likeness(mine: str, title: str) -> float:
    likeness = fuzz.ratio(mine, title) / 100
    if len(mine) < len(title):
        likeness = max(likeness, 0.98 * fuzz.ratio(mine, title[: len(mine)]) / 100)
        if mine.count(" ") >= 2:
            likeness = max(likeness, 0.95 * fuzz.partial_ratio(mine, title) / 100)
    elif title.count(" ") >= 2:  # the parser took more than the title
        likeness = max(likeness, 0.9 * fuzz.partial_ratio(title, mine) / 100)
    return likeness


def _found(title: str, words: tuple[str, ...]) -> float:
    """Share of a title's words, weighed by length, that stand in the string."""
    wanted = title.split()
    if not wanted:
        return 0.0
    there = set(words)
    weights = [len(word) for word in wanted]
    return sum(w for word, w in zip(wanted, weights, strict=True) if word in there) / sum(weights)


def _foreign(mine: Work, work: Work) -> float:
    """Share of the stated title's telling words, by length, of which the entry has not even the beginning."""
    wanted = telling(mine.title.split())
    lost = [word for word in wanted if word[:4] not in work.starts]
    return sum(map(len, lost)) / sum(map(len, wanted)) if wanted else 0.0


def _fits(stated: Statement, work: Work) -> float:
    """Whether the entry's title has every telling word of the stated one."""
    there = {*work.title.split(), *(word for other in work.others for word in other.split())}
    wanted = telling((stated.short_title or stated.work.title).split())
    return float(bool(wanted) and there.issuperset(wanted))


def _place_of_title(stated: Statement, work: Work) -> tuple[float, float]:
    """Whether the entry's main title stands in the string as it is, and how much before it the entry does not explain."""
    if len(work.main) < 4:
        return 0.0, 0.0
    text = " ".join(stated.words)
    found = fuzz.partial_ratio_alignment(work.main, text, score_cutoff=70)
    if found is None or len(text) < len(work.main):
        return 0.0, 0.0
    names = {key for person in (*work.people, *work.editors) for key in person.keys}
    strange = [word for word in telling(text[: found.dest_start].split()) if word not in names]
    return round(max(0.0, found.score / 100 - 0.8) * 5, 6), min(1.0, sum(map(len, strange)) / 40)


def _explained(stated: Statement, work: Work) -> float:
    """Share of the string's telling words, by length, that stand anywhere in the entry; half where one begins alike.

    An imprint is left out where the entry has none: that it is silent speaks neither for nor against it.
    """
    silent = frozenset() if work.rest else stated.work.rest
    said = [word for word in stated.telling if word not in silent]
    counted = sum(len(word) * (1.0 if word in work.words else 0.5 if word[:4] in work.starts else 0.0) for word in said)
    return counted / sum(map(len, said)) if said else 0.0


def _first_author(stated: Statement, work: Work) -> tuple[float, float, float, float, float]:
    """Whether the first author agrees, is named elsewhere, misspelt, missing, or the entry has none."""
    if not work.people:
        return 0.0, 0.0, 0.0, 0.0, 1.0
    first, mine = work.people[0], stated.work.people
    if _share(first, mine[0]) if mine else not first.keys.isdisjoint(stated.opening):
        return 1.0, 0.0, 0.0, 0.0, 0.0
    if any(_share(first, person) for person in mine[1:]) or not first.keys.isdisjoint(stated.names):
        return 0.0, 1.0, 0.0, 0.0, 0.0
    spelt = max((fuzz.ratio(a, b) for a in first.families for p in mine[:1] for b in p.families), default=0.0)
    return (0.0, 0.0, 1.0, 0.0, 0.0) if spelt >= 80 else (0.0, 0.0, 0.0, 1.0, 0.0)


def _other_authors(stated: Statement, work: Work) -> tuple[float, float]:
    """Share of the further authors that stand in the string; share of the stated authors that the entry lacks."""
    mine = stated.work.people
    others = work.people[1:]
    there = sum(not person.keys.isdisjoint(stated.names) for person in others)
    known = [*work.people, *work.editors]
    strange = sum(not any(_share(person, other) for other in known) for person in mine[1:])
    return (there / len(others) if others else 0.0), (strange / len(mine) if mine else 0.0)


def _initials(mine: Work, work: Work) -> tuple[float, float]:
    if not mine.people or not work.people or not mine.people[0].given:
        return 0.0, 0.0
    same = [person for person in work.people if _share(mine.people[0], person) and person.given]
    if not same:
        return 0.0, 0.0
    agree = any(initials_agree(mine.people[0].given, person.given) for person in same)
    return float(agree), float(not agree)


def _year(stated: Statement, work: Work) -> tuple[float, float, float, float, float]:
    """Same, among others, one off, another year, and no year in the string; the years of a title date no edition."""
    titled = {int(word) for word in work.title.split() if word.isdigit() and len(word) == 4}
    years = {year for year in stated.years if year not in titled or year == work.year}
    if not years:
        return 0.0, 0.0, 0.0, 0.0, 1.0
    if work.year is None:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    if work.year == stated.work.year or years == {work.year}:
        return 1.0, 0.0, 0.0, 0.0, 0.0
    if work.year in years:
        return 0.0, 1.0, 0.0, 0.0, 0.0
    near = min(abs(year - work.year) for year in years) == 1
    return 0.0, 0.0, float(near), float(not near), 0.0


def _number(mine: str, theirs: str, numbers: frozenset[int]) -> tuple[float, float]:
    """Agreement and contradiction of a volume or an issue; a number that stands somewhere in the string agrees half."""
    if not theirs:
        return 0.0, 0.0
    if mine == theirs:
        return 1.0, 0.0
    if theirs.isdigit() and int(theirs) in numbers:
        return 0.5, 0.0
    return 0.0, 1.0 if mine else 0.0


def _pages(stated: Statement, work: Work, brief: float) -> tuple[float, float, float]:
    """Same first page, a page inside the entry's range, a page outside of it."""
    if work.pages is None:
        return 0.0, 0.0, 0.0
    first, last = work.pages
    mine = stated.work.pages
    if mine and mine[0] == first:
        return 1.0, 0.0, 0.0
    if first in stated.numbers and (last in stated.numbers or first > 12):
        return 1.0 if last in stated.numbers and last > first else 0.5, 0.0, 0.0
    if mine and not brief:
        return 0.0, float(first <= mine[0] <= last), float(mine[1] > mine[0] and last > first)
    return 0.0, float(any(first <= number <= last for number in stated.numbers)), 0.0


def _container(stated: Statement, work: Work, brief: float) -> tuple[float, float, float, float]:
    """Likeness above and below one half; a container that only the string has, that only the entry has."""
    mine = stated.work.container
    if not work.container or work.container == work.title:
        return 0.0, 0.0, 1.0 if mine and fuzz.token_set_ratio(mine, " ".join(work.rest)) < 80 else 0.0, 0.0
    found = _found(work.container, stated.words)
    if not mine:
        return (found, 0.0, 0.0, 0.0) if found > 0.7 else (0.0, 0.0, 0.0, 1.0 - brief)
    likeness = max(fuzz.token_set_ratio(mine, work.container) / 100, found, _abbreviates(mine, work.container))
    return max(0.0, 2 * likeness - 1), max(0.0, 1 - 2 * likeness), 0.0, 0.0


def _kind_wrong(stated: Statement, work: Work) -> float:
    """A title in quotation marks is no book; a short form without them and without a year is a book."""
    if stated.quoted:
        return float(work.kind in ("book", "thesis"))
    in_part = work.kind in _PARTS and work.container != work.title
    return float(in_part and not stated.years and not stated.work.container)


def _abbreviates(mine: str, container: str) -> float:
    """Share of a short container's words that begin the words of the long one, in order: "J Clin Oncol"."""
    words, at = container.split(), 0
    short = [word for word in mine.split() if word not in CODED_FORM_WORDS]
    found = 0
    for word in short:
        for n in range(at, len(words)):
            if words[n].startswith(word):
                found, at = found + 1, n + 1
                break
    return found / len(short) if short else 0.0


def _part_of(stated: Statement, work: Work) -> float:
    """The entry's title is the stated container, and its own title is another: the book for the chapter."""
    mine = stated.work
    if not mine.container or not mine.title or not work.title:
        return 0.0
    likeness = fuzz.token_set_ratio(mine.container, work.title) / 100
    return likeness if likeness > 0.8 and fuzz.ratio(mine.title, work.title) < 80 else 0.0


def _numerals_differ(stated: Statement, work: Work) -> bool:
    """One side has a part or volume number in its title that stands nowhere on the other."""
    mine, theirs = stated.work.numbers, work.numbers
    volume = {int(work.volume)} if work.volume.isdigit() and len(work.volume) < 6 else set()
    return bool(theirs - mine - stated.numbers) or bool(mine - theirs - volume)
