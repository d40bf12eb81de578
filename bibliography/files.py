"""Bibliography files: any of BibTeX, BibLaTeX, CSL-JSON and RIS by its content, and a changed one back to the same bytes.

The encoding is the byte-order mark's, the one the file names in its first lines ("% Encoding: windows-1251", as JabRef
and Emacs write it), UTF-8, or the one that a detector finds among those that scholars' files are in.
"""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path

import msgspec

from bibliography.bibtex import Library, read_bibtex
from bibliography.csl import csl_to_entry
from bibliography.csl_tables import DATE_VARIABLES, NAME_VARIABLES
from bibliography.keys import Keys
from bibliography.ris import read_ris
from schemas.errors import InputError
from schemas.ids import Ids
from schemas.records import CslItem, Problem

_DECLARED = re.compile(rb"(?:coding|encoding)\s*[:=]\s*(?P<name>[A-Za-z0-9_.-]+)", re.IGNORECASE)
_RIS = re.compile(r"^TY  - ?|\A[A-Z][A-Z0-9]  - ", re.MULTILINE)
_KEY = re.compile(r"[^\s,{}()\"#%~\\=/'@]+")  # what BibTeX and biber both take for a key
_HEAD = 1024  # bytes in which an encoding is declared
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LEGACY = ["cp1252", "cp1251", "cp1250", "koi8_r", "mac_roman", "cp1253", "cp1254"]
_SAMPLE = 1 << 15
_LATIN = re.compile(rb"[A-Za-z][\x80-\xff][A-Za-z]")  # an accented letter inside a word


