"""You against them: who writes more, who asks, who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.ticker import NullFormatter, NullLocator

from netquality.plot import figures, marks, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["listening"]

_MEASURES: Final = {
    "turns": ("Turns in a relationship", "{you} of yours, {they} of theirs"),
    "characters": ("Characters in a turn", "{you} of yours, {they} of theirs"),
    "questions": ("Messages that ask", "{you} of yours, {they} of theirs"),
    "answers": ("Turns answered", "you {you} of theirs, they {they} of yours"),
}
_SHARES: Final = ("questions", "answers")
_LEAST, _MOST = float(np.log(1.3)), float(np.log(20))
"""Logarithms of the ratio to which the axis reaches at least, and an interval at most."""
_TICKS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10, 20,
                 50, 100)  # fmt: skip
_LARGE: Final = 10
_EQUAL: Final = 0.005
_ALMOST: Final = 0.995
_LINE: Final = 1.35
_TICK: Final = 30.0
"""Points that a tick's figure takes."""


def listening(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw what you wrote in your relationships against what the others wrote.

    Parameters
    ----------
    table : pandas.DataFrame
        As `netquality.habits.listening` returned it.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above the chart.

    Returns
    -------
    matplotlib.axes.Axes
        A row per measure: a dot at the ratio of yours to theirs, on a logarithmic axis around 1,
        with its 95 % interval and both values in words. The dot is filled where the interval leaves
        out 1, and hollow where it covers it, lies within half a percent of it, or is missing. The
        interval of fewer than 20 people is dashed; an arrow says that it goes on beyond the axis.
        Nobody is named.

    Raises
    ------
    TableError
        When `table` is another one.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> ax = nq.plot.listening(nq.habits.listening(network, nq.assess(network)))
    >>> ax.get_xscale()
    'log'
    """
    sentence = marks.need_habit(
        table, "listening", "measure", "you", "they", "ratio", "low", "high", "is_small"
    )
    names = ["you", "they", "ratio", "low", "high"]
    known = table[names].apply(lambda column: column.astype("float64"))
    table = table.assign(**{name: known[name] for name in names})  # NaN where it is missing
    with style.styled(theme):
        ax = figures.new_axes((9.6, 5.0)) if ax is None else ax
        style.dress(ax, theme)
        if not table[["you", "they"]].notna().any(axis=None):
            return marks.nothing(ax, sentence, theme)
        left = 0.0 if marks.is_narrow(ax) else _beside(ax, table)
        if captioned:
            said = sentence.removesuffix("."), _subtitle(table)
            style.caption(ax, *said, theme, beside=24.0, indent=left)
        _scale(ax, table, left, theme)
        for number, row in enumerate(marks.rows_of(table)):
            _row(ax, row, number, left, theme)
    return ax


def _size(ax: Axes) -> float:
    return 9.0 if marks.is_narrow(ax) else 11.0


def _beside(ax: Axes, table: pd.DataFrame) -> float:
    """Return the points that the words at the left take."""
    said = [_said(row) for row in marks.rows_of(table)]
    return 16 + max(
        max(style.text_size(head, _size(ax), "bold")[0], style.text_size(words, _size(ax))[0])
        for head, words in said
    )


def _scale(ax: Axes, table: pd.DataFrame, left: float, theme: style.Theme) -> None:
    """Make an axis as long on either side of 1, and say which side is whose."""
    ratio, *bounds = (
        np.log(table[name].where(table[name] > 0).to_numpy()) for name in ("ratio", "low", "high")
    )
    far = np.nanmax([_LEAST, *np.abs(ratio) * 1.15])
    far = np.nanmax([far, *(np.minimum(np.abs(bound), _MOST) for bound in np.hstack(bounds))])
    far = float(far) * 1.06
    narrow = marks.is_narrow(ax)
    wide = style.width_of(ax) * 72 - (left + 130 if not narrow else 24)
    few: list[float] = []
    for tick in sorted(_TICKS, key=lambda tick: abs(np.log(tick))):
        apart = [abs(np.log(tick / other)) / (2 * far) * wide for other in few]
        if abs(np.log(tick)) <= far and all(gap >= _TICK for gap in apart):
            few.append(tick)
    ax.set_xscale("log")
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_minor_formatter(NullFormatter())
    few.sort()
    ax.set_xticks(few, [f"{tick:g}" for tick in few])
    ax.set_yticks([])
    ax.grid(visible=False)
    ax.tick_params(labelsize=_size(ax))
    ax.set(xlim=(np.exp(-far), np.exp(far)), ylim=(len(table) - 0.4, -0.85 if narrow else -0.65))
    ax.set_xlabel("yours to theirs; at 1 as much as they", color=theme.muted, fontsize=_size(ax))
    for words, side, shift in (("← they more", "right", -7), ("you more →", "left", 7)):
        ax.annotate(
            words, (1, 1), (shift, -_size(ax)), xycoords=ax.get_xaxis_transform(), ha=side,
            textcoords="offset points", fontsize=_size(ax), color=theme.muted,
        )  # fmt: skip


def _row(ax: Axes, row: Any, number: int, left: float, theme: style.Theme) -> None:
    narrow = marks.is_narrow(ax)
    at = number + (0.27 if narrow else 0.0)  # the words stand above the dot, or beside it
    reaches = (at - 0.16, at + 0.16) if narrow else (at - 0.5, at + 0.5)
    ax.vlines(1, *reaches, color=theme.muted, linewidth=1.2, zorder=1, label="as much")
    judged = "", ""
    if np.isfinite(row.ratio) and row.ratio > 0:
        judged = _judged(row.ratio, row.low, row.high)
        _dot(ax, row, at, theme)
    else:
        ax.annotate(
            _why(row), (1, at), (10, 0), va="center", textcoords="offset points",
            fontsize=_size(ax), color=theme.muted, style="italic",
        )  # fmt: skip
    above = number - 0.18 if narrow else number
    _two_lines(ax, (0.0, above), -left, _said(row), theme, ha="left")
    side, shift = ("right", 0.0) if narrow else ("left", 14.0)
    _two_lines(ax, (1.0, above), shift, judged, theme, ha=side)


def _two_lines(
    ax: Axes,
    at: tuple[float, float],
    right: float,
    lines: tuple[str, str],
    theme: style.Theme,
    *,
    ha: str,
) -> None:
    """Write a line and a quieter one below it."""
    size = _size(ax)
    for words, up, weight, colour in (
        (lines[0], 1, "bold", theme.ink), (lines[1], -1, "normal", theme.muted),
    ):  # fmt: skip
        ax.annotate(
            words, at, (right, up * size * _LINE / 2), xycoords=ax.get_yaxis_transform(), ha=ha,
            textcoords="offset points", va="center", fontsize=size, annotation_clip=False,
            color=colour, fontweight=weight,
        )  # fmt: skip


def _dot(ax: Axes, row: Any, at: float, theme: style.Theme) -> None:
    ratio, low, high = row.ratio, row.low, row.high
    begin, end = ax.get_xlim()
    if np.isfinite(low):
        ax.hlines(
            at, max(low, begin), min(high, end), color=theme.active_text, linewidth=2.2, zorder=2,
            label="interval", linestyle=(0, (2.5, 1.6)) if row.is_small else "solid",
        )  # fmt: skip
        for edge, shape, beyond in ((begin, "<", low < begin), (end, ">", high > end)):
            if beyond:
                ax.scatter(edge, at, s=36, marker=shape, color=theme.active_text, label="beyond",
                           clip_on=False, zorder=2)  # fmt: skip
    ax.scatter(
        ratio, at, s=50 if marks.is_narrow(ax) else 80, linewidths=2.0, zorder=3, label="ratio",
        facecolors=theme.active_text if _bears(low, high).endswith(" more") else theme.paper,
        edgecolors=theme.active_text,
    )  # fmt: skip


def _said(row: Any) -> tuple[str, str]:
    """Return what was measured, and both values in words."""
    head, words = _MEASURES.get(row.measure, (str(row.measure), "{you} of yours, {they} of theirs"))
    return head, words.format(you=_value(row.you, row.measure), they=_value(row.they, row.measure))


def _judged(ratio: float, low: float, high: float) -> tuple[str, str]:
    """Return a ratio with its interval, and what that bears.

    Examples
    --------
    >>> _judged(0.63, 0.57, 0.69), _judged(1.003, 0.9958, 1.011)
    (('0.63 (0.57 to 0.69)', 'they more'), ('1.003 (0.996 to 1.011)', 'within chance'))
    """
    if not np.isfinite(low):
        return f"{ratio:.2f}", "no interval"
    verdict = _bears(low, high)
    near = 1.0 in {round(low, 2), round(high, 2)} and verdict != "as much as they"
    said = [
        f"{value:.{3 if near else 2 if value < _LARGE else 0}f}" for value in (ratio, low, high)
    ]
    return f"{said[0]} ({said[1]} to {said[2]})", verdict


def _bears(low: float, high: float) -> str:
    """Return what an interval of a ratio bears; one within half a percent of 1 is no difference."""
    if max(abs(low - 1), abs(high - 1)) < _EQUAL:
        return "as much as they"
    return "you more" if low > 1 else "they more" if high < 1 else "within chance"


def _value(value: float, measure: str) -> str:
    if not np.isfinite(value):
        return "none"
    if measure in _SHARES:
        digits = 1 if _ALMOST < value < 1 else 0  # nearly all are not all
        return f"{value * 100:.{digits}f} %"
    return f"{value:,.0f}" if value >= _LARGE * 10 else f"{value:.1f}"


def _why(row: Any) -> str:
    """Say why there is no ratio."""
    if not np.isfinite(row.you) or not np.isfinite(row.they):
        return "nothing to compare"
    return "no ratio to 0" if not row.they else "none of yours"


def _subtitle(table: pd.DataFrame) -> str:
    few = table["is_small"] & table["low"].notna()
    dashed = ", dashed for fewer than 20 people" if few.any() else ""
    return (
        f"{marks.as_of(table)} One-to-one messages in relationships. The bar is the 95 % interval "
        f"over people, each measure for itself{dashed}; hollow: no difference, or one that "
        "chance can make. Talk elsewhere is not known."
    ).strip()
