"""The network as a picture: a disc per circle, a dot per person, a quiet ring around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle

from netquality.errors import SettingError
from netquality.graph.contents import people_of
from netquality.graph.findings import SHARED
from netquality.graph.layout import NO_COMMUNITY, Layout, lay_out
from netquality.graph.measuring import graph_measures
from netquality.plot import figures, marks, style
from netquality.plot.labels import name_discs, name_people
from netquality.plot.sheet import (
    Page,
    Taken,
    add_legend,
    draw_dots,
    draw_rings,
    handle,
    rows_of,
)
from netquality.status import LABELS, STATUSES
from netquality.words import day_text, plural

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from netquality.graph.findings import GraphMeasures

__all__ = ["network"]

MANY: Final = 10_000
"""A choice: of more people a page has no room for a dot each."""
VIEWS: Final = ("people", "communities")
_SIZE: Final = (9.6, 11.0)
_NO_STATUS: Final = "No connection, no talk"
_NAMED_AFTER: Final = ("colleagues", "employer", "members")
"""What tells who a circle is."""


def network(
    graph: nx.Graph[str],
    measures: GraphMeasures | None = None,
    *,
    ax: Axes | None = None,
    theme: style.Theme = style.light,
    captioned: bool = True,
    view: str | None = None,
    names: str = "real",
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
    names : str
        ``"real"``, ``"pseudonyms"`` or ``"none"``; with the latter two, circles that are called
        after some of their people or after an employer are numbered.

    Returns
    -------
    matplotlib.axes.Axes
        A disc is a circle of people, dashed where it has gone quiet; a line between two is as wide
        as the ties between their people are many. A dot is a person: its area grows with the days
        each of the two wrote; filled in touch, hollow resting. A dark rim marks who stands between
        two circles. The ring holds who is in no circle and was never talked with, clockwise by the
        day of connecting.

    Raises
    ------
    SettingError
        When `view` is none of the two, or `names` none of the three.

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
    people = people_of(graph)
    layout = lay_out(people, measures, dots=view == "people")
    about = marks.shown_as(people, names, "node_id").set_index("node_id")
    with style.styled(theme):
        if ax is None:
            ax = figures.new_axes(_SIZE)
            figure = ax.get_figure(root=True)
            if figure is not None:  # compressed, as the axes keep their shape
                figure.set_layout_engine("compressed", h_pad=0.12)
        style.dress(ax, theme)
        ax.set_axis_off()
        ax.set_aspect("equal")
        reach = max(layout.radius, 1.0) * 1.02
        ax.set_xlim(-reach, reach)
        ax.set_ylim(-reach, reach)
        discs = _told(layout, measures, named=names == "real", dots=view == "people")
        above = 0.0
        if captioned:
            above = _caption(ax, theme, graph, layout, measures, of_people=view == "people")
        page = Page(ax, theme, reach, discs, above)
        _draw_ties(page, layout)
        if view == "people":
            _draw_people(page, layout, about, measures)
        else:
            _draw_communities(page, layout, about)
    return ax


def _told(layout: Layout, measures: GraphMeasures, *, named: bool, dots: bool) -> pd.DataFrame:
    """Return the discs with what is said of each."""
    table = measures.communities.set_index("community_id")
    discs = layout.discs.join(table, on="community_id")
    name = discs["name"].where(discs["community_id"] != NO_COMMUNITY, "In no circle known")
    if not named:
        number = "Circle " + discs["community_id"].astype("str")
        name = name.mask(discs["named_by"].isin(_NAMED_AFTER), number)
    counts = layout.people["community_id"].value_counts()
    size = discs["community_id"].map(counts).fillna(0).astype("int64")
    quiet = discs["is_quiet"].fillna(value=False).astype(bool)
    return discs.assign(name=name, size=size, is_quiet=quiet, filled=1.0 if dots else 0.0)


# -- discs ----------------------------------------------------------------------------------------


def _draw_ties(page: Page, layout: Layout) -> None:
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


def _draw_discs(page: Page) -> None:
    for row in rows_of(page.discs):
        known = row.community_id != NO_COMMUNITY
        page.ax.add_patch(
            Circle(
                (row.x, row.y), row.radius, facecolor=page.theme.gap, zorder=2,
                edgecolor=page.theme.dormant_text if row.is_quiet else page.theme.grid,
                linestyle="--" if row.is_quiet else "-" if known else ":",
                linewidth=1.6 if row.is_quiet else 1.0,
            )
        )  # fmt: skip


def _draw_communities(page: Page, layout: Layout, about: pd.DataFrame) -> None:
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
        draw_dots(page, page.discs["x"], page.discs["y"], far, colour, colour, 0.0, label)
        discs = page.discs.assign(filled=np.maximum(page.discs["filled"], np.sqrt(share)))
        page = page._replace(discs=discs)
    page = page._replace(discs=page.discs.assign(awake=page.discs["community_id"].map(touch)))
    taken = Taken(page.reach)
    for row in rows_of(page.discs):
        taken.add((row.x - row.radius * 0.7, row.y - row.radius * 0.7,
                   row.x + row.radius * 0.7, row.y + row.radius * 0.7))  # fmt: skip
    name_discs(page, taken, counted=True)
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
        handle(style.palette["active"], style.palette["active"], "In touch, of all in the circle"),
        handle(style.palette["dormant"], style.palette["dormant"], "Resting"),
        handle(page.theme.gap, page.theme.muted, "Everybody else in it"),
        handle(page.theme.quiet, page.theme.quiet,
                f"In no circle, never talked with: {outer:,} (ring)"),
    ]  # fmt: skip
    add_legend(page, handles, 2)


# -- people ---------------------------------------------------------------------------------------


def _draw_people(page: Page, layout: Layout, about: pd.DataFrame, measures: GraphMeasures) -> None:
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
        draw_dots(page, there["x"], there["y"], there["radius"], inside, colour, edge, status)
        if len(there):
            label = f"{LABELS[status]}: {len(there):,}"
            handles.insert(0, handle(inside, colour, label))
    odd = people[people["status"].isna()]
    draw_dots(
        page, odd["x"], odd["y"], odd["radius"], page.theme.paper, page.theme.muted, 0.2, "none"
    )
    if len(odd):
        handles.append(handle(page.theme.paper, page.theme.muted, f"{_NO_STATUS}: {len(odd):,}"))
    between = people[people["is_broker"]]
    rim = between["radius"] + 1.6 * page.point
    draw_rings(page, between["x"], between["y"], rim)
    if len(between):
        label = f"Stands between two circles: {len(between):,}"
        handles.append(handle("none", page.theme.ink, label))
    taken = Taken(page.reach)
    for row in rows_of(page.discs):  # names of circles first, then people
        taken.add((row.x - row.radius * 0.7, row.y - row.radius * 0.7,
                   row.x + row.radius * 0.7, row.y + row.radius * 0.7))  # fmt: skip
    dots = people[["x", "y", "radius"]].to_numpy(np.float64)
    names = name_discs(page, taken, counted=False, dots=dots)
    name_people(page, people, names)
    add_legend(page, handles, 3)


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
        "The larger a dot, the more days each of you wrote." if of_people
        else "The larger a disc, the more people.",
        "In the ring: in no circle, never talked with, clockwise by the day you connected."
        if of_people else "",
    ]  # fmt: skip
    away = len(measures.members) - len(layout.people)
    if away:
        said.append(f"Not drawn: {away:,} outside your connections, in no circle.")
    return style.caption(ax, title, " ".join(filter(None, said)), theme)
