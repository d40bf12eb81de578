"""BibTeX and BibLaTeX to entries and back through bibtexparser, with nothing lost.

>>> library = read_bibtex('@string{js = "Soviet Studies"}\\n@article{a, journal = "The " # js, year = 1968}', "refs.bib")
>>> library.entries[0].fields
{'journal': 'The Soviet Studies', 'year': '1968'}

Faults of the text become Problems with their line; what they touch is recovered: a duplicate key gets a suffix, of a
duplicate field the first stands, an entry that does not close is read up to where the next one begins, and entries that
a missing brace put inside another or outside of all are taken out again.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bibliography.dates import MONTH_KEYS
from bibliography.latex import balance, escape_acting
from bibliography.mend import entry_starts, is_field, pieces, read_broken, read_fields, value_end
from schemas.ids import Ids
from schemas.records import CslItem, Problem, Severity

if TYPE_CHECKING:
    from bibtexparser.model import Block

_PLAIN = re.compile(r'\{[^{}"\\]*\}|"[^{}"\\]*"')  # a value in one pair of delimiters, by far the commonest
_NO_TEXT = re.compile("[\\ud800-\\udfff]")  # bytes that were not in the file's encoding
_BLOCK = re.compile(r"^\s*@\w*[ \t]*[{(]", re.MULTILINE)  # where bibtexparser begins a block
_LONE_RETURN = re.compile(r"\r(?!\n)")


class Entry(msgspec.Struct, frozen=True):
    """One entry: fields in file order, names in lower case, values as written without their outer delimiters.

    ``raw`` is the entry's own text, empty where it was made or mended; ``strings`` the @string macros that ``raw`` uses.
    ``start`` and ``end`` are its place in the text of its Library, both -1 where it has none.
    """

    key: str
    type: str
    fields: dict[str, str]
    raw: str = ""
    line: int = 0
    strings: dict[str, str] = {}
    start: int = -1
    end: int = -1

    def with_fields(self, fields: dict[str, str]) -> Entry:
        """The entry with other fields: it will be written anew."""
        return msgspec.structs.replace(self, fields=fields, raw="", strings={})


class Library(msgspec.Struct, frozen=True):
    """A bibliography file: its entries in file order, its Problems, its @string macros, and its text.

    ``text`` is the file decoded by ``encoding`` with "surrogateescape" and without newline translation, so that it gives
    the bytes back. ``items`` are the CSL items by key of a file that is no BibTeX; its entries are made from them.
    """

    name: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    strings: dict[str, str] = {}
    text: str = ""
    encoding: str = "utf-8"
    items: dict[str, CslItem] = {}


def read_bibtex(text: str, name: str) -> Library:
    """All entries of a BibTeX text; ``name`` is the file's name, for the Problems."""
    return _Reader(text, name).read()


def write_bibtex(entries: Iterable[Entry]) -> str:
    """BibTeX for the entries in the given order, a blank line between them; unchanged entries as their own raw text.

    The @string macros that raw entries use come first. An entry is written from its fields, values in full, where its
    macro means something else in an earlier file, and where its LaTeX would act: that is then escaped.
    """
    strings: dict[str, str] = {}
    blocks: list[str] = []
    for entry in entries:
        agrees = all(strings.get(macro, value) == value for macro, value in entry.strings.items())
        if entry.raw and agrees and escape_acting(entry.raw) == entry.raw:
            strings |= entry.strings
            blocks.append(entry.raw)
        else:
            blocks.append(format_entry(entry))
    head = [f"@string{{{macro} = {{{escape_acting(value)}}}}}" for macro, value in sorted(strings.items())]
    return "".join(f"{block}\n\n" for block in head + blocks).removesuffix("\n")


def format_entry(entry: Entry) -> str:
    """One entry written from its fields; braces that do not balance are dropped, LaTeX that would act is escaped."""
    width = max((len(name) for name in entry.fields), default=0)
    lines = [f"@{entry.type}{{{entry.key},"]
    lines += [f"  {name:<{width}} = {format_value(name, value)}," for name, value in entry.fields.items()]
    return "\n".join([*lines, "}"])


def format_value(name: str, value: str) -> str:
    """The value with its delimiters: a month's macro bare, all else in braces."""
    if name == "month" and value in MONTH_KEYS:
        return value
    text = balance(escape_acting(value))
    if "@" in text and (entry_starts(text) or _BLOCK.search(text)):
        text = text.replace("@", "{@}")  # it would be read as the beginning of an entry
    return f"{{{text}}}"


class _Place(NamedTuple):
    """Offsets in the text, half-open, and the line of the first."""

    start: int
    end: int
    line: int


