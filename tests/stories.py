"""Networks made of letters: what two people wrote to each other, told in a line.

``S`` a real message the owner sent, ``R`` one received, ``C``/``c`` a set phrase sent/received,
``N``/``n`` an invitation note, ``G``/``g`` a message to a group, ``Q``/``q`` a real one with a
question. Each letter takes a day; so does a blank, with nothing written; ``|`` is 30 days more;
letters in brackets are of one day, an hour apart.
"""

from __future__ import annotations

import pandas as pd

from netquality.identity import Owner
from netquality.network import Network, instant
from netquality.tables import (
    COVERAGE,
    INTERACTIONS,
    PARTICIPANTS,
    PEOPLE,
    POSITIONS,
    REJECTS,
    build,
    empty,
)

AS_OF = "2026-11-20"
BEGIN = "2020-01-02 10:00"
LETTERS = "SRQqCcNnGg"


def rows_of(story: str, person: str = "p", begin: str = BEGIN) -> list[dict]:
    """Return the interactions of a story."""
    at, in_day, rows = pd.Timestamp(begin, tz="UTC").as_unit("us"), False, []
    for letter in story:
        if letter in "()":
            in_day = letter == "("
            at += pd.Timedelta(0) if in_day else pd.Timedelta(days=1)
            at = at.normalize() + pd.Timedelta(hours=10)
            continue
        if letter in LETTERS:
            rows.append(row(letter, at, person))
        step = {"|": pd.Timedelta(days=30)}.get(letter, pd.Timedelta(days=1))
        at += pd.Timedelta(hours=1) if in_day else step
    return rows


def row(letter: str, at: pd.Timestamp, person: str = "p") -> dict:
    """Return one interaction of a letter."""
    group = letter in "Gg"
    return {
        "person_id": person,
        "at": at,
        "direction": "sent" if letter in "SQCNG" else "received",
        "kind": "message",
        "thread_id": f"{person}-{'group' if group else 'two'}",
        "recipient_count": 3 if group else 1,
        "character_count": {"S": 30, "R": 10}.get(letter, 20),
        "question_count": 2 if letter in "Qq" else 0,
        "is_group": group,
        "is_canned": letter in "Cc",
        "is_note": letter in "Nn",
        "is_possible_note": False,
        "is_real": False,
    }


def network_of(
    rows: list[dict],
    connected: dict[str, str | None] | str | None = "2019-06-01",
    *,
    as_of: str = AS_OF,
    people: dict[str, dict] | None = None,
    **tables: pd.DataFrame,
) -> Network:
    """Return a network of these interactions; everybody in it is a connection."""
    ids = sorted({row["person_id"] for row in rows} | set(people or {}))
    table = pd.DataFrame({"person_id": pd.Series(ids, dtype="str")})
    days = [connected.get(one) if isinstance(connected, dict) else connected for one in ids]
    table = table.assign(
        profile_key=table["person_id"], name=table["person_id"].str.title(), source="made",
        matched_by="profile", is_connection=True, is_ambiguous=False,
        connected_on=pd.to_datetime(pd.Series(days, dtype="object")).astype("datetime64[us]"),
        noted_on=pd.Series(pd.NaT, index=table.index, dtype="datetime64[us]"),
        **dict.fromkeys(
            ("given_name", "family_name", "maiden_name", "credentials", "company", "position",
             "email"), pd.Series(None, index=table.index, dtype="str")),
    )  # fmt: skip
    for who, said in (people or {}).items():
        for name, value in said.items():
            table.loc[table["person_id"] == who, name] = value
    frame = pd.DataFrame(rows) if rows else empty(INTERACTIONS)
    members = sorted({(r["thread_id"], r["person_id"]) for r in rows if r["is_group"]})
    made = {
        "interactions": build(INTERACTIONS, dict(frame.items())),
        "participants": build(
            PARTICIPANTS,
            dict(pd.DataFrame(members, columns=["thread_id", "person_id"], dtype="str").items()),
        ),
        "positions": empty(POSITIONS),
        "coverage": empty(COVERAGE),
        "rejects": empty(REJECTS),
    }
    return Network(
        people=build(PEOPLE, dict(table.items())),
        **(made | tables),
        owner=Owner("Olga Ovens", "olga-ovens", "the test"),
        as_of=instant(as_of),
        as_of_source="test",
        kinds=frozenset(("connections", "messages", "invitations", "follows")),
    )


def one(story: str, connected: str | None = "2019-06-01", **more) -> Network:
    """Return a network of the owner and ``p``."""
    return network_of(rows_of(story), connected, people={"p": {}}, **more)
