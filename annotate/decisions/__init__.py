"""Human decisions: found in a corrected file, kept beside the paper, and honoured by every later run.

``differences`` makes them of two articles, ``files`` reads and appends ``paper.decisions.jsonl``, ``apply`` lays them on
an article. The ``body`` of a decision says what stands now:

- an annotation: ``{"layer", "label", "value"}``; its span is the target;
- a link of a citation: ``{"targets": [{"reference", "key"}]}``; of a marker: ``{"note"}``, and of one that a person put in ``{"note", "label"}``;
- words or blocks of the text: ``{"text"}``, ``{"text", "blocks"}`` (``texts``);
- something taken back: ``{"verdict": "rejected"}``.

``was`` is the machine's reading with its id; without it the decision adds something.
"""

from annotate.decisions.apply import apply_to_annotations, apply_to_links, apply_to_markers, settle
from annotate.decisions.differences import decisions_between
from annotate.decisions.files import append_decisions, load_decisions, load_decisions_on
from annotate.decisions.tei import import_corrections, is_correction_of
from annotate.decisions.texts import apply_to_text, text_decisions

__all__ = [
    "append_decisions",
    "apply_to_annotations",
    "apply_to_links",
    "apply_to_markers",
    "apply_to_text",
    "decisions_between",
    "import_corrections",
    "is_correction_of",
    "load_decisions",
    "load_decisions_on",
    "settle",
    "text_decisions",
]
