"""Address books and an export become one network: each rule, and the laws of `combine`."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.combining import combine
from netquality.decisions import Decisions, keep_decisions
from netquality.errors import ExportError, SettingError, TableError
from netquality.identity import Owner, name_key
from netquality.network import Contacts, Network, end_of_day
from netquality.reading.contacts import parse_contacts
from netquality.tables import (
    ADDRESSES,
    CONTACTS,
    COVERAGE,
    INTERACTIONS,
    PARTICIPANTS,
    PEOPLE,
    POSITIONS,
    REJECTS,
    build,
    empty,
)

if TYPE_CHECKING:
    import random

HOME = Path(__file__).parents[1] / "data" / "sample"


# -- by hand: a network of people, a book of cards ------------------------------------------------


def person(slug, name, company=None, email=None, on="2020-01-01", **more):
    return {
        "person_id": slug, "profile_key": slug, "name": name, "company": company, "email": email,
        "connected_on": pd.Timestamp(on), "is_connection": True, **more,
    }  # fmt: skip


def network(*people, owner=("Olga Ownerin", "olga-ownerin-0"), jobs=(), **more) -> Network:
    given = dict.fromkeys(PEOPLE.dtypes) | {
        "is_connection": False, "is_ambiguous": False, "source": "Connections.csv",
        "matched_by": "profile",
    }  # fmt: skip
    rows = [given | one for one in people]
    columns = {name: [row[name] for row in rows] for name in PEOPLE.dtypes}
    return Network(
        people=build(PEOPLE, columns),
        interactions=more.pop("interactions", empty(INTERACTIONS)),
        participants=empty(PARTICIPANTS),
        positions=build(
            POSITIONS,
            {
                "company": list(jobs), "started_on": [pd.Timestamp("2019-01-01")] * len(jobs),
                "finished_on": pd.Series([pd.NaT] * len(jobs)), "is_current": [True] * len(jobs),
                "is_month_known": [True] * len(jobs),
            },
        ),
        coverage=coverage("Connections.csv", len(rows)),
        rejects=empty(REJECTS),
        owner=Owner(*owner, "by hand"),
        as_of=end_of_day(pd.Timestamp("2026-11-20").date()),
        as_of_source="by hand",
        kinds=more.pop("kinds", frozenset({"connections", "messages"})),
        **more,
    )  # fmt: skip


def coverage(file, count, outcome="used"):
    return build(
        COVERAGE,
        {
            "file": [file], "outcome": [outcome], "reason": ["contact"], "row_count": [count],
            "first_on": pd.Series([pd.NaT]), "last_on": pd.Series([pd.NaT]),
        },
    )  # fmt: skip


def card(name=None, *addresses, company=None, birthday=None, contact_id=None, **more):
    """One card; an address with an @ is an e-mail, one of digits a phone, the rest profiles."""
    kinds = [
        "email" if "@" in value else "phone" if value.lstrip("+").isdigit() else "profile"
        for value in addresses
    ]
    known = sorted(zip(kinds, addresses, strict=True), key=lambda each: each[0] != "email")
    first = next((f"{kind}:{value}" for kind, value in known if kind != "profile"), None)
    bare = f"name:{name_key(name or '')}" + (f"|{company.casefold()}" if company else "")
    return {
        "contact_id": contact_id or first or bare, "name": name, "company": company,
        "birthday": birthday, "addresses": known, **more,
    }  # fmt: skip


def book(*cards, source="contacts.csv", warnings=()) -> Contacts:
    rows = [dict.fromkeys(CONTACTS.dtypes) | {"source": source} | one for one in cards]
    columns = {name: [row[name] for row in rows] for name in CONTACTS.dtypes}
    columns["line"] = [row["line"] or number for number, row in enumerate(rows, start=2)]
    known = [(row["contact_id"], *each) for row in rows for each in row["addresses"]]
    return Contacts(
        contacts=build(CONTACTS, columns),
        addresses=build(
            ADDRESSES, {name: [row[n] for row in known] for n, name in enumerate(ADDRESSES.dtypes)}
        ),
        coverage=coverage(source, len(rows)),
        rejects=empty(REJECTS),
        form="google",
        source=source,
        warnings=tuple(warnings),
    )


ANNA = person("anna-1", "Anna Ficticia", "Bake Co", "anna@example.org")
BERT = person("bert-2", "Bert Erfunden", "Old Mill")


def joined(made: Network) -> dict[str, tuple[str, str]]:
    """Return, for each record that was joined, to whom and how."""
    rows = made.matches.itertuples()
    return {row.record_id: (row.person_id, row.matched_by) for row in rows}


def asked(made: Network) -> set[tuple[str, str]]:
    return set(zip(made.doubts["person_id"], made.doubts["record_id"], strict=True))


def say(person_id, record_id, *, same=True) -> Decisions:
    return Decisions(
        pd.DataFrame({"person_id": [person_id], "record_id": [record_id], "is_same": [same]})
    )


# -- what joins -----------------------------------------------------------------------------------


def test_the_profile_in_the_address_book_decides_whatever_the_name():
    made = combine(network(ANNA, BERT), book(card("Anna Newname", "anna-1", "an@example.net")))
    assert joined(made) == {"email:an@example.net": ("anna-1", "profile")}
    assert made.contacts["person_id"].tolist() == ["anna-1"]
    assert made.doubts.empty


@pytest.mark.parametrize(
    "name",
    ["Anna Ficticia", "anna", "A. Ficticia", "Ficticia Anna", "Ana Ficticia", None,
     "Anna María Ficticia", "anna@example.org"],
)  # fmt: skip
def test_the_same_e_mail_address_joins_unless_the_names_contradict(name):
    made = combine(network(ANNA, BERT), book(card(name, "anna@example.org")))
    assert joined(made) == {"email:anna@example.org": ("anna-1", "email")}
    assert made.doubts.empty
    assert len(made.people) == 2


def test_an_e_mail_address_is_compared_without_capitals_and_spaces():
    ana = person("ana-1", "Ana Ficticia", email=" ANA@Example.ORG")
    assert joined(combine(network(ana), book(card("Ana", "ana@example.org"))))


@pytest.mark.parametrize("name", ["Bert Ficticia", "Anna Erfunden", "Zoe Beispiel"])
def test_one_e_mail_address_with_two_names_is_a_question(name):
    made = combine(network(ANNA), book(card(name, "anna@example.org")))
    assert made.matches.empty
    assert asked(made) == {("anna-1", "email:anna@example.org")}
    assert made.doubts["evidence"].item() == "The e-mail address is the same; the names differ."
    assert made.doubts["is_same"].isna().all()
    assert len(made.people) == 2  # until it is answered they are two


def test_a_familys_address_joins_only_who_has_the_name_too():
    people = network(person("anna-1", "Anna Ficticia", email="family@example.org"))
    made = combine(
        people,
        book(
            card("Anna Ficticia", "family@example.org"),
            card("Bert Ficticia", "family@example.org", contact_id="email:family@example.org#2"),
        ),
    )
    assert joined(made) == {"email:family@example.org": ("anna-1", "email")}
    assert asked(made) == {("anna-1", "email:family@example.org#2")}


def test_two_alike_names_in_one_file_are_two_people_of_one_address():
    people = network(person("jan-1", "Jan Erfunden", email="family@example.org"))
    cards = (
        card("Jan Erfunden", "family@example.org"),
        card("Jana Erfunden", "family@example.org", contact_id="email:family@example.org#2"),
    )
    made = combine(people, book(*cards))
    assert joined(made) == {"email:family@example.org": ("jan-1", "email")}
    assert asked(made) == {("jan-1", "email:family@example.org#2")}


def test_an_office_address_joins_nobody_and_asks_nothing():
    cards = [
        card(
            f"{name} Beispiel", "office@example.com", contact_id=f"email:office@example.com#{name}"
        )
        for name in ("Ada", "Bo", "Cleo", "Dora", "Emil", "Finn", "Gret")
    ]
    made = combine(network(ANNA), book(*cards))
    assert made.matches.empty
    assert made.doubts.empty
    assert len(made.people) == 8
    assert "Address books: 1 name or address is common to so many" in made.warnings[-1]


def test_the_same_phone_number_needs_the_same_name():
    home = book(
        card("Cleo Beispiel", "cleo@example.org", "+12025550143"),
        card("Dora Beispiel", "dora@example.org", "+12025550199"),
    )
    work = book(
        card("Cleo Beispiel", "cleo@example.net", "2025550143"),  # without the country's code
        card("Emil Beispiel", "emil@example.net", "+12025550199"),
        source="work.vcf",
    )
    made = combine(network(ANNA), home, work)
    assert joined(made) == {"email:cleo@example.org": ("email:cleo@example.net", "phone and name")}
    assert asked(made) == {("email:dora@example.org", "email:emil@example.net")}
    assert made.doubts["evidence"].item() == "The phone number is the same; the names differ."


def test_the_same_last_digits_in_two_countries_are_two_numbers():
    made = combine(
        network(),
        book(card("Cleo Beispiel", "+4925550143")),
        book(card("Cleo Beispiel", "+12025550143"), source="work.vcf"),
    )
    assert made.matches.empty
    assert made.doubts["evidence"].tolist() == [
        "The name is the same; neither a company nor an address does more."
    ]


def test_name_and_company_join_where_they_single_out_one():
    made = combine(network(ANNA, BERT), book(card("Anna Ficticia", company="BAKE CO GmbH")))
    assert joined(made) == {"name:anna ficticia|bake co gmbh": ("anna-1", "name and company")}


@pytest.mark.parametrize(
    ("name", "company"),
    [("Anna Ficticia", None), ("Anna Ficticia", "Old Mill"), ("Anna Ficticia", "Freelance")],
)
def test_never_by_the_name_alone(name, company):
    people = network(person("anna-1", "Anna Ficticia", "Freelance"))
    made = combine(people, book(card(name, "a@example.net", company=company)))
    assert made.matches.empty
    assert asked(made) == {("anna-1", "email:a@example.net")}
    assert len(made.people) == 2


def test_a_given_name_and_a_company_are_a_question_only():
    made = combine(network(ANNA), book(card("Anna", "x@example.net", company="Bake Co")))
    assert made.matches.empty
    assert made.doubts["evidence"].item() == (
        "One name is a part of the other and the company is the same; nothing firmer is on file."
    )


def test_a_given_name_that_fits_several_asks_nothing():
    people = network(ANNA, person("anna-3", "Anna Erfunden", "Bake Co"))
    made = combine(people, book(card("Anna", "x@example.net", company="Bake Co")))
    assert made.matches.empty
    assert made.doubts.empty


def test_of_namesakes_the_company_singles_out_one():
    people = network(ANNA, person("anna-9", "Anna Ficticia", "Old Mill"))
    made = combine(people, book(card("Anna Ficticia", "a@example.net", company="Old Mill")))
    assert joined(made) == {"email:a@example.net": ("anna-9", "name and company")}
    assert made.doubts.empty


@pytest.mark.parametrize("company", [None, "Bake Co"])
def test_namesakes_whom_nothing_tells_apart_are_a_question_each(company):
    people = network(ANNA, person("anna-9", "Anna Ficticia", "Bake Co"))
    made = combine(people, book(card("Anna Ficticia", "a@example.net", company=company)))
    assert made.matches.empty
    assert asked(made) == {
        ("anna-1", "email:a@example.net"),
        ("anna-9", "email:a@example.net"),
    }
    assert made.doubts["evidence"].str.contains("others have that name too").all()


def test_namesakes_in_one_address_book_stay_two():
    cards = (
        card("Anna Ficticia", "a@example.net", company="Bake Co"),
        card("Anna Ficticia", "b@example.net", company="Bake Co"),
    )
    made = combine(network(ANNA), book(*cards))
    assert made.matches.empty
    assert len(made.people) == 3
    assert ("anna-1", "email:a@example.net") in asked(made)
    assert ("anna-1", "email:b@example.net") in asked(made)


@pytest.mark.parametrize(
    ("one", "other", "is_asked"),
    [
        ("Stefan Meier", "Stephan Meier", True),
        ("Katherine Erfunden", "Catherine Erfunden", True),
        ("José Inventado", "Jose Inventado", True),
        ("Lena Erfunden", "Lisa Erfunden", False),
        ("Tim Li", "Tom Li", False),
        ("Bert Ficticia", "Anna Ficticia", False),
    ],
)
def test_much_alike_names_are_a_question_where_the_company_is_the_same(one, other, is_asked):
    people = network(person("one-1", one, "Bake Co"))
    made = combine(people, book(card(other, "x@example.net", company="Bake Co Ltd")))
    assert made.matches.empty
    assert bool(asked(made)) is is_asked
    alone = combine(people, book(card(other, "x@example.net")))
    assert alone.doubts.empty  # alike, and nothing else speaks for it


def test_an_e_mail_address_may_speak_for_it():
    people = network(ANNA, person("stefan-1", "Stefan Meier", "Old Mill"))
    made = combine(
        people,
        book(
            card(None, "anna.ficticia@example.com"),
            card("Stephan Meier", "info@old-mill.example"),
            card("Bert", "anna.ficticia@example.net"),  # another name: a shared computer
        ),
    )
    assert made.doubts[["person_id", "evidence"]].to_numpy().tolist() == [
        [
            "stefan-1",
            (
                "The names are much alike and an e-mail address is of the same company; "
                "nothing firmer is on file."
            ),
        ],
        [
            "anna-1",
            "An e-mail address reads like the name; one of them has no name.",
        ],
    ]


def test_an_address_that_everybody_may_have_is_no_company():
    people = network(person("stefan-1", "Stefan Meier", "Yahoo"))
    assert combine(people, book(card("Stephan Meier", "x@yahoo.com"))).doubts.empty


def test_a_card_that_fits_two_people_of_the_export_fits_neither():
    people = network(ANNA, person("ana-2", "Ana Ficticia", email="ana@example.org"))
    made = combine(people, book(card("Ana Ficticia", "ana@example.org", "anna@example.org")))
    assert made.matches.empty
    assert asked(made) == {
        ("anna-1", "email:ana@example.org"),
        ("ana-2", "email:ana@example.org"),
    }


def test_another_profile_or_birthday_speaks_against_it():
    made = combine(
        network(ANNA),
        book(card("Anna Ficticia", "anna-other", "a@example.net", company="Bake Co")),
    )
    assert made.matches.empty
    assert "the LinkedIn profiles differ" in made.doubts["evidence"].item()
    father = card("Finn Beispiel", "home@example.org", birthday="1950-02-03")
    son = card("Finn Beispiel", "home@example.org", birthday="--05-06", contact_id="email:son")
    made = combine(network(), book(father, son))
    assert made.matches.empty
    assert "the birthdays differ" in made.doubts["evidence"].item()


def test_one_card_leads_to_another():
    home = book(card("Anna Ficticia", "anna-1", "a@example.net"))
    work = book(card("Anna Newname", "w@example.net", "a@example.net"), source="work.vcf")
    made = combine(network(ANNA), home, work)
    assert joined(made) == {"email:a@example.net": ("anna-1", "profile")}
    work = book(card("Anna", "w@example.net", "a@example.net"), source="work.vcf")
    made = combine(network(ANNA), home, work)
    assert joined(made)["email:w@example.net"] == ("anna-1", "email")
    said = made.matches.set_index("record_id")["evidence"]["email:w@example.net"]
    assert said == "The e-mail address is the same as on another card of theirs."


def test_the_same_id_in_two_files_is_no_proof():
    made = combine(
        network(),
        book(card("Anna Ficticia")),
        book(card("Anna Ficticia"), source="work.vcf"),
        book(card("Bert Ficticia", "family@example.org"), source="x.csv"),
        book(card("Cleo Ficticia", "family@example.org"), source="y.csv"),
    )
    assert len(made.people) == 4
    assert made.people["person_id"].is_unique
    assert len(asked(made)) == 2  # the two Annas by name, the other two by the address


def test_a_person_known_by_name_alone_is_not_the_card_of_that_name():
    bare = person("name:anna ficticia", "Anna Ficticia", profile_key=None, matched_by="name")
    made = combine(network(bare), book(card("Anna Ficticia")))
    assert made.people["person_id"].is_unique
    assert len(made.people) == 2
    assert len(asked(made)) == 1
    [(known, record)] = asked(made)
    again = combine(network(bare), book(card("Anna Ficticia")), decisions=say(known, record))
    assert len(again.people) == 1
    assert again.matches["matched_by"].tolist() == ["your own word"]


# -- the owner ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "own",
    [
        card("Olga Ownerin", "olga@example.org"),
        card("Me", "olga-ownerin-0", "olga@example.org"),
        card("Olga Ownerin", "olga@example.org", company="Bake Co"),
    ],
)
def test_your_own_card_is_nobody_else(own):
    made = combine(network(ANNA, jobs=["Bake Co"]), book(own, card("Olga", "olga@example.org",
                   contact_id="email:olga@example.org#2")))  # fmt: skip
    assert made.people["person_id"].tolist() == ["anna-1"]
    assert made.contacts["person_id"].isna().any()
    assert any("taken for your own" in warning for warning in made.warnings)


def test_somebody_with_your_name_is_not_you():
    people = network(person("olga-2", "Olga Ownerin", "Bake Co"))
    made = combine(people, book(card("Olga Ownerin", "o@example.org")))
    assert made.contacts["person_id"].tolist() == ["email:o@example.org"]
    assert asked(made) == {("olga-2", "email:o@example.org")}
    other = combine(network(ANNA), book(card("Olga Ownerin", "olga-namesake", "o@example.org")))
    assert other.contacts["person_id"].tolist() == ["email:o@example.org"]


# -- what comes out -------------------------------------------------------------------------------


def test_what_the_export_says_of_people_stays():
    before = network(ANNA, BERT)
    made = combine(
        before,
        book(card("Anna Ficticia-Neu", "anna-1", "new@example.net", company="Elsewhere")),
    )
    pd.testing.assert_frame_equal(made.people, before.people)
    assert made.contacts["company"].tolist() == ["Elsewhere"]  # side by side
    pd.testing.assert_frame_equal(made.interactions, before.interactions)


def test_who_is_nobody_yet_becomes_a_person():
    made = combine(
        network(ANNA),
        book(
            card("Cleo Beispiel", "b@example.org", "a@example.org", "cleo-3", company="Weir",
                 position="Miller", given_name="Cleo", family_name="Beispiel",
                 contact_id="email:b@example.org"),
        ),
    )  # fmt: skip
    cleo = made.people.iloc[-1]
    assert cleo["person_id"] == "email:b@example.org"
    assert cleo["profile_key"] == "cleo-3"
    assert cleo[["name", "given_name", "family_name"]].tolist() == [
        "Cleo Beispiel", "Cleo", "Beispiel",
    ]  # fmt: skip
    assert cleo[["company", "position", "email"]].tolist() == ["Weir", "Miller", "b@example.org"]
    assert pd.isna(cleo["connected_on"])
    assert not cleo["is_connection"]
    assert cleo[["source", "matched_by"]].tolist() == ["contacts.csv", "address book"]


def test_the_rows_of_each_file_are_still_counted():
    made = combine(network(ANNA), book(card("Cleo Beispiel"), card("Finn Beispiel")))
    assert made.coverage.groupby("file")["row_count"].sum().to_dict() == {
        "Connections.csv": 1,
        "contacts.csv": 2,
    }
    assert len(made.contacts) == 2


def test_an_address_book_that_holds_nobody_is_named_all_the_same():
    made = combine(network(ANNA), book(source="empty.csv", warnings=["empty.csv: holds nobody."]))
    assert "empty.csv" in made.coverage["file"].tolist()
    assert "empty.csv: holds nobody." in made.warnings
    assert_same(
        combine(made, book(source="empty.csv", warnings=["empty.csv: holds nobody."])), made
    )


def test_nothing_private_is_said():
    cards = book(card("Bert Ficticia", "anna@example.org"), card("Anna Ficticia", "z@example.net"))
    made = combine(network(ANNA), cards)
    said = " ".join([*made.warnings, *made.doubts["evidence"], repr(made), repr(cards)])
    for private in ("Anna", "Bert", "Ficticia", "@", "example"):
        assert private not in said


def test_the_clearest_question_comes_first():
    people = network(ANNA, BERT, person("stefan-1", "Stefan Meier", "Bake Co"))
    made = combine(
        people,
        book(
            card("Zoe Beispiel", "anna@example.org"),
            card("Bert Erfunden", "b@example.net", company="Old Mill AG", birthday="1980-01-01"),
            card("Bert Erfunden", "c@example.net", company="Old Mill", birthday="1980-01-02"),
            card("Stephan Meier", "s@example.net", company="Bake Co"),
            card("Anna Ficticia", "y@example.net"),
        ),
    )
    firsts = made.doubts["evidence"].str.partition(";")[0].tolist()
    assert firsts[:2] == ["The name is the same and the company is the same"] * 2
    assert firsts[2] == "The names are much alike and the company is the same"
    assert firsts[3] == "The name is the same"
    assert "The e-mail address is the same" in firsts[4:]


def test_two_address_books_of_one_name_are_refused():
    google, outlook = book(card("Cleo Beispiel")), book(card("Finn Beispiel"))
    for parts in ((network(ANNA), google, outlook), (combine(network(ANNA), google), outlook)):
        with pytest.raises(SettingError, match=r"contacts.csv: two different address books"):
            combine(*parts)


def test_mixed_up_arguments_get_a_sentence():
    with pytest.raises(TableError, match="contacts: is str"):
        combine(network(ANNA), "contacts.csv")
    with pytest.raises(TableError, match="network: is str"):
        combine("export.zip")
    with pytest.raises(TableError, match="decisions: is int"):
        combine(network(ANNA), decisions=3)


# -- your own word --------------------------------------------------------------------------------


def test_your_word_joins_and_is_kept(tmp_path):
    path = tmp_path / "same.csv"
    cards = book(card("Anna Erfunden", "anna@example.org"), card("Bert Erfunden", "b@example.net"))
    first = combine(network(ANNA, BERT), cards, decisions=path)
    assert asked(first) == {
        ("anna-1", "email:anna@example.org"),
        ("bert-2", "email:b@example.net"),
    }
    doubts = first.doubts.assign(is_same=first.doubts["person_id"] == "anna-1")
    keep_decisions(doubts, path)
    made = combine(network(ANNA, BERT), cards, decisions=path)
    assert joined(made) == {"email:anna@example.org": ("anna-1", "your own word")}
    assert made.matches["evidence"].tolist() == ["You said that they are the same."]
    assert made.doubts.empty  # the other was answered too, for ever
    assert_same(combine(made, cards, decisions=str(path)), made)


def test_every_match_can_be_undone(tmp_path):
    path = tmp_path / "same.csv"
    people = network(ANNA, BERT, person("cleo-3", "Cleo Beispiel"))
    cards = book(
        card("Anna Ficticia", "anna@example.org"),
        card("Bert Erfunden", "b@example.net", company="Old Mill"),
        card("Cleo", "c@example.net", "cleo-3"),
    )
    made = combine(people, cards)
    assert set(made.matches["matched_by"]) == {"email", "name and company", "profile"}
    for number in range(3):
        row = made.matches.iloc[[number]]
        keep_decisions(row.assign(is_same=False), path)
        undone = combine(people, cards, decisions=path)
        assert len(undone.matches) == 2 - number
        assert row["record_id"].item() in set(undone.people["person_id"])
    assert undone.doubts.empty


def test_undoing_one_card_leaves_the_others():
    people = network(ANNA)
    cards = book(
        card("Anna Ficticia", "anna@example.org"),
        card("Anna", "anna@example.org", contact_id="email:anna@example.org#2"),
    )
    assert len(combine(people, cards).matches) == 2
    made = combine(people, cards, decisions=say("anna-1", "email:anna@example.org#2", same=False))
    assert joined(made) == {"email:anna@example.org": ("anna-1", "email")}
    assert made.doubts.empty


def test_what_contradicts_itself_names_lines_and_nobody(tmp_path):
    path = tmp_path / "same.csv"
    path.write_text(
        "person_id,record_id,is_same\nanna-1,email:c@example.net,yes\n"
        "bert-2,email:d@example.net,no\nbert-2,email:c@example.net,yes\n"
    )
    cards = book(card("Cleo", "c@example.net"))
    with pytest.raises(ExportError, match=r"^same.csv, lines 2, 4: cannot all be true") as error:
        combine(network(ANNA, BERT), cards, decisions=path)
    assert "anna" not in str(error.value)
    assert "example" not in str(error.value)


def test_answers_about_nobody_here_are_counted():
    made = combine(network(ANNA), book(card("Cleo")), decisions=say("gone-1", "email:c@x.example"))
    assert "Address books: 1 of your answers is about somebody who is not here." in made.warnings
    # the reader of the export has applied these
    inside = combine(network(ANNA), book(card("Cleo")), decisions=say("anna-1", "name:anna"))
    assert not any("answers" in warning for warning in inside.warnings)


def as_read(*rows: str, source: str = "contacts.csv") -> Contacts:
    """An address book as its reader gives it; each row a name and an e-mail address."""
    data = "\n".join(["Who,Mail", *rows]).encode()
    return parse_contacts(data, source=source, columns={"name": "Who", "email": "Mail"})


NO_MORE = "Address books: 1 of your answers is about somebody who is not here."
WHICH = (
    "Address books: 1 of your answers is about an address that several cards have by now: "
    "say it again of one."
)
AARON, ANNE, TINA = (f"{name},family@example.org" for name in ("Aaron F", "Anne F", "Tina F"))


@pytest.mark.parametrize("same", [True, False])
def test_an_answer_about_one_of_an_address_is_for_nobody_else_who_has_it(same):
    people = network(person("anna-1", "Anna Ficticia", None, "family@example.org"), BERT)
    first = combine(people, as_read(ANNE, TINA))
    of_anne = first.contacts.set_index("name")["contact_id"]["Anne F"]
    word = say("anna-1", of_anne, same=same)
    for rows in ([ANNE, TINA], [AARON, TINA, ANNE], [ANNE]):
        made = combine(people, as_read(*rows), decisions=word)
        known = made.contacts.set_index("name")["person_id"].to_dict()
        assert (known.pop("Anne F") == "anna-1") is same
        assert "anna-1" not in known.values()
        assert not any("your answers" in warning for warning in made.warnings)
    for rows in ([TINA], [TINA, AARON], [AARON]):
        made = combine(people, as_read(*rows), decisions=word)
        assert "anna-1" not in set(made.contacts["person_id"])
        assert NO_MORE in made.warnings


@pytest.mark.parametrize("same", [True, False])
def test_an_answer_about_an_address_that_several_have_by_now_is_given_to_nobody(same):
    people = network(BERT)
    alone = combine(people, as_read(ANNE))
    word = say("bert-2", alone.contacts["contact_id"].item(), same=same)
    made = combine(people, as_read(AARON, ANNE), decisions=word)
    assert made.matches.empty
    assert WHICH in made.warnings


def test_a_no_holds_beside_a_second_book_with_the_same_address():
    one = as_read("Anna Ficticia,a@example.net")
    other = as_read("Benny,a@example.net", source="old.csv")
    people = network(person("anna-1", "Anna Ficticia", None, "a@example.net"))
    match = combine(people, one).matches
    assert match["record_id"].tolist() == ["email:a@example.net"]
    word = Decisions(match.assign(is_same=False))
    for books in ((one, other), (other, one)):
        made = combine(people, *books, decisions=word)
        assert made.matches.empty
        assert not any("your answers" in warning for warning in made.warnings)


def test_a_yes_given_with_two_books_holds_with_one_and_the_other_way_round():
    one = as_read("Bert Erfunden,b@example.net")
    other = as_read("Benny,b@example.net", source="old.csv")
    both = combine(network(BERT), one, other)
    called = both.contacts.set_index("name")["contact_id"]["Bert Erfunden"]
    assert called != "email:b@example.net"
    for word in (say("bert-2", called), say("bert-2", "email:b@example.net")):
        for books in ((one,), (one, other), (other, one)):
            made = combine(network(BERT), *books, decisions=word)
            known = made.contacts.set_index("name")["person_id"]
            assert known["Bert Erfunden"] == "bert-2"
            assert list(known).count("bert-2") == 1
            assert made.matches["matched_by"].tolist() == ["your own word"]
            assert "You said that they are the same." in made.matches["evidence"].tolist()
            assert not any("your answers" in warning for warning in made.warnings)
    alone = combine(network(BERT), other, decisions=say("bert-2", called))
    assert alone.matches.empty
    assert NO_MORE in alone.warnings


# -- laws -----------------------------------------------------------------------------------------


def assert_same(one: Network, other: Network) -> None:
    for name in ("people", "contacts", "addresses", "coverage", "rejects", "matches", "doubts"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)
    assert one.warnings == other.warnings
    assert one.kinds == other.kinds


NAMES = ["Anna Ficticia", "Ana Ficticia", "Anna", "Bert Ficticia", "Bert Erfunden", None]
MAILS = ["anna@example.org", "a.ficticia@example.net", "family@example.org"]
PHONES = ["+12025550143", "2025550143", "+12025550199"]
CARDS = st.builds(
    lambda name, mails, phones, profile, company, day: card(
        name, *mails, *phones, *profile, company=company, birthday=day
    ),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(MAILS), max_size=2, unique=True),
    st.lists(st.sampled_from(PHONES), max_size=1),
    st.lists(st.sampled_from(["anna-1", "bert-2", "zoe-9"]), max_size=1),
    st.sampled_from([None, "Bake Co", "Old Mill"]),
    st.sampled_from([None, "1980-01-02", "--05-06"]),
)
BOOKS = st.lists(CARDS.filter(lambda one: one["name"] or one["addresses"]), max_size=6)
EVERYBODY = [
    ANNA,
    person("bert-2", "Bert Erfunden", "Old Mill", "family@example.org"),
    person("anna-9", "Anna Ficticia", "Old Mill"),
    person("name:ana ficticia", "Ana Ficticia", profile_key=None, matched_by="name"),
]
ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["anna-1", "bert-2", "email:anna@example.org"]),
        st.sampled_from(["email:family@example.org", "phone:+12025550143", "name:anna ficticia"]),
        st.booleans(),
    ),
    max_size=2,
    unique_by=lambda row: row[:2],
)


def decided(answers) -> Decisions:
    return Decisions(pd.DataFrame(answers, columns=["person_id", "record_id", "is_same"]))


@settings(max_examples=20)
@given(BOOKS, BOOKS, ANSWERS)
def test_one_after_the_other_is_both_at_once_and_again_is_nothing(one, other, answers):
    people, word = network(*EVERYBODY), decided(answers)
    first, second = book(*one), book(*other, source="work.vcf")
    try:
        both = combine(people, first, second, decisions=word)
    except ExportError:
        return  # the answers contradict each other
    assert_same(combine(people, second, first, decisions=word), both)
    assert_same(combine(both, second, decisions=word), both)
    assert_same(combine(both, decisions=word), both)
    partly = combine(people, first)
    assert_same(combine(partly, second, decisions=word), both)


@settings(max_examples=20)
@given(BOOKS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(cards, dice: random.Random):
    people, given_book = network(*EVERYBODY), book(*cards)
    once = combine(people, given_book)
    mixed = replace(given_book, contacts=shuffled(given_book.contacts, dice),
                    addresses=shuffled(given_book.addresses, dice))  # fmt: skip
    assert_same(combine(people, mixed), once)
    others = replace(people, people=shuffled(people.people, dice))
    again = combine(others, mixed)
    assert_same(
        replace(again, people=again.people.sort_values("person_id", ignore_index=True)),
        replace(once, people=once.people.sort_values("person_id", ignore_index=True)),
    )


def shuffled(table: pd.DataFrame, dice: random.Random) -> pd.DataFrame:
    places = list(range(len(table)))
    dice.shuffle(places)
    return table.iloc[places].reset_index(drop=True)


@settings(max_examples=60)
@given(BOOKS, BOOKS)
def test_nobody_is_lost_invented_or_two(one, other):
    before = network(*EVERYBODY)
    kept = before.people.copy()
    made = combine(before, book(*one), book(*other, source="work.vcf"))
    pd.testing.assert_frame_equal(before.people, kept)
    pd.testing.assert_frame_equal(made.people.iloc[:4], kept)
    assert made.people["person_id"].is_unique
    assert len(made.contacts) == len(one) + len(other)
    assert set(made.contacts["person_id"]) <= set(made.people["person_id"])
    assert set(made.people["person_id"][4:]) <= set(made.contacts["person_id"])
    assert set(made.addresses["contact_id"]) <= set(made.contacts["contact_id"])
    told = set(zip(made.contacts["person_id"], made.contacts["contact_id"], strict=True))
    assert set(zip(made.matches["person_id"], made.matches["record_id"], strict=True)) == {
        (person_id, contact_id) for person_id, contact_id in told if person_id != contact_id
    }
    assert asked(made).isdisjoint(told)
    assert set(made.doubts["person_id"]) <= set(made.people["person_id"])
    assert set(made.doubts["record_id"]) <= set(made.people["person_id"])


# -- the sample -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> Network:
    from netquality.reading.contacts import read_contacts  # noqa: PLC0415

    return combine(nq.load_sample(), read_contacts(HOME / "google_contacts.csv"))


def test_the_sample_is_joined_as_it_was_planted(sample):
    with (HOME / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file))
    planted = {
        row["profile_key"]
        for row in truth
        if row["is_in_google_contacts"] == "True" and row["is_hidden"] == "False"
    }
    assert len(planted) == 37
    joined = sample.matches[sample.matches["source"] == "google_contacts.csv"]
    right = set(joined["person_id"])
    assert right == planted  # none missed, none wrong
    assert set(joined["matched_by"]) == {"profile", "email", "name and company"}
    strangers = sample.people["matched_by"] == "address book"
    assert int(strangers.sum()) == len(sample.contacts) - len(right)


# -- an address book is a sign --------------------------------------------------------------------


def test_an_address_is_a_sign_of_a_tie_elsewhere():
    people = network(ANNA, BERT, person("cleo-3", "Cleo Beispiel", "Weir"))
    made = combine(
        people,
        book(
            card("Anna Ficticia", "anna@example.org", "+12025550143", "2025550188"),
            card("Cleo Beispiel", company="Weir"),  # a name and a company, and no address
            card("Dora Beispiel", "dora@example.org"),
        ),
    )
    judged = nq.assess(made).set_index("person_id")
    assert judged["address_count"].to_dict() == {
        "anna-1": 3, "bert-2": 0, "cleo-3": 0, "email:dora@example.org": 1,
    }  # fmt: skip
    assert judged.loc["anna-1", "status"] == "unknown"
    assert judged.loc["anna-1", "status_reason"] == (
        "No talk is on record here, but you keep their phone number or e-mail address."
    )
    assert judged.loc[["bert-2", "cleo-3"], "status"].tolist() == ["feather", "feather"]
    assert pd.isna(judged.loc["email:dora@example.org", "status"])  # no connection, and no talk
    assert nq.assess(people).set_index("person_id").loc["anna-1", "status"] == "feather"


def test_an_address_book_holds_at_every_date():
    made = combine(
        network(ANNA, BERT), book(card("Anna", "anna@example.org"), card("Dora", "d@x.example"))
    )
    before = nq.assess(made, "2019-06-01").set_index("person_id")
    assert before.index.tolist() == ["email:d@x.example"]  # the others were not connected yet
    assert nq.assess(made, "2020-06-01").set_index("person_id").loc["anna-1", "status"] == "unknown"
    months = nq.status_over_time(made)
    for date in ("2020-02-01", "2021-01-01"):
        counted = nq.assess(made, date)["status"].value_counts()
        assert months.loc[date, counted.index].to_dict() == counted.to_dict()
    grid = nq.sensitivity(made)
    assert (grid["unknown"] == 1).all()


def test_over_time_is_as_assessed_with_an_address_book(sample):
    months = nq.status_over_time(sample, "YS")
    for date in [*months.index[::3], months.index[-1]]:
        judged = nq.assess(sample, sample.as_of if date == months.index[-1] else date)
        counted = judged.loc[judged["is_connection"], "status"].value_counts()
        row = months.loc[date].drop("connections")
        assert row[row > 0].to_dict() == counted.to_dict()
    alone = nq.status_over_time(nq.load_sample(), "YS")
    assert (months["unknown"] >= alone["unknown"]).all()
    assert months["unknown"].iloc[-1] > alone["unknown"].iloc[-1]
