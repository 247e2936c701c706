"""Connections gathered against relationships in touch: the chart this project exists for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import MaxNLocator

from netquality.plot import style
from netquality.summary import headline, in_touch_range, range_text
from netquality.timeline import status_over_time
from netquality.words import day_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from netquality.network import Network

__all__ = ["draw_growth", "growth_months", "quantity_vs_quality"]

NARROW: Final = 6.0
"""Inches; narrower axes get smaller words, broken into more lines."""

HEADROOM: Final = 1.04


def quantity_vs_quality(
    network: Network,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw the connections gathered against the relationships in touch, month by month.

    Parameters
    ----------
    network : Network
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default. A figure without a layout engine gets
        matplotlib's constrained one, so that the words around the axes have room.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above the chart; a page that says both
        beside it needs neither.

    Returns
    -------
    matplotlib.axes.Axes
        The upper line is the number of connections, the lower that of relationships in touch as
        it would have been judged at each month's first day; between them stand those who rest.
        Without messages only the upper one is drawn.

    Examples
    --------
    >>> import netquality as nq
    >>> ax = nq.plot.quantity_vs_quality(nq.load_sample())
    >>> [line.get_label() for line in ax.lines]
    ['connections', 'in touch or resting', 'in touch']
    """
    months = growth_months(network)
    with style.styled(theme):
        ax = style.new_axes() if ax is None else ax
        above = _caption(ax, network, months.iloc[-1], theme) if captioned else 0.0
        return draw_growth(ax, months, theme, related=network.has_messages, above=above)


def growth_months(network: Network) -> pd.DataFrame:
    """Return what the chart draws: `status_over_time`, with at least two dates to draw between.

    Parameters
    ----------
    network : Network

    Returns
    -------
    pandas.DataFrame
        Where all began in the last month, a month before it is put in front: nobody was there.

    Examples
    --------
    >>> import netquality as nq
    >>> bool(growth_months(nq.load_sample())["connections"].is_monotonic_increasing)
    True
    """
    months = status_over_time(network)
    if len(months) > 1:
        return months
    undated = network.people["is_connection"] & network.people["connected_on"].isna()
    before = months.assign(**dict.fromkeys(months.columns, 0))
    before = before.assign(connections=int(undated.sum()), unknown=int(undated.sum()))
    before.index = pd.DatetimeIndex(months.index) - pd.DateOffset(months=1)
    return pd.concat([before, months])


def draw_growth(
    ax: Axes, months: pd.DataFrame, theme: style.Theme, *, related: bool, above: float = 0.0
) -> Axes:
    """Draw the curves of `growth_months` and label them; see `quantity_vs_quality`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    months : pandas.DataFrame
        As `growth_months` returns it.
    theme : Theme
    related : bool
        Whether there are messages, so that more than the connections can be drawn.
    above : float
        Points that a caption takes above the axes.

    Returns
    -------
    matplotlib.axes.Axes
        The axes given.
    """
    with style.styled(theme):
        style.dress(ax, theme)
        if not months["connections"].any():
            return _nothing(ax, theme)
        curves = _curves(months, theme, related=related)
        ax.fill_between(months.index, months["connections"], color=theme.gap, linewidth=0)
        for label, curve, colour, _ in curves:
            if label != "connections":
                ax.fill_between(months.index, curve, color=colour, linewidth=0)
            ax.plot(months.index, curve, color=colour, label=label, solid_joinstyle="round")
        _scale(ax, months, theme)
        ends = _ends(months.iloc[-1], [text for *_, text in curves], narrow=_is_narrow(ax))
        room = _Room.of(ax, ends, above)
        _label_ends(ax, ends, room, float(months["connections"].max()))
        if related:
            _label_gap(ax, months, room, theme)
    return ax


def _curves(
    months: pd.DataFrame, theme: style.Theme, *, related: bool
) -> list[tuple[str, pd.Series, str, str]]:
    """Return label, heights, colour and colour of text of each curve, the highest first."""
    curves = [("connections", months["connections"], theme.ink, theme.ink)]
    if related:
        both = months["active"] + months["dormant"]
        resting, touch = style.palette["dormant"], style.palette["active"]
        curves.append(("in touch or resting", both, resting, theme.dormant_text))
        curves.append(("in touch", months["active"], touch, theme.active_text))
    return curves


def _nothing(ax: Axes, theme: style.Theme) -> Axes:
    ax.set_axis_off()
    ax.text(
        0.5, 0.5, "No connections in this export", ha="center", transform=ax.transAxes,
        color=theme.muted,
    )  # fmt: skip
    return ax


