"""What an annotation says beyond its span: one record for each layer.

Numbers are exact and travel as strings ("58.7", "1/3"): a float could not say 58.7, and a locale could not read "58,7".
Dates are day intervals with an EDTF text beside them; an expression whose year is unknown has only the EDTF text.
"""

from __future__ import annotations

from typing import Literal

import msgspec

FigureKind = Literal[
    "MONEY", "PERCENT", "QUANTITY", "COUNT", "RATIO", "DURATION", "RATE", "ORDINAL"
]  # the kinds of the annotation guideline
Modifier = Literal["approx", "less_than", "more_than", "max", "min", "vague"]
DateKind = Literal[
    "DATE",
    "MONTH",
    "YEAR",
    "PERIOD",
    "DECADE",
    "CENTURY",
    "SEASON",
    "PART",
    "REGNAL",
    "REL",
    "NAMED",
    "TIME",
]
DateModifier = Literal["start", "mid", "end", "since", "after", "by", "before", "until", "approx"]


class FigureValue(msgspec.Struct, frozen=True, tag_field="record", tag="figure"):
    """A quantity, sum, percentage, count, ratio or duration, read exactly.

    ``value`` and ``value_max`` are decimal or fraction strings in ``unit``; ``value_max`` only for an interval
    ("20 to 30 tons"). ``unit`` is a singular English name, "%", "pp" or "times"; for money it equals ``currency``
    (ISO 4217 where a code exists). ``per`` is the denominator, ``commodity`` what is counted or measured, ``role``
    the part it plays ("from", "to", "total", "part"), ``period`` the id of a date annotation, ``inferred`` the names
    of fields carried over from a neighbour, ``precision`` the number of decimals as written.
    """

    kind: FigureKind
    value: str | None
    value_max: str | None = None
    modifier: Modifier | None = None
    unit: str | None = None
    currency: str | None = None
    per: str | None = None
    commodity: str | None = None
    role: str | None = None
    period: str | None = None
    inferred: tuple[str, ...] = ()
    precision: int | None = None


class DateValue(msgspec.Struct, frozen=True, tag_field="record", tag="date"):
    """A date or period as the days that the phrase itself covers.

    ``earliest`` and ``latest`` are ISO days (astronomical years, "-0299-01-01"), both null where the year is unknown,
    one of them where a year bounds an open time ("since 1928": no latest, "by 1933": no earliest);
    ``edtf`` is EDTF level 1 ("1929/1933", "XXXX-03-04"); ``calendar`` is "julian" where the text says Old Style.
    """

    kind: DateKind
    earliest: str | None
    latest: str | None
    edtf: str | None
    modifier: DateModifier | None = None
    calendar: Literal["gregorian", "julian"] | None = None
    inferred: tuple[str, ...] = ()


class EntityCandidate(msgspec.Struct, frozen=True, omit_defaults=True):
    """A thing that a name could be and was not tied to: another name of the article, or an authority record.

    ``score`` is 0..1 and ``ref`` the URIs for an authority record; ``why`` says what speaks for and against it.
    """

    name: str
    ref: tuple[str, ...] = ()
    score: float | None = None
    why: str = ""


class EntityValue(msgspec.Struct, frozen=True, tag_field="record", tag="entity"):
    """A named thing: its name with white space collapsed, and the cluster of all its mentions in the article.

    ``type`` is the finer kind (country, newspaper) and ``ref`` the authority URIs, where an authority knows them; the
    record itself is in ``Article.authorities``, and ``ref_why`` says why it is this one. ``why`` says why this name is in
    its cluster where it is written otherwise, or why it was left out of ``candidates``. ``role`` is the honorific or
    office that stands with a person's name ("President", "Sir"), as written.
    """

    name: str
    cluster: str
    type: str | None = None
    ref: tuple[str, ...] = ()
    candidates: tuple[EntityCandidate, ...] = ()
    why: str = ""
    ref_why: str = ""
    role: str | None = None


class MarkupValue(msgspec.Struct, frozen=True, tag_field="record", tag="markup"):
    """Markup of the source that we do not model: its qualified name and attributes, kept to be written back."""

    name: str
    attributes: dict[str, str] = {}


Value = FigureValue | DateValue | EntityValue | MarkupValue
