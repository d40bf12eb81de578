"""Words and blocks that a person corrects in our TEI: every record is moved or told of, and the source stays restorable."""

from __future__ import annotations

import copy
import random
import re

import pytest
from lxml import etree

from corpus.markup.xml import parse_xml, without_namespaces
from corpus.readers import read
from corpus.tei import read_ours
from corpus.validate import validate_tei
from corpus.writers.tei import Form, write_tei
from corpus.writers.tei.elements import TEI
from schemas.offsets import Recorder, restore_source
from schemas.records import (
    Annotation,
    Article,
    Block,
    Citation,
    Claim,
    ClaimSource,
    Clause,
    Marker,
    Metadata,
    Note,
    Page,
    Reference,
    Source,
    Target,
)
from schemas.values import DateValue, EntityValue, FigureValue

# What the source has: lines, a divided word, a glued note number.
SOURCE = (
    "The Rye Trade\n\nIn 1931 Anna Berg sold 40 tons\nof rye to the Mill.1 She was paid in zlo-\nty (Kula 1976). "
    "The Bank of England\nand Wales kept silent.\n\nIn 1932 the Mill bought 12 tons. Torun stood empty.\n\n"
    "1 Account bock, fol. 7.\n\nKula, Theory. 1976.\n"
)


def _recorded() -> Recorder:
    recorder = Recorder(SOURCE)
    position = 0
    for found in re.finditer(r"-\n|(?<=[.])1(?= )|(?m:^1 )|(?<!\n)\n(?!\n|$)", SOURCE):
        recorder.copy(position, found.start())
        kind = {"-": "dehyphenate", "1": "marker" if found.group() == "1" else "label"}.get(found.group()[0], "join")
        recorder.put(kind, found.start(), found.end(), " " if kind == "join" else "")  # type: ignore[arg-type]
        position = found.end()
    recorder.copy(position, len(SOURCE.rstrip()))
    return recorder


RECORDED = _recorded().finish()
TEXT = RECORDED.text


def span_of(words: str) -> tuple[int, int]:
    assert TEXT.count(words) == 1, words
    return TEXT.index(words), TEXT.index(words) + len(words)


def block(identifier: str, kind: str, first: str, last: str, level: int | None = None) -> Block:
    return Block(identifier, kind, span_of(first)[0], span_of(last)[1], level=level)  # type: ignore[arg-type]


