"""How people moved between the statuses from one date to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from netquality.errors import SettingError
from netquality.network import instant, need_network
from netquality.plot import figures, marks, style
from netquality.status import assess
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from datetime import date

    from matplotlib.axes import Axes

    from netquality.network import Network

__all__ = ["flow_counts", "status_flow"]

_SINCE: Final = "since"
_ORDER: Final = ("active", "dormant", "brief", "one_way", "new", "unknown", "feather", _SINCE)
"""From the top."""
_WORDS: Final = {
    "active": "in touch",
    "dormant": "resting",
    "brief": "short exchange",
    "one_way": "one-sided",
    "new": "new",
    "unknown": "can't tell",
    "feather": "no conversation",
    _SINCE: "not yet connected",
}
_BAR: Final = 0.022
"""Width of a bar; the bands run from 0 to 1."""
_APART: Final = 7.0
"""Points between two bars of a date."""


def status_flow(
    network: Network,
    start: str | date | pd.Timestamp,
    end: str | date | pd.Timestamp | None = None,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw how connections moved between the statuses from one date to another.

    Parameters
    ----------
    network : Network
    start : str, date or Timestamp
        The first date to judge at.
    end : str, date or Timestamp, optional
        The second; `network.as_of` by default, and no later.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above the chart.

    Returns
    -------
    matplotlib.axes.Axes
        A band is as wide as the people are many who had the status at its left end at `start` and
        that at its right end at `end`, as `netquality.assess` judges at each. Who was connected
        between the two stands below at the left, hatched. The counts of each side add up to the
        connections at `end`. Nobody is named.

    Raises
    ------
    SettingError
        When a date is none, `start` is not before `end`, or `end` is later than the export.
    TableError
        When `network` is none.

    Examples
    --------
    >>> import netquality as nq
    >>> ax = nq.plot.status_flow(nq.load_sample(), "2023-01-01")
    >>> any(band.get_label() == "active > active" for band in ax.patches)
    True
    """
    need_network(network)
    first, second = instant(start), network.as_of if end is None else instant(end)
    if not first < second:
        raise SettingError(f"start={start!r}: is not before the end, {day_text(second)}.")
    if second > network.as_of:
        raise SettingError(f"end={end!r}: the export ends on {day_text(network.as_of)}.")
    counts = flow_counts(network, first, second)
    with style.styled(theme):
        ax = figures.new_axes((9.6, 6.4)) if ax is None else ax
        style.dress(ax, theme)
        if counts.empty:
            return marks.nothing(ax, f"No connections by {day_text(second)}", theme)
        above = 8.0
        if captioned:
            said = _said(network, counts, first, second)
            above = style.caption(ax, *said, theme, beside=24.0, indent=_beside(ax))
        _draw(ax, counts, (first, second), above, theme)
    return ax


def flow_counts(network: Network, first: pd.Timestamp, second: pd.Timestamp) -> pd.DataFrame:
    """Count the connections by their statuses at two dates.

    Parameters
    ----------
    network : Network
    first, second : pandas.Timestamp

    Returns
    -------
    pandas.DataFrame
        `before` (``since`` for who was connected after the first date), `after`, `count`.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> counts = flow_counts(network, pd.Timestamp("2023-01-01", tz="UTC"), network.as_of)
    >>> int(counts["count"].sum()) == network.connection_count
    True
    """
    before, after = (_statuses(network, moment) for moment in (first, second))
    both = pd.DataFrame({"before": before.reindex(after.index).fillna(_SINCE), "after": after})
    counts = both.groupby(["before", "after"]).size().rename("count").reset_index()
    place = {status: number for number, status in enumerate(_ORDER)}
    return counts.sort_values(
        ["before", "after"], key=lambda names: names.map(place), ignore_index=True
    )


def _statuses(network: Network, moment: pd.Timestamp) -> pd.Series:
    people = assess(network, moment)
    return people[people["is_connection"]].set_index("person_id")["status"].astype("object")


class _Bar(NamedTuple):
    """A status at one date: from where up it reaches, in people."""

    status: str
    low: float
    number: int


def _bars(counts: pd.Series, gap: float, whole: float) -> dict[str, _Bar]:
    """Return the bars of a date, from the top of the higher side down."""
    bars, top = {}, whole
    for status in _ORDER:
        if status in counts.index:
            count = int(counts[status])
            bars[status] = _Bar(status, top - count, count)
            top -= count + gap
    return bars


def _size(ax: Axes) -> float:
    return 8.5 if marks.is_narrow(ax) else 10.5


def _beside(ax: Axes) -> float:
    """Return the points that the words at the left take."""
    return style.text_size(f"999 {_WORDS[_SINCE]}", _size(ax), "bold")[0]


