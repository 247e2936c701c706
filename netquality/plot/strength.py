"""The strength map: how long it is silent against how often each wrote, a dot per person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np
import pandas as pd
from matplotlib.patheffects import withStroke
from matplotlib.ticker import NullFormatter, NullLocator

from netquality.measures.moment import judged_on
from netquality.plot import figures, marks, meaning, style
from netquality.status import STATUSES, StatusRule
from netquality.words import day_text, plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["strength_map"]

_AWAKE: Final = StatusRule().active_within_days
_JITTER: Final = 0.32
"""Of a contact day, up and down."""
_LEFT: Final = 0.7
"""Days; where the axis begins, and where who wrote within a day stands."""
_LATE: Final = 5.0
"""Days; where nobody wrote so lately, the axis begins about here."""
_SPANS: Final = (
    (1, "a day"), (7, "a week"), (30, "a month"), (91, "3 months"), (365, "a year"),
    (1096, "3 years"), (3652, "10 years"),
)  # fmt: skip
_FEW_SPANS: Final = (
    (1, "day"), (7, "week"), (30, "month"), (365, "year"), (3652, "10 years"),
)  # fmt: skip
_DAYS: Final = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_NAMED: Final = {"dormant": 8, "active": 5}
_NOBODY: Final = "No real one-to-one message in this export"
_NARROW: Final = (4.3, 6.9)
_NARROW_BARE: Final = (4.3, 5.0)
"""Inches, for phones: with a caption, and without."""
_ROW: Final = 16.8
"""Points that a row of the legend takes."""


def strength_map(
    people: pd.DataFrame,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
    names: str = "real",
) -> Axes:
    """Draw how long each person is silent against the days each of the two wrote.

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
    names : str
        A few are named, those who rest first, the most mutual contact days first: by ``"real"``
        names, by ``"pseudonyms"``, or ``"none"``. Nobody hidden is named, and no name covers
        another.

    Returns
    -------
    matplotlib.axes.Axes
        A mark per person with a real one-to-one message: filled in touch, hollow resting, other
        shapes for the rest. Both axes are logarithmic, the upright one of 1 + days. So that people
        with equally many days do not hide each other, each is moved up or down by at most a third
        of a day, always the same for the same `person_id`.

    Raises
    ------
    TableError
        When `people` was not assessed.
    SettingError
        When `names` is none of the three.

    Examples
    --------
    >>> import netquality as nq
    >>> people = nq.assess(nq.load_sample())
    >>> ax = nq.plot.strength_map(people)
    >>> dots = sum(len(dots.get_offsets()) for dots in ax.collections)
    >>> dots == int(people["silent_days"].count())
    True
    """
    marks.need_people(
        people, "person_id", "name", "given_name", "family_name", "is_connection", "depth",
        "mutual_contact_days", "silent_days", "last_message_at", "status", "is_hidden",
    )  # fmt: skip
    there = _placed(marks.shown_as(people, names), names)
    said = (_title(there), _subtitle(people, there)) if captioned else None
    draw = partial(_drawn, there, said, theme=theme, names=names)
    if ax is not None:
        return draw(ax=ax)
    again = meaning.Again(draw, _NARROW if captioned else _NARROW_BARE)
    with style.styled(theme):
        return draw(ax=figures.new_axes((9.6, 6.0)), again=again)


def _drawn(
    there: pd.DataFrame,
    said: tuple[str, str] | None,
    *,
    ax: Axes,
    theme: style.Theme,
    names: str,
    again: meaning.Again | None = None,
) -> Axes:
    """Draw the chart from what is shown of people, which is all that its figure keeps of them."""
    with style.styled(theme):
        style.dress(ax, theme)
        if there.empty:
            marks.nothing(ax, _NOBODY, theme)
        else:
            above = style.caption(ax, *said, theme) if said else 8.0
            boxes = _room(ax, above, _draw(ax, there, theme))
            _scale(ax, there, boxes.height, theme)
            _border(ax, boxes, theme)
            _name(ax, there, boxes, theme)
        meaning.Meaning.of_chart(ax, partial(_tell, there, names), again)
    return ax


def _placed(people: pd.DataFrame, names: str) -> pd.DataFrame:
    """Return those with a real message, what is shown of them, and where each stands."""
    there = people[people["silent_days"].notna()]
    shift = np.array([crc32(str(key).encode()) / 0xFFFFFFFF for key in there["person_id"]])
    order = there["person_id"].factorize(sort=True)[0]
    shown = marks.only_shown(
        there, "is_connection", "depth", "mutual_contact_days", "silent_days", "last_message_at",
        "status", *(["company"] if names == "real" else []),
    )  # fmt: skip
    return shown.assign(
        order=order,  # of `person_id`, which often is a name
        x=shown["silent_days"].astype("float64").clip(lower=_LEFT * 1.15),
        y=shown["mutual_contact_days"].astype("float64") + (2 * shift - 1) * _JITTER,
        status=shown["status"].astype("object").where(shown["status"].notna(), "none"),
    )


def _scale(ax: Axes, there: pd.DataFrame, height: float, theme: style.Theme) -> None:
    ax.set_xscale("log")
    ax.set_yscale("function", functions=(_log, _days))
    most = max(float(there["mutual_contact_days"].max()), 4.0)
    left = _LEFT if float(there["x"].min()) < _LATE else _LATE * 0.8
    ax.set_xlim(left, max(4600.0, float(there["x"].max()) * 1.2))
    words = 24 / height  # above everybody
    low, high = np.log1p(-0.45), np.log1p(most)
    ax.set_ylim(-0.45, float(np.expm1((high - low * words) / (1 - words))))
    spans = list(_FEW_SPANS if marks.is_narrow(ax) else _SPANS)
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_minor_formatter(NullFormatter())
    spans = [(days, words) for days, words in spans if days >= left]
    ax.set_xticks([days for days, _ in spans], [words for _, words in spans])
    ticks = [days for days in _DAYS if days <= most]
    if style.height_of(ax) < 5.0:  # noqa: PLR2004 - inches
        ticks = [days for days in ticks if days not in {2, 20, 200}]
    ax.set_yticks(ticks, [f"{days:,}" for days in ticks])
    ax.set_xlabel("since the last real message", color=theme.muted)
    ax.set_ylabel("mutual contact days", color=theme.muted)
    if marks.is_narrow(ax):
        ax.tick_params(labelsize=9)


def _log(days: NDArray[Any]) -> NDArray[Any]:
    logged: NDArray[Any] = np.log1p(np.maximum(days, -0.99))
    return logged


def _days(logged: NDArray[Any]) -> NDArray[Any]:
    days: NDArray[Any] = np.expm1(logged)
    return days


def _draw(ax: Axes, there: pd.DataFrame, theme: style.Theme) -> int:
    """Draw the marks, those in touch last; return how many rows the legend has."""
    size = float(np.clip(9000 / len(there), 12, 44)) * (0.5 if marks.is_narrow(ax) else 1.0)
    alpha = 0.9 if len(there) < 400 else 0.7  # noqa: PLR2004 - people
    handles = []
    for status in (*STATUSES, "none"):
        some = there[there["status"] == status]
        if some.empty:
            continue
        inside, edge = marks.mark_colours(status, theme)
        paint: dict[str, Any] = {"facecolors": inside, "edgecolors": edge}
        if marks.MARKS[status] in "x+":
            paint = {"color": edge}
        ax.scatter(
            some["x"], some["y"], s=size * (0.62 if marks.MARKS[status] in "D^x+" else 1.0),
            marker=marks.MARKS[status], linewidths=1.3, alpha=alpha, label=status,
            zorder=5 - 0.1 * [*STATUSES, "none"].index(status), clip_on=False,
            **paint,
        )  # fmt: skip
        label = "No status" if status == "none" else marks.label_of(status)
        handles.append(marks.handle(status, theme, f"{label}: {len(some):,}"))
    return marks.legend_below(ax, handles, 44.0)


def _room(ax: Axes, above: float, rows: int) -> marks.Boxes:
    """Return the points that the axes will have, rather too few."""
    wide = style.width_of(ax) * 72 - 66
    high = style.height_of(ax) * 72 - above - 58 - rows * _ROW
    return marks.Boxes(max(wide, 60.0), max(high, 60.0))


def _border(ax: Axes, boxes: marks.Boxes, theme: style.Theme) -> None:
    """Draw the line at thirteen months, and say what is on either side."""
    ax.axvline(_AWAKE, color=theme.muted, linewidth=1.0, linestyle=(0, (2, 3)), zorder=1)
    size = 9.0 if marks.is_narrow(ax) else 10.0
    at = _fraction(ax, np.array([float(_AWAKE)]), np.array([1.0]))[0, 0] * boxes.width
    boxes.add((at - 1, 0, at + 1, boxes.height))
    for choices, side, room in (
        (("in the past 13 months", "13 months"), "right", at),
        (("longer ago", "longer"), "left", boxes.width - at),
    ):
        for words in choices:
            wide, high = style.text_size(words, size)
            if wide + 8 <= room:
                x = at - 6 - wide if side == "right" else at + 6
                boxes.add((x, boxes.height - high - 4, x + wide, boxes.height))
                ax.annotate(
                    words, (_AWAKE, 1), (-6 if side == "right" else 6, -3),
                    xycoords=("data", "axes fraction"), textcoords="offset points", ha=side,
                    va="top", fontsize=size, color=theme.muted, fontstyle="italic",
                )  # fmt: skip
                break


def _fraction(ax: Axes, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where in the axes points lie, from 0 to 1."""
    pixels = ax.transData.transform(np.column_stack([x, y]))
    share: NDArray[np.float64] = ax.transAxes.inverted().transform(pixels)
    return share


