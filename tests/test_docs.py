"""The pages about what is public: each name of the library, each option of the command line."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

import netquality as nq
from netquality.cli import main
from netquality.cli.printing import JSON_VERSION
from netquality.sample import sample_path

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


JOURNAL = ["--export", str(nq.sample_path()), "--journal"]


@pytest.mark.parametrize(
    "command", ["summary", "reconnect", "explain", "journal show", "journal outcomes"]
)
def test_json_has_the_keys_that_the_page_promises(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DOCS / "command-line.md").read_text("utf-8")
    row = re.search(rf"^\| `{command}` \| `(\w+)` \| (.*) \|$", page, flags=re.MULTILINE)
    assert row
    given = [*command.split(), "--format", "json"]
    if command == "explain":
        given.insert(1, nq.load_sample().people["person_id"].iloc[0])
    if command.startswith("journal"):
        journal = tmp_path / "netquality-journal.csv"
        nq.keep_word(
            nq.load_sample().people["person_id"].iloc[0], journal, nq.load_sample(), note="A"
        )
        given += [*JOURNAL, str(journal)]
    assert main(given) == 0
    found = json.loads(capsys.readouterr().out)
    keys = re.findall(r"`(\w+)`", row[2].split(":")[0])
    assert list(found) == ["kind", "schema_version", *keys]
    assert (found["kind"], found["schema_version"]) == (row[1], JSON_VERSION)


def test_what_the_readme_writes_to_try_is_the_sample(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (DOCS.parent / "README.md").read_text("utf-8").partition("## In a terminal")[2]
    line = re.search(r"`\.venv/bin/netquality (sample .*?)`, and `EXPORT` is `(.*?)`", text)
    assert line is not None
    assert main(line[1].split()) == 0
    found, sample = nq.read_linkedin(line[2]), nq.load_sample()
    assert found.people["name"].tolist() == sample.people["name"].tolist()


def test_what_the_readme_shows_in_a_terminal_runs_as_it_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    export = shutil.copy(sample_path(), tmp_path / sample_path().name)
    text = (DOCS.parent / "README.md").read_text("utf-8").partition("## In a terminal")[2]
    lines = re.findall(r"^\.venv/bin/netquality (.*)$", text.partition("```\n")[0], re.MULTILINE)
    assert len(lines) == 7
    for line in lines:
        words = shlex.split(line, comments=True)
        asked = [{"EXPORT": str(export), "DIR": "notebooks"}.get(word, word) for word in words]
        assert main(asked) == 0, line
    assert "No list was kept" not in capsys.readouterr().out
    name = re.search(r'explain "(.*?)"', text)
    assert name is not None
    assert main(["explain", name[1]]) == 0  # without EXPORT somebody of the sample is meant


SAID = {
    "here": "that they are there",
    "height": "how high they are",
    "show": "where what you chose stands",
}
"""What frames tell the page around them, as the page on privacy says it."""


def test_all_that_frames_tell_the_page_around_them_is_said_of_them():
    package, web = DOCS.parent / "netquality", DOCS.parent / "web"
    holder = (package / "holder.js").read_text("utf-8")
    heard = set(re.findall(r'said === "(\w+)"', holder))
    told = set(re.findall(r'\bsay\("(\w+)"', (web / "src/holder.js").read_text("utf-8")))
    told |= set(re.findall(r'netquality: "(\w+)"', (package / "plot/hover.js").read_text("utf-8")))
    assert told == heard == set(SAID)
    words = (DOCS / "privacy.md").read_text("utf-8")
    said = re.search(r"may do nothing else but (.*?);", words)[1]
    assert [one for one in SAID.values() if one not in said] == []
    for done in ("gives the frame of the circles that height", "scrolls to what you chose"):
        assert done in words
