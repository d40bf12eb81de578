"""Laws 1, 2, 4 and 6 of the records as properties (3 stands with the TEI writer, 5 with the links)."""

from __future__ import annotations

import itertools

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.authorities import Authority
from schemas.decisions import Decision, DecisionTarget, PositionSelector, QuoteSelector, Was, decode_decision
from schemas.ids import Ids
from schemas.offsets import OffsetMap, Recorded, Recorder, SpanIndex, identity, restore_source
from schemas.records import (
    Annotation,
    Article,
    Block,
    Candidate,
    Citation,
    Claim,
    ClaimSource,
    Clause,
    Edit,
    Marker,
    Metadata,
    Note,
    Page,
    Person,
    Problem,
    Reference,
    Run,
    Source,
    Target,
    decode_article,
    encode_article,
)
from schemas.values import DateValue, EntityCandidate, EntityValue, FigureValue, MarkupValue

PROFILE = settings(max_examples=200, derandomize=True, deadline=None)
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
KINDS = ("join", "dehyphenate", "marker", "whitespace", "repair")


@st.composite
def recordings(draw: st.DrawFn) -> tuple[str, Recorded]:
    """A source cut into pieces that are copied or replaced, in any order: what a reader does."""
    source = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=6)))
    bounds = [0, *cuts, len(source)]
    pieces = draw(st.permutations(list(itertools.pairwise(bounds))))
    recorder = Recorder(source)
    for start, end in pieces:
        if draw(st.booleans()):
            recorder.copy(start, end)
        else:
            recorder.put(draw(st.sampled_from(KINDS)), start, end, draw(st.sampled_from(("", " ", "\n\n", "é𝔊"))))
    return source, recorder.finish()


@PROFILE
@given(recordings())
def test_law_2_text_and_edits_give_the_source_back(recorded: tuple[str, Recorded]) -> None:
    source, (text, runs, edits) = recorded
    assert restore_source(text, runs, edits) == source
    for run in runs:
        assert text[run.start : run.start + run.length] == source[run.source_start : run.source_start + run.length]


@PROFILE
@given(recordings(), st.integers(0, 60))
def test_offsets_map_there_and_back(recorded: tuple[str, Recorded], offset: int) -> None:
    source, (text, runs, _) = recorded
    there = OffsetMap(runs)
    for run in runs:
        for i in range(run.length):
            assert there.to_source(run.start + i) == run.source_start + i
            assert there.to_text(run.source_start + i) == run.start + i
    if runs and offset <= len(text):
        assert 0 <= there.to_source(offset) <= len(source)
        assert 0 <= there.to_source(offset, end=True) <= len(source)


def test_a_reader_that_forgets_or_repeats_text_is_told() -> None:
    forgetful = Recorder("abc")
    forgetful.copy(0, 1)
    repeating = Recorder("abc")
    repeating.copy(0, 2)
    repeating.copy(1, 3)
    for recorder in (forgetful, repeating):
        try:
            recorder.finish()
        except ValueError as error:
            assert "taken" in str(error)
        else:
            raise AssertionError("not told")


SPAN = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@PROFILE
@given(st.lists(SPAN, max_size=20), SPAN)
def test_span_index_agrees_with_a_plain_search(spans: list[list[int]], asked: list[int]) -> None:
    clauses = [Clause(start, end) for start, end in spans]
    index = SpanIndex(clauses)
    low, high = asked
    inside = [c for c in clauses if low <= c.start and c.end <= high and c.start <= high]
    covering = [c for c in clauses if c.start <= low < c.end]
    assert sorted(map(str, index.inside(low, high))) == sorted(map(str, inside))
    assert sorted(map(str, index.covering(low))) == sorted(map(str, covering))


NUMBER = st.integers(0, 99)
WORD = st.text(st.characters(codec="utf-8"), max_size=8)
MAYBE = st.none() | WORD
SCORE = st.floats(0, 1)
VALUES = st.one_of(
    st.none(),
    st.builds(FigureValue, kind=st.just("MONEY"), value=MAYBE, inferred=st.tuples(WORD)),
    st.builds(DateValue, kind=st.just("YEAR"), earliest=MAYBE, latest=MAYBE, edtf=MAYBE),
    st.builds(
        EntityValue,
        name=WORD,
        cluster=WORD,
        ref=st.tuples(WORD),
        candidates=st.tuples(st.builds(EntityCandidate, name=WORD, ref=st.tuples(WORD), score=st.none() | SCORE)),
        role=MAYBE,
    ),
    st.builds(MarkupValue, name=WORD, attributes=st.dictionaries(WORD, WORD, max_size=2)),
)
CSL = st.dictionaries(
    WORD, st.recursive(WORD | NUMBER, lambda inner: st.lists(inner, max_size=2), max_leaves=4), max_size=3
)


