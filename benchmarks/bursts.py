"""How often bursts of connecting are found where there are none, and where there are some.

    python benchmarks/bursts.py [--write]

Histories are made up: sittings come at random, at a pace that follows the week and drifts over the
years, and each brings one connection or several. Into half of them an event is put: 14 people on a
day and 6 on the next. Prints the table of docs/bursts.md; with --write it is put there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from flags import share
from pages import print_or_write

from netquality.bursts import find_bursts

ROUNDS = 100
WEEK = np.array([1.1, 1.2, 1.2, 1.1, 0.9, 0.3, 0.4])


class Kind(NamedTuple):
    """A kind of history."""

    connections: int
    years: int
    theta: float
    """Of the sizes of sittings (log-series); 0: one connection each."""
    drift: float
    """Standard deviation of the pace's change per day, in logarithms."""


KINDS = [
    Kind(connections, years, theta, drift)
    for connections, years in ((300, 10), (900, 12), (3_000, 12), (10_000, 15))
    for theta in (0.0, 0.6, 0.8)
    for drift in (0.02,)
] + [Kind(10_000, 15, 0.0, 0.04), Kind(900, 12, 0.6, 0.04)]


def history(kind: Kind, seed: int) -> pd.Series:
    """Return connect dates without any event."""
    rng = np.random.default_rng(seed)
    days = 365 * kind.years
    pace = np.exp(np.cumsum(rng.normal(0, kind.drift, days)))
    pace = np.clip(pace / pace.mean(), 0.1, 6) * WEEK[np.arange(days) % 7]
    mean = rng.logseries(kind.theta, 20_000).mean() if kind.theta else 1.0
    sittings = rng.poisson(pace / pace.sum() * kind.connections / mean)
    each = [
        int(rng.logseries(kind.theta, number).sum()) if kind.theta and number else int(number)
        for number in sittings
    ]
    dates = pd.date_range("2010-01-04", periods=days).as_unit("us").to_numpy()
    return pd.Series(np.repeat(dates, each))


def line(kind: Kind) -> str:
    """Return a row of the table."""
    alarms = hits = 0
    for seed in range(ROUNDS):
        plain = history(kind, seed)
        alarms += len(find_bursts(plain)) > 0
        day = pd.Timestamp("2010-01-04") + pd.Timedelta(days=365 * kind.years // 2)
        event = pd.Series([day] * 14 + [day + pd.Timedelta(days=1)] * 6).dt.as_unit("us")
        found = find_bursts(pd.concat([plain, event]))
        hits += bool(((found["first_on"] <= day) & (found["last_on"] >= day)).any())
    size = f"about {kind.theta:g}" if kind.theta else "always one"
    return (
        f"| {kind.connections:,} in {kind.years} years | {size} | {kind.drift:g} "
        f"| {share(alarms, ROUNDS)} | {share(hits, ROUNDS)} |"
    )


def tables() -> str:
    """Return the table in Markdown."""
    head = "| connections | sittings | drift | histories with a false alarm | events found |\n"
    return head + "| --- | --- | --- | --- | --- |\n" + "\n".join(line(kind) for kind in KINDS)


if __name__ == "__main__":
    print_or_write("bursts.md", tables, __doc__ or "")
