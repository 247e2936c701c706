"""The invented export: its bytes last, its quirks are there, its truth is true."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote, unquote

import pytest

from netquality._sample.dates import DAY, invitation_stamp
from netquality.sample import SampleSettings, main, write_sample

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
EXPORT = SAMPLE / "Complete_LinkedInDataExport_11-20-2026"
OWNER = "mira-talvenne-7c41b09"
NO_TALK = {"draft", "system", "spam", "sponsored", "hidden", "duplicate"}


@cache
def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def messages() -> list[dict[str, str]]:
    return read(EXPORT / "messages.csv")


def truth() -> list[dict[str, str]]:
    return read(SAMPLE / "truth" / "messages.csv")


def people() -> list[dict[str, str]]:
    return read(SAMPLE / "truth" / "people.csv")


def whole() -> dict:
    return json.loads((SAMPLE / "truth" / "truth.json").read_text(encoding="utf-8"))


def connections() -> list[dict[str, str]]:
    text = (EXPORT / "Connections.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text[text.index("First Name,") :].splitlines()))


def key_of(url: str) -> str:
    return normalize("NFC", unquote(url.rpartition("/")[2])).casefold()


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def kept_by_hand(name: str) -> bool:
    return name in {"README.md", ".gitattributes"}


# --- its bytes ---------------------------------------------------------------------------------


def test_the_committed_sample_is_rebuilt_byte_for_byte(tmp_path):
    write_sample(tmp_path)
    committed = {k: v for k, v in files_of(SAMPLE).items() if not kept_by_hand(k)}
    rebuilt = files_of(tmp_path)
    assert rebuilt.keys() == committed.keys()
    assert [name for name in rebuilt if rebuilt[name] != committed[name]] == []


@pytest.mark.parametrize(
    "changed",
    [{"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": ""}],
)
def test_the_bytes_do_not_depend_on_the_machine(tmp_path, changed):
    ask = ["--connections", "250", "--messages", "1500", "--seed", "3"]
    there = tmp_path / "there"
    command = [sys.executable, "-m", "netquality.sample", str(there), *ask]
    subprocess.run(command, check=True, env={**os.environ, **changed}, cwd=ROOT)
    assert main([str(tmp_path / "here"), *ask]) == 0
    assert files_of(there) == files_of(tmp_path / "here")


def test_the_zip_holds_the_files_of_the_folder_uncompressed():
    with zipfile.ZipFile(EXPORT.with_name(EXPORT.name + ".zip")) as archive:
        assert archive.testzip() is None
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 20, 12, 0, 0)}
        assert {name: archive.read(name) for name in archive.namelist()} == files_of(EXPORT)


def test_another_seed_gives_another_sample(tmp_path):
    for seed in (1, 2):
        settings = SampleSettings(seed=seed, connections=30, messages=100)
        write_sample(tmp_path / str(seed), settings=settings)
    assert files_of(tmp_path / "1") != files_of(tmp_path / "2")


@pytest.mark.parametrize(
    "settings",
    [
        {"connections": 1, "messages": 0},
        {"connections": 3, "messages": 30},
        {"connections": 40, "messages": 200, "event_share": 0.0, "quiet_worlds": False},
        {"connections": 40, "messages": 200, "event_share": 1.0},
        {"connections": 40, "messages": 200, "years": 3, "as_of": date(2024, 2, 29)},
        {"connections": 40, "messages": 200, "job_change_outreach": 1.0, "listening": 1.0},
    ],
)
def test_sizes_and_switches(tmp_path, settings):
    paths = write_sample(tmp_path, settings=SampleSettings(**settings))
    rows = read(paths.folder / "messages.csv")
    assert len(rows) == len(read(paths.truth / "messages.csv"))
    assert (
        sum(p["is_connection"] == "True" for p in read(paths.truth / "people.csv"))
        == (settings["connections"])
    )
    end = SampleSettings(**settings).as_of.isoformat()
    assert all(row["DATE"][:10] <= end for row in rows)


def test_settings_that_cannot_be_are_named_all_at_once():
    with pytest.raises(ValueError, match=r"connections is 0.*listening is 3"):
        SampleSettings(connections=0, listening=3)
    with pytest.raises(SystemExit, match="2"):
        main(["--connections", "0"])


# --- the truth ---------------------------------------------------------------------------------


def test_the_truth_runs_beside_the_messages():
    rows, natures = messages(), truth()
    assert len(rows) == len(natures) == whole()["message_rows"]
    for number, (row, nature) in enumerate(zip(rows, natures, strict=True), start=1):
        assert int(nature["row"]) == number
        assert nature["conversation_id"] == row["CONVERSATION ID"]
        assert nature["at"] == row["DATE"].replace(" UTC", "Z").replace(" ", "T")
        sender = key_of(row["SENDER PROFILE URL"]) if row["SENDER PROFILE URL"] else "?"
        assert nature["from_key"] == (sender if row["FROM"] else "")
        urls = [key_of(url) for url in row["RECIPIENT PROFILE URLS"].split(",") if url]
        assert [key for key in nature["to_keys"].split(";") if key not in {"", "?"}] == urls
        names = re.split(r",(?! )", row["TO"]) if row["TO"] else []
        assert len(names) == int(nature["recipient_count"])
        if nature["what"] == "duplicate":
            assert row == rows[int(nature["copy_of_row"]) - 1]


def test_the_people_of_the_truth_are_the_connections():
    named = [row for row in connections() if row["URL"]]
    listed = {row["profile_key"]: row for row in people() if row["is_connection"] == "True"}
    assert len(connections()) == 900
    assert len({row["URL"] for row in named}) == len(named)
    assert {key_of(row["URL"]) for row in named} == listed.keys() - {""}
    for row in named:
        person = listed[key_of(row["URL"])]
        assert person["name"] == f"{row['First Name']} {row['Last Name']}"
        when = date.fromisoformat(person["connected_on"])
        assert row["Connected On"] == f"{when:%d} {MONTHS[when.month - 1]} {when.year}"
    assert OWNER not in listed


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def one_to_one() -> dict[str, list[tuple[datetime, bool, str]]]:
    """Return (at, is the owner's, what) by counterpart, oldest first."""
    talks = defaultdict(list)
    for row in truth():
        if row["recipient_count"] == "1" and row["what"] not in NO_TALK:
            is_sent = row["from_key"] == OWNER
            other = row["to_keys"] if is_sent else row["from_key"]
            talks[other].append((datetime.fromisoformat(row["at"]), is_sent, row["what"]))
    return {key: sorted(talk) for key, talk in talks.items()}


def in_connections(talks):
    known = {row["profile_key"]: row for row in people() if row["is_connection"] == "True"}
    return {key: (known[key], talk) for key, talk in talks.items() if key in known}


def test_base_rates_are_those_of_real_exports():
    talks = in_connections(one_to_one())
    any_message = len(talks) / 900
    two_way = sum(len({sent for _, sent, _ in talk}) == 2 for _, talk in talks.values()) / 900
    single = [(p, talk) for p, talk in talks.values() if len(talk) == 1]
    on_the_day = [t for p, t in single if t[0][0].date().isoformat() == p["connected_on"]]
    early = [t for p, t in talks.values() if t[0][0].date().isoformat() < p["connected_on"]]
    notes = [talk for _, talk in talks.values() if any(what == "note" for *_, what in talk)]
    lone_notes = [talk for talk in notes if len(talk) == 1]
    assert 0.25 < any_message < 0.33
    assert 0.14 < two_way < 0.24
    assert len(single) / len(talks) == pytest.approx(0.34, abs=0.05)
    assert len(on_the_day) / len(talks) == pytest.approx(0.17, abs=0.04)
    assert len(lone_notes) / len(notes) == pytest.approx(0.59, abs=0.07)
    assert len(early) / len(talks) == pytest.approx(0.06, abs=0.03)
    assert 1_500_000 < (EXPORT / "messages.csv").stat().st_size < 2_500_000


def relationship_of(talk) -> tuple[str, date | None]:
    """Judge by the rule of the design, by hand: its kind, and the day of the last talk."""
    notes = [turn for turn in talk if turn[2] == "note"]
    real = [turn for turn in talk if turn[2] == "real"]
    if notes and any(sent != notes[0][1] for _, sent, _ in real):
        real = sorted(notes + real)
    said = []
    for before, after in pairwise(real):
        if before[1] != after[1] and after[0] - before[0] <= timedelta(days=180):
            said += [before, after]
    if not said:
        return ("one_way" if real else "none"), None
    days = [[at.date() for at, sent, _ in said if sent == side] for side in (True, False)]
    lasts = all(max(side) - min(side) > timedelta(days=7) for side in days)
    return ("relationship" if lasts else "brief"), max(said)[0].date()


def test_the_picture_is_plausible():
    kinds = Counter()
    for person, talk in in_connections(one_to_one()).values():
        kind, last = relationship_of(talk)
        if kind == "relationship":
            silent = date(2026, 11, 20) - last
            kind = "active" if silent.days <= 395 else "dormant"
            kinds["long dormant"] += silent.days > 3 * 365
        kinds[kind] += 1
        if person["story"] == "relationship":
            assert kind in {"active", "dormant"}, person["name"]
        elif person["story"] in {"short_exchange", "pitch_and_no"}:
            assert kind == "brief", person["name"]
        else:
            assert kind in {"one_way", "none"}, person["name"]
        if person["is_good_old_friend"] == "True":
            assert kind == "dormant"
    assert 0.04 < kinds["active"] / 900 < 0.08
    assert 0.04 < kinds["dormant"] / 900 < 0.08
    assert 0.02 < kinds["brief"] / 900 < 0.05
    assert kinds["long dormant"] > 15
    assert kinds["one_way"] > 15


def test_spans_are_what_was_talked():
    talks = one_to_one()
    for person in people():
        if person["spans"] and person["is_connection"] == "True":
            end = date.fromisoformat(person["spans"].rpartition("/")[2])
            last = relationship_of(talks[person["profile_key"]])[1]
            is_on = end == date(2026, 11, 20)
            assert abs((last - end).days) < (395 if is_on else 45), person["name"]


def test_what_was_planted_is_told():
    planted = whole()
    known = {row["profile_key"] for row in people()}
    assert planted["schema_version"] == 1
    assert len(planted["jobs"]) == len(planted["job_changes"]) == 3
    assert len(planted["events"]) >= 5
    assert len(planted["brokers"]) >= 4
    assert len(planted["quiet_worlds"]) == 2
    assert len(planted["good_old_friends"]) >= 10
    for members in planted["communities"].values():
        assert known.issuperset(members)
    for broker in planted["brokers"]:
        for home in broker["communities"]:
            assert broker["profile_key"] in planted["communities"][home]


def test_quiet_worlds_are_quiet():
    talks = in_connections(one_to_one())
    for home, day in whole()["quiet_worlds"].items():
        lasts = [relationship_of(t)[1] for p, t in talks.values() if p["community"] == home]
        lasts = [last for last in lasts if last]
        assert len(lasts) >= 5
        assert max(lasts) < date(2026, 11, 20) - timedelta(days=395), (home, day)


def test_listening_is_planted():
    relations = {row["profile_key"] for row in people() if row["story"] == "relationship"}
    asked, said = Counter(), Counter()
    for row, nature in zip(messages(), truth(), strict=True):
        sides = {nature["from_key"], nature["to_keys"]}
        if nature["what"] == "real" and sides & relations and row["CONTENT"]:
            is_owner = nature["from_key"] == OWNER
            said[is_owner] += 1
            asked[is_owner] += "?" in row["CONTENT"]
    plan = whole()["planted"]["listening"]
    assert asked[True] / said[True] == pytest.approx(plan["owner_asks_share"], abs=0.04)
    assert asked[False] / said[False] == pytest.approx(plan["others_ask_share"], abs=0.04)


def opened_share(folder: Path, seed: int, ratio: float) -> dict[bool, tuple[int, int]]:
    """Count conversations (after 30 silent days), the owner's first, near a job change or not."""
    settings = SampleSettings(seed=seed, job_change_outreach=ratio)
    paths = write_sample(folder / f"{seed}-{ratio}", settings=settings)
    changes = json.loads((paths.truth / "truth.json").read_text(encoding="utf-8"))["job_changes"]
    friends = {p["profile_key"] for p in read(paths.truth / "people.csv") if p["spans"]}
    turns = defaultdict(list)
    for row in read(paths.truth / "messages.csv"):
        if row["what"] == "real" and row["recipient_count"] == "1":
            is_sent = row["from_key"] == OWNER
            other = row["to_keys"] if is_sent else row["from_key"]
            turns[other].append((datetime.fromisoformat(row["at"]), is_sent))
    opened = {True: (0, 0), False: (0, 0)}
    for key in sorted(friends):
        for before, after in pairwise(sorted(turns[key])):
            if after[0] - before[0] > timedelta(days=30):
                gaps = [abs((after[0].date() - date.fromisoformat(c)).days) for c in changes]
                mine, every = opened[min(gaps) <= 90]
                opened[min(gaps) <= 90] = (mine + after[1], every + 1)
    return opened


def test_job_changes_make_the_owner_write_unless_switched_off(tmp_path):
    for ratio in (3.0, 1.0):
        counts = [opened_share(tmp_path, seed, ratio) for seed in (1, 2, 3)]
        near, far = (
            sum(c[side][0] for c in counts) / sum(c[side][1] for c in counts)
            for side in (True, False)
        )
        assert near / far == pytest.approx(ratio, rel=0.2)


def test_talk_is_as_common_as_planted():
    planted = whole()["planted"]["conversation"]["share_by_origin"]
    talks = one_to_one()
    counts = defaultdict(list)
    for person in people():
        if "" < person["connected_on"] < "2026-07-13":
            kind = relationship_of(talks.get(person["profile_key"], []))[0]
            counts[person["how_it_began"]].append(kind in {"relationship", "brief"})
    for origin, share in planted.items():
        n = len(counts[origin])
        assert abs(sum(counts[origin]) - n * share) < 3.5 * (n * share * (1 - share)) ** 0.5 + 1


# --- the quirks --------------------------------------------------------------------------------


def test_the_files_are_laid_out_as_linkedin_does():
    raw = (EXPORT / "Connections.csv").read_bytes()
    assert raw.startswith(b"Notes:\n") and not raw.endswith(b"\n") and b"\r" not in raw  # noqa: PT018
    lines = (EXPORT / "messages.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('"CONVERSATION ID","CONVERSATION TITLE","FROM"')
    names = set(files_of(EXPORT))
    decoys = {"coach", "guide", "learning_coach", "learning_role_play"}
    assert names >= {f"{decoy}_messages.csv" for decoy in decoys}
    assert names >= {"LearningCoachMessages.csv", "Jobs/Job Applications.csv", "Positions.csv"}
    heads = {(EXPORT / f"{decoy}_messages.csv").read_text().split("\n")[0] for decoy in decoys}
    assert heads == {lines[0]}


def test_threads_are_contiguous_newest_first_and_unsorted():
    rows = messages()
    ids = [row["CONVERSATION ID"] for row in rows]
    starts = [i for i in range(len(ids)) if i == 0 or ids[i] != ids[i - 1]]
    assert len(starts) == len(set(ids))
    for begin, end in zip(starts, [*starts[1:], len(ids)], strict=True):
        is_draft = [row["IS MESSAGE DRAFT"] == "Yes" for row in rows[begin:end]]
        assert is_draft == sorted(is_draft)
        dates = [row["DATE"] for row in rows[begin:end] if row["IS MESSAGE DRAFT"] == "No"]
        assert dates == sorted(dates, reverse=True)
    newest = [rows[i]["DATE"] for i in starts]
    assert newest != sorted(newest, reverse=True)


def quirks() -> dict[str, int]:
    rows, natures = messages(), truth()
    both = list(zip(rows, natures, strict=True))
    counts = Counter(nature["what"] for nature in natures)
    named = [row for row in connections() if row["URL"]]
    names = [f"{row['First Name']} {row['Last Name']}" for row in named]
    letters = Counter(names)
    slugs = [key_of(row["URL"]) for row in named]
    sizes = Counter(row["CONVERSATION ID"] for row in rows)
    given = [
        f"{r['First Name']} {r['Last Name']}" for r in read(EXPORT / "Recommendations_Received.csv")
    ]
    listed = {row["profile_key"] for row in people() if row["is_connection"] == "True"}
    talked = set(one_to_one())
    notes = [nature for nature in natures if nature["what"] == "note"]
    elsewhere = [p for p in people() if p["has_recommended_owner"] == "True"]
    return {
        **counts,
        "hidden members": sum(not row["URL"] for row in connections()),
        "percent-encoded slugs": sum("%" in row["URL"] for row in named),
        "raw slugs": sum(not row["SENDER PROFILE URL"].isascii() for row in rows),
        "credentials in a recipient list": sum(", " in row["TO"] for row in rows),
        "shorter URL lists": sum(
            "LinkedIn Member" in row["TO"] and "," in row["RECIPIENT PROFILE URLS"] for row in rows
        ),
        "big groups": sum(int(nature["recipient_count"]) > 20 for nature in natures),
        "empty content": sum(not row["CONTENT"] for row in rows),
        "attachments": sum(bool(row["ATTACHMENTS"]) for row in rows),
        "newlines": sum("\n" in row["CONTENT"] for row in rows),
        "entities": sum("&#39;" in row["CONTENT"] for row in rows),
        **{f"content with {c}": sum(r["CONTENT"].startswith(c) for r in rows) for c in "=+-@"},
        **{f"name with {c}": sum(name.startswith(c) for name in names) for c in "=+-@"},
        "archived": sum(row["FOLDER"] == "ARCHIVE" for row in rows),
        "spam folder": sum(row["FOLDER"] == "SPAM" for row in rows),
        "no folder": sum(not row["FOLDER"] for row in rows),
        "sponsored by title": sum(
            r["CONVERSATION TITLE"] == "Sponsored Conversation" for r in rows
        ),
        "sponsored by gap": sum("%FIRSTNAME%" in row["CONTENT"] for row in rows),
        "sponsored by markup": sum("spinmail-quill-editor" in row["CONTENT"] for row in rows),
        "conversation drafts": sum(row["IS CONVERSATION DRAFT"] == "Yes" for row in rows),
        "subjects of real rows": sum(bool(r["SUBJECT"]) and n["what"] == "real" for r, n in both),
        "long threads": sum(size > 100 for size in sizes.values()),
        "namesakes": sum(n > 1 for n in letters.values()),
        "ambiguous recommendations": sum(letters[name] > 1 for name in given),
        "recommendations without a message": sum(p["profile_key"] not in talked for p in elsewhere),
        "accents": sum(any(c in "éèñüøåçłż" for c in name) for name in names),
        "emoji": sum(any(ord(c) > 0x1F000 for c in name) for name in names),
        "Hebrew": sum(any("\u0590" <= c <= "\u05ff" for c in name) for name in names),
        "Arabic": sum(any("\u0600" <= c <= "\u06ff" for c in name) for name in names),
        "CJK": sum(any("\u3040" <= c <= "\u9fff" for c in name) for name in names),
        "maiden names": sum("(" in name for name in names),
        "80 characters": sum(len(name) == 80 for name in names),
        "company NA": sum(row["Company"] == "NA" for row in named),
        "raw slugs that encode": sum(quote(slug) != slug for slug in slugs),
        "threads with strangers": len(talked - listed),
        "notes in the window": sum(note["in_invitations"] == "True" for note in notes),
        "notes before it": sum(note["in_invitations"] == "False" for note in notes),
        "default notes": sum(note["set_phrase"] == "default note" for note in notes),
        "colleagues now, silent": sum(
            p["company"].casefold().startswith("tessel & pine") and p["profile_key"] not in talked
            for p in people()
        ),
        "new and silent": sum(
            p["connected_on"] > "2026-08-25" and p["profile_key"] not in talked for p in people()
        ),
        **Counter(f"story {row['story']}" for row in people()),
        **Counter(f"language {row['language']}" for row in people()),
    }


WANTED = [
    *("real", "canned", "note", "draft", "system", "spam", "sponsored", "duplicate", "hidden"),
    *[f"story {s}" for s in ("relationship", "short_exchange", "greetings", "pitch")],
    *[f"story {s}" for s in ("pitch_and_no", "they_wrote", "opener_ignored", "late_answer")],
    *[f"story {s}" for s in ("lone_note", "note_and_thanks", "lone_hello", "silent")],
    *[f"language {s}" for s in ("en", "de", "fr", "es", "pt", "it", "nl")],
]


def test_every_quirk_is_there():
    counts = quirks()
    assert [name for name in [*counts, *WANTED] if not counts.get(name)] == []
    assert 5 <= counts["duplicate"] <= 22
    assert 0.01 < counts["hidden members"] / 900 < 0.05
    assert 0.02 < counts["percent-encoded slugs"] / 900 < 0.2


def test_somebody_sent_dozens_of_greetings_and_nothing_else():
    talks = [talk for _, talk in in_connections(one_to_one()).values()]
    assert any(len(talk) >= 24 and {what for *_, what in talk} == {"canned"} for talk in talks)


def test_a_no_came_after_nine_days_and_follow_ups_after_a_no():
    polite = [row["profile_key"] for row in people() if row["story"] == "pitch_and_no"]
    talks = one_to_one()
    gaps = [talks[key][1][0] - talks[key][0][0] for key in polite]
    assert any(timedelta(days=9) <= gap < timedelta(days=10) for gap in gaps)
    assert any(len(talks[key]) > 2 for key in polite)


def test_friendships_rest_and_come_back():
    assert sum(";" in row["spans"] for row in people()) >= 5


def test_notes_are_those_of_the_invitations():
    sent = {
        (row["inviterProfileUrl"], row["inviteeProfileUrl"], row["Message"])
        for row in read(EXPORT / "Invitations.csv")
    }
    for row, nature in zip(messages(), truth(), strict=True):
        if nature["what"] == "note":
            invitation = (row["SENDER PROFILE URL"], row["RECIPIENT PROFILE URLS"], row["CONTENT"])
            assert (invitation in sent) == (nature["in_invitations"] == "True")
    accepted = {key_of(row["URL"]) for row in connections()}
    sides = [{key_of(url) for url in pair[:2]} - {OWNER} for pair in sent]
    assert any(side <= accepted for side in sides)
    assert any(not side & accepted for side in sides)


def test_pacific_time_knows_summer():
    def at(*when: int) -> int:
        return (
            int((datetime(*when, tzinfo=UTC) - datetime(1, 1, 1, tzinfo=UTC)).total_seconds()) + DAY
        )

    assert invitation_stamp(at(2026, 3, 8, 9, 59)) == "3/8/26, 1:59 AM"
    assert invitation_stamp(at(2026, 3, 8, 10, 0)) == "3/8/26, 3:00 AM"
    assert invitation_stamp(at(2026, 11, 1, 8, 59)) == "11/1/26, 1:59 AM"
    assert invitation_stamp(at(2026, 11, 1, 9, 0)) == "11/1/26, 1:00 AM"
    assert invitation_stamp(at(2026, 7, 1, 7, 5)) == "7/1/26, 12:05 AM"


def test_the_address_book_overlaps():
    book = {(row["First Name"], row["Last Name"]) for row in read(SAMPLE / "google_contacts.csv")}
    known = {(row["First Name"], row["Last Name"]) for row in connections()}
    assert book & known
    assert book - known
    text = (SAMPLE / "google_contacts.csv").read_text(encoding="utf-8")
    assert " ::: " in text
    assert ",--" in text
    assert re.search(r'"[^"]*\n[^"]*"', text)


def test_no_address_or_telephone_could_be_real():
    for name, data in files_of(SAMPLE).items():
        if name.endswith(".csv"):
            text = data.decode("utf-8")
            for domain in re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text):
                assert domain == "example.com" or domain.endswith(".example"), (name, domain)
            for phone in re.findall(r"\+\d[\d -]{6,}", text):
                assert "-555-01" in phone, (name, phone)
