"""``standOff`` with every annotation, whether it stands inline or not, and the claims as chains.

Each ``span`` points at its words with ``string-range(block,offset,length)`` or, over several blocks, with
``range(string-index(block,offset),...)``; offsets count code points of the block's text. Its features are the record's
fields. Where the annotation also stands inline, ``@corresp`` points there and the id is the inline element's.

A claim is a span; its chain is ``<link target="#claim #marker #note #citation #source"/>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from lxml import etree

from corpus.writers.tei.edition import TOOL, Edition, Named
from corpus.writers.tei.elements import FORBIDDEN, TEI, XML_ID, certainty, element, sub, word
from corpus.writers.tei.features import write_features
from corpus.writers.tei.inline import Plan
from schemas.records import Annotation, Citation, ClaimSource, Note, Problem, Spanned
from schemas.values import DateValue, EntityValue, FigureValue

_LAYERS = ("entity", "date", "figure", "markup")
_PLACE = frozenset({"start", "end"})
_WIDEST = 1000  # notes of replaced characters; a binary file would fill the file with them


def write_annotations(edition: Edition, plan: Plan, text: etree._Element) -> list[etree._Element]:
    """One ``standOff``, none for a bare text: annotations, citations, claims; markers, pages and blocks; Problems."""
    stand_off = element("standOff", id="standOff.annotations", type="annotations")
    for layer in _LAYERS:
        _write_group(stand_off, layer, _annotations(edition, plan, layer))
    _write_group(stand_off, "citation", _citations(edition, plan))
    _write_group(stand_off, "claim", _claims(edition))
    _write_chains(stand_off, edition)
    _write_group(stand_off, "marker", _points(edition.markers, edition))
    _write_group(stand_off, "page", _points(edition.pages, edition))
    _write_group(stand_off, "block", _blocks(edition))
    _write_absent_notes(stand_off, edition, text)
    for problem, xml_id in edition.problems:
        _write_problem(stand_off, edition, problem, xml_id)
    _write_replaced(stand_off, edition)
    for xml_id, record_id in edition.ids.changed:
        sub(stand_off, "note", record_id, type="original-id", target=f"#{xml_id}")
    return [stand_off] if len(stand_off) else []


def _write_group(stand_off: etree._Element, kind: str, spans: Iterable[etree._Element]) -> None:
    group = element("spanGrp", type=kind, resp=TOOL)
    group.extend(spans)
    if len(group):
        stand_off.append(group)


def _span(edition: Edition, span: Spanned, xml_id: str, **attributes: str | None) -> etree._Element:
    return element("span", id=xml_id, target=edition.places.pointer(span.start, span.end), **attributes)


def _leave(edition: Edition, span: Spanned, *names: str) -> frozenset[str]:
    """Fields that the element says itself; start and end only where the pointer is exact."""
    exact = edition.places.around(span.start, span.end) is not None
    return frozenset({"id", *names}) | (_PLACE if exact else frozenset())


def _own_id(edition: Edition, plan: Plan, xml_id: str) -> tuple[str, str | None]:
    """The span's own id, and the pointer to the inline element that bears the record's id, if one does."""
    if xml_id in plan.placed:
        return edition.ids.take(f"{xml_id}.so"), f"#{xml_id}"
    return xml_id, None


def _annotations(edition: Edition, plan: Plan, layer: str) -> Iterator[etree._Element]:
    for ann, xml_id in edition.annotations:
        if ann.layer != layer:
            continue
        own_id, corresp = _own_id(edition, plan, xml_id)
        cert = certainty(ann.confidence)
        made = _span(edition, ann, own_id, corresp=corresp, type=word(ann.label), ana=_category(ann), cert=cert)
        if layer == "entity" and isinstance(ann.value, EntityValue):
            sub(made, "ptr", type="entity", target=f"#{edition.entities[ann.value.cluster].xml_id}")
        write_features(made, ann, leave=_leave(edition, ann, "layer"))
        yield made


def _category(ann: Annotation) -> str | None:
    match ann.value:
        case FigureValue(kind=kind):
            return f"#figure.{kind}"
        case DateValue(kind=kind):
            return f"#date.{kind}"
        case _:
            return None


def _citations(edition: Edition, plan: Plan) -> Iterator[etree._Element]:
    for cite, xml_id in edition.citations:
        own_id, corresp = _own_id(edition, plan, xml_id)
        made = _span(edition, cite, own_id, corresp=corresp, type=cite.kind, ana=f"#citation.{cite.kind}")
        for target in cite.targets:
            if source := edition.source_id(target.reference, target.key):
                sub(made, "ptr", type="source", target=f"#{source}", cert=certainty(target.score))
        write_features(made, cite, leave=_leave(edition, cite))
        yield made


def _claims(edition: Edition) -> Iterator[etree._Element]:
    for claim, xml_id in edition.claims:
        made = _span(edition, claim, xml_id, type="claim", ana=f"#scope.{claim.scope}")
        write_features(made, claim, leave=_leave(edition, claim))
        yield made
        if claim.clause is not None:
            own_id = edition.ids.take(f"{xml_id}.clause")
            yield _span(edition, claim.clause, own_id, corresp=f"#{xml_id}", type="clause", ana="#scope.clause")


def _write_chains(stand_off: etree._Element, edition: Edition) -> None:
    notes_of = {marker.id: edition.ids.get("note", marker.note) for marker, _ in edition.markers}
    citations = {cite.id: cite for cite, _ in reversed(edition.citations)}
    support = element("linkGrp", type="support", resp=TOOL)
    contents = element("linkGrp", type="content", resp=TOOL)
    for claim, xml_id in edition.claims:
        for source in claim.sources:
            _link(support, _chain(edition, notes_of, xml_id, source), **_support(source, citations))
        reached = {source.marker for source in claim.sources}
        for marker in claim.markers:
            if marker not in reached:
                chain = [xml_id, edition.ids.get("marker", marker), notes_of.get(marker)]
                _link(support, chain, type="unresolved")
        cited = {source.citation for source in claim.sources}
        for cite_id in claim.citations:
            if cite_id not in cited:
                _link(support, [xml_id, edition.ids.get("citation", cite_id)], type="citation")
        for kind, found in (("figure", claim.figures), ("date", claim.dates), ("entity", claim.entities)):
            _link(contents, [xml_id, *(edition.ids.get("annotation", each) for each in found)], type=kind)
    stand_off.extend(group for group in (support, contents) if len(group))


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
        "ana": f"#relation.{source.relation}",
        "n": source.locator,
        "cert": certainty(scores[0]) if scores else None,
    }


def _link(group: etree._Element, chain: Iterable[str | None], **attributes: str | None) -> None:
    """A link needs two ends; what a chain does not know is left out of it."""
    ends = [f"#{end}" for end in chain if end is not None]
    if len(ends) > 1:
        sub(group, "link", target=" ".join(ends), **attributes)


def _points(records: Iterable[Named[msgspec.Struct]], edition: Edition) -> Iterator[etree._Element]:
    for record, xml_id in records:
        made = element("span", target=f"#{xml_id}")
        write_features(made, record, leave=frozenset({"id"}))
        yield made


def _blocks(edition: Edition) -> Iterator[etree._Element]:
    """What the elements of blocks cannot say: their kind by its own name, their level, their parent."""
    for block in edition.article.blocks:
        made = element("span", target=f"#{edition.ids.get('block', block.id)}", type=block.kind)
        write_features(made, block, leave=frozenset({"id", "kind", "start", "end"}))
        yield made


def _write_absent_notes(stand_off: etree._Element, edition: Edition, text: etree._Element) -> None:
    """Notes that the back does not hold, as those of which only the marker is known: markers point here."""
    standing = {note.get(XML_ID) for note in text.iter(f"{{{TEI}}}note")}
    markers = edition.markers_of_notes()
    for note, xml_id in edition.notes:
        if xml_id not in standing:
            _write_absent_note(stand_off, edition, Named(note, xml_id), markers.get(note.id))
    if any(
        edition.ids.get("note", marker.note) is None and marker.id not in edition.problem_about
        for marker, _ in edition.markers
    ):
        sub(stand_off, "note", "No note is known for this marker.", id="note.unknown", type="missing")


def _write_absent_note(stand_off: etree._Element, edition: Edition, named: Named[Note], markers: str | None) -> None:
    note, xml_id = named
    blocks = [f"#{block}" for block in (edition.ids.get("block", each) for each in note.blocks) if block]
    said = "The words of this note stand elsewhere in the text." if blocks else "The words of this note are missing."
    sub(
        stand_off,
        "note",
        said,
        id=xml_id,
        n=note.label,
        type="missing",
        place=note.place,
        target=markers,
        corresp=" ".join(blocks) or None,
    )


def _write_problem(stand_off: etree._Element, edition: Edition, problem: Problem, xml_id: str) -> None:
    about = [f"#{found}" for found in map(edition.ids.find, problem.about) if found]
    place = edition.pointer(problem.start, problem.end)
    target = " ".join(dict.fromkeys([*about, *([place] if place else [])])) or None
    made = sub(
        stand_off, "note", id=xml_id, type="problem", subtype=word(problem.code), n=problem.severity, target=target
    )
    sub(made, "p", problem.message)
    if problem.hint:
        sub(made, "p", problem.hint, rend="hint")
    if problem.where:
        sub(made, "p", problem.where, rend="where")
    write_features(made, problem, leave=frozenset({"id", "message", "hint", "where", "severity"}))


def _write_replaced(stand_off: etree._Element, edition: Edition) -> None:
    """The characters that XML cannot hold, each with its place and its code point."""
    for i, found in enumerate(FORBIDDEN.finditer(edition.article.text)):
        if i == _WIDEST:
            rest = "Further characters that XML cannot hold were replaced by U+FFFD."
            sub(stand_off, "note", rest, type="replaced-character", n="more")
            return
        code = f"U+{ord(found.group()):04X}"
        place = edition.places.pointer(*found.span())
        sub(stand_off, "note", f"{code}, which XML cannot hold.", type="replaced-character", n=code, target=place)
