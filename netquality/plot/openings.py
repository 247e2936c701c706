"""Who wrote first, and what share of it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matplotlib.patheffects import withStroke
from matplotlib.ticker import FixedLocator, PercentFormatter

from netquality.plot import figures, marks, style
from netquality.words import plural

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["openings"]

_HEADINGS: Final = {
    "on connecting": "First message on connecting",
    "at another time": "First message at another time",
    "short": "Short first message, under 400 characters",
    "long": "Long first message, 400 characters or more",
}
_SIDES: Final = {"you": "you wrote first", "they": "they wrote first"}
_HEADING: Final = 0.85
_APART: Final = 0.45
"""Rows; above the first row of a kind, and between two kinds."""


def openings(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
) -> Axes:
    """Draw who wrote first, and what share of the first messages was answered.

    Parameters
    ----------
    table : pandas.DataFrame
        As `netquality.habits.openings` returned it, by kind or by length.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above the chart.

    Returns
    -------
    matplotlib.axes.Axes
        For each kind a row of those you wrote to first (a filled circle) and a row of those who did
        (a hollow diamond): the share answered, its 95 % interval, and both counts. The interval of
        fewer than 20 people is dashed, and the row says so. Nobody is named.

    Raises
    ------
    TableError
        When `table` is another one.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> table = nq.habits.openings(network, nq.assess(network))
    >>> ax = nq.plot.openings(table)
    >>> [len(dots.get_offsets()) for dots in ax.collections if dots.get_label() in {"you", "they"}]
    [2, 2]
    """
    sentence = marks.need_habit(
        table, "openings", "opened_by", "person_count", "answered_count", "share", "low", "high",
        "is_small",
    )  # fmt: skip
    by = "kind" if "kind" in table else "length"
    if by not in table:
        marks.need_habit(table, "openings", by)
    with style.styled(theme):
        ax = figures.new_axes((9.6, 5.0)) if ax is None else ax
        style.dress(ax, theme)
        if not table["person_count"].any():
            words = "No first message here is so old that 180 days for an answer have passed"
            return marks.nothing(ax, sentence if table.empty else words, theme)
        left = max(style.text_size(words, _size(ax))[0] for words in _SIDES.values()) + 14
        if captioned:
            style.caption(ax, _title(table), _subtitle(table), theme, beside=24.0, indent=left)
        _draw(ax, table, by, left, theme)
    return ax


def _size(ax: Axes) -> float:
    return 9.0 if marks.is_narrow(ax) else 11.0


def _draw(ax: Axes, table: pd.DataFrame, by: str, left: float, theme: style.Theme) -> None:
    down, size = 0.0, _size(ax)
    spots: dict[str, list[tuple[float, float]]] = {side: [] for side in _SIDES}
    for kind in dict.fromkeys(table[by]):
        down += _HEADING
        _words(ax, _HEADINGS.get(kind, str(kind)), down + 0.12, -left, theme.ink, weight="bold")
        for row in marks.rows_of(table[table[by] == kind]):
            down += 1.0
            _words(ax, _SIDES[row.opened_by], down, -left, theme.ink)
            if not row.person_count:
                _words(ax, "nobody", down, 6.0, theme.muted, style="italic")
                continue
            colour = theme.active_text if row.opened_by == "you" else theme.ink
            ax.hlines(
                down, row.low, row.high, color=colour, linewidth=2.2, zorder=2, label="interval",
                linestyle=(0, (2.5, 1.6)) if row.is_small else "solid",
            )  # fmt: skip
            spots[row.opened_by].append((float(row.share), down))
            few = "\nfew people" if row.is_small else ""
            ax.annotate(
                f"{row.answered_count:,} of {row.person_count:,}{few}", (1, down), (10, 0),
                xycoords=ax.get_yaxis_transform(), textcoords="offset points", va="center",
                fontsize=size, color=theme.ink, annotation_clip=False, linespacing=1.15,
            )  # fmt: skip
        down += _APART
    _dots(ax, spots, theme)
    ax.set(xlim=(0, 1), ylim=(down + 0.2, 0.2))
    ax.set_yticks([])
    ax.xaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x", color=theme.grid)
    ax.tick_params(labelsize=size)
    ax.set_xlabel("answered within 180 days", color=theme.muted, fontsize=size)


def _dots(ax: Axes, spots: dict[str, list[tuple[float, float]]], theme: style.Theme) -> None:
    large = 50 if marks.is_narrow(ax) else 80
    for side, shape, inside, edge in (
        ("you", "o", theme.active_text, theme.active_text), ("they", "D", theme.paper, theme.ink),
    ):  # fmt: skip
        x, y = zip(*spots[side], strict=True) if spots[side] else ((), ())
        ax.scatter(
            x, y, s=large * (1 if shape == "o" else 0.7), marker=shape, facecolors=inside,
            edgecolors=edge, linewidths=2.0, zorder=3, label=side, clip_on=False,
        )  # fmt: skip


def _words(ax: Axes, words: str, down: float, right: float, colour: str, **look: Any) -> None:
    """Write words in a row, so many points from where the axis begins."""
    paper = ax.get_facecolor()
    ax.annotate(
        words, (0, down), (right, 0), xycoords=ax.get_yaxis_transform(), va="center",
        textcoords="offset points", fontsize=_size(ax), color=colour, annotation_clip=False,
        path_effects=[withStroke(linewidth=3, foreground=paper)], **look,
    )  # fmt: skip


def _title(table: pd.DataFrame) -> str:
    said: list[str] = []
    for side, whom, who in (
        ("you", "you wrote to first", "answered here"),
        ("they", "who wrote to you first", "had your answer"),
    ):
        some = table[table["opened_by"] == side]
        count, came = (int(some[name].sum()) for name in ("person_count", "answered_count"))
        people = plural(count, "person", "people") if not said else f"{count:,}"
        nobody = ("You wrote first to nobody here", "nobody wrote to you first")[len(said)]
        said.append(f"Of {people} {whom}, {came:,} {who}" if count else nobody)
    second = said[1] if said[1].startswith("nobody") else f"o{said[1][1:]}"
    return f"{said[0]}; {second}"


def _subtitle(table: pd.DataFrame) -> str:
    few = table["is_small"] & (table["person_count"] > 0)
    dashed = ", dashed for fewer than 20 people" if few.any() else ""
    return (
        f"{marks.as_of(table)} The first one-to-one message with each person that is no set "
        f"phrase, at least 180 days old; the bar is the 95 % interval{dashed}. Requests never "
        "accepted and answers given elsewhere are not known."
    ).strip()