def _name(ax: Axes, there: pd.DataFrame, boxes: marks.Boxes, theme: style.Theme) -> None:
    """Write the names worth it where there is room beside their dots."""
    narrow = marks.is_narrow(ax)
    size, far = (8.5, 4.5) if narrow else (9.0, 5.5)
    spots = _fraction(ax, there["x"].to_numpy(), there["y"].to_numpy())
    spots = spots * (boxes.width, boxes.height)
    there = there.assign(px=spots[:, 0], py=spots[:, 1])
    around = there[there["status"].isin(list(_NAMED))]
    dots = around[["px", "py"]].to_numpy()
    boxes.add(*np.hstack([dots - far * 0.7, dots + far * 0.7]).tolist())
    for row in marks.rows_of(_worth(there)):
        words = marks.name_of(row, 90.0 if narrow else 150.0, size)
        if words is None:
            continue
        wide, high = style.text_size(words, size)
        for x, y, side, level in (
            (far, 0.0, "left", "center"), (-far, 0.0, "right", "center"),
            (0.0, far, "center", "bottom"), (0.0, -far, "center", "top"),
            (far, far, "left", "bottom"), (-far, far, "right", "bottom"),
        ):  # fmt: skip
            left = row.px + x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[side]
            low = row.py + y - high * {"bottom": 0.0, "center": 0.5, "top": 1.0}[level]
            box = (left - 1, low, left + wide + 1, low + high)
            if boxes.is_free(box):
                boxes.add(box)
                ax.annotate(
                    words, (row.x, row.y), (x, y), textcoords="offset points", ha=side, va=level,
                    fontsize=size, color=theme.ink, zorder=7, parse_math=False,
                    path_effects=[withStroke(linewidth=2.2, foreground=theme.paper)],
                )  # fmt: skip
                break


