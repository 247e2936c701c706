"""Charts: what was drawn is what was counted, its words fit, and nothing of the caller changes."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from exports import connection, files, message, write_folder
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.text import Text

import netquality as nq
from netquality.plot import marks, style
from netquality.plot.growth import growth_months
from netquality.plot.inline import css_colours, inline_svg
from netquality.status import STATUSES

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def talk(who: str, year: int, month: int = 6) -> list[list[str]]:
    """Both write on days more than a week apart: a relationship."""
    days = ((1, False), (3, True), (18, False), (19, True))
    return [message(who, f"{year}-{month:02d}-{day:02d}", sent=sent) for day, sent in days]


def gathered(count: int) -> list[list[str]]:
    """So many connections from 2014 to 2025, evenly."""
    return [
        connection(f"p{n}", f"{n % 28 + 1:02d} {MONTHS[n % 12]} {2014 + n * 12 // count}")
        for n in range(count)
    ]


def talks(people: range, year: int) -> list[list[str]]:
    return [row for n in people for row in talk(f"p{n}", year)]


ONE_DAY = [connection(f"p{n}", "05 Nov 2026") for n in range(20)]
LATE = [
    connection("first", "05 Nov 2010"),
    *(connection(f"p{n}", "05 Oct 2026") for n in range(400)),
]

CASES = {
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
    "one connect day": {"connections": ONE_DAY, "messages": talk("p0", 2026, 11)},
    "all of a sudden": {"connections": LATE, "messages": talk("first", 2026)},
    "nobody": {"connections": [], "messages": talk("p0", 2026)},
    "the sample": None,
}


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """Give each case as a network, read once."""
    return {
        name: nq.load_sample()
        if tables is None
        else nq.read_linkedin(write_folder(tmp_path_factory.mktemp("export"), files(**tables)))
        for name, tables in CASES.items()
    }


def drawn(network, size=(9.6, 5.4), **wanted):
    figure = Figure(figsize=size, dpi=100)
    FigureCanvasAgg(figure)
    ax = nq.plot.quantity_vs_quality(network, ax=figure.add_subplot(), **wanted)
    figure.draw_without_rendering()  # lays it out, and warns of a letter that no font has
    return ax


@pytest.fixture(scope="module")
def charts(networks):
    """Draw each case once; these tests only look."""
    done = {}

    def chart(name, size=(9.6, 5.4), *, captioned=True):
        key = name, size, captioned
        if key not in done:
            done[key] = drawn(networks[name], size, captioned=captioned)
        return done[key]

    return chart


def words_of(ax) -> dict[str, object]:
    """Return each text that shows, with its box in pixels."""
    texts = [*ax.texts, ax.title, ax._left_title]
    if ax.axison:
        for axis in (ax.xaxis, ax.yaxis):
            texts += [axis.label, axis.get_offset_text()]
            texts += [tick.label1 for tick in axis._update_ticks()]
    shown = [text for text in texts if text.get_visible() and text.get_text().strip()]
    # the words themselves, without the line that leads to them
    return {f"{n} {text.get_text()}": Text.get_window_extent(text) for n, text in enumerate(shown)}


def lines_of(ax) -> dict[str, np.ndarray]:
    return {line.get_label(): np.asarray(line.get_ydata(), dtype=float) for line in ax.lines}


# -- what was drawn is what was counted -----------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in CASES if name != "nobody"])
def test_the_curves_end_at_the_counts(networks, charts, name):
    network = networks[name]
    people = nq.assess(network)
    count = people[people["is_connection"]]["status"].value_counts().reindex(STATUSES, fill_value=0)
    lines = lines_of(charts(name))
    assert lines["connections"][-1] == network.connection_count
    if network.has_messages:
        assert lines["in touch"][-1] == count["active"]
        assert lines["in touch or resting"][-1] == count["active"] + count["dormant"]
    else:
        assert list(lines) == ["connections"]


@pytest.mark.parametrize("name", [name for name in CASES if name != "nobody"])
def test_connections_only_grow_and_hold_the_others(charts, name):
    lines = lines_of(charts(name))
    assert (np.diff(lines["connections"]) >= 0).all()
    if len(lines) > 1:
        assert (lines["in touch"] <= lines["in touch or resting"]).all()
        assert (lines["in touch or resting"] <= lines["connections"]).all()


@pytest.mark.parametrize("size", [(9.6, 5.4), (4.3, 4.3)])
@pytest.mark.parametrize("name", [name for name in CASES if name != "nobody"])
def test_the_bands_are_the_statuses_and_add_up_at_each_month(networks, charts, name, size):
    ax = charts(name, size)
    months = growth_months(networks[name])
    heights = {}
    for band in ax.collections:
        corners = pd.DataFrame(band.get_paths()[0].vertices, columns=["day", "people"])
        ends = corners.groupby("day")["people"]
        heights[band.get_label()] = (ends.max() - ends.min()).to_numpy()
    assert sum(heights.values()) == pytest.approx(months["connections"].to_numpy())
    if not networks[name].has_messages:
        assert len(heights) == 1
        return
    assert list(heights) == ["active", "dormant", *(
        ["brief", "one_way", "new", "unknown", "feather"] if size[0] > 6 else ["feather"]
    )]  # fmt: skip
    for status in ("active", "dormant"):
        assert heights[status] == pytest.approx(months[status].to_numpy())
    if size[0] > 6:
        for status, height in heights.items():
            assert height == pytest.approx(months[status].to_numpy())
        said = [text.get_text() for text in ax.texts]
        count = months.iloc[-1]
        shown = [int(one.split()[0].replace(",", "")) for one in said if one[:1].isdigit()]
        assert sum(shown[: -1 if any("no lasting" in one for one in said) else None]) == (
            2 * count["connections"]  # each band, and all of them
        )


def test_the_last_date_is_that_of_the_export(networks, charts):
    network, ax = networks["the sample"], charts("the sample")
    assert int(ax.get_xlim()[1]) == int(date2num(network.as_of.date()))
    assert ax.get_ylim()[0] == 0


def test_the_labels_bear_the_counts(networks, charts):
    network = networks["the sample"]
    counts = nq.assess(network).query("is_connection")["status"].value_counts()
    said = " / ".join(words_of(charts("the sample")))
    assert f"{network.connection_count:,} connections" in said
    assert f"{counts['active']:,} in touch" in said
    assert f"{counts['dormant']:,} resting" in said
    others = network.connection_count - counts["active"] - counts["dormant"]
    assert f"{others:,} with no lasting" in said


def test_the_title_is_the_headline_and_says_what_is_not_known(charts):
    said = " ".join(" ".join(words_of(charts("the sample"))).split())
    assert "here for more than a week, last in the past 13 months" in said
    assert "As of 20 November 2026. With 6 months to 3 years in place of 13 months:" in said
    assert "connections since removed are missing" in said
    assert "more than a week" not in " ".join(
        words_of(charts("the sample", (4.3, 4.3), captioned=False))
    )


def test_without_messages_nothing_is_said_of_talk(charts):
    said = " ".join(words_of(charts("no messages file")))
    assert "in touch" not in said
    assert "resting" not in said
    assert "back and forth" not in said


def test_a_single_day_is_drawn_from_nothing(networks):
    months = growth_months(networks["one connect day"])
    assert months["connections"].tolist() == [0, 20]
    assert months.drop(columns="connections").sum(axis=1).tolist() == [0, 20]


# -- its words fit --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "captioned"), [((9.6, 5.4), True), ((4.3, 4.3), True), ((4.3, 4.3), False)]
)
@pytest.mark.parametrize("name", list(CASES))
def test_words_lie_inside_and_apart(charts, name, size, captioned):
    ax = charts(name, size, captioned=captioned)
    boxes = words_of(ax)
    frame = ax.figure.bbox
    outside = [
        words
        for words, box in boxes.items()
        if box.x0 < frame.x0 - 1
        or box.x1 > frame.x1 + 1
        or box.y0 < frame.y0 - 1
        or box.y1 > frame.y1 + 1
    ]
    assert outside == []
    overlapping = [
        (one, other)
        for (one, box), (other, box2) in combinations(boxes.items(), 2)
        if min(box.x1, box2.x1) - max(box.x0, box2.x0) > 1
        and min(box.y1, box2.y1) - max(box.y0, box2.y0) > 2
    ]
    assert overlapping == []


@pytest.mark.parametrize("size", [(9.6, 5.4), (4.3, 4.3)])
@pytest.mark.parametrize("name", list(CASES))
def test_no_curve_runs_through_the_words_between_them(charts, name, size):
    ax = charts(name, size)
    boxes = [box for words, box in words_of(ax).items() if "no lasting" in words]
    for line in ax.lines:
        points = line.get_transform().transform(
            np.column_stack([date2num(line.get_xdata()), line.get_ydata()])
        )
        steps = np.linspace(0, 1, 50)
        for (x0, y0), (x1, y1) in pairwise(points):
            path = np.column_stack([x0 + (x1 - x0) * steps, y0 + (y1 - y0) * steps])
            assert not any(box.contains(x, y) for box in boxes for x, y in path)


@pytest.mark.parametrize("name", ["the sample", "one connect day"])
def test_the_arrow_spans_the_number_beside_it(networks, charts, name):
    ax = charts(name)
    (words,) = [text for text in ax.texts if "no lasting" in text.get_text()]
    arrows = [text for text in ax.texts if getattr(text, "arrowprops", None) and text.xyann[0] == 1]
    (arrow,) = [one for one in arrows if not one.get_text()]
    assert (
        arrow.xy[0] == arrow.xyann[0] == 1
    )  # both ends at the last date, where the number is from
    assert arrow.xy[1] - arrow.xyann[1] == int(words.get_text().split()[0].replace(",", ""))
    last = growth_months(networks[name]).iloc[-1]
    assert (arrow.xyann[1], arrow.xy[1]) == (last["active"] + last["dormant"], last["connections"])


def test_the_words_between_the_curves_stand_on_the_ground_of_the_page(charts):
    (words,) = [text for text in charts("the sample").texts if "no lasting" in text.get_text()]
    ground = words.get_bbox_patch()
    assert ground.get_alpha() in {None, 1}
    assert ground.get_facecolor() == to_rgba(nq.plot.light.paper)


def test_it_fits_beside_another_chart(networks):
    figure = Figure(figsize=(12, 5), dpi=100)
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    for ax in (left, right):
        nq.plot.quantity_vs_quality(networks["the sample"], ax=ax)
    figure.canvas.draw()
    middle = figure.bbox.width / 2
    assert max(box.x1 for box in words_of(left).values()) <= middle + 1
    assert min(box.x0 for box in words_of(right).values()) >= middle - 1


# -- nothing of the caller changes ----------------------------------------------------------------


def test_axes_given_are_the_axes_returned(networks):
    figure, ax = plt.subplots()
    assert nq.plot.quantity_vs_quality(networks["three people"], ax=ax) is ax
    assert plt.get_fignums() == [figure.number]


def test_without_axes_there_is_a_new_figure_left_open(networks):
    before, current = plt.subplots()
    ax = nq.plot.quantity_vs_quality(networks["three people"])
    assert ax is not current
    assert ax.figure is not before
    assert plt.get_fignums() == [before.number, ax.figure.number]
    assert not current.lines


@pytest.mark.parametrize("fails", [False, True])
def test_what_pyplot_sets_up_within_a_style_outlasts_it(fails):
    # else only the first chart of a notebook is shown; .ci/notebooks.py looks for every picture
    with mpl.rc_context():
        mpl.interactive(False)
        with suppress(ZeroDivisionError), nq.plot.styled(nq.plot.dark):
            mpl.interactive(True)
            _ = 1 / (0 if fails else 1)
        assert mpl.is_interactive()


def test_global_settings_stay(networks, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("a chart was shown"))
    with mpl.rc_context({"font.size": 7.0, "axes.facecolor": "pink"}):
        before = dict(mpl.rcParams)
        nq.plot.quantity_vs_quality(networks["three people"], theme=nq.plot.dark)
        assert dict(mpl.rcParams) == before


def test_the_layout_that_the_caller_chose_stays(networks):
    figure = Figure(layout="tight")
    chosen = figure.get_layout_engine()
    nq.plot.quantity_vs_quality(networks["three people"], ax=figure.add_subplot())
    assert figure.get_layout_engine() is chosen


def test_no_table_is_changed(networks):
    network = networks["thirty people"]
    before = network.people.copy(deep=True), network.interactions.copy(deep=True)
    nq.plot.quantity_vs_quality(network)
    assert network.people.equals(before[0])
    assert network.interactions.equals(before[1])


def test_importing_the_charts_does_not_import_pyplot():
    code = "import sys, netquality.plot; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- the look -------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [nq.plot.light, nq.plot.dark])
def test_text_stands_out_from_the_paper(theme):
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for words in (theme.ink, theme.muted, theme.active_text, theme.dormant_text):
        assert contrast(words, theme.paper) >= 4.5
    assert contrast(theme.muted, theme.gap) >= 4.5


@pytest.mark.parametrize("theme", [nq.plot.light, nq.plot.dark])
def test_a_theme_colours_whatever_axes_it_gets(networks, theme):
    ax = drawn(networks["three people"], theme=theme)
    assert mpl.colors.to_hex(ax.get_facecolor()) == theme.paper
    assert ax.lines[0].get_color() == theme.ink
    assert {text.get_color() for text in ax.texts} <= {
        theme.ink,
        theme.muted,
        theme.active_text,
        theme.dormant_text,
    }


def test_every_status_has_a_colour_of_its_own():
    assert set(nq.plot.palette) == set(STATUSES)
    assert len(set(nq.plot.palette.values())) == len(STATUSES)


def test_inline_svg_brings_nothing_from_elsewhere(networks):
    with style.styled(style.light):
        figure = Figure(figsize=(4.3, 4.3))
    ax = figure.add_subplot()
    nq.plot.quantity_vs_quality(networks["three people"], ax=ax, captioned=False)
    svg = inline_svg(figure, "one")
    assert svg.startswith("<svg viewBox=")
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "<script" not in svg
    assert "<metadata" not in svg
    assert "<style" not in svg
    assert "var(--ink)" in svg
    assert style.light.ink not in svg
    assert 'id="one-' in svg
    assert set(css_colours(style.dark)) == set(css_colours(style.light))


def test_labels_are_spread_within_bounds():
    assert style.spread([1, 2, 100], 5, 3) == [3, 8, 100]
    assert style.spread([95, 96, 100], 5, 0, 100) == [90, 95, 100]
    assert style.spread([], 5) == []


def test_wrapping_loses_no_word_and_keeps_to_the_width():
    words = "Of 900 connections, you wrote back and forth with 61 here, unbelievably-long-as-it-is"
    wrapped = style.wrap(words, 150, 11)
    assert wrapped.split() == words.split()
    for line in wrapped.split("\n"):
        assert style.text_size(line, 11)[0] <= 150 or " " not in line


@pytest.mark.parametrize("most", [4, 9])
def test_an_axis_of_any_span_of_days_bears_dates_without_a_warning(most):
    for days in (1, 2, 40, 61, 100, 250, 600, 700, 900, 4000, 12000):
        ax = Figure().subplots()
        begin = pd.Timestamp("2020-03-07")
        ax.set_xlim(begin, begin + pd.Timedelta(days=days))
        marks.date_axis(ax, most)
        assert 1 <= len(ax.get_xticks()) <= most + 1
