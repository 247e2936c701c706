"""Address books as CSV: every form reads back the same people, and nothing is guessed or leaked."""

from __future__ import annotations

import io
import os
import re
import zipfile

import contact_files as files
import pandas as pd
import pytest
from contact_files import Somebody, table
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality.errors import ExportError, SettingError
from netquality.reading.contacts import parse_contacts, read_contacts
from netquality.reading.contacts.birthdays import parse_birthdays
from netquality.reading.contacts.values import (
    email_of,
    name_of,
    phone_of,
    profiles_in,
    split_phones,
)

PROFILE = "https://www.linkedin.com/in/ana-ficticia-1a"


def parse(data: bytes | str, **options):
    data = data.encode() if isinstance(data, str) else data
    return parse_contacts(data, source="book.csv", **options)


def google(**cells: str):
    """One contact of Google's new form; keywords with `_` for what parts words of a column."""
    row = {"First Name": "Ana", **{name.replace("_", " "): text for name, text in cells.items()}}
    columns = [name for name in row if name not in files.GOOGLE.split(",")]
    return parse(table(",".join([files.GOOGLE, *columns]), row))


def only(contacts) -> dict[str, object]:
    [row] = (
        contacts.contacts.astype("object").where(contacts.contacts.notna(), None).to_dict("records")
    )
    return row


def values(contacts, kind: str) -> list[str]:
    return contacts.addresses.query("kind == @kind")["value"].tolist()


def counts(contacts) -> list[tuple[str, str, int]]:
    columns = contacts.coverage[["outcome", "reason", "row_count"]]
    return list(columns.itertuples(index=False, name=None))


# Every form ---------------------------------------------------------------------------------------

ANA = Somebody(
    emails=("ana@example.org", "a.f@example.net"),
    phones=("+1 555 010 0001", "+1 555 010 0002"),
    birthday="1980-05-04",
    profile=PROFILE,
)


@pytest.mark.parametrize("form", files.FORMS)
def test_every_form_says_the_same_of_a_person(form):
    found = parse(files.FORMS[form]([ANA]))
    row = only(found)
    assert found.form == form.split(" of ")[0].removesuffix(" 2018").removesuffix(
        " 2026"
    ).removesuffix(" 4.0").removesuffix(" 2.1")
    assert (row["name"], row["given_name"], row["family_name"]) == (
        "Ana Ficticia",
        "Ana",
        "Ficticia",
    )
    assert (row["company"], row["position"], row["birthday"]) == ("Acme", "Engineer", "1980-05-04")
    assert values(found, "phone") == ["+15550100001", "+15550100002"]
    assert values(found, "profile") == ["ana-ficticia-1a"]
    assert row["person_id"] is None
    assert found.warnings == ()
    if "linkedin" in form:  # the order there says nothing
        assert values(found, "email") == ["a.f@example.net", "ana@example.org"]
    else:
        assert values(found, "email") == ["ana@example.org", "a.f@example.net"]
        assert row["contact_id"] == "email:ana@example.org"


def test_linkedin_connections_of_2012_are_read_as_outlook_writes_them():
    data = table(
        files.LINKEDIN_2012,
        {"First Name": "José", "Last Name": "Inventado", "E-mail Address": "jose@example.org",
         "Company": "Société Fictive", "Job Title": "Director"},
    )  # fmt: skip
    found = parse(data.decode().encode("cp1252"))
    assert (found.form, only(found)["name"]) == ("outlook", "José Inventado")
    assert only(found)["company"] == "Société Fictive"
    assert len(found.warnings) == 1
    assert "saved again by another program" in found.warnings[0]


