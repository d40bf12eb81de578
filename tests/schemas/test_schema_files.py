"""The committed JSON Schemas are those of the records, and what we write fits them."""

from __future__ import annotations

import json

import jsonschema
import pytest

from schemas.generate import FILES, HERE, json_schema
from schemas.records import Article, Block, Metadata, Source, encode_article


@pytest.mark.parametrize("name", FILES)
def test_committed_schema_is_fresh(name: str) -> None:
    assert (HERE / name).read_bytes() == json_schema(FILES[name]), "run: python -m schemas.generate"


def test_an_article_fits_its_schema() -> None:
    article = Article(
        id="a-1",
        source=Source("a.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(title="Grain"),
        text="Grain",
        blocks=(Block("b-1", "title", 0, 5),),
    )
    schema = json.loads((HERE / "article.schema.json").read_bytes())
    jsonschema.validate(json.loads(encode_article(article)), schema)
    broken = json.loads(encode_article(article))
    broken["blocks"][0]["kind"] = "chapter"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)
