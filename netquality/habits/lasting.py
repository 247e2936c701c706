"""How long relationships last before they come to rest, and whether a silence ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.errors import SettingError
from netquality.grouped import first
from netquality.habits.curves import survival_at
from netquality.habits.telling import (
    DAY,
    NOT_KNOWN,
    RESTS_AFTER,
    if_few,
    past_of,
    percent,
    shares,
    told,
    without_messages,
)
from netquality.origins import ORIGINS
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from netquality.habits.telling import Past
    from netquality.network import Network

__all__ = ["relationship_survival", "resumption"]

MORE_THAN: Final = 7
"""Days that lie between the first and a later day on which each of the two wrote."""
YEARS: Final = (1, 2, 3, 5, 8)
_METHOD: Final = "Kaplan and Meier (1958), Greenwood, log-log"
_SPANS: Final = {1.0: "a year", 2.0: "two years", 3.0: "three years"}
USUAL: Final = 3
"""Years after which the sentence says how many are awake, or the last before that it can be."""
FEWEST: Final = 5
"""Relationships still observed, with fewer of which nothing is said; nor does the chart draw it."""
YEAR: Final = 365.25
SILENCES: Final = (30, 90, 180, 365, 730)
AGAIN_WITHIN: Final = 365


def relationship_survival(
    network: Network,
    people: pd.DataFrame,
    *,
    by: str | pd.Series | None = "origin",
    years: Sequence[float] = YEARS,
) -> pd.DataFrame:
    """Say what share of relationships had not yet come to rest after so many years.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    by : str, pandas.Series or None
        ``"origin"``, how the tie began; groups of your own, named by `person_id` in the index
        (nobody else's are known); or None for all in one.
    years : sequence of float
        After how many to say it, each of 0 or more.

    Returns
    -------
    pandas.DataFrame
        A row per group and number of years, ``all`` at the end: `group`, `person_count`,
        `rested_count` (came to rest at some time), `years`, `at_risk_count`, `share`, `low`,
        `high`, `is_small`.

    Raises
    ------
    SettingError
        When `by` is neither, or `years` are no such numbers.

    Notes
    -----
    A relationship begins on the day from which on each of the two had written, within their talk,
    on days more than 7 days apart. The event is the day on which it first rests: 395 days after an
    answer that none followed. What has not rested is observed until the export's date, and not
    until the
    last talk: silence of less than 395 days says nothing yet. Kaplan and Meier (1958), Greenwood,
    log-log, as in `time_to_first_talk`. The sentence is about three years, or the last of those
    asked for before them at which five or more are still observed, whole years first; where there
    is none, about the last such month. It is never about the first 13 months, in which none can
    come to rest. A relationship that rests may resume: see `resumption`.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.relationship_survival(network, nq.assess(network), by=None)
    >>> table["group"].unique().tolist(), bool(table["share"].is_monotonic_decreasing)
    (['all'], True)
    """
    after = _years(years)
    past = past_of(network, people)
    names, order = groups_of(past, by)
    if not network.has_messages:
        return without_messages(["group", "person_count", "rested_count", "years", "share"])
    begun, ended = relationship_spans(past)
    related = np.flatnonzero(~np.isnat(begun))
    event = ~np.isnat(ended[related])
    end = np.where(event, ended[related], past.last)
    days = ((end - begun[related]) / DAY).astype(np.float64)
    names = names.iloc[related]
    groups = [(one, (names == one).to_numpy(bool)) for one in order if (names == one).any()]
    groups.append(("all", np.ones(len(related), bool)))
    parts = []
    for name, inside in groups:
        curve = survival_at(days[inside], event[inside], [year * YEAR for year in after])
        counts = {"person_count": int(inside.sum()), "rested_count": int(event[inside].sum())}
        parts.append(curve.drop(columns="days").assign(group=name, years=after, **counts))
    table = pd.concat(parts, ignore_index=True)
    head = ["group", "person_count", "rested_count", "years"]
    table = table[[*head, *(name for name in table if name not in head)]]
    row = row_said(table)
    if row is None:  # so that who asks for whole years hears what who asks for months does
        months = [month / 12 for month in range(12 * USUAL + 1)]
        curve = survival_at(days, event, [month * YEAR for month in months])
        row = row_said(curve.assign(group="all", years=months))
    return told(table, _awake_after(row, len(related)), _METHOD, past.last, groups=by)


def row_said(table: pd.DataFrame) -> Any:
    """Return the row of `relationship_survival` that its sentence is about, or None.

    Of all relationships, the last up to three years (or the first asked for, where all are later)
    at which enough are still observed and one can have come to rest; a whole year, if there is one.
    """
    rows: Any = table[table["group"] == "all"].sort_values("years")
    rows = rows[rows["years"] <= max(USUAL, rows["years"].min())]
    rows = rows[rows["years"] * YEAR > RESTS_AFTER]
    known = rows[(rows["at_risk_count"] >= FEWEST) & rows["share"].notna()]
    whole = known[known["years"] % 1 == 0]
    last = whole if len(whole) else known
    return last.iloc[-1] if len(last) else None


def _awake_after(row: Any, count: int) -> str:
    """Say of how many relationships what share was still awake, and how long after."""
    if row is None:
        return (
            "Too few relationships were observed awake for more than 13 months to say how long "
            "they last."
        )
    return (
        f"Of {plural(count, 'relationship')}, {percent(row)} were still awake "
        f"{_span(float(row['years']))} after they had begun, as far as each was observed."
        f"{if_few(count)}"
    )


def _span(years: float) -> str:
    """Return a number of years in words, in months where these are whole and the years are not."""
    months = round(12 * years)
    if years in _SPANS:
        return _SPANS[years]
    if years % 1 and months and math.isclose(12 * years, months):
        return plural(months, "month")
    return f"{years:.3g} years"


def _years(years: Sequence[float]) -> list[float]:
    try:
        after = [year if isinstance(year, int) else float(year) for year in years]
    except (TypeError, ValueError):
        after = []
    if not after or not all(0 <= year < np.inf for year in after):
        raise SettingError("years: give some numbers of 0 or more, such as (1, 3, 5).")
    return after


def groups_of(past: Past, by: str | pd.Series | None) -> tuple[pd.Series, list[str]]:
    """Return the group of each person, and the groups there are, ``not known`` at the end.

    Raises
    ------
    SettingError
        When `by` is none of what `relationship_survival` says.
    """
    if by is None:
        return pd.Series(NOT_KNOWN, index=past.people.index, dtype="str"), []
    if isinstance(by, pd.Series) and by.index.is_unique and not by.isin(["all", NOT_KNOWN]).any():
        given = past.people["person_id"].map(by)
        if len(given) and not given.notna().any():
            raise SettingError("by: names nobody of these people. Give groups by person_id.")
        names = given.astype("str").where(given.notna(), NOT_KNOWN)
        order = sorted(set(names) - {NOT_KNOWN})
    elif isinstance(by, str) and by == "origin":
        names = past.people["origin"].fillna(NOT_KNOWN)
        order = [one for one in ORIGINS if (names == one).any()]
    else:
        raise SettingError(
            "by: give 'origin', None, or a Series of groups by person_id, each person once, "
            f"none called 'all' or '{NOT_KNOWN}'."
        )
    return names, [*order, NOT_KNOWN] if (names == NOT_KNOWN).any() else order


def by_origin(by: object) -> bool:
    """Tell whether groups are those of how ties began."""
    return isinstance(by, str)


def relationship_spans(
    past: Past,
) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """Return the day each relationship began, and the day it first rested; ``NaT`` for never.

    ``S R | S R``: begun on the day of the last R. 395 days without an answer after it, it rests.
    """
    size = len(past.people)
    talks = np.flatnonzero(~np.isnat(past.talk.talk_at))
    person, day = past.story.person[talks], past.story.day[talks]
    known = past.talk.talk_at[talks].astype("datetime64[D]")
    sent = past.story.is_sent[talks]
    never = np.datetime64("NaT", "D")
    sides = []
    for side in (sent, ~sent):
        who, on = person[side], day[side]
        start = np.full(size, never)
        start[who[::-1]] = on[::-1]  # the first of each
        late = on - start[who] > MORE_THAN * DAY
        reached = np.full(size, never)
        reached[who[late][::-1]] = known[side][late][::-1]
        sides.append(reached)
    begun = np.where(np.isnat(sides[0]) | np.isnat(sides[1]), never, np.maximum(*sides))
    answers = np.flatnonzero(past.talk.is_answer)
    who, on = past.story.person[answers], past.story.day[answers]
    following = np.full(len(on), past.last)
    following[:-1] = np.where(who[1:] == who[:-1], on[1:], past.last)
    # the silence may have begun with an answer before the day on which it was a relationship
    rests = (following - on > RESTS_AFTER * DAY) & (following > begun[who])
    ended = np.full(size, never)
    ended[who[rests][::-1]] = (on[rests] + RESTS_AFTER * DAY)[::-1]
    return begun.astype("datetime64[D]"), np.maximum(ended, begun).astype("datetime64[D]")


_SAID: Final = {30: "30 days", 180: "half a year", 365: "a year"}
"""Of these silences the sentence speaks: most short ones end, and it must not stop there."""


def _again_after(table: pd.DataFrame) -> str:
    """Say how often a silence ended: the short ones, and the long ones that hardly do."""
    rows: Any = table[table["silent_days"].isin(_SAID) & (table["person_count"] > 0)]
    begin, *more = rows.to_dict("records")
    said = (
        f"After a first silence of {_SAID[begin['silent_days']]}, somebody wrote again within a "
        f"year in {percent(begin)} of {plural(begin['person_count'], 'case')}"
    )
    others = [
        f"after {_SAID[row['silent_days']]} in {percent(row)} of {row['person_count']:,}"
        for row in more
    ]
    return f"{'; '.join([said, ', '.join(others)]) if others else said}."


def resumption(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Say how often a silence ended, by how long it had lasted.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        A row per length of silence: `silent_days`, `person_count`, `resumed_count` (somebody wrote
        within the next 365 days), `share`, `low`, `high`, `is_small`.

    Notes
    -----
    Of people there was talk with; of each the first silence that lasted so long after the
    first answer, so that each counts once; only those observed for the 365 days after. (A silence
    before
    the first talk would count as ended by that very talk.) Intervals after Wilson (1927).

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.resumption(network, nq.assess(network))
    >>> bool(table["person_count"].is_monotonic_decreasing)
    True
    """
    past = past_of(network, people)
    if not network.has_messages:
        return without_messages(["silent_days", "person_count", "resumed_count", "share"])
    real = np.flatnonzero(past.talk.is_real)
    person, day = past.story.person[real], past.story.day[real]
    answers = np.flatnonzero(past.talk.is_answer)
    begun = first(past.story.person[answers], past.story.day[answers], len(past.people))
    following = np.full(len(day), np.datetime64("NaT"), "datetime64[D]")
    following[:-1][person[1:] == person[:-1]] = day[1:][person[1:] == person[:-1]]
    rows = []
    for silent in SILENCES:
        reached = day + silent * DAY
        long = (np.isnat(following) | (following - day >= silent * DAY)) & (day >= begun[person])
        cases = np.flatnonzero(long & (reached <= past.last))
        cases = cases[np.unique(person[cases], return_index=True)[1]]
        cases = cases[reached[cases] + AGAIN_WITHIN * DAY <= past.last]
        again = following[cases] <= reached[cases] + AGAIN_WITHIN * DAY
        rows.append((silent, len(cases), int(again.sum())))
    table = pd.DataFrame(rows, columns=["silent_days", "person_count", "resumed_count"])
    table = table.assign(**shares(table["resumed_count"], table["person_count"]))
    first_row: Any = table.iloc[0]
    few = if_few(int(first_row["person_count"]))
    sentence = (
        f"{_again_after(table)}{few}"
        if first_row["person_count"]
        else "No silence after talk was observed for long enough to say whether it ends."
    )
    return told(
        table, sentence, "Wilson (1927), the first such silence with each person", past.last
    )
