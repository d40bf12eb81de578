"""W3C Web Annotation JSON-LD: every annotation and every claim of an article, and the way back.

Each target has a position and a quotation with its context, so that the annotation is found again when the text moved
(https://www.w3.org/TR/annotation-model/). The machine that made an annotation is its ``generator``.

Every annotation and every claim comes back with all its fields. A claim's sources stand in its bodies for others to read;
references and citations themselves this form has no place for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import msgspec

from schemas.decisions import PositionSelector, QuoteSelector
from schemas.ids import Ids
from schemas.records import Annotation, Article, Claim, ClaimSource, Clause, Layer, Problem, Spanned
from schemas.values import Value

_CLAIM = "adfontes:Claim"
CONTEXT_LENGTH = 32  # code points of context on either side of a quotation
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "adfontes": "urn:adfontes:ns:",
        "layer": "adfontes:layer",
        # a record is JSON as it stands: its "type" and "value" are not the model's
        "record": {"@id": "adfontes:record", "@type": "@json"},
        "confidence": "adfontes:confidence",
        "relation": "adfontes:relation",
        "locator": "adfontes:locator",
        "key": "adfontes:key",
    },
]
_MOTIVATIONS: dict[Layer, str] = {
    "entity": "identifying",
    "figure": "classifying",
    "date": "classifying",
    "markup": "highlighting",
}


class Found(NamedTuple):
    """What a document says of an article, and the Problems of what could not be placed in it."""

    annotations: tuple[Annotation, ...]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]


def write_web_annotation(article: Article) -> bytes:
    """The annotations and claims of an article as an AnnotationCollection of one page."""
    items = [*(_annotation(article, ann) for ann in article.annotations), *_claims(article)]
    collection = {
        "@context": _CONTEXT,
        "id": article_urn(article, "annotations"),
        "type": "AnnotationCollection",
        "label": f"Annotations of {article.metadata.title or article.source.name}",
        "total": len(items),
        "first": {
            "id": article_urn(article, "annotations.1"),
            "type": "AnnotationPage",
            "partOf": article_urn(article, "annotations"),
            "startIndex": 0,
            "items": items,
        },
    }
    return msgspec.json.format(msgspec.json.encode(collection), indent=1) + b"\n"


def read_web_annotation(data: bytes, article: Article) -> Found:
    """The annotations of a Web Annotation document on an article, ours or anybody's, and our claims.

    A target is found by its position where the quotation stands there, else by its quotation where that stands in one
    place only; what is not found is a Problem. Raises msgspec.DecodeError where the data is no JSON,
    msgspec.ValidationError where a record of ours is none.
    """
    annotations: list[Annotation] = []
    claims: list[Claim] = []
    problems: list[Problem] = []
    ids, problem_ids = Ids("an"), Ids("p")
    for item in _items(msgspec.json.decode(data)):
        span = _find(article.text, item.get("target"))
        if span is None:
            name = str(item.get("id", "an annotation without id"))
            message = f"{name}: its place was not found in the text."
            problems.append(
                Problem(problem_ids.make(message), "annotation-unplaced", "warning", message, hint="Annotate it again.")
            )
        elif (record := _claim_record(item)) is not None:
            claims.append(_read_claim(str(item.get("id", "")), record, *span))
        else:
            annotations.append(_read(item, *span, ids))
    return Found(tuple(annotations), tuple(claims), tuple(problems))


def article_urn(article: Article, name: str) -> str:
    """The name of a part of an article in linked data: its text, or the record with an id."""
    return f"urn:adfontes:{quote(article.id, safe='')}:{quote(name, safe='')}"


def _annotation(article: Article, ann: Annotation) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "classifying", "value": ann.label}]
    if ann.value is not None:
        bodies.append({"type": "adfontes:Value", "purpose": "describing", "record": msgspec.to_builtins(ann.value)})
        bodies += [
            {"id": reference, "purpose": "identifying"} for reference in getattr(ann.value, "ref", ()) if reference
        ]
    made: dict[str, Any] = {
        "id": article_urn(article, ann.id),
        "type": "Annotation",
        "motivation": _MOTIVATIONS[ann.layer],
        "generator": {"type": "Software", "name": ann.made_by},
        "layer": ann.layer,
        "body": bodies,
        "target": _target(article, ann),
    }
    if ann.confidence is not None:
        made["confidence"] = ann.confidence
    return made


def _claims(article: Article) -> Iterator[dict[str, Any]]:
    for claim in article.claims:
        record = {"type": _CLAIM, "purpose": "describing", "record": _fields_of(claim)}
        yield {
            "id": article_urn(article, claim.id),
            "type": "Annotation",
            "motivation": "linking",
            "body": [*(_source(article, source) for source in claim.sources), record],
            "target": _target(article, claim),
        }


def _fields_of(claim: Claim) -> dict[str, Any]:
    """The fields that the target does not say; the clause counts from the beginning of the claim, with which it moves."""
    fields = {name: value for name, value in msgspec.to_builtins(claim).items() if name not in ("id", "start", "end")}
    if claim.clause is not None:
        fields["clause"] = {"start": claim.clause.start - claim.start, "end": claim.clause.end - claim.start}
    return fields


def _claim_record(item: dict[str, Any]) -> dict[str, Any] | None:
    bodies = [body for body in _listed(item.get("body")) if isinstance(body, dict)]
    found = next((body["record"] for body in bodies if body.get("type") == _CLAIM and "record" in body), None)
    return None if found is None else msgspec.convert(found, dict[str, Any])


def _read_claim(identifier: str, record: dict[str, Any], start: int, end: int) -> Claim:
    claim = msgspec.convert({**record, "id": _record_id(identifier), "start": start, "end": end}, Claim)
    if claim.clause is None:
        return claim
    return msgspec.structs.replace(claim, clause=Clause(start + claim.clause.start, start + claim.clause.end))


def _record_id(identifier: str) -> str:
    return unquote(identifier.rsplit(":", 1)[-1])


def _source(article: Article, source: ClaimSource) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "SpecificResource", "purpose": "linking", "relation": source.relation}
    made["source"] = article_urn(article, source.reference or source.key or "")
    if source.key:
        made["key"] = source.key
    if source.locator:
        made["locator"] = source.locator
    return made


def _target(article: Article, span: Annotation | Claim) -> dict[str, Any]:
    return {"source": article_urn(article, "text"), "selector": msgspec.to_builtins(selectors(article.text, span))}


def selectors(text: str, span: Spanned) -> tuple[PositionSelector, QuoteSelector]:
    """Where a span stands: its code points, and its words with their context."""
    before, after = text[max(0, span.start - CONTEXT_LENGTH) : span.start], text[span.end : span.end + CONTEXT_LENGTH]
    return PositionSelector(span.start, span.end), QuoteSelector(text[span.start : span.end], before, after)


def _items(document: Any) -> Iterator[dict[str, Any]]:
    """The annotations of a collection, a page, a list, or one alone."""
    if isinstance(document, list):
        for part in document:
            yield from _items(part)
    elif isinstance(document, dict):
        if document.get("type") == "Annotation":
            yield document
        else:
            yield from _items(document.get("first") or document.get("items") or [])


def _find(text: str, target: Any) -> tuple[int, int] | None:
    """The span that a target's selectors name."""
    if isinstance(target, list):
        target = target[0] if target else None
    given = target.get("selector") if isinstance(target, dict) else None
    chosen = [part for part in (given if isinstance(given, list) else [given]) if isinstance(part, dict)]
    position = next((part for part in chosen if part.get("type") == "TextPositionSelector"), {})
    quoted = next((part for part in chosen if part.get("type") == "TextQuoteSelector"), None)
    start, end = position.get("start"), position.get("end")
    if (
        isinstance(start, int)
        and isinstance(end, int)
        and 0 <= start <= end <= len(text)
        and (quoted is None or text[start:end] == quoted.get("exact"))
    ):
        return start, end
    return _find_quote(text, quoted) if quoted is not None else None


