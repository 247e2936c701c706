"""How often the interval of a habit covers what was planted in samples with other seeds.

    python benchmarks/habits.py [--write]

Makes samples of 900 connections with and without the planted imbalance of questions, and asks
`nq.habits.listening` of each. Prints the table of docs/habits.md; with --write it is put there.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

from flags import share
from pages import print_or_write

import netquality as nq
from netquality.sample import SampleSettings, write_sample

SEEDS = 200
RATIOS = (0.6, 1.0)


def asked(seed: int, ratio: float) -> tuple[float, float]:
    """Return the interval of the ratio of questions on one sample."""
    with tempfile.TemporaryDirectory() as home:
        settings = replace(SampleSettings(), seed=seed, listening=ratio)
        network = nq.read_linkedin(write_sample(home, settings=settings).folder)
    table = nq.habits.listening(network, nq.assess(network)).set_index("measure")
    return float(table.loc["questions", "low"]), float(table.loc["questions", "high"])


def table() -> str:
    """Return a line per planted ratio."""
    lines = [
        "| planted | samples | intervals that cover it | a difference is claimed |",
        "| --- | --- | --- | --- |",
    ]
    with ProcessPoolExecutor(2) as pool:
        for ratio in RATIOS:
            found = list(pool.map(partial(asked, ratio=ratio), range(1, SEEDS + 1)))
            covered = sum(low <= ratio <= high for low, high in found)
            claimed = sum(low > 1 or high < 1 for low, high in found)
            lines.append(
                f"| {ratio} | {len(found)} | {share(covered, len(found))} | "
                f"{share(claimed, len(found))} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    print_or_write("habits.md", table, __doc__ or "")
