"""Who corrected a TEI file and when, as the last ``change`` of a person in its header says."""

from __future__ import annotations

from typing import get_args

from lxml import etree

from corpus.markup.walk import XML_ID, text_of
from schemas.decisions import Motivation

_MOTIVATIONS = frozenset(get_args(Motivation))


def who_and_when(tei: etree._Element) -> tuple[str, str]:
    """The name and the date, "" where the header says nothing."""
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
