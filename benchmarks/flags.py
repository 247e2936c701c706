"""How often the flags of messages are right, on invented messages labelled by hand.

    python benchmarks/flags.py [--write]

Prints the tables of docs/flags.md; with --write they are put there.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from pages import print_or_write

import netquality as nq
from netquality.phrases import is_canned, readable
from netquality.rates import wilson

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "data" / "labelled"
OWNER = ("Olga Ownerin", "https://www.linkedin.com/in/olga-ownerin-0")
FLAGS = (
    "draft", "system", "spam", "sponsored", "gone", "group", "canned", "note", "answered_note",
    "possible_note", "real",
)  # fmt: skip
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
REASONS = {
    "draft that was never sent": "draft",
    "in the spam folder": "spam",
    "the other side is a hidden or deleted member": "gone",
    "advertisement": "sponsored",
    "notice by LinkedIn, written by nobody": "system",
    "message between two people": "real",
}
HEADER = [
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO",
    "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS",
    "IS MESSAGE DRAFT",
]  # fmt: skip

Row = dict[str, Any]


def lines(name: str) -> list[Row]:
    """Return the entries of one labelled file."""
    return [json.loads(line) for line in (LABELLED / name).read_text("utf-8").splitlines()]


# Rows, through the whole of reading ---------------------------------------------------------------


def side(name: str) -> tuple[str, str]:
    """Return name and profile URL of somebody in a labelled row."""
    if name == "me":
        return OWNER
    plain = name.removesuffix(" (no url)")
    if not plain or plain != name or plain == "LinkedIn Member":
        return plain, ""
    return plain, "https://www.linkedin.com/in/" + "-".join(plain.replace(",", "").split())


def to_csv(header: list[str], rows: list[list[str]]) -> str:
    """Return rows as LinkedIn writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def export_of(rows: list[Row], folder: Path) -> Path:
    """Write labelled rows as an export."""
    messages, invitations, connections = [], [], {}
    for row in rows:
        sender = side(row["from"])
        to = [side(name) for name in row["to"].split(" | ")] if row["to"] else []
        urls = ",".join(url for _, url in to if url)
        messages.append(
            [row["thread"], row["title"], *sender, ",".join(name for name, _ in to), urls,
             f"{row['at']} UTC", "", row["text"], row["folder"], "", row["draft"]]
        )  # fmt: skip
        other = to[0] if row["from"] == "me" and to else sender
        if row["connected_on"]:
            given, _, family = other[0].partition(" ")
            day = date.fromisoformat(row["connected_on"])
            connections[other[1]] = [given, family, other[1], "", "", "", f"{day:%d %b %Y}"]
        if row["invitation"]:
            ends = (OWNER, other) if row["invitation"] == "sent" else (other, OWNER)
            day = datetime.fromisoformat(row["at"]) - timedelta(days=1)
            when = f"{day.month}/{day.day}/{day:%y}, {day.hour % 12 or 12}:{day:%M} {day:%p}"
            direction = "OUTGOING" if row["invitation"] == "sent" else "INCOMING"
            invitations.append(
                [ends[0][0], ends[1][0], when, row["text"], direction, ends[0][1], ends[1][1]]
            )
    head = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position"]
    invited = ["From", "To", "Sent At", "Message", "Direction"]
    head, invited = [*head, "Connected On"], [*invited, "inviterProfileUrl", "inviteeProfileUrl"]
    home = folder / "Complete_LinkedInDataExport_11-20-2026"
    home.mkdir(parents=True)
    for name, text in (
        ("Connections.csv", to_csv(head, list(connections.values()))),
        ("messages.csv", to_csv(HEADER, messages)),
        ("Invitations.csv", to_csv(invited, invitations)),
        ("Profile.csv", to_csv(["First Name", "Last Name"], [OWNER[0].split()])),
    ):
        (home / name).write_text(text, "utf-8", newline="\n")
    return home


def told(rows: list[Row]) -> list[tuple[str, str]]:
    """Return label and finding of each row; what is no interaction is looked at by itself."""
    pairs, others = [], []
    with tempfile.TemporaryDirectory() as home:
        network = nq.read_linkedin(export_of(rows, Path(home)), me=OWNER[1])
        found = network.interactions[network.interactions["kind"] == "message"]
        stamps = found["at"].dt.strftime("%Y-%m-%d %H:%M:%S")
        what = dict(zip(zip(found["thread_id"], stamps, strict=True), _what(found), strict=True))
        seen: set[str] = set()
        for row in rows:
            key = json.dumps(row, sort_keys=True)
            if key in seen:  # a copy of a row is counted once
                continue
            seen.add(key)
            finding = what.get((row["thread"], row["at"]))
            if finding is None or row["draft"] == "Yes":
                others.append(row)
            else:
                pairs.append((row["label"], finding))
        others.sort(key=lambda row: row["label"])
        for label, some in groupby(others, key=lambda row: row["label"]):
            alone = nq.read_linkedin(export_of(list(some), Path(home) / label), me=OWNER[1])
            counted = alone.coverage[alone.coverage["file"] == "messages.csv"]
            for reason, number in zip(counted["reason"], counted["row_count"], strict=True):
                pairs += [(label, REASONS.get(reason, reason))] * int(number)
    return pairs


def _what(found: Any) -> list[str]:
    words = []
    for row in found.itertuples():
        word = "real"
        if row.is_possible_note:
            word = "possible_note"
        if row.is_note:
            word = "answered_note" if row.is_real else "note"
        if row.is_canned:
            word = "canned"
        words.append("group" if row.is_group else word)
    return words


# Figures ------------------------------------------------------------------------------------------


def share(part: int, whole: int) -> str:
    """Return a share with its interval, for a table."""
    if not whole:
        return "none"
    low, high = wilson(part, whole)
    return f"{part / whole:.2f} ({low:.2f}-{high:.2f}; {part} of {whole})"


def line(name: str, pairs: list[tuple[str, str]], flag: str) -> str:
    """Return a row of the table: precision and recall of one flag."""
    both = Counter((label == flag, finding == flag) for label, finding in pairs)
    right = both[True, True]
    precision = share(right, right + both[False, True])
    return f"| {name} | {precision} | {share(right, right + both[True, False])} |"


def judged(texts: list[Row]) -> list[tuple[str, str]]:
    """Return label and finding of single texts."""
    return [
        (row["label"], "canned" if is_canned(readable(row["text"])) else "real") for row in texts
    ]


def tables() -> str:
    """Return both tables in Markdown."""
    head = "| {} | precision | recall |\n| --- | --- | --- |"
    unseen, known = lines("texts_unseen.jsonl"), lines("texts_known.jsonl")
    made = [
        "Set phrases, text by text (`canned`):\n",
        head.format("texts"),
        line("unseen, all seven languages", judged(unseen), "canned"),
    ]
    for language in LANGUAGES:
        some = [row for row in unseen if row["language"] == language]
        made.append(line(f"unseen, {language}", judged(some), "canned"))
    main = [row for row in known if row["language"] in (*LANGUAGES, "und")]
    rest = [row for row in known if row["language"] not in (*LANGUAGES, "und")]
    made.append(line("known, the same languages", judged(main), "canned"))
    made.append(line("known, other languages", judged(rest), "canned"))
    pairs = told(lines("rows.jsonl"))
    made += ["\nEvery flag, row by row, through the whole of reading:\n", head.format("flag")]
    made += [line(f"`{flag}`", pairs, flag) for flag in FLAGS]
    return "\n".join(made)


if __name__ == "__main__":
    print_or_write("flags.md", tables, __doc__ or "")
