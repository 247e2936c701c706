"""The guard: what may come from a real export is refused, and what is the sample's is not."""

from __future__ import annotations

import copy
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_a_notebook_of_another_export_is_refused(notebook):
    first = code_of(notebook)[0]
    first["source"] = "".join(first["source"]).replace("EXPORT = None", 'EXPORT = "mine.zip"')
    assert any("EXPORT is not None" in fault for fault in faults(notebook))


def test_other_outputs_are_refused_and_none_are_fine(notebook):
    changed = copy.deepcopy(notebook)
    cell = next(cell for cell in code_of(changed) if cell["outputs"])
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "Ana Ficticia"}]
    assert any("not those of the sample" in fault for fault in faults(changed))
    assert "Ana" not in "".join(faults(changed))
    for one in code_of(changed):
        one["outputs"] = []
    assert faults(changed) == []
    del notebook["metadata"][GUARD.KEY]
    assert faults(notebook)


def test_a_new_notebook_and_the_state_of_widgets_are_refused(notebook):
    notebook["metadata"]["widgets"] = {"state": {}}
    assert any("widgets" in fault for fault in faults(notebook))
    assert GUARD.notebook_faults(b"{}") == ["is no notebook that can be looked into"]


@pytest.mark.parametrize(
    ("name", "content", "is_refused"),
    [
        ("Connections.csv", b"", True),
        ("docs/mine.VCF", b"", True),
        ("export.zip", b"", True),
        ("mine.gexf", b"", True),
        ("netquality-journal.csv", b"", True),
        ("netquality-decisions.txt", b"", True),
        ("out/report.html", b'<meta name="generator" content="netquality 0.1.0">', True),
        ("docs/page.html", b"<p>A page", False),
        ("data/sample/Connections.csv", b"", False),
        ("data/other/Connections.csv", b"", True),
        ("tests/five_rows.csv", b"", False),
        ("netquality/words.py", b"", False),
    ],
)
def test_tables_and_pages_stand_where_only_invented_ones_do(name, content, is_refused):
    assert bool(GUARD.faults_of(Path(name), content)) == is_refused


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
    ran("git", "rm", "-q", "--cached", "Connections.csv")
    assert ran(*guard).returncode == 0
