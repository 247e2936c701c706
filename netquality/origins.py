"""How each tie began, as far as the export shows it.

Each sign is looked at as of the day of the connection. What nothing on file says is missing: the
invitations of most ties are older than the file of invitations reaches back, and where somebody
works is known for today only.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.bursts import find_bursts
from netquality.identity import NO_COMPANY, company_keys, keys_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from netquality.network import Network

__all__ = ["ORIGINS", "began", "colleagues_on", "employers", "held_at", "names_it", "own_employers"]

ORIGINS = ("colleague", "school", "event", "your request", "their request")
"""In the order in which they are decided."""


def began(network: Network, people: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """Say of each person how the tie began.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        With `person_id`, `connected_on`, `company`, `position`.
    as_of : pandas.Timestamp
        UTC instant; nothing after it is looked at.

    Returns
    -------
    dict of str to pandas.Series
        `origin`, `is_colleague_then`, `is_colleague_now`, `is_school_then`, `event_on`,
        `invited_by` and `is_invited_with_note`, as `netquality.tables.MEASURES` describes them.
    """
    day = people["connected_on"].where(~(people["connected_on"] > as_of.tz_localize(None)))
    jobs = own_employers(network.positions)
    keys = keys_among(people["company"], set(jobs["company_key"]))
    colleague = _colleagues(jobs, keys, people, day)
    today = pd.Series(as_of.tz_localize(None), people.index, dtype="datetime64[us]")
    school = _schoolmates(network.education, people, day)
    event = _events(network.people["connected_on"], day, as_of)
    inviter, noted = _invitations(network.interactions, people, day, as_of)
    named = dict(zip(ORIGINS, (colleague, school, event.notna()), strict=False))
    named |= {"your request": inviter == "you", "their request": inviter == "they"}
    origin = pd.Series(None, index=people.index, dtype="str")
    for name in reversed(ORIGINS):  # the first that holds is said
        origin = origin.mask(named[name].fillna(value=False).astype(bool), name)
    return {
        "origin": origin,
        "is_colleague_then": colleague,
        "is_colleague_now": _colleagues(jobs, keys, people, today),
        "is_school_then": school,
        "event_on": event,
        "invited_by": inviter,
        "is_invited_with_note": noted,
    }


def own_employers(positions: pd.DataFrame) -> pd.DataFrame:
    """Return the owner's positions with `company_key`, those without a company left out."""
    jobs = positions.assign(company_key=company_keys(positions["company"]))
    return jobs[jobs["company_key"].notna() & ~jobs["company_key"].isin(NO_COMPANY)]


def employers(jobs: pd.DataFrame, moment: pd.Timestamp) -> set[str]:
    """Return whom the owner worked for at a date: `company_key` of the positions held then."""
    return set(jobs.loc[held_at(jobs, [moment])[0], "company_key"])


def held_at(jobs: pd.DataFrame, moments: Sequence[pd.Timestamp]) -> NDArray[np.bool_]:
    """Return which positions were held at each date, a row for each date.

    A position without a beginning was always held; one that ended, nobody says when, never.
    """
    naive = [moment.tz_localize(None).to_datetime64() for moment in moments]
    days = np.array(naive, "datetime64[us]")[:, None]
    first, last = (jobs[name].to_numpy("datetime64[us]") for name in ("started_on", "finished_on"))
    known = jobs["is_current"].to_numpy(bool) | ~np.isnat(last)
    over = last < days.astype("datetime64[D]")
    return np.asarray(~(first > days) & ~over & known)


def _colleagues(
    jobs: pd.DataFrame, keys: pd.Series, people: pd.DataFrame, day: pd.Series
) -> pd.Series:
    """Return whether the owner had, on that day, the employer that the person has now.

    Missing where the person names no employer, the day is missing, or no position of the owner
    bears a date.
    """
    return colleagues_on(jobs, keys, day).mask(people["company"].isna())


def colleagues_on(jobs: pd.DataFrame, keys: pd.Series, day: pd.Series) -> pd.Series:
    """Return whether the owner held a job on a day at the place of the same key.

    Parameters
    ----------
    jobs : pandas.DataFrame
        The owner's positions with `company_key`.
    keys : pandas.Series of str
        The key of each person's employer; missing for one that is none of the owner's.
    day : pandas.Series of datetime64
        On which each was connected.

    Returns
    -------
    pandas.Series of boolean
        Missing where the day is, and for all where no position bears a date.
    """
    jobs = jobs[jobs["started_on"].notna() & (jobs["is_current"] | jobs["finished_on"].notna())]
    if jobs.empty:
        return pd.Series(pd.NA, index=keys.index, dtype="boolean")
    same = pd.Series(data=False, index=keys.index, dtype="boolean")
    for key, first, last in zip(
        jobs["company_key"], jobs["started_on"], jobs["finished_on"], strict=True
    ):
        same |= (keys == key).fillna(value=False) & _within(day, first, last)
    return same.mask(day.isna())


