"""One nameless picture made to be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.collections import EllipseCollection

from netquality.network import need_network
from netquality.plot import figures, marks, style
from netquality.status import assess
from netquality.summary import in_touch_range, range_text
from netquality.words import day_text, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from netquality.network import Network

__all__ = ["card"]

_SIZE: Final = (12.0, 6.3)
"""Inches; 1,200 x 630 pixels at 100 dots per inch, which pages that show a link ask for."""
_DOTS: Final = 4000
"""At the most; of more people a dot stands for several."""
_CENTRE: Final = (3.2, 3.15)
_REACH: Final = 2.7
_LARGEST: Final = 0.3
"""Inches that the radius of a dot is at the most, where people are few."""
_TURN: Final = np.pi * (3 - np.sqrt(5))
"""The golden angle, by which seeds of a sunflower follow each other."""
_MEANING: Final = (
    "In touch: both wrote here for more than a week, last in the past 13 months. "
    "Resting: longer ago."
)
_IN_SHORT: Final = "In touch: both wrote for over a week, last within 13 months."
"""The same on a phone."""
_LEFT: Final = 6.55
_WIDTH: Final = 5.1
"""Where the words begin, and how wide they are."""


def card(
    network: Network,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw one picture to share: how many connections, how many in touch, how many resting.

    Parameters
    ----------
    network : Network
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of 1,200 x 630 pixels by default. Words are as large as the
        axes are wide.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to say what the counts mean, their range under other definitions, and as of when.

    Returns
    -------
    matplotlib.axes.Axes
        A dot per connection (where they are more than 4,000, per so many as is said beneath), from
        the middle outwards: filled in touch, hollow resting, small and quiet all others. Nothing
        in it identifies anybody, the owner neither.

    Raises
    ------
    TableError
        When `network` is none.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> ax = nq.plot.card(network)
    >>> sum(len(dots.get_offsets()) for dots in ax.collections) == network.connection_count
    True
    """
    need_network(network)
    people = assess(network)
    own = people[people["is_connection"]]
    with style.styled(theme):
        if ax is None:
            ax = figures.new_axes(_SIZE)
            figure = ax.get_figure(root=True)
            if figure is not None:
                figure.set_dpi(100)
                figure.set_layout_engine("none")
            ax.set_position((0, 0, 1, 1))
        style.dress(ax, theme)
        if own.empty:
            return marks.nothing(ax, "No connections in this export", theme)
        ax.set_axis_off()
        ax.set(xlim=(0, _SIZE[0]), ylim=(0, _SIZE[1]), aspect="equal")
        each = _draw(ax, own["status"], theme)
        _write(ax, network, own["status"], each, theme, captioned=captioned)
    return ax


def _scale(ax: Axes) -> float:
    """Return how large the card is of what it is by itself."""
    return min(style.width_of(ax) / _SIZE[0], style.height_of(ax) / _SIZE[1])


def _draw(ax: Axes, status: pd.Series, theme: style.Theme) -> int:
    """Draw the dots; return for how many people each stands."""
    each = -(-len(status) // _DOTS)
    awake, rest = (int((status == one).sum()) for one in ("active", "dormant"))
    kinds = {
        one: max(round(count / each), min(count, 1))
        for one, count in (("active", awake), ("dormant", rest))
    }
    kinds["others"] = round((len(status) - awake - rest) / each)
    total = sum(kinds.values())
    place = np.arange(total)
    far = _REACH * np.sqrt((place + 0.5) / total) * (1 if total > 1 else 0)
    spots = np.stack(
        [_CENTRE[0] + far * np.cos(place * _TURN), _CENTRE[1] + far * np.sin(place * _TURN)], axis=1
    )
    room = min(_REACH / np.sqrt(total) * 0.78, _LARGEST)
    begin = 0
    for kind, inside, edge, share in (
        ("active", theme.active_text, theme.active_text, 1.0),
        ("dormant", theme.paper, style.palette["dormant"], 0.9),
        ("others", theme.quiet, theme.quiet, 0.62),
    ):
        end = begin + kinds[kind]
        wide = np.full(end - begin, 2 * room * share).tolist()
        thick = room * 0.32 * 72 * _scale(ax) if kind == "dormant" else 0.0
        ax.add_collection(
            EllipseCollection(
                wide, wide, np.zeros(end - begin).tolist(), units="xy", offsets=spots[begin:end],
                offset_transform=ax.transData, facecolors=inside, edgecolors=edge,
                linewidths=thick, label=kind,
            )
        )  # fmt: skip
        begin = end
    return each


def _write(
    ax: Axes,
    network: Network,
    status: pd.Series,
    each: int,
    theme: style.Theme,
    *,
    captioned: bool,
) -> None:
    """Write counts and what they mean, from the top down."""
    narrow = marks.is_narrow(ax)
    large, small, air = (64.0, 22.0, 9.0) if narrow else (88.0, 19.0, 14.0)
    awake, rest = (int((status == one).sum()) for one in ("active", "dormant"))
    noun = plural(len(status), "connection")
    if network.has_messages:
        lines = [
            (f"{awake:,}", large, "bold", theme.active_text, 0.0),
            (f"in touch, of {noun}", 28.0, "bold", theme.ink, 0.0),
            (f"{rest:,} resting", 28.0, "bold", theme.dormant_text, 12.0),
        ]
        notes = [
            _IN_SHORT if narrow else _MEANING,
            f"{range_text(in_touch_range(network)).strip()} Talk elsewhere is not known.",
        ]
    else:
        lines = [
            (f"{len(status):,}", large, "bold", theme.ink, 0.0),
            (noun.split(" ")[1], 28.0, "bold", theme.ink, 0.0),
        ]
        notes = ["This export has no messages: with whom there is talk is not known."]
    dots = f"A dot is {each:,} people. " if each > 1 else "" if narrow else "A dot is a person. "
    notes.append(f"{dots}As of {day_text(network.as_of)}.")
    if captioned:
        lines += [(note, small, "normal", theme.muted, air) for note in notes]
    scale = _scale(ax)
    wrapped = [
        (style.wrap(words, _WIDTH * 72, size, weight), size, weight, colour, above)
        for words, size, weight, colour, above in lines
    ]
    high = sum((1 + words.count("\n")) * size * 1.22 + above for words, size, *_, above in wrapped)
    y = _SIZE[1] / 2 + high / 144
    for words, size, weight, colour, above in wrapped:
        y -= above / 72
        ax.text(
            _LEFT, y, words, fontsize=size * scale, fontweight=weight, color=colour, va="top",
            linespacing=1.22,
        )  # fmt: skip
        y -= (1 + words.count("\n")) * size * 1.22 / 72
