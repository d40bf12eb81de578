"""What an article says of itself: title, authors with affiliations, abstract, keywords, how it wants to be cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.layout.draft import Draft
from corpus.layout.headings import CHAPTER
from corpus.layout.language import language_of
from corpus.layout.lines import Line, ends_sentence
from corpus.layout.zones import zone_of
from schemas.records import Block, Metadata, Person

_PARTICLES = frozenset(
    "de da di del della der den van von zu zum zur la le les du ten ter al el y e af dos das".split()
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,\s*(?:and|und|et)\s|[,;&]|\s(?:and|und|et|y|и)\s)\s*")
_INSTITUTION = re.compile(
    r"\b(?:University|Universi[dt]\w+|Hochschule|École|Institut\w*|Department|Academy|College|School|Faculty|Cent(?:er|re)|Museum|Archiv\w*"
    r"|Library|Laborator\w+|Hospital|Университет|университет|Институт|институт|Академия|академия)\b"
)
_FRONT_ONLY = re.compile(r"author biograph|about the author|author information|об авторах", re.IGNORECASE)
_GOST = re.compile(r"//\s*(?P<container>[^/]{2,200}?)\.\s*(?P<year>(?:1[5-9]|20)\d\d)\b")  # "... // Journal. 2023. 4."
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_JOURNAL = re.compile(  # how journals head an article: volume, number, year, identifiers, the kind of article
    r"""(?:doi:?\s?10\.|https?://|www\.|e?-?issn:?\s|(?:original|research|review)\ article$|review\ essay$|articles?$
    |(?=.{0,200}\b(?:1[6-9]|20)\d\d\b).{3,90}?(?:\b(?:vol|volume|bd|band|tome|jg|no|n[°º]|núm|nr|issue|heft|№|т|вып)\.?\s?\d
    |\d\s?[:.]\s?\d+\s\(|\s\d+\s\((?:1[6-9]|20)\d\d\)))""",
    re.IGNORECASE | re.VERBOSE,
)
_DATED = re.compile(  # when it was received and accepted, how to write to its author
    r"(?:(?:manuscript |article |paper )?(?:received|submitted|revised|accepted|published online|first published)\b[^.]{0,40}\d"
    r"|recibido|aceptado|reçu le|eingegangen|angenommen|ricevuto|поступила|статья поступила|принята"
    r"|e-?mail:?\s|correspondence:?\s|corresponding author|orcid|https?://|doi:?\s?10\.|\S+@\S+\.\w+$|©|\(c\) \d)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?i:by|von|par|di|por|door)\s+(?=[^\W\d_a-zß-ÿ])")
_SMALL = frozenset("of the and in on to for at from with as its their is are".split())
_LONGEST_TITLE = 320
_LONGEST_FRONT = 300
_FRONT_LINES = 9


def read_front(drafts: list[Draft]) -> list[Draft]:
    """Name the blocks before the text proper: title, authors, affiliations, an abstract without a heading."""
    titled = next((i for i, draft in enumerate(drafts) if draft.kind == "title"), 0)
    if titled:  # what a journal prints above a title
        for draft in drafts[:titled]:
            draft.kind = "other"
        return drafts[:titled] + read_front(drafts[titled:])
    if drafts and drafts[0].lines[0].hint is None:
        drafts = _parted(drafts)
    heads = next((i for i, draft in enumerate(drafts) if not _heads_journal(draft)), 0)
    if heads and (heads >= len(drafts) - 1 or not _is_title(drafts[heads:]) or is_name(drafts[heads].text)):
        heads = 0
    if not drafts or not _is_title(drafts[heads:]):
        return drafts
    made = [*_joined(drafts[:heads]), drafts[heads]]
    drafts[heads].kind = "title"
    rest = drafts[heads + 1 :]
    while rest and not _begins_text(rest[0], made) and (people := _people(rest[0], drafts)):
        made += people
        rest = rest[1:]
    if any(draft.kind == "author" for draft in made) and len(rest) > 1 and _is_abstract(rest):
        rest[0].kind = "abstract"
    return made + rest


def _joined(drafts: Sequence[Draft]) -> list[Draft]:
    """What heads an article: lines one below the other are one block."""
    made: list[Draft] = []
    for draft in drafts:
        if made and not draft.lines[0].gap:
            made[-1].lines += draft.lines
        else:
            made.append(Draft("other", draft.lines))
    return made


def _parted(drafts: list[Draft]) -> list[Draft]:
    """The front matter cut where its lines are set one below the other: what heads it, title, authors, dates."""
    first = drafts[0]
    if not 1 < len(first.lines) <= _FRONT_LINES or len(first.text) > 3 * _LONGEST_FRONT or first.zone is not None:
        return drafts
    parts: list[tuple[str, list[Line]]] = []
    titled = False
    for line in first.lines:
        kind = _front_kind(line.text, titled=titled)
        titled = titled or kind == "title"
        if parts and parts[-1][0] == kind:
            parts[-1][1].append(line)
        else:
            parts.append((kind, [line]))
    titles = sum(kind == "title" for kind, _ in parts)
    if parts[-1][0] == "author" and len(drafts) > 1 and _front_kind(drafts[1].text, titled=True) == "author":
        return drafts  # "in\nAmerican English", above the author
    if len(parts) < 2 or titles != 1 or (parts[-1][0] == "title" and len(parts[-1][1]) > 3):
        return drafts
    return [*(Draft("paragraph", lines) for _, lines in parts), *drafts[1:]]


def _front_kind(text: str, *, titled: bool) -> str:
    if _JOURNAL.match(text) or _DATED.match(text):
        return "other"
    names = [name for name in _BETWEEN_NAMES.split(_BY.sub("", text.strip(" .*†"), count=1)) if name]
    if titled and names and all(is_name(name) for name in names):
        return "author"
    if titled and _INSTITUTION.search(text) and not ends_sentence(text):
        return "affiliation"
    return "title"


def _heads_journal(draft: Draft) -> bool:
    """Whether a block is what a journal prints above a title."""
    text = draft.text
    plain = draft.kind == "paragraph" and draft.zone is None and draft.lines[0].hint is None
    return plain and len(text) < _LONGEST_FRONT and _JOURNAL.match(text) is not None


def make_metadata(text: str, blocks: Sequence[Block]) -> Metadata:
    """The metadata of the finished text."""

    def of(kind: str) -> list[str]:
        return [text[block.start : block.end] for block in blocks if block.kind == kind]

    cite = next((quote for quote in of("other") if _YEAR.search(quote)), None)
    gost = _GOST.search(cite[:2000]) if cite else None
    years = set(_YEAR.findall(cite[:2000])) if cite and not gost else set()
    keywords = [word.strip(" .") for quote in of("keywords") for word in re.split(r"[,;]", quote)]
    return Metadata(
        title=next(iter(of("title")), None),
        authors=tuple(_authors(text, blocks)),
        abstract="\n\n".join(of("abstract")) or None,
        keywords=tuple(word for word in keywords if word),
        language=language_of(text),
        issued=gost["year"] if gost else next(iter(years)) if len(years) == 1 else None,
        container_title=gost["container"].strip() if gost else None,
        how_to_cite=cite,
    )


def parse_person(name: str, affiliation: str | None = None) -> Person:
    """A name as printed, given name first.

    >>> parse_person("Ada Van Dam").family, parse_person("Ludwig van Beethoven").family
    ('Dam', 'van Beethoven')
    """
    tokens = name.split()
    if len(tokens) < 2:
        return Person(literal=name, affiliation=affiliation)
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1] in _PARTICLES:
        start -= 1
    return Person(family=" ".join(tokens[start:]), given=" ".join(tokens[:start]), affiliation=affiliation)


def is_name(text: str) -> bool:
    """Whether a text is one person's name: two to six capitalised words, initials and particles.

    >>> is_name("Judith E. Adams"), is_name("Grain exports"), is_name("From Tables to Trees")
    (True, False, False)
    """
    tokens = text.split()
    if not 2 <= len(tokens) <= 6 or any(character.isdigit() for character in text) or len(text) > 60:
        return False
    capital = [token for token in tokens if token[0].isupper()]
    plain = all(token[0].isupper() or token in _PARTICLES or token[:2] in ("d’", "d'") for token in tokens)
    if text.isupper() and not _SMALL.isdisjoint(text.casefold().split()):  # "THE SALT PANS OF SETUBAL"
        return False
    return plain and len(capital) >= 2 and not any(mark in text for mark in ":;?!()[]“”/")


def _is_title(drafts: Sequence[Draft]) -> bool:
    text = drafts[0].text
    if drafts[0].kind == "title":
        return True
    if len(drafts) < 2 or drafts[0].zone is not None or CHAPTER.match(text) or len(text) > _LONGEST_TITLE:
        return False
    if drafts[0].lines[0].hint is not None and ends_sentence(text):  # no larger type, and no look of a title either
        return False
    return len(drafts[0].lines) <= 5 and not (ends_sentence(text) and text[-1] == "." and len(text) > 90)


def _begins_text(draft: Draft, made: Sequence[Draft]) -> bool:
    """A heading of the file behind the authors is none of them, though it is written as a name: "The Scheme"."""
    return draft.kind == "heading" and any(each.kind == "author" for each in made)


def _people(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """The author and affiliation blocks that a block of the front matter holds; none where it names nobody."""
    if len(draft.lines) > 8 or len(draft.text) > 800 or draft.zone is not None:
        return []
    if len(draft.lines) == 1 and (split := _name_and_place(draft, drafts)):
        return split
    if len(draft.text) < _LONGEST_FRONT and draft.lines[0].hint is None and _DATED.match(draft.text):
        draft.kind = "other"
        return [draft]
    kinds = [_front_kind(line.text, titled=True) for line in draft.lines]
    if len(set(kinds)) > 1 and "title" not in kinds and draft.lines[0].hint is None:
        groups = groupby(zip(kinds, draft.lines, strict=True), key=lambda pair: pair[0])
        parts = [Draft("paragraph", [line for _, line in members]) for _, members in groups]
        return [made for part in parts for made in _people(part, drafts)]
    by = _BY.match(draft.lines[0].text)
    text = draft.text[by.end() :] if by else draft.text
    names = [name for name in _BETWEEN_NAMES.split(text.strip(" .*†")) if name]
    if names and sum(is_name(name) for name in names) * 10 >= 8 * len(names):
        draft.kind = "author"
        if by:
            draft.label = (draft.lines[0].start, draft.lines[0].start + by.end())
        return [draft]
    if len(draft.text) < 250 and _INSTITUTION.search(draft.text) and not ends_sentence(draft.text):
        draft.kind = "affiliation"
        return [draft]
    return []


def _name_and_place(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """ "Maryna A. Shabasava Belarusian State University, Minsk" cut in two."""
    line = draft.lines[0]
    body = line.text.lstrip("•*·–- ")
    found = _INSTITUTION.search(body)
    if found is None or len(body) > 300:
        return []
    tokens = body[: found.start()].split(" ")
    lengths = sorted(range(2, min(len(tokens), 5) + 1), key=lambda n: not _named_with_comma(tokens[:n], drafts, draft))
    size = lengths[0] if lengths and _named_with_comma(tokens[: lengths[0]], drafts, draft) else _by_initial(tokens)
    name = " ".join(tokens[:size]).rstrip(",")
    if not is_name(name):
        return []
    start = line.start + len(line.text) - len(body)
    rest = body[len(name) :].lstrip(" ,")
    author = line._replace(start=start, end=start + len(name), text=name, trailing=0)
    place = line._replace(start=line.end - len(rest), text=rest, gap=0, page=False)
    made = [Draft("author", [author]), Draft("affiliation", [place])]
    if start > line.start:
        made[0].lines = [Line(line.start, author.end, line.text[: author.end - line.start], line.indent, line.gap)]
        made[0].label = (line.start, start)
    if place.start > author.end:
        made[1].lines = [place._replace(start=author.end, text=line.text[author.end - line.start :])]
        made[1].label = (author.end, place.start)
    return made


def _named_with_comma(tokens: Sequence[str], drafts: Sequence[Draft], own: Draft) -> bool:
    start = " ".join(tokens) + ","
    return any(draft.text.startswith(start) for draft in drafts if draft is not own)


def _by_initial(tokens: Sequence[str]) -> int:
    """After the last initial comes the family name ("Ryhor A. Petachenka Belarusian State"); else two words are one."""
    initials = [i for i, token in enumerate(tokens) if len(token) <= 2 and token.endswith(".")]
    return initials[-1] + 2 if initials else 2


def _is_abstract(rest: Sequence[Draft]) -> bool:
    """A single paragraph between the authors and what closes the front matter."""
    text, after = rest[0].text, rest[1]
    if len(text) < 200 or rest[0].zone is not None:
        return False
    return (
        bool(_FRONT_ONLY.match(after.text))
        or after.zone in ("keywords", "how-to-cite")
        or zone_of(after.text) == "keywords"
    )


def _authors(text: str, blocks: Sequence[Block]) -> list[Person]:
    people: list[Person] = []
    for block in blocks:
        quote = text[block.start : block.end]
        if block.kind == "author":
            people += [parse_person(name) for name in _BETWEEN_NAMES.split(quote.strip(" .*†")) if name]
        elif block.kind == "affiliation" and people and people[-1].affiliation is None:
            last = people[-1]
            people[-1] = Person(last.family, last.given, last.literal, quote)
    return people
