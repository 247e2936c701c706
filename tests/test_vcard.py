"""vCards: every flavour is understood, and a broken card loses nobody but itself."""

from __future__ import annotations

import itertools
import time

import pytest
from contact_files import card, fold, printable
from hypothesis import given
from hypothesis import strategies as st

from netquality.reading.contacts import parse_contacts

REJECTED = "rejected"
ORGANISATION = "an organisation, not a person"


def parse(*cards: str | bytes):
    data = b"".join(each.encode() if isinstance(each, str) else each for each in cards)
    return parse_contacts(data, source="book.vcf")


def only(*lines: str, version: str = "3.0") -> dict[str, object]:
    contacts = parse(card(*lines, version=version)).contacts
    [row] = contacts.astype("object").where(contacts.notna(), None).to_dict("records")
    return row


def values(*lines: str, version: str = "3.0") -> list[str]:
    return parse(card(*lines, version=version)).addresses["value"].tolist()


def counts(contacts) -> list[tuple[str, str, int]]:
    columns = contacts.coverage[["outcome", "reason", "row_count"]]
    return list(columns.itertuples(index=False, name=None))


def rejects(contacts) -> list[tuple[int, str]]:
    return list(contacts.rejects[["line", "reason"]].itertuples(index=False, name=None))


def names(contacts) -> list[str]:
    return contacts.contacts["name"].tolist()


BEN = card("FN:Ben Erfunden")


# Flavours -----------------------------------------------------------------------------------------


def test_apple_item_groups_and_their_labels():
    lines = [
        "FN:Ana", "item1.EMAIL;type=INTERNET:ana@example.org", "item1.X-ABLabel:School",
        "item2.TEL:+1 555 010 0009", "item2.X-ABLabel:_$!<HomeFAX>!$_", "item3.TEL:+1 555 010 0001",
        "item3.X-ABLabel:Boat",
    ]  # fmt: skip
    assert values(*lines) == ["ana@example.org", "+15550100001"]


def test_apple_type_pref_comes_first():
    lines = ["FN:Ana", "EMAIL;type=INTERNET;type=HOME:b@example.org",
             "EMAIL;type=INTERNET;type=WORK;type=pref:a@example.org"]  # fmt: skip
    assert values(*lines) == ["a@example.org", "b@example.org"]
    assert only(*lines)["contact_id"] == "email:a@example.org"


def test_pref_by_number_in_4_0_and_by_word_in_2_1():
    four = [
        "FN:A",
        "EMAIL;PREF=2:b@example.org",
        "EMAIL;PREF=1:a@example.org",
        "EMAIL:c@example.org",
    ]
    assert values(*four, version="4.0") == ["a@example.org", "b@example.org", "c@example.org"]
    assert values("FN:A", "TEL;HOME:5550101", "TEL;PREF;CELL:5550100", version="2.1") == [
        "5550100", "5550101",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:19800504", "1980-05-04"), ("BDAY;value=date:1980-05-04", "1980-05-04"),
        ("BDAY:1980-05-04T00:00:00Z", "1980-05-04"), ("BDAY:--0504", "--05-04"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-04", "--05-04"),
        ("BDAY;X-APPLE-OMIT-YEAR=1904:1904-05-04", "--05-04"),
        ("BDAY;VALUE=text:some day", None), ("BDAY:", None),
    ],
)  # fmt: skip
def test_birthdays_of_cards(line, birthday):
    assert only("FN:Ana", line)["birthday"] == birthday


def test_inline_photos_are_passed_over():
    photo = "\r\n ".join(["QUJD" * 18] * 50)
    old = "\r\n".join(["QUJD" * 18] * 50)
    one = card("FN:Ana", f"PHOTO;ENCODING=b;TYPE=JPEG:{photo}", "TEL:5550100")
    two = card("FN:Ben", f"PHOTO;JPEG;ENCODING=BASE64:\r\n{old}\r\n", "TEL:5550101", version="2.1")
    assert parse(one, two).addresses["value"].tolist() == ["5550100", "5550101"]


def test_a_photo_of_50_mb_is_no_trouble():
    photo = "\r\n ".join(["QUJD" * 18] * 700_000)
    data = card("FN:Ana", f"PHOTO;ENCODING=b;TYPE=JPEG:{photo}").encode()
    assert len(data) > 50_000_000
    began = time.process_time()
    assert names(parse(data)) == ["Ana"]
    assert time.process_time() - began < 20  # about half a second


@pytest.mark.parametrize(
    "line",
    [
        "X-SOCIALPROFILE;type=linkedin;x-user=ana:http://www.linkedin.com/in/ana-ficticia-1a",
        "SOCIALPROFILE;SERVICE-TYPE=LinkedIn:https://linkedin.com/in/ana-ficticia-1a",
        "item1.URL;type=pref:https\\://www.linkedin.com/in/Ana-Ficticia-1a/",
        "URL:www.linkedin.com/in/ana-ficticia-1a?trk=x",
    ],
)
def test_profiles_in_cards(line):
    assert values("FN:Ana", line) == ["ana-ficticia-1a"]
    assert values("FN:Ana", "URL:http://example.org/in/x", "X-SOCIALPROFILE:x-apple:ana") == []


