"""The statuses at every date of the past, as they would have been judged then.

Judging the whole table anew at each of 180 months would be slow. But what is known of two people
only grows: a message once real stays real, talk stays talk. So each fact is dated by the instant
from which on it was known, and one walk forward through the dates is enough. A test holds the
counts against `assess` at each date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
from pandas.tseries.frequencies import to_offset

from netquality.errors import SettingError
from netquality.grouped import naive
from netquality.identity import keys_among
from netquality.interactions import judge, tell
from netquality.measures import count_addresses
from netquality.network import end_of_day, need_network
from netquality.origins import held_at, own_employers
from netquality.status import STATUSES, StatusRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from netquality.interactions import Story, Talk
    from netquality.network import Network

__all__ = ["status_over_time", "statuses_at"]

_DAY: Final = np.timedelta64(1, "D")
_FAR: Final = 1 << 24
"""More days than any two dates of the calendar lie apart."""


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
    people = _connections(network)
    dates = _dates(network, people, freq)
    ends = [end_of_day(date.date()) for date in dates[:-1]] + [network.as_of]
    counts = [
        np.bincount(judged[judged < len(STATUSES)], minlength=len(STATUSES))
        for judged in _walk(network, people, ends, rule)
    ]
    table = pd.DataFrame(counts, columns=list(STATUSES), index=dates.rename("date"), dtype="int64")
    table.insert(0, "connections", table.sum(axis=1))
    return table


def statuses_at(
    network: Network, moments: Sequence[pd.Timestamp], *, rule: StatusRule | None = None
) -> pd.DataFrame:
    """Return the status of each connection at each of some moments, as judged then.

    Parameters
    ----------
    network : Network
    moments : sequence of pandas.Timestamp
        UTC instants in rising order, none later than `network.as_of`.
    rule : StatusRule, optional
        The numbers behind the statuses.

    Returns
    -------
    pandas.DataFrame
        Index `person_id`, a column per moment; missing where somebody was not connected yet.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> statuses_at(network, [network.as_of]).shape == (network.connection_count, 1)
    True
    """
    rule = StatusRule() if rule is None else rule
    people = _connections(network)
    names = np.array([*STATUSES, None], dtype=object)
    judged = _walk(network, people, list(moments), rule)
    columns = {moment: names[each] for moment, each in zip(moments, judged, strict=True)}
    return pd.DataFrame(columns, index=pd.Index(people["person_id"]), dtype="str")


def _connections(network: Network) -> pd.DataFrame:
    return network.people[network.people["is_connection"]].reset_index(drop=True)


def _walk(
    network: Network, people: pd.DataFrame, ends: list[pd.Timestamp], rule: StatusRule
) -> Iterator[NDArray[np.int64]]:
    """Yield what `_judge` says at each date, in order."""
    story = tell(network.interactions, people, network.as_of)
    talk = judge(story, answer_within=rule.answer_within)
    known = _known(network, people, story, talk, rule)
    elsewhere = _elsewhere(network, people, ends)
    last_talks = _last_talks(story, talk, len(people), ends)
    for moment, last_talk, sign in zip(ends, last_talks, elsewhere, strict=True):
        yield _judge(known, last_talk, sign, moment, rule)


def _dates(network: Network, people: pd.DataFrame, freq: str) -> pd.DatetimeIndex:
    last = network.as_of.tz_localize(None).normalize()
    first = people["connected_on"].min()
    first = last if pd.isna(first) else min(first, last)
    try:
        is_forward = to_offset(freq).n > 0
        dates = pd.date_range(first, last, freq=freq) if is_forward else None
    except (ValueError, TypeError, AttributeError):
        dates = None
    if dates is None:
        raise SettingError(
            f"freq={freq!r}: is no frequency. Give one of pandas, like 'MS', 'QS' or 'YS'."
        )
    dates = dates.normalize().unique()  # a date means its end: there is one a day
    return dates.union(pd.DatetimeIndex([last])).as_unit("us")


class _Known(NamedTuple):
    """Per connection, the instant from which on each fact was known; ``NaT`` for never."""

    connected: NDArray[np.datetime64]
    wrote: NDArray[np.datetime64]
    talked: NDArray[np.datetime64]
    related: NDArray[np.datetime64]
    praised: NDArray[np.datetime64]
    has_sign: NDArray[np.bool_]
    """A sign of a tie elsewhere that bears no date: it holds at every one."""


def _known(
    network: Network, people: pd.DataFrame, story: Story, talk: Talk, rule: StatusRule
) -> _Known:
    size = len(people)
    ours = slice(0, int(np.searchsorted(story.person, size)))
    person = story.person[ours]
    interactions = network.interactions
    praise = interactions.iloc[np.flatnonzero(interactions["kind"] == "recommendation")]
    praised = praise.groupby("person_id")["at"].min().dt.tz_localize(None)
    connected = people["connected_on"].to_numpy("datetime64[us]")
    kept = people["person_id"].isin(count_addresses(network).index).to_numpy(bool)
    return _Known(
        connected,
        wrote=_earliest(person, talk.real_at[ours], size),
        talked=_earliest(person, talk.talk_at[ours], size),
        related=_related_since(story, talk, size, rule),
        praised=praised.reindex(people["person_id"]).to_numpy("datetime64[us]"),
        has_sign=np.isnat(connected) | people["is_ambiguous"].to_numpy(bool) | kept,
    )


def _earliest(
    person: NDArray[np.intp], at: NDArray[np.datetime64], size: int
) -> NDArray[np.datetime64]:
    """Return each person's earliest instant."""
    found = np.full(size, np.datetime64("NaT", "us"))
    np.fmin.at(found, person, at)
    return found


