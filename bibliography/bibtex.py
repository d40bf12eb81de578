"""BibTeX files to entries and back through bibtexparser, with nothing lost.

>>> library = read_bibtex('@string{js = "Soviet Studies"}\\n@article{a, journal = "The " # js, year = 1968}', "refs.bib")
>>> library.entries[0].fields
{'journal': 'The Soviet Studies', 'year': '1968'}

Faults of the file become Problems with their line; what they touch is recovered: a duplicate key gets a suffix, of a
duplicate field the first stands, an entry that does not close is read up to the next line that begins an entry.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bibliography.latex import balance
from schemas.errors import InputError
from schemas.ids import Ids
from schemas.records import Problem, Severity

if TYPE_CHECKING:
    from bibtexparser.model import Block

# What every BibTeX style defines; such a value stands for itself.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_PIECE = re.compile(r'\s*(?P<sep>#)|\s*(?P<bare>[^\s{}"#]+)|\s*(?P<open>[{"])')
_HEAD = re.compile(
    r"@\s*(?P<type>\w+)\s*[{(]\s*(?P<key>[^\s,={}\"]*)(?P<then>\s*=)?"
)  # "@book{sutton1968," and "@book{title ="
_FIELD = re.compile(r"(?:^|,|\n)[ \t]*(?P<name>[A-Za-z][\w:-]*)[ \t]*=[ \t]*")  # ",\n  title = "


class Entry(msgspec.Struct, frozen=True):
    """One entry: fields in file order, names in lower case, values as written without their outer delimiters.

    ``raw`` is the entry's own text, empty where it was made or mended; ``strings`` the @string macros that ``raw`` uses.
    """

    key: str
    type: str
    fields: dict[str, str]
    raw: str = ""
    line: int = 0
    strings: dict[str, str] = {}

    def with_fields(self, fields: dict[str, str]) -> Entry:
        """The entry with other fields: it will be written anew."""
        return msgspec.structs.replace(self, fields=fields, raw="", strings={})


class Library(msgspec.Struct, frozen=True):
    """A bibliography file: its entries in file order, its Problems, its @string macros, and its text."""

    name: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    strings: dict[str, str] = {}
    text: str = ""


def read_library(path: Path | str) -> Library:
    """The library in a file; UTF-8, UTF-16 with a mark, or else Latin-1 (with a Problem that says so).

    Raises InputError where there is no such file, it is not text, or it holds no entry.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder; give a .bib file") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    text, encoding = _decode(data, path)
    library = read_bibtex(text, path.name)
    if not library.entries:
        raise InputError(f"{path}: holds no BibTeX entry; an entry looks like @book{{key, title = {{...}}}}")
    if encoding == "latin-1":
        message = "the file is not UTF-8; it was read as Latin-1"
        note = Problem(
            "p-encoding", "bib-encoding", "warning", message, hint="save it as UTF-8", where=f"{path.name}:1"
        )
        library = msgspec.structs.replace(library, problems=(note, *library.problems))
    return library


def read_bibtex(text: str, name: str) -> Library:
    """All entries of a BibTeX text; ``name`` is the file's name, for the Problems."""
    return _Reader(text.removeprefix("\ufeff"), name).read()


def write_bibtex(entries: Iterable[Entry]) -> str:
    """BibTeX for the entries in the given order, a blank line between them; unchanged entries as their own raw text.

    The @string macros that raw entries use come first. An entry whose macro means something else in an earlier file
    is written with its values in full.
    """
    entries = list(entries)
    strings: dict[str, str] = {}
    blocks: list[str] = []
    for entry in entries:
        agrees = all(strings.get(macro, value) == value for macro, value in entry.strings.items())
        if entry.raw and agrees:
            strings |= entry.strings
            blocks.append(entry.raw)
        else:
            blocks.append(format_entry(entry))
    head = [f"@string{{{macro} = {{{value}}}}}" for macro, value in sorted(strings.items())]
    return "".join(f"{block}\n\n" for block in head + blocks).removesuffix("\n")


def format_entry(entry: Entry) -> str:
    """One entry written from its fields; braces that do not balance are dropped."""
    width = max((len(name) for name in entry.fields), default=0)
    lines = [f"@{entry.type}{{{entry.key},"]
    for name, value in entry.fields.items():
        shown = value if name == "month" and value in MONTHS else f"{{{balance(value)}}}"
        lines.append(f"  {name:<{width}} = {shown},")
    return "\n".join([*lines, "}"])


class _Found(NamedTuple):
    """A block of the file with its place."""

    block: Block
    start: int
    line: int


