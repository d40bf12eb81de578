"""TEI feature structures back to records: what ``corpus.writers.tei.features`` writes.

>>> fs = etree.fromstring('<fs><f name="label">Bank</f><f name="spans"><vColl/></f><f name="score"><numeric value="7"/></f></fs>')
>>> read_features(fs)
{'label': 'Bank', 'spans': [], 'score': 7}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from lxml import etree
from msgspec import inspect

from corpus.markup.xml import local

R = TypeVar("R", bound=msgspec.Struct)
_ESCAPED = re.compile("\ufffd([0-9a-f]{4,6});")


def unescape(text: str) -> str:
    """The text with the characters that XML cannot hold put back.

    >>> unescape("a\\ufffd0000;b")
    'a\\x00b'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\ufffd" in text else text


def read_features(structure: etree._Element | None) -> dict[str, Any]:
    """The features of an ``fs`` as plain values: text, numbers, lists, mappings; {} where there is none."""
    if structure is None:
        return {}
    return {unescape(f.get("n", f.get("name", ""))): _content(f) for f in structure.iterchildren("f")}


def _content(feature: etree._Element) -> Any:
    for child in feature:
        match local(child):
            case "fs":
                return read_features(child)
            case "vColl":
                return [_content(each) if local(each) == "string" else _value(each) for each in child]
            case "numeric" | "binary" | "default":
                return _value(child)
    return unescape("".join(str(part) for part in feature.itertext()))


def _value(element: etree._Element) -> Any:
    written = element.get("value") or ""
    match local(element):
        case "numeric":
            return int(written) if re.fullmatch(r"-?\d+", written) else float(written)
        case "binary":
            return written in ("true", "1")
        case "fs":
            return read_features(element)
        case "vColl":
            return [_content(each) if local(each) == "string" else _value(each) for each in element]
        case _:
            return None


def make_record(kind: type[R], fields: Mapping[str, Any]) -> R:
    """A record of plain values: numbers may be text, what is absent has its default, or null or "" where it has none.

    Raises msgspec.ValidationError where the values are not a record of this kind.
    """
    return msgspec.convert(_completed(dict(fields), _type_of(kind)), kind, strict=False)


@lru_cache(maxsize=64)
def _type_of(kind: type[msgspec.Struct]) -> inspect.Type:
    return inspect.type_info(kind)


def _completed(value: Any, kind: inspect.Type) -> Any:
    """The value with the required fields of its records, at any depth."""
    if isinstance(kind, inspect.UnionType):
        structs = [each for each in kind.types if isinstance(each, inspect.StructType)]
        return _completed(value, structs[0]) if len(structs) == 1 and value is not None else value
    if isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        return [_completed(each, kind.item_type) for each in value]
    if isinstance(kind, inspect.StructType):
        if kind.array_like:
            return msgspec.json.decode(value) if isinstance(value, str) else value
        if isinstance(value, dict):
            return _with_required(value, kind)
    return value


def _with_required(fields: dict[str, Any], kind: inspect.StructType) -> dict[str, Any]:
    made = {}
    for field in kind.fields:
        if field.encode_name in fields:
            made[field.encode_name] = _completed(fields[field.encode_name], field.type)
        elif field.required:
            made[field.encode_name] = _nothing(field.type)
    return made


def _nothing(kind: inspect.Type) -> Any:
    """What a required field holds where nothing is said of it."""
    if isinstance(kind, inspect.UnionType) and kind.includes_none:
        return None
    return () if isinstance(kind, inspect.VarTupleType) else ""
