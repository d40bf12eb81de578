"""Answers of services on the disk, each under the hash of its query: asked once, kept for every later run.

A run that was interrupted goes on where it stopped, since what was answered is here.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from annotate.reconcile.service import Answer
from corpus.store import write_atomic


class Kept(msgspec.Struct, frozen=True):
    """A query with its answer, as it stands in a file."""

    service: str
    query: dict[str, Any]
    answer: Answer


class Cache:
    """The answers of one service in a folder."""

    def __init__(self, folder: Path, service: str) -> None:
        self._folder, self._service = folder, service

    def get(self, query: Mapping[str, Any]) -> Answer | None:
        """The answer to a query; None where it was not asked or its file is broken."""
        try:
            return msgspec.json.decode(self._path(query).read_bytes(), type=Kept).answer
        except (OSError, msgspec.MsgspecError):
            return None

    def put(self, query: Mapping[str, Any], answer: Answer) -> None:
        """Keep an answer. Raises InputError where the folder cannot be written."""
        kept = Kept(self._service, dict(query), answer)
        write_atomic(self._path(query), msgspec.json.encode(kept, order="sorted") + b"\n")

    def _path(self, query: Mapping[str, Any]) -> Path:
        said = msgspec.json.encode([self._service, dict(query)], order="sorted")
        digest = hashlib.sha256(said).hexdigest()
        return self._folder / digest[:2] / f"{digest[2:40]}.json"


def user_cache() -> Path:
    """Where this system keeps what programs can fetch again."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "adfontes" / "reconcile"
