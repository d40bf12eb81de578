"""The named-entity model that ships with the package, as a folder that ``spacy.load`` reads (see README.md here)."""

from __future__ import annotations

from pathlib import Path

DEFAULT_MODEL: Path = Path(__file__).parent
