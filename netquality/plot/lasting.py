"""How long relationships stay awake: the share that had not come to rest, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.ticker import FixedLocator, PercentFormatter
from matplotlib.transforms import ScaledTranslation

from netquality.habits.telling import RESTS_AFTER, SMALL
from netquality.plot import figures, marks, style
from netquality.plot.observed import called, left_of, size_of, write_observed
from netquality.words import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["survival"]

_ALL: Final = "all"
_YEAR: Final = 365.25
_FINE: Final = 0.1
"""Years; where the table has wider gaps, a curve would invent when it falls."""
_FEWEST: Final = 5
"""People observed; with fewer nothing is drawn."""
_FEW_YEARS, _MOST_TICKS = 6, 6
_LINES: Final[tuple[Any, ...]] = (
    (0, (6, 2.5)), (0, (1.2, 1.6)), (0, (7, 2, 1.2, 2)), (0, (3, 1.5)),
    (0, (7, 2, 1.2, 2, 1.2, 2)), (0, (1.2, 4)),
)  # fmt: skip
_FEW: Final = 3
"""Groups that can be told apart at a glance, and on a phone."""
_SHAPES: Final = "sD^vPX"


def survival(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw what share of relationships had not yet come to rest, by years since they began.

    Parameters
    ----------
    table : pandas.DataFrame
        As `netquality.habits.relationship_survival` returned it. A curve takes its value every
        month: ``years=[month / 12 for month in range(121)]``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above the chart.

    Returns
    -------
    matplotlib.axes.Axes
        Steps for all, with their 95 % band, and for each group of at least 20 people in a line
        style of its own (the three largest on narrow axes), labelled where it ends; as long as five
        people are observed. For the groups there are intervals at one year. Where the
        years of the table lie more than a tenth of a year apart, dots with intervals and nothing
        between them. Shaded is the time in which nobody can come to rest, for that takes 395 days
        without an answer. Nobody is named.

    Raises
    ------
    TableError
        When `table` is another one.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> months = [month / 12 for month in range(121)]
    >>> table = nq.habits.relationship_survival(network, nq.assess(network), years=months)
    >>> ax = nq.plot.survival(table)
    >>> bool(ax.lines[0].get_ydata()[0] == table["share"].iloc[-121])
    True
    """
    sentence = marks.need_habit(
        table, "relationship_survival", "group", "person_count", "years", "at_risk_count", "share",
        "low", "high",
    )  # fmt: skip
    with style.styled(theme):
        ax = figures.new_axes((9.6, 6.0)) if ax is None else ax
        style.dress(ax, theme)
        curves, left_out = _curves(table, _FEW if marks.is_narrow(ax) else len(_LINES))
        if not curves:
            why = f" Under {_FEWEST} are too few for a curve." if len(table) else ""
            return marks.nothing(ax, sentence + why, theme)
        above = 8.0
        is_curve = _is_fine(curves[0])
        year = _told_at(curves) if is_curve else None
        if captioned:
            said = _subtitle(table, left_out, year, is_curve=is_curve)
            left = left_of(ax, table, curves)
            above = style.caption(
                ax, sentence.removesuffix("."), said, theme, beside=24.0, indent=left
            )
        _scale(ax, curves, theme)
        draw = _steps if is_curve else _dots
        ends = [draw(ax, *one, len(curves), theme) for one in enumerate(curves)]
        _bars(ax, curves, year, theme)
        below = write_observed(ax, table, curves, theme)
        _label(ax, table, curves, ends, max(style.height_of(ax) * 72 - above - below, 60.0), theme)
    return ax


def _curves(table: pd.DataFrame, most: int) -> tuple[list[pd.DataFrame], list[int]]:
    """Return what is drawn, all first and then the larger groups; and how large the others are."""
    there: list[pd.DataFrame] = []
    left_out: list[int] = []
    for name, some in table.groupby("group", sort=False):
        count = int(some["person_count"].iloc[0])
        known = some[(some["at_risk_count"] >= _FEWEST) & some["share"].notna()]
        known = known.drop_duplicates("years").sort_values("years")
        numbers = {column: known[column].astype("float64") for column in ("share", "low", "high")}
        is_long = len(known) and float(known["years"].iloc[-1]) > RESTS_AFTER / _YEAR
        if len(known) and (name == _ALL or (count >= SMALL and is_long)):
            there.append(known.assign(**numbers))
        elif name != _ALL:
            left_out.append(count)
    first = [curve for curve in there if curve["group"].iloc[0] == _ALL]
    rest = [curve for curve in there if curve["group"].iloc[0] != _ALL]
    rest.sort(key=lambda curve: -int(curve["person_count"].iloc[0]))
    left_out += [int(curve["person_count"].iloc[0]) for curve in rest[most:]]
    return [*first, *rest[:most]], left_out