NAME = st.text(st.sampled_from("abzéüñ ,;'ß山"), min_size=1, max_size=12).map(
    lambda text: "A" + " ".join(text.split()).strip()
)
LOCAL = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,5})?", fullmatch=True)
EMAIL = LOCAL.map(lambda local: f"{local}@example.org")
PHONE = st.from_regex(r"\+1 555 01[0-9]{2} [0-9]{2,4}", fullmatch=True)
PERSON = st.builds(
    Somebody, NAME, NAME,
    st.lists(EMAIL, max_size=2, unique=True).map(tuple),
    st.lists(PHONE, max_size=2, unique=True).map(tuple),
    NAME, NAME,
)  # fmt: skip


def said(contacts) -> list[tuple[object, ...]]:
    """What a file says of whom, in no order and under no key."""
    by_id = contacts.addresses.groupby("contact_id")[["kind", "value"]]
    addresses = {key: sorted(rows.itertuples(index=False, name=None)) for key, rows in by_id}
    rows = contacts.contacts[["contact_id", "name", "company", "position"]]
    return sorted(
        (*row[1:], addresses.get(row[0], [])) for row in rows.itertuples(index=False, name=None)
    )


@settings(max_examples=40)  # times thirteen forms
@given(st.lists(PERSON, max_size=4))
def test_people_written_in_every_form_read_back_the_same(people):
    expected = sorted(
        {
            (
                who.name, who.company, who.position,
                tuple(sorted(
                    {("email", email) for email in who.emails}
                    | {("phone", phone.replace(" ", "")) for phone in who.phones}
                )),
            )
            for who in people
        }
    )  # fmt: skip
    for form, write in files.FORMS.items():
        if not people and form.startswith("vcard"):
            continue
        found = parse(write(people))
        assert found.rejects.empty
        got = [(*row[:3], tuple(row[3])) for row in said(found)]
        assert sorted(set(got)) == expected, form


@settings(max_examples=40)
@given(st.lists(PERSON, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_but_their_lines(people, random):
    shuffled = random.sample(people, len(people))
    for form in ("google", "outlook desktop", "vcard of apple"):
        one, two = (parse(files.FORMS[form](some)) for some in (people, shuffled))
        without_line = [found.contacts.drop(columns="line") for found in (one, two)]
        pd.testing.assert_frame_equal(*without_line)
        pd.testing.assert_frame_equal(one.addresses, two.addresses)
        pd.testing.assert_frame_equal(one.coverage, two.coverage)
        assert one.coverage["row_count"].sum() == len(people)


# What may be in the place of a file ---------------------------------------------------------------

JUNK = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(str.encode),
    st.text(max_size=200).map(lambda text: files.GOOGLE.encode() + b"\n" + text.encode()),
    st.text(max_size=100).map(lambda text: text.encode("utf-16")),
    st.text(st.sampled_from('BEGINVCARD:;=\n\r\t "FNTELBDAY,\\é'), max_size=200).map(
        lambda text: b"BEGIN:VCARD\n" + text.encode()
    ),
)


@given(JUNK, st.sampled_from([None, {"name": "FN", "email": "Mail"}]))
def test_arbitrary_bytes_give_contacts_or_an_error_of_ours_and_nothing_else(data, columns):
    try:
        found = parse_contacts(data, source="x", columns=columns)
    except (ExportError, SettingError):
        return
    assert (found.coverage["row_count"] >= 0).all()
    used = found.coverage.query("outcome == 'used'")["row_count"].sum()
    assert used == len(found.contacts)
    rejected = found.coverage.query("outcome == 'rejected'")["row_count"].sum()
    assert rejected == len(found.rejects)


def test_an_empty_file_is_refused():
    for data in (b"", b"\n\n", b"\0\0\0", b"\xff\xfe"):
        with pytest.raises(ExportError, match=r"^book.csv: is empty, or no text\. Export the"):
            parse(data)


def test_a_header_without_rows_gives_no_contacts_and_says_so():
    found = parse(files.OUTLOOK_COM + "\n")
    assert found.contacts.empty
    assert counts(found) == [("used", "no rows under the header", 0)]


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(ExportError, match=r"is a folder\. Give the \.csv or \.vcf file in it\."):
        read_contacts(tmp_path)
    with pytest.raises(ExportError, match="there is no such file"):
        read_contacts(tmp_path / "none.csv")
    with pytest.raises(ExportError, match="cannot be read"):
        read_contacts("a\0b.csv")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="is not a file"):
        read_contacts(tmp_path / "pipe")


