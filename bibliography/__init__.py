"""References: BibTeX in and out, reference strings to fields, names, matching. Imports only schemas and libraries.

    files       BibTeX, CSL-JSON or RIS by content -> Library   edit    changes to a file that touch nothing else
    bibtex      BibTeX text -> Library of Entry, and back       csl     Entry <-> CSL-JSON item
    convert     a library in another form or dialect            keys    citation keys by a pattern
    inherit     what crossref and xdata give                    styles  citations and lists in a citation style
    parse       a reference string -> ParsedReference           names   one person's name, folded names, initials
    match       a CSL item -> the entry of a library it means   check   what a careful editor would flag

Nothing is imported here, so that ``import bibliography`` costs nothing. A reference style that is read badly wants examples: one
function in ``parse/training`` that renders it, or a feature in ``parse/features``, and a new model.
"""
