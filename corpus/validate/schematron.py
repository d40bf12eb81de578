"""Schematron by Saxon: a schema is made into one XSLT, which reports what it finds (extra "schematron").

What is read of ISO/IEC 19757-3: ``ns``, ``pattern``, ``rule`` with ``let``, ``assert`` and ``report`` with ``name`` and
``value-of``, contexts that are elements; ``role`` "info" or "information" is left out. That is what ``adfontes.sch`` and TEI's
own constraints use; no phases, abstract patterns or includes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from corpus.validate.findings import Finding, elements, finding
from corpus.validate.schema import FOLDER
from schemas.errors import MissingPartError

# Which of our rules in Python says what a pattern says; a test compares the verdicts.
SAME_RULE = {
    "adfontes-ids": ("tei-bad-id", "tei-duplicate-id"),
    "adfontes-pointers": ("tei-dangling-pointer", "tei-pointer-scheme"),
    "adfontes-string-range": ("tei-string-range",),
    "adfontes-range": ("tei-string-range",),
    "adfontes-subtype": ("tei-type",),
    "adfontes-numbers": ("tei-number",),
    "adfontes-markers": ("tei-note-marker",),
    "adfontes-notes": ("tei-note-marker",),
    "adfontes-citations": ("tei-citation",),
    "adfontes-copies": ("tei-copy",),
    "adfontes-types": ("tei-value",),
    "att.datable.w3c-att-datable-w3c-when": ("tei-dates",),
    "att.datable.w3c-att-datable-w3c-from": ("tei-dates",),
    "att.datable.w3c-att-datable-w3c-to": ("tei-dates",),
    "calendar": ("tei-dates",),
    "ptr-ptrAtts": ("tei-pointer",),
    "ref-refAtts": ("tei-pointer",),
    "link-linkTargets3": ("tei-pointer",),
}
_ONLY_OURS = frozenset(
    {"adfontes-markers", "adfontes-notes", "adfontes-citations", "adfontes-copies", "adfontes-types"}
)
_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
_INSTALL = "pip install 'adfontes[schematron]'"


def own_schematron() -> Path:
    """The Schematron of what adfontes writes."""
    return FOLDER / "adfontes.sch"


def check_schematron(root: etree._Element, *, is_ours: bool) -> Iterator[Finding]:
    """What our Schematron finds; the code of a finding is "sch-" and the id of its pattern.

    How notes, markers and sources belong together is asked of our own files only. Raises MissingPartError where Saxon is
    not installed.
    """
    saxon = processor()
    schema = own_schematron()
    stylesheet = _compiled(saxon, schema, schema.stat().st_mtime_ns)
    document = saxon.parse_xml(xml_text=etree.tostring(root, encoding="unicode"))  # without DOCTYPE: nothing is fetched
    report = stylesheet.transform_to_string(xdm_node=document)
    places = list(elements(root))
    for line in (report or "").splitlines():
        pattern, place, message = json.loads(line)
        if is_ours or pattern not in _ONLY_OURS:
            yield finding(places[int(place)], f"sch-{pattern}", " ".join(message.split()))


@lru_cache(maxsize=1)
def processor() -> Any:
    """Saxon, started once. Raises MissingPartError where it is not installed."""
    try:
        from saxonche import PySaxonProcessor
    except ImportError as error:
        raise MissingPartError(
            f"Schematron needs Saxon, which is not installed; install it with: {_INSTALL}"
        ) from error
    return PySaxonProcessor(license=False)


@lru_cache(maxsize=2)
def _compiled(saxon: Any, schema: Path, changed: int) -> Any:
    """Made by this processor: another's documents it would not take."""
    text = stylesheet(etree.parse(str(schema)).getroot())
    return saxon.new_xslt30_processor().compile_stylesheet(stylesheet_text=text)


def stylesheet(schema: etree._Element) -> str:
    """The XSLT that reports, one JSON array a line: pattern, the element's number in the file, message."""
    names = "".join(
        f" xmlns:{each.get('prefix')}={quoteattr(each.get('uri') or '')}" for each in schema.findall(f"{_SCH}ns")
    )
    patterns = schema.findall(f"{_SCH}pattern")
    runs = "".join(f'<xsl:apply-templates select="//*" mode="m{i}"/>' for i in range(len(patterns)))
    modes = "".join(_mode(pattern, i) for i, pattern in enumerate(patterns))
    return (
        f'<xsl:stylesheet version="3.0" {_XSL} xmlns:f="urn:adfontes"{names} expand-text="no" exclude-result-prefixes="#all">'
        '<xsl:output method="text"/>'
        f'<xsl:template match="/">{runs}</xsl:template>{modes}'
        '<xsl:template name="f:found"><xsl:param name="pattern"/><xsl:param name="message"/>'
        '<xsl:value-of select="serialize([$pattern, string(count(preceding::* | ancestor::*)), string($message)], '
        "map{'method': 'json'})\"/><xsl:text>&#10;</xsl:text></xsl:template></xsl:stylesheet>"
    )


def _mode(pattern: etree._Element, number: int) -> str:
    """A mode for each pattern: of its rules the first that matches an element is the only one."""
    rules = pattern.findall(f"{_SCH}rule")
    templates = "".join(
        f'<xsl:template match={quoteattr(rule.get("context") or "")} mode="m{number}" priority="{len(rules) - i}">'
        f"{_tests(rule, pattern.get('id') or '')}</xsl:template>"
        for i, rule in enumerate(rules)
    )
    return f'<xsl:mode name="m{number}" on-no-match="deep-skip"/>{templates}'


def _tests(rule: etree._Element, pattern: str) -> str:
    made = ""
    for each in rule:
        if each.tag == f"{_SCH}let":
            made += (
                f"<xsl:variable name={quoteattr(each.get('name') or '')} select={quoteattr(each.get('value') or '')}/>"
            )
        elif each.tag in (f"{_SCH}assert", f"{_SCH}report") and each.get("role") not in ("info", "information"):
            test = each.get("test") or "true()"
            test = f"not({test})" if each.tag == f"{_SCH}assert" else test
            made += (
                f'<xsl:if test={quoteattr(test)}><xsl:call-template name="f:found">'
                f'<xsl:with-param name="pattern" select={quoteattr(repr(pattern))}/>'
                f'<xsl:with-param name="message">{_message(each)}</xsl:with-param></xsl:call-template></xsl:if>'
            )
    return made


def _message(made: etree._Element) -> str:
    said = f"<xsl:text>{escape(made.text or '')}</xsl:text>"
    for child in made:
        if child.tag == f"{_SCH}name":
            said += f"<xsl:value-of select={quoteattr(child.get('path') or 'name()')}/>"
        elif child.tag == f"{_SCH}value-of":
            said += f"<xsl:value-of select={quoteattr(child.get('select') or '')}/>"
        else:
            said += f"<xsl:text>{escape(''.join(map(str, child.itertext())))}</xsl:text>"
        said += f"<xsl:text>{escape(child.tail or '')}</xsl:text>"
    return said
