"""References: BibTeX in and out, reference strings to fields, names, matching. Imports only schemas and libraries.

    bibtex      a .bib file -> Library of Entry, and back       csl     Entry <-> CSL-JSON item
    parse       a reference string -> ParsedReference           names   one person's name, folded names, initials
    match       a CSL item -> the entry of a library it means   check   what a careful editor would flag

Nothing is imported here, so that ``import bibliography`` costs nothing. A reference style that is read badly wants examples: one
function in ``parse/training`` that renders it, or a feature in ``parse/features``, and a new model.
"""
