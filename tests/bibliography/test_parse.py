"""Reference strings to fields: one string a style, the place of each field, and what is left unread."""

from __future__ import annotations

from typing import Any

import pytest

from bibliography.parse import parse_reference
from bibliography.parse.split import split_references


def _short(csl: dict[str, Any]) -> dict[str, Any]:
    """The item with names as "family|given" and dates as lists: what a table can hold."""
    short: dict[str, Any] = {}
    for variable, value in csl.items():
        if variable in ("author", "editor", "container-author"):
            short[variable] = [n.get("literal") or f"{n['family']}|{n.get('given', '')}" for n in value]
        elif isinstance(value, dict):
            short[variable] = value.get("date-parts", value)
        else:
            short[variable] = value
    return short


CASES: list[tuple[str, dict[str, Any]]] = [
    (  # Vancouver, article
        "Murphy JC, Kaden DA. Electric fields: a review. Mutat Res 1993; 296:221-240.",
        {
            "type": "article-journal",
            "author": ["Murphy|JC", "Kaden|DA"],
            "title": "Electric fields: a review",
            "container-title": "Mutat Res",
            "volume": "296",
            "page": "221-240",
            "issued": [[1993]],
        },
    ),
    (  # Vancouver, a cited part of collected works
        "3. Plekhanov GV. Sochineniya. Tom 4, Iyun’ 1917 [Works. Volume 4, June 1917]. Moscow: Gosizdat; 1923."
        " [On the war]; p. 15–19. Russian.",
        {
            "type": "chapter",
            "author": ["Plekhanov|GV"],
            "container-author": ["Plekhanov|GV"],
            "title": "On the war",
            "container-title": "Sochineniya",
            "container-title-translated": "Works. Volume 4, June 1917",
            "volume": "4",
            "volume-title": "Iyun’ 1917",
            "publisher": "Gosizdat",
            "publisher-place": "Moscow",
            "page": "15–19",
            "issued": [[1923]],
            "language": "ru",
        },
    ),
    (  # author-date, linguistics
        "Newmeyer, Frederick J. 2016. Nonsyntactic explanations of island constraints. Annual Review of Linguistics 2(1). 187–210.",
        {
            "type": "article-journal",
            "author": ["Newmeyer|Frederick J."],
            "title": "Nonsyntactic explanations of island constraints",
            "container-title": "Annual Review of Linguistics",
            "volume": "2",
            "issue": "1",
            "page": "187–210",
            "issued": [[2016]],
        },
    ),
    (  # author-date, APA book
        "MacWhinney, B. (1990). The CHILDES Project: Tools for Analyzing Talk. Hillsdale, NJ: Erlbaum.",
        {
            "type": "book",
            "author": ["MacWhinney|B."],
            "title": "The CHILDES Project: Tools for Analyzing Talk",
            "publisher": "Erlbaum",
            "publisher-place": "Hillsdale, NJ",
            "issued": [[1990]],
        },
    ),
    (  # Chicago note, book
        "Antony C. Sutton, Western Technology and Soviet Economic Development (Stanford: Hoover Institution Press, 1968), 347.",
        {
            "type": "book",
            "author": ["Sutton|Antony C."],
            "title": "Western Technology and Soviet Economic Development",
            "publisher": "Hoover Institution Press",
            "publisher-place": "Stanford",
            "issued": [[1968]],
            "page": "347",
        },
    ),
    (  # Chicago bibliography, article in quotes
        "Eichengreen, Barry, and Jeffrey Sachs. “Exchange Rates and Economic Recovery.” Journal of Economic History 45, no. 4 (1985): 925–946.",
        {
            "type": "article-journal",
            "author": ["Eichengreen|Barry", "Sachs|Jeffrey"],
            "title": "Exchange Rates and Economic Recovery",
            "container-title": "Journal of Economic History",
            "volume": "45",
            "issue": "4",
            "page": "925–946",
            "issued": [[1985]],
        },
    ),
    (  # a chapter with its editors
        "G.P. Bingham. Dynamics and visual event recognition. In R. Port and T. van Gelder, editors, Mind as Motion, pages 403-448."
        " MIT Press, 1995.",
        {
            "type": "chapter",
            "author": ["Bingham|G.P."],
            "editor": ["Port|R.", "Gelder|T."],
            "title": "Dynamics and visual event recognition",
            "container-title": "Mind as Motion",
            "page": "403-448",
            "publisher": "MIT Press",
            "issued": [[1995]],
        },
    ),
    (  # GOST
        "1. Falk Y., Lindqvist C. The role of L1 knowledge // Bilingualism. 2015. Т. 18. № 2. С. 227–235.",
        {
            "type": "article-journal",
            "author": ["Falk|Y.", "Lindqvist|C."],
            "title": "The role of L1 knowledge",
            "container-title": "Bilingualism",
            "volume": "18",
            "issue": "2",
            "page": "227–235",
            "issued": [[2015]],
        },
    ),
    (  # comma style without a title
        "R. Pohl et al., Nature 466 (2010) 213.",
        {
            "type": "article-journal",
            "author": ["Pohl|R."],
            "container-title": "Nature",
            "volume": "466",
            "page": "213",
            "issued": [[2010]],
        },
    ),
    (  # a short reference
        "Becker et al., “Asymmetries in Generalizing,” p. 36.",
        {"type": "document", "author": ["Becker|"], "title": "Asymmetries in Generalizing"},
    ),
    (  # no author
        "Pharmazie 64: 71–75 (2009)",
        {
            "type": "article-journal",
            "container-title": "Pharmazie",
            "volume": "64",
            "page": "71–75",
            "issued": [[2009]],
        },
    ),
]


