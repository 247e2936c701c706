"""google_contacts.csv: the owner's address book, which overlaps with the connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.archive import table
from netquality._sample.dates import iso_day, year_start
from netquality._sample.dice import Dice
from netquality._sample.names import invent, plain
from netquality._sample.world import any_company

if TYPE_CHECKING:
    from netquality._sample.names import Name
    from netquality._sample.people import Person
    from netquality._sample.world import World

_HEADER = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,"
    "Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Website 1 - Label,"
    "Website 1 - Value"
)
_NOTES = (
    "Met through the choir.\nAllergic to nuts.",
    "Two children, Ada and Bo.\nPrefers the telephone.\nKnows everybody at the harbour.",
    "Key to the allotment shed",
)
_STRANGERS_PER = 20


def google_contacts_csv(world: World, people: list[Person]) -> str:
    """Write the address book: some connections, and people who are none."""
    rows = []
    for person in people:
        if person.in_contacts and not person.is_hidden:
            dice = Dice(world.settings.seed, "contact", person.number)
            birthday = _birthday(dice, person.birthday)
            url = person.party.url
            rows.append(_row(dice, person.name, (person.company, person.email, url, birthday)))
    for number in range(max(3, world.settings.connections // _STRANGERS_PER)):
        dice = Dice(world.settings.seed, "family and friends", number)
        company = any_company(dice) if dice.chance(0.4) else ""
        birthday = _birthday(dice, dice.below(365))
        rows.append(_row(dice, invent(dice), (company, "", "", birthday)))
    rows.sort()
    return table(_HEADER, rows)


def _row(dice: Dice, name: Name, known: tuple[str, str, str, str]) -> tuple[str, ...]:
    company, email, url, birthday = known
    bare = name.last.partition(",")[0].partition(" (")[0]
    mail = email or f"{plain(name.given) or 'friend'}.{name.slug[-4:]}@mail.example"
    if dice.chance(0.15):
        mail += f" ::: {name.slug[-5:]}@home.example"
    second = f"{name.slug[-6:]}@work.example" if dice.chance(0.2) else ""
    phone = f"+1 202-555-01{dice.below(100):02d}" if dice.chance(0.6) else ""
    if phone and dice.chance(0.1):
        phone += f" ::: +1 303-555-01{dice.below(100):02d}"
    site = url if dice.chance(0.08) else ""
    labels = "* myContacts" + dice.pick(
        ("", " ::: Friends", " ::: Work", " ::: Climbing ::: Friends")
    )
    note = dice.pick(_NOTES) if dice.chance(0.2) else ""
    return (
        name.first, "", bare, "", "", "", "", "", "", "", company, "", "", birthday, note,
        "", labels, "* Home", mail, "Work" if second else "", second, "Mobile" if phone else "",
        phone, "LinkedIn" if site else "", site,
    )  # fmt: skip


def _birthday(dice: Dice, after_new_year: int) -> str:
    """Return a birthday, often without the year."""
    if not dice.chance(0.35):
        return ""
    day = iso_day(year_start(718_000 + dice.below(10_000)) + after_new_year)
    return day if dice.chance(0.5) else "-" + day[4:]
