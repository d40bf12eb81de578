"""A TEI file of ours that a person corrected: the article as it says now, beside the one that the machine wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.markup.xml import parse_xml, root_name, without_namespaces
from corpus.tei.ours import Ours, read_ours
from corpus.tei.people import who_and_when
from schemas.records import Article


class Corrected(NamedTuple):
    """The machine's article and what the file says (None where its records were broken); who corrected it and when.

    ``who`` and ``when`` are what the header's last ``change`` of a person says, "" where it says nothing.
    """

    machine: Article
    ours: Ours | None
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
    return Corrected(base, read_ours(tei, base), *who_and_when(tei))
