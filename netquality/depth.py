"""Depth of what was written here, in three bands: never the worth of a person.

Two figures that a reader can check decide: on how many days each of the two wrote, and in how many
calendar years there was talk. No number between 0 and 1 is made of them; charts use mutual contact
days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from netquality.errors import SettingError
from netquality.rules import as_rule, need_whole_numbers
from netquality.tables import MEASURES, check

__all__ = ["DEPTHS", "DepthRule", "depth_of"]

DEPTHS: Final = ("thin", "some", "deep")
"""From the least to the most."""


@dataclass(frozen=True)
class DepthRule:
    """The cut points of depth; docs/how-it-decides.md gives their reasons.

    Attributes
    ----------
    some_days : int
        Mutual contact days from which on the exchange is more than thin.
    deep_days : int
        Mutual contact days from which on it may be deep.
    deep_years : int
        Calendar years with talk from which on it may be deep; both are needed.

    Raises
    ------
    SettingError
        When one is no whole number above 0, or `deep_days` is below `some_days`.

    Examples
    --------
    >>> DepthRule(deep_years=5).deep_days
    10
    """

    some_days: int = 3
    deep_days: int = 10
    deep_years: int = 3

    def __post_init__(self) -> None:
        """Refuse what cannot be meant, all at once."""
        need_whole_numbers(self)
        if self.deep_days < self.some_days:
            raise SettingError(
                f"DepthRule: deep_days={self.deep_days} is below some_days={self.some_days}. "
                "Deep needs at least as many days as some."
            )


def depth_of(people: pd.DataFrame, *, rule: DepthRule | None = None) -> pd.Series:
    """Return the depth of what the owner and each person wrote here.

    Parameters
    ----------
    people : pandas.DataFrame
        With `mutual_contact_days`, `talk_years_count` and `last_talk_at` of
        `netquality.tables.MEASURES`.
    rule : DepthRule, optional
        The cut points.

    Returns
    -------
    pandas.Series
        An ordered categorical of `DEPTHS`, missing where there was no talk: `deep` from 10 mutual
        contact days on, with talk in 3 calendar years or more; else `some` from 3 mutual contact
        days on; else `thin`.

    Raises
    ------
    TableError
        When a column is missing.

    Examples
    --------
    >>> people = pd.DataFrame({
    ...     "mutual_contact_days": pd.array([1, 40, 40, 0], "Int64"),
    ...     "talk_years_count": pd.array([1, 1, 6, 0], "Int64"),
    ...     "last_talk_at": pd.to_datetime(["2020-01-01"] * 3 + [None], utc=True).as_unit("us"),
    ... })
    >>> depth_of(people).tolist()
    ['thin', 'some', 'deep', nan]
    """
    check(people, MEASURES, only=("mutual_contact_days", "talk_years_count", "last_talk_at"))
    rule = as_rule(rule, DepthRule)
    days, years = (
        people[name].to_numpy(np.float64, na_value=np.nan)
        for name in ("mutual_contact_days", "talk_years_count")
    )
    band = (days >= rule.some_days).astype(np.int64)
    band[(days >= rule.deep_days) & (years >= rule.deep_years)] = 2
    band[people["last_talk_at"].isna().to_numpy()] = -1
    bands = pd.Categorical.from_codes(band, pd.Index(DEPTHS), ordered=True)
    return pd.Series(bands, people.index, name="depth")
