"""The network as a picture: a disc per circle, a dot per person, a quiet ring around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.collections import EllipseCollection, LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from netquality.errors import SettingError
from netquality.graph.findings import SHARED
from netquality.graph.layout import NO_COMMUNITY, TALK, Layout, lay_out
from netquality.graph.measuring import graph_measures
from netquality.graph.standing import people_of
from netquality.plot import style
from netquality.status import LABELS, STATUSES
from netquality.words import day_text, plural

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

    from netquality.graph.findings import GraphMeasures

__all__ = ["network"]

_Box = tuple[float, float, float, float]

MANY: Final = 10_000
"""A choice: of more people a page has no room for a dot each."""
VIEWS: Final = ("people", "communities")
_SIZE: Final = (9.6, 11.0)
_NARROW: Final = 7.0
"""Inches; on narrower axes the legend has more rows."""
_ROWS: Final = (5, 3)
_LEGEND: Final = 16.0
"""Points that a row of the legend takes."""
_MARGIN: Final = 30.0
"""Points around everything."""
_NAMED: Final = 24
_LARGE, _SMALL = 9.5, 8.0
_DISC: Final = 13.0
"""Points in radius from which a disc is large."""
_TINY: Final = 9.0
"""Points in radius below which a disc has no name."""
_NO_STATUS: Final = "No connection, no talk"


def network(
    graph: nx.Graph[str],
    measures: GraphMeasures | None = None,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
    view: str | None = None,
    named: bool = True,
) -> Axes:
    """Draw the network by its circles: who belongs together, with whom there is contact.

    Parameters
    ----------
    graph : networkx.Graph
        As `netquality.to_graph` returned it.
    measures : GraphMeasures, optional
        What `netquality.graph_measures` read from it; it is read anew by default.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    theme : Theme
        `netquality.plot.light` or `netquality.plot.dark`.
    captioned : bool
        Whether to write the title and what is not known above.
    view : str, optional
        ``"people"`` draws a dot per person, ``"communities"`` a disc per circle; by default the
        former up to 10,000 people.
    named : bool
        Whether to name people, and circles that are called after some.

    Returns
    -------
    matplotlib.axes.Axes
        A disc is a circle of people, dashed where it has gone quiet; a line between two is as wide
        as the ties between their people are many. A dot is a person: its area grows with the days
        on which both wrote; filled in touch, hollow resting. A dark rim marks who stands between
        two circles. The ring holds who is in no circle and was never talked with, clockwise by the
        day of connecting.

    Raises
    ------
    SettingError
        When `view` is none of the two.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> ax = nq.plot.network(nq.to_graph(network, nq.assess(network)))
    >>> ax.get_aspect()
    1.0
    """
    if view not in {None, *VIEWS}:
        raise SettingError(f"view: give {' or '.join(VIEWS)}.")
    measures = graph_measures(graph) if measures is None else measures
    if view is None:
        view = "people" if len(measures.members) <= MANY else "communities"
    layout = lay_out(graph, measures, dots=view == "people")
    with style.styled(theme):
        if ax is None:
            ax = style.new_axes(_SIZE)
            figure = ax.get_figure(root=True)
            if figure is not None:  # compressed, as the axes keep their shape
                figure.set_layout_engine("compressed", h_pad=0.12)
        style.dress(ax, theme)
        ax.set_axis_off()
        ax.set_aspect("equal")
        reach = max(layout.radius, 1.0) * 1.02
        ax.set_xlim(-reach, reach)
        ax.set_ylim(-reach, reach)
        discs = _told(layout, measures, named=named, dots=view == "people")
        above = 0.0
        if captioned:
            above = _caption(ax, theme, graph, layout, measures, of_people=view == "people")
        page = _Page(ax, theme, reach, discs, named, above)
        _draw_ties(page, layout)
        about = people_of(graph).set_index("node_id")
        if view == "people":
            _draw_people(page, layout, about, measures)
        else:
            _draw_communities(page, layout, about)
    return ax


class _Page(NamedTuple):
    """What is drawn on."""

    ax: Axes
    theme: style.Theme
    reach: float
    discs: pd.DataFrame
    named: bool

    above: float

    @property
    def point(self) -> float:
        """Units of the layout in one point, nearly: the axes are square."""
        below = _LEGEND * (_ROWS[0] if style.width_of(self.ax) < _NARROW else _ROWS[1])
        wide = style.width_of(self.ax) * 72 - _MARGIN
        high = style.height_of(self.ax) * 72 - self.above - below - _MARGIN
        return 2 * self.reach / max(min(wide, high), 72.0)


def _told(layout: Layout, measures: GraphMeasures, *, named: bool, dots: bool) -> pd.DataFrame:
    """Return the discs with what is said of each."""
    table = measures.communities.set_index("community_id")
    discs = layout.discs.join(table, on="community_id")
    name = discs["name"].where(discs["community_id"] != NO_COMMUNITY, "In no circle known")
    if not named:
        number = "Circle " + discs["community_id"].astype("str")
        name = name.mask(discs["named_by"] == "members", number)
    counts = layout.people["community_id"].value_counts()
    size = discs["community_id"].map(counts).fillna(0).astype("int64")
    quiet = discs["is_quiet"].fillna(value=False).astype(bool)
    return discs.assign(name=name, size=size, is_quiet=quiet, filled=1.0 if dots else 0.0)


# -- discs ----------------------------------------------------------------------------------------


def _draw_ties(page: _Page, layout: Layout) -> None:
    """Draw a line between two discs, as wide as their people's ties are many."""
    if not len(layout.ties):
        return
    at = layout.discs.set_index("community_id")
    one, other = (at.loc[layout.ties[end], ["x", "y"]].to_numpy() for end in ("one", "other"))
    heavy = layout.ties["weight"].to_numpy(np.float64)
    widths = 0.6 + 6 * np.sqrt(heavy / heavy.max())
    lines = LineCollection(
        np.stack([one, other], axis=1).tolist(), linewidths=widths.tolist(),
        colors=page.theme.muted, alpha=0.28, zorder=1, capstyle="butt", label="ties",
    )  # fmt: skip
    page.ax.add_collection(lines)


