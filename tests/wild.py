"""Invented exports of every era, in every form, and what programs and accidents make of files.

A `World` says who is there and what was said. An `Era` says which columns LinkedIn had then, and so
what of it can be read back (`Era.people` and `Era.interactions`, worked out here without the
library). A `Form` says how the same table is put into bytes. Nobody in it exists.
"""

from __future__ import annotations

import codecs
import csv
import io
import random
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from netquality import Network

MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
PREAMBLE: Final = (
    'Notes:\n"When exporting your connection data, you may notice that some is missing."\n\n'
)
NAME: Final = "Complete_LinkedInDataExport_11-20-2026"
_PACIFIC: Final = ZoneInfo("America/Los_Angeles")
NAMED: Final = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
ENDORSED: Final = (
    "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status"
)


# Who is there, and what was said -----------------------------------------------------------------


@dataclass(frozen=True)
class Human:
    slug: str
    given: str
    family: str = ""
    company: str = ""
    position: str = ""
    email: str = ""
    connected_on: date | None = None  # None: no connection

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()


OWNER: Final = Human("olga-ownerin-0", "Olga", "Ownerin")


@dataclass(frozen=True)
class Said:
    """A row of the messages file; `others` are all in the thread but the owner."""

    others: tuple[Human, ...]
    at: datetime
    text: str = "Shall we look at the plan on Tuesday?"
    writer: int | None = None  # None: the owner
    what: str = "message"  # or draft, notice, spam, sponsored, hidden

    @property
    def thread(self) -> str:
        return "2-" + "-".join(sorted(quote(who.slug) for who in self.others))


@dataclass(frozen=True)
class Asked:
    human: Human
    at: datetime
    text: str = ""
    is_sent: bool = False


@dataclass(frozen=True)
class Esteem:
    human: Human
    at: datetime


@dataclass(frozen=True)
class World:
    people: tuple[Human, ...] = ()
    hidden: tuple[date, ...] = ()
    messages: tuple[Said, ...] = ()
    invitations: tuple[Asked, ...] = ()
    endorsements: tuple[Esteem, ...] = ()
    recommendations: tuple[Esteem, ...] = ()


# Dates as LinkedIn writes them -------------------------------------------------------------------


def american(at: datetime) -> str:
    half = "PM" if at.hour > 11 else "AM"
    year = at.year % 100
    return f"{at.month}/{at.day}/{year:02}, {at.hour % 12 or 12}:{at.minute:02} {half}"


def by_name(day: date) -> str:
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year}"


def stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


# Bytes -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    """How a table is put into bytes; `shuffle` seeds the order of rows and columns."""

    separator: str = ","
    ends: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    encoding: str = "utf-8"
    rows_seed: int | None = None
    columns_seed: int | None = None

    def write(self, header: str, rows: list[dict[str, str]], preamble: str = "") -> bytes:
        """Write rows by column name; a column that the header lacks is left out."""
        names = header.split(",")
        rows = list(rows)
        if self.columns_seed is not None:
            random.Random(self.columns_seed).shuffle(names)  # noqa: S311
        if self.rows_seed is not None:
            random.Random(self.rows_seed).shuffle(rows)  # noqa: S311
        out = io.StringIO(newline="")
        writer = csv.writer(
            out, lineterminator=self.ends, quoting=self.quoting, delimiter=self.separator
        )
        writer.writerow(names)
        writer.writerows([row.get(name.upper(), "") for name in names] for row in rows)
        return encoded(preamble.replace("\n", self.ends) + out.getvalue(), self.encoding)


PLAIN: Final = Form()


def encoded(text: str, encoding: str) -> bytes:
    """Encode; UTF-16 bears its mark, as every program writes it."""
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    return mark.get(encoding, b"") + text.encode(encoding)


def counted(data: bytes, *, separator: str = ",", preamble: int = 0) -> int:
    """Count the rows under the header with Python's csv module alone."""
    text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    lines = text.split("\n", preamble)[-1] if preamble else text
    rows = csv.reader(io.StringIO(lines, newline=""), delimiter=separator)
    return sum(1 for row in rows if row) - 1


