"""Whom to write to again in the report: with reasons, a thought, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.reconnecting import ReconnectRule, kept_out, reconnect
from netquality.reconnecting.outcomes import list_outcomes

if TYPE_CHECKING:
    from netquality.journal import Journal
    from netquality.network import Network

__all__ = ["Worth", "worth_of"]

SUGGESTED: Final = 10


@dataclass(frozen=True)
class Suggestion:
    """One person of the list, as the page shows them."""

    name: str
    work: str
    reasons: str
    prompt: str
    unknown: str

    @property
    def first_reason(self) -> str:
        """What was: the first sentence of the reasons, which has no full stop within."""
        head, stop, _ = self.reasons.partition(". ")
        return f"{head}." if stop else head


@dataclass(frozen=True)
class Worth:
    """What the page shows of the list.

    Attributes
    ----------
    people : list of Suggestion
    unknown : str
        What is not known of any of them, where that is the same.
    resting : int
        How many connections rest.
    kept_out : int
        How many of those who rest are kept out by the owner's own word.
    outcomes, caveat : str
        What came of the lists that were kept, and what that cannot tell; empty without any.
    named : frozenset of str
        Whom the list names, by `person_id`.
    """

    people: list[Suggestion]
    unknown: str
    resting: int
    kept_out: int
    outcomes: str
    caveat: str
    named: frozenset[str]


def worth_of(network: Network, people: pd.DataFrame, *, journal: Journal | None = None) -> Worth:
    """Return what is shown of the people to write to again."""
    table = people.head(0)
    if network.has_messages:
        table = reconnect(people, SUGGESTED, network=network)
    found = _suggestions(table)
    unknown = {one.unknown for one in found}
    outcomes = list_outcomes(journal, network) if journal is not None else people.head(0)
    resting = people[(people["status"] == "dormant") & people["is_connection"]]
    day = pd.Timestamp(network.as_of.date())
    return Worth(
        people=found,
        unknown=unknown.pop() if len(unknown) == 1 else "",
        resting=len(resting),
        kept_out=int(kept_out(resting, ReconnectRule(), day).sum()),
        outcomes=outcomes.attrs["sentence"] if len(outcomes) else "",
        caveat=outcomes.attrs["caveat"] if len(outcomes) else "",
        named=frozenset(table["person_id"]),
    )


def _suggestions(table: pd.DataFrame) -> list[Suggestion]:
    found = []
    for row in table.to_dict("records") if "reasons" in table else []:
        work = [row[name] for name in ("position", "company") if isinstance(row[name], str)]
        name = row["name"] if isinstance(row["name"], str) else row["person_id"]
        said = (row["reasons"], row["prompt"], row["unknown"])
        found.append(Suggestion(name, ", ".join(work), *said))
    return found
