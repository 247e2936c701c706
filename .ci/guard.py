"""Refuse what may come from a real export: outputs of notebooks, tables, pictures, pages, journals.

    python .ci/guard.py            looks at every file that git knows (CI)
    python .ci/guard.py --staged   looks at what is about to be committed (the hook)
    python .ci/guard.py FILE ...   looks at these
    python .ci/guard.py --write    lists the files that git knows anew (`make invented`)

Code and prose pass, unless something that netquality wrote stands in them. Any other file passes
by its digest alone, which is listed in `.ci/invented.sha256`: who lists one says that everybody in
it is invented. A notebook passes without outputs, or as `make notebooks` kept it, which runs it on
the sample: its digest stands in its metadata. It needs Python alone, and no network.
"""

from __future__ import annotations

import ast
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
LIST = Path(".ci/invented.sha256")
KEY = "netquality_sample_outputs"
BY_HAND = {
    ".py", ".pyi", ".md", ".jinja", ".css", ".js", ".toml", ".yaml", ".yml", ".mplstyle", ".typed",
    ".gitignore", ".gitattributes", ".npmrc",
}  # fmt: skip
"""Endings, or names, of code and prose."""
BY_TOOLS = {
    ".ci/run", LIST.as_posix(), "LICENSE", "Makefile", "constraints.txt", "web/package.json",
    "web/package-lock.json",
}  # fmt: skip
OURS = re.compile(
    rb"""name=["']generator["'] content=["']netquality"""
    rb"""|netquality_(?:table|schema)_version["']{0,2}\s*[:,=]"""
    rb"""|(?:name|title)=["']netquality_schema_version"""
    rb"""|-//netquality//"""
)
"""How a page, a table, a graph and a calendar of netquality begin."""
TELL_OF_THEM = ("netquality/", "tests/", "docs/files.md", "docs/graph-files.md", ".ci/guard.py")
"""Where code and prose say how such files begin."""
MINE = ("netquality-journal", "netquality-decisions")


def text_of(lines: str | list[str]) -> str:
    """Return a text of a notebook, which may be kept in lines."""
    return lines if isinstance(lines, str) else "".join(lines)


def digest(notebook: dict[str, Any]) -> str:
    """Return what stands for the cells of a notebook and all that they gave."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if key != "metadata"}
        if isinstance(value, list):
            texts = value and all(isinstance(one, str) for one in value)
            return "".join(value) if texts else [plain(one) for one in value]
        return value

    told = [
        (cell["cell_type"], text_of(cell["source"]), plain(cell.get("outputs", [])))
        for cell in notebook["cells"]
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def exports_named(code: str) -> int:
    """Return how often code gives EXPORT anything but None; code that cannot be read counts."""
    # a line for the notebook's own commands is no Python
    code = re.sub(r"^\s*[%!].*$", "pass", code, flags=re.MULTILINE)
    try:
        parts = list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError):
        return 1
    given = 0
    for part in parts:
        if isinstance(part, ast.Assign):
            targets = part.targets
        elif isinstance(part, ast.AnnAssign | ast.NamedExpr | ast.AugAssign | ast.For):
            targets = [part.target]
        else:
            continue
        names = {
            one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)
        }
        value = getattr(part, "value", part)
        is_none = isinstance(value, ast.Constant) and value.value is None
        given += "EXPORT" in names and value is not None and not is_none
    return given


def notebook_faults(content: bytes) -> list[str]:
    """Return what is wrong with a notebook, without quoting any of it."""
    try:
        notebook = json.loads(content)
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        faults = []
        if any(exports_named(text_of(cell["source"])) for cell in code):
            faults.append("EXPORT is not None: it names an export")
        kept = notebook["metadata"].get(KEY)
        if any(cell["outputs"] for cell in code) and kept != digest(notebook):
            faults.append("it is not as `make notebooks` kept it; run that, or clear its outputs")
        if any(cell.get("attachments") for cell in notebook["cells"]):
            faults.append("a picture is attached to its text")
        if "widgets" in notebook["metadata"]:
            faults.append("it holds the state of widgets, which may name people; clear it")
    except (ValueError, KeyError, TypeError, AttributeError):
        return ["is no notebook that can be looked into"]
    return faults


def sum_of(content: bytes) -> str:
    """Return the digest of a file, the same whichever line ends git gave it."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def listed(text: str) -> dict[str, str]:
    """Return the digests that a list gives, by the path of the file."""
    rows = (line.split("  ", 1) for line in text.splitlines() if "  " in line)
    return {path: digest_ for digest_, path in rows}


def is_by_hand(path: Path) -> bool:
    """Tell whether a file is code or prose."""
    return path.as_posix() in BY_TOOLS or (path.suffix.lower() or path.name.lower()) in BY_HAND


def faults_of(path: Path, content: bytes, invented: dict[str, str]) -> list[str]:
    """Return why a file may not be committed; its path is that in the repository."""
    place = path.as_posix()
    if path.suffix.lower() == ".ipynb":
        return notebook_faults(content)
    if path.name.lower().startswith(MINE):
        return ["is somebody's own word about people"]
    if not is_by_hand(path):
        known = invented.get(place)
        if known is None:
            return [f"may hold real people: it is not in {LIST}, see CONTRIBUTING.md"]
        return [] if known == sum_of(content) else [f"is another file than {LIST} knows"]
    if OURS.search(content) and not place.startswith(TELL_OF_THEM):
        return ["is a file that netquality made; it may name people"]
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


def write() -> None:
    """List every file that git knows and that is neither code nor prose nor a notebook."""
    known = listed((ROOT / LIST).read_text("utf-8")) if (ROOT / LIST).is_file() else {}
    sums = {
        path.as_posix(): sum_of(content)
        for path, content in looked_at([])
        if not is_by_hand(path) and path.suffix.lower() != ".ipynb"
    }
    for place in sorted(set(sums) | set(known)):
        if sums.get(place) != known.get(place):
            word = "new" if place not in known else "changed" if place in sums else "gone"
            sys.stdout.write(f"{word}: {place}\n")
    lines = [f"{sums[place]}  {place}\n" for place in sorted(sums)]
    (ROOT / LIST).write_text("".join(lines), "utf-8", newline="\n")


def main(names: list[str]) -> int:
    """Say what is wrong with them."""
    if names == ["--write"]:
        write()
        return 0
    if names == ["--staged"]:
        text = git("show", f":{LIST}").decode() if git("ls-files", str(LIST)) else ""
    else:
        text = (ROOT / LIST).read_text("utf-8") if (ROOT / LIST).is_file() else ""
    invented = listed(text)
    found = [
        f"{path.as_posix()}: {fault}\n"
        for path, content in looked_at(names)
        for fault in faults_of(path, content, invented)
    ]
    sys.stderr.writelines(found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
