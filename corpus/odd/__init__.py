"""An ODD made into schemas: TEI's specifications, customised, as RELAX NG and as ISO Schematron.

``python -m corpus.odd p5subset.xml`` writes ``schemas/tei/adfontes.rng`` and ``.sch`` anew from ``adfontes.odd``. What is
read of an ODD is what ours says (``specs`` lists it); the TEI Consortium's own stylesheets read the same file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.odd.patterns import write_grammar
from corpus.odd.relaxng import Compiler
from corpus.odd.schematron import write_schematron
from corpus.odd.specs import read_schema

__all__ = ["compile_odd"]

_NOTICE = """
 Made by "python -m corpus.odd" from adfontes.odd (sha256 {sha256})
 and {edition}.

 What is taken from the TEI Guidelines is the TEI Consortium's, licensed under CC BY and BSD-2-Clause (LICENSES.md has the
 notice); the rest is Apache-2.0.
"""


def compile_odd(odd: Path, p5subset: Path) -> dict[str, bytes]:
    """The schemas of an ODD by file name; ``p5subset`` holds all specifications of TEI P5.

    Raises OddError where the ODD names what TEI has not.
    """
    source = odd.read_bytes()
    p5 = etree.parse(str(p5subset)).getroot()
    schema = read_schema(etree.fromstring(source), p5)
    notice = _NOTICE.format(sha256=hashlib.sha256(source).hexdigest(), edition=_edition(p5))
    grammar = write_grammar(Compiler(schema).grammar(), schema.start, notice=notice)
    constraints = write_schematron(schema, notice=notice)
    return {f"{odd.stem}.rng": _bytes(grammar), f"{odd.stem}.sch": _bytes(constraints)}


def _edition(p5: etree._Element) -> str:
    found: Any = p5.find(".//{*}editionStmt/{*}edition")
    return " ".join("".join(found.itertext()).split()) if found is not None else "an unnamed edition of TEI P5"


def _bytes(made: etree._Element) -> bytes:
    etree.indent(made, space=" ")
    return etree.tostring(made, xml_declaration=True, encoding="UTF-8") + b"\n"
