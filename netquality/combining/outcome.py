"""The tables of a combined network: who is in it, what was joined and why, what is doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.combining.cards import APART, BESIDE
from netquality.combining.evidence import sentence, strength
from netquality.combining.joining import OWN_WORD, STEPS
from netquality.combining.records import Record, same_phone
from netquality.decisions import pair_of
from netquality.tables import DOUBTS, MATCHES, PEOPLE, build

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from netquality.combining.cards import Book
    from netquality.combining.joining import Answer, Groups
    from netquality.combining.questions import Question

__all__ = [
    "ADDRESS_BOOK",
    "OWNER",
    "all_contacts",
    "all_doubts",
    "all_matches",
    "all_people",
    "person_of",
]

ADDRESS_BOOK: Final = "address book"
"""In `matched_by` of `people`: who is known from an address book alone."""
OWNER: Final = ""
"""The owner among the records; no id of a table is empty."""
_RANKS: Final = ("email:", "phone:", "name:")
_EVIDENCE: Final = {
    OWN_WORD: "You said that they are the same.",
    "profile": "The LinkedIn profile is the same.",
    "email": "The e-mail address is the same, and the names do not contradict each other.",
    "phone and name": "The phone number and the name are the same.",
    "name and company": "The name and the company are the same, and single out one human.",
}
_BY_WAY: Final = {
    OWN_WORD: "You said that another card, which goes with this one, is theirs.",
    "profile": "The LinkedIn profile is the same as on another card of theirs.",
    "email": "The e-mail address is the same as on another card of theirs.",
    "phone and name": "The phone number and the name are the same as on another card of theirs.",
    "name and company": "The name and the company are the same as on another card of theirs.",
}


def person_of(record: Record) -> str:
    """Return the id of a group: its person's, else that of the card with the firmest id."""
    if record.people:
        return min(record.people)
    return min(record.ids, key=_rank)


def _rank(contact_id: str) -> tuple[int, str]:
    """Return the place of an id: addresses last longer than names."""
    kinds = [number for number, kind in enumerate(_RANKS) if contact_id.startswith(kind)]
    return (kinds[0] if kinds else len(_RANKS), contact_id)


def all_people(
    people: pd.DataFrame, contacts: pd.DataFrame, groups: Groups, named: Mapping[str, str]
) -> pd.DataFrame:
    """Return the people of the export, then a row for everybody who is in a book alone."""
    fresh = {person_of(record): record for record in groups.records.values() if not record.people}
    if not fresh:
        return people
    taken = set(people["profile_key"].dropna())
    rows = contacts.assign(person_id=contacts["contact_id"].map(named))
    rows = rows[rows["person_id"].isin(list(fresh))]
    rows = rows.assign(is_own=rows["person_id"] == rows["contact_id"])
    rows = rows.sort_values(["person_id", "is_own", "source", "line", "contact_id"],
                            ascending=[True, False, True, True, True], kind="stable")  # fmt: skip
    first = rows.groupby("person_id", sort=True)
    called = rows[rows["name"].notna()].drop_duplicates("person_id").set_index("person_id")
    works = rows.assign(has=rows["company"].notna()).sort_values(
        ["person_id", "has"], ascending=[True, False], kind="stable"
    )
    works = works[works["has"] | works["position"].notna()].drop_duplicates("person_id")
    works = works.set_index("person_id")
    ids = pd.Index(sorted(fresh), dtype="str")
    profiles = [_only(fresh[person].profiles - taken) for person in ids]
    added = build(
        PEOPLE,
        {
            "person_id": ids,
            "profile_key": profiles,
            **{
                name: called[name].reindex(ids).array
                for name in ("name", "given_name", "family_name")
            },
            **{name: works[name].reindex(ids).array for name in ("company", "position")},
            "maiden_name": [None] * len(ids),
            "credentials": [None] * len(ids),
            "email": [_mail(person, fresh[person]) for person in ids],
            "connected_on": pd.Series([pd.NaT] * len(ids)),
            "noted_on": pd.Series([pd.NaT] * len(ids)),
            "is_connection": [False] * len(ids),
            "is_ambiguous": [False] * len(ids),
            "source": first["source"].first().reindex(ids).array,
            "matched_by": [ADDRESS_BOOK] * len(ids),
        },
    )
    return pd.concat([people, added], ignore_index=True)


