"""The report: true counts, text that stays text, one safe file, the same bytes everywhere."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import oracle
import pytest
from exports import connection, files, message, position, recommendation, write_folder, write_zip

import netquality as nq
from netquality.chance.model import judged
from netquality.errors import NetQualityError
from netquality.framed import holder
from netquality.graph.view import policy_sources as of_circles
from netquality.plot.hover import policy_sources as of_charts
from netquality.report import LONGEST, render_report, write_report
from netquality.status import LABELS

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
VOID = {"meta", "br", "hr", "img", "link", "input", "use", "path", "rect"}


class Node:
    """One element of a page."""

    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children = tag, dict(attributes), []

    def find(self, *, tag=None, css=None):
        """Yield each element below with this tag and class."""
        for child in self.children:
            if isinstance(child, Node):
                classes = (child.attributes.get("class") or "").split()
                if tag in (None, child.tag) and (css is None or css in classes):
                    yield child
                yield from child.find(tag=tag, css=css)

    @property
    def text(self):
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())


class Page(HTMLParser):
    """A page as a tree, read by the parser of the standard library."""

    def __init__(self, html):
        super().__init__()
        self.root = Node("page", [])
        self.open = [self.root]
        self.feed(html)
        self.close()
        assert [node.tag for node in self.open] == ["page"], "an element was not closed"

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].children.append(data)


def page_of(html: str) -> Node:
    return Page(html).root


def section(page: Node, name: str) -> Node | None:
    found = [
        node for node in page.find(tag="section") if node.attributes["aria-labelledby"] == name
    ]
    return found[0] if found else None


def number(text: str) -> int:
    return int(text.replace(",", ""))


def counts_in(page: Node) -> dict[str, int]:
    """Return what the table of statuses says, by its labels."""
    rows = next(section(page, "statuses").find(tag="tbody")).find(tag="tr")
    return {
        next(row.find(tag="th")).text: number(next(row.find(tag="td", css="n")).text)
        for row in rows
    }


def elements(page: Node) -> Counter[str]:
    return Counter(node.tag for node in page.find())


def talk(who: str, year: int) -> list[list[str]]:
    """Both write on days more than a week apart: a relationship."""
    days = ((1, False), (3, True), (20, False), (22, True))
    return [message(who, f"{year}-06-{day:02d}", sent=sent) for day, sent in days]


@pytest.fixture(scope="module")
def sample():
    return nq.load_sample()


@pytest.fixture(scope="module")
def html(sample_report):
    return sample_report.read_text("utf-8")


@pytest.fixture(scope="module")
def page(html):
    return page_of(html)


@pytest.fixture
def report_of(tmp_path):
    """Return the page of an export made of the given tables."""

    def make(**tables):
        return page_of(render_report(nq.read_linkedin(write_folder(tmp_path, files(**tables)))))

    return make


# -- true counts ----------------------------------------------------------------------------------


def test_the_counts_are_those_of_assess(sample, page):
    people = nq.assess(sample)
    status = people[people["is_connection"]]["status"]
    expected = {label: int((status == key).sum()) for key, label in LABELS.items()}
    assert counts_in(page) == expected
    total = next(section(page, "statuses").find(tag="tfoot"))
    assert number(next(total.find(tag="td", css="n")).text) == sum(expected.values())


def test_the_counts_are_those_of_a_count_by_hand_over_the_truth(page):
    truth = SAMPLE / "truth"
    whole = json.loads((truth / "truth.json").read_text("utf-8"))
    people = oracle.read(truth / "people.csv")
    praised = {
        row["name"]
        for row in people
        if "True" in (row["has_recommended_owner"], row["is_recommended_by_owner"])
    }
    names = Counter(row["name"] for row in people if row["is_hidden"] != "True")
    by_hand = oracle.statuses(
        truth,
        date(2026, 11, 20),
        whole["owner"]["profile_key"],
        next(job["spellings"] for job in whole["jobs"] if job["finished_on"] is None),
        {row["profile_key"] for row in people if names[row["name"]] > 1 and row["name"] in praised},
    )
    counted = Counter(LABELS[status] for status in by_hand.values())
    assert counts_in(page) == {label: counted[label] for label in LABELS.values()}


def test_headline_tiles_and_chart_say_the_same(page):
    counts = counts_in(page)
    total = sum(counts.values())
    assert f"Of {total:,} connections" in next(page.find(tag="h1")).text
    assert f"with {counts['In touch']:,} here" in next(page.find(tag="h1")).text
    tiles = [
        number(next(tile.find(tag="b")).text)
        for tile in next(page.find(css="tiles")).find(tag="li")
    ]
    assert tiles == [
        total,
        *(counts[name] for name in ("In touch", "Resting", "One short exchange")),
    ]
    last = [row.text for row in next(section(page, "gathered").find(tag="tbody")).find(tag="tr")][
        -1
    ]
    assert last == " ".join(
        ["20 November 2026", f"{total:,}", *(f"{n:,}" for n in counts.values())]
    )
    drawing = next(node for node in page.find() if node.attributes.get("role") == "img")
    assert f"{counts['In touch']:,} of them in touch" in drawing.attributes["aria-label"]


def test_what_comes_by_itself_is_said_of_groups_and_of_nobody(page):
    people = nq.assess(nq.load_sample())
    own = people[people["is_connection"]]
    groups = own.groupby("status")["contact_chance"].agg(["count", "sum"])
    itself = section(page, "itself")
    rows = [row.text for row in next(itself.find(tag="tbody")).find(tag="tr")]
    assert len(rows) == (groups["count"] > 0).sum()
    for status, (number_, expected) in groups[groups["count"] > 0].iterrows():
        about = f"about {expected:,.0f}" if expected >= 0.5 else "hardly any"
        assert any(row.startswith(f"{LABELS[status]} {number_:.0f} {about}") for row in rows)
    said = {row.split(" ")[0]: row for row in rows}
    short, _, long = nq.backtest(nq.load_sample()).by_silence["verdict"]
    assert (short, long) == ("too low", "too high")
    assert said["In"].endswith(short)  # in touch: the last talk is at most 13 months old
    assert said["Resting"].endswith(long)
    assert nq.backtest(nq.load_sample()).sentence in itself.text
    assert "an extrapolation" in itself.text
    for word in ("no person's worth", f"between {judged().highest:.1f} times too high"):
        assert word in itself.text
    used = nq.backtest(nq.load_sample()).reliability["case_count"].median()
    assert f"Each dot stands for some {used:,.0f} cases" in itself.text
    people_of_list = next(page.find(css="people")).text
    assert "%" not in people_of_list
    assert "chance" not in people_of_list


def test_a_past_too_thin_gives_no_figure_and_no_chart(report_of):
    day = "2026-11-01 10:00:00 UTC"
    told = [message("ana", "2026-03-01 10:00:00 UTC", sent=True), message("ana", day, sent=True)]
    itself = section(report_of(connections=[connection("ana")], messages=told), "itself")
    assert "One-sided 1 hardly any" in itself.text
    assert "too thin to test the contact chance" in itself.text
    assert not list(itself.find(tag="figure"))


def test_a_message_to_somebody_outside_is_not_denied(report_of):
    told = [message("zed", "2026-10-01 10:00:00 UTC", sent=True)]
    itself = section(report_of(connections=[connection("ana")], messages=told), "itself")
    assert "no real message with any of them is on record" in itself.text
    assert "you wrote to nobody" not in itself.text


def test_who_wrote_to_nobody_lately_is_told_so(report_of):
    told = [message("ana", "2024-03-01 10:00:00 UTC", sent=True)]
    itself = section(report_of(connections=[connection("ana")], messages=told), "itself")
    assert "Nothing can be said: you wrote to nobody here in the last 180 days" in itself.text
    assert not list(itself.find(tag="table"))


def test_each_year_adds_up(page):
    for row in next(section(page, "gathered").find(tag="tbody")).find(tag="tr"):
        total, *parts = [number(cell.text) for cell in row.find(tag="td")]
        assert total == sum(parts)


def test_what_was_read_adds_up_to_the_rows_of_each_file(page):
    with_header = {"Connections.csv": 4}  # a note of three lines stands above it
    seen = 0
    for body in section(page, "read").find(tag="tbody"):
        name = next(next(body.find(tag="th")).find(tag="bdi")).text
        rows = sum(number(cell.text) for cell in body.find(tag="td", css="n"))
        path = SAMPLE / "Complete_LinkedInDataExport_11-20-2026" / name
        with path.open(encoding="utf-8", newline="") as file:
            filled = [row for row in csv.reader(file) if row]
        assert rows == len(filled) - (with_header.get(name, 2) - 1), name
        stated = re.search(r"\(([\d,]+) rows\)", next(body.find(tag="th")).text)
        assert stated is None or number(stated[1]) == rows
        seen += 1
    assert seen >= 8


def test_the_first_to_write_to_are_those_of_reconnect(sample, page):
    people = nq.assess(sample)
    chosen = nq.reconnect(people, n=10, network=sample)  # and so does the command line
    again = section(page, "again")
    shown = [item.text for item in next(again.find(css="people")).find(tag="li")]
    assert len(shown) == len(chosen) == 10
    for words, row in zip(shown, chosen.itertuples(), strict=True):
        assert words.startswith(" ".join(row.name.split()))
        assert words.endswith(f"{row.reasons} {row.prompt}")
    (unknown,) = set(chosen["unknown"])  # of all the same, so it is said once
    assert again.text.count(unknown) == 1


def test_no_text_of_a_message_is_in_the_page(page):
    words = page.text
    with (SAMPLE / "Complete_LinkedInDataExport_11-20-2026" / "messages.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        contents = {" ".join(row["CONTENT"].split()) for row in csv.DictReader(file)}
    texts = [text for text in contents if len(text) > 25]
    assert len(texts) > 1000
    assert not [text for text in texts if text in words]


# -- text stays text ------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp; <b>",
    "\u202egro.live\u202c",
    "http://203.0.113.1/x.png",
    "&#60;script&#62;",
    "Ω" * 10_000,
    "👩‍👩‍👧‍👦 שלום مرحبا " + "n" * 60,
    "-->]]><!--",
    "bell\x07and\x1bescape",
]


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def frames(page: Node) -> list[Node]:
    """Return the pages that the frames hold: the map, the barcodes, the circles."""
    found = list(page.find(tag="iframe"))
    assert {frame.attributes["sandbox"] for frame in found} == {"allow-scripts"}
    return [page_of(frame.attributes["srcdoc"]) for frame in found]


def payload_of(framed: Node) -> dict:
    return json.loads(next(framed.find(tag="script")).text)


def hostile_export(where: Path) -> Path:
    slugs = [f"h{n}" for n in range(len(HOSTILE))]
    made = files(
        connections=[
            connection(slug, given=name, family=name, company=name, position=name)
            for slug, name in zip(slugs, HOSTILE, strict=True)
        ],
        messages=[
            *(row for slug in slugs for row in talk(slug, 2015)),
            message(slugs[0], "2015-07-01", thread="2-group", to=slugs[1:]),
        ],
        positions=[position(HOSTILE[0], "Jan 2010")],
        recommendations=[recommendation(HOSTILE[0], family=HOSTILE[0])],
    )
    made["<img src=x onerror=alert(1)>.csv"] = "a,b"
    made["<script>alert(1)<&'/Connections.csv"] = made["Connections.csv"]
    return write_folder(where, made, "<script>alert(1)<&\"' \u202e_11-20-2026")


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_hostile_names_are_shown_as_text(tmp_path):
    network = nq.read_linkedin(hostile_export(tmp_path))
    html = render_report(network)
    page = page_of(html)
    assert len(frames(page)) == 3
    for part in (page, *frames(page)):
        own = {"script"} if part is not page else {"iframe", "script"}  # ours, and the frames
        assert not {"script", "img", "iframe", "object", "embed", "a"} & set(elements(part)) - own
        for node in part.find():
            assert not [name for name in node.attributes if name.startswith("on")]
            assert node.attributes.get("href", "#").startswith("#")
            assert "src" not in node.attributes
    assert "<script>alert(1)" in page.text
    shown = {node.text for node in section(page, "again").find(tag="h3")}
    assert len(shown) == 10
    longest = max(map(len, (node.text for node in page.find(tag="bdi"))))
    assert longest <= 400 + 2  # the longest is a sentence with a name in it
    (roll,) = [
        json.loads(node.text) for node in page.find(tag="script") if "type" in node.attributes
    ]
    assert max(map(len, [*roll["name"], *roll["companies"]])) <= LONGEST + 2
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", html)
    html.encode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_whatever_came_from_the_export_is_isolated(tmp_path):
    """A right-to-left override turns nothing but itself."""
    page = page_of(render_report(nq.read_linkedin(hostile_export(tmp_path))))

    def outside(node):
        for child in node.children:
            if isinstance(child, str):
                assert "\u202e" not in child
            elif child.tag != "bdi":
                outside(child)

    outside(page)
    assert any("\u202e" in node.text for node in page.find(tag="bdi"))


@pytest.mark.skipif(sys.platform != "linux", reason="only there names may be any bytes")
def test_a_name_of_any_bytes_is_written(tmp_path):
    folder = write_folder(tmp_path, files(connections=[connection("ana")], messages=[]), "x")
    strange = os.fsencode(tmp_path) + b"/\xff\xfe_11-20-2026"
    os.rename(folder, strange)  # noqa: PTH104 - a Path shows such bytes no better
    network = nq.read_linkedin(os.fsdecode(strange))
    path = write_report(network, tmp_path / "report.html")
    assert "??_11-20-2026" in path.read_text("utf-8")


def test_long_and_foreign_names_stand_whole(report_of):
    names = ["n" * 80, "עברית שלום", "Zoë 🚀"]
    slugs = ["one", "two", "three"]
    page = report_of(
        connections=[
            connection(slug, given=name, family="") for slug, name in zip(slugs, names, strict=True)
        ],
        messages=[row for slug in slugs for row in talk(slug, 2020)],
    )
    assert {node.text for node in section(page, "again").find(tag="h3")} == set(names)


# -- one safe file --------------------------------------------------------------------------------


def test_it_allows_itself_nothing_and_asks_for_nothing(html, page):
    policy = [
        node.attributes["content"]
        for node in page.find(tag="meta")
        if node.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    data, script, holds = page.find(tag="script")
    assert data.attributes == {"type": "application/json", "id": "roll-data"}
    assert script.attributes == {}
    own = hash_of("".join(script.children))
    scripts = [own, of_charts()["script-src"], of_circles()["script-src"]]
    assert "".join(holds.children) == holder()  # gives the frames their height
    scripts.append(hash_of(holder()))
    allowed = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src {' '.join(scripts)}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert policy == [allowed]
    inner = frames(page)
    ran = []
    for frame, held in zip(page.find(tag="iframe"), inner, strict=True):
        assert elements(held)["script"] == 2  # what is shown, and the script of that hash
        script = frame.attributes["srcdoc"].rsplit("<script>", 1)[1].rsplit("</script>", 1)[0]
        ran.append(hash_of(script))
        assert not {"link", "img", "iframe", "base", "a"} & set(elements(held))
    assert ran == [scripts[1], *scripts[1:3]]
    assert not {"link", "img", "form", "base", "a"} & set(elements(page))
    for node in [*page.find(), *(node for held in inner for node in held.find())]:
        for name, value in node.attributes.items():
            if name == "srcdoc":
                continue
            assert name == "xmlns" or not re.search(r"(?:https?:)?//|javascript:", value or "")
            assert not name.startswith("on")
    for style in page.find(tag="style"):
        assert "@import" not in style.text
        assert "url(" not in style.text.replace("url(#", "")
    assert "<metadata" not in html


def test_its_structure(page):
    tags = [node.tag for node in page.find() if re.fullmatch("h[1-6]", node.tag)]
    assert tags[0] == "h1"
    assert tags.count("h1") == 1
    levels = [int(tag[1]) for tag in tags]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    found = elements(page)
    assert [found[tag] for tag in ("main", "header", "footer", "title")] == [1, 1, 1, 1]
    ids = [node.attributes["id"] for node in page.find() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for node in page.find(tag="section"):
        assert node.attributes["aria-labelledby"] in ids


def test_the_tab_says_what_and_when(page):
    assert re.fullmatch(
        r"\d+ of \d+ connections in touch, 20 November 2026 \(sample\)",
        next(page.find(tag="title")).text,
    )


def test_the_foot_counts_whom_it_names(sample, page):
    *charts, circles = map(payload_of, frames(page))
    table = nq.assess(sample).set_index("person_id")
    people = table["name"]
    named = set(circles["people"]["id"]) | set(people.index[people.isin(charts[0]["names"])])
    (roll,) = [
        json.loads(node.text) for node in page.find(tag="script") if "type" in node.attributes
    ]
    listed = people[table["status"].notna()]
    assert sorted(listed) == sorted(roll["name"])
    named |= set(listed.index)
    again = {node.text for node in section(page, "again").find(tag="h3")}
    assert again <= set(people[sorted(named)])
    assert f"personal data of {len(named) + 1} people" in next(page.find(tag="footer")).text


def test_person_by_person_says_what_the_charts_say(sample, page):
    people = nq.assess(sample)
    part = section(page, "everyone")
    charts = [payload_of(framed) for framed in frames(page)[:2]]
    own = [nq.plot.strength_map(people), nq.plot.barcodes(sample, people)]
    for chart, ax in zip(charts, own, strict=True):
        told = nq.plot.hover(ax).payload
        for what in ("finding", "names", "lines", "texts", "ticks"):
            assert chart[what] == told[what]
        assert len(chart["drawings"]) == 2  # and one for phones
    heads = [node.text for node in part.find(tag="h3")]
    assert [f"{head}." for head in heads] == [chart["finding"] for chart in charts]
    order = [node.attributes["id"] for node in page.find(tag="h2")]
    assert order.index("statuses") < order.index("everyone") < order.index("circles")


def test_nobody_hidden_is_named_by_a_chart(sample):
    people = nq.assess(sample)
    chosen = people.sort_values("mutual_contact_days").tail(2)
    people["is_hidden"] = people["person_id"].isin(chosen["person_id"])
    hidden = page_of(render_report(sample, people))
    assert not [name for name in chosen["name"] for held in frames(hidden) if name in held.text]
    for framed in frames(hidden)[:2]:
        names = payload_of(framed)["names"]
        assert sum(name.startswith("Somebody you hide") for name in names) == 2


def test_the_circles_are_those_of_the_graph(sample, page):
    found = nq.graph_measures(nq.to_graph(sample, nq.assess(sample)))
    part = section(page, "circles")
    there = [row for body in part.find(tag="tbody") for row in body.find(tag="tr")]
    printed = [row for one in part.find(tag="div", css="printed") for row in one.find(tag="tr")]
    rows = [row for row in there if row not in printed]
    assert [row.text for row in printed[1:]] == [row.text for row in rows[8:]]
    told = [[cell.text for cell in row.children if not isinstance(cell, str)] for row in rows]
    table = found.communities
    assert [one[0].removesuffix(" gone quiet") for one in told] == table["name"].tolist()
    assert [one[0].endswith(" gone quiet") for one in told] == table["is_quiet"].tolist()
    assert [int(one[1]) for one in told] == table["person_count"].tolist()
    assert [int(one[2]) for one in told] == table["in_touch_count"].tolist()
    assert [int(one[4]) for one in told] == table["resting_count"].tolist()
    assert [one.text for one in next(part.find(tag="ul")).find(tag="li")] == found.sentences()[:-1]
    assert found.caveat in part.text


def test_the_people_of_the_circles_are_connections_and_others_on_file(sample, page):
    people = nq.assess(sample)
    others = int((~people["is_connection"]).sum())
    assert others == 62
    assert (
        "The 940 people are your 878 connections and 62 others on file: in a message to one or "
        "several, in an invitation, or in an address book."
    ) in section(page, "circles").text


def test_who_is_hidden_or_no_connection_is_told_where_a_second_count_stands(sample, page):
    people = nq.assess(sample)
    whole = next(section(page, "statuses").find(tag="tfoot")).text
    assert whole.endswith("878 and 22 hidden members, of whom the file has only a date")
    assert "878 connections gathered, and 22 hidden members" in page.text
    outside = people[~people["is_connection"]]["status"].value_counts().to_dict()
    assert outside == {"brief": 4}
    assert section(page, "everyone").text.count("One short exchange 4") == 1
    assert (
        "here the others are counted too (One short exchange 4)." in section(page, "everyone").text
    )
    assert (
        "The picture's counts by status are of connections and of others (One short exchange 4)."
        in page.text
    )


def test_your_word_stands_in_the_head_and_beneath_the_statuses(sample):
    people = nq.assess(sample)
    key = people.loc[people["status"] == "one_way", "person_id"].iloc[0]
    who = people["person_id"] == key
    labelled = people.assign(
        owner_label=people["owner_label"].mask(who, "close"),
        status_shown=people["status_shown"].mask(who, "In touch, you say so"),
    )
    page = page_of(render_report(sample, labelled))
    said = "By your word 1 is in touch, counted as One-sided."
    assert said in next(page.find(tag="header")).text
    assert said in section(page, "statuses").text


def test_who_stands_between_two_circles_is_named_with_both(sample, page):
    people = nq.assess(sample)
    found = nq.graph_measures(nq.to_graph(sample, people))
    some = found.members[found.members["is_broker"]].set_index("node_id")
    name = people.set_index("person_id")["name"]
    circle = found.communities.set_index("community_id")["name"]
    wanted = {
        f"{name[key]} : {circle[row.community_id]} towards {circle[row.other_community_id]}"
        for key, row in some.iterrows()
    }
    part = section(page, "circles")
    (shown, printed) = part.find(tag="ul", css="between-two")
    assert {item.text for item in shown.find(tag="li")} == wanted
    assert [one.text for one in printed.find(tag="li")] == [
        one.text for one in shown.find(tag="li")
    ]
    assert f"Who stands between two circles ({len(wanted)})" in part.text


def test_nobody_you_hide_is_named_between_two_circles(sample):
    people = nq.assess(sample)
    found = nq.graph_measures(nq.to_graph(sample, people))
    key = found.members.loc[found.members["is_broker"], "node_id"].iloc[0]
    hidden = people.assign(is_hidden=people["person_id"] == key)
    part = section(page_of(render_report(sample, hidden)), "circles")
    listed = next(part.find(tag="ul", css="between-two")).text
    assert people.set_index("person_id")["name"][key] not in listed
    assert "Not named: 1 person you hide." in part.text


def test_without_circles_only_the_list_and_the_charts_have_a_script(report_of):
    page = report_of(connections=[connection("ana")], messages=talk("ana", 2020))
    assert section(page, "circles") is None
    assert [payload_of(framed)["names"] for framed in frames(page)] == [["Ana Erfunden"]] * 2
    policy = next(
        node.attributes["content"]
        for node in page.find(tag="meta")
        if node.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    own = hash_of("".join(list(page.find(tag="script"))[1].children))
    assert f"script-src {own} {of_charts()['script-src']};" in policy


def test_without_a_relationship_there_are_no_barcodes(report_of):
    told = [message("ana", "2026-03-01 10:00:00 UTC", sent=True)]
    page = report_of(connections=[connection("ana")], messages=told)
    (framed,) = frames(page)
    assert payload_of(framed)["title"] == "Strength map"


def test_the_foot_says_what_the_scripts_are_for(page):
    foot = next(page.find(tag="footer")).text
    assert (
        "one shows the list of everybody, and what can be pointed at is drawn by others, each shut "
        "in a frame; one more makes the frame of the circles as high as what is in it. Made"
    ) in foot


def test_where_there_is_no_list_there_is_no_script(report_of):
    page = report_of(connections=[connection("ana")])
    assert section(page, "everyone") is None
    assert not {"script", "iframe"} & set(elements(page))
    assert "runs no script" in next(page.find(tag="footer")).text


def test_where_nobody_wrote_only_the_list_has_a_script(report_of):
    page = report_of(connections=[connection("ana")], messages=[])
    assert section(page, "everyone") is None
    assert [elements(page)[name] for name in ("script", "iframe")] == [2, 0]
    assert "one shows the list of everybody." in next(page.find(tag="footer")).text


def test_it_is_small(html):
    # of which the scripts take 210,000, the circles 350,000, the charts of people 460,000, the list
    # of everybody 60,000 and the chart of habits 50,000
    assert len(html.encode()) < 1_450_000


# -- the same bytes -------------------------------------------------------------------------------


def test_the_bytes_do_not_depend_on_the_machine(tmp_path, html):
    program = "import sys; from netquality.cli import main; sys.exit(main())"
    pages = [html.encode()]  # as this process made it
    for number, changed in enumerate(
        (
            {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
        )
    ):
        path = tmp_path / f"{number}.html"
        subprocess.run(
            [sys.executable, "-c", program, "report", "-o", str(path)],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, **changed},
        )
        pages.append(path.read_bytes())
    assert pages[0] == pages[1] == pages[2]


def test_the_folder_says_what_the_zip_says(sample, html):
    network = nq.read_linkedin(SAMPLE / "Complete_LinkedInDataExport_11-20-2026")
    from_folder = render_report(network, is_sample=True)
    assert network.as_of == sample.as_of
    name = "Complete_LinkedInDataExport_11-20-2026"
    told = {"the archive's name": "the folder's name", f"{name}.zip": name}
    for one, other in told.items():
        html = html.replace(one, other).replace(one.replace("'", "&#39;"), other)
        from_folder = from_folder.replace(one, other).replace(one.replace("'", "&#39;"), other)
    assert from_folder == html


# -- other exports --------------------------------------------------------------------------------


def test_connections_alone_show_growth_and_employers_and_how_to_go_on(report_of):
    page = report_of(
        connections=[
            connection("ana", company="Invented Ltd"),
            connection("ben", company="Invented"),
            connection("cyd", company="Other Works"),
            connection("dan"),
        ]
    )
    assert section(page, "statuses") is None
    assert section(page, "again") is None
    assert next(section(page, "gathered").find(tag="h2")).text == "How your network grew"
    assert next(section(page, "gathered").find(tag="svg")) is not None
    rows = next(section(page, "employers").find(tag="tbody")).find(tag="tr")
    assert [row.text for row in rows] == ["Invented 2", "Other Works 1"]
    assert "1 profile named no employer" in section(page, "employers").text
    assert "larger data archive" in section(page, "messages").text
    body = next(page.find(tag="body")).text
    for words in ("Can't tell", "In touch", "resting", "in touch"):
        assert words not in body
    assert next(page.find(tag="title")).text == "4 connections, 20 November 2026"
    assert body.startswith("Names nobody. As of 20 November 2026")  # the owner neither


def test_what_names_no_employer_is_counted_as_naming_none(report_of):
    signs = ["-", "–", ".", "n/a", "none", "N.A.", "Freelance", "🚀"]
    named = ["Invented Ltd", "Invénted"]
    rows = [connection(f"who-{at}", company=said) for at, said in enumerate(signs + named)]
    told = section(report_of(connections=rows), "employers")
    assert [row.text for row in next(told.find(tag="tbody")).find(tag="tr")] == ["Invented Ltd 2"]
    assert "8 profiles named no employer" in told.text


def test_messages_alone_do_not_miss_the_messages(report_of):
    page = report_of(messages=talk("ana", 2026))
    assert section(page, "messages") is None
    assert section(page, "statuses") is None
    assert section(page, "gathered") is None
    said = section(page, "missing").text
    assert "no Connections.csv" in said
    assert "talk with 1 person." in said


def test_connections_that_name_nobody(report_of):
    page = report_of(connections=[], messages=talk("ana", 2026))
    assert "Connections.csv names nobody" in section(page, "missing").text
    assert section(page, "gathered") is None


def test_an_inbox_without_a_message(report_of):
    page = report_of(connections=[connection("ana"), connection("ben")], messages=[])
    assert counts_in(page)["No conversation on record"] == 2
    assert "no relationship on record here rests" in section(page, "again").text


def test_three_people(report_of):
    page = report_of(
        connections=[connection("ana"), connection("ben"), connection("cyd")],
        messages=talk("ana", 2026) + talk("ben", 2020),
    )
    counts = counts_in(page)
    assert (counts["In touch"], counts["Resting"], sum(counts.values())) == (1, 1, 3)
    assert "1 relationship rests. Here it is." in section(page, "again").text


def test_one_to_whom_one_wrote_lately_is_not_proposed(report_of):
    rows = [*talk("ana", 2020), message("ana", "2026-10-01", sent=True)]
    said = section(report_of(connections=[connection("ana")], messages=rows), "again").text
    assert "Nobody to propose: to the one who rests you wrote in the past half year" in said


def test_one_connection_is_no_plural(report_of):
    page = report_of(connections=[connection("ana")], messages=talk("ana", 2026))
    assert "1 connections" not in page.text
    assert "1 people" not in page.text
    assert "1 relationships" not in page.text


def test_an_earlier_date_counts_who_was_there(tmp_path):
    made = files(
        connections=[connection("ana", "01 Jan 2015"), connection("ben", "01 Jan 2022")],
        messages=talk("ana", 2019),
    )
    network = nq.read_linkedin(write_folder(tmp_path, made), as_of="2020-01-01")
    page = page_of(render_report(network))
    assert sum(counts_in(page).values()) == 1
    assert "Of 1 connection, you wrote back and forth with 1 here" in next(page.find(tag="h1")).text
    assert "1 connection gathered" in next(page.find(css="tiles")).text


# -- writing --------------------------------------------------------------------------------------


@pytest.fixture
def little(tmp_path):
    return nq.read_linkedin(write_zip(tmp_path, files(connections=[connection("ana")])))


def test_a_report_is_replaced_and_another_file_is_not(little, tmp_path):
    path = tmp_path / "report.html"
    assert write_report(little, path) == path
    before = path.read_bytes()
    assert write_report(little, path).read_bytes() == before
    other = tmp_path / "other.html"
    other.write_text("<p>mine")
    with pytest.raises(NetQualityError, match=r"other\.html: is there already"):
        write_report(little, other)
    assert other.read_text() == "<p>mine"
    assert write_report(little, other, force=True).read_bytes() == before


def test_what_is_no_file_is_never_replaced(little, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    places = [folder] if os.name == "nt" else [folder, Path(os.devnull)]
    for place in places:
        for force in (False, True):
            with pytest.raises(NetQualityError, match="is no file"):
                write_report(little, place, force=force)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_only_the_owner_may_read_it(little, tmp_path):
    path = tmp_path / "report.html"
    for _ in range(2):
        write_report(little, path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o644)


@pytest.mark.parametrize("failing", ["fdopen", "replace"])
def test_a_write_that_fails_leaves_the_old_file(little, tmp_path, monkeypatch, failing):
    path = tmp_path / "reports" / "report.html"
    path.parent.mkdir()
    write_report(little, path)
    before = path.read_bytes()

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fdopen") if failing == "fdopen" else (Path, "replace")), fail)
    with pytest.raises(NetQualityError, match="No space left on device"):
        write_report(little, path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["report.html"]


def test_nothing_of_the_callers_is_changed(sample):
    people = nq.assess(sample)
    before = people.copy(deep=True)
    render_report(sample, people)
    assert people.equals(before)
