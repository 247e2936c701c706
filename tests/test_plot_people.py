"""Charts of people: what was drawn is what the tables say, words fit, nobody hidden is named."""

from __future__ import annotations

import inspect
import re
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from exports import files, write_folder
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.colors import same_color
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from stories import network_of, rows_of
from test_plot import gathered, talk, talks

import netquality as nq
from netquality.measures.moment import judged_on
from netquality.network import end_of_day, instant
from netquality.plot import sharing
from netquality.plot.cohorts import cohort_counts
from netquality.plot.flow import flow_counts
from netquality.plot.inequality import gini_of
from netquality.plot.marks import MARKS
from netquality.pseudonyms import invent_names
from netquality.status import STATUSES
from netquality.timeline import statuses_at

SPAN = "SR  S  R |SR"
LONG = "Maximiliane-Wilhelmina Freifrau von und zu Hohenerfindungen-Oberunterbachhausen II"
ODD = {
    "long": LONG,
    "hebrew": "\u05d0\u05d1\u05d2 \u05d3\u05d4\u05d5",
    "emoji": "Ana \U0001f680 Erfunden",
    "none": "\U0010fffd",
    "math": "A$^2$ $ B_$",
    "lines": "Two\nLines",
}


def odd_network():
    people = {key: {"name": name} for key, name in ODD.items()}
    begins = [f"{year}-03-05 10:00" for year in (2026, 2025, 2023, 2020, 2017, 2016)]
    rows = [
        row
        for n, (key, begin) in enumerate(zip(ODD, begins, strict=True))
        for row in rows_of(SPAN * (1 + 2 * n), key, begin)
    ]
    return network_of(rows, people=people)


CASES = {
    "nobody": {"connections": [], "messages": []},
    "one person": {"connections": gathered(1), "messages": talks(range(1), 2026)},
    "three people": {
        "connections": gathered(3),
        "messages": talks(range(1), 2026) + talks(range(1, 2), 2020),
    },
    "thirty people": {
        "connections": gathered(30),
        "messages": [row for n in range(0, 30, 3) for row in talk(f"p{n}", 2018 + n % 8)],
    },
    "no messages file": {"connections": gathered(30)},
    "no messages": {"connections": gathered(30), "messages": []},
    "nobody rests": {"connections": gathered(30), "messages": talks(range(0, 30, 3), 2026)},
    "nobody in touch": {"connections": gathered(30), "messages": talks(range(0, 30, 3), 2020)},
    "all in touch": {"connections": gathered(30), "messages": talks(range(30), 2026)},
    "odd names": None,
    "the sample": None,
}
SIZES = {
    "strength_map": ((9.6, 6.0), (4.3, 4.6)),
    "barcodes": ((9.6, 7.0), (4.3, 6.0)),
    "lorenz": ((9.6, 6.4), (4.3, 4.6)),
    "status_flow": ((9.6, 6.4), (4.3, 4.6)),
    "card": ((12.0, 6.3), (4.3, 2.26)),
    "cohorts": ((9.6, 6.4), (4.3, 4.6)),
}
CHARTS = list(SIZES)
NAMING = ("strength_map", "barcodes")


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """Give each case as a network and its people, read once."""

    def read(name, tables):
        if name == "the sample":
            return nq.load_sample()
        if name == "odd names":
            return odd_network()
        return nq.read_linkedin(write_folder(tmp_path_factory.mktemp("export"), files(**tables)))

    networks = {name: read(name, tables) for name, tables in CASES.items()}
    return {name: (network, nq.assess(network)) for name, network in networks.items()}


@pytest.fixture(scope="module")
def sample(cases):
    return cases["the sample"]


def call(chart, case, **wanted):
    network, people = case
    draw = getattr(nq.plot, chart)
    if chart in {"strength_map", "lorenz"}:
        return draw(people, **wanted)
    if chart == "barcodes":
        return draw(network, people, **wanted)
    if chart == "status_flow":
        return draw(network, "2022-06-30", **wanted)
    return draw(network, **wanted)