class _Reader:
    """Reads one file; holds the macros and keys seen so far and the Problems."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._ids = Ids("p")
        self._strings: dict[str, str] = {}
        self._keys: set[str] = set()
        self._entries: list[Entry] = []
        self._problems: list[Problem] = []

    def read(self) -> Library:
        from bibtexparser import model

        blocks = list(self._blocks())
        for found, end in zip(blocks, [*(b.start for b in blocks[1:]), len(self._text)], strict=False):
            block: Block | None = found.block
            if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
                block = block.ignore_error_block
            if isinstance(block, model.String):
                value, _ = self._value(block.value, found.line)
                self._strings[block.key.lower()] = value
            elif isinstance(block, model.Entry):
                self._add(block.entry_type, block.key, [(f.key, f.value) for f in block.fields], block.raw or "", found)
            elif isinstance(block, model.ParsingFailedBlock):
                self._recover(self._text[found.start : end], found)
        return Library(self._name, tuple(self._entries), tuple(self._problems), dict(self._strings), self._text)

    def _blocks(self) -> Iterator[_Found]:
        """The blocks that are not comments, each with its offset and line (counted here: the parser's may drift)."""
        from bibtexparser.model import ExplicitComment, ImplicitComment
        from bibtexparser.splitter import Splitter

        logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # its warnings are our Problems
        position, line = 0, 1
        for block in Splitter(self._text).split().blocks:
            start = self._text.find(block.raw or "", position)
            if start < 0:
                continue
            line += self._text.count("\n", position, start)
            position = start
            if not isinstance(block, ImplicitComment | ExplicitComment):
                yield _Found(block, start, line)

    def _add(self, kind: str, key: str, fields: list[tuple[str, str]], raw: str, found: _Found) -> None:
        values: dict[str, str] = {}
        used: dict[str, str] = {}
        for name, written in fields:
            value, macros = self._value(written, found.line)
            name = name.lower()
            if name in values:
                message = f"{key}: the field {name} stands twice; the first is kept, the second is: {value[:200]}"
                self._problem("bib-duplicate-field", "warning", message, found.line, "keep one of the two", key)
                continue
            values[name] = value
            used |= macros
        unique = self._unique(key, found.line)
        if unique != key:
            raw = re.sub(r"([{(]\s*)" + re.escape(key), lambda m: m[1] + unique, raw, count=1)
        self._entries.append(Entry(unique, kind.lower(), values, raw, found.line, used))

    def _unique(self, key: str, line: int) -> str:
        unique = key or f"line{line}"
        if not key:
            self._problem(
                "bib-missing-key", "error", f"an entry has no key; it is called {unique}", line, "give it a key"
            )
        number = 2
        while unique in self._keys:
            unique, number = f"{key}-{number}", number + 1
        if key and unique != key:
            message = f"the key {key} stands twice; this entry is kept as {unique}"
            self._problem("bib-duplicate-key", "error", message, line, "give each entry its own key", key)
        self._keys.add(unique)
        return unique

    def _recover(self, raw: str, found: _Found) -> None:
        """An entry that bibtexparser gave up: type, key, and each "name = value" as far as the next one."""
        head = _HEAD.match(raw)
        error = getattr(found.block, "error", None)
        why = " ".join(str(getattr(error, "abort_reason", error)).split())[:160]
        if head is None or head["type"].lower() in {"string", "preamble", "comment"}:
            self._problem("bib-failed-block", "error", f"a block cannot be read: {why}", found.line, "check its braces")
            return
        key = "" if head["then"] else head["key"]
        message = f"{key or 'an entry'}: its braces or quotes do not match ({why}); it was mended as well as could be"
        self._problem("bib-failed-block", "error", message, found.line, 'close every { and " and check the commas', key)
        body_start = head.start("key") if head["then"] else head.end()
        fields = [(name, f"{{{value}}}") for name, value in _loose_fields(raw[body_start:])]
        self._add(head["type"], key, fields, "", found)

    def _value(self, written: str, line: int) -> tuple[str, dict[str, str]]:
        """A field value without delimiters, macros put in and pieces joined; and the macros that were used."""
        if len(written) > 1 and written[0] == "{" and written[-1] == "}" and "#" not in written:
            return written[1:-1], {}
        pieces: list[str] = []
        macros: dict[str, str] = {}
        for quoted, piece in _pieces(written):
            known = None if quoted else self._strings.get(piece.lower())
            if known is not None:
                macros[piece.lower()] = known
            elif not quoted and not piece.isdigit() and piece.lower() not in MONTHS:
                message = f"{piece[:60]} is no number and no @string of this file; it is kept as it stands"
                self._problem("bib-undefined-string", "warning", message, line, "put the value in braces", piece)
            pieces.append(piece if known is None else known)
        return "".join(pieces), macros

    def _problem(
        self, code: str, severity: Severity, message: str, line: int, hint: str, about: str | None = None
    ) -> None:
        identifier = self._ids.make(f"{code}|{self._name}|{message}")
        where = f"{self._name}:{line}"
        self._problems.append(
            Problem(identifier, code, severity, message, (about,) if about else (), None, None, hint, where)
        )


def _pieces(written: str) -> Iterator[tuple[bool, str]]:
    """The parts of 'a # "b" # {c}': whether delimited, and the text."""
    at = 0
    while at < len(written) and (found := _PIECE.match(written, at)):
        at = found.end()
        if found["bare"]:
            yield False, found["bare"]
        elif found["open"]:
            end = _closing(written, at, found["open"])
            yield True, written[at:end]
            at = end + 1
    if at < len(written) and written[at:].strip():
        yield True, written[at:].strip()


def _closing(written: str, at: int, opened: str) -> int:
    """Where the value that begins at ``at`` ends: the partner of its brace, or the next quote outside braces."""
    depth = 0
    for end in range(at, len(written)):
        char = written[end]
        if char == "{":
            depth += 1
        elif char == "}" and (depth or opened == "{"):
            if depth == 0:
                return end
            depth -= 1
        elif char == '"' and opened == '"' and depth == 0:
            return end
    return len(written)


def _loose_fields(body: str) -> Iterator[tuple[str, str]]:
    """Fields of a broken entry: every "name = " at a line's or a comma's end begins one."""
    starts = list(_FIELD.finditer(body))
    for found, end in zip(starts, [*(s.start() for s in starts[1:]), len(body)], strict=False):
        value = body[found.end() : end].strip().rstrip(",").rstrip()
        if value[:1] in {'"', "{"}:
            value = value[1:].rstrip("})").rstrip().removesuffix('"') if value[0] == '"' else value
        yield found["name"], balance(value).strip().removeprefix("{").removesuffix("}")


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: begins like UTF-16 but is not; save it as UTF-8") from error
    if b"\0" in data:
        raise InputError(f"{path}: is not a text file; give a .bib file")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"
