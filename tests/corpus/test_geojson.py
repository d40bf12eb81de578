"""Places as GeoJSON: RFC 7946's shape, every place once, and the way back."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.authorities import read_authority
from corpus.writers.geojson import read_geojson, write_geojson
from schemas.authorities import Authority
from schemas.errors import InputError
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import EntityCandidate, EntityValue

KIEV = Authority("LOC", "Kyiv", refs=("x:kyiv",), latitude="50.450", longitude="-30.52", place="Ukraine", type="city")
TEXT = "Kiev, Perm and Kiev; Stalin."


def place(start: int, end: int, cluster: str, ref: tuple[str, ...] = (), label: str = "LOC") -> Annotation:
    value = EntityValue(TEXT[start:end], cluster, ref=ref, candidates=(EntityCandidate("X", score=0.25),), role="r")
    return Annotation(f"e-{start}", "entity", label, start, end, value, "ner", 0.5)


ARTICLE = Article(
    id="a",
    source=Source("a.txt", "text/plain", "00", "utf-8"),
    metadata=Metadata(title="Places"),
    text=TEXT,
    blocks=(Block("b-1", "paragraph", 0, len(TEXT)),),
    annotations=(
        place(0, 4, "c-1", KIEV.refs),
        place(6, 10, "c-2"),
        place(15, 19, "c-1", KIEV.refs),
        place(21, 27, "c-3", label="PERSON"),
    ),
    authorities=(KIEV,),
)


def test_each_place_is_one_feature_and_one_without_coordinates_is_unlocated() -> None:
    made = json.loads(write_geojson(ARTICLE))
    assert made["type"] == "FeatureCollection"
    kiev, perm = made["features"]
    assert kiev["type"] == "Feature" and kiev["id"] == "c-1"
    assert kiev["geometry"] == {"type": "Point", "coordinates": [-30.52, 50.45]}  # longitude first
    assert kiev["properties"]["name"] == "Kyiv" and kiev["properties"]["names"] == ["Kiev"]
    assert kiev["properties"]["refs"] == ["x:kyiv"]
    assert [(m["start"], m["quote"]) for m in kiev["properties"]["mentions"]] == [(0, "Kiev"), (15, "Kiev")]
    assert perm["geometry"] is None and perm["properties"]["name"] == "Perm"


def test_mentions_come_back_as_they_were() -> None:
    found = read_geojson(write_geojson(ARTICLE), ARTICLE, "a.geojson")
    assert sorted(found.annotations, key=lambda ann: ann.start) == list(ARTICLE.annotations[:3])
    assert found.authorities == ARTICLE.authorities


def test_a_point_moved_on_a_map_moves_the_record_also_where_the_program_writes_mentions_as_text() -> None:
    made = json.loads(write_geojson(ARTICLE))
    made["features"][0]["geometry"]["coordinates"] = [30.52, 50.5]
    for feature in made["features"]:
        feature["properties"]["mentions"] = json.dumps(feature["properties"]["mentions"])
    found = read_geojson(json.dumps(made).encode(), ARTICLE, "a.geojson")
    assert (found.authorities[0].latitude, found.authorities[0].longitude) == ("50.5", "30.52")
    assert len(found.annotations) == 3


@pytest.mark.parametrize(
    "data",
    [b"{}", b"[]", b'{"type":"FeatureCollection","features":[{"properties":{"mentions":[{"id":"x"}]}}]}', b"\xff"],
)
def test_what_is_no_geojson_of_ours_is_told(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.geojson"):
        read_geojson(data, ARTICLE, "a.geojson")


def test_mentions_of_another_text_are_refused() -> None:
    other = msgspec.structs.replace(ARTICLE, text=TEXT.replace("Kiev", "Kyiv"))
    with pytest.raises(InputError, match="another article"):
        read_geojson(write_geojson(ARTICLE), other, "a.geojson")


def test_a_map_is_an_authority_file() -> None:
    (kyiv, perm), problems = read_authority(write_geojson(ARTICLE), "places.geojson")
    assert (kyiv.name, kyiv.aliases, kyiv.refs, kyiv.latitude, kyiv.longitude) == (
        "Kyiv",
        ("Kiev",),
        ("places.geojson#x%3Akyiv",),
        "50.45",
        "-30.52",
    )
    assert (perm.name, perm.label, perm.latitude) == ("Perm", "LOC", None)
    assert problems == []


DEGREES = st.decimals(-180, 180, places=6).map(str)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 8), st.sampled_from("abc")), max_size=6), DEGREES, DEGREES)
def test_law_4_places_come_back(spans: list[tuple[int, int, str]], latitude: str, longitude: str) -> None:
    annotations = tuple(
        msgspec.structs.replace(place(start, start + length, cluster, (f"x:{cluster}",)), id=f"e-{n}")
        for n, (start, length, cluster) in enumerate(sorted(spans))
    )
    record = Authority("LOC", "A", refs=("x:a",), latitude=latitude, longitude=longitude)
    article = msgspec.structs.replace(ARTICLE, annotations=annotations, authorities=(record,))
    found = read_geojson(write_geojson(article), article, "a.geojson")
    assert sorted(found.annotations, key=lambda ann: int(ann.id[2:])) == list(annotations)
    assert found.authorities == (record,)
