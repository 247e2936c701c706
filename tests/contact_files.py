"""Small invented address books, written as each program writes them. Nobody in them exists."""

from __future__ import annotations

import csv
import io
import quopri
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Somebody:
    given: str = "Ana"
    family: str = "Ficticia"
    emails: tuple[str, ...] = ("ana@example.org",)
    phones: tuple[str, ...] = ("+1 555 010 0001",)
    company: str = "Acme"
    position: str = "Engineer"
    birthday: str = ""  # YYYY-MM-DD
    labels: tuple[str, ...] = ()
    profile: str = ""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()


GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,"
    "Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,"
    "Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,"
    "Priority,Subject,Notes,Language,Photo,Group Membership"
)
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
    "Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,"
    "Organization Title,Organization Department,Birthday,Notes,Photo,Labels"
)
OUTLOOK_COM = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,"
    "E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,"
    "Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,"
    "Other Fax,Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,"
    "Department,Company,Office Location,Manager's Name,Assistant's Name,Assistant's Phone,"
    "Company Yomi,Business Street,Business City,Business State,Business Postal Code,"
    "Business Country/Region,Home Street,Home City,Home State,Home Postal Code,"
    "Home Country/Region,Other Street,Other City,Other State,Other Postal Code,"
    "Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,"
    "Anniversary,Notes"
)
OUTLOOK_DESKTOP = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
    "Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,"
    "Business Country/Region,Home Street,Home Street 2,Home Street 3,Home City,Home State,"
    "Home Postal Code,Home Country/Region,Other Street,Other Street 2,Other Street 3,Other City,"
    "Other State,Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,"
    "Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,"
    "Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,"
    "TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,Billing Information,Birthday,"
    "Business Address PO Box,Categories,Children,Directory Server,E-mail Address,E-mail Type,"
    "E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,"
    "E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,"
    "Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,"
    "Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,"
    "Referred By,Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page"
)
OUTLOOK_BY_GOOGLE = (
    "First Name,Middle Name,Last Name,Title,Suffix,Initials,Web Page,Gender,Birthday,Anniversary,"
    "Location,Language,Internet Free Busy,Notes,E-mail Address,E-mail 2 Address,E-mail 3 Address,"
    "Primary Phone,Home Phone,Home Phone 2,Mobile Phone,Pager,Home Fax,Home Address,"
    "Company Main Phone,Business Phone,Business Phone 2,Business Fax,Assistant's Phone,Company,"
    "Job Title,Department,Other Phone,Other Fax,Callback,Car Phone,Private,Categories"
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,"
    "Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,"
    "Home City,Home State,Home ZipCode,Home Country,Work Address,Work Address 2,Work City,"
    "Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,Web Page 2,"
    "Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes"
)
LINKEDIN = (
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
    "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles"
)
IMPORTED_2018 = (
    "First Name,Middle Name,Last Name,Companies,Title,Emails,Phone Numbers,Created At,Addresses,"
    "Sites,Full Name,Birthday,Location,Bookmarked At,Profiles"
)
IMPORTED_2026 = IMPORTED_2018.replace(" ", "")
LINKEDIN_2012 = (
    "Title,First Name,Middle Name,Last Name,Suffix,E-mail Address,E-mail 2 Address,"
    "E-mail 3 Address,Business Street,Business City,Business Fax,Business Phone,Home Phone,"
    "Mobile Phone,Other Phone,Pager,Primary Phone,Company,Department,Job Title,Notes,Web Page"
)


def table(header: str, *rows: dict[str, str], ends: str = "\n", separator: str = ",") -> bytes:
    """Write rows, given by column name; a name that is not in the header is an error."""
    names = header.split(",")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", lineterminator=ends, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def numbered(people: Sequence[Somebody], header: str, kind: str) -> str:
    """Add Google's numbered columns, as many as the data needs."""
    names = [header]
    for what, field in (("E-mail", "emails"), ("Phone", "phones")):
        most = max((len(getattr(who, field)) for who in people), default=0)
        for number in range(1, most + 1):
            names += [f"{what} {number} - {kind}", f"{what} {number} - Value"]
    return ",".join([*names, f"Website 1 - {kind}", "Website 1 - Value"])


def _google_addresses(who: Somebody, kind: str) -> dict[str, str]:
    row = {"Website 1 - Value": who.profile}
    for what, values in (("E-mail", who.emails), ("Phone", who.phones)):
        for number, value in enumerate(values, 1):
            row[f"{what} {number} - {kind}"] = "* Work" if number == 1 else "Home"
            row[f"{what} {number} - Value"] = value
    return row


