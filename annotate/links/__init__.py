"""From citations to sources: what the text and the notes cite, and which entry of the library is meant.

A source is linked only when exactly one entry is meant; else the candidates are kept and a Problem says so. Every
marker, citation and reference ends somewhere (law 5). One file for each form of citation; all fill one register.
"""

from __future__ import annotations

from annotate.libraries import UserLibrary
from annotate.links.author_pages import link_author_pages
from annotate.links.author_years import link_author_years, link_loose_years
from annotate.links.bracketed import link_bracketed
from annotate.links.mentions import link_mentions
from annotate.links.notes import link_notes
from annotate.links.numbered import link_given, link_numbers
from annotate.links.places import citing_places
from annotate.links.pointers import link_pointers
from annotate.links.register import Register
from bibliography.keys import DEFAULT_PATTERN
from schemas.records import Article


def link_sources(article: Article, library: UserLibrary | None, keys: str = DEFAULT_PATTERN) -> Article:
    """The article with its references, its citations and the Problems of those that could not be linked."""
    register = Register(article, library, keys)
    places = list(citing_places(article))
    link_given(register)
    link_numbers(register, places)
    loose = link_author_years(register, places)
    history = link_notes(register, places)
    link_pointers(register, places, history)
    link_loose_years(register, loose)
    link_author_pages(register, places)
    link_bracketed(register, places)
    link_mentions(register, places)
    return register.finish()
