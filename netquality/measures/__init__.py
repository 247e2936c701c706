"""What was counted, per person, as of a date.

Stories use letters: ``S`` a real one-to-one message the owner sent, ``R`` one received, ``c`` a
canned one, a blank a night, ``|`` 30 silent days. What is undefined is missing, never 0: without a
messages file nobody knows how much was written, and without an answer there is no answer time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.grouped import count
from netquality.measures.talk import measure_talk
from netquality.origins import began
from netquality.tables import MEASURES, build

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netquality.interactions import Story, Talk
    from netquality.network import Network

__all__ = ["count_addresses", "measure_people", "people_at"]

_NOT_FROM_MESSAGES: Final = frozenset(
    ("recommendation_given_count", "recommendation_received_count", "endorsement_given_count",
     "endorsement_received_count", "is_followed", "address_count", "origin", "is_colleague_then",
     "is_colleague_now", "is_school_then", "event_on", "invited_by", "is_invited_with_note")
)  # fmt: skip


def people_at(network: Network, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the people who were there at a date, connections or not.

    A connection is there from `connected_on` on; anybody from the first interaction on, or the
    first message of a group they are in. Who has neither date (a connection whose date cannot be
    read, who is in an address book and no connection) is there always.

    Returns
    -------
    pandas.DataFrame
        The rows of `network.people`; `is_connection` says what was true at that date.
    """
    people, interactions = network.people, network.interactions
    connected = people["is_connection"] & ~(people["connected_on"] > as_of.tz_localize(None))
    codes, ids = pd.factorize(interactions["person_id"])
    wrote = np.bincount(codes[(interactions["at"] <= as_of).to_numpy(bool)], minlength=len(ids)) > 0
    there = connected.to_numpy(bool, copy=True)
    everybody = pd.Index(people["person_id"])
    for seen in (ids[wrote], _shared_groups(network, as_of)["person_id"].unique()):
        place = everybody.get_indexer(pd.Index(seen))
        there[place[place >= 0]] = True
    there |= ~people["is_connection"].to_numpy(bool) & _in_books(network)
    return people[there].assign(is_connection=connected[there]).reset_index(drop=True)


def _in_books(network: Network) -> NDArray[np.bool_]:
    """Return who is in an address book."""
    return network.people["person_id"].isin(network.contacts["person_id"]).to_numpy(bool)


