"""W3C Web Annotation JSON-LD: every annotation and every claim of an article, and the way back.

Each target has a position and a quotation with its context, so that the annotation is found again when the text moved
(https://www.w3.org/TR/annotation-model/). The machine that made an annotation is its ``generator``.

Every annotation comes back with all its fields. Claims are written for others to read, those with a source; they are not
read back, nor are references and citations, which this form has no place for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from schemas.decisions import PositionSelector, QuoteSelector
from schemas.ids import Ids
from schemas.records import Annotation, Article, Claim, ClaimSource, Layer, Problem, Spanned
from schemas.values import Value

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


def read_web_annotation(data: bytes, article: Article) -> tuple[tuple[Annotation, ...], tuple[Problem, ...]]:
    """The annotations of a Web Annotation document on an article, ours or anybody's; claims of ours are passed over.

    A target is found by its position where the quotation stands there, else by its quotation where that stands in one
    place only; what is not found is a Problem. Raises msgspec.DecodeError where the data is no JSON.
    """
    found: list[Annotation] = []
    problems: list[Problem] = []
    ids, problem_ids = Ids("an"), Ids("p")
    for item in _items(msgspec.json.decode(data)):
        if item.get("motivation") == "linking" and _of_layer(item) is None:
            continue
        span = _find(article.text, item.get("target"))
        if span is None:
            name = str(item.get("id", "an annotation without id"))
            message = f"{name}: its place was not found in the text."
            problems.append(
                Problem(problem_ids.make(message), "annotation-unplaced", "warning", message, hint="Annotate it again.")
            )
            continue
        found.append(_read(item, *span, ids))
    return tuple(found), tuple(problems)


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
        if claim.sources:
            yield {
                "id": article_urn(article, claim.id),
                "type": "Annotation",
                "motivation": "linking",
                "body": [_source(article, source) for source in claim.sources],
                "target": _target(article, claim),
            }


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
    record = next((b["record"] for b in bodies if b.get("type") == "adfontes:Value"), None)
    maker = item.get("generator") or item.get("creator") or ""
    name = maker.get("name") or maker.get("id") or "" if isinstance(maker, dict) else str(maker)
    identifier = str(item.get("id", ""))
    own = identifier.startswith("urn:adfontes:")
    confidence = item.get("confidence")
    return Annotation(
        id=unquote(identifier.rsplit(":", 1)[1]) if own else ids.make(f"{identifier}|{label}"),
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
