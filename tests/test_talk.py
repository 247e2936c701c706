"""What counts as real talk: people computed by hand, and laws that Hypothesis tries to break.

Letters in the comments: S sent, R received, n an invitation note, c a canned message.
"""

from __future__ import annotations

import pandas as pd
import pytest
from exports import connection, files, invitation, message, write_folder
from hypothesis import given
from hypothesis import strategies as st

import netquality as nq
from netquality.interactions import judge, tell
from netquality.tables import INTERACTIONS, build

AS_OF = pd.Timestamp("2026-11-20 23:59:59.999999", tz="UTC").as_unit("us")


def told(story: str, *, connected: str | None = None, step_days: float = 1.0) -> pd.DataFrame:
    """Judge a story of letters, one a day from 2 January 2020 on (``.`` is a day without)."""
    at = pd.Timestamp("2020-01-02 10:00", tz="UTC")
    rows = []
    for letter in story.replace(" ", ""):
        if letter != ".":
            rows.append(
                {
                    "at": at,
                    "direction": "sent" if letter in "SND" else "received",
                    "is_note": letter in "Nn",
                    "is_canned": letter in "Dd",
                }
            )
        at += pd.Timedelta(days=step_days)
    return judged_rows(pd.DataFrame(rows), connected)


def judged_rows(rows: pd.DataFrame, connected: str | None = None) -> pd.DataFrame:
    return judge_talk(interactions(rows), people(connected), AS_OF)