def drawn(chart, case, size=None, **wanted):
    figure = Figure(figsize=size or SIZES[chart][0], dpi=100)
    FigureCanvasAgg(figure)
    ax = call(chart, case, ax=figure.add_subplot(), **wanted)
    figure.draw_without_rendering()  # a letter that no font has would warn, and that is an error
    return ax


def texts_of(ax):
    texts = [*ax.texts, ax.title, ax._left_title]
    if ax.axison:
        for axis in (ax.xaxis, ax.yaxis):
            texts += [axis.label, *(tick.label1 for tick in axis._update_ticks())]
    if ax.get_legend() is not None:
        texts += ax.get_legend().get_texts()
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def said(ax) -> str:
    return " ".join(" ".join(text.get_text() for text in texts_of(ax)).split())


def by_label(ax):
    return {one.get_label(): one for one in ax.collections}


# -- every chart, every case ----------------------------------------------------------------------


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("name", list(CASES))
@pytest.mark.parametrize("place", [0, 1])
def test_words_lie_inside_and_apart(cases, chart, name, place):
    ax = drawn(chart, cases[name], SIZES[chart][place], theme=(nq.plot.light, nq.plot.dark)[place])
    boxes = {f"{n} {text.get_text()}": text.get_window_extent() for n, text in
             enumerate(texts_of(ax))}  # fmt: skip
    frame = ax.figure.bbox
    outside = [
        words
        for words, box in boxes.items()
        if min(box.x0 - frame.x0, frame.x1 - box.x1, box.y0 - frame.y0, frame.y1 - box.y1) < -1
    ]
    assert outside == []
    overlapping = [
        (one, other)
        for (one, box), (other, box2) in combinations(boxes.items(), 2)
        if min(box.x1, box2.x1) - max(box.x0, box2.x0) > 1
        and min(box.y1, box2.y1) - max(box.y0, box2.y0) > 3  # pixels: the air around letters
    ]
    assert overlapping == []


def test_each_fits_into_its_part_of_a_figure(sample):
    figure = Figure(figsize=(24, 6.4), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    charts = ("strength_map", "barcodes", "status_flow", "cohorts")
    for part, chart in zip(figure.subfigures(1, 4), charts, strict=True):
        ax = call(chart, sample, ax=part.add_subplot())
        figure.canvas.draw()
        for text in texts_of(ax):
            box = text.get_window_extent()
            assert box.x0 >= part.bbox.x0 - 1, text
            assert box.x1 <= part.bbox.x1 + 1, text


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_of_the_caller_changes(cases, chart, monkeypatch):
    network, people = cases["thirty people"]
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("a chart was shown"))
    before = people.copy(deep=True), network.people.copy(deep=True)
    with mpl.rc_context({"font.size": 7.0, "axes.facecolor": "pink"}):
        settings = dict(mpl.rcParams)
        figure, ax = plt.subplots()
        assert call(chart, (network, people), ax=ax, theme=nq.plot.dark) is ax
        assert same_color(ax.get_facecolor(), nq.plot.dark.paper)
        assert dict(mpl.rcParams) == settings
    assert plt.get_fignums() == [figure.number]
    pd.testing.assert_frame_equal(people, before[0])
    pd.testing.assert_frame_equal(network.people, before[1])


@pytest.mark.parametrize("chart", CHARTS)
def test_without_axes_there_is_a_new_figure_left_open(cases, chart):
    ax = call(chart, cases["three people"])
    assert plt.get_fignums() == [ax.figure.number]


@pytest.mark.parametrize("chart", CHARTS)
def test_without_a_caption_there_is_no_title(cases, chart):
    ax = drawn(chart, cases["thirty people"], captioned=False)
    assert ax.get_title(loc="left") == ""
    assert "not known" not in said(ax)


@pytest.mark.parametrize("chart", CHARTS)
def test_what_is_no_such_table_is_refused(chart):
    with pytest.raises(nq.NetQualityError):
        call(chart, ("network", "people"))


