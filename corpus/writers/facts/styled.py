"""A fact list with its sources in a citation style: the whole list in one call of the citation engine."""

from __future__ import annotations

import msgspec

from bibliography.styles import Cited, format_sources
from schemas.facts import Fact, FactList, FactSource
from schemas.records import Article


def style_facts(facts: FactList, article: Article, style: str, *, language: str | None = None) -> FactList:
    """The facts with ``text`` of each source as its bibliography entry in ``style``, and the bibliography behind them.

    In a style for notes a source also has its ``citation``: the whole note with the place cited. Sources whose reference
    was not parsed, or has no title, stay as they are. Raises what bibliography.styles.format_sources raises.
    """
    # A style prints a letter or a file without a title as nothing, or as its bare number.
    refs = {ref.id: ref for ref in article.references if ref.csl.get("title") or ref.csl.get("container-title")}
    sources = [source for fact in facts.facts for source in fact.sources if source.reference in refs]
    items = {source.reference: refs[source.reference].csl for source in sources if source.reference}
    cited = [Cited(source.reference, source.locator or "") for source in sources if source.reference]
    formatted = format_sources(items, style, cited=cited, language=language)
    entries = dict(formatted.bibliography)
    citations = iter(formatted.citations)

    def restyle(source: FactSource) -> FactSource:
        if source.reference not in refs:
            return source
        citation = next(citations)
        text = entries.get(source.reference) or source.text
        return msgspec.structs.replace(source, text=text, citation=citation if formatted.notes else None)

    def restyle_fact(fact: Fact) -> Fact:
        return msgspec.structs.replace(fact, sources=tuple(restyle(source) for source in fact.sources))

    return msgspec.structs.replace(
        facts,
        facts=tuple(restyle_fact(fact) for fact in facts.facts),
        style=style,
        bibliography=tuple(entry for _, entry in formatted.bibliography),
    )
