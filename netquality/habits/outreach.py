"""Whether the owner writes first when a job changes: outreach then, against turned calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.habits.telling import DAY, SMALL, past_of, told
from netquality.measures.talk import CONVERSATION_GAP
from netquality.origins import own_employers
from netquality.words import plural

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.habits.telling import Past
    from netquality.network import Network

__all__ = ["need_driven_outreach"]

AROUND: Final = 90
"""Days on each side of a change."""
FEWEST: Final = 3
"""A choice: of fewer changes no shifted calendar can tell chance from habit."""
ROUNDS: Final = 1_000
_PROVEN: Final = 0.05


def need_driven_outreach(network: Network, people: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Hold how often the owner opens conversations around own job changes against other times.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    seed : int
        Of the bootstrap.

    Returns
    -------
    pandas.DataFrame
        One row: `change_count` (changes used), `left_out_count` (known by the year only, or outside
        of the time with own messages), `opening_count`, `near_count` (openings within 90 days of a
        change), `near_share`, `day_share` (of the days that lie so near), `ratio` (openings per day
        near a change to those at other times), `low`, `high`, `p_value`, `person_count`,
        `is_small`. `p_value` is missing below three changes, and all is where there is none.

    Notes
    -----
    An opening is a real message of the owner's that begins a conversation, after 30 silent days or
    for the first time; it needs no answer. A change is the first day with another employer.
    Colleagues are left out, for with them a new job is a reason of another kind. The interval:
    percentiles of 1,000 bootstrap samples of people. The p-value: how often the calendar of
    openings, turned by any number of days, has as large a share near the changes (all circular
    shifts; one-sided), so that it keeps its own bursts and seasons.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> row = nq.habits.need_driven_outreach(network, nq.assess(network)).iloc[0]
    >>> bool(row["low"] > 1)  # as was planted
    True
    """
    past = past_of(network, people)
    who, day = _openings(past)
    changes, year_only = _changes(network)
    begin = day.min() if len(day) else past.last
    inside = (changes >= begin) & (changes <= past.last)
    used, left_out = changes[inside], year_only + int((~inside).sum())
    length = int((past.last - begin) / DAY) + 1
    near = np.zeros(length, bool)
    for change in used:
        at = int((change - begin) / DAY)
        near[max(at - AROUND, 0) : at + AROUND + 1] = True
    place = ((day - begin) / DAY).astype(np.intp)
    found = _compared(who, place, near, seed)
    row = {
        "change_count": len(used),
        "left_out_count": left_out,
        "opening_count": len(day),
        "near_count": int(near[place].sum()),
        "near_share": found.near_share,
        "day_share": float(near.mean()) if len(used) else np.nan,
        "ratio": found.ratio,
        "low": found.low,
        "high": found.high,
        "p_value": _p_value(place, near) if len(used) >= FEWEST else np.nan,
        "person_count": len(np.unique(who)),
    }
    table = pd.DataFrame([row])
    for name in ("near_share", "day_share", "ratio", "low", "high", "p_value"):
        table[name] = table[name].astype("Float64").mask(table[name].isna())
    table = table.assign(is_small=table["person_count"] < SMALL)
    method = "bootstrap over people (Efron 1979); all circular shifts of the calendar"
    return told(table, _sentence(row), method)


class _Compared(NamedTuple):
    near_share: float
    ratio: float
    low: float
    high: float


def _openings(past: Past) -> tuple[NDArray[np.intp], NDArray[np.datetime64]]:
    """Return whose and on which day each conversation was that the owner opened."""
    real = np.flatnonzero(past.talk.is_real)
    person, when = past.story.person[real], past.story.when[real]
    opens = np.ones(len(real), bool)
    opens[1:] = person[1:] != person[:-1]
    opens[1:] |= when[1:] - when[:-1] >= np.timedelta64(CONVERSATION_GAP)
    colleague = past.people["is_colleague_then"].fillna(value=False).to_numpy(bool)
    opens &= past.story.is_sent[real] & ~colleague[person]
    return person[opens], past.story.day[real][opens]


def _changes(network: Network) -> tuple[NDArray[np.datetime64], int]:
    """Return the first day with each other employer, and how many are known by the year only."""
    jobs = own_employers(network.positions)
    jobs = jobs[jobs["started_on"].notna()].sort_values(["started_on", "company_key"])
    fresh = jobs["company_key"] != jobs["company_key"].shift()
    jobs = jobs[fresh]
    known = jobs["is_month_known"].to_numpy(bool)
    days = jobs["started_on"].to_numpy("datetime64[us]").astype("datetime64[D]")
    return days[known], int((~known).sum())


def _compared(
    who: NDArray[np.intp], place: NDArray[np.intp], near: NDArray[np.bool_], seed: int
) -> _Compared:
    """Return the share near a change, the ratio of the rates, and its interval over people."""
    days = near.sum(), (~near).sum()
    if not len(place) or not days[0] or not days[1]:
        return _Compared(*[np.nan] * 4)
    _, person = np.unique(who, return_inverse=True)
    inside = np.bincount(person, near[place])
    outside = np.bincount(person, ~near[place])
    order = np.lexsort((outside, inside))  # whoever they are: the rows' order changes nothing
    inside, outside = inside[order], outside[order]
    dice = np.random.default_rng(seed)
    drawn = dice.multinomial(len(inside), np.full(len(inside), 1 / len(inside)), ROUNDS)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = float((inside.sum() / days[0]) / (outside.sum() / days[1]))
        each = (drawn @ inside / days[0]) / (drawn @ outside / days[1])
    each = each[np.isfinite(each)]
    low, high = np.quantile(each, [0.025, 0.975]) if len(inside) > 1 and len(each) else [np.nan] * 2
    share = float(inside.sum() / len(place))
    return _Compared(share, ratio if np.isfinite(ratio) else np.nan, float(low), float(high))


def _p_value(place: NDArray[np.intp], near: NDArray[np.bool_]) -> float:
    """Return how often the turned calendar has as many openings near the changes."""
    if not len(place):
        return np.nan
    counts = np.bincount(place, minlength=len(near)).astype(np.float64)
    # the circular correlation of both: the sum over days for every shift at once
    turned = np.fft.irfft(np.fft.rfft(near) * np.conj(np.fft.rfft(counts)), len(near)).round()
    return float((turned >= turned[0]).mean())


def _sentence(row: dict[str, float]) -> str:
    left_out = int(row["left_out_count"])
    aside = f" {plural(left_out, 'change')} could not be dated or lies outside." if left_out else ""
    if not row["change_count"] or np.isnan(row["low"]):
        return f"No change of job is dated in the time of your messages.{aside}"
    head = (
        f"Within {AROUND} days of {plural(int(row['change_count']), 'change')} of job you opened "
        f"{row['ratio']:.1f} times as many conversations a day as at other times "
        f"({row['low']:.1f} to {row['high']:.1f})"
    )
    if np.isnan(row["p_value"]):
        return f"{head}; so few changes cannot tell habit from chance.{aside}"
    if row["low"] > 1 and row["p_value"] < _PROVEN:
        by_chance = f"more than calendars turned at random have (p = {row['p_value']:.3f})"
        return f"{head}, {by_chance}.{aside}"
    return f"{head}: within what chance could make of it (p = {row['p_value']:.2f}).{aside}"
