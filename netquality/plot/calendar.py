"""A calendar of connecting: when connections were made, and what came of the bursts among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.patches import Patch, Rectangle

from netquality.bursts import find_bursts
from netquality.habits import connection_bursts
from netquality.plot import figures, marks, style
from netquality.plot.outcomes import Outcomes, left_of, size_of, write_list
from netquality.words import MONTHS, day_text, plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from netquality.network import Network

__all__ = ["bursts", "connection_weeks"]

_WEEKS: Final = 53
"""Columns; the last has the one or two days left."""
_STARTS: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
"""Days of the year before each month."""
_QUARTER: Final = 3
_TALLEST: Final = 34.0
"""Points from one year to the next at most."""


def bursts(
    network: Network,
    people: pd.DataFrame,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw a calendar of connecting, with its bursts and what came of each.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returned it.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above the chart.

    Returns
    -------
    matplotlib.axes.Axes
        A row per year, a cell per week of it (the days 1 to 7 of the year are the first; the last
        has one day or two), the stronger the more connections were made. Each burst of
        `netquality.habits.connection_bursts` is framed and numbered in order; how many people it
        has, and with how many there was talk within 90 days, stands beside its year, or in a list
        below where there is no room. Where there is no room for all, the largest are listed. Who
        bears no connect day is left out and counted. Nobody is named.

    Raises
    ------
    TableError
        When `network` is none, or `people` was not assessed.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> ax = nq.plot.bursts(network, nq.assess(network))
    >>> int(ax.collections[0].get_array().sum()) == network.connection_count
    True
    """
    table = connection_bursts(network, people)
    weeks = connection_weeks(people)
    found = table[table["burst"] != "others"]
    if not network.has_messages:  # nothing is known of talk, but the dates are there
        own = people["is_connection"]
        found = find_bursts(people.loc[own, "connected_on"]).assign(observed_count=0, soon_count=0)
    found = found.assign(burst=[str(number) for number in range(1, len(found) + 1)])
    rows = int(np.ptp(weeks["year"])) + 1 if len(weeks) else 1
    with style.styled(theme):
        high = float(np.clip(2.9 + 0.3 * rows, 3.4, 9.6))
        ax = figures.new_axes((9.6, high)) if ax is None else ax
        style.dress(ax, theme)
        if weeks.empty:
            return marks.nothing(ax, "No dated connections in this export", theme)
        above = 8.0
        if captioned:
            said = _subtitle(network, people, found, table.attrs["sentence"])
            above = style.caption(
                ax, _title(weeks, found), said, theme, beside=24.0, indent=left_of(ax)
            )
        _draw(ax, weeks, found, Outcomes(ax, found, asked=network.has_messages), above, theme)
    return ax


def connection_weeks(people: pd.DataFrame) -> pd.DataFrame:
    """Count the connections made in each week of each year.

    Parameters
    ----------
    people : pandas.DataFrame
        As `netquality.assess` returned it.

    Returns
    -------
    pandas.DataFrame
        `year`, `week` (0 for the first seven days of the year) and `person_count`; weeks without
        a connection are left out.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> int(connection_weeks(people)["person_count"].sum())
    878
    """
    made = people.loc[people["is_connection"], "connected_on"].dropna()
    dated = pd.DataFrame({"year": made.dt.year, "week": _week(made)})
    counts = dated.groupby(["year", "week"]).size().rename("person_count")
    return counts.reset_index().astype("int64")


def _week(days: pd.Series) -> pd.Series:
    week: pd.Series = (days.dt.day_of_year - 1) // 7
    return week


def _draw(
    ax: Axes,
    weeks: pd.DataFrame,
    found: pd.DataFrame,
    words: Outcomes,
    above: float,
    theme: style.Theme,
) -> None:
    first, last = int(weeks["year"].min()), int(weeks["year"].max())
    rows = last - first + 1
    most = int(weeks["person_count"].max())
    handles = _key(most, theme, narrow=marks.is_narrow(ax), framed=len(found) > 0)
    key = marks.legend_below(ax, handles, 26.0, left_of(ax), most=6)
    listed = 26.0 + key * 17
    below = listed + (words.lines + 1) * words.size * 1.4 * (words.lines > 0)
    pitch = max(style.height_of(ax) * 72 - above - below - 8, 60.0) / rows
    if pitch > _TALLEST:  # few years
        wide = style.width_of(ax) * 72 - left_of(ax) - words.width - 12
        ax.set_box_aspect(rows * _TALLEST / wide)
        ax.set_anchor("NW")
        pitch = _TALLEST
    size = float(np.clip(pitch * 0.45, 6.5, 9.0))
    gap = min((size * 0.76 + 4.0) / pitch, 0.6) if len(found) else 0.12
    grid = np.full((2 * rows, _WEEKS), np.nan)
    grid[1::2] = _grid(weeks, first, rows)
    ax.pcolormesh(
        np.arange(_WEEKS + 1) - 0.5,
        np.repeat(np.arange(rows + 1), 2)[:-1] + np.tile([0.0, gap], rows + 1)[:-1],
        np.ma.masked_invalid(grid), cmap=_shades(theme), norm=PowerNorm(0.5, 0, most),
        label="weeks",
        edgecolors=theme.paper, linewidth=0.3 if marks.is_narrow(ax) else 0.7,
    )  # fmt: skip
    _frames(ax, found, first, gap, theme)
    ax.set(xlim=(-0.5, _WEEKS - 0.5), ylim=(rows, 0))
    _number(ax, found, first, gap, size, theme, words)
    _scale(ax, first, rows, gap, pitch)
    for year, said in words.beside.items():
        ax.annotate(
            said, (1, year - first + (1 + gap) / 2), (8, 0), xycoords=ax.get_yaxis_transform(),
            textcoords="offset points", va="center", fontsize=words.size, color=theme.ink,
            annotation_clip=False,
        )  # fmt: skip
    write_list(ax, words, listed, theme)


