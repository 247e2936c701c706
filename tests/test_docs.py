"""The pages about what is public: each name of the library, each option of the command line."""

from __future__ import annotations

import re
from pathlib import Path

import netquality as nq

DOCS = Path(__file__).resolve().parents[1] / "docs"
SHOWN = re.compile(
    r"^\.\. (?:auto(?:class|exception|function|module)|py:data):: netquality\.(\S+)$", re.MULTILINE
)


def test_every_public_name_is_on_the_page_of_the_api_once() -> None:
    shown = SHOWN.findall((DOCS / "api.md").read_text("utf-8"))
    public = [
        *nq.__all__,
        *(f"habits.{name}" for name in nq.habits.__all__),
        *(f"plot.{name}" for name in nq.plot.__all__),
    ]
    assert sorted(shown) == sorted(public)


def test_every_page_is_listed_on_the_first() -> None:
    text = (DOCS / "index.md").read_text("utf-8")
    trees = re.findall(r"```\{toctree\}\n(.*?)```", text, flags=re.DOTALL)
    in_trees = [
        line for tree in trees for line in tree.splitlines() if re.fullmatch(r"[\w-]+", line)
    ]
    linked = re.findall(r"^- [^\n]*?\]\(([\w-]+)\.md\)", text, flags=re.MULTILINE)
    pages = sorted(path.stem for path in DOCS.glob("*.md") if path.stem != "index")
    assert sorted(in_trees) == pages
    assert sorted(linked) == pages
