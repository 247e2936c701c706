"""How often the intervals of habits cover what was planted in samples with other seeds.

    python benchmarks/habits.py [--write]

Makes samples of 900 connections with and without the planted effects: the owner asks less than the
others, opens more conversations around changes of job, relationships from business rest sooner, and
conferences bring bursts of people of whom few are ever talked with. Prints the table of
docs/habits.md; with --write it is put there.
"""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from flags import share
from pages import print_or_write

import netquality as nq
from netquality.rates import wilson
from netquality.sample import SampleSettings, write_sample

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = 200
LEVEL = 0.05
# What else ends relationships in the sample, by job or by circle, would blur what is planted.
PLAIN = replace(SampleSettings(), drift_after_job_change=0.0, quiet_worlds=False)
WITH = {"listening": 0.6, "job_change_outreach": 3.0, "survival_ratio": 1.8, "event_share": 0.22}
WITHOUT = {"listening": 1.0, "job_change_outreach": 1.0, "survival_ratio": 1.0, "event_share": 0.0}


class Span(NamedTuple):
    """An interval, and what it should cover."""

    low: float
    high: float
    planted: float

    @property
    def covers(self) -> bool:
        return self.low <= self.planted <= self.high


class Found(NamedTuple):
    """What is found on one sample."""

    asking: Span
    resting: Span
    opening: Span
    p_value: float
    """Of outreach; NaN below three dated changes."""
    bursts: int
    talked: Span
    """Of those met in bursts."""


def found(seed: int, effects: dict[str, float]) -> Found:
    """Return what is found on one sample."""
    settings = replace(PLAIN, seed=seed, **effects)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as home:
        written = write_sample(home, settings=settings)
        network = nq.read_linkedin(written.folder)
        who, planted = truth(written.folder.parent / "truth")
    people = nq.assess(network)
    asking = nq.habits.listening(network, people).set_index("measure").loc["questions"]
    change = nq.habits.need_driven_outreach(network, people)
    (p_value,) = change["p_value"].to_numpy(float, na_value=np.nan)
    business = who.isin(planted["survival"]["business_origins"])
    groups = business.map({True: "business", False: "school and leisure"})
    rest = nq.habits.resting_rate(network, people, by=groups).set_index("group").loc["business"]
    bursts = nq.habits.connection_bursts(network, people).iloc[:-1]
    return Found(
        Span(float(asking["low"]), float(asking["high"]), effects["listening"]),
        Span(float(rest["ratio_low"]), float(rest["ratio_high"]), effects["survival_ratio"]),
        Span(
            *change[["opened_low", "opened_high"]].iloc[0].astype("float64"),
            effects["job_change_outreach"],
        ),
        p_value,
        len(bursts),
        talked(bursts, people, who, planted["conversation"]["share_by_origin"]),
    )


def truth(home: Path) -> tuple[pd.Series, dict[str, Any]]:
    """Return how each tie began, by person, and what was planted."""
    table = pd.read_csv(home / "people.csv", dtype="str", keep_default_na=False)
    table = table[table["profile_key"] != ""].drop_duplicates("profile_key")
    planted = json.loads((home / "truth.json").read_text("utf-8"))["planted"]
    return table.set_index("profile_key")["how_it_began"], planted


def talked(
    bursts: pd.DataFrame, people: pd.DataFrame, who: pd.Series, chance: dict[str, float]
) -> Span:
    """Return the interval of the share talked with of those in bursts, and what was planted.

    Some only happened to connect on such a day: for them it is what their own origin has.
    """
    observed = bursts[bursts["observed_count"] > 0]
    day = people["connected_on"]
    inside = pd.Series(data=False, index=people.index)
    for row in observed.itertuples(index=False):
        inside |= day.between(row.first_on, row.last_on) & people["is_connection"]
    (low,), (high,) = wilson([observed["soon_count"].sum()], [observed["observed_count"].sum()])
    planted = people.loc[inside, "person_id"].map(who).map(chance).astype("float64").mean()
    return Span(float(low), float(high), float(planted))


def table() -> str:
    """Return a line per habit and planted effect."""
    lines = [
        "| habit | planted | samples | intervals that cover it | a difference is claimed |",
        "| --- | --- | --- | --- | --- |",
    ]
    with ProcessPoolExecutor(2) as pool:
        each = {
            name: list(pool.map(partial(found, effects=effects), range(1, SEEDS + 1)))
            for name, effects in (("with", WITH), ("without", WITHOUT))
        }
    for name, words in (
        ("asking", "questions, you to them"),
        ("opening", "conversations that you open, near a change of job to other times"),
        ("resting", "chance of rest, business to school and leisure"),
    ):
        for some in each.values():
            spans: list[Span] = [getattr(one, name) for one in some]
            spans = [one for one in spans if not np.isnan(one.low)]
            count = len(spans)
            covered = share(sum(one.covers for one in spans), count)
            claimed = share(sum(one.low > 1 or one.high < 1 for one in spans), count)
            lines.append(f"| {words} | {spans[0].planted} | {count} | {covered} | {claimed} |")
    for some, effects in zip(each.values(), (WITH, WITHOUT), strict=True):
        tested = [one.p_value for one in some if not np.isnan(one.p_value)]  # three changes or more
        claimed = share(sum(p_value < LEVEL for p_value in tested), len(tested))
        planted = effects["job_change_outreach"]
        words = "outreach near a change, against turned calendars"
        lines.append(f"| {words} | {planted} | {len(tested)} | | {claimed} |")
    met = [one.talked for one in each["with"] if one.bursts]
    middle = np.mean([one.planted for one in met])
    covered = share(sum(one.covers for one in met), len(met))
    lines.append(f"| talk with those met in bursts | {middle:.2f} | {len(met)} | {covered} | |")
    for some, words in zip(each.values(), ("nine", "none"), strict=True):
        claimed = share(sum(one.bursts > 0 for one in some), len(some))
        lines.append(f"| bursts of connecting | {words} | {len(some)} | | {claimed} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print_or_write("habits.md", table, __doc__ or "")
