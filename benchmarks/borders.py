"""The statuses of the sample against its truth, and who stands near a border.

    python benchmarks/borders.py [--write]

Prints the tables of docs/borders.md; with --write they are put there.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pages import print_or_write

import netquality as nq
from netquality.status import LABELS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import oracle  # noqa: E402 - the rules once more, in plain loops

TRUTH = ROOT / "data" / "sample" / "truth"
NEAR = 0.25
"""A border is near if a number a quarter smaller or larger changes the status."""


def by_hand() -> dict[str, str]:
    """Return the status of every connection as plain loops over the truth give it."""
    truth = json.loads((TRUTH / "truth.json").read_text("utf-8"))
    employer = next(job["spellings"] for job in truth["jobs"] if job["finished_on"] is None)
    people = [row for row in oracle.read(TRUTH / "people.csv") if row["is_hidden"] != "True"]
    names = Counter(row["name"] for row in people)
    praised = {
        row["name"]
        for row in people
        if "True" in (row["has_recommended_owner"], row["is_recommended_by_owner"])
    }
    # a recommendation bears a name only: with two of the name it counts for neither
    ambiguous = {
        row["profile_key"] for row in people if names[row["name"]] > 1 and row["name"] in praised
    }
    owner = truth["owner"]["profile_key"]
    return oracle.statuses(TRUTH, date.fromisoformat(truth["settings"]["as_of"]), owner, employer,
                           ambiguous)  # fmt: skip


def accuracy(people: pd.DataFrame) -> str:
    """Return precision and recall of each status over the truth, as a table."""
    truth = by_hand()
    ours = people[people["is_connection"]].set_index("profile_key")["status"].to_dict()
    lines = ["| status | by the truth | by netquality | both | precision | recall |",
             "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for status in STATUSES:
        wanted = {key for key, found in truth.items() if found == status}
        given = {key for key, found in ours.items() if found == status}
        both = len(wanted & given)
        lines.append(
            f"| {LABELS[status]} | {len(wanted)} | {len(given)} | {both} | "
            f"{both / len(given):.2f} | {both / len(wanted):.2f} |"
        )
    return "\n".join(lines)


def near(network: nq.Network, people: pd.DataFrame) -> str:
    """Return who would have another status if one number were a little different."""
    rule = nq.StatusRule()
    own = people[people["is_connection"]].set_index("person_id")
    lines = ["| number | would have to be | person | figure | is | would be |",
             "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for name in (
        "active_within_days",
        "relationship_days",
        "new_within_days",
        "answer_within_days",
    ):
        now = getattr(rule, name)
        for other in (round(now * (1 - NEAR)), round(now * (1 + NEAR))):
            changed = nq.assess(network, rule=replace(rule, **{name: other}))
            changed = changed.set_index("person_id").loc[own.index, "status"]
            for key in own.index[changed != own["status"]]:
                row = own.loc[key]
                lines.append(
                    f"| `{name}` = {now} | {other} | {row['name']} | {_figure(name, row, network)} "
                    f"| {LABELS[row['status']]} | {LABELS[changed[key]]} |"
                )
    return "\n".join(lines)


def _figure(name: str, row: pd.Series, network: nq.Network) -> str:
    """Return what stands near the border."""
    if name == "active_within_days":
        return f"last talk {(network.as_of - row['last_talk_at']).days} days before"
    if name == "relationship_days":
        spans = (row["sent_talk_span_days"], row["received_talk_span_days"])
        return f"talk spans {min(spans)} days on the shorter side"
    if name == "new_within_days":
        age = (network.as_of.tz_localize(None) - row["connected_on"]).days
        return f"connected {age} days before"
    return f"{row['answers_given_count'] + row['answers_received_count']} answers in time"


def tables() -> str:
    """Return both tables in Markdown."""
    network = nq.load_sample()
    people = nq.assess(network)
    return f"{accuracy(people)}\n\n{near(network, people)}"


if __name__ == "__main__":
    print_or_write("borders.md", tables, __doc__ or "")
