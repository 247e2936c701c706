"""The list of everybody in the report: whom it holds, how it is searched and sorted."""

from __future__ import annotations

import json
import os
import re
import unicodedata

import pandas as pd
import pytest
from exports import connection, files, write_folder
from test_report_browser import HOSTILE, hostile_tables, talk

import netquality as nq
from netquality.report import LONGEST, render_report, write_report
from netquality.report.roll import roll_of
from netquality.status import LABELS, STATUSES


@pytest.fixture(scope="module")
def people():
    return nq.assess(nq.load_sample())


def told(people: pd.DataFrame) -> dict:
    return json.loads(roll_of(people).data)


def rows_of(table: dict) -> list[tuple]:
    """Return the rows as they would be shown."""
    return [
        (name, table["companies"][company] if company >= 0 else None, table["statuses"][status],
         day, mutual, table["reasons"][reason])
        for name, company, status, day, mutual, reason in zip(
            *(table[part] for part in ("name", "company", "status", "talk", "mutual", "reason")),
            strict=True,
        )
    ]  # fmt: skip


# -- whom it holds --------------------------------------------------------------------------------


def test_everybody_with_a_status_is_there_once_as_assess_says(people):
    some = people[people["status"].notna()].set_index("name")
    rows = rows_of(told(people))
    assert len(rows) == len(some) == roll_of(people).count
    for name, company, status, days, mutual, reason in rows:
        if (some.index == name).sum() > 1:  # namesakes
            continue
        row = some.loc[name]
        assert company == (row["company"] if isinstance(row["company"], str) else None)
        assert status == row["status_shown"] + ("" if row["is_connection"] else ", not connected")
        assert reason == row["status_reason"]
        assert mutual == row["mutual_contact_days"]
        day = None if days is None else pd.Timestamp(days, unit="D").date()
        assert day == (None if pd.isna(row["last_talk_at"]) else row["last_talk_at"].date())


def test_it_begins_with_those_in_touch_and_the_latest_talk(people):
    rows = rows_of(told(people))
    ranks = [list(LABELS.values()).index(re.split(r" \(|, not", row[2])[0]) for row in rows]
    assert ranks == sorted(ranks)
    days = [row[3] for row in rows if row[2] == LABELS["active"]]
    assert days == sorted(days, reverse=True)
    assert list(LABELS) == list(STATUSES)


def test_nobody_hidden_is_in_it_and_the_owner_is_told_how_many(people):
    hidden = people.sort_values("mutual_contact_days").tail(2)
    changed = people.assign(is_hidden=people["person_id"].isin(hidden["person_id"]))
    assert roll_of(changed).hidden_count == 2
    assert not set(hidden["name"]) & set(told(changed)["name"])
    assert not set(hidden["person_id"]) & roll_of(changed).named
    assert "but 2 people whom you hide" in render_report(nq.load_sample(), changed)


def test_the_owners_word_moves_nobody_else(people):
    some = people.copy()
    some["status_shown"] = some["status_shown"].astype("object")
    first = some.index[some["status"] == "active"][:2]
    some.loc[first[0], "status_shown"] = LABELS["feather"]  # labelled a stranger
    some.loc[first[1], "status_shown"] = f"{LABELS['active']}, you say so"
    table = told(some)
    assert f"{LABELS['feather']} (counted as {LABELS['active']})" in table["statuses"]
    ranks = [list(LABELS.values()).index(re.split(r" \(|, ", one)[0]) for one in table["statuses"]]
    assert ranks == sorted(ranks)  # a list sorted by status begins with those in touch
    for status, tone in zip(table["statuses"], table["tones"], strict=True):
        wanted = {LABELS[name]: name.replace("_", "-") for name in STATUSES}
        assert tone == wanted[re.split(r" \(|, ", status)[0]]


def test_of_many_alike_a_text_stands_once(people):
    table = told(people)
    for part in ("companies", "statuses", "reasons"):
        assert len(set(table[part])) == len(table[part])
    assert len(table["tones"]) == len(table["statuses"])


