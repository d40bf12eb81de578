"""Names tied to authority records: our gold of ambiguous names, and the rules one by one."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from annotate.annotators.dates import annotate_dates
from annotate.authorities.linking import link_authorities
from annotate.authorities.shelf import Shelf
from annotate.engine import parse_blocks, tokenizer_only
from annotate.identity import resolve_identity
from corpus.authorities import read_authority
from schemas.authorities import Authority
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import EntityCandidate, EntityValue

CASES = Path(__file__).parents[2] / "fixtures" / "authorities" / "cases.txt"
HEADING = "name;type;begin;end;place;description;aliases;id"
_MARK = re.compile(r"\{(?P<label>[A-Z]+)(?P<asked>\?)?\|(?P<words>[^}]+)\}")
NLP = tokenizer_only()


def article_of(marked: str) -> tuple[Article, str]:
    """The article of a marked text with its names and dates, and the id of the asked name."""
    text, position, names, asked = "", 0, [], ""
    for number, mark in enumerate(_MARK.finditer(marked)):
        text += marked[position : mark.start()]
        value = EntityValue(mark["words"], f"own-{number}")
        name = Annotation(
            f"e-{number}", "entity", mark["label"], len(text), len(text) + len(mark["words"]), value, "ner"
        )
        names.append(name)
        asked = name.id if mark["asked"] or not asked else asked
        text += mark["words"]
        position = mark.end()
    text += marked[position:]
    article = Article(
        id="a",
        source=Source("a.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(),
        text=text,
        blocks=(Block("b-1", "paragraph", 0, len(text)),),
    )
    ((article, docs),) = parse_blocks([article], NLP)
    dates = tuple(annotate_dates(article, docs))
    return Article(**{**_fields(article), "annotations": (*dates, *names)}), asked


def _fields(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in article.__struct_fields__}


def value_of(article: Article, identifier: str) -> EntityValue:
    value = next(ann.value for ann in article.annotations if ann.id == identifier)
    assert isinstance(value, EntityValue)
    return value


def link(marked: str, *records: Authority) -> EntityValue:
    """The asked name of a marked text, tied to one of the records or left open."""
    article, asked = article_of(marked)
    return value_of(link_authorities(resolve_identity(article), Shelf(records)), asked)


def gold() -> list[tuple[str, list[Authority], str]]:
    """The cases: text, records (with ids r0, r1 ...), and the ref of the right one or ""."""
    found = []
    for case in CASES.read_text(encoding="utf-8").strip().split("\n\n")[1:]:
        text, *rows = case.split("\n")
        table = "\n".join([HEADING, *(f"{row.removeprefix('* ')};r{n}" for n, row in enumerate(rows))])
        records, problems = read_authority(table.encode(), "gold.csv")
        assert not problems and len(records) == len(rows), problems
        right = next((f"gold.csv#r{n}" for n, row in enumerate(rows) if row.startswith("* ")), "")
        found.append((text, records, right))
    return found


def score(cases: list[tuple[str, list[Authority], str]]) -> tuple[float, float, list[str]]:
    """Precision of the links, recall of the names that have a record, and what went wrong."""
    right, linked, wanted, wrong = 0, 0, 0, []
    for text, records, target in cases:
        value = link(text, *records)
        linked += bool(value.ref)
        wanted += bool(target)
        right += bool(target) and target in value.ref
        if (value.ref and target not in value.ref) or (target and not value.ref) or (value.ref and not target):
            wrong.append(f"{text} -> {value.ref} {value.ref_why} {value.candidates}")
    return right / linked, right / wanted, wrong


def test_our_gold_of_ambiguous_names() -> None:
    cases = gold()
    assert len(cases) >= 40
    precision, recall, wrong = score(cases)
    assert precision == 1, wrong
    assert recall >= 0.85, wrong


def test_the_order_of_records_changes_nothing() -> None:
    chosen = random.Random(5)
    for text, records, _ in gold():
        value = link(text, *records)
        for _ in range(3):
            chosen.shuffle(records)
            assert link(text, *records) == value


STALIN = Authority("PERSON", "Stalin, Joseph", refs=("x:stalin",), begin="1878", end="1953")


def test_an_open_name_keeps_its_candidates_with_scores_and_reasons_and_is_told() -> None:
    article, asked = article_of("{PERSON?|Stalin} spoke.")
    found = link_authorities(resolve_identity(article), Shelf([STALIN]))
    (candidate,) = value_of(found, asked).candidates
    assert (candidate.name, candidate.ref) == ("Stalin, Joseph", ("x:stalin",))
    assert candidate.score is not None and candidate.score < 0.5
    assert candidate.why == "the family name"
    (problem,) = found.problems
    assert (problem.code, problem.about) == ("authority-open", (asked,))
    assert found.authorities == ()


def test_all_mentions_of_a_cluster_are_tied_and_the_record_is_kept() -> None:
    article, _ = article_of("{PERSON?|Joseph Stalin} came in 1930. {PERSON|Stalin} spoke.")
    found = link_authorities(resolve_identity(article), Shelf([STALIN]))
    values = [ann.value for ann in found.annotations if isinstance(ann.value, EntityValue)]
    assert [value.ref for value in values] == [("x:stalin",)] * 2
    assert "the same name" in values[0].ref_why
    assert found.authorities == (STALIN,)


def test_two_clusters_of_one_record_become_one() -> None:
    record = Authority("LOC", "Saint Petersburg", aliases=("Leningrad",), refs=("x:1",))
    article, _ = article_of("{LOC?|Saint Petersburg} was called {LOC|Leningrad}.")
    found = link_authorities(resolve_identity(article), Shelf([record]))
    first, second = (ann.value for ann in found.annotations if isinstance(ann.value, EntityValue))
    assert first.cluster == second.cluster
    assert second.why == "Saint Petersburg: the same authority record"


def test_what_identity_left_open_is_left_open() -> None:
    henry = Authority("PERSON", "Henry Ford", aliases=("Ford",), refs=("x:1",))
    article, _ = article_of("{PERSON|Henry Ford}, {PERSON|Edsel Ford}, {PERSON?|Ford}.")
    value = value_of(link_authorities(resolve_identity(article), Shelf([henry])), "e-2")
    assert value.ref == ()
    assert value.candidates == (EntityCandidate("Henry Ford"), EntityCandidate("Edsel Ford"))


def test_a_proposed_record_is_only_a_candidate() -> None:
    proposed = Authority("LOC", "Perm", refs=("x:1",), status="proposed")
    value = link("{LOC?|Perm} froze.", proposed)
    assert value.ref == ()
    assert [candidate.ref for candidate in value.candidates] == [("x:1",)]


def test_a_second_file_adds_to_the_first() -> None:
    article, _ = article_of("{PERSON|Joseph Stalin} met {LOC|Perm} and {PERSON|Lenin}.")
    perm = Authority("LOC", "Perm", refs=("x:perm",))
    lenins = [Authority("PERSON", "Lenin", refs=("x:1",)), Authority("PERSON", "Lenin", refs=("x:2",))]
    first = link_authorities(resolve_identity(article), Shelf([STALIN, *lenins]))
    second = link_authorities(first, Shelf([perm]))
    assert [value_of(second, f"e-{n}").ref for n in range(3)] == [("x:stalin",), ("x:perm",), ()]
    assert second.authorities == (perm, STALIN)
    assert second.problems == first.problems and len(second.problems) == 1


def test_what_stands_in_brackets_is_weighed() -> None:
    perm = Authority("LOC", "Perm", refs=("x:1",), place="Russia", aliases=("Molotov",))
    assert link("{LOC?|Perm} (Russia) froze.", perm).ref == link("{LOC?|Perm} (Molotov) froze.", perm).ref == ("x:1",)
    assert link("{LOC?|Perm} (Ukraine) froze.", perm).ref == ()
    gosplan = Authority("ORG", "Gosplan", refs=("x:2",), place="Moscow")
    assert link("{ORG?|Gosplan} (State Planning Committee) met.", gosplan).ref == ("x:2",)


def test_another_label_is_another_thing() -> None:
    assert link("{ORG?|Perm} won.", Authority("LOC", "Perm", refs=("x:1",))).candidates == ()


@pytest.mark.parametrize(
    ("written", "record"),
    [
        ("J. V. Stalin", "Joseph Vissarionovich Stalin"),
        ("Stalin, Joseph", "Joseph Stalin"),
        ("Iosif Stalin", "Сталин, Иосиф Виссарионович"),
        ("President Herbert Hoover", "Hoover, Herbert"),
        ("Walter von Reichenau", "Reichenau, Walter von"),
        ("Hélène Carrère d’Encausse", "Carrère d'Encausse, Hélène"),
        ("A. P. Rozengolz", "Розенгольц, Аркадий Павлович"),
    ],
)
def test_ways_to_write_a_person(written: str, record: str) -> None:
    assert link(f"{{PERSON?|{written}}} spoke.", Authority("PERSON", record, refs=("x:1",))).ref == ("x:1",)


@pytest.mark.parametrize(
    ("written", "record"),
    [("V. Stalin", "Joseph Stalin"), ("Edsel Ford", "Henry Ford"), ("Joseph Stalino", "Joseph Stalin")],
)
def test_other_persons(written: str, record: str) -> None:
    assert link(f"{{PERSON?|{written}}} spoke.", Authority("PERSON", record, refs=("x:1",))).ref == ()
