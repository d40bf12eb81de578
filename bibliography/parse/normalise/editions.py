"""Editions: the statement as printed, without the brackets and stops around it.

>>> read_edition("(2nd ed.)"), read_edition("5-е изд., доп.")
('2nd ed', '5-е изд., доп')
"""

from __future__ import annotations


def read_edition(text: str) -> str:
    """The edition as printed."""
    return " ".join(text.split()).strip(" ().,;")
