"""A TEI file of ours: the Article that it was made from, with what somebody changed in the file since."""

from __future__ import annotations

from typing import get_args

import msgspec
from lxml import etree

from corpus.markup.xml import strict_xml, without_namespaces
from corpus.tei.corrections import correct, same_structure
from corpus.tei.exact import read_exact
from corpus.writers.tei import Form, write_tei
from corpus.writers.tei.profiles import NotePlace, Profile
from schemas.records import Article


def read_ours(tei: etree._Element, base: Article | None = None) -> Article | None:
    """The article of a ``TEI`` without namespaces; None where it is not ours, or its words or blocks were changed.

    What stands inline wins over the copy in ``standOff`` where the two differ. ``base`` is the article as the machine
    wrote it, where it is known: then each of the two is compared with it.
    """
    try:
        exact = read_exact(tei)
    except (msgspec.ValidationError, ValueError, LookupError):
        return None  # its records were broken by hand: it is read as anybody's TEI
    if exact is None:
        return None
    article, starts = exact
    written = strict_xml(write_tei(article if base is None else base, form_of(tei)))
    if written is None:
        return None
    reference = without_namespaces(written)
    return correct(article, starts, tei, reference) if same_structure(tei, reference) else None


def form_of(tei: etree._Element) -> Form:
    """The form in which the file says that it was written."""
    said = {p.get("n") or "" for p in tei.iterfind("teiHeader/encodingDesc/editorialDecl/interpretation/p")}
    profile = next((each for each in get_args(Profile) if each in said), Form().profile)
    notes = next((each for each in get_args(NotePlace) if f"notes-{each}" in said), Form().notes)
    return Form(profile, notes)
