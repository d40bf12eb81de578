"""Places as GeoJSON (RFC 7946): one Feature for each place of the article, with its names, ids and mentions; and back.

A place with coordinates in ``Article.authorities`` is a Point [longitude, latitude] in WGS 84. One without is an unlocated
Feature (``"geometry": null``, section 3.2), so that no place is missing and a scholar can set it on a map. Each mention is
its annotation with the words of the text; coordinates that were changed on a map come back with an import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from schemas.authorities import Authority
from schemas.errors import InputError
from schemas.records import Annotation, Article
from schemas.values import EntityValue

LABEL = "LOC"
_HINT = "give what 'adfontes export --to geojson' wrote"


class Places(NamedTuple):
    """The annotations of a GeoJSON file, and the authority records of its located Features."""

    annotations: tuple[Annotation, ...]
    authorities: tuple[Authority, ...]


def write_geojson(article: Article) -> bytes:
    """The places of the article, in the order of their first mention."""
    mentions: dict[str, list[Annotation]] = {}
    for ann in article.annotations:
        if ann.layer == "entity" and ann.label == LABEL and isinstance(ann.value, EntityValue):
            mentions.setdefault(ann.value.cluster, []).append(ann)
    known = {ref: record for record in reversed(article.authorities) for ref in record.refs}
    features = [_feature(article, cluster, found, known) for cluster, found in mentions.items()]
    made = {"type": "FeatureCollection", "article": article.id, "title": article.metadata.title, "features": features}
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def _feature(
    article: Article, cluster: str, found: Sequence[Annotation], known: dict[str, Authority]
) -> dict[str, Any]:
    values = [ann.value for ann in found if isinstance(ann.value, EntityValue)]
    refs = next((value.ref for value in values if value.ref), ())
    record = next((known[ref] for ref in refs if ref in known), None)
    names = list(dict.fromkeys(value.name for value in values))
    properties = {
        "name": record.name if record else names[0],
        "names": names,
        "type": record.type if record else None,
        "refs": refs,
        "place": record.place if record else None,
        "begin": record.begin if record else None,
        "end": record.end if record else None,
        "description": record.description if record else None,
        "mentions": [{**msgspec.to_builtins(ann), "quote": article.quote(ann)} for ann in found],
    }
    return {"type": "Feature", "id": cluster, "geometry": _geometry(record), "properties": properties}


def _geometry(record: Authority | None) -> dict[str, Any] | None:
    if record is None or record.latitude is None or record.longitude is None:
        return None
    return {"type": "Point", "coordinates": [float(record.longitude), float(record.latitude)]}


def is_geojson(data: bytes) -> bool:
    """Whether a file is a GeoJSON FeatureCollection.

    >>> is_geojson(b'{"type": "FeatureCollection", "features": []}'), is_geojson(b'{"type": "Annotation"}')
    (True, False)
    """
    try:
        return msgspec.json.decode(data, type=_Kind).type == "FeatureCollection"
    except (msgspec.MsgspecError, ValueError):
        return False


def read_geojson(data: bytes, article: Article, name: str) -> Places:
    """The mentions of such a file, and the article's records with the coordinates that the file gives them.

    Raises InputError where it is no GeoJSON of ours or belongs to another text.
    """
    try:
        features = msgspec.json.decode(data, type=_Collection).features
    except msgspec.MsgspecError as error:
        raise InputError(f"{name}: is no GeoJSON of places ({error}); {_HINT}") from error
    annotations = tuple(ann for feature in features for ann in _mentions(feature, article, name))
    moved = {ref: feature.geometry for feature in features if feature.geometry for ref in feature.properties.refs}
    return Places(annotations, tuple(_moved(record, moved) for record in article.authorities))


class _Kind(msgspec.Struct, frozen=True):
    type: str = ""


class _Point(msgspec.Struct, frozen=True):
    coordinates: tuple[float, ...]
    type: str = "Point"


class _Mention(msgspec.Struct, frozen=True):
    quote: str


class _Properties(msgspec.Struct, frozen=True):
    mentions: tuple[msgspec.Raw, ...] | str = ()  # some map programs write what is nested as a string
    refs: tuple[str, ...] = ()


class _Feature(msgspec.Struct, frozen=True):
    properties: _Properties
    geometry: _Point | None = None


class _Collection(msgspec.Struct, frozen=True, tag_field="type", tag="FeatureCollection"):
    features: tuple[_Feature, ...]


def _mentions(feature: _Feature, article: Article, name: str) -> Iterator[Annotation]:
    written = feature.properties.mentions
    try:
        parts = msgspec.json.decode(written, type=tuple[msgspec.Raw, ...]) if isinstance(written, str) else written
        for part in parts:
            ann = msgspec.json.decode(part, type=Annotation)
            quote = msgspec.json.decode(part, type=_Mention).quote
            if article.text[ann.start : ann.end] != quote:
                raise InputError(
                    f"{name}: {quote[:60]!r} does not stand at {ann.start} of the text; is it of another article?"
                )
            yield ann
    except msgspec.MsgspecError as error:
        raise InputError(f"{name}: a mention cannot be read ({error}); {_HINT}") from error


def _moved(record: Authority, points: dict[str, _Point]) -> Authority:
    """The record where the map has it; degrees that are still the same keep the digits they were written with."""
    point = next((points[ref] for ref in record.refs if ref in points), None)
    if point is None or len(point.coordinates) < 2 or point.type != "Point":
        return record
    east, north = point.coordinates[:2]
    if record.latitude and record.longitude and (float(record.longitude), float(record.latitude)) == (east, north):
        return record
    return msgspec.structs.replace(record, latitude=_decimal(north), longitude=_decimal(east))


def _decimal(degrees: float) -> str:
    return f"{degrees:.10f}".rstrip("0").rstrip(".") or "0"
