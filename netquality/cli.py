"""The same functions from a terminal."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
import traceback
from typing import TYPE_CHECKING, Final, NoReturn, TextIO

from netquality import __version__
from netquality.errors import NetQualityError
from netquality.words import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from netquality.journal import Journal
    from netquality.network import Network
    from netquality.summary import Summary

__all__ = ["main"]

EXIT_OK: Final = 0
EXIT_FAULT: Final = 1
EXIT_WRONG_INPUT: Final = 2
EXIT_INTERRUPTED: Final = 130
_WIDTH: Final = 78
_HEIGHT: Final = 21
"""Lines of the summary; with the two that name the file and the prompt a screen of 24 is full."""
_BAR: Final = 24

_EXAMPLES: Final = """\
examples:
  netquality report
      the invented sample: what the report looks like
  netquality report Complete_LinkedInDataExport_11-20-2026.zip --open
      your own export, shown in your browser
  netquality report Connections.csv -o growth.html
      LinkedIn's quick export: growth and employers

Everything happens on this machine. Nothing is sent anywhere.
exit codes: 0 done, 1 a fault of netquality, 2 the input cannot be used, 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the program's name; `sys.argv` by default.

    Returns
    -------
    int
        0 when done, 1 for a fault of ours, 2 when the input cannot be used, 130 when interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        _survive_any_console(stream)
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.command is None:
        parser.print_help()
        return EXIT_OK
    try:
        _report(asked)
        sys.stdout.flush()
    except NetQualityError as error:
        return _complain(_as_options(str(error)), EXIT_WRONG_INPUT)
    except KeyboardInterrupt:
        return _complain("interrupted; nothing is left half written.", EXIT_INTERRUPTED)
    except BrokenPipeError:  # as in `netquality report | head -1`; the file is written by then
        _close_quietly()
    except Exception as error:  # noqa: BLE001 - its text may quote a private row: only its kind is shown
        if asked.debug:
            sys.stderr.write("".join(traceback.format_tb(error.__traceback__)))
        return _complain(_fault(error, debug=asked.debug), EXIT_FAULT)
    return EXIT_OK


def _as_options(sentence: str) -> str:
    """Return an error with this program's options for the parameters it advises.

    Examples
    --------
    >>> _as_options("as_of: is no date. Give it like '2026-11-20'.")
    "--as-of: is no date. Give it like '2026-11-20'."
    """
    for parameter, option in (("me=", "--me "), ("as_of=", "--as-of "), ("as_of:", "--as-of:")):
        sentence = sentence.replace(parameter, option)
    return sentence


def _complain(sentence: str, code: int) -> int:
    print(f"netquality: {printable(sentence)}", file=sys.stderr)
    return code