def _worth(there: pd.DataFrame) -> pd.DataFrame:
    """Return those to name, in order: who rests first, the deepest first."""
    ranked = there.assign(is_deep=(there["depth"] == "deep").fillna(value=False).astype(bool))
    ranked = ranked.sort_values(
        ["is_deep", "mutual_contact_days", "order"], ascending=[False, False, True]
    )
    return pd.concat(
        [ranked[ranked["status"] == status].head(count) for status, count in _NAMED.items()]
    )


def _tell(there: pd.DataFrame, names: str) -> meaning.Told:
    """Say who each mark is, those silent for the shortest time first."""
    there = there.sort_values(["x", "y", "order"])
    days = there["mutual_contact_days"].astype("int64")
    lines = (
        [marks.label_of(status) for status in there["status"]],
        [plural(count, "mutual contact day") for count in days],
        [f"Silent since {day_text(last)}" for last in there["last_message_at"]],
        meaning.employers(there, names),
    )
    return meaning.Told(
        title="Strength map",
        finding=f"{_NOBODY if there.empty else _title(there)}.",
        keys="by silence, ↑ ↓ by contact days",
        x=there["x"].tolist(),
        y=there["y"].tolist(),
        names=meaning.who(there, names),
        lines=lines,
    )


def _title(there: pd.DataFrame) -> str:
    counts = there["status"].value_counts()
    awake, rest = int(counts.get("active", 0)), int(counts.get("dormant", 0))
    return (
        f"Of {plural(len(there), 'person', 'people')} with real messages here, {awake:,} "
        f"{'is' if awake == 1 else 'are'} in touch{_outside(there, 'active')} and {rest:,} "
        f"{'rests' if rest == 1 else 'rest'}{_outside(there, 'dormant')}"
    )


def _outside(there: pd.DataFrame, status: str) -> str:
    """Say how many of a status are no connections, as counts of connections leave them out."""
    count = int(((there["status"] == status) & ~there["is_connection"]).sum())
    return f" ({count:,} of them no connection)" if count else ""


def _subtitle(people: pd.DataFrame, there: pd.DataFrame) -> str:
    when = judged_on(people)
    away = int((people["is_connection"] & people["silent_days"].isna()).sum())
    said = [
        f"As of {day_text(when)}." if when is not None else "",
        "Mutual contact days: the lesser of the days you wrote and the days they did.",
        f"Not here: {plural(away, 'connection')} without such messages."
        if away else "",
        "Talk elsewhere is not known.",
    ]  # fmt: skip
    strangers = int((~there["is_connection"]).sum())
    if strangers:
        said.insert(2, f"Not connected with you: {strangers:,}.")
    late = (there["status"] == "dormant") & (there["silent_days"] <= _AWAKE)
    if late.any():
        said.insert(2, "Who rests left of the line wrote, or was written to, without an answer.")
    return " ".join(filter(None, said))
