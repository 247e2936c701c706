"""What was expected against what came: whether a chance can be taken at its word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.chance.judging import RELIABILITY
from netquality.errors import TableError
from netquality.plot import figures, marks, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["reliability", "scale", "subtitle"]

_BESIDE: Final = 0.8
_APART: Final = 0.5
"""Inches beside the axes, and from one mark below them to the next."""
_TICKS: Final = (0.0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


def reliability(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw how often something came true against how often it was expected to.

    Parameters
    ----------
    table : pandas.DataFrame
        `reliability` of what `netquality.backtest` returned.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default. A figure without a layout engine gets
        matplotlib's constrained one.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write above the chart what it shows.

    Returns
    -------
    matplotlib.axes.Axes
        A dot per bin of cases, with its 95 % interval; on the dashed line as often as expected.
        Both axes are drawn as square roots, so that low rates have room. Without a row it says
        that the history is too thin.

    Raises
    ------
    TableError
        When `table` is something else.

    Examples
    --------
    >>> import netquality as nq
    >>> test = nq.backtest(nq.load_sample())
    >>> ax = nq.plot.reliability(test.reliability)
    >>> len(ax.collections[0].get_offsets()) == len(test.reliability)
    True
    """
    if not isinstance(table, pd.DataFrame) or not set(RELIABILITY) <= set(table):
        raise TableError(
            "reliability: is no such table. Give `reliability` of what nq.backtest returned."
        )
    with style.styled(theme):
        ax = figures.new_axes() if ax is None else ax
        style.dress(ax, theme)
        if table.empty:
            return marks.nothing(ax, "Too thin a history to tell", theme)
        if captioned:
            style.caption(ax, _title(table), subtitle(table), theme)
        _draw(ax, table, theme)
    return ax


def _draw(ax: Axes, table: pd.DataFrame, theme: style.Theme) -> None:
    said, came = table["predicted"].to_numpy(), table["observed"].to_numpy()
    low, high = table["low"].to_numpy(), table["high"].to_numpy()
    most = min(1.0, float(max(said.max(), high.max())) * 1.08)
    for of in (ax.set_xscale, ax.set_yscale):
        of("function", functions=(_root, np.square))
    ax.plot([0, most], [0, most], color=theme.muted, linewidth=1.2, linestyle=(0, (5, 4)), zorder=1)
    ax.scatter(
        said,
        came,
        s=70,
        color=theme.active_text,
        edgecolor=theme.paper,
        zorder=3,
        label="observed",
        clip_on=False,
    )
    ax.vlines(said, low, high, color=theme.active_text, linewidth=2, zorder=2, label="interval")
    scale(ax, most)
    ax.set_xlabel("expected", color=theme.muted)
    ax.set_ylabel("came true", color=theme.muted)
    for words, place, ha, va in (
        ("more than expected", (0.02, 0.97), "left", "top"),
        ("fewer than expected", (0.98, 0.03), "right", "bottom"),
    ):
        ax.text(
            *place, words, transform=ax.transAxes, ha=ha, va=va, color=theme.muted, fontsize=9.5
        )


def scale(ax: Axes, most: float) -> None:
    """Draw both axes as square roots up to a rate, with as many marks below as there is room for.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    most : float
        Where both axes end.
    """
    marks = [one for one in _TICKS if one <= most]
    few: list[float] = []
    for mark in marks:
        apart = (np.sqrt(mark) - np.sqrt(few[-1] if few else 0.0)) / np.sqrt(most)
        if not few or apart * (style.width_of(ax) - _BESIDE) >= _APART:
            few.append(mark)
    ax.set(xlim=(0, most), ylim=(0, most))
    ax.set_xticks(few, map(_percent, few))
    ax.set_yticks(marks, map(_percent, marks))


def _root(values: NDArray[Any]) -> NDArray[Any]:
    roots: NDArray[Any] = np.sqrt(np.maximum(values, 0.0))
    return roots


def _percent(share: float) -> str:
    return f"{share * 100:g} %"


def _title(table: pd.DataFrame) -> str:
    cases, came = (int(table[name].sum()) for name in ("case_count", "came_true_count"))
    expected = float((table["predicted"] * table["case_count"]).sum())
    return f"Of {cases:,} cases in the past, {came:,} came true; {expected:,.0f} were expected"


def subtitle(table: pd.DataFrame) -> str:
    """Say what the dots, the line and the bars are.

    Examples
    --------
    >>> columns = {"predicted": [0.1], "observed": [0.2], "case_count": [30]}
    >>> subtitle(pd.DataFrame(columns)).split(";")[0]
    'The dot stands for 30 cases'
    """
    cases = int(table["case_count"].median())
    dots = f"Each dot stands for some {cases:,} cases, from the lowest chance to the highest"
    if len(table) == 1:
        dots = f"The dot stands for {cases:,} cases"
    return (
        f"{dots}; on the dashed line as many came true as expected. The bar is the 95 % interval "
        "of a share among so many people."
    )
