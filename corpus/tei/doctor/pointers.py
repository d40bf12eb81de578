"""Pointers that lost their "#", lead to an id that was renamed, or are addresses that no one can read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from lxml import etree

from corpus.markup.walk import XML_ID
from corpus.markup.xml import local
from corpus.tei.doctor.report import Repair, repair
from corpus.tei.ids import Ids

_POINTERS = ("target", "ref", "corresp", "ana", "resp", "who", "next", "prev", "sameAs", "copyOf", "synch", "source", "decls", "facs",
             "change", "active", "passive", "mutual", "wit", "hand", "spanTo", "scheme")  # fmt: skip
_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://)?(?:doi:\s*|dx\.doi\.org/|doi\.org/)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_GOOD_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/10\.", re.IGNORECASE)
_TWICE = re.compile(r"https?://(?=https?://)", re.IGNORECASE)
_UNSAFE = re.compile(r"[<>\"{}|\\^`]")  # letters of other scripts are fine: a pointer is an IRI


def mend_pointers(root: etree._Element, renamed: Mapping[str, str], repairs: list[Repair]) -> None:
    """Mend every pointing attribute; what leads nowhere and is no address stays as it is."""
    ids = Ids(root)
    known = {name for each in root.iter(etree.Element) if (name := each.get(XML_ID)) is not None}
    for element in root.iter(etree.Element):
        for attribute in _POINTERS:
            old = element.get(attribute)
            if old is None or not old.strip():
                continue
            new, code = _mended(old, renamed, known, ids)
            if new != old:
                element.set(attribute, new)
                repairs.append(repair(element, code, f'{local(element)}/@{attribute} "{old}" is now "{new}"'))


def _mended(old: str, renamed: Mapping[str, str], known: set[str], ids: Ids) -> tuple[str, str]:
    whole = " ".join(old.split())
    name = whole.removeprefix("#")
    if name in renamed:  # an id may have held spaces, though it must not
        return f"#{renamed[name]}", "pointer-renamed"
    code = ""
    tokens = []
    for token in old.split():
        made, why = _token(token, renamed, known, ids)
        code = why or code
        tokens.append(made)
    return (" ".join(tokens), code) if code else (old, "")


def _token(token: str, renamed: Mapping[str, str], known: set[str], ids: Ids) -> tuple[str, str]:
    """One pointer, and the code of what was done to it, "" for nothing."""
    name = token.removeprefix("#")
    for form in (name, unquote(name)):
        if form in renamed:
            return f"#{renamed[form]}", "pointer-renamed"
    if token in known:
        return f"#{token}", "bare-pointer"
    if token.startswith("#") and name in known:
        return token, ""
    if not _ADDRESS.match(token) and "/" not in token and ":" not in token:
        found = ids.find(token)  # "ftn1" where the id is "paper-ftn1", and no other note ends so
        if len(found) == 1 and (target := found[0].get(XML_ID)):
            return f"#{target}", "pointer-tail"
    return _address(token)


def _address(token: str) -> tuple[str, str]:
    made = _TWICE.sub("", token)
    doi = _DOI.fullmatch(made)
    if doi and not _GOOD_DOI.match(made):
        made = f"https://doi.org/{doi['doi']}"
    elif made.casefold().startswith("www."):
        made = f"http://{made}"
    if _ADDRESS.match(made):
        made = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", _UNSAFE.sub(lambda found: quote(found.group()), made))
    return (made, "address") if made != token else (token, "")
