"""Running text that points to notes: "see note 4 above", "cf. nn. 3–5". What these notes cite is what it points to."""

from __future__ import annotations

from annotate.annotators.citations.cross_references import CrossReference, find_cross_references
from annotate.links.backward import own_targets
from annotate.links.history import History
from annotate.links.places import Place
from annotate.links.register import Register
from schemas.records import Candidate, Target


def link_pointers(register: Register, places: list[Place], history: History) -> None:
    """Pointers in running text, each to all sources of its notes; one to a note that only remarks cites nothing."""
    for place in places:
        if place.note is None and place.block.kind != "cell":  # a table has notes of its own
            for pointer in find_cross_references(place.text):
                start, end = place.block.start + pointer.start, place.block.start + pointer.end
                if register.is_free(place.block, start, end):
                    _link(register, place, pointer, history)


def _link(register: Register, place: Place, pointer: CrossReference, history: History) -> None:
    notes = {label: history.notes(label) for label in pointer.labels}
    wrong = next((label for label, found in notes.items() if len(found) != 1), None)
    cited = [cite for found in notes.values() for note in found for cite in note]
    lost = {note.label for note in register.article.notes if not note.blocks} & set(pointer.labels)
    if wrong is None and not cited and not lost:
        return
    start, end = place.block.start + pointer.start, place.block.start + pointer.end
    register.take(place.block, start, end)
    label = " ".join(register.article.text[start:end].split())
    made = register.cite("cross-reference", label, start, end)
    targets = {target.reference: target for found in notes.values() for note in found for target in own_targets(note)}
    if wrong is None and targets:
        why = f"a source of note {', '.join(pointer.labels)}"
        register.link(made, [Target(t.reference, t.key, t.score, why) for t in targets.values()])
        return
    if wrong is None:
        what = "the body of that note is lost" if lost else "the sources of that note are not known for sure"
    else:
        what = f"{len(notes[wrong]) or 'no'} note{'s have' if notes[wrong] else ' has'} the number {wrong}"
    share = round(1 / len(targets), 4) if targets else 0.0
    candidates = [Candidate(target.key, share, "a note of that number", ref) for ref, target in targets.items()]
    register.refuse(made, f"{label}: {what}", candidates=candidates)
