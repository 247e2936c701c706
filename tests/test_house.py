"""The house itself: one direction of imports, light imports, an honest wheel, clean files."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import json
import re
import shutil
import socket
import subprocess
import sys
import tomllib
import zipfile
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

import netquality as nq

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "netquality"

LAYERS = [
    "errors",
    "rules",
    "garbage",
    "words",
    "grouped",
    "weeks",
    "rates",
    "files",
    "framed",
    "cells",
    "ownfile",
    "decisions",
    "phrases",
    "tables",
    "tablefiles",
    "showing",
    "names",
    "pseudonyms",
    "identity",
    "reasons",
    "interactions",
    "account",
    "network",
    "journal",
    "combining",
    "reading",
    "bursts",
    "origins",
    "measures",
    "chance",
    "depth",
    "status",
    "explaining",
    "timeline",
    "habits",
    "closeness",
    "labelling",
    "ownword",
    "summary",
    "reconnecting",
    "reminders",
    "places",
    "whereabouts",
    "privacy",
    "graph",
    "plot",
    "viewing",
    "_sample",
    "sample",
    "teaching",
    "report",
    "cli",
    "__main__",
    "__init__",
]
"""From the ground up. A module imports only from layers before its own; a name here is a module or
a package, and the modules of one package may import each other as long as no two wait for each
other. A new module gets its place here first (docs/design.md says what each layer is for)."""

STANDARD_LIBRARY_ONLY = {"_sample"}
"""Layers that need nothing installed: an invented export can be written with Python alone."""

HEAVY = [
    "matplotlib",
    "networkx",
    "sklearn",
    "scipy",
    "sknetwork",
    "IPython",
    "jupyter_core",
    "jupyterlab",
    "icalendar",
    "filelock",
    "anywidget",
]


# -- one direction of imports ---------------------------------------------------------------------


def module_name(path: Path, package: Path = PACKAGE) -> str:
    """Return the dotted name below the package; the package itself is ``__init__``."""
    parts = list(path.relative_to(package).with_suffix("").parts)
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


def imported(source: str, own: str, modules: set[str]) -> Iterator[str]:
    """Yield what a source imports, wherever in it: netquality's modules by our name, others whole.

    Imports inside functions, under TYPE_CHECKING, relative ones, and ``import_module`` count.
    """
    is_package = any(name.startswith(f"{own}.") for name in modules)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                levels = ["netquality", *(() if own == "__init__" else own.split("."))]
                up = node.level - (1 if is_package or own == "__init__" else 0)
                here = levels[: len(levels) - up] if up else levels
                base = ".".join([*here, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and own != "__init__":
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called not in {"import_module", "__import__"}:
                continue
            given = node.args[0] if node.args else None
            names = [given.value if isinstance(given, ast.Constant) else "netquality"]
        else:
            continue
        for name in names:
            if name != "netquality.__version__":  # a text, there before any module is loaded
                yield ours(name, modules) or name


def ours(name: str, modules: set[str]) -> str | None:
    """Return which of our modules a dotted name means: the longest that fits; None if foreign."""
    top, *parts = name.split(".")
    if top != "netquality":
        return None
    while parts and ".".join(parts) not in modules:
        parts.pop()
    return ".".join(parts) or "__init__"


def layer_fault(own: str, name: str, modules: set[str]) -> str | None:
    """Return what is wrong with one import across layers, or None."""
    layer, other = own.split(".", maxsplit=1)[0], name.split(".", maxsplit=1)[0]
    alone = layer in STANDARD_LIBRARY_ONLY
    if name not in modules:
        if alone and other not in sys.stdlib_module_names:
            return f"{own}: imports {other}; this layer needs only Python"
    elif other in LAYERS and LAYERS.index(other) > LAYERS.index(layer):
        return f"{own}: imports {name}, which is built on it"
    elif alone and other not in STANDARD_LIBRARY_ONLY:
        return f"{own}: imports {name}; this layer stands by itself"
    return None


def import_faults(sources: dict[str, str]) -> list[str]:
    """Return what is wrong with the imports of modules, given their sources by name."""
    modules = set(sources)
    homeless = sorted(own for own in modules if own.split(".")[0] not in LAYERS)
    faults = [f"{own}: in no layer; give it its place in LAYERS" for own in homeless]
    neighbours: dict[str, set[str]] = {}
    for own in sorted(modules - set(homeless)):
        for name in imported(sources[own], own, modules):
            fault = layer_fault(own, name, modules)
            if fault:
                faults.append(fault)
            elif name in modules - {own} and name.split(".")[0] == own.split(".")[0]:
                neighbours.setdefault(own, set()).add(name)
    try:
        TopologicalSorter(neighbours).prepare()
    except CycleError as error:
        faults.append("a circle of imports: " + " <- ".join(error.args[1]))
    return faults


def test_imports_go_one_way() -> None:
    sources = {
        module_name(path): path.read_text("utf-8")
        for path in PACKAGE.rglob("*.py")
        if "_sample_data" not in path.parts
    }
    assert len(sources) > 10
    assert import_faults(sources) == []


def test_no_module_is_too_long_to_be_read_in_one_go() -> None:
    long = {
        module_name(path): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) >= 360
    }
    assert long == {}


def test_the_design_page_names_the_layers_in_their_order() -> None:
    text = (ROOT / "docs" / "design.md").read_text("utf-8")
    table = text.split("| layer, from the ground up |")[1].split("\n\n")[0]
    firsts = [line.split("|")[1] for line in table.splitlines()[2:]]
    named = [name for first in firsts for name in re.findall(r"`(\w+)`", first)]
    assert named == [layer for layer in LAYERS if layer not in {"__main__", "__init__"}]


@pytest.mark.parametrize(
    ("own", "source", "fault"),
    [
        ("tables", "from netquality import report", "tables: imports report"),
        ("tables", "def f():\n    import netquality.cli", "tables: imports cli"),
        ("tables", "from __future__ import annotations\nfrom .status import assess", "status"),
        ("tables", "import netquality as nq", "tables: imports __init__"),
        ("tables", "from netquality import assess, __version__", "tables: imports __init__"),
        ("tables", "if TYPE_CHECKING:\n    from netquality.network import Network", "network"),
        ("tables", "import_module('netquality.graph')", "tables: imports graph"),
        ("tables", "import_module(name)", "tables: imports __init__"),
        ("reading.dates", "from ..status import assess", "reading.dates: imports status"),
        ("reading.dates", "from .linkedin import read_linkedin", "a circle of imports"),
        ("_sample.dice", "import numpy", "needs only Python"),
        ("_sample.dice", "from netquality.tables import PEOPLE", "stands by itself"),
        ("surprise", "import os", "surprise: in no layer"),
    ],
)
def test_a_wrong_import_is_found(own: str, source: str, fault: str) -> None:
    names = [
        "__init__", "tables", "network", "status", "graph", "report", "cli",
        "reading", "reading.dates", "_sample", "_sample.dice",
    ]  # fmt: skip
    sources = dict.fromkeys(names, "") | {"reading.linkedin": "from . import dates"}
    assert import_faults(sources) == []
    faults = import_faults(sources | {own: source})
    assert len(faults) == 1
    assert fault in faults[0]


# -- light imports --------------------------------------------------------------------------------


def loaded_after(code: str) -> set[str]:
    """Return the top-level packages that are loaded when this code has run in a new Python."""
    code += "\nimport sys\nprint(*sorted({name.split('.')[0] for name in sys.modules}))"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return set(ran.stdout.splitlines()[-1].split())


def test_importing_netquality_loads_nothing_heavy() -> None:
    loaded = loaded_after("import netquality")
    assert "netquality" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_reading_an_export_needs_no_charts_and_no_graphs() -> None:
    loaded = loaded_after("import netquality as nq; nq.read_linkedin; nq.assess; nq.reconnect")
    assert "pandas" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_help_does_not_wait_for_pandas() -> None:
    loaded = loaded_after(
        "from netquality.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code"
    )
    assert "argparse" in loaded
    assert loaded.isdisjoint([*HEAVY, "pandas", "numpy", "pyarrow"])


# -- the wheel ------------------------------------------------------------------------------------


def test_the_wheel_holds_the_package_the_sample_and_the_notebooks(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    sample = ROOT / "data" / "sample"
    data = {
        f"netquality/_sample_data/{path.relative_to(sample).as_posix()}"
        for path in sample.rglob("*")
        if path.is_file()
    }
    assert {"netquality/py.typed", "netquality/canned.toml"} <= held
    assert any(name.endswith("/Connections.csv") for name in data)
    notebooks = {f"netquality/_notebooks/{path.name}" for path in ROOT.glob("notebooks/*.ipynb")}
    assert len(notebooks) > 5
    assert held == package | data | notebooks


# -- the two commands -----------------------------------------------------------------------------


def readme_command(name: str) -> str:
    """Read a command as `.ci/run` does."""
    path = ROOT / ".ci" / "readme_command.py"
    spec = importlib.util.spec_from_file_location("readme_command", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.readme_command(name, (ROOT / "README.md").read_text("utf-8")))


def test_ci_runs_the_commands_that_the_readme_prints() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    for name in ("report", "test"):
        assert f"$(python3 .ci/readme_command.py {name})" in script
    assert script.count('bash -c "$command"') == 2
    assert "-m pytest" not in script
    assert "-m venv" not in script


@pytest.mark.parametrize("name", ["report", "test"])
def test_the_forms_of_a_command_do_the_same(name: str) -> None:
    def parts(command: str) -> tuple[list[str], list[str]]:
        """Return what it installs, and what it then runs."""
        plain = command.replace("Scripts", "bin").replace("\\", "/")
        steps = [step.strip() for step in re.split(r"&&|;", plain)]
        assert len(steps) == 3
        assert " venv " in steps[0]
        return steps[1].split(" -q ")[1].split(), steps[2].split()

    first = parts(readme_command(name))
    assert "constraints.txt" in first[0]
    for form in (f"{name} with uv", f"{name} on Windows", f"{name} with uv on Windows"):
        assert parts(readme_command(form)) == first


# -- what is said and kept ------------------------------------------------------------------------


def declared_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        lines += extra
    names = {re.split(r"[\s\[<>=!~;]", line, maxsplit=1)[0].lower() for line in lines}
    return names - {"netquality"}


def test_every_dependency_has_its_line() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    explained = re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE)
    view = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))
    bundled = {*view.get("dependencies", {}), *view.get("devDependencies", {})}
    assert sorted(explained) == sorted(declared_dependencies() | bundled)


def test_every_dependency_is_pinned() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    pinned = {line.split("==")[0] for line in text.splitlines() if "==" in line}
    assert declared_dependencies() <= pinned


def example_fault(name: str) -> str | None:
    """Return what a public name's docstring lacks, or None."""
    thing: object = nq
    for part in name.split("."):
        thing = getattr(thing, part)
    if not (inspect.ismodule(thing) or inspect.isclass(thing) or inspect.isroutine(thing)):
        return None  # a value: Python has no docstring for it, only for its type
    text = inspect.getdoc(thing) or ""
    if not text.split("\n\n")[0].endswith("."):
        return f"{name}: no sentence that says what it is"
    shown = re.search(r"^Examples\n-{8}\n(?:.*\n)*?>>> ", text, flags=re.MULTILINE)
    if not inspect.ismodule(thing) and not shown:
        return f"{name}: no Examples"
    return None


