"""What the report shows: every figure and sentence on the page, from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.chance.backtesting import backtest
from netquality.chance.model import judged
from netquality.identity import company_keys
from netquality.reconnecting import kept_out, reconnect
from netquality.report.circles import circles_of
from netquality.report.everyone import everyone_of
from netquality.status import STATUSES
from netquality.summary import expected_contact, range_text
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from matplotlib.axes import Axes

    from netquality.chance.backtesting import Backtest
    from netquality.network import Network
    from netquality.summary import Summary

__all__ = ["SCHEMA_VERSION", "about", "facts_of"]

SCHEMA_VERSION: Final = 1
SUGGESTED: Final = 10
EMPLOYERS: Final = 12
# Wide screens and phones each get a drawing of their own: one scaled down could not be read.
_SIZES: Final = {"wide": (9.6, 4.6), "narrow": (4.3, 4.3)}


def facts_of(network: Network, people: pd.DataFrame, summary: Summary) -> dict[str, Any]:
    """Return everything the page shows, by the name it has in the template."""
    from netquality import __version__  # noqa: PLC0415 - a text, there before any module
    from netquality.plot import dark, growth, inline, light  # noqa: PLC0415 - load when used

    circles = circles_of(network, people) if network.has_messages else None
    everyone = everyone_of(network, people) if network.has_messages else None
    framed = [one for one in (everyone, circles) if one is not None]
    suggested = reconnect(people, SUGGESTED) if network.has_messages else people.head(0)
    months = growth.growth_months(network)
    grown = partial(growth.draw_growth, months=months, theme=light, related=network.has_messages)
    return {
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "network": network,
        "summary": summary,
        "between": range_text(summary.in_touch_range).strip(),
        "tiles": _tiles(summary),
        "judged": network.has_messages and summary.connection_count > 0,
        "statuses": summary.statuses.to_dict("records"),
        "suggested": _suggestions(suggested),
        "kept_out": int(kept_out(people[people["status"] == "dormant"]).sum()),
        "labelled": int((people["owner_label"].notna() | people["is_off_platform"]).sum()),
        "resting": int(summary.statuses.set_index("status")["count"]["dormant"]),
        "employers": _employers(people),
        "without_employer": int((people["is_connection"] & people["company"].isna()).sum()),
        "charts": _charts("growth", grown) if summary.connection_count else {},
        "chart_text": _chart_text(network, summary),
        "years": _years(months),
        "coverage": _coverage(network),
        "absent": network.coverage.query("outcome == 'absent'").to_dict("records"),
        "not_opened": network.coverage.loc[network.coverage["row_count"].isna(), "file"].tolist(),
        "palette": inline.css_colours(light),
        "dark_palette": inline.css_colours(dark),
        "one_sided": _one_sided(people),
        "named": 1 + len(set(suggested["person_id"]).union(*(one.named for one in framed))),
        "everyone": everyone,
        "circles": circles,
        "scripts": " ".join(one.script for one in framed),
        **_itself(people, backtest(network)),
    }


def _itself(people: pd.DataFrame, test: Backtest) -> dict[str, Any]:
    """Return what the page shows of the contact chance: of groups, and how it did in the past."""
    from netquality.plot import calibration  # noqa: PLC0415 - loads when used

    return {
        "judged_chance": judged(),
        "has_chance": bool(people["contact_chance"].notna().any()),
        "expected": expected_contact(people).to_dict("records"),
        "past": test,
        "past_charts": _past(test),
        "past_text": _past_text(test),
        "past_caption": calibration.subtitle(test.reliability) if test.is_telling else "",
    }


@dataclass(frozen=True)
class _Suggestion:
    """One person of the list, as the page shows them."""

    name: str
    work: str
    reasons: str


def _suggestions(table: pd.DataFrame) -> list[_Suggestion]:
    found = []
    for row in table.to_dict("records") if "reasons" in table else []:
        work = [row[name] for name in ("position", "company") if isinstance(row[name], str)]
        name = row["name"] if isinstance(row["name"], str) else row["person_id"]
        found.append(_Suggestion(name, ", ".join(work), row["reasons"]))
    return found


def _employers(people: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return the most frequent employers of connections, each under its most frequent spelling."""
    own = people.loc[people["is_connection"], "company"].dropna()
    table = pd.DataFrame({"company": own, "key": company_keys(own)})
    table = table.groupby(["key", "company"]).size().rename("count").reset_index()
    table = table.sort_values(["key", "count", "company"], ascending=[True, False, True])
    found = table.groupby("key").agg(company=("company", "first"), count=("count", "sum"))
    found = found.sort_values(["count", "company"], ascending=[False, True]).head(EMPLOYERS)
    return found.reset_index(drop=True).to_dict("records")


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


def _charts(name: str, draw: Callable[[Axes], object]) -> dict[str, str]:
    """Return a chart as inline SVG, once for wide screens and once for phones."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - loads when used

    from netquality.plot import inline, style  # noqa: PLC0415 - load when used

    charts = {}
    for width, size in _SIZES.items():
        with style.styled(style.light):
            figure = Figure(figsize=size, layout="constrained")
            draw(figure.add_subplot())
        charts[width] = inline.inline_svg(figure, f"{name}-{width}")
    return charts


def _past(test: Backtest) -> dict[str, str]:
    """Return the chart of what was expected and what came, where there is enough of a past."""
    from netquality.plot import reliability  # noqa: PLC0415 - loads when used

    if not test.is_telling:
        return {}
    return _charts("past", lambda ax: reliability(test.reliability, ax=ax, captioned=False))


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


def _tiles(summary: Summary) -> dict[str, str]:
    """Return what stands under the large figures, by status."""
    between = summary.in_touch_range
    other = ""
    if between and between[0] < between[1]:
        other = f"; {between[0]:,} to {between[1]:,} under other definitions"
    return {
        "active": f"in touch{other}",
        "dormant": "resting: no answer for over 13 months",
        "brief": "with one short exchange and no more",
    }


def about(count: float) -> str:
    """Return an expected number of people, which is never a whole one.

    Examples
    --------
    >>> about(0.04), about(0.6), about(11.7)
    ('hardly any', 'about 1', 'about 12')
    """
    return f"about {count:,.0f}" if count >= 0.5 else "hardly any"  # noqa: PLR2004 - rounds to 1
