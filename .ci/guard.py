"""Refuse what may come from a real export: notebooks with other outputs than the sample's, tables.

    python .ci/guard.py            looks at every file that git knows (CI)
    python .ci/guard.py --staged   looks at what is about to be committed (the hook)
    python .ci/guard.py FILE ...   looks at these

A notebook passes without outputs, or with exactly those that `make notebooks` kept, which runs it
on the sample: their digest stands in its metadata. It needs Python alone, and no network.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
KEY = "netquality_sample_outputs"
TABLES = {".csv", ".tsv", ".zip", ".vcf", ".xlsx", ".xls", ".ics", ".parquet", ".feather", ".mbox"}
GRAPHS = {".graphml", ".gexf"}
HOMES = (("data", "sample"), ("tests",))
"""Where invented tables may stand."""
PAGE = re.compile(rb"""name=["']generator["'] content=["']netquality""")
EXPORT = re.compile(r"^EXPORT\s*=\s*(.*?)\s*(?:#.*)?$", re.MULTILINE)


def text_of(lines: str | list[str]) -> str:
    """Return a text of a notebook, which may be kept in lines."""
    return lines if isinstance(lines, str) else "".join(lines)


def digest(notebook: dict[str, Any]) -> str:
    """Return what stands for the code of a notebook and all that it gave."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if key != "metadata"}
        if isinstance(value, list):
            texts = value and all(isinstance(one, str) for one in value)
            return "".join(value) if texts else [plain(one) for one in value]
        return value

    told = [
        (text_of(cell["source"]), plain(cell["outputs"]))
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def notebook_faults(content: bytes) -> list[str]:
    """Return what is wrong with a notebook, without quoting any of it."""
    try:
        notebook = json.loads(content)
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        faults = []
        given = [one for cell in code for one in EXPORT.findall(text_of(cell["source"]))]
        if any(one != "None" for one in given):
            faults.append("EXPORT is not None: it names an export")
        kept = notebook["metadata"].get(KEY)
        if any(cell["outputs"] for cell in code) and kept != digest(notebook):
            faults.append("its outputs are not those of the sample; clear them or `make notebooks`")
        if "widgets" in notebook["metadata"]:
            faults.append("it holds the state of widgets, which may name people; clear it")
    except (ValueError, KeyError, TypeError, AttributeError):
        return ["is no notebook that can be looked into"]
    return faults


def faults_of(path: Path, content: bytes) -> list[str]:
    """Return why a file may not be committed; its path is that in the repository."""
    ending, name = path.suffix.lower(), path.name.lower()
    if ending == ".ipynb":
        return notebook_faults(content)
    if any(path.parts[: len(home)] == home for home in HOMES):
        return []
    if ending in TABLES | GRAPHS:
        return ["may hold real people: tables and graphs stand in data/sample or tests only"]
    if name.startswith(("netquality-journal", "netquality-decisions")):
        return ["is somebody's own word about people"]
    if ending in {".html", ".htm"} and PAGE.search(content):
        return ["is a page that netquality made; it may name people"]
    return []


def git(*words: str) -> bytes:
    """Return what git says in this repository."""
    ran = subprocess.run(["git", *words], capture_output=True, check=True, cwd=ROOT)  # noqa: S603, S607
    return ran.stdout


def looked_at(names: list[str]) -> Iterator[tuple[Path, bytes]]:
    """Yield the files to look at, by their path in the repository, and what they hold."""
    if names == ["--staged"]:
        for name in git("diff", "--cached", "--name-only", "--diff-filter=d", "-z").split(b"\0"):
            if name:
                yield Path(name.decode()), git("show", f":{name.decode()}")
        return
    for name in names or git("ls-files", "-z").decode().split("\0"):
        path = (ROOT / name).resolve()
        if path.is_file():
            inside = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.name)
            yield inside, path.read_bytes()


def main(names: list[str]) -> int:
    """Say what is wrong with them."""
    found = [
        f"{path.as_posix()}: {fault}\n"
        for path, content in looked_at(names)
        for fault in faults_of(path, content)
    ]
    sys.stderr.writelines(found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
