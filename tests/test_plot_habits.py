"""Charts of habits: what was drawn is what the tables say, and no more than intervals bear."""

from __future__ import annotations

from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from exports import files, write_folder
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import same_color
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from stories import network_of, rows_of
from test_plot_people import CASES, by_label, names_in, odd_network, said, texts_of

import netquality as nq
from netquality.errors import TableError
from netquality.plot import style
from netquality.plot.balance import _judged
from netquality.plot.calendar import connection_weeks

MONTHS = [month / 12 for month in range(121)]
SOON = 395 / 365.25
HABITS = {
    "openings": (nq.plot.openings, nq.habits.openings, {}),
    "openings by length": (nq.plot.openings, nq.habits.openings, {"by": "length"}),
    "listening": (nq.plot.listening, nq.habits.listening, {}),
    "survival": (nq.plot.survival, nq.habits.relationship_survival, {"years": MONTHS}),
    "survival in dots": (nq.plot.survival, nq.habits.relationship_survival, {}),
    "survival of all": (
        nq.plot.survival, nq.habits.relationship_survival, {"years": MONTHS, "by": None},
    ),
}  # fmt: skip
SIZES = {
    "openings": ((9.6, 5.0), (4.3, 4.6)),
    "listening": ((9.6, 5.0), (4.3, 5.2)),
    "survival": ((9.6, 6.0), (4.3, 5.2)),
    "bursts": ((9.6, 7.0), (4.3, 7.0)),
}
CHARTS = [*HABITS, "bursts"]
MANY = "thirty thousand people"


def many_of(network, people):
    """Give as many people as 34 samples have, in 20 years with 34 bursts, some of them undated."""
    copies = [people.assign(person_id=people["person_id"] + f"-{n}") for n in range(1, 34)]
    whole = pd.concat([people, *copies], ignore_index=True)
    random = np.random.default_rng(7)
    day = np.datetime64("2006-11-20") + random.integers(0, 7300, len(whole))
    for burst in range(34):
        some = slice(100 * burst, 100 * burst + 100)
        day[some] = np.datetime64("2007-01-03") + 213 * burst + random.integers(0, 3, 100)
    whole["connected_on"] = pd.Series(day.astype("datetime64[us]"))
    whole.loc[whole.index[-1500:], "connected_on"] = pd.NaT
    return network, whole


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
    found = {name: (network, nq.assess(network)) for name, network in networks.items()}
    return {**found, MANY: many_of(*found["the sample"])}


@pytest.fixture(scope="module")
def sample(cases):
    return cases["the sample"]


def table_of(chart, case):
    _, habit, wanted = HABITS[chart]
    return habit(*case, **wanted)


def call(chart, case, **wanted):
    if chart == "bursts":
        return nq.plot.bursts(*case, **wanted)
    return HABITS[chart][0](table_of(chart, case), **wanted)


def size_of(chart, place=0):
    return SIZES[chart.split()[0]][place]


def on_paper(draw, size, *args, **wanted):
    figure = Figure(figsize=size, dpi=100)
    FigureCanvasAgg(figure)
    ax = draw(*args, ax=figure.add_subplot(), **wanted)
    figure.draw_without_rendering()  # lays it out, and warns of a letter that no font has
    return ax


def drawn(chart, case, place=0, **wanted):
    return on_paper(lambda **more: call(chart, case, **more), size_of(chart, place), **wanted)


def boxes_of(ax):
    """Return where words stand, without the thin lines that lead to them."""
    return {f"{n} {one.get_text()}": Text.get_window_extent(one) for n, one in
            enumerate(texts_of(ax))}  # fmt: skip


