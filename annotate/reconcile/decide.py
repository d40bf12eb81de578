"""What a service's answer makes of a name: a record that is known, records that are only proposed, or none.

The rule: known is the one candidate that the service itself calls a match, whose score leads every other by a tenth, and
whose type is not another than was asked for; everything else is proposed, and a person decides. The reason is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from annotate.authorities.names import same_name
from annotate.reconcile.service import Answer, Found, Manifest, TypeName
from corpus.authorities.fields import clean_name
from corpus.authorities.uris import read_id
from schemas.authorities import Authority, EntityLabel

LEAD = 0.9  # the next best score may be at most this part of the best


class Decided(msgspec.Struct, frozen=True):
    """The records for one name, best first, each with the reason of its status."""

    records: tuple[Authority, ...]
    why: tuple[str, ...]


def decide(name: str, label: EntityLabel, asked_type: str | None, answer: Answer, manifest: Manifest) -> Decided:
    """The records that a service's answer gives for a name of a label."""
    ranked = sorted(answer.result, key=lambda one: (-(one.score or 0), not one.match, one.id))
    known = _clear(ranked, asked_type)
    why = tuple(_why(one, ranked, asked_type, known=one is known) for one in ranked)
    records = tuple(_record(name, label, one, manifest, known=one is known) for one in ranked)
    return Decided(records, why)


def _clear(ranked: Sequence[Found], asked_type: str | None) -> Found | None:
    matches = [one for one in ranked if one.match]
    if len(matches) != 1 or matches[0] is not ranked[0] or _other_type(matches[0], asked_type):
        return None
    near = len(ranked) > 1 and (ranked[1].score or 0) > LEAD * (ranked[0].score or 0)
    return None if near else matches[0]


def _other_type(one: Found, asked_type: str | None) -> bool:
    types = [kind.id if isinstance(kind, TypeName) else kind for kind in one.type]
    return asked_type is not None and bool(types) and asked_type not in types


def _why(one: Found, ranked: Sequence[Found], asked_type: str | None, *, known: bool) -> str:
    said = ["no score" if one.score is None else f"score {one.score:g} of the service"]
    if known:
        return ", ".join([*said, "its only match, and clearly the best"])
    if not one.match:
        said.append("no match in its own judgement")
    elif sum(other.match for other in ranked) > 1:
        said.append("one of several matches")
    elif _other_type(one, asked_type):
        said.append("of another type")
    else:
        said.append("too near to the next")
    return ", ".join(said)


def _record(name: str, label: EntityLabel, one: Found, manifest: Manifest, *, known: bool) -> Authority:
    """The record in the terms of an authority file; the name that was asked for is one of its names."""
    heading = clean_name(one.name or "") or name
    return Authority(
        label=label,
        name=heading,
        aliases=() if same_name(heading, name) else (name,),
        refs=(read_id(manifest.uri(one.id), manifest.name),),
        description=clean_name(one.description or "") or None,
        status="known" if known else "proposed",
        source=clean_name(manifest.name),
    )
