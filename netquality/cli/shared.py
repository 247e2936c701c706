"""What the commands share: their options, the export they read, and whom they are asked about."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from netquality.cli.typed import typed_as
from netquality.errors import ExportError, NetQualityError, NoExportError, SettingError
from netquality.words import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from netquality.journal import Journal
    from netquality.network import Network

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - has no other name

__all__ = [
    "EXIT_WRONG_INPUT",
    "FOOT",
    "WHO",
    "Commands",
    "Parser",
    "add_command",
    "add_export",
    "add_format",
    "add_journal",
    "begun",
    "is_journal",
    "is_there",
    "journal_of",
    "journal_place",
    "need_somebody",
    "network_of",
    "opened",
    "opened_with_journal",
    "shape",
    "whole_number",
    "whom",
]

EXIT_WRONG_INPUT: Final = 2
FOOT: Final = """\
Everything happens on this machine. Nothing is sent anywhere.
exit codes: 0 done, 1 a fault of netquality, 2 the input cannot be used, 130 interrupted"""
WHO: Final = (
    "a name, or words of it or their beginnings, or the end of a profile's address, that fits one "
    "person"
)
_MOST_LISTED: Final = 20
_OF_BOOKS: Final = (".csv", ".vcf")
_OF_FILES: Final = (".zip", ".csv")
"""How a file's name ends, and no person's."""


class Parser(argparse.ArgumentParser):
    """Complains in one line, as everything else does."""

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong."""
        if message.startswith("unrecognized arguments"):  # what is no option may be a name
            unknown = [word.split("=")[0] for word in message.split() if word.startswith("--")]
            message = "there is more than one name or file can be; quote a name of several words"
            if unknown:
                message = f"there is no option {', '.join(unknown)} here"
        message = message.removeprefix("argument ")
        self.exit(
            EXIT_WRONG_INPUT,
            f"netquality: {printable(message)}. See '{self.prog} --help'.\n",
        )


def shape(prog: str) -> argparse.HelpFormatter:
    """Return how help is laid out: examples as they are, each command on a line."""
    made = argparse.RawDescriptionHelpFormatter(prog, max_help_position=22)
    made._action_max_length = 20  # noqa: SLF001 - argparse forgets that commands are indented twice
    return made


def whole_number(text: str) -> int:
    """Return the number that an option says."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError("give a whole number") from None


def add_command(
    commands: Commands,
    name: str,
    short: str,
    about: str,
    examples: str,
    run: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    """Add a command with examples under its help."""
    parser = commands.add_parser(
        name,
        help=short,
        description=about,
        epilog=f"examples:\n{examples}\n\n{FOOT}",
        formatter_class=shape,
    )
    parser.add_argument(
        "--debug", action="store_true", help="show where a fault of netquality happened"
    )
    parser.set_defaults(run=run, complain=parser.error)
    return parser


def add_export(parser: argparse.ArgumentParser, *, positional: bool = True) -> None:
    """Add what says which export to read, and how."""
    add = parser.add_argument
    what = (
        "the .zip as LinkedIn sent it, the folder unpacked from it, or its Connections.csv; both "
        "parts, where LinkedIn sent two"
    )
    if positional:
        help_text = f"{what}; without any, the invented sample"
        add("export", nargs="*", default=[], metavar="EXPORT", help=help_text)
    else:
        here = "without it, the one export that lies in this folder"
        add("--export", action="append", default=[], metavar="EXPORT", help=f"{what}; {here}")
    add(
        "--contacts",
        action="append",
        default=[],
        metavar="FILE",
        help="an address book (.vcf, or .csv by Google, Outlook, Thunderbird), to join with it; "
        "may be given several times",
    )
    add(
        "--decisions",
        metavar="FILE",
        help="what you said about who is who, as nq.keep_decisions keeps it",
    )
    add_journal(parser)
    add(
        "--as-of",
        metavar="DATE",
        help="judge at this date, like 2026-11-20 (default: the export's)",
    )
    add("--me", metavar="URL", help="your own profile URL, where the export cannot tell")


def add_journal(parser: argparse.ArgumentParser) -> None:
    """Add what says where the owner's word is kept."""
    parser.add_argument(
        "--journal",
        metavar="FILE",
        help="what you said of people yourself (default: netquality-journal.csv beside EXPORT, "
        "if it is there; with one there, no other is begun)",
    )


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add the forms in which an answer can be had."""
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json"),
        default="table",
        help="for people, for a spreadsheet, or for a script (default: table)",
    )


def network_of(asked: argparse.Namespace) -> Network:
    """Read the export that is asked for, the invented sample where none is."""
    from netquality.combining import combine
    from netquality.reading.contacts import read_contacts
    from netquality.reading.linkedin import read_linkedin
    from netquality.sample import sample_path

    parts = asked.export or [sample_path()]
    decisions = _decisions(asked)
    try:
        network = read_linkedin(
            parts if len(parts) > 1 else parts[0],
            me=asked.me,
            as_of=asked.as_of,
            decisions=decisions,
        )
    except NoExportError:
        _need_no_book(parts)
        raise
    if asked.contacts:
        with typed_as("contacts"):
            books = [read_contacts(place) for place in asked.contacts]
        network = combine(network, *books)
    return network


def _need_no_book(parts: list[str]) -> None:
    """Refuse an address book in the place of an export, with the option that takes it."""
    from netquality.reading.contacts import read_contacts
    from netquality.reading.export import book_refused

    for part in parts:
        place = Path(part)
        if place.suffix.casefold() not in _OF_BOOKS:
            continue
        try:
            read_contacts(place)
        except NetQualityError:
            continue
        raise book_refused(place.name)


def _decisions(asked: argparse.Namespace) -> Path | None:
    """Return where the answers about who is who are; a file that is named must be there."""
    from netquality.files import place_of

    if not asked.decisions:
        return None
    place = place_of(asked.decisions)
    if not place.is_file():
        raise ExportError(
            f"{place.name}: there is no such file. Give the one that nq.keep_decisions wrote, "
            "or leave out --decisions."
        )
    return place


def journal_of(asked: argparse.Namespace, network: Network) -> Journal | None:
    """Return the owner's journal: the one that is named, or the one beside the export."""
    from netquality.journal import read_journal

    place = journal_place(asked)
    is_kept = getattr(asked, "keep", False)
    if place is None or not is_there(asked, place, is_written=is_kept):
        return None
    return read_journal(place, network)


