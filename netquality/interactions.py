"""What counts as real talk.

Comparable tools count messages; then an invitation note is a conversation and thirty-six
congratulations are a friendship. Here a message is *real* only if it says something of its own,
and *talk* is what was answered. Stories in the docstrings use letters: ``S`` a real message the
owner sent, ``R`` one received, ``n`` an invitation note, ``c`` a canned one.

`tell` brings the one-to-one messages into order, once; `judge` says which of them are real and
which are talk, for any time within which an answer may come. Both work on arrays, so that a
million messages take a moment.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netquality.grouped import by_person, naive, next_of, previous_of
from netquality.tables import INTERACTIONS, check

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ANSWER_WITHIN", "Story", "Talk", "judge", "mark_real", "tell"]

ANSWER_WITHIN: Final = timedelta(days=180)
"""An answer comes at most this long after what it answers (docs/how-it-decides.md)."""

_TEXT: Final = ("thread_id", "direction")
_TIES: Final = ("character_count", "question_count", *_TEXT)
"""Ties in time are broken by content, so that the order of the rows in a file changes nothing."""

_NEVER: Final = np.datetime64("NaT", "us")


class Story(NamedTuple):
    """One-to-one messages up to a date, by person and time; arrays of one length.

    Attributes
    ----------
    row : numpy.ndarray of int
        Position in `interactions`.
    person : numpy.ndarray of int
        Position in `people`, rising; who is not among them comes after the last of them.
    when, day : numpy.ndarray of datetime64[us] and datetime64[D]
        When it was sent, UTC.
    known_at : numpy.ndarray of datetime64[us]
        From when on it could be told from a note: for a first message on the connect day that did
        not stay alone, the instant of the second; for any other its own.
    is_sent, is_canned, is_note, is_possible_note : numpy.ndarray of bool
        What is canned is no note, and what is a note is no possible one.
    """

    row: NDArray[np.intp]
    person: NDArray[np.intp]
    when: NDArray[np.datetime64]
    day: NDArray[np.datetime64]
    known_at: NDArray[np.datetime64]
    is_sent: NDArray[np.bool_]
    is_canned: NDArray[np.bool_]
    is_note: NDArray[np.bool_]
    is_possible_note: NDArray[np.bool_]


class Talk(NamedTuple):
    """Which messages of a `Story` are real and which are talk; arrays of its length.

    Attributes
    ----------
    is_real, is_answer : numpy.ndarray of bool
    answered : numpy.ndarray of int
        Position of the message that an answer answers; -1 for what is no answer.
    real_at, talk_at : numpy.ndarray of datetime64[us]
        From when on it was known to be real, and to be talk; ``NaT`` for never.
    """

    is_real: NDArray[np.bool_]
    is_answer: NDArray[np.bool_]
    answered: NDArray[np.intp]
    real_at: NDArray[np.datetime64]
    talk_at: NDArray[np.datetime64]


def tell(
    interactions: pd.DataFrame,
    people: pd.DataFrame,
    as_of: pd.Timestamp,
) -> Story:
    """Bring the one-to-one messages up to a date into order, by person and time.

    Parameters
    ----------
    interactions : pandas.DataFrame
        As `netquality.tables.INTERACTIONS`.
    people : pandas.DataFrame
        Needs `person_id` and `connected_on`.
    as_of : pandas.Timestamp
        UTC instant; later rows are not looked at.

    Returns
    -------
    Story

    Raises
    ------
    TableError
        When `interactions` is no such table.
    """
    check(interactions, INTERACTIONS)
    return _tell(interactions, people, as_of)


def _tell(interactions: pd.DataFrame, people: pd.DataFrame, as_of: pd.Timestamp) -> Story:
    """Bring messages into order; text may be categorical, which is compared by its numbers."""
    rows, person = _direct(interactions, people, as_of)
    return _story(interactions, rows, person, _connected(people, person))


def _direct(
    interactions: pd.DataFrame, people: pd.DataFrame, as_of: pd.Timestamp
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions of the one-to-one messages up to a date, and whose they are."""
    at = interactions["at"].to_numpy("datetime64[us]")
    direct = (interactions["kind"] == "message").to_numpy(bool) & (at <= naive(as_of))
    direct &= ~interactions["is_group"].to_numpy(bool)
    rows = np.flatnonzero(direct)
    ids = pd.Categorical(interactions["person_id"])
    return rows, _places(ids, people["person_id"])[rows]