def _draw_discs(page: _Page) -> None:
    for row in _rows(page.discs):
        known = row.community_id != NO_COMMUNITY
        page.ax.add_patch(
            Circle(
                (row.x, row.y), row.radius, facecolor=page.theme.gap, zorder=2,
                edgecolor=page.theme.dormant_text if row.is_quiet else page.theme.grid,
                linestyle="--" if row.is_quiet else "-" if known else ":",
                linewidth=1.6 if row.is_quiet else 1.0,
            )
        )  # fmt: skip


def _name_discs(page: _Page, taken: _Taken, *, counted: bool) -> None:
    """Write each disc's name above it, else below; the largest first.

    Where there is no room, a large one is named over its neighbour all the same.
    """
    names = _Taken(page.reach)
    for row in _rows(page.discs):
        if row.radius < _TINY * page.point:
            continue
        large = row.radius > _DISC * page.point
        size = _LARGE if row.radius > 2.2 * _DISC * page.point else _SMALL
        said = f"{row.name}{' (gone quiet)' if row.is_quiet else ''}"
        if not style.can_show(said):
            said = f"Circle {row.community_id}"
        if counted:  # how many they are is said anyway
            said = said.replace(f" and {plural(row.size - 1, 'other')}", " and others")
        width = max((1.3 if counted else 2.2) * row.radius / page.point, 80.0)
        words = style.wrap(said, width, size, "bold") + (f"\n{_counted(row)}" if counted else "")
        box = _spot(page, row, words, size, taken, names, is_large=large)
        if box is not None:
            taken.add(box)
            names.add(box)
            page.ax.text(
                row.x, box[1], words, ha="center", va="bottom", fontsize=size, fontweight="bold",
                color=page.theme.ink, zorder=8, path_effects=_halo(page), linespacing=1.15,
            )  # fmt: skip


