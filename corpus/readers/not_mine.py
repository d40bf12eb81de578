"""What a reader answers when a file is not for it."""

from __future__ import annotations

from typing import NamedTuple


class NotMine(NamedTuple):
    """Why a reader declines a file, as the end of a sentence: "it is a PDF, not plain text"."""

    reason: str
