"""A FigureValue as ``measure`` or ``num`` with TEI's attributes; numbers stay exact.

>>> figure_element(FigureValue("MONEY", "40000000", modifier="more_than", unit="USD", currency="USD"))
('measure', {'type': 'currency', 'unit': 'USD', 'atLeast': '40000000', 'ana': '#modifier.more_than'})
>>> figure_element(FigureValue("PERCENT", "58.7", unit="%"))
('num', {'type': 'percentage', 'value': '58.7'})
"""

from __future__ import annotations

import re

from corpus.writers.tei.elements import word
from schemas.values import FigureValue

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|-?\d+/\d+", re.ASCII)
_NUM_TYPES = {"PERCENT": "percentage", "RATIO": "ratio", "ORDINAL": "ordinal", "COUNT": "cardinal"}
_MEASURE_TYPES = {"MONEY": "currency", "QUANTITY": "quantity", "COUNT": "count", "DURATION": "duration", "RATE": "rate"}


def figure_element(value: FigureValue) -> tuple[str, dict[str, str]]:
    """The element's name and attributes; ``@atLeast`` and ``@atMost`` for intervals and one-sided figures."""
    as_num = value.kind in _NUM_TYPES and not (value.kind == "COUNT" and (value.commodity or value.unit))
    made: dict[str, str | None]
    if as_num:
        is_fraction = value.kind == "RATIO" and "/" in (value.value or "")
        made = {"type": "fraction" if is_fraction else _NUM_TYPES[value.kind]}
    else:
        made = {"type": _MEASURE_TYPES[value.kind], "unit": _unit(value), "commodity": word(value.commodity)}
    made |= _amount(value, "value" if as_num else "quantity")
    made["ana"] = f"#modifier.{value.modifier}" if value.modifier else None
    return "num" if as_num else "measure", {name: text for name, text in made.items() if text is not None}


def _unit(value: FigureValue) -> str | None:
    unit = word(value.currency if value.kind == "MONEY" and value.currency else value.unit)
    per = word(value.per)
    return f"{unit}/{per}" if unit and per else unit


def _amount(value: FigureValue, name: str) -> dict[str, str | None]:
    low, high = _number(value.value), _number(value.value_max)
    if high is not None:
        return {"atLeast": low, "atMost": high}
    match value.modifier:
        case "more_than" | "min":
            return {"atLeast": low}
        case "less_than" | "max":
            return {"atMost": low}
        case _:
            return {name: low}


def _number(text: str | None) -> str | None:
    return text if text and _NUMBER.fullmatch(text) else None
