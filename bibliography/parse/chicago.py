"""Notes and bibliographies with the year at the end: Chicago, MHRA and the like, and the comma style of the sciences.

"A. C. Sutton, Western Technology (Stanford: Hoover Institution Press, 1968), 347." and "P. Mantoux et al., Nature 150 (1931) 117."
"""

from __future__ import annotations

import re

from bibliography.parse.authors import scan_names, scan_surnames
from bibliography.parse.body import read_body
from bibliography.parse.cuts import quoted, skip
from bibliography.parse.host import EDITORS
from bibliography.parse.marks import Marks


def read(marks: Marks) -> bool:
    """Mark a reference that begins with its authors (then a comma, stop or colon), or with a title in quotes."""
    text = marks.masked
    at = skip(text, 0)
    names = scan_names(text, at) or scan_surnames(text, at)
    if names is None:
        if quoted(text, at) is None:
            return False
        read_body(marks, at)
        return True
    editors = EDITORS.match(text, names.end)
    for span in names.names:
        marks.add("editor" if editors else "author", *span, keep_stop=True)
    at = editors.end() if editors else names.end
    commas = re.match(r"\s*,", text[names.end :]) is not None
    read_body(marks, at, commas=commas)
    return True
