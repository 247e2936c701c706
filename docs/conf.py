"""The site: Sphinx with myst-nb, built offline; what a page shows comes with it."""

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MADE = HERE / "_build" / "made"
sys.path.insert(0, str(ROOT))

import netquality  # noqa: E402
from netquality import tables  # noqa: E402

project = "netquality"
copyright = "the netquality founders, MIT licence"
release = version = netquality.__version__

extensions = ["myst_nb"]
exclude_patterns = ["_build"]
nitpicky = True

html_theme = "furo"
html_title = "netquality"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
suppress_warnings = ["mystnb.unknown_mime_type"]

# Notebooks are shown as they were kept by `make notebooks`. Nothing is run here, and no widget
# script is fetched from elsewhere.
nb_execution_mode = "off"
nb_ipywidgets_js = {}


def write_columns() -> None:
    """Write the tables of `tables/` as Markdown, for columns.md to include."""
    parts_of_it = (tables.network, tables.people, tables.journal, tables.graph)
    said = {name: value for part in parts_of_it for name, value in vars(part).items()}  # in order
    found = [value for value in said.values() if isinstance(value, tables.Table)]
    parts = []
    for table in found:
        head = ["| column | dtype | what it says |", "| --- | --- | --- |"]
        parts += [f"## `{table.name}`", "", *head]
        parts += [f"| `{c.name}` | `{c.dtype}` | {c.meaning} |" for c in table.columns]
        parts.append("")
    MADE.mkdir(parents=True, exist_ok=True)
    (MADE / "columns.md").write_text("\n".join(parts), "utf-8")


def copy_notebooks() -> None:
    """Bring the notebooks, which live at the root, to where Sphinx reads."""
    target = HERE / "notebooks"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        shutil.copy(path, target)


write_columns()
copy_notebooks()
