"""The date at which a table of people was judged: what it still shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.errors import TableError

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["judged_on", "need_same_date"]


def judged_on(people: pd.DataFrame) -> pd.Timestamp | None:
    """Return a moment within a day before the one that people were judged at.

    It is of the same UTC day where they were judged at a day's end, as exports are. None where
    nobody has a real message.

    Examples
    --------
    >>> import netquality as nq
    >>> judged_on(nq.assess(nq.load_sample())).date()
    datetime.date(2026, 11, 20)
    """
    wrote = people[people["last_message_at"].notna()]
    if wrote.empty:
        return None
    silent = pd.to_timedelta(wrote["silent_days"].astype("int64"), unit="D")
    latest: pd.Timestamp = (wrote["last_message_at"] + silent).max()
    return latest


def need_same_date(people: pd.DataFrame, network: Network) -> None:
    """Raise `TableError` where people were judged as of another date than the network's."""
    silent = (network.as_of - people["last_message_at"].dropna()).dt.days
    if (silent != people["silent_days"].dropna()).any():
        raise TableError(
            "people: was judged as of another date than that of the network. Give what "
            "nq.assess(network) returns, without as_of."
        )
