"""Whom the owner knows at a company or a school, and how well, as far as the export shows it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.errors import SettingError
from netquality.network import need_network
from netquality.places import places_among
from netquality.reasons import same_employer
from netquality.tables import MEASURES, PEOPLE, STATUS_COLUMNS, check
from netquality.words import day_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from netquality.network import Network
    from netquality.places import Places

__all__ = ["who_at"]

COLUMNS: Final = (
    "person_id", "name", "position", "company", "status_shown", "depth", "last_talk_at", "found_by",
    "reasons",
)  # fmt: skip


def who_at(
    network: Network,
    people: pd.DataFrame,
    place: str,
    *,
    called: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Say whom the owner knows at a company or a school, the deepest exchange first.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returns it.
    place : str
        A company or a school, in any spelling that `netquality.place_names` takes for it.
    called : mapping of str to str, optional
        Your own word on a name, as `netquality.place_names` takes it.

    Returns
    -------
    pandas.DataFrame
        `person_id`, `name`, `position`, `company`, `status_shown`, `depth`, `last_talk_at`,
        `found_by` (``company``: it is the employer named; ``words``: employer or position have
        these words in them) and `reasons`. Where somebody's employer is that very one, nobody is
        found by words in the employer alone: Delta Dental is not Delta. First by depth of what was
        written, then by mutual contact days, then by when the last talk was. Whom the owner hides
        is left out. No row where nobody is found.

    Raises
    ------
    SettingError
        When `place` is no text with a letter or a digit.
    TableError
        When `people` is no such table.

    Notes
    -----
    Employers and positions are those of the export's day; where somebody worked before, or went to
    school without saying so in either, no export of the owner's shows.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> people = nq.assess(network)
    >>> known = nq.who_at(network, people, "tessel & pine")
    >>> sorted(known["company"].unique())
    ['Tessel & Pine', 'Tessel & Pine B.V.', 'tessel & pine']
    """
    need_network(network)
    for table in (PEOPLE, MEASURES, STATUS_COLUMNS):
        check(people, table)
    if not isinstance(place, str) or not any(map(str.isalnum, place)):
        raise SettingError("place: is no name. Give a company or a school, like 'Acme'.")
    people = people[~people["is_hidden"]]
    places = places_among(network, people, called)
    found = _found(people, place, places)
    there = people.assign(found_by=found)[found.notna()]
    rank = there["depth"].cat.codes if len(there) else pd.Series(dtype="int8")
    talk = there["last_talk_at"]
    order = there.assign(rank=rank, talk=talk).sort_values(
        ["rank", "mutual_contact_days", "talk", "person_id"],
        ascending=[False, False, False, True],
        na_position="last",
    )
    reasons = [" ".join(_reasons(row)) for row in order.itertuples(index=False)]
    told = order.assign(reasons=pd.Series(reasons, index=order.index, dtype="str"))
    return told[list(COLUMNS)].reset_index(drop=True)


def _found(people: pd.DataFrame, place: str, places: Places) -> pd.Series:
    """Return what each person is found by, missing for who is not."""
    key = places.key_of(place)
    is_there = (places.of(people["company"])["key"] == (key or "")).fillna(value=False)
    pattern = re.compile(rf"(?<!\w){re.escape(_plain(place))}(?!\w)")
    asked = [people["position"]] if is_there.any() else [people["position"], people["company"]]
    texts = zip(*(said.fillna("").map(_plain) for said in asked), strict=True)
    by_words = [any(pattern.search(text) for text in row) for row in texts]
    found = pd.Series(None, index=people.index, dtype="str")
    return found.mask(pd.Series(by_words, index=people.index, dtype=bool), "words").mask(
        is_there, "company"
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _reasons(row: Any) -> list[str]:
    """Return what is on record of somebody, and how the tie began."""
    said = [] if pd.isna(row.status_reason) else [row.status_reason]
    if pd.notna(row.is_colleague_then) and row.is_colleague_then:
        said.append(same_employer(row.company, "when you connected"))
    if pd.notna(row.is_school_then) and row.is_school_then:
        said.append("You were at the school their profile names when you connected.")
    if pd.notna(row.event_on):
        said.append(f"You connected in a burst of connections from {day_text(row.event_on)} on.")
    return said or ["Nothing is on record here but the name."]