def _is_fine(curve: pd.DataFrame) -> bool:
    """Tell whether the years follow each other so closely that steps invent nothing."""
    return len(curve) > 1 and float(curve["years"].diff().max()) <= _FINE


def _scale(ax: Axes, curves: list[pd.DataFrame], theme: style.Theme) -> None:
    size, end = size_of(ax), max(float(curve["years"].max()) for curve in curves)
    end = max(end, 2.0)
    ax.set(xlim=(0, end * (1.0 if _is_fine(curves[0]) else 1.05)), ylim=(0, 1.02))
    ax.axvspan(0, RESTS_AFTER / _YEAR, color=theme.gap, linewidth=0, zorder=0, label="too soon")
    ax.yaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    ax.tick_params(labelsize=size)
    ax.xaxis.set_major_locator(FixedLocator(_ticks(curves[0], end)))
    ax.xaxis.set_major_formatter("{x:g}")
    ax.set_xlabel("years since the relationship began", color=theme.muted, fontsize=size)
    ax.set_ylabel("still awake", color=theme.muted, fontsize=size)


def _ticks(curve: pd.DataFrame, end: float) -> list[float]:
    """Return whole years, or those of the table where they are few."""
    if not _is_fine(curve) and len(curve) <= _FEW_YEARS:
        return [0.0, *(year for year in curve["years"].astype("float64") if year)]
    step = next(step for step in (1, 2, 5, 10, 20, end) if end / step <= _MOST_TICKS)
    return [float(year) for year in np.arange(0, end + 1e-9, step)]


def _look(number: int, count: int, theme: style.Theme) -> dict[str, Any]:
    many = count - 1 > _FEW  # then they cross each other, and all has to be seen through them
    if not number:
        return {"color": theme.active_text, "linewidth": 2.6, "zorder": 6 if many else 4}
    return {
        "color": theme.ink, "linewidth": 1.2 if many else 1.7, "linestyle": _LINES[number - 1],
        "zorder": 5,
    }  # fmt: skip


def _steps(ax: Axes, number: int, curve: pd.DataFrame, count: int, theme: style.Theme) -> float:
    """Draw a curve; return the year at which it ends."""
    years = curve["years"].to_numpy(float)
    name = str(curve["group"].iloc[0])
    if name == _ALL:
        ax.fill_between(
            years, curve["low"], curve["high"], step="post", color=theme.active_text, alpha=0.16,
            linewidth=0, zorder=1, label="interval",
        )  # fmt: skip
    ax.plot(
        years, curve["share"].to_numpy(), drawstyle="steps-post", label=name,
        markersize=9, markeredgewidth=1.7, markevery=[-1],
        marker="|" if years[-1] < ax.get_xlim()[1] else None,  # here it ends
        dash_capstyle="butt", solid_joinstyle="miter", **_look(number, count, theme),
    )  # fmt: skip
    return float(years[-1])


def _dots(ax: Axes, number: int, curve: pd.DataFrame, count: int, theme: style.Theme) -> float:
    """Draw the years of the table alone, groups beside each other; return where the last stands."""
    small = marks.is_narrow(ax)
    large = 5 if small else 8
    point = ax.get_xlim()[1] / (style.width_of(ax) * 72 - 200)
    nearest = float(np.diff(curve["years"].to_numpy(float), prepend=-np.inf).min())
    apart = min((6.5 if small else 9.5) * point, 0.75 * nearest / count)
    years = curve["years"].to_numpy(float) + (number - (count - 1) / 2) * apart
    name = str(curve["group"].iloc[0])
    colour = theme.active_text if not number else theme.ink
    ax.vlines(years, curve["low"], curve["high"], color=colour, linewidth=1.8, zorder=2,
              label=f"interval of {name}")  # fmt: skip
    ax.plot(
        years, curve["share"].to_numpy(), linestyle="none", label=name, zorder=3 + (not number),
        marker="o" if not number else _SHAPES[number - 1],
        markersize=large if not number else 4 if small else 5 if count - 1 > _FEW else 6,
        markerfacecolor=colour if not number else theme.paper, markeredgecolor=colour,
        markeredgewidth=1.6, clip_on=False,
    )  # fmt: skip
    return float(years[-1])


