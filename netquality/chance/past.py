"""The owner's own past seen again: at each date what was known then, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from netquality.chance import told_until
from netquality.chance.looks import looks
from netquality.chance.model import chances, terms_of
from netquality.interactions import judge, tell
from netquality.words import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from netquality.chance.looks import Look
    from netquality.network import Network

__all__ = ["look_back", "which_count"]

_CASES: Final = {
    "from_at": "datetime64[us, UTC]",
    "person_id": "str",
    "contact_chance": "Float64",
    "silence": "float64",
    "is_quiet": "bool",
    "is_again": "bool",
}
_WINDOWS: Final = {
    "from_at": "datetime64[us, UTC]",
    "to_at": "datetime64[us, UTC]",
    "people_count": "Int64",
    "again_count": "Int64",
    "expected_count": "Float64",
    "quiet_count": "Int64",
    "quiet_again_count": "Int64",
    "quiet_expected_count": "Float64",
    "is_used": "bool",
}


def look_back(
    network: Network, moment: pd.Timestamp, horizon: int, windows: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return every case of the past, and a row per date; the earliest first.

    Parameters
    ----------
    network : Network
    moment : pandas.Timestamp
        Where the last window ends.
    horizon : int
        How long each window is, in microseconds.
    windows : int
        How many there are at most.

    Returns
    -------
    cases, windows : pandas.DataFrame
        See `netquality.Backtest`.
    """
    story = tell(network.interactions, network.people, moment)
    talk = judge(story)
    size = max(len(network.people), int(story.person.max(initial=-1)) + 1)
    ids = network.people["person_id"].to_numpy(object)
    span = pd.Timedelta(horizon, "us")
    dates = [moment - back * span for back in range(windows + 1)]
    seen = [list(looks(told_until(story, talk, date), size, horizon)) for date in dates]
    cases, rows = [], []
    for back in reversed(range(1, windows + 1)):
        then, after = seen[back], seen[back - 1]
        if then and after:
            table = _cases(dates[back], then, after[0], ids)
            cases.append(table)
            rows.append(_row(dates[back], span, table, is_used=then[0].has_written))
    return _joined(cases), pd.DataFrame(rows, columns=list(_WINDOWS)).astype(_WINDOWS)


def _cases(
    date: pd.Timestamp, seen: list[Look], after: Look, ids: NDArray[np.object_]
) -> pd.DataFrame:
    """Return the cases of one date, by person_id."""
    then = seen[0]
    place = np.flatnonzero(then.is_seen)
    place = place[place < len(ids)]  # who is not in the table of people comes after them
    chance = chances(terms_of(seen)[: len(place)]) if then.has_written else np.nan
    silence = then.silence[place]
    table = pd.DataFrame(
        {
            "from_at": date,
            "person_id": ids[place],
            "contact_chance": chance,
            "silence": silence,
            "is_quiet": silence >= 1,
            "is_again": after.is_both[place],
        }
    )
    return table.astype(_CASES).sort_values("person_id", ignore_index=True)


def _row(
    date: pd.Timestamp, span: pd.Timedelta, cases: pd.DataFrame, *, is_used: bool
) -> tuple[object, ...]:
    """Return what came of one date, in the order of the columns."""
    quiet = cases[cases["is_quiet"]]
    return (date, date + span, *_counts(cases, is_used), *_counts(quiet, is_used), is_used)


def _counts(cases: pd.DataFrame, is_used: bool) -> Iterator[object]:  # noqa: FBT001
    yield len(cases)
    yield int(cases["is_again"].sum())
    yield float(cases["contact_chance"].sum()) if is_used else np.nan


def _joined(cases: list[pd.DataFrame]) -> pd.DataFrame:
    if cases:
        return pd.concat(cases, ignore_index=True)
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in _CASES.items()})


def which_count(windows: pd.DataFrame, days: float) -> str:
    """Say which dates are counted, and why the others are not.

    Examples
    --------
    >>> dates = pd.to_datetime(["2025-05-29", "2025-11-25"], utc=True)
    >>> which_count(pd.DataFrame({"from_at": dates, "is_used": [True, False]}), 180)[:40]
    '25 November 2025 is not counted: you had'
    """
    if not len(windows):
        return "No date lies so far back that there is something to count."
    unused = [day_text(date) for date in windows.loc[~windows["is_used"], "from_at"]]
    if not unused:
        return "Every date is counted."
    listed = " and ".join([", ".join(unused[:-1]), unused[-1]] if unused[1:] else unused)
    return (
        f"{listed} {'are' if unused[1:] else 'is'} not counted: you had written to nobody here in "
        f"the {days:g} days before, so no chance would have been given."
    )