# -- every chart, every case ----------------------------------------------------------------------


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("name", [*CASES, MANY])
@pytest.mark.parametrize("place", [0, 1])
def test_words_lie_inside_and_apart(cases, chart, name, place):
    ax = drawn(chart, cases[name], place, theme=(nq.plot.light, nq.plot.dark)[place])
    boxes, frame = boxes_of(ax), ax.figure.bbox
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
    charts = ("openings", "listening", "survival", "bursts")
    for part, chart in zip(figure.subfigures(1, 4), charts, strict=True):
        ax = call(chart, sample, ax=part.add_subplot())
        figure.canvas.draw()
        for box in boxes_of(ax).values():
            assert box.x0 >= part.bbox.x0 - 1
            assert box.x1 <= part.bbox.x1 + 1


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_of_the_caller_changes(cases, chart, monkeypatch):
    network, people = cases["the sample"]
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("a chart was shown"))
    given = people if chart == "bursts" else table_of(chart, (network, people))
    before, attrs = given.copy(deep=True), dict(given.attrs)
    with mpl.rc_context({"font.size": 7.0, "axes.facecolor": "pink"}):
        settings = dict(mpl.rcParams)
        figure, ax = plt.subplots()
        if chart == "bursts":
            assert nq.plot.bursts(network, given, ax=ax, theme=nq.plot.dark) is ax
        else:
            assert HABITS[chart][0](given, ax=ax, theme=nq.plot.dark) is ax
        assert same_color(ax.get_facecolor(), nq.plot.dark.paper)
        assert dict(mpl.rcParams) == settings
    assert plt.get_fignums() == [figure.number]
    pd.testing.assert_frame_equal(given, before)
    assert given.attrs == attrs


@pytest.mark.parametrize("chart", CHARTS)
def test_without_axes_there_is_a_new_figure_left_open(cases, chart):
    ax = call(chart, cases["three people"])
    assert plt.get_fignums() == [ax.figure.number]


@pytest.mark.parametrize("chart", CHARTS)
def test_the_caption_says_as_of_when_and_what_is_not_known(sample, chart):
    words = said(drawn(chart, sample))
    assert "As of 20 November 2026." in words
    assert "not known" in words
    ax = drawn(chart, sample, captioned=False)
    assert ax.get_title(loc="left") == ""
    assert "As of" not in said(ax)


@pytest.mark.parametrize("chart", HABITS)
def test_another_table_is_refused(sample, chart):
    draw, habit, _ = HABITS[chart]
    own = table_of(chart, sample)
    other = nq.habits.origins(*sample)
    untold = own.copy()
    untold.attrs.clear()
    for wrong in (
        "table",
        sample[1],
        other,
        untold,
        own.drop(columns="low"),
        own[[own.columns[0]]],
    ):
        with pytest.raises(TableError, match=f"nq.habits.{habit.__name__} returned"):
            draw(wrong)


def test_a_calendar_of_something_else_is_refused(sample):
    for wrong in (("network", "people"), (sample[0], pd.DataFrame({"a": [1]}))):
        with pytest.raises(TableError):
            nq.plot.bursts(*wrong)


@pytest.mark.parametrize("chart", CHARTS)
def test_nobody_is_named(sample, chart):
    words = said(drawn(chart, sample))
    assert not [name for name in names_in(sample[1]) if name in words]


@pytest.mark.parametrize("chart", HABITS)
def test_without_messages_it_says_so(cases, chart):
    words = said(drawn(chart, cases["no messages file"]))
    assert words == "This export has no messages, so nothing can be said of talk."


# -- openings -------------------------------------------------------------------------------------


def opened(rows):
    """Return a table of openings: side, kind, people, answered."""
    table = pd.DataFrame(rows, columns=["opened_by", "kind", "person_count", "answered_count"])
    share = table["answered_count"] / table["person_count"].where(table["person_count"] > 0)
    table = table.assign(share=share, low=share * 0.8, high=share * 0.8 + 0.2).assign(
        is_small=table["person_count"] < 20
    )
    table.attrs |= {"sentence": "So it is.", "as_of": "2026-11-20"}
    return table


@pytest.mark.parametrize("chart", ["openings", "openings by length"])
@pytest.mark.parametrize("name", ["the sample", "thirty people", "odd names"])
def test_dots_and_bars_are_the_shares_of_the_table(cases, chart, name):
    table = table_of(chart, cases[name])
    if not table["person_count"].any():
        return
    ax = drawn(chart, cases[name])
    marks = by_label(ax)
    there = table[table["person_count"] > 0]
    for side in ("you", "they"):
        shares = np.asarray(marks[side].get_offsets())[:, 0]
        own = there.loc[there["opened_by"] == side, "share"]
        np.testing.assert_allclose(np.sort(shares), np.sort(own.astype(float)))
    bars = [one.get_segments()[0] for one in ax.collections if one.get_label() == "interval"]
    ends = sorted(tuple(bar[:, 0]) for bar in bars)
    np.testing.assert_allclose(ends, sorted(zip(there["low"], there["high"], strict=True)))
    for row in there.itertuples():
        assert f"{row.answered_count:,} of {row.person_count:,}" in said(ax)


