"""What the one-to-one messages with each person amount to, on arrays and without a loop.

Stories use letters: ``S`` a real message the owner sent, ``R`` one received, ``c`` a canned one, a
blank a night, ``|`` 30 silent days.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.grouped import count, distinct, first, last, median, naive, quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.interactions import Story, Talk

__all__ = ["CONVERSATION_GAP", "FEWEST_GAPS", "measure_spans", "measure_talk"]

CONVERSATION_GAP: Final = timedelta(days=30)
"""So much silence ends a conversation: a choice (docs/how-it-decides.md), no status rests on it."""

FEWEST_GAPS: Final = 8
"""A choice: of fewer gaps nobody's rhythm can be told."""
LATE: Final = 0.9
"""A choice: of the gaps between contact days, so many were no longer than a late one."""

_DAY: Final = np.timedelta64(1, "D")
_A_DAY: Final = 86_400_000_000
"""In microseconds."""


def measure_talk(
    interactions: pd.DataFrame, story: Story, talk: Talk, size: int, as_of: pd.Timestamp
) -> dict[str, Any]:
    """Return the measures that rest on one-to-one messages, for the first `size` people.

    Parameters
    ----------
    interactions : pandas.DataFrame
        What `story` was told of: lengths and questions of its messages.
    story : Story
    talk : Talk
    size : int
        How many people there are.
    as_of : pandas.Timestamp
        The date at which `story` ends.

    Returns
    -------
    dict of str to array-like
        Columns of `netquality.tables.MEASURES`, each of length `size`.
    """
    ours = int(np.searchsorted(story.person, size))  # strangers come after them
    real = np.flatnonzero(talk.is_real[:ours])
    person, at, sent = story.person[real], story.when[real], story.is_sent[real]
    told: dict[str, Any] = {}
    told |= _contact(person, at, story.day[real], sent, size, as_of)
    told |= _words(interactions, story.row[real], person, sent, size)
    told |= _conversations(person, at, sent, size)
    told |= _answers(story, talk, ours, size)
    asked = interactions["question_count"].to_numpy(np.float64, na_value=0.0)[story.row[:ours]]
    told |= _turns(story, talk, asked, told["last_writer"], size)
    told |= measure_spans(story, talk, size)
    return told | _set_aside(story, talk, ours, size)


def _contact(
    person: NDArray[np.intp],
    at: NDArray[np.datetime64],
    day: NDArray[np.datetime64],
    sent: NDArray[np.bool_],
    size: int,
    as_of: pd.Timestamp,
) -> dict[str, Any]:
    """Count real messages and the days with them."""
    mine, theirs = (distinct(person[side], day[side], size) for side in (sent, ~sent))
    begins = np.ones(len(day), bool)
    begins[1:] = (person[1:] != person[:-1]) | (day[1:] != day[:-1])
    who, on = person[begins], day[begins]
    follows = np.flatnonzero(who[1:] == who[:-1]) + 1
    gaps = (on[follows] - on[follows - 1]).astype(np.int64)
    late = quantile(who[follows], gaps, size, LATE, is_between=False)
    late[count(who[follows], size) < FEWEST_GAPS] = np.nan
    return {
        "contact_days": count(who, size),
        "mutual_contact_days": np.minimum(mine, theirs),
        "sent_count": count(person[sent], size),
        "received_count": count(person[~sent], size),
        "silent_days": _whole_days(np.subtract(naive(as_of), last(person, at, size))),
        "usual_gap_days": median(who[follows], gaps, size),
        "late_gap_days": late,
        "last_writer": _which(last(person, sent.astype(np.float64), size), "they", "you"),
    }


