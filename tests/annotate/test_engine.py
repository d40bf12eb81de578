"""The crossing to spaCy: Docs equal their blocks, and hostile text does not hang."""

from __future__ import annotations

import pytest
import spacy

from annotate.engine import MAX_BLOCK, _BoundedTokenizer, load_model, parse_blocks
from schemas.errors import InputError, MissingPartError
from schemas.records import Article, Block, Metadata, Source

NLP = spacy.blank("en")
NLP.tokenizer = _BoundedTokenizer(NLP.tokenizer)


def article(*texts: str) -> Article:
    blocks, position = [], 0
    for number, text in enumerate(texts):
        blocks.append(Block(f"b-{number}", "paragraph", position, position + len(text)))
        position += len(text) + 2
    source = Source("a.txt", "text/plain", "", "utf-8")
    return Article(id="a", source=source, metadata=Metadata(), text="\n\n".join(texts), blocks=tuple(blocks))


def test_each_block_is_a_doc_and_each_article_comes_out() -> None:
    articles = [article("One two.", "Three"), article(), article("Four")]
    found = list(parse_blocks(articles, NLP))
    assert [a for a, _ in found] == articles
    assert [[doc.text for doc in docs.values()] for _, docs in found] == [["One two.", "Three"], [], ["Four"]]


@pytest.mark.parametrize("text", ["." * 100_000, "a " + "(" * 3000 + " b", "x" * 1001, " " * 2000, "é" * 700 + " 𝔊."])
def test_long_runs_are_tokens_and_the_text_stays(text: str) -> None:
    assert NLP(text).text == text


def test_a_block_that_is_too_long_is_refused_with_advice() -> None:
    with pytest.raises(InputError, match=r"a\.txt.*line breaks"):
        list(parse_blocks([article("x" * (MAX_BLOCK + 1))], NLP))


def test_an_unknown_model_is_a_missing_part() -> None:
    with pytest.raises(MissingPartError, match="no spaCy pipeline 'xx_none'"):
        load_model("xx_none")
