"""The command line: a sentence for each wrong input, a summary on one screen, nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from exports import connection, files, message, recommendation, write_folder, write_zip

import netquality as nq
from netquality import cli, report
from netquality.errors import NetQualityError
from netquality.journal.binding import _GIVE_ME

ROOT = Path(__file__).parents[1]
PROGRAM = "import sys; from netquality.cli import main; sys.exit(main())"
CONNECTIONS = files(connections=[connection("ana"), connection("ben")])["Connections.csv"]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    where = tmp_path / "here"
    where.mkdir()
    monkeypatch.chdir(where)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def small(where: Path, **more) -> Path:
    tables = {"connections": [connection("ana"), connection("ben")], "messages": []}
    return write_zip(where, files(**{**tables, **more}))


# -- wrong input ----------------------------------------------------------------------------------


def encrypted(where: Path) -> Path:
    """Set the bit that says that the first member is encrypted, in both of its headers."""
    path = small(where)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    return path


def cut_short(where: Path) -> Path:
    path = small(where)
    path.write_bytes(path.read_bytes()[:-30])
    return path


def damaged(where: Path) -> Path:
    path = where / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", CONNECTIONS * 50)
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(data)
    return path


def written(name: str, data: bytes):
    def make(where: Path) -> Path:
        path = where / name
        path.write_bytes(data)
        return path

    return make


def folder_without_linkedin(where: Path) -> Path:
    return write_folder(where, {"holiday/notes.txt": "Secretname"}, "Secretfolder")


WRONG = {
    "missing": lambda where: where / "nothing.zip",
    "empty file": written("export.zip", b""),
    "empty folder": lambda where: (where / "x").mkdir() or where / "x",
    "text named zip": written("export.zip", b"Hello Secretname, how are you?"),
    "cut short": cut_short,
    "damaged inside": damaged,
    "encrypted": encrypted,
    "zip of other things": lambda where: write_zip(where, {"notes.txt": "Secretname"}),
    "folder of other things": folder_without_linkedin,
    "picture": written("me.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00Secretname"),
    "picture named csv": written("Connections.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00Secretname"),
    "other csv": written("Connections.csv", b"a,b\nSecretname,2\n"),
    "empty csv": written("Connections.csv", b""),
    "csv of spaces": written("Connections.csv", b" \n \n"),
}


def is_one_plain_sentence(said: str) -> bool:
    return (
        said.startswith("netquality: ")
        and said.count("\n") == 1
        and said.endswith((".\n", ".'\n"))
        and 1 <= said.count(". ") + 1 <= 2
        and "Traceback" not in said
        and "Secretname" not in said
    )


@pytest.mark.parametrize("name", list(WRONG))
def test_wrong_input_gets_one_sentence(name, tmp_path, capsys):
    assert cli.main(["report", str(WRONG[name](tmp_path))]) == 2
    said = capsys.readouterr()
    assert is_one_plain_sentence(said.err), said.err
    assert said.out == ""
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "--as-of", "yesterday"],
        ["report", "--as-of", ""],
        ["report", "-o", "no/such/folder/report.html"],
        ["report", "-o", "."],
        ["report", "-o", "x" * 5000],
        ["report", "-o", "~nobody-of-that-name/x/report.html"],
        ["report", "--wrong"],
        ["report", "one", "two"],
        ["wrong"],
    ],
)
def test_wrong_arguments_get_one_sentence(arguments, capsys):
    try:
        code = cli.main(arguments)
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    assert code == 2
    assert said.err.startswith("netquality: ")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["explain"], "required: WHO. See 'netquality explain --help'."),
        (["report", "--foo"], "no option --foo here. See 'netquality report --help'."),
        (["journal", "show", "--foo"], "See 'netquality journal show --help'."),
        (["--foo"], "See 'netquality --help'."),
    ],
)
def test_what_is_wrong_with_a_command_is_said_of_that_command(arguments, fault, capsys):
    with pytest.raises(SystemExit):
        cli.main(arguments)
    assert fault in capsys.readouterr().err


def test_an_archive_of_other_things_is_no_part_to_wait_for(tmp_path, capsys):
    assert cli.main(["report", str(write_zip(tmp_path, {"photo.jpg": "x"}))]) == 2
    said = capsys.readouterr().err
    assert "holds no file of a LinkedIn export. Give the ZIP that LinkedIn sent" in said
    assert "second mail" not in said


def test_a_folder_that_cannot_be_written_to(tmp_path, capsys):
    (tmp_path / "file").write_text("no folder")
    assert cli.main(["report", "-o", str(tmp_path / "file" / "report.html")]) == 2
    assert is_one_plain_sentence(capsys.readouterr().err)


def test_advice_names_the_options_of_the_command_line(tmp_path, capsys):
    assert cli.main(["report", "--as-of", "soon"]) == 2
    assert capsys.readouterr().err.startswith("netquality: --as-of: is no date.")
    assert cli._as_options("Give it: me='https://x'.") == "Give it: --me 'https://x'."
    assert cli._as_options(f"Give yours: {_GIVE_ME}.") == "Give yours: --me URL."


def test_a_name_steers_no_terminal(tmp_path, capsys):
    assert cli.main(["report", str(tmp_path / "a\x1b[2J\nb\u202e.zip")]) == 2
    said = capsys.readouterr().err
    assert is_one_plain_sentence(said)
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_header_only_is_an_export_of_nobody(tmp_path, capsys):
    path = write_zip(tmp_path, files(connections=[]))
    assert cli.main(["report", str(path)]) == 0
    assert "This export names no connections." in capsys.readouterr().out


def test_connections_alone_are_welcome(tmp_path, capsys):
    path = tmp_path / "Connections.csv"
    path.write_text(CONNECTIONS)
    assert cli.main(["report", str(path), "-o", "growth.html"]) == 0
    said = capsys.readouterr().out
    assert "2 connections since 1 January 2020; this export has no messages." in said
    assert "how to get the messages" in said
    assert "In touch" not in said
    assert Path("growth.html").exists()


def test_a_fault_of_ours_shows_nothing_of_what_was_read(monkeypatch, capsys):
    def fail(*_, **__):
        raise KeyError("Secret" + "name")  # whole in no line of the source

    monkeypatch.setattr(report, "write_report", fail)
    assert cli.main(["report"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("netquality: KeyError at ")
    assert is_one_plain_sentence(said)
    assert cli.main(["report", "--debug"]) == 1
    said = capsys.readouterr().err
    assert "Secretname" not in said
    assert 'File "' in said


# -- what is printed ------------------------------------------------------------------------------


def test_without_an_argument_it_is_the_sample_and_says_so(first_command):
    assert first_command["code"] == 0
    assert first_command["error"] == ""
    assert first_command["out"].startswith("The invented sample: nobody in it exists.")
    assert "This is the invented sample" in Path(first_command["path"]).read_text("utf-8")


def test_counts_of_the_sample_say_that_it_is_invented(tmp_path, capsys):
    path = tmp_path / "counts.html"
    assert cli.main(["report", "--aggregate", "-o", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("The invented sample: nobody in it exists.")
    assert len(said.splitlines()) == 3  # and no count


def test_the_summary_fits_on_a_screen(first_command):
    lines = first_command["out"].splitlines()
    assert len(lines) <= 24 - 1  # the prompt comes after it
    assert max(map(len, lines[:-1])) <= 80  # the last bears a path, however long it is
    assert lines[-1].startswith("Report: ")
    assert f"  {'All connections':<27}{878:>7}  and 22 hidden members without a name" in lines


def test_the_summary_names_nobody(first_command):
    said = first_command["out"]
    names = nq.load_sample().people["name"].dropna()
    assert len(names) > 800
    assert not [name for name in names if name in said]


def test_the_figures_are_those_of_assess(first_command):
    people = nq.assess(nq.load_sample())
    counts = people[people["is_connection"]]["status"].value_counts()
    said = first_command["out"]
    shown = {
        line[2:29].strip(): line[29:36].strip() for line in said.splitlines() if line[:2] == "  "
    }
    for status, label in (("active", "In touch"), ("feather", "No conversation on record")):
        assert shown[label] == f"{counts[status]:,}"
    assert shown["All connections"] == f"{counts.sum():,}"


def test_many_warnings_leave_room_on_the_screen(tmp_path, capsys):
    made = files(connections=[connection("ana")], messages=[message("ana", "2026-01-01")])
    made |= {f"{part}/Connections.csv": CONNECTIONS for part in ("a", "b", "c", "d", "e", "f")}
    made |= {f"{part}/messages.csv": made["messages.csv"] for part in "abcdef"}
    assert cli.main(["report", str(write_zip(tmp_path, made))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 23
    assert any("more notes in the report." in line for line in lines)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_any_console_bears_it(tmp_path, encoding):
    made = {**files(connections=[connection("ana", given="Андрій", family="李")], messages=[])}
    made |= {"Журнал/Connections.csv": CONNECTIONS}
    path = write_zip(tmp_path, made, "Експорт 李_11-20-2026.zip")
    done = run("report", str(path), PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert b"?" in done.stdout
    done = run("report", str(tmp_path / "немає.zip"), PYTHONIOENCODING=encoding)
    assert done.returncode == 2
    assert done.stderr.startswith(b"netquality: ")
    assert done.stderr.count(b"\n") == 1


def test_help_and_version(capsys):
    for arguments in (["--help"], ["report", "--help"]):
        with pytest.raises(SystemExit, match="0"):
            cli.main(arguments)
        said = capsys.readouterr().out
        assert "netquality report Complete_LinkedInDataExport_11-20-2026.zip --open" in said
        assert "exit codes:" in said
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"netquality {nq.__version__}\n"
    assert cli.main([]) == 0
    assert "COMMAND" in capsys.readouterr().out


def test_help_does_not_wait_for_pandas():
    code = (
        "import sys\nfrom netquality.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "sys.exit('pandas' in sys.modules or 'matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode == 0


def test_the_report_needs_neither_pyplot_nor_what_is_for_fitting(first_command):
    heavy = {"matplotlib.pyplot", "sklearn", "IPython", "webbrowser"}
    assert "netquality.report" in first_command["modules"]
    assert heavy & set(first_command["modules"]) == set()


# -- --open, interruptions, twice -----------------------------------------------------------------


def test_open_without_a_display_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("webbrowser.open", lambda _: pytest.fail("a browser was looked for"))
    assert cli.main(["report", str(small(tmp_path)), "--open"]) == 0
    assert "No browser can be opened from here" in capsys.readouterr().err
    assert Path("report.html").exists()


def test_open_shows_the_file(tmp_path, monkeypatch, capsys):
    shown = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("webbrowser.open", lambda address: shown.append(address) or True)
    assert cli.main(["report", str(small(tmp_path)), "--open", "-o", "a b.html"]) == 0
    assert shown == [(Path.cwd() / "a b.html").as_uri()]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("where", ["netquality.status.assess", "netquality.report.render_report"])
def test_ctrl_c_leaves_nothing_half_written(tmp_path, monkeypatch, capsys, where):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(where, interrupt)
    assert cli.main(["report", str(small(tmp_path))]) == 130
    assert is_one_plain_sentence(capsys.readouterr().err)
    assert list(Path.cwd().iterdir()) == []


def test_ctrl_c_while_writing_keeps_the_earlier_report(tmp_path, monkeypatch, capsys):
    export = str(small(tmp_path))
    assert cli.main(["report", export]) == 0
    before = Path("report.html").read_bytes()

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    assert cli.main(["report", export]) == 130
    assert Path("report.html").read_bytes() == before
    assert [path.name for path in Path.cwd().iterdir()] == ["report.html"]


def test_a_closed_pipe_is_no_fault(tmp_path):
    export = small(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "report", str(export)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as running:
        running.stdout.close()  # as `head` does when it has seen enough
        said = running.stderr.read()
    assert (running.returncode, said) == (0, b"")
    assert Path("report.html").exists()


def test_running_twice_gives_the_same_file(tmp_path, capsys):
    export = str(small(tmp_path))
    assert cli.main(["report", export]) == 0
    first, said = Path("report.html").read_bytes(), capsys.readouterr().out
    assert cli.main(["report", export]) == 0
    assert Path("report.html").read_bytes() == first
    assert capsys.readouterr().out == said


def test_another_file_is_kept_unless_forced(tmp_path, capsys):
    Path("report.html").write_text("my own page")
    export = str(small(tmp_path))
    assert cli.main(["report", export]) == 2
    assert is_one_plain_sentence(capsys.readouterr().err)
    assert Path("report.html").read_text() == "my own page"
    assert cli.main(["report", export, "--force"]) == 0
    assert report.MARK in Path("report.html").read_text("utf-8")


def test_every_error_can_be_caught_as_one():
    with pytest.raises(NetQualityError):
        nq.read_linkedin("no-such-file.zip")


# -- parts and address books ----------------------------------------------------------------------


def test_what_was_said_about_who_is_who_is_applied(tmp_path, capsys):
    """Two namesakes and a recommendation that names no profile: it is nobody's until said."""
    two = [connection(slug, given="Ana", company=f"{slug} Ltd") for slug in ("ana-1", "ana-2")]
    export = write_zip(tmp_path, files(connections=two, recommendations=[recommendation("Ana")]))
    doubts = nq.read_linkedin(export).doubts
    chosen = doubts.assign(is_same=doubts["person_id"] == "ana-2")
    nq.keep_decisions(chosen, tmp_path / "who.csv")

    def said(person: str, *more: str) -> str:
        assert cli.main(["explain", person, str(export), *more]) == 0
        return capsys.readouterr().out

    assert "recommendation" not in said("ana-2")
    given = ("--decisions", str(tmp_path / "who.csv"))
    assert "recommendation" in said("ana-2", *given)
    assert "recommendation" not in said("ana-1", *given)
    assert cli.main(["summary", str(export), "--decisions", str(tmp_path / "none.csv")]) == 2
    assert capsys.readouterr().err == (
        "netquality: none.csv: there is no such file. Give the one that nq.keep_decisions wrote, "
        "or leave out --decisions.\n"
    )


def test_two_parts_and_an_address_book_make_one_report(tmp_path):
    first = write_zip(tmp_path / "a", files(connections=[connection("ana"), connection("ben")]))
    second = write_zip(tmp_path / "b", files(messages=[message("cleo", "2020-02-01")]))
    book = tmp_path / "mine.vcf"
    book.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Erfunden\nEMAIL:ana@example.org\n"
        "X-SOCIALPROFILE:https://www.linkedin.com/in/ana\nEND:VCARD\n",
        encoding="utf-8",
    )
    asked = run("report", str(first), str(second), "--contacts", str(book))
    assert asked.returncode == 0, asked.stderr.decode()
    page = Path("report.html").read_text("utf-8")
    assert "mine.vcf" in page
    assert "2 connections" in asked.stdout.decode()
