"""Identity: rules one by one, and the gold of our own excerpts by B-cubed and by wrong merges."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from annotate.identity import resolve_identity
from annotate.identity.bodies import is_acronym
from annotate.identity.groups import fold
from schemas.records import Annotation, Article, Block, Metadata, Source
from schemas.values import EntityValue

EXCERPTS = Path(__file__).parent.parent / "fixtures" / "identity" / "excerpts.txt"
_MARK = re.compile(r"\{(?P<label>[A-Z]+):(?P<cluster>\w+)\|(?P<words>[^}]+)\}")


def _article(marked: str, *, kinds: bool = True) -> tuple[Article, dict[tuple[int, int], str]]:
    """The article of a marked excerpt, every name in a cluster of its own, and the gold cluster of each span.

    Names that are one common noun ("Company") are left for the rules to find.
    """
    text, annotations, gold = "", [], {}
    position = 0
    for number, mark in enumerate(_MARK.finditer(marked)):
        text += marked[position : mark.start()]
        start, end = len(text), len(text) + len(mark["words"])
        text += mark["words"]
        position = mark.end()
        gold[start, end] = mark["cluster"]
        if not (kinds and mark["words"] in ("Company", "Commission", "Committee", "Bank", "League", "Ministry")):
            value = EntityValue(mark["words"], f"own-{number}")
            annotations.append(Annotation(f"e-{number}", mark["label"], mark["label"], start, end, value, "gold"))  # type: ignore[arg-type]
    text += marked[position:]
    source = Source("a.txt", "text/plain", "00", "utf-8")
    blocks = (Block("b-1", "paragraph", 0, len(text)),)
    return Article(
        id="a", source=source, metadata=Metadata(), text=text, blocks=blocks, annotations=tuple(annotations)
    ), gold


def _clusters(article: Article) -> dict[tuple[int, int], str]:
    return {
        (ann.start, ann.end): ann.value.cluster for ann in article.annotations if isinstance(ann.value, EntityValue)
    }


def score(excerpts: list[str]) -> tuple[float, float, int]:
    """B-cubed precision and recall over all gold mentions, and pairs of mentions that were wrongly made one."""
    precision, recall, count, wrong = 0.0, 0.0, 0, 0
    for marked in excerpts:
        article, gold = _article(marked)
        found = _clusters(resolve_identity(article))
        theirs, ours = defaultdict(set), defaultdict(set)
        for span, cluster in gold.items():
            theirs[cluster].add(span)
        for span, cluster in found.items():
            ours[cluster].add(span)
        for span, cluster in gold.items():
            count += 1
            group = ours.get(found.get(span, ""), {span})
            same = len(group & theirs[cluster])
            precision += same / len(group)
            recall += same / len(theirs[cluster])
            wrong += len(group) - same
    return precision / count, recall / count, wrong // 2


def test_our_excerpts_by_b_cubed() -> None:
    excerpts = EXCERPTS.read_text(encoding="utf-8").strip().split("\n\n")
    assert len(excerpts) >= 30
    precision, recall, wrong = score(excerpts)
    assert wrong == 0
    assert precision == 1
    assert recall >= 0.95


@pytest.mark.parametrize(
    ("marked", "same"),
    [
        ("{PERSON:a|Joseph Stalin} met {PERSON:a|J.V. Stalin}.", True),
        ("{PERSON:a|Joseph Stalin} met {PERSON:b|V. Stalin}.", False),
        ("{PERSON:a|B. M. Shpotov} met {PERSON:a|Shpotow}.", True),
        ("{ORG:a|Ford Motor Company} and {ORG:a|Ford}.", True),
        ("{ORG:a|Hoover Institution Press} and {ORG:b|Hoover Institution}.", False),
        ("{ORG:a|Royal Dutch Shell} ({ORG:a|RDS}) won.", True),
        ("{LOC:a|Kiev} ({LOC:b|Ukraine}) fell.", False),
        ("the {LOC:a|United States} and the {LOC:a|U.S.A.}", True),
        ("{PERSON:a|President Hoover} and {PERSON:a|Herbert Hoover}.", True),
    ],
)
def test_two_names(marked: str, same: bool) -> None:
    article, _ = _article(marked)
    first, second = _clusters(resolve_identity(article)).values()
    assert (first == second) is same


def test_a_surname_of_two_people_is_left_open_with_both() -> None:
    article, _ = _article("{PERSON:a|Henry Ford}, {PERSON:b|Edsel Ford}, {PERSON:c|Ford}.")
    value = resolve_identity(article).annotations[2].value
    assert isinstance(value, EntityValue)
    assert [candidate.name for candidate in value.candidates] == ["Henry Ford", "Edsel Ford"]
    assert "several" in value.why


def test_each_merge_says_why() -> None:
    article, _ = _article("The {ORG:a|State Planning Committee} ({ORG:a|Gosplan}) met.")
    value = resolve_identity(article).annotations[1].value
    assert isinstance(value, EntityValue)
    assert value.why == "State Planning Committee: so defined in brackets"


def test_a_kind_that_two_bodies_share_names_neither() -> None:
    article, _ = _article("{ORG:a|Ford Motor Company} and {ORG:b|Hudson's Bay Company}: the {ORG:c|Company} won.")
    assert len(resolve_identity(article).annotations) == 2


def test_folded_names_and_acronyms() -> None:
    assert fold("The U.S.S.R.") == fold("USSR")
    assert is_acronym("CMEA", "Council for Mutual Economic Assistance")
    assert not is_acronym("Gosbank", "State Bank")


def test_identity_changes_no_span_and_no_label() -> None:
    article, _ = _article(EXCERPTS.read_text(encoding="utf-8").strip().split("\n\n")[0])
    resolved = resolve_identity(article)
    before = [(ann.id, ann.label, ann.start, ann.end) for ann in article.annotations]
    assert [(a.id, a.label, a.start, a.end) for a in resolved.annotations][: len(before)] == before
    assert resolved == resolve_identity(article)