def _spot(
    page: _Page, row: Any, words: str, size: float, taken: _Taken, names: _Taken, *, is_large: bool
) -> _Box | None:
    """Return where a disc's name may stand: within it, above it, below it, at worst over others."""
    wide, high = (edge * page.point for edge in style.text_size(words, size, "bold"))
    air = 2 * page.point
    inner = row.radius * row.filled + air
    if (
        inner + high + 2 * air < row.radius
        and (inner + high) ** 2 + (wide / 2) ** 2 < row.radius**2
    ):
        return (row.x - wide / 2, row.y - inner - high, row.x + wide / 2, row.y - inner)
    lows = (row.y + row.radius + air, row.y - row.radius - air - high)
    boxes = [(row.x - wide / 2, low, row.x + wide / 2, low + high) for low in lows]
    free = [box for box in boxes if taken.is_free(box)]
    free = free or [box for box in boxes if is_large and names.is_free(box)]
    return free[0] if free else None


def _counted(row: Any) -> str:
    return f"{plural(row.size, 'person', 'people')}\n{int(row.awake):,} in touch"


def _draw_communities(page: _Page, layout: Layout, about: pd.DataFrame) -> None:
    """Draw each circle as areas within each other: in touch, resting, everybody."""
    _draw_discs(page)
    there = about.reindex(layout.people["node_id"]).set_index(layout.people.index)
    awake = (there["status"] == "active").fillna(value=False).astype(bool)
    rests = (there["status"] == "dormant").fillna(value=False).astype(bool)
    groups = layout.people["community_id"]
    touch, both = awake.groupby(groups).sum(), (awake | rests).groupby(groups).sum()
    for label, count in (("dormant", both), ("active", touch)):
        share = page.discs["community_id"].map(count).fillna(0) / page.discs["size"].clip(lower=1)
        far = page.discs["radius"].to_numpy() * np.sqrt(share.to_numpy(np.float64))
        colour = style.palette[label]
        _dots(page, page.discs["x"], page.discs["y"], far, colour, colour, 0.0, label)
        discs = page.discs.assign(filled=np.maximum(page.discs["filled"], np.sqrt(share)))
        page = page._replace(discs=discs)
    page = page._replace(discs=page.discs.assign(awake=page.discs["community_id"].map(touch)))
    taken = _Taken(page.reach)
    for row in _rows(page.discs):
        taken.add((row.x - row.radius * 0.7, row.y - row.radius * 0.7,
                   row.x + row.radius * 0.7, row.y + row.radius * 0.7))  # fmt: skip
    _name_discs(page, taken, counted=True)
    outer = int(layout.people["is_in_ring"].sum())
    if outer:
        inner = float((np.hypot(page.discs["x"], page.discs["y"]) + page.discs["radius"]).max())
        middle = (inner + layout.radius) / 2
        page.ax.add_patch(
            Circle(
                (0, 0), middle, fill=False, edgecolor=page.theme.quiet, alpha=0.5,
                linewidth=max((layout.radius - inner) * 0.6 / page.point, 1.0), zorder=1,
            )
        )  # fmt: skip
    handles = [
        _handle(style.palette["active"], style.palette["active"], "In touch, of all in the circle"),
        _handle(style.palette["dormant"], style.palette["dormant"], "Resting"),
        _handle(page.theme.gap, page.theme.muted, "Everybody else in it"),
        _handle(page.theme.quiet, page.theme.quiet,
                f"In no circle, never talked with: {outer:,} (ring)"),
    ]  # fmt: skip
    _legend(page, handles, 2)


# -- people ---------------------------------------------------------------------------------------


