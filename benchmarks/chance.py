"""Fit the contact chance, and judge it beside what else could be used, on public message data.

    python benchmarks/chance.py FOLDER [--write]

FOLDER holds email_eu.csv, collegemsg.csv and cns_sms.csv (docs/contact-chance.md says where they
come from; they are no part of the repository). Prints the tables of docs/contact-chance.md; with
--write they are put there, with the chart, and the numbers into netquality/chance/model.toml.
About six minutes on two cores.
"""

from __future__ import annotations

import argparse
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from chance_data import KINDS, Panel, logs, panel
from chance_models import (
    ALIKE,
    METHODS,
    OURS,
    REFITTED,
    chance_under,
    fit_ours,
    reference_as_printed,
)  # fmt: skip
from chance_sample import sample_table
from matplotlib.figure import Figure
from pages import DOCS, put

from netquality import contact_chance, plot
from netquality.chance.judging import Ranking, reliability_of
from netquality.chance.model import TERMS, Model
from netquality.plot.calibration import scale

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chance_data import Numbers

DRAWS = 500
SEED = 20_111_026
MODEL = Path(__file__).resolve().parent.parent / "netquality" / "chance" / "model.toml"
CHART = DOCS / "_static" / "contact-chance.svg"


class Judged:
    """One method's scores on one panel, judged as often as there are draws of owners."""

    def __init__(self, scores: Numbers, cases: Panel, *, is_chance: bool) -> None:
        self.scores, self.panel, self.is_chance = scores, cases, is_chance
        self.came, self.quiet = cases.came.astype(float), cases.is_quiet
        self._all = Ranking(scores, cases.came)
        self._quiet = Ranking(scores[self.quiet], cases.came[self.quiet])

    @cached_property
    def _by_owner(self) -> tuple[Numbers, Numbers]:
        """Return each owner's mean AUC over the cutoffs with both outcomes, and which they are."""
        table = pd.DataFrame({"view": self.panel.view, "owner": self.panel.owner})
        table = table.assign(rank=pd.Series(self.scores).groupby(self.panel.view).rank().to_numpy())
        table = table.assign(came=self.came, gain=table["rank"] * self.came)
        sums = table.groupby("view").agg(
            owner=("owner", "first"), n=("came", "size"), k=("came", "sum"), gain=("gain", "sum")
        )
        sums = sums[(sums["k"] > 0) & (sums["k"] < sums["n"])]
        pairs = sums["k"] * (sums["n"] - sums["k"])
        area = (sums["gain"] - sums["k"] * (sums["k"] + 1) / 2) / pairs
        means = area.groupby(sums["owner"]).mean()
        return means.to_numpy(), means.index.to_numpy()

    def figures(self, times: Numbers | None = None) -> dict[str, float]:
        """Return every figure; `times` says how often each owner was drawn, by number."""
        weight = np.ones(len(self.came)) if times is None else times[self.panel.owner]
        areas, owners = self._by_owner
        each = np.ones(len(areas)) if times is None else times[owners]
        found = {
            "AUC": self._all.auc(weight),
            "AUC per owner": float(np.average(areas, weights=each)),
            "AUC, quiet": self._quiet.auc(weight[self.quiet]),
            "average precision": self._all.average_precision(weight),
        }
        if not self.is_chance:
            return found
        for name, of in (("", slice(None)), (", quiet", self.quiet)):
            share = weight[of]
            rate = np.average(self.came[of], weights=share)
            loss = np.average((self.scores[of] - self.came[of]) ** 2, weights=share)
            found[f"Brier{name}"] = loss
            found[f"Brier skill{name}"] = 1 - loss / (rate * (1 - rate))
            found[f"predicted / observed{name}"] = np.average(self.scores[of], weights=share) / rate
        return found

    def calibration_error(self) -> float:
        """Return the mean distance of chance and rate in ten bins of equally many cases."""
        order = np.argsort(self.scores, kind="stable")
        bins = np.array_split(order, 10)
        apart = [abs(self.scores[one].mean() - self.came[one].mean()) * len(one) for one in bins]
        return sum(apart) / len(order)