def _grid(weeks: pd.DataFrame, first: int, rows: int) -> NDArray[Any]:
    """Return the counts by year and week; missing before the first and after the last of all."""
    counts = np.zeros(rows * _WEEKS)
    place = ((weeks["year"] - first) * _WEEKS + weeks["week"]).to_numpy()
    counts[place] = weeks["person_count"]
    there = np.arange(len(counts))
    counts[(there < place.min()) | (there > place.max())] = np.nan
    return counts.reshape(rows, _WEEKS)


def _shades(theme: style.Theme) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list("many", [theme.gap, theme.ink])


def _key(most: int, theme: style.Theme, *, narrow: bool, framed: bool) -> list[Patch]:
    """Say which shade is how many."""
    shades = _shades(theme)
    counts = sorted({0, round(most / 4), most} | (set() if narrow else {1}))
    handles = [
        Patch(
            facecolor=shades(float(np.sqrt(count / max(most, 1)))), edgecolor=theme.grid,
            label=f"{count:,}{' a week' if count == most else ''}",
        )
        for count in counts
    ]  # fmt: skip
    if framed and not narrow:
        handles.append(
            Patch(facecolor="none", edgecolor=theme.active_text, linewidth=1.6, label="a burst")
        )
    return handles


def _places(found: pd.DataFrame) -> list[tuple[str, int, int, int]]:
    """Return number, year, first and last week of each burst; twice where it has two years."""
    begin, end = _week(found["first_on"]), _week(found["last_on"])
    places = []
    for row, low, high in zip(marks.rows_of(found), begin, end, strict=True):
        if row.first_on.year == row.last_on.year:
            places.append((row.burst, row.first_on.year, int(low), int(high)))
        else:
            places.append((row.burst, row.first_on.year, int(low), _WEEKS - 1))
            places.append((row.burst, row.last_on.year, 0, int(high)))
    return places


def _frames(ax: Axes, found: pd.DataFrame, first: int, gap: float, theme: style.Theme) -> None:
    for burst, year, low, high in _places(found):
        ax.add_patch(
            Rectangle(
                (low - 0.5, year - first + gap), high - low + 1, 1 - gap, facecolor="none",
                edgecolor=theme.active_text, zorder=4, label=f"burst {burst}", clip_on=False,
                linewidth=1.3 if marks.is_narrow(ax) else 1.8,
            )
        )  # fmt: skip


def _number(
    ax: Axes,
    found: pd.DataFrame,
    first: int,
    gap: float,
    size: float,
    theme: style.Theme,
    words: Outcomes,
) -> None:
    """Write the numbers of the bursts above them, apart from each other."""
    point = _WEEKS / (style.width_of(ax) * 72 - left_of(ax) - words.width - 20)
    seen: dict[int, list[tuple[float, str]]] = {}
    done: set[str] = set()
    for burst, year, low, high in _places(found):
        if burst not in done:
            seen.setdefault(year, []).append(((low + high) / 2, burst))
        done.add(burst)
    for year, row in seen.items():
        apart = max(style.text_size(burst, size, "bold")[0] for _, burst in row) + 3
        middles = style.spread([middle for middle, _ in row], apart * point, 0.0, _WEEKS - 1.0)
        for middle, (_, burst) in zip(middles, row, strict=True):
            ax.annotate(
                burst, (middle, year - first + gap), (0, 2.5), textcoords="offset points",
                ha="center", va="baseline", fontsize=size, fontweight="bold", zorder=5,
                color=theme.active_text, annotation_clip=False,
            )  # fmt: skip


def _scale(ax: Axes, first: int, rows: int, gap: float, pitch: float) -> None:
    """Name the years at the left and the months below."""
    size = size_of(ax)
    step = next(step for step in (1, 2, 5, 10, rows) if step * pitch >= size * 1.15)
    shown = [row for row in range(rows) if (first + row) % step == 0] or [0]
    ax.set_yticks([row + (1 + gap) / 2 for row in shown], [str(first + row) for row in shown])
    months = range(0, 12, _QUARTER if marks.is_narrow(ax) else 1)
    ax.set_xticks([_STARTS[month] / 7 for month in months], [MONTHS[month][:3] for month in months])
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0)
    ax.tick_params(labelsize=size)
    ax.grid(visible=False)


def _title(weeks: pd.DataFrame, found: pd.DataFrame) -> str:
    count, inside = int(weeks["person_count"].sum()), int(found["person_count"].sum())
    if not len(found):
        return f"No burst stands out among {plural(count, 'dated connection')}"
    verb = "was" if inside == 1 else "were"
    return (
        f"Of {plural(count, 'dated connection')}, {inside:,} {verb} made in "
        f"{plural(len(found), 'burst')} of a few days"
    )


def _subtitle(network: Network, people: pd.DataFrame, found: pd.DataFrame, sentence: str) -> str:
    undated = int((people["is_connection"] & people["connected_on"].isna()).sum())
    said = [
        f"As of {day_text(network.as_of)}.",
        sentence if len(found) or not network.has_messages else "",
        "A burst is far more connections in a few days than your pace around them explains.",
        f"Not here: {plural(undated, 'connection')} without a date." if undated else "",
        "Connections since removed are missing; talk elsewhere is not known.",
    ]
    return " ".join(filter(None, said))
