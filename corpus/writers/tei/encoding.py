"""``encodingDesc``: every kind of edit that was made, every annotator, model and closed list, and how to cite a passage."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from corpus.writers.tei.edition import Edition
from corpus.writers.tei.elements import TEI, local_name, sub, xml_name
from corpus.writers.tei.profiles import PERSON, SOURCE, Form
from corpus.writers.tei.tags import exact
from corpus.writers.tei.taxonomies import EDITS, category, write_taxonomies
from schemas.records import Article, EditKind

NAME = "adfontes"
# TEI's data.versionNumber: "0.1.0", "2.0b1"; what a packager adds ("0.1.0+local") stands in the label only.
_VERSION = re.compile(r"[0-9]+[a-z]*[0-9]*(?:\.[0-9]+[a-z]*[0-9]*){0,3}")
_NAMED_VERSION = re.compile(r"(?P<name>.+?)[-/ @](?P<version>[0-9]+(?:\.[0-9]+[a-z0-9]*)+)")  # "en_adfontes_ner-0.2.0"
_PROJECT = {
    False: "Annotated automatically: names, figures, dates, citations and the sources of claims. Links and values are "
    "not evidence until a person has reviewed them.",
    True: "The text as its source has it, with its notes; it holds no automatic annotation.",
}
_PRACTICES: dict[str, tuple[EditKind, ...]] = {
    "correction": ("repair", "correction"),
    "hyphenation": ("dehyphenate",),
    "normalization": tuple(kind for kind in EDITS if kind not in ("repair", "correction", "dehyphenate")),
}
_ATTRIBUTES = {
    "correction": {"method": "silent"},
    "hyphenation": {"eol": "none"},
    "normalization": {"method": "silent"},
}
_NO_EDIT = "None: the text is the source's, character for character."
_PROFILES = {
    "hybrid": "Annotations that nest stand in the text; all stand in standOff, with their places.",
    "inline": "Annotations stand in the text; those that cross are split into fragments joined by @next and @prev.",
    "standoff": "Annotations stand in standOff only, with their places.",
    "minimal": "Only what the source itself marks is marked.",
}
_NOTES = {
    "back": "Notes stand in the back; empty pointers to them stand where their markers stood.",
    "inline": "Notes stand where their first markers stood, beside an anchor; notes without a marker stand in the back.",
}


def write_encoding(made: etree._Element, edition: Edition, text: etree._Element, form: Form) -> None:
    """What was done to the text and how; ``text`` is counted in ``tagsDecl``."""
    sub(sub(made, "projectDesc"), "p", _PROJECT[form.profile == "minimal"])
    _write_editorial(sub(made, "editorialDecl"), edition, form)
    tags = Counter(local_name(each) for each in text.iter())
    namespace = sub(sub(made, "tagsDecl", partial="true"), "namespace", name=TEI)
    for tag in sorted(tags):
        sub(namespace, "tagUsage", gi=tag, occurs=str(tags[tag]))
    _write_references_system(sub(made, "refsDecl"))
    write_taxonomies(made)
    _write_applications(sub(made, "appInfo"), edition)


def _write_editorial(made: etree._Element, edition: Edition, form: Form) -> None:
    """Every kind of edit that was made, with its count; what was annotated by whom; how notes and markers stand."""
    edits = Counter(edit.kind for edit in edition.article.edits)
    for name, kinds in _PRACTICES.items():
        found = [kind for kind in kinds if edits[kind]]
        if found or name == "normalization":
            practice = sub(made, name, **_ATTRIBUTES[name])
            for kind in found:
                said = f"{EDITS[kind][0].upper()}{EDITS[kind][1:]}: {edits[kind]}."
                sub(practice, "p", said, n=kind, ana=category("edit", kind))
            if not found:
                sub(practice, "p", _NO_EDIT if not edits else "None but what is said of corrections and hyphens.")
    interpretation = sub(made, "interpretation")
    counts = Counter((ann.layer, ann.made_by) for ann in edition.article.annotations)
    for (layer, made_by), count in sorted(counts.items()):
        said = f"Annotations of the layer {layer}, made by {made_by}: {count}."
        sub(interpretation, "p", said, ana=category("layer", layer), resp=f"#{edition.agents[made_by]}")
    article = edition.article
    relations = f"relations between numbers, computed again: {len(article.checks)}"
    sub(interpretation, "p", f"Citations: {len(article.citations)}; claims: {len(article.claims)}; {relations}.")
    sub(interpretation, "p", _PROFILES[form.profile], n=form.profile)
    sub(interpretation, "p", _NOTES[form.notes], n=f"notes-{form.notes}")


def _write_references_system(made: etree._Element) -> None:
    """How a passage is cited, in the way that DTS servers read.

    A division by the xml:id of its heading, what stands in it and a note by their own, a page by its number.
    """
    division = sub(made, "citeStructure", unit="division", match="/TEI/text//div[head]", use="head/@xml:id")
    sub(division, "citeData", property="http://purl.org/dc/terms/title", use="head")
    sub(division, "citeStructure", unit="block", match="*[@xml:id][not(self::head)]", use="@xml:id", delim="/")
    sub(made, "citeStructure", unit="note", match="/TEI/text//note[@xml:id]", use="@xml:id")
    sub(made, "citeStructure", unit="page", match="/TEI/text//pb", use="@n")


def _write_applications(made: etree._Element, edition: Edition) -> None:
    """The toolkit with its configuration, its model, and each of its parts that made annotations."""
    article = edition.article
    version = article.made.version if article.made else ""
    _write_toolkit(made, article, version)
    if article.made is not None and article.made.model:
        model = article.made.model
        _write_application(made, model, version, id=None, kind="model")
    for made_by, xml_id in edition.agents.items():
        if made_by not in (SOURCE, PERSON):
            _write_application(made, made_by, version, id=xml_id, kind="annotator")


def _write_application(made: etree._Element, name: str, version: str, *, id: str | None, kind: str) -> None:
    """A part of the toolkit: its own version where its name ends in one ("en_names-0.2.0"), else the toolkit's."""
    own = _NAMED_VERSION.fullmatch(name)
    number = _VERSION.match(own["version"] if own else version)
    ident = xml_name(own["name"] if own else name)
    part = sub(made, "application", id=id, type=kind, ident=ident, version=number.group() if number else "0")
    sub(part, "label", exact(name))


def _write_toolkit(made: etree._Element, article: Article, version: str) -> None:
    number = _VERSION.match(version)
    application = sub(made, "application", ident=NAME, version=number.group() if number else "0")
    sub(application, "label", f"{NAME} {version}".strip())
    if article.made is not None:
        sub(application, "p", f"Model: {article.made.model}", n="model")
        for option, value in sorted(article.made.configuration.items()):
            sub(application, "p", f"{option} = {value}", n=option)
        if article.made.key:
            sub(application, "p", article.made.key, n="key", rend="key")
