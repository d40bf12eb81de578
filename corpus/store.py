"""Files on disk: articles read from them, results written so that a crash leaves the old file or the new."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from schemas.errors import InputError
from schemas.records import SCHEMA, Article, decode_article

STDIN = "-"
_MARK = b"adfontes/article/"  # in the head of every article of ours
_BAG = "bagit.txt"  # what lies in a deposit is a copy


class Document(NamedTuple):
    """An article, the file it was loaded from, and the name of what is made of it ("paper", "folder/paper")."""

    path: str
    name: str
    article: Article


def read_bytes(path: Path | str) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises InputError where there is nothing to read."""
    if str(path) == STDIN:
        return sys.stdin.buffer.read()
    path = Path(path)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; name a file in it") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from error


def read_articles(path: Path | str) -> Sequence[Article]:
    """The articles of a source file. Raises InputError where it cannot be read."""
    from corpus.readers import (
        read,  # here: reading our own TEI needs the writer, and that authorities, and these this module
    )

    name = "stdin" if str(path) == STDIN else Path(path).name
    return read(read_bytes(path), name)


def load_articles(path: Path | str) -> list[Article]:
    """The article of a ``paper.json``, or the articles of a file with one JSON object a line.

    Raises InputError where the file is no article of ours.
    """
    data = read_bytes(path)
    if not data.strip():
        raise InputError(f"{path}: is empty; give a .json that 'adfontes annotate' has written")
    try:
        return [_load(data)]
    except msgspec.ValidationError as error:  # one JSON text, of another shape
        raise _not_ours(path, error) from error
    except msgspec.DecodeError as error:
        lines = [line for line in data.split(b"\n") if line.strip()]
        if len(lines) < 2:
            raise _not_ours(path, error) from error
    try:
        return [_load(line) for line in lines]
    except msgspec.DecodeError as error:
        raise _not_ours(path, error) from error


def load_documents(paths: Sequence[str]) -> Iterator[Document]:
    """The articles of files and of folders of results, one after another; a folder's keep their place below it.

    In a folder, files that are no articles and deposits are passed over. Raises InputError where a file is no article of
    ours or a folder holds none.
    """
    for given in paths:
        path = Path(given)
        if given == STDIN or not path.is_dir():
            yield from _documents(given, "stdin" if given == STDIN else path.stem)
            continue
        found = [file for file in sorted(path.rglob("*.json")) if _is_article(file, path)]
        if not found:
            raise InputError(f"{given}: holds no article; annotate first: adfontes annotate PAPERS -o {given}")
        for file in found:
            yield from _documents(str(file), file.relative_to(path).with_suffix("").as_posix())


def article_names(stem: str, articles: Sequence[Article]) -> list[str]:
    """A name for what is made of each article of one file: the stem, and the id where there are several.

    Ids that give the same file name are told apart by a number.
    """
    if len(articles) == 1:
        return [stem]
    seen: Counter[str] = Counter()
    names = []
    for article in articles:
        name = file_name(article.id)
        seen[name.lower()] += 1
        nth = seen[name.lower()]
        names.append(f"{stem}.{name}" if nth == 1 else f"{stem}.{name}.{nth}")
    return names


def file_name(article_id: str) -> str:
    """A file name for the article of this id, which may be any text."""
    safe = "".join(ch if ch.isalnum() or ch in "-_." else "_" for ch in article_id)[:120]
    return safe.lstrip(".") or "_"


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, flushed to the disk, then renamed over it.

    Raises InputError where the folder cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror or error}); choose another folder with -o"
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files whole or not at all: beside it first, flushed to the disk, then renamed.

    A folder of that name is replaced. Raises InputError where it cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    try:
        for name, data in files.items():
            file = beside / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
        if path.exists():
            path.rename(old)
        beside.rename(path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror or error}); choose another folder with -o"
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if old.exists() and not path.exists():  # the new one did not come: the old one stays
            old.rename(path)
        shutil.rmtree(old, ignore_errors=True)


def _documents(path: str, name: str) -> Iterator[Document]:
    articles = load_articles(path)
    for each, article in zip(article_names(name, articles), articles, strict=True):
        yield Document(path, each, article)


def _is_article(file: Path, folder: Path) -> bool:
    """Whether a file of a folder is an article, of whatever version, and no copy in a deposit."""
    if not file.is_file() or any((above / _BAG).is_file() for above in file.parents if above.is_relative_to(folder)):
        return False
    try:
        with file.open("rb") as opened:
            return _MARK in opened.read(4096)
    except OSError:
        return False


def _load(data: bytes) -> Article:
    article = decode_article(data)
    if article.schema != SCHEMA:
        raise msgspec.ValidationError(f"its schema is {article.schema!r}, not {SCHEMA!r}")
    return article


def _not_ours(path: Path | str, error: msgspec.DecodeError) -> InputError:
    return InputError(f"{path}: not an article of ours ({error}); give a .json that 'adfontes annotate' has written")