def paper() -> Article:
    """An article with a source, and a record of every kind, some of which cross."""
    return Article(
        id="a-1",
        source=Source("paper.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(title="Rye", language="en"),
        text=TEXT,
        offsets=RECORDED.runs,
        edits=RECORDED.edits,
        blocks=(
            block("b-0", "heading", "The Rye Trade", "The Rye Trade", level=1),
            block("b-1", "paragraph", "In 1931", "kept silent."),
            block("b-2", "paragraph", "In 1932", "stood empty."),
            block("b-3", "note", "Account bock", "fol. 7."),
            block("b-4", "reference", "Kula, Theory", "Theory. 1976."),
        ),
        pages=(Page("pg-1", 1, "11", span_of("In 1932")[0], 0),),
        markers=(Marker("m-1", "1", "1", span_of("to the Mill.")[1], SOURCE.index("1 She"), SOURCE.index("1 She") + 1, "n-1"),),
        notes=(Note("n-1", "1", "foot", ("b-3",)),),
        annotations=(
            Annotation("d-1", "date", "YEAR", *span_of("1931"), DateValue("YEAR", "1931-01-01", "1931-12-31", "1931"), "dates"),
            Annotation("e-1", "entity", "PERSON", *span_of("Anna Berg"), EntityValue("Anna Berg", "thing-1"), "ner", 0.5),
            Annotation("f-1", "figure", "QUANTITY", *span_of("40 tons"), FigureValue("QUANTITY", "40", unit="ton"), "figures"),
            Annotation("e-2", "entity", "ORG", *span_of("Bank of England"), EntityValue("Bank of England", "thing-2"), "ner"),
            Annotation("e-3", "entity", "LOC", *span_of("England and Wales"), EntityValue("England and Wales", "thing-3"), "ner"),
            Annotation("d-2", "date", "YEAR", *span_of("1932"), DateValue("YEAR", "1932-01-01", "1932-12-31", "1932"), "dates"),
            Annotation("f-2", "figure", "QUANTITY", *span_of("12 tons"), FigureValue("QUANTITY", "12", unit="ton"), "figures"),
            Annotation("e-4", "entity", "LOC", *span_of("Torun"), EntityValue("Torun", "thing-4"), "ner"),
        ),
        references=(
            Reference("r-1", None, "b-4", *span_of("Kula, Theory. 1976."), csl={"title": "Theory"}, key="kula76", status="linked"),
        ),
        citations=(
            Citation("c-1", "author-year", "(Kula 1976)", *span_of("(Kula 1976)"), targets=(Target("r-1", "kula76", 0.9, "year"),), status="linked"),
        ),
        claims=(
            Claim("cl-1", *span_of("In 1931 Anna Berg sold 40 tons of rye to the Mill."), Clause(*span_of("Anna Berg sold 40 tons")),
                  markers=("m-1",), figures=("f-1",), dates=("d-1",), entities=("e-1",)),
            Claim("cl-2", *span_of("She was paid in zloty (Kula 1976)."), citations=("c-1",),
                  sources=(ClaimSource("r-1", "kula76", citation="c-1"),)),
        ),
    )  # fmt: skip


def corrected(*changes: tuple[str, str], form: Form | None = None) -> Article:
    """The article of our file after changes by hand in its text; each must find its place."""
    return read_file(changed_file(*changes, form=form))


def changed_file(*changes: tuple[str, str], form: Form | None = None) -> bytes:
    head, _, body = write_tei(paper(), form).decode().partition("<text ")
    for pattern, put in changes:
        body, count = re.subn(pattern, put, body)
        assert count == 1, pattern
    return f"{head}<text {body}".encode()


def read_file(data: bytes) -> Article:
    (article,) = read(data, "paper.tei.xml")
    assert article.source == paper().source  # read as ours, not as anybody's
    assert restore_source(article.text, article.offsets, article.edits) == SOURCE
    written = write_tei(article)
    assert validate_tei(written, name="a.xml") == ()
    (again,) = read(written, "paper.tei.xml")
    assert again == article and write_tei(again) == written
    return article


def quotes(article: Article) -> dict[str, str]:
    records = (*article.annotations, *article.citations, *article.claims)
    return {record.id: article.quote(record) for record in records}


def told(article: Article) -> list[tuple[str, tuple[str, ...]]]:
    return [(problem.code, problem.about) for problem in article.problems if problem.code != "text-corrected"]


BEFORE = quotes(paper())
FORMS = [Form(profile, notes) for profile in ("hybrid", "inline", "standoff") for notes in ("back", "inline")]  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_a_typo_mended(form: Form) -> None:
    article = corrected(("silent", "quiet"), form=form)
    assert quotes(article) == BEFORE and told(article) == []
    assert article.text == TEXT.replace("silent", "quiet")
    (edit,) = [edit for edit in article.edits if edit.kind == "correction"]
    assert (edit.source_text, article.text[edit.start : edit.end]) == ("silent", "quiet")
    (problem,) = article.problems
    assert problem.message == "The text was corrected by hand in 1 place."


@pytest.mark.parametrize("form", FORMS)
def test_words_put_in_before_annotations(form: Form) -> None:
    article = corrected((r'(<p xml:id="b-1"[^>]*>)In ', r"\1It is said that in "), form=form)
    assert article.text.startswith("The Rye Trade\n\nIt is said that in 1931 Anna Berg sold 40 tons")
    now = quotes(article)
    assert now.pop("cl-1") == "It is said that in 1931 Anna Berg sold 40 tons of rye to the Mill."
    assert now == {name: words for name, words in BEFORE.items() if name != "cl-1"}
    assert article.claims[0].clause is not None and article.quote(article.claims[0].clause) == "Anna Berg sold 40 tons"
    assert article.text[: article.markers[0].offset].endswith("to the Mill.")
    assert article.text[article.pages[0].offset :].startswith("In 1932")
    assert told(article) == [("words-changed", ("cl-1",))]


@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_deleted(form: Form) -> None:
    article = corrected((r" She was paid in zloty (<ref[^>]*>)?\(Kula 1976\)(</ref>)?\.", ""), form=form)
    assert set(quotes(article)) == set(BEFORE) - {"c-1", "cl-2"}
    assert set(told(article)) == {("words-deleted", ("c-1",)), ("words-deleted", ("cl-2",))}
    assert quotes(article)["e-3"] == "England and Wales" and article.references == paper_references_moved(article)


def paper_references_moved(article: Article) -> tuple[Reference, ...]:
    (ref,) = article.references
    assert ref.start is not None and ref.end is not None and article.text[ref.start : ref.end] == "Kula, Theory. 1976."
    return article.references


@pytest.mark.parametrize("form", FORMS)
def test_a_paragraph_parted(form: Form) -> None:
    article = corrected((r"\. The( <orgName[^>]*>| )Bank of", r". </p><p> The\1Bank of"), form=form)
    assert [b.kind for b in article.blocks] == ["heading", "paragraph", "paragraph", "paragraph", "note", "reference"]
    assert article.text == TEXT.replace(" The Bank", "\n\nThe Bank")
    assert quotes(article) == BEFORE and told(article) == []
    assert [article.quote(b)[:8] for b in article.blocks[1:3]] == ["In 1931 ", "The Bank"]


@pytest.mark.parametrize("form", FORMS)
def test_paragraphs_joined(form: Form) -> None:
    article = corrected((r'kept silent\.</p>\s*(<pb[^>]*/>)?<p xml:id="b-2"[^>]*>', "kept silent. "), form=form)
    assert article.text == TEXT.replace("silent.\n\nIn", "silent. In")
    assert [b.id for b in article.blocks] == ["b-0", "b-1", "b-3", "b-4"]
    assert quotes(article) == BEFORE and told(article) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_block_deleted(form: Form) -> None:
    article = corrected((r'<p xml:id="b-2".*?</p>', ""), form=form)
    assert "Torun" not in article.text and article.text.count("\n\n") == 3
    assert {name for _, (name,) in told(article)} == {"d-2", "f-2", "e-4"}
    assert quotes(article) == {name: words for name, words in BEFORE.items() if name not in ("d-2", "f-2", "e-4")}
    assert [page.label for page in article.pages] == ["11"]


@pytest.mark.parametrize("form", FORMS)
def test_a_heading_that_is_none(form: Form) -> None:
    article = corrected((r'<head xml:id="b-0"([^>]*)>The Rye Trade</head>', ""), form=form)
    assert article.text == TEXT.removeprefix("The Rye Trade\n\n")
    assert quotes(article) == BEFORE and [b.id for b in article.blocks] == ["b-1", "b-2", "b-3", "b-4"]
    article = corrected(
        (r'<head xml:id="b-0"([^>]*)>The Rye Trade</head>', r'<p xml:id="b-0"\1>The Rye Trade</p>'), form=form
    )
    assert article.text == TEXT and article.blocks[0] == Block("b-0", "paragraph", 0, 13)
    assert quotes(article) == BEFORE and told(article) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_words_of_a_note_mended(form: Form) -> None:
    article = corrected(("Account bock", "Account book"), form=form)
    assert article.text == TEXT.replace("bock", "book") and article.notes == paper().notes
    assert quotes(article) == BEFORE and told(article) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_note_deleted_is_missing(form: Form) -> None:
    article = corrected((r'(?s)<note xml:id="n-1".*?</note>', ""), form=form)
    assert article.notes == (Note("n-1", "1", "missing"),)
    assert article.markers[0].note == "n-1" and "Account" not in article.text


def test_words_inside_annotations() -> None:
    article = corrected(
        ("Anna Berg", "Anna Bergh"), ("40 tons", "44 tons"), (r">\(Kula 1976\)", ">(Kula 1979)"), ("Kula, Theory", "W. Kula, Theory")
    )  # fmt: skip
    now = {ann.id: ann for ann in article.annotations}
    assert now["e-1"].value == EntityValue("Anna Bergh", "thing-1") and now["e-1"].made_by == "ner"
    assert article.quote(now["f-1"]) == "44 tons" and now["f-1"].value == FigureValue("QUANTITY", "40", unit="ton")
    assert article.citations[0].label == "(Kula 1979)" and article.citations[0].targets
    problems = {problem.about: problem for problem in article.problems if problem.about}
    assert {code for code, _ in told(article)} == {"words-changed"}
    assert set(problems) == {("e-1",), ("f-1",), ("c-1",), ("r-1",), ("cl-1",), ("cl-2",)}
    assert problems["f-1",].severity == "warning" and "“40 tons” is now “44 tons”" in problems["f-1",].message


def test_a_value_corrected_with_its_words_is_no_problem() -> None:
    article = corrected(("40 tons", "44 tons"), (r'(<measure [^>]*)quantity="40"', r'\1quantity="44"'))
    (figure,) = [ann for ann in article.annotations if ann.id == "f-1"]
    assert figure.value == FigureValue("QUANTITY", "44", unit="ton") and figure.made_by == "source"
    assert told(article) == [("words-changed", ("cl-1",))]


def test_a_sentence_written_anew_keeps_the_names_that_are_marked() -> None:
    article = corrected((
        r"In (<date[^>]*>)1931</date> (<persName[^>]*>)Anna Berg</persName> sold (<measure[^>]*>)40 tons</measure> of rye to the Mill\.",
        r"\2Ida Roth</persName> gave away \g<3>40 tons</measure>.",
    ))  # fmt: skip
    now = quotes(article)
    assert (now["e-1"], now["f-1"]) == ("Ida Roth", "40 tons")
    assert "d-1" not in now and ("words-deleted", ("d-1",)) in told(article)


def test_a_paragraph_moved_keeps_its_records() -> None:
    written = write_tei(paper()).decode()
    (moved,) = re.findall(r'(?:<pb[^>]*/>)?<p xml:id="b-2".*?</p>', written)
    data = written.replace(moved, "").replace('<p xml:id="b-1"', f'{moved}<p xml:id="b-1"').encode()
    article = read_file(data)
    assert [b.id for b in article.blocks] == ["b-0", "b-2", "b-1", "b-3", "b-4"]
    assert quotes(article) == BEFORE and told(article) == []


def test_what_an_editor_indents_is_no_change() -> None:
    written = write_tei(paper()).decode()
    head, _, body = written.partition("<text ")
    body = (
        re.sub(r"(<p [^>]*>)", "\\1\n        ", body).replace("</p>", "\n      </p>").replace(" rye ", "\n        rye ")
    )
    (article,) = read(f"{head}<text {body}".encode(), "paper.tei.xml")
    assert article == paper()


def test_new_blocks_of_a_person() -> None:
    article = corrected(
        (r'(<p xml:id="b-2")', r'<p>A <hi rend="italic">new</hi> one in <placeName>Gdansk</placeName>.</p>\n\1'),
        (r"(</listBibl>)", r"<bibl>Abel, Hunger. 1966.</bibl>\1"),
    )  # fmt: skip
    assert [b.kind for b in article.blocks] == [
        "heading",
        "paragraph",
        "paragraph",
        "paragraph",
        "note",
        "reference",
        "reference",
    ]
    assert (
        article.quote(article.blocks[2]) == "A new one in Gdansk."
        and article.quote(article.blocks[-1]) == "Abel, Hunger. 1966."
    )
    added = [(ann.label, article.quote(ann)) for ann in article.annotations if ann.made_by == "source"]
    assert added == [("hi", "new"), ("LOC", "Gdansk")]
    assert {name: words for name, words in quotes(article).items() if name in BEFORE} == BEFORE


@pytest.mark.parametrize("form", FORMS)
def test_words_put_into_an_empty_block(form: Form) -> None:
    source = "The barley was sold.\n\nThe rye was not."
    recorder = Recorder(source)
    recorder.copy(0, len(source))
    recorded = recorder.finish()
    blocks = (
        Block("b-1", "paragraph", 0, 20),
        Block("b-2", "cell", 21, 21),
        Block("b-3", "paragraph", 22, len(source)),
    )
    article = Article(
        id="a-1",
        source=paper().source,
        metadata=Metadata(title="Rye"),
        text=recorded.text,
        blocks=blocks,
        offsets=recorded.runs,
        edits=recorded.edits,
    )
    data = write_tei(article, form).replace(b'<cell xml:id="b-2"/>', b'<cell xml:id="b-2">40 tons</cell>')
    (changed,) = read(data, "paper.tei.xml")
    assert [changed.quote(each) for each in changed.blocks] == ["The barley was sold.", "40 tons", "The rye was not."]
    assert restore_source(changed.text, changed.offsets, changed.edits) == source
    assert list(read(write_tei(changed), "paper.tei.xml")) == [changed]


def test_a_note_put_in_by_hand() -> None:
    article = corrected(
        (r"(Torun</placeName> stood empty\.)", r'\1<ptr type="noteAnchor" n="2" target="#mine"/>'),
        (r'(?s)(<note xml:id="n-1".*?</note>)', r'\1<note xml:id="mine" n="2" place="foot">Seen in May.</note>'),
    )  # fmt: skip
    note = article.notes[1]
    assert (note.id, note.label, note.place) == ("mine", "2", "foot")
    (words,) = [b for b in article.blocks if b.id in note.blocks]
    assert (words.kind, article.quote(words)) == ("note", "Seen in May.")
    marker = article.markers[1]
    assert (marker.label, marker.note) == ("2", "mine") and article.text[: marker.offset].endswith("stood empty.")


def test_words_outside_all_blocks_are_kept() -> None:
    article = corrected((r'(<p xml:id="b-2")', r"Loose words.\1"))
    assert "silent.\n\nLoose words.\n\nIn 1932" in article.text and article.blocks[2].kind == "other"


def test_a_search_and_replace_over_the_whole_file() -> None:
    data = write_tei(paper()).replace(b"Mill", b"Granary")
    (article,) = read(data, "paper.tei.xml")
    assert article.text == TEXT.replace("Mill", "Granary")
    assert restore_source(article.text, article.offsets, article.edits) == SOURCE


def test_who_corrected_is_told() -> None:
    data = changed_file(("silent", "quiet")).decode()
    change = '<change who="#ed" when="2026-05-01">Proofs read.</change><change '
    data = data.replace("<change ", change, 1).replace("<respStmt", '<editor xml:id="ed">Ida Roth</editor><respStmt', 1)
    (article,) = read(data.encode(), "paper.tei.xml")
    assert [problem.message for problem in article.problems] == [
        "The text was corrected by hand in 1 place by Ida Roth."
    ]


def test_a_file_without_the_packed_text_is_anybodys() -> None:
    data = re.sub(r'<note type="text">.*?</note>', "", changed_file(("silent", "quiet")).decode())
    (article,) = read(data.encode(), "paper.tei.xml")
    assert article.source.media_type == "application/tei+xml" and "kept quiet" in article.text


def test_the_machines_article_is_known_beside_the_corrected_one() -> None:
    tei = without_namespaces(parse_xml(changed_file(("silent", "quiet")), "a.xml").root)
    ours = read_ours(tei)
    assert ours is not None and ours.machine == paper()
    assert [TEXT[each.start : each.end] for each in ours.emendations] == ["silent"]


# --- whatever a person does ------------------------------------------------------------------------------------------

WORDS = ("barley", "", "40", "Anna Berg", ", ", " ", "\n   ", "é𝔸", "Kula", "of", ".")
NEW = ("p", "head", "quote", "hi", "persName", "note", "item", "l", "ab", "date", "lb", "div")


def change_at_random(tei: etree._Element, rng: random.Random) -> None:
    """One thing that a person does in an editor: words, elements or whole blocks changed, moved, copied or taken out."""
    (text,) = tei.iterchildren("{*}text")
    elements = [each for each in text.iter(etree.Element) if each is not text]
    if not elements:
        return
    each = rng.choice(elements)
    where = rng.choice(("text", "tail"))
    words = getattr(each, where) or ""
    at, length = rng.randrange(len(words) + 1), rng.choice((0, 1, 3, 8, 40))
    parent = each.getparent()
    assert parent is not None
    match rng.randrange(9):
        case 0 | 1 | 2:
            setattr(each, where, words[:at] + rng.choice(WORDS) + words[at + length :])
        case 3:
            parent.remove(each)
        case 4:  # the element goes, its words stay
            previous, tail = each.getprevious(), (each.text or "") + (each.tail or "")
            parent.remove(each)
            if previous is not None:
                previous.tail = (previous.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
        case 5:  # cut and put in elsewhere
            target = rng.choice(elements)
            if each not in {target, *target.iterancestors()}:
                target.addnext(each)
        case 6:
            parent.append(copy.deepcopy(each))
        case 7:
            made = etree.SubElement(parent, f"{{{TEI}}}{rng.choice(NEW)}")
            made.text = rng.choice(WORDS)
        case _:  # parted in two
            made = etree.Element(each.tag)
            made.text, each.text = words[at:], words[:at]
            each.addnext(made)


def all_is_moved_or_told(article: Article, before: Article) -> None:
    """Every record that a person did not take out is there, or a Problem says what became of it."""
    told = {name for problem in article.problems for name in problem.about}
    for kind in ("claims", "references", "pages", "notes"):
        there = {record.id for record in getattr(article, kind)}
        for record in getattr(before, kind):
            assert record.id in there | told, (kind, record.id)


@pytest.mark.parametrize("seed", range(60))
def test_random_changes_by_hand(seed: int) -> None:
    random_changes(seed)


@pytest.mark.fuzz
def test_many_random_changes_by_hand() -> None:
    for seed in range(60, 3_000):
        random_changes(seed)


def random_changes(seed: int) -> None:
    rng = random.Random(seed)
    form = rng.choice(FORMS)
    tei = etree.fromstring(write_tei(paper(), form))
    for _ in range(rng.choice((1, 2, 5, 12))):
        change_at_random(tei, rng)
    data = etree.tostring(tei, encoding="UTF-8")
    (article,) = read(data, "paper.tei.xml") if "".join(tei.find("{*}text").itertext()).strip() else (None,)  # type: ignore[union-attr]
    if article is None:
        return
    assert article.source == paper().source
    assert restore_source(article.text, article.offsets, article.edits) == SOURCE
    now, said = "".join(article.text.split()), "".join(tei.find("{*}text").itertext()).split()  # type: ignore[union-attr]
    assert sorted(now) == sorted("".join(said))  # no word of the file is lost, none is made
    all_is_moved_or_told(article, paper())
    ours = read_ours(without_namespaces(parse_xml(data, "a.xml").root))
    assert ours is not None and ours.machine.text == TEXT
    for record in (*article.annotations, *article.citations, *article.claims, *article.blocks):
        assert 0 <= record.start <= record.end <= len(article.text)
    written = write_tei(article)
    assert validate_tei(written, name="a.xml") == ()
    (again,) = read(written, "paper.tei.xml")
    assert again == article and write_tei(again) == written