def test_google_folds_lines_and_escapes_commas():
    long = "Ana " + "María " * 20 + "Ficticia\\, PhD"
    row = only(fold(f"FN:{long}"), "ORG:Acme\\, Inc.\\; Sons;Unit;Team")
    assert row["name"] == "Ana " + "María " * 20 + "Ficticia, PhD"
    assert row["company"] == "Acme, Inc.; Sons"


def test_google_categories_are_labels_and_system_groups_are_not():
    assert only("FN:Ana", "CATEGORIES:myContacts,Choir,Chess\\, blitz")["labels"] == (
        "Chess, blitz, Choir"
    )


def test_a_fold_in_the_middle_of_a_letter_is_mended():
    data = card("FN:José Ficticia").encode().replace("é".encode(), b"\xc3\r\n \xa9")
    found = parse(data)
    assert (names(found), found.warnings) == (["José Ficticia"], ())


def test_quoted_printable_with_its_charset():
    latin = "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Jos=E9 =\r\nInventado"
    assert only(latin, version="2.1")["name"] == "José Inventado"
    assert only(printable("FN", "José 山" * 20), version="2.1")["name"] == "José 山" * 20
    assert only("FN;encoding=quoted-printable:Jos=C3=A9", version="2.1")["name"] == "José"


def test_a_bare_comma_cuts_nothing_off():
    row = only("FN:Ana Ficticia, PhD", "TITLE:Head, Sales", "ORG:Acme, Inc.", version="2.1")
    assert (row["name"], row["position"]) == ("Ana Ficticia, PhD", "Head, Sales")
    assert row["company"] == "Acme, Inc."


def test_a_card_in_another_code_page_is_read_with_a_warning():
    found = parse(card("FN:François Größe", "NOTE:déjà vu à la française").encode("cp1252"))
    assert names(found) == ["François Größe"]
    assert "not plain UTF-8" in found.warnings[0]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encodings_change_nothing(ends, encoding):
    data = (card("FN:Zoë 🌸", ends=ends) + card("FN:Ben", ends=ends)).encode(encoding)
    found = parse(data)
    assert (names(found), found.contacts["line"].tolist()) == (["Ben", "Zoë 🌸"], [5, 1])


# Names --------------------------------------------------------------------------------------------


def test_a_name_of_five_parts():
    row = only("N:Ficticia;Ana;María;Dr.;Jr.")
    assert row["name"] == "Ana María Ficticia Jr."
    assert (row["given_name"], row["family_name"]) == ("Ana", "Ficticia")
    assert only("FN:Dr. Ana", "N:Ficticia;Ana;;Dr.;")["name"] == "Dr. Ana"


def test_an_email_without_a_name_is_kept():
    assert only("FN:", "N:;;;;", "EMAIL:ana@example.org")["name"] is None
    assert only("FN:ana@example.org", "EMAIL:ana@example.org")["name"] is None
    assert only("FN:ana@example.org", "N:F;Ana;;;", "EMAIL:ana@example.org")["name"] == "Ana F"


def test_a_nickname_is_better_than_none():
    assert only("NICKNAME:Annie", "TEL:5550100")["name"] == "Annie"


def test_an_empty_card_is_set_aside():
    assert counts(parse(card("NOTE:x"))) == [
        ("set aside", "empty: neither a name nor an address", 1)
    ]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["FN:Acme", "N:;;;;", "ORG:Acme;", "X-ABShowAs:COMPANY"], ORGANISATION),
        (["FN:Acme", "ORG:Acme", "KIND:org"], ORGANISATION),
        (["FN:Acme", "ORG:Acme"], ORGANISATION),
        (["FN:Choir", "KIND:group"], "a group of contacts, not a person"),
        (["FN:Choir", "X-ADDRESSBOOKSERVER-KIND:group"], "a group of contacts, not a person"),
        (["FN:Room 7", "KIND:location"], "a place or a device, not a person"),
    ],
)
def test_cards_of_no_person_are_set_aside(lines, reason):
    assert counts(parse(card(*lines, "TEL:5550100"))) == [("set aside", reason, 1)]


def test_a_person_shown_as_a_company_is_a_person():
    row = only("FN:Acme", "N:Ficticia;Ana;;;", "ORG:Acme", "X-ABShowAs:COMPANY")
    assert (row["name"], row["company"]) == ("Ana Ficticia", "Acme")


