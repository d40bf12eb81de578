"""The entity layer: labels, edges, peoples, and the blocks it leaves alone. Docs are built by hand."""

from __future__ import annotations

import msgspec
import pytest
import spacy
from spacy.tokens import Doc

from annotate.annotators.entities import (
    annotate_entities,
    find_names,
    load_demonyms,
    plural_demonym,
    trim_span,
)
from schemas.records import Annotation, Article, Block, BlockKind, Metadata, Source
from schemas.values import DateValue, EntityValue

NLP = spacy.blank("en")
DEMONYMS = load_demonyms()


def predicted(text: str, *names: tuple[str, str]) -> Doc:
    """A Doc in which a recogniser found these names with these labels, each at its first place."""
    doc = NLP.make_doc(text)
    spans = []
    for name, label in names:
        start = text.index(name)
        span = doc.char_span(start, start + len(name), label=label)
        assert span is not None, f"{name!r} does not end where tokens end"
        spans.append(span)
    doc.set_ents(spans, default="outside")
    return doc


def article_of(*parts: tuple[BlockKind, Doc], dates: tuple[Annotation, ...] = ()) -> tuple[Article, dict[str, Doc]]:
    """An article of these blocks with a blank line between them, and its Docs."""
    text, blocks, docs = "", [], {}
    for number, (kind, doc) in enumerate(parts, start=1):
        start = len(text)
        text += doc.text
        blocks.append(Block(f"b-{number}", kind, start, len(text)))
        docs[f"b-{number}"] = doc
        text += "\n\n"
    source = Source(name="a.txt", media_type="text/plain", sha256="", encoding="utf-8")
    article = Article(id="a", source=source, metadata=Metadata(), text=text, blocks=tuple(blocks), annotations=dates)
    return article, docs


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(doc.text[name.start : name.end], name.label) for name in find_names(doc, DEMONYMS)]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("PERSON", "PERSON"),
        ("PER", "PERSON"),
        ("ORG", "ORG"),
        ("GPE", "LOC"),
        ("FAC", "LOC"),
        ("LOC", "LOC"),
        ("EVENT", "EVENT"),
        ("WORK_OF_ART", "WORK"),
        ("WORK", "WORK"),
        ("NORP", "GROUP"),
        ("DATE", None),
        ("CARDINAL", None),
        ("MISC", None),
    ],
)
def test_labels_of_other_pipelines(theirs: str, ours: str | None) -> None:
    doc = predicted("They wrote of Karaganda at length.", ("Karaganda", theirs))
    assert found(doc) == ([("Karaganda", ours)] if ours else [])


@pytest.mark.parametrize(
    ("text", "span", "label", "kept"),
    [
        ("by Albert Kahn\nof Detroit", "Albert Kahn\n", "PERSON", "Albert Kahn"),
        ("by\nAlbert Kahn of Detroit", "\nAlbert Kahn", "PERSON", "Albert Kahn"),
        ("Albert\nKahn of Detroit", "Albert\nKahn", "PERSON", "Albert\nKahn"),
        ("He read “Das Kapital”.", "“Das Kapital”", "WORK", "Das Kapital"),
        ("in Gorky, where", "Gorky,", "LOC", "Gorky"),
        ("in the U.S. too", "the U.S.", "LOC", "U.S."),
        ("The Hague and the Ruhr", "The Hague", "LOC", "The Hague"),
        (
            "the European Coal Community (ECSC) met",
            "European Coal Community (ECSC)",
            "ORG",
            "European Coal Community (ECSC)",
        ),
        ("(the Ruhr) was", "Ruhr)", "LOC", "Ruhr"),
        ("as Lobeck. 55 has it", "Lobeck.", "PERSON", "Lobeck."),  # an abbreviation, by what follows
        ("as did Lobeck. He said", "Lobeck.", "PERSON", "Lobeck"),
        ("read Stalin's letter", "Stalin's", "PERSON", "Stalin"),
        ("insured at Lloyd's then", "Lloyd's", "ORG", "Lloyd's"),
        ("a line — of dashes", "—", "ORG", None),
        ("the 1931 of them", "the 1931", "EVENT", None),
    ],
)
def test_edges_of_names(text: str, span: str, label: str, kept: str | None) -> None:
    (ent,) = predicted(text, (span, label)).ents if span.strip() == span else [_raw_span(text, span, label)]
    trimmed = trim_span(ent, label)
    assert (trimmed.text if trimmed is not None else None) == kept