def _find_quote(text: str, quoted: dict[str, Any]) -> tuple[int, int] | None:
    exact, before, after = (str(quoted.get(part) or "") for part in ("exact", "prefix", "suffix"))
    if not exact:
        return None
    for words, shift in ((before + exact + after, len(before)), (exact, 0)):
        at = text.find(words)
        if at >= 0 and text.find(words, at + 1) < 0:
            return at + shift, at + shift + len(exact)
    return None


def _of_layer(item: dict[str, Any]) -> Layer | None:
    layer = item.get("layer")
    return layer if layer in _MOTIVATIONS else None


def _read(item: dict[str, Any], start: int, end: int, ids: Ids) -> Annotation:
    bodies = [body for body in _listed(item.get("body")) if isinstance(body, dict)]
    label = next((str(b["value"]) for b in bodies if b.get("type") == "TextualBody" and "value" in b), "")
    record = next((b.get("record") for b in bodies if b.get("type") == "adfontes:Value"), None)
    maker = item.get("generator") or item.get("creator") or ""
    name = maker.get("name") or maker.get("id") or "" if isinstance(maker, dict) else str(maker)
    identifier = str(item.get("id", ""))
    own = identifier.startswith("urn:adfontes:")
    confidence = item.get("confidence")
    return Annotation(
        id=_record_id(identifier) if own else ids.make(f"{identifier}|{label}"),
        layer=_of_layer(item) or "markup",
        label=label or "annotation",
        start=start,
        end=end,
        value=None if record is None else msgspec.convert(record, Value),
        made_by=name or "unknown",
        confidence=float(confidence) if isinstance(confidence, int | float) else None,
    )


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]
