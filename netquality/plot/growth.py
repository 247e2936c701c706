"""Connections gathered against relationships in touch: the chart this project exists for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from netquality.plot import figures, marks, style
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
_PALE: Final = 0.4
"""How opaque the bands beside the relationships are: quieter, in the same hue."""
_LEAD: Final = 16.0
"""Points from a band's end to its words."""
_WORDS: Final = {
    "active": "in touch",
    "dormant": "resting",
    "brief": "one short exchange",
    "one_way": "one-sided",
    "new": "new",
    "unknown": "can't tell",
    "feather": "no conversation",
}
"""What is said of each band, from the bottom up."""
_RELATED: Final = ("active", "dormant")


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
        it would have been judged at each month's first day; above it, those who rest. Beneath the
        upper line a band per status, so that at each month they add up to the connections.
        Without messages only the upper line is drawn.

    Examples
    --------
    >>> import netquality as nq
    >>> ax = nq.plot.quantity_vs_quality(nq.load_sample())
    >>> [line.get_label() for line in ax.lines]
    ['connections', 'in touch or resting', 'in touch']
    """
    months = growth_months(network)
    with style.styled(theme):
        ax = figures.new_axes() if ax is None else ax
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
            return marks.nothing(ax, "No connections in this export", theme, above)
        curves = _curves(months, theme, related=related)
        if related:
            _draw_bands(ax, months, theme)
        else:
            ax.fill_between(months.index, months["connections"], color=theme.gap, linewidth=0)
        for label, curve, colour in curves:
            ax.plot(months.index, curve, color=colour, label=label, solid_joinstyle="round")
        _scale(ax, months, theme)
        ends = _ends(months.iloc[-1], theme, related=related, narrow=_is_narrow(ax))
        room = _Room.of(ax, ends, above)
        _label_ends(ax, ends, room, float(months["connections"].max()))
        if related:
            _label_gap(ax, months, room, theme)
    return ax


def _draw_bands(ax: Axes, months: pd.DataFrame, theme: style.Theme) -> None:
    """Draw a band per status beneath the connections; those outside of relationships are pale.

    Where there is no room for words beside each, these are one.
    """
    bands = months[list(_WORDS)]
    if _is_narrow(ax):
        others = [status for status in _WORDS if status not in _RELATED]
        bands = bands[list(_RELATED)].assign(feather=bands[others].sum(axis=1))
    below = np.zeros(len(months))
    for status, count in bands.items():
        above = below + count.to_numpy(np.float64)
        ax.fill_between(
            months.index, below, above, color=style.colour_of(str(status), theme), linewidth=0,
            alpha=1.0 if status in _RELATED else _PALE, label=str(status),
        )  # fmt: skip
        below = above


def _curves(
    months: pd.DataFrame, theme: style.Theme, *, related: bool
) -> list[tuple[str, pd.Series, str]]:
    """Return label, heights and colour of each curve, the highest first."""
    curves = [("connections", months["connections"], theme.ink)]
    if related:
        both = months["active"] + months["dormant"]
        curves.append(("in touch or resting", both, style.palette["dormant"]))
        curves.append(("in touch", months["active"], style.palette["active"]))
    return curves


def _scale(ax: Axes, months: pd.DataFrame, theme: style.Theme) -> None:
    ax.set_ylim(0, float(months["connections"].max()) * HEADROOM)
    ax.set_xlim(months.index[0], months.index[-1])
    ax.set_ylabel("people", color=theme.muted)
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    marks.date_axis(ax, 4 if _is_narrow(ax) else 8)


def _is_narrow(ax: Axes) -> bool:
    return style.width_of(ax) < NARROW


@dataclass(frozen=True)
class _End:
    """The words at the right end of a band or curve: where they belong, how they are written."""

    height: float
    words: str
    text: str
    """Colour of the words."""
    mark: str
    """Colour of the line that leads to them."""
    is_strong: bool


def _ends(last: pd.Series, theme: style.Theme, *, related: bool, narrow: bool) -> list[_End]:
    """Return the last figure of each band, from the bottom up, and that of the connections."""
    join = "\n" if narrow else " "
    ends, below = [], 0
    for status, words in _WORDS.items() if related else ():
        count = int(last[status])
        strong = status in _RELATED
        if strong or (count and not narrow):
            colour = style.colour_of(status, theme)
            text = {"active": theme.active_text, "dormant": theme.dormant_text}.get(status)
            said = f"{count:,}{join}{words}"
            ends.append(_End(below + count / 2, said, text or theme.muted, colour, strong))
        below += count
    total = int(last["connections"])
    noun = "connection" if total == 1 else "connections"
    ends.append(_End(total, f"{total:,}{join}{noun}", theme.ink, theme.ink, is_strong=True))
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
        beside = max(_width_of(end, size) for end in ends) + _LEAD
        return cls(
            style.width_of(ax) * 72 - beside - 75, style.height_of(ax) * 72 - above - 35, size
        )


def _size_of(end: _End, size: float) -> float:
    return size if end.is_strong else size - 1.5


def _width_of(end: _End, size: float) -> float:
    weight = "bold" if end.is_strong else "normal"
    return style.text_size(end.words, _size_of(end, size), weight)[0]


def _label_ends(ax: Axes, ends: list[_End], room: _Room, top: float) -> None:
    """Write the last figure of each band beside it, without overlaps, and lead a line to it."""
    unit = top * HEADROOM / room.height  # one point, in people
    air = 4.0 if len(ends) < 4 else 1.0  # noqa: PLR2004 - where there are many, they stand close
    high = [(1 + e.words.count("\n")) * _size_of(e, room.size) * 1.2 + air for e in ends]
    gaps = np.cumsum([0.0, *((one + other) / 2 for one, other in pairwise(high))]) * unit
    free = [end.height - gap for end, gap in zip(ends, gaps, strict=True)]
    close = style.spread(free, 0.0, high[0] * 0.4 * unit, top - float(gaps[-1]))
    for end, place, gap in zip(ends, close, gaps, strict=True):
        up = (place + gap - end.height) / unit
        ax.annotate(
            end.words, (1, end.height), (_LEAD, up), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", color=end.text, annotation_clip=False,
            fontweight="bold" if end.is_strong else "normal", fontsize=_size_of(end, room.size),
            arrowprops={
                "arrowstyle": "-", "color": end.mark, "linewidth": 1.2, "shrinkA": 1.0,
                "shrinkB": 2.0, "relpos": (0.0, 0.5),
            },
        )  # fmt: skip


def _label_gap(ax: Axes, months: pd.DataFrame, room: _Room, theme: style.Theme) -> None:
    """Span the gap between the curves, and say how many are in it, where there is room to."""
    last, unit = months.iloc[-1], float(months["connections"].max()) * HEADROOM / room.height
    low, high_end = float(last["active"] + last["dormant"]), float(last["connections"])
    join = "\n" if _is_narrow(ax) else " "
    words = f"{high_end - low:,.0f} with{join}no lasting\nback and forth\non record"
    width, height = style.text_size(words, room.size, spacing=1.35)
    days = pd.DatetimeIndex(months.index).as_unit("s").asi8 / 86_400
    left = days[-1] - (days[-1] - days[0]) * min(1.0, (width + 30) / room.width)
    behind = months.iloc[max(int(np.searchsorted(days, left, side="right")) - 1, 0) :]
    floor = float((behind["active"] + behind["dormant"]).max()) + 8 * unit
    ceiling = float(np.interp(left, days, months["connections"])) - 8 * unit
    if ceiling - floor < height * unit:
        return
    # at the right edge both ends are of the last month, as the number is
    ax.annotate(
        "", (1, high_end), (1, low), xycoords=("axes fraction", "data"),
        textcoords=("axes fraction", "data"), annotation_clip=False, arrowprops={
            "arrowstyle": "<->", "color": theme.ink, "linewidth": 1.0, "shrinkA": 0.0,
            "shrinkB": 0.0, "mutation_scale": 9.0,
        },
    )  # fmt: skip
    # bands run behind the words: they stand on the ground of the page
    ground = {"boxstyle": "round,pad=0.35", "facecolor": theme.paper, "edgecolor": "none"}
    ax.annotate(
        words, (1, (floor + ceiling) / 2), (-18, 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", ha="right", va="center", color=theme.ink, linespacing=1.35,
        fontsize=room.size, bbox=ground,
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
