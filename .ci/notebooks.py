"""Run every notebook from top to bottom on the sample, and hold its outputs against the kept ones.

    python .ci/notebooks.py            fails on an error, or where text or tables have changed
    python .ci/notebooks.py --write    keeps the new outputs (`make notebooks`)

That a picture is there is compared, and not what it shows: pixels differ between machines.
"""

import argparse
import difflib
import json
import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from guard import KEY, digest, exports_named
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
TEXTS = ("text/plain", "text/html", "text/markdown")


def run(path: Path) -> Any:
    """Execute a notebook in its own folder and return it, tidied for keeping."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,  # else it is chance where a text is cut
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    # no version of this machine's Python
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata.pop("execution", None)
    return notebook


def keep(notebook: Any, path: Path) -> None:
    """Write a notebook with the digest of its outputs, by which the guard knows them."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata[KEY] = digest(json.loads(nbformat.writes(notebook)))
    nbformat.write(notebook, path)


def said(notebook: Any) -> list[str]:
    """Return what its cells say in text and tables, line by line, without memory addresses."""
    lines = []
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            texts = [output.get("text", "")]
            texts += [output.get("data", {}).get(kind, "") for kind in TEXTS]
            lines += [f"cell {number}: {line}" for text in texts for line in text.splitlines()]
            if "image/png" in output.get("data", {}):
                lines.append(f"cell {number}: a picture")
    return [ADDRESS.sub("0x…", line) for line in lines]


def check(path: Path, *, write: bool) -> bool:
    """Run one notebook; write it, or compare. True when all is well."""
    before = nbformat.read(path, as_version=4)
    kept = said(before)
    if any(exports_named(cell.source) for cell in before.cells if cell.cell_type == "code"):
        sys.stdout.write(f"{path.name}: EXPORT is not None; only the sample's outputs are kept\n")
        return False
    try:
        notebook = run(path)
    except CellExecutionError as error:
        sys.stdout.write(f"{path.name}: {error}\n")
        return False
    if write:
        keep(notebook, path)
        sys.stdout.write(f"{path.name}: written\n")
        return True
    changes = list(difflib.unified_diff(kept, said(notebook), "kept", "now", lineterm="", n=0))
    sys.stdout.write("\n".join([*changes[:40], f"{path.name}: "]))
    sys.stdout.write("not up to date; run `make notebooks`\n" if changes else "up to date\n")
    return not changes


def main() -> int:
    """Run all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="keep the new outputs")
    arguments = parser.parse_args()
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    paths = sorted(FOLDER.glob("*.ipynb"))
    if not paths:
        raise SystemExit(f"{FOLDER.name}: no notebooks")
    with ProcessPoolExecutor() as pool:  # run all, then judge
        passed = list(pool.map(partial(check, write=arguments.write), paths))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    raise SystemExit(main())