def judge_talk(table: pd.DataFrame, whom: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return what is judged of each message, as a table."""
    story = tell(table, whom, as_of)
    talk = judge(story)
    rows = table.iloc[story.row]
    return rows.assign(
        is_real=talk.is_real,
        real_at=pd.Series(talk.real_at, rows.index).dt.tz_localize("UTC"),
        is_possible_note=story.is_possible_note,
        is_answer=talk.is_answer,
        is_talk=pd.Series(talk.talk_at, rows.index).notna(),
        talk_at=pd.Series(talk.talk_at, rows.index).dt.tz_localize("UTC"),
    )


def people(connected: str | None) -> pd.DataFrame:
    day = pd.Series([pd.NaT if connected is None else pd.Timestamp(connected)])
    return pd.DataFrame({"person_id": ["p"], "connected_on": day.astype("datetime64[us]")})


def interactions(rows: pd.DataFrame) -> pd.DataFrame:
    flags = dict.fromkeys(("is_group", "is_possible_note", "is_real"), False)
    plain = {"person_id": "p", "kind": "message", "thread_id": "t", "recipient_count": 1}
    counts = {"character_count": 20, "question_count": 0}
    return build(INTERACTIONS, dict(rows.assign(**plain, **counts, **flags).items()))


def flags(judged: pd.DataFrame, column: str) -> str:
    return "".join("x" if value else "-" for value in judged[column])


# n/N: a note received/sent. d/D: a set phrase received/sent.
@pytest.mark.parametrize(
    ("story", "real", "answer", "talk"),
    [
        ("S R", "xx", "-x", "xx"),
        ("S S R", "xxx", "--x", "-xx"),  # only the message before the answer was answered
        ("S R R", "xxx", "-x-", "xx-"),  # a follow-up is no answer
        ("S R S R", "xxxx", "-xxx", "xxxx"),
        ("n S", "xx", "-x", "xx"),  # an answered note is real, and so is the answer
        ("n", "-", "-", "-"),
        ("n R S", "-xx", "--x", "-xx"),  # they wrote again before the answer: the note has none
        ("n D", "--", "--", "--"),  # a set phrase is no answer
        ("S d R", "x-x", "--x", "x-x"),  # and does not stand between two messages either
        ("d d d D", "----", "----", "----"),
        ("n N S", "x-x", "--x", "x-x"),  # N waits in vain, n does not
    ],
)
def test_a_story_is_judged_letter_by_letter(story, real, answer, talk):
    judged = told(story)
    assert flags(judged, "is_real") == real
    assert flags(judged, "is_answer") == answer
    assert flags(judged, "is_talk") == talk


def test_an_answer_comes_within_180_days_to_the_second():
    at = pd.Timestamp("2020-01-02 10:00", tz="UTC")
    for late, is_answer in ((0, True), (1, False)):
        second = at + pd.Timedelta(days=180, seconds=late)
        rows = pd.DataFrame({"at": [at, second], "direction": ["sent", "received"]})
        judged = judged_rows(rows.assign(is_note=False, is_canned=False))
        assert judged["is_answer"].tolist() == [False, is_answer]


@pytest.mark.parametrize(
    ("story", "connected", "possible", "real"),
    [
        ("R", "2020-01-02", "x", "-"),  # alone, on the connect day
        ("R", "2020-01-01", "-", "x"),  # a day later
        ("R", None, "-", "x"),  # no connection, no connect day
        ("R d", "2020-01-02", "x-", "--"),  # a set phrase leaves it alone
        ("R R", "2020-01-02", "--", "xx"),  # it did not stay alone
        ("R S", "2020-01-02", "--", "xx"),
        ("n S", "2020-01-02", "--", "xx"),  # S answers a note: it is no first message
        ("R n", "2020-01-02", "x-", "--"),  # an unanswered note is no company either
    ],
)
def test_a_lone_first_message_on_the_connect_day_may_be_a_note(story, connected, possible, real):
    judged = told(story, connected=connected)
    assert flags(judged, "is_possible_note") == possible
    assert flags(judged, "is_real") == real


def test_talk_counts_from_the_instant_it_could_be_known():
    judged = told("n . . S . R")
    at = judged["at"].tolist()
    assert judged["real_at"].tolist() == [at[1], at[1], at[2]]
    assert judged["talk_at"].tolist() == [at[1], at[1], at[2]]


letters = st.text(alphabet="SRnNdD.", min_size=1, max_size=14)
days = st.sampled_from(["2020-01-02", "2020-01-04", None])


@given(letters, days, st.integers(0, 13))
def test_a_set_phrase_changes_nothing_else(story, connected, place):
    if not story.strip("."):
        return
    without = (
        told(story.replace("d", ".").replace("D", "."), connected=connected)
        if (story.replace("d", "").replace("D", "").strip("."))
        else None
    )
    judged = told(story, connected=connected)
    kept = judged[~judged["is_canned"]]
    if without is None:
        assert not judged["is_real"].any()
    else:
        for column in ("is_real", "is_answer", "is_talk", "is_possible_note"):
            assert kept[column].tolist() == without[column].tolist()


@given(letters, days, st.integers(0, 14))
def test_what_was_known_on_a_day_does_not_depend_on_later_rows(story, connected, day):
    if not story.strip("."):
        return
    moment = pd.Timestamp("2020-01-02 12:00", tz="UTC").as_unit("us") + pd.Timedelta(days=day)
    full = told(story, connected=connected)
    rows = interactions(full[["at", "direction", "is_note", "is_canned"]].reset_index(drop=True))
    then = judge_talk(rows, people(connected), moment)
    known = full[full["at"] <= moment]
    assert then["is_real"].tolist() == (known["real_at"] <= moment).tolist()
    assert then["is_talk"].tolist() == (known["talk_at"] <= moment).tolist()


def test_a_note_is_known_by_its_text_and_its_sender(tmp_path):
    text = "Hello Olga, we met at the invented fair &amp; talked about ovens."
    made = files(
        connections=[connection("ana", "02 Mar 2026"), connection("ben", "02 Mar 2026")],
        messages=[
            message("ana", "2026-03-02", text.replace(" ", "  ", 1)),
            message("ben", "2026-03-05", text),
            message("ana", "2026-03-09", "Yes, the ovens with the green doors.", sent=True),
        ],
        invitations=[invitation("ana", "3/1/26, 5:33 PM", text.replace("&amp;", "&"))],
    )
    network = nq.read_linkedin(write_folder(tmp_path, made))
    notes = network.interactions[network.interactions["is_note"]]
    assert notes["person_id"].tolist() == ["ana"]  # not ben, who sent the same words uninvited
    assert notes["is_real"].tolist() == [True]  # answered


def test_a_set_phrase_before_a_note_does_not_make_it_talk(tmp_path):
    text = "Hello Olga, we met at the invented fair and talked about ovens."
    rows = [message("ana", "2026-03-02", "Thank you!"), message("ana", "2026-03-03", text)]
    for messages in (rows[1:], rows):
        made = files(
            connections=[connection("ana", "02 Mar 2026")],
            messages=messages,
            invitations=[invitation("ana", "3/1/26, 5:33 PM", text)],
        )
        network = nq.read_linkedin(write_folder(tmp_path / str(len(messages)), made))
        notes = network.interactions[network.interactions["is_note"]]
        assert len(notes) == 1
        assert notes["is_real"].tolist() == [False]


@pytest.mark.parametrize(
    ("sent", "is_note"), [("2/27/26, 9:00 AM", False), ("2/1/24, 9:00 AM", True)]
)
def test_a_message_is_the_return_of_an_earlier_invitation_only(tmp_path, sent, is_note):
    text = "Hello Olga, we met at the invented fair and talked about ovens."
    made = files(
        connections=[connection("ana", "01 Mar 2024")],
        messages=[message("ana", "2024-03-02", text)],
        invitations=[invitation("ana", sent, text)],
    )
    rows = nq.read_linkedin(write_folder(tmp_path, made)).interactions
    assert rows.loc[rows["kind"] == "message", "is_note"].tolist() == [is_note]


def test_groups_are_decided_by_the_recipients_of_the_message(tmp_path):
    made = files(
        connections=[connection("ana"), connection("ben")],
        messages=[
            message("ana", "2020-02-01", thread="2-g"),
            message("ana", "2020-02-02", thread="2-g", to=["ben"]),
            message("ana", "2020-02-03", thread="2-g", to=["ben"], sent=True),
        ],
    )
    rows = nq.read_linkedin(write_folder(tmp_path, made)).interactions
    assert rows["is_group"].tolist() == [False, True, True, True]
    # sent to two people: one row for each; received in a group: one for who wrote it
    assert rows.loc[rows["direction"] == "sent", "person_id"].tolist() == ["ana", "ben"]
    assert set(rows.loc[rows["direction"] == "received", "person_id"]) == {"ana"}
