"""The same functions from a terminal."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
import webbrowser
from typing import TYPE_CHECKING, Final, TextIO

from netquality import __version__
from netquality.errors import NetQualityError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from netquality.network import Network
    from netquality.summary import Summary

__all__ = ["main"]

EXIT_OK: Final = 0
EXIT_WRONG_INPUT: Final = 2
EXIT_INTERRUPTED: Final = 130
_WIDTH: Final = 78
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
exit codes: 0 done, 2 the input cannot be used, 130 interrupted
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
        0 when done, 2 when the input cannot be used, 130 when interrupted.
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
    except NetQualityError as error:
        print(f"netquality: {error}", file=sys.stderr)
        return EXIT_WRONG_INPUT
    except KeyboardInterrupt:
        print("netquality: interrupted; no report was written.", file=sys.stderr)
        return EXIT_INTERRUPTED
    return EXIT_OK


def _survive_any_console(stream: TextIO) -> None:
    """Let a console that cannot show a character show another, rather than fail."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
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
    add = report.add_argument
    add(
        "export",
        nargs="?",
        metavar="EXPORT",
        help="the .zip as LinkedIn sent it, the folder unpacked from it, or its Connections.csv; "
        "without it, the invented sample",
    )
    add("-o", "--output", default="report.html", metavar="FILE", help="default: report.html")
    add("--open", action="store_true", help="show the report in your browser")
    add("--force", action="store_true", help="replace FILE even if it is no report")
    add(
        "--as-of",
        metavar="DATE",
        help="judge at this date, like 2026-11-20 (default: the export's)",
    )
    add("--me", metavar="URL", help="your own profile URL, where the export cannot tell")
    return parser


def _report(asked: argparse.Namespace) -> None:
    from netquality.reading.linkedin import read_linkedin
    from netquality.report import write_report
    from netquality.sample import sample_path
    from netquality.status import assess
    from netquality.summary import summarise

    is_sample = asked.export is None
    path = sample_path() if is_sample else asked.export
    network = read_linkedin(path, me=asked.me, as_of=asked.as_of)
    people = assess(network)
    summary = summarise(network, people)
    written = write_report(
        network, asked.output, people, summary=summary, is_sample=is_sample, force=asked.force
    )
    print("\n".join(_screen(network, summary, is_sample=is_sample)))
    print(f"\nReport: {asked.output}")
    if asked.open:
        _open(written)


def _screen(network: Network, summary: Summary, *, is_sample: bool) -> list[str]:
    """Return the summary, for a screen of 80 by 24. It names nobody."""
    from netquality.reasons import day_text, plural

    lines = []
    if is_sample:
        lines += ["The invented sample: nobody in it exists. Give your own export as EXPORT.", ""]
    lines += textwrap.wrap(f"{summary.headline}.", _WIDTH)
    spread = summary.in_touch_range
    other = f" Under other definitions: {spread[0]:,} to {spread[1]:,}." if spread else ""
    when = f"As of {day_text(network.as_of)} ({network.as_of_source}).{other}"
    lines += [*textwrap.wrap(when, _WIDTH), ""]
    if spread:
        most = max(1, int(summary.statuses["count"].max()))
        for row in summary.statuses.to_dict("records"):
            bar = "#" * -(-row["count"] * _BAR // most)
            lines.append(f"  {row['label']:<27}{row['count']:>7,}  {bar}")
        lines.append(f"  {'All connections':<27}{network.connection_count:>7,}")
        if summary.outside_count:
            outside = plural(summary.outside_count, "person", "people")
            lines.append(f"  (and {outside} you talked with who are no connections)")
    else:
        lines += textwrap.wrap(
            "Without messages nobody's silence means anything. The report shows growth and "
            "employers, and how to get the messages.",
            _WIDTH,
        )
    lines.append("")
    for note in (*network.warnings, f"It cannot know: {summary.limits[0]}"):
        lines += textwrap.wrap(note, _WIDTH, subsequent_indent="  ")
    return lines


def _open(path: Path) -> None:
    """Show a file in the browser; where there is none, say so."""
    screenless = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if screenless or not webbrowser.open(path.resolve().as_uri()):
        print("No browser can be opened from here; open the file by hand.", file=sys.stderr)
