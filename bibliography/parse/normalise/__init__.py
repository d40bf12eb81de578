"""One normaliser for each kind of field: a printed value to CSL variables, as written; and the forms that BibTeX gets.

A normaliser is one file with a pure function and a table test. ``normalise_item`` is what turns a CSL item that keeps
strings as printed into the one that is written to BibTeX.
"""

from bibliography.parse.normalise.editions import read_edition
from bibliography.parse.normalise.items import normalise_item
from bibliography.parse.normalise.pages import expand_pages, read_pages
from bibliography.parse.normalise.series import read_series
from bibliography.parse.normalise.volumes import read_volume

__all__ = ["expand_pages", "normalise_item", "read_edition", "read_pages", "read_series", "read_volume"]
