"""The parts of a paper: body, notes, references; and the zones inside the body (abstract, keywords, how to cite)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.layout.draft import Draft, NoteDraft, Plan
from corpus.layout.headings import is_heading
from corpus.layout.labels import read_label
from corpus.layout.lines import Line
from corpus.layout.notes import cut_notes
from corpus.layout.pages import Furniture
from corpus.layout.references import cut_references, looks_like_references
from corpus.layout.regime import Regime
from corpus.layout.zones import ends_lists

_FEWEST = 3  # numbered paragraphs that make a list without a heading


def part_zones(drafts: Sequence[Draft], feet: Sequence[NoteDraft], regime: Regime) -> tuple[Plan, list[Furniture]]:
    """Sort the blocks into body, notes and references; the names of zones become furniture to be lifted."""
    plan = Plan(notes=list(feet))
    labels: list[Furniture] = []
    position = 0
    while position < len(drafts):
        draft = drafts[position]
        end = position + 1
        if draft.zone in ("notes", "references") and draft.label is not None:
            end = _zone_end(drafts, position + 1)
            labels += _list_zone(plan, draft, drafts[position + 1 : end], regime)
        elif draft.zone is not None:
            end = _small_zone(plan, labels, drafts, position, regime)
        else:
            plan.body.append(draft)
        position = end
    _unnamed_list(plan, regime)
    return plan, labels


def _zone_end(drafts: Sequence[Draft], start: int) -> int:
    """A list of notes or references goes on to the next zone, or to a heading that cannot belong to it."""
    for position in range(start, len(drafts)):
        draft = drafts[position]
        if draft.zone is not None and position > start - 1:
            return position
        if draft.kind == "heading" and (draft.level or 1) <= (drafts[start - 1].level or 1):
            return position  # only formats that mark up headings know them here
        if len(draft.lines) == 1 and ends_lists(draft.text):
            return position
    return len(drafts)


def _lines(drafts: Sequence[Draft]) -> list[Line]:
    return [line for draft in drafts for line in draft.lines]


def _list_zone(plan: Plan, name: Draft, drafts: Sequence[Draft], regime: Regime) -> list[Furniture]:
    """Cut the list under a name; where nothing in it is labelled as a note, the name stays a heading of the body."""
    assert name.label is not None
    if name.zone == "notes":
        before, notes = cut_notes(_lines(drafts))
        if notes:
            plan.notes += notes
            if before:
                plan.body.append(Draft("paragraph", before))
            return [Furniture(*name.label, "label")]
    elif drafts:
        for is_heading, members in groupby(drafts, key=lambda draft: draft.kind == "heading"):
            listed = list(members)
            plan.references += listed if is_heading else cut_references(_lines(listed), regime)
        return [Furniture(*name.label, "label")]
    name.kind, name.level, name.label, name.zone = "heading", 1, None, None
    plan.body += [name, *drafts]
    return []


def _small_zone(plan: Plan, labels: list[Furniture], drafts: Sequence[Draft], position: int, regime: Regime) -> int:
    """Abstract, keywords, how to cite: named in the paragraph itself or by a line above it. Gives the next position."""
    draft = drafts[position]
    assert draft.label is not None
    kind = {"abstract": "abstract", "keywords": "keywords"}.get(draft.zone or "", "other")
    if draft.label[1] < draft.lines[-1].end:
        _set_kind(draft, kind)
        plan.body.append(draft)
        return position + 1
    labels.append(Furniture(*draft.label, "label"))
    end = position + 1
    while end < len(drafts) and drafts[end].zone is None and drafts[end].kind == "paragraph":
        before, after = drafts[end - 1], drafts[end + 1] if end + 1 < len(drafts) else None
        if end > position + 1 and (kind != "abstract" or is_heading(drafts[end], before, after, regime)):
            break
        if end == position + 1 and kind == "abstract" and is_heading(drafts[end], None, after, regime):
            break
        _set_kind(drafts[end], kind)
        plan.body.append(drafts[end])
        end += 1
    return end


def _set_kind(draft: Draft, kind: str) -> None:
    draft.kind = "abstract" if kind == "abstract" else "keywords" if kind == "keywords" else "other"


def _unnamed_list(plan: Plan, regime: Regime) -> None:
    """Numbered paragraphs 1, 2, 3 ... at the end of the body without a heading: references or notes by their look."""
    end = len(plan.body)
    while end and plan.body[end - 1].kind in ("keywords", "other"):
        end -= 1
    start = end
    while start and plan.body[start - 1].kind == "paragraph" and read_label(plan.body[start - 1].lines[0]):
        start -= 1
    numbers = [label.number for draft in plan.body[start:end] if (label := read_label(draft.lines[0]))]
    if len(numbers) < _FEWEST or numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] != 1:
        return
    listed = plan.body[start:end]
    if looks_like_references(listed) and not plan.references:
        plan.references += cut_references(_lines(listed), regime)
    else:
        return
    del plan.body[start:end]
