"""messages.csv and, row by row beside it, what each of its rows truly is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality._sample.archive import line, quoted_line, whole_file
from netquality._sample.dates import iso_stamp, message_stamp
from netquality._sample.inbox import inbox, with_doubles

if TYPE_CHECKING:
    from pathlib import Path

    from netquality._sample.messages import Message, Thread
    from netquality._sample.people import Person
    from netquality._sample.world import World

HEADER = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO",
    "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS",
    "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT",
)  # fmt: skip
TRUTH_HEADER = (
    "row", "conversation_id", "at", "from_key", "to_keys", "recipient_count", "what", "set_phrase",
    "in_invitations", "copy_of_row",
)  # fmt: skip


def write_messages(
    path: Path, truth_path: Path, world: World, people: list[Person], others: list[Person]
) -> int:
    """Write both files as the threads come; return the number of rows."""
    row = 0
    with whole_file(path) as file, whole_file(truth_path) as truth:
        file.write(quoted_line(HEADER).encode("utf-8"))
        truth.write(line(TRUTH_HEADER).encode("utf-8"))
        for thread, message, is_copy in with_doubles(world, inbox(world, people, others)):
            row += 1
            file.write(quoted_line(_cells(thread, message)).encode("utf-8"))
            truth.write(line(_truth_cells(row, thread, message, is_copy=is_copy)).encode("utf-8"))
    return row


def _cells(thread: Thread, message: Message) -> tuple[str, ...]:
    readers = message.recipients
    is_draft = message.what == "draft"
    return (
        thread.conversation_id,
        thread.title,
        message.sender.name,
        message.sender.url,
        ",".join([reader.name for reader in readers]),
        ",".join([reader.url for reader in readers if reader.url]),
        message_stamp(message.at),
        message.subject,
        message.text,
        "" if is_draft and thread.messages else message.folder,
        message.attachment,
        "Yes" if is_draft else "No",
        "Yes" if is_draft and not thread.messages else "No",
    )


def _truth_cells(row: int, thread: Thread, message: Message, *, is_copy: bool) -> tuple[str, ...]:
    return (
        str(row),
        thread.conversation_id,
        iso_stamp(message.at),
        message.sender.key,
        ";".join([reader.key for reader in message.recipients]),
        str(len(message.recipients)),
        "duplicate" if is_copy else message.what,
        message.set_phrase,
        str(message.in_invitations) if message.what == "note" else "",
        str(row - 1) if is_copy else "",
    )
