"""What is said of somebody who is proposed: two or three reasons, and a prompt to think."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.reconnecting.moments import yes
from netquality.words import month_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.reconnecting.moments import Moments
    from netquality.reconnecting.rule import ReconnectRule

__all__ = ["prompt_of", "reasons_of", "unknown_of"]

_MOST: Final = 3
_BOTH_IN: Final = "You are both in"


def reasons_of(
    row: Any, moments: Moments, rule: ReconnectRule, day: pd.Timestamp | None, *, kind: str
) -> str:
    """Return two or three sentences: what was, why this list, why now, how it stands."""
    said = [_what_was(row)]
    if kind == "overdue":
        said += _rhythm(row, day)
    if kind == "promising":
        grounds = moments.grounds(row)
        is_told = said[0].startswith(_BOTH_IN)
        said += [one for one in grounds if not (is_told and one.startswith(_BOTH_IN))]
    if isinstance(row.elsewhere, str):
        said.append(row.elsewhere)
    said += [*row.moments, *_how_it_stands(row, rule, day)]
    return " ".join(list(dict.fromkeys(said))[:_MOST])


def _what_was(row: Any) -> str:
    if pd.isna(row.first_talk_at):
        return _without_talk(row)
    first, last = month_text(row.first_talk_at), month_text(row.last_talk_at)
    span = f"in {last}" if first == last else f"between {first} and {last}"
    return f"There was talk on {plural(int(row.talk_days), 'day')} {span}."


def _without_talk(row: Any) -> str:
    """Say what there is with somebody there was no talk with."""
    if pd.notna(row.last_message_at):
        who, other = ("You", "") if row.last_writer == "you" else ("They", " of yours")
        return f"{who} wrote in {month_text(row.last_message_at)}, and no answer{other} is on file."
    if pd.isna(row.greeting_count):
        return "Your messages are not in this export: what was written is not known."
    if row.is_ambiguous:
        return "Several people have this name, and what was written with whom is not known."
    greetings = int(row.greeting_count)
    notes = int(row.unanswered_note_count + row.possible_note_count)
    if greetings or notes:
        counts = [plural(greetings, "greeting")] if greetings else []
        counts += [plural(notes, "short note on connecting", "short notes on connecting")][:notes]
        verb = "was" if greetings + notes == 1 else "were"
        return f"Between the two of you there {verb} {' and '.join(counts)}, and no talk."
    if groups := int(row.group_thread_count):
        count = plural(groups, "conversation")
        return f"{_BOTH_IN} {count} of several people, and never wrote to each other alone."
    return "You never wrote to each other here."


def _rhythm(row: Any, day: pd.Timestamp | None) -> Iterator[str]:
    """Say how somebody in touch is silent for longer than usual."""
    late = plural(int(row.late_gap_days), "day")
    seen = row.last_message_at.normalize().tz_localize(None) + pd.Timedelta(days=row.silent_days)
    when = "" if day is None or day <= seen + pd.Timedelta(days=1) else " when this export was made"
    silent = plural(int(row.silent_days), "day")
    yield f"Silent for {silent}{when}; nine in ten of your pauses lasted {late} at most."


def _how_it_stands(row: Any, rule: ReconnectRule, day: pd.Timestamp | None) -> Iterator[str]:
    if yes(row.recommendation_received_count > 0) and yes(row.recommendation_given_count > 0):
        yield "You recommended each other."
    elif yes(row.recommendation_given_count > 0):
        yield "You recommended them."
    if row.said_tries > 0 and pd.notna(row.said_wrote_on):
        yield f"You wrote in {month_text(row.said_wrote_on)}, by your word, and noted no answer."
    elif yes(row.sent_unanswered_days > 0) and pd.notna(row.last_talk_at):
        greeted = ", but for a greeting of theirs" * (row.last_received_at > row.last_message_at)
        yield f"You wrote last, in {month_text(row.last_message_at)}{greeted}."
    if pd.notna(row.said_talk_on):
        yield f"By your word there was talk elsewhere in {month_text(row.said_talk_on)}."
    elif row.status == "dormant" and day is not None:
        last = row.last_talk_at
        if (day - pd.Timestamp(last.date())).days >= rule.long_dormant_days:
            yield f"No talk for {plural(_years(last, day), 'year')}."
        else:
            # where the last message was talk, its month was just said
            said = row.is_turn_yours or yes(row.sent_unanswered_days > 0)
            if not said or month_text(last) != month_text(row.last_message_at):
                yield f"No talk since {month_text(last)}."
    if pd.notna(row.connected_on):
        yield f"Connected in {month_text(row.connected_on)}."


def _years(first: pd.Timestamp, last: pd.Timestamp) -> int:
    """Return the whole years from one day to another.

    Examples
    --------
    >>> _years(pd.Timestamp("2020-02-04"), pd.Timestamp("2030-02-02"))
    9
    """
    is_short = (last.month, last.day) < (first.month, first.day)
    return int(last.year - first.year - is_short)


def prompt_of(row: Any) -> str:
    """Return a prompt to think, and no text to send."""
    has_talk = pd.notna(row.last_talk_at)
    if row.is_turn_yours and not has_talk:
        return "Read what they wrote: is there something that you would like to say to it?"
    if row.is_turn_yours and yes(row.last_question_count > 0):
        return "Read their last message again: what did they ask, and what would you say today?"
    when = month_text(row.last_talk_at) if has_talk else ""
    if yes(row.is_colleague_then) and isinstance(row.company, str):
        here = f"You both know {row.company}"
        return (
            f"{here}, and last wrote to each other in {when}: what were they busy with, and how "
            "did it go?"
            if has_talk
            else f"{here}: what would you like to know about how it is there today?"
        )
    if has_talk:
        return _of_talk(row, when)
    if yes(row.is_school_then):
        return "Their profile names a school of yours: what of it would you both remember?"
    return "What would you like to know of them, if nothing came of it?"


def _of_talk(row: Any, when: str) -> str:
    """Return a prompt about what was between two people who have talked."""
    if yes(row.recommendation_received_count > 0):
        return (
            "They recommended you: what did you do together that both of you would still tell of?"
        )
    if row.is_turn_yours:
        wrote = month_text(row.last_message_at)
        return (
            f"Read their message of {wrote} again: what would you have said, and what would you "
            "say today?"
        )
    if yes(row.endorsement_received_count > 0) and not yes(row.endorsement_given_count > 0):
        return (
            "They endorsed skills of yours: what have you seen them do well, and how is it going?"
        )
    return f"You last wrote to each other in {when}: what were they busy with, and how did it go?"


def unknown_of(row: Any) -> str:
    """Return what the export cannot say."""
    if pd.isna(row.last_talk_at):
        return "Whether you talk elsewhere, this export cannot know."
    if pd.notna(row.said_talk_on):
        return "Whether you talked elsewhere at other times, neither the export nor we know."
    return "Whether you talked elsewhere since, this export cannot know."
