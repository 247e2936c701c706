"""Whether the owner writes first when a job changes: outreach then, against turned calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.habits.lasting import relationship_spans
from netquality.habits.telling import DAY, SMALL, if_few, past_of, told, without_messages
from netquality.identity import company_keys
from netquality.measures.talk import CONVERSATION_GAP
from netquality.origins import own_employers
from netquality.rates import ratio_of_means
from netquality.words import plural

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.habits.telling import Past
    from netquality.network import Network

__all__ = ["need_driven_outreach"]

AROUND: Final = 90
"""Days on each side of a change."""
FEWEST: Final = 3
"""A choice: of fewer changes no turned calendar can tell chance from habit."""
FEWEST_PEOPLE: Final = 10
"""A choice: the interval holds for so many, and for fewer it is far too narrow."""
APART: Final = 30
"""Days within which several starts are one change."""
_COMPARED: Final = ("near_share", "day_share", "ratio", "chance_low", "chance_high", "p_value")
_OPENED: Final = ("opened_near", "opened_else", "opened_ratio", "opened_low", "opened_high")
_PROVEN: Final = 0.05
_HARDLY: Final = 0.01
_SURELY: Final = 0.001


def need_driven_outreach(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Hold how often the owner opens conversations around own job changes against other times.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        One row: `change_count` (changes used), `left_out_count` (known by the year only, or outside
        of the time with own messages), `opening_count`, `near_count` (openings within 90 days of a
        change), `near_share`, `day_share` (of the days that lie so near), `ratio` (openings per day
        near a change to those at other times), `chance_low`, `chance_high` (between which nine in
        ten turned calendars have `near_count`), `p_value`, `person_count`, `is_small`;
        `opened_near` and `opened_else` (of the conversations that began near a change, and of the
        others, the share that you opened, in relationships), `opened_ratio`, `opened_low`,
        `opened_high`. What chance would give, and the interval, are missing below three changes;
        the interval also where the conversations near a change were with fewer than ten people, and
        where all or none of them were opened by you.

    Notes
    -----
    An opening is a real message of the owner's that begins a conversation, after 30 silent days or
    for the first time; it needs no answer. A change is the first day with an employer that the
    owner did not have the day before; starts within 30 days are one. Whoever names one of the new
    employers is left out, for with colleagues a new job is a reason of another kind; so are, from
    openings and days alike, the years of changes known by the year only, and 90 days around them. A
    change of which fewer than half of the days around it are left is counted as left out.

    Chance is what the calendar of openings gives when it is turned by any number of days (all
    circular shifts): its own sittings and quiet months stay together, which a bootstrap of people
    would tear apart. `p_value` is the share of shifts with as many near the changes (one-sided).

    A busy time has more conversations of every kind. `opened_ratio` is therefore of shares: of all
    that began, how many you opened. Its 95 % interval is that of `netquality.rates.ratio_of_means`,
    over people. Who congratulates you on the new job makes it smaller.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> row = nq.habits.need_driven_outreach(network, nq.assess(network)).iloc[0]
    >>> bool(row["p_value"] < 0.05)  # as was planted
    True
    """
    past = past_of(network, people)
    if not network.has_messages:
        return without_messages(["change_count", "opening_count", "near_count", "ratio", "p_value"])
    jobs = _changes(network)
    began = _began(past, jobs.employers)
    who, day = began.person[began.is_own], began.day[began.is_own]
    begin = day.min() if len(day) else past.last
    length = int((past.last - begin) / DAY) + 1
    inside = (jobs.days >= begin - AROUND * DAY) & (jobs.days <= past.last)
    used = jobs.days[inside]
    near, known = np.zeros(length, bool), np.ones(length, bool)
    for year in jobs.years:
        known[_span(year, year + 365 * DAY, begin)] = False
    is_left = [known[_span(one, one, begin)].sum() > AROUND for one in used]
    used = used[np.array(is_left, bool)]
    for change in used:
        near[_span(change, change, begin)] = True
    place = ((day - begin) / DAY).astype(np.intp)
    counted = np.bincount(place, minlength=length).astype(np.float64) * known
    near &= known
    opened = _opened(past, began, begin, known, near)
    if len(used) < FEWEST:
        opened |= {"opened_low": np.nan, "opened_high": np.nan}
    # days of which nothing is known are cut out of the calendar
    counted, near = counted[known], near[known]
    row = {
        "change_count": len(used),
        "left_out_count": len(jobs.years) + len(jobs.days) - len(used),
        "opening_count": int(counted.sum()),
        "near_count": int(counted[near].sum()),
        **_compared(counted, near, is_enough=len(used) >= FEWEST),
        "person_count": len(np.unique(who[known[place]])),
        **opened,
    }
    table = pd.DataFrame([row])
    for name in (*_COMPARED, *_OPENED):
        table[name] = table[name].astype("Float64").mask(table[name].isna())
    table = table.assign(is_small=table["person_count"] < SMALL)
    return told(table, _sentence(row), "all circular shifts of the calendar of openings", past.last)


