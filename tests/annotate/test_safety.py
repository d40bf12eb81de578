"""Nothing leaves this computer and nothing is read that was not given: the whole command line under Python's audit hooks.

The commands run in a process of their own whose hooks note every socket and every file that is opened, from the first import
on. What libxml2 opens by itself no hook sees: there the proof is that no word of a forbidden file comes out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.cli import run
from annotate.exports import EXPORTS

ROOT = Path(__file__).parent.parent.parent
PAPER = """Coal and Gold

Miriam Ashdown

Coal exports fell from 73 to 39 million tons1. The pound was overvalued by 10 per cent2 in Paris.

Notes

1. R. S. Sayers, The Bank of England, 1891-1944 (Cambridge: Cambridge University Press, 1976), 211.
2. Ibid., 300.
"""
LIBRARY = "@book{sayers1976, author = {Sayers, R. S.}, title = {The Bank of England}, year = {1976}}\n"
WATCHED = r"""
import json, os, sys
seen = {"sockets": [], "opened": [], "written": [], "started": []}
def hook(event, arguments):
    if event.startswith("socket."):
        seen["sockets"].append(event)
    elif event == "open" and isinstance(arguments[0], (str, bytes)):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        mode, flags = arguments[1], arguments[2]
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or os.path.exists(path):  # relative to the process's folder; shutil opens folders relative to others
            seen["written" if writes else "opened"].append(path)
    elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn"):
        seen["started"].append(str(arguments[0]))
sys.addaudithook(hook)
from annotate.cli import main
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as end:
        print(arguments, end.code, file=sys.stderr)
        if end.code not in (0, 1):
            raise
with open(sys.argv[2], "w") as out:
    json.dump(seen, out)
"""


def watch(commands: list[list[str]], folder: Path) -> dict[str, list[str]]:
    """What was opened, written and started while the commands ran in ``folder``."""
    report = folder / "report.json"
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, json.dumps(commands), str(report)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(report.read_text())
    return found


def _known(path: str) -> bool:
    """Python's own files, installed packages, ours, and what the system tells about itself."""
    bases = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    own = [ROOT / name for name in ("schemas", "bibliography", "corpus", "annotate")]
    allowed = [
        *map(str, own),
        *bases,
        "/proc/",
        "/sys/",
        "/dev/",
        "/usr/share/zoneinfo",
        "/etc/localtime",
        "/etc/os-release",
    ]
    return path.startswith(tuple(allowed))


@pytest.mark.slow
def test_no_socket_and_no_stray_file(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "paper.txt").write_text(PAPER)
    (folder / "library.bib").write_text(LIBRARY)
    (folder / "secret.txt").write_text("not asked for")
    commands = [["annotate", "paper.txt", "--bib", "library.bib", "-o", "out"]]
    commands += [["export", "out/paper.json", "--to", form, "-o", f"out/{form}"] for form in EXPORTS]
    commands += [
        ["export", "out", "--to", "archive", "--licence", "CC BY 4.0", "-o", name] for name in ("bag", "bag.zip")
    ]
    commands += [["import", f"out/{form}/paper{EXPORTS[form][0]}", "--onto", "out/paper.json", "-o", f"back/{form}"]
                 for form in ("web-annotation", "csv", "conllu", "docbin")]  # fmt: skip
    commands += [
        ["import", "out/paper.tei.xml", "-o", "back"],
        ["validate", "out/paper.tei.xml", "bag", "bag.zip"],
        ["facts", "out/paper.json"],
        ["check", "out/paper.json"],
        ["bib", "check", "library.bib"],
    ]
    seen = watch(commands, folder)
    assert seen["sockets"] == []
    assert seen["started"] == []
    asked = {"paper.txt", "library.bib", "adfontes.toml"}
    results = tuple(str(folder / name) for name in ("out/", "back/", "bag/", "bag.zip", ".bag"))
    inputs = tuple(str(folder / name) for name in asked)
    temporary = str(Path(tempfile.gettempdir()) / "adfontes-")
    stray = [
        path for path in seen["opened"] if not _known(path) and not path.startswith((*inputs, *results, temporary))
    ]
    assert stray == []
    probe = re.compile(
        re.escape(tempfile.gettempdir()) + r"/[a-z0-9_]{8}"
    )  # how Python finds out that it may write there
    written = [path for path in seen["written"] if not path.startswith((*results, temporary, "/dev/null"))]
    written = [path for path in written if not probe.fullmatch(path)]
    assert [path for path in written if not path.endswith((".pyc", "report.json")) and "__pycache__" not in path] == []
    assert not list(folder.glob(".bag*")) and not list(Path(tempfile.gettempdir()).glob("adfontes-*/bag"))