def _bars(ax: Axes, curves: list[pd.DataFrame], year: int | None, theme: style.Theme) -> None:
    """Draw the intervals of the groups at one year, beside each other."""
    apart = ax.get_xlim()[1] * 0.016
    for number, curve in enumerate(curves[1:] if year else []):
        row = curve[np.isclose(curve["years"].to_numpy(float), float(year or 0))].iloc[0]
        shift = (number - (len(curves) - 2) / 2) * apart
        bars = ax.errorbar(
            float(row["years"]) + shift, row["share"], color=theme.ink, linewidth=1.2, capsize=3,
            yerr=[[row["share"] - row["low"]], [row["high"] - row["share"]]], zorder=3,
            label=f"interval of {row['group']}",
        )  # fmt: skip
        bars[2][0].set_linestyle(_LINES[number] if len(curves) - 1 <= _FEW else "solid")


def _told_at(curves: list[pd.DataFrame]) -> int | None:
    """Return the last year up to the fifth for which each curve has 20 people, if there is one."""
    for year in (5, 4, 3, 2) if len(curves) > 1 else ():
        at = [curve[np.isclose(curve["years"].to_numpy(float), year)] for curve in curves]
        if all(len(row) and row["at_risk_count"].iloc[0] >= SMALL for row in at):
            return year
    return None


def _label(
    ax: Axes,
    table: pd.DataFrame,
    curves: list[pd.DataFrame],
    years: list[float],
    high: float,
    theme: style.Theme,
) -> None:
    """Write at the right what each curve is, with a thin line from where it ends."""
    size, narrow = size_of(ax), marks.is_narrow(ax)
    ends = []
    for number, curve in enumerate(curves):
        name, count = str(curve["group"].iloc[0]), int(curve["person_count"].iloc[0])
        width = 64.0 if narrow else 180.0
        words = f"{called(table, name, 1.9 * width if narrow else width, size)}: {count:,}"
        ends.append((float(curve["share"].iloc[-1]), years[number], number,
                     style.wrap(words, width, size)))  # fmt: skip
    ends.sort()
    lines = max(words.count("\n") + 1 for *_, words in ends)
    unit = (ax.get_ylim()[1] - ax.get_ylim()[0]) / high
    gap = lines * size * 1.3 * unit
    places = style.spread([share for share, *_ in ends], gap, gap * 0.4, 1.0)
    figure = ax.get_figure(root=True)
    if figure is None:
        return
    beside = ax.get_yaxis_transform() + ScaledTranslation(12 / 72, 0, figure.dpi_scale_trans)
    for (share, year, number, words), place in zip(ends, places, strict=True):
        line = {
            "arrowstyle": "-", "linewidth": 0.6, "color": theme.muted, "relpos": (0.0, 0.5),
            "shrinkA": 2, "shrinkB": 1 if _is_fine(curves[number]) else 6, "zorder": 1,
        }  # fmt: skip
        beneath = year >= ax.get_xlim()[1] and abs(place - share) < gap / 2
        ax.annotate(
            words, (year, share), (1.0, place), textcoords=beside, va="center", fontsize=size,
            color=theme.ink if number else theme.active_text, annotation_clip=False,
            fontweight="normal" if number else "bold", arrowprops=None if beneath else line,
            parse_math=False,
        )  # fmt: skip


def _subtitle(
    table: pd.DataFrame, left_out: Sequence[int], year: int | None, *, is_curve: bool
) -> str:
    """Say what the marks are, and what is not drawn."""
    groups = f", those of groups after {year} years" if year else ""
    few = (
        f"under {_FEWEST} observed"
        if is_curve
        else f"under {_FEWEST} observed, or between the dots"
    )
    why = f"of under {SMALL}" if max(left_out, default=0) < SMALL else "smaller"
    small = (
        f"{plural(len(left_out), 'group')} {why} or observed too briefly "
        f"({sum(left_out):,} in all), and " if left_out else ""
    )  # fmt: skip
    return (
        f"{marks.as_of(table)} Kaplan-Meier with 95 % intervals{groups}. Nobody can rest in the "
        f"first 13 months (shaded). Not drawn: {small}years with {few}. Talk elsewhere is not "
        "known."
    ).strip()