def test_who_wrote_first_is_told_by_shape_and_words():
    table = opened([("you", "on connecting", 66, 49), ("they", "on connecting", 40, 10)])
    ax = on_paper(nq.plot.openings, (9.6, 5), table)
    marks = by_label(ax)
    assert len(marks["you"].get_paths()[0]) != len(marks["they"].get_paths()[0])
    assert same_color(marks["they"].get_facecolor()[0], nq.plot.light.paper)
    words = said(ax)
    assert "49 of 66" in words
    assert "Of 66 people you wrote to first, 49 answered here; of 40 who wrote to you" in words
    assert "few people" not in words
    assert "dashed" not in words


def test_a_row_with_nobody_and_one_with_few_say_so():
    table = opened([("you", "on connecting", 3, 2), ("they", "on connecting", 0, 0)])
    ax = on_paper(nq.plot.openings, (4.3, 4.6), table)
    words = said(ax)
    assert words.count("nobody") == 2  # in the row, and in the title
    assert "2 of 3 few people" in words
    assert "dashed for fewer than 20 people" in words
    [bar] = [one for one in ax.collections if one.get_label() == "interval"]
    assert bar.get_linestyle()[0][1] is not None
    assert len(by_label(ax)["they"].get_offsets()) == 0


def test_nobody_wrote_first():
    table = opened([("you", "on connecting", 0, 0), ("they", "on connecting", 0, 0)])
    assert "No first message here is so old" in said(on_paper(nq.plot.openings, (9.6, 5), table))


# -- listening ------------------------------------------------------------------------------------


def compared(*rows, few=False):
    """Return a table of measures: name, you, they, ratio, low, high."""
    names = ["measure", "you", "they", "ratio", "low", "high"]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[1:], "Float64"))
    for name in names[1:]:
        table[name] = table[name].mask(table[name].isna())
    table = table.assign(person_count=30, is_small=few)
    table.attrs |= {"sentence": "So it is.", "as_of": "2026-11-20"}
    return table


def bars_of(ax):
    return {float(one.get_segments()[0][0, 1]): one.get_segments()[0][:, 0] for one in
            ax.collections if one.get_label() == "interval"}  # fmt: skip


def dots_of(ax):
    dots = [one for one in ax.collections if one.get_label() == "ratio"]
    return sorted(dots, key=lambda one: one.get_offsets()[0, 1])


@pytest.mark.parametrize("name", ["the sample", "three people", "all in touch"])
def test_dots_are_the_ratios_of_the_table(cases, name):
    table = table_of("listening", cases[name])
    ax = drawn("listening", cases[name])
    known = table[table["ratio"].notna() & (table["ratio"] > 0)]
    at = [float(one.get_offsets()[0, 0]) for one in dots_of(ax)]
    np.testing.assert_allclose(at, known["ratio"].astype(float))
    begin, end = ax.get_xlim()
    assert begin * end == pytest.approx(1)  # as long on either side
    held = known.dropna(subset=["low"])
    for bar, low, high in zip(bars_of(ax).values(), held["low"], held["high"], strict=True):
        np.testing.assert_allclose(bar, [max(low, begin), min(high, end)])


def test_a_dot_is_filled_only_where_the_interval_leaves_out_1():
    table = compared(
        ("turns", 10, 20, 0.5, 0.4, 0.6), ("characters", 20, 10, 2, 1.5, 2.7),
        ("questions", 0.2, 0.2, 1, 0.8, 1.25), ("answers", 0.902, 0.9, 1.002, 1.001, 1.003),
    )  # fmt: skip
    ax = on_paper(nq.plot.listening, (9.6, 5), table)
    filled = [same_color(one.get_facecolor()[0], nq.plot.light.active_text) for one in dots_of(ax)]
    assert filled == [True, True, False, False]
    words = [text.get_text() for text in texts_of(ax)]
    for verdict in ("they more", "you more", "within chance", "as much as they"):
        assert words.count(verdict) == 1
    assert "20 % of yours, 20 % of theirs" in words
    assert "you 90 % of theirs, they 90 % of yours" in words
    assert "10.0 of yours, 20.0 of theirs" in words


