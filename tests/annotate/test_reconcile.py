"""Reconciliation against a real server on this machine: answers, faults, cache, resuming, and no connection without it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from difflib import SequenceMatcher
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from annotate.cli import run
from annotate.reconcile import Cache, Service, names_to_ask, reconcile, types_of
from annotate.reconcile.names import Asked
from annotate.reconcile.service import USER_AGENT
from corpus.authorities import read_authorities
from schemas.errors import InputError, UsageError
from schemas.records import Annotation, Article, Block, Metadata, Source, decode_article, encode_article
from schemas.values import EntityValue

TABLE = """id,name,type,description
P1,Joseph Stalin,person,General Secretary of the party
P2,Montagu Norman,person,Governor of the Bank of England
P3,Montague Norman,person,another man of nearly that name
L1,Moscow,place,city on the Moskva
L2,Moscow,place,city in Idaho
O1,Gosplan,body,State Planning Committee
"""


class ReconciliationServer:
    """Serves TABLE; ``faults`` is taken from the front, one for each request, before answers are given.

    A fault is a status ("500", "404", "429"), "malformed", "slow", "drop" (a closed connection), "partial" (one key left
    out), "broken" (a result of the wrong shape), "error" (a JSON object with no answers) or "" for none.
    """

    def __init__(self, *faults: str, manifest: dict[str, Any] | None = None) -> None:
        self.faults = list(faults)
        self.manifest = manifest or {
            "versions": ["0.2"],
            "name": "Test names",
            "identifierSpace": "http://names.example.org/id/",
            "schemaSpace": "http://names.example.org/type/",
            "defaultTypes": [
                {"id": "person", "name": "Person"},
                {"id": "place", "name": "Place"},
                {"id": "body", "name": "Corporate body"},
            ],
        }
        self.rows = list(csv.DictReader(io.StringIO(TABLE)))
        self.asked: Counter[str] = Counter()
        self.batches: list[int] = []
        self.agents: set[str] = set()

    def answer(self, query: dict[str, Any]) -> dict[str, Any]:
        """The rows of a type by likeness, the best first."""
        self.asked[query["query"]] += 1
        wanted = query.get("type")
        scored = [
            (100 * SequenceMatcher(None, query["query"].casefold(), row["name"].casefold()).ratio(), row)
            for row in self.rows
            if wanted in (None, row["type"])
        ]
        exact = [row["name"].casefold() == query["query"].casefold() for _, row in scored]
        found = [
            {"id": row["id"], "name": row["name"], "score": round(score, 1), "match": same and sum(exact) == 1,
             "description": row["description"], "type": [{"id": row["type"], "name": row["type"]}]}
            for (score, row), same in zip(scored, exact, strict=True)
            if score > 60
        ]  # fmt: skip
        return {"result": sorted(found, key=lambda one: -float(str(one["score"])))[: query.get("limit", 5)]}

    def __enter__(self) -> ReconciliationServer:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": self}))
        self.url = f"http://127.0.0.1:{self._server.server_port}/api"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    service: ReconciliationServer

    def do_GET(self) -> None:
        self._send(200, json.dumps(self.service.manifest).encode())

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        queries = json.loads(urllib.parse.parse_qs(form)["queries"][0])
        self.service.agents.add(self.headers["User-Agent"])
        self.service.batches.append(len(queries))
        fault = self.service.faults.pop(0) if self.service.faults else ""
        if fault.isdigit():
            self._send(int(fault), b"no", {"Retry-After": "0"} if fault == "429" else {})
            return
        if fault == "drop":
            self.close_connection = True
            return
        if fault == "slow":
            time.sleep(1.5)
        answers: dict[str, Any] = {key: self.service.answer(query) for key, query in queries.items()}
        if fault == "partial":
            del answers[next(iter(answers))]
        if fault == "broken":
            answers[next(iter(answers))] = {"result": [{"name": 7}]}
        if fault == "error":
            answers = {"status": "error", "message": "index is being built"}
        self._send(200, b"<html>" if fault == "malformed" else json.dumps(answers).encode())

    def _send(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
        try:
            self.send_response(status)
            for name, value in {**(headers or {}), "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except OSError:  # who asked has gone away
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        return


NAMES = (
    ("PERSON", "Commissar Joseph Stalin"),
    ("LOC", "Moscow"),
    ("ORG", "Gosplan"),
    ("PERSON", "Nobody Known"),
    ("EVENT", "May Day"),
)


def article() -> Article:
    text, annotations = "", []
    for number, (label, name) in enumerate(NAMES):
        start = len(text)
        text += f"{name}. "
        value = EntityValue(name, f"c-{number}")
        annotations.append(Annotation(f"e-{number}", "entity", label, start, start + len(name), value, "ner"))
    return Article(
        id="a",
        source=Source("a.txt", "text/plain", "00", "utf-8"),
        metadata=Metadata(),
        text=text,
        blocks=(Block("b-1", "paragraph", 0, len(text)),),
        annotations=tuple(annotations),
    )


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "paper.json"
    path.write_bytes(encode_article(article()))
    return path


def call(document: Path, server: ReconciliationServer, *more: str) -> int:
    cache = document.with_name("cache")
    return run(["reconcile", str(document), "--service", server.url, "--pause", "0", "--cache", str(cache), *more])


def values(document: Path) -> dict[str, EntityValue]:
    found = decode_article(document.read_bytes()).annotations
    return {ann.value.name: ann.value for ann in found if isinstance(ann.value, EntityValue)}


def test_what_is_clear_is_tied_and_the_rest_proposed(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ReconciliationServer() as server:
        assert call(document, server) == 0
        assert server.asked == {"Joseph Stalin": 1, "Moscow": 1, "Gosplan": 1, "Nobody Known": 1}
        assert server.agents == {USER_AGENT}
    found = values(document)
    assert found["Commissar Joseph Stalin"].ref == ("http://names.example.org/id/P1",)
    assert found["Gosplan"].ref == ("http://names.example.org/id/O1",)
    assert found["Moscow"].ref == ()
    assert {candidate.ref for candidate in found["Moscow"].candidates} == {
        ("http://names.example.org/id/L1",), ("http://names.example.org/id/L2",)
    }  # fmt: skip
    assert found["May Day"] == EntityValue("May Day", "c-4")
    rows = [json.loads(line) for line in document.with_name("paper.authority.jsonl").read_text("utf-8").splitlines()]
    assert [(row["asked"], row["status"]) for row in rows] == [
        ("Gosplan", "known"), ("Joseph Stalin", "known"), ("Moscow", "proposed"), ("Moscow", "proposed")
    ]  # fmt: skip
    assert "its only match" in rows[0]["why"] and "no match" in rows[2]["why"]
    assert "2 known" in capsys.readouterr().err
    assert read_authorities([document.with_name("paper.authority.jsonl")]).problems == ()


def test_a_second_run_asks_nothing_and_keeps_what_a_scholar_corrected(document: Path) -> None:
    with ReconciliationServer() as server:
        assert call(document, server) == 0
        rows = document.with_name("paper.authority.jsonl")
        lines = rows.read_text("utf-8").splitlines(keepends=True)
        corrected = lines[2].replace('"proposed"', '"known"')
        rows.write_text("".join([*lines[:2], corrected]), "utf-8")
        before, asked = rows.read_bytes(), server.asked.total()
        assert call(document, server) == 0
        assert server.asked.total() == asked  # "Nobody Known" has no row: its answer is in the cache
        assert rows.read_bytes() == before
        assert len(values(document)["Moscow"].ref) == 1
        rows.unlink()
        assert call(document, server) == 0
        assert server.asked.total() == asked


def test_batches_are_bounded_and_refresh_asks_again(tmp_path: Path) -> None:
    names = [Asked(f"Name {n}", "PERSON", None) for n in range(25)]
    with ReconciliationServer() as server:
        service, cache = Service(server.url, pause=0), Cache(tmp_path, server.url)
        manifest = service.manifest()
        assert len(list(reconcile(names, service, manifest, cache))) == 25
        assert server.batches == [10, 10, 5]
        assert all(outcome.cached for outcome in reconcile(names, service, manifest, cache))
        assert server.batches == [10, 10, 5]
        assert not any(outcome.cached for outcome in reconcile(names, service, manifest, cache, refresh=True))


@pytest.mark.parametrize(
    "faults", [["500"], ["503", "502"], ["429"], ["malformed"], ["drop"], ["500", "malformed", "drop"]]
)
def test_faults_that_pass_are_asked_again(faults: list[str], tmp_path: Path) -> None:
    waits: list[float] = []
    with ReconciliationServer(*faults) as server:
        service = Service(server.url, pause=0.25, sleep=waits.append)
        outcomes = list(reconcile([Asked("Gosplan", "ORG", None)], service, service.manifest(), Cache(tmp_path, "x")))
    assert outcomes[0].decided is not None and outcomes[0].decided.records[0].status == "known"
    backoff = [wait for wait in waits if wait != 0.25]
    assert backoff == ([0.0] if faults == ["429"] else [0.25 * 2**n for n in range(1, len(faults) + 1)])


def test_a_slow_service_is_given_up_and_asked_again(tmp_path: Path) -> None:
    with ReconciliationServer("slow") as server:
        service = Service(server.url, pause=0, timeout=0.5, sleep=lambda _: None)
        (outcome,) = reconcile([Asked("Gosplan", "ORG", None)], service, service.manifest(), Cache(tmp_path, "x"))
    assert outcome.decided is not None


@pytest.mark.parametrize("fault", ["partial", "broken"])
def test_a_name_without_an_answer_is_told_and_not_cached(fault: str, tmp_path: Path) -> None:
    names = [Asked("Gosplan", "ORG", None), Asked("Moscow", "LOC", None)]
    with ReconciliationServer(fault) as server:
        service, cache = Service(server.url, pause=0), Cache(tmp_path, "x")
        manifest = service.manifest()
        first, second = reconcile(names, service, manifest, cache)
        assert first.decided is None and first.unanswered and second.decided is not None
        again = list(reconcile(names, service, manifest, cache))
    assert [(outcome.cached, bool(outcome.decided)) for outcome in again] == [(True, True), (False, True)]


def test_an_interrupted_run_keeps_its_answers_and_goes_on(
    document: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.reconcile.BATCH", 2)
    with ReconciliationServer("", *["500"] * 4) as server:
        assert call(document, server) == 5
        error = capsys.readouterr().err.splitlines()[-1]
        assert "500" in error and "2 of 4 names are left" in error
        assert values(document)["Commissar Joseph Stalin"].ref
        asked = server.asked.total()
        assert call(document, server) == 0
        assert server.asked.total() == asked + 2


@pytest.mark.parametrize(
    ("faults", "code", "said"),
    [
        (["404"], 3, "404"),
        (["500"] * 4, 3, "4 times"),
        (["malformed"] * 4, 3, "no JSON object"),
        (["error"], 3, "index is being built"),
    ],
)
def test_a_service_that_fails_is_told_in_one_line(
    document: Path, capsys: pytest.CaptureFixture[str], faults: list[str], code: int, said: str
) -> None:
    before = document.read_bytes()
    with ReconciliationServer(*faults) as server:
        assert call(document, server) == code
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("adfontes: error: ") and said in last
    assert document.read_bytes() == before
    assert not document.with_name("paper.authority.jsonl").exists()


@pytest.mark.parametrize(
    ("service", "code", "said"),
    [
        ("file:///etc/passwd", 2, "no address of a service"),
        ("http://127.0.0.1:9/api", 3, "cannot be reached"),
        ("http://[::1", 2, "no address of a service"),
    ],
)
def test_addresses_that_are_none(
    document: Path, capsys: pytest.CaptureFixture[str], service: str, code: int, said: str
) -> None:
    assert run(["reconcile", str(document), "--service", service, "--pause", "0"]) == code
    assert said in capsys.readouterr().err


def test_what_is_no_reconciliation_service() -> None:
    for manifest, said in (
        ({"versions": ["9"], "name": "x"}, "version 9"),
        ({"hello": 1}, "is no reconciliation service"),
    ):
        with ReconciliationServer(manifest=manifest) as server, pytest.raises(InputError, match=said):
            Service(server.url, pause=0).manifest()


def test_types_are_the_services_own_or_as_given() -> None:
    with ReconciliationServer() as server:
        manifest = Service(server.url, pause=0).manifest()
    assert types_of(manifest, [], ["PERSON", "LOC", "WORK"]) == {"PERSON": "person", "LOC": "place", "WORK": None}
    assert types_of(manifest, ["PERSON=Q5"], ["PERSON"]) == {"PERSON": "Q5"}
    for wrong in (["PERSON"], ["X=Q5"]):
        with pytest.raises(UsageError):
            types_of(manifest, wrong, ["PERSON"])
    assert names_to_ask([article()], {"PERSON": "Q5"}) == [
        Asked("Joseph Stalin", "PERSON", "Q5"),
        Asked("Nobody Known", "PERSON", "Q5"),
    ]


def test_a_file_that_is_no_authority_file_is_not_overwritten(document: Path) -> None:
    mine = document.with_name("mine.csv")
    mine.write_text("name,type\nA,person\n", encoding="utf-8")
    with ReconciliationServer() as server:
        assert call(document, server, "-o", str(mine)) == 2
        assert server.asked.total() == 0
    assert mine.read_text("utf-8") == "name,type\nA,person\n"


@pytest.mark.slow
def test_without_this_verb_no_connection_is_ever_opened(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("Joseph Stalin met Montagu Norman in Moscow in 1930.\n", encoding="utf-8")
    (tmp_path / "names.csv").write_text("name,type,wikidata\nJoseph Stalin,person,Q855\n", encoding="utf-8")
    code = (
        "import sys\n"
        "def refuse(event, arguments):\n"
        "    if event.startswith(('socket.connect', 'socket.getaddrinfo', 'socket.bind', 'urllib.Request')):\n"
        "        raise RuntimeError(event)\n"
        "sys.addaudithook(refuse)\n"
        "from annotate.cli import run\n"
        "names = ['--authority', 'names.csv', '--gazetteer', 'names.csv']\n"
        "assert run(['annotate', 'paper.txt', *names]) == 0\n"
        "for form in ('tei', 'geojson'):\n"
        "    assert run(['export', 'paper.json', '--to', form, '-o', 'out']) == 0\n"
        "assert run(['check', 'paper.json']) in (0, 1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert values(tmp_path / "paper.json")["Joseph Stalin"].ref == ("http://www.wikidata.org/entity/Q855",)