# -- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory, sample_report):
    where = tmp_path_factory.mktemp("everybody")
    name = "<script>_11-20-2026" if os.name != "nt" else "x"
    hostile = nq.read_linkedin(write_folder(where / "h", files(**hostile_tables()), name))
    return {
        "sample": sample_report.as_uri(),
        "hostile": write_report(hostile, where / "hostile.html").as_uri(),
    }


@pytest.fixture
def shown(offline_page, pages):
    def show(kind: str = "sample", *, width: int = 1280):
        offline_page.set_viewport_size({"width": width, "height": 900})
        offline_page.goto(pages[kind])
        return offline_page

    return show


def column(page, name: str) -> list[str]:
    return page.locator(f"#roll tbody .{name}").all_inner_texts()


def head(page, name: str):
    return page.locator("#roll").get_by_role("columnheader", name=name, exact=True)


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def search(page, words: str, said: str) -> None:
    page.get_by_label("Search names, employers, statuses and reasons").fill(words)
    page.locator("#found").get_by_text(said).wait_for()


@pytest.mark.browser
def test_rows_are_made_as_they_are_asked_for(shown, people):
    page, total = shown(), people["status"].notna().sum()
    page.get_by_text(f"{total} people; the first 10 are shown.").wait_for()
    assert page.locator("#without").is_hidden()
    assert page.locator("#roll tbody tr").count() == 10
    more = page.get_by_role("button", name="Show 100 more")
    for count in (110, 210):
        more.click()
        assert page.locator("#roll tbody tr").count() == count
    search(page, "gone quiet nobody", "Nobody is found.")
    assert page.locator("#more").is_hidden()
    assert page.locator("#roll tbody tr").count() == 0


@pytest.mark.browser
def test_after_the_last_rows_the_keyboard_goes_on_from_them(shown):
    page = shown()
    search(page, "one short exchange", "found; the first 10 are shown.")
    page.locator("#more").focus()
    page.keyboard.press("Enter")
    assert page.locator("#more").is_hidden()
    assert (
        page.evaluate("document.activeElement.tagName + document.activeElement.rowIndex") == "TR11"
    )


@pytest.mark.browser
def test_every_word_of_a_search_must_be_found_accents_or_not(shown, people):
    page = shown()
    some = people[people["status"].notna()]
    count = (some["status"] == "dormant").sum()
    search(page, "resting", f"{count} of {len(some)} people found")
    name = some.loc[some["name"] == "Sofía Palmorriaga", "company"].iloc[0]
    search(page, f"palmorriaga SOFIA {name}", f"1 of {len(some)} people found.")
    assert column(page, "name") == ["Sofía Palmorriaga"]
    norse = some["name"].str.contains("Øyvind").sum()  # a letter of its own, to Unicode
    assert norse > 0
    search(page, "oyvind", f"{norse} of {len(some)} people found")
    page.keyboard.press("Escape")
    page.get_by_text(f"{len(some)} people; the first 10").wait_for()


@pytest.mark.browser
def test_a_search_finds_a_name_with_an_apostrophe_however_it_is_typed(offline_page, tmp_path):
    rows = [connection("pat", given="Pat", family="O’Brien"), connection("mia", given="Mia")]
    made = files(connections=rows, messages=talk("pat", 2026) + talk("mia", 2026))
    network = nq.read_linkedin(write_folder(tmp_path / "e", made))
    offline_page.goto(write_report(network, tmp_path / "page.html").as_uri())
    for typed in ("obrien", "o’brien", "O'Brien", "pat o‘brien"):
        search(offline_page, typed, "1 of 2 people found.")
        assert column(offline_page, "name") == ["Pat O’Brien"]
        search(offline_page, "", "2 people.")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375])