def draws(owners: Numbers) -> Numbers:
    """Return how often each owner is in each draw: a row per draw, a column per owner's number."""
    rng = np.random.default_rng(SEED)
    humans = np.unique(owners)
    drawn = rng.multinomial(len(humans), np.full(len(humans), 1 / len(humans)), size=DRAWS)
    times = np.zeros((DRAWS, int(humans.max()) + 1))
    times[:, humans] = drawn
    return times


def spread(judged: Judged, times: Numbers) -> pd.DataFrame:
    """Return each figure of each draw."""
    return pd.DataFrame([judged.figures(draw) for draw in times])


# -- tables ---------------------------------------------------------------------------------------

RANKED = ("AUC", "AUC per owner", "AUC, quiet", "average precision")
RATED = ("Brier", "Brier skill", "Brier skill, quiet", "predicted / observed",
         "predicted / observed, quiet")  # fmt: skip
PLAIN = ("average precision", "Brier", "Brier skill", "Brier skill, quiet")
"""Figures shown without an interval."""


class Results(NamedTuple):
    """Of one data set: each method judged, and its draws."""

    panel: Panel
    judged: dict[str, Judged]
    drawn: dict[str, pd.DataFrame]


def judge(panels: dict[tuple[str, float], Panel], name: str, horizon: float) -> Results:
    """Judge every method on one set, fitted on the others at all their horizons."""
    others = [one for (set_, _), one in panels.items() if set_ != name]
    cases = panels[name, horizon]
    times = draws(cases.owner)
    judged = {
        method.name: Judged(method.score(others, cases), cases, is_chance=method.is_chance)
        for method in METHODS
    }
    return Results(cases, judged, {one: spread(judged[one], times) for one in judged})


def cell(name: str, value: float, drawn: pd.DataFrame) -> str:
    """Return a figure, with its interval unless it is a plain one."""
    digits = 2 if "predicted" in name else 3
    if name in PLAIN:
        return f"{value:.{digits}f}"
    low, high = drawn[name].quantile([0.025, 0.975])
    return f"{value:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def set_tables(results: Results) -> str:
    """Return how each method ranks on one data set, and how far its rates can be believed."""
    rows: dict[str, list[str]] = {"ranked": [], "rated": []}
    for name, judged in results.judged.items():
        figures, drawn = judged.figures(), results.drawn[name]
        cells = [cell(one, figures[one], drawn) for one in RANKED]
        rows["ranked"].append(f"| {name} | {' | '.join(cells)} |")
        if judged.is_chance:
            cells = [cell(one, figures[one], drawn) for one in RATED]
            cells.append(f"{judged.calibration_error():.3f}")
            rows["rated"].append(f"| {name} | {' | '.join(cells)} |")
    return "\n\n".join(
        "\n".join([f"| | {' | '.join(head)} |", f"| --- |{' --- |' * len(head)}", *lines])
        for head, lines in zip((RANKED, (*RATED, "calibration error")), rows.values(), strict=True)
    )


PAIRED = ("AUC", "AUC per owner", "AUC, quiet", "Brier skill", "Brier skill, quiet")


