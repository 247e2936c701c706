"""`netquality reconnect`, `netquality explain`: whom to write to again, and why so."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from netquality.cli.printing import bold, put_json, put_table
from netquality.cli.shared import (
    WHO,
    add_command,
    add_export,
    add_format,
    begun,
    is_journal,
    journal_of,
    journal_place,
    need_somebody,
    network_of,
    opened,
    whole_number,
    whom,
)
from netquality.cli.typed import typed_as
from netquality.errors import SettingError
from netquality.words import printable

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from netquality.cli.shared import Commands
    from netquality.network import Network

__all__ = ["add_explain", "add_reconnect"]

_WIDTH: Final = 78
_IS_SAMPLE: Final = "The invented sample: nobody in it exists. Give your own export as EXPORT.\n"
_NO_MESSAGES: Final = (
    "Nobody can be proposed: this export has no messages, so it cannot be told with whom you "
    "talked. LinkedIn's larger archive has them: ask for it at Settings & Privacy, Data privacy, "
    "Get a copy of your data."
)
_RECONNECT: Final = """\
  netquality reconnect Complete_LinkedInDataExport_11-20-2026.zip
      resting relationships worth a word, with two or three reasons each
  netquality reconnect EXPORT -n 3 --aim fresh
      three with whom you wrote less, from where you are in touch with nobody
  netquality reconnect EXPORT --kind overdue
      in touch, and silent for longer than usual; also unanswered, promising, brief
  netquality reconnect EXPORT --begin 2026-11-23 --keep
      remember whom it proposed, so that it can be told what came of it
  netquality reconnect EXPORT --begin 2026-11-23 -o whom.ics
      the same weeks in your calendar, three people in each; whom.csv and whom.md
      are files to read

