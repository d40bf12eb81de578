"""The CSL item as printed to the one that BibTeX gets: names with pointed initials, pages in full, places in full.

>>> item = {"author": [{"family": "Petrov", "given": "YuA"}], "page": "151-9", "publisher-place": "М.", "title": "Title."}
>>> normalise_item(item)
{'author': [{'family': 'Petrov', 'given': 'Yu. A.'}], 'page': '151-159', 'publisher-place': 'Москва', 'title': 'Title'}
"""

from __future__ import annotations

from bibliography.names import point_initials, recase_name
from bibliography.parse.normalise.imprint import full_place, plain_publisher
from bibliography.parse.normalise.pages import expand_pages
from bibliography.parse.normalise.titles import plain_title
from schemas.records import CslItem

_ROLES = ("author", "editor", "translator", "container-author", "contributor")
_TITLES = ("title", "container-title", "collection-title", "title-translated", "volume-title")


def normalise_item(item: CslItem) -> CslItem:
    """A new item; variables without a normal form of their own are kept."""
    found = dict(item)
    for role in _ROLES:
        if people := found.get(role):
            found[role] = [_name(person) for person in people]
    for variable in _TITLES:
        if found.get(variable):
            found[variable] = plain_title(str(found[variable]))
    if found.get("page"):
        found["page"] = expand_pages(str(found["page"]))
    if found.get("publisher-place"):
        found["publisher-place"] = full_place(str(found["publisher-place"]))
    if found.get("publisher"):
        found["publisher"] = plain_publisher(str(found["publisher"]))
    return found


def _name(person: dict[str, str]) -> dict[str, str]:
    found = dict(person)
    if found.get("given"):
        found["given"] = point_initials(found["given"])
    if found.get("family"):
        found["family"] = recase_name(found["family"])
    return found
