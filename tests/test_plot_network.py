"""The picture of the network: a dot per person, names that do not cover each other, all drawn."""

from __future__ import annotations

from dataclasses import replace

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import EllipseCollection
from matplotlib.colors import same_color, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke
from scipy.spatial import cKDTree
from stories import network_of, rows_of

import netquality as nq
from netquality.graph.contents import people_of
from netquality.graph.layout import DOT, NO_COMMUNITY, _ring, lay_out
from netquality.graph.packing import pack
from netquality.plot.style import can_show
from netquality.pseudonyms import invent_names


@pytest.fixture(autouse=True)
def _no_window():
    mpl.use("agg")
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def sample():
    network = nq.load_sample()
    people = nq.assess(network)
    graph = nq.to_graph(network, people)
    return network, people, graph, nq.graph_measures(graph)


@pytest.fixture(scope="module")
def layout(sample):
    return lay_out(people_of(sample[2]), sample[3])


def dots(ax):
    """Return the dots drawn, by kind."""
    found = [one for one in ax.collections if isinstance(one, EllipseCollection)]
    return {one.get_label(): one for one in found}


# -- where everybody stands -----------------------------------------------------------------------


def test_everybody_has_one_place(sample, layout):
    _, people, _, measures = sample
    placed = layout.people.set_index("node_id")
    assert placed.index.is_unique
    judged = people.set_index("person_id")
    away = judged.drop(placed.index)
    community = measures.members.set_index("node_id")["community_id"]
    assert not away["is_connection"].any()
    assert not away["status"].isin(["active", "dormant", "brief"]).any()
    assert community[away.index].isna().all()
    inside = placed[placed["community_id"] > NO_COMMUNITY]
    assert inside["community_id"].tolist() == community[inside.index].tolist()
    ring = placed[placed["is_in_ring"]]
    assert not judged.loc[ring.index, "status"].isin(["active", "dormant", "brief"]).any()
    assert community[ring.index].isna().all()


def test_a_dot_grows_in_area_by_mutual_contact_days(sample, layout):
    days = sample[1].set_index("person_id")["mutual_contact_days"].fillna(0)
    inside = layout.people[~layout.people["is_in_ring"]]
    area = (inside["radius"] / DOT) ** 2
    np.testing.assert_allclose(area, 1 + days[inside["node_id"]].to_numpy(float))


def test_dots_are_in_their_discs_and_discs_apart(layout):
    discs = layout.discs.set_index("community_id")
    for number, group in layout.people[~layout.people["is_in_ring"]].groupby("community_id"):
        disc = discs.loc[number]
        far = np.hypot(group["x"] - disc["x"], group["y"] - disc["y"]) + group["radius"]
        assert far.max() <= disc["radius"] + 1e-6
    spots, radius = discs[["x", "y"]].to_numpy(), discs["radius"].to_numpy()
    gap = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    np.fill_diagonal(gap, np.inf)
    assert (gap >= radius[:, None] + radius[None] - 1e-6).all()
    ring = layout.people[layout.people["is_in_ring"]]
    inner = np.hypot(ring["x"], ring["y"]).min()
    assert (np.hypot(*spots.T) + radius).max() < inner


def test_dots_hardly_overlap(layout):
    for _, group in layout.people.groupby("community_id"):
        spots, radius = group[["x", "y"]].to_numpy(), group["radius"].to_numpy()
        gap = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
        np.fill_diagonal(gap, np.inf)
        over = np.clip(radius[:, None] + radius[None] - gap, 0, None) / np.minimum.outer(
            radius, radius
        )
        assert (over > 0.5).sum() / 2 <= 0.03 * len(group)


def test_the_ring_runs_clockwise_by_the_day_of_connecting(sample, layout):
    day = sample[1].set_index("person_id")["connected_on"]
    ring = layout.people[layout.people["is_in_ring"]]
    turn = (np.pi / 2 - np.arctan2(ring["y"], ring["x"])) % (2 * np.pi)
    order = np.argsort(turn.to_numpy(), kind="stable")
    days = day[ring["node_id"].iloc[order]].dropna()
    assert days.rank().corr(days.reset_index(drop=True).index.to_series(index=days.index)) > 0.99