def test_a_zip_or_a_spreadsheet_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("contacts.csv", files.google([ANA]))
    with pytest.raises(ExportError, match=r"is a ZIP or a spreadsheet\. Unpack it"):
        parse(out.getvalue())


def test_linkedin_connections_are_left_to_read_linkedin():
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    data = f"{header}\nAna,F,,,,,1 Jan 2020\n"
    with pytest.raises(ExportError, match="Give it to read_linkedin"):
        parse(data)


def test_a_csv_in_no_known_form_names_its_columns_and_shows_what_to_do():
    with pytest.raises(ExportError) as caught:
        parse("Kunde;Vorname;Telefon\n7;Ana;5550100\n")
    assert str(caught.value) == (
        "book.csv: is no address book in a form known here; its columns are Kunde, Vorname, "
        'Telefon. Say which column holds what, like columns={"name": "Full name", '
        '"email": ["Mail", "Mail 2"]}.'
    )


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ficticia,ana@example.org",
        "Ana,Ficticia,+1 555 010 0001",
        "Ana;Ficticia;Mailand",
        "Ana Ficticia,Baker Company,Berlin",
        "Ana Ficticia;Job Title GmbH;Mobile",
        "Ana,Born,Name It,Berlin",
        "Ana Ficticia,Company,Company,Company",
        "{}",
        "a",
    ],
)
def test_a_file_without_a_header_shows_nobody(line):
    with pytest.raises(ExportError) as caught:
        parse(f"{line}\n{line}\n")
    assert "no line of it surely names columns" in str(caught.value)
    assert not any(cell in str(caught.value) for cell in re.split("[,;]", line) if len(cell) > 2)


