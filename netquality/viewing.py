"""The network to walk about in: what the interactive view shows, put together from the graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import SettingError
from netquality.framed import in_notebook, keep
from netquality.graph.contents import contents_of
from netquality.graph.layout import NO_COMMUNITY, lay_out
from netquality.graph.measuring import measures_of
from netquality.graph.naming import short_names
from netquality.graph.shown import shown_ties
from netquality.graph.view import frame, page
from netquality.plot import style
from netquality.status import LABELS, OWNER_WORDS, STATUSES
from netquality.words import day_text, plural

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import networkx as nx

    from netquality.graph.contents import Contents
    from netquality.graph.findings import GraphMeasures
    from netquality.graph.layout import Layout

__all__ = ["GraphView", "graph_view", "view_of"]

TITLE: Final = "Your network, as far as the export shows it"
SCHEMA_VERSION: Final = 2
MOST_PEOPLE: Final = 10_000
"""A choice: of more, those in no circle who were never talked with are not shown."""
MOST_TIES: Final = 60_000
"""A choice: of more, each person's weakest are not shown."""
_HEIGHT: Final = 860


@dataclass(frozen=True)
class GraphView:
    """The network to walk about in: zoom, search, click, filter; a notebook shows it by itself.

    It stands in a frame that may run its one script and nothing else: no request is made.

    Attributes
    ----------
    payload : dict
        What is shown, in plain values, with its `schema_version`.
    height : int
        Of the frame, in pixels.

    Examples
    --------
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> view = nq.graph_view(nq.to_graph(network, nq.assess(network)))
    >>> view
    GraphView(889 people, 7,739 ties)
    """

    payload: Mapping[str, Any] = field(repr=False)
    height: int = _HEIGHT

    def __repr__(self) -> str:
        """Say how much it shows; no name."""
        people = plural(len(self.payload["people"]["id"]), "person", "people")
        return f"GraphView({people}, {plural(len(self.payload['ties']['one']), 'tie')})"

    def _repr_html_(self) -> str:
        return in_notebook(self.frame())

    def page(self) -> str:
        """Return it as a whole HTML document that asks for nothing from anywhere."""
        return page(self.payload)

    def frame(self) -> str:
        """Return it as one element that can stand in another page."""
        return frame(self.payload, height=self.height)

    def write(self, path: str | os.PathLike[str], *, force: bool = False) -> Path:
        """Write the page to a file, readable by you alone: it holds names.

        Parameters
        ----------
        path : str or path-like
        force : bool
            Whether a file that is no page of netquality may be replaced.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        NetQualityError
            When the file cannot be written, or another one is there.
        """
        return keep(self.page(), path, force=force)


def graph_view(
    graph: nx.Graph[str], measures: GraphMeasures | None = None, *, height: int = _HEIGHT
) -> GraphView:
    """Return the network as a picture to walk about in, for a notebook or a file of its own.

    Parameters
    ----------
    graph : networkx.Graph
        As `netquality.to_graph` returned it.
    measures : GraphMeasures, optional
        What `netquality.graph_measures` read from it; it is read anew by default.
    height : int
        In a notebook, in pixels.

    Returns
    -------
    GraphView
        Everybody stands where `netquality.plot.network` has them. Of more than 10,000 people,
        those in no circle who were never talked with are left out; of more than 60,000 ties, the
        weakest of each person. The page says how many.

    Raises
    ------
    TableError
        When it is no such graph, or `measures` are of another one.
    SettingError
        When `height` is no number of pixels.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> view = nq.graph_view(nq.to_graph(network, nq.assess(network)))
    >>> with tempfile.TemporaryDirectory() as home:
    ...     view.write(f"{home}/network.html").name
    'network.html'
    """
    if isinstance(height, bool) or not isinstance(height, int) or height < 1:
        raise SettingError(f"height: is {height!r}. Give a whole number of pixels.")
    contents = contents_of(graph)
    measures = measures_of(contents) if measures is None else measures
    return view_of(contents, measures, height=height)


def view_of(contents: Contents, measures: GraphMeasures, *, height: int = _HEIGHT) -> GraphView:
    """Return what `graph_view` does, of a graph that was read already."""
    layout = lay_out(contents.people, measures)
    people = contents.people.set_index("node_id")
    placed = layout.people
    left_out = []
    away = len(measures.members) - len(placed)
    if away:
        left_out.append(
            f"Not shown: {plural(away, 'person', 'people')} outside your connections, never talked "
            "with and in no circle."
        )
    hidden = people.loc[placed["node_id"], "is_hidden"].fillna(value=False).to_numpy(bool)
    if hidden.any():
        left_out.append(f"Not shown: {plural(int(hidden.sum()), 'person', 'people')} you hide.")
        placed = placed[~hidden].reset_index(drop=True)
    if len(placed) > MOST_PEOPLE and placed["is_in_ring"].any():
        ring = int(placed["is_in_ring"].sum())
        placed = placed[~placed["is_in_ring"]].reset_index(drop=True)
        left_out.append(f"Not shown: {plural(ring, 'connection')} in no circle, never talked with.")
    ties, whys, weaker = shown_ties(contents, placed["node_id"], MOST_TIES)
    if weaker:
        left_out.append(f"Not shown: {plural(weaker, 'weaker tie')}.")
    payload = {
        "schema_version": SCHEMA_VERSION,
        "title": TITLE,
        "as_of": day_text(pd.Timestamp(str(contents.about["as_of"])))
        if "as_of" in contents.about
        else "",
        "caveat": measures.caveat,
        "statuses": [{"key": key, "label": LABELS[key]} for key in STATUSES],
        "colours": {name: _colours(theme) for name, theme in _THEMES.items()},
        "communities": _communities(layout, measures, placed["node_id"]),
        "people": _people(placed, people, layout, measures),
        "ties": ties,
        "whys": whys,
        "left_out": left_out,
    }
    return GraphView(payload, height)


