"""JSON Lines: texts taken exactly as they are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import read
from schemas.errors import InputError
from schemas.offsets import restore_source

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


def test_each_line_is_an_article() -> None:
    lines = [{"id": "a", "text": "It rose in 1931.3\u2028Then"}, {"id": "b", "text": " two ", "other": [1]}]
    articles = read("\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode(), "x.jsonl")
    assert [(article.id, article.text) for article in articles] == [("a", lines[0]["text"]), ("b", " two ")]
    first = articles[0]
    assert not first.markers
    assert not first.edits
    assert [(block.kind, block.start, block.end) for block in first.blocks] == [("paragraph", 0, len(first.text))]
    assert first.source.coordinates == "text"


def test_content_goes_before_the_name() -> None:
    assert read(b'{"id": "1", "text": "Grain"}\n', "data.txt")[0].id == "1"
    assert read(b"{not json} Grain rose.\n", "data.txt")[0].text == "{not json} Grain rose."


@pytest.mark.parametrize(
    "bad", [b"{", b'{"id": 1, "text": "x"}', b'{"id": "1"}', b"[]", b'{"id": "1", "text": "\\ud800"}', b"\xff"]
)
def test_a_bad_line_is_named(bad: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.jsonl, line 2"):
        read(b'{"id": "a", "text": "fine"}\n' + bad, "x.jsonl")


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_text_is_its_own_source(texts: list[str]) -> None:
    data = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts)).encode()
    articles = read(data, "x.jsonl")
    assert [article.text for article in articles] == texts
    for article in articles:
        assert restore_source(article.text, article.offsets, article.edits) == article.text