# Eras --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Era:
    """The columns of one time, and what can be read back from them."""

    year: int
    connections: str
    messages: str
    invitations: str
    endorsements: str = ENDORSED
    names: tuple[str, ...] = (
        "Connections.csv", "messages.csv", "Invitations.csv", "Endorsement_Received_Info.csv",
        "Recommendations_Received.csv", "Profile.csv",
    )  # fmt: skip
    preamble: str = PREAMBLE
    form: Form = field(default=PLAIN)

    # -- writing

    def files(self, world: World, form: Form | None = None) -> dict[str, bytes]:
        """Write the world's files as they were then, or in another form."""
        form = form or self.form
        said = [row for row in map(self._said, world.messages) if row is not None]
        tables = (
            (self.connections, self._people(world), self.preamble),
            (self.messages, said, ""),
            (self.invitations, [self._asked(each) for each in world.invitations], ""),
            (self.endorsements, [self._endorsed(each) for each in world.endorsements], ""),
            (NAMED, [self._praised(each) for each in world.recommendations], ""),
            ("First Name,Last Name,Headline",
             [{"FIRST NAME": OWNER.given, "LAST NAME": OWNER.family, "HEADLINE": "Baker"}], ""),
        )  # fmt: skip
        return {name: form.write(*table) for name, table in zip(self.names, tables, strict=True)}

    def _people(self, world: World) -> list[dict[str, str]]:
        on = american if self.year < 2019 else by_name
        connected = [who for who in world.people if who.connected_on]
        rows = [
            {
                "FIRST NAME": who.given, "LAST NAME": who.family, "COMPANY": who.company,
                "POSITION": who.position, "EMAIL ADDRESS": who.email,
                "URL": f"https://www.linkedin.com/in/{quote(who.slug)}",
                "CONNECTED ON": on(_midday(who.connected_on)),
            }
            for who in connected
        ]  # fmt: skip
        return rows + [{"CONNECTED ON": on(_midday(day))} for day in world.hidden]

    def _said(self, said: Said) -> dict[str, str] | None:
        """Write a row, or None where the era has no way to write such a row."""
        if self.year < 2024 and said.what == "draft":
            return None
        if self.year < 2020 and said.what in {"spam", "sponsored", "notice"}:
            return None
        writer = OWNER if said.writer is None else said.others[said.writer]
        to = [who for who in (OWNER, *said.others) if who is not writer]
        row = {
            "CONVERSATION ID": said.thread, "FROM": writer.name, "SENDER PROFILE URL": _url(writer),
            "TO": ",".join(who.name for who in to),
            "RECIPIENT PROFILE URLS": ",".join(map(_url, to)),
            "DATE": american(said.at) if self.year < 2020 else stamp(said.at),
            "CONTENT": said.text, "FOLDER": "INBOX", "IS MESSAGE DRAFT": "No",
            "DIRECTION": "OUTGOING" if writer is OWNER else "INCOMING",
        }  # fmt: skip
        nobody = {"FROM": "LinkedIn Member", "SENDER PROFILE URL": ""}
        return row | {
            "draft": {"IS MESSAGE DRAFT": "Yes"},
            "spam": {"FOLDER": "SPAM"},
            "notice": dict.fromkeys(
                ("FROM", "TO", "SENDER PROFILE URL", "RECIPIENT PROFILE URLS"), ""
            ),
            "sponsored": nobody | {"CONVERSATION TITLE": "Sponsored Conversation"},
            "hidden": nobody,
        }.get(said.what, {})

    def _asked(self, asked: Asked) -> dict[str, str]:
        both = (OWNER, asked.human) if asked.is_sent else (asked.human, OWNER)
        return {
            "FROM": both[0].name, "TO": both[1].name, "MESSAGE": asked.text,
            "SENT AT": american(asked.at.astimezone(_PACIFIC)),
            "DIRECTION": "OUTGOING" if asked.is_sent else "INCOMING",
            "INVITERPROFILEURN": "urn:li:member:1", "INVITEEPROFILEURN": "urn:li:member:2",
            "INVITERPROFILEURL": _url(both[0]), "INVITEEPROFILEURL": _url(both[1]),
        }  # fmt: skip

    def _endorsed(self, each: Esteem) -> dict[str, str]:
        return {
            "ENDORSEMENT DATE": f"{each.at:%Y/%m/%d %H:%M:%S} UTC", "SKILL NAME": "Baking",
            "ENDORSER FIRST NAME": each.human.given, "ENDORSER LAST NAME": each.human.family,
            "ENDORSER PUBLIC URL": _url(each.human).removeprefix("https://"),
            "ENDORSEMENT STATUS": "ACCEPTED",
        }  # fmt: skip

    def _praised(self, each: Esteem) -> dict[str, str]:
        at = each.at
        half = "PM" if at.hour > 11 else "AM"
        return {
            "FIRST NAME": each.human.given, "LAST NAME": each.human.family, "TEXT": "A text.",
            "CREATION DATE": f"{at:%m/%d/%y}, {at.hour % 12 or 12:02}:{at.minute:02} {half}",
            "STATUS": "VISIBLE",
        }  # fmt: skip

    # -- what can be read back

    def people_read(self, world: World) -> Counter[tuple[object, ...]]:
        """Return what every connection should read as; the slug only where the era shows it."""
        return Counter(
            (
                who.name, who.company or None, who.position or None, who.email or None,
                who.connected_on, who.slug if self.year >= 2023 else None,
            )
            for who in world.people
            if who.connected_on
        )  # fmt: skip

    def interactions_read(self, world: World) -> Counter[tuple[object, ...]]:
        """Return what every row between people should read as: who, when, which way, what."""
        found: Counter[tuple[object, ...]] = Counter()
        for said in world.messages:
            if said.what != "message":
                continue
            at = said.at.replace(second=0) if self.year < 2020 else said.at
            mine = said.writer is None
            for who in said.others if mine else [said.others[said.writer or 0]]:
                found[
                    who.name, at, "sent" if mine else "received", "message",
                    len(said.others), len(said.text.strip()),
                ] += 1  # fmt: skip
        for asked in world.invitations:
            side = "sent" if asked.is_sent else "received"
            at = asked.at.replace(second=0)
            found[asked.human.name, at, side, "invitation", None, None] += 1
        for kind, rows in (
            ("endorsement", world.endorsements), ("recommendation", world.recommendations),
        ):  # fmt: skip
            for each in rows:
                at = each.at if kind == "endorsement" else each.at.replace(second=0)
                found[each.human.name, at, "received", kind, None, None] += 1
        return found

    def set_aside(self, world: World) -> Counter[str]:
        """Return how many rows of the messages file are no message between people, and why."""
        why = {
            "draft": "draft that was never sent",
            "spam": "in the spam folder",
            "notice": "notice by LinkedIn, written by nobody",
            "sponsored": "advertisement",
            "hidden": "the other side is a hidden or deleted member",
        }
        written = [said for said in world.messages if self._said(said) is not None]
        return Counter(why[said.what] for said in written if said.what != "message")


