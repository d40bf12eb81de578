"""References as ``biblStruct`` in ``standOff``: a CSL-JSON item in TEI's terms, as far as TEI has a place for it.

A ``biblStruct`` takes no ``idno`` of its own: identifiers and the BibTeX key stand in ``analytic`` or ``monogr``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.writers.tei.dates import w3c_date
from corpus.writers.tei.edition import Edition
from corpus.writers.tei.elements import element, sub, word
from schemas.records import CslItem, Reference

_PARTS = {"article", "article-journal", "article-magazine", "article-newspaper", "chapter", "paper-conference", "entry",
          "entry-dictionary", "entry-encyclopedia", "post", "post-weblog", "review", "review-book"}  # fmt: skip
_JOURNALS = {"article-journal", "article-magazine", "article-newspaper", "review", "review-book"}
_UNPUBLISHED = {"thesis", "manuscript", "speech", "personal_communication"}
_IDENTIFIERS = ("DOI", "ISBN", "ISSN", "URL", "PMID", "PMCID", "call-number")
_EDITORS = {"editor": "editor", "translator": "translator", "collection-editor": "series-editor"}
_SCOPES = {"volume": "volume", "issue": "issue", "page": "page", "chapter-number": "chapter"}


def write_references(edition: Edition) -> list[etree._Element]:
    """One ``standOff`` with all references, or nothing where there are none."""
    borne = {xml_id for _, xml_id in edition.references}
    made_for_keys = [(key, xml_id) for key, xml_id in edition.sources.items() if xml_id not in borne]
    if not borne and not made_for_keys:
        return []
    stand_off = element("standOff", id="standOff.references", type="references")
    listed = sub(stand_off, "listBibl")
    for ref, xml_id in edition.references:
        write_bibl_struct(listed, edition, ref, xml_id)
    for key, xml_id in made_for_keys:
        sub(sub(listed, "bibl", id=xml_id), "idno", key, type="BibTeX-key")
    return [stand_off]


def write_bibl_struct(parent: etree._Element, edition: Edition, ref: Reference, xml_id: str) -> None:
    """One reference in TEI's own terms; its record stands in the annotations, with the whole of its CSL-JSON item."""
    block = edition.ids.get("block", ref.block)
    made = sub(
        parent,
        "biblStruct",
        id=xml_id,
        n=ref.label,
        type=word(_text(ref.csl.get("type"))),
        corresp=f"#{block}" if block else None,
    )
    _write_work(made, ref.csl, ref.key)


def _write_work(made: etree._Element, csl: CslItem, key: str | None) -> None:
    kind = csl.get("type")
    container = _text(csl.get("container-title"))
    first = made
    if kind in _PARTS or container:
        analytic = sub(made, "analytic")
        _write_names(analytic, csl, "author")
        sub(analytic, "title", _text(csl.get("title")), level="a")
        _write_identifiers(analytic, csl, key)
        first = sub(made, "monogr")
        sub(first, "title", container, level="j" if kind in _JOURNALS else "m")
        _write_editors(first, csl)
    else:
        first = sub(made, "monogr")
        _write_names(first, csl, "author")
        _write_editors(first, csl)
        sub(first, "title", _text(csl.get("title")), level="u" if kind in _UNPUBLISHED else "m")
        _write_identifiers(first, csl, key)
    if edition := _text(csl.get("edition")):
        sub(first, "edition", edition)
    _write_imprint(sub(first, "imprint"), csl)
    if series := _text(csl.get("collection-title")):
        sub(sub(made, "series"), "title", series, level="s")


def _write_identifiers(parent: etree._Element, csl: CslItem, key: str | None) -> None:
    for name in _IDENTIFIERS:
        if text := _text(csl.get(name)):
            sub(parent, "idno", text, type=name)
    if key:
        sub(parent, "idno", key, type="BibTeX-key")


def _write_editors(parent: etree._Element, csl: CslItem) -> None:
    for variable in _EDITORS:
        _write_names(parent, csl, variable)


def _write_names(parent: etree._Element, csl: CslItem, variable: str) -> None:
    for name in _names(csl.get(variable)):
        role = _EDITORS.get(variable)
        made = sub(parent, "editor" if role else "author", role=role)
        write_name(made, {part: text for part, value in name.items() if (text := _text(value))})


def write_name(parent: etree._Element, name: dict[str, str]) -> None:
    """A CSL name: ``persName`` with its parts, or a plain ``name`` where only a literal one is known.

    >>> # {"family": "Sutton", "given": "Antony C."} -> <persName><forename>Antony C.</forename><surname>Sutton...
    """
    parts = {"given": "forename", "dropping-particle": "nameLink", "non-dropping-particle": "nameLink",
             "family": "surname", "suffix": "genName"}  # fmt: skip
    if not any(name.get(part) for part in parts):
        sub(parent, "name", name.get("literal"))
        return
    made = sub(parent, "persName")
    for part, tag in parts.items():
        if name.get(part):
            sub(made, tag, name[part])
    if name.get("literal"):
        sub(made, "addName", name["literal"])


def _write_imprint(imprint: etree._Element, csl: CslItem) -> None:
    if place := _text(csl.get("publisher-place")):
        sub(imprint, "pubPlace", place)
    if publisher := _text(csl.get("publisher")):
        sub(imprint, "publisher", publisher)
    write_issued(imprint, csl.get("issued"))
    for variable, unit in _SCOPES.items():
        if text := _text(csl.get(variable)):
            sub(imprint, "biblScope", text, unit=unit)


def write_issued(parent: etree._Element, issued: Any) -> None:
    """``date`` of a CSL date or an EDTF text: empty where none is known, since an imprint must hold something."""
    days = list(_days(issued))
    if len(days) == 2:
        first, last = days
        sub(parent, "date", f"{first}/{last}", **{"from": w3c_date(first), "to": w3c_date(last)})
    elif days:
        sub(parent, "date", days[0], when=w3c_date(days[0]))
    else:
        sub(parent, "date", _text(issued))


def _days(issued: Any) -> Iterator[str]:
    if isinstance(issued, str):
        yield from issued.split("/") if issued.count("/") == 1 else [issued]
    elif isinstance(issued, dict) and isinstance(issued.get("date-parts"), list):
        for parts in issued["date-parts"][:2]:
            numbers = _numbers(parts)
            if numbers:
                sign = "-" if numbers[0] < 0 else ""
                yield "-".join([f"{sign}{abs(numbers[0]):04}", *(f"{number:02}" for number in numbers[1:3])])
    elif isinstance(issued, dict):
        yield from (text for name in ("edtf", "raw", "literal") if (text := _text(issued.get(name))))


def _numbers(parts: Any) -> list[int]:
    try:
        return [int(part) for part in parts]
    except (TypeError, ValueError):
        return []


def _names(value: Any) -> list[dict[str, Any]]:
    return [name for name in value if isinstance(name, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    """A CSL value as text: CSL allows numbers where it has strings; anything else is kept as JSON."""
    if value is None:
        return None
    if isinstance(value, str):
        return value or None
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