def _scale(ax: Axes, months: pd.DataFrame, theme: style.Theme) -> None:
    ax.set_ylim(0, float(months["connections"].max()) * HEADROOM)
    ax.set_xlim(months.index[0], months.index[-1])
    ax.set_ylabel("people", color=theme.muted)
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    locator = AutoDateLocator(  # type: ignore[no-untyped-call]
        minticks=2, maxticks=4 if _is_narrow(ax) else 8
    )
    ax.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_formatter(formatter)


def _is_narrow(ax: Axes) -> bool:
    return style.width_of(ax) < NARROW


@dataclass(frozen=True)
class _End:
    """The words at the right end of a curve: where they belong, what they say, their colour."""

    height: float
    words: str
    colour: str


def _ends(last: pd.Series, colours: list[str], *, narrow: bool) -> list[_End]:
    """Return the last figure of each curve, from the bottom up."""
    total, active, resting = (int(last[name]) for name in ("connections", "active", "dormant"))
    join = "\n" if narrow else " "
    noun = "connection" if total == 1 else "connections"
    ends = [_End(total, f"{total:,}{join}{noun}", colours[0])]
    if len(colours) > 1:
        ends.insert(0, _End(active + resting / 2, f"{resting:,}{join}resting", colours[1]))
        ends.insert(0, _End(active / 2, f"{active:,}{join}in touch", colours[2]))
    return ends


@dataclass(frozen=True)
class _Room:
    """About how many points wide and high the axes will be, and how large the words are in them."""

    width: float
    height: float
    size: float

    @classmethod
    def of(cls, ax: Axes, ends: list[_End], above: float) -> _Room:
        size = 9.5 if _is_narrow(ax) else 11.0
        beside = max(style.text_size(end.words, size, "bold")[0] for end in ends)
        return cls(
            style.width_of(ax) * 72 - beside - 75, style.height_of(ax) * 72 - above - 35, size
        )


def _label_ends(ax: Axes, ends: list[_End], room: _Room, top: float) -> None:
    """Write the last figure of each curve beside it, without overlaps."""
    lines = 1 + ends[0].words.count("\n")
    unit = top * HEADROOM / room.height  # one point, in people
    gap = (lines * room.size * 1.2 + 4) * unit
    heights = style.spread([end.height for end in ends], gap, gap * 0.4, top)
    for end, height in zip(ends, heights, strict=True):
        ax.annotate(
            end.words, (1, height), (7, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", color=end.colour, fontweight="bold",
            fontsize=room.size, annotation_clip=False,
        )  # fmt: skip


def _label_gap(ax: Axes, months: pd.DataFrame, room: _Room, theme: style.Theme) -> None:
    """Say in the space between the curves how many are in it, where there is room to."""
    last, unit = months.iloc[-1], float(months["connections"].max()) * HEADROOM / room.height
    others = int(last["connections"] - last["active"] - last["dormant"])
    join = "\n" if _is_narrow(ax) else " "
    words = f"{others:,} with{join}no lasting\nback and forth\non record"
    width, height = style.text_size(words, room.size, spacing=1.35)
    days = pd.DatetimeIndex(months.index).as_unit("s").asi8 / 86_400
    left = days[-1] - (days[-1] - days[0]) * min(1.0, (width + 24) / room.width)
    behind = months.iloc[max(int(np.searchsorted(days, left, side="right")) - 1, 0) :]
    floor = float((behind["active"] + behind["dormant"]).max()) + 6 * unit
    ceiling = float(np.interp(left, days, months["connections"])) - 6 * unit
    if ceiling - floor < height * unit:
        return
    ax.annotate(
        words, (1, (floor + ceiling) / 2), (-12, 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", ha="right", va="center", color=theme.muted, linespacing=1.35,
        fontsize=room.size,
    )  # fmt: skip


def _caption(ax: Axes, network: Network, last: pd.Series, theme: style.Theme) -> float:
    when = f"As of {day_text(network.as_of)}"
    if network.has_messages:
        other = range_text(in_touch_range(network))
        subtitle = (
            f"{when}.{other} What was said by mail, phone or in person is not known, "
            "and connections since removed are missing."
        )
    else:
        subtitle = f"{when}. Connections since removed are missing."
    title = headline(network, int(last["connections"]), int(last["active"]))
    return style.caption(ax, title, subtitle, theme)
