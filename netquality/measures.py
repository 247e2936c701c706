"""What was counted, per person, as of a date.

Stories use letters: ``S`` a real one-to-one message the owner sent, ``R`` one received, ``c`` a
canned one, ``|`` a night.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.interactions import ANSWER_WITHIN, judge_talk
from netquality.tables import MEASURES, build

if TYPE_CHECKING:
    from datetime import timedelta

    from netquality.network import Network

__all__ = ["count_addresses", "measure_people", "measure_talk", "people_at"]

_ONLY_WITH_MESSAGES = (
    "contact_days", "mutual_contact_days", "talk_days", "unanswered_days",
    "sent_count", "received_count", "answers_given_count", "answers_received_count",
    "greeting_count", "greeting_years_count", "unanswered_note_count", "possible_note_count",
    "group_message_count",
)  # fmt: skip


def people_at(network: Network, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the people who were there at a date, connections or not.

    A connection is there from `connected_on` on; anybody from the first interaction on. Who has
    neither date (a connection whose date cannot be read, who is in an address book and no
    connection) is there always.

    Returns
    -------
    pandas.DataFrame
        The rows of `network.people`; `is_connection` says what was true at that date.
    """
    people = network.people
    day = as_of.tz_localize(None)
    connected = people["is_connection"] & ~(people["connected_on"] > day)
    past = network.interactions.loc[network.interactions["at"] <= as_of, ["person_id", "thread_id"]]
    grouped = network.participants["thread_id"].isin(past["thread_id"].unique())
    there = connected | people["person_id"].isin(past["person_id"].unique())
    there |= people["person_id"].isin(network.participants.loc[grouped, "person_id"].unique())
    there |= ~people["is_connection"] & people["person_id"].isin(network.contacts["person_id"])
    return people[there].assign(is_connection=connected[there]).reset_index(drop=True)


def measure_people(
    network: Network,
    people: pd.DataFrame,
    as_of: pd.Timestamp,
    *,
    answer_within: timedelta = ANSWER_WITHIN,
) -> pd.DataFrame:
    """Count what is on record between the owner and each person, up to a date.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        Whom to measure, by `person_id`; with `connected_on`.
    as_of : pandas.Timestamp
        UTC instant; nothing after it is looked at.
    answer_within : datetime.timedelta
        How long after a message an answer to it may come.

    Returns
    -------
    pandas.DataFrame
        The columns of `netquality.tables.MEASURES`, one row per person, in the order of `people`.
        Without a messages file everything that rests on messages is missing, not 0.

    Notes
    -----
    ``S R | R``: 2 contact days, the owner wrote on 1 and the other on 2, so 1 mutual contact day;
    1 sent, 2 received, 1 answer received, none given; last talk on the first day.
    """
    judged = judge_talk(network.interactions, people, as_of, answer_within=answer_within)
    measured = measure_talk(judged, as_of).join(
        _set_aside(network.interactions, judged, as_of), how="outer"
    )
    measured = measured.join(count_addresses(network), how="outer").reindex(people["person_id"])
    counts = [
        name for name in MEASURES.dtypes if name.endswith("_count") or name in _ONLY_WITH_MESSAGES
    ]
    measured[counts] = measured[counts].fillna(0)
    if not network.has_messages:
        measured[list(_ONLY_WITH_MESSAGES)] = pd.NA
    return build(MEASURES, dict(measured.items()))


def measure_talk(judged: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the measures that rest on real one-to-one messages, indexed by `person_id`.

    Parameters
    ----------
    judged : pandas.DataFrame
        As `netquality.interactions.judge_talk` returns it.
    as_of : pandas.Timestamp
        The same instant.
    """
    real = judged[judged["is_real"]].assign(day=lambda rows: rows["at"].dt.floor("D"))
    person = real.groupby("person_id", sort=True)
    days = person["day"].nunique()
    table = pd.DataFrame(index=days.index)
    table["contact_days"] = days
    for side in ("sent", "received"):
        table[f"{side}_count"] = (real["direction"] == side).groupby(real["person_id"]).sum()
        table[f"{side}_days"] = _by_side(real, side)["day"].nunique()
    written = table[["sent_days", "received_days"]].fillna(0)
    table["mutual_contact_days"] = written.min(axis=1)
    for name, side in (("given", "sent"), ("received", "received")):
        answers = real["is_answer"] & (real["direction"] == side)
        table[f"answers_{name}_count"] = answers.groupby(real["person_id"]).sum()
    table["first_message_at"] = person["at"].min()
    table["last_message_at"] = person["at"].max()
    table["silent_days"] = (as_of - table["last_message_at"]).dt.days
    last = real.drop_duplicates("person_id", keep="last").set_index("person_id")["direction"]
    table["last_writer"] = last.map({"sent": "you", "received": "they"})
    theirs = real["at"].where(real["direction"] == "received").groupby(real["person_id"])
    unanswered = real[(real["direction"] == "sent") & ~(real["at"] <= theirs.transform("max"))]
    table["unanswered_days"] = unanswered.groupby("person_id")["day"].nunique()
    table["unanswered_days"] = table["unanswered_days"].fillna(0)
    talk = real[real["is_talk"]]
    table["talk_days"] = talk.groupby("person_id")["day"].nunique()
    table["first_talk_at"] = talk.groupby("person_id")["at"].min()
    table["last_talk_at"] = talk[talk["is_answer"]].groupby("person_id")["at"].max()
    for side in ("sent", "received"):
        spoken = _by_side(talk, side)["day"]
        table[f"{side}_talk_span_days"] = (spoken.max() - spoken.min()).dt.days
    return table.drop(columns=["sent_days", "received_days"])


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


def _by_side(rows: pd.DataFrame, side: str) -> pd.api.typing.DataFrameGroupBy[Any, Any]:
    return rows[rows["direction"] == side].groupby("person_id")


def _set_aside(
    interactions: pd.DataFrame, judged: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Count what is on file but is no talk, and esteem of other kinds, by `person_id`."""
    greetings = judged[judged["is_canned"]]
    unanswered = judged["is_note"] & ~judged["is_real"] & ~judged["is_canned"]
    past = interactions[interactions["at"] <= as_of]
    years = greetings["at"].dt.year.groupby(greetings["person_id"]).nunique()

    def count(rows: pd.DataFrame) -> pd.Series:
        return rows.groupby("person_id").size()

    return pd.DataFrame(
        {
            "greeting_count": count(greetings),
            "greeting_years_count": years,
            "unanswered_note_count": count(judged[unanswered]),
            "possible_note_count": count(judged[judged["is_possible_note"]]),
            "group_message_count": count(past[past["is_group"]]),
        }
        | {
            f"{kind}_{name}_count": count(
                past[(past["kind"] == kind) & (past["direction"] == direction)]
            )
            for kind in ("recommendation", "endorsement")
            for name, direction in (("given", "sent"), ("received", "received"))
        }
    )