def paired_table(results: dict[str, Results], first: str, second: str) -> str:
    """Return by how much the first is above the second on each set, with paired intervals."""
    lines = [f"| | {' | '.join(PAIRED)} |", f"| --- |{' --- |' * len(PAIRED)}"]
    for name, result in results.items():
        one, other = (result.judged[which].figures() for which in (first, second))
        apart = result.drawn[first] - result.drawn[second]
        cells = []
        for figure in PAIRED:
            low, high = apart[figure].quantile([0.025, 0.975])
            sure = "**" if low > 0 or high < 0 else ""
            gain = one[figure] - other[figure]
            cells.append(f"{sure}{gain:+.3f}{sure} ({low:+.3f} to {high:+.3f})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def horizons_table(panels: dict[tuple[str, float], Panel]) -> str:
    """Return the shares at every horizon, of a fit that had not seen the set at any."""
    ranked = ("AUC", "AUC, quiet", "Brier skill", "Brier skill, quiet")
    rates = ("predicted / observed", "predicted / observed, quiet")
    lines = [f"| | cases | came true | {' | '.join((*ranked, *rates))} |", "| --- |" + " --- |" * 8]
    for (name, horizon), cases in panels.items():
        figures = unseen_figures(panels, name, horizon)
        cells = [f"{figures[one]:.3f}" for one in ranked]
        cells += [f"{figures[one]:.2f}" for one in rates]
        rate = f"{cases.came.mean():.1%}".replace("%", " %")
        lines.append(
            f"| {name}, {horizon:g} days | {len(cases.came):,} | {rate} | {' | '.join(cells)} |"
        )
    return "\n".join(lines)


TRIED: dict[str, Callable[[Sequence[Panel]], Model]] = {
    "as shipped": fit_ours,
    "without `own_past`": lambda panels: fit_ours(panels, own_past=False),
    "without `latest_contact`": lambda panels: fit_ours(panels, columns=(0, 1, 2, 3)),
    "without `people_in_contact`": lambda panels: fit_ours(panels, columns=(0, 1, 2, 4)),
    "without `contact_days`": lambda panels: fit_ours(panels, columns=(0, 2, 3, 4)),
    "without `mutual_contact_days`": lambda panels: fit_ours(panels, columns=(0, 1, 3, 4)),
    "without `silence`": lambda panels: fit_ours(panels, columns=(1, 2, 3, 4)),
    "fitted at one horizon of each set": lambda panels: fit_ours(
        [one for one in panels if one.horizon == one.kind.horizon]
    ),
    "every case weighs the same": lambda panels: fit_ours(panels, power=0.0),
    "every set weighs the same": lambda panels: fit_ours(panels, power=1.0),
}
"""Other forms of it, each fitted on the two other sets."""


def tried_table(panels: dict[tuple[str, float], Panel]) -> str:
    """Return what other forms come to."""
    lines = [
        "| | " + " | ".join(f"{kind.name}: AUC, quiet, p/o, quiet" for kind in KINDS) + " |",
        "| --- |" + " --- |" * len(KINDS),
    ]
    for name, fit in TRIED.items():
        cells = []
        for kind in KINDS:
            others = [one for (set_, _), one in panels.items() if set_ != kind.name]
            cases = panels[kind.name, kind.horizon]
            found = Judged(chance_under(fit(others), cases), cases, is_chance=True).figures()
            cells.append(
                f"{found['AUC']:.3f}, {found['AUC, quiet']:.3f}, "
                f"{found['predicted / observed']:.2f}, {found['predicted / observed, quiet']:.2f}"
            )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


# -- the whole ------------------------------------------------------------------------------------


def judged_text(panels: dict[tuple[str, float], Panel]) -> list[str]:
    """Return how far off sums of chances were at worst, on sets that the fit had not seen."""
    found = [unseen_figures(panels, *key) for key in panels]
    lines = []
    for name, quiet in (("", ""), ("quiet_", ", quiet")):
        ratios = [figures[f"predicted / observed{quiet}"] for figures in found]
        lines += [f"{name}lowest = {min(ratios):.2f}", f"{name}highest = {max(ratios):.2f}"]
    return lines


def unseen_figures(
    panels: dict[tuple[str, float], Panel], name: str, horizon: float
) -> dict[str, float]:
    """Return the figures of ours on one set at one horizon, fitted on the other sets."""
    others = [one for (set_, _), one in panels.items() if set_ != name]
    cases = panels[name, horizon]
    return Judged(chance_under(fit_ours(others), cases), cases, is_chance=True).figures()


def model_text(model: Model, panels: dict[tuple[str, float], Panel]) -> str:
    """Return `model.toml`."""
    lines = [
        "# The numbers of the contact chance: log-odds are the intercept and each term times its",
        "# weight. What the terms are: netquality.contact_terms. How they were fitted, and how",
        "# they do on data that the fit had not seen: docs/contact-chance.md. `own_past` is not",
        "# fitted: it shifts by what the owner's own past says, in full.",
        "# Made by benchmarks/chance.py; a change here changes every contact chance.",
        "",
        "schema_version = 1",
        "",
        "[weights]",
        f"intercept = {model.intercept:.3f}",
        *(f"{name} = {weight:.3f}" for name, weight in zip(TERMS, model.weights, strict=True)),
        "",
        "# Predicted over observed: at the set and horizon where it was lowest, and where it was",
        "# highest, each by a fit to the other two sets; the same of those silent for longer than",
        "# the horizon.",
        "[judged]",
        *judged_text(panels),
    ]
    return "\n".join(lines) + "\n"


def rounded(model: Model) -> Model:
    """Return the model as it stands in the file."""
    return Model(round(model.intercept, 3), tuple(round(one, 3) for one in model.weights))


def check(panels: dict[tuple[str, float], Panel], folder: Path, model: Model) -> None:
    """Hold these cases against the library itself, on a few owners' logs as a user would give."""
    kind = KINDS[1]
    people, begin = logs(folder, kind.name)
    cases = panels[kind.name, kind.horizon]
    said = chance_under(model, cases)
    cutoff = pd.Timestamp((begin + kind.cutoffs[0] * 86_400_000_000) * 1000, tz="UTC")
    for view in np.unique(cases.view)[:20]:
        log = people[int(cases.owner[cases.view == view][0])]
        table = pd.DataFrame(
            {
                "person_id": log.alter,
                "at": pd.to_datetime(log.when, unit="us", utc=True),
                "direction": np.where(log.is_sent, "sent", "received"),
            }
        )
        mine = contact_chance(table, cutoff, kind.horizon)
        if not np.allclose(np.sort(mine), np.sort(said[cases.view == view])):
            raise SystemExit("The library gives other chances than these. Write the model first.")


def chart(results: dict[str, Results]) -> None:
    """Draw chances against rates for each set: ours, and hollow the reference's."""
    with plot.styled(plot.light):
        figure = Figure(figsize=(10.5, 4.4), layout="constrained")
        axes = figure.subplots(1, len(results))
        for ax, (name, result) in zip(axes, results.items(), strict=True):
            mine, other = (
                reliability_of(
                    result.judged[one].scores, result.panel.came, person=result.panel.owner
                )
                for one in (OURS, REFITTED)
            )
            plot.reliability(mine, ax=ax, captioned=False)
            ax.plot(
                other["predicted"], other["observed"], "o", color=plot.light.dormant_text,
                markersize=7, fillstyle="none", label="four terms", zorder=4,
            )  # fmt: skip
            most = max(ax.get_xlim()[1], float(other["predicted"].max()) * 1.08)
            ax.lines[0].set_data([0, most], [0, most])
            scale(ax, most)
            ax.set_title(name, loc="left", fontsize=12)
        dots = axes[-1].collections[0]
        hollow = axes[-1].lines[-1]
        figure.legend(
            [dots, hollow], ["contact chance", "four terms (the reference)"],
            loc="outside lower center", ncols=2, frameon=False,
        )  # fmt: skip
        figure.savefig(CHART, format="svg", metadata={"Date": None, "Creator": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the three CSV files are")
    parser.add_argument("--write", action="store_true", help="into the docs page and model.toml")
    asked = parser.parse_args()
    panels = {}
    for kind in KINDS:
        people, begin = logs(asked.folder, kind.name)
        for horizon in (kind.horizon, *kind.others):
            panels[kind.name, horizon] = panel(kind, people, begin, horizon)
    shipped = rounded(fit_ours(list(panels.values())))
    results = {kind.name: judge(panels, kind.name, kind.horizon) for kind in KINDS}
    numbers = model_text(shipped, panels)
    if asked.write:
        MODEL.write_text(numbers, "utf-8", newline="\n")
    check(panels, asked.folder, shipped)
    both = ("shipped", "as printed")
    seen = {}
    for name, result in results.items():
        scores = (chance_under(shipped, result.panel), reference_as_printed((), result.panel))
        judged = dict(
            zip(both, (Judged(one, result.panel, is_chance=True) for one in scores), strict=True)
        )
        times = draws(result.panel.owner)
        drawn = {one: spread(judged[one], times) for one in both}
        seen[name] = Results(result.panel, judged, drawn)
    made = {
        "paired": paired_table(results, OURS, REFITTED),
        "paired alike": paired_table(results, OURS, ALIKE),
        "paired printed": paired_table(seen, *both),
        **{name: set_tables(result) for name, result in results.items()},
        "horizons": horizons_table(panels),
        "tried": tried_table(panels),
        "sample": sample_table(),
        "numbers": "```toml\n" + numbers.split("\n\n", 2)[-1].strip() + "\n```",
    }
    for name, text in made.items():
        print(f"## {name}\n\n{text}\n")
    if asked.write:
        for name, text in made.items():
            page = put("contact-chance.md", text, name)
            (DOCS / "contact-chance.md").write_text(page, "utf-8", newline="\n")
        chart(results)


if __name__ == "__main__":
    main()
