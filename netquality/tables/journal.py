"""The tables of a `Journal`: what the owner says of people, and the lines in which it was said."""

from __future__ import annotations

from typing import Final

from netquality.tables.shape import COUNT, DATE, FLAG, TEXT, Column, Table

__all__ = ["ENTRIES", "EVENTS", "JOURNAL"]

JOURNAL: Final = Table(
    "journal",
    (
        Column("person_id", TEXT, "the key; only people of whom something stands have a row"),
        Column(
            "owner_label",
            TEXT,
            "`close`, `know`, `stranger` or `not interested`; missing where none stands",
        ),
        Column("is_off_platform", FLAG, "the owner says that they talk elsewhere"),
        Column("off_platform", TEXT, "how, in the owner's words; missing where they do not"),
        Column("is_hidden", FLAG, "the owner keeps this person out of every list"),
        Column(
            "owner_note",
            TEXT,
            "the owner's notes in their order, joined by a line break; missing without any",
        ),
        Column(
            "snoozed_until",
            DATE,
            "the owner wants to hear of this person from that day on, not before; missing without",
        ),
    ),
)

EVENTS: Final = Table(
    "events",
    (
        Column("person_id", TEXT, "with whom it happened; only people of this network"),
        Column(
            "event",
            TEXT,
            "`proposed` by a list, `wrote` (the owner to them), `answered` (they the owner, on "
            "whatever way), `met`",
        ),
        Column("on", DATE, "the day on which it happened, by the owner's word"),
        Column(
            "list", TEXT, "the list that proposed them, like `resting/warm`; missing for the others"
        ),
    ),
)

ENTRIES: Final = Table(
    "entries",
    (
        Column("line", COUNT, "the line of the journal on which it begins, counted from 1"),
        Column("person_id", TEXT, "about whom; may be nobody of this network"),
        Column(
            "word",
            TEXT,
            "`label`, `off-platform`, `note`, `hide`, `snooze`, `proposed`, `wrote`, `answered` or "
            "`met`; another where a later netquality wrote it",
        ),
        Column(
            "value", TEXT, "what was said; empty where a label is taken back, `no` where a day is"
        ),
        Column("said_on", DATE, "when; missing where the line bears no date that is clear"),
    ),
)
