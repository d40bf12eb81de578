"""Short articles of our own in many styles of citing: every citation is found, linked or refused as their truth says.

The form of the files stands in their README. What an article falls short in today stands in SHORT, and the test fails as
well when that list is out of date.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from annotate.engine import load_model as load_any_model
from annotate.libraries import read_libraries
from annotate.pipeline import annotate_articles
from annotate.relations import read_relations
from corpus import read
from schemas.records import Article, Citation

load_model = cache(load_any_model)
FOLDER = Path(__file__).parent.parent / "fixtures" / "citations"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
TAGGED = re.compile(r"⟦(?P<words>[^⟦⟧]+)⟧\{(?P<said>[^{}]*)\}")

SHORT: dict[str, set[str]] = {
    "13-library-short": {"link: Page, 88 -> none"},  # a surname that no note cited yet is refused
    "71-theses-and-webpages": {
        "locator: Dove, Uncle’s Shop, esp. 12 and 40 -> None",
        "missed: “Pawn Shop Ledger,” entry for 2 January 1871",
    },
    "75-two-traditions": {  # a source whose author stands in the genitive, and what follows from it
        "link: Orr, Whisky, p. 71 -> none",
        "link: Orr, p. 60 -> none",
        "link: Sim, p. 128, n. 4 -> Sim, p. 128, n. 4, and Rae, ii, 20!",
        "missed: J. Orr’s Whisky and Excise (Glasgow: Clyde Press, 1951)",
        "missed: Rae, ii, 20",
        "missed: Sim, pp. 104, 107–9",
        "missed: Tod, introduction to Letters, p. xi",
    },
    "17-superscripts": {"missed: 1,8", "missed: 6", "missed: 8"},  # "mcrA26", "5.1,8", "19508": cited before or behind
}


class Truth(NamedTuple):
    """A citation as it should be: its span, its sources by name (none: refused), its locator and its relation."""

    start: int
    end: int
    words: str
    sources: frozenset[str]
    locator: str
    relation: str


class Expected(NamedTuple):
    """A file without its brackets, the words by which its sources are known, and its citations."""

    text: str
    sources: dict[str, str]
    citations: list[Truth]


def load(name: str) -> Expected:
    head, tagged = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n---\n", 1)
    sources = dict(line.removeprefix("# ").split(" = ", 1) for line in head.splitlines())
    text, at, citations = "", 0, []
    for found in TAGGED.finditer(tagged):
        text += tagged[at : found.start()]
        said = found["said"].split()
        names = frozenset(word for word in said if word[0] not in "@!?")
        locator = next((word[1:] for word in said if word[0] == "@"), "")
        relation = next((word[1:] for word in said if word[0] == "!"), "supports")
        start = len(text)
        text += found["words"]
        citations.append(Truth(start, len(text), found["words"], names, locator, relation))
        at = found.end()
    return Expected(text + tagged[at:], sources, citations)


def read_article(name: str, text: str) -> Article:
    path = FOLDER / f"{name}.bib"
    library = read_libraries([path] if path.exists() else [])
    (article,) = annotate_articles(read(text.encode(), f"{name}.txt"), load_model(), library=library)
    return article


def named(article: Article, expected: Expected, cite: Citation) -> set[str]:
    """The names of the sources that a citation leads to."""
    known = {ref.id: ref for ref in article.references}
    names = set()
    for target in cite.targets:
        ref = known[target.reference or ""]
        printed = "" if ref.start is None or ref.end is None else article.text[ref.start : ref.end]
        printed = " ".join(f"{printed} {ref.csl.get('title') or ''}".split())
        fitting = {
            n
            for n, by in expected.sources.items()
            if (by == f"@{target.key}" if by[0] == "@" else any(part in printed for part in by.split("|")))
        }
        names |= fitting or {f"{printed}!"}
    return names


def in_source(article: Article, cite: Citation) -> tuple[int, int]:
    """The span of a citation in the source: where it was lifted, or where its text was copied from."""
    if cite.source_start is not None and cite.source_end is not None:
        return cite.source_start, cite.source_end
    ends = [
        run.source_start + offset - run.start
        for offset in (cite.start, cite.end - 1)
        for run in article.offsets
        if run.start <= offset < run.start + run.length
    ]
    return ends[0], ends[-1] + 1


def shortcomings(name: str) -> tuple[set[str], int]:
    """What falls short in a file, each with its citation, and how many citations it has."""
    expected = load(name)
    article = read_article(name, expected.text)
    relations = read_relations(article)
    found: dict[Truth, list[Citation]] = {}
    wrong = set()
    for cite in article.citations:
        start, end = in_source(article, cite)
        truth = max(expected.citations, key=lambda true: min(end, true.end) - max(start, true.start))
        if min(end, truth.end) - max(start, truth.start) <= 0:
            wrong.add(f"false: {expected.text[start:end]}")
        else:
            found.setdefault(truth, []).append(cite)
    for truth in expected.citations:
        cites = found.get(truth, [])
        names = {one for cite in cites for one in named(article, expected, cite)}
        where = "".join(f" {cite.locator}" for cite in cites)
        if not cites:
            wrong.add(f"missed: {truth.words}")
        elif names != truth.sources:
            wrong.add(f"link: {truth.words} -> {' '.join(sorted(names)) or 'none'}")
        elif truth.locator and truth.locator not in re.findall(r"\w+", where):
            wrong.add(f"locator: {truth.words} ->{where}")
        elif names and any(relations[cite.id] != truth.relation for cite in cites):
            wrong.add(f"relation: {truth.words} -> {relations[cites[0].id]}")
    return wrong, len(expected.citations)


@pytest.mark.parametrize("name", NAMES)
def test_citations_are_found_and_lead_where_they_should(name: str) -> None:
    wrong, _ = shortcomings(name)
    assert wrong == SHORT.get(name, set())
