"""The kinds of report: with names, under invented names, counts only; and earlier lists."""

from __future__ import annotations

import re
from pathlib import Path

import leaks
import pytest
from exports import connection, files, write_folder
from test_report import Node, elements, page_of, section, talk

import netquality as nq
from netquality import cli
from netquality.errors import SettingError
from netquality.report import render_report, write_report

SEED = "a sentence that nobody else knows"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@pytest.fixture(scope="module")
def sample():
    return nq.load_sample()


@pytest.fixture(scope="module")
def people(sample):
    return nq.assess(sample)


@pytest.fixture(scope="module")
def originals(sample):
    return leaks.originals(sample)


def brand(page: Node) -> str:
    return next(page.find(css="brand")).text.replace(" ,", ",")


# -- under invented names -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def renamed(sample, people):
    return render_report(sample, people, pseudonyms=SEED)


@pytest.fixture(scope="module")
def named(owners_report):
    return owners_report.read_text("utf-8")


def test_nothing_of_the_original_is_under_invented_names(originals, renamed, named):
    assert leaks.found(originals, renamed) == []
    assert len(leaks.found(originals, named)) > 800  # it would be found


def test_invented_names_are_said_first_and_the_figures_are_the_same(named, renamed):
    page = page_of(renamed)
    assert brand(page).startswith("Under invented names, not anonymous.")
    assert "(invented names)" in next(page.find(tag="title")).text
    assert "under invented names; made to be shown to people" in next(page.find(tag="footer")).text
    assert "dates, sizes and who knows whom can give people away" in page.text
    named = page_of(named)
    assert next(page.find(tag="h1")).text == next(named.find(tag="h1")).text
    for part in ("statuses", "habits"):
        assert section(page, part).text == section(named, part).text
    assert brand(named).startswith("With names, made for the owner")


def test_who_is_hidden_stays_so_and_nothing_else_of_the_owners_word_does(sample, people):
    hidden = people.sort_values("mutual_contact_days").tail(2)
    changed = people.assign(
        is_hidden=people["person_id"].isin(hidden["person_id"]),
        owner_label=people["owner_label"].mask(people.index < 20, "close"),
    )
    page = page_of(render_report(sample, changed, pseudonyms=SEED))
    assert "but 2 people whom you hide" in section(page, "everybody").text
    assert "Your journal says" not in page.text


def test_a_seed_is_needed_and_no_two_kinds_at_once(sample):
    with pytest.raises(SettingError, match="seed: is no key"):
        render_report(sample, pseudonyms="")
    with pytest.raises(SettingError, match="counts have no names"):
        render_report(sample, pseudonyms=SEED, is_aggregate=True)


# -- counts only ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def counts(sample, people):
    return render_report(sample, people, is_aggregate=True, is_sample=True)


def test_counts_are_those_of_aggregate_and_name_nobody(sample, people, originals, counts):
    assert leaks.found(originals, counts) == []
    page, table = page_of(counts), nq.aggregate(sample, people)
    shown = {}
    for part in page.find(tag="section"):
        for row in part.find(tag="tr"):
            if cells := list(row.find(tag="td", css="n")):
                answer = next(row.find(tag="th")).text.removesuffix(" (together)").casefold()
                shown[part.attributes["aria-labelledby"], answer] = cells[0].text
    told = table[table["question"] != "connections"]
    assert len(shown) == len(told)
    for row in told.itertuples():
        count = "not shown" if row.person_count is leaks.pd.NA else f"{row.person_count:,}"
        assert shown[row.question.replace(" ", "-"), row.answer.casefold()] == count
    assert f"{len(people[people['is_connection']]):,} connections" in next(page.find(tag="h1")).text


def test_counts_say_what_they_are_and_by_which_rule(sample, people, counts):
    page = page_of(counts)
    assert brand(page) == "Counts only, without names. As of November 2026"
    assert nq.aggregate(sample, people).attrs["rule"] in page.text
    foot = next(page.find(tag="footer")).text
    assert "personal data" not in foot
    assert "no name" in foot
    assert not {"script", "iframe", "svg", "img", "a", "form"} & set(elements(page))
    assert f'content="{POLICY}"' in counts
    assert "20 November" not in counts  # a month, no day


def test_of_fewer_than_five_nothing_is_counted(tmp_path):
    made = files(connections=[connection("ana")], messages=talk("ana", 2020))
    page = page_of(render_report(nq.read_linkedin(write_folder(tmp_path, made)), is_aggregate=True))
    assert "Too few connections to count" in next(page.find(tag="h1")).text
    assert not list(page.find(tag="table"))
    assert "fewer than 5 connections" in page.text


def test_counts_of_a_choice_of_people_are_refused(sample, people, tmp_path):
    with pytest.raises(nq.NetQualityError, match="not all connections"):
        write_report(sample, tmp_path / "x.html", people.iloc[1:], is_aggregate=True)
    assert not (tmp_path / "x.html").exists()


# -- the command line -----------------------------------------------------------------------------


@pytest.fixture
def export(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    slugs = [f"geheim{number}" for number in range(8)]
    made = files(
        connections=[connection(slug, family="Geheimnisvoll") for slug in slugs],
        messages=[row for slug in slugs for row in talk(slug, 2020)],
    )
    return str(write_folder(tmp_path / "in", made))


@pytest.mark.parametrize("kind", ["--pseudonyms", "--aggregate"])
def test_the_command_line_makes_both_and_says_so(export, kind, capsys):
    said = {"--pseudonyms": "under invented names", "--aggregate": "of counts only"}[kind]
    assert cli.main(["report", export, kind]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == f"Report {said}: report.html"
    assert ("In touch" in printed) == (kind != "--aggregate")  # whose small counts are exact
    assert "geheim" not in Path("report.html").read_text("utf-8").casefold()


def test_each_report_under_invented_names_has_others_and_its_key_stands_nowhere(export, capsys):
    made = []
    for _ in range(2):
        assert cli.main(["report", export, "--pseudonyms"]) == 0
        made.append(Path("report.html").read_text("utf-8"))
    assert made[0] != made[1]
    assert not re.search("[0-9a-f]{64}", capsys.readouterr().out + made[0])


def test_both_kinds_at_once_are_refused(export, capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["report", export, "--pseudonyms", "--aggregate"])
    assert "not allowed with argument" in capsys.readouterr().err


# -- what came of earlier lists -------------------------------------------------------------------


def test_what_came_of_earlier_lists_is_said_where_some_were_kept(sample, people, named, tmp_path):
    path = tmp_path / "netquality-journal.csv"
    proposed = nq.reconnect(nq.assess(sample, "2026-06-30"), n=3, on="2026-07-01")
    journal = nq.keep_list(proposed, path, sample, begin="2026-07-01")
    sentence = nq.list_outcomes(journal, sample).attrs["sentence"]
    assert sentence.startswith("Of 3 people proposed")
    again = section(page_of(render_report(sample, people, journal=journal)), "again").text
    assert f"What came of earlier lists. {sentence}" in again
    without = section(page_of(named), "again").text
    assert "What came of" not in without
