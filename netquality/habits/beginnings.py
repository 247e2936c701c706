"""How ties begin: whether a connection was ever talked with, and how soon; who opened, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.errors import SettingError
from netquality.grouped import first
from netquality.habits.curves import survival_at
from netquality.habits.telling import (
    DAY,
    NOT_KNOWN,
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
    from numpy.typing import NDArray

    from netquality.habits.telling import Past
    from netquality.network import Network

__all__ = ["conversation_rate", "openings", "time_to_first_talk"]

WITHIN: Final = 365
"""Days; a choice: a year is long enough for a first talk, and short enough to be observed."""
ANSWERED_WITHIN: Final = 180
"""Days, as for answers everywhere (`netquality.interactions.ANSWER_WITHIN`)."""
LONG: Final = 400
"""Characters from which on a first message presents something: nine in ten of the messages that
recruiters sent to strangers in 2021/22 were longer (LinkedIn's own study, as told by Search Engine
Journal, 24 May 2022)."""
GRID: Final = (7, 30, 90, 180, 365, 730, 1095, 1825)


def conversation_rate(network: Network, people: pd.DataFrame, *, by: str = "year") -> pd.DataFrame:
    """Say with what share of the connections there was talk within a year of connecting.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    by : str
        ``"year"`` of connecting, or ``"origin"``, how the tie began.

    Returns
    -------
    pandas.DataFrame
        A row per cohort and one for ``all`` at the end: `cohort`, `person_count`, `talk_count`,
        `share`, `low`, `high`, `is_small` (fewer than 20 people). Only connections observed for the
        whole 365 days are counted; talk before connecting counts too. Talk is there from its first
        answer on. `attrs["sentence"]` says what it comes to. No rows where there are no messages.

    Raises
    ------
    SettingError
        When `by` is none of the two.

    Notes
    -----
    Intervals after Wilson (1927); each person counts once. Connections that were removed since are
    not in the export, and they are likelier to be some never talked with: early years look better
    than they were.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.conversation_rate(network, nq.assess(network))
    >>> int(table["person_count"].iloc[:-1].sum()) == int(table["person_count"].iloc[-1])
    True
    """
    if by not in {"year", "origin"}:
        raise SettingError(f"by: is {by!r}. Give 'year' or 'origin'.")
    past = past_of(network, people)
    if not network.has_messages:
        return without_messages(["cohort", "person_count", "talk_count", "share", "low", "high"])
    observed = _observed(past, WITHIN)
    talked = observed & (_first_talk(past) - past.connected <= WITHIN * DAY)
    if by == "year":
        names: pd.Series = past.people["connected_on"].dt.year.astype("Int64").astype("str")
        order: list[Any] = sorted(names[observed].unique())
    else:
        names = past.people["origin"].fillna(NOT_KNOWN)
        order = [one for one in (*ORIGINS, NOT_KNOWN) if (names[observed] == one).any()]
    flags = [observed & (names == one).to_numpy(bool) for one in order] + [observed]
    counts = [int(flag.sum()) for flag in flags]
    hits = [int((flag & talked).sum()) for flag in flags]
    table = pd.DataFrame(
        {
            "cohort": pd.Series([*order, "all"], dtype="str"),
            "person_count": counts,
            "talk_count": hits,
            **shares(hits, counts),
        }
    )
    whole = table.iloc[-1]
    sentence = (
        f"Of {plural(counts[-1], 'connection')} made at least a year ago, you had talked with "
        f"{hits[-1]:,} within a year: {percent(whole)}.{if_few(counts[-1])}"
        if counts[-1]
        else "No connection was made at least a year ago."
    )
    return told(table, sentence, "Wilson (1927), each person once", past.last)


def time_to_first_talk(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Say how soon after connecting there was a first talk, those still without it not left out.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.DataFrame
        A row per length of time: `days` since connecting, `at_risk_count` (people observed so long
        without talk), `share` of connections talked with by then, `low`, `high`, `is_small`.

    Notes
    -----
    One minus the estimator of Kaplan and Meier (1958), censored at the export's date; intervals
    from Greenwood's variance of the log-log (Kalbfleisch and Prentice). Talk before connecting is
    talk on the first day. Who was removed since is missing, as in `conversation_rate`.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.time_to_first_talk(network, nq.assess(network))
    >>> bool(table["share"].is_monotonic_increasing)
    True
    """
    past = past_of(network, people)
    if not network.has_messages:
        return without_messages(["days", "at_risk_count", "share", "low", "high"])
    known = _observed(past, 0)
    when = _first_talk(past)
    event = known & ~np.isnat(when)
    end = np.where(event, when, past.last)
    days = np.clip((end - past.connected) / DAY, 0, None)
    curve = survival_at(days[known], event[known], GRID)
    table = curve.assign(share=1 - curve["share"], low=1 - curve["high"], high=1 - curve["low"])
    count = int(known.sum())
    row = table.set_index("days").loc[365]
    sentence = (
        f"Of {plural(count, 'connection')}, {percent(row)} were talked with within a year of "
        f"connecting, as far as each was observed.{if_few(count)}"
        if pd.notna(row["share"])
        else "Too few connections were observed for a year to say how soon talk begins."
    )
    return told(table, sentence, "Kaplan and Meier (1958), Greenwood, log-log", past.last)


