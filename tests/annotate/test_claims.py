"""Claims: the sentence of a marker or citation and what stands inside it."""

from __future__ import annotations

from annotate.claims import find_claims
from schemas.records import Annotation, Article, Block, Citation, Marker, Metadata, Note, Source, Target
from schemas.values import DateValue, FigureValue

TEXT = "Coal fell to 39 tons. Iron rose, but steel fell; nobody knew."
SOURCE = Source("a.txt", "text/plain", "", "utf-8")


def article(**records: object) -> Article:
    blocks = (Block("b-1", "paragraph", 0, len(TEXT)), Block("b-2", "note", len(TEXT) + 2, len(TEXT) + 10))
    fields = {"blocks": blocks, **records}
    return Article(id="a", source=SOURCE, metadata=Metadata(), text=TEXT + "\n\nSutton 2", **fields)  # type: ignore[arg-type]


def marker(name: str, offset: int, note: str | None = None) -> Marker:
    return Marker(name, name, name, offset, offset, offset, note)


def test_a_marker_after_the_full_stop_claims_its_sentence() -> None:
    (claim,) = find_claims(article(markers=(marker("1", 21),))).claims
    assert TEXT[claim.start : claim.end] == "Coal fell to 39 tons."
    assert claim.clause is None
    assert claim.markers == ("1",)


def test_a_marker_inside_the_sentence_has_a_clause() -> None:
    offset = TEXT.index(" but")
    (claim,) = find_claims(article(markers=(marker("1", offset),))).claims
    assert claim.clause is not None
    assert TEXT[claim.clause.start : claim.clause.end] == "Iron rose,"
    (claim,) = find_claims(article(markers=(marker("1", TEXT.index("; nobody")),))).claims
    assert claim.clause is not None
    assert TEXT[claim.clause.start : claim.clause.end] == "but steel fell"


def test_glued_markers_support_one_claim_and_others_their_own() -> None:
    claims = find_claims(article(markers=(marker("1", 21), marker("2", 21), marker("3", len(TEXT))))).claims
    assert [claim.markers for claim in claims] == [("1", "2"), ("3",)]


def test_a_claim_knows_its_figures_and_sources() -> None:
    figure = Annotation("f-1", "figure", "QUANTITY", 13, 20, FigureValue("QUANTITY", "39"), "test")
    target = Target("r-1", "sutton", 0.9, "matched")
    cite = Citation("c-1", "full", "1", len(TEXT) + 2, len(TEXT) + 10, note="n-1", locator="2", targets=(target,))
    (claim,) = find_claims(
        article(
            annotations=(figure,),
            markers=(marker("1", 21, "n-1"),),
            notes=(Note("n-1", "1", "end", ("b-2",)),),
            citations=(cite,),
        )
    ).claims
    assert claim.figures == ("f-1",)
    (source,) = claim.sources
    assert (source.reference, source.key, source.citation, source.marker, source.locator) == (
        "r-1",
        "sutton",
        "c-1",
        "1",
        "2",
    )


def test_a_citation_in_running_text_is_a_claim_without_a_marker() -> None:
    cite = Citation("c-1", "narrative", "Coal", 0, 4, targets=(Target("r-1", None, 1.0, "x"),))
    (claim,) = find_claims(article(citations=(cite,))).claims
    assert (claim.markers, claim.citations) == ((), ("c-1",))
    assert claim.sources[0].reference == "r-1"


def test_nothing_to_claim() -> None:
    assert find_claims(article()).claims == ()


def test_a_stop_behind_the_marker_of_a_closed_sentence_is_not_part_of_it() -> None:
    text = "It grew in 25 times!. More came."
    source = Article(
        id="a",
        source=SOURCE,
        metadata=Metadata(),
        text=text,
        blocks=(Block("b", "paragraph", 0, len(text)),),
        markers=(marker("2", 20),),
    )
    (claim,) = find_claims(source).claims
    assert text[claim.start : claim.end] == "It grew in 25 times!"


def test_the_year_and_pages_of_a_citation_are_no_dates_and_figures_of_its_claim() -> None:
    text = "In 1931 exports rose by 58 tons (Sutton 1968, 347)."
    value = DateValue("YEAR", None, None, None)
    spans = {"d-1": ("date", 3, 7), "d-2": ("date", 40, 44), "f-1": ("figure", 24, 31), "f-2": ("figure", 46, 49)}
    annotations = tuple(
        Annotation(name, layer, "X", start, end, value if layer == "date" else None, "rules")  # type: ignore[arg-type]
        for name, (layer, start, end) in spans.items()
    )
    article = Article(
        id="a",
        source=Source("a.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(),
        text=text,
        blocks=(Block("b-1", "paragraph", 0, len(text)),),
        annotations=annotations,
        citations=(Citation("c-1", "author-year", "Sutton 1968", 32, 50),),
    )
    (claim,) = find_claims(article).claims
    assert (claim.dates, claim.figures) == (("d-1",), ("f-1",))


def test_a_marker_that_closes_a_paragraph_supports_it_whole() -> None:
    (claim,) = find_claims(article(markers=(marker("1", len(TEXT)),))).claims
    assert claim.scope == "paragraph"
    assert TEXT[claim.start : claim.end] == "Iron rose, but steel fell; nobody knew."
    first, last = find_claims(article(markers=(marker("1", 21), marker("2", len(TEXT))))).claims
    assert (first.scope, last.scope) == ("sentence", "sentence")


def test_a_marker_inside_the_sentence_has_the_scope_of_its_clause() -> None:
    (claim,) = find_claims(article(markers=(marker("1", TEXT.index("; nobody")),))).claims
    assert claim.scope == "clause"
