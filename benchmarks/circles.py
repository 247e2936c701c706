"""Circles, who stands between them, and worlds gone quiet, against what was planted in samples.

    python benchmarks/circles.py [--write]

Makes the sample as shipped and others with other seeds, half of them without a world gone quiet.
Prints the tables of docs/circles.md; with --write they are put there, and the picture is drawn.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd
from pages import DOCS, print_or_write
from PIL import Image
from sklearn.metrics import adjusted_rand_score

import netquality as nq
from netquality.graph.communities import OCCASIONS
from netquality.graph.evidence import GROUPS
from netquality.sample import SampleSettings, write_sample

if TYPE_CHECKING:
    import networkx as nx

    from netquality.graph.findings import GraphMeasures
    from netquality.sample import SamplePaths

SEEDS = range(1, 9)


@dataclass(frozen=True)
class Case:
    """One sample: what was planted, and what was found."""

    name: str
    truth: dict
    people: pd.DataFrame
    graph: nx.Graph[str]
    found: GraphMeasures

    @classmethod
    def of(cls, name: str, paths: SamplePaths) -> Case:
        network = nq.read_linkedin(paths.folder)
        people = nq.assess(network)
        graph = nq.to_graph(network, people)
        planted = pd.read_csv(paths.truth / "people.csv", keep_default_na=False)
        key = people.dropna(subset="profile_key").set_index("profile_key")["person_id"]
        planted = planted[planted["profile_key"].isin(key.index)]
        planted = planted.assign(node_id=planted["profile_key"].map(key)).set_index("node_id")
        truth = json.loads((paths.truth / "truth.json").read_text("utf-8"))
        return cls(name, truth, planted, graph, nq.graph_measures(graph))

    def home_of(self, community: int) -> str:
        """Return the planted community that most of a found one are of."""
        members = self.found.members
        keys = members.loc[members["community_id"] == community, "node_id"]
        homes = self.people["community"].reindex(keys)
        homes = homes[homes != ""].dropna()
        return str(homes.mode()[0]) if len(homes) else ""

    def alike(self, measures: GraphMeasures) -> tuple[float, int]:
        """Return the adjusted Rand index, and on how many planted people."""
        label = measures.members.set_index("node_id")["community_id"].dropna()
        home = self.people["community"].reindex(label.index).fillna("")
        known = home != ""
        return float(adjusted_rand_score(home[known], label[known])), int(known.sum())

    def brokers(self) -> tuple[int, int, int, int]:
        """Return planted, found of these, between their two very circles, and flagged in all."""
        members = self.found.members.set_index("node_id")
        planted = self.people[self.people["also_in"] != ""]
        flagged = members.loc[planted.index, "is_broker"]
        both = 0
        for key, row in planted.iterrows():
            ids = members.loc[key, ["community_id", "other_community_id"]].dropna().tolist()
            both += {self.home_of(one) for one in ids} == {row["community"], row["also_in"]}
        return len(planted), int(flagged.sum()), both, int(members["is_broker"].sum())

    def quiet(self) -> tuple[set[str], set[str]]:
        """Return the worlds gone quiet: planted, and found."""
        table = self.found.communities
        return set(self.truth["quiet_worlds"]), {
            self.home_of(one) for one in table.loc[table["is_quiet"], "community_id"]
        }


def cases() -> list[Case]:
    """Return the sample as shipped, and others."""
    made = []
    wanted = [("as shipped", SampleSettings())]
    for seed in SEEDS:
        settings = replace(SampleSettings(), seed=seed, quiet_worlds=seed % 2 == 1)
        wanted.append((f"seed {seed}", settings))
    for name, settings in wanted:
        with tempfile.TemporaryDirectory() as home:
            made.append(Case.of(name, write_sample(home, settings=settings)))
    return made


def found_table(made: list[Case]) -> list[str]:
    """Return a line per sample."""
    heads = (
        "sample", "planted people in a circle", "adjusted Rand index", "brokers found",
        "of them between their two circles", "flagged in all", "quiet worlds found",
        "flagged though not quiet",
    )  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " --- |" * (len(heads) - 1)]
    for case in made:
        alike, known = case.alike(case.found)
        planted, found, both, flagged = case.brokers()
        quiet, told = case.quiet()
        homes = int((case.people["community"] != "").sum())
        lines.append(
            f"| {case.name} | {known} of {homes} | {alike:.2f} | {found} of {planted} | {both} | "
            f"{flagged} | {len(quiet & told)} of {len(quiet)} | {len(told - quiet)} |"
        )
    return lines


def sources_table(case: Case) -> list[str]:
    """Return a line per set of evidence, on one sample."""
    lines = [
        "| evidence | circles | planted people in one | adjusted Rand index |",
        "| --- | --- | --- | --- |",
    ]
    sets = [OCCASIONS, *[(kind,) for kind in GROUPS], tuple(GROUPS)]
    for kinds in sets:
        found = nq.graph_measures(case.graph, kinds=kinds)
        alike, known = case.alike(found)
        words = ", ".join(f"`{kind}`" for kind in kinds)
        lines.append(f"| {words} | {len(found.communities)} | {known} | {alike:.2f} |")
    return lines


def tables() -> str:
    """Return both tables."""
    made = cases()
    return "\n".join([*found_table(made), "", *sources_table(made[0])])


def draw() -> None:
    """Draw the picture of the sample that the page shows, in the light and in the dark."""
    network = nq.load_sample()
    graph = nq.to_graph(network, nq.assess(network))
    for name, theme in (("circles", nq.plot.light), ("circles-dark", nq.plot.dark)):
        drawn = io.BytesIO()
        nq.plot.network(graph, theme=theme).figure.savefig(
            drawn, dpi=100, metadata={"Software": None}
        )
        few = Image.open(drawn).convert("RGB").quantize(96, dither=Image.Dither.NONE)
        few.save(DOCS / "_static" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    print_or_write("circles.md", tables, __doc__ or "")
    if "--write" in sys.argv:
        draw()
