"""Files on disk: articles read from them, results written so that a crash leaves the old file or the new."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from corpus.readers import read
from schemas.errors import InputError
from schemas.records import SCHEMA, Article, decode_article

STDIN = "-"


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
    except msgspec.DecodeError as error:
        lines = [line for line in data.split(b"\n") if line.strip()]
        if len(lines) < 2:
            raise _not_ours(path, error) from error
    try:
        return [_load(line) for line in lines]
    except msgspec.DecodeError as error:
        raise _not_ours(path, error) from error


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
        beside.unlink(missing_ok=True)


def _load(data: bytes) -> Article:
    article = decode_article(data)
    if article.schema != SCHEMA:
        raise msgspec.ValidationError(f"its schema is {article.schema!r}, not {SCHEMA!r}")
    return article


def _not_ours(path: Path | str, error: msgspec.DecodeError) -> InputError:
    return InputError(f"{path}: not an article of ours ({error}); give a .json that 'adfontes annotate' has written")