def test_every_public_name_shows_an_example() -> None:
    names = [
        *nq.__all__,
        *(f"plot.{name}" for name in nq.plot.__all__),
        *(f"habits.{name}" for name in nq.habits.__all__),
    ]
    assert [fault for fault in map(example_fault, names) if fault] == []


def tracked_files() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing is tracked")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    files = [Path(name) for name in listed.stdout.split("\0") if name]
    assert Path("pyproject.toml") in files
    return [path for path in files if (ROOT / path).is_file()]


# in pieces, so that this file does not name them either
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "ana" + "conda.org"]
OWN_PATH = re.compile(rb"(?<![\w.~$/-])/(?:work|root|opt/py\w+|home/\w+|Users/\w+)/")
WINDOWS_PATH = re.compile(rb"[A-Z]:\\{1,2}Users\\", re.IGNORECASE)


def test_no_registry_and_no_path_of_a_machine_is_named() -> None:
    faults = []
    for path in tracked_files():
        content = (ROOT / path).read_bytes()
        faults += [f"{path}: {name}" for name in REGISTRIES if name.encode() in content]
        faults += [f"{path}: {found.group()!r}" for found in OWN_PATH.finditer(content)]
        faults += [f"{path}: {found.group()!r}" for found in WINDOWS_PATH.finditer(content)]
    assert faults == []