def test_a_file_read_from_disk_bears_its_name(tmp_path):
    path = tmp_path / "Kontakte.csv"
    path.write_bytes(files.google([ANA]))
    found = read_contacts(str(path))
    assert found.source == "Kontakte.csv"
    assert only(found)["source"] == "Kontakte.csv"
    assert found.coverage["file"].tolist() == ["Kontakte.csv"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_saved_again_is_read_the_same(encoding):
    who = Somebody(given="Zoë", family="Größe", company="Bäckerei François")
    data = files.outlook_com([who]).decode()
    assert said(parse(data.encode(encoding))) == said(parse(data))
    again = parse(data.replace(",", ";"))
    assert said(again) == said(parse(data))
    assert again.warnings == (
        "book.csv: saved again by another program (semicolons); read as such.",
    )


def test_a_row_that_does_not_fit_is_rejected_with_its_line():
    found = parse(
        files.outlook_com([ANA]) + b"Ben,Erfunden\n" + files.outlook_com([ANA]).splitlines()[1]
    )
    assert found.rejects[["line", "reason"]].to_dict("records") == [
        {"line": 3, "reason": "has 2 cells, the header has 61"}
    ]
    assert counts(found) == [
        ("used", "contact", 1),
        ("set aside", "the same contact a second time", 1),
        ("rejected", "wrong number of cells", 1),
    ]
    assert found.warnings == ("book.csv: 1 row could not be read; see `rejects`.",)


# Google -------------------------------------------------------------------------------------------


def test_google_several_values_in_one_cell():
    found = google(**{"Phone 1 - Label": "Mobile", "Phone 1 - Value": "+1 555 0100 ::: 555-0102",
                      "E-mail 1 - Value": "a@example.org ::: b@example.org"})  # fmt: skip
    assert values(found, "phone") == ["+15550100", "5550102"]
    assert values(found, "email") == ["a@example.org", "b@example.org"]


def test_google_the_type_with_a_star_marks_the_primary_address():
    found = google(**{"E-mail 1 - Label": "Work", "E-mail 1 - Value": "b@example.org",
                      "E-mail 2 - Label": "* ", "E-mail 2 - Value": "a@example.org"})  # fmt: skip
    assert values(found, "email") == ["a@example.org", "b@example.org"]
    assert only(found)["contact_id"] == "email:a@example.org"


def test_google_system_groups_are_no_labels():
    assert only(google(Labels="* myContacts ::: Choir ::: * friends ::: * starred"))["labels"] == (
        "Choir, friends"
    )
    assert only(google(Labels="* myContacts"))["labels"] is None


def test_google_notes_with_newlines_are_one_row():
    found = google(Notes="one\ntwo\n\nBEGIN:VCARD\nthree")
    assert (found.form, only(found)["line"], counts(found)) == (
        "google",
        2,
        [("used", "contact", 1)],
    )


def test_google_birthday_without_a_year():
    assert only(google(Birthday="--05-04"))["birthday"] == "--05-04"


def test_google_new_form_is_known_without_any_address():
    assert only(parse(table(files.GOOGLE, {"First Name": "Ana"})))["contact_id"] == "name:ana"


def test_google_numbers_are_in_order_however_many():
    columns = {f"E-mail {n} - Value": f"a{n}@example.org" for n in range(12, 0, -1)}
    assert values(google(**columns), "email") == [f"a{n}@example.org" for n in range(1, 13)]


def test_google_prefix_is_no_part_of_a_name_and_the_suffix_is():
    row = google(Name_Prefix="Dr.", Middle_Name="María", Last_Name="Ficticia", Name_Suffix="Jr.")
    assert only(row)["name"] == "Ana María Ficticia Jr."


def test_a_fax_number_is_not_a_persons():
    found = google(**{"Phone 1 - Label": "Work Fax", "Phone 1 - Value": "+1 555 010 0009"})
    assert found.addresses.empty
    row = {"First Name": "Ana", "Home Fax": "5550101", "Company Main Phone": "5550102",
           "Assistant's Phone": "5550103"}  # fmt: skip
    assert parse(table(files.OUTLOOK_DESKTOP, row)).addresses.empty


# Outlook, Thunderbird, LinkedIn -------------------------------------------------------------------


def test_outlook_desktop_empty_dates_are_no_birthdays():
    found = parse(table(files.OUTLOOK_DESKTOP, {"First Name": "Ana", "Birthday": "0/0/00"}))
    assert (only(found)["birthday"], found.warnings) == (None, ())


def test_outlook_birthdays_are_decided_by_the_other_rows():
    rows = [{"First Name": f"A{day}", "Birthday": f"5/{day}/1980"} for day in (4, 14)]
    found = parse(table(files.OUTLOOK_COM, *rows))
    assert found.contacts["birthday"].tolist() == ["1980-05-14", "1980-05-04"]  # name:a14, name:a4
    found = parse(table(files.OUTLOOK_COM, rows[0]))
    assert only(found)["birthday"] is None
    assert found.warnings == (
        "book.csv: 1 birthday could have day or month first, and no row says which: left missing.",
    )


def test_outlook_exchange_addresses_are_no_email():
    row = {"First Name": "Ana", "E-mail Address": "/o=Example/ou=First/cn=Recipients/cn=ana",
           "E-mail Type": "EX"}  # fmt: skip
    found = parse(table(files.OUTLOOK_DESKTOP, row))
    assert found.addresses.empty
    assert found.warnings == ("book.csv: 1 e-mail address is none: left out.",)


def test_thunderbird_birthday_without_a_year():
    row = {"Display Name": "Ana", "Birth Month": "5", "Birth Day": "4"}
    assert only(parse(table(files.THUNDERBIRD, row)))["birthday"] == "--05-04"


@pytest.mark.parametrize("header", [files.LINKEDIN, files.IMPORTED_2018, files.IMPORTED_2026])
def test_linkedin_contact_files_join_emails_with_empty_members(header):
    full = "Full Name" if "Full Name" in header else "FullName"
    found = parse(table(header, {full: "Ana Ficticia", "Emails": "b@example.org, , a@example.org"}))
    assert values(found, "email") == ["a@example.org", "b@example.org"]
    assert only(found)["contact_id"] == "email:a@example.org"
    assert found.warnings == ()


# Columns given by the caller ----------------------------------------------------------------------

OWN = (
    "Full name;Mail;Mail 2;Tel;Firm;Role;Born;LinkedIn;Tags\n"
    "Ana Ficticia;ana@example.org;a@example.net;555-0100;Acme;Boss;1980-05-04;"
    f'{PROFILE};"Choir; Chess"'
)
MAPPED = {
    "name": "Full name", "email": ["Mail", "Mail 2"], "phone": "Tel", "company": "Firm",
    "position": "Role", "birthday": "Born", "profile": "LinkedIn", "labels": "Tags",
}  # fmt: skip


def test_any_other_csv_is_read_by_its_columns():
    found = parse(OWN, columns=MAPPED)
    row = only(found)
    assert found.form == "columns"
    assert (row["name"], row["company"], row["position"]) == ("Ana Ficticia", "Acme", "Boss")
    assert (row["birthday"], row["labels"]) == ("1980-05-04", "Chess, Choir")
    assert found.addresses["value"].tolist() == [
        "ana@example.org", "a@example.net", "5550100", "ana-ficticia-1a",
    ]  # fmt: skip


def test_several_columns_make_up_a_name():
    data = "Vorname,Nachname,Mail\nAna,Ficticia,ana@example.org\n"
    assert only(parse(data, columns={"name": ["Vorname", "Nachname"]}))["name"] == "Ana Ficticia"
    parts = only(parse(data, columns={"given_name": "vorname", "family_name": " NACHNAME"}))
    assert (parts["name"], parts["family_name"]) == ("Ana Ficticia", "Ficticia")


def test_every_fault_of_the_columns_is_said_at_once():
    with pytest.raises(SettingError) as caught:
        parse(OWN, columns={"nmae": "Full name", "email": "Post", "phone": 7, "company": []})
    assert str(caught.value) == (
        "columns: 'nmae' is none of name, given_name, family_name, email, phone, company, "
        "position, birthday, profile, labels; 'phone' is neither the name of a column nor a list "
        "of some; 'company' is neither the name of a column nor a list of some; book.csv has no "
        "column 'Post'. The file's columns are Full name, Mail, Mail 2, Tel, Firm, Role, Born, "
        "LinkedIn, Tags."
    )


def test_a_column_that_is_not_there_is_named_as_typed_with_the_file_and_what_to_do():
    with pytest.raises(SettingError) as caught:
        parse("Ana Ficticia,Baker Company\n", columns={"name": "Zzz"})
    assert str(caught.value) == (
        "columns: book.csv has no column 'Zzz'. Write each as in the line above the file's rows; "
        "capitals do not matter."
    )


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("name", "columns: is str. Give it like"),
        ({}, "nothing says who somebody is"),
        ({"company": "Firm"}, "nothing says who somebody is"),
        ({"name": ["Full name", 7]}, "neither the name of a column"),
    ],
)
def test_columns_that_cannot_be_meant_are_refused(columns, said):
    with pytest.raises(SettingError, match=said):
        parse(OWN, columns=columns)


