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
        "Hobson JA, Webb BP. Grain prices: a review. Econ Rev 1913; 26:221-240.",
        {
            "type": "article-journal",
            "author": ["Hobson|JA", "Webb|BP"],
            "title": "Grain prices: a review",
            "container-title": "Econ Rev",
            "volume": "26",
            "page": "221-240",
            "issued": [[1913]],
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
        "Allen, Robert C. 2001. The great divergence in European wages. Explorations in Economic History 38(4). 411–447.",
        {
            "type": "article-journal",
            "author": ["Allen|Robert C."],
            "title": "The great divergence in European wages",
            "container-title": "Explorations in Economic History",
            "volume": "38",
            "issue": "4",
            "page": "411–447",
            "issued": [[2001]],
        },
    ),
    (  # author-date, APA book
        "Postan, M. M. (1973). Medieval Trade: Essays on Finance. Princeton, NJ: Methuen.",
        {
            "type": "book",
            "author": ["Postan|M. M."],
            "title": "Medieval Trade: Essays on Finance",
            "publisher": "Methuen",
            "publisher-place": "Princeton, NJ",
            "issued": [[1973]],
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
        "E.J. Hobsbawm. Peasants and village politics. In J. Saville and R. van Laar, editors, Essays on Labour, pages 13-48."
        " Merlin Press, 1965.",
        {
            "type": "chapter",
            "author": ["Hobsbawm|E.J."],
            "editor": ["Saville|J.", "Laar|R."],
            "title": "Peasants and village politics",
            "container-title": "Essays on Labour",
            "page": "13-48",
            "publisher": "Merlin Press",
            "issued": [[1965]],
        },
    ),
    (  # GOST
        "1. Gatrell P., Harrison M. The war economy // History. 1993. Т. 45. № 3. С. 425–452.",
        {
            "type": "article-journal",
            "author": ["Gatrell|P.", "Harrison|M."],
            "title": "The war economy",
            "container-title": "History",
            "volume": "45",
            "issue": "3",
            "page": "425–452",
            "issued": [[1993]],
        },
    ),
    (  # comma style without a title
        "P. Mantoux et al., Nature 150 (1931) 117.",
        {
            "type": "article-journal",
            "author": ["Mantoux|P."],
            "container-title": "Nature",
            "volume": "150",
            "page": "117",
            "issued": [[1931]],
        },
    ),
    (  # a short reference
        "Temin et al., “Lessons from Deflation,” p. 36.",
        {"type": "document", "author": ["Temin|"], "title": "Lessons from Deflation"},
    ),
    (  # no author
        "Kyklos 44: 71–75 (1991)",
        {
            "type": "article-journal",
            "container-title": "Kyklos",
            "volume": "44",
            "page": "71–75",
            "issued": [[1991]],
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


@pytest.mark.parametrize(
    ("raw", "author", "title"),
    [
        ("Helen Marlowe, Broken Chains: A History of Bread (London: Methuen, 1971), 12.", "Marlowe", "Broken Chains: A History of Bread"),
        ("but see C. L. Mowat, Britain between the Wars (London: Methuen, 1955), 380.", "Mowat", "Britain between the Wars"),
        ("Sutton, A. Western Technology. Stanford: Hoover Press, 1968.", "Sutton", "Western Technology"),
    ],
)  # fmt: skip
def test_name_and_title_are_parted(raw: str, author: str, title: str) -> None:
    csl = parse_reference(raw).csl
    assert [name["family"] for name in csl["author"]] == [author]
    assert csl["title"] == title


@pytest.mark.parametrize(
    ("raw", "archive", "shelfmark"),
    [
        ("RGASPI, f. 17, op. 3, d. 12, l. 4.", "RGASPI", "f. 17, op. 3, d. 12, l. 4"),
        ("ГАРФ. Ф. Р-5446. Оп. 37. Д. 41. Л. 2.", "ГАРФ", "Ф. Р-5446. Оп. 37. Д. 41. Л. 2"),
        ("TNA, FO 371/11796, N 2241/387/38.", "TNA", "FO 371/11796, N 2241/387/38"),
        ("Bundesarchiv Berlin, R 901/63782, Bl. 45.", "Bundesarchiv Berlin", "R 901/63782, Bl. 45"),
    ],
)
def test_archives(raw: str, archive: str, shelfmark: str) -> None:
    csl = parse_reference(raw).csl
    assert (csl["archive"], csl["archive_location"], csl["type"]) == (archive, shelfmark, "manuscript")


def test_every_field_has_its_probability() -> None:
    parsed = parse_reference(
        "Allen, Robert C. 2001. The great divergence. Explorations in Economic History 38(4). 411–447."
    )
    assert parsed.spans
    assert all(span.confidence is not None and 0 < span.confidence <= 1 for span in parsed.spans)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Dobb, Maurice. Soviet Planning. London: Routledge, 1966.\n———. Welfare Economics. Cambridge: Cambridge University Press, 1969.", ["Dobb", "Dobb"]),
        ("1. Lenin VI. Works. Moscow: Progress; 1965. 300 p.\n2. Stalin IV. Essays. Moscow: OGIZ; 1947. 200 p.", ["Lenin", "Stalin"]),
    ],
)  # fmt: skip
def test_list(text: str, families: list[str]) -> None:
    from bibliography.parse.lists import parse_list

    assert [entry.csl["author"][0]["family"] for entry in parse_list(text)] == families


def test_the_resolver_before_a_doi_is_no_url() -> None:
    csl = parse_reference(
        "Niemi, P. (2008). Union leadership. Labour Past, 33(2), 145–167. https://doi.org/10.5555/ab.1"
    ).csl
    assert csl["DOI"] == "10.5555/ab.1"
    assert "URL" not in csl