@pytest.mark.parametrize(("raw", "item"), CASES, ids=[raw[:24] for raw, _ in CASES])
def test_styles(raw: str, item: dict[str, Any]) -> None:
    assert _short(parse_reference(raw).csl) == item


@pytest.mark.parametrize("raw", [raw for raw, _ in CASES])
def test_spans_are_places_in_the_string(raw: str) -> None:
    parsed = parse_reference("  " + raw + " ")
    for one, other in zip(parsed.spans, parsed.spans[1:], strict=False):
        assert one.end <= other.start
    for span in parsed.spans:
        assert 0 <= span.start < span.end <= len(parsed.raw)
        quote = parsed.raw[span.start : span.end]
        assert quote == quote.strip()
        if span.label == "title":
            assert quote == parsed.csl["title"]
    assert parsed.raw[parsed.start : parsed.end].strip() == parsed.raw[parsed.start : parsed.end]


@pytest.mark.parametrize("raw", ["", " ", "12.", "see above", "....", "What a pity", "lorem ipsum dolor sit amet"])
def test_what_is_no_reference_stays_unread(raw: str) -> None:
    parsed = parse_reference(raw)
    assert parsed.csl == {}
    assert parsed.type is None
    assert parsed.spans == ()


def test_identifiers() -> None:
    raw = "Sutton, A. (1968). A title. Journal 7, 1–2. https://doi.org/10.1000/182. ISBN 978-0-306-40615-7 arXiv:1303.3186 [gr-qc]"
    csl = parse_reference(raw).csl
    assert csl["DOI"] == "10.1000/182"
    assert csl["ISBN"] == "978-0-306-40615-7"
    assert (csl["archive"], csl["archive_location"]) == ("arXiv", "1303.3186")
    assert (csl["title"], csl["volume"], csl["page"]) == ("A title", "7", "1–2")


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("One. 1.\nTwo. 2.\n", ["One. 1.", "Two. 2."]),
        ("1. One\n   goes on.\n2. Two.\n", ["1. One\n   goes on.", "2. Two."]),
        ("[1] One\ngoes on.\n[2] Two.", ["[1] One\ngoes on.", "[2] Two."]),
        ("One\n  goes on.\nTwo.", ["One\n  goes on.", "Two."]),
        ("  1. One.\n  2. Two.", ["1. One.", "2. Two."]),
        ("1. One.\n7. Two.", ["1. One.", "7. Two."]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_split(text: str, entries: list[str]) -> None:
    assert [text[start:end] for start, end in split_references(text)] == entries
