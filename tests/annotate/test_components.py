"""Dates and figures as spaCy components."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
import spacy
from spacy.tokens import Doc

from annotate.annotators import components

TEXT = "In 1931 exports rose from 200,000 tons to 5 millions."


def read(*names: str) -> Doc:
    assert components.DATES == "dates"  # imported: the factories are registered also without the entry points
    nlp = spacy.blank("en")
    for name in names:
        nlp.add_pipe(name)
    return nlp(TEXT)


def test_figures_alone_find_no_year() -> None:
    doc = read("adfontes_figures")
    group = doc.spans["figures"]
    assert [(span.text, span.label_) for span in group] == [("200,000 tons", "QUANTITY"), ("5 millions", "QUANTITY")]
    values = [ann["value"]["value"] for ann in group.attrs["annotations"]]
    assert values == ["200000", "5000000"]


def test_figures_use_the_dates_before_them() -> None:
    doc = read("adfontes_dates", "adfontes_figures")
    assert [(span.text, span.label_) for span in doc.spans["dates"]] == [("1931", "YEAR")]
    assert doc.spans["dates"].attrs["annotations"][0]["value"]["edtf"] == "1931"
    assert len(doc.spans["figures"]) == 2


def test_offsets_are_characters_and_spans_whole_tokens() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("adfontes_figures")
    doc = nlp("it rose by 9%3 then")
    (ann,) = doc.spans["figures"].attrs["annotations"]
    assert doc.text[ann["start"] : ann["end"]] == "9%"
    assert doc.spans["figures"][0].start_char <= ann["start"]


def test_a_doc_survives_its_bytes_and_an_empty_text() -> None:
    doc = read("adfontes_dates", "adfontes_figures")
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again.spans["figures"].attrs == doc.spans["figures"].attrs
    nlp = spacy.blank("en")
    nlp.add_pipe("adfontes_figures")
    assert len(nlp("").spans["figures"]) == 0


def test_entry_points_lead_to_the_factories() -> None:
    found = {point.name: point.value for point in entry_points(group="spacy_factories")}
    if "adfontes_figures" not in found:
        pytest.skip("the package was installed before it had these entry points: pip install -e .")
    assert found["adfontes_figures"] == "annotate.annotators.components:make_figures"
    assert found["adfontes_dates"] == "annotate.annotators.components:make_dates"