Nothing is sent to anybody: you write, or you do not."""
_EXPLAIN: Final = """\
  netquality explain "Ana Ficticia" Complete_LinkedInDataExport_11-20-2026.zip
      the rules, the figures and the rows behind one status
  netquality explain ana-ficticia-1 EXPORT --format json
      by profile address, for a script"""


def add_reconnect(commands: Commands) -> None:
    """Add `netquality reconnect`."""
    parser = add_command(
        commands,
        "reconnect",
        "propose a few people to write to again, with reasons",
        "Propose a few people to write to again, each with reasons and with what is not known.",
        _RECONNECT,
        _reconnect,
    )
    add_export(parser)
    add = parser.add_argument
    add("-n", type=whole_number, default=6, metavar="N", help="how many at most (default: 6)")
    add("--aim", default="warm", help="warm: most was written; fresh: less, and from elsewhere")
    add("--kind", default="resting", help="resting, overdue, unanswered, promising or brief")
    add("--on", metavar="DATE", help="the day the list is for (default: that of the export)")
    add(
        "--begin",
        metavar="DATE",
        help="first day of its first week (three people in each), for --keep and .ics",
    )
    add("--keep", action="store_true", help="keep in the journal whom it proposed")
    add("-o", "--output", metavar="FILE", help="write a file: .csv, .md, or .ics for a calendar")
    add("--force", action="store_true", help="replace FILE even if it is none of ours")
    add_format(parser)


def add_explain(commands: Commands) -> None:
    """Add `netquality explain`."""
    parser = add_command(
        commands,
        "explain",
        "trace one person's status to the rows behind it",
        "Trace the status of one person to the rules, the figures and the rows behind it.",
        _EXPLAIN,
        _explain,
    )
    parser.add_argument("who", metavar="WHO", help=WHO)
    add_export(parser)
    add_format(parser)


def _reconnect(asked: argparse.Namespace) -> None:
    from netquality.reconnecting import reconnect

    begin = _begin(asked)
    network, people = opened(asked)
    proposals = reconnect(
        people, asked.n, aim=asked.aim, kind=asked.kind, network=network, on=asked.on
    )
    said = []
    if asked.output:
        with typed_as("output"):
            said.append(f"Written: {_write(proposals, network, asked, begin)}")
    if asked.keep:
        said += _keep(proposals, network, asked, begin)
    if asked.format == "table":
        _show(proposals, network, is_sample=not asked.export)
    else:
        put_table(proposals, asked.format, "reconnect")
    for line in said:
        print(printable(line), file=sys.stderr)


def _begin(asked: argparse.Namespace) -> Any:
    """Return the day on which the list begins, where something needs it."""
    from netquality.network import instant

    if asked.output and is_journal(asked.output):
        raise SettingError("output: that is your journal's name. Give another.")
    if asked.output and not asked.output.lower().endswith((".csv", ".md", ".ics")):
        raise SettingError("output: give the name of a file that ends in .csv, .md or .ics.")
    needs = asked.keep or (asked.output or "").lower().endswith(".ics")
    if needs and not asked.begin:
        raise SettingError("begin: when does the first week begin? Give --begin 2026-11-23.")
    if asked.keep and not asked.export:
        raise SettingError(
            "keep: the sample keeps no journal. Give your own export, or an invented one: "
            "'netquality sample DIR' writes it."
        )
    try:
        return instant(asked.begin).date() if asked.begin else None
    except SettingError:
        raise SettingError("begin: is no date. Give it like --begin 2026-11-23.") from None


def _write(proposals: pd.DataFrame, network: Network, asked: argparse.Namespace, begin: Any) -> str:
    from netquality.reminders import write_reminders
    from netquality.tablefiles import write_table

    if asked.output.lower().endswith(".md"):
        return write_table(_to_read(proposals), asked.output, force=asked.force).name
    if not asked.output.lower().endswith(".ics"):
        return write_table(proposals, asked.output, force=asked.force).name
    owner = network.owner.profile_key or ""
    return write_reminders(
        proposals, asked.output, begin=begin, owner=owner, force=asked.force
    ).name


def _to_read(proposals: pd.DataFrame) -> pd.DataFrame:
    """Return a list as it is read: whom, why, what to think about; beneath, what holds for all."""
    name = proposals["name"].fillna(proposals["person_id"])
    table = proposals.assign(name=name)[["week", "name", "company", "reasons", "prompt"]]
    table.attrs["sentence"] = " ".join(_said_of_all(proposals))
    return table


def _said_of_all(proposals: pd.DataFrame) -> list[str]:
    """Return what is said once of a list: what is not known, who is left out, why elsewhere."""
    attrs = (proposals.attrs.get(name) for name in ("left_out", "why"))
    return [*dict.fromkeys(proposals["unknown"]), *(said for said in attrs if said)]


def _keep(
    proposals: pd.DataFrame, network: Network, asked: argparse.Namespace, begin: Any
) -> list[str]:
    """Keep the list in the journal, and return what is to be said of that."""
    from netquality.journal import keep_list

    place = journal_place(asked) or Path()
    is_new = not place.is_file()
    kept = f"Kept: {keep_list(proposals, place, network, begin=begin).source}"
    return [begun(place), kept] if is_new and place.is_file() else [kept]


def _show(proposals: pd.DataFrame, network: Network, *, is_sample: bool) -> None:
    """Print a list for people: a name, why, something to think about."""
    if is_sample:
        print(_IS_SAMPLE)
    if proposals.empty:
        nobody = f"Nobody to propose. {proposals.attrs.get('left_out', '')}".strip()
        print(textwrap.fill(nobody if network.has_messages else _NO_MESSAGES, _WIDTH))
        return
    week = 0
    rows: list[Any] = list(proposals.itertuples(index=False))
    for row in rows:
        if row.week != week:
            week = row.week
            print(f"{'' if week == 1 else chr(10)}Week {week}")
        at = f", {printable(row.company)}" if isinstance(row.company, str) else ""
        print(f"\n  {bold(row.name if isinstance(row.name, str) else row.person_id)}{at}")
        for text in (row.reasons, f"> {row.prompt}"):
            print(textwrap.fill(printable(text), _WIDTH, initial_indent="    ",
                                subsequent_indent="    "))  # fmt: skip
    order = "In the order of what was written, esteem, and reasons to write now."
    print()
    for said in (*_said_of_all(proposals), order):
        print(textwrap.fill(said, _WIDTH))


def _explain(asked: argparse.Namespace) -> None:
    from netquality.explaining import explain

    need_somebody(asked)
    network = network_of(asked)
    who = whom(asked, network)
    why = explain(network, who, journal=journal_of(asked, network))
    if asked.format == "csv":
        put_table(why.rows, "csv")
    elif asked.format == "json":
        facts = ("person_id", "name", "status", "shown", "reason", "as_of", "steps", "measures",
                 "chance", "rows", "connection")  # fmt: skip
        put_json("explain", {name: getattr(why, name) for name in facts})
    else:
        if not asked.export:
            print(_IS_SAMPLE)
        print(why)
