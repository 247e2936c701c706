"""Charts that say what their marks mean: the words, the places, and how it does in a browser."""

from __future__ import annotations

import csv
import html
import json
import os
import pickle
import re
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest
from exports import connection, files, message, write_folder
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from test_graph_view import HOSTILE
from test_plot_people import odd_network
from test_report_browser import CONTRASTS, WIDER_THAN_THE_WINDOW

import netquality as nq
from netquality import framed
from netquality.errors import SettingError
from netquality.plot.hover import policy_sources
from netquality.plot.inline import css_colours
from netquality.plot.meaning import short
from netquality.status import LABELS
from netquality.words import day_text, plural

ROOT = Path(__file__).parents[1]
PLOT = ROOT / "netquality" / "plot"
MESSAGES = ROOT / "data/sample/Complete_LinkedInDataExport_11-20-2026/messages.csv"
NARROW = (4.3, 5.0)


def axes(size=(9.6, 5.6)):
    return Figure(figsize=size, layout="constrained").add_subplot()


@pytest.fixture(scope="module")
def sample():
    network = nq.load_sample()
    return network, nq.assess(network)


@pytest.fixture(scope="module")
def views(sample):
    return {chart: both(chart, sample) for chart in CHARTS}


def draw(chart, case, **wanted):
    network, people = case
    wanted = {"ax": axes(), **wanted}
    if chart == "strength_map":
        return nq.plot.strength_map(people, **wanted)
    return nq.plot.barcodes(network, people, **wanted)


def both(chart, case, **wanted):
    """Give a chart as the report has it: for wide places and for phones."""
    one, other = (draw(chart, case, ax=axes(size), **wanted) for size in ((9.6, 5.6), NARROW))
    return nq.plot.hover(one, narrow=other)


def cards(view) -> list[list[str]]:
    """Return what the card of each mark says."""
    told = view.payload
    lines = [[told["texts"][number] for number in line] for line in told["lines"]]
    return [[word for word in card if word] for card in zip(told["names"], *lines, strict=True)]


CHARTS = ("strength_map", "barcodes")


# -- the words ------------------------------------------------------------------------------------


def name_of(row) -> str:
    return " ".join(row.name.split())


def test_each_card_of_the_map_says_what_the_table_says(sample):
    people = sample[1]
    there = people[people["silent_days"].notna()]
    expected = Counter(
        (
            name_of(row),
            LABELS[row.status] if isinstance(row.status, str) else "Not connected, no talk",
            plural(row.mutual_contact_days, "mutual contact day"),
            f"Silent since {day_text(row.last_message_at)}",
            *([row.company] if isinstance(row.company, str) else []),
        )
        for row in there.itertuples()
    )
    found = cards(nq.plot.hover(draw("strength_map", sample)))
    assert len(found) == 211
    assert Counter(map(tuple, found)) == expected


def test_each_line_of_the_barcodes_says_what_the_messages_say(sample):
    network, people = sample
    view = nq.plot.hover(draw("barcodes", sample))
    told = network.interactions
    real = told[told["is_real"].astype(bool) & ~told["is_group"].astype(bool)]
    days_of = real.groupby("person_id")["at"].agg(lambda at: sorted(set(at.dt.floor("D"))))
    by_name = {name_of(row): row for row in people.itertuples() if isinstance(row.status, str)}
    found = cards(view)
    assert len(found) == 20
    for place, (name, status, count, first, last) in enumerate(found):
        row = by_name[name]
        days = days_of[row.person_id]
        assert status == LABELS[row.status]
        assert count == plural(len(days), "contact day")
        assert first == f"First contact {day_text(days[0])}"
        assert last == f"Last contact {day_text(days[-1])}"
        ticks = [view.payload["texts"][number] for number in view.payload["ticks"][place]]
        assert ticks == [day_text(day) for day in days]


def test_the_finding_is_the_title_of_the_chart(sample):
    for chart in CHARTS:
        ax = draw(chart, sample)
        assert nq.plot.hover(ax).payload["finding"] == f"{' '.join(ax.get_title('left').split())}."


# -- the places -----------------------------------------------------------------------------------


def marks_in(svg: str) -> list[tuple[float, float]]:
    """Return where marks stand in a drawing that are drawn by reference in groups of a chart."""
    root = ET.fromstring(svg)  # noqa: S314 - ours
    return [
        (float(use.get("x")), float(use.get("y"))) for use in root.iter("use") if "x" in use.attrib
    ]


