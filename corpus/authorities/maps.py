"""GeoJSON as an authority file: a gazetteer of places, ours or in the Linked Places format of the World Historical Gazetteer.

A Feature's name is its ``name`` or ``title``, its id its ``@id``, its own ``refs`` or ``id``; a Point gives coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from corpus.authorities.fields import Reading
from schemas.authorities import Authority
from schemas.errors import InputError


def read_map(text: str, reading: Reading) -> Iterator[Authority]:
    """The places of a FeatureCollection; a Problem names a Feature by its number. Raises InputError where it is none."""
    try:
        features = msgspec.json.decode(text, type=dict[str, Any]).get("features")
    except (msgspec.MsgspecError, UnicodeEncodeError) as error:
        raise InputError(f"{reading.source}: is no GeoJSON ({error}); give a FeatureCollection of places") from error
    if not isinstance(features, list):
        raise InputError(f"{reading.source}: is no GeoJSON FeatureCollection; it has no list of features")
    for number, feature in enumerate(features, start=1):
        properties = _mapping(feature, "properties")
        record = reading.record(_row(feature if isinstance(feature, dict) else {}, properties), number)
        if record is not None:
            yield record


def _row(feature: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    toponyms = [_text(entry.get("toponym")) for entry in _list(feature.get("names")) if isinstance(entry, dict)]
    links = [
        _text(link.get("identifier"))
        for link in _list(feature.get("links"))
        if isinstance(link, dict) and link.get("type") in ("exactMatch", "closeMatch", "sameAs")
    ]
    ids = [_text(feature.get("@id")), *map(_text, _list(properties.get("refs"))), *links]
    geometry = _mapping(feature, "geometry")
    point = _list(geometry.get("coordinates")) if geometry.get("type") == "Point" else []
    return {
        "name": (_text(properties.get("name") or properties.get("title")),),
        "type": ("place",),
        "kind": (_text(properties.get("type")),),
        "id": tuple(filter(None, ids)) or ((_text(properties.get("id")),) if properties.get("id") else ()),
        "aliases": tuple(map(_text, [*_list(properties.get("names")), *toponyms])),
        "coordinates": (f"{_text(point[1])} {_text(point[0])}",) if len(point) >= 2 else (),
        "place": (_text(properties.get("place")),),
        "begin": (_text(properties.get("begin")),),
        "end": (_text(properties.get("end")),),
        "description": (_text(properties.get("description")),),
    }


def _mapping(holder: object, key: str) -> Mapping[str, Any]:
    found = holder.get(key) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
