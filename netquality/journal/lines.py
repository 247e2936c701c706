"""A line of a journal: one word about one person. How it is read, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from netquality.errors import ExportError
from netquality.journal.days import TAKEN_BACK, parse_said_on
from netquality.journal.line import Line
from netquality.journal.standing import EVENTS_SAID, Standing
from netquality.ownfile import answer_of, guarded, unguarded
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from netquality.ownfile import OwnFile

__all__ = [
    "COLUMNS",
    "LABELS",
    "SCHEMA_VERSION",
    "Heard",
    "cells_of",
    "parse_lines",
    "value_of",
]

SCHEMA_VERSION: Final = 2
"""Of the lines that are written. 1 knew no `snooze`, and nothing of what came of a list."""
COLUMNS: Final = ("person_id", "name", "word", "value", "said_on", "owner", "schema_version")
NEEDED: Final = ("person_id", "word", "value", "owner")
LABELS: Final = ("close", "know", "stranger", "not interested")
_PROPOSED: Final = re.compile(r"([a-z]+(?:/[a-z]+)*) on (.+)")
_NOT_UNDERSTOOD: Final = {
    "label": "a label that is none of close, know, stranger and not interested",
    "off-platform": "an off-platform without a value",
    "note": "a note without a text",
    "hide": "a hide that is neither yes nor no",
    "snooze": "a snooze without a date like until 2026-11-20",
    "proposed": "a proposal without its list and a date like on 2026-11-20",
    **{
        word: f"{article} {word} without a date like on 2026-11-20"
        for word, article in (("wrote", "a"), ("answered", "an"), ("met", "a"))
    },
}
_MOST_SHOWN: Final = 10


@dataclass(frozen=True)
class Heard:
    """What a file holds: its lines, the owners they name, and what was set aside, in sentences.

    `version` is the highest that a line names, 0 where the file holds none.
    """

    lines: tuple[Line, ...]
    owners: frozenset[str] = field(repr=False)
    warnings: tuple[str, ...]
    version: int = 0


def value_of(word: str, said: str) -> str | None:
    """Return what a word says in the one form that is kept; None where it says nothing we know.

    Examples
    --------
    >>> value_of("label", "Not_Interested"), value_of("label", ""), value_of("label", "friend")
    ('not interested', '', None)
    >>> value_of("off-platform", "by phone"), value_of("off-platform", "Nein")
    ('by phone', 'no')
    >>> value_of("hide", "TRUE"), value_of("note", " ")
    ('yes', None)
    >>> value_of("snooze", "1.3.2027"), value_of("met", "Nein"), value_of("wrote", "soon")
    ('until 2027-03-01', 'no', None)
    >>> value_of("met", "not 2026-11-20")
    'not on 2026-11-20'
    """
    if word in {"snooze", *EVENTS_SAID}:
        return _dated(word, said)
    if word == "label":
        label = " ".join(re.split(r"[\s_-]+", said.strip().casefold()))
        return label if label in {"", *LABELS} else None
    if word not in _NOT_UNDERSTOOD:
        return said
    if word == "note":
        return said if said.strip() else None
    answer = answer_of(said)
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return said if answer is None and word == "off-platform" else None


def _dated(word: str, said: str) -> str | None:
    """Return what a word says that is of a day, in the one form that is kept.

    It begins with a letter: what looks like a date, a spreadsheet would write its own way.
    """
    if answer_of(said) is False:
        return None if word == "proposed" else TAKEN_BACK
    lead = "until " if word == "snooze" else "on "
    text = " ".join(said.split())
    is_not = word in EVENTS_SAID and text.startswith("not ")
    text = text.removeprefix("not ") if is_not else text
    if word == "proposed":
        match = _PROPOSED.fullmatch(text)
        if match is None:
            return None
        lead, text = f"{match[1]} on ", match[2]
    found, _ = parse_said_on([text.removeprefix(lead)])
    day = next(iter(found.values()), None)
    return None if day is None else f"{'not ' * is_not}{lead}{day.isoformat()}"


def cells_of(line: Line, *, name: str, owner: str) -> dict[str, str]:
    """Return the cells of a line as they are written; no spreadsheet runs one as a formula."""
    return {
        "person_id": guarded(line.person_id),
        "name": guarded(" ".join(name.split())[:200]),  # for the eye, never to match
        "word": line.word,
        "value": guarded(line.value),
        "said_on": line.said_on.isoformat() if line.said_on else "",
        "owner": guarded(owner),
        "schema_version": str(SCHEMA_VERSION),
    }


def parse_lines(file: OwnFile) -> Heard:
    """Return what the lines of a file say; those that cannot be understood are set aside.

    Raises
    ------
    ExportError
        When it is no journal, or one of a later version.
    """
    file.need_columns(NEEDED, what="journal", writer="nq.keep_journal")
    # an empty label takes one back, so a line that was cut off must not pass for one
    until = file.header.index("value") if file.header else 0
    short = [number for number, cells in file.rows if len(cells) <= until]
    rows = [(number, file.cells(cells)) for number, cells in file.rows if len(cells) > until]
    whole = [(number, row) for number, row in rows if row is not None]
    _need_version(whole, file.name)
    days, unclear = parse_said_on(row.get("said_on", "") for _, row in whole)
    aside = {
        "more cells than the header": [number for number, row in rows if row is None],
        "breaks off before its value": short,
    }
    lines: list[Line] = []
    owners: set[str] = set()
    for number, row in whole:
        fault = _fault(row, known={*days, *unclear})
        if fault is None:  # cells that stand where they should: this one too is the owner's
            owners.add(unguarded(row["owner"]))
        line = fault or _line(number, row, days)
        if isinstance(line, Line):
            lines.append(line)
        else:
            aside.setdefault(line, []).append(number)
    undated = [number for number, row in whole if row.get("said_on", "") in unclear]
    twice = _repeated(lines)
    aside["repeats an earlier line"] = sorted(twice)
    lines = [line for line in lines if line.number not in twice]
    warnings = _warnings(file.name, aside, undated, lines)
    version = max((_version(row) or 0 for _, row in whole), default=0)
    return Heard(tuple(lines), frozenset(owners), warnings, version)


def _repeated(lines: Iterable[Line]) -> set[int]:
    """Return the lines that say what an earlier one says, of the same day, and change nothing."""
    heard: dict[str, Standing] = {}
    before: set[tuple[object, ...]] = set()
    found = set()
    for line in lines:
        said = (line.person_id, line.word, line.value, line.said_on)
        is_news = heard.setdefault(line.person_id, Standing()).hear(line.word, line.value)
        if said in before and not is_news:
            found.add(line.number)
        before.add(said)
    return found


def _fault(row: dict[str, str], *, known: Collection[str]) -> str | None:
    """Return what shows that the cells are not where they should be, or None."""
    said_on = row.get("said_on", "")
    if not unguarded(row["person_id"]).strip():
        return "no person_id"
    if not row["word"].strip():
        return "no word"
    if said_on.strip() and said_on not in known:
        return "said_on is no date"
    if _version(row) is None:
        return "schema_version is no number"
    return None


def _line(number: int, row: dict[str, str], days: dict[str, date]) -> Line | str:
    """Return what a row says, or why it cannot be understood."""
    word = re.sub(r"[\s_]+", "-", row["word"].strip().casefold())
    value = value_of(word, unguarded(row["value"]))
    if value is None:
        return _NOT_UNDERSTOOD[word]
    return Line(unguarded(row["person_id"]), word, value, days.get(row.get("said_on", "")), number)


def _need_version(rows: Iterable[tuple[int, dict[str, str]]], name: str) -> None:
    """Refuse a file of a later netquality: what its cells mean may have changed."""
    for number, row in rows:
        if (_version(row) or 0) > SCHEMA_VERSION:
            raise ExportError(
                f"{name}, line {number}: schema_version is above {SCHEMA_VERSION}, the highest "
                "this netquality knows. Use the netquality that wrote it, or correct the line."
            )


def _version(row: dict[str, str]) -> int | None:
    """Return the version of a line, ours where it names none; None for what is no version."""
    text = row.get("schema_version", "").strip() or str(SCHEMA_VERSION)
    match = re.fullmatch(r"0*([1-9][0-9]{0,8})(?:\.0+)?", text)
    return int(match[1]) if match else None


def _warnings(
    name: str, aside: dict[str, list[int]], undated: list[int], lines: Iterable[Line]
) -> tuple[str, ...]:
    """Return what was set aside in sentences that quote nothing."""
    warnings = [
        f"{name}, {_listed(numbers)}: {reason}. Kept in the file, and not used."
        for reason, numbers in aside.items()
        if numbers
    ]
    if undated:
        warnings.append(
            f"{name}, {_listed(undated)}: said_on could have day or month first, and no line "
            "says which. The word counts, its date is missing."
        )
    later = sum(line.word not in _NOT_UNDERSTOOD for line in lines)
    if later:
        warnings.append(
            f"{name}: {plural(later, 'line has a word', 'lines have words')} that this "
            "netquality does not know. Kept in the file, and not used."
        )
    return tuple(warnings)


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_SHOWN]))
    more = f" and {len(numbers) - _MOST_SHOWN:,} more" if len(numbers) > _MOST_SHOWN else ""
    return f"{'line' if len(numbers) == 1 else 'lines'} {shown}{more}"