# --- XML that attacks, through every verb that reads XML -----------------------------------------------------------

SPACE = ' xmlns="http://www.tei-c.org/ns/1.0"'
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Rye</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)


def tei(inner: str, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{doctype}<TEI{SPACE}>{HEADER}<text><body><p>Words {inner} end.</p></body></text></TEI>'
    )


def jats(inner: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>{doctype}<article><body><p>Words {inner} end.</p></body></article>'


def _laughs() -> str:
    rows = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY a0 "{"ha" * 10}">{rows}]>'


QUADRATIC = f'<!DOCTYPE r [<!ENTITY big "{"x" * 100_000}">]>'
ATTACKS: dict[str, tuple[str, str, bool]] = {  # name: (content, doctype, whether it must be refused)
    "external entity": ("&x;", '<!DOCTYPE r [<!ENTITY x SYSTEM "SECRET">]>', False),
    "external parameter entity": ("x", '<!DOCTYPE r [<!ENTITY % p SYSTEM "SECRET"> %p;]>', False),
    "external DTD": ("x", '<!DOCTYPE r SYSTEM "SECRET">', False),
    "entity of the net": ("&x;", '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', False),
    "XInclude": ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="SECRET"/>', "", False),
    "stylesheet": ('<?xml-stylesheet href="SECRET"?>', "", False),
    "schema location": (
        '<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="SECRET"/>', "", False,
    ),
    "billion laughs": ("&a9;", _laughs(), True),
    "quadratic blow-up": ("&big;" * 2_000, QUADRATIC, True),
    "an entity of itself": ("&a;", '<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', True),
    "300 levels": ("<hi>" * 300 + "x" + "</hi>" * 300, "", True),
    "100,000 levels": ("<hi>" * 100_000, "", True),
    "a text of 11 million bytes": ("word " * 2_200_000, "", True),
    "an attribute of 11 million bytes": (f'<hi rend="{"x" * 11_000_000}"/>', "", True),
}  # fmt: skip


def write_attack(folder: Path, name: str, attack: str, kind: Callable[[str, str], str]) -> None:
    """The file of an attack, and the file that it is after."""
    inner, doctype, _ = ATTACKS[attack]
    (folder / "secret.dat").write_text("TOPSECRET")
    secret = (folder / "secret.dat").as_uri()
    (folder / name).write_text(kind(inner.replace("SECRET", secret), doctype.replace("SECRET", secret)))


def assert_nothing_betrayed(said: str, out: Path) -> None:
    """No word of the secret file, no traceback, no endless line; nor in any result."""
    assert "TOPSECRET" not in said and "Traceback" not in said
    assert all(len(line) < 500 for line in said.splitlines())
    assert not [file for file in out.rglob("*") if file.is_file() and b"TOPSECRET" in file.read_bytes()]


@pytest.mark.parametrize("verb", ["validate", "import"])
@pytest.mark.parametrize("kind", [tei, jats])
@pytest.mark.parametrize("attack", ATTACKS)
def test_xml_that_attacks(
    attack: str, kind: Callable[[str, str], str], verb: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    write_attack(tmp_path, "a.xml", attack, kind)
    code = run([verb, "a.xml", *(["-o", "out"] if verb == "import" else [])])
    said = capsys.readouterr()
    assert_nothing_betrayed(said.out + said.err, tmp_path / "out")
    if ATTACKS[attack][2]:
        assert code == (1 if verb == "validate" else 3)
        assert not Path("out").exists()
        assert "a.xml" in said.out + said.err
    else:
        assert code in (0, 1)


@pytest.mark.slow
def test_a_folder_of_attacks_is_annotated_as_far_as_it_is_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    names: dict[str, str] = {}
    for kind in (tei, jats):
        for attack in ATTACKS:
            name = f"{kind.__name__}-{attack.replace(' ', '-')}"
            names[name] = attack
            write_attack(Path("in").resolve(), f"{name}.xml", attack, kind)
    assert run(["annotate", "in", "-o", "out", "--format", "json,tei"]) == 5
    said = capsys.readouterr()
    assert_nothing_betrayed(said.out + said.err, Path("out"))
    for name, attack in names.items():
        refused = ATTACKS[attack][2]
        assert Path(f"out/{name}.json").exists() is not refused, name
        assert not refused or f"{name}.xml" in said.err
