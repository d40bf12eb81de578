"""What the markup of a scholar means in our terms: a name, a date, a number, with the values that its attributes give.

>>> meaning_of("persName", {"ref": "https://d-nb.info/gnd/118607170"}, "Anna Berg").label
'PERSON'
>>> meaning_of("date", {"when": "1772-05"}, "in May").value.latest
'1772-05-31'
>>> meaning_of("measure", {"type": "currency", "quantity": "40", "unit": "GBP"}, "forty pounds").value.kind
'MONEY'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from corpus.tei.datable import read_datable
from schemas.ids import short_hash
from schemas.records import Layer
from schemas.values import EntityValue, FigureKind, FigureValue, Modifier, Value

_LABELS = {
    "persName": "PERSON", "orgName": "ORG", "placeName": "LOC", "geogName": "LOC", "settlement": "LOC", "country": "LOC",
    "region": "LOC", "district": "LOC", "bloc": "LOC", "eventName": "EVENT", "title": "WORK",
}  # fmt: skip
_PLACES = frozenset({"settlement", "country", "region", "district", "bloc"})
# What people write into name/@type and rs/@type.
_TYPED_NAMES = (
    (re.compile(r"pers", re.IGNORECASE), "PERSON"),
    (re.compile(r"place|geog|country|city|settlement|region|^loc", re.IGNORECASE), "LOC"),
    (re.compile(r"^org|institut|firm|company|corporat", re.IGNORECASE), "ORG"),
    (re.compile(r"event", re.IGNORECASE), "EVENT"),
    (re.compile(r"work|^title|^bibl", re.IGNORECASE), "WORK"),
    (re.compile(r"people|ethn|group|nation", re.IGNORECASE), "GROUP"),
)
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?|-?\d+/\d+", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUM_KINDS: dict[str, FigureKind] = {"percentage": "PERCENT", "percent": "PERCENT", "ordinal": "ORDINAL", "fraction": "RATIO",
                                     "ratio": "RATIO"}  # fmt: skip
_MEASURE_KINDS: dict[str, FigureKind] = {"currency": "MONEY", "money": "MONEY", "count": "COUNT", "duration": "DURATION",
                                         "time": "DURATION", "rate": "RATE"}  # fmt: skip


class Meaning(NamedTuple):
    """A layer, a label and a value; no value where the markup gives none."""

    layer: Layer
    label: str
    value: Value | None


Refs = Callable[[str], tuple[str, ...]]


def meaning_of(name: str, attributes: Mapping[str, str], words: str, refs: Refs | None = None) -> Meaning | None:
    """What an element with these attributes around these words says; None for markup that we do not model.

    ``refs`` gives the authority URIs of a pointer of ``@ref``; without it the pointers stand as they are.
    """
    if name in ("date", "time"):
        value = read_datable(attributes, is_time=name == "time")
        return Meaning("date", value.kind if value is not None else ("TIME" if name == "time" else "DATE"), value)
    if name in ("num", "measure"):
        figure = _figure(name, attributes, words)
        return Meaning("figure", figure.kind, figure if figure.value is not None or figure.unit else None)
    label = _LABELS.get(name) or (_typed_label(attributes.get("type", "")) if name in ("name", "rs") else None)
    return Meaning("entity", label, _entity(name, label, attributes, words, refs)) if label is not None else None


def _typed_label(kind: str) -> str | None:
    return next((label for pattern, label in _TYPED_NAMES if pattern.search(kind)), None)


def _entity(name: str, label: str, attributes: Mapping[str, str], words: str, refs: Refs | None) -> EntityValue:
    """A mention; those with one reference are one thing, else those that are written alike."""
    pointers = attributes.get("ref", "").split()
    found = tuple(dict.fromkeys(uri for pointer in pointers for uri in (refs(pointer) if refs else (pointer,))))
    found = found or ((attributes["key"],) if attributes.get("key") else ())
    shown = " ".join(words.split())
    cluster = f"thing-{short_hash(f'{label}|{found[0] if found else shown}')}"
    return EntityValue(shown, cluster, type=name if name in _PLACES else None, ref=found)


def _figure(name: str, attributes: Mapping[str, str], words: str) -> FigureValue:
    low, high = exact_number(attributes.get("atLeast")), exact_number(attributes.get("atMost"))
    value = exact_number(attributes.get("value" if name == "num" else "quantity")) or exact_number(words.strip())
    modifier: Modifier | None = None
    if value is None and (low or high):
        modifier = None if low and high else "min" if low else "max"
        value, high = low or high, high if low else None
    else:
        high = None
    kind = attributes.get("type", "").casefold()
    if name == "num":
        known = _NUM_KINDS.get(kind, "COUNT")
        return FigureValue(known, value, high, modifier, unit="%" if known == "PERCENT" else None)
    unit = " ".join(attributes.get("unit", "").split()) or None
    known = _MEASURE_KINDS.get(kind, "PERCENT" if unit == "%" else "QUANTITY")
    currency = unit if known == "MONEY" and unit and _CURRENCY.fullmatch(unit) else None
    return FigureValue(
        known, value, high, modifier, unit=unit, currency=currency, commodity=attributes.get("commodity") or None
    )


def exact_number(text: str | None) -> str | None:
    """A number of TEI as an exact decimal or fraction; None for anything else.

    >>> exact_number("2.5e3"), exact_number("1/3"), exact_number("+7"), exact_number("many")
    ('2500', '1/3', '7', None)
    """
    if text is None or not _NUMBER.fullmatch(text):
        return None
    if "/" in text:
        return text
    return f"{Decimal(text):f}" if "e" in text.casefold() else text.lstrip("+")
