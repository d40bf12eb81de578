"""Top floor: from an Article to its annotations, claims and links, and the command line that drives all of it.

>>> import annotate                                                     # doctest: +SKIP
>>> for article in annotate.annotate_file("paper.txt", bib=["sources.bib"]):
...     print(article.metadata.title, len(article.claims))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.version import __version__

if TYPE_CHECKING:
    from schemas.records import Article

__all__ = ["__version__", "annotate_file"]


def annotate_file(
    path: str | Path,
    *,
    bib: Sequence[str | Path] = (),
    authority: Sequence[str | Path] = (),
    gazetteer: Sequence[str | Path] = (),
    model: str | None = None,
) -> Iterator[Article]:
    """Read a file and annotate every article in it, one after the other.

    ``bib`` are the user's BibTeX files, ``authority`` files with records that names are tied to, ``gazetteer`` files
    whose names are always tagged, ``model`` an installed spaCy pipeline instead of the built-in one. Raises
    schemas.errors.InputError where a file cannot be read, MissingPartError where ``model`` is not installed.
    """
    from annotate.authorities import read_user_authorities
    from annotate.engine import load_model
    from annotate.libraries import read_libraries
    from annotate.pipeline import annotate_articles
    from corpus.store import read_articles

    library = read_libraries([Path(file) for file in bib])
    authorities = read_user_authorities([Path(file) for file in authority], [Path(file) for file in gazetteer])
    articles = read_articles(Path(path))
    yield from annotate_articles(articles, load_model(model), library=library, authorities=authorities)