@pytest.mark.parametrize(
    ("text", "span", "kept"),
    [
        ("in the Soviet Union1 and", "Soviet Union1", "Soviet Union"),
        ("in Magnitogorsk² and", "Magnitogorsk²", "Magnitogorsk"),
        ("when the G20 met", "G20", "G20"),
        ("a U2 flew", "U2", "U2"),
        # the tokenizer takes the stop of a sentence for that of an initial
        ("after World War I. The peace", "World War I.", "World War I"),
        ("in Auschwitz I.", "Auschwitz I.", "Auschwitz I"),
        ("in Auschwitz I.\nwas built", "Auschwitz I.", "Auschwitz I."),
        ("of the firm Mayer S. A. In May", "Mayer S. A.", "Mayer S. A."),
    ],
)
def test_note_numbers_are_no_part_of_a_name(text: str, span: str, kept: str) -> None:
    assert found(predicted(text, (span, "ORG"))) == [(kept, "ORG")]


@pytest.mark.parametrize(
    ("text", "predictions", "names"),
    [
        # the whole span is a demonym
        ("the Soviet economy", [("Soviet", "LOC")], [("Soviet", "GROUP")]),
        ("two Germans came", [("Germans", "PERSON")], [("Germans", "GROUP")]),
        ("for the British alone", [("the British", "ORG")], [("British", "GROUP")]),
        # the span goes on with common nouns
        ("the Soviet regime fell", [("Soviet regime", "LOC")], [("Soviet", "GROUP")]),
        ("the Soviet regime fell", [("Soviet regime", "ORG")], [("Soviet regime", "ORG")]),
        # a longer name stays what it is
        ("in the Soviet Union", [("Soviet Union", "LOC")], [("Soviet Union", "LOC")]),
        ("Roman Jakobson wrote", [("Roman Jakobson", "PERSON")], [("Roman Jakobson", "PERSON")]),
        ("the Russian Revolution", [("Russian Revolution", "EVENT")], [("Russian Revolution", "EVENT")]),
        ("Americans read The American", [("The American", "WORK")], [("Americans", "GROUP"), ("The American", "WORK")]),
        # nothing was predicted
        ("as American engineers say", [], [("American", "GROUP")]),
        ("Englishmen and Frenchmen", [], [("Englishmen", "GROUP"), ("Frenchmen", "GROUP")]),
        ("an Anglo-American bank", [], [("Anglo-American", "GROUP")]),
        ("the Soviet-American trade", [], [("Soviet", "GROUP"), ("American", "GROUP")]),
        ("an anti-Soviet plot", [], [("Soviet", "GROUP")]),
        ("the Russo-\nJapanese border", [], [("Japanese", "GROUP")]),
        ("the East Germans and South African gold", [], [("East Germans", "GROUP"), ("South African", "GROUP")]),
        ("the South African gold", [("South African", "LOC")], [("South African", "GROUP")]),
        ("far to the east Germans came", [], [("Germans", "GROUP")]),
        # a language, a verb, a note number
        ("written in German, not in French", [], []),
        ("in German towns", [], [("German", "GROUP")]),
        ("to polish a lens", [], []),
        ("paid by the Americans12", [], [("Americans", "GROUP")]),
    ],
)
def test_peoples(text: str, predictions: list[tuple[str, str]], names: list[tuple[str, str]]) -> None:
    assert found(predicted(text, *predictions)) == names


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("German", "Germans"),
        ("Roman", "Romans"),
        ("Dutchman", "Dutchmen"),
        ("Frenchwoman", "Frenchwomen"),
        ("Scotsman", "Scotsmen"),
        ("Ottoman", "Ottomans"),
        ("Czech", "Czechs"),
        ("Dutch", "Dutch"),
        ("Welsh", "Welsh"),
        ("Chinese", "Chinese"),
        ("Swiss", "Swiss"),
        ("Iraqi", "Iraqis"),
    ],
)
def test_plurals(singular: str, plural: str) -> None:
    assert plural_demonym(singular) == plural
    assert {singular.casefold(), plural.casefold()} <= DEMONYMS.words


def test_demonyms_are_listed_once() -> None:
    assert len(DEMONYMS.words) > 300
    assert "norman" not in DEMONYMS.words and "normans" in DEMONYMS.words