# Damage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("BEGIN:VCARD\nFN:Ana\n", "the card has no END:VCARD"),
        ("FN:Ana\nEND:VCARD\n", "the card has no BEGIN:VCARD"),
        ("BEGIN:VCARD\nFN:Ana\nFicticia\nEND:VCARD\n", "a line of the card is no vCard line"),
        ("BEGIN:VCARD\nTEL;a b:5550100\nEND:VCARD\n", "a line of the card is no vCard line"),
        (
            "BEGIN:VCARD\nFN;CHARSET=none;ENCODING=QUOTED-PRINTABLE:=E9\nEND:VCARD\n",
            "a line of the card cannot be decoded",
        ),
        (
            "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=E9\nEND:VCARD\n",
            "a line of the card cannot be decoded",
        ),
        (
            f"BEGIN:VCARD\nFN:{'a' * 70_000}\nEND:VCARD\n",
            "a line of the card is longer than 64 KiB",
        ),
    ],
)
def test_a_broken_card_loses_nobody_but_itself(broken, reason):
    found = parse(BEN, broken, card("FN:Cia"))
    assert names(found) == ["Ben Erfunden", "Cia"]
    assert rejects(found) == [(5, reason)]
    assert counts(found) == [("used", "contact", 2), (REJECTED, reason, 1)]


def test_a_file_cut_short_keeps_what_came_before():
    whole = (BEN + card("FN:Ana Ficticia", "TEL:5550100")).encode()
    for cut in range(len(BEN) + 13, len(whole) - 4):
        found = parse(whole[:cut])
        assert names(found) == ["Ben Erfunden"]
        assert rejects(found) == [(5, "the card has no END:VCARD")]


def test_a_badly_folded_note_breaks_nothing():
    assert only("FN:Ana", "NOTE:one", "two and", "", "three", "TEL:5550100")["name"] == "Ana"


def test_lines_between_cards_are_counted():
    found = parse(BEN, "\nwhat is this\n\n", card("FN:Cia"), "END:VCARD\n")
    assert found.warnings == ("book.vcf: 2 lines stand outside of any card: left out.",)
    assert counts(found) == [("used", "contact", 2)]


def test_a_card_inside_a_card_is_not_its_own():
    agent = (
        "BEGIN:VCARD\nFN:Ana\nAGENT:\nBEGIN:VCARD\nFN:Helper\nTEL:5550109\nEND:VCARD\nTEL:5550100\n"
    )
    found = parse(agent + "END:VCARD\n", BEN)
    assert names(found) == ["Ben Erfunden", "Ana"]  # name: stands before phone:
    assert found.addresses["value"].tolist() == ["5550100"]
    cut = parse(agent, BEN)
    assert (names(cut), rejects(cut)) == (["Ben Erfunden"], [(1, "the card has no END:VCARD")])


@pytest.mark.parametrize(
    "line",
    [
        "TEL" + ";a" * 30_000 + "!", "TEL;" + "a" * 60_000, "TEL;a=" + '"x",' * 9_000 + "\x01:1",
        "TEL;a=" + "x," * 9_000 + '":1', "TEL:" + ";" * 60_000 + "1", "TEL:" + "1 x" * 20_000,
        "URL:/in/" + "a." * 30_000, "EMAIL:" + "a@" * 30_000, "FN:" + "\\" * 60_001,
        "BDAY:" + " " * 60_000 + "x", "N:" + ";" * 60_000,
    ],
)  # fmt: skip
def test_a_crafted_line_keeps_nobody_busy(line):
    began = time.process_time()
    found = parse("BEGIN:VCARD\nNICKNAME:Ana\n", line, "\nEND:VCARD\n", BEN)
    assert time.process_time() - began < 5  # vobject's own pattern takes for ever over the first
    assert "Ben Erfunden" in names(found)


LINE = st.sampled_from(
    [
        "BEGIN:VCARD", "END:VCARD", "FN:Ana", "N:F;Ana;;;", "AGENT:", " folded", "no colon", "",
        "TEL;TYPE=CELL:5550100", "FN;ENCODING=QUOTED-PRINTABLE:a=", "PHOTO;BASE64:", "QUJD",
        "EMAIL:ana@example.org", "KIND:group", "BDAY:5/4/1980", "item1.TEL:1", "ORG:;;",
    ]
)  # fmt: skip


@given(st.lists(LINE, max_size=30))
def test_coverage_adds_up_to_the_cards_however_they_are_broken(lines):
    data = "\n".join(["BEGIN:VCARD", *lines])
    found = parse(data)
    total = found.coverage["row_count"].sum()
    begins = 1 + lines.count("BEGIN:VCARD")
    nested = sum(pair == ("AGENT:", "BEGIN:VCARD") for pair in itertools.pairwise(lines))
    assert begins - nested <= total <= begins + lines.count("END:VCARD")
    used = found.coverage.query("outcome == 'used'")["row_count"].sum()
    assert used == len(found.contacts)
    assert found.coverage.query("outcome == 'rejected'")["row_count"].sum() == len(found.rejects)


def test_nothing_private_is_in_warnings_rejects_or_repr():
    found = parse(
        card("FN:Secreta", "EMAIL:secreta", "TEL:secreta", "BDAY:secreta"),
        card("FN:Secreta\nSecreta"),
        "secreta\n",
    )
    texts = [*found.warnings, repr(found), found.rejects.to_string(), found.coverage.to_string()]
    assert len(found.warnings) == 5
    assert not any("secret" in text.casefold() for text in texts)
