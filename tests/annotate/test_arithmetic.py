"""Arithmetic of the text: every relation with a true, a false and an open case; the seed's relations; made statements."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.annotators.dates import annotate_dates
from annotate.annotators.figures import annotate_figures
from annotate.checks import check_article, is_open
from annotate.checks.arithmetic import check_arithmetic
from annotate.checks.tolerance import Interval, agrees_with
from schemas.records import Article, Block, Check, Metadata, Source

ROOT = Path(__file__).parent.parent.parent
WHOLE = frozenset({"external", "percent-bound", "range-order"})  # one line for a whole document


def article_of(text: str) -> Article:
    source = Source(name="a.txt", media_type="text/plain", sha256="", encoding="utf-8")
    article = Article(
        id="a", source=source, metadata=Metadata(), text=text, blocks=(Block("b-1", "paragraph", 0, len(text)),)
    )
    article = msgspec.structs.replace(article, annotations=tuple(annotate_dates(article, {})))
    return msgspec.structs.replace(article, annotations=(*article.annotations, *annotate_figures(article, {})))


def checks(text: str) -> list[Check]:
    return [c for c in check_arithmetic(article_of(text)) if c.relation not in WHOLE or c.verdict == "mismatch"]


def verdicts(text: str) -> set[tuple[str, str]]:
    return {(check.relation, check.verdict) for check in checks(text)}


@pytest.mark.parametrize(
    ("relation", "true", "false"),
    [
        ("growth", "It rose from 80 to 100 tons, or by 25 percent.", "It rose from 80 to 100 tons, or by 35 percent."),
        ("growth", "It fell by 12,5%, from 80 to 70 tons.", "It fell by 2,5%, from 80 to 70 tons."),
        ("growth-ratio", "It grew from 200,000 tons to 5 millions, or in 25 times.", "It grew from 200,000 tons to 5 millions, or in 52 times."),
        ("growth-ratio", "Imports doubled, from 310 to 640 tons.", "Imports trebled, from 310 to 640 tons."),
        ("growth-ratio", "Wages were halved from 30 to 14 francs.", "Wages were halved from 30 to 24 francs."),
        ("growth-ratio", "It grew sixfold, from 20 to 121 tons.", "It grew sixfold, from 20 to 181 tons."),
        ("difference", "It rose from 12.5 to 18.7 percent, up 6.2 percentage points.", "It rose from 12.5 to 18.7 percent, up 8.2 percentage points."),
        ("difference", "It rose from 300 to 420 tons, an increase of 120 tons.", "It rose from 300 to 420 tons, an increase of 210 tons."),
        ("direction", "The price fell from 30 to 20 marks.", "The price fell from 20 to 30 marks."),
        ("share", "Of 118 contracts, 64, or 54 percent, were signed.", "Of 118 contracts, 64, or 45 percent, were signed."),
        ("share", "They lost 30 of the 90 ships, or a third.", "They lost 60 of the 90 ships, or a third."),
        ("subset", "Of the 50 delegates, 32 voted.", "Of the 50 delegates, 62 voted."),
        ("sum", "It took 5 tons of tin and 7 tons of lead, in all 12 tons.", "It took 5 tons of tin and 7 tons of lead, in all 13 tons."),
        ("sum", "Of the 90 ships, 40 were lost, 20 were taken and the remaining 30 fled.", "Of the 90 ships, 40 were lost, 20 were taken and the remaining 20 fled."),
        ("sum-to-100", "He gave 60 percent to the church, 25 percent to the poor and the remaining 15 percent to his sons.", "He gave 60 percent to the church, 25 percent to the poor and the remaining 25 percent to his sons."),
        ("respectively", "Coal, iron and tin rose by 8, 6 and 3 percent respectively.", "Coal, iron and tin rose by 8 and 6 percent respectively."),
        ("period-length", "The Seven-Year Plan (1959–1965) was dropped.", "The Seven-Year Plan (1959–1962) was dropped."),
        ("period-length", "He reigned for 22 years, from 1801 to 1823.", "He reigned for 32 years, from 1801 to 1823."),
        ("period-distance", "It was founded in 1801; six years later, in 1807, it failed.", "It was founded in 1801; six years later, in 1809, it failed."),
        ("age", "Born in 1801, he died in 1865 at the age of 63.", "Born in 1801, he died in 1865 at the age of 73."),
        ("calendar", "It was signed on 30 June 1900.", "It was signed on 31 June 1900."),
        ("weekday", "It burned on Monday, 3 March 1930.", "It burned on Friday, 3 March 1930."),
        ("product", "The 20 weavers received 3 francs each, 60 francs in all.", "The 20 weavers received 3 francs each, 90 francs in all."),
        ("product", "He drew £40 a year for 6 years, a total of £240.", "He drew £40 a year for 6 years, a total of £204."),
        ("exchange-rate", "He owed £40 (1,000 francs at 25 francs to the pound).", "He owed £40 (1,200 francs at 25 francs to the pound)."),
        ("money-of-account", "It cost £3 14s. 6d. then.", "It cost £3 24s. 6d. then."),
        ("two-rates", "Rent was £12 a year, or £1 a month.", "Rent was £12 a year, or £2 a month."),
        ("product", "The 40 men were each paid 5 shillings, making £10 in all.", "The 40 men were each paid 5 shillings, making £15 in all."),
        ("product", "At 4 roubles per pood, 500 poods fetched 2,000 roubles.", "At 4 roubles per pood, 500 poods fetched 3,000 roubles."),
        ("difference", "Imports (£5.2m) exceeded exports (£3.1m) by £2.1m.", "Imports (£5.2m) exceeded exports (£3.1m) by £4.5m."),
        ("growth-ratio", "It yielded 4.5 million in 1700 and 9 million in 1710, twice as much.", "It yielded 4.5 million in 1700 and 9 million in 1710, three times as much."),
        ("period-distance", "The lease, signed in 1750 for 31 years, expired in 1781.", "The lease, signed in 1750 for 21 years, expired in 1781."),
        ("period-distance", "Twenty years after its foundation in 1830, that is in 1850, it closed.", "Twenty years after its foundation in 1830, that is in 1865, it closed."),
        ("sum", "In all 48 ships were lost: 20 by fire, 15 by storm and 13 by the enemy.", "In all 58 ships were lost: 20 by fire, 15 by storm and 13 by the enemy."),
        ("percent-bound", "Women made up 20 per cent of the delegates.", "Women made up 120 per cent of the delegates."),
        ("stated-twice", "In 1913 Essen had 450 mills. In 1913 Essen counted 450 mills.", "In 1913 Essen had 450 mills. In 1913 Essen counted 540 mills."),
        ("no-change", "Outlays did not grow (0%).", "Outlays did not grow (4%)."),
    ],
)  # fmt: skip
def test_a_relation_holds_or_not(relation: str, true: str, false: str) -> None:
    if relation != "percent-bound":  # told in one line for the whole document
        assert (relation, "ok") in verdicts(true)
    assert "mismatch" not in {verdict for _, verdict in verdicts(true)}
    assert (relation, "mismatch") in verdicts(false)


@pytest.mark.parametrize(
    "text",
    [
        "The shares, of £100, sold at £263 in 1810.",
        "Of the 40 taken on, wages rose to 60 in May.",
        "It rose from 20 to 30 tons, and exports by 40 percent.",
        "He did not lower the rate from 4 to 5 percent.",
        "Wages rose from 20 to 30 francs while 12 percent of the men left.",
        "In 1913 Essen had 450 mills. In 1913 Ghent had 540 mills.",
        "On 5/17 October 1860 it closed.",
        "On 29 February 1900 (Old Style) it closed.",
        "They had 50 ships, of which the largest held 900 tons.",
        "It rose from about 20 to about 30 tons, or by nearly half.",
        "The plant, planned for 40,000 looms, turned out 8 of them in June, 10 in July and 25 in May.",
        "The valve 30 was closed, and all of the vats 22 and 24 were stopped.",
        "He took three shillings currency and sixpence for rum, equal in all to two shillings sterling.",
        "They had 2 million in the west, 1 million in the north and 5 million in the east, although 2 million of these"
        " were out of reach, a total of about 6 million.",
        "The First Punic War (264–241 BC) was long; the Second Punic War (218–201 BC) was longer.",
        "Two years of proceedings showed that between 1969 and 1989 the accounts were false.",
        "In his total of fifteen matches he took 31 wickets at an average of 27.",
        "Of all the giant planets, Uranus and Neptune had 14 and 17 moons respectively.",
        "As noted in the tables, the heat was found by adding 2.2, 2.0 and 1.9 respectively.",
        "The vote was divided: 56% compared with 30% in the north, while the rest, 43%, stayed away.",
        "It grew from 1 to 5 percent of the whole, in places up to 2 percent.",
        "He changed the number pasted up inside his desk from seventy-seven to seventy-six.",
        "There were 64 hands at work after nine in the evening; 41 of them were women.",
    ],
)
def test_nothing_is_accused(text: str) -> None:
    assert "mismatch" not in {check.verdict for check in checks(text)}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("He paid 300 francs per year in 1801-1806.", "derivable"),
        ("They had 118 mills in 1920-1930 and 218 in 1929-1945.", "overlap"),
        ("On Wednesday, 25 October 1917 the palace fell.", "weekday"),
    ],
)
def test_undecidable(text: str, relation: str) -> None:
    assert relation in {check.relation for check in checks(text) if check.verdict == "undecidable"}


def test_a_named_period_begun_otherwise_is_a_warning() -> None:
    found = checks("The First Five-Year Plan (1929–1933) was hard. Since 1928, the Five-Year Plans changed all.")
    assert [(c.verdict, c.severity) for c in found if c.relation == "named-period"] == [("mismatch", "warning")]


def test_a_slip_of_magnitude_is_named() -> None:
    (check,) = [c for c in checks("It rose from 20 to 60 tons, or by 2000 percent.") if c.relation == "growth"]
    assert check.verdict == "mismatch" and "slip of magnitude" in check.message


def test_both_roundings_are_accepted() -> None:
    share = Interval(Fraction("66.6"), Fraction("66.7"))
    for claimed in (66, 67):
        assert agrees_with(Fraction(claimed), Fraction(1), None, share)
    assert not agrees_with(Fraction(65), Fraction(1), None, share)


def test_check_record_and_finding() -> None:
    article = article_of("Of 118 contracts, 64, or 45 percent, were signed.")
    check = next(c for c in check_arithmetic(article) if c.relation == "share")
    assert article.text[check.start : check.end] == "118 contracts, 64, or 45 percent"
    assert (check.claimed, check.computed, check.severity) == ("45 percent", "54.2373", "error")
    assert check.message == "64 / 118 × 100 = 54.2373; the text says 45 percent"
    assert set(check.about) <= {ann.id for ann in article.annotations} and check.id.startswith("k-")
    finding = next(f for f in check_article(article) if f["code"] == "arithmetic-share")
    assert finding["verdict"] == "mismatch" and is_open(finding)
    assert not any(is_open(f) for f in check_article(article) if f["verdict"] == "undecidable")


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 7])
def test_made_statements(seed: int) -> None:
    benchmark = _module("arithmetic")
    made = benchmark.statements(300, seed)
    caught, accused, _ = benchmark.rates(made)
    assert len(made) == 300 and sum(statement.true for statement in made) == 150
    assert caught >= 0.95
    assert accused <= 0.01


# What the gold names, as our checks name it: words of the quote or of the computation, and the verdict.
SEED_RELATIONS = [
    ("growth-ratio", "25 times", "ok"),
    ("share", "64 / 118", "ok"),
    ("share", "139 / 218", "ok"),
    ("subset", "part 64 ≤ whole 118", "ok"),
    ("subset", "part 139 ≤ whole 218", "ok"),
    ("respectively", "2 values beside 2", "ok"),
    ("respectively", "4 values for 4", "ok"),
    ("direction", "84,7 percent > 58,7", "ok"),
    ("direction", "61,2 percent > 39,7", "ok"),
    ("direction", "49 percent < 79", "ok"),
    ("direction", "8,9% < 19,4%", "ok"),
    ("direction", "5 millions > 200,000 tons", "ok"),
    ("no-change", "0%", "ok"),
    ("part-bound", "39,7 ≤ 58,7", "ok"),
    ("sum-bound", "56 + 6 = 62", "ok"),
    ("percent-bound", "within 0 and 100", "ok"),
    ("range-order", "all 15 ranges", "ok"),
    ("period-length", "5 with both ends counted", "ok"),
    ("subset-period", "1928-1930 lies within 1920-1930", "ok"),
    ("overlap", "1929–1930", "undecidable"),
    ("timeline", "1929 < 1932-33 < 1934", "ok"),
    ("timeline", "1924 lies before 1934", "ok"),
    ("calendar", "August 25, 1931", "ok"),
    ("named-period", "1932 lies within", "ok"),
    ("stated-twice", "beginning of 1930s and beginning of 30s", "ok"),
    ("named-period", "begins in 1929 (1929–1933), here in 1928", "mismatch"),
    ("derivable", "19,458,000,000", "undecidable"),
    ("external", "stand alone", "undecidable"),
]


@pytest.mark.slow
def test_the_relations_of_the_first_seed(seeds: Path, shared_data: Path) -> None:
    from annotate import annotate_file

    (article,) = annotate_file(next(seeds.glob("000*.txt")))
    gold = json.loads((shared_data / "figures" / "seed0_gold.json").read_text(encoding="utf-8"))["relations"]
    assert len(gold) == len(SEED_RELATIONS)
    left = list(article.checks)
    for relation, words, verdict in SEED_RELATIONS:
        found = [c for c in left if c.relation == relation and words in c.message]
        assert found and found[0].verdict == verdict, (relation, words)
        left.remove(found[0])
    assert [c.message for c in left if c.verdict == "mismatch"] == []


WORDS = (
    "from to of the which respectively percent % 50 1,200 12,5% tons £3 24s. 6d. and or by rose fell in 1801 1801-1815 a total of"
    " remaining 31 June 1900 Monday, each average times doubled , ( ) . : born died aged years later"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=40))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_mix_of_words_is_checked(words: list[str]) -> None:
    text = " ".join(words)
    for check in check_arithmetic(article_of(text)):
        assert 0 <= check.start < check.end <= len(text) and check.message


@pytest.mark.parametrize(
    "unit", ["5 tons of tin, ", "from 5 to 6 percent ", "of which 5 or 6 ", "1801-1815 ", "10% ", "£3 2s. "]
)
def test_time_grows_with_length_only(unit: str, grows_linearly: Callable[..., bool]) -> None:
    assert grows_linearly(check_arithmetic, lambda times: article_of(unit * times), 200, 10)
