"""Writes ``schemas/tei/adfontes.rng`` and ``adfontes.sch`` anew: ``python -m corpus.odd p5subset.xml``."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.odd import compile_odd
from corpus.validate.schema import FOLDER


def main(p5subset: str) -> None:
    """Compile our ODD with TEI's specifications, a ``p5subset.xml`` of TEI P5."""
    for name, data in compile_odd(FOLDER / "adfontes.odd", Path(p5subset)).items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
