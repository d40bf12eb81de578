"""Running text that points to notes: what it leads to, how that stands to the claim, and what is no pointer."""

from __future__ import annotations

import pytest

from annotate.links import link_sources
from annotate.relations import read_relations
from schemas.records import Article, Block, Metadata, Note, Source

CARR = "E. H. Carr, Socialism in One Country (London: Macmillan, 1958), 12."
NOVE = "Alec Nove, An Economic History of the USSR (London: Lane, 1969), 30."
NOTES = {"1": CARR, "2": f"{NOVE[:-1]}; {CARR}", "3": "Nobody counted them.", "4": None}


def linked(body: str, notes: dict[str, str | None] | None = None) -> Article:
    text, blocks, records = body, [Block("b-0", "paragraph", 0, len(body))], []
    for label, note in (NOTES if notes is None else notes).items():
        if note is not None:
            blocks.append(Block(f"b-{label}", "note", len(text) + 2, len(text) + 2 + len(note), n=label))
            text += "\n\n" + note
        records.append(
            Note(f"n-{label}", label, "missing" if note is None else "end", () if note is None else (f"b-{label}",))
        )
    return link_sources(
        Article(
            id="a",
            source=Source("a.txt", "text/plain", "", "utf-8"),
            metadata=Metadata(),
            text=text,
            blocks=tuple(blocks),
            notes=tuple(records),
        ),
        None,
    )


@pytest.mark.parametrize(
    ("body", "quote", "titles", "relation"),
    [
        ("So it was (see note 1 above).", "note 1 above", {"Socialism in One Country"}, "see-also"),
        ("So it was (cf. nn. 1–2).", "nn. 1–2", {"Socialism in One Country", "An Economic History of the USSR"}, "see-also"),
        ("As shown in note 1, it fell.", "note 1", {"Socialism in One Country"}, "supports"),
        ("It fell, but see note 1.", "note 1", {"Socialism in One Country"}, "contrast"),
        ("Siehe oben, Anm. 1.", "Anm. 1", {"Socialism in One Country"}, "see-also"),
        ("См. выше, прим. 1.", "прим. 1", {"Socialism in One Country"}, "see-also"),
    ],
)  # fmt: skip
def test_a_pointer_leads_to_the_sources_of_its_notes(body: str, quote: str, titles: set[str], relation: str) -> None:
    article = linked(body)
    (cite,) = [cite for cite in article.citations if cite.note is None]
    known = {ref.id: ref.csl["title"] for ref in article.references}
    assert cite.kind == "cross-reference"
    assert article.quote(cite).endswith(quote)
    assert {known[target.reference or ""] for target in cite.targets} == titles
    assert read_relations(article)[cite.id] == relation


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("See note 9 above.", "no note has the number 9"),
        ("See note 4 above.", "the body of that note is lost"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_a_problem(body: str, reason: str) -> None:
    article = linked(body)
    (cite,) = [cite for cite in article.citations if cite.note is None]
    assert cite.targets == ()
    assert [reason in p.message for p in article.problems if cite.id in p.about] == [True]


@pytest.mark.parametrize(
    "body",
    [
        "See p. 12 above, Table 2 and Chapter 4 below.",
        "See note 3 above, a remark.",
        "Note 1 pound of rye, and in note 5 of Carr’s chapter.",
        "A note 2 pages long.",
    ],
)
def test_what_points_to_no_source_is_no_citation(body: str) -> None:
    assert [cite for cite in linked(body).citations if cite.note is None] == []
