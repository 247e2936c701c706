"""What the report shows: every figure and sentence on the page, from the tables."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.chance.backtesting import LONG, backtest
from netquality.chance.model import judged
from netquality.places import find_places
from netquality.report.circles import circles_of
from netquality.report.drawing import charts
from netquality.report.everyone import everyone_of
from netquality.report.habits import habits_of
from netquality.report.paper import paper_of
from netquality.report.roll import roll_of
from netquality.report.worth import worth_of
from netquality.status import LABELS, STATUSES
from netquality.summary import expected_contact, range_text
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from netquality.chance.backtesting import Backtest
    from netquality.journal import Journal
    from netquality.network import Network
    from netquality.summary import Summary

__all__ = ["facts_of"]

EMPLOYERS: Final = 12
SEVERAL: Final = 3
"""So many half-years show how far sums of one may be off."""
NOTED: Final = 1.1
"""Times too high or low, less than which says nothing."""


def facts_of(
    network: Network, people: pd.DataFrame, summary: Summary, journal: Journal | None = None
) -> dict[str, Any]:
    """Return everything the page shows, by the name it has in the template."""
    from netquality.plot import growth, light  # noqa: PLC0415 - load when used

    months = growth.growth_months(network)
    grown = partial(growth.draw_growth, months=months, theme=light, related=network.has_messages)
    return {
        "network": network,
        "summary": summary,
        "between": range_text(summary.in_touch_range).strip(),
        "tiles": _tiles(summary),
        "statuses": summary.statuses.to_dict("records"),
        "outside": _outside(people),
        "labelled": int((people["owner_label"].notna() | people["is_off_platform"]).sum()),
        **_employers(people),
        "charts": charts("growth", grown) if summary.connection_count else {},
        "chart_text": _chart_text(network, summary),
        "years": _years(months),
        "coverage": _coverage(network),
        "absent": network.coverage.query("outcome == 'absent'").to_dict("records"),
        "not_opened": network.coverage.loc[network.coverage["row_count"].isna(), "file"].tolist(),
        "one_sided": _one_sided(people),
        **_of_people(network, people, summary, journal),
        **_itself(people, backtest(network)),
    }


def _of_people(
    network: Network, people: pd.DataFrame, summary: Summary, journal: Journal | None
) -> dict[str, Any]:
    """Return the parts that name people, and what rests on them; nothing without messages."""
    is_judged = network.has_messages and summary.connection_count > 0
    circles = circles_of(network, people) if network.has_messages else None
    everyone = everyone_of(network, people) if network.has_messages else None
    roll = roll_of(people) if is_judged else None
    habits = habits_of(network, people) if is_judged else []
    worth = worth_of(network, people, journal=journal)
    scripted = [one for one in (roll, everyone, circles) if one is not None]
    return {
        "judged": is_judged,
        "circles": circles,
        "everyone": everyone,
        "roll": roll,
        "habits": habits,
        "worth": worth,
        "paper": paper_of(summary, habits, worth) if is_judged else None,
        "scripts": " ".join(one.script for one in scripted),
        "named": 1 + len(worth.named.union(*(one.named for one in scripted))),
    }


def _itself(people: pd.DataFrame, test: Backtest) -> dict[str, Any]:
    """Return what the page shows of the contact chance: of groups, and how it did in the past."""
    from netquality.plot import calibration  # noqa: PLC0415 - loads when used

    return {
        "judged_chance": judged(),
        "has_chance": bool(people["contact_chance"].notna().any()),
        "expected": expected_contact(people).to_dict("records"),
        "by_own_past": _by_own_past(people, test),
        "past": test,
        "past_silence": _past_silence(test),
        "past_span": _past_span(test),
        "past_charts": _past(test),
        "past_text": _past_text(test),
        "past_caption": calibration.subtitle(test.reliability) if test.is_telling else "",
    }


def _employers(people: pd.DataFrame) -> dict[str, Any]:
    """Return the most frequent employers of connections, and how many profiles name none.

    What is one employer, and what none ("-", "n/a", "Freelance"), is as `netquality.places` has it.
    """
    said = people.loc[people["is_connection"], "company"]
    named = find_places(Counter(said.dropna().tolist())).of(said).dropna()
    found = named.groupby("key").agg(company=("place", "first"), count=("place", "size"))
    found = found.sort_values(["count", "company"], ascending=[False, True]).head(EMPLOYERS)
    rows = found.reset_index(drop=True).to_dict("records")
    return {"employers": rows, "without_employer": len(said) - len(named)}


def _coverage(network: Network) -> list[dict[str, Any]]:
    """Return the files that were opened, each with its rows by reason."""
    there = network.coverage[network.coverage["outcome"] != "absent"]
    opened = there[there["row_count"].notna()]
    found = []
    for file, rows in opened.groupby("file", sort=False):
        dated = rows.dropna(subset="first_on")
        found.append(
            {
                "file": file,
                "rows": rows.sort_values("row_count", ascending=False).to_dict("records"),
                "total": int(rows["row_count"].sum()),
                "first": dated["first_on"].min() if len(dated) else None,
                "last": dated["last_on"].max() if len(dated) else None,
            }
        )
    order = ("Connections.csv", "messages.csv", "Invitations.csv")
    return sorted(
        found,
        key=lambda row: (
            row["file"] not in order,
            order.index(row["file"]) if row["file"] in order else 0,
        ),
    )


def _years(months: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures behind the chart on each 1 January, and at the last date."""
    dates = pd.DatetimeIndex(months.index)
    chosen = ((dates.month == 1) | (dates == dates[-1])) & (months["connections"] > 0).to_numpy()
    return [
        {"date": day_text(date), "connections": int(row["connections"])}
        | {status: int(row[status]) for status in STATUSES}
        for date, (_, row) in zip(dates[chosen], months[chosen].iterrows(), strict=True)
    ]