def test_the_heads_sort_by_click_and_by_key_and_say_so(shown, people, width):
    page = shown(width=width)
    some = people[people["status"].notna()]
    heads = page.locator("#roll thead th")
    assert heads.evaluate_all("all => all.map(one => one.getAttribute('aria-sort'))") == [
        "none", "none", "ascending", "none", "none", "none",
    ]  # fmt: skip
    days = head(page, "Mutual contact days")
    days.get_by_role("button").click()
    assert days.get_attribute("aria-sort") == "descending"
    most = sorted(some["mutual_contact_days"].dropna(), reverse=True)[:10]
    assert [int(text.replace(",", "")) for text in column(page, "mutual")[-10:]] == most
    days.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert days.get_attribute("aria-sort") == "ascending"
    assert [int(text) for text in column(page, "mutual")[-10:]] == sorted(
        some["mutual_contact_days"].dropna()
    )[:10]
    head(page, "Last talk").get_by_role("button").click()
    first = some["last_talk_at"].max()
    assert column(page, "talk")[-10] == f"{first.day} {first:%b %Y}"
    page.keyboard.press("Space")  # the other way round: the earliest first, and nobody without
    first = some["last_talk_at"].min()
    assert column(page, "talk")[-10] == f"{first.day} {first:%b %Y}"
    head(page, "Name").get_by_role("button").click()
    search(page, "resting", "found")
    names = column(page, "name")[-10:]
    assert names == sorted(some.loc[some["status"] == "dormant", "name"], key=plain)[:10]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_search_keeps_the_order(shown):
    page = shown()
    head(page, "Last talk").get_by_role("button").click()
    search(page, "short exchange", "found")
    assert head(page, "Last talk").get_attribute("aria-sort") == "descending"
    assert all("short exchange" in text for text in column(page, "status")[-10:])


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_hostile_names_are_text_in_the_list(shown, width):
    page = shown("hostile", width=width)
    page.locator("#roll tbody tr").first.wait_for()
    shown_names = column(page, "name")[-len(HOSTILE) :]
    assert len(shown_names) == len(HOSTILE)
    for name in HOSTILE:
        start = f"{name} {name}"[:40] if len(name) < LONGEST else name[:40]
        assert any(text.startswith(start) for text in shown_names), name
    assert page.locator("#roll img, #roll svg, #roll iframe, #roll script, #roll a").count() == 0
    assert page.locator("#roll tbody th > bdi").count() == len(HOSTILE)
    assert "hacked" not in page.title()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_without_scripts_the_counts_and_a_sentence_stand(chromium, pages):
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["sample"])
    assert page.get_by_text("The list needs the small script of this page").is_visible()
    assert page.locator("#roll").is_hidden()
    assert page.locator(".statuses").is_visible()
    context.close()


@pytest.mark.browser
def test_thirty_thousand_are_searched_and_sorted_at_once(chromium, tmp_path, people, sample_report):
    """The bound is generous, for a busy machine; on an idle one each takes about 0.2 s."""
    many = pd.concat([people] * 34, ignore_index=True)
    many = many.assign(name=many["name"] + " " + many.index.astype("str"))
    many = many.assign(person_id=many["person_id"] + many.index.astype("str"))
    roll = roll_of(many)
    assert roll.count > 29_000
    assert len(roll.data) < 2_000_000
    page_text, old = sample_report.read_text("utf-8"), str(roll_of(people).data)
    assert page_text.count(old) == 1
    path = tmp_path / "many.html"
    path.write_text(page_text.replace(old, str(roll.data)), "utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri())
    page.locator("#roll tbody tr").nth(9).wait_for()
    before = page.evaluate("performance.now()")
    head(page, "Name").get_by_role("button").click()
    some = many[many["status"].notna()]
    names = some["name"].map(plain)
    for name, resting in (("jolegrin", True), ("sofia", False)):
        held = names.str.contains(name) & ((some["status"] == "dormant") | (not resting))
        words = f"resting {name}" if resting else name
        search(page, words, f"{held.sum():,} of {len(some):,} people found")
    assert page.evaluate("performance.now()") - before < 8_000
    assert 0 < page.locator("#roll tbody tr").count() <= 10
    page.close()


def test_people_without_a_company_or_a_talk_have_none_in_the_list(tmp_path):
    made = files(connections=[connection("ana"), connection("ben")], messages=talk("ana", 2026))
    table = told(nq.assess(nq.read_linkedin(write_folder(tmp_path, made))))
    assert table["company"] == [-1, -1]
    assert table["companies"] == []
    assert table["talk"][1] is None
