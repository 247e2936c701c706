"""The rules of the statuses in order, and the figures that each was held against."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.reasons import SIGNS
from netquality.status import LABELS
from netquality.words import plural

if TYPE_CHECKING:
    from netquality.status import StatusRule

__all__ = ["steps_of"]

_RULES: Final = {
    "active": "both wrote, within the talk, on days more than {relationship_days} days apart, and "
    "the last talk is at most {active_within_days} days old.",
    "dormant": "the same, and the last talk is older.",
    "brief": "talk, but not so far apart.",
    "unknown": "nothing real is on file, but a sign of a tie elsewhere is, or a date is missing.",
    "new": "connected less than {new_within_days} days before.",
    "one_way": "real messages, but no talk.",
    "feather": "none of these.",
}
"""The rules of the statuses, in words, with the numbers of a `StatusRule`."""
_NO_CONNECTION: Final = "no connection, of whom alone this is asked"
_NOBODY_KNOWS: Final = "no messages file, so nobody knows"


def steps_of(
    judged: pd.Series, status: str | None, rule: StatusRule, moment: pd.Timestamp
) -> pd.DataFrame:
    """Return the statuses in order, each rule in words with the figures it was held against."""
    talk, wrote, age = _talk_said(judged, moment), _written_said(judged), judged["connected_days"]
    talked, has_written = pd.notna(judged["last_talk_at"]), pd.notna(judged["last_message_at"])
    spans = (judged["sent_talk_span_days"], judged["received_talk_span_days"])
    related = talked and min(spans) > rule.relationship_days
    recent = talked and (moment - judged["last_talk_at"]).days <= rule.active_within_days
    told = {
        "active": (talk, related and recent),
        "dormant": (talk, related and not recent),
        "brief": (talk, talked and not related),
        "unknown": (_sign_said(judged), judged["sign"] != "" and not has_written),
        "new": (_age_said(judged), pd.notna(age) and age < rule.new_within_days),
        "one_way": (wrote, has_written and not talked),
    }
    told["feather"] = (wrote, not any(holds for _, holds in told.values()))
    numbers = {field.name: getattr(rule, field.name) for field in fields(rule)}
    rows = [
        (name, LABELS[name], _RULES[name].format(**numbers), found, bool(holds))
        for name, (found, holds) in told.items()
    ]
    table = pd.DataFrame(rows, columns=["status", "shown", "rule", "found", "holds"])
    # who is no connection and never talked has no status, whatever holds
    return table.assign(holds=table["holds"] & (status is not None))


def _talk_said(judged: pd.Series, moment: pd.Timestamp) -> str:
    if pd.isna(judged["last_talk_at"]):
        return _NOBODY_KNOWS if pd.isna(judged["sent_count"]) else "no talk"
    yours = plural(judged["sent_talk_span_days"], "day")
    theirs = plural(judged["received_talk_span_days"], "day")
    since = plural((moment - judged["last_talk_at"]).days, "day")
    return f"your days of talk span {yours}, theirs {theirs}; the last was {since} before"


def _written_said(judged: pd.Series) -> str:
    if pd.isna(judged["sent_count"]):
        return _NOBODY_KNOWS
    sent = plural(judged["sent_count"], "real message")
    return f"{sent} from you, {judged['received_count']:,} from them"


def _sign_said(judged: pd.Series) -> str:
    if not judged["sign"]:
        return "no such sign"
    if not judged["is_connection"] and pd.isna(judged["last_message_at"]):
        return _NO_CONNECTION
    said = SIGNS[judged["sign"]]
    said = said[0].lower() + said[1:]
    return (
        f"{said}; it does not decide, for a real message is on file"
        if pd.notna(judged["last_message_at"])
        else said
    )


def _age_said(judged: pd.Series) -> str:
    days = judged["connected_days"]
    if pd.isna(days):
        return "no date of connection" if judged["is_connection"] else _NO_CONNECTION
    return "not connected yet" if days < 0 else f"connected {plural(days, 'day')} before"