def _midday(day: date | None) -> datetime:
    from datetime import UTC, datetime, time  # noqa: PLC0415

    assert day is not None
    return datetime.combine(day, time(9), tzinfo=UTC)


def _url(who: Human) -> str:
    return f"https://www.linkedin.com/in/{who.slug}"


_NAMES_2018 = (
    "Connections.csv", "Messages.csv", "Invitations.csv", "Endorsement Received Info.csv",
    "Recommendations Received.csv", "Profile.csv",
)  # fmt: skip
_PEOPLE = "First Name,Last Name,Email Address,Company,Position,Connected On"
_PEOPLE_2023 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
_INVITED = "From,To,Sent At,Message,Direction"
_SAID_2020 = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER"
)
_SAID_2023 = _SAID_2020.replace("TO,DATE", "TO,RECIPIENT PROFILE URLS,DATE")
_ENDORSED_URL = ENDORSED.replace("Endorser Last Name", "Endorser Last Name,Endorser Public Url")

ERAS: Final = {
    era.year: era
    for era in (
        Era(
            2018, _PEOPLE, "From,To,Date,Subject,Content,Direction,Folder", _INVITED,
            names=_NAMES_2018, preamble="",
        ),
        Era(2020, _PEOPLE, _SAID_2020, _INVITED),
        Era(
            2023, _PEOPLE_2023, _SAID_2023, _INVITED + ",inviterProfileUrn,inviteeProfileUrn",
            _ENDORSED_URL,
        ),
        Era(
            2024, _PEOPLE_2023, _SAID_2023 + ",ATTACHMENTS,IS MESSAGE DRAFT",
            _INVITED + ",inviterProfileUrl,inviteeProfileUrl", _ENDORSED_URL,
        ),
        Era(
            2026, _PEOPLE_2023,
            _SAID_2023 + ",ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
            _INVITED + ",inviterProfileUrl,inviteeProfileUrl", _ENDORSED_URL,
            form=Form(quoting=csv.QUOTE_ALL),
        ),
    )
}  # fmt: skip
"""The years in which the columns changed, and the columns from then on."""


