"""Authority files as people make them: forms, headings, faults with file and line, hostile rows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.authorities import merge_records, read_authorities, read_authority
from corpus.authorities.uris import SCHEMES, read_id, scheme_of, to_uri
from schemas.authorities import Authority
from schemas.errors import InputError

CSV = """name,type,id,aliases,born,died,note,Wikidata,lat,lon
"Stalin, Joseph",person,stalin,Koba|Сталин,18 December 1878,1953-03-05,General Secretary,Q855,,
Kiev,city,gn:703448,Kyiv,,,,,50.45,30.52
"""
LINES = """{"name": "Stalin, Joseph", "type": "person", "id": "stalin", "aliases": ["Koba", "Сталин"], "birth": "1878-12-18", "death": "1953-03-05", "description": "General Secretary", "wikidata": "Q855"}
{"name": "Kiev", "type": "city", "geonames": 703448, "aliases": "Kyiv", "coordinates": "50.45, 30.52"}
"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff>
<listPerson><person xml:id="stalin"><persName type="main"><forename>Joseph</forename> <surname>Stalin</surname></persName>
<persName>Koba</persName><persName>Сталин</persName><birth when="1878-12-18"/><death when="1953-03-05"/>
<idno type="Wikidata">http://www.wikidata.org/entity/Q855</idno><occupation>General Secretary</occupation></person></listPerson>
<listPlace><place type="city"><placeName>Kiev</placeName><placeName>Kyiv</placeName>
<location><geo>50.45 30.52</geo></location><idno type="GeoNames">703448</idno></place></listPlace></standOff></TEI>"""


def records(data: str, name: str) -> list[Authority]:
    found, problems = read_authority(data.encode(), name)
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("data", "name", "stalin"),
    [
        (CSV, "p.csv", "Stalin, Joseph"),
        (CSV.replace(",", ";").replace('"Stalin; Joseph"', '"Stalin, Joseph"'), "p.csv", "Stalin, Joseph"),
        (CSV.replace('"Stalin, Joseph"', "Joseph Stalin").replace(",", "\t"), "p.tsv", "Joseph Stalin"),
        (LINES, "p.jsonl", "Stalin, Joseph"),
        (TEI, "p.xml", "Joseph Stalin"),
        (TEI.replace(' xmlns="http://www.tei-c.org/ns/1.0"', ""), "p.xml", "Joseph Stalin"),
    ],
)
def test_every_form_says_the_same(data: str, name: str, stalin: str) -> None:
    person, place = records(data, name)
    assert person == Authority(
        "PERSON",
        stalin,
        aliases=("Koba", "Сталин"),
        refs=(f"{name}#stalin", "http://www.wikidata.org/entity/Q855"),
        begin="1878-12-18",
        end="1953-03-05",
        description="General Secretary",
        source=name,
    )
    assert (place.label, place.name, place.type, place.aliases) == ("LOC", "Kiev", "city", ("Kyiv",))
    assert (place.refs, place.latitude, place.longitude) == (("https://sws.geonames.org/703448/",), "50.45", "30.52")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets(encoding: str) -> None:
    rows = "name,type\n" + "".join(f"Köln und Düsseldorf {n},city\n" for n in range(20))
    found, _ = read_authority(rows.encode(encoding), "a.csv")
    assert found[0].name == "Köln und Düsseldorf 0"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",person,,,,,,,,", "no name"),
        ("X,spaceship,,,,,,,,", "unknown type 'spaceship'"),
        ("X,,,,,,,,,", "no type"),
        ("X,person,,,soon,,,,,", "'soon' is no date"),
        ("X,person,,,,,,Stalin,,", "no id of Wikidata"),
        ("X,place,,,,,,,95,10", "no coordinates"),
        ("X,place,,,,,,,50,", "no coordinates"),
        ("X,person,,,,,,,,,,,,more", "14 cells"),
    ],
)
def test_faults_of_a_row_are_told_with_file_and_line(row: str, said: str) -> None:
    found, (problem,) = read_authority((CSV + "\n" + row + "\n").encode(), "p.csv")
    assert said in problem.message
    assert problem.where == "p.csv:5"
    assert problem.hint
    assert len(found) >= 2


def test_an_unknown_column_is_told_once() -> None:
    _, (problem,) = read_authority(b"name,type,colour\nA,person,red\nB,person,blue\n", "p.csv")
    assert "'colour'" in problem.message and problem.where == "p.csv:1" and "aliases" in problem.hint
    _, problems = read_authority(b'{"name":"A","type":"person","colour":1}\n' * 2, "p.jsonl")
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"name,colour\nA,red\n", "line 1: the heading row has no column 'type'"),
        (b"Stalin,person\n", "no column 'name'"),
        (b'name,type\n"A,person\n', "line 2"),
        (b'{"name": "A", "type": "person"}\n{broken\n', "line 2"),
        (b"[1]\n", "line 1"),
        (b"<TEI><text/></TEI>", "without listPerson"),
        (b"%PDF-1.4", "PDF"),
        (b"\x00\x01\x02" * 50, "p.csv"),
    ],
)
def test_what_is_no_authority_file_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_authority(data, "p.csv")


def test_files_without_a_record_or_missing(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("name,type\n,\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds no authority record"):
        read_authorities([tmp_path / "empty.csv"])
    with pytest.raises(InputError, match="no such file"):
        read_authorities([tmp_path / "none.csv"])


def test_records_that_share_a_uri_are_one_and_the_order_is_nothing() -> None:
    rows = [
        Authority("PERSON", "Stalin, Joseph", refs=("a#1", "x:Q855"), source="a"),
        Authority("PERSON", "Сталин", refs=("x:Q855", "b#7"), begin="1878", source="b"),
        Authority("PERSON", "Koba", refs=("b#7",), end="1953", source="c"),
        Authority("LOC", "Stalin", refs=("x:Q855",), source="a"),
    ]
    merged = merge_records(rows)
    assert len(merged) == 2
    person = merged[1]
    assert set(person.aliases) | {person.name} == {"Stalin, Joseph", "Сталин", "Koba"}
    assert (person.begin, person.end, set(person.refs)) == ("1878", "1953", {"a#1", "x:Q855", "b#7"})
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert merge_records(rows) == merged


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_uri_of_a_scheme_is_itself_and_known(scheme: str) -> None:
    ids = {
        "wikidata": "Q42",
        "gnd": "118642499",
        "isni": "0000000121032683",
        "lcnaf": "n79021164",
        "orcid": "0000-0002-1825-0097",
    }
    uri = to_uri(scheme, ids.get(scheme, "7012149"))
    assert uri is not None
    assert to_uri(scheme, uri) == uri == read_id(uri, "f")
    assert scheme_of(uri) == SCHEMES[scheme].name
    assert to_uri(scheme, "Moscow") is None


HOSTILE = st.text(st.sampled_from('",;\t\n\r|<>&{}[]\\ \x00\ud800\u202e\u2028A1é=@') | st.characters(), max_size=20)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), max_size=5))
def test_hostile_rows_give_records_problems_or_one_error(rows: list[tuple[str, str, str]]) -> None:
    text = "name,type,id,dates\n" + "\n".join(f"{a},person,{b},{c}" for a, b, c in rows)
    data = text.encode("utf-8", "surrogatepass")
    try:
        found, problems = read_authority(data, "p.csv")
    except InputError as error:
        assert "\n" not in str(error)
        return
    assert all(record.name == " ".join(record.name.split()) and record.name for record in found)
    assert all(problem.where and problem.where.startswith("p.csv:") for problem in problems)
    assert all(" " not in ref and ref.isprintable() for record in found for ref in record.refs)


@pytest.mark.fuzz
@settings(max_examples=10_000, derandomize=True, deadline=None)
@given(st.binary(max_size=200) | HOSTILE.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_fuzz_bytes(data: bytes) -> None:
    for head in (b"", b"name,type\n", b"{", b"<listPerson>"):
        try:
            read_authority(head + data, "p.csv")
        except InputError:
            continue
