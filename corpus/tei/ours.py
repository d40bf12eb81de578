"""A TEI file of ours: the Article that it was made from, with what somebody changed in the file since."""

from __future__ import annotations

from typing import NamedTuple, get_args

import msgspec
from lxml import etree

from corpus.emendation import Emendation, carry, rewrite
from corpus.emendation.records import CHANGED
from corpus.markup.xml import strict_xml, without_namespaces
from corpus.tei.corrections import correct, same_structure
from corpus.tei.emended import Emended, read_emendations
from corpus.tei.exact import read_exact
from corpus.tei.inline_places import inline_places, take_out
from corpus.tei.people import who_and_when
from corpus.tei.register import correct_register
from corpus.tei.standing import has_strays
from corpus.writers.tei import Form, write_tei
from corpus.writers.tei.profiles import NotePlace, Profile
from schemas.records import Article


class Ours(NamedTuple):
    """What a file of ours says, in steps from the machine's article to the one that stands there now."""

    machine: Article  # as it was written
    emendations: tuple[Emendation, ...]  # the words and blocks that were changed since
    moved: Article  # the machine's article on those words
    article: Article  # with all that was changed


def read_ours(tei: etree._Element, base: Article | None = None) -> Ours | None:
    """What a ``TEI`` without namespaces says; None where it is not ours, or its records were broken.

    What stands inline wins over the copy in ``standOff`` where the two differ. ``base`` is the article as the machine
    wrote it, where it is known: then each of the two is compared with it, if it has the same text. The tree is changed.
    """
    try:
        exact = read_exact(tei)
    except (msgspec.ValidationError, ValueError, LookupError):
        return None  # its records were broken by hand: it is read as anybody's TEI
    if exact is None:
        return None
    form = form_of(tei)
    machine = base if base is not None and base.text == exact.article.text else exact.article
    reference = _written(machine, form)
    if reference is None:
        return None
    if etree.tostring(tei, method="c14n") == etree.tostring(reference, method="c14n"):
        return Ours(
            machine, (), machine, correct_register(machine, tei, reference)
        )  # nobody changed it, however odd it is
    if exact.is_untouched and same_structure(tei, reference) and not has_strays(tei, exact.starts):
        article = correct(exact.article, exact.starts, tei, reference)
        return Ours(machine, (), machine, correct_register(article, tei, reference))
    found = read_emendations(exact.article, tei, reference)
    ours = _emended(machine, exact.article, found, tei, form) if found is not None else None
    return ours._replace(article=correct_register(ours.article, tei, reference)) if ours is not None else None


def _written(article: Article, form: Form) -> etree._Element | None:
    """The tree of the file that we would write; None where XML cannot hold what the article says."""
    written = strict_xml(write_tei(article, form))
    return without_namespaces(written) if written is not None else None


def _emended(machine: Article, article: Article, found: Emended, tei: etree._Element, form: Form) -> Ours | None:
    """The article on its new words, and with what was changed in them besides."""
    by = who_and_when(tei)[0]
    places = inline_places(tei, found.starts)
    carried = carry(article, rewrite(article, found.emendations), places=places, by=by)
    take_out(tei, carried)
    reference = _written(carried.article, form)
    if reference is None:
        return None
    corrected = correct(carried.article, found.starts, tei, reference)
    moved = carry(machine, rewrite(machine, found.emendations), by=by).article
    return Ours(machine, found.emendations, moved, _still_told(carried.article, corrected))


def _still_told(moved: Article, corrected: Article) -> Article:
    """The article without the Problems about words that somebody changed where the value was changed by hand, too."""
    before = {ann.id: ann for ann in moved.annotations} | {cite.id: cite for cite in moved.citations}
    now = {ann.id: ann for ann in corrected.annotations} | {cite.id: cite for cite in corrected.citations}
    seen = {name for name, record in before.items() if now.get(name) != record}
    problems = [each for each in corrected.problems if each.code != CHANGED or seen.isdisjoint(each.about)]
    return msgspec.structs.replace(corrected, problems=tuple(problems))


def form_of(tei: etree._Element) -> Form:
    """The form in which the file says that it was written."""
    said = {p.get("n") or "" for p in tei.iterfind("teiHeader/encodingDesc/editorialDecl/interpretation/p")}
    profile = next((each for each in get_args(Profile) if each in said), Form().profile)
    notes = next((each for each in get_args(NotePlace) if f"notes-{each}" in said), Form().notes)
    return Form(profile, notes)
