"""Bursts of connecting: a few days with far more new connections than the owner's pace explains.

A mixer, a conference, a first week in a new job. People connect in sittings (one evening with ten
requests is no event), at a pace that drifts over the years and follows the week. So a day is held
against the owner's own pace around it, and the spread is estimated from the owner's own days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["ALPHA", "find_bursts"]

ALPHA: Final = 0.05
"""How likely a history without any event shows one by chance, over all days looked at."""
_AROUND: Final = (45, 150)
"""Days on each side from which the local pace is taken: the higher one counts, for paces drift."""
_STEADY: Final = 30
_APART: Final = 7
"""Days on each side of a window that say nothing of its pace, for they may belong to the event."""
_WINDOWS: Final = (1, 2, 3, 5)
"""Lengths of the stretches looked at, in days: an evening, and the days until cards are typed."""
_SAME: Final = 3
"""Days from one to the next that still belong to one event: people rest on a Sunday."""
_FEWEST: Final = 4
"""People; fewer are never called an event."""
_WEEK: Final = 7
_PRIOR_WEEKS: Final = 8
"""Weeks of an even pace that each weekday's share is drawn towards."""
_ROUNDS: Final = 5
_ORDINARY: Final = 0.95
"""Share of the days with connections that are taken for ordinary at first."""
_MOST: Final = 2000
"""Connections of one day that are counted; more are as clearly too many."""


def find_bursts(connected_on: pd.Series) -> pd.DataFrame:
    """Find the bursts among connect dates.

    Parameters
    ----------
    connected_on : pandas.Series of datetime64
        Dates of connections; missing ones are left out.

    Returns
    -------
    pandas.DataFrame
        One row per burst, in order: `first_on`, `last_on` (``datetime64[us]``), `person_count`,
        and `expected_count`, what the owner's pace around it would have given.

    Notes
    -----
    Sittings come at random and each brings a few connections: counts per day are then negative
    binomial, with a variance that is a constant multiple of the mean, the same for every stretch
    of days. The mean is the local pace (45 or 150 days on each side, whichever is higher, without
    the week around the day) times the share of the weekday; the multiple is estimated from all
    days outside of the bursts found, over and over until nothing changes. A stretch is a burst when
    so many connections would come with a probability below 0.05, divided by the number of all
    stretches looked at (Bonferroni).

    To leave out the busiest days makes the others look too even. So each stretch must then stand
    out once more where it is itself taken for ordinary days, as in the test of a single outlier
    (Grubbs 1950). How often there is a false alarm on histories without events is tabled in
    docs/bursts.md.

    Examples
    --------
    >>> quiet = pd.Series(pd.date_range("2020-01-01", "2021-12-31", freq="5D"))
    >>> mixer = pd.Series(pd.to_datetime(["2020-06-10"] * 14 + ["2020-06-11"] * 6))
    >>> find_bursts(pd.concat([quiet, mixer]))[["first_on", "person_count"]].values.tolist()
    [[Timestamp('2020-06-10 00:00:00'), 20]]
    """
    dates = connected_on.dropna().to_numpy("datetime64[D]")
    if len(dates) == 0:
        return _table([])
    begin = dates.min()
    counts = np.bincount((dates - begin).astype(np.int64))
    # the busiest days may be events: the first look at pace and spread leaves them out
    in_burst = counts > np.quantile(counts[counts > 0], _ORDINARY)
    stretches: list[_Stretch] = []
    for _ in range(_ROUNDS):
        pace = _pace(counts, _week(counts, begin, in_burst), in_burst)
        stretches = _unlikely(counts, pace, _spread(counts, pace, in_burst))
        found = _inside(stretches, counts)
        if (found == in_burst).all():
            break
        in_burst = found
    in_burst = _inside(_outstanding(stretches, counts, begin), counts)
    pace = _pace(counts, _week(counts, begin, in_burst), in_burst)
    days = np.flatnonzero(in_burst)
    rows = [
        (begin + run[0], begin + run[-1], counts[run[0] : run[-1] + 1].sum(),
         pace[run[0] : run[-1] + 1].sum())
        for run in np.split(days, np.flatnonzero(np.diff(days) > _SAME) + 1)
        if len(run)
    ]  # fmt: skip
    return _table(rows)


