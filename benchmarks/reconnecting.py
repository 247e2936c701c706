"""The list against four simple rules: who of the planted good old friends comes first.

    python benchmarks/reconnecting.py [--write]

Makes 50 samples with other seeds, asks `nq.reconnect` and each rule for ten people of those who
rest and may be proposed, and counts how many of them are planted good old friends. Prints the table
of docs/reconnecting.md; with --write it is put there.
"""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ProcessPoolExecutor
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from pages import print_or_write

import netquality as nq
from netquality.rates import Z
from netquality.sample import SampleSettings, write_sample

if TYPE_CHECKING:
    import pandas as pd

SEEDS = range(1, 51)
SHOWN = 10
RULES = (
    "`nq.reconnect`",
    "most messages",
    "longest silent",
    "most recently silent",
    "random",
)


def orders(people: pd.DataFrame, seed: int) -> dict[str, list[str]]:
    """Return everybody who may be proposed, in the order of the list and of each rule."""
    listed = nq.reconnect(people, len(people))["person_id"].tolist()
    some = people.set_index("person_id").loc[sorted(listed)]
    count = some["sent_count"] + some["received_count"]
    mixed = sorted(listed)
    Random(seed).shuffle(mixed)  # noqa: S311 - it guards nothing
    last = some["last_message_at"]
    found = (listed, count.sort_values(ascending=False, kind="stable").index,
             last.sort_values(kind="stable").index,
             last.sort_values(ascending=False, kind="stable").index, mixed)  # fmt: skip
    return dict(zip(RULES, map(list, found), strict=True))


def judged(seed: int, connections: int = 900) -> dict[str, tuple[float, float]]:
    """Return precision and recall of the first ten of each, on the sample with a seed."""
    with tempfile.TemporaryDirectory() as home:
        paths = write_sample(home, settings=SampleSettings(seed=seed, connections=connections))
        truth = json.loads((paths.truth / "truth.json").read_text("utf-8"))
        people = nq.assess(nq.read_linkedin(paths.folder))
    key = people.dropna(subset="profile_key").set_index("profile_key")["person_id"]
    planted = set(key.reindex(truth["good_old_friends"]).dropna())
    return {
        name: (
            len(planted & set(order[:SHOWN])) / SHOWN,
            len(planted & set(order[:SHOWN])) / len(planted),
        )
        for name, order in orders(people, seed).items()
    }


def mean_text(values: list[float]) -> str:
    """Return a mean with its 95 % interval over seeds, in percent."""
    some = 100 * np.array(values)
    half = Z * some.std(ddof=1) / np.sqrt(len(some))
    return f"{some.mean():.0f} % ({some.mean() - half:.0f} to {some.mean() + half:.0f})"


def made() -> str:
    """Return the table."""
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(judged, SEEDS))
    lines = ["| order | of the first ten, planted | of the planted, among the first ten |",
             "| --- | --- | --- |"]  # fmt: skip
    for rule in RULES:
        precision, recall = ([one[rule][side] for one in found] for side in (0, 1))
        lines.append(f"| {rule} | {mean_text(precision)} | {mean_text(recall)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print_or_write("reconnecting.md", made, __doc__)
