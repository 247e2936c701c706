"""Who may be proposed: of each kind of list, and by the owner's own word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from netquality.reconnecting.rule import ReconnectRule

__all__ = ["KINDS", "common_grounds", "is_debt", "kept_out", "wanted"]

KINDS: Final = ("resting", "overdue", "unanswered", "promising", "brief")
_NOT_PROPOSED: Final = ("close", "stranger", "not interested")
"""Labels of the owner's own; of who is close, the owner says that they are in touch."""


def wanted(people: pd.DataFrame, kind: str, rule: ReconnectRule) -> pd.DataFrame:
    """Return the people of a kind who may be proposed."""
    status, silent = people["status"], people["silent_days"]
    ground = np.logical_or.reduce([flag.to_numpy(bool) for flag in common_grounds(people)])
    flags = {
        "resting": status == "dormant",
        "overdue": (status == "active") & (silent > people["late_gap_days"]),
        "unanswered": people["turn"] == "yours",
        "promising": people["last_message_at"].isna() & ground,
        "brief": status == "brief",
    }
    tried = people["sent_unanswered_days"].fillna(0)
    waiting = (tried > 0) & (silent <= rule.wait_days)
    out = kept_out(people) | waiting.fillna(value=False) | (tried >= rule.tries)
    found: pd.DataFrame = people[flags[kind].fillna(value=False) & people["is_connection"] & ~out]
    return found


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
    owed: pd.Series = (people["turn"] == "yours").fillna(value=False) & asked
    return owed & people["last_talk_at"].notna()