def test_the_words_of_a_ratio_say_what_its_interval_bears():
    assert _judged(2.0, 0.98, 4.1)[1] == "within chance"
    assert _judged(1.009, 1.002, 1.016) == ("1.009 (1.002 to 1.016)", "you more")
    assert _judged(30.0, np.nan, np.nan)[1] == "no interval"


def test_of_nearly_all_it_does_not_say_all():
    table = compared(("answers", 0.9971, 1.0, 0.997, 0.99, 1.004))
    assert "you 99.7 % of theirs, they 100 % of yours" in said(
        on_paper(nq.plot.listening, (9.6, 5), table)
    )


def test_what_goes_on_beyond_the_axis_has_an_arrow():
    table = compared(("questions", 0.5, 0.1, 5, 0.01, 900), few=True)
    ax = on_paper(nq.plot.listening, (4.3, 5), table)
    assert len([one for one in ax.collections if one.get_label() == "beyond"]) == 2
    assert "dashed" in said(ax)
    assert ax.get_xlim()[1] < 30


def test_where_there_is_no_ratio_it_says_why():
    missing = None
    table = compared(
        ("turns", 2, 3, 0.67, missing, missing), ("characters", 9, 0, missing, missing, missing),
        ("questions", 0, 0.3, 0, missing, missing), ("answers", missing, 1, *[missing] * 3),
    )  # fmt: skip
    ax = on_paper(nq.plot.listening, (9.6, 5), table)
    assert len(dots_of(ax)) == 1
    assert not bars_of(ax)
    words = said(ax)
    for why in ("no interval", "no ratio to 0", "none of yours", "nothing to compare"):
        assert words.count(why) == 1
    assert "you none of theirs" in words


# -- survival -------------------------------------------------------------------------------------


def groups_in(table):
    """Return what is to be drawn of each group."""
    shown = table[(table["at_risk_count"] >= 5) & table["share"].notna()]
    groups = {name: some for name, some in shown.groupby("group") if some["years"].max() > SOON}
    return {
        name: some
        for name, some in groups.items()
        if name == "all" or some["person_count"].iloc[0] >= 20
    }


def lines_of(ax):
    return {line.get_label(): line for line in ax.lines if not line.get_label().startswith("_")}


@pytest.mark.parametrize("chart", ["survival", "survival in dots", "survival of all"])
def test_the_curve_is_the_table_as_long_as_five_are_observed(sample, chart):
    table = table_of(chart, sample)
    ax = drawn(chart, sample)
    lines = {name: one for name, one in lines_of(ax).items() if "interval" not in name}
    groups = groups_in(table)
    assert set(lines) == set(groups)
    if chart != "survival in dots":  # the end was cut off
        assert len(table[table["group"] == "all"]) > len(groups["all"])
    for name, some in groups.items():
        np.testing.assert_allclose(lines[name].get_ydata(), some["share"].astype(float))
        if chart != "survival in dots":
            np.testing.assert_allclose(lines[name].get_xdata(), some["years"])
            assert lines[name].get_drawstyle() == "steps-post"
        else:
            assert lines[name].get_linestyle() == "None"  # nothing between the dots
    looks = {(one.get_linestyle(), str(one._unscaled_dash_pattern), one.get_marker()) for one in
             lines.values()}  # fmt: skip
    assert len(looks) == len(lines)


def test_the_band_is_the_interval_of_all(sample):
    table = table_of("survival", sample)
    some = groups_in(table)["all"]
    band = by_label(drawn("survival", sample))["interval"].get_paths()[0].vertices
    assert band[:, 1].min() == pytest.approx(some["low"].min())
    assert band[:, 1].max() == pytest.approx(some["high"].max())
    assert band[:, 0].max() == pytest.approx(some["years"].max())
    corners = {(round(x, 6), round(y, 6)) for x, y in band.tolist()}
    lows = some["low"].astype(float).tolist()
    for year, low in zip(some["years"].iloc[1:], lows[:-1], strict=True):
        assert (round(year, 6), round(low, 6)) in corners  # it holds until the next month


