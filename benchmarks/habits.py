"""How often the intervals of habits cover what was planted in samples with other seeds.

    python benchmarks/habits.py [--write]

Makes samples of 900 connections with and without the planted effects: the owner asks less than the
others, and opens more conversations around changes of job. Prints the table of docs/habits.md; with
--write it is put there.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
from flags import share
from pages import print_or_write

import netquality as nq
from netquality.sample import SampleSettings, write_sample

SEEDS = 200
LEVEL = 0.05


class Found(NamedTuple):
    """The interval of the ratio of questions on one sample, and the p-value of outreach."""

    asking: tuple[float, float]
    p_value: float


def found(seed: int, listening: float, outreach: float) -> Found:
    """Return what is found on one sample."""
    settings = replace(
        SampleSettings(), seed=seed, listening=listening, job_change_outreach=outreach
    )
    with tempfile.TemporaryDirectory() as home:
        network = nq.read_linkedin(write_sample(home, settings=settings).folder)
    people = nq.assess(network)
    asking = nq.habits.listening(network, people).set_index("measure").loc["questions"]
    change = nq.habits.need_driven_outreach(network, people)
    (p_value,) = change["p_value"].to_numpy(float, na_value=np.nan)
    return Found((float(asking["low"]), float(asking["high"])), p_value)


def table() -> str:
    """Return a line per habit and planted ratio."""
    lines = [
        "| habit | planted | samples | intervals that cover it | a difference is claimed |",
        "| --- | --- | --- | --- | --- |",
    ]
    rest = []
    with ProcessPoolExecutor(2) as pool:
        for listening, outreach in ((0.6, 3.0), (1.0, 1.0)):
            one = partial(found, listening=listening, outreach=outreach)
            each = list(pool.map(one, range(1, SEEDS + 1)))
            count = len(each)
            covered = sum(low <= listening <= high for (low, high), _ in each)
            claimed = sum(low > 1 or high < 1 for (low, high), _ in each)
            lines.append(
                f"| questions, you to them | {listening} | {count} | {share(covered, count)} | "
                f"{share(claimed, count)} |"
            )
            each = [one for one in each if not np.isnan(one.p_value)]  # three changes or more
            count = len(each)
            claimed = sum(p < LEVEL for _, p in each)
            rest.append(
                f"| outreach near a change to other times | {outreach} | {count} | | "
                f"{share(claimed, count)} |"
            )
    return "\n".join([*lines, *rest])


if __name__ == "__main__":
    print_or_write("habits.md", table, __doc__ or "")