def _draw(
    ax: Axes,
    counts: pd.DataFrame,
    when: tuple[pd.Timestamp, pd.Timestamp],
    above: float,
    theme: style.Theme,
) -> None:
    sides = [counts.groupby(side)["count"].sum() for side in ("before", "after")]
    total = int(counts["count"].sum())
    high = max(style.height_of(ax) * 72 - above - 30, 120.0)
    most = max(len(side) for side in sides) - 1
    gap = total * _APART / max(high - most * _APART, 60.0)
    whole = total + gap * most
    left, right = (_bars(side, gap, whole) for side in sides)
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, whole))
    _bands(ax, counts, left, right, whole / high, theme)
    for bars, x, side, moment in ((left, 0.0, "right", when[0]), (right, 1.0, "left", when[1])):
        for bar in bars.values():
            start = x if side == "right" else x - _BAR
            ax.add_patch(
                Rectangle(
                    (start, bar.low), _BAR, bar.number, facecolor=_colour(bar.status, theme),
                    linewidth=0, zorder=3, label=bar.status,
                )
            )  # fmt: skip
        _words(ax, list(bars.values()), x, side, whole / high, theme)
        ax.annotate(
            day_text(moment), (_BAR if side == "right" else 1 - _BAR, 0), (0, -6), ha=side,
            va="top", xycoords="axes fraction", textcoords="offset points", color=theme.muted,
            fontsize=_size(ax), annotation_clip=False,
        )  # fmt: skip


def _colour(status: str, theme: style.Theme) -> str:
    return theme.muted if status == _SINCE else style.colour_of(status, theme)


def _bands(
    ax: Axes,
    counts: pd.DataFrame,
    left: dict[str, _Bar],
    right: dict[str, _Bar],
    point: float,
    theme: style.Theme,
) -> None:
    """Draw the bands, and their counts where they are wide enough for figures."""
    tops = {name: bar.low + bar.number for name, bar in left.items()}
    ends = {name: bar.low + bar.number for name, bar in right.items()}
    size = _size(ax) - 1.5
    for row in marks.rows_of(counts):
        top, end = tops[row.before], ends[row.after]
        tops[row.before] -= row.count
        ends[row.after] -= row.count
        quiet = row.before == _SINCE or row.before == row.after == "feather"
        ax.add_patch(
            PathPatch(
                _band(top, end, row.count), facecolor=_colour(row.before, theme), linewidth=0,
                alpha=0.3 if quiet else 0.5, zorder=1 if quiet else 2,
                hatch="////" if row.before == _SINCE else None, edgecolor=theme.paper,
                label=f"{row.before} > {row.after}",
            )
        )  # fmt: skip
        if row.count / point >= size:
            ax.annotate(
                f"{row.count:,}", (_BAR, top - row.count / 2), (5, 0), va="center",
                textcoords="offset points", fontsize=size, color=theme.ink, zorder=4,
            )  # fmt: skip


def _band(top: float, end: float, count: float) -> Path:
    """Return a band of one width from the left to the right."""
    one, other, middle = _BAR, 1 - _BAR, 0.5
    points = [
        (one, top), (middle, top), (middle, end), (other, end),
        (other, end - count), (middle, end - count), (middle, top - count), (one, top - count),
        (one, top),
    ]  # fmt: skip
    curve = [Path.CURVE4] * 3
    return Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])


def _words(
    ax: Axes, bars: list[_Bar], x: float, side: str, point: float, theme: style.Theme
) -> None:
    """Write what each bar is, and how many, beside it."""
    size = _size(ax)
    bars = sorted(bars, key=lambda bar: bar.low)
    middles = [bar.low + bar.number / 2 for bar in bars]
    heights = style.spread(middles, (size * 1.25) * point, size * 0.6 * point, ax.get_ylim()[1])
    colours = {"active": theme.active_text, "dormant": theme.dormant_text}
    for bar, height in zip(bars, heights, strict=True):
        ax.annotate(
            f"{bar.number:,} {_WORDS[bar.status]}", (x, height), (-6 if side == "right" else 6, 0),
            textcoords="offset points", ha=side, va="center", fontsize=size,
            color=colours.get(bar.status, theme.ink), annotation_clip=False,
            fontweight="bold" if bar.status in colours else "normal",
        )  # fmt: skip


def _said(
    network: Network, counts: pd.DataFrame, first: pd.Timestamp, second: pd.Timestamp
) -> tuple[str, str]:
    """Return title and subtitle."""
    table = counts.set_index(["before", "after"])["count"]
    now = int(counts.loc[counts["after"] == "active", "count"].sum())
    then = int(counts.loc[counts["before"] == "active", "count"].sum())
    stayed, rested = (int(table.get(("active", status), 0)) for status in ("active", "dormant"))
    one, other = day_text(first), day_text(second)
    if not network.has_messages:
        title = "This export has no messages: nobody's status can be told"
    elif not then:
        title = f"Nobody was in touch on {one}; {now:,} {'was' if now == 1 else 'were'} on {other}"
    else:
        title = (
            f"Of {then:,} in touch on {one}, {stayed:,} still "
            f"{'was' if stayed == 1 else 'were'} on {other}, and {rested:,} rested"
        )
    since = int(counts.loc[counts["before"] == _SINCE, "count"].sum())
    there = int(counts["count"].sum()) - since
    return title, (
        f"{plural(there, 'connection')} at the first date and {since:,} made since, judged at both "
        "dates by one rule. Connections since removed are missing; talk elsewhere is not known."
    )
