"""`netquality journal`: your own word about people, and what came of the lists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netquality.cli.printing import bold, put_json, put_table
from netquality.cli.shared import (
    WHO,
    add_command,
    add_export,
    add_format,
    begun,
    is_there,
    journal_place,
    need_somebody,
    network_of,
    whom,
)
from netquality.errors import ExportError, NetQualityError, SettingError
from netquality.words import printable

if TYPE_CHECKING:
    import argparse

    from netquality.cli.shared import Commands
    from netquality.journal import Journal
    from netquality.network import Network

__all__ = ["add_journal", "export_here"]

_EXAMPLES: Final = """\
  netquality journal done "Ana Ficticia" --on 2026-11-20
      you wrote to her; the export is looked for in the folder you are in
  netquality journal answered "Ana Ficticia" --on 2026-11-25
  netquality journal met "Bo Erfunden" --on 2026-12-01
      they answered, you met: on whatever way
  netquality journal snooze "Bo Erfunden" --until 2027-03-01
      in no list before that day
  netquality journal label "Cy Inventado" "not interested"
  netquality journal note "Ana Ficticia" "We sang in the same choir."
  netquality journal done "Ana Ficticia" --on 2026-11-20 --take-back
      it was not so; without a day, the one kept last
  netquality journal show
  netquality journal outcomes
      what stands, and how many of those proposed answered within 30 days"""
_MARKS: Final = ("Connections.csv",)


class Verb(NamedTuple):
    """One thing that can be said of somebody."""

    word: str
    """The parameter of `netquality.keep_word`."""
    about: str
    says: str
    """What was kept, in words: {who}, {value}."""
    needs: str | None = None
    """An option with a date, or the name of a text."""
    like: str = ""
    """An example of such a text."""


_STANDS: Final = {"label": "owner_label", "off_platform": "off_platform", "hidden": "is_hidden",
                  "snooze_until": "snoozed_until"}  # fmt: skip
"""Where a journal holds what stands of a verb that says no day."""
VERBS: Final = {
    "done": Verb("wrote_on", "you wrote to them", "you wrote to {who} on {value}", "--on"),
    "answered": Verb("answered_on", "they answered", "{who} answered on {value}", "--on"),
    "met": Verb("met_on", "you met", "you met {who} on {value}", "--on"),
    "snooze": Verb("snooze_until", "keep out of every list until a day",
                   "{who} comes up in no list before {value}", "--until"),
    "hide": Verb("hidden", "keep out of every list", "{who} comes up in no list"),
    "label": Verb("label", "close, know, stranger or 'not interested'",
                  "your label for {who} is {value}", "LABEL", "close"),
    "elsewhere": Verb("off_platform", "you talk elsewhere, and how",
                      "you talk with {who} elsewhere: {value}", "HOW", "by phone"),
    "note": Verb("note", "whatever you want to remember", "a note about {who}", "TEXT",
                 "We sang in the same choir."),
}  # fmt: skip


def add_journal(commands: Commands) -> None:
    """Add `netquality journal`."""
    parser = add_command(
        commands,
        "journal",
        "keep what you did and what you know: done, met, snooze, note ...",
        "Keep your own word about people in a small file of yours beside the export.",
        _EXAMPLES,
        _nothing_asked,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, verb in VERBS.items():
        _add_verb(verbs, name, verb)
    show = add_command(verbs, "show", "what stands", "Show what you said, as it stands.",
                       "  netquality journal show --format csv", _show)  # fmt: skip
    outcomes = add_command(
        verbs,
        "outcomes",
        "what came of the lists",
        "Count, of those whom the lists proposed, who answered or was met within 30 days.",
        "  netquality journal outcomes --on 2027-01-15",
        _outcomes,
    )
    outcomes.add_argument(
        "--on", metavar="DATE", help="the day up to which you noted what happened"
    )
    for one in (show, outcomes):
        add_export(one, positional=False)
        add_format(one)


def _add_verb(verbs: Commands, name: str, verb: Verb) -> None:
    date = "2027-03-01" if verb.needs == "--until" else "2026-11-20"
    ending = f" {verb.needs} {date}" if (verb.needs or "").startswith("--") else ""
    given = f' "{verb.like}"' if verb.like else ""
    example = f'  netquality journal {name} "Ana Ficticia"{given}{ending}'
    one = add_command(verbs, name, verb.about, f"Keep that: {verb.about}.", example, _keep)
    one.add_argument("who", metavar="WHO", help=WHO)
    if ending:
        one.add_argument(verb.needs or "", dest="value", metavar="DATE", help=f"like {date}")
    elif given:
        one.add_argument("value", nargs="?", metavar=verb.needs, help=verb.about)
    if name != "note":
        one.add_argument("--take-back", action="store_true", help="it is not so (any more)")
    add_export(one, positional=False)


def export_here() -> str:
    """Return the one export that lies in the current folder.

    Raises
    ------
    SettingError
        When there is none, or several.
    """
    here = Path()
    found = [path.name for path in sorted(_entries(here)) if _is_export(path)]
    zips = [name for name in found if name.casefold().endswith(".zip")]
    if len(zips) == 1 and len(found) > 1:
        named_so = {zips[0], zips[0][: -len(".zip")]}
        if set(found) == named_so or _is_one(here):  # unpacked it is the same export
            found = zips
    if not found and any((here / mark).is_file() for mark in _MARKS):
        found = ["."]
    if len(found) == 1:
        return found[0]
    raise SettingError(
        "There is more than one export in this folder. Say which: --export FILE."
        if found
        else "There is no export of LinkedIn in this folder. Give one: --export FILE."
    )


def _is_one(here: Path) -> bool:
    """Return whether a folder is read as the one ZIP in it, beside what is unpacked from that."""
    from netquality.reading.archive import open_archive

    try:
        with open_archive(here) as archive:
            return not any(member.casefold().endswith(".zip") for member in archive.members)
    except NetQualityError:
        return False


def _entries(here: Path) -> list[Path]:
    try:
        return list(here.iterdir())
    except OSError:
        return []


def _is_export(path: Path) -> bool:
    """Return whether something looks like an export; what cannot be looked at does not."""
    try:
        if path.is_file():
            is_zip = path.suffix.casefold() == ".zip"
            return is_zip and "linkedindataexport" in path.name.casefold()
        return any((path / mark).is_file() for mark in _MARKS)
    except OSError:
        return False


def _opened(asked: argparse.Namespace) -> tuple[Network, Path]:
    asked.export = asked.export or [export_here()]
    place = journal_place(asked)
    if place is None:
        raise ExportError("There is no export to keep a journal beside. Give --export FILE.")
    return network_of(asked), place


def _keep(asked: argparse.Namespace) -> None:
    from netquality.journal import keep_word, person_meant, read_journal

    verb = VERBS[asked.verb]
    need_somebody(asked)
    value = _value(asked, verb)
    network, place = _opened(asked)
    who = person_meant(whom(asked, network), network)
    said: dict[str, Any] = {verb.word: value}
    is_back = bool(getattr(asked, "take_back", False))
    was_there = is_there(asked, place, is_written=not is_back)
    before = read_journal(place, network) if is_back and was_there else None
    after = keep_word(who, place, network, **said)
    if not was_there and place.is_file():
        print(printable(begun(place)), file=sys.stderr)
    name = network.people.set_index("person_id")["name"].get(who)
    shown = bold(name if isinstance(name, str) else who)
    if is_back:
        gone = _gone(who, verb, before, after) if before else None
        what = verb.says.format(who=shown, value=printable(gone or ""))
        print(f"Taken back: {what}." if gone else f"Nothing is kept of that: {asked.verb} {shown}.")
    else:
        print(f"Kept: {verb.says.format(who=shown, value=printable(str(value)))}.")


def _gone(who: str, verb: Verb, before: Journal, after: Journal) -> str | None:
    """Return what stood of somebody and does not any more; None where nothing did."""
    event = verb.word.removesuffix("_on")
    stood, stands = (
        set(rows["on"][(rows["person_id"] == who) & (rows["event"] == event)])
        for rows in (before.events, after.events)
    )
    words = before.words[before.words["person_id"] == who]
    if column := _STANDS.get(verb.word):
        stood = set(words[column].replace({False: None}).dropna())
    gone = sorted(stood - stands)
    return None if not gone else f"{gone[0]:%Y-%m-%d}" if hasattr(gone[0], "date") else str(gone[0])


def _value(asked: argparse.Namespace, verb: Verb) -> str | bool:
    """Return what `netquality.keep_word` is to be told."""
    from netquality.ownfile import answer_of

    value: str | None = getattr(asked, "value", None)
    if getattr(asked, "take_back", False):
        if verb.needs == "--on" and value:
            return f"not {value}"
        return "" if asked.verb == "label" else False
    if not verb.needs:
        return True
    if not (value or "").strip():
        help_is = f"netquality journal {asked.verb} --help"
        raise SettingError(f"{verb.needs}: is missing. See '{help_is}'.")
    if asked.verb != "note" and isinstance(answer_of(str(value)), bool):
        raise SettingError(f"{verb.needs}: is no answer. To take something back: --take-back.")
    return str(value)


def _journal(asked: argparse.Namespace) -> tuple[Network, Journal]:
    from netquality.journal import read_journal

    network, place = _opened(asked)
    is_there(asked, place)
    return network, read_journal(place, network)


def _show(asked: argparse.Namespace) -> None:
    network, journal = _journal(asked)
    names = _called(network)
    words, events = (
        table.assign(name=table["person_id"].map(names).astype("str"))
        for table in (journal.words, journal.events)
    )
    if asked.format == "csv":
        put_table(journal.entries, "csv")
    elif asked.format == "json":
        put_json("journal", {"words": words, "events": events, "warnings": journal.warnings})
    else:
        _show_words(words, events, journal)


def _called(network: Network) -> Any:
    """Return what each person is called, by `person_id`: no two alike."""
    names = network.people.set_index("person_id")["name"].astype("object")
    ids = names.index.to_series()
    names = names.fillna(ids)
    return names.mask(names.duplicated(keep=False), names + " (" + ids + ")")


def _show_words(words: Any, events: Any, journal: Journal) -> None:
    """Print for each person what stands."""
    said: dict[str, list[str]] = {}
    for row in words.itertuples(index=False):
        lines = said.setdefault(row.name, [])
        lines += [f"label: {row.owner_label}"] if isinstance(row.owner_label, str) else []
        lines += [f"you talk elsewhere: {row.off_platform}"] if row.is_off_platform else []
        lines += ["in no list"] if row.is_hidden else []
        if row.snoozed_until == row.snoozed_until:
            lines.append(f"in no list before {row.snoozed_until:%Y-%m-%d}")
        lines += row.owner_note.splitlines() if isinstance(row.owner_note, str) else []
    happened = {"proposed": "proposed", "wrote": "you wrote", "answered": "they answered",
                "met": "you met"}  # fmt: skip
    for row in events.itertuples(index=False):
        by = f" in the list {row.list}" if isinstance(row.list, str) else ""
        said.setdefault(row.name, []).append(f"{row.on:%Y-%m-%d}: {happened[row.event]}{by}")
    if not said:
        print("Nothing stands in the journal.")
    for name, lines in said.items():
        print(bold(name))
        for line in lines:
            print(f"  {printable(line)}")
    for warning in journal.warnings:
        print(f"\n{printable(warning)}")


def _outcomes(asked: argparse.Namespace) -> None:
    from netquality.reconnecting.outcomes import list_outcomes

    network, journal = _journal(asked)
    table = list_outcomes(journal, network, on=asked.on)
    if asked.format == "csv":
        put_table(table, "csv")
        return
    if asked.format == "json":
        put_json("outcomes", {"sentence": table.attrs["sentence"],
                              "caveat": table.attrs["caveat"], "lists": table})  # fmt: skip
        return
    print(table.attrs["sentence"])
    if table.empty:
        print("To keep one: netquality reconnect EXPORT --begin DATE --keep")
    columns = {"list": "list", "proposed_count": "proposed", "counted_count": "30 days over",
               "wrote_count": "you wrote", "answered_count": "answered or met"}  # fmt: skip
    if len(table):
        print()
        shown = table[list(columns)].rename(columns=columns)
        print(shown.astype("object").fillna("-").to_string(index=False))
        print(f"\n{table.attrs['caveat']}")


def _nothing_asked(_: argparse.Namespace) -> None:
    raise SettingError("journal: say what to keep. See 'netquality journal --help'.")