@pytest.mark.parametrize("size", [(9.6, 5.6), NARROW])
def test_each_mark_of_the_map_is_where_it_is_drawn(sample, size):
    view = nq.plot.hover(draw("strength_map", sample, ax=axes(size)))
    (drawing,) = view.payload["drawings"]
    drawn = np.array(marks_in(view.drawings[0]))
    for place in zip(drawing["x"], drawing["y"], strict=True):
        assert np.abs(drawn - place).max(axis=1).min() <= 0.06
    assert drawing["x"] == sorted(drawing["x"])  # so one steps through them
    assert drawing["size"] == pytest.approx([size[0] * 72, size[1] * 72])


def test_each_tick_is_where_it_is_drawn(sample):
    view = nq.plot.hover(draw("barcodes", sample))
    (drawing,) = view.payload["drawings"]
    paths = re.findall(r' d="([^"]*)"', view.drawings[0])
    ticks = max(paths, key=lambda path: path.count("M"))  # of all lines in one path
    found = re.findall(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)", ticks)
    placed = [(x, drawing["y"][row]) for row, line in enumerate(drawing["ticks"]) for x in line]
    assert len(found) == len(placed) == sum(map(len, view.payload["ticks"]))
    for (x, upper, also_x, lower), (wanted, y) in zip(np.float64(found), placed, strict=True):
        assert x == also_x
        assert abs(x - wanted) <= 0.06
        assert abs((upper + lower) / 2 - y) <= 0.06
        assert abs(lower - upper) / 2 == pytest.approx(0.68 * drawing["half"], abs=0.06)


@pytest.mark.parametrize("chart", CHARTS)
def test_axes_may_be_anywhere_and_settings_anything(sample, chart):
    """A part of another figure, whose owner likes it tight and with text as text."""
    with mpl.rc_context({"savefig.bbox": "tight", "svg.fonttype": "none", "savefig.dpi": 300}):
        figure = plt.figure(figsize=(12, 9), dpi=50)
        upper, _ = figure.subfigures(2, 1)
        ax = draw(chart, sample, ax=upper.add_subplot())
        view = nq.plot.hover(ax)
    (drawing,) = view.payload["drawings"]
    assert drawing["size"] == [864, 648]
    assert 'viewBox="0 0 864 648"' in view.drawings[0]
    assert "<text" not in view.drawings[0]
    if chart == "strength_map":
        drawn = np.array(marks_in(view.drawings[0]))
        for place in zip(drawing["x"], drawing["y"], strict=True):
            assert np.abs(drawn - place).max(axis=1).min() <= 0.06


@pytest.mark.parametrize("chart", CHARTS)
def test_light_or_dark_gives_the_same_drawing(sample, chart):
    light, dark = (
        nq.plot.hover(draw(chart, sample, theme=theme)) for theme in (nq.plot.light, nq.plot.dark)
    )
    assert light == dark
    assert not re.search("#[0-9a-f]{6}", light.drawings[0])
    assert " style=" not in light.drawings[0]


def test_a_notebook_shows_it_once(sample):
    network, people = sample
    ax = nq.plot.strength_map(people)
    view = nq.plot.hover(ax)
    nq.plot.hover(nq.plot.barcodes(network, people, n=3))
    assert plt.get_fignums() == []
    assert nq.plot.hover(ax) == view  # and what was drawn is still there
    own = plt.figure()
    nq.plot.hover(nq.plot.strength_map(people, ax=own.add_subplot()))
    assert plt.get_fignums() == [own.number]  # the caller's is the caller's


ADDED = {
    "a note": lambda ax: ax.annotate("MYNOTE", (0.5, 0.5), xycoords="axes fraction"),
    "a title": lambda ax: ax.set_title("MYTITLE", loc="left"),
    "words at an axis": lambda ax: ax.set_xlabel("MYWORDS"),
    "a line": lambda ax: ax.axhline(1),
    "axes": lambda ax: ax.figure.add_axes((0.8, 0.8, 0.1, 0.1)),
    "a heading": lambda ax: ax.figure.suptitle("MYHEADING"),
    "other limits": lambda ax: ax.set_xlim(*(np.array(ax.get_xlim()) * 1.01)),
}


