"""Who may be proposed: of each kind of list, and by the owner's own word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from netquality.reconnecting.rule import ReconnectRule

__all__ = [
    "KINDS",
    "common_grounds",
    "is_debt",
    "is_turn_yours",
    "kept_out",
    "left_out",
    "talked_lately",
    "wanted",
]

KINDS: Final = ("resting", "overdue", "unanswered", "promising", "brief")
_NOT_PROPOSED: Final = ("close", "stranger", "not interested")
"""Labels of the owner's own; of who is close, the owner says that they are in touch."""


def wanted(
    people: pd.DataFrame, kind: str, rule: ReconnectRule, on: pd.Timestamp | None
) -> pd.DataFrame:
    """Return the people of a kind who may be proposed on a day (None where no day is known)."""
    out = kept_out(people, rule, on) | _waits(people, rule, on)
    found: pd.DataFrame = people[_of_kind(people, kind) & ~out]
    return found


def left_out(people: pd.DataFrame, kind: str, rule: ReconnectRule, on: pd.Timestamp | None) -> str:
    """Say who is of a kind and is not proposed: each counted once, by the first word that holds."""
    some = people[_of_kind(people, kind)]
    words = _words(some, rule, on) | {"": _waits(some, rule, on)}
    counts, is_told = {}, np.zeros(len(some), bool)
    for word, holds in words.items():
        is_new = holds.to_numpy(bool) & ~is_told
        counts[word] = int(is_new.sum())
        is_told |= is_new
    waiting = counts.pop("")
    said = ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)
    more = " more" * (not is_told.all())
    sentences = []
    if said:
        count = sum(counts.values())
        are = "is" if count == 1 else "are"
        sentences.append(
            f"{count:,}{more} of this kind {are} left in peace by your journal ({said})."
        )
    if waiting:
        sentences.append(
            f"To {waiting:,}{more} you wrote lately, or several times, without an answer."
        )
    nobody = "Nobody else is of this kind." if len(some) else "Nobody is of this kind."
    return " ".join([*sentences, nobody])


def _of_kind(people: pd.DataFrame, kind: str) -> pd.Series:
    """Return which connections are of a kind, whether they may be proposed or not."""
    status, silent = people["status"], people["silent_days"]
    ground = np.logical_or.reduce([flag.to_numpy(bool) for flag in common_grounds(people)])
    flags = {
        "resting": status == "dormant",
        "overdue": (status == "active") & (silent > people["late_gap_days"]),
        "unanswered": is_turn_yours(people),
        "promising": people["last_message_at"].isna() & ground,
        "brief": status == "brief",
    }
    found: pd.Series = flags[kind].fillna(value=False) & people["is_connection"]
    return found.astype(bool)


def _waits(people: pd.DataFrame, rule: ReconnectRule, on: pd.Timestamp | None) -> pd.Series:
    """Return to whom the owner wrote without an answer, lately or often: here, or by their word.

    A greeting is no try, but somebody who was greeted lately is left in peace as well.
    """
    sent, wrote = _day(people["last_sent_at"]), people["said_wrote_on"]
    talked, back = people["said_talk_on"], people["last_received_at"]
    here = people[["sent_unanswered_days", "sent_unreturned_days"]].fillna(0).max(axis=1)
    is_open = (here > 0) | (sent.notna() & ~(back >= people["last_sent_at"]))
    is_open &= ~(talked >= sent)
    by_word = wrote.notna() & ~(talked >= wrote) & ~(_day(back) >= wrote)
    waits: pd.Series = here.mask(wrote.notna() | talked.notna(), people["said_tries"]) >= rule.tries
    waits |= is_open & (_days_from(sent, on) <= rule.wait_days)
    waits |= by_word & (_days_from(wrote, on) <= rule.wait_days)
    return waits


def _day(instants: pd.Series) -> pd.Series:
    days: pd.Series = instants.dt.tz_localize(None).dt.normalize()
    return days


def talked_lately(people: pd.DataFrame, rule: ReconnectRule, on: pd.Timestamp | None) -> pd.Series:
    """Return with whom the owner says that they talked, on whatever way, not long ago."""
    return _days_from(people["said_talk_on"], on) <= rule.talked_days


def _days_from(days: pd.Series, on: pd.Timestamp | None) -> pd.Series:
    """Return the days since each day; 0 where nobody knows what day it is."""
    past: pd.Series = days.notna().map({True: 0.0}) if on is None else (on - days).dt.days
    return past


def kept_out(people: pd.DataFrame, rule: ReconnectRule, on: pd.Timestamp | None) -> pd.Series:
    """Return whom the owner's own word keeps out of a list.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    rule : ReconnectRule
    on : pandas.Timestamp or None
        The day that the list is for.

    Returns
    -------
    pandas.Series of bool
        True for who is hidden, snoozed, labelled `close`, `stranger` or `not interested`, or talks
        with the owner elsewhere, always or lately.
    """
    flags = [flag.to_numpy(bool) for flag in _words(people, rule, on).values()]
    return people["is_hidden"].where(people["is_hidden"], np.logical_or.reduce(flags))


def _words(
    people: pd.DataFrame, rule: ReconnectRule, on: pd.Timestamp | None
) -> dict[str, pd.Series]:
    """Return whom each of the owner's own words keeps out of a list."""
    snoozed = people["snoozed_until"].notna()
    if on is not None:
        snoozed &= people["snoozed_until"] > on
    return {
        "hidden": people["is_hidden"],
        "snoozed": snoozed,
        "labelled": people["owner_label"].isin(_NOT_PROPOSED),
        "talked with elsewhere": people["is_off_platform"],
        "met or answered lately": talked_lately(people, rule, on),
    }


def common_grounds(people: pd.DataFrame) -> tuple[pd.Series, ...]:
    """Return with whom there is a past employer, a school, a conversation of several, a skill."""
    then, now, school = (
        people[f"is_{name}"].fillna(value=False).astype(bool)
        for name in ("colleague_then", "colleague_now", "school_then")
    )
    groups = people["group_thread_count"].fillna(0) > 0
    given, received = (people[f"endorsement_{way}_count"] > 0 for way in ("given", "received"))
    skills = given.fillna(value=False) | received.fillna(value=False)
    return then & ~now, school, groups.astype(bool), skills.astype(bool)


def is_debt(people: pd.DataFrame) -> pd.Series:
    """Return to whom an answer is owed: their last message asks something, and there was talk."""
    asked = people["last_question_count"].fillna(0) > 0
    owed: pd.Series = is_turn_yours(people) & asked
    return owed & people["last_talk_at"].notna()


def is_turn_yours(people: pd.DataFrame) -> pd.Series:
    """Return who wrote last, where the owner does not say that they wrote or talked since."""
    here = _day(people["last_message_at"])
    since = (people["said_wrote_on"] >= here) | (people["said_talk_on"] >= here)
    turn: pd.Series = (people["turn"] == "yours").fillna(value=False) & ~since
    return turn