# -- who is named ---------------------------------------------------------------------------------


def names_in(people):
    full = people[["given_name", "family_name"]].dropna().agg(" ".join, axis=1)
    return set(full) | set(people["name"].dropna())


@pytest.mark.parametrize("chart", CHARTS)
def test_nobody_is_named_where_it_is_not_asked_for(sample, chart):
    words = said(drawn(chart, sample, **({"names": "none"} if chart in NAMING else {})))
    assert not [name for name in names_in(sample[1]) if name in words]
    assert sample[0].owner.name not in words


@pytest.mark.parametrize("chart", NAMING)
def test_pseudonyms_stand_where_names_would(sample, chart):
    invented = {" ".join(pair) for pair in invent_names(sample[1]["person_id"]).values()}
    assert len(invented) == len(sample[1])
    real, other = (drawn(chart, sample, names=names) for names in ("real", "pseudonyms"))
    assert not [name for name in names_in(sample[1]) if name in said(other)]
    shown = {text.get_text() for text in texts_of(other)} & invented
    assert len(shown) > 5
    assert other.get_title(loc="left") == real.get_title(loc="left")


def test_the_same_people_have_the_same_pseudonyms_in_every_chart(sample):
    deepest = drawn("barcodes", sample, n=5, names="pseudonyms")
    shown = {text.get_text() for text in deepest.get_yticklabels()}
    assert len(shown) == 5
    assert shown <= {text.get_text() for text in
                     texts_of(drawn("barcodes", sample, n=40, names="pseudonyms"))}  # fmt: skip
    assert shown & {text.get_text() for text in
                    texts_of(drawn("strength_map", sample, names="pseudonyms"))}  # fmt: skip


@pytest.mark.parametrize("chart", NAMING)
def test_an_unknown_way_to_name_is_refused(sample, chart):
    with pytest.raises(nq.NetQualityError, match="names: give real, pseudonyms or none"):
        drawn(chart, sample, names="initials")


@pytest.mark.parametrize("chart", NAMING)
def test_nobody_hidden_is_named(sample, chart):
    network, people = sample
    words = said(drawn(chart, sample))
    assert len([name for name in names_in(people) if name in words]) > 5
    hidden = people.assign(is_hidden=True)
    words = said(drawn(chart, (network, hidden)))
    assert not [name for name in names_in(people) if name in words]


@pytest.mark.parametrize("chart", NAMING)
def test_odd_names_are_shown_as_they_are_or_not_at_all(cases, chart):
    texts = [text.get_text() for text in texts_of(drawn(chart, cases["odd names"]))]
    assert "\U0010fffd" not in " ".join(texts)
    assert ODD["math"] in texts
    assert "Two Lines" in texts
    cut = [text for text in texts if text.endswith("…")]
    assert len(cut) == 1
    assert LONG.startswith(cut[0][:-1])


# -- strength map ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in CASES if "no" not in name.split()[0]])
def test_every_person_with_a_real_message_is_a_mark(cases, name):
    people = cases[name][1]
    ax = drawn("strength_map", cases[name])
    there = people[people["silent_days"].notna()]
    marks = by_label(ax)
    counts = there["status"].fillna("none").value_counts()
    assert {label: len(one.get_offsets()) for label, one in marks.items()} == counts.to_dict()
    for label, one in marks.items():
        rows = there[there["status"].fillna("none") == label]
        x, y = np.asarray(one.get_offsets()).T
        assert x.tolist() == rows["silent_days"].clip(lower=0.805).astype(float).tolist()
        assert np.abs(y - rows["mutual_contact_days"].to_numpy(float)).max() <= 0.32


def test_in_touch_is_filled_and_resting_hollow_and_no_two_look_alike(sample):
    ax = drawn("strength_map", sample)
    marks = by_label(ax)
    assert same_color(marks["active"].get_facecolor()[0, :3], nq.plot.palette["active"])
    assert same_color(marks["dormant"].get_facecolor()[0, :3], nq.plot.light.paper)
    assert same_color(marks["dormant"].get_edgecolor()[0, :3], nq.plot.palette["dormant"])
    shapes = [shape for status, shape in MARKS.items() if status != "dormant"]
    assert len(set(shapes)) == len(shapes)
    [line] = ax.lines
    assert line.get_xdata()[0] == 395


