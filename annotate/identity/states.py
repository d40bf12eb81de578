"""States by the few abbreviations that everybody writes without defining them."""

from __future__ import annotations

from annotate.identity.groups import Groups

_STATES = (
    ("united states", "united states of america", "us", "usa"),
    ("soviet union", "union of soviet socialist republics", "ussr"),
    ("united kingdom", "uk", "united kingdom of great britain and northern ireland"),
    ("german democratic republic", "gdr"),
    ("federal republic of germany", "frg"),
    ("people republic of china", "peoples republic of china", "prc"),
    ("russian soviet federative socialist republic", "rsfsr"),
)


def join_states(groups: Groups) -> None:
    """Join the names of one state."""
    by_key = {named.key: named for named in groups.of_label("LOC")}
    for keys in _STATES:
        found = [by_key[key] for key in keys if key in by_key]
        for named in found[1:]:
            groups.join(named, found[0], f"{found[0].name}: another name of this state")
