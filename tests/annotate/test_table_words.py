"""The words of a table stand in it and in its cells; each figure and date of them is one."""

from __future__ import annotations

from annotate.annotators.dates import annotate_dates
from annotate.annotators.figures import annotate_figures
from schemas.records import Article, Block, Metadata, Source


def _table(*, parted: bool) -> Article:
    text = "Prices in May 1906\n\n40 marks"
    cells = (Block("c", "caption", 0, 18, parent="t"), Block("d", "cell", 20, 28, parent="t", row=1, col=1))
    source = Source(name="a.txt", media_type="text/plain", sha256="", encoding="utf-8")
    blocks = (Block("t", "table", 0, len(text)), *(cells if parted else ()))
    return Article(id="a", source=source, metadata=Metadata(), text=text, blocks=blocks)


def test_a_table_with_cells_is_read_by_its_cells() -> None:
    for parted in (True, False):
        article = _table(parted=parted)
        assert [article.quote(ann) for ann in annotate_figures(article, {})][-1:] == ["40 marks"]
        assert [article.quote(ann) for ann in annotate_dates(article, {})] == ["May 1906"]
    assert len([ann for ann in annotate_figures(_table(parted=True), {}) if ann.start >= 20]) == 1