def test_who_is_no_connection_is_told_beside_the_count_of_those_in_touch(sample):
    _, people = sample
    key = people.loc[people["status"] == "active", "person_id"].iloc[0]
    some = people.assign(is_connection=people["is_connection"] & (people["person_id"] != key))
    words = said(drawn("strength_map", (sample[0], some)))
    assert "53 are in touch (1 of them no connection) and 66 rest" in " ".join(words.split())


def test_the_order_of_rows_moves_nobody(sample):
    one = by_label(drawn("strength_map", sample))
    other = by_label(drawn("strength_map", (None, sample[1].sample(frac=1, random_state=3))))
    for label in one:
        spots = (np.sort(np.asarray(each[label].get_offsets()), axis=0) for each in (one, other))
        np.testing.assert_array_equal(*spots)


def test_the_map_says_who_is_not_on_it(sample):
    people = sample[1]
    away = people["is_connection"] & people["last_message_at"].isna()
    words = said(drawn("strength_map", sample))
    assert f"Not here: {away.sum():,} connections" in words
    assert "As of 20 November 2026." in words
    assert f"{(people['status'] == 'active').sum()} are in touch" in words


def test_the_day_judged_at_is_found_in_the_people(sample):
    network, _ = sample
    for day in ("2019-03-31", "2024-02-29"):
        assert judged_on(nq.assess(network, day)).date() == pd.Timestamp(day).date()


# -- barcodes -------------------------------------------------------------------------------------


def ticks_of(ax):
    lines = {one.get_label(): one for one in ax.collections if isinstance(one, LineCollection)}
    return {label: stretches(one) for label, one in lines.items()}


def stretches(lines):
    """Return the stretches that are drawn, those of a broken line one by one."""
    found = []
    for path in lines.get_paths():
        points = path.vertices
        breaks = np.flatnonzero(np.isnan(points).any(axis=1))
        found += [part[~np.isnan(part).any(axis=1)] for part in np.split(points, breaks)]
    return [part for part in found if len(part)]


@pytest.mark.parametrize("n", [1, 5, 20, 1000])
def test_ticks_are_the_contact_days_of_the_deepest(sample, n):
    people = sample[1]
    related = people[people["status"].isin(["active", "dormant"])]
    deep = related.sort_values(["mutual_contact_days", "person_id"], ascending=[False, True])
    deep = deep.head(n).sort_values(
        ["status", "last_talk_at", "person_id"], ascending=[True, False, True]
    )
    ax = drawn("barcodes", sample, n=n)
    ticks = ticks_of(ax)["contact days"]
    row = np.array([segment[:, 1].mean().round() for segment in ticks])
    assert np.bincount(row.astype(int)).tolist() == deep["contact_days"].tolist()
    assert len(ax.get_yticks()) == len(deep)
    end = [text.get_text() for text in ax.texts if text.get_text().startswith(("in touch", "rest"))]
    assert [words == "in touch" for words in end] == (deep["status"] == "active").tolist()


def test_a_rest_and_a_return_are_drawn():
    # talk in January 2020; 14 months without; talk again up to 10 days later
    rows = rows_of("SR         SR", "ana", "2020-01-02 10:00")
    rows += rows_of("SR         SR", "ana", "2021-04-02 10:00")
    network = network_of(rows, as_of="2021-06-01")
    ax = drawn("barcodes", (network, nq.assess(network)))
    parts = ticks_of(ax)
    [rest] = parts["resting"]
    days = [pd.Timestamp(day) for day in ("2020-01-14 10:00", "2021-04-02 10:00")]
    np.testing.assert_allclose(rest[:, 0], [date2num(day) for day in days])
    assert len(parts["awake"]) == 2
    [back] = by_label(ax)["returns"].get_offsets()
    assert back[0] == pytest.approx(date2num(days[1]))
    assert "1 came back" in said(ax)


