"""What counts as real talk.

Comparable tools count messages; then an invitation note is a conversation and thirty-six
congratulations are a friendship. Here a message is *real* only if it says something of its own,
and *talk* is what was answered. Stories in the docstrings use letters: ``S`` a real message the
owner sent, ``R`` one received, ``n`` an invitation note, ``c`` a canned one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from netquality.tables import INTERACTIONS, check

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ANSWER_WITHIN", "judge_talk", "mark_real", "one_to_one"]

ANSWER_WITHIN: Final = timedelta(days=180)
"""An answer comes at most this long after what it answers (docs/how-it-decides.md)."""

_TIES: Final = ("character_count", "question_count", "thread_id", "direction")
"""Ties in time are broken by content, so that the order of the rows in a file changes nothing."""


def one_to_one(interactions: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the one-to-one messages up to `as_of`, by person and time.

    Parameters
    ----------
    interactions : pandas.DataFrame
        As `netquality.tables.INTERACTIONS`.
    as_of : pandas.Timestamp
        UTC instant; later rows are not looked at.

    Returns
    -------
    pandas.DataFrame
        The rows that are neither group messages nor of another kind, with their old index.
    """
    check(interactions, INTERACTIONS)
    return interactions.iloc[_one_to_one(interactions, as_of)[0]]