def _words(
    interactions: pd.DataFrame,
    row: NDArray[np.intp],
    person: NDArray[np.intp],
    sent: NDArray[np.bool_],
    size: int,
) -> dict[str, Any]:
    """Add up characters and questions of real messages."""

    def totals(name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        each = interactions[name].to_numpy(np.float64, na_value=0.0)[row]
        whole, mine = (
            np.bincount(person, some, minlength=size).astype(np.float64)
            for some in (each, np.where(sent, each, 0.0))
        )
        return mine, whole - mine  # whole numbers: nothing is lost

    (mine, theirs), (asked, answered) = totals("character_count"), totals("question_count")
    return {
        "sent_character_share": _ratio(mine, mine + theirs),
        "sent_question_count": asked,
        "received_question_count": answered,
    }


def _conversations(
    person: NDArray[np.intp], at: NDArray[np.datetime64], sent: NDArray[np.bool_], size: int
) -> dict[str, Any]:
    """Count conversations and who opened them.

    ``S R | R S``: two conversations, the owner opened one.
    """
    opens = np.ones(len(at), bool)
    opens[1:] = person[1:] != person[:-1]
    opens[1:] |= at[1:] - at[:-1] >= np.timedelta64(CONVERSATION_GAP)
    number = count(person[opens], size)
    return {
        "conversation_count": number,
        "opened_share": _ratio(count(person[opens & sent], size), number),
    }


def _answers(story: Story, talk: Talk, ours: int, size: int) -> dict[str, Any]:
    """Count answers each way, and how long they took.

    ``S R R S``: one answer received, after a day; one given, after a day.
    """
    answers = np.flatnonzero(talk.is_answer[:ours])
    took = (story.when[answers] - story.when[talk.answered[answers]]).astype(np.int64)
    person, sent = story.person[answers], story.is_sent[answers]
    return {
        "answers_given_count": count(person[sent], size),
        "answers_received_count": count(person[~sent], size),
        "answer_given_median_days": median(person[sent], took[sent], size) / _A_DAY,
        "answer_received_median_days": median(person[~sent], took[~sent], size) / _A_DAY,
    }


def _turns(
    story: Story,
    talk: Talk,
    asked: NDArray[np.float64],
    writer: NDArray[np.object_],
    size: int,
) -> dict[str, Any]:
    """Say whose turn it is, on how many days each wrote into silence, and what was asked last.

    ``S R``: yours. ``S R c``, where ``c`` is the owner's "Thanks!": nobody's.
    ``R S S``: theirs; the owner wrote on 2 days since the other did.
    ``R S S c``: something came back, so that nothing is unreturned; unanswered it is.
    ``S q``: the last message asks something.
    """
    ours = len(asked)
    person, at, sent = story.person[:ours], story.when[:ours], story.is_sent[:ours]
    real = talk.is_real[:ours]
    place = np.arange(ours, dtype=np.float64)
    end = last(person[real], place[real], size)  # NaN: nothing comes after it
    mine = np.equal(writer, "you")
    closes = story.is_canned[:ours] & (place > end[person]) & (sent != mine[person])
    turn = np.where(mine, "theirs", "yours").astype(object)
    turn[(count(person[closes], size) > 0) | np.isnan(end)] = None
    wrote = ~np.isnan(end)
    question = np.full(size, np.nan)
    question[wrote] = asked[end[wrote].astype(np.intp)]
    found: dict[str, Any] = {"turn": turn, "last_question_count": question}
    for name, side in (("sent", sent), ("received", ~sent)):
        other = real & ~side
        theirs = last(person[other], at[other], size)[person]
        rows = real & side & ~(at <= theirs)
        found[f"{name}_unanswered_days"] = distinct(person[rows], story.day[:ours][rows], size)
        found[f"last_{name}_at"] = _utc(last(person[side], at[side], size))
        back = last(person[~side], at[~side], size)[person]
        rows = side & ~story.is_canned[:ours] & ~(at <= back)
        found[f"{name}_unreturned_days"] = distinct(person[rows], story.day[:ours][rows], size)
    return found


def measure_spans(story: Story, talk: Talk, size: int) -> dict[str, Any]:
    """Measure the talk: days, months and years with it, and how far apart; all that a status needs.

    ``S R | S S``: 2 days with talk, last talk on the second; the rest was answered by nobody.

    Parameters
    ----------
    story : Story
    talk : Talk
    size : int
        How many people there are.

    Returns
    -------
    dict of str to array-like
        Columns of `netquality.tables.MEASURES`, each of length `size`.
    """
    ours = int(np.searchsorted(story.person, size))
    real = np.flatnonzero(talk.is_real[:ours])
    rows = real[~np.isnat(talk.talk_at[real])]
    person, at, day = story.person[rows], story.when[rows], story.day[rows]
    sent = story.is_sent[rows]
    answers = talk.is_answer[rows]
    begin, end = first(person, at, size), last(person[answers], at[answers], size)
    new = np.ones(len(rows), bool)
    new[1:] = (person[1:] != person[:-1]) | (day[1:] != day[:-1])
    who, on = person[new], day[new]
    found = {
        "first_message_at": _utc(first(story.person[real], story.when[real], size)),
        "last_message_at": _utc(last(story.person[real], story.when[real], size)),
        "talk_days": count(who, size),
        "talk_months_count": distinct(who, on.astype("datetime64[M]"), size),
        "talk_years_count": distinct(who, on.astype("datetime64[Y]"), size),
        "first_talk_at": _utc(begin),
        "last_talk_at": _utc(end),
        "talk_span_days": _whole_days(end.astype("datetime64[D]") - begin.astype("datetime64[D]")),
    }
    for name, side in (("sent", sent), ("received", ~sent)):
        span = last(person[side], day[side], size) - first(person[side], day[side], size)
        found[f"{name}_talk_span_days"] = _whole_days(span)
    return found


def _set_aside(story: Story, talk: Talk, ours: int, size: int) -> dict[str, Any]:
    """Count one-to-one messages that are no talk: set phrases and notes."""
    person = story.person[:ours]
    greeting = story.is_canned[:ours]
    year = story.day[:ours][greeting].astype("datetime64[Y]")
    unanswered = story.is_note[:ours] & ~talk.is_real[:ours]
    return {
        "greeting_count": count(person[greeting], size),
        "greeting_years_count": distinct(person[greeting], year, size),
        "unanswered_note_count": count(person[unanswered], size),
        "possible_note_count": count(person[story.is_possible_note[:ours]], size),
    }


def _utc(instants: NDArray[np.datetime64]) -> pd.Series:
    return pd.Series(instants.astype("datetime64[us]")).dt.tz_localize("UTC")


def _whole_days(spans: NDArray[np.timedelta64]) -> NDArray[np.float64]:
    """Return whole days, ``NaN`` where there is no span."""
    return np.where(np.isnat(spans), np.nan, np.floor(spans / _DAY))


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """Return shares, ``NaN`` where there is nothing to divide."""
    shares = np.full(len(whole), np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _which(flag: NDArray[np.float64], no: str, yes: str) -> NDArray[np.object_]:
    """Return a word for 0, another for 1, None for ``NaN``."""
    words = np.where(flag > 0, yes, no).astype(object)
    words[np.isnan(flag)] = None
    return words