def _connected(people: pd.DataFrame, person: NDArray[np.intp]) -> NDArray[np.datetime64]:
    """Return the connect day of people and, ``NaT``, of those who are not among them."""
    days = people["connected_on"].to_numpy("datetime64[us]").astype("datetime64[D]")
    strangers = max(int(person.max(initial=-1)) + 1 - len(days), 0)
    return np.append(days, np.full(strangers, _NEVER.astype("datetime64[D]")))


def _story(
    interactions: pd.DataFrame,
    rows: NDArray[np.intp],
    person: NDArray[np.intp],
    connected: NDArray[np.datetime64],
) -> Story:
    """Return messages by person and time, ties by content."""
    row, person, at = _in_order(interactions, rows, person)

    def flag(name: str) -> NDArray[np.bool_]:
        return interactions[name].to_numpy(bool)[row]

    canned = flag("is_canned")
    note = flag("is_note") & ~canned
    day = at.astype("datetime64[D]")
    possible, known = _possible_notes(at, day == connected[person], person, canned, note)
    sent = (interactions["direction"] == "sent").to_numpy(bool)[row]
    return Story(row, person, at, day, known, sent, canned, note, possible)


def _in_order(
    interactions: pd.DataFrame, rows: NDArray[np.intp], person: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.datetime64]]:
    """Return messages by person and time: their positions, whose they are, and when."""
    at = interactions["at"].to_numpy("datetime64[us]")[rows]
    time = at.view(np.int64)
    is_rising = not (time[1:] < time[:-1]).any()  # the tables we make are in order of time
    order = by_person(person) if is_rising else np.lexsort((time, person))
    rows, person, at = rows[order], person[order], at[order]
    same = (person[1:] == person[:-1]) & (at[1:] == at[:-1])
    tied = np.zeros(len(rows), bool)
    tied[1:] |= same
    tied[:-1] |= same
    few = interactions[list(_TIES)].iloc[rows[tied]].astype(dict.fromkeys(_TEXT, "str"))
    keys = [pd.factorize(few[name], sort=True)[0] for name in reversed(_TIES)]
    rows[tied] = rows[tied][np.lexsort((*keys, at[tied], person[tied]))]
    return rows, person, at


def _places(ids: pd.Categorical, people: pd.Series) -> NDArray[np.intp]:
    """Return where each id stands among people; the others, in order of their ids, after them."""
    known = ids.categories
    # an index of pandas would make a Python text of each id
    among = pc.index_in(pa.array(known, pa.large_string()), pa.array(people, pa.large_string()))
    place = among.fill_null(-1).to_numpy().astype(np.intp)
    strangers = np.flatnonzero(place < 0)
    by_id = np.argsort(np.asarray(known[strangers], dtype=object), kind="stable")
    place[strangers[by_id]] = len(people) + np.arange(len(strangers))
    return np.asarray(place[ids.codes])