def _draw_people(page: _Page, layout: Layout, about: pd.DataFrame, measures: GraphMeasures) -> None:
    _draw_discs(page)
    people = layout.people.join(
        about[["name", "given_name", "family_name", "status", "mutual_contact_days", "is_hidden"]],
        on="node_id",
    )
    brokers = set(measures.members.loc[measures.members["is_broker"], "node_id"])
    people = people.assign(is_broker=people["node_id"].isin(brokers))
    handles: list[Line2D] = []
    for status in reversed(STATUSES):
        there = people[people["status"] == status]
        colour = style.colour_of(status, page.theme)
        inside = page.theme.paper if status == "dormant" else colour
        edge = 0.0 if status != "dormant" else 0.34
        _dots(page, there["x"], there["y"], there["radius"], inside, colour, edge, status)
        if len(there):
            label = f"{LABELS[status]}: {len(there):,}"
            handles.insert(0, _handle(inside, colour, label))
    odd = people[people["status"].isna()]
    _dots(page, odd["x"], odd["y"], odd["radius"], page.theme.paper, page.theme.muted, 0.2, "none")
    if len(odd):
        handles.append(_handle(page.theme.paper, page.theme.muted, f"{_NO_STATUS}: {len(odd):,}"))
    between = people[people["is_broker"]]
    rim = between["radius"] + 1.6 * page.point
    _rings(page, between["x"], between["y"], rim)
    if len(between):
        label = f"Stands between two circles: {len(between):,}"
        handles.append(_handle("none", page.theme.ink, label))
    taken = _Taken(page.reach)
    for row in _rows(page.discs):  # names of circles first, then people
        taken.add((row.x - row.radius * 0.7, row.y - row.radius * 0.7,
                   row.x + row.radius * 0.7, row.y + row.radius * 0.7))  # fmt: skip
    _name_discs(page, taken, counted=False)
    if page.named:
        _name_people(page, people, taken)
    _legend(page, handles, 3)


def _name_people(page: _Page, people: pd.DataFrame, discs: _Taken) -> None:
    """Write the names of those with most contact, and of who stands between, where there is room.

    One of each circle first; a name that would cover another or somebody's dot is left out.
    """
    hidden = people["is_hidden"].fillna(value=False).astype(bool)
    talked = people[people["status"].isin(TALK[:2]) & ~hidden]
    days = talked["mutual_contact_days"].fillna(0).to_numpy(np.float64)
    order = np.lexsort((talked["node_id"], -days))
    ranked = talked.iloc[order]
    within = ranked.groupby("community_id").cumcount().to_numpy()
    deep = ranked.iloc[np.lexsort((np.arange(len(ranked)), np.minimum(within, 3)))]
    taken = _Taken(page.reach, list(discs.names))
    for row in _rows(talked):
        taken.add((row.x - row.radius, row.y - row.radius, row.x + row.radius, row.y + row.radius))
    written = 0
    for row in _rows(deep):
        if written >= _NAMED:
            break
        words = _short(row)
        if not style.can_show(words):
            continue
        wide, high = (edge * page.point for edge in style.text_size(words, _SMALL))
        far = row.radius + 1.5 * page.point
        spots = (
            (row.x, row.y - far - high, "center"), (row.x, row.y + far, "center"),
            (row.x + far, row.y - high / 2, "left"), (row.x - far, row.y - high / 2, "right"),
        )  # fmt: skip
        for x, y, side in spots:
            left = x - wide * {"left": 0, "center": 0.5, "right": 1}[side]
            box = (left, y, left + wide, y + high)
            if taken.is_free(box):
                taken.add(box)
                page.ax.text(
                    x, y, words, ha=side, va="bottom", fontsize=_SMALL, color=page.theme.ink,
                    zorder=7, path_effects=_halo(page),
                )  # fmt: skip
                written += 1
                break


def _short(row: Any) -> str:
    parts = [part for part in (row.given_name, row.family_name) if isinstance(part, str)]
    name = " ".join(parts) or (row.name if isinstance(row.name, str) else "somebody")
    return name if len(name) <= 28 else f"{name[:27]}…"  # noqa: PLR2004 - letters


# -- what is drawn of -----------------------------------------------------------------------------