def test_dots_have_room_in_a_ring_of_any_size():
    for count in (1, 2, 7, 50, 300, 900, 4000):
        for inner in (20.0, 400.0):
            x, y, whole = _ring(count, inner)
            spots = np.stack([x, y], axis=1)
            assert len(np.unique(spots.round(6), axis=0)) == count
            assert np.hypot(x, y).min() >= inner
            assert np.hypot(x, y).max() + DOT <= whole + 1e-6
            near, _ = cKDTree(spots).query(spots, k=min(2, count))
            assert count == 1 or near[:, -1].min() > 1.6 * DOT


def test_everybody_has_room_where_many_stand_between():
    # two conversations, and one that half of each are in too
    for size in (6, 10, 20):
        one, other = [f"a{at:02}" for at in range(size)], [f"b{at:02}" for at in range(size)]
        threads = [one, other, [*one[: size // 2], *other[: size // 2]]]
        rows = [
            row | {"thread_id": f"g-{at}", "person_id": who}
            for at, thread in enumerate(threads)
            for who in thread
            for row in rows_of("g", who)
        ]
        day = {who: f"{1950 + at}-03-01" for at, who in enumerate([*one, *other])}
        network = network_of(rows, day)
        graph = nq.to_graph(network, nq.assess(network))
        measures = nq.graph_measures(graph)
        for flags in (measures.members["is_broker"], True):
            members = measures.members.assign(is_broker=flags)
            placed = lay_out(people_of(graph), replace(measures, members=members)).people
            assert len(placed[["x", "y"]].round(3).drop_duplicates()) == 2 * size


def test_discs_walled_in_are_placed_outside():
    dice = np.random.default_rng(2)
    sizes = [*dice.uniform(150, 1500, 11), *dice.uniform(5, 40, 130)]
    no_ties = pd.DataFrame({"one": [], "other": [], "weight": []})
    discs = pack(dict(enumerate(sizes, 1)), no_ties, 5.0)
    spots, radius = discs[["x", "y"]].to_numpy(), discs["radius"].to_numpy()
    gap = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    np.fill_diagonal(gap, np.inf)
    assert (gap >= radius[:, None] + radius[None]).all()


def test_brokers_stand_at_the_rim_that_faces_the_other_circle(sample, layout):
    members = sample[3].members.set_index("node_id")
    discs = layout.discs.set_index("community_id")
    placed = layout.people.set_index("node_id")
    turned = []
    for key, row in members[members["is_broker"]].iterrows():
        own, other = discs.loc[row["community_id"]], discs.loc[row["other_community_id"]]
        spot = placed.loc[key]
        toward = np.arctan2(other["y"] - own["y"], other["x"] - own["x"])
        mine = np.arctan2(spot["y"] - own["y"], spot["x"] - own["x"])
        turned.append(abs((mine - toward + np.pi) % (2 * np.pi) - np.pi))
    assert np.median(turned) < 0.35


def test_the_rows_order_moves_nobody(sample, layout):
    network, people, _, _ = sample
    graph = nq.to_graph(network, people.sample(frac=1, random_state=2))
    again = lay_out(people_of(graph), nq.graph_measures(graph))
    for name in ("people", "discs", "ties"):
        one, other = getattr(layout, name), getattr(again, name)
        assert one.equals(other)


# -- what is drawn --------------------------------------------------------------------------------


def test_every_person_is_a_dot_of_the_colour_of_the_status(sample, layout):
    _, people, graph, measures = sample
    ax = nq.plot.network(graph, measures)
    drawn = dots(ax)
    status = people.set_index("person_id")["status"].reindex(layout.people["node_id"])
    for name, colour in nq.plot.palette.items():
        assert len(drawn[name].get_offsets()) == (status == name).sum()
        assert same_color(drawn[name].get_edgecolor()[0], colour)
        # in touch is filled, resting hollow: not by colour alone
        is_filled = to_hex(drawn[name].get_facecolor()[0]) == to_hex(colour)
        assert is_filled == (name != "dormant")
    assert len(drawn["none"].get_offsets()) == status.isna().sum()
    assert sum(len(drawn[one].get_offsets()) for one in (*nq.plot.palette, "none")) == len(status)
    assert len(drawn["between"].get_offsets()) == measures.members["is_broker"].sum()
    said = [text.get_text() for text in ax.get_legend().get_texts()]
    assert f"In touch: {(status == 'active').sum():,}" in said
    assert f"Resting: {(status == 'dormant').sum():,}" in said


def test_quiet_circles_are_dashed_and_named_so(sample):
    ax = nq.plot.network(sample[2], sample[3])
    circles = [one for one in ax.patches if isinstance(one, Circle)]
    quiet = int(sample[3].communities["is_quiet"].sum())
    assert sum(one.get_linestyle() in {"--", "dashed"} for one in circles) == quiet
    assert sum("(gone quiet)" in one.get_text().replace("\n", " ") for one in ax.texts) == quiet
    assert f"{quiet} of them gone quiet" in ax.get_title(loc="left").replace("\n", " ")


@pytest.mark.parametrize("theme", [nq.plot.light, nq.plot.dark])
@pytest.mark.parametrize("size", [(9.6, 11.0), (5.0, 6.5)])
def test_names_do_not_cover_each_other(sample, theme, size):
    figure = plt.figure(figsize=size, layout="compressed")
    ax = nq.plot.network(sample[2], sample[3], ax=figure.add_subplot(), theme=theme)
    figure.canvas.draw()
    names = [one for one in ax.texts if one.get_transform() == ax.transData and one.get_text()]
    assert len(names) > (20 if size[0] > 6 else 6)
    boxes = [one.get_window_extent() for one in names]
    over = 0.0
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            wide = min(one.x1, other.x1) - max(one.x0, other.x0)
            high = min(one.y1, other.y1) - max(one.y0, other.y0)
            over = max(over, min(wide, high))
    assert over < 4  # pixels: the air around letters
    for box in boxes:
        assert box.x0 > -1
        assert box.x1 < figure.bbox.x1 + 1


@pytest.mark.parametrize("theme", [nq.plot.light, nq.plot.dark])
def test_of_each_circle_those_with_most_contact_are_named_first(sample, layout, theme):
    ax = nq.plot.network(sample[2], sample[3], theme=theme)
    said = {one.get_text().replace("\n", " ") for one in ax.texts}
    told = ["status", "mutual_contact_days", "given_name", "family_name"]
    there = layout.people.join(people_of(sample[2]).set_index("node_id")[told], on="node_id")
    there = there[there["status"].isin(["active", "dormant"])]
    there = there.dropna(subset=["given_name", "family_name", "mutual_contact_days"])
    name = there["given_name"].str.cat(there["family_name"], " ")
    name = name.where(name.str.len() <= 28, name.str.slice(0, 27) + "…")
    there = there.assign(is_named=name.isin(said))[name.map(can_show)]
    for _, circle in there.groupby("community_id"):
        days = circle["mutual_contact_days"]
        assert circle.loc[days.idxmax(), "is_named"]
        other = days[~circle["is_named"]]
        assert other.empty or days[circle["is_named"]].min() >= other.max()


def test_a_name_can_be_read_over_what_it_stands_on(sample):
    ax = nq.plot.network(sample[2], sample[3], theme=nq.plot.dark)
    names = [one for one in ax.texts if one.get_transform() == ax.transData and one.get_text()]
    for name in names:
        [rim] = name.get_path_effects()
        assert isinstance(rim, withStroke)
        assert same_color(rim._gc["foreground"], nq.plot.dark.paper)
        assert name.get_zorder() > max(one.get_zorder() for one in ax.collections)


@pytest.mark.parametrize("view", ["people", "communities"])
@pytest.mark.parametrize("names", ["pseudonyms", "none"])
def test_names_are_left_out_where_asked(sample, names, view):
    def words(**how):
        ax = nq.plot.network(sample[2], sample[3], view=view, **how)
        return [text.get_text().replace("\n", " ") for text in ax.texts]

    people = sample[1]
    real, said = " | ".join(words()), words(names=names)
    full = set(people[["given_name", "family_name"]].dropna().agg(" ".join, axis=1))
    employers = set(people["company"].dropna())
    assert "Tessel & Pine" in real
    assert not [name for name in full | employers if name in " | ".join(said)]
    assert any(one.startswith("Circle ") for one in said)
    invented = {" ".join(pair) for pair in invent_names(people["person_id"]).values()}
    assert bool(invented & set(said)) == (names == "pseudonyms" and view == "people")


def test_letters_that_no_font_has_are_not_drawn_as_boxes():
    assert can_show("Ana Erfunden")
    assert not can_show("Ana \U0010fffd")
    people = {"ana": {"name": "\U0010fffd", "given_name": "\U0010fffd"}}
    network = network_of(rows_of("SR | SR | SR", "ana"), people=people)
    ax = nq.plot.network(nq.to_graph(network, nq.assess(network)))
    ax.figure.canvas.draw()  # a missing letter would warn, and warnings are errors
    assert "\U0010fffd" not in " ".join(text.get_text() for text in ax.texts)


def test_many_people_are_drawn_by_circle(sample):
    _, people, graph, measures = sample
    ax = nq.plot.network(graph, measures, view="communities")
    drawn = dots(ax)
    discs = {round(2 * one.get_radius(), 6) for one in ax.patches if isinstance(one, Circle)}
    assert len(drawn["active"].get_offsets()) == len(measures.communities) + 1
    # areas within each other: the share in touch of those in the largest circle
    row = measures.communities.iloc[0]
    layout = lay_out(people_of(graph), measures, dots=False)
    at = layout.discs.index[layout.discs["community_id"] == row["community_id"]][0]
    disc = layout.discs.loc[at]
    assert round(2 * disc["radius"], 6) in discs
    share = (drawn["active"]._widths[at] * 2 / (2 * disc["radius"])) ** 2
    assert share == pytest.approx(row["in_touch_count"] / row["person_count"])
    assert people["status"].isin(["active"]).sum() > 0


def test_nobody_and_nothing_can_be_drawn():
    for rows in ([], rows_of("S", "ana"), rows_of("SR | SR", "ana")):
        network = network_of(rows)
        graph = nq.to_graph(network, nq.assess(network))
        for view in ("people", "communities"):
            nq.plot.network(graph, view=view).figure.canvas.draw()


def test_the_axes_given_are_drawn_on_and_settings_are_as_before(sample):
    before = dict(mpl.rcParams)
    ax = plt.figure().add_subplot()
    assert nq.plot.network(sample[2], sample[3], ax=ax, captioned=False) is ax
    assert ax.get_title(loc="left") == ""
    assert dict(mpl.rcParams) == before
    with pytest.raises(nq.NetQualityError, match="view: give people or communities"):
        nq.plot.network(sample[2], sample[3], view="all")


@pytest.mark.parametrize("size", [(9.6, 11.0), (4.3, 6.0)])
def test_no_name_lies_over_anybody(sample, size):
    figure = Figure(figsize=size, dpi=100)
    FigureCanvasAgg(figure)
    ax = nq.plot.network(sample[2], sample[3], ax=figure.add_subplot(), captioned=False)
    figure.canvas.draw()
    dots = []
    for one in ax.collections:
        if isinstance(one, EllipseCollection) and one.get_label() != "between":
            at = ax.transData.transform(one.get_offsets())
            wide = one.get_widths() * ax.transData.get_matrix()[0, 0] / 2
            dots += np.column_stack([at, wide]).tolist()
    x, y, radius = np.array(dots).T
    names = [one for one in ax.texts if one.get_transform() == ax.transData and one.get_text()]
    assert len(names) > (20 if size[0] > 6 else 2)
    for name in names:
        box = name.get_window_extent()
        near_x, near_y = np.clip(x, box.x0, box.x1), np.clip(y, box.y0, box.y1)
        deep = radius - np.hypot(x - near_x, y - near_y)
        assert deep.max() < 7  # pixels: a rim, or a dot of a point or two


def test_what_has_nothing_to_draw_is_no_sheet_of_paper():
    empty = nq.backtest(network_of([], {"a": "2020-03-01"})).reliability
    ax = nq.plot.reliability(empty)
    high = ax.figure.get_size_inches()[1]
    assert high < 1.2
    ax.figure.canvas.draw()
    [text] = ax.texts
    box = text.get_window_extent()
    assert ax.figure.bbox.contains(box.x0, box.y0)
    assert ax.figure.bbox.contains(box.x1, box.y1)
    # a figure of somebody else's stays as it was given
    figure = Figure(figsize=(5, 4))
    nq.plot.reliability(empty, ax=figure.add_subplot())
    assert tuple(figure.get_size_inches()) == (5, 4)