_THEMES: Final = {"light": style.light, "dark": style.dark}


def _colours(theme: style.Theme) -> dict[str, str]:
    tones = {status: style.colour_of(status, theme) for status in STATUSES}
    return {**tones, **{name: getattr(theme, name) for name in ("paper", "ink", "muted", "grid")}}


# -- circles --------------------------------------------------------------------------------------


def _communities(layout: Layout, measures: GraphMeasures, shown: pd.Series) -> dict[str, list[Any]]:
    """Return the discs; of people, a disc names as many as the picture shows, and who is hidden."""
    told = measures.communities.set_index("community_id")
    brief = short_names(told["name"].tolist(), told["named_by"].tolist())
    short = dict(zip(told.index, brief, strict=True)) | {NO_COMMUNITY: "In no circle"}
    inside = layout.people.set_index("node_id")["community_id"]
    seen = inside[inside.index.isin(shown)].value_counts()
    hidden = inside[~inside.index.isin(shown)].value_counts()
    names, sentences = [], []
    for number in layout.discs["community_id"].tolist():
        who = plural(int(seen.get(number, 0)), "person", "people")
        hides = f"{int(hidden[number]):,} you hide" if number in hidden else ""
        if number == NO_COMMUNITY:
            names.append("Talked with, in no circle")
            talked = f"{who} you talked with{f', and {hides}' if hides else ''}"
            sentences.append(f"{talked}, of whom nothing on file names a circle.")
        else:
            names.append(told.loc[number, "name"])
            sentences.append(_sentence(told.loc[number], f"{who} and {hides}" if hides else who))
    return {
        "id": layout.discs["community_id"].tolist(),
        "name": names,
        "short": [short[number] for number in layout.discs["community_id"].tolist()],
        "x": _rounded(layout.discs["x"]),
        "y": _rounded(layout.discs["y"]),
        "radius": _rounded(layout.discs["radius"]),
        "sentence": sentences,
    }


def _sentence(row: Any, who: str) -> str:
    """Say how the owner stands with a circle."""
    parts = [f"{who}, {row['in_touch_count']} in touch"]
    if row["resting_count"]:
        parts.append(f", {row['resting_count']} resting")
    parts.append(".")
    if row["is_quiet"]:
        awake = row["in_touch_count"]
        but = f", but for {awake} in touch between it and another" if awake else ""
        resting = f"its {row['resting_count']} relationships have come to rest"
        parts.append(f" A world gone quiet: {resting}{but}.")
    if pd.notna(row["last_talk_at"]):
        parts.append(f" Last talk: {day_text(row['last_talk_at'])}.")
    if row["broker_count"]:
        count, verb = row["broker_count"], "stands" if row["broker_count"] == 1 else "stand"
        parts.append(f" {plural(count, 'person', 'people')} {verb} between it and another.")
    return "".join(parts)


# -- people ---------------------------------------------------------------------------------------


def _people(
    placed: pd.DataFrame, people: pd.DataFrame, layout: Layout, measures: GraphMeasures
) -> dict[str, list[Any]]:
    about = people.loc[placed["node_id"]]
    place = {number: at for at, number in enumerate(layout.discs["community_id"].tolist())}
    status = {key: at for at, key in enumerate(STATUSES)}
    brokers = measures.members.set_index("node_id").loc[placed["node_id"]]
    names = dict(
        zip(measures.communities["community_id"], measures.communities["name"], strict=True)
    )
    return {
        "id": placed["node_id"].tolist(),
        "name": about["name"].fillna("").where(about["name"].fillna("") != "", "No name").tolist(),
        "x": _rounded(placed["x"]),
        "y": _rounded(placed["y"]),
        "radius": _rounded(placed["radius"]),
        "status": [status.get(key, -1) if isinstance(key, str) else -1 for key in about["status"]],
        "community": [place.get(number, -1) for number in placed["community_id"].tolist()],
        "is_broker": brokers["is_broker"].astype("int64").tolist(),
        "lines": [
            list(_lines(row, names.get(other)))
            for row, other in zip(
                about.itertuples(index=False),
                brokers["other_community_id"].where(brokers["is_broker"]),
                strict=True,
            )
        ],
    }


def _lines(row: Any, other: str | None) -> Iterator[str]:
    """Say what is on record of somebody."""
    work = [said for said in (row.position, row.company) if isinstance(said, str)]
    if work:
        yield ", ".join(work)
    if isinstance(row.status_reason, str):
        yield row.status_reason
    yield from _own_word(row)
    if pd.notna(row.connected_on):
        yield f"Connected {day_text(row.connected_on)}."
    if other is not None:
        yield f"Stands between this circle and another: {other}."


def _own_word(row: Any) -> Iterator[str]:
    """Say what the owner says of somebody, beside what the picture counts them as."""
    counted = LABELS.get(row.status) if isinstance(row.status, str) else None
    if row.status_shown == OWNER_WORDS["close"]:
        said = "In touch by your word"
    elif row.status_shown == OWNER_WORDS["stranger"] != counted:
        said = "A stranger by your word"
    else:
        return
    if counted == LABELS["active"] and said.startswith(counted):
        yield f"{said}, and on record."
    elif counted is not None:
        yield f"{said}; counted here by what is on record: {counted}."
    else:
        yield f"{said}."


def _rounded(values: pd.Series) -> list[float]:
    return [float(value) for value in values.round(1)]
