"""What charts of people share: a mark per status, names cut to size, room for words."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib.dates import DAILY, HOURLY, MONTHLY, AutoDateLocator, ConciseDateFormatter
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from netquality.errors import SettingError, TableError
from netquality.plot import figures, style
from netquality.pseudonyms import invent_names
from netquality.status import LABELS
from netquality.tables import MEASURES, PEOPLE, STATUS_COLUMNS, check
from netquality.words import day_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "MARKS",
    "NAMES",
    "NARROW",
    "NO_STATUS",
    "Boxes",
    "as_of",
    "date_axis",
    "handle",
    "is_narrow",
    "label_of",
    "legend_below",
    "mark_colours",
    "name_of",
    "need_habit",
    "need_people",
    "nothing",
    "only_shown",
    "rows_of",
    "shown_as",
]

NARROW: Final = 6.0
"""Inches; narrower axes get smaller words and fewer of them."""

NAMES: Final = ("real", "pseudonyms", "none")
"""How a chart can name people."""

_MOST_LETTERS: Final = 500
"""Of a name that are looked at; no chart has room for so many."""

_WHO: Final = ("name", "given_name", "family_name")

NO_STATUS: Final = "Not connected, no talk"

MARKS: Final = {
    "active": "o",
    "dormant": "o",
    "brief": "D",
    "unknown": "s",
    "new": "^",
    "one_way": "x",
    "feather": ".",
    "none": "+",
}
"""The shape of each status; in touch is filled, resting hollow."""


def label_of(status: str) -> str:
    """Return what a reader sees of a status, also where there is none.

    Examples
    --------
    >>> label_of("dormant"), label_of("none")
    ('Resting', 'Not connected, no talk')
    """
    return LABELS.get(status, NO_STATUS)


def mark_colours(status: str, theme: style.Theme) -> tuple[str, str]:
    """Return the colours of a mark's inside and edge.

    Examples
    --------
    >>> mark_colours("dormant", style.light)[0] == style.light.paper
    True
    """
    edge = theme.muted if status == "none" else style.colour_of(status, theme)
    return (theme.paper if status == "dormant" else edge), edge


def handle(status: str, theme: style.Theme, words: str) -> Line2D:
    """Return a status's mark for a legend."""
    inside, edge = mark_colours(status, theme)
    return Line2D(
        [], [], linestyle="none", marker=MARKS[status], markersize=7, markerfacecolor=inside,
        markeredgecolor=edge, markeredgewidth=1.6, label=words,
    )  # fmt: skip


