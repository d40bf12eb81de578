"""Encodings: marks, NUL patterns, legacy code pages, and bytes that are no text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.decode import Decoded, Undecodable, decode

GERMAN = "Die Preise für Getreide stiegen in Köln und Münster über das Maß der Löhne hinaus.\n" * 5
RUSSIAN = "Вывоз хлеба вырос за два года более чем в двадцать пять раз, сообщает статистика.\n" * 5


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"Grain", "Grain", "utf-8"),
        ("Köln".encode(), "Köln", "utf-8"),
        ("\ufeffGrain".encode(), "\ufeffGrain", "utf-8"),
        ("\ufeffGrain".encode("utf-16-le"), "\ufeffGrain", "utf-16-le"),
        ("\ufeffGrain".encode("utf-16-be"), "\ufeffGrain", "utf-16-be"),
        ("\ufeffGrain".encode("utf-32-le"), "\ufeffGrain", "utf-32-le"),
        ("Grain exports".encode("utf-16-le"), "Grain exports", "utf-16-le"),
        ("Grain exports".encode("utf-16-be"), "Grain exports", "utf-16-be"),
        (b"a\r\nb\rc", "a\r\nb\rc", "utf-8"),
    ],
)
def test_marks_and_unicode(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == Decoded(text, encoding)


@pytest.mark.parametrize(("text", "codec"), [(GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r")])
def test_legacy_encodings(text: str, codec: str) -> None:
    found = decode(text.encode(codec))
    assert isinstance(found, Decoded)
    assert found.text == text


def test_a_few_broken_bytes_do_not_make_utf8_legacy() -> None:
    found = decode(GERMAN.encode() + b"\xff" + GERMAN.encode())
    assert isinstance(found, Decoded)
    assert (found.encoding, found.damaged) == ("utf-8", 1)
    assert found.text == GERMAN + "\ufffd" + GERMAN


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x89PNG\r\n", "image"),
        (b"\x7fELF\x02", "program"),
        (b"text\x00\x00\x00text", "NUL"),
        (bytes(range(1, 9)) * 40, "control"),
    ],
)
def test_what_is_no_text_says_what_it_is(data: bytes, word: str) -> None:
    found = decode(data)
    assert isinstance(found, Undecodable)
    assert word in found.reason


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    found = decode(data)
    assert isinstance(found, Undecodable) or isinstance(found.text, str)
