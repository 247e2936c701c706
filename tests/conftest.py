"""What every test stands on: no network, repeatable examples, a browser that is offline.

Sockets are closed for all tests (`--disable-socket` in pyproject.toml). Tests marked ``browser``
may reach this machine itself, and nothing else. Unix sockets are allowed throughout: asyncio
wakes its own loop, and Playwright talks to its driver, over a pair of them.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

os.environ["MPLBACKEND"] = "Agg"  # before anything imports matplotlib; child processes inherit it

ROOT = Path(__file__).resolve().parents[1]
IN_CI = bool(os.environ.get("CI"))
LOOPBACK = ["127.0.0.1", "::1"]
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card, which newer ones no longer give
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # no name but this machine's resolves, whatever a page or the browser itself asks for
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

settings.register_profile("local", deadline=None)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    max_examples=30,  # always the same ones; away from CI a hundred others are tried each time
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if IN_CI else "local")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let browser tests, and only these, connect to this machine itself."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


def pytest_collection_finish() -> None:
    """Leave what is there for the whole run out of each search for what is garbage by now."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_figure_left_open() -> Iterator[None]:
    """Close what a test drew: charts hand their axes to the caller and never close them."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def _do_without_browser(reason: str) -> NoReturn:
    if IN_CI:
        pytest.fail(f"{reason}; in CI the browser tests have to run", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[], str]], Path]:
    """Give what is costly as a file that all workers share: whoever is first makes it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, make: Callable[[], str]) -> Path:
        path = shared / name
        with FileLock(shared / f"{name}.lock"):
            if not path.exists():
                path.write_bytes(make().encode())
        return path

    return made


@pytest.fixture(scope="session")
def sample_report(made_once: Callable[[str, Callable[[], str]], Path]) -> Path:
    """Give the report of the sample as the first command of the README writes it, to be read."""
    return made_once("sample-report.html", partial(report_of_sample, is_sample=True))


@pytest.fixture(scope="session")
def first_command(
    made_once: Callable[[str, Callable[[], str]], Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Give what came of the main job, run once as a user does, in a process of its own.

    A dictionary: its `code`, what it said (`out` and `error`), which modules it had loaded, and the
    `path` of the report, which has a name that an address cannot bear as it is.
    """
    told = made_once("first-command.json", lambda: run_first(tmp_path_factory.mktemp("first")))
    return dict(json.loads(told.read_text("utf-8")))


def run_first(where: Path) -> str:
    loaded, path = where / "loaded.txt", where / "a report & more #1.html"
    program = (
        "import os, pathlib, sys\nfrom netquality.cli import main\ncode = main()\n"
        "pathlib.Path(os.environ['LOADED']).write_text(' '.join(sys.modules))\nsys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "report", "-o", str(path)],
        capture_output=True,
        check=False,
        cwd=where,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LOADED": str(loaded)},
    )
    told = {"code": done.returncode, "out": done.stdout.decode(), "error": done.stderr.decode()}
    told["path"], modules = str(path), loaded.read_text("utf-8") if loaded.exists() else ""
    return json.dumps(told | {"modules": modules.split()})


@pytest.fixture(scope="session")
def owners_report(made_once: Callable[[str, Callable[[], str]], Path]) -> Path:
    """Give the report of the sample as if it were somebody's own, to be read."""
    return made_once("owners-report.html", partial(report_of_sample, is_sample=False))


def report_of_sample(*, is_sample: bool) -> str:
    from netquality import load_sample  # noqa: PLC0415 - it takes a while
    from netquality.report import render_report  # noqa: PLC0415

    return render_report(load_sample(), is_sample=is_sample)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Give a headless Chromium, driven by Playwright, that cannot reach any other machine.

    Without one, tests are skipped with the reason; where CI is set they fail.
    """
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415, the extra may be missing
    except ImportError:
        _do_without_browser("the Python package playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        _do_without_browser("there is no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        except Error as error:
            _do_without_browser(f"Chromium does not start: {str(error).splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def offline_page(chromium: Any) -> Iterator[Any]:
    """Give an empty page with the network off; whatever it asks another host for fails the test.

    Its attribute ``complaints`` gathers the console's errors and the page's exceptions; the test
    fails on those too.
    """
    context = chromium.new_context(offline=True)
    page = context.new_page()
    complaints: list[str] = []

    def note_request(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:", "about:")):
            complaints.append(f"asked for {request.url}")

    page.on("request", note_request)
    page.on("requestfailed", lambda request: complaints.append(f"could not load {request.url}"))
    page.on("pageerror", lambda error: complaints.append(f"raised {error}"))
    page.on(
        "console",
        lambda said: complaints.append(f"logged {said.text}") if said.type == "error" else None,
    )
    page.complaints = complaints
    yield page
    context.close()
    assert complaints == []
