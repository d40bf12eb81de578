"""An Article as a TEI P5 file: valid against ``tei_all``, the same bytes in every run, nothing of the article left out.

What nests stands inline; everything is in ``standOff`` besides, with its place in the text (see ``inline`` and
``standoff``). For each block the string value of the element with its xml:id, leaving out ``note``, ``label`` and
``fw`` below it, is the block's text exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from corpus.writers.tei.bibl import write_references
from corpus.writers.tei.body import write_text
from corpus.writers.tei.edition import prepare
from corpus.writers.tei.elements import element, language
from corpus.writers.tei.entities import write_entities
from corpus.writers.tei.header import write_header
from corpus.writers.tei.inline import plan_inline
from corpus.writers.tei.profiles import Form, choose_form, without_automatic
from corpus.writers.tei.standoff import write_annotations
from schemas.decisions import Decision
from schemas.records import Article

__all__ = ["Form", "choose_form", "write_tei"]

_PLACE = ("annotations", "here")  # stands for the annotations until the rest is text, too; no text can hold "<?"


def write_tei(article: Article, form: Form | None = None, decisions: Sequence[Decision] = ()) -> bytes:
    """The article as TEI, UTF-8 with an XML declaration; by default hybrid, with its notes in ``back``.

    ``decisions`` are what people decided on its annotations: the header tells them.
    """
    form = form or Form()
    edition = prepare(article if form.profile != "minimal" else without_automatic(article))
    plan = plan_inline(edition, form)
    tei = element("TEI", id=edition.xml_id, lang=language(article.metadata.language))
    text = write_text(tei, edition, plan)  # first and in its place: to move it later would cost as much as to write it
    before_text = [write_header(edition, text, form, decisions), *write_entities(edition), *write_references(edition)]
    for place, part in enumerate(before_text):
        tei.insert(place, part)
    _indent(tei, before_text)
    text.addprevious(etree.ProcessingInstruction(*_PLACE))
    written = etree.tostring(tei, xml_declaration=True, encoding="UTF-8")
    before, after = written.split(f"<?{' '.join(_PLACE)}?>".encode())
    return b"".join([before, b" ", write_annotations(edition, plan, text).encode(), b"\n", after, b"\n"])


def _indent(tei: etree._Element, parts: Sequence[etree._Element]) -> None:
    """One line for each element before ``text``; inside ``text`` white space is the article's own."""
    tei.text = "\n "
    for part in parts:
        etree.indent(part, space=" ", level=1)
        part.tail = "\n "
    parts[-1].tail = "\n"
