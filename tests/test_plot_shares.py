"""The chart of shares: a dot per group, where the table says, and nothing beyond the intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from exports import connection, files, write_folder
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import netquality as nq
from netquality.errors import TableError

NETWORK = nq.load_sample()
PEOPLE = nq.assess(NETWORK)
HABITS = ["conversation_rate", "time_to_first_talk", "resumption", "origins", "resting_rate"]


def drawn(ax):
    dots = [dot for group in ax.collections[-2:] for dot in group.get_offsets().tolist()]
    return sorted(dots, key=lambda dot: dot[1])


@pytest.mark.parametrize("habit", HABITS)
def test_each_share_stands_where_the_table_says(habit):
    table = getattr(nq.habits, habit)(NETWORK, PEOPLE)
    before = table.copy()
    ax = nq.plot.shares(table)
    known = table[table["share"].notna()]
    assert [x for x, _ in drawn(ax)] == pytest.approx(known["share"].tolist())
    bars = [one for one in ax.collections if one.get_label() == "interval"]
    ends = [(bar.get_segments()[0][0][0], bar.get_segments()[0][1][0]) for bar in bars]
    assert np.array(ends) == pytest.approx(known[["low", "high"]].to_numpy(float))
    assert [bar.get_linestyle()[0][1] is not None for bar in bars] == known["is_small"].tolist()
    assert ax.get_xlim()[1] >= known["high"].max()
    title = ax.get_title(loc="left").replace("\n", " ")
    assert f"{title}." == table.attrs["sentence"]
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("theme", [nq.plot.light, nq.plot.dark])
@pytest.mark.parametrize("size", [(9.6, 6.0), (3.6, 5.0)])
@pytest.mark.parametrize("habit", HABITS)
def test_no_words_meet_or_leave_the_page(habit, size, theme):
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    table = getattr(nq.habits, habit)(NETWORK, PEOPLE)
    ax = nq.plot.shares(table, ax=figure.add_subplot(), theme=theme)
    figure.draw_without_rendering()  # lays it out, and warns of a letter that no font has
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    width = figure.bbox.width
    assert all(box.x0 > -1 and box.x1 < width + 1 for box in boxes)
    for at, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[at + 1 :])


def test_what_has_no_shares_is_refused_and_nothing_says_why(tmp_path):
    for other in (
        nq.habits.listening(NETWORK, PEOPLE),
        nq.habits.relationship_survival(NETWORK, PEOPLE),
        PEOPLE,
        None,
    ):
        with pytest.raises(TableError, match="no shares to draw"):
            nq.plot.shares(other)
    network = nq.read_linkedin(write_folder(tmp_path, files(connections=[connection("ana")])))
    table = nq.habits.resumption(network, nq.assess(network))
    ax = nq.plot.shares(table)
    assert ax.texts[0].get_text().replace("\n", " ") == table.attrs["sentence"]