def test_thirteen_months_are_no_rest_and_a_day_more_is():
    for silent, rests in ((395, 0), (396, 1)):
        rows = rows_of("SR         SR", "ana", "2020-01-02 10:00")
        again = pd.Timestamp("2020-01-14 10:00") + pd.Timedelta(days=silent)
        rows += rows_of("SR", "ana", str(again))
        network = network_of(rows, as_of="2021-06-01")
        ax = drawn("barcodes", (network, nq.assess(network)))
        assert len(ticks_of(ax)["resting"]) == rests


@pytest.mark.parametrize("n", [0, -1, 2.5, True, "3"])
def test_how_many_lines_is_a_whole_number(sample, n):
    with pytest.raises(nq.NetQualityError, match="n="):
        call("barcodes", sample, n=n)


def test_people_judged_earlier_are_drawn_as_they_were_then(sample):
    network, _ = sample
    people = nq.assess(network, "2020-06-30")
    ax = drawn("barcodes", (network, people), n=1000)
    related = people[people["status"].isin(["active", "dormant"])]
    assert len(ticks_of(ax)["contact days"]) == related["contact_days"].sum()
    assert "As of 30 June 2020." in said(ax)


# -- lorenz ---------------------------------------------------------------------------------------


def test_the_curve_of_a_small_case():
    # contact days 1, 1, 2, 4 of 8: a quarter of the people has 1/8, half 2/8, three quarters 4/8
    stories = {"a": "S", "b": "R", "c": "SR", "d": "SRSR"}
    network = network_of([row for who, story in stories.items() for row in rows_of(story, who)])
    ax = drawn("lorenz", (network, nq.assess(network)))
    assert ax.lines[0].get_xdata().tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert ax.lines[0].get_ydata().tolist() == [0, 0.125, 0.25, 0.5, 1]
    # (-3 * 1 - 1 * 1 + 1 * 2 + 3 * 4) / (4 * 8) = 10 / 32
    assert gini_of(np.array([1, 1, 2, 4])) == 10 / 32
    assert "Gini 0.31" in said(ax)
    assert said(ax).count("Two people have 75 % of your contact days here") == 1


@pytest.mark.parametrize("name", ["one person", "three people", "thirty people", "the sample"])
def test_the_curve_ends_at_one_and_the_title_adds_up(cases, name):
    people = cases[name][1]
    ax = drawn("lorenz", cases[name])
    days = people["contact_days"].dropna().astype(int)
    days = days[days > 0].sort_values()
    curve = ax.lines[0].get_ydata()
    assert curve[-1] == 1
    assert len(curve) == len(days) + 1
    np.testing.assert_allclose(np.diff(curve) * days.sum(), days)
    assert f"{days.sum():,} contact day" in said(ax)
    area = 1 - 2 * np.trapezoid(curve, ax.lines[0].get_xdata())
    assert gini_of(days.to_numpy()) == pytest.approx(area)
    if name == "the sample":
        assert f"Five people have {days.tail(5).sum() / days.sum() * 100:.0f} %" in said(ax)


# -- status flow ----------------------------------------------------------------------------------


def test_bands_add_up_to_the_statuses_at_both_dates(sample):
    network, people = sample
    counts = flow_counts(network, instant("2022-06-30"), network.as_of)
    own = people[people["is_connection"]]
    after = counts.groupby("after")["count"].sum()
    assert after.to_dict() == own["status"].value_counts().to_dict()
    then = nq.assess(network, "2022-06-30")
    then = then[then["is_connection"]]
    before = counts.groupby("before")["count"].sum()
    since = before.pop("since")
    assert before.to_dict() == then["status"].value_counts().to_dict()
    assert since == len(own) - len(then)
    both = then.set_index("person_id")["status"] + " > " + own.set_index("person_id")["status"]
    ax = drawn("status_flow", sample)
    bands = [one for one in ax.patches if " > " in one.get_label()]
    width = {one.get_label(): np.ptp(one.get_path().vertices[[0, 7], 1]) for one in bands}
    assert sum(width.values()) == pytest.approx(len(own))
    for label, count in both.value_counts().items():
        assert width[label] == pytest.approx(count)
    words = said(ax)
    assert f"{len(then)} connections at the first date and {since} made since" in words
    bars = [one for one in ax.patches if " > " not in one.get_label()]
    assert sum(one.get_height() for one in bars) == pytest.approx(2 * len(own))


