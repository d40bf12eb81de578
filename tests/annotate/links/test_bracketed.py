"""Ibid. and op. cit. in brackets of running text."""

from __future__ import annotations

import pytest

from annotate.links import link_sources
from schemas.records import Article, Block, Metadata, Source

LIST = (
    "Ord, Martha. 1955. Bells and Hours. London: Dent.",
    "Ord, Martha. 1961. The Parish Clock. London: Dent.",
    "Penn, Giles. 1980. “Time at Sea.” Marine Papers 3: 1–20.",
)


def last(body: str) -> tuple[str, str | None, str | None, str]:
    """Kind, title and locator of the last citation of the text, and what is said of it where it was refused."""
    text, blocks = body, [Block("b-0", "paragraph", 0, len(body))]
    for n, entry in enumerate(LIST, 1):
        blocks.append(Block(f"b-{n}", "reference", len(text) + 2, len(text) + 2 + len(entry)))
        text += "\n\n" + entry
    source = Source("a.txt", "text/plain", "", "utf-8")
    article = link_sources(Article(id="a", source=source, metadata=Metadata(), text=text, blocks=tuple(blocks)), None)
    titles = {ref.id: ref.csl.get("title") for ref in article.references}
    cite = article.citations[-1]
    said = next((problem.message for problem in article.problems if cite.id in problem.about), "")
    return cite.kind, titles[cite.targets[0].reference or ""] if cite.targets else None, cite.locator, said


@pytest.mark.parametrize(
    ("body", "title", "locator"),
    [
        ("A bell (Ord 1955, 3) stopped (ibid., 5).", "Bells and Hours", "5"),
        ("Penn (1980: 4) says so (ebd.: 6).", "Time at Sea", "6"),
        ("A bell (Ord 1955, 3; Penn 1980), a clock (Ord 1961) stopped [там же, с. 9].", "The Parish Clock", "с. 9"),
        ("A bell (Penn 1980) and a clock (Ord 1961) at sea (Penn, op. cit., p. 7).", "Time at Sea", "p. 7"),
    ],
)
def test_what_was_cited_just_before(body: str, title: str, locator: str) -> None:
    assert last(body)[1:3] == (title, locator)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("A bell (Ord 1955; Penn 1980) stopped (ibid., 5).", "several sources"),
        ("A bell stopped (ibid., 5).", "no citation stands before it"),
        ("A bell (Penn 1980) stopped (ibid., 50).", "page 50 lies outside 1–20"),
        ("A bell (Ord 1955) and a clock (Ord 1961) stopped (Ord, op. cit., 5).", "2 works by Ord"),
    ],
)
def test_what_is_not_known_for_sure(body: str, reason: str) -> None:
    _, title, _, said = last(body)
    assert title is None and reason in said
