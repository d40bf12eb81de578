"""Is a TEI file sound: well-formed, its pointers and ids whole, its dates lawful, and valid against a schema if given.

>>> [problem.code for problem in validate_tei(b'<TEI xml:id="a"><ptr target="#b"/></TEI>', name="a.xml")]
['tei-dangling-pointer']

The file is data, not a programme: entities are not expanded, nothing is fetched, oversized nodes are refused. What
RELAX NG cannot say (pointers, TEI's Schematron rules on dates and links) is checked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from schemas.errors import UsageError
from schemas.ids import Ids
from schemas.records import Problem

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
# TEI attributes that hold pointers, each one or several separated by white space.
_POINTERS = ("target", "ref", "corresp", "ana", "resp", "who", "inst", "next", "prev", "sameAs", "copyOf", "select",
             "exclude", "synch", "source", "decls", "scheme", "calendar", "spanTo", "from", "to", "facs", "change",
             "active", "passive", "mutual", "edRef", "wit", "hand", "domains")  # fmt: skip
_NAME = r"[^\s,()#]+"
_STRING_RANGE = re.compile(rf"string-range\((?P<id>{_NAME}),(?P<numbers>\d+,\d+(?:,\d+,\d+)*)\)")
_RANGE = re.compile(
    rf"range\(string-index\((?P<id>{_NAME}),(?P<index>\d+)\),string-index\((?P<id2>{_NAME}),(?P<index2>\d+)\)\)"
)
_NOT_TEXT = frozenset({"note", "label", "fw"})  # law 3: left out of a block's string value
_NCNAME = re.compile(r"[^\W\d][\w.\-·]*")
_MOST = 100  # schema errors that are reported of one file; one cause often has thousands


class Finding(NamedTuple):
    """What is wrong, in which line, and how it is called."""

    line: int
    code: str
    message: str
    hint: str = ""


def validate_tei(data: bytes, *, schema: Path | None = None, name: str) -> tuple[Problem, ...]:
    """The findings in a TEI file, in the order of its lines; ``where`` is "name:line"."""
    ids = Ids("tei")
    findings = sorted(_findings(data, schema), key=lambda found: found.line)
    return tuple(
        Problem(
            id=ids.make(f"{found.code}|{found.message}"),
            code=found.code,
            severity="error",
            message=found.message,
            hint=found.hint,
            where=f"{name}:{found.line}",
        )
        for found in findings
    )


def _findings(data: bytes, schema: Path | None) -> Iterator[Finding]:
    relaxng = _load_schema(schema) if schema is not None else None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        yield Finding(line, "tei-not-well-formed", f"the file is not well-formed XML: {error.msg}")
        return
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        yield Finding(
            1, "tei-entities", "the file declares entities of its own; they are not expanded", "write them out"
        )
    yield from _check_ids(root)
    yield from _check_pointers(root)
    yield from _check_rules(root)
    if relaxng is not None and not relaxng.validate(root):
        for entry in list(relaxng.error_log)[:_MOST]:
            yield Finding(entry.line, "tei-schema", entry.message)


@lru_cache(maxsize=4)
def _parse_schema(path: Path, changed: int) -> etree.RelaxNG:
    return etree.RelaxNG(
        etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True))
    )


def _load_schema(path: Path) -> etree.RelaxNG:
    try:
        return _parse_schema(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UsageError(
            f"schema {path} cannot be read: {error.strerror or error}; give a RELAX NG file (.rng)"
        ) from error
    except (etree.XMLSyntaxError, etree.RelaxNGParseError) as error:
        raise UsageError(f"schema {path} is no RELAX NG in XML syntax: {error}; give an .rng file") from error


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return (each for each in root.iter() if isinstance(each.tag, str))


def _tag(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline  # lxml-stubs type it as an ellipsis
    return int(line or 1)


def _check_ids(root: etree._Element) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for element in _elements(root):
        name = element.get(_XML_ID)
        if name is None:
            continue
        if not _NCNAME.fullmatch(name):
            yield Finding(_line(element), "tei-bad-id", f'xml:id "{name}" is not an XML name')
        if name in seen:
            yield Finding(_line(element), "tei-duplicate-id", f'xml:id "{name}" was given in line {seen[name]} already')
        seen.setdefault(name, _line(element))


def _check_pointers(root: etree._Element) -> Iterator[Finding]:
    by_id = {name: element for element in _elements(root) if (name := element.get(_XML_ID)) is not None}
    lengths: dict[str, int] = {}
    for element in _elements(root):
        for attribute in _POINTERS:
            value = element.get(attribute)
            if value is None or "#" not in value:
                continue
            for pointer in value.split():
                if pointer.startswith("#"):
                    said = _follow(pointer[1:], by_id, lengths)
                    if said:
                        code, message = said
                        yield Finding(_line(element), code, f'{_tag(element)}/@{attribute} "{pointer}": {message}')


def _follow(pointer: str, by_id: dict[str, etree._Element], lengths: dict[str, int]) -> tuple[str, str] | None:
    """What is wrong with a local pointer, if anything."""
    places: list[tuple[str, int]] = []
    if found := _STRING_RANGE.fullmatch(pointer):
        numbers = [int(number) for number in found["numbers"].split(",")]
        places = [(found["id"], at + length) for at, length in zip(numbers[::2], numbers[1::2], strict=True)]
    elif found := _RANGE.fullmatch(pointer):
        places = [(found["id"], int(found["index"])), (found["id2"], int(found["index2"]))]
    elif "(" in pointer:
        return "tei-pointer-scheme", "this pointer scheme is not known here"
    for name in [name for name, _ in places] or [pointer]:
        if name not in by_id:
            return "tei-dangling-pointer", "nothing bears this xml:id"
    for name, last in places:
        if name not in lengths:
            lengths[name] = len(block_text(by_id[name]))
        if last > lengths[name]:
            return "tei-string-range", f"the element has only {lengths[name]} characters"
    return None


def block_text(element: etree._Element) -> str:
    """The string value of an element, leaving out ``note``, ``label`` and ``fw`` below it (law 3)."""
    parts: list[str] = [element.text or ""]
    skipped = 0
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, each in walk:
        if each is element:
            continue
        if event in ("comment", "pi"):
            parts.append("" if skipped else each.tail or "")
            continue
        left_out = _tag(each) in _NOT_TEXT
        if event == "start":
            skipped += left_out
            parts.append("" if skipped else each.text or "")
        else:
            skipped -= left_out
            parts.append("" if skipped else each.tail or "")
    return "".join(parts)


def _check_rules(root: etree._Element) -> Iterator[Finding]:
    """The rules of TEI's own Schematron that a machine-made file could break."""
    for element in _elements(root):
        tag, has = _tag(element), element.attrib
        if "when" in has and any(other in has for other in ("notBefore", "notAfter", "from", "to")):
            yield Finding(_line(element), "tei-dates", f"{tag}: @when stands with other dating attributes")
        for one, other in (("from", "notBefore"), ("to", "notAfter")):
            if one in has and other in has:
                yield Finding(_line(element), "tei-dates", f"{tag}: @{one} stands with @{other}")
        if tag in ("ref", "ptr") and "target" in has and "cRef" in has:
            yield Finding(_line(element), "tei-pointer", f"{tag}: @target stands with @cRef")
        if tag in ("link", "join") and len((has.get("target") or "").split()) < 2:
            yield Finding(_line(element), "tei-pointer", f"{tag}: @target needs two pointers at least")
        if "calendar" in has and not "".join(map(str, element.itertext())).strip():
            yield Finding(_line(element), "tei-dates", f"{tag}: @calendar on an element without text")
        if "subtype" in has and "type" not in has:
            yield Finding(_line(element), "tei-type", f"{tag}: @subtype without @type")
