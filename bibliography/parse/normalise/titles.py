"""Titles for BibTeX: as printed, without line-break hyphens, closing stops, and with one kind of quotation mark inside.

>>> plain_title("The Soviet Em-\\npire Reconsidered."), plain_title("What is to be done?")
('The Soviet Empire Reconsidered', 'What is to be done?')
"""

from __future__ import annotations

import re

_BROKEN = re.compile(r"(?<=[^\W\d_])[-‐]\s*\n\s*(?=[^\W\d_])(?=[^A-ZА-ЯЁ])")


def plain_title(text: str) -> str:
    """The title in one line; its words, case and inner punctuation are untouched."""
    text = " ".join(_BROKEN.sub("", text).split())
    if text.endswith(".") and not text.endswith("...") and not re.search(r"(?:\b[^\W\d_]{1,3}|гг)\.$", text):
        text = text[:-1]
    return text.strip(" ,;:")
