"""The lists of our own TEI are an authority file: what an article's names were tied to can be used for the next article."""

from __future__ import annotations

import msgspec

from corpus.authorities import read_authority
from corpus.writers.tei import write_tei
from schemas.authorities import Authority
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import EntityValue

RECORDS = (
    Authority("GROUP", "Cossacks", refs=("http://example.org/c",)),
    Authority("LOC", "Kyiv", refs=("https://sws.geonames.org/703448/",), latitude="50.450", longitude="-30.52", place="Ukraine"),
    Authority("ORG", "Gosplan", refs=("http://example.org/g",), description="State Planning Committee"),
    Authority("PERSON", "Stalin, Joseph", refs=("http://www.wikidata.org/entity/Q855",), begin="1878-12-18", end="195X"),
)  # fmt: skip


def test_our_lists_are_an_authority_file() -> None:
    text = "; ".join(record.name.upper() for record in RECORDS)
    annotations = []
    for record in RECORDS:
        start = text.index(record.name.upper())
        value = EntityValue(record.name.upper(), f"c-{record.name[0]}", ref=record.refs)
        span = (start, start + len(record.name))
        annotations.append(Annotation(f"e-{record.name[0]}", "entity", record.label, *span, value, "ner"))
    article = Article(
        id="a",
        source=Source("a.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(title="T", licence="https://creativecommons.org/licenses/by/4.0/"),
        text=text,
        blocks=(Block("b-1", "paragraph", 0, len(text)),),
        annotations=tuple(annotations),
        authorities=RECORDS,
    )
    found, problems = read_authority(write_tei(article), "a.xml")
    assert problems == []
    for record, read in zip(RECORDS, sorted(found, key=lambda one: one.label), strict=True):
        assert set(record.refs) < set(read.refs)  # and its place in the file
        assert read.aliases == (record.name.upper(),)
        assert msgspec.structs.replace(read, refs=record.refs, aliases=(), source="") == record
