"""Authority records: what an authority file, a gazetteer or a reconciliation service says of a person, place or body.

>>> Authority("PERSON", "Montagu Norman", refs=("https://d-nb.info/gnd/118642499",), begin="1871").name
'Montagu Norman'
"""

from __future__ import annotations

from typing import Literal

import msgspec

EntityLabel = Literal["PERSON", "ORG", "LOC", "EVENT", "WORK", "GROUP"]


class Authority(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that an authority knows.

    ``refs`` are its URIs, the preferred one first; ``type`` is the finer kind (country, newspaper). ``begin`` and ``end`` are EDTF dates of life or existence; ``latitude`` and ``longitude`` decimal degrees
    (WGS 84) as strings; ``place`` the wider place it is in. A "proposed" record (what a service only suggests) is never
    linked, only shown as a candidate. ``source`` names the file or service.
    """

    label: EntityLabel
    name: str
    aliases: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    type: str | None = None
    begin: str | None = None
    end: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    place: str | None = None
    description: str | None = None
    status: Literal["known", "proposed"] = "known"
    source: str = ""
