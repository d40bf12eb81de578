"""Articles as training data: CoNLL-U and DocBin keep every token and every name."""

from __future__ import annotations

import spacy
from spacy.tokens import DocBin

from annotate.training.tokens import write_conllu, write_docbin
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import EntityValue

TEXT = "Sutton saw Ford Motor Company.\n\nHe left."
ARTICLE = Article(
    id="a",
    source=Source("a.txt", "text/plain", "00", "utf-8"),
    metadata=Metadata(),
    text=TEXT,
    blocks=(Block("b-1", "paragraph", 0, 30), Block("b-2", "paragraph", 32, 40)),
    annotations=(
        Annotation("e-1", "entity", "PERSON", 0, 6, EntityValue("Sutton", "c"), "ner"),
        Annotation("e-2", "entity", "ORG", 11, 29, EntityValue("Ford", "d"), "ner"),
        Annotation("e-3", "entity", "PERSON", 11, 15, EntityValue("Ford", "e"), "ner"),
    ),
)


def test_conllu_gives_the_text_and_the_longest_names_back() -> None:
    rows = [line.split("\t") for line in write_conllu(ARTICLE).decode().split("\n") if line and line[0] != "#"]
    assert all(len(row) == 10 for row in rows)
    misc = [dict(pair.split("=") for pair in row[9].split("|")) for row in rows]
    spans = [tuple(map(int, pairs["Offset"].split(":"))) for pairs in misc]
    assert [TEXT[start:end] for start, end in spans] == [row[1] for row in rows]
    assert [pairs.get("Entity", "O") for pairs in misc][:6] == ["B-PERSON", "O", "B-ORG", "I-ORG", "I-ORG", "O"]


def test_docbin_keeps_names_that_overlap_beside_those_that_do_not() -> None:
    docs = list(DocBin().from_bytes(write_docbin(ARTICLE)).get_docs(spacy.blank("en").vocab))
    assert [doc.text for doc in docs] == ["Sutton saw Ford Motor Company.", "He left."]
    assert [(ent.text, ent.label_) for ent in docs[0].ents] == [("Sutton", "PERSON"), ("Ford Motor Company", "ORG")]
    assert [span.text for span in docs[0].spans["entity"]] == ["Sutton", "Ford Motor Company", "Ford"]
    assert docs[1].user_data["block"] == "b-2"
