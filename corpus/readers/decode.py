"""Bytes to text: which encoding a file is in, and what could not be decoded.

Byte-order marks decide first, then strict UTF-8, then the pattern of NUL bytes (UTF-16 without a mark), then a
detector on a bounded sample. The text keeps its byte-order mark as code point 0, so that offsets count what is there.

>>> decode("Köln".encode("cp1252")).text
'Köln'
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from charset_normalizer import from_bytes

REPLACEMENT = "\ufffd"
_SAMPLE = 1 << 15
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (Word, ODT and EPUB files are such)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
)
# Decided before the detector is asked, or no scholar's text: on a few words it would find Chinese in everything.
_NEVER = ["utf_7", "utf_8", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "cp037", "cp500"]
_NEVER += ["cp273", "cp424", "cp875", "cp1026", "cp1140", "ptcp154", "hz"]
_HIGH = bytes(range(128, 256))
_EVIDENCE = 8  # letters outside ASCII that the detector needs
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b")) + b"\x7f"


class Decoded(NamedTuple):
    """A text and its encoding.

    ``damaged`` counts the byte sequences that stand as U+FFFD because they could not be read; ``guessed`` says that a
    detector chose the encoding.
    """

    text: str
    encoding: str
    damaged: int = 0
    guessed: bool = False


class Undecodable(NamedTuple):
    """Why the bytes are no text that we can read."""

    reason: str


def decode(data: bytes) -> Decoded | Undecodable:
    """The text of a file, or the reason why there is none."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return Undecodable(f"it is {what}, not plain text; save it as text (UTF-8) first")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    if b"\x00" in data:
        wide = _utf16_by_nuls(data)
        return _lenient(data, wide) if wide else Undecodable(_binary("NUL bytes"))
    head = data[: _SAMPLE * 2]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 8 and controls * 50 > len(head):
        return Undecodable(_binary("many control characters"))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error.start)


def _binary(what: str) -> str:
    return f"it holds {what}, so it is no text file; give a text file in UTF-8, UTF-16 or a legacy encoding"


def _lenient(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, text.count(REPLACEMENT))


def _utf16_by_nuls(data: bytes) -> str | None:
    """UTF-16 of Western text has a NUL in every second place, always the same one."""
    head = data[: _SAMPLE * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.3 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _legacy(data: bytes, first_bad: int) -> Decoded | Undecodable:
    lenient = data.decode("utf-8", "replace")
    bad = lenient.count(REPLACEMENT)
    good = len(data) - len(lenient)  # UTF-8 spends more bytes than characters wherever it was right
    if good > 20 * bad:
        return Decoded(lenient, "utf-8", bad)
    # The detector is slow: it sees the part where the first odd byte stands.
    sample = data[max(0, first_bad - _SAMPLE // 2) : first_bad + _SAMPLE // 2]
    if len(sample) - len(sample.translate(None, _HIGH)) < _EVIDENCE:  # too little to tell: the commonest Western one
        return _lenient(data, "cp1252")._replace(guessed=True)
    best = from_bytes(sample, cp_exclusion=_NEVER).best()
    if best is None:
        return Undecodable("its encoding could not be found out; save it as UTF-8 and try again")
    encoding = "cp1252" if best.encoding in {"latin_1", "ascii"} else best.encoding
    return _lenient(data, encoding)._replace(guessed=True)
