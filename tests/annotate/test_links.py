"""Links: notes, ibid., lists and mentions end at a source, or at a Problem that says why not (law 5)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.claims import find_claims
from annotate.libraries import UserLibrary, read_libraries, used_entries
from annotate.links import link_sources
from annotate.outputs import FORMATS
from schemas.records import Article, Block, Candidate, Citation, Marker, Metadata, Note, Reference, Source, Target

LIBRARY = """@book{sutton1968, author = {Sutton, Antony C.}, title = {Western Technology and Soviet Economic Development},
  address = {Stanford}, publisher = {Hoover Institution Press}, year = {1968}}

@book{sayers1976, author = {Sayers, R. S.}, title = {The Bank of {England}, 1891--1944},
  address = {Cambridge}, publisher = {Cambridge University Press}, year = {1976}}

@book{sayers1957, author = {Sayers, R. S.}, title = {Lloyds Bank in the History of English Banking},
  address = {Oxford}, publisher = {Clarendon Press}, year = {1957}}
"""
SAYERS = "R. S. Sayers, The Bank of England, 1891-1944 (Cambridge: Cambridge University Press, 1976), 211."
MOWAT = "Charles Loch Mowat, Britain between the Wars, 1918-1940 (London: Methuen, 1955), 380."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> UserLibrary:
    path = tmp_path_factory.mktemp("bib") / "library.bib"
    path.write_text(LIBRARY, encoding="utf-8")
    found = read_libraries([Path(path)])
    assert found is not None
    return found


def article(body: str, *notes: str) -> Article:
    """One paragraph with a marker at its end for each note."""
    text, blocks, markers, records = body, [Block("b-0", "paragraph", 0, len(body))], [], []
    for n, note in enumerate(notes, 1):
        start = len(text) + 2
        text += "\n\n" + note
        blocks.append(Block(f"b-{n}", "note", start, len(text), n=str(n)))
        markers.append(Marker(f"m-{n}", str(n), str(n), len(body), len(body), len(body), f"n-{n}"))
        records.append(Note(f"n-{n}", str(n), "end", (f"b-{n}",)))
    source = Source("a.txt", "text/plain", "", "utf-8")
    return Article(
        id="a",
        source=source,
        metadata=Metadata(),
        text=text,
        blocks=tuple(blocks),
        markers=tuple(markers),
        notes=tuple(records),
    )


def keys(linked: Article) -> list[list[str | None]]:
    return [[target.key for target in cite.targets] for cite in linked.citations]


def test_a_note_reaches_the_library_with_its_page(library: UserLibrary) -> None:
    linked = link_sources(article("The Bank lost gold.", SAYERS), library)
    assert keys(linked) == [["sayers1976"]]
    assert linked.citations[0].locator == "211"
    assert [(ref.key, ref.status) for ref in linked.references] == [("sayers1976", "linked")]


def test_ibid_repeats_the_note_before_with_its_own_page(library: UserLibrary) -> None:
    linked = link_sources(article("Gold.", SAYERS, "Ibid., 300."), library)
    assert keys(linked) == [["sayers1976"], ["sayers1976"]]
    assert [cite.locator for cite in linked.citations] == ["211", "300"]
    assert len(linked.references) == 1


def test_ibid_after_nothing_is_a_problem(library: UserLibrary) -> None:
    linked = link_sources(article("Gold.", "Nobody knows.", "Ibid., 300."), library)
    (cite,) = linked.citations
    assert (cite.status, cite.targets) == ("unresolved", ())
    assert [problem.code for problem in linked.problems if cite.id in problem.about] == ["ibid-unresolved"]


def test_a_new_work_gets_an_entry_of_its_own(library: UserLibrary) -> None:
    linked = link_sources(article("Gold.", MOWAT, MOWAT.replace("380", "381")), library)
    (ref,) = linked.references
    assert ref.status == "new"
    assert ref.key is not None and ref.key not in library.entries
    assert keys(linked) == [[None], [None]]
    (entry,) = used_entries(linked, library)
    assert "Britain between the Wars" in entry.fields["title"]


def test_a_mention_is_linked_when_exactly_one_entry_fits(library: UserLibrary) -> None:
    linked = link_sources(article("A.C. Sutton enumerated 118 agreements. According to R. S. Sayers, no."), library)
    assert keys(linked) == [["sutton1968"], []]
    assert [cite.status for cite in linked.citations] == ["linked", "ambiguous"]
    assert {candidate.key for candidate in linked.citations[1].candidates} == {"sayers1976", "sayers1957"}
    assert any(linked.citations[1].id in problem.about for problem in linked.problems)


def test_a_mention_with_other_initials_is_somebody_else(library: UserLibrary) -> None:
    assert link_sources(article("B. D. Sutton enumerated 118 agreements."), library).citations == ()


def test_without_a_library_notes_still_make_references() -> None:
    linked = link_sources(article("Gold.", SAYERS, "Ibid."), None)
    assert [ref.status for ref in linked.references] == ["new"]
    assert [len(cite.targets) for cite in linked.citations] == [1, 1]
    assert keys(linked) == [[None], [None]]


NOTES = st.lists(
    st.sampled_from((SAYERS, MOWAT, "Ibid.", "Ibid., 5.", "Nobody knows.", "", "[{(", "Там же. С. 7.")), max_size=5
)


POINTING = st.lists(
    st.sampled_from(
        ("see note 1 above. ", "cf. nn. 2–4; ", "As shown in note 9, ", "p. 3 above ", "Sayers (1976) ", "n. 1 ")
    ),
    max_size=5,
).map("".join)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(max_size=30) | POINTING, NOTES, st.booleans())
def test_law_5_nothing_is_dropped(library: UserLibrary, body: str, notes: list[str], given_library: bool) -> None:
    linked = link_sources(article(body, *notes), library if given_library else None)
    about = {i for problem in linked.problems for i in problem.about}
    references = {ref.id for ref in linked.references}
    for cite in linked.citations:
        assert cite.targets or cite.id in about
        assert all(target.reference in references for target in cite.targets)
        assert all(target.key is None or (given_library and target.key in library.entries) for target in cite.targets)
        assert 0 <= cite.start <= cite.end <= len(linked.text)
    for ref in linked.references:
        assert ref.key is not None or ref.id in about
        assert (ref.status == "linked") <= given_library


def test_a_note_with_two_sources_has_two_citations(library: UserLibrary) -> None:
    linked = link_sources(article("Gold.", SAYERS[:-1] + "; but see " + MOWAT, "Ibid."), library)
    new = next(ref.id for ref in linked.references if ref.status == "new")
    assert [cite.targets[0].reference if cite.targets else None for cite in linked.citations[:2]][1] == new
    assert [cite.locator for cite in linked.citations[:2]] == ["211", "380"]
    assert linked.citations[2].targets == ()  # ibid. after two sources cannot be decided
    claim = find_claims(linked).claims[0]
    assert [source.relation for source in claim.sources] == ["supports", "contrast"]


def test_a_shelfmark_is_no_book() -> None:
    linked = link_sources(article("Gold.", "RGAE, f. 4372, op. 9, d. 12, l. 5."), None)
    (cite,) = linked.citations
    about = {i for problem in linked.problems for i in problem.about}
    assert all(ref.csl.get("archive_location") or ref.csl.get("archive") for ref in linked.references)
    assert bool(cite.targets) != (cite.id in about)


def _keyed(*keys: str) -> Article:
    text = "Grain rose [@key] fast."
    cite = Citation("c-1", "author-year", "[@key]", 11, 17, candidates=tuple(Candidate(key, 0.0) for key in keys))
    block = Block("b-0", "paragraph", 0, len(text))
    source = Source("a.md", "text/markdown", "00", "utf-8", "extract")
    return Article(id="a", source=source, metadata=Metadata(), text=text, blocks=(block,), citations=(cite,))


def test_a_key_that_the_source_names_leads_to_the_library(library: UserLibrary) -> None:
    linked = link_sources(_keyed("sayers1976", "sutton1968"), library)
    (cite,) = linked.citations
    assert [target.key for target in cite.targets] == ["sayers1976", "sutton1968"]
    assert cite.status == "linked"


@pytest.mark.parametrize("given", [True, False])
def test_a_key_that_no_library_has_is_a_problem(library: UserLibrary, given: bool) -> None:
    linked = link_sources(_keyed("sayers1976", "nobody"), library if given else None)
    assert not linked.citations[0].targets
    assert [problem.code for problem in linked.problems] == ["citation-key-unknown"]


def test_entries_that_a_reader_tied_to_citations_are_cut_into_fields() -> None:
    raw = "Sutton, A. Western Technology. Stanford: Hoover Press, 1968."
    block = Block("b-0", "reference", 0, len(raw))
    ref = Reference("r-1", None, "b-0", 0, len(raw))
    source = Source("a.tex", "application/x-latex", "00", "utf-8", "extract")
    given = Article(id="a", source=source, metadata=Metadata(), text=raw, blocks=(block,), references=(ref,))
    (read,) = link_sources(given, None).references
    assert read.id == "r-1"
    assert read.csl["title"] == "Western Technology"


def test_what_a_reader_gave_is_kept_completed_and_never_found_again(library: UserLibrary) -> None:
    body = "Gold was lost [1], as Sayers (1976) says."
    raw = "Sayers, R. S. 1976. The Bank of England, 1891-1944. Cambridge: Cambridge University Press."
    item = {
        "type": "book",
        "author": [{"family": "Sayers", "given": "R. S."}],
        "title": "The Bank of England, 1891-1944",
        "publisher": "Cambridge University Press",
        "issued": {"date-parts": [[1976]]},
    }
    text = f"{body}\n\n{raw}"
    blocks = (Block("b-0", "paragraph", 0, len(body)), Block("b-1", "reference", len(body) + 2, len(text), n="1"))
    refs = (Reference("r-given", "1", "b-1", len(body) + 2, len(text), csl=item),)
    cites = tuple(
        Citation(f"c-{kind}", kind, said, body.index(said), body.index(said) + len(said), targets=(Target("r-given", None, 1.0, "given"),))
        for kind, said in (("numeric", "[1]"), ("author-year", "Sayers (1976)"))
    )  # fmt: skip
    source = Source("a.xml", "application/xml", "00", "utf-8", "extract")
    given = Article(
        id="a", source=source, metadata=Metadata(), text=text, blocks=blocks, references=refs, citations=cites
    )
    linked = link_sources(given, library)
    assert [(ref.id, ref.key, ref.status) for ref in linked.references] == [("r-given", "sayers1976", "linked")]
    assert sorted(cite.id for cite in linked.citations) == ["c-author-year", "c-numeric"]
    assert {target.key for cite in linked.citations for target in cite.targets} == {"sayers1976"}


def test_a_key_that_two_libraries_use_for_different_works_is_told(tmp_path: Path) -> None:
    one, other = tmp_path / "one.bib", tmp_path / "other.bib"
    one.write_text("@book{a, title = {Grain}, year = {1930}}", encoding="utf-8")
    other.write_text(
        "@book{a, title = {Coal}, year = {1931}}\n@book{b, title = {Iron}, year = {1932}}", encoding="utf-8"
    )
    both = read_libraries([one, other, one])
    assert both is not None
    assert both.items["a"]["title"] == "Grain"
    assert [(problem.code, problem.where) for problem in both.problems] == [("bib-key-taken", "other.bib:1")]


def test_new_works_are_marked_in_the_bibliography_of_an_article(library: UserLibrary) -> None:
    linked = link_sources(article("Gold.", SAYERS, MOWAT), library)
    text = FORMATS["bib"][".bib"](linked, library).decode()
    before, behind = text.split("% New: ")
    assert {ref.key for ref in linked.references if ref.status == "linked"} == set(
        re.findall(r"@\w+\{([^,]+),", before)
    )
    assert {ref.key for ref in linked.references if ref.status == "new"} == set(re.findall(r"@\w+\{([^,]+),", behind))