def _chart_text(network: Network, summary: Summary) -> str:
    """Return what the chart shows, for those who cannot see it."""
    counts = dict(zip(summary.statuses["status"], summary.statuses["count"], strict=True))
    first = network.people["connected_on"].min()
    since = f"since {day_text(first)}" if pd.notna(first) else ""
    total = plural(summary.connection_count, "connection")
    if not network.has_messages:
        return f"Line chart: {total} gathered {since}."
    return (
        f"Chart: {total} gathered {since}; {counts['active']:,} of them in touch and "
        f"{counts['dormant']:,} resting at the end."
    )


def _past_silence(test: Backtest) -> list[dict[str, Any]]:
    """Return what was expected and came in the past, by how long nothing had been written."""
    rows: Any = test.by_silence.to_dict("records")
    return [{**row, "label": _silence(row)} for row in rows]


def _by_own_past(people: pd.DataFrame, test: Backtest) -> dict[str, str]:
    """Return of which statuses the sum rests on chances that were too high or low in the past.

    For the most part, that is: on people as long silent as those were.
    """
    some = people[people["is_connection"] & people["contact_chance"].notna()]
    begins = test.by_silence["silent_from_days"].to_numpy()
    if some.empty or not len(begins):
        return {}
    band = np.searchsorted(begins, some["silent_days"].to_numpy(float), side="right") - 1
    sums = some.assign(verdict=test.by_silence["verdict"].to_numpy(object)[band]).pivot_table(
        index="status", columns="verdict", values="contact_chance", aggfunc="sum", fill_value=0.0
    )
    most = sums.idxmax(axis=1)[sums.max(axis=1) > sums.sum(axis=1) / 2]
    return {str(status): str(verdict) for status, verdict in most.items() if verdict}


def _silence(row: Any) -> str:
    """Say how long a silence is, of the three lengths that a half-year ahead is tested with."""
    if row["silent_from_days"] >= LONG:
        return "13 months or more"
    return "up to 13 months" if row["silent_from_days"] else "up to half a year"


def _past_span(test: Backtest) -> str:
    """Say how far off the sums of the owner's own half-years were, a blank before it."""
    used = test.windows[test.windows["is_used"] & (test.windows["again_count"] > 0)]
    if len(used) < SEVERAL or not test.is_telling:
        return ""
    ratio = used["expected_count"] / used["again_count"]
    off = [
        f"{times:.1f} times too {word}"
        for times, word in ((ratio.max(), "high"), (1 / ratio.min(), "low"))
        if times >= NOTED
    ]
    if not off:
        return ""
    between = f"between {off[0]} and {off[1]}" if len(off) > 1 else f"up to {off[0]}"
    return f" In your own past, sums of a half-year were {between}."


def _past(test: Backtest) -> dict[str, str]:
    """Return the chart of what was expected and what came, where there is enough of a past."""
    from netquality.plot import reliability  # noqa: PLC0415 - loads when used

    if not test.is_telling:
        return {}
    return charts("past", lambda ax: reliability(test.reliability, ax=ax, captioned=False))


def _past_text(test: Backtest) -> str:
    """Return what that chart shows, for those who cannot see it."""
    rows = test.reliability[["predicted", "observed"]] * 100
    said = "; ".join(f"{row.predicted:.0f} %, {row.observed:.0f} %" for row in rows.itertuples())
    return f"Chart: how many of each part of the cases were expected, and how many came: {said}."


def _one_sided(people: pd.DataFrame) -> str:
    """Say for how many of the one-sided the owner wrote, and for how many the others did."""
    own = people[people["is_connection"] & (people["status"] == "one_way")]
    mine, theirs = own["received_count"] == 0, own["sent_count"] == 0
    counts = (
        ("you wrote to {:,}", int(mine.sum())),
        ("{:,} wrote to you", int(theirs.sum())),
        ("with {:,} both wrote", int((~mine & ~theirs).sum())),
    )
    said = ", ".join(words.format(count) for words, count in counts if count)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _outside(people: pd.DataFrame) -> str:
    """Return those who are no connections by status, as "In touch 1, One short exchange 4"."""
    counts = people.loc[~people["is_connection"], "status"].value_counts()
    return ", ".join(f"{LABELS[key]} {counts[key]:,}" for key in STATUSES if key in counts.index)


def _tiles(summary: Summary) -> dict[str, str]:
    """Return what stands under the large figures, by status."""
    between = summary.in_touch_range
    other = ""
    if between and between[0] < between[1]:
        other = f"; {between[0]:,} to {between[1]:,} with 6 months to 3 years in place of 13"
    return {
        "active": f"in touch{other}",
        "dormant": "resting: no answer for over 13 months",
        "brief": "with one short exchange and no more",
    }
