"""``standOff`` with every record of the article that the text itself cannot hold, one line each, in the article's order.

Each ``span`` points at its words with ``string-range(block,offset,length)`` or, over several blocks, with
``range(string-index(block,offset),...)``; offsets count code points of the block's text. Where the record also stands
inline, ``@corresp`` points there and the inline element bears the id. Fields that attributes say are not said again.

A claim is a span; its chain is ``<link target="#claim #marker #note #citation #source"/>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from lxml import etree

from corpus.writers.tei.annotations import annotation_span
from corpus.writers.tei.cited import write_cited
from corpus.writers.tei.edition import TOOL, Edition
from corpus.writers.tei.elements import FORBIDDEN, TEI, XML_ID, certainty, clean, word
from corpus.writers.tei.features import Field, features, record_fields
from corpus.writers.tei.ids import Named
from corpus.writers.tei.inline import Plan
from corpus.writers.tei.offset_map import write_offset_map
from corpus.writers.tei.stored_text import pack_text
from corpus.writers.tei.tags import exact, tag, text
from corpus.writers.tei.taxonomies import category
from schemas.records import Citation, Claim, ClaimSource, Note, Problem, Spanned

_PLACE = frozenset({"start", "end"})
_MEMBERS = {"marker": "markers", "citation": "citations", "figure": "figures", "date": "dates", "entity": "entities"}


def write_annotations(edition: Edition, plan: Plan, body: etree._Element) -> str:
    """The whole ``standOff`` as text: annotations, citations, claims, checks; the structure; Problems; the offset map."""
    lines = [
        *_group("annotation", (annotation_span(edition, plan, *named) for named in edition.annotations)),
        *_group("citation", _citations(edition, plan), resp=TOOL),
        *_group("claim", _claims(edition), resp=TOOL),
        *_group("support", _chains(edition), name="linkGrp", resp=TOOL),
        *write_cited(edition),
        *_group("check", _checks(edition), resp=TOOL),
        *_group("reference", _references(edition)),
        *_group("marker", (_point(named) for named in edition.markers)),
        *_group("page", (_point(named) for named in edition.pages)),
        *_group("note", _notes(edition, body)),
        *_group("block", _blocks(edition)),
        *_absent_notes(edition, body),
        *(_problem(edition, *named) for named in edition.problems),
        *_article(edition),
    ]
    return tag("standOff", "\n  " + "\n  ".join(lines) + "\n ", id="standOff.annotations", type="annotations")


def _group(kind: str, spans: Iterable[str], *, name: str = "spanGrp", resp: str | None = None) -> Iterator[str]:
    inside = "\n   ".join(spans)
    if inside:
        yield tag(name, f"\n   {inside}\n  ", type=kind, resp=resp)


def _located(edition: Edition, span: Spanned) -> tuple[str, frozenset[str]]:
    """The pointer to a span, and the fields that it says."""
    pointer, is_exact = edition.places.locate(span.start, span.end)
    return pointer, _PLACE if is_exact else frozenset()


def _fields(record: msgspec.Struct, leave: frozenset[str] = frozenset()) -> str:
    """The features of a record; nothing where all of it is said already."""
    fields = list(record_fields(record, leave | {"id"}))
    return features(fields) if fields else ""


def _citations(edition: Edition, plan: Plan) -> Iterator[str]:
    for cite, xml_id in edition.citations:
        spot = plan.spot(edition, cite, xml_id)
        said = _PLACE if spot.is_exact else frozenset()
        sources = [(edition.source_id(target.reference, target.key), target.score) for target in cite.targets]
        inside = [
            tag("ptr", type="source", target=f"#{source}", cert=certainty(score)) for source, score in sources if source
        ]
        yield tag(
            "span", "".join([*inside, _fields(cite, said | {"kind"})]), id=spot.xml_id, target=spot.target, corresp=spot.corresp,
            type=cite.kind, ana=category("citation", cite.kind),
        )  # fmt: skip


def _claims(edition: Edition) -> Iterator[str]:
    for claim, xml_id in edition.claims:
        pointer, said = _located(edition, claim)
        members = dict(_members(edition, claim))
        inside = [tag("ptr", type=kind, target=pointers) for kind, pointers in members.items()]
        leave = said | {"scope"} | {_MEMBERS[kind] for kind in members}
        if claim.clause is not None and edition.places.locate(claim.clause.start, claim.clause.end)[1]:
            leave |= {"clause"}
        yield tag(
            "span", "".join([*inside, _fields(claim, leave)]), id=xml_id, target=pointer, type="claim",
            ana=category("scope", claim.scope),
        )  # fmt: skip
        if claim.clause is not None:
            pointer, _ = _located(edition, claim.clause)
            yield tag("span", target=pointer, corresp=f"#{xml_id}", type="clause", ana="#scope.clause")


def _members(edition: Edition, claim: Claim) -> Iterator[tuple[str, str]]:
    """The pointers to what a claim holds, by kind; a kind of which something is not in the article is left to features."""
    for kind, field in _MEMBERS.items():
        of = kind if kind in ("marker", "citation") else "annotation"
        found = [edition.ids.get(of, each) for each in getattr(claim, field)]
        if found and all(found):
            yield kind, " ".join([f"#{xml_id}" for xml_id in found])


def _chains(edition: Edition) -> Iterator[str]:
    notes_of = {marker.id: edition.ids.get("note", marker.note) for marker, _ in edition.markers}
    citations = {cite.id: cite for cite, _ in reversed(edition.citations)}
    for claim, xml_id in edition.claims:
        for source in claim.sources:
            yield from _link(_chain(edition, notes_of, xml_id, source), **_support(source, citations))
        reached = {source.marker for source in claim.sources}
        for marker in claim.markers:
            if marker not in reached:
                yield from _link([xml_id, edition.ids.get("marker", marker), notes_of.get(marker)], type="unresolved")
        cited = {source.citation for source in claim.sources}
        for cite_id in claim.citations:
            if cite_id not in cited:
                yield from _link([xml_id, edition.ids.get("citation", cite_id)], type="unresolved")


def _chain(edition: Edition, notes_of: dict[str, str | None], claim: str, source: ClaimSource) -> list[str | None]:
    marker = edition.ids.get("marker", source.marker)
    note = notes_of.get(source.marker) if source.marker else None
    cite = edition.ids.get("citation", source.citation)
    return [claim, marker, note, cite, edition.source_id(source.reference, source.key)]


def _support(source: ClaimSource, citations: dict[str, Citation]) -> dict[str, str | None]:
    cite = citations.get(source.citation or "")
    scores = [
        target.score
        for target in (cite.targets if cite else ())
        if (target.reference, target.key) == (source.reference, source.key)
    ]
    return {
        "type": "support",
        "ana": category("relation", source.relation),
        "n": source.locator,
        "cert": certainty(scores[0]) if scores else None,
    }


def _link(chain: Iterable[str | None], **attributes: str | None) -> Iterator[str]:
    """A link needs two ends; what a chain does not know is left out of it."""
    ends = [f"#{end}" for end in chain if end is not None]
    if len(ends) > 1:
        yield tag("link", target=" ".join(ends), **attributes)


def _references(edition: Edition) -> Iterator[str]:
    """The record of each work, beside its ``biblStruct``: place, fields as read, link to the library, CSL-JSON item."""
    for ref, xml_id in edition.references:
        pointer = edition.pointer(ref.start, ref.end)
        yield tag("span", _fields(ref), target=pointer, corresp=f"#{xml_id}", type=ref.status)


def _checks(edition: Edition) -> Iterator[str]:
    """Relations between numbers, computed again: what they are about, the verdict and the computation in words."""
    for check, xml_id in edition.checks:
        pointer, said = _located(edition, check)
        found = [edition.ids.get("annotation", each) for each in check.about]
        about, leave = "", said | {"verdict"}
        if found and all(found):
            about = tag("ptr", type="about", target=" ".join([f"#{each}" for each in found]))
            leave |= {"about"}
        kind = word(check.relation)
        leave |= {"relation"} if kind == check.relation else frozenset()
        yield tag(
            "span", about + _fields(check, leave), id=xml_id, target=pointer, type=kind,
            ana=category("verdict", check.verdict),
        )  # fmt: skip


def _point(named: Named[msgspec.Struct]) -> str:
    return tag("span", _fields(named.record), target=f"#{named.xml_id}")


def _notes(edition: Edition, body: etree._Element) -> Iterator[str]:
    """The notes in their order, with what the ``note`` elements do not say themselves."""
    standing = _standing(body)
    for note, xml_id in edition.notes:
        blocks = [edition.ids.get("block", each) for each in note.blocks]
        pointers = (
            tag("ptr", type="block", target=" ".join([f"#{each}" for each in blocks])) if all(blocks) and blocks else ""
        )
        leave = {"blocks"} if pointers else set()
        if xml_id in standing:
            leave |= {"place"} | ({"label"} if clean(note.label) == note.label else set())
        yield tag("span", pointers + _fields(note, frozenset(leave)), target=f"#{xml_id}")


def _standing(body: etree._Element) -> set[str | None]:
    return {note.get(XML_ID) for note in body.iter(f"{{{TEI}}}note")}


def _blocks(edition: Edition) -> Iterator[str]:
    """The blocks in their order: kind, place in the whole text, and what else their elements cannot say."""
    for block, xml_id in edition.blocks:
        fields: list[Field] = [("start", block.start), ("end", block.end)]
        fields += record_fields(block, frozenset({"id", "kind", "start", "end"}))
        yield tag("span", features(fields), target=f"#{xml_id}", type=block.kind)


def _absent_notes(edition: Edition, body: etree._Element) -> Iterator[str]:
    """Notes that the text does not hold, as those of which only the marker is known: markers point here."""
    standing = _standing(body)
    markers = edition.markers_of_note
    for note, xml_id in edition.notes:
        if xml_id not in standing:
            yield _absent_note(edition, Named(note, xml_id), markers.get(note.id))
    if any(
        edition.ids.get("note", marker.note) is None and marker.id not in edition.problem_about
        for marker, _ in edition.markers
    ):
        yield tag("note", "No note is known for this marker.", id="note.unknown", type="missing")


def _absent_note(edition: Edition, named: Named[Note], markers: str | None) -> str:
    note, xml_id = named
    blocks = [f"#{block}" for block in (edition.ids.get("block", each) for each in note.blocks) if block]
    said = "The words of this note stand elsewhere in the text." if blocks else "The words of this note are missing."
    return tag(
        "note", said, id=xml_id, n=note.label, type="missing", place=note.place, target=markers,
        corresp=" ".join(blocks) or None,
    )  # fmt: skip


def _problem(edition: Edition, problem: Problem, xml_id: str) -> str:
    about = [f"#{found}" for found in map(edition.ids.find, problem.about) if found]
    place = edition.pointer(problem.start, problem.end)
    target = " ".join(dict.fromkeys([*about, *([place] if place else [])])) or None
    said = {"message": problem.message, "hint": problem.hint, "where": problem.where}
    inside = [
        tag("p", text(words), rend=None if name == "message" else name)
        for name, words in said.items()
        if words or (name == "message" and words is not None)
    ]
    leave = {"severity"} | {name for name, words in said.items() if words and words == clean(words)}
    fields = _fields(problem, frozenset(leave))
    return tag(
        "note", "".join([*inside, fields]), id=xml_id, type="problem", subtype=word(problem.code), n=problem.severity,
        target=target,
    )  # fmt: skip


def _article(edition: Edition) -> Iterator[str]:
    """What the article is as a whole, exactly; characters that XML cannot hold; the way back to the source; own ids."""
    article = edition.article
    fields = [(name, getattr(article, name)) for name in ("source", "metadata")]
    fields += [("made", article.made)] if article.made is not None else []
    fields += [("authorities", article.authorities)] if article.authorities else []
    yield tag("note", features(fields), type="article")
    yield tag("note", pack_text(article.text), type="text")
    replaced = [f"{found.start()}:U+{ord(found.group()):04X}" for found in FORBIDDEN.finditer(article.text)]
    if replaced:
        yield tag("note", " ".join(replaced), type="replaced-characters")
    if article.offsets or article.edits:
        yield tag("note", text(write_offset_map(article.offsets, article.edits)), type="offsets")
    for xml_id, record_id in edition.ids.changed:
        yield tag("note", text(exact(record_id)), type="original-id", target=f"#{xml_id}")