def google(people: Sequence[Somebody]) -> bytes:
    rows = [
        {
            "First Name": who.given, "Last Name": who.family, "Birthday": who.birthday,
            "Organization Name": who.company, "Organization Title": who.position,
            "Labels": " ::: ".join([*who.labels, "* myContacts"]),
            **_google_addresses(who, "Label"),
        }
        for who in people
    ]  # fmt: skip
    return table(numbered(people, GOOGLE, "Label"), *rows)


def google_old(people: Sequence[Somebody]) -> bytes:
    rows = [
        {
            "Name": who.name, "Given Name": who.given, "Family Name": who.family,
            "Birthday": who.birthday, "Organization 1 - Name": who.company,
            "Organization 1 - Title": who.position,
            "Group Membership": " ::: ".join(["* My Contacts", *who.labels]),
            **_google_addresses(who, "Type"),
        }
        for who in people
    ]  # fmt: skip
    header = numbered(people, GOOGLE_OLD, "Type")
    return table(
        f"{header},Organization 1 - Type,Organization 1 - Name,Organization 1 - Title", *rows
    )


def _outlook(header: str, people: Sequence[Somebody], labels: str = "") -> bytes:
    rows = []
    for who in people:
        emails, phones = (*who.emails, "", "", "")[:3], (*who.phones, "", "")[:2]
        row = {
            "First Name": who.given, "Last Name": who.family, "Company": who.company,
            "Job Title": who.position, "Birthday": who.birthday, "Web Page": who.profile,
            "E-mail Address": emails[0], "E-mail 2 Address": emails[1],
            "E-mail 3 Address": emails[2], "Mobile Phone": phones[0], "Home Phone": phones[1],
        }  # fmt: skip
        rows.append({**row, labels: ";".join(who.labels)} if labels else row)
    return table(header, *rows, ends="\r\n")


def outlook_com(people: Sequence[Somebody]) -> bytes:
    return _outlook(OUTLOOK_COM, people)


def outlook_desktop(people: Sequence[Somebody]) -> bytes:
    return _outlook(OUTLOOK_DESKTOP, people, "Categories")


def outlook_by_google(people: Sequence[Somebody]) -> bytes:
    return _outlook(OUTLOOK_BY_GOOGLE, people, "Categories")


def thunderbird(people: Sequence[Somebody]) -> bytes:
    rows = []
    for who in people:
        emails, phones = (*who.emails, "", "")[:2], (*who.phones, "", "")[:2]
        year, month, day = who.birthday.split("-") if who.birthday else ("", "", "")
        rows.append(
            {
                "First Name": who.given, "Last Name": who.family, "Display Name": who.name,
                "Primary Email": emails[0], "Secondary Email": emails[1],
                "Mobile Number": phones[0], "Work Phone": phones[1], "Job Title": who.position,
                "Organization": who.company, "Web Page 1": who.profile, "Birth Year": year,
                "Birth Month": month.lstrip("0"), "Birth Day": day.lstrip("0"),
            }
        )  # fmt: skip
    return table(THUNDERBIRD, *rows)


def linkedin(people: Sequence[Somebody], header: str = LINKEDIN) -> bytes:
    spaced = "First Name" in header
    rows = [
        {
            "FirstName": who.given, "LastName": who.family, "FullName": who.name,
            "Companies": who.company, "Title": who.position, "Emails": ", ".join(who.emails),
            "PhoneNumbers": ", ".join(who.phones), "Profiles": who.profile,
            "Birthday": who.birthday,
        }
        for who in people
    ]  # fmt: skip
    names = {name.replace(" ", ""): name for name in header.split(",")}
    rows = [{names[key] if spaced else key: text for key, text in row.items()} for row in rows]
    return table(header, *rows)


def imported_2018(people: Sequence[Somebody]) -> bytes:
    return linkedin(people, IMPORTED_2018)


def imported_2026(people: Sequence[Somebody]) -> bytes:
    return linkedin(people, IMPORTED_2026)


def escaped(text: str) -> str:
    for sign in "\\,;":
        text = text.replace(sign, "\\" + sign)
    return text


def fold(line: str) -> str:
    """Fold a line as Google does: 75 letters, then a line break and a space."""
    return "\r\n ".join(line[at : at + 75] for at in range(0, len(line), 75))