def _only(values: Collection[str]) -> str | None:
    return min(values) if len(values) == 1 else None


def _mail(person: str, record: Record) -> str | None:
    """Return the address that stands in the id, else the first by letters."""
    named = person.removeprefix("email:").partition(APART)[0]
    tried = (named, named.rpartition(BESIDE)[0])
    there = (mail for mail in tried if mail in record.emails)
    return next(there, min(record.emails, default=None))


def all_contacts(contacts: pd.DataFrame, named: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows with whom they are about; missing for the owner's own."""
    people = contacts["contact_id"].map(named)
    return contacts.assign(person_id=people.where(people != OWNER).astype("str"))


def all_matches(
    before: pd.DataFrame,
    book: Book,
    records: Sequence[Record],
    named: Mapping[str, str],
    steps: Sequence[Mapping[str, str]],
    answers: Iterable[Answer],
) -> pd.DataFrame:
    """Return what the export's reader joined, then each card that was joined, and how."""
    by_id = {name: record for record in records for name in record.ids}
    confirmed = {pair_of(said.one, said.other) for said in answers if said.same}
    rows = []
    for contact, source in sorted(
        set(zip(book.contacts["contact_id"], book.contacts["source"], strict=True))
    ):
        person = named[contact]
        if person in {contact, OWNER}:
            continue
        step = next(n for n, of in enumerate(steps) if of[contact] == of[person])
        how = (OWN_WORD, *STEPS)[step]
        direct = _is_direct(how, by_id[contact], by_id[person])
        direct |= how == OWN_WORD and pair_of(person, contact) in confirmed
        rows.append((person, contact, source, how, (_EVIDENCE if direct else _BY_WAY)[how]))
    added = pd.DataFrame(rows, columns=list(MATCHES.dtypes)).astype(MATCHES.dtypes)
    own = before.loc[~before["source"].isin(book.sources), list(MATCHES.dtypes)]
    return pd.concat([own, added], ignore_index=True)


def _is_direct(how: str, card: Record, other: Record) -> bool:
    """Return whether the two themselves have in common what joined them."""
    return {
        OWN_WORD: False,
        "profile": bool(card.profiles & other.profiles),
        "email": bool(card.emails & other.emails),
        "phone and name": same_phone(card.phones, other.phones),
        "name and company": bool(card.companies & other.companies),
    }[how]


def all_doubts(
    before: pd.DataFrame,
    book: Book,
    people: pd.DataFrame,
    groups: Groups,
    asked: Sequence[Question],
) -> pd.DataFrame:
    """Return what the export's reader doubts, then the doubtful cards, the clearest first."""
    names = dict(zip(people["person_id"], people["name"], strict=True))
    sources = dict(zip(book.contacts["contact_id"], book.contacts["source"], strict=True))
    rows = []
    for question in asked:
        pair = [groups.records[key] for key in (question.one, question.other)]
        pair.sort(key=lambda record: (not record.people, _rank(person_of(record))))
        person, record = map(person_of, pair)
        row = (person, record, sources[record], names[person], names[record])
        rows.append((-strength(question.facts), *row, sentence(question.facts), pd.NA))
    rows.sort(key=lambda row: row[:3])
    own = before.loc[~before["source"].isin(book.sources), list(DOUBTS.dtypes)]
    added = pd.DataFrame([row[1:] for row in rows], columns=list(DOUBTS.dtypes))
    return pd.concat([own, added.astype(DOUBTS.dtypes)], ignore_index=True)