def legend_below(
    ax: Axes, handles: list[Any], points: float, indent: float = 0.0, most: int = 4
) -> int:
    """Write a legend so many points below and left of the axes; return how many rows it has."""
    figure = ax.get_figure(root=True)
    if figure is None or not handles:
        return 0
    size = 9.0 if is_narrow(ax) else 10.0
    widest = max(style.text_size(str(one.get_label()), size)[0] for one in handles)
    columns = int((style.width_of(ax) * 72 - 30) // (widest + 24))
    columns = min(max(columns, 1), most, len(handles))
    down = ScaledTranslation(-indent / 72, -points / 72, figure.dpi_scale_trans)
    ax.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.0, 0.0), ncols=columns,
        bbox_transform=ax.transAxes + down, frameon=False, handletextpad=0.2, columnspacing=1.2,
        fontsize=size, borderaxespad=0.0, borderpad=0.0,
    )  # fmt: skip
    return -(-len(handles) // columns)


def is_narrow(ax: Axes) -> bool:
    """Tell whether there is room for few words only."""
    return style.width_of(ax) < NARROW


def need_people(people: pd.DataFrame, *columns: str) -> None:
    """Raise `TableError` unless people were assessed: that they have these columns."""
    for table in (PEOPLE, MEASURES, STATUS_COLUMNS):
        known = [column.name for column in table.columns]
        check(people, table, only=[name for name in columns if name in known])


def need_habit(table: pd.DataFrame, habit: str, first: str, *columns: str) -> str:
    """Return the sentence of a table of `netquality.habits`; raise `TableError` for another one.

    Parameters
    ----------
    table : pandas.DataFrame
    habit : str
        The function that returns such tables.
    first : str
        A column that they have with and without messages.
    *columns : str
        What they have besides where there are rows.
    """
    if isinstance(table, pd.DataFrame):
        needed = {first, *columns} if len(table) else {first}
        sentence = table.attrs.get("sentence")
        if isinstance(sentence, str) and needed <= set(table):
            return sentence
    raise TableError(f"table: is not that of {habit}. Give what nq.habits.{habit} returned.")


def as_of(table: pd.DataFrame) -> str:
    """Return the sentence that says up to which day a table of `netquality.habits` was counted.

    Examples
    --------
    >>> table = pd.DataFrame()
    >>> table.attrs["as_of"] = "2026-11-20"
    >>> as_of(table), as_of(pd.DataFrame())
    ('As of 20 November 2026.', '')
    """
    day = table.attrs.get("as_of")
    return f"As of {day_text(pd.Timestamp(day))}." if day else ""


def shown_as(people: pd.DataFrame, names: str, key: str = "person_id") -> pd.DataFrame:
    """Return people with the names that a chart is to show.

    Parameters
    ----------
    people : pandas.DataFrame
        All there are, so that the same ones get the same pseudonyms in every chart.
    names : str
        ``"real"``; ``"pseudonyms"``, invented ones (`netquality.pseudonyms`); or ``"none"``.
    key : str
        The column that tells people apart.

    Raises
    ------
    SettingError
        When `names` is none of the three.

    Examples
    --------
    >>> people = pd.DataFrame(
    ...     {"person_id": ["p"], "name": ["Ana Erfunden"], "given_name": ["Ana"],
    ...      "family_name": ["Erfunden"]}, dtype="str",
    ... )
    >>> shown_as(people, "real")["name"].item(), shown_as(people, "none")["name"].isna().item()
    ('Ana Erfunden', True)
    """
    if names not in NAMES:
        raise SettingError(f"names: give {', '.join(NAMES[:-1])} or {NAMES[-1]}.")
    if names == "real":
        return people
    invented = invent_names(people[key]) if names == "pseudonyms" else {}
    pairs = [invented.get(one) for one in people[key]]
    parts = {
        "name": [" ".join(pair) if pair else None for pair in pairs],
        "given_name": [pair[0] if pair else None for pair in pairs],
        "family_name": [pair[1] if pair else None for pair in pairs],
    }
    return people.assign(
        **{name: pd.Series(part, people.index, dtype="str") for name, part in parts.items()}
    )


def only_shown(people: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return of people what a chart may keep: these columns, `is_hidden`, and names it may write.

    Whoever is handed the figure gets what the chart keeps in it. Nobody hidden is named there, and
    rows are numbered from 0, for an index may be anything.

    Parameters
    ----------
    people : pandas.DataFrame
        With the names that the chart is to show (`shown_as`).
    *columns : str
        What else the chart reads, of those there are.

    Examples
    --------
    >>> people = pd.DataFrame(
    ...     {"name": ["Ana", "Ben"], "given_name": ["Ana", "Ben"], "family_name": [None, None],
    ...      "is_hidden": [False, True], "email": ["a@b.example", None]}, ["ana", "ben"],
    ... )
    >>> only_shown(people)["name"].tolist(), list(only_shown(people))
    (['Ana', None], ['name', 'given_name', 'family_name', 'is_hidden'])
    """
    wanted = [*_WHO, "is_hidden", *(name for name in columns if name in people)]
    kept = people[wanted].reset_index(drop=True)
    hidden = kept["is_hidden"].fillna(value=False).astype(bool)
    return kept.assign(**{name: kept[name].astype("object").mask(hidden, None) for name in _WHO})


def name_of(row: Any, width: float, size: float) -> str | None:
    """Return a person's name in at most so many points; None where no font has its letters.

    Parameters
    ----------
    row : named tuple
        With `name`, `given_name`, `family_name` and `is_hidden`; nobody hidden is named.
    width, size : float
        Points.
    """
    if row.is_hidden:
        return None
    parts = [part for part in (row.given_name, row.family_name) if isinstance(part, str)]
    name = " ".join(" ".join(parts or [row.name if isinstance(row.name, str) else ""]).split())
    if not name or not style.can_show(name):
        return None
    if len(name) <= _MOST_LETTERS and style.text_size(name, size)[0] <= width:
        return name
    cut = [name[:letters].rstrip() for letters in range(min(len(name), _MOST_LETTERS) + 1)]
    fit = bisect_right(cut, width, key=lambda part: style.text_size(f"{part}…", size)[0])
    return f"{cut[fit - 1]}…" if fit > 1 else None


def rows_of(table: pd.DataFrame) -> Any:
    """Return the rows of a table as named tuples."""
    return table.itertuples(index=False)


def nothing(ax: Axes, words: str, theme: style.Theme, above: float = 0.0) -> Axes:
    """Say in the middle of axes why there is nothing in them; our own figure is as low as that."""
    ax.set_axis_off()
    size = 11.0
    lines = style.wrap(words, style.width_of(ax) * 72 - 60, size)
    ax.text(
        0.5, 0.5, lines, ha="center", va="center", transform=ax.transAxes, color=theme.muted,
        fontsize=size,
    )  # fmt: skip
    figures.shrink(ax, above + 48 + (1 + lines.count("\n")) * size * 1.2)
    return ax


class Boxes:
    """What is taken of so many points, from the lower left corner."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._taken = np.zeros((0, 4))

    def add(self, *boxes: tuple[float, float, float, float]) -> None:
        """Take boxes: left, low, right, high."""
        self._taken = np.vstack([self._taken, np.array(boxes, np.float64).reshape(-1, 4)])

    def is_free(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether a box is inside and meets no other.

        Examples
        --------
        >>> boxes = Boxes(100, 100)
        >>> boxes.add((0, 0, 50, 50))
        >>> boxes.is_free((60, 0, 90, 20)), boxes.is_free((40, 0, 60, 20))
        (True, False)
        """
        left, low, right, high = box
        if left < 0 or low < 0 or right > self.width or high > self.height:
            return False
        taken = self._taken
        meets = (taken[:, 0] < right) & (taken[:, 2] > left)
        meets &= (taken[:, 1] < high) & (taken[:, 3] > low)
        return not bool(meets.any())


def date_axis(ax: Axes, most: int) -> None:
    """Let an axis along the bottom bear dates, at most so many; of a day or of decades."""
    locator = AutoDateLocator(minticks=2, maxticks=most)
    # its own steps end at 12 hours, 14 days and 6 months, too often for few ticks: it would warn
    for unit, more in ((HOURLY, (24,)), (DAILY, (28, 42)), (MONTHLY, (12,))):
        locator.intervald[unit] = [*locator.intervald[unit], *more]
    ax.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator, show_offset=False)
    ax.xaxis.set_major_formatter(formatter)
