"""Authors of the library whom the running text names: "A.C. Sutton enumerated ..."."""

from __future__ import annotations

from annotate.links.places import Place
from annotate.links.register import Register
from bibliography.match import match_name
from bibliography.mentions import find_mentions


def link_mentions(register: Register, places: list[Place]) -> None:
    """Mentions in running text, each to the only work by that person; several works are a Problem."""
    indexes = [register.library.lookup, register.own] if register.library else [register.own]
    for place in places:
        if place.note is not None:
            continue
        for index in indexes:
            for start, end, family, given, year in find_mentions(place.text, index):
                start, end = place.block.start + start, place.block.start + end
                if not register.is_free(place.block, start, end):
                    continue
                found = match_name(given, family, index, year=year)
                if found.status == "none":
                    continue
                register.take(place.block, start, end)
                name = " ".join(register.article.text[start:end].split())
                cite = register.cite("narrative", name, start, end)
                if found.status == "linked" and found.key is not None:
                    own = index is register.own
                    ref = found.key if own else register.from_library(found.key, found.score).id
                    register.link(cite, [register.target(ref, found.score, found.why)])
                else:
                    shown = register.shown(found.candidates)
                    names = ", ".join(c.key or c.reference or "" for c in shown[:3])
                    message = f"{name}: several works fit ({names})"
                    register.refuse(cite, message, code="citation-ambiguous", candidates=shown)