def is_there(asked: argparse.Namespace, place: Path, *, is_written: bool = False) -> bool:
    """Return whether there is a journal.

    One that is named must be, lest who is hidden in another comes up again; one that `is_written`
    is begun where none lies beside the export.
    """
    from netquality.journal import journal_path

    if place.is_file() or not asked.journal:
        return place.is_file()
    usual = journal_path(asked.export) if asked.export else None
    if usual is not None and usual.is_file():
        raise ExportError(
            f"{place.name}: there is no such file. {usual.name} lies beside your export: give that "
            "one, or leave out --journal."
        )
    if not is_written:
        raise ExportError(f"{place.name}: there is no such file. Give your journal, or none.")
    return False


def begun(place: Path) -> str:
    """Return what is said of a journal that was not there before."""
    return f"{place.name}: a new journal is begun."


def journal_place(asked: argparse.Namespace) -> Path | None:
    """Return where the owner's journal is or will be; None for the sample, which has none."""
    from netquality.files import place_of
    from netquality.journal import journal_path

    if asked.journal:
        return place_of(asked.journal)
    return journal_path(asked.export) if asked.export else None


def is_journal(output: str) -> bool:
    """Return whether a file for something else has the name that a journal has."""
    from netquality.files import place_of
    from netquality.journal import FILE_NAME

    return place_of(output).name.casefold() == FILE_NAME


def need_somebody(asked: argparse.Namespace) -> None:
    """Refuse a file in the place of a person, before anything is read."""
    if Path(asked.who).suffix.casefold() in _OF_FILES:
        raise _no_person(asked)


def _no_person(asked: argparse.Namespace) -> SettingError:
    verb = getattr(asked, "verb", None)
    command = f"journal {verb} NAME --export EXPORT" if verb else "explain NAME EXPORT"
    return SettingError(f"That is a file or a folder; whom do you mean? Type: netquality {command}")


def whom(asked: argparse.Namespace, network: Network) -> str:
    """Return the `person_id` of who is asked for; what nobody bears is left to who looks it up.

    Where several fit, they are listed as an answer: the error itself names nobody.
    """
    from netquality.network import people_meant

    found = people_meant(network.people, asked.who)
    if not found and _is_path(asked.who):
        raise _no_person(asked)
    if not found and not asked.export:
        raise SettingError(
            "person: nobody in the invented sample has this name. Give your own export too: "
            "netquality explain NAME EXPORT"
        )
    if len(found) <= 1:
        return found[0] if found else str(asked.who)
    listed = "of the one you mean"
    if getattr(asked, "format", "table") == "table":
        _list_people(network, found)
        listed += ", as listed"
    raise SettingError(
        f"person: {len(found):,} people fit this. Give the end of the address of the "
        f"profile {listed}."
    )


def _is_path(text: str) -> bool:
    """Return whether there is a file or a folder of that name."""
    try:
        return bool(text.strip()) and Path(text).expanduser().exists()
    except (OSError, RuntimeError, ValueError):  # a name that no file can have
        return False


def _list_people(network: Network, found: list[str]) -> None:
    """Print who may be meant: the end of each one's address, the name, the employer."""
    some = network.people.set_index("person_id").loc[found[:_MOST_LISTED]]
    width = max(map(len, some.index))
    for key, name, company in zip(some.index, some["name"], some["company"], strict=True):
        at = f", {company}" if isinstance(company, str) else ""
        print(printable(f"{key:<{width}}  {name}{at}"))
    if len(found) > len(some):
        print(f"and {len(found) - len(some):,} more")


def opened(asked: argparse.Namespace) -> tuple[Network, pd.DataFrame]:
    """Return the network that is asked for, and its people as they are judged."""
    network, people, _ = opened_with_journal(asked)
    return network, people


def opened_with_journal(
    asked: argparse.Namespace,
) -> tuple[Network, pd.DataFrame, Journal | None]:
    """Return the network that is asked for, its people as they are judged, and the journal."""
    from dataclasses import replace

    from netquality.status import assess

    network = network_of(asked)
    journal = journal_of(asked, network)
    if journal is not None:
        network = replace(network, warnings=(*network.warnings, *journal.warnings))
    return network, assess(network, journal=journal), journal