def _one_to_one(
    interactions: pd.DataFrame, as_of: pd.Timestamp
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions of the one-to-one messages, by person and time, and whose they are."""
    at = interactions["at"]
    direct = (interactions["kind"] == "message") & ~interactions["is_group"] & (at <= as_of)
    rows = np.flatnonzero(direct)
    person = pd.factorize(interactions["person_id"], sort=True)[0][rows]
    time = at.to_numpy("datetime64[us]")[rows].view(np.int64)
    order = _by_person(person, time)
    rows, person, time = rows[order], person[order], time[order]
    same = (person[1:] == person[:-1]) & (time[1:] == time[:-1])
    tied = np.zeros(len(rows), bool)
    tied[1:] |= same
    tied[:-1] |= same
    few = interactions.iloc[rows[tied]][list(_TIES)]
    keys = [pd.factorize(few[name], sort=True)[0] for name in reversed(_TIES)]
    rows[tied] = rows[tied][np.lexsort((*keys, time[tied], person[tied]))]
    return rows, person


def _by_person(person: NDArray[np.intp], time: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the order by person and time; the tables we make are in order of time already."""
    if len(time) > 1 and (time[1:] < time[:-1]).any():
        return np.lexsort((time, person))
    # numpy sorts numbers of 16 bits without comparing them, in a tenth of the time
    low = np.argsort((person & 0xFFFF).astype(np.uint16), kind="stable")
    high = (person >> 16).astype(np.uint16)[low]
    return low[np.argsort(high, kind="stable")] if high.any() else low


def judge_talk(
    interactions: pd.DataFrame,
    people: pd.DataFrame,
    as_of: pd.Timestamp,
    *,
    answer_within: timedelta = ANSWER_WITHIN,
) -> pd.DataFrame:
    """Judge every one-to-one message as it could be judged at a date.

    Parameters
    ----------
    interactions : pandas.DataFrame
        As `netquality.tables.INTERACTIONS`.
    people : pandas.DataFrame
        Needs `person_id` and `connected_on`.
    as_of : pandas.Timestamp
        UTC instant; later rows are not looked at.
    answer_within : datetime.timedelta
        How long after a message an answer to it may come.

    Returns
    -------
    pandas.DataFrame
        One row per one-to-one message up to `as_of`, sorted by person and time, index as in
        `interactions`: its columns and

        - `is_real`: neither canned, nor an unanswered note, nor possibly one;
        - `real_at`: the instant from which on that could be known (``NaT`` for the rest);
        - `is_possible_note`: the only message of the two that could be real, set phrases and
          unanswered notes apart, sent on the day they connected;
        - `is_answer`: the real message before it came from the other side, at most 180 days ago;
        - `is_talk`: an answer, or a message that was answered;
        - `talk_at`: the instant from which on it counts as talk (``NaT`` for the rest). A note
          waits for its answer, and so does every message that is answered.

    Notes
    -----
    A note is real once the next real message comes from the other side, at most 180 days later
    (netquality design, "invitation note").

    ``n R``: both are real; R is an answer, both are talk, from R on.
    ``n S R``: the note was never answered, S was; the note is not real.
    ``S`` alone on the connect day: possibly a note, not real. ``S S``: both real, no talk.
    ``S c``: the same as ``S`` alone, for a set phrase is no talk.
    """
    check(interactions, INTERACTIONS)
    story = _tell(interactions, people, as_of, np.timedelta64(answer_within))
    person, at, sent, real, known = story.person, story.at, story.sent, story.real, story.known
    within = np.timedelta64(answer_within)
    before = _previous(real, person)
    has_before = before >= 0
    answer = real & has_before
    answer &= (sent != sent[before]) & (at - at[before] <= within)
    talk_at = np.full(len(at), np.datetime64("NaT", "us"))
    answers = np.flatnonzero(answer)
    pairs = np.maximum(known[answers], known[before[answers]])
    talk_at[before[answers]] = pairs
    # an answer may itself be answered: it counts from the earlier of the two
    talk_at[answers] = np.fmin(talk_at[answers], pairs)
    known[~real] = np.datetime64("NaT", "us")
    rows = interactions.iloc[story.row]
    return rows.assign(
        is_real=real,
        real_at=pd.Series(known, index=rows.index).dt.tz_localize("UTC"),
        is_possible_note=story.possible,
        is_answer=answer,
        is_talk=~np.isnat(talk_at),
        talk_at=pd.Series(talk_at, index=rows.index).dt.tz_localize("UTC"),
    )


def mark_real(
    interactions: pd.DataFrame, people: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return the interactions with `is_real` and `is_possible_note` as judged at `as_of`.

    Group messages are real unless canned; what is no message, or later than `as_of`, is not real.
    """
    check(interactions, INTERACTIONS)
    story = _tell(interactions, people, as_of, np.timedelta64(ANSWER_WITHIN))
    in_group = (
        interactions["is_group"]
        & (interactions["kind"] == "message")
        & ~interactions["is_canned"]
        & (interactions["at"] <= as_of)
    )
    real = in_group.to_numpy(copy=True)
    real[story.row[story.real]] = True
    possible = np.zeros(len(interactions), bool)
    possible[story.row[story.possible]] = True
    return interactions.assign(is_possible_note=possible, is_real=real)


class _Story(NamedTuple):
    """One-to-one messages by person and time, and which of them are real."""

    row: NDArray[np.intp]
    person: NDArray[np.intp]
    at: NDArray[np.datetime64]
    sent: NDArray[np.bool_]
    real: NDArray[np.bool_]
    possible: NDArray[np.bool_]
    known: NDArray[np.datetime64]


def _tell(
    interactions: pd.DataFrame, people: pd.DataFrame, as_of: pd.Timestamp, within: np.timedelta64
) -> _Story:
    """Bring the messages into order and tell the real ones."""
    row, person = _one_to_one(interactions, as_of)

    def column(name: str) -> NDArray[Any]:
        return interactions[name].to_numpy()[row]

    at = interactions["at"].to_numpy("datetime64[us]")[row]
    sent = (interactions["direction"] == "sent").to_numpy()[row]
    candidate = ~column("is_canned")
    note = column("is_note") & candidate
    plain = candidate & ~note
    connected = _connected(interactions, people, row)
    possible, second = _possible_notes(at, connected, person, candidate, plain)
    real = plain & ~possible
    known = at.copy()
    waited = ~np.isnat(second)
    known[waited] = second[waited]
    _answer_notes(person, at, sent, note, real, known, within)
    return _Story(row, person, at, sent, real, possible, known)


def _connected(
    interactions: pd.DataFrame, people: pd.DataFrame, row: NDArray[np.intp]
) -> NDArray[np.datetime64]:
    """Return the day of each message's person's connection, ``NaT`` where there is none."""
    codes, ids = pd.factorize(interactions["person_id"])
    place = pd.Index(people["person_id"]).get_indexer(pd.Index(ids))
    days = people["connected_on"].to_numpy("datetime64[us]")
    # place -1: not among them
    return np.append(days, np.datetime64("NaT", "us"))[place][codes[row]]  # type: ignore[no-any-return]


def _possible_notes(
    at: NDArray[np.datetime64],
    connected: NDArray[np.datetime64],
    person: NDArray[np.intp],
    candidate: NDArray[np.bool_],
    plain: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.datetime64]]:
    """Mark lone first messages on the connect day.

    Returns the mark, and for first messages on that day that did not stay alone the instant of
    the second (``NaT`` elsewhere): only from then on could they be told from a note.
    """
    on_day = at.astype("datetime64[D]") == connected
    first = plain & on_day & (_previous(candidate, person) < 0)
    following = _next(plain, person)
    second = np.full(len(at), np.datetime64("NaT", "us"))
    accompanied = first & (following >= 0)
    second[accompanied] = at[following[accompanied]]
    return first & (following < 0), second


def _answer_notes(
    person: NDArray[np.intp],
    at: NDArray[np.datetime64],
    sent: NDArray[np.bool_],
    note: NDArray[np.bool_],
    real: NDArray[np.bool_],
    known: NDArray[np.datetime64],
    within: np.timedelta64,
) -> None:
    """Make answered notes real, in place, the last note of each pair of people first."""
    notes = np.flatnonzero(note)
    end = np.searchsorted(person[notes], person[notes], side="right")  # of each person's notes
    turns = end - np.arange(len(notes))
    for turn in range(1, int(turns.max(initial=0)) + 1):
        mine = notes[turns == turn]
        after = _next(real, person)[mine]
        mine, after = mine[after >= 0], after[after >= 0]
        answered = (sent[mine] != sent[after]) & (at[after] - at[mine] <= within)
        real[mine[answered]] = True
        known[mine[answered]] = known[after[answered]]


def _previous(mask: NDArray[np.bool_], person: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the position of the nearest marked row before each, of the same person, or -1."""
    marked = np.where(mask, np.arange(len(mask)), -1)
    before = np.concatenate([[-1], np.maximum.accumulate(marked)])[: len(mask)].astype(np.intp)
    same = (before >= 0) & (person[before] == person)
    return np.where(same, before, -1)


def _next(mask: NDArray[np.bool_], person: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the position of the nearest marked row after each, of the same person, or -1."""
    size = len(mask)
    mirrored = _previous(mask[::-1], person[::-1])[::-1]
    return np.where(mirrored >= 0, size - 1 - mirrored, -1)
