"""Connections gathered against relationships in touch: the chart this project exists for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import MaxNLocator

from netquality.plot import style
from netquality.reasons import day_text
from netquality.summary import headline, in_touch_range
from netquality.timeline import status_over_time

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netquality.network import Network

__all__ = ["quantity_vs_quality"]

NARROW: Final = 6.0
"""Inches; a narrower figure gets smaller words, broken into two lines."""


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
        Where to draw; a new figure by default.
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
    with style.styled(theme):
        ax = style.new_axes() if ax is None else ax
        style.dress(ax, theme)
        months = status_over_time(network)
        if not months["connections"].any():
            return _nothing(ax, theme)
        curves = _curves(months, theme, related=network.has_messages)
        ax.fill_between(months.index, months["connections"], color=theme.gap, linewidth=0)
        for label, curve, colour, _ in curves:
            if label != "connections":
                ax.fill_between(months.index, curve, color=colour, linewidth=0)
            ax.plot(months.index, curve, color=colour, label=label, solid_joinstyle="round")
        _label_ends(ax, months.iloc[-1], [text for *_, text in curves])
        if network.has_messages:
            _label_gap(ax, months.iloc[-1], theme)
        ax.set_ylim(0, float(months["connections"].max()) * 1.04)
        ax.set_xlim(months.index[0], months.index[-1])
        ax.set_ylabel("people", color=theme.muted)
        ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        ax.yaxis.set_major_formatter("{x:,.0f}")
        ax.xaxis.set_major_locator(_year_locator(ax))
        ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))
        if captioned:
            _caption(ax, network, months.iloc[-1], theme)
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


def _label_ends(ax: Axes, last: pd.Series, colours: list[str]) -> None:
    """Write the last figure of each curve beside it, from the bottom up, without overlaps."""
    total = float(last["connections"])
    words = [(total, f"{int(last['connections']):,}", "connections")]
    if len(colours) > 1:
        active, resting = int(last["active"]), int(last["dormant"])
        words.append((active + resting / 2, f"{resting:,}", "resting"))
        words.append((active / 2, f"{active:,}", "in touch"))
    figure = ax.get_figure(root=True)
    narrow = style.width_of(ax) < NARROW
    tall = figure.get_figheight() if figure is not None else 5.0
    gap = total * (0.62 if narrow else 0.32) / tall
    heights = style.spread([height for height, *_ in words[::-1]], gap, gap / 2.4)
    for (_, count, noun), height, colour in zip(words[::-1], heights, colours[::-1], strict=True):
        ax.annotate(
            f"{count}{chr(10) if narrow else ' '}{noun}", (1, height), (7, 0),
            xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
            color=colour, fontweight="bold", fontsize=9.5 if narrow else 11, annotation_clip=False,
        )  # fmt: skip


def _label_gap(ax: Axes, last: pd.Series, theme: style.Theme) -> None:
    """Say in the space between the curves how many are in it, if there is room to."""
    others = int(last["connections"] - last["active"] - last["dormant"])
    if others < last["connections"] * 0.4:
        return
    narrow = style.width_of(ax) < NARROW
    words = "no lasting\nback and forth\non record" if narrow else "no lasting back and forth\non record"
    middle = float(last["active"] + last["dormant"]) + others * (0.38 if narrow else 0.5)
    ax.annotate(
        f"{others:,} others\n{words}", (1, middle), (-12, 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", ha="right", va="center", color=theme.muted, linespacing=1.35,
        fontsize=9.5 if narrow else 11,
    )  # fmt: skip


def _year_locator(ax: Axes) -> AutoDateLocator:
    return AutoDateLocator(minticks=2, maxticks=4 if style.width_of(ax) < NARROW else 8)


def _caption(ax: Axes, network: Network, last: pd.Series, theme: style.Theme) -> None:
    when = f"As of {day_text(network.as_of)}"
    if network.has_messages:
        counts = in_touch_range(network)
        between = f" Under other definitions: {counts[0]:,} to {counts[1]:,}." if counts else ""
        subtitle = (
            f"{when}.{between} What was said by mail, phone or in person is not known, "
            "and connections since removed are missing."
        )
    else:
        subtitle = f"{when}. Connections since removed are missing."
    title = headline(network, int(last["connections"]), int(last["active"]))
    style.caption(ax, title, subtitle, theme)