class _Taken:
    """Boxes that hold something already, on a page of this reach."""

    def __init__(self, reach: float, boxes: list[_Box] | None = None) -> None:
        self.reach = reach
        self.names = list(boxes or [])
        self._boxes = np.array(boxes or np.zeros((0, 4)), np.float64).reshape(-1, 4)

    def add(self, box: _Box) -> None:
        """Take a box."""
        self.names.append(box)
        self._boxes = np.vstack([self._boxes, box])

    def is_free(self, box: _Box) -> bool:
        """Tell whether a box is on the page and meets no other."""
        left, low, right, high = box
        if max(-left, right, -low, high) > self.reach:
            return False
        meets = (
            (self._boxes[:, 0] < right)
            & (self._boxes[:, 2] > left)
            & (self._boxes[:, 1] < high)
            & (self._boxes[:, 3] > low)
        )
        return not meets.any()


def _dots(
    page: _Page, x: Any, y: Any, radius: Any, inside: str, edge: str, share: float, label: str
) -> None:
    """Draw dots of one kind; an edge takes a share of the radius."""
    far = np.asarray(radius, np.float64)
    wide = far * share / page.point
    size = 2 * (far - far * share / 2)
    dots = EllipseCollection(
        size.tolist(), size.tolist(), np.zeros(len(far)).tolist(), units="xy",
        offsets=np.column_stack([np.asarray(x), np.asarray(y)]),
        offset_transform=page.ax.transData, facecolors=inside, edgecolors=edge,
        linewidths=(wide if share else np.full(len(far), 0.0)).tolist(), zorder=4, label=label,
    )  # fmt: skip
    page.ax.add_collection(dots)


def _rings(page: _Page, x: Any, y: Any, radius: Any) -> None:
    size = (2 * np.asarray(radius, np.float64)).tolist()
    rings = EllipseCollection(
        size, size, np.zeros(len(size)).tolist(), units="xy",
        offsets=np.column_stack([np.asarray(x), np.asarray(y)]),
        offset_transform=page.ax.transData, facecolors="none", edgecolors=page.theme.ink,
        linewidths=0.9, zorder=5, label="between",
    )  # fmt: skip
    page.ax.add_collection(rings)


def _handle(inside: str, edge: str, label: str) -> Line2D:
    return Line2D(
        [], [], linestyle="none", marker="o", markersize=7, markerfacecolor=inside,
        markeredgecolor=edge, markeredgewidth=1.6, label=label,
    )  # fmt: skip


def _legend(page: _Page, handles: list[Line2D], columns: int) -> None:
    if style.width_of(page.ax) < _NARROW:
        columns = max(columns - 1, 1)
    page.ax.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=columns,
        frameon=False, fontsize=9.5, handletextpad=0.3, columnspacing=1.4, labelspacing=0.45,
    )  # fmt: skip


def _halo(page: _Page) -> list[Any]:
    return [withStroke(linewidth=2.2, foreground=page.theme.paper)]


def _rows(table: pd.DataFrame) -> Any:
    return table.itertuples(index=False)


def _caption(
    ax: Axes,
    theme: style.Theme,
    graph: nx.Graph[str],
    layout: Layout,
    measures: GraphMeasures,
    *,
    of_people: bool,
) -> float:
    """Write title and subtitle; return the points they take."""
    quiet = int(measures.communities["is_quiet"].sum())
    count = int(measures.members["community_id"].notna().sum())
    circles = plural(len(measures.communities), "circle")
    title = f"{count:,} of {len(measures.members):,} people are in {circles}"
    if quiet:
        title += f", {quiet} of them gone quiet"
    used = measures.coverage.loc[measures.coverage["is_used"], "kind"].tolist()
    shared = ", ".join(words for kind, words in SHARED.items() if kind in used) or "nothing here"
    said = [
        f"As of {day_text(pd.Timestamp(str(graph.graph['as_of'])))}."
        if "as_of" in graph.graph else "",
        f"Circles are inferred from what people share: {shared}.",
        "The larger a dot, the more days on which you both wrote." if of_people
        else "The larger a disc, the more people.",
        "In the ring: in no circle, never talked with, clockwise by the day you connected."
        if of_people else "",
    ]  # fmt: skip
    away = len(measures.members) - len(layout.people)
    if away:
        said.append(f"Not drawn: {away:,} outside your connections, in no circle.")
    return style.caption(ax, title, " ".join(filter(None, said)), theme)
