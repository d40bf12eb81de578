"""The date layer: spans, day intervals and EDTF, from sentences made for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.annotators.date_values import date_value
from annotate.annotators.dates import annotate_dates, find_dates
from schemas.records import Annotation, Article, Block, BlockKind, Metadata, Source
from schemas.values import DateValue


def article_of(*texts: str, kind: BlockKind = "paragraph") -> Article:
    """An article with one block for each text and a blank line between them."""
    blocks, start = [], 0
    for number, text in enumerate(texts, start=1):
        blocks.append(Block(f"b-{number}", kind, start, start + len(text)))
        start += len(text) + 2
    source = Source(name="a.txt", media_type="text/plain", sha256="", encoding="utf-8")
    return Article(id="a", source=source, metadata=Metadata(), text="\n\n".join(texts), blocks=tuple(blocks))


def annotations(article: Article) -> list[Annotation]:
    return list(annotate_dates(article, {}))


def dates(text: str) -> list[tuple[str, str, str | None]]:
    """Quote, kind and EDTF of each date."""
    return [(text[m.start : m.end], m.kind, date_value(m).edtf) for m in find_dates(text)]


def only(text: str) -> DateValue:
    (moment,) = find_dates(text)
    return date_value(moment)


@pytest.mark.parametrize(
    ("text", "quote", "kind", "edtf"),
    [
        ("He sailed on March 4, 1801.", "March 4, 1801", "DATE", "1801-03-04"),
        ("signed on the 4th of March 1801.", "4th of March 1801", "DATE", "1801-03-04"),
        ("signed on the 4th day of March, 1801.", "4th day of March, 1801", "DATE", "1801-03-04"),
        ("dated 1801-03-04.", "1801-03-04", "DATE", "1801-03-04"),
        ("dated 4.3.1801.", "4.3.1801", "DATE", "1801-03-04"),
        ("It fell on March 4th.", "March 4th", "DATE", "XXXX-03-04"),
        ("in May, 1788", "May, 1788", "MONTH", "1788-05"),
        ("in Sept. 1788", "Sept. 1788", "MONTH", "1788-09"),
        ("in October of 1788", "October of 1788", "MONTH", "1788-10"),
        ("In 1801 he left.", "1801", "YEAR", "1801"),
        ("In the year sixteen hundred he left.", "year sixteen hundred", "YEAR", "1600"),
        ("in AD 312", "AD 312", "YEAR", "0312"),
        ("in 300 BC", "300 BC", "YEAR", "-0299"),
        ("a throne won in 35 AD.", "35 AD", "YEAR", "0035"),
        ("(c. 1230 BC)", "1230 BC", "YEAR", "-1229~"),
        ("in the autumn of 481 BC", "autumn of 481 BC", "SEASON", "-0480-23"),
        ("in the 470s BC", "470s BC", "DECADE", "-0478/-0469"),
        ("in the 980s", "980s", "DECADE", "098X"),
        ("in the winter of 1708–9", "winter of 1708–9", "SEASON", "1708-24"),
        (
            "the first three weeks of November 1929",
            "first three weeks of November 1929",
            "PART",
            "1929-11-01/1929-11-21",
        ),
        ("the last day of June 1929", "last day of June 1929", "DATE", "1929-06-30"),
        ("the first two years of the 1880s", "first two years of the 1880s", "PART", "1880/1881"),
        ("between May and June in 1981", "May and June in 1981", "PERIOD", "1981-05/1981-06"),
        ("his brother (d. 1990) stayed", "1990", "YEAR", "1990"),
        ("Queen Anne (r. 1702–14)", "1702–14", "PERIOD", "1702/1714"),
        ("his 1963 children’s book", "1963", "YEAR", "1963"),
        ("in the fourth century bc", "fourth century bc", "CENTURY", "-0399/-0300"),
        ("Tiberius (14–37 ad)", "14–37 ad", "PERIOD", "0014/0037"),
        ("On 3 January (N.S.) 1688 he wrote.", "3 January (N.S.) 1688", "DATE", "1688-01-03"),
        ("It was $5,301 in 1929 dollars.", "1929", "YEAR", "1929"),
        ("exports: 1929 - $84.0 million", "1929", "YEAR", "1929"),
        ("The report of 1911 lists 37 trades.", "1911", "YEAR", "1911"),
        ("the pleas of Easter term 1221.", "1221", "YEAR", "1221"),
        ("on 10 January 49 BC", "10 January 49 BC", "DATE", "-0048-01-10"),
        ("by the year 96", "96", "YEAR", "0096"),
        ("the king’s 1297 campaign", "1297", "YEAR", "1297"),
        ("in 1928/29 – 1932/33", "1928/29 – 1932/33", "PERIOD", "1928/1933"),
        ("held every April", "April", "MONTH", "XXXX-04"),
        ("from 300–280 BCE", "300–280 BCE", "PERIOD", "-0299/-0279"),
        ("from 300 to 280 B.C.", "300 to 280 B.C.", "PERIOD", "-0299/-0279"),
        ("from 1801 to 1815", "1801 to 1815", "PERIOD", "1801/1815"),
        ("in the 13th of Charles II", "13th of Charles II", "REGNAL", "1661/1662"),
        ("by the statute 22 Geo. III, c. 83", "22 Geo. III", "REGNAL", "1781/1782"),
        (
            "in the third year of the reign of Queen Anne",
            "third year of the reign of Queen Anne",
            "REGNAL",
            "1704/1705",
        ),
        ("at Michaelmas 1661", "Michaelmas 1661", "DATE", "1661-09-29"),
        ("by Christmas 1963", "Christmas 1963", "DATE", "1963-12-25"),
        ("in Q3 1932", "Q3 1932", "PART", "1932-07/1932-09"),
        ("on 21 April/3 May 1801", "21 April/3 May 1801", "DATE", "1801-05-03"),
        ("in the 'twenties", "twenties", "DECADE", "192X"),
        ("In 843 the empire fell.", "843", "YEAR", "0843"),
        ("in the year 1860.14 The next", "1860", "YEAR", "1860"),
        ("between 1801 and 1815", "1801 and 1815", "PERIOD", "1801/1815"),
        ("the plan (1801–15)", "1801–15", "PERIOD", "1801/1815"),
        ("the plan of 1801—1815", "1801—1815", "PERIOD", "1801/1815"),
        ("the plan of 1801\u2060–\u20601815", "1801\u2060–\u20601815", "PERIOD", "1801/1815"),
        ("the plan of 1801–\n\n1815", "1801–\n\n1815", "PERIOD", "1801/1815"),
        ("the harvest of 1901/02", "1901/02", "PERIOD", "1901/1902"),
        ("the winter of 1899-1900", "winter of 1899-1900", "SEASON", "1899-24"),
        ("from June 3rd to June 9th, 1801", "June 3rd to June 9th, 1801", "PERIOD", "1801-06-03/1801-06-09"),
        ("on August 25–27, 1831", "August 25–27, 1831", "PERIOD", "1831-08-25/1831-08-27"),
        ("from 14 August-24 August 1914", "14 August-24 August 1914", "PERIOD", "1914-08-14/1914-08-24"),
        ("in 1820–1830s", "1820–1830s", "PERIOD", "1820/1839"),
        ("cited 2023 June 10", "2023 June 10", "DATE", "2023-06-10"),
        ("dated 8-May-1806", "8-May-1806", "DATE", "1806-05-08"),
        ("born (c. 347) there", "347", "YEAR", "0347~"),
        ("in the 1840s", "1840s", "DECADE", "184X"),
        ("in the early 1840s", "early 1840s", "DECADE", "184X"),
        ("by the end of the 1840s", "end of the 1840s", "DECADE", "184X"),
        ("in the 30s", "30s", "DECADE", "193X"),
        ("in the thirties of the nineteenth century", "thirties of the nineteenth century", "DECADE", "183X"),
        ("in the eighteen-forties", "eighteen-forties", "DECADE", "184X"),
        ("in the 17th century", "17th century", "CENTURY", "16XX"),
        ("in the XVII century", "XVII century", "CENTURY", "16XX"),
        ("in the late seventeenth century", "late seventeenth century", "CENTURY", "16XX"),
        ("in the fifth century BC", "fifth century BC", "CENTURY", "-0499/-0400"),
        ("in the first half of 1801", "first half of 1801", "PART", "1801-01/1801-06"),
        ("the second half of the 30s", "second half of the 30s", "PART", "1935/1939"),
        ("the last three months of 1801", "last three months of 1801", "PART", "1801-10/1801-12"),
        ("on 3/15 May 1801", "3/15 May 1801", "DATE", "1801-05-15"),
        ("in February 1701/2", "February 1701/2", "MONTH", "1702-02"),
        ("about c. 1850 they came", "1850", "YEAR", "1850~"),
    ],
)
def test_a_date(text: str, quote: str, kind: str, edtf: str) -> None:
    assert dates(text) == [(quote, kind, edtf)]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("in February 1900", "1900-02-01", "1900-02-28"),
        ("in February 1904", "1904-02-01", "1904-02-29"),
        ("in the 17th century", "1601-01-01", "1700-12-31"),
        ("in the 1840s", "1840-01-01", "1849-12-31"),
        ("the winter of 1788", "1788-12-01", "1789-02-28"),
        ("in 300 BC", "-0299-01-01", "-0299-12-31"),
        ("It fell on March 4th.", None, None),
    ],
)
def test_the_days_of_a_date(text: str, earliest: str | None, latest: str | None) -> None:
    value = only(text)
    assert (value.earliest, value.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("circa 1801", "approx"),
        ("in early 1801", "start"),
        ("in mid-1801", "mid"),
        ("at the end of 1801", "end"),
    ],
)
def test_a_modifier_leaves_the_interval(text: str, modifier: str) -> None:
    value = only(text)
    assert value.modifier == modifier
    assert (value.earliest, value.latest) == ("1801-01-01", "1801-12-31")


@pytest.mark.parametrize(
    ("text", "modifier", "earliest", "latest"),
    [
        ("since 1801", "since", "1801-01-01", None),
        ("from 1801 onwards", "since", "1801-01-01", None),
        ("after 1801", "after", "1801-01-01", None),
        ("by 1801", "by", None, "1801-12-31"),
        ("before 1801", "before", None, "1801-12-31"),
        ("until 1801", "until", None, "1801-12-31"),
        ("By 20 July 1801 they were back.", "by", "1801-07-20", "1801-07-20"),
    ],
)
def test_a_year_is_a_bound_and_a_day_is_a_day(
    text: str, modifier: str, earliest: str | None, latest: str | None
) -> None:
    value = only(text)
    assert (value.modifier, value.earliest, value.latest) == (modifier, earliest, latest)
    assert value.edtf in ("1801", "1801-07-20")


def test_old_style_is_julian() -> None:
    assert only("on 3 May 1701 (Old Style)").calendar == "julian"


def test_a_year_said_once_belongs_to_both_days() -> None:
    assert dates("on April 2 and 5, 1816") == [
        ("April 2", "DATE", "1816-04-02"),
        ("5, 1816", "DATE", "1816-04-05"),
    ]


def test_a_story_carries_its_year() -> None:
    text = (
        "In December 1841 they came. On 10 December they fought; in January they left, and the same year they returned."
    )
    assert dates(text) == [
        ("December 1841", "MONTH", "1841-12"),
        ("10 December", "DATE", "1841-12-10"),
        ("January", "MONTH", "1842-01"),
        ("the same year", "REL", "1842"),
    ]
    assert find_dates(text)[1].inferred == ("year",)


def test_a_short_decade_takes_its_century_from_the_date_before() -> None:
    assert [edtf for _, _, edtf in dates("in the 1860s and again in the 70s")] == ["186X", "187X"]
    assert [edtf for _, _, edtf in dates("in the 70s")] == ["197X"]


def test_two_days_later_moves_the_story() -> None:
    assert dates("On 30 April 1805 he left. Two days later he was back.")[1] == ("Two days later", "REL", "1805-05-02")


def test_a_length_behind_a_date_that_says_itself_is_no_second_date() -> None:
    assert [edtf for _, _, edtf in dates("Born in 1752, he was read again 170 years later, in 1896.")] == [
        "1752",
        "1896",
    ]


def test_the_previous_april_lies_before_now() -> None:
    found = dates("In March 1918 they lost what they had seized the previous April; next May they came back.")
    assert [edtf for _, _, edtf in found] == ["1918-03", "1917-04", "1918-05"]
    assert dates("In 1918 they lost what they had seized the previous April.")[1] == ("April", "MONTH", "XXXX-04")


def test_the_year_of_a_book_does_not_move_the_story() -> None:
    assert dates("In 1830 it was printed, as is well known (Eichwald 1929), and the next year sold.")[-1][2] == "1831"


def test_the_first_date_shares_the_year_of_the_next_in_its_sentence() -> None:
    assert [edtf for _, _, edtf in dates("It was signed 3 March, ratified 15 March 1918.")] == [
        "1918-03-03",
        "1918-03-15",
    ]


def test_two_years_share_their_era() -> None:
    assert [edtf for _, _, edtf in dates("in 218 and 217 BC")] == ["-0217", "-0216"]
    assert dates("between 264 and 241 BC") == [("264 and 241 BC", "PERIOD", "-0263/-0240")]


def test_no_year_crosses_from_block_to_block() -> None:
    found = annotations(article_of("It was 1841.", "On 10 August they fought."))
    assert [ann.value.edtf for ann in found if isinstance(ann.value, DateValue)] == ["1841", "XXXX-08-10"]


@pytest.mark.parametrize(
    "text",
    [
        "1850 tons",
        "p. 1850",
        "pp. 1850–1853",
        "his ways.1850",
        "No. 1914",
        "Ser. 1877",
        "fond 1613",
        "$1850",
        "1,914 men",
        "a group of 1850 soldiers",
        "You may go; they march.",
        "in his thirties",
        "the fall of Rome",
        "31 June 1900",
        "1850%",
        "a survey of 1709 schoolchildren",
        "a tour by Fall Out Boy",
        "in RGAE, f. 4372, d. 1990",
        "whatever ch. 5 may suggest",
        "p. 1136, 1139",
        "sixpence in summer",
        "Saussure and Jan Baudouin",
    ],
)
def test_no_date(text: str) -> None:
    assert dates(text) == []


def test_a_year_behind_the_bracket_belongs_to_both_days() -> None:
    assert [edtf for _, _, edtf in dates("On 31 May (19 May, old style) 1891 it began.")] == [
        "1891-05-31",
        "1891-05-19",
    ]


def test_a_short_year_needs_a_century_that_was_said() -> None:
    assert dates("the panic of '73") == []
    assert [edtf for _, _, edtf in dates("Between 1860 and 1870, and in the panic of '73")] == ["1860/1870", "1873"]


def test_a_bound_or_a_far_year_does_not_move_the_story() -> None:
    text = "On 10 March 1975 it began, planned for the 1976 season. On 11 March they fled."
    assert dates(text)[-1] == ("11 March", "DATE", "1975-03-11")
    assert dates("In May 1915 they joined, allied since 1882. In June they fought.")[-1][2] == "1915-06"


@pytest.mark.parametrize("kind", ["reference", "author", "affiliation"])
def test_skipped_blocks(kind: BlockKind) -> None:
    assert annotations(article_of("London, 1931.", kind=kind)) == []


def test_notes_and_headings_count() -> None:
    for kind in ("note", "heading", "abstract"):
        assert len(annotations(article_of("London, 1931.", kind=kind))) == 1  # type: ignore[arg-type]


def test_annotation_record() -> None:
    article = article_of("Nothing.", "In 1801 he left; in 1801 he died.")
    first, second = annotations(article)
    assert article.quote(first) == article.quote(second) == "1801"
    assert (first.layer, first.label, first.made_by, first.confidence) == ("date", "YEAR", "adfontes-dates", None)
    assert first.id.startswith("d-") and second.id == f"{first.id}-2"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789 -–.,/()MayinBCAD")), max_size=120))
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
            "in on of the 4th 31 February May 1931 1788 -33 to and BC century XX 30s early the end spring".split()
        )
    )
)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_mix_of_date_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    for ann in annotations(article_of(text)):
        assert 0 <= ann.start < ann.end <= len(text)
        assert isinstance(ann.value, DateValue)
        if ann.value.earliest and ann.value.latest and not ann.value.earliest.startswith("-"):
            assert ann.value.earliest <= ann.value.latest


@pytest.mark.parametrize("unit", ["1", ".", "-", "May ", "1931-", "1 May ", "1931 to ", "the end of ", "\n"])
def test_time_grows_with_length_only(unit: str, grows_linearly: Callable[..., bool]) -> None:
    assert grows_linearly(find_dates, lambda times: unit * times, 1_000, 10)