def test_no_lock_file_and_no_export_is_tracked() -> None:
    files = tracked_files()
    assert not [path for path in files if path.name in {"uv.lock", "poetry.lock", "pylock.toml"}]
    exports = [path for path in files if path.suffix.lower() in {".zip", ".csv", ".vcf", ".xlsx"}]
    assert not [path for path in exports if path.parts[:2] != ("data", "sample")]


# -- no network -----------------------------------------------------------------------------------


def test_a_test_has_no_network() -> None:
    with pytest.raises((SocketBlockedError, UserWarning), match="tried to use socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.browser
def test_a_browser_test_reaches_this_machine_only(chromium: Any) -> None:
    with pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    page = chromium.new_page()
    for address in ("http://192.0.2.1/", "http://invented.example/"):
        with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
            page.goto(address, timeout=5_000)
    page.close()


@pytest.mark.browser
def test_a_page_that_asks_elsewhere_is_noticed(offline_page: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<title>A page</title><p>It asks for nothing.</p>", "utf-8")
    offline_page.goto(path.as_uri())
    assert offline_page.title() == "A page"
    assert offline_page.complaints == []
    path.write_text("<img src='https://invented.example/picture.png' alt=''>", "utf-8")
    offline_page.goto(path.as_uri())
    assert "asked for https://invented.example/picture.png" in offline_page.complaints
    offline_page.complaints.clear()  # what was to be noticed was
