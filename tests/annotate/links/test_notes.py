"""Notes: full, short and back-references, as one pass in the order of the notes; and when it refuses."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.claims import find_claims
from annotate.libraries import UserLibrary, read_libraries
from annotate.links import link_sources
from schemas.records import Article, Block, Citation, Marker, Metadata, Note, Source

ENTRIES = """@book{socialism, author = {Carr, E. H.}, title = {Socialism in One Country, 1924--1926}, address = {London},
  publisher = {Macmillan}, year = {1958}}

@book{foundations, author = {Carr, E. H. and Davies, R. W.}, title = {Foundations of a Planned Economy}, address = {London},
  publisher = {Macmillan}, year = {1969}}

@book{nove, author = {Nove, Alec}, title = {An Economic History of the {USSR}}, address = {London}, publisher = {Lane},
  year = {1969}}

@article{davies-grain, author = {Davies, R. W.}, title = {Grain in 1931}, journal = {Soviet Studies}, year = {1970},
  pages = {5--20}}

@article{nove-note, author = {Nove, Alec}, title = {A Note on Trotsky}, journal = {Soviet Studies}, year = {1972}}

@book{karr, author = {Карр, Э.}, title = {История Советской России}, address = {Москва}, publisher = {Прогресс}, year = {1990}}

@book{marx1, author = {Marx, Karl}, title = {Capital}, year = {1867}}