def openings(network: Network, people: pd.DataFrame, *, by: str = "kind") -> pd.DataFrame:
    """Say of first messages who wrote them, and whether they were answered.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    by : str
        ``"kind"``: ``on connecting`` (an invitation note, or a message on the day of connecting,
        which may have been one) or ``at another time``; or ``"length"``: ``short``, as a hello is,
        or ``long`` from 400 characters on, as pitches are. What was written is not kept, so that
        the length must do: a letter to an old friend is long too.

    Returns
    -------
    pandas.DataFrame
        A row per side and kind: `opened_by` (``you``, ``they``), `kind` or `length`,
        `person_count`, `answered_count`, `share`, `low`, `high`, `is_small`.

    Raises
    ------
    SettingError
        When `by` is none of the two.

    Notes
    -----
    One opening per person: the first one-to-one message that is no set phrase, at least 180 days
    before the export's date, so that every answer had its time. An answer is a message of the
    other side, no set phrase, within 180 days. A request that was never accepted is no opening:
    who is no connection and never wrote is not in it. The note of one that was accepted is an
    opening, answered or not; everywhere else it is real only once it was answered, and counted so
    here every note would have been. The sentence says of how many there is nothing else. Intervals
    after Wilson (1927).

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.openings(network, nq.assess(network))
    >>> bool((table["answered_count"] <= table["person_count"]).all())
    True
    """
    if by not in {"kind", "length"}:
        raise SettingError(f"by: is {by!r}. Give 'kind' or 'length'.")
    past = past_of(network, people)
    if not network.has_messages:
        return without_messages(["opened_by", by, "person_count", "answered_count", "share"])
    cases = _openings(past, network)
    sides = [(side, kind) for side in ("you", "they") for kind in _KINDS[by]]
    rows = []
    for side, kind in sides:
        some = cases[(cases["opened_by"] == side) & (cases[by] == kind)]
        answered = some["is_answered"].to_numpy(bool)
        rows.append((side, kind, len(some), int(answered.sum())))
    table = pd.DataFrame(rows, columns=["opened_by", by, "person_count", "answered_count"])
    table = table.assign(**shares(table["answered_count"], table["person_count"]))
    sentence = _of_lengths(table) if by == "length" else _of_yours(cases)
    return told(table, sentence, "Wilson (1927), each person once", past.last)


def _of_yours(cases: pd.DataFrame) -> str:
    """Say how many of those whom the owner wrote first answered."""
    mine = cases[cases["opened_by"] == "you"]
    if not len(mine):
        return f"You wrote first to nobody here {ANSWERED_WITHIN} days ago or earlier."
    answered = shares([mine["is_answered"].sum()], [len(mine)])
    row = {name: value[0] for name, value in answered.items()}
    count = plural(len(mine), "person", "people")
    return (
        f"You wrote first to {count} {ANSWERED_WITHIN} days ago or earlier; {percent(row)} of them "
        f"answered here within {ANSWERED_WITHIN} days.{_of_notes(mine)}{if_few(len(mine))}"
    )


