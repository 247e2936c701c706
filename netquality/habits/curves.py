"""The share of people to whom something has not happened yet: Kaplan and Meier's estimator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.habits.telling import SMALL
from netquality.rates import Z, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["survival_at"]


def survival_at(days: ArrayLike, is_event: ArrayLike, at: Sequence[float]) -> pd.DataFrame:
    """Return the share still without the event after so many days, with its 95 % interval.

    Parameters
    ----------
    days : array-like of float
        How long each person was observed: until the event, or until the observation ended.
    is_event : array-like of bool
        Whether the event ended it.
    at : sequence of float
        Days at which to say so.

    Returns
    -------
    pandas.DataFrame
        `days`, `at_risk_count` (observed for so long or longer, without the event before), `share`,
        `low`, `high`, `is_small`. Missing where nobody was observed for so long.

    Notes
    -----
    Kaplan and Meier (1958); at equal times events come before the ends of observation. The interval
    is that of the log-log with Greenwood's variance (Kalbfleisch and Prentice, The Statistical
    Analysis of Failure Time Data), which stays within 0 and 1. Where the share is 0 or 1 it has
    none: for 1 it is that of Wilson (1927) for those still observed; for 0 the upper bound is his
    for those whose events came last, or the one before it if that is lower. No bound ever rises:
    what a share was at most at one time, it is at most at all later ones.

    Examples
    --------
    Of the 21 patients of Freireich et al. (1963) given 6-MP, 0.627 were in remission after 16
    weeks:

    >>> weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    >>> table = survival_at(weeks, [True] * 9 + [False] * 12, [16, 23])
    >>> table["share"].round(3).tolist(), table["at_risk_count"].tolist()
    ([0.627, 0.448], [11, 6])
    """
    time, event = np.asarray(days, np.float64), np.asarray(is_event, bool)
    times = np.unique(time[event])
    risk: NDArray[np.float64] = np.array([(time >= one).sum() for one in times], np.float64)
    dead: NDArray[np.float64] = np.array(
        [(event & (time == one)).sum() for one in times], np.float64
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        curve = np.cumprod(1 - dead / risk)
    bounds = _bounds(curve, risk, dead)
    rows = []
    for one in at:
        place = int(np.searchsorted(times, one, side="right")) - 1
        at_risk = int((time >= one).sum())
        share = low = high = np.nan
        if len(time) and (at_risk or (place >= 0 and curve[place] == 0)):
            share = 1.0
            if place >= 0:
                share, low, high = (line[place] for line in (curve, *bounds))
            else:  # none yet: as if those observed so long were all there are
                (low,), (high,) = wilson([at_risk], [at_risk])
        rows.append((one, at_risk, share, low, high, at_risk < SMALL))
    names = ["days", "at_risk_count", "share", "low", "high", "is_small"]
    table = pd.DataFrame(rows, columns=names)
    for name in ("share", "low", "high"):
        table[name] = table[name].astype("Float64").mask(table[name].isna())
    return table


def _bounds(
    curve: NDArray[Any], risk: NDArray[np.float64], dead: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower and upper bound at each time of an event."""
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(dead / (risk * (risk - dead)))
        spread = Z * np.sqrt(greenwood) / np.abs(np.log(curve))
        low, high = curve ** np.exp(spread), curve ** np.exp(-spread)
    none = curve == 0
    low[none], high[none] = wilson(np.zeros(none.sum()), risk[none])
    return np.minimum.accumulate(low), np.minimum.accumulate(high)
