"""Who may be proposed: of each kind of list, and by the owner's own word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from netquality.reconnecting.rule import ReconnectRule

__all__ = ["KINDS", "common_grounds", "is_debt", "is_turn_yours", "kept_out", "wanted"]

KINDS: Final = ("resting", "overdue", "unanswered", "promising", "brief")
_NOT_PROPOSED: Final = ("close", "stranger", "not interested")
"""Labels of the owner's own; of who is close, the owner says that they are in touch."""


def wanted(
    people: pd.DataFrame, kind: str, rule: ReconnectRule, on: pd.Timestamp | None
) -> pd.DataFrame:
    """Return the people of a kind who may be proposed on a day (None where no day is known)."""
    status, silent = people["status"], people["silent_days"]
    ground = np.logical_or.reduce([flag.to_numpy(bool) for flag in common_grounds(people)])
    flags = {
        "resting": status == "dormant",
        "overdue": (status == "active") & (silent > people["late_gap_days"]),
        "unanswered": is_turn_yours(people),
        "promising": people["last_message_at"].isna() & ground,
        "brief": status == "brief",
    }
    out = kept_out(people) | _waits(people, rule, on) | _done(people, rule, on)
    found: pd.DataFrame = people[flags[kind].fillna(value=False) & people["is_connection"] & ~out]
    return found


def _waits(people: pd.DataFrame, rule: ReconnectRule, on: pd.Timestamp | None) -> pd.Series:
    """Return to whom the owner wrote without an answer, lately or often: here, or by their word."""
    here = people["last_message_at"].dt.tz_localize(None).dt.normalize()
    answered = people["said_talk_on"] >= here
    tries = people["sent_unanswered_days"].fillna(0).mask(answered, 0) + people["said_tries"]
    last = pd.concat([here, people["said_wrote_on"]], axis=1).max(axis=1)
    lately = (tries > 0) & (_days_from(last, on) <= rule.wait_days)
    return lately | (tries >= rule.tries)


def _done(people: pd.DataFrame, rule: ReconnectRule, on: pd.Timestamp | None) -> pd.Series:
    """Return who is snoozed, and with whom the owner says that they talked lately."""
    snoozed = people["snoozed_until"].notna()
    if on is not None:
        snoozed &= people["snoozed_until"] > on
    return snoozed | (_days_from(people["said_talk_on"], on) <= rule.talked_days)


def _days_from(days: pd.Series, on: pd.Timestamp | None) -> pd.Series:
    """Return the days since each day; 0 where nobody knows what day it is."""
    return days.notna().map({True: 0.0}) if on is None else (on - days).dt.days


def kept_out(people: pd.DataFrame) -> pd.Series:
    """Return whom the owner's own word keeps out of the list.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.

    Returns
    -------
    pandas.Series of bool
        True for who is hidden, labelled `close`, `stranger` or `not interested`, or talks with the
        owner elsewhere.
    """
    labelled = people["owner_label"].isin(_NOT_PROPOSED)
    return people["is_hidden"] | people["is_off_platform"] | labelled


def common_grounds(people: pd.DataFrame) -> tuple[pd.Series, ...]:
    """Return with whom there is an employer, a school, a conversation of several, a skill."""
    flags = [people[f"is_{name}_then"].fillna(value=False) for name in ("colleague", "school")]
    counts = [people["group_thread_count"].fillna(0)]
    ways = (people[f"endorsement_{way}_count"].fillna(0) for way in ("given", "received"))
    counts.append(sum(ways, start=counts[0] * 0))
    return (*(flag.astype(bool) for flag in flags), *((count > 0).astype(bool) for count in counts))


def is_debt(people: pd.DataFrame) -> pd.Series:
    """Return to whom an answer is owed: they wrote last and asked, and there was talk."""
    asked = people["received_unanswered_question_count"].fillna(0) > 0
    owed: pd.Series = is_turn_yours(people) & asked
    return owed & people["last_talk_at"].notna()


def is_turn_yours(people: pd.DataFrame) -> pd.Series:
    """Return who wrote last, here and by the owner's word: it has not been answered elsewhere."""
    here = people["last_message_at"].dt.tz_localize(None).dt.normalize()
    since = (people["said_wrote_on"] >= here) | (people["said_talk_on"] >= here)
    turn: pd.Series = (people["turn"] == "yours").fillna(value=False) & ~since
    return turn
