"""What is said of somebody who is proposed: two or three reasons, and a prompt to think."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.words import month_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.reconnecting.rule import ReconnectRule

__all__ = ["UNKNOWN", "prompt_of", "reasons_of"]

UNKNOWN: Final = "Whether you talked elsewhere since, this export cannot know."
_MOST: Final = 3


def reasons_of(row: Any, moments: list[str], rule: ReconnectRule, *, aim: str) -> str:
    """Return two or three sentences: what was, why now, how it stands."""
    said = [_what_was(row)]
    if aim == "fresh":
        said += _fresh(row)
    said += [*moments, *_how_it_stands(row, rule)]
    return " ".join(said[:_MOST])


def _what_was(row: Any) -> str:
    if pd.isna(row.first_talk_at):
        return _common(row)
    first, last = month_text(row.first_talk_at), month_text(row.last_talk_at)
    span = f"in {last}" if first == last else f"between {first} and {last}"
    return f"You wrote to each other on {plural(int(row.talk_days), 'day')} {span}."


def _common(row: Any) -> str:
    """Say what there is with somebody there was no talk with."""
    if pd.notna(row.last_message_at):
        who = "You" if row.last_writer == "you" else "They"
        return f"{who} wrote in {month_text(row.last_message_at)}, and no answer is on record."
    if row.group_thread_count > 0:
        count = plural(int(row.group_thread_count), "conversation")
        return f"You are both in {count} of several people, and never wrote to each other alone."
    return "You never wrote to each other here."


def _fresh(row: Any) -> Iterator[str]:
    if row.elsewhere_part > 0:
        yield (
            "Nobody you are in touch with is from where they are: other news, other views (Walter, "
            "Levin and Murnighan 2015)."
        )


def _how_it_stands(row: Any, rule: ReconnectRule) -> Iterator[str]:
    if row.recommendation_received_count > 0 and row.recommendation_given_count > 0:
        yield "You recommended each other."
    elif row.recommendation_given_count > 0:
        yield "You recommended them."
    if row.status == "active" and pd.notna(row.late_gap_days):
        yield (
            f"Silent for {plural(int(row.silent_days), 'day')}; nine in ten of your pauses were "
            f"under {plural(round(row.late_gap_days), 'day')}."
        )
        return
    if row.said_tries > 0:
        yield f"You wrote in {month_text(row.said_wrote_on)}, by your word; you noted no answer."
    elif row.sent_unanswered_days > 0 and pd.notna(row.last_message_at):
        yield f"You wrote last, in {month_text(row.last_message_at)}."
    if row.status == "dormant":
        rests = int(row.silent_days + (row.last_message_at - row.last_talk_at).days)
        if rests >= rule.long_dormant_days:
            yield f"No talk for {plural(rests // 365, 'year')}."
        else:
            yield f"No talk since {month_text(row.last_talk_at)}."
    if pd.notna(row.connected_on):
        yield f"Connected in {month_text(row.connected_on)}."


def prompt_of(row: Any) -> str:
    """Return a prompt to think, and no text to send."""
    if row.received_unanswered_question_count > 0 and row.is_turn_yours:
        return "Read their last message again: what did they ask, and what would you say today?"
    if row.is_colleague_then is True and isinstance(row.company, str):
        return f"You both know {row.company}: what became of what you did there?"
    if pd.notna(row.last_talk_at):
        when = month_text(row.last_talk_at)
        return (
            f"You last wrote to each other in {when}: what were they busy with, and how did it go?"
        )
    if row.is_school_then is True:
        return "You were at the same school: whom or what from then would you both remember?"
    return "What would you like to know of them, if nothing came of it?"