def _related_since(story: Story, talk: Talk, size: int, rule: StatusRule) -> NDArray[np.datetime64]:
    """Return when both of two people had written on days far enough apart."""
    rows = np.flatnonzero(~np.isnat(talk.talk_at) & (story.person < size))
    # by person and by when it was known to be talk
    rows = rows[np.lexsort((story.when[rows], talk.talk_at[rows], story.person[rows]))]
    person, known = story.person[rows], talk.talk_at[rows]
    day = story.day[rows].astype(np.int64)
    far = np.ones(len(rows), bool)
    for side in (story.is_sent[rows], ~story.is_sent[rows]):
        # the days of one person lie so far from the next one's that none mixes with another's
        apart = person * _FAR
        lowest = np.minimum.accumulate(np.where(side, day, _FAR // 2) - apart) + apart
        highest = np.maximum.accumulate(np.where(side, day, -_FAR // 2) + apart) - apart
        far &= highest - lowest > rule.relationship_days
    return _earliest(person[far], known[far], size)


def _last_talks(
    story: Story, talk: Talk, size: int, ends: list[pd.Timestamp]
) -> Iterator[NDArray[np.datetime64]]:
    """Yield the last talk of every connection as known at each date, in order."""
    rows = np.flatnonzero(talk.is_answer & (story.person < size))
    rows = rows[np.argsort(talk.real_at[rows], kind="stable")]
    known, at, person = talk.real_at[rows], story.when[rows], story.person[rows]
    last = np.full(size, np.datetime64("NaT", "us"))
    done = 0
    for moment in ends:
        upto = int(np.searchsorted(known, naive(moment), side="right"))
        np.fmax.at(last, person[done:upto], at[done:upto])
        done = upto
        yield last


def _elsewhere(
    network: Network, people: pd.DataFrame, ends: list[pd.Timestamp]
) -> Iterator[NDArray[np.bool_]]:
    """Yield who has the employer that the owner had at each date; everybody without messages."""
    jobs = own_employers(network.positions)
    codes, keys = pd.factorize(keys_among(people["company"], set(jobs["company_key"])))
    place = jobs["company_key"].to_numpy(object)[:, None] == np.asarray(keys, object)
    for held in held_at(jobs, ends):
        same = place[held].any(axis=0) | (not network.has_messages)
        # the last is that of who has none of them, whose code is -1
        yield np.append(same, not network.has_messages)[codes]


def _judge(
    known: _Known,
    last_talk: NDArray[np.datetime64],
    elsewhere: NDArray[np.bool_],
    moment: pd.Timestamp,
    rule: StatusRule,
) -> NDArray[np.int64]:
    """Return each connection's status by its place in `STATUSES`; past them where not there."""
    now = naive(moment)
    wrote, related = known.wrote <= now, known.related <= now
    held = {
        "active": related & (_days(last_talk, now) <= rule.active_within_days),
        "dormant": related,
        "brief": known.talked <= now,
        "unknown": ~wrote & (known.has_sign | (known.praised <= now) | elsewhere),
        "new": _days(known.connected, now) < rule.new_within_days,
        "one_way": wrote,
        "feather": ~(known.connected > now),
    }
    status = np.full(len(wrote), len(STATUSES))
    for place, name in reversed(list(enumerate(STATUSES))):
        status[held[name]] = place
    return np.where(held["feather"], status, len(STATUSES))


def _days(since: NDArray[np.datetime64], now: np.datetime64) -> NDArray[np.float64]:
    """Return whole days, NaN where there is no instant to count from."""
    return np.where(np.isnat(since), np.nan, np.floor((now - since) / _DAY))
