"""Author and year: every shape in which a text may write it, and what it must not be taken for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.annotators.citations.author_year import find_author_years
from annotate.libraries import UserLibrary, read_libraries
from annotate.links import link_sources
from schemas.records import Annotation, Article, Block, Metadata, Source

LIST = {
    "sutton": "Sutton, Antony C. 1968. Western Technology. Stanford: Hoover Institution.",
    "sutton-a": "Sutton, Antony C. 1973a. Western Technology, part 3. Stanford: Hoover Institution.",
    "sutton-b": "Sutton, Antony C. 1973b. National Suicide. New Rochelle: Arlington House.",
    "davies": "Davies, R. W. & Stephen G. Wheatcroft. 2004. The Years of Hunger. London: Palgrave.",
    "davies-alone": "Davies, R. W. 2004. Crisis and Progress. London: Macmillan.",
    "harrison": "Harrison, Mark, R. W. Davies and S. G. Wheatcroft. 1994. The Economic Transformation. Cambridge: CUP.",
    "wurff": "van der Wurff, Wim. In press. Word Order. Amsterdam: Benjamins.",
    "saussure": "Saussure, Ferdinand de. 1922 [1916]. Cours. Paris: Payot.",
    "unit": "Jamaican Language Unit. 2007. The Language Competence Survey. Kingston: UWI.",
    "shpotov": "Шпотов, Б. М. 2003. Американский бизнес. Москва: Наука.",
    "le-guern": "Le Guern, M. (2009). Nicolas Beauzée. Paris: Champion.",
    "rooy": "Van Rooy, Raf. n.d. A Professor at Work. Leuven.",
    "nove": "Nove, Alec. 1969. An Economic History. London: Lane.",
}
NAMES = {head.split(".")[0].split(",")[0].lower() for head in LIST.values()} | {"wheatcroft", "wurff", "shpotov"}


def article(body: str, *annotations: Annotation) -> Article:
    """One paragraph with the list above."""
    text, blocks = body, [Block("b", "paragraph", 0, len(body))]
    for name, entry in LIST.items():
        start = len(text) + 2
        text += "\n\n" + entry
        blocks.append(Block(name, "reference", start, len(text)))
    source = Source("a.txt", "text/plain", "", "utf-8")
    return Article(id="a", source=source, metadata=Metadata(), text=text, blocks=tuple(blocks), annotations=annotations)


def read(body: str) -> list[tuple[str, str | None, str | None]]:
    """Each citation of a paragraph: as written, the entry it leads to, its locator."""
    linked = link_sources(article(body), None)
    names = {ref.id: ref.block for ref in linked.references}
    return [
        (linked.quote(cite), names[cite.targets[0].reference or ""] if cite.targets else None, cite.locator)
        for cite in linked.citations
        if cite.kind == "author-year"
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It grew (Sutton 1968).", [("Sutton 1968", "sutton", None)]),
        ("It grew (Sutton, 1968, p. 347).", [("Sutton, 1968, p. 347", "sutton", "p. 347")]),
        ("It grew (see also Sutton 1968: 12–15, 19).", [("Sutton 1968: 12–15, 19", "sutton", "12–15, 19")]),
        ("Sutton (1968, 347) says so.", [("Sutton (1968, 347)", "sutton", "347")]),
        ("Sutton’s (1968) view.", [("Sutton’s (1968)", "sutton", None)]),
        ("Sutton [1968] says so.", [("Sutton [1968]", "sutton", None)]),
        ("(Sutton 1968; 1973b: 12)", [("Sutton 1968", "sutton", None), ("1973b: 12", "sutton-b", "12")]),
        ("(Sutton 1973a, b)", [("Sutton 1973a", "sutton-a", None), ("b", "sutton-b", None)]),
        ("Sutton (1968) and (1973a)", [("Sutton (1968)", "sutton", None), ("1973a", "sutton-a", None)]),
        ("(Davies and Wheatcroft 2004)", [("Davies and Wheatcroft 2004", "davies", None)]),
        ("(Davies & Wheatcroft, 2004)", [("Davies & Wheatcroft, 2004", "davies", None)]),
        ("(Davies und Wheatcroft 2004, S. 5 f.)", [("Davies und Wheatcroft 2004, S. 5 f.", "davies", "S. 5 f.")]),
        ("(Davies 2004)", [("Davies 2004", "davies-alone", None)]),
        ("(Harrison et al. 1994)", [("Harrison et al. 1994", "harrison", None)]),
        ("(Harrison, Davies, and Wheatcroft 1994)", [("Harrison, Davies, and Wheatcroft 1994", "harrison", None)]),
        ("In Moscow, Sutton (1968) says so.", [("Sutton (1968)", "sutton", None)]),
        ("van der Wurff (in press)", [("van der Wurff (in press)", "wurff", None)]),
        ("Wurff (forthcoming)", [("Wurff (forthcoming)", "wurff", None)]),
        ("(Saussure 1922 [1916]: 37)", [("Saussure 1922 [1916]: 37", "saussure", "37")]),
        ("(Saussure 1916)", [("Saussure 1916", "saussure", None)]),
        ("(Saussure 1916/1922)", [("Saussure 1916/1922", "saussure", None)]),
        ("(Jamaican Language Unit 2007)", [("Jamaican Language Unit 2007", "unit", None)]),
        ("(JLU 2007)", [("JLU 2007", "unit", None)]),
        ("(Шпотов, 2003, с. 5)", [("Шпотов, 2003, с. 5", "shpotov", "с. 5")]),
        ("по Шпотову (2003)", [("Шпотову (2003)", "shpotov", None)]),
        ("(Shpotov 2003)", [("Shpotov 2003", "shpotov", None)]),
        ("Le Guern (2009)", [("Le Guern (2009)", "le-guern", None)]),
        ("(Van Rooy, n.d., 105)", [("Van Rooy, n.d., 105", "rooy", "105")]),
        ("(Sutton 1968, quoted in Nove 1969)", [("Sutton 1968", "sutton", None), ("Nove 1969", "nove", None)]),
        ("A. C. Sutton (1968)", [("A. C. Sutton (1968)", "sutton", None)]),
        ("See A. Sutton (1968)", [("A. Sutton (1968)", "sutton", None)]),
        ("Antony C. Sutton (1968)", [("Antony C. Sutton (1968)", "sutton", None)]),
        (
            "as Nove did (1969, 12), Sutton (1973a; 1973b: 4)",
            [("1969, 12", "nove", "12"), ("Sutton (1973a", "sutton-a", None), ("1973b: 4", "sutton-b", "4")],
        ),
        ("Nove’s 1969 book", [("Nove’s 1969", "nove", None)]),
        ("Sutton wrote much, above all his Technology (Stanford, 1968).", []),
    ],
)
def test_shapes(body: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert read(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "In 1968 and in May 1968 (1968–1973) it grew; 1,968 tons, 1968 tons.",
        "Nove (1915–1994) was an economist.",
        "B. D. Sutton (1968) is another man.",
        "Sutton et al. (1968) would have several authors.",
        "(Sutton and Nove 1968)",
        "Sutton 1969",
    ],
)
def test_what_is_no_citation_of_an_entry(body: str) -> None:
    assert [found for found in read(body) if found[1] is not None] == []


def test_two_entries_of_a_year_without_a_letter_are_ambiguous() -> None:
    linked = link_sources(article("It grew (Sutton 1973)."), None)
    (cite,) = linked.citations
    assert (cite.status, cite.targets) == ("ambiguous", ())
    assert {candidate.reference for candidate in cite.candidates} == {
        ref.id for ref in linked.references if ref.block in ("sutton-a", "sutton-b")
    }
    (problem,) = [problem for problem in linked.problems if cite.id in problem.about]
    assert (problem.code, "2 entries by Sutton (1973)" in problem.message) == ("citation-ambiguous", True)


def test_an_author_whom_the_list_lacks_is_a_problem_where_the_text_cites_so() -> None:
    habit = "(Sutton 1968), (Nove 1969), (Le Guern 2009)"
    linked = link_sources(article(f"{habit} and (Lewin 1968)."), None)
    assert [cite.status for cite in linked.citations] == ["linked", "linked", "linked", "unresolved"]
    assert "no entry by Lewin (1968)" in linked.problems[-1].message
    assert link_sources(article("It grew (Lewin 1968)."), None).citations == ()


def test_a_place_and_year_in_brackets_mean_the_author_named_beside() -> None:
    body = "Nove wrote his History (London, 1969)."
    place = Annotation("e-1", "entity", "LOC", body.index("London"), body.index("London") + 6, None, "test")
    linked = link_sources(article(body, place), None)
    assert [(linked.quote(cite), len(cite.targets)) for cite in linked.citations] == [("1969", 1)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> UserLibrary:
    path = tmp_path_factory.mktemp("bib") / "library.bib"
    path.write_text("@book{lewin, author = {Lewin, Moshe}, title = {Peasants}, year = {1968}}\n", encoding="utf-8")
    found = read_libraries([Path(path)])
    assert found is not None
    return found


def test_the_library_answers_where_the_list_does_not(library: UserLibrary) -> None:
    linked = link_sources(article("It grew (Lewin 1968; Sutton 1968)."), library)
    assert [cite.targets[0].key for cite in linked.citations] == ["lewin", None]


PIECES = st.lists(
    st.sampled_from(
        [
            "Sutton",
            "(",
            ")",
            " ",
            "1968",
            "1973",
            "a",
            ",",
            ";",
            "[",
            "]",
            "et al.",
            "and",
            "’s",
            "in press",
            ":",
            "12",
            "Van",
        ]
    ),
    max_size=25,
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(PIECES)
def test_any_text_gives_spans_in_order_and_no_citation_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for cite in find_author_years(text, NAMES.__contains__):
        assert end <= cite.start < cite.end <= len(text)
        assert cite.readings and all(end <= reading.start <= cite.end for reading in cite.readings)
        end = cite.end
    linked = link_sources(article(text), None)
    about = {i for problem in linked.problems for i in problem.about}
    assert all(bool(cite.targets) != (cite.id in about) for cite in linked.citations)
