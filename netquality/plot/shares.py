"""Shares with their intervals: the chart of the habits that have no other."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd
from matplotlib.ticker import MaxNLocator, PercentFormatter

from netquality.errors import TableError
from netquality.plot import figures, marks, style
from netquality.words import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["shares"]


class _Kind(NamedTuple):
    """How the table of a habit is drawn."""

    habit: str
    rows: str
    part: str
    total: str
    counted: str
    """What is counted beside a row, with `{count}` and `{total}`."""
    said: str
    """What the share is of."""


_KINDS: Final = (
    _Kind("conversation_rate", "cohort", "talk_count", "person_count", "{count} of {total}",
          "talked with within a year of connecting"),
    _Kind("time_to_first_talk", "days", "at_risk_count", "at_risk_count", "{total} still observed",
          "of connections talked with by then"),
    _Kind("resumption", "silent_days", "resumed_count", "person_count", "{count} of {total}",
          "in which somebody wrote again within a year"),
    _Kind("origins", "origin", "deep_count", "person_count", "{count} of {total}",
          "of connections of three years and more whose written exchange went deep"),
    _Kind("resting_rate", "group", "rested_count", "year_count", "{count} of {total} years",
          "of years in which a relationship came to rest"),
)  # fmt: skip
_SPANS: Final = {365: "a year"}
_ROW: Final = 0.36
"""Inches."""


def shares(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw shares of people with their 95 % intervals, a row for each group.

    Parameters
    ----------
    table : pandas.DataFrame
        As `conversation_rate`, `time_to_first_talk`, `resumption`, `origins` or `resting_rate` of
        `netquality.habits` returned it.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the table's sentence above the chart.

    Returns
    -------
    matplotlib.axes.Axes
        A dot for each share, its interval, and the counts; all together is a diamond. The interval
        of fewer than 20 is dashed. Nobody is named.

    Raises
    ------
    TableError
        When `table` is another one.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> ax = nq.plot.shares(nq.habits.resumption(network, nq.assess(network)))
    >>> len(ax.collections[-1].get_offsets())
    5
    """
    kind = _kind_of(table)
    with style.styled(theme):
        high = 1.9 + _ROW * max(len(table), 3)
        ax = figures.new_axes((9.6, high)) if ax is None else ax
        style.dress(ax, theme)
        some = table[table["share"].notna()] if len(table) else table
        if some.empty:
            return marks.nothing(ax, table.attrs["sentence"], theme)
        words = [_row_said(row, kind) for row in marks.rows_of(table)]
        left = max(style.text_size(said, _size(ax))[0] for said in words) + 12
        if captioned:
            title = str(table.attrs["sentence"]).removesuffix(".")
            style.caption(ax, title, _subtitle(table), theme, beside=24.0, indent=left)
        _draw(ax, table, kind, words, theme)
    return ax


def _kind_of(table: pd.DataFrame) -> _Kind:
    for kind in _KINDS:
        try:
            marks.need_habit(table, kind.habit, kind.rows, kind.total, kind.part, "share", "low")
        except TableError:
            continue
        return kind
    habits = ", ".join(kind.habit for kind in _KINDS)
    raise TableError(f"table: has no shares to draw. Give what {habits} of nq.habits returned.")


def _size(ax: Axes) -> float:
    return 9.0 if marks.is_narrow(ax) else 11.0


def _row_said(row: Any, kind: _Kind) -> str:
    """Return a group in words."""
    what = getattr(row, kind.rows)
    if kind.rows in {"days", "silent_days"}:
        years, rest = divmod(int(what), 365)
        days = plural(int(what), "day") if rest else _SPANS.get(int(what), f"{years} years")
        return f"within {days}" if kind.rows == "days" else f"after {days}"
    return "all together" if what == "all" else str(what)


def _draw(ax: Axes, table: pd.DataFrame, kind: _Kind, words: list[str], theme: style.Theme) -> None:
    spots: dict[str, list[tuple[float, float]]] = {"D": [], "o": []}
    for down, (row, said) in enumerate(zip(marks.rows_of(table), words, strict=True)):
        is_all = said == "all together"
        _write(ax, said, (0, down), theme, ha="right", weight="bold" if is_all else "normal")
        count, total = (f"{getattr(row, name):,}" for name in (kind.part, kind.total))
        _write(ax, kind.counted.format(count=count, total=total), (1, down), theme)
        if pd.notna(row.share):
            ax.hlines(
                down, row.low, row.high, color=theme.active_text, linewidth=2.2, zorder=2,
                linestyle=(0, (2.5, 1.6)) if row.is_small else "solid", label="interval",
            )  # fmt: skip
            spots["D" if is_all else "o"].append((float(row.share), down))
    for shape, dots in spots.items():
        x, y = zip(*dots, strict=True) if dots else ((), ())
        ax.scatter(x, y, s=55, marker=shape, color=theme.active_text, zorder=3, clip_on=False)
    ax.set(xlim=(0, ceil(float(table["high"].max()) * 10) / 10), ylim=(len(table) - 0.4, -0.6))
    _scale(ax, kind, theme)


def _write(ax: Axes, words: str, at: tuple[int, float], theme: style.Theme, **look: Any) -> None:
    """Write beside a row: left of where the axis begins, or right of where it ends."""
    ax.annotate(
        words, at, (10 if at[0] else -10, 0), xycoords=ax.get_yaxis_transform(), va="center",
        textcoords="offset points", fontsize=_size(ax), color=theme.ink, annotation_clip=False,
        **look,
    )  # fmt: skip


def _scale(ax: Axes, kind: _Kind, theme: style.Theme) -> None:
    most = 4 if marks.is_narrow(ax) else 6
    ax.set_yticks([])
    ax.xaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x", color=theme.grid)
    ax.tick_params(labelsize=_size(ax))
    ax.set_xlabel(kind.said, color=theme.muted, fontsize=_size(ax))


def _subtitle(table: pd.DataFrame) -> str:
    few = (table["is_small"] & table["share"].notna()).any()
    dashed = ", dashed for fewer than 20" if few else ""
    return f"{marks.as_of(table)} Each bar is the 95 % interval{dashed}.".strip()