def test_the_title_of_the_flow_says_what_became_of_them(sample):
    network, people = sample
    then = nq.assess(network, "2022-06-30").set_index("person_id")
    awake = then.index[(then["status"] == "active") & then["is_connection"]]
    now = people.set_index("person_id").loc[awake, "status"].value_counts()
    words = said(drawn("status_flow", sample))
    assert f"Of {len(awake)} in touch on 30 June 2022, {now['active']} still were" in words
    assert f"and {now['dormant']} rested" in words


@pytest.mark.parametrize(
    ("start", "end", "match"),
    [
        ("2022-01-01", "2021-01-01", "is not before the end"),
        ("2022-01-01", "2031-01-01", "the export ends on 20 November 2026"),
        ("yesterday", None, "is no date"),
    ],
)
def test_dates_of_a_flow_are_in_order_and_within_the_export(sample, start, end, match):
    with pytest.raises(nq.NetQualityError, match=match):
        nq.plot.status_flow(sample[0], start, end)


def test_a_flow_from_before_the_first_connection_has_newcomers_only(cases):
    ax = nq.plot.status_flow(cases["thirty people"][0], "2001-01-01")
    assert {one.get_label().split(" > ")[0] for one in ax.patches} >= {"since"}
    assert "30 not yet connected" in said(ax)


# -- card -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in CASES if name != "nobody"])
def test_a_card_has_a_dot_per_connection(cases, name):
    network, people = cases[name]
    dots = {
        label: len(one.get_offsets()) for label, one in by_label(drawn("card", cases[name])).items()
    }
    counts = people.loc[people["is_connection"], "status"].value_counts()
    assert dots["active"] == counts.get("active", 0)
    assert dots["dormant"] == counts.get("dormant", 0)
    assert sum(dots.values()) == network.connection_count


def test_a_card_says_the_range_and_as_of_when(sample):
    words = said(drawn("card", sample))
    low, high = nq.sensitivity(sample[0])["active"].agg(["min", "max"])
    assert f"With 6 months to 3 years in place of 13 months: {low} to {high}." in words
    assert "As of 20 November 2026." in words
    assert f"in touch, of {sample[0].connection_count} connections" in words


def test_a_card_is_as_large_as_pages_ask_for_and_dots_keep_apart(cases):
    ax = nq.plot.card(cases["thirty people"][0])
    assert (ax.figure.get_size_inches() * ax.figure.dpi).tolist() == [1200, 630]
    spots = np.vstack([one.get_offsets() for one in ax.collections if len(one.get_offsets())])
    wide = max(one._widths.max() * 2 for one in ax.collections if len(one.get_offsets()))
    gaps = [np.hypot(*(one - other)) for one, other in combinations(spots, 2)]
    assert min(gaps) > wide * 0.9


