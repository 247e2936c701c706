"""Which cards an answer is about, where they bear another id than on the day it was given.

The id of a card is its address alone where no other card has that address, and has the name too
where one does. So the same card is called otherwise beside another book, or without it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from netquality.combining.cards import APART, BESIDE, label_keys, told_apart
from netquality.combining.joining import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from netquality.combining.records import Record
    from netquality.decisions import Decisions

__all__ = ["Understood", "understand"]


class Understood(NamedTuple):
    """The answers by the ids that records have now.

    Attributes
    ----------
    said : list of Answer
    strangers : int
        How many are about somebody who is not here.
    unclear : int
        How many are about an address that several cards have by now, and it is not told which.
    """

    said: list[Answer]
    strangers: int
    unclear: int


def understand(answers: Decisions, records: Iterable[Record], contacts: pd.DataFrame) -> Understood:
    """Return which of the records each answer is about; an answer is given to nobody else.

    Parameters
    ----------
    answers : Decisions
    records : iterable of Record
        One per person and per contact.
    contacts : pandas.DataFrame
        The rows of all books, told apart.
    """
    names = {name: record.names for record in records for name in record.ids}
    table = answers.table
    rows = list(zip(table["person_id"], table["record_id"], table["is_same"], strict=True))
    if all(one in names and other in names for one, other, _ in rows):
        calls = _Calls({}, {}, frozenset())
    else:
        calls = _calls(contacts)
    said: list[Answer] = []
    strangers = unclear = 0
    for number, (one, other, same) in enumerate(rows):
        ends = [[end] if end in names else calls.cards(end) for end in (one, other)]
        pairs = [(a, b) for a, b in product(*ends) if a != b]
        if same and len(pairs) > 1:  # the one with the name of whom it was said to be
            pairs = [(a, b) for a, b in pairs if names[a] & names[b]]
            pairs = pairs if len(pairs) == 1 else []
        said.extend(Answer(number, *pair, same) for pair in pairs)
        is_here = [end in names or calls.knows(end) for end in (one, other)]
        # names inside the export are its reader's business
        strangers += not is_here[0] or (not is_here[1] and not other.startswith("name:"))
        unclear += all(is_here) and not pairs and one != other
    return Understood(said, strangers, unclear)


@dataclass(frozen=True)
class _Calls:
    """What cards were or may have been called."""

    named: Mapping[str, set[str]]
    alone: Mapping[str, set[str]]
    shared: frozenset[str]

    def cards(self, called: str) -> list[str]:
        """Return the cards that had this id beside another book, else alone in their own."""
        return sorted(self.named.get(called) or self.alone.get(called) or ())

    def knows(self, called: str) -> bool:
        return bool(self.cards(called)) or called in self.shared


def _calls(contacts: pd.DataFrame) -> _Calls:
    named: dict[str, set[str]] = defaultdict(set)
    alone: dict[str, set[str]] = defaultdict(set)
    shared = set()
    for card, name, labels in label_keys(contacts):
        own = card.partition(APART)[0]
        beside = told_apart(name)
        address = own.removesuffix(f"{BESIDE}{beside}")
        for label in labels:
            named[f"{address}{APART}{label}"].add(card)
        if address != own:
            shared.add(address)
        else:
            alone[own].add(card)
            named[f"{own}{BESIDE}{beside}"].add(card)
    return _Calls(named, alone, frozenset(shared))