def _shared_groups(network: Network, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return who is in which group conversation, of those with a group message by a date."""
    place = np.flatnonzero(network.interactions["is_group"].to_numpy(bool))
    rows = network.interactions[["at", "thread_id"]].iloc[place]
    threads = rows.loc[rows["at"] <= as_of, "thread_id"].unique()
    return network.participants[network.participants["thread_id"].isin(threads)]


def measure_people(
    network: Network, people: pd.DataFrame, as_of: pd.Timestamp, story: Story, talk: Talk
) -> pd.DataFrame:
    """Count what is on record between the owner and each person, up to a date.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        Whom to measure, by `person_id`; with `connected_on` and `company`.
    as_of : pandas.Timestamp
        UTC instant; nothing after it is looked at.
    story : Story
        The messages with `people` up to that date (`netquality.interactions.tell`).
    talk : Talk
        What of them is real, and what is talk.

    Returns
    -------
    pandas.DataFrame
        The columns of `netquality.tables.MEASURES`, one row per person, in the order of `people`.
        Without a messages file everything that rests on messages is missing, not 0.

    Notes
    -----
    Each measure by a story; `docs/how-it-decides.md` says what is real and what is talk.

    ``S R R``: 3 contact days; the owner wrote on 1 and the other on 2, so 1 mutual contact day;
    `sent_count` 1, `received_count` 2; first message on day 1, last on day 3, silent since then.
    `last_writer` is ``they`` and the `turn` is ``yours``; `received_unanswered_days` is 2. With the
    owner's set phrase after it, ``S R R c``, the turn is nobody's.

    ``S  R    R``, days 1, 4 and 9: `usual_gap_days` is 4, the middle of 3 and 5.

    ``S R`` of 30 and 10 characters, with two questions in the first: `sent_character_share` is
    0.75, `sent_question_count` 2, `received_question_count` 0.

    ``S R | R S``: two conversations, the owner opened one, `opened_share` is 0.5.

    ``S R R S``: one answer received after a day (`answer_received_median_days` 1), one given after
    a day. `talk_days` is 4, `talk_months_count` and `talk_years_count` are 1, `talk_span_days` and
    `sent_talk_span_days` are 3, `received_talk_span_days` is 1. In ``S R S S`` the last has no
    answer: `last_talk_at` is day 3.

    ``c c`` in two years: `greeting_count` and `greeting_years_count` are 2, and nothing else is
    above 0. ``n``: `unanswered_note_count` is 1. ``R`` alone on the connect day:
    `possible_note_count` is 1. Two messages of theirs to a group of three and one of the owner's:
    `group_message_count` is 3, `group_thread_count` 1.

    They endorsed two skills, you recommended them, and their address is in your address book with
    a phone number: `endorsement_received_count` 2, `recommendation_given_count` 1, `address_count`
    2. How a tie began: `netquality.origins.began`.
    """
    measured = measure_talk(network.interactions, story, talk, len(people), as_of)
    if not network.has_messages:
        measured = dict.fromkeys(measured, np.full(len(people), np.nan))
    measured |= _beside_talk(network, people, as_of) | began(network, people, as_of)
    if not network.has_messages:
        nothing = pd.Series(pd.NA, index=people.index)
        measured |= dict.fromkeys(set(MEASURES.dtypes) - _NOT_FROM_MESSAGES, nothing)
    return build(MEASURES, measured)


def _beside_talk(network: Network, people: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """Count group messages, signs of esteem, and addresses kept."""
    rows = network.interactions
    is_message = (rows["kind"] == "message").to_numpy(bool)
    place = np.flatnonzero(rows["is_group"].to_numpy(bool) | ~is_message)
    few = rows[["person_id", "at", "direction", "kind", "is_group"]].iloc[place]
    few = few[few["at"] <= as_of]
    everybody = pd.Index(people["person_id"])

    def number(ids: pd.Series) -> NDArray[np.int64]:
        where = everybody.get_indexer(pd.Index(ids))
        return count(where[where >= 0], len(people))

    groups = _shared_groups(network, as_of).drop_duplicates()
    found: dict[str, Any] = {
        "group_message_count": number(few.loc[few["is_group"], "person_id"]),
        "group_thread_count": number(groups["person_id"]),
        "address_count": count_addresses(network).reindex(everybody, fill_value=0).to_numpy()
        if len(network.addresses)
        else np.zeros(len(people), np.int64),
    }
    for kind in ("recommendation", "endorsement"):
        for name, direction in (("given", "sent"), ("received", "received")):
            rows = few[(few["kind"] == kind) & (few["direction"] == direction)]
            found[f"{kind}_{name}_count"] = number(rows["person_id"])
    followed = number(few.loc[few["kind"] == "follow", "person_id"]) > 0
    known = pd.Series(followed, index=people.index, dtype="boolean")
    return found | {"is_followed": known if "follows" in network.kinds else known.mask(known >= 0)}


def count_addresses(network: Network) -> pd.Series:
    """Return how many e-mail addresses and phone numbers of each person the address books hold.

    An address book bears no date: what stands in it holds at every date.

    Returns
    -------
    pandas.Series
        `address_count`, indexed by `person_id`, of those who have any.
    """
    known = network.addresses[network.addresses["kind"].isin(["email", "phone"])]
    whose = network.contacts[["contact_id", "person_id"]].dropna().drop_duplicates()
    theirs = known.merge(whose, on="contact_id")[["person_id", "kind", "value"]].drop_duplicates()
    return theirs.groupby("person_id").size().rename("address_count")
