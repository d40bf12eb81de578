"""The switches of the deterministic layers around the entity model: the table ``[entities]`` of ``adfontes.toml``.

    [entities]
    vote = false

What each is worth, measured apart: ``benchmarks/entity_layers.py``.
"""

from __future__ import annotations

import msgspec


class EntityLayers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which rules run around the model; all do unless switched off."""

    zones: bool = True  # reference lists, affiliations and author lines are not read for names
    demonyms: bool = True  # peoples by list: "Soviet" is GROUP, never a place
    dates: bool = True  # no name inside a calendar date
    lists: bool = True  # "France, Italy and the Netherlands" read as one place is parted
    vote: bool = True  # the mentions of a name in one article agree on its label
    veto: bool = True  # a capital word that only opens sentences and is small elsewhere is no name
    classics: bool = True  # citations of classical works: "Hom. Il. 2.14"


ALL_LAYERS = EntityLayers()
