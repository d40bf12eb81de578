"""Authors whom the running text names as its source: "A.C. Sutton enumerated ..."."""

from __future__ import annotations

from annotate.links.places import Place
from annotate.links.register import Register
from bibliography.mentions import Mention, find_mentions
from schemas.records import Candidate

_HABIT = 3  # an article with so many citations by number or year names authors beside these, not in their stead


def link_mentions(register: Register, places: list[Place]) -> None:
    """Mentions in running text, each to the only work by that person; several works are a Problem."""
    if sum(cite.kind in ("numeric", "superscript", "author-year") for cite in register.citations) >= _HABIT:
        return
    indexes = [register.heads] + ([register.library.heads] if register.library else [])
    for place in places:
        for index in indexes if place.note is None else ():
            for mention in find_mentions(place.text, index):
                _link(register, place, mention)


def _link(register: Register, place: Place, mention: Mention) -> None:
    start, end = place.block.start + mention.start, place.block.start + mention.end
    if not register.is_free(place.block, start, end):
        return
    register.take(place.block, start, end)
    name = " ".join(register.article.text[start:end].split())
    cite = register.cite("narrative", name, start, end)
    if len(mention.keys) == 1:
        key = mention.keys[0]
        ref = key if key in register.references else register.from_library(key, 0.95).id
        register.link(cite, [register.target(ref, 0.95, f"the only work by {name}")])
        return
    shown = register.shown([Candidate(key, round(1 / len(mention.keys), 4), "author") for key in mention.keys])
    names = ", ".join(c.key or c.reference or "" for c in shown[:3])
    register.refuse(cite, f"{name}: several works fit ({names})", code="citation-ambiguous", candidates=shown)
