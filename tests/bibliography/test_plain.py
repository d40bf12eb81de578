"""Sources in one plain line: what a reader of the fact list sees of books, letters and files."""

from __future__ import annotations

import pytest

from bibliography.plain import format_plain
from schemas.records import CslItem


@pytest.mark.parametrize(
    ("item", "line"),
    [
        (
            {"type": "manuscript", "archive": "Stadtarchiv", "archive_location": "Rep. 15, Nr. 204"},
            "Stadtarchiv, Rep. 15, Nr. 204",
        ),
        (
            {
                "type": "manuscript",
                "title": "Casement to Grey",
                "archive": "TNA",
                "archive_location": "FO 371/1201",
                "issued": {"date-parts": [[1911, 3, 17]]},
            },
            "Casement to Grey (1911-03-17), TNA, FO 371/1201",
        ),
        (
            {"type": "manuscript", "archive_location": "SAD 418/3", "publisher-place": "Durham"},
            "(Durham), SAD 418/3",
        ),
        (
            {"type": "book", "title": "Tabeller", "volume": "2", "issued": {"date-parts": [[1930, 5, 1]]}},
            "Tabeller, vol. 2 (1930)",
        ),
        (
            {
                "type": "article-journal",
                "title": "T",
                "container-title": "J",
                "volume": "2",
                "issue": "3",
                "page": "1–9",
            },
            "T, J 2, no. 3, 1–9",
        ),
        (
            {
                "title": "To our readers",
                "container-title": "Leeds Times",
                "type": "article-newspaper",
                "issued": {"date-parts": [[1839, 5, 4]]},
            },
            "To our readers, Leeds Times (1839-05-04)",
        ),
        ({}, ""),
    ],
)
def test_lines(item: CslItem, line: str) -> None:
    assert format_plain(item) == line
