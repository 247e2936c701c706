"""One sentence per status: the evidence, and what was set aside. No rank, no score, no advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.words import day_text, month_text, plural

if TYPE_CHECKING:
    from typing import Any

__all__ = ["SIGNS", "status_reasons"]

SIGNS: Final = {
    "no messages": "This export has no messages, so it cannot say.",
    "ambiguous": "Several people have this name, and what is on file bears only the name.",
    "recommendation": "No talk is on record here, but a recommendation is: you may talk elsewhere.",
    "employer": "No talk is on record here, but you have the same employer: you may talk there.",
    "address": "Nothing is on record here, but you keep their phone number or e-mail address.",
    "undated": "The date of this connection cannot be read, and no message is on record.",
}
"""Why the export cannot tell, by sign."""


def status_reasons(judged: pd.DataFrame) -> pd.Series:
    """Return the reason of each status.

    Parameters
    ----------
    judged : pandas.DataFrame
        Measures, `connected_days` (since the connection), `sign` and `status`.

    Returns
    -------
    pandas.Series
        One sentence each; missing where the status is.
    """
    sentences = [
        _SENTENCES[row.status](row) if isinstance(row.status, str) else None
        for row in judged.itertuples(index=False)
    ]
    return pd.Series(sentences, index=judged.index, dtype="str")


def _span(row: Any) -> str:
    first, last = month_text(row.first_talk_at), month_text(row.last_talk_at)
    return f"in {last}" if first == last else f"between {first} and {last}"


def _aside(row: Any) -> str:
    """Say in brackets what was not counted."""
    parts = []
    if row.greeting_count:
        parts.append(plural(row.greeting_count, "set phrase"))
    if row.unanswered_note_count:
        parts.append(plural(row.unanswered_note_count, "unanswered invitation note"))
    if row.possible_note_count:
        parts.append("a first message that may be an invitation note")
    if row.group_message_count:
        parts.append(plural(row.group_message_count, "message in groups", "messages in groups"))
    return f" (set aside: {', '.join(parts)})" if parts else ""


def _active(row: Any) -> str:
    days = plural(row.talk_days, "day")
    since, last = month_text(row.first_talk_at), day_text(row.last_talk_at)
    return f"You wrote to each other on {days} since {since}, last on {last}{_aside(row)}."


def _dormant(row: Any) -> str:
    start = f"You wrote to each other on {plural(row.talk_days, 'day')} {_span(row)}"
    if row.last_message_at > row.last_talk_at:
        again = month_text(row.last_message_at)
        return f"{start}; {row.last_writer} wrote last, in {again}, unanswered here{_aside(row)}."
    return f"{start}, and not since{_aside(row)}."


def _brief(row: Any) -> str:
    days = f"{plural(row.talk_days, 'day')} {_span(row)}"
    return f"You wrote back and forth on {days}; nothing longer is on record{_aside(row)}."


def _unknown(row: Any) -> str:
    if row.sign == "no messages":
        return SIGNS[row.sign]
    return f"{SIGNS[row.sign][:-1]}{_aside(row)}."


def _new(row: Any) -> str:
    when = "today" if row.connected_days == 0 else f"{plural(row.connected_days, 'day')} ago"
    return f"You connected {when}; it is too early to tell{_aside(row)}."


def _one_way(row: Any) -> str:
    when = month_text(row.last_message_at)
    if row.sent_count and row.received_count:
        return f"Both of you wrote, last in {when}, but neither answered in time{_aside(row)}."
    who, count = ("You", row.sent_count) if row.sent_count else ("They", row.received_count)
    often = "once" if count == 1 else f"{count:,} times, last"
    return f"{who} wrote {often} in {when}; no answer is on record here{_aside(row)}."


def _nothing(row: Any) -> str:
    found = []
    if row.greeting_count:
        years = row.greeting_years_count
        found.append(f"greetings in {'one year' if years == 1 else f'{years} different years'}")
    if row.unanswered_note_count:
        notes = plural(row.unanswered_note_count, "invitation note")
        found.append(f"{notes} that nobody answered")
    if row.possible_note_count:
        found.append("one message of the day you connected, which may be an invitation note")
    if row.group_message_count:
        found.append(plural(row.group_message_count, "message in groups", "messages in groups"))
    if not found:
        return "No message between the two of you is on record here."
    listed = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
    return f"On record: {listed}; nothing more."


_SENTENCES: Final = {
    "active": _active,
    "dormant": _dormant,
    "brief": _brief,
    "unknown": _unknown,
    "new": _new,
    "one_way": _one_way,
    "feather": _nothing,
}