def judge(story: Story, *, answer_within: timedelta = ANSWER_WITHIN) -> Talk:
    """Say which messages are real and which are talk.

    Parameters
    ----------
    story : Story
    answer_within : datetime.timedelta
        How long after a message an answer to it may come.

    Returns
    -------
    Talk

    Notes
    -----
    Real is what is neither canned, nor an unanswered note, nor possibly one. A note is real once
    the next real message comes from the other side, in time (netquality design, "invitation note").
    An answer is a real message whose real predecessor came from the other side, in time; talk is
    the answers and what they answer.

    ``n R``: both are real; R is an answer, both are talk, from R on.
    ``n S R``: the note was never answered, S was; the note is not real.
    ``S`` alone on the connect day: possibly a note, not real. ``S S``: both real, no talk.
    ``S c``: the same as ``S`` alone, for a set phrase is no talk.
    """
    within = np.timedelta64(answer_within)
    real = ~(story.is_canned | story.is_note | story.is_possible_note)
    known = story.known_at.copy()
    _answer_notes(story, real, known, within)
    before = previous_of(real, story.person)
    answers = np.flatnonzero(real & (before >= 0))
    back = before[answers]
    is_answer = story.is_sent[answers] != story.is_sent[back]
    is_answer &= story.when[answers] - story.when[back] <= within
    answers, back = answers[is_answer], back[is_answer]
    answered = np.full(len(real), -1)
    answered[answers] = back
    talk_at = np.full(len(real), _NEVER)
    pairs = np.maximum(known[answers], known[back])
    talk_at[back] = pairs
    # an answer may itself be answered: it counts from the earlier of the two
    talk_at[answers] = np.fmin(talk_at[answers], pairs)
    known[~real] = _NEVER
    return Talk(real, answered >= 0, answered, known, talk_at)


def mark_real(
    interactions: pd.DataFrame, people: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return the interactions with `is_real` and `is_possible_note` as judged at `as_of`.

    Group messages are real unless canned; what is no message, or later than `as_of`, is not real.
    Whoever reads an export gives text as categories here, and makes the text meanwhile.
    """
    at = interactions["at"].to_numpy("datetime64[us]")
    real = (interactions["kind"] == "message").to_numpy(bool) & (at <= naive(as_of))
    real &= ~interactions["is_canned"].to_numpy(bool)
    possible = np.zeros(len(interactions), bool)
    # what else there is to judge is between few: a note, or the first word on the connect day
    rows, person = _direct(interactions, people, as_of)
    connected = _connected(people, person)
    first = interactions["is_note"].to_numpy(bool)[rows]
    first |= at[rows].astype("datetime64[D]") == connected[person]
    is_open = np.zeros(len(connected), bool)
    is_open[person[first]] = True
    some = is_open[person]
    story = _story(interactions, rows[some], person[some], connected)
    real[story.row] = judge(story).is_real
    possible[story.row] = story.is_possible_note
    return interactions.assign(is_possible_note=possible, is_real=real)


def _possible_notes(
    at: NDArray[np.datetime64],
    on_day: NDArray[np.bool_],
    person: NDArray[np.intp],
    canned: NDArray[np.bool_],
    note: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.datetime64]]:
    """Mark lone first messages on the connect day, and say when each could be told from a note."""
    plain = ~(canned | note)
    rows = np.flatnonzero(plain & on_day)
    first = rows[previous_of(~canned, person)[rows] < 0]
    following = next_of(plain, person)[first]
    alone = np.zeros(len(at), bool)
    alone[first[following < 0]] = True
    known = at.copy()
    known[first[following >= 0]] = at[following[following >= 0]]
    return alone, known


def _answer_notes(
    story: Story, real: NDArray[np.bool_], known: NDArray[np.datetime64], within: np.timedelta64
) -> None:
    """Make answered notes real, in place, the last note of each pair of people first."""
    person, at, sent = story.person, story.when, story.is_sent
    notes = np.flatnonzero(story.is_note)
    end = np.searchsorted(person[notes], person[notes], side="right")  # of each person's notes
    turns = end - np.arange(len(notes))
    for turn in range(1, int(turns.max(initial=0)) + 1):
        mine = notes[turns == turn]
        after = next_of(real, person)[mine]
        mine, after = mine[after >= 0], after[after >= 0]
        answered = (sent[mine] != sent[after]) & (at[after] - at[mine] <= within)
        real[mine[answered]] = True
        known[mine[answered]] = known[after[answered]]
