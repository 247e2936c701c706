"""The report on paper: three findings, three people, three questions on one sheet, nothing cut."""

from __future__ import annotations

import os
import re

import pytest
from exports import connection, files, write_folder
from test_report import page_of, section, talk
from test_report_browser import hostile_tables

import netquality as nq
from netquality.report import render_report, write_report
from netquality.report.habits import habits_of

PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
ALONE = "main > :not(.paper), footer { display: none !important; }"


@pytest.fixture(scope="module")
def sample():
    return nq.load_sample()


@pytest.fixture(scope="module")
def people(sample):
    return nq.assess(sample)


@pytest.fixture(scope="module")
def page(owners_report):
    return page_of(owners_report.read_text("utf-8"))


def test_three_findings_three_people_three_questions(page):
    paper = section(page, "paper")
    lists = list(paper.find(tag="ol"))
    assert [len(list(one.find(tag="li"))) for one in lists] == [3, 3, 3]
    heads = [head.text for head in paper.find(tag="h3")]
    assert heads == ["Three findings", "Three people, worth a word again", "Three questions"]
    assert all(item.text.endswith("?") for item in lists[2].find(tag="li"))


def test_each_finding_is_a_sentence_of_a_habit_with_its_interval(sample, people, page):
    said = {" ".join(habit.said.split()) for habit in habits_of(sample, people) if habit.is_sure}
    found = [item.text for item in next(section(page, "paper").find(tag="ol")).find(tag="li")]
    assert set(found) <= said
    for finding in found:
        assert re.search(r"\([\d.]+ to [\d.]+( %)?\)", finding), finding
    assert "In brackets: the 95 % interval." in section(page, "paper").text


def test_the_people_are_the_first_of_the_list_with_one_reason(page):
    names = [head.text for head in section(page, "again").find(tag="h3")]
    reasons = [next(item.find(tag="p")).text for item in section(page, "again").find(tag="li")]
    assert reasons
    people = list(section(page, "paper").find(tag="ol"))[1]
    for item, name in zip(people.find(tag="li"), names[:3], strict=True):
        assert item.text.startswith(name)
        assert item.text.count(".") == 1
        assert re.search(r"There was talk on \d+ days? .*\.$", item.text)


def test_of_few_people_there_are_counts_and_no_habit(tmp_path):
    made = files(connections=[connection("ana"), connection("ben")], messages=talk("ana", 2020))
    paper = section(page_of(render_report(nq.read_linkedin(write_folder(tmp_path, made)))), "paper")
    findings, people, questions = (list(one.find(tag="li")) for one in paper.find(tag="ol"))
    assert [len(findings), len(people), len(questions)] == [2, 1, 3]  # a count of nobody is none
    assert findings[0].text in {
        "Resting: 1 of 2 connections (50 %).",
        "No conversation on record: 1 of 2 connections (50 %).",
    }
    assert "One person, worth a word again" in paper.text
    assert "95 % interval" not in paper.text


def test_habits_say_what_they_say_elsewhere_and_what_they_cannot(sample, people, page):
    shown = section(page, "habits").text
    habits = habits_of(sample, people)
    assert len(habits) == 6
    for habit in habits:
        assert " ".join(habit.said.split()) in shown
        assert habit.unknown[1:] in shown
    own = (nq.habits.conversation_rate, nq.habits.openings, nq.habits.listening,
           nq.habits.resumption, nq.habits.relationship_survival,
           nq.habits.need_driven_outreach)  # fmt: skip
    for habit, function in zip(habits, own, strict=True):
        assert habit.sentence == function(sample, people).attrs["sentence"]


def test_the_bar_of_a_habit_is_its_interval(sample, people):
    habit = next(one for one in habits_of(sample, people) if one.name == "openings")
    share, low, high = (round(one) for one in habit.strip)
    assert f"{share} % ({low} to {high} %)" in habit.sentence


# -- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(sample, people, sample_report, tmp_path_factory):
    where = tmp_path_factory.mktemp("paper")
    name = "<script>_11-20-2026" if os.name != "nt" else "x"
    hostile = nq.read_linkedin(write_folder(where / "h", files(**hostile_tables()), name))
    return {
        "sample": sample_report.as_uri(),
        "hostile": write_report(hostile, where / "h.html").as_uri(),
        "renamed": write_report(sample, where / "r.html", people, pseudonyms="x y z").as_uri(),
    }


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["sample", "hostile", "renamed"])
def test_it_is_one_page_and_nothing_is_cut(offline_page, pages, kind):
    page = offline_page
    page.goto(pages[kind])
    sizes = {"A4": 210, "Letter": 215.9}
    for size in sizes:
        assert len(PAGES.findall(page.pdf(format=size))) > 4, size
    page.add_style_tag(content=ALONE)
    for size in sizes:
        assert len(PAGES.findall(page.pdf(format=size))) == 1, size
    page.emulate_media(media="print")
    for size, wide in sizes.items():
        page.set_viewport_size({"width": int((wide - 32) / 25.4 * 96), "height": 900})
        assert page.locator(".paper li").evaluate_all(
            "all => all.every(one => one.scrollWidth <= one.clientWidth + 1)"
        ), size


@pytest.mark.browser
def test_on_a_screen_there_is_no_sheet_and_on_paper_no_list(offline_page, pages):
    page = offline_page
    page.goto(pages["sample"])
    assert page.locator(".paper").is_hidden()
    assert page.locator("#roll").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".paper").is_visible()
    assert page.locator("#roll").is_hidden()


@pytest.mark.browser
def test_on_paper_every_circle_stands_and_no_word_of_a_picture_that_does_not(
    offline_page, pages, sample, people
):
    page = offline_page
    page.goto(pages["sample"])
    circles = page.locator("section[aria-labelledby=circles]")
    assert "The picture shows" in circles.inner_text()
    page.emulate_media(media="print")
    assert page.locator(".picture").is_hidden()
    assert "picture" not in circles.inner_text()
    found = nq.graph_measures(nq.to_graph(sample, people))
    rows = circles.locator("tbody tr").filter(visible=True)
    assert rows.count() == len(found.communities)
    told = circles.locator(".between-two li").filter(visible=True)
    assert told.count() == found.members["is_broker"].sum()


@pytest.mark.browser
def test_no_sheet_is_left_half_empty(offline_page, pages):
    page = offline_page
    page.goto(pages["sample"])
    assert len(PAGES.findall(page.pdf(format="A4"))) <= 12  # they were 13, with fewer words
    page.emulate_media(media="print")
    style = "one => getComputedStyle(one).breakAfter"
    for table in ("statuses", "read", "circles"):
        rows = page.locator(f".{table}").first.locator("tbody tr")
        assert [rows.nth(at).evaluate(style) for at in (0, 1)] == ["avoid", "avoid"]
