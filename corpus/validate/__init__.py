"""Is a TEI file sound: well-formed, its pointers and ids whole, its dates lawful, and valid against a schema.

>>> [problem.code for problem in validate_tei(b'<TEI xml:id="a"><ptr target="#b"/></TEI>', name="a.xml")]
['tei-dangling-pointer']

The file is data, not a programme: entities are not expanded, nothing is fetched, oversized nodes are refused. What
RELAX NG cannot say (pointers, TEI's Schematron rules on dates and links) is checked here; ``adfontes.sch`` says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from corpus.validate.findings import Finding
from corpus.validate.rules import check_rules, is_ours
from corpus.validate.schema import check_schema, own_schema
from corpus.validate.schematron import SAME_RULE, check_schematron
from corpus.validate.text import block_text
from schemas.ids import Ids
from schemas.records import Problem

__all__ = ["block_text", "validate_tei"]


def validate_tei(
    data: bytes, *, schema: Path | Literal["own"] | None = None, schematron: bool = False, name: str
) -> tuple[Problem, ...]:
    """The findings in a TEI file, in the order of its lines; ``where`` is "name:line", ``about`` the nearest xml:id.

    ``schema`` is a RELAX NG file, or "own": ours, for files that adfontes wrote. ``schematron`` asks ours besides. Raises
    UsageError where a schema cannot be read, MissingPartError where Saxon is wanted and not there.
    """
    ids = Ids("tei")
    findings = sorted(_findings(data, schema, schematron), key=lambda found: found.line)
    return tuple(
        Problem(
            id=ids.make(f"{found.code}|{found.message}"),
            code=found.code,
            severity="error",
            message=found.message,
            about=(found.about,) if found.about else (),
            hint=found.hint,
            where=f"{name}:{found.line}",
        )
        for found in findings
    )


def _findings(data: bytes, schema: Path | Literal["own"] | None, schematron: bool) -> Iterator[Finding]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        hint = "" if data.strip() else "the file is empty"
        yield Finding(line, "tei-not-well-formed", f"the file is not well-formed XML: {error.msg}", hint)
        return
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        yield Finding(
            1, "tei-entities", "the file declares entities of its own; they are not expanded", "write them out"
        )
    said = list(check_rules(root))
    yield from said
    if schematron:
        yield from _unsaid(check_schematron(root, is_ours=is_ours(root)), said)
    if schema == "own":
        schema = own_schema() if is_ours(root) else None
    if schema is not None:
        yield from check_schema(root, schema)


def _unsaid(found: Iterator[Finding], said: list[Finding]) -> Iterator[Finding]:
    """What Schematron finds that our own rules have not said of the same line."""
    known = {(finding.line, finding.code) for finding in said}
    for finding in found:
        rules = SAME_RULE.get(finding.code.removeprefix("sch-"), ())
        if not any((finding.line, rule) in known for rule in rules):
            yield finding