@pytest.mark.parametrize("chart", CHARTS)
def test_what_was_added_to_a_chart_is_not_lost_on_phones(sample, chart):
    network, people = sample

    def made():
        if chart == "strength_map":
            return nq.plot.strength_map(people)
        return nq.plot.barcodes(network, people, n=5)

    ax = made()
    ax.figure.canvas.draw()  # as a notebook does
    untouched = nq.plot.hover(ax)
    assert len(untouched.drawings) == 2
    assert nq.plot.hover(ax) == untouched
    for what, add in ADDED.items():
        ax = made()
        add(ax)
        view = nq.plot.hover(ax)
        assert len(view.drawings) == 1, what  # on phones the same, smaller
        assert view.drawings[0] != untouched.drawings[0], what
        narrow = draw(chart, sample, ax=axes(NARROW), **({"n": 5} if chart == "barcodes" else {}))
        assert len(nq.plot.hover(ax, narrow=narrow).drawings) == 2, what


def test_a_figure_that_was_kept_still_says_it(sample):
    ax = draw("strength_map", sample)
    again = pickle.loads(pickle.dumps(ax.figure)).axes[0]  # noqa: S301 - made a line above
    assert nq.plot.hover(again) == nq.plot.hover(ax)


# -- whom it names --------------------------------------------------------------------------------


@pytest.mark.parametrize("names", ["pseudonyms", "none"])
@pytest.mark.parametrize("chart", CHARTS)
def test_no_real_name_is_anywhere_where_none_is_to_be(sample, chart, names):
    people = sample[1]
    view = both(chart, sample, names=names)
    text = html.unescape(view.page() + view.frame())
    text += json.dumps(view.payload, ensure_ascii=False)
    shown = people[people["silent_days"].notna()]
    for column in ("name", "person_id", "profile_key", "company"):
        real = {word for word in shown[column].dropna() if len(word) > 3}
        assert len(real) > 50
        assert [word for word in real if word in text] == []
    given = set(view.payload["names"])
    if names == "pseudonyms":
        assert len(given) == len(view.payload["names"])
    else:
        numbers = {f"Number {number}" for number in range(1, 21)}
        assert given == ({"Somebody"} if chart == "strength_map" else numbers)


def held_in(ax) -> str:
    """Return all texts that somebody gets who is handed the figure."""
    return pickle.dumps(ax.figure).decode("utf-8", "replace")


@pytest.mark.parametrize("names", ["pseudonyms", "none"])
@pytest.mark.parametrize("chart", CHARTS)
def test_a_figure_without_names_can_be_handed_on(sample, chart, names):
    network, people = sample
    people = people.set_index("name", drop=False)  # whose index a caller may choose
    ax = draw(chart, (network, people), ax=None, names=names)
    held = held_in(ax)
    for column in ("name", "person_id", "profile_key", "company", "email"):
        real = {word for word in people[column].dropna() if len(word) > 3}
        assert len(real) > 15
        assert [word for word in real if word in held] == []
    again = pickle.loads(pickle.dumps(ax.figure)).axes[0]  # noqa: S301 - made a line above
    assert nq.plot.hover(again) == nq.plot.hover(ax)  # and it can still be drawn for phones


@pytest.mark.parametrize("chart", CHARTS)
def test_a_figure_holds_nobody_but_whom_the_chart_shows(sample, chart):
    network, people = sample
    deepest = people.sort_values("mutual_contact_days").tail(3)
    hidden = people.assign(is_hidden=people["person_id"].isin(deepest["person_id"]))
    held = held_in(draw(chart, (network, hidden), ax=None))
    for column in ("name", "person_id"):
        assert not [word for word in deepest[column] if word in held]
    talked = people["silent_days"].notna()
    away = set(people.loc[~talked, "name"].dropna()) - set(people.loc[talked, "name"])
    assert len(away) > 500
    assert not [name for name in away if name in held]
    assert not [email for email in people["email"].dropna() if email in held]


@pytest.mark.parametrize("names", ["real", "pseudonyms", "none"])
@pytest.mark.parametrize("chart", CHARTS)
def test_nobody_hidden_is_named(sample, chart, names):
    network, people = sample
    deepest = people.sort_values("mutual_contact_days").tail(3)
    hidden = people.assign(is_hidden=people["person_id"].isin(deepest["person_id"]))
    hidden.loc[hidden["is_hidden"], "company"] = "Nowhere Else Ltd"
    view = nq.plot.hover(draw(chart, (network, hidden), names=names))
    text = view.page()
    assert sum(name.startswith("Somebody you hide") for name in view.payload["names"]) == 3
    assert not [name for name in deepest["name"] if name in text]
    assert "Nowhere Else" not in text


@pytest.mark.parametrize("chart", CHARTS)
def test_no_text_of_a_message_is_in_the_page(sample, chart):
    page = html.unescape(nq.plot.hover(draw(chart, sample)).page())
    with MESSAGES.open(encoding="utf-8", newline="") as file:
        contents = {" ".join(row["CONTENT"].split()) for row in csv.DictReader(file)}
    texts = [text for text in contents if len(text) > 25]
    assert len(texts) > 1000
    assert not [text for text in texts if text in page]


