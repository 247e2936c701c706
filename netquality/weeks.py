"""In which of its weeks a list has somebody, as the journal and the calendar read it."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from pandas.api import types

__all__ = ["NO_WEEK", "weeks_of"]

NO_WEEK: Final = "'week' holds something that is no whole number from 1"
_LAST: Final = 10**9
"""A week that no calendar has."""


def weeks_of(proposals: pd.DataFrame) -> pd.Series[int]:
    """Return the week of each row, whatever dtype it has; 0 where it is no whole number from 1.

    Examples
    --------
    >>> weeks_of(pd.DataFrame({"week": [1.0, 2.5, None, 3.0]})).tolist()  # as a merge leaves it
    [1, 0, 0, 3]
    """
    given: Any = proposals["week"]
    if types.is_object_dtype(given.dtype):
        given = pd.to_numeric(given, errors="coerce")
    if not (types.is_integer_dtype(given.dtype) or types.is_float_dtype(given.dtype)):
        return pd.Series(0, index=given.index)
    number = given.astype("Float64").fillna(0).astype("float64").clip(upper=_LAST)
    weeks: pd.Series[int] = number.where((number >= 1) & (number % 1 == 0), 0).astype("int64")
    return weeks