class _Jobs(NamedTuple):
    """The owner's changes: days that are known, years that are not known better, new employers."""

    days: NDArray[np.datetime64]
    years: NDArray[np.datetime64]
    employers: frozenset[str]


def _changes(network: Network) -> _Jobs:
    """Return when the owner came to another employer."""
    jobs = own_employers(network.positions)
    jobs = jobs[jobs["started_on"].notna()].sort_values(["started_on", "company_key"])
    starts, ends = (
        jobs[name].to_numpy("datetime64[us]").astype("datetime64[D]")
        for name in ("started_on", "finished_on")
    )
    keys = jobs["company_key"].to_numpy(object)
    ends = np.where(jobs["is_current"].to_numpy(bool) | np.isnat(ends), np.datetime64("9999"), ends)
    known = jobs["is_month_known"].to_numpy(bool)
    fresh = np.array(
        [
            not ((keys == key) & (starts < start) & (ends >= start - DAY)).any()
            for key, start in zip(keys, starts, strict=True)
        ],
        bool,
    )
    days = np.unique(starts[fresh & known])
    apart = np.ones(len(days), bool)
    apart[1:] = days[1:] - days[:-1] > APART * DAY
    return _Jobs(days[apart], np.unique(starts[fresh & ~known]), frozenset(keys[fresh]))


class _Began(NamedTuple):
    """Of each conversation with whom it was, on which day it began, and whether the owner did."""

    person: NDArray[np.intp]
    day: NDArray[np.datetime64]
    is_own: NDArray[np.bool_]


def _began(past: Past, employers: frozenset[str]) -> _Began:
    """Return the conversations, but for those with people of these employers."""
    real = np.flatnonzero(past.talk.is_real)
    person, when = past.story.person[real], past.story.when[real]
    opens = np.ones(len(real), bool)
    opens[1:] = person[1:] != person[:-1]
    opens[1:] |= when[1:] - when[:-1] >= np.timedelta64(CONVERSATION_GAP)
    colleague = company_keys(past.people["company"]).isin(employers).to_numpy(bool)
    opens &= ~colleague[person]
    return _Began(person[opens], past.story.day[real][opens], past.story.is_sent[real][opens])


