"""What lies in a deposit: for each article a folder of parts, and beside them what all share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.archive.licence import Licence, read_licence
from schemas.records import Article, Person

README, LICENCE, SCHEMAS, METADATA = "README.md", "LICENCE.txt", "schemas", "ro-crate-metadata.json"
_ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Part(NamedTuple):
    """A file: its name in its folder, its bytes, what it is in one line, its media type, and the standard it keeps.

    ``is_source``: it is what the others were made from.
    """

    name: str
    data: bytes
    what: str
    media_type: str
    standard: str | None = None
    is_source: bool = False


class Entry(NamedTuple):
    """One article with a licence: its folder, the name its results had, its parts, and what to say of its source file."""

    article: Article
    folder: str
    given: str
    parts: tuple[Part, ...]
    source: str

    @property
    def title(self) -> str:
        """The title, or the name of the source file."""
        return " ".join((self.article.metadata.title or self.article.source.name or self.article.id).split())


class Deposit(NamedTuple):
    """All of one bag. ``agent`` is the program with its version; ``date`` the ISO day that was given (no clock is read)."""

    entries: tuple[Entry, ...]
    schemas: tuple[Part, ...]
    agent: str
    date: str | None = None

    @property
    def title(self) -> str:
        """The title of the only article, or the first one's and how many more there are."""
        first, more = self.entries[0].title, len(self.entries) - 1
        return f"{first} (and {more} more article{'s' if more > 1 else ''})" if more else first

    @property
    def licences(self) -> tuple[Licence, ...]:
        """The licences of the articles, each once."""
        stated = [entry.article.metadata.licence for entry in self.entries]
        return tuple(dict.fromkeys(read_licence(each) for each in stated if each))

    @property
    def published(self) -> str | None:
        """The day given, or the newest date of publication that an article states in ISO's form; None where none does."""
        issued = [iso_date(entry.article.metadata.issued) for entry in self.entries]
        return self.date or max(filter(None, issued), default=None)


def payload_files(deposit: Deposit) -> dict[str, bytes]:
    """The files below ``data`` by their paths: the folders, the schemas, licence, README and the RO-Crate's metadata."""
    from corpus.archive.crate import write_crate
    from corpus.archive.readme import write_licence, write_readme

    files = {f"{entry.folder}/{part.name}": part.data for entry in deposit.entries for part in entry.parts}
    files |= {f"{SCHEMAS}/{part.name}": part.data for part in deposit.schemas}
    files[LICENCE] = write_licence(deposit)
    files[README] = write_readme(deposit)
    files[METADATA] = write_crate(deposit, {path: len(data) for path, data in files.items()})
    return files


def described(deposit: Deposit) -> Iterator[tuple[str, str, str, str | None]]:
    """Path, description, media type and standard of every file but the metadata themselves."""
    for entry in deposit.entries:
        for part in entry.parts:
            yield f"{entry.folder}/{part.name}", part.what, part.media_type, part.standard
    for part in deposit.schemas:
        yield f"{SCHEMAS}/{part.name}", part.what, part.media_type, part.standard
    yield LICENCE, "The licence", "text/plain", None
    yield README, "What is what, and how it was made", "text/markdown", None


def printed_name(person: Person) -> str:
    """A person's name in the order of catalogues: "Ashdown, Miriam"."""
    return person.literal or ", ".join(filter(None, (person.family, person.given)))


def iso_date(edtf: str | None) -> str | None:
    """A plain year, month or day; None for what ISO 8601 cannot say, as "1931/1932" or "1931~"."""
    return edtf if edtf is not None and _ISO_DATE.fullmatch(edtf) else None
