"""A record as a TEI feature structure: every field that differs from its default, under its own name, for exact reading.

A field of a record knows its type, so its value is plain text; an open mapping (a CSL-JSON item, the attributes of
markup) says the types of its values by ``numeric``, ``binary`` and ``default`` (null).

>>> features([("name", "Bank"), ("ref", ()), ("why", "")])
'<fs><f name="name">Bank</f><f name="ref"><vColl/></f><f name="why"/></fs>'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from corpus.writers.tei.elements import xml_name
from corpus.writers.tei.tags import exact, tag, text

Field = tuple[str, object]


def features(fields: Iterable[Field], kind: str | None = None) -> str:
    """``fs`` with an ``f`` for each field; ``kind`` is its type."""
    inside = "".join(
        [
            _text_feature(name, value) if isinstance(value, str) else _feature(name, _typed(value))
            for name, value in fields
        ]
    )
    head = f'fs type="{kind}"' if kind else "fs"
    return f"<{head}>{inside}</fs>" if inside else f"<{head}/>"


def record_fields(record: msgspec.Struct, leave: frozenset[str] = frozenset()) -> Iterator[Field]:
    """The fields that differ from their defaults, but for those in ``leave``, which stand elsewhere."""
    for (name, default), value in zip(_defaults(type(record)), msgspec.structs.astuple(record), strict=True):
        if value != default and name not in leave:
            yield name, value


def open_features(mapping: dict[str, Any]) -> str:
    """``fs`` of a mapping whose keys and values are not ours to know."""
    return tag("fs", "".join([_feature(name, _untyped(value)) for name, value in mapping.items()]))


@lru_cache(maxsize=64)
def _defaults(kind: type[msgspec.Struct]) -> tuple[Field, ...]:
    """Each field with the value that it has when nothing is said: null where it must be given."""
    found = []
    for field in msgspec.structs.fields(kind):
        made = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default
        found.append((field.name, None if made is msgspec.NODEFAULT else made))
    return tuple(found)


def _feature(name: str, content: str) -> str:
    return f"<f {_named(name)}>{content}</f>" if content else f"<f {_named(name)}/>"


@lru_cache(maxsize=8192)
def _text_feature(name: str, value: str) -> str:
    """Remembered, since most of what annotations say is said again and again: units, years, reasons."""
    return _feature(name, text(exact(value)))


@lru_cache(maxsize=1024)
def _named(name: str) -> str:
    """The attributes of ``f``: ``@n`` has the exact name where ``@name`` cannot be it."""
    safe = xml_name(name)
    made = tag("f", name=safe, n=exact(name) if safe != name else None)
    return made[len("<f ") : -len("/>")]


def _typed(value: object) -> str:
    """The content of a feature whose type the record knows."""
    if isinstance(value, str):
        return text(exact(value))
    if value is None:
        return "<default/>"
    if isinstance(value, msgspec.Struct):
        return features(record_fields(value))
    if isinstance(value, tuple):
        return tag("vColl", "".join(map(_item, value)))
    if isinstance(value, dict):
        return open_features(value)
    return _number(value)


def _item(value: object) -> str:
    if isinstance(value, msgspec.Struct) and not value.__struct_config__.array_like:
        return features(record_fields(value))
    said = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return tag("string", text(exact(said)))


def _untyped(value: Any) -> str:
    match value:
        case str():
            return text(exact(value))
        case None:
            return "<default/>"
        case bool():
            return tag("binary", value=_number(value))
        case int() | float():
            return tag("numeric", value=_number(value))
        case dict():
            return open_features(value)
        case _:
            return tag(
                "vColl", "".join([tag("string", text(exact(v))) if isinstance(v, str) else _untyped(v) for v in value])
            )


def _number(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
