"""The rhythm of each relationship, and the bursts in which people were met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pandas as pd

from netquality.bursts import find_bursts
from netquality.habits.telling import (
    DAY,
    RESTS_AFTER,
    if_few,
    past_of,
    percent,
    shares,
    told,
    without_messages,
)
from netquality.words import plural

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.habits.telling import Past
    from netquality.network import Network

__all__ = ["cadence", "connection_bursts"]

SOON: Final = 90
LATER: Final = 365


def cadence(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Say of everybody in touch how often you meet in writing, and who is overdue by that.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        A row per person in touch with at least eight gaps between contact days, the most overdue
        first: `person_id`, `name`, `contact_days`, `usual_gap_days` (median), `late_gap_days` (nine
        in ten of their gaps were at most so long), `late_share` (of the days between their contact
        days those on which they had been silent for longer than that), `silent_days`, `is_overdue`
        (silent for longer than that now).

    Notes
    -----
    Some are overdue on any day: the sum of `late_share` says how many one would expect, and the
    sentence says so. One in ten gaps is longer, but that is more than one day in ten, for long gaps
    hold many days. Days of rest are left out of it. It is their own rhythm, and no rule.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.cadence(network, nq.assess(network))
    >>> bool((table["late_gap_days"] >= table["usual_gap_days"]).all())
    True
    """
    past = past_of(network, people)
    if not network.has_messages:
        return without_messages(["person_id", "name", "contact_days", "is_overdue"])
    told_of = past.people["late_gap_days"].notna() & ~past.people["is_hidden"]
    told_of &= (past.people["status"] == "active").fillna(value=False)
    table = past.people.assign(late_share=_late_shares(past))[told_of]
    table = table.assign(
        is_overdue=(table["silent_days"] > table["late_gap_days"]).astype(bool),
        late=table["silent_days"] / table["late_gap_days"].clip(lower=1),
    ).sort_values(["late", "person_id"], ascending=[False, True])
    columns = ["person_id", "name", "contact_days", "usual_gap_days", "late_gap_days",
               "late_share", "silent_days", "is_overdue"]  # fmt: skip
    found = table[columns].reset_index(drop=True)
    count, overdue = len(found), int(found["is_overdue"].sum())
    usual = round(float(found["late_share"].sum()))
    verb = "is" if overdue == 1 else "are"
    sentence = (
        f"Of {plural(count, 'person', 'people')} in touch whose rhythm can be told, {overdue} "
        f"{verb} silent for longer than nine in ten of their own gaps; on any day of the past, "
        f"about {usual} would have been.{if_few(count)}"
        if count
        else "Nobody's rhythm can be told: it takes nine contact days with somebody in touch."
    )
    return told(found, sentence, "quantiles of each person's own gaps", past.last)


def _late_shares(past: Past) -> pd.Series:
    """Return of each person the share of days on which they were silent for longer than usual."""
    real = np.flatnonzero(past.talk.is_real)
    days = pd.DataFrame({"person": past.story.person[real], "day": past.story.day[real]})
    days = days.drop_duplicates()
    gap = days.groupby("person")["day"].diff().dt.days.dropna()
    person = days.loc[gap.index, "person"]
    # who had been silent for so long that they rested would not have been in this table
    awake = gap.clip(upper=RESTS_AFTER)
    late = person.map(past.people["late_gap_days"]).astype("float64")
    over = (awake - late).clip(lower=0)
    shares_late: pd.Series = over.groupby(person).sum() / awake.groupby(person).sum()
    return shares_late