def test_odd_names_are_texts_in_one_line_of_bearable_length():
    network = odd_network()
    view = nq.plot.hover(draw("barcodes", (network, nq.assess(network))))
    assert {"Two Lines", "Ana \U0001f680 Erfunden", "A$^2$ $ B_$"} <= set(view.payload["names"])
    assert "אבג דהו" in set(view.payload["names"])
    assert max(map(len, view.payload["names"])) <= 81


def test_nothing_of_the_callers_is_changed(sample):
    people = sample[1]
    before = people.copy(deep=True)
    for chart in CHARTS:
        nq.plot.hover(draw(chart, sample))
    assert people.equals(before)


# -- what it is made of ---------------------------------------------------------------------------


def test_the_script_asks_for_nothing_and_keeps_nothing():
    script = (PLOT / "hover.js").read_text("utf-8")
    for word in (
        "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "eval(", "new Function",
        "localStorage", "sessionStorage", "indexedDB", "document.cookie", "HTML(", "HTML =",
        "</script", "<!--", "import",
    ):  # fmt: skip
        assert word not in script, word
    # to the page around it says that it is there, and nothing of what is in it
    assert re.findall(r"\w*ostMessage.*", script) == ['postMessage({ netquality: "here" }, "*");']
    assert re.findall(r"\w+://[^\"]*", script) == ["http://www.w3.org/2000/svg"]  # a name, no place
    assert script.isascii()


@pytest.mark.parametrize(
    ("theme", "part"),  # the reader's system may ask for the dark, or the page around
    [(nq.plot.light, 0), (nq.plot.dark, 1), (nq.plot.light, 2), (nq.plot.dark, 3)],
)
def test_its_colours_are_those_of_the_charts(theme, part):
    rules = re.findall(r":root[^{]*\{(.*?)\}", (PLOT / "hover.css").read_text("utf-8"), re.DOTALL)
    said = [dict(re.findall(r"--([\w-]+): (#\w+);", rule)) for rule in rules]
    colours = said[0] | said[part]
    expected = css_colours(theme) | {"feather": theme.quiet}
    assert {name: colours[name] for name in expected} == expected


@pytest.mark.parametrize("whole", ["page", "frame"])
@pytest.mark.parametrize("chart", CHARTS)
def test_no_text_breaks_out(chart, whole, hostile):
    view = both(chart, hostile)
    text = getattr(view, whole)()
    text.encode()
    if whole == "frame":
        assert text.count("'") == 2
        text = html.unescape(text.split("srcdoc='")[1].split("'")[0])
    assert text.count("<script") == text.count("</script>") == 2
    assert text.count("<style") == 1
    assert "<!--" not in text
    held = text.split('id="payload">')[1].split("</script>")[0]
    assert json.loads(held) == json.loads(json.dumps(view.payload))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for directive, source in policy_sources().items():
        assert f"{directive} {source}" in policy


def test_the_bytes_do_not_depend_on_the_machine(sample, tmp_path):
    program = (
        "import sys, netquality as nq; network = nq.load_sample(); people = nq.assess(network)\n"
        "nq.plot.hover(nq.plot.strength_map(people)).write(f'{sys.argv[1]}/map.html')\n"
        "nq.plot.hover(nq.plot.barcodes(network, people)).write(f'{sys.argv[1]}/lines.html')"
    )
    changed = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        check=True, capture_output=True, cwd=ROOT, env={**os.environ, **changed},
    )  # fmt: skip
    network, people = sample
    here = {"map": nq.plot.strength_map(people), "lines": nq.plot.barcodes(network, people)}
    for name, ax in here.items():
        assert (tmp_path / f"{name}.html").read_bytes() == nq.plot.hover(ax).page().encode()


def test_it_is_small(views):
    sizes = {chart: len(views[chart].frame().encode()) for chart in CHARTS}
    assert sizes["strength_map"] < 320_000  # of which the two drawings take 230,000
    assert sizes["barcodes"] < 250_000


def test_it_says_what_it_is_without_a_name(sample):
    view = nq.plot.hover(draw("barcodes", sample, n=1))
    assert repr(view) == "HoverView(Barcodes of relationships, 1 line)"
    assert view._repr_html_() == framed.in_notebook(view.frame())
    assert view.payload["schema_version"] == 1


