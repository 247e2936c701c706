"""LinkedIn's small files, every header and form of them; and what each file's absence means."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.reading import known, records
from netquality.tables import EDUCATION, POSITIONS, check


def table(header: str, *rows: str) -> pd.DataFrame:
    """Return rows as the CSV reader gives them; cells are parted by bars."""
    names = header.casefold().split(",")
    return pd.DataFrame([row.split("|") for row in rows], columns=names, dtype="str")


def days(column: pd.Series) -> list[str | None]:
    return [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in column]


# Connections -------------------------------------------------------------------------------------

YEARS = {
    "2017": "First Name,Last Name,Email Address,Company,Position,Connected On,Tags",
    "2018": "First Name,Last Name,Email Address,Company,Position,Connected On",
    "2023": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
}
CELLS = {
    "First Name": "Ana 🚀", "Last Name": "Ficticia (Muster), PhD", "Company": "Bake Co",
    "URL": "https://www.linkedin.com/in/ana-1", "Email Address": "ana@example.org",
    "Position": "Baker", "Connected On": "22 Sep 2017", "Tags": "",
}  # fmt: skip


@pytest.mark.parametrize("year", YEARS)
def test_connections_of_every_year_say_the_same_of_a_person(year):
    header = YEARS[year]
    cells = CELLS | ({"Connected On": "9/22/17, 5:33 PM"} if year < "2023" else {})
    rows = table(header, "|".join(cells[name] for name in header.split(",")))
    found = records.parse_connections(rows).rows.iloc[0]
    assert found["name"] == "Ana 🚀 Ficticia (Muster), PhD"  # shown as it is, emoji and all
    parts = ["given_name", "family_name", "maiden_name", "credentials"]
    assert found[parts].tolist() == ["Ana", "Ficticia", "Muster", "PhD"]
    assert found[["company", "position", "email"]].tolist() == [
        "Bake Co", "Baker", "ana@example.org",
    ]  # fmt: skip
    assert found["connected_on"] == pd.Timestamp("2017-09-22")
    assert (found["profile_key"] == "ana-1") == (year == "2023")


def test_connections_of_2012_have_a_title_a_middle_name_a_suffix_and_several_addresses():
    header = (
        "Title,First Name,Middle Name,Last Name,Suffix,E-mail Address,E-mail 2 Address,"
        "Company,Job Title"
    )
    rows = table(
        header,
        "Dr.|Ana|María|Ficticia|PhD|ana@example.org|a@example.com|Bake Co|Baker",
        "|Ben||Erfunden|Jr.||ben@example.net||",
        "|||||||Bake Co|",
        "||||||||",
    )
    found = records.parse_connections(rows).rows
    assert found["name"].tolist()[:2] == ["Dr. Ana María Ficticia, PhD", "Ben Erfunden, Jr."]
    assert found["given_name"].tolist()[:2] == ["Ana María", "Ben"]
    assert found["family_name"].tolist()[:2] == ["Ficticia", "Erfunden Jr."]
    assert found["credentials"].tolist()[0] == "Dr., PhD"
    assert found["email"].tolist()[:2] == ["ana@example.org", "ben@example.net"]
    assert found["position"].tolist()[0] == "Baker"
    assert found["connected_on"].isna().all()
    # without a date nobody is a hidden member: an empty row is nobody
    assert found["is_hidden"].tolist() == [False] * 4
    assert found["is_empty"].tolist() == [False, False, False, True]
    assert found["is_nameless"].tolist() == [False, False, True, False]


def test_a_hidden_member_is_nothing_but_a_date_and_an_empty_row_is_no_member():
    rows = table(
        YEARS["2023"],
        "||||||01 Jan 2020",
        "||||||not a date",
        "||||||",
        " || ||||",
        "||||Bake Co||01 Jan 2020",
        "||https://www.linkedin.com/in|||| 01 Jan 2020",
        "||https://www.linkedin.com/in/ana-1||||01 Jan 2020",
        "Ana||||||",
    )
    found = records.parse_connections(rows).rows
    assert found["is_hidden"].tolist() == [True, True, *[False] * 6]
    assert found["is_empty"].tolist() == [False, False, True, True, *[False] * 4]
    assert found["is_nameless"].tolist() == [*[False] * 4, True, True, False, False]


def test_urls_that_are_there_and_empty_as_in_june_2023_give_no_key():
    rows = table(YEARS["2023"], "Ana|Ficticia|||||01 Jun 2023", "Ben|Erfunden|||||01 Jun 2023")
    assert records.parse_connections(rows).rows["profile_key"].isna().all()


CELL = st.sampled_from(["", " ", "Ana", "01 Jan 2020", "x"])


@given(st.lists(st.lists(CELL, min_size=7, max_size=7), max_size=5))
def test_every_row_of_connections_is_one_thing_and_keeps_its_place(rows):
    header = YEARS["2023"].casefold().split(",")
    given_rows = pd.DataFrame(rows, columns=header, dtype="str")
    before = given_rows.copy()
    found = records.parse_connections(given_rows).rows
    pd.testing.assert_frame_equal(given_rows, before)
    assert found.index.equals(given_rows.index)
    flags = found[["is_hidden", "is_empty", "is_nameless"]].sum(axis=1)
    somebody = found["name"].notna() | found["profile_key"].notna()
    assert (flags + somebody == 1).all()


# Invitations -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "cells", "keys"),
    [
        ("", "", (None, None)),  # to July 2023
        (",inviterProfileUrn,inviteeProfileUrn", "|urn:li:member:1|urn:li:member:2", (None, None)),
        (
            ",inviterProfileUrl,inviteeProfileUrl",
            "|https://www.linkedin.com/in|https://www.linkedin.com/in",  # to January 2024
            (None, None),
        ),
        (
            ",inviterProfileUrl,inviteeProfileUrl",
            "|https://www.linkedin.com/in/olga|https://www.linkedin.com/in/ana-1",
            ("olga", "ana-1"),
        ),
    ],
)
def test_invitations_of_every_year(more, cells, keys):
    header = "From,To,Sent At,Message,Direction" + more
    row = "Olga Ownerin|Ana Ficticia|7/4/26, 5:33 PM|Hello|OUTGOING" + cells
    found = records.parse_invitations(table(header, row)).rows.iloc[0]
    assert found["at"] == pd.Timestamp("2026-07-05 00:33", tz="UTC")  # Pacific, in summer 7 h
    assert (found["own_name"], found["other_name"]) == ("Olga Ownerin", "Ana Ficticia")
    for column, key in zip(("own_key", "other_key"), keys, strict=True):
        assert found[column] == key if key else pd.isna(found[column])


def test_a_winter_invitation_is_eight_hours_off_and_an_unclear_direction_stays_missing():
    header = "From,To,Sent At,Message,Direction"
    rows = table(header, "A|B|1/4/26, 5:33 PM||incoming ", "A|B|1/4/26, 5:33 PM||SIDEWAYS")
    found = records.parse_invitations(rows).rows
    assert found["at"].iloc[0] == pd.Timestamp("2026-01-05 01:33", tz="UTC")
    assert found["direction"].tolist()[0] == "received"
    assert pd.isna(found["direction"].iloc[1])


# Esteem ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["Endorser", "Endorsee"])
@pytest.mark.parametrize("has_url", [True, False])
def test_endorsements_given_and_received_with_and_without_a_url(side, has_url):
    header = f"Endorsement Date,Skill Name,{side} First Name,{side} Last Name,"
    header += f"{side} Public Url," * has_url + "Endorsement Status"
    url = "www.linkedin.com/in/ana-1|" * has_url  # without scheme
    rows = [
        f"2026/01/02 03:04:05 UTC|Baking|Ana|Ficticia|{url}{status}"
        for status in ("ACCEPTED", "PENDING", "REJECTED", "rejected ", "Accepted", "")
    ]
    found = records.parse_endorsements(table(header, *rows)).rows
    assert found["is_rejected"].tolist() == [False, False, True, True, False, False]
    assert set(found["other_name"]) == {"Ana Ficticia"}
    assert set(found["at"]) == {pd.Timestamp("2026-01-02 03:04:05", tz="UTC")}
    assert found["other_key"].dropna().tolist() == ["ana-1"] * (6 * has_url)


def test_recommendations_count_whether_they_are_shown_or_hidden():
    header = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
    rows = [
        f"Ana|Ficticia|Bake Co|Baker|A text.|05/01/21, 09:00 AM|{status}"
        for status in ("VISIBLE", "HIDDEN", "PENDING", "")
    ]
    found = records.parse_recommendations(table(header, *rows)).rows
    assert found["at"].notna().all()
    assert set(found["other_name"]) == {"Ana Ficticia"}
    assert found["other_key"].isna().all()
    assert "is_rejected" not in found
    assert "A text." not in found.astype("str").to_numpy()


@pytest.mark.parametrize("name", ["FullName", "Full Name"])
@pytest.mark.parametrize("date", ["2026-01-02 03:04:05 UTC", "2026-01-02 03:04:05"])
def test_follows_say_who_is_followed_still(name, date):
    rows = [f"{date}|{said}|Ana Ficticia" for said in ("Active", "Unfollow", "ACTIVE", "", "Odd")]
    found = records.parse_follows(table(f"Date,Status,{name}", *rows)).rows
    assert set(found["at"]) == {pd.Timestamp("2026-01-02 03:04:05", tz="UTC")}
    assert set(found["other_name"]) == {"Ana Ficticia"}
    assert found["is_active"].tolist() == [True, False, True, pd.NA, pd.NA]
    assert found["other_key"].isna().all()


def test_a_note_is_dated_by_its_last_edit_and_its_text_is_not_kept():
    header = (
        "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,"
        "Edited On"
    )
    url = "https://www.linkedin.com/in/ana-1"
    rows = table(
        header,
        f"Ana|Ficticia|{url}|Likes tea|2026-01-02|2026-02-03",
        f"Ana|Ficticia|{url}|Likes tea|2026-01-02|",
        "Ben|Erfunden||Likes tea|one day|",
    )
    found = records.parse_notes(rows)
    assert days(found.rows["at"]) == ["2026-02-03", "2026-01-02", None]
    assert found.rows["other_name"].tolist() == ["Ana Ficticia"] * 2 + ["Ben Erfunden"]
    assert found.rows["other_key"].tolist()[:2] == ["ana-1", "ana-1"]
    assert pd.isna(found.rows["other_key"].iloc[2])
    assert "tea" not in found.rows.to_csv() + " ".join(found.notes)
    assert any("1 date is in no form known here" in note for note in found.notes)


# The owner's own ---------------------------------------------------------------------------------


def test_education_is_dated_by_month_or_year():
    header = "School Name,Start Date,End Date,Notes,Degree Name,Activities"
    rows = table(
        header,
        "Old Mill|2001|2004|private|BSc|choir",
        "Old Mill|Sep 1998|Feb 2000|||",
        "|soon|||MA|",
    )
    found = records.parse_education(rows)
    check(found.rows, EDUCATION)
    assert days(found.rows["started_on"]) == ["2001-01-01", "1998-09-01", None]
    assert days(found.rows["finished_on"]) == ["2004-12-31", "2000-02-29", None]
    assert found.rows["degree"].tolist()[0] == "BSc"
    assert found.rows["school"].isna().tolist() == [False, False, True]
    assert "private" not in found.rows.to_csv()
    assert found.notes == ("1 date is in no form known here: left missing.",)


def test_positions_are_dated_by_month_or_year_and_the_present_one_has_no_end():
    header = "Company Name,Title,Description,Location,Started On,Finished On"
    rows = table(header, "Bake Co|Baker|||Mar 2020|", "Old Mill|Miller|||2001|Feb 2020")
    found = records.parse_positions(rows).rows
    check(found, POSITIONS)
    assert days(found["started_on"]) == ["2020-03-01", "2001-01-01"]
    assert days(found["finished_on"]) == [None, "2020-02-29"]
    assert found["is_current"].tolist() == [True, False]


def test_the_profile_says_the_owners_name_as_it_is():
    header = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline"
    rows = table(header, " Olga 🚀|Ownerin, PhD|Muster|||Baker")
    assert records.parse_profile_name(rows) == "Olga 🚀 Ownerin, PhD"
    assert records.parse_profile_name(rows.iloc[:0]) is None


PARSERS = {
    "connections": records.parse_connections,
    "invitations": records.parse_invitations,
    "recommendation": records.parse_recommendations,
    "endorsement": records.parse_endorsements,
    "positions": records.parse_positions,
    "education": records.parse_education,
    "follows": records.parse_follows,
    "notes": records.parse_notes,
}


@pytest.mark.parametrize("kind", PARSERS)
@given(data=st.data())
def test_whatever_the_cells_say_each_row_gives_one_record(kind, data):
    names = sorted(records.NEEDED[kind])
    cells = st.text(max_size=12) | st.sampled_from(["01 Jan 2020", "2020", "1/2/20, 3:04 PM", ""])
    rows = data.draw(
        st.lists(st.lists(cells, min_size=len(names), max_size=len(names)), max_size=4)
    )
    given_rows = pd.DataFrame(rows, columns=names, dtype="str")
    found = PARSERS[kind](given_rows)
    assert len(found.rows) == len(given_rows)
    typed = PARSERS[kind](given_rows.iloc[:0]).rows.dtypes
    assert found.rows.dtypes.to_dict() == typed.to_dict()  # the same with rows and without


# Which file is what ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file",
    [
        "Ad_Targeting", "Ads Clicked", "Certifications", "Company Follows", "Courses",
        "Email Addresses", "Events", "Hashtag_Follows", "Honors", "Inferences_about_you",
        "InstantReposts_123456789", "Comments_123456789",
        "Reactions_123456789", "Saved_Items_123456789", "Shares_123456789", "Votes_123456789",
        "Job Applicant Saved Answers", "Job Applicant Saved Screening Question Responses_1",
        "Job Seeker Preferences", "LAN Ads Engagement", "Languages", "Learning", "Logins",
        "PhoneNumbers", "Private_identity_asset", "Profile Summary", "Projects", "Providers",
        "Receipts_v2", "Registration", "Rich_Media", "Rich Media", "SavedJobAlerts",
        "SearchQueries", "Security Challenges", "Skills", "Volunteering",
        "Whatsapp Phone Numbers", "Group Posts", "Jobs/Saved Jobs", "Verifications/Verifications",
        "Services Marketplace/Providers",
    ],
)  # fmt: skip
def test_files_of_a_complete_export_are_known_by_name(file):
    assert known.why_not_opened(f"{file}.csv") == known.NOT_OPENED


@pytest.mark.parametrize(
    "file",
    ["coach_messages", "guide_messages", "learning_coach_messages", "learning_role_play_messages",
     "LearningCoachMessages"],
)  # fmt: skip
def test_the_coachs_files_are_no_messages(file):
    assert known.kind_of(f"{file}.csv") is None
    assert known.why_not_opened(f"{file}.csv") == known.DECOY


def test_every_kind_of_file_says_what_its_absence_means():
    kinds = set(known.READ.values())
    assert set(known.MEANING_OF_ABSENCE) == kinds
    for sentence in known.MEANING_OF_ABSENCE.values():
        assert sentence.startswith("Without ")
        assert sentence.endswith(".")
        assert sentence.count(". ") == 0


def test_every_kind_of_file_is_opened_by_somebody():
    """Of one that nobody opens coverage would say nothing at all."""
    elsewhere = {"messages", "contacts"}  # read in a stream, and as address books
    kinds = {kind.split()[0] for kind in known.READ.values()}
    assert kinds - set(records.NEEDED) == elsewhere
