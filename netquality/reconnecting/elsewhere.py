"""Who is from where nobody is with whom the owner is in touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import SettingError
from netquality.identity import NO_COMPANY, company_keys

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["WHY", "circles_of", "elsewhere", "employers_of"]

WHY: Final = (
    "From elsewhere, for the most useful reconnections of executives were often not the "
    "comfortable ones (Walter, Levin and Murnighan 2015)."
)
"""Why anybody would look there; it is said once of a list, for it says nothing of one person."""


def circles_of(people: pd.DataFrame, communities: pd.Series | None) -> pd.Series:
    """Return the circle of each person, by `person_id`; missing where none is known.

    Raises
    ------
    SettingError
        When `communities` is no Series of circles by person.
    """
    ids = people["person_id"]
    if communities is None:
        return pd.Series(None, index=ids, dtype="object")
    is_series = isinstance(communities, pd.Series) and communities.index.is_unique
    if not is_series or not communities.map(pd.api.types.is_hashable).all():
        raise SettingError("communities: give a Series of circles by person_id, each person once.")
    return communities.astype("object").reindex(ids)


def employers_of(people: pd.DataFrame) -> pd.Series:
    """Return one key per employer, however it is spelt, with the index of `people`."""
    keys = company_keys(people["company"])
    return keys.mask(keys.isin(NO_COMPANY))


def elsewhere(
    some: pd.DataFrame, people: pd.DataFrame, circles: pd.Series, talked: pd.Series
) -> pd.Series:
    """Return a sentence for who is from elsewhere, missing for the others; with `some`'s index.

    Nobody with whom the owner is in touch, here or by the owner's word, is at their employer, nor
    in their circle where that is known.

    Parameters
    ----------
    some : pandas.DataFrame
        Those who may be proposed.
    people : pandas.DataFrame
        Everybody.
    circles : pandas.Series
        As `circles_of` gives it.
    talked : pandas.Series of bool
        With whom of everybody the owner says that they talked lately.
    """
    close = (people["owner_label"] == "close").fillna(value=False) | people["is_off_platform"]
    in_touch = people[(people["status"] == "active").fillna(value=False) | close | talked]
    at_work = set(employers_of(in_touch).dropna())
    around = set(in_touch["person_id"].map(circles).dropna())
    firms, groups = employers_of(some), some["person_id"].map(circles)
    said = [
        _sentence(name, key, group, at_work, around)
        for name, key, group in zip(some["company"], firms, groups, strict=True)
    ]
    return pd.Series(said, some.index, dtype="object")


def _sentence(
    name: object, firm: object, group: Any, at_work: set[Hashable], around: set[Hashable]
) -> str | None:
    is_new_firm = isinstance(firm, str) and firm not in at_work
    if pd.isna(group):
        where = f"at {name}" if is_new_firm else ""
    elif group in around or (isinstance(firm, str) and not is_new_firm):
        where = ""
    else:
        where = f"at {name} or in their circle" if is_new_firm else "in their circle"
    return f"Nobody you are in touch with is {where}." if where else None
