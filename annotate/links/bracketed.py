"""Back-references in brackets of running text, to what the text cited just before: one pass in text order.

As in notes, ibid. after several sources in one bracket, or after a citation that was refused, is not known for sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.annotators.citations.bracketed import find_bracketed_backrefs
from annotate.annotators.citations.surnames import names_before
from annotate.links.places import Place
from annotate.links.register import Register
from bibliography.backrefs import Backref
from bibliography.headings import Call
from bibliography.pinpoints import contradiction
from schemas.records import Candidate, Citation, Target

# What stands between two citations that are cited together: "(Quill 1977; see also Penn 1980)", "(Ord 1955, 1961)"
_TOGETHER = re.compile(
    r"[\s,;&]*(?:(?:and|und|et|e|y|и|see|also|cf\.?|vgl\.|auch|siehe|voir|aussi|см\.|ср\.|также)[\s,:]+){0,3}"
)


def link_bracketed(register: Register, places: list[Place]) -> None:
    """The back-references of running text, each to the source cited before it or to the one work of its author."""
    before = _events(register)
    group: list[Citation] = []
    cited: dict[str, Target] = {}
    at = 0
    for place in (place for place in places if place.note is None):
        for low, high, back in find_bracketed_backrefs(place.text):
            start, end = place.block.start + low, place.block.start + high
            while at < len(before) and before[at][0] < start:
                group = _grown(register, group, before[at][1], cited)
                at += 1
            if register.is_free(place.block, start, end):
                register.take(place.block, start, end)
                label = " ".join(register.article.text[start:end].split())
                made = register.cite(
                    "ibid" if back.kind == "ibid" else "op-cit", label, start, end, locator=back.locator
                )
                kept = _ibid(register, made, group) if back.kind == "ibid" else _op_cit(register, made, back, cited)
                group = _grown(register, group, [kept], cited)


def _events(register: Register) -> list[tuple[int, list[Citation]]]:
    """What running text cites and where: its own citations, and at each marker those of the note, if it has any."""
    events = []
    of_note: dict[str, list[Citation]] = {}
    for cite in register.citations:
        if cite.note is None:
            events.append((cite.start, [cite]))
        else:
            of_note.setdefault(cite.note, []).append(cite)
    for marker in register.article.markers:
        if cites := of_note.get(marker.note or ""):
            events.append((marker.offset, sorted(cites, key=lambda cite: cite.start)))
    return sorted(events, key=lambda event: event[0])


def _grown(
    register: Register, group: list[Citation], cites: list[Citation], cited: dict[str, Target]
) -> list[Citation]:
    """The citations that stand together with these, which are the last of them."""
    cited |= {target.reference: target for cite in cites for target in cite.targets if target.reference}
    last, first = group[-1] if group else None, cites[0]
    if last is None or last.note is not None or first.note is not None:
        return cites
    together = _TOGETHER.fullmatch(register.article.text, last.end, max(first.start, last.end))
    return [*group, *cites] if together else cites


def _ibid(register: Register, made: Citation, group: Sequence[Citation]) -> Citation:
    found = {target.reference: target for cite in group for target in cite.targets}
    if not group:
        reason = "no citation stands before it in the text"
    elif any(not cite.targets for cite in group):
        reason = "the source of the citation before it is not known for sure"
    elif len(found) > 1:
        reason = "several sources are cited together before it"
    else:
        target = group[-1].targets[-1]
        against = contradiction(register.references[target.reference or ""].csl, made.locator)
        if not against:
            return register.link(
                made, [Target(target.reference, target.key, target.score, "ibid.: the citation before it")]
            )
        reason = against
    return _refused(register, made, f"ibid., but {reason}", list(found.values()), "ibid-unresolved")


def _op_cit(register: Register, made: Citation, back: Backref, cited: dict[str, Target]) -> Citation:
    reading = next(iter(names_before(back.names, len(back.names), 0, register.heads.has_lead)), None)
    heads = register.heads.by_names(Call(reading.surnames, given=reading.given)) if reading else []
    works = [cited[head.key] for head in heads if head.key in cited]
    if len(works) == 1:
        why = f"the only work by {back.names} that was cited before"
        return register.link(made, [Target(works[0].reference, works[0].key, 0.97, why)])
    message = f"{len(works) or 'no'} work{'s' if works else ''} by {back.names} cited before"
    return _refused(register, made, message, works, "citation-unresolved")


def _refused(register: Register, made: Citation, message: str, works: Sequence[Target], code: str) -> Citation:
    share = round(1 / len(works), 4) if works else 0.0
    candidates = [Candidate(target.key, share, "cited before", target.reference) for target in works]
    return register.refuse(made, f"{made.label}: {message}", code=code, candidates=candidates)