def _of_notes(mine: pd.DataFrame) -> str:
    """Say of how many who did not answer nothing real is on file, a blank before it."""
    alone, others = int(mine["is_note_alone"].sum()), int((~mine["is_answered"]).sum())
    if not alone:
        return ""
    some = f"{alone:,} of the {others:,} others" if alone < others else f"The {alone:,} others"
    some = "The other" if alone == others == 1 else some
    return (
        f" {some} had an invitation note alone, or what may be one, which is set aside elsewhere."
    )


def _of_lengths(table: pd.DataFrame) -> str:
    """Say how many of the long messages that others wrote first were answered, and of the short."""
    rows: Any = table.set_index(["opened_by", "length"])
    long, short = rows.loc[("they", "long")], rows.loc[("they", "short")]
    count = int(long["person_count"])
    if not count:
        return f"Nobody wrote you {LONG} characters or more first, as pitches have."
    sentence = (
        f"{plural(count, 'person', 'people')} wrote you {LONG} characters or more first, as "
        f"pitches have; you answered {percent(long)} of them"
    )
    if short["person_count"]:
        sentence += f", and {percent(short)} of the {int(short['person_count']):,} who wrote less"
    return f"{sentence}.{if_few(count)}"


_KINDS: Final = {"kind": ("on connecting", "at another time"), "length": ("short", "long")}


def _openings(past: Past, network: Network) -> pd.DataFrame:
    """Return the first message of each person that had time to be answered."""
    story = past.story
    size = len(past.people)
    plain = np.flatnonzero(~story.is_canned)
    opener = first(story.person[plain], plain.astype(np.float64), size)
    opener = opener[~np.isnan(opener)].astype(np.intp)
    was_sent = np.zeros(size, bool)
    was_sent[story.person[opener]] = story.is_sent[opener]
    theirs = plain[story.is_sent[plain] != was_sent[story.person[plain]]]
    answer = first(story.person[theirs], story.when[theirs], size)[story.person[opener]]
    took = answer - story.when[opener]
    answered = took <= ANSWERED_WITHIN * DAY  # False where there was none
    length = network.interactions["character_count"].to_numpy(np.float64, na_value=0.0)
    may_be_note = story.is_note | story.is_possible_note
    is_real = np.bincount(story.person[past.talk.is_real], minlength=size) > 0
    alone = may_be_note[opener] & ~is_real[story.person[opener]]
    noted = story.is_note[opener] | (story.day[opener] == past.connected[story.person[opener]])
    cases = pd.DataFrame(
        {
            "person": story.person[opener],
            "opened_by": np.where(story.is_sent[opener], "you", "they"),
            "kind": np.where(noted, "on connecting", "at another time"),
            "length": np.where(length[story.row[opener]] >= LONG, "long", "short"),
            "is_answered": answered,
            "is_note_alone": alone & ~answered,
        }
    )
    known = past.people["is_connection"].to_numpy(bool).copy()
    known[story.person[plain[~story.is_sent[plain]]]] = True  # or wrote
    old = past.last - story.day[opener] >= ANSWERED_WITHIN * DAY
    old &= known[story.person[opener]]
    kept: pd.DataFrame = cases[old].reset_index(drop=True)
    return kept


def _first_talk(past: Past) -> NDArray[np.datetime64]:
    """Return the day from which on there was talk with each person, ``NaT`` for never.

    That of the first answer, and not of the message answered: it may have waited for months.
    """
    answers = np.flatnonzero(past.talk.is_answer)
    found = first(past.story.person[answers], past.talk.talk_at[answers], len(past.people))
    return np.asarray(found).astype("datetime64[D]")


def _observed(past: Past, days: int) -> NDArray[np.bool_]:
    """Return which connections were made at least so many days before the last."""
    is_connection = past.people["is_connection"].to_numpy(bool)
    return np.asarray(is_connection & (past.last - past.connected >= days * DAY))
