"""Small invented exports for tests, written as LinkedIn writes them in 2026."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OWNER = ("Olga Ownerin", "https://www.linkedin.com/in/olga-ownerin-0")
NAME = "Complete_LinkedInDataExport_11-20-2026"

MESSAGE_HEADER = [
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO",
    "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS",
    "IS MESSAGE DRAFT",
]  # fmt: skip


def url(slug: str) -> str:
    return f"https://www.linkedin.com/in/{slug}"


def connection(
    slug="", on="01 Jan 2020", given="", family="Erfunden", company="", position=""
) -> list[str]:
    given = given or slug.title()
    return [given, family, url(slug) if slug else "", "", company, position, on]


def hidden(on="01 Jan 2020") -> list[str]:
    return ["", "", "", "", "", "", on]


def message(
    who: str,
    at: str,
    text: str = "Shall we look at the plan on Tuesday, as we said?",
    *,
    sent: bool = False,
    thread: str | None = None,
    folder: str = "INBOX",
    draft: str = "No",
    title: str = "",
    to: list[str] | None = None,
) -> list[str]:
    """One message between the owner and `who` (a slug); `to` names further recipients."""
    mine, theirs = OWNER, (f"{who.title()} Erfunden", url(who))
    sender, first = (mine, theirs) if sent else (theirs, mine)
    recipients = [first, *((f"{slug.title()} Erfunden", url(slug)) for slug in to or [])]
    return [
        thread or f"2-{who}", title, sender[0], sender[1],
        ",".join(name for name, _ in recipients), ",".join(link for _, link in recipients),
        at if at.endswith("UTC") else f"{at} 10:00:00 UTC", "", text, folder, "", draft,
    ]  # fmt: skip


def back_and_forth(who: str, *days: str) -> list[list[str]]:
    """The owner writes at ten, the other answers an hour later, on each day."""
    rows = []
    for day in days:
        rows.append(message(who, f"{day} 10:00:00 UTC", sent=True))
        rows.append(message(who, f"{day} 11:00:00 UTC"))
    return rows


def system_row(at: str) -> list[str]:
    return [
        "2-s",
        "",
        "",
        "",
        "",
        "",
        f"{at} 10:00:00 UTC",
        "",
        "Somebody joined",
        "INBOX",
        "",
        "No",
    ]


def invitation(who: str, at: str, text: str = "", *, sent: bool = False) -> list[str]:
    sides = (OWNER, (f"{who.title()} Erfunden", url(who)))
    inviter, invitee = sides if sent else sides[::-1]
    direction = "OUTGOING" if sent else "INCOMING"
    return [inviter[0], invitee[0], at, text, direction, inviter[1], invitee[1]]


def recommendation(given: str, at: str = "05/01/21, 09:00 AM", family="Erfunden") -> list[str]:
    return [given, family, "Invented Ltd", "Baker", "A text.", at, "VISIBLE"]


def position(company: str, start: str, end: str = "") -> list[str]:
    return [company, "Baker", "", "", start, end]


def to_csv(header: list[str], rows: list[list[str]], *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=quoting)
    writer.writerows([header, *rows])
    return out.getvalue()


PREAMBLE = 'Notes:\n"When exporting your connection data, you may notice that some is missing."\n\n'


def files(
    *,
    connections: list[list[str]] | None = None,
    messages: list[list[str]] | None = None,
    invitations: list[list[str]] | None = None,
    recommendations: list[list[str]] | None = None,
    positions: list[list[str]] | None = None,
    profile: bool = True,
) -> dict[str, str]:
    """Return file names and their text; a table that is None is no file of the export."""
    made: dict[str, str] = {}
    if connections is not None:
        header = [
            "First Name",
            "Last Name",
            "URL",
            "Email Address",
            "Company",
            "Position",
            "Connected On",
        ]
        made["Connections.csv"] = PREAMBLE + to_csv(header, connections).rstrip("\n")
    if messages is not None:
        made["messages.csv"] = to_csv(MESSAGE_HEADER, messages, quoting=csv.QUOTE_ALL)
    if invitations is not None:
        header = [
            "From",
            "To",
            "Sent At",
            "Message",
            "Direction",
            "inviterProfileUrl",
            "inviteeProfileUrl",
        ]
        made["Invitations.csv"] = to_csv(header, invitations)
    if recommendations is not None:
        header = [
            "First Name",
            "Last Name",
            "Company",
            "Job Title",
            "Text",
            "Creation Date",
            "Status",
        ]
        made["Recommendations_Received.csv"] = to_csv(header, recommendations)
    if positions is not None:
        header = ["Company Name", "Title", "Description", "Location", "Started On", "Finished On"]
        made["Positions.csv"] = to_csv(header, positions)
    if profile:
        made["Profile.csv"] = to_csv(
            ["First Name", "Last Name", "Headline"], [["Olga", "Ownerin", "Baker"]]
        )
    return made


def write_folder(where: Path, made: dict[str, str | bytes], name: str = NAME) -> Path:
    folder = where / name
    for file, text in made.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def write_zip(where: Path, made: dict[str, str | bytes], name: str = NAME + ".zip") -> Path:
    path = where / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in made.items():
            archive.writestr(file, text)
    return path
