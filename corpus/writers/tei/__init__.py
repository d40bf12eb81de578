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
    text = write_text(edition, plan)

    tei = element("TEI", id=edition.xml_id, lang=language(article.metadata.language))
    tei.append(write_header(edition, text, form, decisions))
    tei.extend(write_entities(edition))
    tei.extend(write_references(edition))
    _indent(tei)
    tei.append(etree.ProcessingInstruction(*_PLACE))
    tei.append(text)
    written = etree.tostring(tei, xml_declaration=True, encoding="UTF-8")
    before, after = written.split(f"<?{' '.join(_PLACE)}?>".encode())
    return b"".join([before, b" ", write_annotations(edition, plan, text).encode(), b"\n", after, b"\n"])


def _indent(tei: etree._Element) -> None:
    """One line for each element before ``text``; inside ``text`` white space is the article's own."""
    etree.indent(tei, space=" ")
    tei[-1].tail = "\n"
