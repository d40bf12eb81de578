"""Each normaliser by a table: the printed value and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest

from bibliography.dates import month_number, read_printed_date
from bibliography.names import parse_name, point_initials, recase_name
from bibliography.parse.normalise import (
    expand_pages,
    normalise_item,
    read_edition,
    read_pages,
    read_series,
    read_volume,
)
from bibliography.parse.normalise.imprint import full_place, plain_publisher
from bibliography.parse.normalise.titles import plain_title
from bibliography.parse.people import split_people


@pytest.mark.parametrize(
    ("raw", "field", "hosted", "found"),
    [
        ("J. Hist. 7, 151–199.", "151–199", True, {"page": "151–199"}),
        ("С. 46-59.", "46-59", True, {"page": "46-59"}),
        ("М.: Наука, 1978. - 264 с.", "264", False, {"number-of-pages": "264"}),
        ("Moscow: Mysl; 1964. 327 p.", "327", False, {"number-of-pages": "327"}),
        ("Moscow: Mysl; 1964. 327 p.", "327 p.", False, {"number-of-pages": "327"}),
        ("(London, 1992), p. 108", "p. 108", False, {}),
        ("(London, 1992), 108", "108", False, {}),
        ("Nanotechnology 22 (2011) 265714 (7pp)", "265714 (7pp)", True, {"page": "265714"}),
        ("pp. 15 - 19", "pp. 15 - 19", True, {"page": "15-19"}),
        ("S. 265–341", "265–341", True, {"page": "265–341"}),
        ("p. S12", "S12", True, {"page": "S12"}),
    ],
)
def test_pages(raw: str, field: str, hosted: bool, found: dict[str, str]) -> None:
    start = raw.rindex(field)
    assert read_pages(raw, start, start + len(field), hosted=hosted) == found


@pytest.mark.parametrize(
    ("pages", "expanded"),
    [("151-9", "151-159"), ("1423–8", "1423–1428"), ("151–199", "151–199"), ("3", "3"), ("99-101", "99-101"), ("509–43", "509–543"),
     ("xii–xx", "xii–xx"), ("12-7", "12-17"), ("S5-9", "S5-9"), ("40-3, 50", "40-43, 50")],
)  # fmt: skip
def test_expanded_pages(pages: str, expanded: str) -> None:
    assert expand_pages(pages) == expanded


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("34", {"volume": "34"}),
        ("Tom 34", {"volume": "34"}),
        ("Т. 8", {"volume": "8"}),
        ("vol. XII", {"volume": "XII"}),
        ("Bd. 3", {"volume": "3"}),
        ("t. V", {"volume": "V"}),
        ("34, Iyul’ – oktyabr’ 1917", {"volume": "34", "volume-title": "Iyul’ – oktyabr’ 1917"}),
        ("17, Activities 1920–1922", {"volume": "17", "volume-title": "Activities 1920–1922"}),
        ("LATTICE 2014", {"volume": "LATTICE 2014"}),
        ("38A", {"volume": "38A"}),
        ("12/13", {"volume": "12/13"}),
    ],
)
def test_volumes(printed: str, found: dict[str, str]) -> None:
    assert read_volume(printed) == found


@pytest.mark.parametrize(
    ("printed", "parts", "suffix"),
    [
        ("1969", [[1969]], None),
        ("2008a", [[2008]], "a"),
        ("1896–99", [[1896], [1899]], None),
        ("1933/34", [[1933], [1934]], None),
        ("June 10, 2009", [[2009, 6, 10]], None),
        ("14 марта 1927 г.", [[1927, 3, 14]], None),
        ("1926. 19 марта", [[1926, 3, 19]], None),
        ("19. März 1963", [[1963, 3, 19]], None),
        ("2.8.1974", [[1974, 8, 2]], None),
        ("12 octobre 1927", [[1927, 10, 12]], None),
        ("4 dicembre 1922", [[1922, 12, 4]], None),
        ("1925 November 14", [[1925, 11, 14]], None),
        ("May 1993", [[1993, 5]], None),
        ("avril-juin 1965", [[1965, 4]], None),
    ],
)
def test_dates(printed: str, parts: list[list[int]], suffix: str | None) -> None:
    found = read_printed_date(printed, "issued")
    assert found["issued"]["date-parts"] == parts
    assert found.get("year-suffix") == suffix


@pytest.mark.parametrize("printed", ["n.d.", "o. J.", "forthcoming", "s.a."])
def test_dates_without_a_year_stay_as_printed(printed: str) -> None:
    assert read_printed_date(printed, "issued") == {"issued": {"literal": printed}}


def test_months() -> None:
    assert [month_number(m) for m in ("mar", "März", "mars", "марта", "août", "genn.", "Dez.", "13", "foo")] == [3, 3, 3, 3, 8, 1, 12, None, None]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Borodkin LI, Petrov YuA", ["Borodkin LI", "Petrov YuA"]),
        ("Allen, Robert C.", ["Allen, Robert C."]),
        ("Tolley, Kenneth, Inez Marrow, and David Oyelaran", ["Tolley, Kenneth", "Inez Marrow", "David Oyelaran"]),
        ("S. E. Han, G. Chen", ["S. E. Han", "G. Chen"]),
        ("Chen, H., Tafalla, M., Greene, T. P.", ["Chen, H.", "Tafalla, M.", "Greene, T. P."]),
        ("Бородкин Л. И., Валетов Т. Я.", ["Бородкин Л. И.", "Валетов Т. Я."]),
        ("Beitel, Werner; Nötzold, Jürgen", ["Beitel, Werner", "Nötzold, Jürgen"]),
        ("Otto Brunner/Werner Conze/Reinhart Koselleck", ["Otto Brunner", "Werner Conze", "Reinhart Koselleck"]),
        ("R. W. Davies, Mark Harrison, and S. G. Wheatcroft", ["R. W. Davies", "Mark Harrison", "S. G. Wheatcroft"]),
        ("van der Wurff, W., & de Vries, J.", ["van der Wurff, W.", "de Vries, J."]),
        ("Amsler, C., et al.", ["Amsler, C."]),
        ("King, Martin Luther, Jr.", ["King, Martin Luther, Jr."]),
        ("Alain Blum et Martine Mespoulet", ["Alain Blum", "Martine Mespoulet"]),
        ("Findlay, Ronald, and Kevin H. O’Rourke", ["Findlay, Ronald", "Kevin H. O’Rourke"]),
        ("U.S. Department of State", ["U.S. Department of State"]),
    ],
)
def test_people(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in split_people(text)] == names


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("Lenin VI", {"family": "Lenin", "given": "VI"}),
        ("Petrov YuA", {"family": "Petrov", "given": "YuA"}),
        ("Шпотов Б. М.", {"family": "Шпотов", "given": "Б. М."}),
        ("Воробьева, Ольга Викторовна", {"family": "Воробьева", "given": "Ольга Викторовна"}),
        ("van der Wurff, W.", {"non-dropping-particle": "van der", "family": "Wurff", "given": "W."}),
        ("King, Martin Luther, Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("League of Nations", {"literal": "League of Nations"}),
        ("ATLAS Collaboration", {"literal": "ATLAS Collaboration"}),
        ("Bundeszentrale für politische Bildung", {"literal": "Bundeszentrale für politische Bildung"}),
        ("CARRÈRE D’ENCAUSSE Hélène", {"family": "CARRÈRE D’ENCAUSSE", "given": "Hélène"}),
    ],
)
def test_names(printed: str, parts: dict[str, str]) -> None:
    assert parse_name(printed) == parts


def test_initials_and_capitals() -> None:
    assert [point_initials(g) for g in ("YuA", "VI", "A.C.", "J-P", "Mark H.", "Б. М.")] == ["Yu. A.", "V. I.", "A. C.", "J.-P.", "Mark H.", "Б. М."]  # fmt: skip
    assert [recase_name(f) for f in ("BLOCH", "Nove", "MACAULAY", "LI")] == ["Bloch", "Nove", "Macaulay", "LI"]


def test_editions_series_places_publishers_titles() -> None:
    assert read_edition("(2nd ed.)") == "2nd ed"
    assert read_series("= Studien zur modernen Geschichte, Bd. 31") == {"collection-title": "Studien zur modernen Geschichte", "collection-number": "31"}  # fmt: skip
    assert read_series("Folio") == {"collection-title": "Folio"}
    assert [full_place(p) for p in ("М.", "М.; Л.", "СПб.", "Köln/Wien", "London")] == ["Москва", "Москва; Ленинград", "Санкт-Петербург", "Köln; Wien", "London"]  # fmt: skip
    assert [plain_publisher(p) for p in ("Изд-во Наука", "Nauka", "Изд-во")] == ["Наука", "Nauka", "Изд-во"]
    assert [plain_title(t) for t in ("A Title.", "Who?", "The Em-\npire", "1917–1939 гг.")] == ["A Title", "Who?", "The Empire", "1917–1939 гг."]  # fmt: skip


def test_the_item_for_bibtex_is_normalised_and_the_other_kept() -> None:
    item: dict[str, Any] = {"author": [{"family": "BLOCH", "given": "M"}], "page": "23-5", "publisher-place": "М.", "type": "book"}  # fmt: skip
    found = normalise_item(item)
    assert found == {"author": [{"family": "Bloch", "given": "M."}], "page": "23-25", "publisher-place": "Москва", "type": "book"}  # fmt: skip
    assert item["author"] == [{"family": "BLOCH", "given": "M"}]