def connection_bursts(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Find the bursts in which connections were made, and say what came of each.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        A row per burst, ``others`` (all connections outside of bursts) at the end: `first_on`,
        `last_on`, `person_count`, `expected_count` (what your pace around it would have brought),
        `observed_count` (of them, connected at least 90 days ago), `soon_count` (of these, talked
        with within 90 days of connecting, and not only before it), `share`, `low`, `high`,
        `is_small`; `later_observed_count` (connected at least two years ago), `later_count` (of
        these, talked with in the second year), `later_share`, `later_low`, `later_high`.

    Notes
    -----
    How bursts are told, and how often there is a false alarm, stands in docs/bursts.md. Intervals
    after Wilson (1927); each person counts once.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.connection_bursts(network, nq.assess(network))
    >>> bool((table["soon_count"] <= table["observed_count"]).all())
    True
    """
    past = past_of(network, people)
    if not network.has_messages:
        return without_messages(["burst", "first_on", "last_on", "person_count", "share"])
    own = past.people["is_connection"].to_numpy(bool) & ~np.isnat(past.connected)
    age = past.last - past.connected
    observed, long_ago = own & (age >= SOON * DAY), own & (age >= 2 * LATER * DAY)
    soon, later = _talked_after(past, 0, SOON), _talked_after(past, LATER + 1, 2 * LATER)
    bursts = find_bursts(past.people.loc[own, "connected_on"])
    inside = [
        own & (past.connected >= first) & (past.connected <= last)
        for first, last in zip(_days(bursts["first_on"]), _days(bursts["last_on"]), strict=True)
    ]
    met = np.logical_or.reduce(inside) if inside else np.zeros_like(own)
    groups = [*inside, own & ~met]

    def counted(flags: NDArray[np.bool_]) -> list[int]:
        return [int((group & flags).sum()) for group in groups]

    others = bursts.reindex(range(len(bursts) + 1))  # without dates of their own, at the end
    table = pd.DataFrame(
        {
            "burst": pd.Series([*map(str, range(1, len(groups))), "others"], dtype="str"),
            "first_on": others["first_on"],
            "last_on": others["last_on"],
            "person_count": counted(own),
            "expected_count": others["expected_count"].astype("float64"),
            "observed_count": counted(observed),
            "soon_count": counted(observed & soon),
            "later_observed_count": counted(long_ago),
            "later_count": counted(long_ago & later),
        }
    )
    after = shares(table["later_count"], table["later_observed_count"])
    table = table.assign(
        **shares(table["soon_count"], table["observed_count"]),
        **{f"later_{name}": after[name] for name in ("share", "low", "high")},
    )
    return told(table, _what_came(table), "Wilson (1927), each person once", past.last)


def _days(dates: pd.Series) -> NDArray[np.datetime64]:
    return dates.to_numpy("datetime64[us]").astype("datetime64[D]")


def _talked_after(past: Past, first: int, last: int) -> NDArray[np.bool_]:
    """Return who answered, or was answered, from so many to so many days after connecting."""
    answers = np.flatnonzero(past.talk.is_answer)
    who = past.story.person[answers]
    since = past.story.day[answers] - past.connected[who]
    flags = np.zeros(len(past.people), bool)
    flags[who[(since >= first * DAY) & (since <= last * DAY)]] = True
    return flags


def _what_came(table: pd.DataFrame) -> str:
    """Say with how many of those met in bursts there was talk, and of the others."""
    bursts, rest = table.iloc[:-1], cast("Any", table.iloc[-1])
    met, soon = int(bursts["observed_count"].sum()), int(bursts["soon_count"].sum())
    if not len(bursts):
        return "No burst of connecting stands out from your own pace."
    if not met or not rest["observed_count"]:
        verb = "stands" if len(bursts) == 1 else "stand"
        return f"{plural(len(bursts), 'burst')} of connecting {verb} out from your own pace."
    whole = {name: value[0] for name, value in shares([soon], [met]).items()}
    count = plural(int((bursts["observed_count"] > 0).sum()), "burst")
    return (
        f"Of {plural(met, 'person', 'people')} connected in {count}, {percent(whole)} were talked "
        f"with within 90 days; of the other connections, {percent(rest)}.{if_few(met)}"
    )