def test_of_many_people_a_dot_stands_for_several(sample, monkeypatch):
    monkeypatch.setattr(sharing, "_DOTS", 100)
    ax = drawn("card", sample)
    each = -(-sample[0].connection_count // 100)
    assert f"A dot is {each} people." in said(ax)
    total = sum(len(one.get_offsets()) for one in ax.collections)
    assert abs(total - sample[0].connection_count / each) <= 2


# -- cohorts --------------------------------------------------------------------------------------


def test_statuses_at_dates_are_those_of_assess(sample):
    network, _ = sample
    moments = [end_of_day(pd.Timestamp(day)) for day in ("2016-12-31", "2021-12-31")]
    table = statuses_at(network, [*moments, network.as_of])
    for moment in table.columns:
        people = nq.assess(network, moment)
        own = people[people["is_connection"]].set_index("person_id")["status"]
        told = table[moment].dropna()
        assert sorted(told.index) == sorted(own.index)
        assert told.tolist() == own[told.index].tolist()
        assert set(told) <= set(STATUSES)


def test_cells_are_those_in_touch_at_each_years_end(sample):
    network, people = sample
    counts = cohort_counts(network).set_index(["year", "years_since"])
    made = people.loc[people["is_connection"], ["person_id", "connected_on"]].dropna()
    sizes = made["connected_on"].dt.year.value_counts()
    for year, later in ((2015, 3), (2019, 0), (2022, 4)):
        day = min(end_of_day(pd.Timestamp(year + later, 12, 31)), network.as_of)
        then = nq.assess(network, day)
        then = then[then["is_connection"] & (then["connected_on"].dt.year == year)]
        cell = counts.loc[(year, later)]
        assert cell["people_count"] == len(then) == sizes[year]
        assert cell["in_touch_count"] == (then["status"] == "active").sum()
    when = counts.index.get_level_values(0) + counts.index.get_level_values(1)
    assert when.max() == network.as_of.year  # only what was observed


def test_the_map_of_cohorts_shows_the_shares(sample):
    counts = cohort_counts(sample[0])
    ax = drawn("cohorts", sample)
    grid = by_label(ax)["share"].get_array()
    assert grid.count() == len(counts)
    for row in counts.itertuples():
        shown = grid[row.year - counts["year"].min(), row.years_since]
        assert shown == pytest.approx(row.in_touch_count / row.people_count)
    small = [one for one in ax.patches if one.get_label() == "small"]
    assert len(small) == (counts["people_count"] < 10).sum()
    inside = [int(text.get_text()) for text in ax.texts if text.get_text().isdigit()]
    assert sorted(inside) == sorted(counts["in_touch_count"])


def test_a_cohort_by_hand():
    # ana, connected in 2019, is in touch at the end of 2020 and 2021, rests from 2022 on
    network = network_of(
        rows_of("SR         SR", "ana", "2020-12-02 10:00"),
        {"ana": "2019-06-01", "bo": "2019-07-01"}, as_of="2022-11-20", people={"bo": {}},
    )  # fmt: skip
    counts = cohort_counts(network)
    assert counts["years_since"].tolist() == [0, 1, 2, 3]
    assert counts["people_count"].tolist() == [2, 2, 2, 2]
    assert counts["in_touch_count"].tolist() == [0, 1, 1, 0]


# -- gallery --------------------------------------------------------------------------------------

DOCS = Path(__file__).resolve().parent.parent / "docs"
SHOWN = dict(
    reversed(found)
    for found in re.findall(
        r"```python\n(.*?)```\n\n!\[[^\]]{20,}\]\(_static/(gallery-[a-z-]+\.png)\)",
        (DOCS / "gallery.md").read_text("utf-8"),
        flags=re.DOTALL,
    )
)


def test_the_gallery_shows_every_chart():
    drawing = {name for name in nq.plot.__all__ if inspect.isfunction(getattr(nq.plot, name))}
    called = {re.findall(r"nq\.plot\.(\w+)\(", lines)[-1] for lines in SHOWN.values()}
    assert called == drawing - {"hover", "styled"}
    for name in SHOWN:
        for one in (name, name.replace(".png", "-dark.png")):  # which a dark page shows
            assert 5_000 < (DOCS / "_static" / one).stat().st_size < 85_000


@pytest.mark.parametrize("name", list(SHOWN))
def test_the_lines_of_the_gallery_draw(name):
    assert len(SHOWN[name].splitlines()) <= 5
    names = {"nq": nq}
    exec(SHOWN[name], names)  # noqa: S102 - our own page
    assert names["ax"].get_title(loc="left") or name == "gallery-card.png"