def _opened(
    past: Past,
    began: _Began,
    begin: np.datetime64,
    known: NDArray[np.bool_],
    near: NDArray[np.bool_],
) -> dict[str, float]:
    """Return the shares of conversations that the owner opened, near a change and otherwise."""
    related = ~np.isnat(relationship_spans(past)[0])
    place = ((began.day - begin) / DAY).astype(np.intp)
    use = related[began.person] & (place >= 0)
    use[use] = known[place[use]]
    mine, where = began.is_own[use], near[place[use]]
    people, person = np.unique(began.person[use], return_inverse=True)

    def summed(flags: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(person[flags], minlength=len(people)).astype(np.float64)

    values = ratio_of_means(
        summed(mine & where), summed(where), summed(mine & ~where), summed(~where)
    )
    told = dict(zip(_OPENED, values, strict=True))
    if (summed(where) > 0).sum() < FEWEST_PEOPLE:
        told |= {"opened_low": np.nan, "opened_high": np.nan}
    return told


def _span(first: np.datetime64, last: np.datetime64, begin: np.datetime64) -> slice:
    """Return the days within 90 of a stretch, by number."""
    low, high = (int((one - begin) / DAY) for one in (first, last))
    return slice(max(low - AROUND, 0), max(high + AROUND + 1, 0))


def _compared(
    counts: NDArray[np.float64], near: NDArray[np.bool_], *, is_enough: bool
) -> dict[str, float]:
    """Return the rates near a change and at other times, and what turned calendars give."""
    inside, outside = counts[near].sum(), counts[~near].sum()
    found = dict.fromkeys(_COMPARED, np.nan)
    if not near.any() or near.all() or not counts.sum():
        return found
    found["near_share"], found["day_share"] = inside / counts.sum(), near.mean()
    if outside:
        found["ratio"] = (inside / near.sum()) / (outside / (~near).sum())
    if is_enough:
        turned = _turned(counts, near)
        low, high = np.quantile(turned, [0.05, 0.95], method="lower")  # p is of one side
        found |= {"chance_low": low, "chance_high": high}
        found["p_value"] = float((turned >= inside).mean())
    return found


def _turned(counts: NDArray[np.float64], near: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how many openings lie near a change when the calendar is turned by 0, 1, ... days.

    That is the circular correlation of both, for all shifts at once.
    """
    length = len(near)
    turned = np.fft.irfft(np.fft.rfft(near) * np.conj(np.fft.rfft(counts)), length)
    return turned.round() + 0.0  # and never -0


def _sentence(row: dict[str, float]) -> str:
    left_out, count = int(row["left_out_count"]), int(row["change_count"])
    verb = "lies" if left_out == 1 else "lie"
    aside = (
        f" {plural(left_out, 'change')} could not be dated or {verb} outside." if left_out else ""
    )
    few = if_few(int(row["person_count"]))
    if not count:
        return f"No change of job is dated in the time of your messages.{aside}"
    if np.isnan(row["near_share"]):
        return f"You opened too few conversations around {plural(count, 'change')} to say.{aside}"
    head = (
        f"{int(row['near_count']):,} of {plural(int(row['opening_count']), 'conversation')} that "
        f"you opened fall within {AROUND} days of {plural(count, 'change')} of job, on "
        f"{100 * row['day_share']:.0f} % of the days"
    )
    if np.isnan(row["p_value"]):
        return f"{head}; so few changes cannot tell habit from chance.{aside}{few}"
    span = f"{row['chance_low']:.0f} to {row['chance_high']:.0f}"
    p_value = "p < 0.001" if row["p_value"] < _SURELY else f"p = {row['p_value']:.3f}"
    by_chance = f"Chance alone would make it {span} nine times in ten"
    if row["p_value"] < _PROVEN:
        often = "hardly ever" if row["p_value"] < _HARDLY else "seldom"
        head = f"{head}. {by_chance}, and so many {often} ({p_value})."
    else:
        head = f"{head}. {by_chance}, so it need be no habit ({p_value})."
    return f"{head}{_of_all(row)}{aside}{few}"


def _of_all(row: dict[str, float]) -> str:
    """Say which share of all conversations the owner opened near a change, and otherwise."""
    near, other, ratio, low, high = (row[name] for name in _OPENED)
    if np.isnan(low):
        return ""
    return (
        f" Of the conversations that began then in relationships, you opened {100 * near:.0f} %, "
        f"of the others {100 * other:.0f} %: {ratio:.1f} ({low:.1f} to {high:.1f}) times as large "
        "a share."
    )