def test_small_groups_are_left_out_and_counted(sample):
    table = table_of("survival", sample)
    counts = table.groupby("group")["person_count"].first().drop("all")
    out = counts.drop([name for name in groups_in(table) if name != "all"])
    words = said(drawn("survival", sample))
    assert f"{len(out)} groups of under 20 or observed too briefly ({out.sum()} in all)" in words
    assert "Not drawn: years with under 5 observed" in said(drawn("survival of all", sample))


@pytest.mark.parametrize("chart", ["survival", "survival in dots"])
def test_of_many_groups_a_phone_shows_the_largest(sample, chart):
    table = table_of(chart, sample)
    own = table[table["group"] == "all"]
    sizes = {"colleague": 90, "school": 60, "event": 80, "not known": 70, "your request": 19}
    parts = [own.assign(group=name, person_count=size) for name, size in sizes.items()]
    many = pd.concat([*parts, own])
    many.attrs = dict(table.attrs)
    drawing = HABITS[chart][0]
    wide, narrow = (on_paper(drawing, SIZES["survival"][n], many) for n in (0, 1))
    names = [{name for name in lines_of(ax) if "interval" not in name} for ax in (wide, narrow)]
    assert names[0] == {"all", "colleague", "event", "not known", "school"}
    assert names[1] == names[0] - {"school"}
    assert "1 group of under 20 or observed too briefly (19 in all)" in said(wide)
    assert "2 groups smaller or observed too briefly (79 in all)" in said(narrow)


@pytest.mark.parametrize("chart", ["survival", "survival in dots"])
def test_nobody_rests_in_the_shaded_time(sample, chart):
    ax = drawn(chart, sample)
    [shade] = [one for one in ax.patches if one.get_label() == "too soon"]
    assert shade.get_x() + shade.get_width() == pytest.approx(SOON)
    for line in lines_of(ax).values():
        years, shares = line.get_xdata(), np.asarray(line.get_ydata())
        if "interval" not in line.get_label():
            assert (shares[np.asarray(years) < 1.0] == 1).all()
    assert "Nobody can rest in the first 13 months (shaded)" in said(ax)


def test_how_many_are_observed_stands_below(sample):
    table = table_of("survival", sample)
    ax = drawn("survival", sample)
    for name in groups_in(table):
        some = table[(table["group"] == name) & table["years"].isin(ax.get_xticks())]
        shown = [text.get_text() for text in ax.texts]
        for count in some["at_risk_count"]:
            assert f"{count:,}" in shown
    assert "relationships still observed" in said(ax)


def test_each_line_is_labelled_with_its_count(sample):
    table = table_of("survival", sample)
    words = said(drawn("survival", sample))
    counts = table.groupby("group")["person_count"].first()
    assert f"all: {counts['all']}" in words
    assert f"origin not known: {counts['not known']}" in words


def test_wide_gaps_between_the_years_are_no_curve(sample):
    network, people = sample
    for years, is_curve in (((0, 0.08, 0.16, 2), False), (MONTHS[:30], True), ((3,), False)):
        table = nq.habits.relationship_survival(network, people, by=None, years=years)
        ax = on_paper(nq.plot.survival, (9.6, 6), table)
        assert (lines_of(ax)["all"].get_drawstyle() == "steps-post") is is_curve
    mixed = table_of("survival", sample)
    mixed = mixed.sample(frac=1, random_state=2)
    one, other = (
        lines_of(on_paper(nq.plot.survival, (9.6, 6), table))["all"].get_xydata()
        for table in (mixed, table_of("survival", sample))
    )
    np.testing.assert_array_equal(one, other)


def test_under_five_relationships_are_no_curve(cases):
    words = said(drawn("survival", cases["three people"]))
    assert "Under 5 are too few for a curve" in words


def test_the_groups_have_their_intervals_at_one_year(sample):
    table = table_of("survival", sample)
    words = said(drawn("survival", sample))
    row = table[(table["group"] == "not known") & (table["years"] == 5)].iloc[0]
    assert "those of groups after 5 years" in words
    bars = drawn("survival", sample).containers[0][2][0].get_segments()[0]
    np.testing.assert_allclose(bars[:, 1], [row["low"], row["high"]])


# -- bursts ---------------------------------------------------------------------------------------


def frames_of(ax):
    return [one for one in ax.patches if one.get_label().startswith("burst ")]


def cells_of(ax, rows):
    grid = by_label(ax)["weeks"].get_array()
    return grid.reshape(2 * rows, 53)[1::2]