def _schoolmates(education: pd.DataFrame, people: pd.DataFrame, day: pd.Series) -> pd.Series:
    """Return whether the owner was, on that day, at a school that the person's profile names.

    Students and teachers name their school as employer or in the position. Missing where the
    person names neither, the day is missing, or no school of the owner bears a name and a date.
    """
    is_dated = education["started_on"].notna() | education["finished_on"].notna()
    schools = education[is_dated & education["school"].notna()]  # one without a name is nobody's
    if schools.empty:
        return pd.Series(pd.NA, index=people.index, dtype="boolean")
    found = pd.Series(data=False, index=people.index, dtype="boolean")
    for school, first, last in zip(
        schools["school"], schools["started_on"], schools["finished_on"], strict=True
    ):
        named = names_it(people["company"], school) | names_it(people["position"], school)
        found |= named & _within(day, first, last)
    return found.mask((people["company"].isna() & people["position"].isna()) | day.isna())


def names_it(said: pd.Series, name: str) -> NDArray[np.bool_]:
    """Return whether each text has the name in it as words of its own; no text has an empty one.

    Examples
    --------
    >>> names_it(pd.Series(["Student, Uni Kiel", "Kielmann", None], dtype="str"), "UNI KIEL")
    array([ True, False, False])
    """
    codes, known = pd.factorize(said)
    if not (name := _plain(name)):
        return np.zeros(len(said), bool)
    is_named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search
    held = [is_named(_plain(text)) is not None for text in known]
    return np.array([*held, False])[codes]  # the last is that of a missing text, whose code is -1


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _within(day: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
    """Return whether a day lies between two, either of which may be missing for no limit."""
    return day.notna() & ~(day < first) & ~(day > last)


def _events(connected: pd.Series, day: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    """Return the first day of the burst that each day belongs to."""
    event = pd.Series(pd.NaT, index=day.index, dtype="datetime64[us]")
    known = connected[~(connected > as_of.tz_localize(None))]
    for burst in find_bursts(known).itertuples(index=False):
        event = event.mask((day >= burst.first_on) & (day <= burst.last_on), burst.first_on)
    return event


def _invitations(
    interactions: pd.DataFrame, people: pd.DataFrame, day: pd.Series, as_of: pd.Timestamp
) -> tuple[pd.Series, pd.Series]:
    """Return who sent the request, and whether it bore words: the last one before connecting."""
    place = np.flatnonzero(interactions["kind"] == "invitation")
    needed = ["person_id", "at", "direction", "character_count", "is_canned"]
    rows = interactions[needed].iloc[place]
    rows = rows[rows["at"] <= as_of]
    if rows.empty:
        nothing = pd.Series(pd.NA, index=people.index)
        return nothing.astype("str"), nothing.astype("boolean")
    rows = rows.assign(connected=_looked_up(rows["person_id"], people["person_id"], day))
    # the file is in Pacific time and to the minute, the connect date a UTC day: a day of room
    late = rows["at"].dt.tz_localize(None) >= rows["connected"] + pd.Timedelta(days=2)
    order = rows.assign(is_late=late).sort_values(["is_late", "at"], kind="stable")
    order = pd.concat([order[~order["is_late"]].iloc[::-1], order[order["is_late"]]])
    last = order.drop_duplicates("person_id").set_index("person_id")
    last = last.reindex(people["person_id"]).set_axis(people.index)
    inviter = last["direction"].map({"sent": "you", "received": "they"}).astype("str")
    noted = (last["character_count"] > 0).astype("boolean")
    noted &= ~last["is_canned"].astype("boolean").fillna(value=False)
    return inviter, noted.mask(inviter.isna() | last["character_count"].isna())


def _looked_up(ids: pd.Series, keys: Iterable[str], values: pd.Series) -> pd.Series:
    return pd.Series(values.to_numpy(), index=pd.Index(keys)).reindex(ids).set_axis(ids.index)
