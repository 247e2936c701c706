"""The statuses at every date of the past, as they would have been judged then.

Judging the whole table anew at each of 180 months would be slow. But what is known of two people
only grows: a message once real stays real, talk stays talk. So each fact is dated by the instant
from which on it was known, and one walk forward through the dates is enough. A test holds the
counts against `assess` at each date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.errors import SettingError
from netquality.identity import company_keys
from netquality.interactions import judge_talk
from netquality.measures import count_addresses
from netquality.network import end_of_day, need_network
from netquality.status import STATUSES, StatusRule, employers, first_that_holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from netquality.network import Network

__all__ = ["status_over_time"]

_DAY = np.timedelta64(1, "D")


def status_over_time(
    network: Network, freq: str = "MS", *, rule: StatusRule | None = None
) -> pd.DataFrame:
    """Count the statuses of all connections at each date, as they would have been judged then.

    Parameters
    ----------
    network : Network
    freq : str
        A pandas offset alias; ``"MS"``, the first day of each month, by default. Each date means
        the end of that UTC day. The last row is always that of `network.as_of`.
    rule : StatusRule, optional
        The numbers behind the statuses.

    Raises
    ------
    SettingError
        When `freq` is no frequency.

    Returns
    -------
    pandas.DataFrame
        Index `date` (``datetime64[us]``), from the first connection to `as_of`; `connections`
        and one column per status, which add up to it. Connections since removed are not in the
        export, and so missing from the past.

    Examples
    --------
    >>> import netquality as nq
    >>> months = nq.status_over_time(nq.load_sample())
    >>> bool((months.drop(columns="connections").sum(axis=1) == months["connections"]).all())
    True
    """
    need_network(network)
    rule = StatusRule() if rule is None else rule
    people = network.people[network.people["is_connection"]].reset_index(drop=True)
    talk = judge_talk(
        network.interactions, network.people, network.as_of, answer_within=rule.answer_within
    )
    talk = talk[talk["is_real"] & talk["person_id"].isin(people["person_id"])]
    dates = _dates(network, people, freq)
    ends = [end_of_day(date.date()) for date in dates[:-1]] + [network.as_of]
    since = _since(network, people, talk, rule)
    kept = people["person_id"].isin(count_addresses(network).index).to_numpy()
    companies = company_keys(people["company"])
    jobs = network.positions.assign(company_key=company_keys(network.positions["company"]))
    has_messages = network.has_messages
    rows = []
    for moment, last_talk in zip(ends, _last_talks(people, talk, ends), strict=True):
        elsewhere = companies.isin(employers(jobs, moment)).to_numpy() | kept
        status = _judge(
            people, since, last_talk, elsewhere, moment, rule, has_messages=has_messages
        )
        names, counts = np.unique(status, return_counts=True)
        rows.append(dict(zip(names.tolist(), counts.tolist(), strict=True)))
    table = pd.DataFrame(rows, columns=list(STATUSES), index=dates.rename("date"))
    table = table.fillna(0).astype("int64")
    table.insert(0, "connections", table.sum(axis=1))
    return table


def _dates(network: Network, people: pd.DataFrame, freq: str) -> pd.DatetimeIndex:
    last = network.as_of.tz_localize(None).normalize()
    first = people["connected_on"].min()
    first = last if pd.isna(first) else min(first, last)
    try:
        dates = pd.date_range(first, last, freq=freq)
    except ValueError:
        raise SettingError(
            f"freq={freq!r}: is no frequency. Give one of pandas, like 'MS', 'QS' or 'YS'."
        ) from None
    return dates.union(pd.DatetimeIndex([last])).as_unit("us")


def _since(
    network: Network, people: pd.DataFrame, talk: pd.DataFrame, rule: StatusRule
) -> dict[str, NDArray[np.datetime64]]:
    """Return, per connection, the instant from which on each fact was known; ``NaT`` for never."""
    praise = network.interactions[network.interactions["kind"] == "recommendation"]
    first = {
        "real": talk.groupby("person_id")["real_at"].min(),
        "talk": talk.groupby("person_id")["talk_at"].min(),
        "related": _related_since(talk[talk["is_talk"]], rule),
        "praised": praise.groupby("person_id")["at"].min(),
    }
    return {
        name: instants.reindex(people["person_id"]).dt.tz_localize(None).to_numpy("datetime64[us]")
        for name, instants in first.items()
    }


def _related_since(talk: pd.DataFrame, rule: StatusRule) -> pd.Series:
    """Return when both of two people had written on days far enough apart."""
    talk = talk.sort_values(["person_id", "talk_at", "at"], kind="stable")
    person, day = talk["person_id"], talk["at"].dt.floor("D").astype("int64") // 86_400_000_000
    far = pd.Series(True, index=talk.index)  # noqa: FBT003 - a Series of True
    for side in ("sent", "received"):
        own = day.where(talk["direction"] == side)
        lowest = own.groupby(person).cummin().groupby(person).ffill()
        highest = own.groupby(person).cummax().groupby(person).ffill()
        far &= highest - lowest > rule.relationship_days
    return talk[far].groupby("person_id")["talk_at"].min()


def _last_talks(
    people: pd.DataFrame, talk: pd.DataFrame, ends: list[pd.Timestamp]
) -> Iterator[NDArray[np.datetime64]]:
    """Yield the last talk of every connection as known at each date, in order."""
    answers = talk[talk["is_answer"]].sort_values(["real_at", "at", "person_id"], kind="stable")
    known, at = (
        answers[column].dt.tz_localize(None).to_numpy("datetime64[us]")
        for column in ("real_at", "at")
    )
    place = pd.Index(people["person_id"]).get_indexer(answers["person_id"])
    last = np.full(len(people), np.datetime64("NaT", "us"))
    done = 0
    for moment in ends:
        upto = int(np.searchsorted(known, _naive(moment), side="right"))
        np.fmax.at(last, place[done:upto], at[done:upto])
        done = upto
        yield last


def _judge(
    people: pd.DataFrame,
    since: dict[str, NDArray[np.datetime64]],
    last_talk: NDArray[np.datetime64],
    elsewhere: NDArray[np.bool_],
    moment: pd.Timestamp,
    rule: StatusRule,
    *,
    has_messages: bool,
) -> NDArray[np.str_]:
    """Return the status at a date of each connection that was there."""
    now = _naive(moment)
    connected = people["connected_on"].to_numpy("datetime64[us]")
    wrote, related = since["real"] <= now, since["related"] <= now
    sign = np.isnat(connected) | people["is_ambiguous"].to_numpy() | (since["praised"] <= now)
    untold = (sign | elsewhere) & ~wrote if has_messages else np.ones(len(people), bool)
    status = first_that_holds(
        active=related & (_days(last_talk, now) <= rule.active_within_days),
        dormant=related,
        brief=since["talk"] <= now,
        unknown=untold,
        new=_days(connected, now) < rule.new_within_days,
        one_way=wrote,
    )
    return status[~(connected > now)]


def _days(since: NDArray[np.datetime64], now: np.datetime64) -> NDArray[np.float64]:
    """Return whole days, NaN where there is no instant to count from."""
    return np.where(np.isnat(since), np.nan, np.floor((now - since) / _DAY))


def _naive(moment: pd.Timestamp) -> np.datetime64:
    return moment.tz_convert("UTC").tz_localize(None).to_datetime64()