def card(*lines: str, version: str = "3.0", ends: str = "\r\n") -> str:
    whole = ["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]
    return ends.join(whole) + ends


def vcard_google(people: Sequence[Somebody]) -> bytes:
    cards = []
    for who in people:
        lines = [f"FN:{escaped(who.name)}", f"N:{escaped(who.family)};{escaped(who.given)};;;"]
        lines += [f"EMAIL;TYPE=INTERNET:{email}" for email in who.emails]
        lines += [f"TEL;TYPE=CELL:{phone}" for phone in who.phones]
        lines += [f"ORG:{escaped(who.company)}", f"TITLE:{escaped(who.position)}"]
        lines += [f"BDAY:{who.birthday.replace('-', '')}"] if who.birthday else []
        lines += [f"item1.URL:{who.profile.replace(':', chr(92) + ':')}", "item1.X-ABLabel:"]
        lines += [f"CATEGORIES:{','.join([*map(escaped, who.labels), 'myContacts'])}"]
        cards.append(card(*map(fold, lines)))
    return "".join(cards).encode()


def vcard_apple(people: Sequence[Somebody]) -> bytes:
    cards = []
    for who in people:
        lines = ["PRODID:-//Apple Inc.//macOS 14.1//EN"]
        lines += [f"N:{escaped(who.family)};{escaped(who.given)};;;", f"FN:{escaped(who.name)}"]
        lines += [f"ORG:{escaped(who.company)};", f"TITLE:{escaped(who.position)}"]
        # the preferred address need not stand first
        marked = [
            f"item{number}.EMAIL;type=INTERNET{';type=pref' if number == 1 else ''}:{email}"
            for number, email in enumerate(who.emails, 1)
        ]
        lines += [*reversed(marked), "item1.X-ABLabel:_$!<Work>!$_"]
        phones = [
            f"TEL;type=CELL;type=VOICE{';type=pref' if number == 1 else ''}:{phone}"
            for number, phone in enumerate(who.phones, 1)
        ]
        lines += reversed(phones)
        lines += [f"BDAY:{who.birthday}"] if who.birthday else []
        lines += [f"X-SOCIALPROFILE;type=linkedin:{who.profile}"] if who.profile else []
        lines += [f"CATEGORIES:{','.join(map(escaped, who.labels))}"] if who.labels else []
        lines += ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAA\r\n AQABAAD/2wBDAAIBAQEBAQIBAQ"]
        cards.append(card(*lines))
    return "".join(cards).encode()


def vcard_40(people: Sequence[Somebody]) -> bytes:
    cards = []
    for who in people:
        lines = [f"FN:{escaped(who.name)}", f"N:{escaped(who.family)};{escaped(who.given)};;;"]
        lines += [f"EMAIL;PREF={number}:{email}" for number, email in enumerate(who.emails, 1)]
        lines += [f'TEL;VALUE=uri;TYPE="voice,cell":tel:{phone}' for phone in who.phones]
        lines += [
            f"ORG:{escaped(who.company)}",
            f"TITLE:{escaped(who.position)}",
            "KIND:individual",
        ]
        lines += [f"BDAY:{who.birthday.replace('-', '')}"] if who.birthday else []
        lines += [f"URL:{who.profile}"] if who.profile else []
        lines += [f"CATEGORIES:{','.join(map(escaped, who.labels))}"] if who.labels else []
        cards.append(card(*lines, version="4.0", ends="\n"))
    return "".join(cards).encode()


def printable(name: str, text: str) -> str:
    """Write a 2.1 line in quoted-printable, with its soft line breaks."""
    encoded = quopri.encodestring(text.encode(), quotetabs=True).decode().replace("\n", "\r\n")
    return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{encoded}"


def vcard_21(people: Sequence[Somebody]) -> bytes:
    cards = []
    for who in people:
        names = ";".join(part.replace(";", "\\;") for part in (who.family, who.given))
        lines = [printable("N", f"{names};;;"), printable("FN", who.name)]
        lines += [
            f"EMAIL;{'PREF;' if at == 0 else ''}INTERNET:{e}" for at, e in enumerate(who.emails)
        ]
        lines += [f"TEL;CELL;VOICE:{phone}" for phone in who.phones]
        lines += [
            printable("ORG", who.company.replace(";", "\\;")),
            printable("TITLE", who.position),
        ]
        lines += [f"BDAY:{who.birthday}"] if who.birthday else []
        lines += [f"URL:{who.profile}"] if who.profile else []
        cards.append(card(*lines, version="2.1"))
    return "".join(cards).encode()


FORMS: dict[str, Callable[[Sequence[Somebody]], bytes]] = {
    "google": google,
    "google old": google_old,
    "outlook.com": outlook_com,
    "outlook desktop": outlook_desktop,
    "outlook": outlook_by_google,
    "thunderbird": thunderbird,
    "linkedin": linkedin,
    "linkedin 2018": imported_2018,
    "linkedin 2026": imported_2026,
    "vcard of google": vcard_google,
    "vcard of apple": vcard_apple,
    "vcard 4.0": vcard_40,
    "vcard 2.1": vcard_21,
}
"""Every form, by its name as `Contacts.form` has it and what tells it from its like."""
