"""The authority file that ``adfontes reconcile`` writes, and that a scholar may have corrected since.

JSON Lines. A row with ``asked`` says what a service gave for a name; rows without are the scholar's own. No row that
stands in the file is changed or lost, and a name that has rows is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from annotate.reconcile.names import Asked
from corpus.store import read_bytes
from schemas.authorities import Authority
from schemas.errors import UsageError


class Standing(NamedTuple):
    """The rows of a file as they stand, and the (label, name) pairs that they answer."""

    rows: tuple[bytes, ...] = ()
    answered: frozenset[tuple[str, str]] = frozenset()


def read_standing(path: Path) -> Standing:
    """The rows of an authority file that is to be added to; none where there is no such file.

    Raises UsageError where the file is not JSON Lines, so that nothing of the user's is overwritten.
    """
    if not path.exists():
        return Standing()
    rows = tuple(row for row in read_bytes(path).split(b"\n") if row.strip())
    answered = set()
    for number, row in enumerate(rows, start=1):
        try:
            found = msgspec.json.decode(row, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            raise UsageError(
                f"{path}, line {number}: is no JSON object ({error}); choose another file with -o"
            ) from error
        if isinstance(found.get("asked"), str):
            answered.add((str(found.get("type")), found["asked"]))
    return Standing(rows, frozenset(answered))


def row_of(asked: Asked, record: Authority, why: str) -> bytes:
    """One record for a name, with the reason of its status."""
    row: Mapping[str, Any] = {
        "asked": asked.name,
        "name": record.name,
        "type": record.label,
        "status": record.status,
        "id": record.refs,
        "aliases": record.aliases,
        "description": record.description,
        "why": why,
        "service": record.source,
    }
    return msgspec.json.encode({key: value for key, value in row.items() if value not in (None, ())})


def joined(rows: Sequence[bytes]) -> bytes:
    """The bytes of a file of these rows, each once."""
    return b"".join(row + b"\n" for row in dict.fromkeys(rows))