def dated(days, story="", as_of="2026-11-20"):
    """Return a network of people connected on these days; the first of them with a story."""
    keys = [f"p{n:03d}" for n in range(len(days))]
    rows = [
        row for key, day in zip(keys[:1], days[:1], strict=True)
        for row in rows_of(story, key, f"{day} 10:00")
    ]  # fmt: skip
    network = network_of(
        rows, dict(zip(keys, days, strict=True)), people={key: {} for key in keys}, as_of=as_of
    )
    return network, nq.assess(network)


def steady(first, count, apart=9):
    return [str((pd.Timestamp(first) + pd.Timedelta(days=apart * n)).date()) for n in range(count)]


@pytest.mark.parametrize("name", [name for name in CASES if name != "nobody"] + [MANY])
def test_the_weeks_are_all_dated_connections(cases, name):
    _, people = cases[name]
    ax = drawn("bursts", cases[name])
    made = people.loc[people["is_connection"], "connected_on"].dropna()
    years = made.dt.year
    cells = cells_of(ax, int(years.max() - years.min()) + 1)
    assert cells.sum() == len(made)
    for year in years.unique():
        row = cells[year - years.min()]
        assert row.sum() == (years == year).sum()
        first_week = made[(years == year) & (made.dt.day_of_year <= 7)]
        assert row[0] is np.ma.masked or row[0] == len(first_week)
    assert connection_weeks(people)["person_count"].sum() == len(made)


def test_bursts_are_framed_and_what_came_of_them_is_said(sample):
    table = nq.habits.connection_bursts(*sample)
    found = table[table["burst"] != "others"]
    ax = drawn("bursts", sample)
    frames = {one.get_label().split()[1]: one for one in frames_of(ax)}
    assert list(frames) == found["burst"].tolist()
    words = said(ax)
    for row in found.itertuples():
        frame = frames[row.burst]
        assert isinstance(frame, Rectangle)
        assert int(frame.get_y()) == row.first_on.year - 2014
        week = (row.first_on.day_of_year - 1) // 7
        assert frame.get_x() == week - 0.5
        told = f"{row.burst}: {row.person_count} people, "
        soon = f"{row.soon_count} talked with within 90 days"
        assert told + (soon if row.observed_count else "too recent to tell") in words
    assert table.attrs["sentence"] in words
    inside = found["person_count"].sum()
    assert f"Of 878 dated connections, {inside} were made in {len(found)} bursts" in words


def test_on_a_phone_they_are_listed_below(sample):
    ax = drawn("bursts", sample, place=1)
    words = said(ax)
    assert "Bursts, and with how many there was talk within 90 days:" in words
    assert "1: 14 to 15 September 2015, 23 people, 1 talked with" in words


def test_of_many_bursts_the_largest_are_listed(cases):
    table = nq.habits.connection_bursts(*cases[MANY])
    found = table[table["burst"] != "others"]
    assert len(found) > 25
    ax = drawn("bursts", cases[MANY], place=1)
    listed = [text.get_text() for text in ax.texts if " people, " in text.get_text()]
    left_out = len(found) - len(listed)
    assert f"and {left_out} smaller ones" in said(ax)
    kept = found[found["burst"].isin([words.split(":")[0] for words in listed])]
    assert kept["person_count"].min() >= found["person_count"].nlargest(len(listed)).min()
    assert len({one.get_label() for one in frames_of(ax)}) == len(found)
    people = cases[MANY][1]
    undated = (people["is_connection"] & people["connected_on"].isna()).sum()
    assert undated > 1000
    assert f"Not here: {undated:,} connections without a date." in said(ax)


def test_without_messages_the_calendar_is_there_and_no_outcome():
    days = steady("2020-01-03", 80) + ["2021-03-10"] * 14 + ["2021-03-11"] * 6
    inside = sum(day in {"2021-03-10", "2021-03-11"} for day in days)
    network, people = dated(days)
    network = nq.Network(**{**vars(network), "kinds": frozenset({"connections"})})
    ax = on_paper(nq.plot.bursts, (9.6, 6), network, people)
    words = said(ax)
    assert cells_of(ax, 2).sum() == 100
    assert len(frames_of(ax)) == 1
    assert f"1: {inside} people" in words
    assert "talked with" not in words
    assert "This export has no messages" in words