# What a network says, as the eras above say it ---------------------------------------------------


def people_of(network: Network, *, with_key: bool) -> Counter[tuple[object, ...]]:
    rows = network.people[network.people["is_connection"]]
    return Counter(
        (
            row.name_, *(_or_none(cell) for cell in (row.company, row.position, row.email)),
            row.connected_on.date(), row.profile_key if with_key else None,
        )
        for row in rows.rename(columns={"name": "name_"}).itertuples()
    )  # fmt: skip


def interactions_of(network: Network) -> Counter[tuple[object, ...]]:
    called = network.people.set_index("person_id")["name"]
    return Counter(
        (
            called[row.person_id], row.at.to_pydatetime(), row.direction, row.kind,
            _or_none(row.recipient_count),
            _or_none(row.character_count) if row.kind == "message" else None,
        )
        for row in network.interactions.itertuples()
    )  # fmt: skip


def _or_none(value: object) -> object:
    import pandas as pd  # noqa: PLC0415

    return None if pd.isna(value) else value  # type: ignore[call-overload]


# Damage ------------------------------------------------------------------------------------------


def padded(text: str, width: int, separator: str = ",") -> str:
    """Put separators after the lines of the preamble, as a spreadsheet does."""
    return "".join(
        f"{line}{separator * (width - 1)}\n" for line in PREAMBLE.splitlines()
    ) + text.removeprefix(PREAMBLE)


def wrapped(text: str) -> str:
    """Quote each row whole into one cell."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    out = io.StringIO(newline="")
    outer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        inner = io.StringIO(newline="")
        csv.writer(inner, lineterminator="").writerow(row)
        outer.writerow([inner.getvalue()])
    return out.getvalue()


def separated(text: str, separator: str) -> str:
    """Write a file with another separator, the preamble with it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", delimiter=separator)
    writer.writerows(csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()


# Containers --------------------------------------------------------------------------------------


def put(where: Path, files: dict[str, bytes], container: str) -> Path:
    """Write an export as a ZIP, a ZIP in a ZIP, a folder, or a folder that is named like a ZIP."""
    if container in {"folder", "folder named .zip"}:
        folder = where / (NAME + ("" if container == "folder" else ".zip"))
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        return folder
    where.mkdir(parents=True, exist_ok=True)
    path = where / f"{NAME}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    if container == "zip":
        return path
    outer = where / f"{NAME}.zip.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(path, path.name)
    path.unlink()
    return outer


CONTAINERS: Final = ("zip", "zip.zip", "folder", "folder named .zip")
