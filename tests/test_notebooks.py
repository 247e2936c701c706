"""The notebooks in a real JupyterLab: opened, run, no error, charts and widgets, network off."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lab
import pytest
from conftest import _do_without_browser
from exports import back_and_forth, connection, files, write_zip
from matplotlib import pyplot as plt

import netquality as nq

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))
EXPORT = re.compile(r"^EXPORT = None  # your own: \"~/Downloads/[\w-]+\.zip\"$", re.MULTILINE)


def cells_of(path: Path, kind: str) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]


def outputs_of(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [out for cell in notebook["cells"] for out in cell.get("outputs", [])]


def kinds(notebook: dict[str, Any]) -> dict[str, int]:
    """Count the pictures, frames and tables that a notebook holds."""
    held = [out.get("data", {}) for out in outputs_of(notebook)]
    html = ["".join(data.get("text/html", "")) for data in held]
    return {
        "pictures": sum("image/png" in data for data in held),
        "frames": sum(text.startswith("<iframe") for text in html),
        "tables": sum("<table" in text and "<iframe" not in text for text in html),
    }


# -- what they are --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_one_line_at_the_top_is_all_there_is_to_change(path):
    first, *others = ("".join(cell["source"]) for cell in cells_of(path, "code"))
    assert len(EXPORT.findall(first)) == 1
    assert "network = nq.load_sample() if EXPORT is None else nq.read_linkedin(EXPORT)" in first
    if path.stem.startswith("03"):  # it practises on the invented network, whatever is set above
        others = [
            cell.replace("nq.read_linkedin(nq.sample_path(), ", "").replace("nq.load_sample()", "")
            for cell in others
        ]
    assert not [cell for cell in others if "load_sample" in cell or "read_linkedin" in cell]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_calls_the_public_api_and_defines_nothing(path):
    for cell in cells_of(path, "code"):
        source = "".join(cell["source"])
        assert not re.search(r"^(def|class) |from netquality|\._[a-z]", source, re.MULTILINE), (
            source
        )
        for name in re.findall(r"\bnq\.(\w+)", source):
            assert name in nq.__all__, name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_read_in_ten_minutes(path):
    words = " ".join("".join(cell["source"]) for cell in cells_of(path, "markdown")).split()
    assert len(words) < 10 * 200
    first, last = ("".join(cells_of(path, "markdown")[at]["source"]) for at in (0, -1))
    assert first.startswith("# ")
    assert "**invented**" in first
    assert "names" in last or path.stem.startswith("07")


# -- on one's own export --------------------------------------------------------------------------


def shown(source: str, names: dict[str, Any]) -> None:
    """Run a cell as a notebook does, and show what its last line gives."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebooks
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307
        getattr(value, "_repr_html_", value.__repr__)()
    plt.close("all")


LITTLE = {
    "connections alone": files(
        connections=[connection(f"p{n}", f"{n + 1:02} Jan 2020") for n in range(9)]
    ),
    "one conversation": files(
        connections=[connection("ana"), connection("bo", "03 May 2021", company="Acme")],
        messages=back_and_forth("ana", "2020-02-01", "2020-03-01", "2026-10-01"),
    ),
    "one connection": files(connections=[connection("ana")], messages=[]),
}


@pytest.mark.parametrize("case", LITTLE)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_on_an_export_that_holds_little(tmp_path, path, case):
    export = write_zip(tmp_path, LITTLE[case])
    names: dict[str, Any] = {}
    for cell in cells_of(path, "code"):
        source = "".join(cell["source"]).replace("EXPORT = None", f"EXPORT = {str(export)!r}")
        shown(source, names)
    assert list(tmp_path.iterdir()) == [export]


# -- in JupyterLab --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Lab]:
    for package in ("jupyterlab", "anywidget"):
        if importlib.util.find_spec(package) is None:
            _do_without_browser(f"{package} is not installed: it is in netquality[notebooks]")
    folder = tmp_path_factory.mktemp("work")
    for path in nq.copy_notebooks(folder):
        notebook = json.loads(path.read_text("utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
        path.write_text(json.dumps(notebook), "utf-8")
    started = lab.start(folder, tmp_path_factory.mktemp("home"))
    yield started
    started.process.terminate()
    started.process.wait(timeout=30)


@pytest.fixture(scope="module")
def window(chromium: Any) -> Iterator[Any]:
    """Give a browser that keeps the program of JupyterLab from one notebook to the next."""
    context = chromium.new_context(viewport={"width": 1300, "height": 1000})
    yield context
    context.close()


@pytest.fixture
def page(window: Any) -> Iterator[Any]:
    """Give a page that may ask this machine's JupyterLab, and nobody else, for anything."""
    page = window.new_page()
    elsewhere: list[str] = []

    def note(request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            elsewhere.append(request.url)

    page.on("request", note)
    yield page
    page.close()
    assert elsewhere == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_shows_what_it_promises(server: lab.Lab, page: Any, path: Path) -> None:
    server.open(page, path.name)
    saved = server.run_all(page, path.name)
    wrong = [out for out in outputs_of(saved) if out["output_type"] == "error"]
    assert wrong == []
    assert not [out for out in outputs_of(saved) if out.get("name") == "stderr"]
    promised = kinds(json.loads(path.read_text("utf-8")))
    assert kinds(saved) == promised
    assert sum(promised.values()) > 5
    pictures = page.locator(".jp-OutputArea-output img")
    assert pictures.count() == promised["pictures"]
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        assert picture.bounding_box()["height"] > 100
    for frame in page.locator(".jp-OutputArea-output iframe").all():
        frame.scroll_into_view_if_needed()
        frame.content_frame.locator("svg, canvas").first.wait_for(timeout=30_000)
    hidden = page.locator(".jp-CodeCell").filter(visible=False).count()
    assert hidden == len(re.findall("### Solution", path.read_text("utf-8")))
    if "nq.label_card" in path.read_text("utf-8"):
        label_two(page)


def label_two(page: Any) -> None:
    """Label two people with the keyboard alone, and take the second back."""
    card = page.locator(".nq-card")
    card.scroll_into_view_if_needed()
    card.get_by_role("button", name="Begin").click()
    progress = card.locator(".nq-card-progress")

    def press(key: str, then: str) -> None:
        page.keyboard.press(key)
        progress.get_by_text(then, exact=True).wait_for(timeout=30_000)

    card.get_by_text("1 of 40", exact=True).wait_for()
    first = card.locator(".nq-card-name").inner_text()
    press("1", "2 of 40")
    assert card.locator(".nq-card-name").inner_text() != first
    press("3", "3 of 40")
    press("u", "2 of 40")
    press("s", "3 of 40")
    press("Escape", "1 label kept, 38 people to go.")
    assert (
        page.locator(".jp-Cell.jp-mod-active .jp-mod-heading").count() == 0
    )  # no key went past it
    press("Enter", "3 of 40")
