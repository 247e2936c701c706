"""Cohorts: of those connected in a year, how many were in touch in the years after."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch, Rectangle

from netquality.network import end_of_day, need_network
from netquality.plot import figures, marks, style
from netquality.timeline import statuses_at
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netquality.network import Network

__all__ = ["cohort_counts", "cohorts"]

_SMALL: Final = 10
"""People, below which a share says little."""
_YEARS_ON: Final = ("", "At the end of the next year", "of the second", "of the third",
                    "of the fourth", "of the fifth")  # fmt: skip
_BRIGHT: Final = 0.2
"""Luminance, above which dark letters stand out better than white ones."""
_STEPS: Final = 4


def cohorts(
    network: Network,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw which share of those connected in a year was in touch, year by year since.

    Parameters
    ----------
    network : Network
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above the chart.

    Returns
    -------
    matplotlib.axes.Axes
        A row is the connections made in a year, a column the years since; each cell is judged at
        the end of its year, as it would have been then, the running year's at `network.as_of`. The
        stronger its colour, the larger the share in touch; where there is room, it says how many
        people those are. Rows of fewer than 10 people are hatched. Only what has been observed has
        a cell. Who bears no connect day is left out.

    Raises
    ------
    TableError
        When `network` is none.

    Examples
    --------
    >>> import netquality as nq
    >>> ax = nq.plot.cohorts(nq.load_sample())
    >>> ax.get_xlabel()
    'years since connecting'
    """
    need_network(network)
    counts = cohort_counts(network)
    with style.styled(theme):
        ax = figures.new_axes((9.6, 6.4)) if ax is None else ax
        style.dress(ax, theme)
        if not network.has_messages:
            words = "This export has no messages: who was in touch when is not known"
            return marks.nothing(ax, words, theme)
        if counts.empty:
            return marks.nothing(ax, "No dated connections in this export", theme)
        above = 8.0
        if captioned:
            above = style.caption(ax, _title(counts), _subtitle(network), theme)
        _draw(ax, counts, above, theme)
    return ax


def cohort_counts(network: Network) -> pd.DataFrame:
    """Count those in touch by the year they were connected and the years since.

    Parameters
    ----------
    network : Network

    Returns
    -------
    pandas.DataFrame
        `year`, `years_since`, `people_count` connected in that year by then, `in_touch_count`;
        cells without people are left out.

    Examples
    --------
    >>> import netquality as nq
    >>> counts = cohort_counts(nq.load_sample())
    >>> bool((counts["in_touch_count"] <= counts["people_count"]).all())
    True
    """
    columns = ["year", "years_since", "people_count", "in_touch_count"]
    people = network.people[network.people["is_connection"]].set_index("person_id")
    made = people["connected_on"].dropna()
    made = made[made <= network.as_of.tz_localize(None)].dt.year
    if made.empty:
        return pd.DataFrame(columns=columns, dtype="int64")
    years = range(int(made.min()), network.as_of.year)
    moments = [end_of_day(date(year, 12, 31)) for year in years]
    judged = statuses_at(network, [*moments, network.as_of]).loc[made.index]
    rows = []
    for moment in judged.columns:
        status = judged[moment]
        there = made[status.notna()]
        awake = made[status == "active"].value_counts()
        for year, count in there.value_counts().items():
            cell = int(str(year)), moment.year - int(str(year))
            rows.append((*cell, int(count), int(awake.get(year, 0))))
    return pd.DataFrame(rows, columns=columns).sort_values(columns[:2], ignore_index=True)