def test_a_burst_of_two_years_has_two_frames_and_one_number():
    days = steady("2019-01-03", 160) + ["2020-12-31"] * 12 + ["2021-01-01"] * 12
    ax = on_paper(nq.plot.bursts, (9.6, 6), *dated(days, "SR"))
    one, other = frames_of(ax)
    assert (one.get_x(), int(one.get_y())) == (51.5, 1)  # the last week of 2020
    assert (other.get_x(), int(other.get_y())) == (-0.5, 2)
    assert [text.get_text() for text in ax.texts].count("1") == 1


def test_the_numbers_of_bursts_near_each_other_stand_apart():
    days = steady("2014-01-03", 400)
    for burst in range(14):
        days += [str((pd.Timestamp("2018-02-05") + pd.Timedelta(days=9 * burst)).date())] * 16
    case = dated(days, "SR")
    found = nq.habits.connection_bursts(*case)
    assert len(found) > 12
    ax = on_paper(nq.plot.bursts, (4.3, 7.0), *case)
    numbers = [text for text in ax.texts if text.get_text().isdigit()]
    assert len(numbers) == len(found) - 1
    boxes = sorted(
        (Text.get_window_extent(text).extents for text in numbers), key=lambda box: box[0]
    )
    for one, other in pairwise(boxes):
        assert other[0] >= one[2] - 0.5


def test_a_burst_observed_in_part_says_of_how_many():
    # connected on 21 and 22 August: the latter 90 days before 20 November, the former 91
    days = steady("2024-01-03", 100) + ["2026-08-22"] * 10 + ["2026-08-23"] * 10
    network, people = dated(days, "SR")
    row = nq.habits.connection_bursts(network, people).iloc[0]
    assert (row["person_count"], row["observed_count"]) == (20, 10)
    assert "1: 20 people, 0 of 10 talked with" in said(
        on_paper(nq.plot.bursts, (9.6, 6), network, people)
    )


def test_no_burst_is_said_and_nothing_framed(cases):
    ax = drawn("bursts", cases["thirty people"])
    assert not frames_of(ax)
    assert "No burst stands out among 30 dated connections" in said(ax)


def test_before_the_first_and_after_the_last_nothing_is_drawn(sample):
    cells = cells_of(drawn("bursts", sample), 13)
    made = sample[1]["connected_on"]
    assert cells.mask[0, : (made.min().day_of_year - 1) // 7].all()
    assert cells.mask[-1, (made.max().day_of_year - 1) // 7 + 1 :].all()
    flat = cells.mask.ravel()
    assert not flat[np.flatnonzero(~flat)[0] : np.flatnonzero(~flat)[-1]].any()


def test_undated_connections_alone_are_no_calendar():
    network = network_of(rows_of("SR", "ana"), None)
    ax = on_paper(nq.plot.bursts, (9.6, 6), network, nq.assess(network))
    assert said(ax) == "No dated connections in this export"


# -- groups of one's own --------------------------------------------------------------------------

OWN = ("R&D $x^{$ team", "g" + "x" * 79, "\U0010fffd", "event")


@pytest.mark.parametrize("size", [(4.3, 4.3), (9.6, 6.0)])
@pytest.mark.parametrize("name", OWN)
def test_groups_of_ones_own_keep_their_names_and_fit(name, size):
    network = nq.load_sample()
    people = nq.assess(network)
    some = people.loc[people["status"].isin(["active", "dormant"]), "person_id"]
    by = pd.Series([name if n % 2 else "b" for n in range(len(some))], index=some)[: len(some) - 5]
    months = [month / 12 for month in range(121)]
    table = nq.habits.relationship_survival(network, people, by=by, years=months)
    figure = Figure(figsize=size, dpi=100)
    FigureCanvasAgg(figure)
    ax = nq.plot.survival(table, ax=figure.add_subplot())
    figure.canvas.draw()
    words = [text.get_text() for text in ax.texts]
    assert not [one for one in words if "burst" in one or "origin" in one]
    assert any(one.startswith(name[:5]) for one in words) or not style.can_show(name)
    for text in [*ax.texts, ax._left_title]:
        box = Text.get_window_extent(text)
        assert box.x0 > -1, text
        assert box.x1 < figure.bbox.x1 + 1, text
