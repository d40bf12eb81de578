"""A TEI file of ours that a person corrected: the article as it says now, beside the one that the machine wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, get_args

from lxml import etree

from corpus.markup.walk import XML_ID, text_of
from corpus.markup.xml import parse_xml, root_name, without_namespaces
from corpus.tei.ours import read_ours
from schemas.decisions import Motivation
from schemas.records import Article

_MOTIVATIONS = frozenset(get_args(Motivation))


class Corrected(NamedTuple):
    """The machine's article and the corrected one (None where words or blocks were changed); who corrected it and when.

    ``who`` and ``when`` are what the header's last ``change`` of a person says, "" where it says nothing.
    """

    machine: Article
    article: Article | None
    who: str
    when: str


def read_corrected(data: bytes, name: str, machine: Sequence[Article]) -> Corrected | None:
    """A corrected file of one of the machine's articles; None where it is of none of them."""
    if (root_name(data) or ("", ""))[1] != "TEI":
        return None
    tei = without_namespaces(parse_xml(data, name).root)
    idnos = {idno.text for idno in tei.iterfind("teiHeader/fileDesc/publicationStmt/idno[@type='adfontes']")}
    base = next((article for article in machine if article.id in idnos), None)
    if base is None:
        return None
    article = read_ours(tei, base)
    same = article is not None and article.text == base.text
    return Corrected(base, article if same else None, *_who_and_when(tei))


def _who_and_when(tei: etree._Element) -> tuple[str, str]:
    names = {each.get(XML_ID): _name(each) for each in tei.iter("respStmt", "editor", "author")}
    for change in tei.iterfind("teiHeader/revisionDesc//change"):  # the latest stands first
        if change.get("n") in _MOTIVATIONS:
            continue  # a decision of before, which our writer tells: not by whom the file was corrected since
        who = change.get("who") or ""
        if who != "#resp.tool" and (who or change.get("when")):
            return names.get(who.removeprefix("#")) or who, change.get("when") or ""
    return "", ""


def _name(statement: etree._Element) -> str:
    named = next(statement.iter("persName", "name"), None)
    return text_of(named if named is not None else statement)
