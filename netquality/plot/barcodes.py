"""Barcodes: a line per relationship, a tick per contact day, rests and returns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.dates import num2date
from matplotlib.lines import Line2D

from netquality.errors import SettingError
from netquality.measures.moment import judged_on
from netquality.network import need_network
from netquality.plot import figures, marks, meaning, style
from netquality.plot.courses import courses_of, day_number
from netquality.words import day_text, plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from netquality.network import Network
    from netquality.plot.courses import Course

__all__ = ["barcodes"]

_RELATED: Final = ("active", "dormant")
_DENSE: Final = 120
"""Contact days from which on ticks are finer."""
_TITLE: Final = "Barcodes of relationships"
_NOBODY: Final = "No relationship on record in this export"
_LEGEND: Final = 17.0
"""Points that a row of the legend takes."""


def barcodes(
    network: Network,
    people: pd.DataFrame,
    n: int = 20,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
    names: str = "real",
) -> Axes:
    """Draw each relationship as a line in time, with a tick for each contact day.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame
        As `netquality.assess` returned it of this network.
    n : int
        How many relationships at the most: those with the most mutual contact days.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure, as high as it needs, by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above the chart.
    names : str
        ``"real"``, ``"pseudonyms"``, or ``"none"``: people are numbered from the top, as the hidden
        are in any case.

    Returns
    -------
    matplotlib.axes.Axes
        The upper lines are in touch, the lower ones rest; within both, whoever talked last stands
        first. A line is broad while there is talk, and thin and dotted over every 13 months and
        more without, by the default `StatusRule`; after the last talk the status decides. A
        triangle marks each return, a tick each UTC day with a real one-to-one message.

    Raises
    ------
    SettingError
        When `n` is no whole number above 0, or `names` is none of the three.
    TableError
        When `network` is none, or `people` was not assessed.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> ax = nq.plot.barcodes(network, nq.assess(network), n=5)
    >>> len(ax.get_yticks())
    5
    """
    need_network(network)
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise SettingError(f"n={n!r}: a whole number above 0 is needed.")
    marks.need_people(
        people, "person_id", "name", "given_name", "family_name", "connected_on", "is_hidden",
        "mutual_contact_days", "silent_days", "last_message_at", "last_talk_at", "status",
    )  # fmt: skip
    shown = _shown(network, people, n, names)
    draw = partial(_drawn, shown, theme=theme, captioned=captioned)
    if ax is not None:
        return draw(ax=ax)
    rows = 0.25 * max(len(shown.lines), 4)
    again = meaning.Again(draw, (4.3, (3.4 if captioned else 1.4) + rows))
    with style.styled(theme):
        return draw(ax=figures.new_axes((9.6, 2.4 + rows)), again=again)


class _Shown(NamedTuple):
    """All that the chart shows, and that its figure keeps of people: nothing of anybody else."""

    people: pd.DataFrame
    lines: list[Course]
    said: tuple[str, str]
    """Title and subtitle."""
    when: pd.Timestamp
    names: str


def _shown(network: Network, people: pd.DataFrame, n: int, names: str) -> _Shown:
    chosen, total = _deepest(marks.shown_as(people, names), n)
    kept = marks.only_shown(chosen, "status", "last_talk_at")
    when = judged_on(people)
    if chosen.empty or when is None:
        return _Shown(kept, [], (_NOBODY, ""), network.as_of, names)
    lines = courses_of(network, chosen, when)
    return _Shown(kept, lines, _said(chosen, lines, total, when), when, names)


def _drawn(
    shown: _Shown,
    *,
    ax: Axes,
    theme: style.Theme,
    captioned: bool,
    again: meaning.Again | None = None,
) -> Axes:
    with style.styled(theme):
        style.dress(ax, theme)
        if shown.lines:
            _fill(ax, shown, theme, captioned=captioned)
        else:
            marks.nothing(ax, _NOBODY, theme)
        meaning.Meaning.of_chart(ax, partial(_tell, shown), again)
    return ax


def _fill(ax: Axes, shown: _Shown, theme: style.Theme, *, captioned: bool) -> None:
    words = _names(shown.people, narrow=marks.is_narrow(ax))
    indent = max(style.text_size(word, _size(ax))[0] for word in words)
    above = 8.0
    if captioned:
        above = style.caption(ax, *shown.said, theme, beside=24.0, indent=indent)
    _draw(ax, shown.lines, shown.people["status"].tolist(), theme)
    _scale(ax, shown.lines, shown.when)
    _label(ax, shown.people, words, above, theme)
    _legend(ax, indent, theme)


def _deepest(people: pd.DataFrame, n: int) -> tuple[pd.DataFrame, int]:
    """Return the deepest relationships, from the top down, and how many there are."""
    related = people[people["status"].isin(_RELATED)]
    deep = related.sort_values(["mutual_contact_days", "person_id"], ascending=[False, True])
    deep = deep.head(n).assign(rests=deep["status"] == "dormant")
    order = deep.sort_values(["rests", "last_talk_at", "person_id"], ascending=[True, False, True])
    return order.reset_index(drop=True), len(related)


def _draw(ax: Axes, lines: list[Course], status: list[str], theme: style.Theme) -> None:
    awake, resting, ticks, returns = [], [], [], []
    for place, line in enumerate(lines):
        awake += [[(one, place), (other, place)] for one, other in line.awake]
        resting += [[(one, place), (other, place)] for one, other in line.resting]
        ticks.append(_ticks(line.days + 0.5, place))
        returns += [(day, place - 0.34) for day in line.returns]
    touch, rest = theme.active_text, style.palette["dormant"]
    fine = 0.8 if max(len(line.days) for line in lines) < _DENSE else 0.4
    thick = 4.0 if marks.is_narrow(ax) else 6.0
    for label, parts, paint in (
        ("awake", awake, {"colors": touch, "linewidths": thick, "alpha": 0.3, "zorder": 2}),
        ("resting", resting, {"colors": rest, "linewidths": 1.4, "linestyles": ":", "zorder": 2}),
        ("contact days", ticks, {"colors": theme.ink, "linewidths": fine, "zorder": 3}),
    ):  # fmt: skip
        made: dict[str, Any] = {"capstyle": "butt", "label": label, **paint}
        ax.add_collection(LineCollection(parts, **made))
    at = np.array(returns, np.float64).reshape(-1, 2)
    ax.scatter(
        at[:, 0], at[:, 1], marker="v", s=14 if marks.is_narrow(ax) else 24, color=touch,
        zorder=4, label="returns", linewidths=0.0, clip_on=False,
    )  # fmt: skip
    first_rest = status.index("dormant") if "dormant" in status else 0
    if first_rest:
        ax.axhline(first_rest - 0.5, color=theme.grid, linewidth=1.0, zorder=0)


def _ticks(days: NDArray[np.float64], place: int) -> NDArray[np.float64]:
    """Return the ticks of a relationship as one broken line: of thousands it is drawn far sooner.

    Examples
    --------
    >>> _ticks(np.array([7.5]), 2).tolist()
    [[7.5, 1.66], [7.5, 2.34], [nan, nan]]
    """
    line = np.full((len(days), 3, 2), np.nan)
    line[:, :2, 0] = days[:, None]
    line[:, :2, 1] = (place - 0.34, place + 0.34)
    return line.reshape(-1, 2)


def _scale(ax: Axes, lines: list[Course], when: pd.Timestamp) -> None:
    ends = [line.days.min() for line in lines if len(line.days)]
    last = day_number(when)
    first = min([*(float(one) for one in ends), last - 365.0])
    ax.set_xlim(first - (last - first) * 0.01, last + (last - first) * 0.005)
    ax.set_ylim(len(lines) - 0.4, -0.8)
    ax.grid(visible=False, axis="y")
    marks.date_axis(ax, 4 if marks.is_narrow(ax) else 9)


def _size(ax: Axes) -> float:
    """Return how large names are at the most."""
    return 9.0 if marks.is_narrow(ax) else 10.0


def _names(chosen: pd.DataFrame, *, narrow: bool) -> list[str]:
    """Return who it is on each line, the number where that is not to be said."""
    width, size = (76.0, 9.0) if narrow else (150.0, 10.0)
    rows = enumerate(marks.rows_of(chosen), 1)
    return [marks.name_of(row, width, size) or str(n) for n, row in rows]


def _label(
    ax: Axes, chosen: pd.DataFrame, names: list[str], above: float, theme: style.Theme
) -> None:
    """Write who it is at the left, and the status at the right."""
    narrow = marks.is_narrow(ax)
    height = style.height_of(ax) * 72 - above - 34 - _LEGEND * (2 if narrow else 1)
    size = float(np.clip(height / (len(chosen) + 0.4) * 0.8, 5.0, _size(ax)))
    ax.set_yticks(range(len(names)), names, fontsize=size, color=theme.ink)
    for label in ax.get_yticklabels():
        label.set_parse_math(False)
    for place, row in enumerate(marks.rows_of(chosen)):
        rests = row.status == "dormant"
        words = "in touch"
        if rests:
            words = f"{'' if narrow else 'rests, '}last talk {row.last_talk_at.year}"
        ax.annotate(
            words, (1, place), (5, 0), xycoords=("axes fraction", "data"), fontsize=size,
            textcoords="offset points", va="center", annotation_clip=False,
            color=theme.dormant_text if rests else theme.active_text,
        )  # fmt: skip


def _legend(ax: Axes, indent: float, theme: style.Theme) -> None:
    handles = [
        Line2D([], [], color=theme.ink, linestyle="none", marker="|", markersize=9,
               label="contact day"),
        Line2D([], [], color=theme.active_text, alpha=0.3, linewidth=6, label="talk",
               solid_capstyle="butt"),
        Line2D([], [], color=style.palette["dormant"], linewidth=1.6, linestyle=":",
               label="no talk for 13 months"),
        Line2D([], [], color=theme.active_text, linestyle="none", marker="v", markersize=5,
               label="talk again"),
    ]  # fmt: skip
    marks.legend_below(ax, handles, 26.0, indent)


def _tell(shown: _Shown) -> meaning.Told:
    """Say who each line is, from the top down, and which day each tick."""
    people, lines = shown.people, shown.lines
    if not lines:
        return meaning.Told(_TITLE, f"{_NOBODY}.", "")
    every = np.unique(np.concatenate([line.days for line in lines])).tolist()
    words = dict(zip(every, map(day_text, num2date(every)), strict=True))
    days = [[words[day] for day in line.days.tolist()] for line in lines]
    return meaning.Told(
        title=_TITLE,
        finding=f"{shown.said[0]}.",
        keys="from day to day, ↑ ↓ from person to person",
        x=[float(line.days[0]) for line in lines],
        y=list(range(len(lines))),
        names=meaning.who(people, shown.names, range(1, len(lines) + 1)),
        lines=(
            [marks.label_of(status) for status in people["status"]],
            [plural(len(mine), "contact day") for mine in days],
            [f"First contact {mine[0]}" for mine in days],
            [f"Last contact {mine[-1]}" for mine in days],
        ),
        ticks=[(line.days + 0.5).tolist() for line in lines],
        tick_words=days,
        tick_noun="contact days",
    )


def _said(
    chosen: pd.DataFrame, lines: list[Course], total: int, when: pd.Timestamp
) -> tuple[str, str]:
    """Return title and subtitle."""
    rests = int((chosen["status"] == "dormant").sum())
    back = sum(bool(line.returns) for line in lines)
    who = f"Of {plural(len(chosen), 'relationship')} here"
    if len(chosen) < total:
        who = f"Of your {len(chosen):,} deepest relationships here"
    title = (
        f"{who}, {rests or 'none'} {'rest' if rests > 1 else 'rests'}; {back or 'none'} "
        "came back after 13 months or more without talk"
    )
    return title, (
        f"As of {day_text(when)}. Deepest: the most mutual contact days. In touch above, "
        "resting below, the latest talk first. What was said elsewhere is not known."
    )
