"""Importing the package loads none of the libraries that only some of its parts need."""

from __future__ import annotations

import subprocess
import sys


def test_import_is_light() -> None:
    code = (
        "import sys, bibliography; assert not {'bibtexparser', 'pylatexenc', 'rapidfuzz', 'msgspec'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    code = "import sys, bibliography.bibtex, bibliography.csl; assert not {'bibtexparser', 'pylatexenc'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
