"""The command line for lists, words and reasons: what is printed, kept, and asked again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from exports import back_and_forth, connection, files, message, write_zip

import netquality as nq
from netquality import cli
from netquality.cli.keeping import VERBS
from netquality.summary import summarise

NAME = "Complete_LinkedInDataExport_11-20-2026.zip"


@pytest.fixture
def export(tmp_path, monkeypatch):
    """Stand in a folder with one export: two who rest, one in touch, two of one name."""
    made = files(
        connections=[
            connection("ana", company="Bake Co"), connection("ben"), connection("cem"),
            connection("dan-1", given="Dan"), connection("dan-2", given="Dan"),
        ],
        messages=[
            *(row for who in ("ana", "ben")
              for row in back_and_forth(who, "2018-01-01", "2018-03-01", "2018-05-01")),
            *back_and_forth("cem", "2026-01-01", "2026-06-01", "2026-09-01"),
            message("dan-1", "2020-01-01", sent=True),
        ],
    )  # fmt: skip
    write_zip(tmp_path, made, NAME)
    monkeypatch.chdir(tmp_path)
    return NAME


def run(*arguments, stdout=subprocess.PIPE, **environment):
    program = "import sys; from netquality.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **environment},
    )


def said(capsys, *arguments, code=0):
    assert cli.main(list(arguments)) == code
    out = capsys.readouterr()
    return out.out if code == 0 else out.err


def told(capsys, *arguments):
    return json.loads(said(capsys, *arguments, "--format", "json"))


# -- asking ---------------------------------------------------------------------------------------


def test_the_list_is_the_librarys(export, capsys):
    people = nq.assess(nq.read_linkedin(export))
    listed = nq.reconnect(people, 6, network=nq.read_linkedin(export))
    shown = said(capsys, "reconnect", export)
    for row in listed.itertuples():
        assert row.name in shown
        assert " ".join(row.reasons.split()) in " ".join(shown.split())
    assert "this export cannot know" in shown
    found = told(capsys, "reconnect", export)
    assert found["kind"] == "reconnect"
    assert found["schema_version"] == 1
    assert [row["person_id"] for row in found["rows"]] == listed["person_id"].tolist()
    assert found["rows"][0]["last_talk_at"].startswith("2018-05-01T11:00:00")
    assert found["rows"][1]["company"] in {None, "Bake Co"}
    assert said(capsys, "reconnect", export, "--format", "csv").startswith("person_id,name,company")
    assert "Nobody to propose" in said(capsys, "reconnect", export, "--kind", "overdue")
    fresh = told(capsys, "reconnect", export, "-n", "1", "--aim", "fresh")
    assert [row["list"] for row in fresh["rows"]] == ["resting/fresh"]


def test_without_messages_nobody_can_be_proposed_and_it_is_said_what_to_ask_for(tmp_path, capsys):
    path = str(write_zip(tmp_path, files(connections=[connection("ana")]), NAME))
    shown = " ".join(said(capsys, "reconnect", path).split())
    assert shown.startswith("Nobody can be proposed: this export has no messages")
    assert "LinkedIn's larger archive has them: ask for it" in shown
    assert told(capsys, "reconnect", path)["rows"] == []


def test_the_summary_says_what_the_library_says(export, capsys):
    network = nq.read_linkedin(export)
    summary = summarise(network)
    found = told(capsys, "summary", export)
    assert found["connection_count"] == 5
    assert sum(row["count"] for row in found["statuses"]) == 5
    assert found["headline"] == summary.headline
    assert found["as_of"] == "2026-11-20T23:59:59.999999+00:00"
    assert not {"Ana", "Ben", "Cem"} & set(json.dumps(found).split())
    assert "In touch" in said(capsys, "summary", export)
    assert said(capsys, "summary", export, "--format", "csv").startswith("status,label,count")


def test_notes_that_have_no_room_are_in_the_report_and_a_script_gets_them(capsys):
    assert "1 more note in the report (netquality report)." in said(capsys, "summary")
    assert len(told(capsys, "summary")["warnings"]) == 1


def test_one_person_is_said_as_one(tmp_path, capsys):
    talk = back_and_forth("guest", "2026-01-01", "2026-06-01", "2026-09-01")
    path = str(write_zip(tmp_path, files(connections=[connection("ana")], messages=talk), NAME))
    shown = said(capsys, "summary", path, "--as-of", "2026-10-01")
    assert "(and 1 person you talked with who is no connection)" in shown
    assert "As of 1 October 2026 (the date that you gave):" in shown


def test_an_explanation_goes_back_to_the_rows(export, capsys):
    assert "Resting" in said(capsys, "explain", "Ana Erfunden", export)
    found = told(capsys, "explain", "ana", export)
    assert found["status"] == "dormant"
    assert len(found["rows"]) == 6
    assert next(step["status"] for step in found["steps"] if step["holds"]) == "dormant"
    rows = said(capsys, "explain", "ana", export, "--format", "csv").splitlines()
    assert len(rows) == 7


def test_who_is_of_the_sample_is_said_to_be_invented(export, capsys):
    who = nq.load_sample().people["person_id"].iloc[0]
    assert said(capsys, "explain", who).startswith("The invented sample: nobody in it exists.")
    assert "sample" not in said(capsys, "explain", "ana", export)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pat o'brien", "pat"), ("PAT O’BRIEN", "pat"), ("Pat OBrien", "pat"), ("O'Brien", "pat"),
        ("Pat O’Brien, PhD 🚀", "pat"), ("zoe", "zoe-1"), ("Zoë", "zoe-1"), ("Fictícia", "zoe-1"),
        ("ZOE-1", "zoe-1"), ("https://www.linkedin.com/in/zoe-1/", "zoe-1"), ("soren", "soren"),
    ],
)  # fmt: skip
def test_a_name_finds_somebody_however_it_is_typed(tmp_path, monkeypatch, capsys, typed, found):
    rows = [
        connection("pat", given="Pat", family="O’Brien, PhD 🚀"),
        connection("zoe-1", given="Zoë", family="Fictícia"),
        connection("soren", given="Søren"), connection("zo", given="Zo"),
    ]  # fmt: skip
    write_zip(tmp_path, files(connections=rows, messages=[]), NAME)
    monkeypatch.chdir(tmp_path)
    assert told(capsys, "explain", typed, NAME)["person_id"] == found
    assert said(capsys, "journal", "label", typed, "close").startswith("Kept: your label for ")
    journal = nq.read_journal(nq.journal_path(NAME), nq.read_linkedin(NAME))
    assert journal.words["person_id"].tolist() == [found]


def test_where_several_fit_a_name_they_are_an_answer_and_the_error_names_nobody(export, capsys):
    for command in (["explain", "dan", export], ["journal", "hide", "dan"]):
        assert cli.main(command) == 2
        out = capsys.readouterr()
        assert [line.split()[:2] for line in out.out.splitlines()] == [
            ["dan-1", "Dan"], ["dan-2", "Dan"],
        ]  # fmt: skip
        assert "2 people fit this. Give the end of the address" in out.err
        assert "dan" not in out.err.casefold()
    assert cli.main(["explain", "dan", export, "--format", "json"]) == 2
    assert capsys.readouterr().out == ""  # a script asked for one thing only
    assert not Path("netquality-journal.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["reconnect", NAME, "-n", "0"], "netquality: -n 0: "),
        (["reconnect", NAME, "--kind", "all"], "kind: give resting"),
        (["reconnect", NAME, "--on", "soon"], "on: is no date"),
        (["reconnect", NAME, "--keep"], "Give --begin"),
        (["reconnect", NAME, "-o", "whom.ics"], "Give --begin"),
        (["reconnect", NAME, "-o", "whom.txt"], "ends in .csv, .md or .ics"),
        (["reconnect", NAME, "--begin", "soon"], "netquality: --begin: is no date"),
        (["reconnect", "--keep", "--begin", "2026-11-23"], "the sample keeps no journal"),
        (["reconnect", "--keep", "--begin", "2026-11-23"], "'netquality sample DIR' writes it."),
        (["explain", "Zoe Nobody", NAME], "WHO: nobody here has this name. Give the end of the"),
        (["explain", "Dan Erfunden", NAME], "2 people fit this. Give the end of the"),
        (
            ["explain", NAME],
            "That is a file or a folder; whom do you mean? Type: netquality explain NAME EXPORT",
        ),
        (
            ["explain", "."],
            "That is a file or a folder; whom do you mean? Type: netquality explain NAME EXPORT",
        ),
        (
            ["journal", "hide", NAME],
            "whom do you mean? Type: netquality journal hide NAME --export EXPORT",
        ),
        (["explain", "Zoe Nobody"], "nobody in the invented sample has this name. Give your own"),
        (["summary", "not-there.zip"], "not-there.zip"),
        (["sample", "."], "holds something already"),
        (["sample", "new", "--connections", "-1"], "netquality: --connections is -1"),
        (["reconnect", NAME, "--aim", "cold"], "netquality: --aim: "),
        (["report", NAME, "-o", "mine.pdf"], "netquality: --output: a report is a page. Give the"),
        (
            ["report", NAME, "-o", "nope/dir/a.html"],
            "a.html: cannot be written, for there is no folder 'dir'. Make it first",
        ),
        (["journal", "label", "ana", "bestie"], "netquality: LABEL: give one of close, know, "),
        (["journal", "done", "ana", "--on", "soon"], "netquality: --on: is no date, or could be "),
        (["journal", "done", "ana", "--on", "3/4/2026"], "Give it like '2026-11-20'.\n"),
        (
            ["journal", "done", "ana", "--on", "2036-01-01"],
            "netquality: --on: is years after the export. Look at the year.\n",
        ),
        (
            ["journal", "met", "ana", "--on", "2002-01-01"],
            "netquality: --on: is years before you connected. Look at the year.\n",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(export, capsys, arguments, fault):
    error = said(capsys, *arguments, code=2)
    assert error.count("\n") == 1
    assert fault in error
    assert not error.startswith("netquality: :")  # what it is about has a name
    assert "Zoe" not in error
    assert "Dan" not in error


def test_an_option_that_wants_a_number_says_so(export, capsys):
    for command, option in ((["reconnect", export], "-n"), (["sample", "new"], "--seed")):
        with pytest.raises(SystemExit) as done:
            cli.main([*command, option, "abc"])
        assert done.value.code == 2
        assert capsys.readouterr().err.startswith(f"netquality: {option}: give a whole number. See")


def test_what_only_python_can_be_told_is_said_to_be_so(export, capsys, tmp_path):
    (tmp_path / "own.csv").write_text("Who,Where\nAna Erfunden,ana@x.example\n", "utf-8")
    error = said(capsys, "summary", export, "--contacts", str(tmp_path / "own.csv"), code=2)
    assert "In Python, nq.read_contacts takes it, told which column holds what: columns=" in error


def test_a_list_goes_to_a_file_and_never_over_another(export, capsys):
    for name in ("whom.csv", "whom.md"):
        said(capsys, "reconnect", export, "-o", name)
    assert len(nq.read_table("whom.csv")) == 2
    page = Path("whom.md").read_text("utf-8")
    assert "| week | name | company | reasons | prompt |" in page  # as one reads it
    assert page.count("this export cannot know") == 1  # what holds for all, beneath
    assert "resting/warm" not in page
    said(capsys, "reconnect", export, "-o", "whom.ics", "--begin", "2026-11-23")
    assert Path("whom.ics").read_bytes().count(b"BEGIN:VEVENT") == 2
    Path("mine.csv").write_text("mine")
    assert "--force" in said(capsys, "reconnect", export, "-o", "mine.csv", code=2)
    assert Path("mine.csv").read_text() == "mine"
    said(capsys, "reconnect", export, "-o", "mine.csv", "--force")
    assert len(nq.read_table("mine.csv")) == 2


# -- keeping --------------------------------------------------------------------------------------


def test_the_round_from_a_terminal(export, capsys):
    said(capsys, "reconnect", export, "--keep", "--begin", "2026-10-01")
    kept = said(capsys, "journal", "done", "Ana Erfunden", "--on", "2026-10-02")
    assert kept == "Kept: you wrote to Ana Erfunden on 2026-10-02.\n"
    assert [row["person_id"] for row in told(capsys, "reconnect", export)["rows"]] == ["ben"]
    said(capsys, "journal", "answered", "ana", "--on", "2026-10-20")
    said(capsys, "journal", "snooze", "Ben Erfunden", "--until", "2027-03-01")
    shown = " ".join(said(capsys, "reconnect", export).split())
    why = "2 of this kind are left in peace by your journal (1 snoozed, 1 met or answered lately)"
    assert f"Nobody to propose. {why}. Nobody else is of this kind." in shown
    assert told(capsys, "reconnect", export)["rows"] == []
    found = told(capsys, "journal", "outcomes")
    assert found["sentence"].startswith(
        "Of 2 people proposed before 21 October 2026, you wrote to 1"
    )
    assert [row["answered_count"] for row in found["lists"]] == [1, 1]
    assert "Of 2 people" in said(capsys, "journal", "outcomes")
    assert said(capsys, "journal", "outcomes", "--format", "csv").startswith("list,proposed_count")
    shown = said(capsys, "journal", "show")
    assert "2026-10-20: they answered" in shown
    assert "in no list before 2027-03-01" in shown


def test_where_no_list_was_kept_the_command_that_keeps_one_is_named(export, capsys):
    said(capsys, "journal", "hide", "cem")
    shown = said(capsys, "journal", "outcomes")
    assert "No list was kept yet" in shown
    assert "netquality reconnect EXPORT --begin DATE --keep" in shown


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_keeps_and_takes_back(export, capsys, verb):
    values = {"label": ["close"], "elsewhere": ["by phone"], "note": ["Choir."],
              "snooze": ["--until", "2027-03-01"], "hide": []}  # fmt: skip
    value = values.get(verb, ["--on", "2026-11-22"])
    assert said(capsys, "journal", verb, "cem", *value).startswith("Kept: ")
    network = nq.read_linkedin(export)
    path = nq.journal_path(export)
    journal = nq.read_journal(path, network)
    assert len(journal.words) + len(journal.events) == 1
    if value:  # nothing to keep is said
        assert "is missing" in said(capsys, "journal", verb, "cem", code=2)
    if value:
        empty = [*value[:-1], " "]
        assert "is missing" in said(capsys, "journal", verb, "cem", *empty, code=2)
    if verb == "note":
        return
    if value:  # what takes something back says so
        assert "--take-back" in said(capsys, "journal", verb, "cem", *value[:-1], "no", code=2)
    back = said(capsys, "journal", verb, "cem", "--take-back")
    assert back.startswith("Taken back: ")
    assert "Cem Erfunden" in back
    assert not value or f"{value[-1]}." in back  # what it was is said again
    journal = nq.read_journal(path, network)
    assert journal.words.empty
    assert journal.events.empty
    assert "Nothing stands" in said(capsys, "journal", "show")


def test_a_named_day_is_taken_back_and_no_other(export, capsys):
    for day in ("2026-11-20", "2026-11-22"):
        said(capsys, "journal", "done", "cem", "--on", day)
    gone = said(capsys, "journal", "done", "cem", "--on", "2026-11-20", "--take-back")
    assert gone == "Taken back: you wrote to Cem Erfunden on 2026-11-20.\n"
    found = told(capsys, "journal", "show")
    assert [row["on"] for row in found["events"]] == ["2026-11-22"]
    gone = said(capsys, "journal", "done", "cem", "--take-back")
    assert gone == "Taken back: you wrote to Cem Erfunden on 2026-11-22.\n"
    gone = said(capsys, "journal", "done", "cem", "--take-back")
    assert gone == "Nothing is kept of that: done Cem Erfunden.\n"


def test_who_has_no_name_and_who_shares_one_are_told_apart(tmp_path, monkeypatch, capsys):
    no_name = ["", "", "https://www.linkedin.com/in/no-name", "", "Acme", "", "01 Jan 2020"]
    no_name = ["", "", "https://www.linkedin.com/in/no-name", "", "Acme", "", "01 Jan 2020"]
    rows = [connection("dan-1", given="Dan"), connection("dan-2", given="Dan"), no_name]
    talk = back_and_forth("no-name", "2018-01-01", "2018-03-01", "2018-05-01")
    write_zip(tmp_path, files(connections=rows, messages=talk), NAME)
    monkeypatch.chdir(tmp_path)
    for who, label in (("dan-1", "close"), ("dan-2", "stranger"), ("no-name", "know")):
        said(capsys, "journal", "label", who, label)
    shown = said(capsys, "journal", "show")
    assert "Dan Erfunden (dan-1)\n  label: close" in shown
    assert "Dan Erfunden (dan-2)\n  label: stranger" in shown
    assert "no-name" in shown
    assert "no-name" in said(capsys, "reconnect", NAME)


def test_a_journal_that_is_named_is_there_and_is_never_replaced(export, capsys):
    for command in (["reconnect", NAME], ["summary", NAME], ["journal", "show"]):
        assert "no such file" in said(capsys, *command, "--journal", "typo.csv", code=2)
    said(capsys, "journal", "hide", "ana")
    before = Path("netquality-journal.csv").read_bytes()
    error = said(capsys, "reconnect", NAME, "-o", "netquality-journal.csv", "--force", code=2)
    assert "that is your journal's name" in error
    assert Path("netquality-journal.csv").read_bytes() == before


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_program_gets_utf8_whatever_the_console(tmp_path, form):
    made = files(
        connections=[connection("yana", given="Яна")],
        messages=back_and_forth("yana", "2018-01-01", "2018-03-01", "2018-05-01"),
    )
    path = write_zip(tmp_path, made)
    done = run("reconnect", str(path), "--format", form, PYTHONIOENCODING="cp1252", LC_ALL="C")
    assert done.returncode == 0
    assert "Яна" in done.stdout.decode("utf-8")


def test_an_output_that_takes_nothing_is_no_fault_of_ours(tmp_path):
    path = write_zip(tmp_path, files(connections=[connection("ana")], messages=[]))
    if not Path("/dev/full").exists():
        pytest.skip("this system has no file that is always full")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = run("summary", str(path), "--format", "json", stdout=full)
    assert done.returncode == 2
    assert b"no room is left" in done.stderr


def test_the_export_is_looked_for_where_one_stands(export, capsys, tmp_path):
    folder = Path(NAME.removesuffix(".zip"))
    folder.mkdir()
    (folder / "Connections.csv").write_text("First Name,Last Name\n")
    assert "Kept" in said(capsys, "journal", "hide", "cem")  # unpacked it is the same export
    (tmp_path / "Basic_LinkedInDataExport_01-02-2026.zip").write_bytes(b"")
    error = said(capsys, "journal", "hide", "cem", code=2)
    assert "more than one export in this folder" in error
    assert "Kept" in said(capsys, "journal", "hide", "ben", "--export", NAME)
    (tmp_path / "Basic_LinkedInDataExport_01-02-2026.zip").unlink()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "Connections.csv").write_text("First Name,Last Name\n")
    assert "more than one export" in said(capsys, "journal", "hide", "cem", code=2)
    assert "and another export, unpacked. Give one" in said(capsys, "summary", ".", code=2)
    with zipfile.ZipFile(NAME) as packed:
        packed.extractall("other")
    assert "Kept" in said(capsys, "journal", "hide", "ana")  # the same, whatever the folder's name
    assert "(date in the archive's name)" in said(capsys, "summary", ".")
    shutil.rmtree("other")
    old = Path("export.old")
    (tmp_path / "export").mkdir()
    for place in (old, tmp_path / "export"):
        place.mkdir(exist_ok=True)
        (place / "Connections.csv").write_text("First Name,Last Name\n")
    for path in tmp_path.glob("*.zip"):
        path.rename(path.with_suffix(".kept"))
    (folder / "Connections.csv").rename(folder / "kept")
    assert "more than one export" in said(capsys, "journal", "hide", "cem", code=2)
    for place in (old, tmp_path / "export"):
        (place / "Connections.csv").unlink()
    (folder / "kept").rename(folder / "Connections.csv")
    for path in tmp_path.iterdir():
        if path.suffix == ".zip":
            path.rename(path.with_suffix(".not"))
    (folder / "Connections.csv").unlink()
    error = said(capsys, "journal", "hide", "cem", code=2)
    assert "no export of LinkedIn in this folder" in error


def test_a_sample_can_be_tried(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    lines = said(capsys, "sample", "try", "--connections", "40", "--seed", "3").splitlines()
    assert [Path(line).exists() for line in lines] == [True] * 3
    monkeypatch.chdir(tmp_path / "try")
    name = nq.read_linkedin(NAME).people["person_id"].iloc[0]
    assert "Kept" in said(capsys, "journal", "note", name, "Hello")


def test_the_notebooks_come_beside_ones_data_and_never_over_ones_own(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    lines = said(capsys, "notebooks").splitlines()
    assert sorted(lines) == sorted(path.name for path in tmp_path.glob("*.ipynb"))
    assert len(lines) == 7
    Path(lines[0]).write_text("{}")
    assert "--force" in said(capsys, "notebooks", code=2)
    assert Path(lines[0]).read_text() == "{}"
    said(capsys, "notebooks", "--force")
    assert Path(lines[0]).read_text() != "{}"


COMMANDS = ("report", "summary", "reconnect", "journal", "explain", "notebooks", "sample")


def test_every_command_teaches_by_example(capsys):
    for command in COMMANDS:
        with pytest.raises(SystemExit) as done:
            cli.main([command, "--help"])
        assert done.value.code == 0
        text = capsys.readouterr().out
        assert f"examples:\n  netquality {command}" in text
        assert "exit codes" in text
        assert max(map(len, text.splitlines())) <= 92


def test_a_part_of_a_name_will_do(export, capsys):
    assert said(capsys, "explain", "An Erfund", export).startswith("Ana Erfunden")
    assert said(capsys, "journal", "hide", "Be").startswith("Kept: Ben Erfunden")
    assert cli.main(["explain", "Erf", export]) == 2
    out = capsys.readouterr()
    assert [line.split()[0] for line in out.out.splitlines()] == [
        "ana",
        "ben",
        "cem",
        "dan-1",
        "dan-2",
    ]
    assert out.err.startswith("netquality: WHO: 5 people fit this. Give the end of the address")


def test_an_address_book_in_the_place_of_an_export_is_told_its_option(export, capsys, tmp_path):
    book = "First Name,Last Name,E-mail 1 - Value\nAna,Erfunden,ana@example.org\n"
    (tmp_path / "contacts.csv").write_text(book, "utf-8")
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Erfunden;Ana;;;\nFN:Ana Erfunden\nEND:VCARD\n"
    (tmp_path / "book.vcf").write_text(card, "utf-8")
    for name in ("contacts.csv", "book.vcf"):
        error = said(capsys, "summary", name, code=2)
        assert error == (
            f"netquality: {name}: is an address book, and no export of LinkedIn. Give it beside "
            "one: EXPORT --contacts FILE.\n"
        )
        said(capsys, "summary", export, "--contacts", name)
    for home, card in (("one", "Ana"), ("two", "Ben")):
        (tmp_path / home).mkdir()
        (tmp_path / home / "contacts.csv").write_text(book.replace("Ana", card), "utf-8")
    two = ["--contacts", "one/contacts.csv", "--contacts", "two/contacts.csv"]
    assert said(capsys, "summary", export, *two, code=2).endswith("Rename one of the files.\n")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    assert "--contacts" not in said(capsys, "summary", "other.csv", code=2)


def test_an_address_book_beside_hides_no_other_error(export, capsys, tmp_path):
    book = "First Name,Last Name,E-mail 1 - Value\nAna,Erfunden,ana@example.org\n"
    for name in ("google.csv", "contacts.csv"):
        (tmp_path / name).write_text(book, "utf-8")
        (tmp_path / "broken.zip").write_bytes(Path(export).read_bytes()[:200])
        alone = said(capsys, "summary", "broken.zip", code=2)
        assert "the archive is damaged" in alone
        assert said(capsys, "summary", "broken.zip", name, code=2) == alone
        assert "there is no such file" in said(capsys, "summary", "none.zip", name, code=2)
        no_answers = said(capsys, "summary", name, "--decisions", "none.csv", code=2)
        assert no_answers.startswith("netquality: none.csv: there is no such file.")


def test_a_list_begins_a_journal_of_the_name_that_is_given_and_says_so(export, capsys):
    arguments = ["reconnect", export, "--journal", "mine.csv"]
    assert "mine.csv: there is no such file" in said(capsys, *arguments, code=2)
    for are_new in ("mine.csv: a new journal is begun.\n", ""):
        assert cli.main([*arguments, "--keep", "--begin", "2026-11-23"]) == 0
        assert capsys.readouterr().err == f"{are_new}Kept: mine.csv\n"
    assert "Ana Erfunden" in said(capsys, "journal", "show", "--journal", "mine.csv")
    assert not Path("netquality-journal.csv").exists()


def test_no_second_journal_is_begun_beside_the_first_lest_the_hidden_come_up_again(export, capsys):
    assert cli.main(["journal", "hide", "Ana Erfunden"]) == 0
    assert capsys.readouterr().err == "netquality-journal.csv: a new journal is begun.\n"
    for command in (
        ["reconnect", export, "--keep", "--begin", "2026-11-23"],
        ["reconnect", export, "--keep", "--begin", "2026-11-23", "-o", "list.md"],
        ["journal", "hide", "Ben Erfunden"],
        ["journal", "hide", "Ana Erfunden", "--take-back"],
    ):
        assert said(capsys, *command, "--journal", "typo.csv", code=2) == (
            "netquality: typo.csv: there is no such file. netquality-journal.csv lies beside your "
            "export: give that one, or leave out --journal.\n"
        )
    assert not Path("typo.csv").exists()
    assert not Path("list.md").exists()
    assert "Ana Erfunden" not in said(capsys, "reconnect", export)
    given = ["--journal", "netquality-journal.csv"]
    assert "Ana Erfunden" not in said(
        capsys, "reconnect", export, "--keep", "--begin", "2026-11-23", *given
    )


def test_a_word_begins_a_journal_and_says_so_but_nothing_is_taken_back_from_none(export, capsys):
    hide = ["journal", "hide", "Ana Erfunden", "--journal", "mine.csv"]
    assert "mine.csv: there is no such file" in said(capsys, *hide, "--take-back", code=2)
    assert cli.main(hide) == 0
    assert capsys.readouterr().err == "mine.csv: a new journal is begun.\n"
    assert cli.main(hide) == 0
    assert not capsys.readouterr().err


def test_counts_only_are_had_as_of_an_earlier_day(export, capsys):
    made = said(capsys, "report", export, "--aggregate", "--as-of", "2019-01-01", "-o", "c.html")
    assert made == "Report of counts only: c.html\n"
    assert "January 2019" in Path("c.html").read_text("utf-8")


def test_outcomes_that_are_not_known_yet_are_no_0(export, capsys):
    said(capsys, "reconnect", export, "--keep", "--begin", "2026-11-23")
    said(capsys, "journal", "done", "Ana Erfunden", "--on", "2026-11-24")
    shown = said(capsys, "journal", "outcomes")
    assert "So far you wrote to 1 of them, and nobody answered." in shown
    assert shown.splitlines()[3].split() == ["resting/warm", "2", "0", "-", "-"]
    assert told(capsys, "journal", "outcomes")["lists"][0]["wrote_count"] is None


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (["explain", "Dan", NAME], "WHO: 2 people"),
        (["explain", "", NAME], "WHO: nobody here"),
        (["explain", "Zoe Nobody"], "WHO: nobody in the invented sample"),
        (
            ["explain", "Ana Erfunden", NAME, "--as-of", "2010-01-01"],
            "WHO: is on record only after",
        ),
        (["journal", "hide", "Dan"], "WHO: 2 people"),
        (["journal", "hide", "Zoe Nobody"], "WHO: nobody in this network has this name"),
        (["summary", NAME, NAME], f"EXPORT: {NAME} is given twice"),
        (["summary", ""], "EXPORT: is empty"),
        (["summary", NAME, "--contacts", ""], "--contacts: is no name of a file"),
        (["reconnect", NAME, "-o", ".csv"], "--output: give the name of a file"),
        (["reconnect", NAME, "--begin", "2026-11-23", "-o", ".ics"], "--output: give the name of"),
        (["summary", NAME, "--as-of", "soon"], "--as-of: is no date"),
        (["summary", NAME, "--me", "me"], "--me: "),
        (["reconnect", NAME, "-n", "0"], "-n 0: "),
        (["reconnect", NAME, "--kind", "x"], "--kind: give "),
        (["reconnect", NAME, "--on", "soon"], "--on: is no date"),
        (["reconnect", NAME, "--begin", "9999-12-30", "-o", "a.ics"], "--begin 9999-12-30: the "),
        (["reconnect", NAME, "--begin", "1999-12-30", "-o", "a.ics"], "--begin 1999-12-30: give "),
        (["reconnect", NAME, "--begin", "1999-12-30", "--keep"], "--begin: is no date near"),
        (
            ["reconnect", NAME, "--kind", "overdue", "--begin", "2026-11-23", "-o", "a.ics"],
            "Nobody",
        ),
    ],
)
def test_errors_speak_of_what_was_typed(export, capsys, arguments, begins):
    error = said(capsys, *arguments, code=2).removeprefix("netquality: ")
    assert error.startswith(begins)
    assert not {"person_id", "datetime.date", "date("} & set(error.replace("(", "( ").split())