def _draw(ax: Axes, counts: pd.DataFrame, above: float, theme: style.Theme) -> None:
    narrow = marks.is_narrow(ax)
    first, last = int(counts["year"].min()), int(counts["year"].max())
    wide = int(counts["years_since"].max()) + 1
    share = counts["in_touch_count"] / counts["people_count"]
    large = counts["people_count"] >= _SMALL
    most = max(float((share[large] if large.any() else share).max()), 0.04)
    colours = LinearSegmentedColormap.from_list("share", [theme.gap, theme.active_text])
    grid = np.full((last - first + 1, wide), np.nan)
    rows, places = (counts["year"] - first).to_numpy(), counts["years_since"].to_numpy()
    grid[rows, places] = share.to_numpy()
    ax.pcolormesh(
        np.arange(wide + 1) - 0.5, np.arange(len(grid) + 1) - 0.5,
        np.ma.masked_invalid(grid), cmap=colours,
        vmin=0, vmax=most, edgecolors=theme.paper, linewidth=0.8 if narrow else 1.4, label="share",
    )  # fmt: skip
    for row in marks.rows_of(counts[~large]):
        ax.add_patch(
            Rectangle(
                (row.years_since - 0.5, row.year - first - 0.5), 1, 1, facecolor="none",
                edgecolor=theme.muted, linewidth=0, hatch="////", alpha=0.4, label="small",
            )
        )  # fmt: skip
    sizes = counts.groupby("year")["people_count"].max()
    names = [f"{year} · {sizes.get(year, 0):,}" for year in range(first, last + 1)]
    size = 8.0 if narrow else 10.0
    ax.set_yticks(range(len(names)), names, fontsize=size)
    step = 2 if narrow and wide > 8 else 1  # noqa: PLR2004 - as many as fit on a phone
    ax.set_xticks(range(0, wide, step), [str(year) for year in range(0, wide, step)], fontsize=size)
    ax.set(ylim=(len(names) - 0.5, -0.5), xlim=(-0.5, wide - 0.5))
    ax.grid(visible=False)
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    ax.set_xlabel("years since connecting", color=theme.muted, fontsize=size + 1)
    ax.set_ylabel("connected in · people", color=theme.muted, fontsize=size + 1)
    cell = (
        (style.width_of(ax) * 72 - 84) / wide,
        (style.height_of(ax) * 72 - above - 80) / len(grid),
    )
    _count(ax, counts.assign(tone=share / most, row=rows), cell, colours)
    indent = max(style.text_size(name, size)[0] for name in names)
    _key(ax, most, colours, theme, indent=indent, small=not large.all())


def _count(ax: Axes, cells: pd.DataFrame, cell: tuple[float, float], colours: Any) -> None:
    """Write into each cell how many are in touch, where it has so many points."""
    widest = f"{cells['in_touch_count'].max():,}"
    for size in (10.0, 9.0, 8.0, 7.0):
        wide, high = style.text_size(widest, size)
        if wide + 3 <= cell[0] and high <= cell[1]:
            break
    else:
        return
    for row in marks.rows_of(cells):
        linear = np.power(colours(min(float(row.tone), 1.0))[:3], 2.2)
        is_bright = float(linear @ (0.2126, 0.7152, 0.0722)) > _BRIGHT
        ax.text(
            row.years_since, row.row, f"{row.in_touch_count:,}", ha="center", va="center",
            fontsize=size, color="#1c2127" if is_bright else "#ffffff",
        )  # fmt: skip


def _key(
    ax: Axes, most: float, colours: Any, theme: style.Theme, *, indent: float, small: bool
) -> None:
    """Say which colour is which share."""
    steps = np.linspace(0, 1, _STEPS)
    words = [f"{step * most * 100:.0f} %" for step in steps]
    words[0] = "0 % in touch"
    handles = [
        Patch(facecolor=colours(step), edgecolor=theme.grid, label=word)
        for step, word in zip(steps.tolist(), words, strict=True)
    ]
    if small:
        handles.append(
            Patch(facecolor=theme.paper, edgecolor=theme.muted, hatch="////", linewidth=0,
                  label=f"under {_SMALL} people")
        )  # fmt: skip
    marks.legend_below(ax, handles, 38.0 if marks.is_narrow(ax) else 42.0, indent, most=5)


def _title(counts: pd.DataFrame) -> str:
    """Say how many were in touch at the end of the next year, and some years later.

    The year of the export has not ended, so the cells of its column are left out.
    """
    said: list[str] = []
    at = counts["year"] + counts["years_since"]
    ended = counts[at < at.max()]
    there = ended["years_since"].max() if len(ended) else 0
    for later in sorted({min(1, there), min(5, there)} - {0}):
        cells = ended[ended["years_since"] == later]
        total, awake = int(cells["people_count"].sum()), int(cells["in_touch_count"].sum())
        verb = f" {'was' if total == 1 else 'were'} in touch" if not said else ""
        noun = plural(total, "connection") if not said else f"{total:,}"
        said.append(f"{_YEARS_ON[later]}, {awake / total * 100:.0f} % of {noun}{verb}")
    if not said:
        cells = counts[counts["years_since"] == 0]
        total, awake = int(cells["people_count"].sum()), int(cells["in_touch_count"].sum())
        return f"Of {plural(total, 'connection')} of one year, {awake:,} in touch"
    return "; ".join(said)


def _subtitle(network: Network) -> str:
    own = network.people[network.people["is_connection"]]
    undated = int(own["connected_on"].isna().sum())
    without = f" Not here: {plural(undated, 'connection')} without a date." if undated else ""
    return (
        "In a cell: how many were in touch, as judged at the end of that year, the last on "
        f"{day_text(network.as_of)}. Connections since removed are missing, so early years look "
        f"better than they were; talk elsewhere is not known.{without}"
    )