def test_a_vcard_file_has_no_columns():
    with pytest.raises(SettingError, match="a vCard file has none"):
        parse(files.vcard_apple([ANA]), columns=MAPPED)


# Keys and rows ------------------------------------------------------------------------------------


def keys(*people: Somebody) -> list[str]:
    return parse(files.google(people)).contacts["contact_id"].tolist()


def test_the_key_is_the_email_else_the_phone_else_name_and_company():
    assert keys(Somebody()) == ["email:ana@example.org"]
    assert keys(Somebody(emails=())) == ["phone:+15550100001"]
    assert keys(Somebody(emails=(), phones=())) == ["name:ana ficticia|acme"]
    assert keys(Somebody(emails=(), phones=(), company="")) == ["name:ana ficticia"]
    assert keys(Somebody("🌸", "", (), (), "")) == ["name:🌸"]


def test_names_with_a_comma_keep_what_follows_it_in_their_key():
    one, two = (Somebody(f"Ficticia, {given}", "", (), (), "") for given in ("Ana", "Ben"))
    assert keys(one, two) == ["name:ficticia ana", "name:ficticia ben"]


def test_a_contact_that_stands_twice_is_one():
    found = parse(files.google([ANA, Somebody("Ben"), ANA]))
    assert counts(found) == [
        ("used", "contact", 2),
        ("set aside", "the same contact a second time", 1),
    ]
    assert found.contacts["line"].tolist() == [2, 3]


