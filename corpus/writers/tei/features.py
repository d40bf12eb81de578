"""A record as a TEI feature structure: every field that has a value, under its own name, for exact reading back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from lxml import etree

from corpus.writers.tei.elements import clean, sub, xml_name

_NOTHING: tuple[object, ...] = (None, "", (), [], {})


def write_features(parent: etree._Element, record: msgspec.Struct, *, leave: frozenset[str] = frozenset()) -> None:
    """``fs`` with an ``f`` for each field but those in ``leave``, which stand in attributes of the parent."""
    fields = msgspec.to_builtins(record)
    kept = {name: value for name, value in fields.items() if name not in leave and value not in _NOTHING}
    if kept:
        _structure(parent, kept)


def _structure(parent: etree._Element, fields: dict[str, Any]) -> None:
    made = sub(parent, "fs")
    for name, value in fields.items():
        if value in _NOTHING:
            continue
        safe = xml_name(name)
        feature = sub(made, "f", name=safe, n=name if safe != name else None)
        if isinstance(value, dict):
            _structure(feature, value)
        elif isinstance(value, list | tuple):
            _collection(feature, value)
        else:
            feature.text = _plain(value)


def _collection(parent: etree._Element, values: Sequence[Any]) -> None:
    made = sub(parent, "vColl")
    for value in values:
        if isinstance(value, dict):
            _structure(made, value)
        elif isinstance(value, list | tuple):
            _collection(made, value)
        else:
            sub(made, "string", _plain(value))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean(str(value))
