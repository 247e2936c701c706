"""The site: Sphinx with myst-nb, built offline; what a page shows comes with it."""

# ruff: noqa: SLF001 - argparse has no public way to ask a parser what it takes

import argparse
import os
import re
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MADE = HERE / "_build" / "made"
PICTURE = re.compile(r"^!\[([^\]\n]*)\]\((_static/[a-z-]+\.png)\)$", re.MULTILINE)
MOST = 4
"""What so many commands take is said once."""
sys.path.insert(0, str(ROOT))

from docutils import nodes  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402
from sphinx.domains.python import PyObject  # noqa: E402

import netquality  # noqa: E402
from netquality import cli, tables  # noqa: E402
from netquality.cli.shared import FOOT  # noqa: E402

project = "netquality"
copyright = "the netquality founders, MIT licence"
release = version = netquality.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
nitpicky = True
# A type is written in words ("str, path-like or Decisions"), and pandas has no page here.
nitpick_ignore_regex = [("py:.*", ".*")]

html_theme = "furo"
html_title = "netquality"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
suppress_warnings = ["mystnb.unknown_mime_type"]

# API: what a docstring says is the text. Types stand in it in words, so the signature has none.
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
default_role = "py:obj"
python_maximum_signature_line_length = 80
toc_object_entries_show_parents = "hide"

for field in PyObject.doc_field_types:
    if field.name == "variable":
        field.label = "Attributes"  # as the docstrings call them

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


def write_commands() -> None:
    """Write what the parsers of the command line say as Markdown, for command-line.md to include.

    The same on every machine: 80 columns wide, without colours, in English.
    """
    fixed = {"COLUMNS": "80", "LANGUAGE": "C", "PYTHON_COLORS": "0"}
    before = {name: os.environ.get(name) for name in fixed}
    os.environ.update(fixed)
    try:
        text = commands_text(cli._parser())
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
    MADE.mkdir(parents=True, exist_ok=True)
    (MADE / "commands.md").write_text(text, "utf-8")


def commands_text(top: argparse.ArgumentParser) -> str:
    """Return a section for each command, after what most of them take, which is said once."""
    parsers = list(below(top))
    rows = {one: [row_of(action) for action in taken(one)] for one in parsers}
    often = Counter(row for found in rows.values() for row in found)
    shared = [row for row, count in often.items() if count >= MOST]
    parts = ["## What most commands take", "", *in_table(shared)]
    for one in parsers:
        own = [row for row in rows[one] if row not in shared]
        also = [row for row in rows[one] if row in shared and often[row] < len(parsers)]
        level = "##" if one.prog.count(" ") == 1 else "###"
        parts += [f"{level} `{one.prog}`", "", one.description or "", ""]
        parts += ["```text", usage_of(one, own), "```", "", *in_table(own)]
        if also:
            names = ", ".join(row.split("`")[1].join("``") for row in also)
            parts += [f"Also {names}: see [what most commands take](#what-most-commands-take).", ""]
        said = (one.epilog or "").removesuffix(FOOT).rstrip().removeprefix("examples:\n")
        examples, *rest = said.split("\n\n")
        parts += ["Examples:", "", "```text", textwrap.dedent(examples), "```", ""]
        parts += [line for text in rest for line in (text, "")]
    return "\n".join(parts)


def usage_of(parser: argparse.ArgumentParser, own: list[str]) -> str:
    """Return how a command is called, without the options that most commands take."""
    actions = [one for one in taken(parser) if row_of(one) in own or not one.option_strings]
    actions += [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    form = parser._get_formatter()
    form.add_usage(None, actions, [], prefix="")
    return form.format_help().strip()


def in_table(rows: list[str]) -> list[str]:
    """Return a table of what a command takes, nothing where there is nothing."""
    return ["| what you give | what it does |", "| --- | --- |", *rows, ""] if rows else []


def below(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return the parsers of the commands, each before those of its own commands."""
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                found += [one, *below(one)]
    return found


def taken(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return what a command takes, but for --help, which all take, and commands of its own."""
    passed = argparse._HelpAction | argparse._SubParsersAction
    return [action for action in parser._actions if not isinstance(action, passed)]


def row_of(action: argparse.Action) -> str:
    """Return one row of a table: how it is given, and what it is for."""
    name = action.dest.upper() if action.option_strings else action.dest
    given = "" if action.nargs == 0 else action.metavar or "|".join(action.choices or ()) or name
    shown = ", ".join(f"`{option}`" for option in action.option_strings)
    cells = (f"{shown} `{given}`" if given else shown, action.help or "")
    return "| " + " | ".join(cell.strip().replace("|", "\\|") for cell in cells) + " |"


def copy_notebooks() -> None:
    """Bring the notebooks, which live at the root, to where Sphinx reads."""
    target = HERE / "notebooks"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        shutil.copy(path, target)


def in_two_themes(_app: Sphinx, _name: str, source: list[str]) -> None:
    """Show a picture in the dark as it is drawn for the dark, where there is one."""
    source[0] = PICTURE.sub(_both, source[0])


def _both(found: re.Match[str]) -> str:
    alt, path = found.groups()
    dark = path.replace(".png", "-dark.png")
    if not (HERE / dark).is_file():
        return found.group()
    return "\n".join(
        f"```{{image}} {one}\n:alt: {alt}\n:class: only-{theme}\n```\n"
        for one, theme in ((path, "light"), (dark, "dark"))
    )


def name_cells(_app: Sphinx, doctree: nodes.document) -> None:
    """Write into each cell of a table what its column is called: on a phone a row is a card."""
    for table in doctree.findall(nodes.table):
        heads = [one.astext() for row in table.findall(nodes.thead) for one in row[0]]
        for body in table.findall(nodes.tbody):
            for row in body:
                for head, cell in list(zip(heads, row, strict=True))[1:]:
                    if head and cell.children and isinstance(cell[0], nodes.paragraph):
                        cell[0].insert(0, nodes.inline("", f"{head}: ", classes=["of-cell"]))


TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
SENTENCE = re.compile(r"<td[^>]*>[^<]{60,}<")


def name_cells_of_outputs(_app: Sphinx, doctree: nodes.document) -> None:
    """Do the same with tables in notebooks that say something in sentences; figures stay a grid."""
    for raw in doctree.findall(nodes.raw):
        if raw["format"] == "html" and SENTENCE.search(raw.astext()):
            told = TABLE.sub(lambda found: _named(found.group()), raw.astext())
            raw.rawsource = told
            raw.children = [nodes.Text(told)]


def _named(table: str) -> str:
    head, _, body = table.partition("<tbody>")
    heads = re.findall(r"<th[^>]*>([^<]*)</th>", head)
    if not SENTENCE.search(body) or "<th" in body:
        return table
    rows = [_labelled(row, iter(heads)) for row in body.split("<tr>")]
    head = head.replace("<table", '<table data-rows="sentences"', 1)
    return f"{head}<tbody>{'<tr>'.join(rows)}"


def _labelled(row: str, heads: Iterator[str]) -> str:
    return re.sub(
        r"<td[^>]*>",
        lambda cell: f'{cell.group()}<span class="of-cell">{next(heads, "")}: </span>',
        row,
    )


def setup(app: Sphinx) -> None:
    """Let Sphinx call what this file adds."""
    app.connect("source-read", in_two_themes)
    app.connect("doctree-read", name_cells)
    app.connect("doctree-read", name_cells_of_outputs)


write_columns()
write_commands()
copy_notebooks()
