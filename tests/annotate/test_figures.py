"""The figure layer: spans, exact values, units, and what is never a figure; the sentences are made for it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.annotators.dates import annotate_dates, find_dates
from annotate.annotators.figures import annotate_figures, find_figures
from annotate.annotators.units import load_units
from annotate.checks.arithmetic import check_arithmetic
from schemas.records import Annotation, Article, Block, BlockKind, Metadata, Source
from schemas.values import FigureValue


def article_of(*texts: str, kind: BlockKind = "paragraph") -> Article:
    """An article with one block for each text and a blank line between them."""
    blocks, start = [], 0
    for number, text in enumerate(texts, start=1):
        blocks.append(Block(f"b-{number}", kind, start, start + len(text)))
        start += len(text) + 2
    source = Source(name="a.txt", media_type="text/plain", sha256="", encoding="utf-8")
    return Article(id="a", source=source, metadata=Metadata(), text="\n\n".join(texts), blocks=tuple(blocks))


def annotations(article: Article) -> list[Annotation]:
    """The figures, with the dates found before them, as in the pipeline."""
    dated = msgspec.structs.replace(article, annotations=tuple(annotate_dates(article, {})))
    return list(annotate_figures(dated, {}))


def values(text: str) -> list[tuple[str, FigureValue]]:
    article = article_of(text)
    found = []
    for ann in annotations(article):
        assert isinstance(ann.value, FigureValue)
        found.append((article.quote(ann), ann.value))
    return found


def figures(text: str) -> list[tuple[str, str | None, str | None]]:
    """Quote, value (an interval as "20..30") and unit of each figure."""
    return [
        (quote, value.value if value.value_max is None else f"{value.value}..{value.value_max}", value.unit)
        for quote, value in values(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They sold 14 million poods.", ("14 million poods", "14000000", "pood")),
        ("It cost $3,200.", ("$3,200", "3200", "USD")),
        ("It rose by seven per cent.", ("seven per cent", "7", "%")),
        ("It rose by 12,5% in all.", ("12,5%", "12.5", "%")),
        ("Some 40 millions of francs went.", ("40 millions of francs", "40000000", "FRF")),
        ("Some 40 millions of people went.", ("40 millions", "40000000", None)),
        ("They paid £4 a year.", ("£4", "4", "GBP")),
        ("There were 1,200 looms.", ("1,200 looms", "1200", "loom")),
        ("There were 1,200 power looms.", ("1,200", "1200", None)),
        ("It cost six million gold roubles.", ("six million gold roubles", "6000000", "RUB")),
        ("It cost a hundred thalers.", ("a hundred thalers", "100", "thaler")),
        ("It took more than a year.", ("a year", "1", "year")),
        ("It cost half a guinea.", ("half a guinea", "0.525", "GBP")),
        ("They walked for a mile and a half.", ("a mile and a half", "1.5", "mile")),
        ("It cost £2 7s. 6d. then.", ("£2 7s. 6d.", "2.375", "GBP")),
        ("They earned nine shillings.", ("nine shillings", "0.45", "GBP")),
        ("They earned tenpence.", ("tenpence", "1/24", "GBP")),
        ("It took two years and six months.", ("two years and six months", "2.5", "year")),
        ("It weighed 20 to 30 tons.", ("20 to 30 tons", "20..30", "ton")),
        ("It weighed between 20 and 30 tons.", ("20 and 30 tons", "20..30", "ton")),
        ("Five or six hundred horses fell.", ("Five or six hundred horses", "500..600", "horse")),
        ("It cost $5-10 million.", ("$5-10 million", "5000000..10000000", "USD")),
        ("Dozens of men fell.", ("Dozens", "24..99", None)),
        ("They had half a million men.", ("half a million men", "500000", "man")),
        ("They lost three quarters of an acre.", ("three quarters of an acre", "0.75", "acre")),
        ("They lost a third of the crop.", ("a third", "1/3", None)),
        ("At sixteen dollars 50 it was dear.", ("sixteen dollars 50", "16.5", "USD")),
        ("It grew three times as fast.", ("three times", "3", "times")),
        ("It lasted two decades.", ("two decades", "20", "year")),
        ("two pounds of butter", ("two pounds", "2", "lb")),
        ("It paid 22 milliard francs.", ("22 milliard francs", "22000000000", "FRF")),
        ("It cost 2·5 million francs.", ("2·5 million francs", "2500000", "FRF")),
        ("It held 14,000,000l. in gold.", ("14,000,000l.", "14000000", "GBP")),
        ("It grew sixfold.", ("sixfold", "6", "times")),
        ("They paid 3d. a week.", ("3d.", "0.0125", "GBP")),
        ("It cost 80s. a quarter.", ("80s.", "4", "GBP")),
        ("They lost two in five of them.", ("two in five", "0.4", None)),
        ("They paid 300 Spanish dollars.", ("300 Spanish dollars", "300", "Spanish dollar")),
        ("They paid nine ſhillings.", ("nine ſhillings", "0.45", "GBP")),
        ("It rose by 20 per\ncent.", ("20 per\ncent", "20", "%")),
        ("Nearly 5 out of 6 paid.", ("5 out of 6", "5/6", None)),
        ("Between a quarter and a third of them left.", ("a quarter and a third", "0.25..1/3", None)),
        ("a four-pound loaf", ("four-pound", "4", "lb")),
        ("some 20-30,000 men", ("20-30,000 men", "20000..30000", "man")),
        ("children under the age of five", ("five", "5", "year")),
        ("It cost 1½ roubles.", ("1½ roubles", "1.5", "RUB")),
        ("It cost 126s. 6d. then.", ("126s. 6d.", "6.325", "GBP")),
        ("It fell to three and sixpence.", ("three and sixpence", "0.175", "GBP")),
        ("They earned 11 r. 40 k. there.", ("11 r. 40 k.", "11.4", "RUB")),
        ("It sold at 3 livres 12 sous.", ("3 livres 12 sous", "3.6", "livre")),
        ("It cost 15 dollars and 50.", ("15 dollars and 50", "15.5", "USD")),
        ("Hardly one household in ten had it.", ("one household in ten", "0.1", None)),
        ("It was twice those of Devon.", ("twice", "2", "times")),
        ("He did so six-and-thirty years.", ("six-and-thirty years", "36", "year")),
        (
            "some three or four hundred thousand persons",
            ("three or four hundred thousand persons", "300000..400000", "person"),
        ),
        ("They signed two large contracts.", ("two", "2", None)),
        ("It held 2.4 × 10^6 atoms.", ("2.4 × 10^6 atoms", "2400000", "atom")),
        ("They sent 12 berkovets.", ("12 berkovets", "12", "berkovets")),
        ("It cost Rs. 3 crore 12 lakh.", ("Rs. 3 crore 12 lakh", "31200000", "INR")),
        ("They owned one-fifteenth of it.", ("one-fifteenth", "1/15", None)),
        ("It went for 7 to 9 kopecks.", ("7 to 9 kopecks", "0.07..0.09", "RUB")),
        ("It went for 8d. to 1s. then.", ("8d. to 1s.", "1/30..0.05", "GBP")),
        ("He died at 71, a widower.", ("71", "71", "year")),
        ("witnesses aged between 20 and 35", ("20 and 35", "20..35", "year")),
        ("It was a cubit and a half above.", ("a cubit and a half", "1.5", "cubit")),
        ("They sank 52,000 gross tons.", ("52,000 gross tons", "52000", "ton")),
        ("Children under nine were kept out.", ("nine", "9", "year")),
        ("a dose of 0.002 c.c. of it", ("0.002 c.c.", "0.002", "cubic centimetre")),
        ("He was fined 40/- there.", ("40/-", "2", "GBP")),
        ("It was let at 13/4 a year.", ("13/4", "2/3", "GBP")),
        ("It lasted for 1/2 a year.", ("1/2 a year", "0.5", "year")),
        ("The toll was a penny for a horse.", ("a penny", "1/240", "GBP")),
        ("The tax was one-tenth of one per cent.", ("one-tenth of one per cent", "0.1", "%")),
        ("Between three and four thousand people fell.", ("three and four thousand people", "3000..4000", "people")),
        ("It rose by 11 ft. 4 in.", ("11 ft. 4 in.", "34/3", "foot")),
        ("It fell to minus 48 degrees Celsius.", ("minus 48 degrees Celsius", "-48", "degree Celsius")),
        ("It fell to –54 °F there.", ("–54 °F", "-54", "degree fahrenheit")),
        ("They held out for a year and three months.", ("a year and three months", "1.25", "year")),
        ("It rose by a fifth since then.", ("a fifth", "0.2", None)),
        ("That is more than half by now.", ("half", "0.5", None)),
        ("It had passed the 285,000 mark.", ("285,000", "285000", None)),
        ("The town had 12.500 inhabitants.", ("12.500 inhabitants", "12500", "inhabitant")),
    ],
)
def test_a_figure(text: str, expected: tuple[str, str, str | None]) -> None:
    assert figures(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from 19 to 33 millions of roubles",
            [("19", "19000000", "RUB"), ("33 millions of roubles", "33000000", "RUB")],
        ),
        (
            "Exports in millions of francs were 12.3 in 1881 and 14.8 in 1882.",
            [("12.3", "12300000", "FRF"), ("14.8", "14800000", "FRF")],
        ),
        (
            "a life of thirty-four years for men and 36.2 for women",
            [("thirty-four years", "34", "year"), ("36.2", "36.2", "year")],
        ),
        (
            "They lost $9 billion by noon and another 13.",
            [("$9 billion", "9000000000", "USD"), ("13", "13000000000", "USD")],
        ),
        (
            "It was 64 billion rubles, of which 19.5 billion were meant for mines and 10 for ports.",
            [
                ("64 billion rubles", "64000000000", "RUB"),
                ("19.5 billion", "19500000000", "RUB"),
                ("10", "10000000000", "RUB"),
            ],
        ),
        (
            "In that year they made 31.3 million tons of steel, Germany 18.9 and Britain 7.7.",
            [("31.3 million tons", "31300000", "ton"), ("18.9", "18900000", "ton"), ("7.7", "7700000", "ton")],
        ),
        (
            "They put 61 per cent of the houses at one hearth, 22 at four, 17 at more.",
            [("61 per cent", "61", "%"), ("22", "22", "%"), ("four", "4", None), ("17", "17", "%")],
        ),
        (
            "It rose from 6 to 9 quintals to between 18 and 22.",
            [("6", "6", "centner"), ("9 quintals", "9", "centner"), ("18 and 22", "18..22", "centner")],
        ),
        ("Some put it at thirty, others at forty per cent.", [("thirty", "30", "%"), ("forty per cent", "40", "%")]),
        ("They spent 500 florins out of 900 in hand.", [("500 florins", "500", "florin"), ("900", "900", "florin")]),
        ("They sold at 31s. 6d., the rest at 29.", [("31s. 6d.", "1.575", "GBP"), ("29", "1.45", "GBP")]),
        (
            "Of these 15 per cent signed; the gap was six points.",
            [("15 per cent", "15", "%"), ("six points", "6", "pp")],
        ),
        ("It lost 27 francs; it stood at fifty.", [("27 francs", "27", "FRF"), ("fifty", "50", "FRF")]),
        (
            "He had 2,000 ducats and lived on thirty a day.",
            [("2,000 ducats", "2000", "ducat"), ("thirty", "30", "ducat")],
        ),
        ("They held 312 acres, or 6.6 a soul.", [("312 acres", "312", "acre"), ("6.6", "6.6", "acre")]),
        ("The strip was 40 rods long by 4 wide.", [("40 rods", "40", "rod"), ("4", "4", "rod")]),
        ("They earned 25s. in 1800 and 28 in 1810.", [("25s.", "1.25", "GBP"), ("28", "1.4", "GBP")]),
        (
            "income fell to $1,924 million and spending rose to 4,659.",
            [("$1,924 million", "1924000000", "USD"), ("4,659", "4659000000", "USD")],
        ),
        ("it fell from 79 to 49 percent", [("79", "79", "%"), ("49 percent", "49", "%")]),
        ("from 58,7 to 84,7 percent", [("58,7", "58.7", "%"), ("84,7 percent", "84.7", "%")]),
        ("it dropped from 19,4% to 8,9%", [("19,4%", "19.4", "%"), ("8,9%", "8.9", "%")]),
        (
            "grew by 81, 72 and 33 percents, respectively",
            [("81", "81", "%"), ("72", "72", "%"), ("33 percents", "33", "%")],
        ),
        ("rose from 300,000 tons to 4 millions", [("300,000 tons", "300000", "ton"), ("4 millions", "4000000", "ton")]),
        (
            "lost 40, then 63, and finally 97 per cent",
            [("40", "40", "%"), ("63", "63", "%"), ("97 per cent", "97", "%")],
        ),
        ("a field of 10 by 20 feet", [("10", "10", "foot"), ("20 feet", "20", "foot")]),
        (
            "3, 5 and 7 millions of marks",
            [("3", "3000000", "DEM"), ("5", "5000000", "DEM"), ("7 millions of marks", "7000000", "DEM")],
        ),
    ],
)
def test_what_is_said_once_belongs_to_each(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert figures(text) == expected
    assert any("unit" in value.inferred for _, value in values(text)) or "19,4" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It was 50 million tons in 1850 and 287 million in 1913.",
            [("50 million tons", "50000000", "ton"), ("287 million", "287000000", "ton")],
        ),
        ("In 1816 it was 73,5 per cent, in 1871 still 67,5.", [("73,5 per cent", "73.5", "%"), ("67,5", "67.5", "%")]),
        ("Rents rose by 98 percent and wages by no more than 26.", [("98 percent", "98", "%"), ("26", "26", "%")]),
        (
            "They owed 132 milliard marks, of which 50 were to be paid.",
            [("132 milliard marks", "132000000000", "DEM"), ("50", "50000000000", "DEM")],
        ),
        (
            "It fixed output at 13.2 and for the third at 14 million tons.",
            [("13.2", "13200000", "ton"), ("14 million tons", "14000000", "ton")],
        ),
        ("They paid 5 roubles, and 12 men left.", [("5 roubles", "5", "RUB"), ("12 men", "12", "man")]),
        ("They paid 5 roubles. In 1900 there were 12.", [("5 roubles", "5", "RUB"), ("12", "12", None)]),
        ("It was 1.2 (95% CI, 1.07).", [("1.2", "1.2", None), ("95%", "95", "%"), ("1.07", "1.07", None)]),
        ("It rose by 20 percent, and 12 died.", [("20 percent", "20", "%"), ("12", "12", None)]),
    ],
)
def test_a_unit_said_elsewhere_goes_where_the_numbers_stand_alike(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert figures(text) == expected


def test_a_pound_is_weight_where_pounds_weighed_before() -> None:
    assert figures("He drew three pounds of bread, later only half a pound.")[1] == ("half a pound", "0.5", "lb")
    assert figures("He owed half a pound.") == [("half a pound", "0.5", "GBP")]


def test_a_decimal_comma_tells_what_a_point_is() -> None:
    assert figures("It returned 41.250,75 Mark from 3.400 Morgen.") == [
        ("41.250,75 Mark", "41250.75", "DEM"),
        ("3.400 Morgen", "3400", "morgen"),
    ]


def test_a_change_has_two_roles() -> None:
    assert [value.role for _, value in values("it rose from 20 to 30 tons")] == ["from", "to"]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("about 500 men", "approx"),
        ("up to 500 men", "max"),
        ("at least 500 men", "min"),
        ("more than 500 men", "more_than"),
        ("under 500 men", "less_than"),
        ("no less than 500 men", "min"),
        ("hundreds of men", "vague"),
        ("500 men", None),
    ],
)
def test_modifier(text: str, modifier: str | None) -> None:
    ((_, value),) = values(text)
    assert value.modifier == modifier


def test_per_and_commodity() -> None:
    ((_, wage), (_, iron)) = values("They paid 9 cents per bushel and got sixty tons of iron.")
    assert (wage.value, wage.currency, wage.per) == ("0.09", "USD", "bushel")
    assert (iron.unit, iron.commodity, iron.per) == ("ton", "iron", None)


def test_precision_is_as_written() -> None:
    ((_, value),) = values("a share of 58,70 percent")
    assert (value.value, value.precision) == ("58.7", 2)


@pytest.mark.parametrize(
    "text",
    [
        "every month1 and the treaty.14",
        "as he said [27]",
        "on p. 212 and ch. 12",
        "on pp. 212–224, 230",
        "Journal. 2013;9:46–59.",
        "3 & 4 Will. IV, c. 103",
        "see vol. 3",
        "Article 231 of the treaty",
        "a Boeing 747 flew",
        "World War I and Louis XIV",
        "in the Seven Years’ War and with the Three Emperors",
        "at nine o’clock",
        "In 1931 they came, and by 1933 they went.",
        "the 19th regiment",
        "a half-hearted try",
        "on 25 August 1931",
        "Box 9, file 12",
        "Room 6",
        "the panic of '73",
        "5 Eliz. I, c. 4",
        "PRO, T 70/1484, and CAB 24/97",
        "AGI, leg. 1455, ramo 2, n. 12",
        "as Fig. 1A and Figure 6B show",
        "as he says (Vossius, 1673: 56, 58)",
        "as Crusius (1584: 99, 216) says",
        "as he says (Hall 1990, 59)",
        "Ibid., 120. Smith, op. cit., 35.",
        "as others say [8, 9] and [40, p. 235]",
        "in Studies 2 and 3",
        "work began at 5.30",
        "at pp. xii + 633",
        "the decree of 9 Thermidor and 17 Rajab 1255",
        "under s. 4 of the 1824 Act",
        "open from 08:30 am to 7 pm",
        "at work after nine in the evening",
        "a lower score and higher scores on the scale",
        "from 1820 to 1860.14",
        "since 1928\u206012",
        "H. Rpt. 1650 and folder 12",
    ],
)
def test_never_a_figure(text: str) -> None:
    assert figures(text) == []


def test_a_value_that_is_stated_takes_no_percent_from_its_neighbour() -> None:
    assert figures("(OR = 0.84, 95% of them alive)")[0] == ("0.84", "0.84", None)


def test_a_raised_power_that_fell_down_is_read() -> None:
    assert figures("They held 1.6×103 cells.") == [("1.6×103 cells", "1600", "cell")]


def test_a_glued_marker_is_left_out() -> None:
    assert figures("it rose by 9%3 and in 25 times!2") == [("9%", "9", "%"), ("25 times", "25", "times")]


def test_the_years_of_two_years_later_stay_a_length() -> None:
    assert ("two years", "2", "year") in figures("In 1801 he left; two years later he was back.")


@pytest.mark.parametrize("kind", ["reference", "author", "affiliation"])
def test_skipped_blocks(kind: BlockKind) -> None:
    assert annotations(article_of("They had 500 men.", kind=kind)) == []


def test_annotation_record() -> None:
    article = article_of("Nothing.", "They had 500 men and 500 men.")
    first, second = annotations(article)
    assert article.quote(first) == "500 men"
    assert (first.layer, first.label, first.made_by, first.confidence) == ("figure", "COUNT", "adfontes-figures", None)
    assert first.id.startswith("f-") and second.id == f"{first.id}-2"


def test_units_have_one_meaning() -> None:
    table = load_units()
    assert table.names["poods"].id == "pood"
    assert table.names["shilling"].factor * 20 == 1
    assert all(unit.factor > 0 for unit in [*table.names.values(), *table.symbols.values()])


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789 .,/-–½%$£°mkg()")), max_size=120))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_text_is_read(text: str) -> None:
    article = article_of(text)
    last = 0
    for ann in annotations(article):
        assert 0 <= last <= ann.start < ann.end <= len(text)
        last = ann.end


@given(
    st.lists(
        st.sampled_from(
            "from to and or 5 19,4 1,200 % percent half a third of million millions tons £ $ roubles years six months dozens , – ( )".split()
        )
    )
)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_mix_of_figure_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for ann in annotations(article_of(text)):
        assert 0 <= last <= ann.start < ann.end <= len(text)
        last = ann.end
        assert isinstance(ann.value, FigureValue) and ann.value.value is not None
        assert Fraction(ann.value.value_max or ann.value.value) >= Fraction(ann.value.value)


@pytest.mark.parametrize(
    "unit",
    ["1", ".", "$", "5% ", "5 to ", "a half of ", "one million ", "from 5 tons to ", "in millions of tons 1.5 ", "\n"],
)
def test_time_grows_with_length_only(unit: str, grows_linearly: Callable[..., bool]) -> None:
    assert grows_linearly(find_figures, lambda times: unit * times, 1_000, 10)


@pytest.mark.fuzz
@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("0123456789 .,/-–½%$£°mkgsd()\u00a0\u2060’'½XVI")),
        max_size=200,
    )
)
@settings(derandomize=True, max_examples=10_000, deadline=None)
def test_ten_thousand_texts_are_read(text: str) -> None:
    article = article_of(text)
    dated = msgspec.structs.replace(article, annotations=tuple(annotate_dates(article, {})))
    found = list(annotate_figures(dated, {}))
    last = 0
    for ann in found:
        assert 0 <= last <= ann.start < ann.end <= len(text)
        last = ann.end
    check_arithmetic(msgspec.structs.replace(dated, annotations=(*dated.annotations, *found)))


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["1", "1234567890" * 6 + " "])
def test_ten_megabytes_of_digits_take_ten_times_one(unit: str, grows_linearly: Callable[..., bool]) -> None:
    def find_both(text: str) -> None:
        find_dates(text)
        find_figures(text)

    assert grows_linearly(find_both, lambda size: unit * (size // len(unit)), 10**6, 10)
