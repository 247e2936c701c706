"""`netquality report` and `netquality summary`: what an export shows, on a screen and as a page."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING, Final

from netquality.cli.printing import put_json, put_table
from netquality.cli.shared import (
    add_command,
    add_export,
    add_format,
    opened,
    opened_with_journal,
)
from netquality.errors import SettingError
from netquality.words import printable

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from netquality.cli.shared import Commands
    from netquality.network import Network
    from netquality.summary import Summary

__all__ = ["add_report", "add_summary"]

_WIDTH: Final = 78
_HEIGHT: Final = 21
"""Lines of the summary; with the two that name the file and the prompt a screen of 24 is full."""
_BAR: Final = 24
_IS_SAMPLE: Final = "The invented sample: nobody in it exists. Give your own export as EXPORT."
REPORT_EXAMPLES: Final = """\
  netquality report
      the invented sample: what the report looks like
  netquality report Complete_LinkedInDataExport_11-20-2026.zip --open
      your own export, shown in your browser
  netquality report Connections.csv -o growth.html
      LinkedIn's quick export: growth and employers"""
_MORE_EXAMPLES: Final = f"""\
{REPORT_EXAMPLES}
  netquality report EXPORT --pseudonyms -o to-show.html
      the same under invented names
  netquality report EXPORT --aggregate -o counts.html
      counts only, for a class or a coach"""
_SUMMARY_EXAMPLES: Final = """\
  netquality summary Complete_LinkedInDataExport_11-20-2026.zip
      how many you are in touch with, on one screen
  netquality summary EXPORT --format json
      the same for a script"""


def add_report(commands: Commands) -> None:
    """Add `netquality report`."""
    parser = add_command(
        commands,
        "report",
        "print a summary and write one HTML file",
        "Read an export, print a summary, and write one self-contained HTML file.",
        _MORE_EXAMPLES,
        _report,
    )
    add_export(parser)
    add = parser.add_argument
    add("-o", "--output", default="report.html", metavar="FILE", help="default: report.html")
    add("--open", action="store_true", help="show the report in your browser")
    add("--force", action="store_true", help="replace FILE even if it is no report")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument(
        "--pseudonyms",
        action="store_true",
        help="under invented names, drawn anew each time by a key that is kept nowhere; for "
        "people you trust, for it is not anonymous",
    )
    kinds.add_argument(
        "--aggregate",
        action="store_true",
        help="counts only, in which nobody stands alone: no name, nobody's row",
    )


def add_summary(commands: Commands) -> None:
    """Add `netquality summary`."""
    parser = add_command(
        commands,
        "summary",
        "say on one screen what an export shows",
        "Say on one screen how many connections are relationships, and what cannot be known.",
        _SUMMARY_EXAMPLES,
        _summary,
    )
    add_export(parser)
    add_format(parser)


def _report(asked: argparse.Namespace) -> None:
    import secrets

    from netquality.files import need_folder_of, place_of
    from netquality.report import write_report
    from netquality.summary import summarise

    place = place_of(asked.output)
    if place.suffix.casefold() not in {"", ".html", ".htm"}:
        raise SettingError(
            "output: a report is a page. Give the name of a file that ends in .html."
        )
    need_folder_of(place)
    network, people, journal = opened_with_journal(asked)
    summary = summarise(network, people)
    is_sample = not asked.export
    written = write_report(
        network,
        asked.output,
        people,
        summary=summary,
        is_sample=is_sample,
        journal=journal,
        # nobody can draw the names again, the owner neither: the key is forgotten
        pseudonyms=secrets.token_hex(32) if asked.pseudonyms else None,
        is_aggregate=asked.aggregate,
        force=asked.force,
    )
    lines = [*_screen(network, summary, is_sample=is_sample, rest="in the report"), ""]
    if asked.aggregate:  # nor do small counts come up where others look on
        lines = [_IS_SAMPLE, ""] if is_sample else []
    for line in [*lines, f"{_kind(asked)}: {asked.output}"]:
        print(printable(line))
    if asked.open:
        _open(written)


def _kind(asked: argparse.Namespace) -> str:
    """Say which report was written, where it is not the usual one."""
    if asked.aggregate:
        return "Report of counts only"
    return "Report under invented names" if asked.pseudonyms else "Report"


def _summary(asked: argparse.Namespace) -> None:
    from netquality.summary import summarise

    network, people = opened(asked)
    summary = summarise(network, people)
    if asked.format == "csv":
        put_table(summary.statuses, "csv")
    elif asked.format == "json":
        put_json("summary", _facts(network, summary))
    else:
        again = "netquality report EXPORT" if asked.export else "netquality report"
        rest = f"in the report ({again})"
        for line in _screen(network, summary, is_sample=not asked.export, rest=rest):
            print(printable(line))


def _facts(network: Network, summary: Summary) -> dict[str, object]:
    """Return the summary for a script; it names nobody."""
    return {
        "as_of": network.as_of.isoformat(),
        "as_of_source": network.as_of_source,
        "headline": summary.headline,
        "connection_count": summary.connection_count,
        "in_touch_range": summary.in_touch_range,
        "outside_count": summary.outside_count,
        "statuses": summary.statuses,
        "limits": summary.limits,
        "warnings": network.warnings,
    }


def _screen(network: Network, summary: Summary, *, is_sample: bool, rest: str) -> list[str]:
    """Return the summary, for a screen of 80 by 24. It names nobody."""
    from netquality.account import source_said
    from netquality.summary import range_text
    from netquality.words import day_text, plural

    lines = []
    if is_sample:
        lines += [_IS_SAMPLE, ""]
    since = source_said(network.as_of_source)
    lines += textwrap.wrap(f"As of {day_text(network.as_of)} ({since}):", _WIDTH)
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
        no = "is no connection" if summary.outside_count == 1 else "are no connections"
        lines.append(f"  (and {outside} you talked with who {no})")
    lines.append("")
    return lines + _notes(network, summary, _HEIGHT - len(lines), rest)


def _bars(summary: Summary) -> list[str]:
    from netquality.words import plural

    most = max(1, int(summary.statuses["count"].max()))
    lines = []
    for row in summary.statuses.to_dict("records"):
        bar = "#" * -(-row["count"] * _BAR // most)
        lines.append(f"  {row['label']:<27}{row['count']:>7,}  {bar}".rstrip())
    whole = f"  {'All connections':<27}{summary.connection_count:>7,}"
    if summary.hidden_count:
        whole += f"  and {plural(summary.hidden_count, 'hidden member')} without a name"
    lines.append(whole)
    return lines + textwrap.wrap(
        summary.own_word, _WIDTH, initial_indent="  ", subsequent_indent="  "
    )


def _notes(network: Network, summary: Summary, room: int, rest: str) -> list[str]:
    """Return what cannot be known, and as many warnings before it as there is room for."""
    from netquality.words import plural

    last = textwrap.wrap(f"It cannot know: {summary.limits[0]}", _WIDTH, subsequent_indent="  ")
    room -= len(last) + 1
    lines: list[str] = []
    for number, warning in enumerate(network.warnings):
        note = textwrap.wrap(printable(warning), _WIDTH, subsequent_indent="  ")
        if len(lines) + len(note) > room:
            left = plural(len(network.warnings) - number, "more note")
            return [*lines, f"{left} {rest}.", *last]
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
