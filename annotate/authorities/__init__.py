"""The user's authority files and gazetteers: names that are always tagged, and records that names are tied to.

A name of ``--gazetteer`` is tagged wherever it stands; a record of ``--authority`` is only tied to a name that was found.
Names of a gazetteer are tied to their records too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from annotate.authorities.gazetteer import Gazetteer
from annotate.authorities.linking import link_authorities
from annotate.authorities.shelf import Shelf
from annotate.authorities.tagging import tag_listed
from corpus.authorities import merge_records, read_authorities
from schemas.records import Problem

__all__ = ["UserAuthorities", "link_authorities", "read_user_authorities", "tag_listed"]


class UserAuthorities(NamedTuple):
    """The gazetteer and the shelf of a run, the Problems of reading them, and a hash of the files."""

    gazetteer: Gazetteer | None
    shelf: Shelf
    problems: tuple[Problem, ...]
    sha256: str


def read_user_authorities(authority: Sequence[Path], gazetteer: Sequence[Path]) -> UserAuthorities | None:
    """The records of these files, ready for a run; None without files.

    Raises InputError where a file cannot be read or holds no record.
    """
    if not authority and not gazetteer:
        return None
    known, listed = read_authorities(authority), read_authorities(gazetteer)
    digest = hashlib.sha256(f"{known.sha256} {listed.sha256}".encode()).hexdigest()
    return UserAuthorities(
        Gazetteer(listed.records) if listed.records else None,
        Shelf(merge_records([*known.records, *listed.records])),
        known.problems + listed.problems,
        digest,
    )
