"""The shape of a finding, before it becomes a Problem with its line."""

from __future__ import annotations

from typing import NamedTuple

from schemas.records import Severity


class Finding(NamedTuple):
    """One finding in an entry, and where it is safe what mends it: ``field`` gets the value ``fix``, or is removed."""

    code: str
    severity: Severity
    message: str
    hint: str
    field: str = ""
    fix: str | None = None
    remove: bool = False
