"""Each layer around the model can be switched off, and then does nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import spacy
from spacy.tokens import Doc

from annotate.annotators.entities import annotate_entities
from annotate.annotators.entity_layers import EntityLayers
from annotate.config import as_strings, read_config
from schemas.errors import UsageError
from schemas.records import Annotation, Article, Block, BlockKind, Metadata, Source
from schemas.values import DateValue

NLP = spacy.blank("en")


def predicted(text: str, *names: tuple[str, str]) -> Doc:
    doc = NLP.make_doc(text)
    spans = [doc.char_span(text.index(name), text.index(name) + len(name), label=label) for name, label in names]
    doc.set_ents([span for span in spans if span is not None], default="outside")
    return doc


def names(*docs: Doc, kind: BlockKind = "paragraph", found: tuple[Annotation, ...] = (), **switches: bool) -> list[str]:
    """Label and words of each name in an article of these paragraphs; ``found`` are the layers before."""
    text, blocks = "", []
    for number, doc in enumerate(docs):
        blocks.append(Block(f"b-{number}", kind, len(text), len(text) + len(doc.text)))
        text += doc.text + "\n\n"
    source = Source(name="a.txt", media_type="text/plain", sha256="", encoding="utf-8")
    article = Article(id="a", source=source, metadata=Metadata(), text=text, blocks=tuple(blocks), annotations=found)
    made = annotate_entities(article, {f"b-{n}": doc for n, doc in enumerate(docs)}, layers=EntityLayers(**switches))
    return [f"{ann.label} {article.quote(ann)}" for ann in made]


def test_zones() -> None:
    doc = predicted("Sutton, British Industry", ("Sutton", "PERSON"))
    assert names(doc, kind="reference") == []
    assert names(doc, kind="reference", zones=False, demonyms=False) == ["PERSON Sutton"]


def test_demonyms() -> None:
    doc = predicted("the Soviet side and American gold", ("Soviet", "LOC"))
    assert names(doc) == ["GROUP Soviet", "GROUP American"]
    assert names(doc, demonyms=False) == ["LOC Soviet"]


def test_dates() -> None:
    value = msgspec.convert({"kind": "MONTH", "earliest": None, "latest": None, "edtf": None}, DateValue)
    date = Annotation("d-1", "date", "MONTH", 3, 11, value, "dates")
    doc = predicted("In May 1931 it rained", ("May", "PERSON"))
    assert names(doc, found=(date,)) == []
    assert names(doc, found=(date,), dates=False) == ["PERSON May"]


def test_lists() -> None:
    doc = predicted("in France, Italy and the Saar", ("France, Italy and the Saar", "LOC"))
    assert names(doc) == ["LOC France", "LOC Italy", "LOC Saar"]
    assert names(doc, lists=False) == ["LOC France, Italy and the Saar"]


def test_vote() -> None:
    docs = [predicted("the Politburo met", ("Politburo", label)) for label in ("ORG", "PERSON", "ORG")]
    assert names(*docs) == ["ORG Politburo"] * 3
    assert names(*docs, vote=False) == ["ORG Politburo", "PERSON Politburo", "ORG Politburo"]


def test_veto() -> None:
    docs = [predicted("Grain rose", ("Grain", "ORG")), predicted("the grain fell")]
    assert names(*docs) == []
    assert names(*docs, veto=False) == ["ORG Grain"]


def test_classics() -> None:
    doc = predicted("see Thuc. 1.22 on it", ("Thuc. 1.22", "WORK"))
    assert names(doc) == ["PERSON Thuc."]
    assert names(doc, classics=False) == ["WORK Thuc. 1.22"]
    assert names(doc, kind="reference") == []


def test_the_configuration_switches_them(tmp_path: Path) -> None:
    assert read_config(tmp_path).entities == EntityLayers()
    (tmp_path / "adfontes.toml").write_text("[entities]\nvote = false\n", encoding="utf-8")
    config = read_config(tmp_path)
    assert config.entities == EntityLayers(vote=False)
    assert as_strings(config) == {"entities": "without vote"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[entities]\nvotes = false", r"\[entities\]: unknown key 'votes'; the known keys are zones, .*vote"),
        ("[entities]\nvote = 'no'", "Expected `bool`"),
        ("entities = 3", "Expected `object`"),
    ],
)
def test_wrong_switches_are_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "adfontes.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_config(tmp_path)