@pytest.mark.parametrize("kind", ["reference", "affiliation", "author"])
def test_lists_of_names_are_not_read(kind: BlockKind) -> None:
    article, docs = article_of(
        (kind, predicted("Sutton, British industry. Moscow", ("Moscow", "LOC"))),
        ("note", predicted("It was printed in Moscow", ("Moscow", "LOC"))),
    )
    anns = list(annotate_entities(article, docs))
    assert [article.quote(ann) for ann in anns] == ["Moscow"]
    assert anns[0].start >= article.blocks[1].start


def test_offsets_count_code_points_of_the_article() -> None:
    article, docs = article_of(
        ("heading", predicted("𝔗rade")),
        ("paragraph", predicted("𝔇ear Ford\nMotor Company", ("Ford\nMotor Company", "ORG"))),
    )
    (ann,) = annotate_entities(article, docs)
    assert article.quote(ann) == "Ford\nMotor Company"
    assert isinstance(ann.value, EntityValue)
    assert (ann.layer, ann.label, ann.value.name) == ("entity", "ORG", "Ford Motor Company")
    assert (ann.made_by, ann.confidence) == ("ner", None)


def test_one_cluster_for_one_name_and_label() -> None:
    article, docs = article_of(
        ("paragraph", predicted("Ford wrote", ("Ford", "PERSON"))),
        ("paragraph", predicted("to FORD.", ("FORD", "PERSON"))),
        ("paragraph", predicted("The Ford works", ("Ford", "ORG"))),
        ("paragraph", predicted("Henry Ford ran Ford Motor", ("Henry Ford", "PERSON"), ("Ford Motor", "ORG"))),
    )
    anns = list(annotate_entities(article, docs))
    clusters = [ann.value.cluster for ann in anns if isinstance(ann.value, EntityValue)]
    assert clusters[0] == clusters[1] != clusters[2]
    assert len({ann.id for ann in anns}) == 5
    assert list(annotate_entities(article, docs)) == anns


def test_a_later_paragraph_changes_no_earlier_id() -> None:
    first: tuple[BlockKind, Doc] = ("paragraph", predicted("Ford wrote", ("Ford", "PERSON")))
    last: tuple[BlockKind, Doc] = ("paragraph", predicted("to Ford", ("Ford", "PERSON")))
    (alone,) = annotate_entities(*article_of(first))
    assert next(iter(annotate_entities(*article_of(first, last)))) == alone


@pytest.mark.parametrize(("kind", "kept"), [("MONTH", []), ("NAMED", ["May"])])
def test_calendar_dates_are_no_names(kind: str, kept: list[str]) -> None:
    value = msgspec.convert({"kind": kind, "earliest": None, "latest": None, "edtf": None}, DateValue)
    date = Annotation("d-1", "date", kind, 3, 11, value, "dates")
    article, docs = article_of(("paragraph", predicted("In May 1931 it rained", ("May", "PERSON"))), dates=(date,))
    assert [article.quote(ann) for ann in annotate_entities(article, docs)] == kept


@pytest.mark.slow
def test_shipped_model_finds_plain_names() -> None:
    from annotate.model import DEFAULT_MODEL

    nlp = spacy.load(DEFAULT_MODEL)
    assert nlp.pipe_names == ["adfontes_ner"]
    assert nlp.meta["license"] == "CC-BY-SA-4.0"
    assert not set(nlp.get_pipe("adfontes_ner").labels) - {"PERSON", "ORG", "LOC", "EVENT", "WORK"}  # type: ignore[attr-defined]
    doc = nlp(
        "In Moscow the Ford Motor Company signed a contract that Joseph Stalin had read, "
        "and the Soviet side paid in gold."
    )
    names = found(doc)
    assert ("Ford Motor Company", "ORG") in names
    assert ("Joseph Stalin", "PERSON") in names
    assert ("Moscow", "LOC") in names
    assert ("Soviet", "GROUP") in names


def _raw_span(text: str, name: str, label: str) -> spacy.tokens.Span:
    """A span that spaCy itself would not keep as an entity, because it begins or ends with white space."""
    doc = NLP.make_doc(text)
    start = text.index(name)
    span = doc.char_span(start, start + len(name), label=label)
    assert span is not None
    return span


def test_the_article_votes_on_the_label_of_a_name() -> None:
    parts = [("paragraph", predicted("The Politburo met", ("Politburo", label))) for label in ("ORG", "PERSON", "ORG")]
    article, docs = article_of(*parts)  # type: ignore[arg-type]
    assert [ann.label for ann in annotate_entities(article, docs)] == ["ORG", "ORG", "ORG"]