def test_of_people_with_one_address_each_is_called_by_it_and_the_name_whoever_comes_or_goes():
    ana, ben, cia = Somebody("Ana"), Somebody("Ben"), Somebody("Cia")
    called = {
        "Ana": "email:ana@example.org#ana ficticia",
        "Ben": "email:ana@example.org#ben ficticia",
    }
    for people in ((ana, ben), (ben, ana), (cia, ben, ana), (ben, ana, ana)):
        found = parse(files.google(people)).contacts.set_index("given_name")["contact_id"]
        assert found[["Ana", "Ben"]].to_dict() == called
    assert keys(Somebody("Ana", "", phones=()), Somebody("Ana", "", phones=("5550100",))) == [
        "email:ana@example.org",
        "email:ana@example.org#2",
    ]


def test_a_number_never_makes_a_key_that_another_has():
    people = [Somebody(g, "", ("a@b",), (), "") for g in ("Ana", "Ben")]
    other = Somebody("Cia", "", ("a@b#2",), (), "")
    assert keys(*people, other) == ["email:a@b#2", "email:a@b#ana", "email:a@b#ben"]
    other = Somebody("Cia", "", ("a@b#ben",), (), "")
    assert keys(*people, other) == ["email:a@b#ana", "email:a@b#ben", "email:a@b#ben#2"]


def test_a_row_without_a_name_and_without_an_address_is_set_aside():
    found = google(First_Name="", Organization_Name="Acme", Notes="note")
    assert counts(found) == [("set aside", "empty: neither a name nor an address", 1)]


def test_an_address_without_a_name_is_kept():
    found = google(First_Name="", **{"Phone 1 - Value": "555-0100"})
    assert (only(found)["name"], only(found)["contact_id"]) == (None, "phone:5550100")


def test_an_address_in_the_place_of_a_name_is_no_name():
    row = {
        "Display Name": "ana@example.org",
        "First Name": "Ana",
        "Primary Email": "ana@example.org",
    }
    assert only(parse(table(files.THUNDERBIRD, row)))["name"] == "Ana"
    assert name_of("Ana 🚀") == "Ana 🚀"


def test_nothing_private_is_in_errors_warnings_rejects_or_repr():
    row = {"First Name": "Secreta", "E-mail Address": "secreta at example",
           "Mobile Phone": "secreta", "Birthday": "secreta"}  # fmt: skip
    found = parse(table(files.OUTLOOK_COM, row) + b"Secreta,secreta\n")
    texts = [*found.warnings, repr(found), found.rejects.to_string(), found.coverage.to_string()]
    assert len(found.warnings) == 4
    assert not any("secret" in text.casefold() for text in texts)


