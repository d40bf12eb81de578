"""Author and page: "(Gaunt 12)", what it leads to, and where such a bracket is none."""

from __future__ import annotations

import pytest

from annotate.links import link_sources
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import DateValue

LIST = (
    "Gaunt, Rosemary. The Ballad Sellers of London. Oxford UP, 1998.",
    "Hale, Peter. Print in the Street. Routledge, 2012.",
    "---. Songs for a Penny. Routledge, 2007.",
    "May, Ida. Fairs of the Fens. Dent, 1931.",
    "Iqbal, Nadia. Listening to Broadsides. Cornell UP, 2015.",
)


def cited(body: str, *days: str) -> list[tuple[str, str | None, str | None]]:
    """The words, the title of the source and the locator of every citation; ``days`` were read as dates."""
    text, blocks = body, [Block("b-0", "paragraph", 0, len(body))]
    for n, entry in enumerate(LIST, 1):
        blocks.append(Block(f"b-{n}", "reference", len(text) + 2, len(text) + 2 + len(entry)))
        text += "\n\n" + entry
    source = Source("a.txt", "text/plain", "", "utf-8")
    dates = [(body.index(day), body.index(day) + len(day)) for day in days]
    value = DateValue("DATE", None, None, None)
    article = Article(
        id="a", source=source, metadata=Metadata(), text=text, blocks=tuple(blocks),
        annotations=tuple(Annotation(f"d-{n}", "date", "DATE", *day, value, "test") for n, day in enumerate(dates)),
    )  # fmt: skip
    article = link_sources(article, None)
    title = {ref.id: ref.csl.get("title") for ref in article.references}
    return [
        (article.quote(cite), title[cite.targets[0].reference or ""] if cite.targets else None, cite.locator)
        for cite in article.citations
    ]


HABIT = "It sold (Gaunt 12; Gaunt 15; Gaunt 17). "
GAUNT = [(f"Gaunt {n}", "The Ballad Sellers of London", n) for n in ("12", "15", "17")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It was loud (Hale, Songs 51).", [("Hale, Songs 51", "Songs for a Penny", "51")]),
        ("It was loud (Hale 51).", [("Hale 51", None, "51")]),  # two works
        ("It was loud (Iqbal).", [("Iqbal", "Listening to Broadsides", None)]),
        ("Iqbal holds it was loud (51).", [("Iqbal", "Listening to Broadsides", "51")]),
        ("Iqbal argues, with Gaunt, that it was loud (51).", [("Iqbal", "Listening to Broadsides", "51")]),
        ("The Iqbal Company had many (51).", []),  # a firm
        ("Iqbal, like Gaunt, heard it (51).", []),  # whose page?
        ("It was loud (Table 2) in May (London 1641).", []),
    ],
)
def test_an_article_that_cites_so(body: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert cited(HABIT + body) == [*GAUNT, *expected]


def test_a_bare_name_or_page_is_no_citation_elsewhere() -> None:
    assert cited("It was loud (Iqbal). Iqbal argues that it fell (51).") == []


def test_an_article_that_cites_by_year_cites_no_pages_so() -> None:
    years = "So (Gaunt 1998), (Hale 2012), (Iqbal 2015) hold; "
    assert [words for words, *_ in cited(years + "a shop (Gaunt 12).")] == ["Gaunt 1998", "Hale 2012", "Iqbal 2015"]


def test_a_day_is_no_page_of_an_author() -> None:
    assert cited("It was loud (May 12).", "May 12") == []
    assert cited("It was loud (May 12).") == [("May 12", "Fairs of the Fens", "12")]
    assert cited(HABIT + "In May it was loud (1).", "May") == GAUNT
