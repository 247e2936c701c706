"""The Lorenz curve of contact days: how few people most of the contact is with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.ticker import FixedLocator, PercentFormatter

from netquality.measures.moment import judged_on
from netquality.plot import figures, marks, style
from netquality.words import day_text, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["gini_of", "lorenz"]

_TOP: Final = 5
_NUMBERS: Final = ("", "One person has", "Two people have", "Three people have",
                   "Four people have", "Five people have")  # fmt: skip


def lorenz(
    people: pd.DataFrame,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw how unequally your contact days are spread over the people you had any with.

    Parameters
    ----------
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
        The curve begins with who has the fewest contact days, and ends with everybody who has any
        and all of them, at 1; on the dashed line all would have equally many. A contact day is a
        UTC day with a real one-to-one message with a person; a day with two people counts with
        both. Nobody is named.

    Raises
    ------
    TableError
        When `people` was not assessed.

    Notes
    -----
    Gini's coefficient is the area between line and curve as a share of that beneath the line:
    with n people of x days in rising order, the sum of (2 i - n - 1) x_i over n times the sum of
    x_i. It is 0 where all have equally many and 1 - 1/n where one has all. Lorenz, M. O. (1905),
    Methods of measuring the concentration of wealth. *Publications of the American Statistical
    Association* 9, 209-219.

    Examples
    --------
    >>> import netquality as nq
    >>> ax = nq.plot.lorenz(nq.assess(nq.load_sample()))
    >>> float(ax.lines[0].get_ydata()[-1])
    1.0
    """
    marks.need_people(people, "contact_days", "silent_days", "last_message_at", "is_connection")
    days = people["contact_days"].fillna(0).to_numpy(np.int64)
    days = np.sort(days[days > 0])
    with style.styled(theme):
        ax = figures.new_axes((9.6, 6.4)) if ax is None else ax
        style.dress(ax, theme)
        if not len(days):
            return marks.nothing(ax, "No real one-to-one message in this export", theme)
        if captioned:
            style.caption(ax, _title(days), _subtitle(people, days), theme)
        _draw(ax, days, theme)
    return ax


def gini_of(values: NDArray[np.int64]) -> float:
    """Return Gini's coefficient of numbers in rising order, not all 0.

    Examples
    --------
    >>> gini_of(np.array([1, 1, 1])), gini_of(np.array([1, 3]))
    (0.0, 0.25)
    """
    count = len(values)
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float((weights * values).sum() / (count * values.sum()))


def _top(days: NDArray[np.int64]) -> int:
    """Return how many people to speak of: five, or fewer where there are hardly more."""
    return min(_TOP, max(len(days) // 2, 1))


def _draw(ax: Axes, days: NDArray[np.int64], theme: style.Theme) -> None:
    share = np.concatenate([[0.0], np.cumsum(days) / days.sum()])
    place = np.linspace(0, 1, len(share))
    share[-1] = 1.0
    ax.fill_between(place, place, share, color=theme.gap, linewidth=0, zorder=1)
    ax.plot(place, share, color=theme.active_text, linewidth=2.6, label="contact days", zorder=3)
    ax.plot(
        [0, 1], [0, 1], color=theme.muted, linewidth=1.2, linestyle=(0, (5, 4)), zorder=2,
        label="equally many",
    )  # fmt: skip
    top = _top(days)
    ax.scatter(
        place[-1 - top], share[-1 - top], s=60, color=theme.active_text, edgecolors=theme.paper,
        zorder=4, label="top", clip_on=False,
    )  # fmt: skip
    ax.set(xlim=(0, 1), ylim=(0, 1))
    narrow = marks.is_narrow(ax)
    size = 9.0 if narrow else 11.0
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(FixedLocator([0, 0.2, 0.4, 0.6, 0.8, 1]))
        axis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    ax.tick_params(labelsize=size)
    noun = plural(len(days), "person", "people")
    ax.set_xlabel(f"of {noun}, the fewest contact days first", color=theme.muted, fontsize=size)
    ax.set_ylabel(f"of {plural(int(days.sum()), 'contact day')}", color=theme.muted, fontsize=size)
    if len(days) > 1:
        low, reach = float(share[-1 - top]), ax.get_yaxis_transform()
        ax.plot(
            [1.015, 1.03, 1.03, 1.015], [low, low, 1, 1], transform=reach, clip_on=False,
            color=theme.ink, linewidth=1.2, label="bracket", solid_joinstyle="miter",
        )  # fmt: skip
        ax.annotate(
            f"{plural(top, 'person', 'people')}:\n{(1 - low) * 100:.0f} %", (1.03, (1 + low) / 2),
            (5, 0), xycoords=reach, textcoords="offset points", va="center", fontsize=size,
            color=theme.ink, linespacing=1.3, annotation_clip=False,
        )  # fmt: skip
    ax.text(
        0.03, 0.97, "on the dashed line all\nwould have equally many", va="top", linespacing=1.3,
        transform=ax.transAxes, color=theme.muted, fontsize=size,
    )  # fmt: skip


def _title(days: NDArray[np.int64]) -> str:
    top, whole = _top(days), int(days.sum())
    share = int(days[-top:].sum()) / whole
    if len(days) == 1:
        return f"One person has all {whole:,} of your contact days here"
    return f"{_NUMBERS[top]} {share * 100:.0f} % of your contact days here"


def _subtitle(people: pd.DataFrame, days: NDArray[np.int64]) -> str:
    when = judged_on(people)
    away = int((people["is_connection"] & people["silent_days"].isna()).sum())
    said = [
        f"As of {day_text(when)}." if when is not None else "",
        f"Gini {gini_of(days):.2f}: the shaded area as a share of that beneath the dashed line.",
        "It is 0 if all have equally many, near 1 if one has all.",
        f"Not here: {plural(away, 'connection')} without a real one-to-one message."
        if away else "",
        "Days on which you met or called are not known.",
    ]  # fmt: skip
    return " ".join(filter(None, said))
