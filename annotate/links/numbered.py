"""Numbers of the reference list, in brackets or superscript, to the references with these labels."""

from __future__ import annotations

from annotate.annotators.citations.numeric import NumericCitation, all_known, find_numeric_citations, read_labels
from annotate.links.places import Place
from annotate.links.register import Register
from schemas.offsets import SpanIndex
from schemas.records import Candidate, Citation

_HABIT = 3  # so many numbers of the list make a bracket with an unknown number a citation, too
_HIGHEST = 3  # an unknown number above so many times the list's length is no number of it


def link_given(register: Register) -> None:
    """The citations that the reader found: its links are kept, superscripts go by number, keys to the library."""
    blocks = SpanIndex(register.article.blocks)
    for cite in register.article.citations:
        for block in blocks.covering(cite.start) if cite.start < cite.end else ():
            register.take(block, cite.start, cite.end)
        if cite.targets or cite.status == "linked":
            register.link(cite, [register.completed(target) for target in cite.targets])
        elif cite.candidates and all(candidate.key for candidate in cite.candidates):
            _link_keys(register, cite, [candidate.key for candidate in cite.candidates if candidate.key])
        else:
            _link_labels(register, cite, read_labels(cite.label))


def _link_keys(register: Register, cite: Citation, keys: list[str]) -> None:
    """The source itself names the entries by their keys ("[@sutton1968]"): to the user's library, or nowhere."""
    known = register.library.items if register.library is not None else {}
    missing = [key for key in keys if key not in known]
    if not missing:
        refs = [register.from_library(key, 1.0) for key in dict.fromkeys(keys)]
        register.link(cite, [register.target(ref.id, 1.0, "the source names its key") for ref in refs])
        return
    where = "your library has no such key" if known else "no library was given"
    register.refuse(
        cite, f"citation key {', '.join(missing)}: {where}", code="citation-key-unknown", candidates=cite.candidates
    )


def link_numbers(register: Register, places: list[Place]) -> None:
    """The bracketed numbers of all places: square brackets, or round ones where the article uses these."""
    if not register.labels:
        return
    square = [(place, found) for place in places for found in find_numeric_citations(place.text)]
    good = [found for _, found in square if all_known(found, register.labels)]
    chosen = square
    if not good and not register.article.citations:
        chosen = _round_brackets(register, places)
        good = [found for _, found in chosen]
    highest = _HIGHEST * len(register.labels)
    for place, found in chosen:
        plausible = len(good) >= _HABIT and all(int(label) <= highest for label in found.labels)
        if all_known(found, register.labels) or plausible:
            start, end = place.block.start + found.start, place.block.start + found.end
            if register.is_free(place.block, start, end):
                register.take(place.block, start, end)
                label = ", ".join(found.labels)
                cite = register.cite("numeric", label, start, end, note=place.note, locator=found.locator)
                _link_labels(register, cite, found.labels)


def _link_labels(register: Register, cite: Citation, labels: tuple[str, ...]) -> None:
    """Every label goes to the one reference that has it; else the citation is refused whole."""
    found = {label: register.labels.get(label, []) for label in labels}
    wrong = [label for label, ids in found.items() if len(ids) != 1]
    if not wrong:
        targets = [
            register.target(ids[0], 1.0, f"number {label} of the reference list") for label, ids in found.items()
        ]
        register.link(cite, targets)
        return
    label = wrong[0]
    many = len(found[label])
    what = f"{many} references have the number {label}" if many else f"no reference has the number {label}"
    candidates = [
        Candidate(None, round(1 / len(ids), 4), f"number {label}", i) for label, ids in found.items() for i in ids
    ]
    register.refuse(cite, f"citation {cite.label}: {what}", candidates=candidates)


def _round_brackets(register: Register, places: list[Place]) -> list[tuple[Place, NumericCitation]]:
    """ "(12)" is a citation only where such brackets cite most of the list and stand as citations do, at a phrase's end."""
    found = [
        (place, cite)
        for place in places
        for cite in find_numeric_citations(place.text, brackets="()")
        if all_known(cite, register.labels)
    ]
    cited = {label for _, cite in found for label in cite.labels}
    ends = sum(1 for place, cite in found if not place.text[cite.end : cite.end + 1].strip(".,;:)"))
    if len(cited) < max(_HABIT, 0.7 * len(register.labels)) or ends * 2 < len(found):
        return []
    return found