# Values -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "email"),
    [
        (" Ana@Example.ORG ", "ana@example.org"),
        ("MAILTO:ana@example.org?subject=x", "ana@example.org"),
        ("<ana@example.org>", "ana@example.org"),
        ("\u200fana@example.org\u200e", "ana@example.org"),
        ("jose\u0301@example.org", "jos\u00e9@example.org"),
        ("ana", None), ("ana@", None), ("@example.org", None), ("a b@example.org", None),
        ("a@b@c", None),
    ],
)  # fmt: skip
def test_email_addresses_as_compared(text, email):
    assert email_of(text) == email


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("+1 (555) 010-0001", "+15550100001"),
        ("tel:+1-555-010-0001;ext=12", "+15550100001"),
        ("555 010 0001 x12", "5550100001"),
        ("555 010 0001 ext. 12", "5550100001"),
        ("0049 30 5550100", "+49305550100"),
        ("+49 (0)30 5550100", "+49305550100"),
        ("(030) 5550100", "0305550100"),
        ("\u202a+1 555 010 0001\u202c", "+15550100001"),
        ("٥٥٥٠١٠٠", "5550100"),
        ("12345", None), ("call me", None), ("", None), ("4.4555E+11", None),
    ],
)  # fmt: skip
def test_phone_numbers_as_compared(text, phone):
    assert phone_of(text) == phone


def test_a_pause_in_dialling_parts_no_numbers():
    assert split_phones("+1 555 0100,,12") == ["+1 555 0100,,12"]
    assert split_phones("555-0100, 555-0101\n555-0102") == ["555-0100", "555-0101", "555-0102"]


def test_only_profiles_on_linkedin_count():
    assert profiles_in(f"http://example.org/in/x ::: {PROFILE}/?trk=1") == ["ana-ficticia-1a"]
    assert profiles_in("http://notlinkedin.com/in/x http://linkedin.com/company/x /in/x") == []
    assert profiles_in("www.linkedin.com/in/Jos%C3%A9-1") == ["josé-1"]


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("19800504", "1980-05-04"), ("1980-05-04", "1980-05-04"), ("1980/5/4", "1980-05-04"),
        ("1980-05-04T00:00:00Z", "1980-05-04"), ("19800504T120000", "1980-05-04"),
        ("1980-05-04 00:00:00", "1980-05-04"),
        ("--0504", "--05-04"), ("--05-04", "--05-04"), ("--02-29", "--02-29"),
        ("1604-05-04", "--05-04"), ("0000-05-04", "--05-04"),
        ("4.5.1980", "1980-05-04"), ("4.5.", "--05-04"), ("4 May 1980", "1980-05-04"),
        ("May 4, 1980", "1980-05-04"), ("May 4", "--05-04"), ("4. Mai 1980", "1980-05-04"),
        ("14/5/80", "--05-14"), ("5/5/1980", "1980-05-05"),
        ("", ""), ("0/0/00", ""), ("0000-00-00", ""), ("1/1/4501", ""),
        ("1981-02-29", ""), ("--0230", ""), ("1980", ""), ("1980-05", ""), ("soon", ""),
        ("1234-05-04", ""), ("5/4/1980", ""),
    ],
)  # fmt: skip
def test_birthdays_in_every_form(text, birthday):
    assert parse_birthdays([text]).found == [birthday]


def test_a_year_of_two_digits_is_left_off_and_said():
    assert parse_birthdays(["14/5/80", "x", "x"]).notes == (
        "1 birthday is written with two digits of the year: kept without the year.",
        "2 birthdays are in no form known here: left missing.",
    )


def test_birthdays_of_one_form_do_not_decide_for_another():
    found = parse_birthdays(["5/14/1980", "5/4/80", "4-5-1980", "3/4/1980"]).found
    assert found == ["1980-05-14", "", "", "1980-03-04"]


@pytest.mark.parametrize("path", [5, None, ""])
def test_what_is_no_path_gets_a_sentence(path):
    with pytest.raises(SettingError, match="path: is no name of a file"):
        read_contacts(path)