def test_a_page_is_written_for_the_owners_eyes_and_over_no_other_file(sample, tmp_path):
    view = nq.plot.hover(draw("strength_map", sample))
    path = view.write(tmp_path / "map.html")
    assert path.read_text("utf-8") == view.page()
    assert view.write(path) == path  # ours may be written again
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    other = tmp_path / "other.html"
    other.write_text("mine", "utf-8")
    with pytest.raises(nq.NetQualityError, match="is no page of netquality"):
        view.write(other)
    assert view.write(other, force=True) == other


# -- what cannot be said --------------------------------------------------------------------------


def test_a_chart_that_does_not_say_it_is_told_so(sample):
    network, people = sample
    for ax in (axes(), nq.plot.lorenz(people, ax=axes()), None, axes().figure, "strength_map"):
        with pytest.raises(SettingError, match="holds no chart that says what its marks mean"):
            nq.plot.hover(ax)
    ax = draw("strength_map", sample)
    ax.clear()  # and with it goes what it meant
    with pytest.raises(SettingError, match="holds no chart"):
        nq.plot.hover(ax)
    nq.plot.quantity_vs_quality(network, ax=ax)
    with pytest.raises(SettingError, match="holds no chart"):
        nq.plot.hover(ax)


def test_charts_that_do_not_go_together_are_told_apart(sample):
    ax = draw("strength_map", sample)
    draw("strength_map", sample, ax=ax)
    with pytest.raises(SettingError, match="one upon the other"):
        nq.plot.hover(ax)
    ax = draw("strength_map", sample)
    for other in (draw("barcodes", sample), draw("strength_map", sample, names="none")):
        with pytest.raises(SettingError, match="narrow: is another chart"):
            nq.plot.hover(ax, narrow=other)
    with pytest.raises(SettingError, match="too high"):
        nq.plot.hover(
            draw("barcodes", sample, ax=axes((9.6, 9.6))), narrow=draw("barcodes", sample)
        )
    taken = draw("strength_map", sample)
    taken.remove()
    with pytest.raises(SettingError, match="taken out of its figure"):
        nq.plot.hover(taken)


@pytest.mark.parametrize("chart", CHARTS)
def test_where_nobody_is_to_tell_of_there_is_one_sentence_and_no_white_sheet(chart):
    network = nq.load_sample()
    nobody = nq.assess(network).head(0)
    view = nq.plot.hover(draw(chart, (network, nobody), ax=None))
    assert plt.get_fignums() == []
    (drawing,) = view.payload["drawings"]
    wide, high = drawing["size"]
    assert wide < 320  # points: its words are as large on a phone as they are meant
    assert high < 80
    given = draw(chart, (network, nobody), ax=axes(NARROW))
    view = nq.plot.hover(draw(chart, (network, nobody), ax=None), narrow=given)
    assert len(view.drawings) == 2
    own = draw(chart, (network, nobody), ax=axes())  # the caller's is as high as it was made
    assert nq.plot.hover(own).payload["drawings"][0]["size"] == [691.2, 403.2]


@pytest.mark.parametrize("chart", CHARTS)
def test_nobody_to_tell_of(chart, tmp_path):
    network = nq.read_linkedin(write_folder(tmp_path, files(connections=[connection("ana")])))
    view = both(chart, (network, nq.assess(network)))
    assert view.payload["names"] == []
    assert view.payload["finding"].startswith("No re")
    assert view.page().count("<svg") == 2


def test_a_text_is_cut_in_the_open():
    assert short("n" * 80) == "n" * 80
    assert short("n" * 90) == "n" * 80 + "…"


# -- in a browser ---------------------------------------------------------------------------------


