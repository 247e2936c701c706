"""Habits in the report: the few that say most, each with its interval and what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from netquality.habits import (
    conversation_rate,
    listening,
    need_driven_outreach,
    openings,
    relationship_survival,
    resumption,
)
from netquality.habits.lasting import row_said
from netquality.habits.telling import SMALL, read_once, shares
from netquality.report.drawing import charts

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.network import Network

__all__ = ["Habit", "habits_of"]

_MONTHS: Final = [month / 12 for month in range(121)]
_SHARE: Final = ("share", "low", "high")


@dataclass(frozen=True)
class Habit:
    """What the page says of one of them.

    Attributes
    ----------
    name : str
        That of its function in `netquality.habits`.
    asks : str
        The question it answers, as a heading.
    sentence : str
        What it comes to, with its interval.
    more : str
        An interval that the sentence rests on and does not give, in words.
    unknown : str
        What it cannot say.
    count : int
        The people it rests on.
    strip : tuple of float
        Share and interval in per cent, to be drawn beside the sentence; empty where it has none.
    charts : dict of str to str
        As inline SVG, for wide screens and for phones; empty where a sentence is enough.
    """

    name: str
    asks: str
    sentence: str
    more: str
    unknown: str
    count: int
    strip: tuple[float, ...]
    charts: dict[str, str] = field(repr=False)

    @property
    def said(self) -> str:
        """The sentence, and the interval where it has none itself."""
        return f"{self.sentence} {self.more}".strip()

    @property
    def is_sure(self) -> bool:
        """Whether it rests on more than a few people."""
        return self.count >= SMALL


class _Asked(NamedTuple):
    """How a habit is looked at."""

    of: Callable[[Network, pd.DataFrame], pd.DataFrame]
    asks: str
    unknown: str
    row: Callable[[pd.DataFrame], Any]
    """The row of the table that its sentence is about."""


def _survival(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Return month by month what a curve is drawn from; of all, for origins are known of few."""
    return relationship_survival(network, people, by=None, years=_MONTHS)


def _of_yours(table: pd.DataFrame) -> Any:
    """Return those to whom the owner wrote first, on whatever occasion."""
    counts = table.loc[table["opened_by"] == "you", ["answered_count", "person_count"]].sum()
    share = shares([counts["answered_count"]], [counts["person_count"]])
    return {"person_count": counts["person_count"]} | {name: share[name][0] for name in _SHARE}


def _still_awake(table: pd.DataFrame) -> Any:
    row = row_said(table)
    return {"person_count": 0} if row is None else row  # that nothing can be told is no finding


def _around_changes(table: pd.DataFrame) -> Any:
    row = table.iloc[0]
    return row if row["change_count"] else {"person_count": 0}


_ASKED: Final = (
    _Asked(
        conversation_rate,
        "Does a connection become a conversation?",
        "Whether you talked elsewhere. Connections since removed are missing, and they are "
        "likelier to be some with whom there was no talk.",
        lambda table: table.iloc[-1],
    ),
    _Asked(
        openings,
        "When you write first, do they answer?",
        "Why somebody did not answer, or whether they did by another way. You chose whom to write "
        "to.",
        _of_yours,
    ),
    _Asked(
        listening,
        "Who asks?",
        "What was asked, and whether it was meant. Questions are counted by their marks, and "
        "listening is more than asking.",
        lambda table: table.set_index("measure").loc["questions"],
    ),
    _Asked(
        resumption,
        "Does a silence end?",
        "Who would have written if the other had not, and how many silences ended at a table.",
        lambda table: table.iloc[0][["person_count"]],  # its sentence has three shares, and no bar
    ),
    _Asked(
        _survival,
        "How long do relationships last here?",
        "Whether one went on by other ways: at rest is what has no answer here for 13 months.",
        _still_awake,
    ),
    _Asked(
        need_driven_outreach,
        "Do you write first when you change jobs?",
        "What you needed, or what you had to give: it sees only when you wrote. A new job is also "
        "news to tell.",
        _around_changes,
    ),
)


def habits_of(network: Network, people: pd.DataFrame) -> list[Habit]:
    """Return what is to be said of habits; nothing where too little is on record."""
    with read_once():
        found = [_habit(asked, asked.of(network, people)) for asked in _ASKED]
    return [habit for habit in found if habit.count]


def _habit(asked: _Asked, table: pd.DataFrame) -> Habit:
    row = asked.row(table) if len(table) else {"person_count": 0}
    name = asked.of.__name__.strip("_")
    return Habit(
        name=name,
        asks=asked.asks,
        sentence=table.attrs["sentence"],
        more=_ratio(row) if name == "listening" else "",
        unknown=asked.unknown,
        count=int(row["person_count"]),
        strip=_strip(row),
        charts=_curve(table) if name == "survival" and row["person_count"] >= SMALL else {},
    )


def _strip(row: Any) -> tuple[float, ...]:
    known = [row.get(name, pd.NA) for name in _SHARE]
    return () if any(map(pd.isna, known)) else tuple(100 * float(value) for value in known)


def _ratio(row: Any) -> str:
    """Give the interval on which it rests who asks more often."""
    if pd.isna(row.get("low", pd.NA)):
        return ""
    return (
        f"Per message you ask {row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f}) times as "
        "often as they do."
    )


def _curve(table: pd.DataFrame) -> dict[str, str]:
    from netquality.plot import survival  # noqa: PLC0415 - loads when used

    return charts("survival", lambda ax: survival(table, ax=ax, captioned=False))