class _Reader:
    """Reads one text; holds the macros and keys seen so far and the Problems."""

    def __init__(self, text: str, name: str) -> None:
        # what is parsed has the same length: bytes that were no text are marked, a bare return ends a line
        self._text = _LONE_RETURN.sub("\n", _NO_TEXT.sub("\ufffd", text))
        self._written = text
        self._name = name
        self._ids = Ids("p")
        self._strings: dict[str, str] = {}
        self._keys: set[str] = set()
        self._numbers: dict[str, int] = {}  # the next suffix of a key that stands twice
        self._entries: list[Entry] = []
        self._problems: list[Problem] = []

    def read(self) -> Library:
        from bibtexparser import model

        for block, place in self._blocks():
            raw = self._text[place.start : place.end]
            entry = isinstance(block, model.Entry)
            starts = entry_starts(raw) if not entry or raw.find("@", 1) > 0 else [0]
            if isinstance(block, model.Entry) and not any(starts):
                drift = place.line - (block.start_line or 0)
                fields = [(f.key, f.value, (f.start_line or 0) + drift) for f in block.fields]
                self._add(block.entry_type, block.key, fields, raw, place)
            elif isinstance(block, model.ImplicitComment):
                self._read_stray(starts, raw, place)
            elif isinstance(block, model.ExplicitComment) and 0 not in starts:
                self._tell_hidden(starts, raw, place)
            elif isinstance(block, model.String) and not starts:
                self._strings[block.key.lower()], _ = self._value(block.value, place.line)
            elif starts or isinstance(block, model.ParsingFailedBlock):
                first = [0] if entry and 0 not in starts else []
                self._recover(first + starts, raw, place, getattr(block, "error", None))
        return Library(self._name, tuple(self._entries), tuple(self._problems), dict(self._strings), self._written)

    def _blocks(self) -> Iterator[tuple[Block, _Place]]:
        """All blocks with their places (counted here: the parser's lines may drift); a failed one runs to the next."""
        from bibtexparser.model import (
            DuplicateBlockKeyBlock,
            DuplicateFieldKeyBlock,
            ImplicitComment,
            ParsingFailedBlock,
        )
        from bibtexparser.splitter import Splitter

        logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # its warnings are our Problems
        found: list[tuple[Block, int, int]] = []
        position, failed = 0, False
        for block in Splitter(self._text.removeprefix("\ufeff")).split().blocks:
            if failed and isinstance(block, ImplicitComment):
                continue  # the rest of the failed block
            start = self._text.find(block.raw or "", position)
            failed = type(block) is ParsingFailedBlock
            position = start + (1 if failed else len(block.raw or ""))
            found.append((block, start, -1 if failed else position))
        line, at = 1, 0
        followers = [start for _, start, _ in found[1:]] + [len(self._text)]
        for (block, start, end), follower in zip(found, followers, strict=False):
            line += self._text.count("\n", at, start)
            at = start
            whole: Block | None = block
            while isinstance(whole, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
                whole = whole.ignore_error_block
            yield whole or block, _Place(start, follower if end < 0 else end, line)

    def _add(self, kind: str, key: str, fields: list[tuple[str, str, int]], raw: str, place: _Place) -> None:
        """One entry; ``raw`` is empty where it was mended."""
        values: dict[str, str] = {}
        used: dict[str, str] = {}
        sound = True
        waiting = deque(fields)
        while waiting:
            name, written, line = waiting.popleft()
            if _PLAIN.fullmatch(written):
                value = written[1:-1]
            elif value_end(written) == len(written):
                value, macros = self._value(written, line)
                used |= macros
            else:
                sound = False
                waiting.extendleft(reversed(self._cut_glued(name, written, line)))
                continue
            name = name.lower()
            if name in values:
                self._tell_twice(key, name, values[name], value, line)
            else:
                values[name] = value
        unique = self._unique(key, place.line)
        if not sound:
            raw = ""
        elif unique != key and raw:
            raw = re.sub(r"([{(]\s*)" + re.escape(key), lambda m: m[1] + unique, raw, count=1)
        self._entries.append(Entry(unique, kind.lower(), values, raw, place.line, used, place.start, place.end))

    def _tell_twice(self, key: str, name: str, first: str, second: str, line: int) -> None:
        what = f"the first is kept, the second is: {second[:200]}" if first != second else "both are equal"
        message = f"{key}: the field {name} stands twice; {what}"
        self._problem("bib-duplicate-field", "warning", message, line, "keep one of the two", key)

    def _cut_glued(self, name: str, written: str, line: int) -> list[tuple[str, str, int]]:
        """The fields in a value that does not end where it should, as where a comma is missing behind it."""
        parts, left = read_fields(f"{name} = {written}")
        names = ", ".join(part for part, _ in parts) or "nothing"
        message = f"the value of {name} does not end where it should; it was read as {names}"
        message += f", left out: {left[:200]}" if left else ""
        self._problem("bib-malformed-value", "error", message, line, "check its braces, quotes and commas", name)
        return [(part, value, line) for part, value in parts if value_end(value) == len(value)]

    def _unique(self, key: str, line: int) -> str:
        unique = key or f"line{line}"
        if not key:
            message = f"an entry has no key; it is called {unique}"
            self._problem("bib-missing-key", "error", message, line, "give it a key")
        base, number = unique, self._numbers.get(unique, 2)
        while unique in self._keys:
            unique, number = f"{base}-{number}", number + 1
        self._numbers[base] = number
        if key and unique != key:
            message = f"the key {key} stands twice; this entry is kept as {unique}"
            self._problem("bib-duplicate-key", "error", message, line, "give each entry its own key", key)
        self._keys.add(unique)
        return unique

    def _recover(self, starts: list[int], raw: str, place: _Place, error: Exception | None = None) -> None:
        """The entries that begin at ``starts`` of a piece of text that does not parse, or that holds more than one."""
        why = " ".join(str(getattr(error, "abort_reason", "a brace or a quote is missing")).split())[:160].rstrip(". ")
        head = raw[: starts[0] if starts else None].strip()
        for start, end in pairwise([*starts, len(raw)]):
            part = raw[start:end].rstrip()
            line = place.line + raw.count("\n", 0, start)
            broken = read_broken(part)
            if broken is None:
                head = head or part
                continue
            message = f"{broken.key or 'an entry'}: {why}; it was mended as well as could be"
            message += f", left out: {broken.left[:200]}" if broken.left else ""
            hint = 'close every { and " and check the commas'
            self._problem("bib-failed-block", "error", message, line, hint, broken.key)
            fields = [(name, value, line) for name, value in broken.fields]
            start += place.start
            self._add(broken.type, broken.key, fields, "", _Place(start, start + len(part), line))
        if head:
            message = f"“{' '.join(head[:80].split())}” cannot be read: {why}"
            self._problem("bib-failed-block", "error", message, place.line, "check its braces")

    def _read_stray(self, starts: list[int], raw: str, place: _Place) -> None:
        """Text outside of entries, a comment for BibTeX: fields of the entry before it, and entries, are taken out."""
        head = raw[: starts[0]].rstrip() if starts else raw
        last = self._entries[-1] if self._entries else None
        close = last is not None and not self._text[last.end : place.start].strip()
        if last is not None and close and (fields := read_fields(head)[0] if is_field(head) else []):
            self._entries.pop()
            self._keys.discard(last.key)
            names = ", ".join(name for name, _ in fields)
            message = f"{last.key}: closes before its fields {names}; they were taken in"
            self._problem("bib-early-close", "error", message, place.line, "take out the } before them", last.key)
            before = [(name, f"{{{value}}}", last.line) for name, value in last.fields.items()]
            after = [(name, value, place.line) for name, value in fields]
            self._add(last.type, last.key, before + after, "", _Place(last.start, place.start + len(head), last.line))
        elif close and head[:1] == "}":
            self._problem("bib-stray-brace", "warning", "a } closes nothing", place.line, "take it out")
        if starts:
            place = _Place(place.start + starts[0], place.end, place.line + raw.count("\n", 0, starts[0]))
            self._recover([start - starts[0] for start in starts], raw[starts[0] :], place)

    def _tell_hidden(self, starts: list[int], raw: str, place: _Place) -> None:
        for start in starts:
            head = " ".join(raw[start : start + 60].split())
            line = place.line + raw.count("\n", 0, start)
            self._problem("bib-commented-entry", "info", f"{head} stands in a @comment and is not read", line, "")

    def _value(self, written: str, line: int) -> tuple[str, dict[str, str]]:
        """A field value without delimiters, macros put in and pieces joined; and the macros that were used."""
        parts: list[str] = []
        macros: dict[str, str] = {}
        for delimited, piece in pieces(written):
            known = None if delimited else self._strings.get(piece.lower())
            if known is not None:
                macros[piece.lower()] = known
            elif not delimited and not piece.isdigit() and piece.lower() not in MONTH_KEYS:
                message = f"{piece[:60]} is no number and no @string of this file; it is kept as it stands"
                self._problem("bib-undefined-string", "warning", message, line, "put the value in braces", piece)
            parts.append(piece if known is None else known)
        return "".join(parts), macros

    def _problem(
        self, code: str, severity: Severity, message: str, line: int, hint: str, about: str | None = None
    ) -> None:
        identifier = self._ids.make(f"{code}|{self._name}|{message}")
        where = f"{self._name}:{line}"
        self._problems.append(
            Problem(identifier, code, severity, message, (about,) if about else (), None, None, hint, where)
        )