def read_library(path: Path | str) -> Library:
    """The library in a file.

    Raises InputError where there is no such file, it is not text, or it holds no entry.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder; give a bibliography file (.bib, .json, .ris)") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    return read_library_bytes(data, str(path))


def read_library_bytes(data: bytes, name: str) -> Library:
    """The library in the bytes of a file called ``name`` (a path; its last part goes into the Problems).

    Raises InputError where the bytes are no text or hold no entry.
    """
    short = Path(name).name
    text, encoding, doubt = _decode(data, name)
    library = msgspec.structs.replace(_read_text(text, short, name), encoding=encoding)
    if not library.entries:
        raise InputError(
            f"{name}: holds no entry; it should be BibTeX (@book{{key, title = {{...}}}}), CSL-JSON or RIS"
        )
    if doubt:
        note = Problem(
            "p-encoding", "bib-encoding", "warning", doubt, hint="save the file as UTF-8", where=f"{short}:1"
        )
        library = msgspec.structs.replace(library, problems=(note, *library.problems))
    return library


def library_bytes(library: Library) -> bytes:
    """The bytes of a library's file, the same as read where its text is unchanged.

    Raises InputError where a change brought a letter that the file's encoding lacks.
    """
    try:
        return library.text.encode(library.encoding, "surrogateescape" if library.encoding == "utf-8" else "strict")
    except UnicodeEncodeError as error:
        letter = library.text[error.start]
        raise InputError(
            f"{library.name}: its encoding {library.encoding} has no “{letter}”; save the file as UTF-8 first"
        ) from error


def _read_text(text: str, short: str, name: str) -> Library:
    """BibTeX, CSL-JSON or RIS, by what the text begins with."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in ("[", "{"):
        return _made(*_read_json(start, short, name), short, text)
    if _RIS.search(start[:_HEAD]):
        return _made(*read_ris(text, short), short, text)
    return read_bibtex(text, short)


def _read_json(text: str, short: str, name: str) -> tuple[list[CslItem], tuple[Problem, ...]]:
    """The items of CSL-JSON: a list, one item, or an object that has them under "items" or "references"."""
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{name}{where}: begins like CSL-JSON but is no JSON; export it again") from error
    if isinstance(found, dict) and not isinstance(found.get("type"), str):
        found = next((found[key] for key in ("items", "references") if isinstance(found.get(key), list)), None)
    found = [found] if isinstance(found, dict) else found
    if not isinstance(found, list):
        raise InputError(f"{name}: is JSON but no CSL-JSON; it should be a list of items with a type")
    items, problems, ids = [], [], Ids("p")
    for number, item in enumerate(found, 1):
        clean, fault = _clean_item(item)
        if clean:
            items.append(clean)
        if fault:
            message = f"item {number}: {fault}"
            problems.append(
                Problem(ids.make(message), "csl-item", "warning", message, hint="export it again", where=f"{short}:1")
            )
    return items, tuple(problems)


def _clean_item(item: object) -> tuple[CslItem, str]:
    """The item with the shapes that CSL-JSON prescribes, and what was left out of it."""
    if not isinstance(item, dict) or not item:
        return {}, "is no CSL item and was left out"
    clean: CslItem = {}
    wrong = []
    for name, value in item.items():
        if name in NAME_VARIABLES:
            sound = isinstance(value, list) and all(isinstance(person, dict) for person in value)
            value = [{k: str(v) for k, v in person.items() if v} for person in value] if sound else value
        elif name in DATE_VARIABLES:
            sound = isinstance(value, dict) and _sound_date(value)
        else:
            sound = isinstance(value, str | int | float) or name in ("custom", "categories")
            value = str(value) if isinstance(value, int | float) else value
        if sound:
            clean[name] = value
        else:
            wrong.append(name)
    return clean, f"{', '.join(wrong)} have a shape that CSL-JSON does not know; left out" if wrong else ""


def _sound_date(date: dict[str, object]) -> bool:
    parts = date.get("date-parts", [])
    if not isinstance(parts, list) or not all(isinstance(side, list) for side in parts):
        return False
    return all(re.fullmatch(r"-?\d{1,6}", str(part)) for side in parts for part in side if part not in ("", None))


def _made(items: list[CslItem], problems: tuple[Problem, ...], short: str, text: str) -> Library:
    """The library of a file that is no BibTeX: each item gets its key and an entry."""
    keys = Keys()
    by_key: dict[str, CslItem] = {}
    twice: list[Problem] = []
    ids = Ids("p")
    for item in items:
        given = _given_key(item)
        key = keys.keep(given) if given else keys.make(item)
        by_key[key] = {**item, "id": key}
        if given and key != given:
            message = f"the key {given} stands twice; this item is kept as {key}"
            hint = "give each item its own key"
            twice.append(
                Problem(ids.make(message), "bib-duplicate-key", "error", message, (given,), hint=hint, where=short)
            )
    entries = tuple(csl_to_entry(item, key) for key, item in by_key.items())
    return Library(short, entries, (*problems, *twice), text=text, items=by_key)


def _given_key(item: CslItem) -> str | None:
    """The key that the file itself gives to an item, where BibTeX can read it."""
    for name in ("citation-key", "id"):
        key = str(item.get(name) or "")
        if _KEY.fullmatch(key):
            return key
    return None


def _decode(data: bytes, name: str) -> tuple[str, str, str]:
    """Text, encoding, and what is doubtful about it; the text encodes to the same bytes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding, ""
            except UnicodeDecodeError as error:
                if encoding != "utf-8":
                    raise InputError(f"{name}: begins like UTF-16 but is not; save it as UTF-8") from error
    if b"\0" in data:
        raise InputError(f"{name}: is not a text file; give BibTeX, CSL-JSON or RIS")
    try:
        return data.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError:
        pass
    bad = data.decode("utf-8", "replace").count("\ufffd")
    if len(data.decode("utf-8", "ignore").encode()) - bad > 0 and _mostly_utf8(data, bad):
        return data.decode("utf-8", "surrogateescape"), "utf-8", f"{bad} bytes are no UTF-8 and are shown as \ufffd"
    declared = _declared(data)
    encoding = declared or _detect(data)
    try:
        text = data.decode(encoding)
        if text.encode(encoding) != data:
            raise UnicodeError
    except (UnicodeError, LookupError):
        text, encoding, declared = data.decode("latin-1"), "latin-1", None
    return text, encoding, "" if declared else f"the file is not UTF-8; it was read as {encoding}"


def _mostly_utf8(data: bytes, bad: int) -> bool:
    """Whether there are far more sequences that are UTF-8 than bytes that are none."""
    return len(data) - len(data.decode("utf-8", "replace")) > 4 * bad


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    if found is None:
        return None
    name = found["name"].decode("ascii").replace("ISO8859_", "iso8859-")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _detect(data: bytes) -> str:
    """Letters outside ASCII singly inside Latin words are Western; where they stand in rows, a detector decides."""
    first = next(at for at, byte in enumerate(data) if byte > 127)
    sample = data[max(0, first - _SAMPLE // 2) : first + _SAMPLE // 2]
    high = sum(byte > 127 for byte in sample)
    if high < 8 or len(_LATIN.findall(sample)) * 2 > high:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    return best.encoding if best is not None else "cp1252"