def _table(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    kinds = {
        "first_on": "datetime64[us]",
        "last_on": "datetime64[us]",
        "person_count": "int64",
        "expected_count": "float64",
    }
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    return pd.DataFrame(
        {
            name: np.array(column, dtype=kind)
            for (name, kind), column in zip(kinds.items(), columns, strict=True)
        }
    )


def _week(
    counts: NDArray[np.int64], begin: np.datetime64, in_burst: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return each day's share of the week, 1 on average, drawn towards an even week."""
    weekday = (begin.astype(np.int64) + np.arange(len(counts))) % _WEEK
    plain = ~in_burst
    days, many = (
        np.bincount(weekday, weights, minlength=_WEEK)
        for weights in (plain, np.where(plain, counts, 0))
    )
    even = many.sum() / max(days.sum(), 1.0) or 1.0
    share = (many + _PRIOR_WEEKS * even) / (days + _PRIOR_WEEKS)
    return np.asarray((share / share.mean())[weekday])


def _pace(
    counts: NDArray[np.int64], week: NDArray[np.float64], in_burst: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return how many connections the owner's pace around each day would bring on it."""
    plain = np.where(in_burst, 0, counts)
    weight = np.where(in_burst, 0.0, week)
    whole = plain.sum() / max(weight.sum(), 1.0)
    paces = []
    for days in _AROUND:
        near = _around(plain, days) - _around(plain, _APART)
        over = _around(weight, days) - _around(weight, _APART)
        # a month at the pace of the whole history steadies what few days say
        paces.append((near + _STEADY * whole) / (over + _STEADY))
    return np.asarray(np.max(paces, axis=0) * week)


def _around(values: NDArray[np.generic], days: int) -> NDArray[np.float64]:
    """Return the sum of the values at most so many days away."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    place = np.arange(len(values))
    high = np.minimum(place + days + 1, len(values))
    return np.asarray(total[high] - total[np.maximum(place - days, 0)])


def _spread(
    counts: NDArray[np.int64], pace: NDArray[np.float64], in_burst: NDArray[np.bool_]
) -> float:
    """Return the variance per mean of a day's count, bursts left out; never below 1.1."""
    plain = ~in_burst & (pace > 0)
    if not plain.any():
        return 1.1
    squares = ((counts[plain] - pace[plain]) ** 2).sum() / pace[plain].sum()
    return max(float(squares), 1.1)


class _Stretch(NamedTuple):
    """Days from `start` on, by number, and how likely so many connections are on them."""

    chance: float
    days: int
    start: int


def _unlikely(
    counts: NDArray[np.int64], pace: NDArray[np.float64], spread: float
) -> list[_Stretch]:
    """Return the stretches with more connections than the pace explains, the least likely first.

    What overlaps a stretch that is found already is not looked at: it would only drag the ordinary
    days beside an event into it.
    """
    level = _level(counts)
    unlikely: list[_Stretch] = []
    for days in _WINDOWS:
        if days > len(counts):
            break
        many, mean = _window(counts, days), _window(pace, days)
        starts = np.flatnonzero((many >= _FEWEST) & (many > 2 * mean))
        chance = _tail(many[starts].astype(np.int64), mean[starts], spread)
        low = chance < level
        some = zip(chance[low].tolist(), starts[low].tolist(), strict=True)
        unlikely += [_Stretch(how, days, start) for how, start in some]
    found = np.zeros(len(counts), bool)
    apart = []
    for stretch in sorted(unlikely):
        place = slice(stretch.start, stretch.start + stretch.days)
        if not found[place].any():
            found[place] = True
            apart.append(stretch)
    return apart


def _outstanding(
    stretches: list[_Stretch], counts: NDArray[np.int64], begin: np.datetime64
) -> list[_Stretch]:
    """Return the stretches that stand out even if they are taken for ordinary days themselves."""
    kept = []
    for one in stretches:
        others = _inside([other for other in stretches if other != one], counts)
        pace = _pace(counts, _week(counts, begin, others), others)
        place = slice(one.start, one.start + one.days)
        many, mean = (values[place].sum(keepdims=True) for values in (counts, pace))
        if _tail(many, mean, _spread(counts, pace, others))[0] < _level(counts):
            kept.append(one)
    return kept


def _inside(stretches: list[_Stretch], counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which days with connections are in one of the stretches."""
    inside = np.zeros(len(counts), bool)
    for _, days, start in stretches:
        inside[start : start + days] = True
    return inside & (counts > 0)


def _level(counts: NDArray[np.int64]) -> float:
    """Return the probability below which a single stretch is unlikely, of all looked at."""
    return ALPHA / sum(max(len(counts) - days + 1, 0) for days in _WINDOWS)


def _window(values: NDArray[np.generic], days: int) -> NDArray[np.float64]:
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return np.asarray(total[days:] - total[:-days])


def _tail(many: NDArray[np.int64], mean: NDArray[np.float64], spread: float) -> NDArray[np.float64]:
    """Return the probability of so many or more, where the variance is `spread` times the mean.

    The negative binomial with size ``mean / (spread - 1)``: each probability follows from the one
    before (Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 5.3).
    """
    size = np.maximum(mean, 1e-9) / (spread - 1)
    each = spread**-size
    below = np.zeros(len(many))
    for number in range(min(int(many.max(initial=0)), _MOST)):
        below += np.where(number < many, each, 0.0)
        each = each * (size + number) / (number + 1) * (1 - 1 / spread)
    return np.maximum(1 - below, 0.0)
