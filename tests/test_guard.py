"""The guard: what may come from a real export is refused, and what is the sample's is not."""

from __future__ import annotations

import copy
import importlib.util
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import netquality as nq

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))


def loaded():
    spec = importlib.util.spec_from_file_location("guard", ROOT / ".ci" / "guard.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GUARD = loaded()


def faults(notebook: dict) -> list[str]:
    return GUARD.notebook_faults(json.dumps(notebook).encode())


@pytest.fixture
def notebook() -> dict:
    return json.loads(NOTEBOOKS[0].read_text("utf-8"))


def code_of(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_make_notebooks_kept_passes(path):
    assert GUARD.notebook_faults(path.read_bytes()) == []


@pytest.mark.parametrize(
    "line",
    [
        'EXPORT = "mine.zip"',
        'EXPORT: str = "mine.zip"',
        'other = EXPORT = "mine.zip"',
        'if True:\n    EXPORT = "mine.zip"',
        'EXPORT, other = "mine.zip", 1',
        '(EXPORT := "mine.zip")',
        'for EXPORT in ["mine.zip"]:\n    pass',
        "EXPORT =",
    ],
)
def test_a_notebook_of_another_export_is_refused_even_without_outputs(notebook, line):
    first = code_of(notebook)[0]
    first["source"] = "".join(first["source"]).replace("EXPORT = None", line)
    for one in code_of(notebook):
        one["outputs"] = []
    assert any("EXPORT is not None" in fault for fault in faults(notebook))


@pytest.mark.parametrize(
    "line", ["EXPORT = None", "EXPORT: str | None = None", "EXPORT: str", "%time"]
)
def test_no_export_and_a_command_of_the_notebook_are_no_fault(notebook, line):
    assert GUARD.exports_named(line) == 0


def test_other_outputs_are_refused_and_none_are_fine(notebook):
    changed = copy.deepcopy(notebook)
    cell = next(cell for cell in code_of(changed) if cell["outputs"])
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "Ana Ficticia"}]
    assert any("not as `make notebooks` kept it" in fault for fault in faults(changed))
    assert "Ana" not in "".join(faults(changed))
    for one in code_of(changed):
        one["outputs"] = []
    assert faults(changed) == []
    del notebook["metadata"][GUARD.KEY]
    assert faults(notebook)


def test_other_words_between_the_cells_are_refused_too(notebook):
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    cell["source"] = [*cell["source"], "\nAna Ficticia answered."]
    assert any("not as `make notebooks` kept it" in fault for fault in faults(notebook))
    for one in code_of(notebook):
        one["outputs"] = []
    assert faults(notebook) == []
    cell["attachments"] = {"her.png": {"image/png": ""}}
    assert faults(notebook) == ["a picture is attached to its text"]


def test_a_new_notebook_and_the_state_of_widgets_are_refused(notebook):
    notebook["metadata"]["widgets"] = {"state": {}}
    assert any("widgets" in fault for fault in faults(notebook))
    assert GUARD.notebook_faults(b"{}") == ["is no notebook that can be looked into"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        *((name, b"", "may hold real people") for name in (
            "Connections.csv", "docs/mine.VCF", "export.zip", "mine.gexf", "mine.json", "mine.txt",
            "Connections.csv.gz", "mine", "docs/_static/mine.png", "data/sample/Connections.csv",
            "tests/mine.csv", "page.html", ".env", "mine.pkl",
        )),
        ("data/sample/Known.csv", b"a,b\n", None),
        ("data/sample/Known.csv", b"a,b\r\n", None),  # git on Windows
        ("data/sample/Known.csv", b"a,b\nAna,1\n", "another file"),
        ("netquality-journal.csv", b"", "own word"),
        ("tests/netquality-decisions.txt", b"", "own word"),
        ("notes.md", b"<!-- netquality_table_version: 1 -->\n| name |", "that netquality made"),
        ("notes.md", b'<meta name="generator" content="netquality 0.1.0">', "that netquality made"),
        ("mine.py", b"PRODID:-//netquality//reminders//EN", "that netquality made"),
        ("mine.js", b'{"netquality_schema_version": 1}', "that netquality made"),
        ("notes.md", b"# Of netquality", None),
        ("netquality/words.py", b"", None),
        ("LICENSE", b"", None),
    ],
)  # fmt: skip
def test_what_is_neither_code_nor_prose_is_known_by_its_digest(name, content, said):
    invented = {"data/sample/Known.csv": GUARD.sum_of(b"a,b\n")}
    found = GUARD.faults_of(Path(name), content, invented)
    assert len(found) == (said is not None)
    assert said is None or said in found[0]
    assert not any("Ana" in fault for fault in found)


def test_what_netquality_writes_is_known_for_what_it_is(tmp_path):
    people = nq.assess(nq.load_sample())
    few = nq.reconnect(people, 3)
    nq.write_table(few, tmp_path / "few.md")
    nq.write_table(few, tmp_path / "few.csv")
    nq.write_reminders(few, tmp_path / "few.ics", begin=date(2026, 11, 23))
    nq.write_graph(nq.to_graph(nq.load_sample(), people), tmp_path / "graph.json")
    nq.write_graph(nq.to_graph(nq.load_sample(), people), tmp_path / "graph.graphml")
    nq.write_graph(nq.to_graph(nq.load_sample(), people), tmp_path / "graph.gexf")
    for path in tmp_path.iterdir():  # under whatever name it is brought in
        found = GUARD.faults_of(Path("notes.md"), path.read_bytes(), {})
        assert found == ["is a file that netquality made; it may name people"], path.suffix


def test_every_file_here_that_is_neither_is_listed_and_no_other():
    inside = [path for path in ROOT.glob("data/sample/**/*") if path.is_file()]
    known = GUARD.listed((ROOT / GUARD.LIST).read_text("utf-8"))
    assert len(inside) > 20
    for path in inside:
        place = path.relative_to(ROOT)
        assert GUARD.faults_of(place, path.read_bytes(), known) == []
    assert [place for place in known if not (ROOT / place).is_file()] == []


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_it_looks_at_what_is_staged_and_not_at_what_lies_there(tmp_path):
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "guard.py", tmp_path / ".ci")

    def ran(*command: str) -> subprocess.CompletedProcess:
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    guard = (sys.executable, ".ci/guard.py")
    assert ran("git", "init", "-q").returncode == 0
    (tmp_path / "Connections.csv").write_text("First Name\n", "utf-8")
    assert ran(*guard, "--staged").returncode == 0
    ran("git", "add", "Connections.csv")
    (tmp_path / "Connections.csv").unlink()
    refused = ran(*guard, "--staged")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Connections.csv: may hold real people")
    (tmp_path / "Connections.csv").write_text("First Name\n", "utf-8")
    assert ran(*guard, "--write").stdout == "new: Connections.csv\n"
    assert ran(*guard, "--staged").returncode == 1  # the list itself is not staged yet
    ran("git", "add", ".ci")
    assert ran(*guard, "--staged").returncode == 0
    ran("git", "rm", "-q", "--cached", "Connections.csv")
    assert ran(*guard).returncode == 0