def test_a_tie_changes_no_label() -> None:
    parts = [("paragraph", predicted("The Politburo met", ("Politburo", label))) for label in ("ORG", "PERSON")]
    article, docs = article_of(*parts)  # type: ignore[arg-type]
    assert [ann.label for ann in annotate_entities(article, docs)] == ["ORG", "PERSON"]


@pytest.mark.parametrize(
    ("second", "kept"), [("a zero", []), ("a sum", ["Zero"]), ("by Zero himself, a zero", ["Zero", "Zero"])]
)
def test_a_word_that_only_opens_sentences_and_is_small_elsewhere_is_no_name(second: str, kept: list[str]) -> None:
    names = [("Zero", "PERSON")] if "Zero" in second else []
    article, docs = article_of(
        ("paragraph", predicted("Zero was lost", ("Zero", "PERSON"))),
        ("paragraph", predicted(f"It was {second}", *names)),
    )
    assert [article.quote(ann) for ann in annotate_entities(article, docs)] == kept


def test_formulas_and_words_without_a_capital_are_nobody() -> None:
    article, docs = article_of(
        ("paragraph", predicted("The CO2 rose by m tons", ("CO2", "PERSON"), ("m", "PERSON"))),
        ("paragraph", predicted("The G20 met", ("G20", "ORG"))),
    )
    assert [article.quote(ann) for ann in annotate_entities(article, docs)] == ["G20"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Germany, Britain and the United States", ["Germany", "Britain", "United States"]),
        ("Britain and the United States", ["Britain", "United States"]),
        ("Bosnia and Herzegovina", ["Bosnia and Herzegovina"]),
        ("Cleveland, Ohio", ["Cleveland, Ohio"]),
        ("New York and Paris", ["New York", "Paris"]),
        ("Newfoundland and Labrador", ["Newfoundland and Labrador"]),
        ("Queen and Bathurst Streets", ["Queen and Bathurst Streets"]),
        ("Church of Peter and Paul", ["Church of Peter and Paul"]),
    ],
)
def test_a_list_of_places_is_several(text: str, places: list[str]) -> None:
    article, docs = article_of(("paragraph", predicted(f"It saw {text} in ruins", (text, "LOC"))))
    assert [article.quote(ann) for ann in annotate_entities(article, docs)] == places


def test_two_people_read_as_one_are_two() -> None:
    text = "So Eichengreen and Sachs, and King Ferdinand and Queen Isabella"
    doc = predicted(text, ("Eichengreen and Sachs", "PERSON"))
    article, docs = article_of(("paragraph", doc))
    assert [article.quote(ann) for ann in annotate_entities(article, docs)] == ["Eichengreen", "Sachs"]


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (["Sachs compared them"], "PERSON"),
        (["He lived in Sachs then"], "LOC"),
        (["Sachs fell", "Sachs rose again"], "LOC"),  # more often than the full name
    ],
)
def test_an_author_of_the_notes_is_no_place(texts: list[str], label: str) -> None:
    article, docs = article_of(
        *(("paragraph", predicted(text, ("Sachs", "LOC"))) for text in texts),
        ("note", predicted("By Jeffrey Sachs in 1985", ("Jeffrey Sachs", "PERSON"))),
    )
    assert next(ann.label for ann in annotate_entities(article, docs)) == label


def test_two_places_read_as_one_inside_a_list_are_two() -> None:
    text = "It saw Spain, Germany, France and others in ruins"
    article, docs = article_of(("paragraph", predicted(text, ("Spain", "LOC"), ("Germany, France", "LOC"))))
    assert [article.quote(ann) for ann in annotate_entities(article, docs)] == ["Spain", "Germany", "France"]


def test_a_body_in_quotation_marks_is_defined_in_the_bracket_behind() -> None:
    text = "The “Currency Commission” (Valiutnaya Komissiya) sat"
    doc = predicted(text, ("Currency Commission", "ORG"), ("Valiutnaya Komissiya", "PERSON"))
    article, docs = article_of(("paragraph", doc))
    assert [ann.label for ann in annotate_entities(article, docs)] == ["ORG", "ORG"]


def test_a_name_defined_as_a_body_is_one_everywhere() -> None:
    article, docs = article_of(
        (
            "paragraph",
            predicted("The Planning Committee (Gosplan) met", ("Planning Committee", "ORG"), ("Gosplan", "LOC")),
        ),
        ("paragraph", predicted("To Gosplan he wrote", ("Gosplan", "PERSON"))),
    )
    assert [ann.label for ann in annotate_entities(article, docs)] == ["ORG", "ORG", "ORG"]
