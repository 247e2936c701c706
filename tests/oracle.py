"""The statuses of the sample, counted by hand: plain loops over the truth, none of our code.

The truth says what each message is by nature (real, canned, note ...). The rules of design.md say
what follows from that. This file is those rules once more, the slow way, so that the library and
the sample are held against something that is neither.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HALF_YEAR = timedelta(days=180)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def talk_between(messages: list[tuple[datetime, str, str, bool]], connected: date | None):
    """Return (anything real, talk) of one person: rows are (at, side, nature, is matched note)."""
    rows = sorted(row for row in messages if row[2] in ("real", "note"))
    plain = [row for row in rows if not row[3]]
    real = []
    for number in range(len(rows) - 1, -1, -1):  # the last first: a note waits for its answer
        at, side, _, matched = rows[number]
        if matched:
            following = real[0] if real else None
            if following and following[1] != side and following[0] - at <= HALF_YEAR:
                real.insert(0, rows[number])
        elif number == 0 and len(plain) == 1 and connected == at.date():
            continue  # possibly a note
        else:
            real.insert(0, rows[number])
    talk = []
    for before, after in pairwise(real):
        if before[1] != after[1] and after[0] - before[0] <= HALF_YEAR:
            talk.append((before, after))
    return real, talk


def statuses(
    home: Path, as_of: date, owner: str, employer: list[str], ambiguous: set[str]
) -> dict[str, str]:
    """Return the status of every connection that is not hidden, by profile key."""
    by_person: dict[str, list] = defaultdict(list)
    for row in read(home / "messages.csv"):
        if row["what"] not in ("real", "canned", "note") or int(row["recipient_count"]) > 1:
            continue
        if row["what"] == "note" and row["set_phrase"]:
            continue
        at = datetime.fromisoformat(row["at"])
        sent = row["from_key"] == owner
        person = row["to_keys"] if sent else row["from_key"]
        side = "owner" if sent else "other"
        matched = row["what"] == "note" and row["in_invitations"] == "True"
        by_person[person].append((at, side, row["what"], matched))
    found = {}
    for person in read(home / "people.csv"):
        if person["is_connection"] != "True" or person["is_hidden"] == "True":
            continue
        connected = date.fromisoformat(person["connected_on"])
        real, talk = talk_between(by_person[person["profile_key"]], connected)
        found[person["profile_key"]] = _status(
            person, connected, real, talk, as_of, employer, ambiguous
        )
    return found


def _status(person, connected, real, talk, as_of, employer, ambiguous) -> str:
    if talk:
        days = {"owner": [], "other": []}
        for pair in talk:
            for at, side, *_ in pair:
                days[side].append(at.date())
        if all(max(some) - min(some) > timedelta(days=7) for some in days.values()):
            last = max(after[0].date() for _, after in talk)
            return "active" if (as_of - last).days <= 395 else "dormant"
        return "brief"
    if not real:
        elsewhere = (
            person["profile_key"] in ambiguous
            or person["has_recommended_owner"] == "True"
            or person["is_recommended_by_owner"] == "True"
            or person["company"] in employer
        )
        if elsewhere:
            return "unknown"
    if (as_of - connected).days < 90:
        return "new"
    return "one_way" if real else "feather"