def hostile_export(where):
    people = [(f"h{number}", name) for number, name in enumerate(HOSTILE)]
    days = ((1, False), (3, True), (20, False), (22, True))
    return files(
        connections=[
            connection(slug, given=name, family=name, company=name, position=name)
            for slug, name in people
            if "\ud800" not in name  # no file can hold it
        ],
        messages=[
            message(slug, f"{2010 + number}-06-{day:02d}", sent=sent)
            for number, (slug, _) in enumerate(people)
            for day, sent in days
        ],
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    where = tmp_path_factory.mktemp("hostile")
    network = nq.read_linkedin(write_folder(where, hostile_export(where)))
    return network, nq.assess(network)


@pytest.fixture(scope="module")
def pages(tmp_path_factory, views, hostile):
    """Write each view once; give view and address of each."""
    where = tmp_path_factory.mktemp("hovering")
    views = views | {f"hostile {chart}": both(chart, hostile) for chart in CHARTS}
    return {
        name: (view, view.write(where / f"{name}.html").as_uri()) for name, view in views.items()
    }


@pytest.fixture
def shown(offline_page, pages):
    """Open a view in the size and light asked for; it may ask for nothing but itself."""
    requests = []
    offline_page.on("request", lambda request: requests.append(request.url))

    def show(name, *, width=1280, scheme="light", media="screen"):
        offline_page.set_viewport_size({"width": width, "height": 900})
        offline_page.emulate_media(color_scheme=scheme, media=media)
        offline_page.goto(pages[name][1])
        offline_page.wait_for_selector("html[data-ready]", state="attached")
        assert requests == [pages[name][1]]
        return offline_page, pages[name][0]

    return show


def seen(page) -> tuple[int, dict]:
    """Return which drawing is on the screen, and where."""
    boxes = [svg.bounding_box() for svg in page.locator("#drawings svg").all()]
    (at,) = [at for at, box in enumerate(boxes) if box]
    return at, boxes[at]


def place_of(page, view, mark, tick=None) -> tuple[float, float]:
    """Return where a mark is on the screen."""
    at, box = seen(page)
    drawing = view.payload["drawings"][at]
    x = drawing["x"][mark] if tick is None else drawing["ticks"][mark][tick]
    unit = box["width"] / drawing["size"][0]
    return box["x"] + x * unit, box["y"] + drawing["y"][mark] * unit


def card_of(page) -> list[str]:
    return page.locator("#card p").all_inner_texts()


def said_of(page, start: str) -> None:
    page.locator("#said", has_text=re.compile("^" + re.escape(start))).wait_for(state="attached")


def alone(view, at=0, away=6.0) -> list[int]:
    """Return the marks that no other is near."""
    drawing = view.payload["drawings"][at]
    spots = np.column_stack([drawing["x"], drawing["y"]])
    far = np.abs(spots[:, None] - spots[None]).max(axis=2) + np.eye(len(spots)) * 999
    return np.flatnonzero(far.min(axis=1) > away).tolist()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_the_mark_under_the_pointer_is_the_one_told_of(shown, width):
    page, view = shown("strength_map", width=width)
    at, _ = seen(page)
    assert at == (0 if width == 1280 else 1)
    told = cards(view)
    single = alone(view, at)
    assert len(single) > 40
    for mark in single[::3]:
        x, y = place_of(page, view, mark)
        page.mouse.move(x + 1, y - 1)
        assert card_of(page) == told[mark]
        card, window = page.locator("#card").bounding_box(), page.viewport_size
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= window["width"]
        ring = page.locator(".ring")
        assert ring.count() == 1
        box = ring.bounding_box()
        assert box["x"] < x < box["x"] + box["width"]
    page.mouse.move(*[edge + 3 for edge in (0, 0)])
    assert not page.locator("#card").is_visible()
    assert page.locator(".ring").count() == 0


@pytest.mark.browser
def test_a_day_is_told_where_there_is_one_and_a_number_where_there_are_several(shown):
    page, view = shown("barcodes")
    told, texts = cards(view), view.payload["texts"]
    _, box = seen(page)
    unit = box["width"] / view.payload["drawings"][0]["size"][0]
    kinds = set()
    for mark, (line, words) in enumerate(
        zip(view.payload["drawings"][0]["ticks"], view.payload["ticks"], strict=True)
    ):
        for tick in range(0, len(line), 7):
            page.mouse.move(*place_of(page, view, mark, tick))
            near = [n for n, x in enumerate(line) if abs(x - line[tick]) * unit <= 3]
            days = [texts[words[near[0]]]]
            if len(near) > 1:
                days = [f"{len(near)} contact days here", f"{days[0]} to {texts[words[near[-1]]]}"]
            name, *rest = told[mark]
            assert card_of(page) == [name, *days, *rest]
            kinds.add(len(near) > 1)
    assert kinds == {True, False}
    _, y = place_of(page, view, 0)
    page.mouse.move(box["x"] + 20, y)  # on the name, where no day is
    assert card_of(page) == told[0]
    assert page.locator(".row").count() == 1
    assert page.locator(".tick").count() == 0


@pytest.mark.browser
def test_the_keyboard_does_the_same(shown):
    page, view = shown("strength_map")
    told = cards(view)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "chart"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2
    assert not page.locator("#card").is_visible()
    for mark in range(6):
        page.keyboard.press("ArrowRight")
        assert card_of(page)[:3] == told[mark][:3]
        said_of(page, f"{told[mark][0]}. {told[mark][1]}. ")
    page.keyboard.press("ArrowLeft")
    assert card_of(page)[0] == told[4][0]
    page.keyboard.press("End")
    assert card_of(page)[0] == told[-1][0]
    page.keyboard.press("ArrowRight")
    assert card_of(page)[0] == told[-1][0]
    page.keyboard.press("PageUp")
    assert card_of(page)[0] == told[-11][0]
    page.keyboard.press("Home")
    assert card_of(page)[0] == told[0][0]
    highest = int(np.argmin(view.payload["drawings"][0]["y"]))
    for _ in told:
        page.keyboard.press("ArrowUp")
    assert card_of(page)[0] == told[highest][0]
    assert page.locator("#said").text_content().startswith(told[highest][0])
    page.keyboard.press("Escape")
    assert not page.locator("#card").is_visible()
    assert page.locator(".ring").count() == 0
    assert page.locator("#said").text_content() == ""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")  # away from it
    assert not page.locator("#card").is_visible()


@pytest.mark.browser
def test_the_keyboard_goes_from_person_to_person_and_from_day_to_day(shown):
    page, view = shown("barcodes")
    told, texts, ticks = cards(view), view.payload["texts"], view.payload["ticks"]
    page.locator("#chart").focus()
    for mark in range(3):
        page.keyboard.press("ArrowDown")
        assert card_of(page) == told[mark]
    for tick in range(4):
        page.keyboard.press("ArrowRight")
        assert card_of(page)[:2] == [told[2][0], texts[ticks[2][tick]]]
    page.keyboard.press("ArrowLeft")
    assert card_of(page)[1] == texts[ticks[2][2]]
    page.keyboard.press("ArrowUp")
    assert card_of(page) == told[1]
    page.keyboard.press("ArrowLeft")
    assert card_of(page)[1] == texts[ticks[1][-1]]
    page.keyboard.press("Control+ArrowLeft")  # the browser's own
    assert card_of(page)[1] == texts[ticks[1][-1]]


@pytest.mark.browser
def test_a_pointer_that_rests_is_announced_and_one_that_passes_is_not(shown):
    page, view = shown("strength_map")
    one, other = alone(view)[:2]
    page.mouse.move(*place_of(page, view, one))
    page.mouse.move(*place_of(page, view, other))
    said_of(page, "")
    page.wait_for_timeout(600)
    said_of(page, f"{view.payload['names'][other]}. ")
    live = page.locator("#said")
    assert live.get_attribute("aria-live") == "polite"
    page.keyboard.press("Escape")
    assert not page.locator("#card").is_visible()


@pytest.mark.browser
def test_a_finger_does_the_same(chromium, pages):
    context = chromium.new_context(
        offline=True, viewport={"width": 375, "height": 800}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    view, address = pages["strength_map"]
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.get_by_text("Tap a mark to see who it is.").is_visible()
    assert not page.get_by_text("Point at a mark").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    told = cards(view)
    for mark in alone(view, 1)[::15]:
        page.touchscreen.tap(*place_of(page, view, mark))
        assert card_of(page) == told[mark]
    x, y = seen(page)[1]["x"], seen(page)[1]["y"]
    page.touchscreen.tap(x + 4, y + 4)  # where nobody is
    assert not page.locator("#card").is_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("chart", CHARTS)
def test_hostile_names_are_texts(shown, chart):
    page, view = shown(f"hostile {chart}")
    page.locator("#chart").focus()
    names = []
    for _ in view.payload["names"]:
        page.keyboard.press("ArrowRight" if chart == "strength_map" else "ArrowDown")
        names.append(page.locator("#card .name").text_content())
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert names == view.payload["names"]
    assert any(name.startswith("<script>document.title='hacked'</script>") for name in names)
    assert page.title() == view.payload["title"]
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, body style, #card b, #card svg").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("name", [*CHARTS, "hostile strength_map", "hostile barcodes"])
@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_nothing_is_wider_than_the_window(shown, name, width):
    page, view = shown(name, width=width)
    page.locator("#chart").focus()
    for key in ("ArrowDown", "ArrowRight", "End", "ArrowLeft"):
        page.keyboard.press(key)
        assert page.evaluate(WIDER_THAN_THE_WINDOW) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(view.drawings) == 2


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(shown, scheme):
    page, view = shown("barcodes", scheme=scheme)
    page.mouse.move(*place_of(page, view, 3, 5))
    found = page.evaluate(CONTRASTS)
    assert len(found) > 8
    assert [words for ratio, words in found if ratio < 4.5] == []
    body = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert body == {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 24, 28)"}[scheme]
    ink = page.locator("#drawings svg").first.evaluate(
        """svg => [...svg.querySelectorAll('[stroke="var(--ink)"]')].map(
            one => getComputedStyle(one).stroke)"""
    )
    assert set(ink) == {{"light": "rgb(28, 33, 39)", "dark": "rgb(236, 239, 242)"}[scheme]}


@pytest.mark.browser
def test_the_paper_is_white_whatever_the_light(shown):
    page, _ = shown("strength_map", scheme="dark", media="print", width=375)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    drawn = [svg.is_visible() for svg in page.locator("#drawings svg").all()]
    assert drawn == [True, False]  # paper is wide
    assert not page.locator("#help").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("chart", CHARTS)
def test_without_its_script_it_is_the_drawing(chromium, pages, chart):
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(pages[chart][1])
    assert page.locator("#drawings svg").first.is_visible()
    assert not page.get_by_text("to see who it is").first.is_visible()
    assert pages[chart][0].payload["finding"] == page.locator("[role=img]").get_attribute(
        "aria-label"
    )
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_it_works_in_a_frame_within_a_page_of_its_own_policy(offline_page, pages, tmp_path, width):
    policy = (
        f"default-src 'none'; script-src {policy_sources()['script-src']}; "
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )
    view = pages["strength_map"][0]
    path = tmp_path / "page.html"
    path.write_text(
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{policy}"><meta name="viewport" content="width=device-width">'
        "<style>@media (max-width: 40rem) { iframe { --shape: var(--narrow); } }</style>"
        f"<title>Report</title><h1>Report</h1>{view.frame()}",
        "utf-8",
    )
    offline_page.set_viewport_size({"width": width, "height": 900})
    offline_page.goto(path.as_uri())
    inner = offline_page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    place = 0 if width == 1280 else 1
    box = offline_page.locator("iframe").bounding_box()
    svgs = inner.locator("#drawings svg")
    assert [svg.is_visible() for svg in svgs.all()] == [place == 0, place == 1]
    drawn, help_ = svgs.nth(place).bounding_box(), inner.locator("#help").bounding_box()
    assert drawn["width"] == pytest.approx(box["width"], abs=1)
    assert drawn["y"] + drawn["height"] <= help_["y"] + 8
    assert help_["y"] + help_["height"] <= box["y"] + box["height"] + 1
    mark = alone(view, place)[10]
    drawing = view.payload["drawings"][place]
    unit = drawn["width"] / drawing["size"][0]
    offline_page.mouse.move(
        drawn["x"] + drawing["x"][mark] * unit, drawn["y"] + drawing["y"][mark] * unit
    )
    inner.locator("#card").wait_for()
    assert inner.locator("#card p").all_inner_texts() == cards(view)[mark]
    framed = offline_page.frames[1]
    assert framed.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert offline_page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_notebook_on_a_phone_shows_the_chart_as_drawn_for_it(offline_page, sample, tmp_path):
    view = nq.plot.hover(nq.plot.strength_map(sample[1]))
    path = tmp_path / "page.html"
    path.write_text(
        '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<title>Notebook</title><body data-jp-theme-light="false"><h1>Notebook</h1>'
        f"{view._repr_html_()}</body>",
        "utf-8",
    )
    offline_page.set_viewport_size({"width": 375, "height": 900})
    offline_page.goto(path.as_uri())
    inner = offline_page.frame_locator("iframe")
    inner.locator("html[data-theme=dark]").wait_for(state="attached")
    drawing = inner.locator("#drawings svg").nth(1)
    drawing.wait_for()
    box, frame = drawing.bounding_box(), offline_page.locator("iframe").bounding_box()
    help_ = inner.locator("#help").bounding_box()
    assert box["y"] + box["height"] <= help_["y"] + 1  # the legend is whole
    assert help_["y"] + help_["height"] <= frame["y"] + frame["height"] + 1
    # the smallest words of it are 8.5 points: 9 pixels as shown
    assert 8.5 * box["width"] / view.payload["drawings"][1]["size"][0] >= 9
    assert offline_page.frames[1].evaluate(
        "getComputedStyle(document.body).backgroundColor"
    ) == "rgb(21, 24, 28)"  # fmt: skip


def test_both_drawings_are_of_the_table_as_it_was(sample):
    people = sample[1].copy()
    ax = nq.plot.strength_map(people)
    people["silent_days"] = people["silent_days"].where(people["status"] == "active")
    wide, narrow = nq.plot.hover(ax).payload["drawings"]
    assert len(wide["x"]) == len(narrow["x"]) == 211