@book{marx2, author = {Marx, Karl}, title = {Capital}, year = {1885}}
"""
CARR = "E. H. Carr, Socialism in One Country, 1924-1926 (London: Macmillan, 1958), 12."
BOTH = "E. H. Carr and R. W. Davies, Foundations of a Planned Economy (London: Macmillan, 1969), 7."
NOVE = "Alec Nove, An Economic History of the USSR (London: Lane, 1969), 30."
DAVIES = "R. W. Davies, “Grain in 1931,” Soviet Studies (1970), 7."
NOTE = "Alec Nove, “A Note on Trotsky,” Soviet Studies (1972), 5."


def read_bib(folder: Path, text: str) -> UserLibrary:
    path = folder / "library.bib"
    path.write_text(text, encoding="utf-8")
    found = read_libraries([path])
    assert found is not None
    return found


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> UserLibrary:
    return read_bib(tmp_path_factory.mktemp("bib"), ENTRIES)


def article(*notes: str) -> Article:
    """A sentence with a marker for each note."""
    body = "Grain was exported."
    text, blocks, markers, records = body, [Block("b-0", "paragraph", 0, len(body))], [], []
    for n, note in enumerate(notes, 1):
        start = len(text) + 2
        text += "\n\n" + note
        blocks.append(Block(f"b-{n}", "note", start, len(text), n=str(n)))
        markers.append(Marker(f"m-{n}", str(n), str(n), len(body), len(body), len(body), f"n-{n}"))
        records.append(Note(f"n-{n}", str(n), "end", (f"b-{n}",)))
    return Article(
        id="a",
        source=Source("a.txt", "text/plain", "", "utf-8"),
        metadata=Metadata(),
        text=text,
        blocks=tuple(blocks),
        markers=tuple(markers),
        notes=tuple(records),
    )


def cited(library: UserLibrary | None, *notes: str) -> list[tuple[str, str | None, str | None]]:
    """Kind, key and locator of the citations of the last note."""
    linked = link_sources(article(*notes), library)
    last = [cite for cite in linked.citations if cite.note == f"n-{len(notes)}"]
    return [(cite.kind, cite.targets[0].key if cite.targets else None, cite.locator) for cite in last]


def refused(library: UserLibrary | None, *notes: str) -> tuple[Citation, str]:
    """The last citation, which has no target, and the message of its Problem."""
    linked = link_sources(article(*notes), library)
    cite = linked.citations[-1]
    assert cite.targets == ()
    (problem,) = [problem for problem in linked.problems if cite.id in problem.about]
    return cite, problem.message


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ((CARR,), [("full", "socialism", "12")]),
        ((CARR, "Ibid."), [("ibid", "socialism", None)]),
        ((CARR, "Ibid., pp. 13–14."), [("ibid", "socialism", "pp. 13–14")]),
        ((CARR, "Ibidem, v."), [("ibid", "socialism", "v")]),
        ((CARR, "Ebd., S. 13 f."), [("ibid", "socialism", "S. 13 f")]),
        ((CARR, "Там же. С. 13."), [("ibid", "socialism", "С. 13")]),
        ((CARR, "See ibid., 13: “Grain fell.”"), [("ibid", "socialism", "13")]),
        ((CARR, NOVE, "Carr, op. cit., p. 45."), [("op-cit", "socialism", "p. 45")]),
        ((CARR, NOVE, "Carr, a.a.O., S. 45."), [("op-cit", "socialism", "S. 45")]),
        ((CARR, NOVE, "Carr, loc. cit."), [("op-cit", "socialism", None)]),
        (("Карр Э. История Советской России. М.: Прогресс, 1990. С. 5.", CARR, "Карр Э. Указ. соч. С. 45."), [("op-cit", "karr", "С. 45")]),
        ((CARR, NOVE, "Carr, Socialism in One Country, 45."), [("short", "socialism", "45")]),
        ((CARR, NOVE, "Carr, Socialism, 45."), [("short", "socialism", "45")]),
        ((CARR, NOVE, "Carr, “Socialism in One,” 45."), [("short", "socialism", "45")]),
        ((CARR, NOVE, "Nove, Economic History, 45."), [("short", "nove", "45")]),
        ((CARR, NOVE, "Carr, 45."), [("short", "socialism", "45")]),
        ((CARR, BOTH, NOVE, "Carr and Davies, op. cit., 45."), [("op-cit", "foundations", "45")]),
        ((CARR, BOTH, NOVE, "Carr, op. cit., 45."), [("op-cit", "socialism", "45")]),
        ((CARR, NOVE, "See note 1 above."), [("cross-reference", "socialism", None)]),
        ((CARR, NOVE, "Wie Anm. 1, S. 45."), [("cross-reference", "socialism", "S. 45")]),
        ((CARR, NOVE, "Carr (note 1 above), 45."), [("cross-reference", "socialism", "45")]),
        ((CARR[:-1] + " (hereafter cited as SOC).", NOVE, "SOC, 45."), [("short", "socialism", "45")]),
        ((NOVE, "Idem, “A Note on Trotsky,” 7."), [("short", "nove-note", "7")]),
        ((CARR[:-1] + "; ibid., 13.",), [("full", "socialism", "12"), ("ibid", "socialism", "13")]),
        ((CARR, NOVE[:-1] + "; Carr, op. cit., 3."), [("full", "nove", "30"), ("op-cit", "socialism", "3")]),
        ((CARR, NOVE, "Carr, op. cit., 3 and Nove, op. cit., 4."), [("op-cit", "socialism", "3"), ("op-cit", "nove", "4")]),
        (
            ("The point is made by Alec Nove, An Economic History of the USSR (London: Lane, 1969), 30 and is not mine.",),
            [("full", "nove", "30")],
        ),
    ],
)  # fmt: skip
def test_forms(
    library: UserLibrary, notes: tuple[str, ...], expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert cited(library, *notes) == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ((NOVE, NOTE, "Nove 1969, 44."), ("author-year", "nove", "44")),
        ((NOVE, NOTE, "Nove (1972), 9."), ("author-year", "nove-note", "9")),
        ((NOVE, NOTE, "“A Note on Trotsky,” 9."), ("short", "nove-note", "9")),
        ((CARR, "Socialism in One Country, 9."), ("short", "socialism", "9")),
        ((NOVE, NOTE, "Nove, Trotsky, 9."), ("short", "nove-note", "9")),
        ((NOVE, "Capital, 9."), ("full", None, None)),  # one word is too little of a work of the library
        ((CARR, NOVE, "See n 2."), ("cross-reference", "nove", None)),
        ((CARR, NOVE, "Carr, above n 1, 40."), ("cross-reference", "socialism", "40")),
    ],
)
def test_short_forms(
    library: UserLibrary, notes: tuple[str, ...], expected: tuple[str, str | None, str | None]
) -> None:
    assert cited(library, *notes) == [expected]


def test_ibid_for_the_volume_of_a_chapter() -> None:
    chapter = "Frances Dunn, “Ferry Rights,” in Rivers of Exchange, ed. Oliver Marsh (Leiden: Brill, 1994), 40–66."
    linked = link_sources(article(chapter, "Tom Esk, “Tolls and Trust,” in ibid., 90–95."), None)
    first, second = linked.references
    assert (second.csl["title"], second.csl["container-title"]) == ("Tolls and Trust", "Rivers of Exchange")
    assert second.csl["issued"] == first.csl["issued"]


def test_ibid_in_brackets_behind_a_source_does_not_swallow_it(library: UserLibrary) -> None:
    assert [key for _, key, _ in cited(library, CARR[:-1] + "; (ibid., 13).")] == ["socialism", "socialism"]


def test_a_sample_is_no_note(library: UserLibrary) -> None:
    linked = link_sources(article(CARR, "The sample was small (see n 12) and later n 5 smaller."), library)
    assert not [cite for cite in linked.citations if cite.kind == "cross-reference" and cite.targets]


def test_ibid_looks_over_a_note_that_only_explains(library: UserLibrary) -> None:
    *_, ibid = cited(library, CARR, "Nobody knows.", "Ibid., 13.")
    assert ibid[1] == "socialism"


@pytest.mark.parametrize(
    ("notes", "reason"),
    [
        (("Ibid., 12.",), "cites no source that could be read"),
        ((CARR[:-1] + "; " + NOVE, "Ibid., 12."), "cites several sources"),
        (("Ibid., 12.", "Ibid., 13."), "is not known for sure"),
        ((CARR, "Nobody knows what the papers say.", "Ibid., 13."), "cites no source that could be read"),
        ((CARR, "He left in 1917.", "Ibid., 13."), "cites no source that could be read"),
        ((CARR, "Davies, op. cit., 12."), "no work by Davies cited before"),
        ((NOVE, NOTE, "Nove, op. cit., 12."), "2 works by Nove cited before"),
        ((CARR, "See note 7 above."), "note 7, which does not exist"),
        ((CARR[:-1] + "; " + NOVE, "Wie Anm. 1, S. 45."), "note 1, which cites several sources"),
        ((CARR, NOVE, "See notes 1–7."), "note 4, which does not exist"),
        (("Nobody knows.", "See note 1 above."), "note 1, which cites no source"),
        (("Marx, Capital, 12.",), "2 works have this author and title"),
        ((DAVIES, "Ibid., 200."), "page 200 lies outside 5–20"),
        ((DAVIES, NOVE, "Davies, op. cit., 200."), "does not fit: page 200 lies outside 5–20"),
    ],
)
def test_refusals_say_why(library: UserLibrary, notes: tuple[str, ...], reason: str) -> None:
    _, message = refused(library, *notes)
    assert reason in message


def test_what_ibid_could_mean_is_kept(library: UserLibrary) -> None:
    cite, _ = refused(library, CARR[:-1] + "; " + NOVE, "Ibid.")
    assert cite.status == "ambiguous"
    assert [candidate.key for candidate in cite.candidates] == sorted(
        ["socialism", "nove"], key=lambda key: [c.key for c in cite.candidates].index(key)
    )


def test_two_citations_of_one_work_are_one_source_for_ibid(library: UserLibrary) -> None:
    assert cited(library, CARR[:-1] + "; Carr, Socialism, 15.", "Ibid., 16.") == [("ibid", "socialism", "16")]


def test_a_later_note_may_be_pointed_to(library: UserLibrary) -> None:
    linked = link_sources(article("See note 2 below.", CARR), library)
    assert [cite.targets[0].key for cite in linked.citations] == ["socialism", "socialism"]


def test_another_edition_is_another_work(library: UserLibrary) -> None:
    assert cited(library, CARR.replace("1958", "1970")) == [("full", None, "12")]


def test_a_web_page_is_a_source() -> None:
    linked = link_sources(article("https://www.example.org/grain (accessed 3 May 2020).", "Ibid."), None)
    (ref,) = linked.references
    assert ref.csl["URL"] == "https://www.example.org/grain"
    assert [cite.targets[0].reference for cite in linked.citations] == [ref.id, ref.id]


def test_a_file_of_an_archive_is_one_source_and_its_leaf_the_place() -> None:
    given = article(
        "RGAE, f. 4372, op. 9, d. 12, l. 5.",
        "Ibid., l. 6.",
        "RGAE, f. 4372, op. 9, d. 12, l. 7.",
        "Ibid., d. 13, l. 1.",
    )
    linked = link_sources(given, None)
    ref, other = [ref for ref in linked.references if ref.csl.get("archive_location")]
    assert ref.csl["archive_location"].endswith("d. 12")
    assert other.csl["archive_location"] == "f. 4372, op. 9, d. 13"
    places = [(cite.locator, [target.reference for target in cite.targets]) for cite in linked.citations]
    assert places[:3] == [("l. 5", [ref.id]), ("l. 6", [ref.id]), ("l. 7", [ref.id])]
    assert places[3][1] == [other.id]


def test_a_library_work_has_its_full_statement(library: UserLibrary) -> None:
    linked = link_sources(article(CARR, "Carr, Socialism, 13."), library)
    (ref,) = linked.references
    assert (ref.key, ref.status, ref.block) == ("socialism", "linked", "b-1")
    assert ref.start is not None and linked.text[ref.start :].startswith("E. H. Carr")


def test_without_a_library_short_forms_find_the_first_statement() -> None:
    linked = link_sources(article(CARR, NOVE, "Carr, Socialism, 45.", "Nove, op. cit., 3."), None)
    assert len(linked.references) == 2
    targets = [cite.targets[0].reference for cite in linked.citations]
    assert targets[2:] == targets[:2]


@pytest.mark.parametrize(
    ("note", "relations"),
    [
        (CARR[:-1] + "; but see " + NOVE, ["supports", "contrast"]),
        ("See also " + CARR[:-1] + "; " + NOVE, ["see-also", "see-also"]),
        ("Quoted in " + NOVE, ["second-hand"]),
        ("Цит. по: Карр Э. История Советской России. М.: Прогресс, 1990. С. 5.", ["second-hand"]),
        ("Vgl. " + CARR, ["see-also"]),
    ],
)
def test_relations(library: UserLibrary, note: str, relations: list[str]) -> None:
    (claim,) = find_claims(link_sources(article(note), library)).claims
    assert [source.relation for source in claim.sources] == relations


POOL = (
    CARR, NOVE, BOTH, NOTE, "Ibid.", "Ibid., 5; " + NOVE, "Nove, op. cit., 3.", "Carr, Socialism, 4.", "See note 2 above.", "See notes 1–3.", "Nove, Economic History, cit., 5.",
    "Idem, “A Note on Trotsky,” 7.", "Nobody knows.", "SOC, 12.", "(hereafter SOC)", "RGAE, f. 1, op. 2, d. 3.", "Там же. С. 7.", "", "[{(",
)  # fmt: skip


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=7), st.booleans())
def test_every_citation_is_linked_or_refused_with_a_reason(
    library: UserLibrary, notes: list[str], given_library: bool
) -> None:
    linked = link_sources(article(*notes), library if given_library else None)
    about = {i for problem in linked.problems for i in problem.about}
    references = {ref.id for ref in linked.references}
    blocks = {block.id: block for block in linked.blocks}
    for cite in linked.citations:
        assert bool(cite.targets) != (cite.id in about)
        assert (cite.status == "linked") == bool(cite.targets)
        assert {target.reference for target in cite.targets} <= references
        (block,) = [blocks[i] for note in linked.notes if note.id == cite.note for i in note.blocks]
        assert block.start <= cite.start < cite.end <= block.end
    starts = sorted((cite.start, cite.end) for cite in linked.citations)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(starts))


@settings(max_examples=15, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(POOL), min_size=1, max_size=6), st.integers(0, 1000))
def test_the_order_of_the_library_plays_no_part(
    tmp_path_factory: pytest.TempPathFactory, library: UserLibrary, notes: list[str], seed: int
) -> None:
    entries = ENTRIES.split("\n\n")
    random.Random(seed).shuffle(entries)
    other = read_bib(tmp_path_factory.mktemp("shuffled"), "\n\n".join(entries))
    one, two = (link_sources(article(*notes), lib) for lib in (library, other))
    assert (one.citations, one.references) == (two.citations, two.references)


@settings(max_examples=15, derandomize=True, deadline=None)
@given(
    st.lists(st.sampled_from(POOL), min_size=1, max_size=6),
    st.lists(st.text("qxzkjw", min_size=5, max_size=9), min_size=1, max_size=4),
)
def test_unrelated_entries_play_no_part(
    tmp_path_factory: pytest.TempPathFactory, library: UserLibrary, notes: list[str], words: list[str]
) -> None:
    others = "\n\n".join(
        f"@book{{other{n}, author = {{{word.title()}, Q.}}, title = {{{word} {word}q}}, year = {{1850}}}}"
        for n, word in enumerate(words)
    )
    other = read_bib(tmp_path_factory.mktemp("more"), f"{ENTRIES}\n\n{others}\n")
    one, two = (link_sources(article(*notes), lib) for lib in (library, other))
    assert (one.citations, one.references) == (two.citations, two.references)


def test_a_pointer_leads_to_all_sources_of_its_notes(library: UserLibrary) -> None:
    linked = link_sources(article(CARR, NOVE[:-1] + "; " + DAVIES, "See notes 1–2 above."), library)
    cite = linked.citations[-1]
    assert cite.kind == "cross-reference"
    assert {target.key for target in cite.targets} == {"socialism", "nove", "davies-grain"}
