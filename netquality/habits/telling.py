"""What all habits rest on: who talked when, shares of people, and one sentence that they bear."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.interactions import Story, Talk, judge, tell
from netquality.measures.moment import need_same_date
from netquality.network import need_network
from netquality.rates import wilson
from netquality.status import StatusRule
from netquality.tables import MEASURES, PEOPLE, STATUS_COLUMNS, check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

    from netquality.network import Network

__all__ = [
    "BEGAN",
    "DAY",
    "NOT_KNOWN",
    "NO_MESSAGES",
    "RESTS_AFTER",
    "SMALL",
    "Past",
    "if_few",
    "need_assessed",
    "past_of",
    "percent",
    "read_once",
    "shares",
    "told",
    "without_messages",
]

SMALL: Final = 20
"""A choice: of fewer people a share is marked as resting on few (`is_small`)."""
NO_MESSAGES: Final = "This export has no messages, so nothing can be said of talk."
NOT_KNOWN: Final = "not known"
"""How a tie began, where nothing on file says it."""
BEGAN: Final = {
    "colleague": "of colleagues",
    "school": "of those from school",
    "event": "of those who came in a burst",
    "your request": "of those you asked",
    "their request": "of those who asked you",
}
"""How a sentence speaks of people by how the tie began."""
RESTS_AFTER: Final = StatusRule().active_within_days
"""Days without talk after which a relationship rests, by the usual rule."""
DAY: Final = np.timedelta64(1, "D")


class Past(NamedTuple):
    """The one-to-one messages of an owner with the people given, and their days.

    Attributes
    ----------
    people : pandas.DataFrame
        As given, its rows numbered.
    story, talk : Story, Talk
        Of these people alone.
    connected : numpy.ndarray of datetime64[D]
        Of each person; ``NaT`` where it is not known.
    last : numpy.datetime64
        The day of `as_of`.
    """

    people: pd.DataFrame
    story: Story
    talk: Talk
    connected: NDArray[np.datetime64]
    last: np.datetime64


_HELD: ContextVar[list[tuple[Network, pd.DataFrame, Past]] | None] = ContextVar(
    "held", default=None
)
"""What `read_once` keeps: at most one past, with the tables it is of."""


def need_assessed(network: Network, people: pd.DataFrame) -> None:
    """Raise `TableError` unless people are as `netquality.assess` returns them, as of this date."""
    for table in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, table)
    need_same_date(people, network)


def past_of(network: Network, people: pd.DataFrame) -> Past:
    """Return what lies behind a table of people, as of the network's date.

    Raises
    ------
    TableError
        When `people` is no table as `netquality.assess` returns it, or is as of another date.
    """
    held = _HELD.get()
    if held and held[0][0] is network and held[0][1] is people:
        return held[0][2]
    past = _past_of(network, people)
    if held is not None:
        held[:] = [(network, people, past)]
    return past


@contextmanager
def read_once() -> Iterator[None]:
    """Read the past of the same tables once for all habits asked for within.

    For who asks for several in a row and changes neither table in between.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> people = nq.assess(network)
    >>> with read_once():
    ...     past_of(network, people) is past_of(network, people)
    True
    >>> past_of(network, people) is past_of(network, people)
    False
    """
    token = _HELD.set([])
    try:
        yield
    finally:
        _HELD.reset(token)


def _past_of(network: Network, people: pd.DataFrame) -> Past:
    need_network(network)
    need_assessed(network, people)
    people = people.reset_index(drop=True)
    story = tell(network.interactions, people, network.as_of)
    talk = judge(story)
    ours = int(np.searchsorted(story.person, len(people)))  # strangers come after them
    told: dict[str, Any] = {name: part[:ours] for name, part in story._asdict().items()}
    judged: dict[str, Any] = {name: part[:ours] for name, part in talk._asdict().items()}
    connected = people["connected_on"].to_numpy("datetime64[us]").astype("datetime64[D]")
    last = network.as_of.tz_localize(None).to_datetime64().astype("datetime64[D]")
    return Past(people, Story(**told), Talk(**judged), connected, last)


def shares(count: ArrayLike, total: ArrayLike) -> dict[str, Any]:
    """Return `share`, `low` and `high` (95 %, Wilson 1927) of people, and `is_small`."""
    part, whole = np.asarray(count, np.float64), np.asarray(total, np.float64)
    low, high = wilson(part, whole)
    share = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    named = {"share": share, "low": low, "high": high}
    known = {
        name: pd.array(value, dtype="Float64") for name, value in named.items()
    }  # NaN is missing
    for value in known.values():
        value[np.isnan(value.to_numpy(np.float64, na_value=np.nan))] = pd.NA
    return {**known, "is_small": whole < SMALL}


def told(
    table: pd.DataFrame,
    sentence: str,
    method: str,
    last: np.datetime64 | None = None,
    *,
    groups: object = None,
) -> pd.DataFrame:
    """Return a table that bears in `attrs` its sentence, its method and, if known, its day.

    Where it is of groups, also whether these are origins or the caller's own.
    """
    table.attrs |= {"sentence": sentence, "method": method}
    if groups is not None:
        table.attrs["groups"] = "origin" if isinstance(groups, str) else "own"
    if last is not None:
        table.attrs["as_of"] = str(last)  # a text, which every file format can keep
    return table


def without_messages(columns: Sequence[str]) -> pd.DataFrame:
    """Return an empty table that says why it is one."""
    return told(pd.DataFrame(columns=list(columns)), NO_MESSAGES, "none")


def percent(row: Any) -> str:
    """Return a share with its interval, in words; with a decimal where whole numbers say too much.

    Examples
    --------
    >>> percent({"share": 0.181, "low": 0.16, "high": 0.21})
    '18 % (16 to 21 %)'
    >>> percent({"share": 0.0, "low": 0.0, "high": 0.0047})
    '0 % (0 to 0.5 %)'
    """
    share, low, high = (100 * float(row[name]) for name in ("share", "low", "high"))
    digits = 0 if round(low) < round(high) else 1
    said = [f"{value:.{digits}f}".removesuffix(".0") for value in (share, low, high)]
    return f"{said[0]} % ({said[1]} to {said[2]} %)"


def if_few(count: int) -> str:
    """Return a warning where a sentence rests on few people."""
    return " These are few people." if 0 < count < SMALL else ""
