"""GEXF 1.3 for Gephi and its kin: which names stand in claims together, and which sources the claims rest on.

Nodes are entities (one for each cluster), sources, and the article; edges join names of one claim ("together"), the article
and its sources ("cites"), names and the sources of their claims ("sourced"); the weight counts claims. All are undirected,
since most readers open no graph of both sorts: the kinds of its ends say which way an edge is to be read. The format: https://gexf.net/. A graph has no places: it is not read back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from lxml import etree

from corpus.writers.tei.elements import clean
from schemas.records import Article, Reference
from schemas.values import EntityValue

_NS = "http://gexf.net/1.3"
_MOST_NAMES = 60  # of one claim: a list of a thousand names would give half a million edges that say nothing


def write_gexf(article: Article) -> bytes:
    """The graph of one article."""
    root = etree.Element(f"{{{_NS}}}gexf", version="1.3", nsmap={None: _NS})  # type: ignore[dict-item]
    graph = _sub(root, "graph", defaultedgetype="undirected", mode="static")
    attributes = _sub(graph, "attributes", **{"class": "node"})
    for number, title in enumerate(("kind", "label", "key")):
        _sub(attributes, "attribute", id=str(number), title=title, type="string")
    nodes = _sub(graph, "nodes")
    for identifier, label, values in _nodes(article):
        node = _sub(nodes, "node", id=clean(identifier), label=clean(label))
        shown = _sub(node, "attvalues")
        for number, value in enumerate(values):
            if value:
                _sub(shown, "attvalue", **{"for": str(number), "value": clean(value)})
    edges = _sub(graph, "edges")
    for number, ((source, target, kind), weight) in enumerate(sorted(_edges(article).items())):
        ends = {"source": clean(source), "target": clean(target)}
        _sub(edges, "edge", id=str(number), **ends, kind=kind, weight=str(weight))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_NS}}}{tag}", attributes)


def _nodes(article: Article) -> Iterator[tuple[str, str, tuple[str, str, str]]]:
    """Id, label and values of each node; an id that something else has already is that node."""
    seen = {article.id}
    yield article.id, article.metadata.title or article.source.name, ("article", "", "")
    for ann in article.annotations:
        if isinstance(ann.value, EntityValue) and ann.value.cluster not in seen:
            seen.add(ann.value.cluster)
            yield ann.value.cluster, ann.value.name, ("entity", ann.label, "")
    for ref in article.references:
        if ref.id not in seen:
            seen.add(ref.id)
            yield ref.id, _named(ref), ("source", str(ref.csl.get("type", "")), ref.key or "")


def _named(ref: Reference) -> str:
    authors = ref.csl.get("author") or ref.csl.get("editor") or []
    first = authors[0] if isinstance(authors, list) and authors and isinstance(authors[0], dict) else {}
    family = str(first.get("family") or first.get("literal") or "")
    return ", ".join(part for part in (family, str(ref.csl.get("title", ""))) if part) or ref.key or ref.id


def _edges(article: Article) -> Counter[tuple[str, str, str]]:
    clusters = {ann.id: ann.value.cluster for ann in article.annotations if isinstance(ann.value, EntityValue)}
    known = {ref.id for ref in article.references}
    edges: Counter[tuple[str, str, str]] = Counter()
    for claim in article.claims:
        names = sorted({clusters[i] for i in claim.entities if i in clusters})[:_MOST_NAMES]
        sources = sorted(
            {source.reference for source in claim.sources if source.reference in known and source.reference}
        )
        edges.update((first, second, "together") for first, second in combinations(names, 2))
        edges.update((name, source, "sourced") for name in names for source in sources)
        edges.update((article.id, source, "cites") for source in sources)
    return edges