def _fault(error: Exception, *, debug: bool) -> str:
    """Say where something unforeseen happened, without a word of what was read."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "netquality" in frame.filename] or frames
    where = f"{os.path.basename(ours[-1].filename)}, line {ours[-1].lineno}"  # noqa: PTH119
    more = "" if debug else " --debug shows more, and nothing private."
    return f"{type(error).__name__} at {where}: a fault of netquality, please report it.{more}"


def _survive_any_console(stream: TextIO) -> None:
    """Let a console that cannot show a character show another, rather than fail."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _close_quietly() -> None:
    """Give standard output somewhere to go, so that Python's own flush at the end does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class _Parser(argparse.ArgumentParser):
    """Complains in one line, as everything else does."""

    def error(self, message: str) -> NoReturn:
        self.exit(
            EXIT_WRONG_INPUT,
            f"netquality: {printable(message)}. See '{self.prog} --help'.\n",
        )


def _parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    parser = _Parser(
        prog="netquality",
        description="Which of your connections are relationships? Reads the LinkedIn export that\n"
        "you downloaded, on your own machine.",
        epilog=_EXAMPLES,
        formatter_class=shape,
    )
    parser.add_argument("--version", action="version", version=f"netquality {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    report = commands.add_parser(
        "report",
        help="print a summary and write one HTML file",
        description="Read an export, print a summary, and write one self-contained HTML file.",
        epilog=_EXAMPLES,
        formatter_class=shape,
    )
    _add_options(report)
    return parser


def _add_options(report: argparse.ArgumentParser) -> None:
    """Add what `netquality report` takes."""
    add = report.add_argument
    add(
        "export",
        nargs="*",
        metavar="EXPORT",
        help="the .zip as LinkedIn sent it, the folder unpacked from it, or its Connections.csv; "
        "both parts, where LinkedIn sent two; without any, the invented sample",
    )
    add(
        "--contacts",
        action="append",
        default=[],
        metavar="FILE",
        help="an address book (.vcf, or .csv by Google, Outlook, Thunderbird), to join with it; "
        "may be given several times",
    )
    add(
        "--journal",
        metavar="FILE",
        help="what you said of people yourself (default: netquality-journal.csv beside EXPORT, "
        "if it is there)",
    )
    add("-o", "--output", default="report.html", metavar="FILE", help="default: report.html")
    add("--open", action="store_true", help="show the report in your browser")
    add("--force", action="store_true", help="replace FILE even if it is no report")
    add(
        "--as-of",
        metavar="DATE",
        help="judge at this date, like 2026-11-20 (default: the export's)",
    )
    add("--debug", action="store_true", help="show where a fault of netquality happened")
    add("--me", metavar="URL", help="your own profile URL, where the export cannot tell")


def _report(asked: argparse.Namespace) -> None:
    from dataclasses import replace

    from netquality.combining import combine
    from netquality.reading.contacts import read_contacts
    from netquality.reading.linkedin import read_linkedin
    from netquality.report import write_report
    from netquality.sample import sample_path
    from netquality.status import assess
    from netquality.summary import summarise

    is_sample = not asked.export
    parts = asked.export or [sample_path()]
    network = read_linkedin(parts if len(parts) > 1 else parts[0], me=asked.me, as_of=asked.as_of)
    if asked.contacts:
        network = combine(network, *map(read_contacts, asked.contacts))
    journal = _journal(asked, network)
    if journal is not None:
        network = replace(network, warnings=(*network.warnings, *journal.warnings))
    people = assess(network, journal=journal)
    summary = summarise(network, people)
    written = write_report(
        network, asked.output, people, summary=summary, is_sample=is_sample, force=asked.force
    )
    for line in [*_screen(network, summary, is_sample=is_sample), "", f"Report: {asked.output}"]:
        print(printable(line))
    if asked.open:
        _open(written)


def _journal(asked: argparse.Namespace, network: Network) -> Journal | None:
    """Return the owner's journal: the one that is named, or the one beside the export."""
    from netquality.journal import journal_path, read_journal

    if asked.journal:
        return read_journal(asked.journal, network)
    if not asked.export:
        return None
    beside = journal_path(asked.export)
    return read_journal(beside, network) if beside.is_file() else None


def _screen(network: Network, summary: Summary, *, is_sample: bool) -> list[str]:
    """Return the summary, for a screen of 80 by 24. It names nobody."""
    from netquality.summary import range_text
    from netquality.words import day_text, plural

    lines = []
    if is_sample:
        lines += ["The invented sample: nobody in it exists. Give your own export as EXPORT.", ""]
    lines += textwrap.wrap(f"As of {day_text(network.as_of)} ({network.as_of_source}):", _WIDTH)
    said = f"{summary.headline}.{range_text(summary.in_touch_range)}"
    lines += [*textwrap.wrap(said, _WIDTH), ""]
    if summary.in_touch_range:
        lines += _bars(summary)
    elif not network.has_messages:
        lines += textwrap.wrap(
            "The report shows growth and employers, and how to get the messages.", _WIDTH
        )
    if summary.outside_count:
        outside = plural(summary.outside_count, "person", "people")
        lines.append(f"  (and {outside} you talked with who are no connections)")
    lines.append("")
    return lines + _notes(network, summary, _HEIGHT - len(lines))


def _bars(summary: Summary) -> list[str]:
    most = max(1, int(summary.statuses["count"].max()))
    lines = []
    for row in summary.statuses.to_dict("records"):
        bar = "#" * -(-row["count"] * _BAR // most)
        lines.append(f"  {row['label']:<27}{row['count']:>7,}  {bar}".rstrip())
    return [*lines, f"  {'All connections':<27}{summary.connection_count:>7,}"]


def _notes(network: Network, summary: Summary, room: int) -> list[str]:
    """Return what cannot be known, and as many warnings before it as there is room for."""
    from netquality.words import plural

    last = textwrap.wrap(f"It cannot know: {summary.limits[0]}", _WIDTH, subsequent_indent="  ")
    room -= len(last) + 1
    lines: list[str] = []
    for number, warning in enumerate(network.warnings):
        note = textwrap.wrap(printable(warning), _WIDTH, subsequent_indent="  ")
        if len(lines) + len(note) > room:
            left = plural(len(network.warnings) - number, "more note")
            return [*lines, f"{left} in the report.", *last]
        lines += note
    return lines + last


def _open(path: Path) -> None:
    """Show a file in the browser; where there is none, say so."""
    import webbrowser

    screenless = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if screenless or not webbrowser.open(path.resolve().as_uri()):
        print("No browser can be opened from here; open the file by hand.", file=sys.stderr)