def _many(record: type, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(st.builds(record, **fields), max_size=2).map(tuple)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An Article with every kind of record, not necessarily a sensible one: its JSON must bring back just this."""
    text = draw(WORD)
    target = st.builds(Target, reference=MAYBE, key=MAYBE, score=SCORE, why=WORD)
    return Article(
        id=draw(WORD),
        source=Source(draw(WORD), "text/plain", "00", draw(MAYBE)),
        metadata=Metadata(title=draw(MAYBE), authors=(Person(draw(MAYBE), draw(MAYBE)),), keywords=(draw(WORD),)),
        text=text,
        offsets=identity(text) + draw(_many(Run, start=NUMBER, source_start=NUMBER, length=NUMBER)),
        edits=draw(_many(Edit, kind=st.sampled_from(KINDS), start=NUMBER, end=NUMBER, source_text=WORD)),
        blocks=draw(_many(Block, id=WORD, kind=st.just("cell"), start=NUMBER, end=NUMBER, row=NUMBER, n=MAYBE)),
        pages=draw(_many(Page, id=WORD, label=MAYBE)),
        markers=draw(_many(Marker, id=WORD, label=WORD, surface=WORD, note=MAYBE)),
        notes=draw(_many(Note, id=WORD, label=WORD, place=st.just("missing"), blocks=st.tuples(WORD))),
        annotations=draw(_many(Annotation, id=WORD, layer=st.just("figure"), label=WORD, value=VALUES)),
        references=draw(
            _many(
                Reference,
                id=WORD,
                label=MAYBE,
                csl=CSL,
                candidates=st.tuples(st.builds(Candidate, key=MAYBE, score=SCORE)),
            )
        ),
        citations=draw(_many(Citation, id=WORD, kind=st.just("ibid"), targets=st.tuples(target))),
        claims=draw(
            _many(
                Claim,
                id=WORD,
                clause=st.none() | st.builds(Clause, start=NUMBER, end=NUMBER),
                sources=st.tuples(st.builds(ClaimSource, reference=MAYBE, key=MAYBE, relation=st.just("contrast"))),
            )
        ),
        problems=draw(_many(Problem, id=WORD, code=WORD, severity=st.just("info"), message=WORD)),
        authorities=draw(_many(Authority, label=st.just("LOC"), name=WORD, aliases=st.tuples(WORD), latitude=MAYBE)),
    )


@PROFILE
@given(articles())
def test_law_4_an_article_comes_back_from_its_json(article: Article) -> None:
    assert decode_article(encode_article(article)) == article


@PROFILE
@given(articles())
def test_law_6_the_same_article_has_the_same_bytes(article: Article) -> None:
    assert encode_article(article) == encode_article(decode_article(encode_article(article)))


@PROFILE
@given(WORD, NUMBER, WORD)
def test_law_4_a_decision_comes_back_from_its_json(word: str, start: int, value: str) -> None:
    selectors = (PositionSelector(start, start + 1), QuoteSelector(word, value, value))
    decision = Decision(
        "x-1", "linking", DecisionTarget("paper.txt", selectors), {"key": value}, "me", "2026-01-01", Was("c-1", value)
    )
    assert decode_decision(msgspec.json.encode(decision)) == decision


@PROFILE
@given(st.lists(WORD, max_size=20))
def test_law_6_ids_are_stable_unique_names(contents: list[str]) -> None:
    first, second = Ids("b"), Ids("b")
    made = [first.make(content) for content in contents]
    assert made == [second.make(content) for content in contents]
    assert len(set(made)) == len(made)
    assert all(name.isascii() and name[0] == "b" for name in made)


def test_an_id_does_not_depend_on_what_stands_before() -> None:
    one, other = Ids("b"), Ids("b")
    other.make("something new")
    assert one.make("month") == other.make("month")
