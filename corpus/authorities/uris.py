"""Identifiers of authorities: the URI that each scheme has for a thing, and the scheme of a URI.

>>> to_uri("wikidata", "Q855"), to_uri("viaf", "https://viaf.org/viaf/51697674/")
('http://www.wikidata.org/entity/Q855', 'http://viaf.org/viaf/51697674')
>>> read_id("gnd:118642499", "people.csv"), read_id("p 12", "people.csv")
('https://d-nb.info/gnd/118642499', 'people.csv#p%2012')
>>> scheme_of("https://sws.geonames.org/524901/"), scheme_of("people.csv#p12")
('GeoNames', 'URI')
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote


class Scheme(NamedTuple):
    """A register of names: how it is called in ``idno/@type``, its ids, its URIs, and other addresses of a thing in it."""

    name: str
    number: re.Pattern[str]
    uri: str
    addresses: re.Pattern[str]


def _scheme(name: str, number: str, uri: str, addresses: str) -> Scheme:
    return Scheme(name, re.compile(number), uri, re.compile(rf"https?://{addresses.format(n=f'(?P<n>{number})')}"))


# As each register states its own identifiers; their forms are checked, so that a name in the column is told.
SCHEMES: dict[str, Scheme] = {
    "wikidata": _scheme(
        "Wikidata",
        r"Q[1-9]\d*",
        "http://www.wikidata.org/entity/{}",
        r"(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/{n}",
    ),
    "viaf": _scheme("VIAF", r"\d{1,22}", "http://viaf.org/viaf/{}", r"(?:www\.)?viaf\.org/viaf/{n}/?"),
    "gnd": _scheme("GND", r"\d[\dX-]{3,11}", "https://d-nb.info/gnd/{}", r"(?:www\.)?d-nb\.info/gnd/{n}/?"),
    "geonames": _scheme(
        "GeoNames", r"\d{1,10}", "https://sws.geonames.org/{}/", r"(?:sws\.|www\.)?geonames\.org/{n}(?:/.*)?"
    ),
    "isni": _scheme("ISNI", r"\d{15}[\dX]", "https://isni.org/isni/{}", r"(?:www\.)?isni\.org/(?:isni/)?{n}/?"),
    "lcnaf": _scheme(
        "LCNAF",
        r"n[a-z]{0,2}\d{8,10}",
        "http://id.loc.gov/authorities/names/{}",
        r"id\.loc\.gov/authorities/names/{n}(?:\.html)?",
    ),
    "tgn": _scheme("TGN", r"\d{7,8}", "http://vocab.getty.edu/tgn/{}", r"vocab\.getty\.edu/(?:page/)?tgn/{n}/?"),
    "orcid": _scheme("ORCID", r"(?:\d{4}-){3}\d{3}[\dX]", "https://orcid.org/{}", r"(?:www\.)?orcid\.org/{n}/?"),
}
_SHORT = {"wd": "wikidata", "gn": "geonames", "lccn": "lcnaf", "naf": "lcnaf"}
_PREFIXED = re.compile(r"(?P<scheme>[A-Za-z]+):\s*(?P<number>[^\s/]+)")
_URI = re.compile(r"(?:https?://|urn:|info:|tag:|ark:|doi:)\S+", re.IGNORECASE)


def to_uri(scheme: str, written: str) -> str | None:
    """The URI of an id in one of SCHEMES; None where it has not that scheme's form."""
    known = SCHEMES[scheme]
    number = written.replace(" ", "") if scheme == "isni" else written.strip()
    if known.number.fullmatch(number):
        return known.uri.format(number)
    found = known.addresses.fullmatch(written.strip())
    return known.uri.format(found["n"]) if found else None


def read_id(written: str, source: str) -> str:
    """The URI of an id as people write it: a URI, "wikidata:Q855", or a name that is local to its file (``FILE#id``)."""
    if (prefixed := _PREFIXED.fullmatch(written)) is not None:
        scheme = prefixed["scheme"].casefold()
        uri = to_uri(_SHORT.get(scheme, scheme), prefixed["number"]) if _SHORT.get(scheme, scheme) in SCHEMES else None
        if uri is not None:
            return uri
    if _URI.fullmatch(written):
        return next(filter(None, (to_uri(scheme, written) for scheme in SCHEMES)), quote(written, safe=_SAFE))
    return f"{quote(source)}#{quote(written)}"


def scheme_of(uri: str) -> str:
    """The name of a URI's scheme for ``idno/@type``; "URI" for all others."""
    for scheme in SCHEMES.values():
        if scheme.addresses.fullmatch(uri):
            return scheme.name
    return "URI"


_SAFE = ":/?#[]@!$&'()*+,;=%~"  # what a URI may hold as it is (RFC 3986)
