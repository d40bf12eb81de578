"""What the notes have cited so far: the memory that ibid., op. cit., short names and "see note 4" draw on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bibliography.names import fold_name, initials_agree
from schemas.records import Citation, Note, Reference, Target

if TYPE_CHECKING:
    from annotate.links.pen import NotePen
    from bibliography.backrefs import Backref


class History:
    """Citations in the order of the notes, the works cited by each author, names that notes gave to their sources.

    ``here`` are the citations of the note that is being read; ``ahead`` the cross-references to notes not yet read.
    """

    def __init__(self) -> None:
        self.here: list[Citation] = []
        self.ahead: list[tuple[NotePen, Citation, Backref]] = []
        self.complete = False
        self._before: tuple[Citation, ...] = ()
        self._over: list[str] = []  # the notes between, which only explain something
        self._by_label: dict[str, list[tuple[Citation, ...]]] = {}
        self._by_author: dict[str, dict[str, Reference]] = {}
        self._aliases: dict[str, set[str]] = {}
        self._cited: set[str] = set()
        self._held = 0

    def cite(self, cite: Citation, references: Iterable[tuple[Reference, Iterable[str]]]) -> None:
        """A citation of the note that is being read, with the references that it leads to and their names."""
        self.here.append(cite)
        for ref, leads in references:
            self._held += ref.status == "linked" and ref.id not in self._cited
            self._cited.add(ref.id)
            for name in (*_surnames(ref), *leads):
                self._by_author.setdefault(name, {})[ref.id] = ref

    def close(self, note: Note, *, remark: bool = False) -> None:
        """The note is read: the next one looks back on it, or over it where it is no more than a ``remark``."""
        cited = tuple(self.here)
        self._by_label.setdefault(note.label, []).append(cited)
        if cited or not remark:
            self._before, self._over = cited, []
        else:
            self._over.append(note.label)
        self.here = []

    def has_cited(self, reference: str) -> bool:
        """Whether a reference was cited so far."""
        return reference in self._cited

    def held(self) -> tuple[int, int]:
        """How many of the works cited so far the user's library holds, and how many they are."""
        return self._held, len(self._cited)

    def repeated(self) -> list[str]:
        """The references that ibid. could repeat: of the citation before it in this note, else of the note before."""
        cited = self.here[-1:] or self._before
        return list(dict.fromkeys(target.reference for cite in cited for target in cite.targets if target.reference))

    def repeatable(self) -> tuple[Target | None, str]:
        """What ibid. repeats, and where that stands; or None and the reason (Chicago 18, 13.37)."""
        cited = self.here[-1:] or self._before
        where = "the citation before it" if self.here else "the note before it"
        if self._over and not self.here:
            where = f"the last note that cites a source (note {', '.join(self._over)} between only remarks)"
        if not cited:
            return None, f"{where} cites no source that could be read"
        if any(not cite.targets for cite in cited):
            return None, f"the source of {where} is not known for sure"
        if len(self.repeated()) > 1:
            return None, f"{where} cites several sources"
        return cited[-1].targets[-1], where

    def latest(self) -> Target | None:
        """The source cited last, whatever else its note cites: idem repeats its author."""
        cited = self.here[-1:] or self._before[-1:]
        return cited[-1].targets[-1] if cited and len(cited[-1].targets) == 1 else None

    @property
    def over_remarks(self) -> bool:
        """Whether ibid. would have to reach over a note that only explains something."""
        return bool(self._over) and not self.here

    def last_locator(self) -> str | None:
        """The place that the citation just before named."""
        cited = self.here[-1:] or self._before[-1:]
        return cited[0].locator if cited else None

    def works_by(self, surnames: Sequence[str], given: str = "") -> list[Reference]:
        """The works cited so far whose authors have all these surnames.

        Those that have these authors and no others go before those that have these first: "Carr" is Carr alone.
        """
        wanted = [fold_name(name) for name in surnames]
        found = [self._by_author.get(name, {}) for name in wanted]
        both = set(found[0]).intersection(*found[1:]) if found else set()
        works = [found[0][key] for key in sorted(both) if _given_fits(found[0][key], wanted[0], given)]
        alone = [ref for ref in works if _surnames(ref) == wanted]
        first = [ref for ref in works if _surnames(ref)[:1] == wanted[:1]]
        return alone or first or works

    def knows(self, folded: str) -> bool:
        """Whether a work by someone with this folded name was cited."""
        return folded in self._by_author

    def note(self, label: str) -> tuple[Citation, ...] | None:
        """The citations of the last note with a label; None where no such note was read."""
        return self._by_label[label][-1] if label in self._by_label else None

    def notes(self, label: str) -> Sequence[tuple[Citation, ...]]:
        """The citations of every note with a label: numbering may begin anew on each page or in each chapter."""
        return self._by_label.get(label, ())

    def name(self, alias: str, reference: str) -> None:
        """A note called a source by a short name from here on."""
        self._aliases.setdefault(fold_name(alias), set()).add(reference)

    def named(self, statement: str) -> set[str]:
        """The references whose given name is all that a statement says but for a page."""
        words = statement.split()
        for width in range(min(6, len(words)), 0, -1):
            name = fold_name(" ".join(words[:width]).strip(',.:; “”"«»'))
            rest = " ".join(words[width:])
            if name in self._aliases and (not rest or (any(map(str.isdigit, rest)) and ";" not in rest)):
                return self._aliases[name]
        return set()


def _people(ref: Reference) -> list[dict[str, str]]:
    people = ref.csl.get("author") or ref.csl.get("editor") or ()
    return [person for person in people if isinstance(person, dict)]


def _surname(person: dict[str, str]) -> str:
    return fold_name(str(person.get("family") or person.get("literal") or ""))


def _surnames(ref: Reference) -> list[str]:
    return [_surname(person) for person in _people(ref)]


def _given_fits(ref: Reference, family: str, given: str) -> bool:
    people = [person for person in _people(ref) if _surname(person) == family]
    return not given or any(initials_agree(given, person.get("given")) for person in people)
